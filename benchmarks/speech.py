"""Labelled speech for the benchmarks: answers with thinking pauses at known times, and real clips.

The answers (answers.json) are the project's own; how they are spoken, and what that cannot
show, is told in answers.py.

    python -m benchmarks.speech --voice en_US-joe-medium.onnx    # make all, print what there is
"""

import argparse
import hashlib
import json
import os
import sys
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import soundfile

from benchmarks.answers import Pause, Spoken, TimedPiper, ends_at, in_a_room, parse, with_pauses
from vivavoce.audio.devices.sound_files import read
from vivavoce.audio.errors import AudioError
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples
from vivavoce.transcripts.events import Seconds, Word

Split = Literal["dev", "heldout"]

ANSWERS = Path(__file__).with_name("answers.json")
SLOWNESS = (1.05, 1.5)  # en_US-joe-medium then says about 160 to 215 words a minute, thinking pauses left out
LEVEL_DBFS = (-30, -18)
NOISE_DBFS = (-72, -52)
LEAD_SECONDS = 0.5  # of the room alone, before and after an answer
TAIL_SECONDS = 4.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SpokenAnswer(Spoken):
    """One whole turn, with TAIL_SECONDS of room noise after it.

    `ends_at` is where its last sound ends.
    """

    id: str
    ends_at: Seconds


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clip:
    """A real recording with a person's transcript of it."""

    id: str
    text: str
    spontaneous: bool
    has_fillers: bool
    samples: Samples


def answers(split: Split, *, pause: float = 1.5, voice: Path | None = None) -> list[SpokenAnswer]:
    """Return the spoken answers of `split`, each with 2 or 3 thinking pauses of `pause` seconds.

    Every third answer is held out. Rate, level and noise differ by answer and are fixed by its
    id. What was made once is kept in the user's cache until its text or the way it is made changes.

    Raises:
        VoiceError: Piper is not installed, or the voice does not fit.
        ModelError: the voice is not on this machine.
    """
    rows = json.loads(ANSWERS.read_text(encoding="utf-8"))["answers"]
    chosen = [row for i, row in enumerate(rows) if (i % 3 == 2) == (split == "heldout")]
    return [_cached(row["id"], row["text"], pause, voice) for row in chosen]


def clips(manifest: Path | None = None) -> list[Clip]:
    """Return the real recordings that `manifest` lists (JSON Lines; by default $VIVAVOCE_CLIPS, or none)."""
    named = manifest or os.environ.get("VIVAVOCE_CLIPS")
    if not named:
        return []
    path = Path(named)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Clip(
            id=row["id"],
            text=row["transcript"],
            spontaneous=row["spontaneous"],
            has_fillers=row["has_fillers"],
            samples=read(path.parent / row["path"]),
        )
        for row in rows
    ]


def _cached(name: str, marked: str, pause: float, voice: Path | None) -> SpokenAnswer:
    from vivavoce.transcripts.journal.home import home

    code = b"".join(path.read_bytes() for path in (Path(__file__), ANSWERS.with_suffix(".py")))
    recipe = code + f"{name} {marked} {pause}".encode()
    stem = home() / "cache" / "speech" / f"{name}-{hashlib.sha256(recipe).hexdigest()[:16]}"
    labels, sound = stem.with_suffix(".json"), stem.with_suffix(".flac")
    if not labels.exists():
        answer = _spoken_answer(name, marked, pause, voice or joe())
        stem.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(sound, answer.samples, SAMPLE_RATE_HZ)
        rows = {"words": [asdict(w) for w in answer.words], "pauses": [asdict(p) for p in answer.pauses]}
        labels.write_text(json.dumps(rows | {"ends_at": answer.ends_at}), encoding="utf-8")
    row = json.loads(labels.read_text(encoding="utf-8"))
    words, pauses = tuple(Word(**w) for w in row["words"]), tuple(Pause(**p) for p in row["pauses"])
    return SpokenAnswer(id=name, samples=read(sound), words=words, pauses=pauses, ends_at=row["ends_at"])


def _spoken_answer(name: str, marked: str, pause: float, voice: Path) -> SpokenAnswer:
    seed = zlib.crc32(name.encode()) & 0x7FFFFFFF
    rng = np.random.default_rng(seed)
    slowness, level, noise = (rng.uniform(*span) for span in (SLOWNESS, LEVEL_DBFS, NOISE_DBFS))
    text, pauses = parse(marked, pause)
    clean = with_pauses(TimedPiper(voice, seed).speak(text, slowness), pauses)
    heard = in_a_room(clean, level, noise, (LEAD_SECONDS, TAIL_SECONDS), seed)
    return SpokenAnswer(
        id=name,
        samples=heard.samples,
        words=heard.words,
        pauses=heard.pauses,
        ends_at=Seconds(ends_at(clean) + LEAD_SECONDS),
    )


def joe() -> Path:
    """Return where the voice is that tells when each word is said."""
    from vivavoce.audio.models.store import locate

    return locate("joe") / "en_US-joe-medium.onnx"


def main() -> int:
    """Make every answer and print how much there is."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--voice", type=Path, help="a Piper voice (.onnx); default: the model named joe")
    parser.add_argument("--pause", type=float, default=1.5, help="seconds of each thinking pause")
    options = parser.parse_args()
    splits: tuple[Split, ...] = ("dev", "heldout")
    for split in splits:
        try:
            made = answers(split, pause=options.pause, voice=options.voice)
        except AudioError as error:
            print(error, file=sys.stderr)
            return 2
        seconds = sum(len(a.samples) for a in made) / SAMPLE_RATE_HZ
        print(f"{split}: {len(made)} answers, {seconds:.0f} s, {sum(len(a.pauses) for a in made)} pauses")
    return 0


if __name__ == "__main__":
    sys.exit(main())
