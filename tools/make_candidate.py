"""Make the demo's candidate: simulator/practice/recordings/demo.json and its FLAC files.

    python -m tools.make_candidate

The texts are here; `/1.8` is a thinking pause of 1.8 s. It prints what the recognisers that are on
this machine make of each file. docs/decisions/0008-candidate-voice.md says why the files are kept in
the repository.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import soundfile

from benchmarks.answers import Spoken, in_a_room, parse, with_pauses
from benchmarks.wer import FILLERS, wer
from tools.timed_heart import TimedHeart
from vivavoce.audio.errors import MissingModels
from vivavoce.audio.frame import SAMPLE_RATE_HZ
from vivavoce.audio.listening.recognised_words import FILLER_PROMPT
from vivavoce.audio.models.store import locate

CANDIDATE = Path(__file__).parents[1] / "simulator" / "practice" / "recordings"
SEED = 8
SPEED = 0.8  # people answer at about 160 words a minute
LEVEL_DBFS = -20.0
NOISE_DBFS = -65.0
AROUND = (0.1, 0.3)  # seconds of the room before and after
RECOGNISERS = ("tiny.en", "base")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the candidate says at one turn, and how soon."""

    wav: str
    gap: float
    marked: str


SCRIPT = [
    Answer(
        wav="failure.flac",
        gap=0.9,
        marked="So, um, two years ago I owned the ranking model for job recommendations. It looked great "
        "offline, but a week after launch, complaints from recruiters had doubled, and I had to find out "
        "why. I compared the logs, and, um, I saw that the, /1.8 salary feature was computed one way in "
        "training and another way in serving. So I moved both onto the same code, and I added a check that "
        "compares the two every hour.",
    ),
    Answer(
        wav="result.flac",
        gap=0.6,
        marked="Within two weeks the complaints were back to normal, and applications per search went up by "
        "four percent. Um, what I took from it is that a good offline number means nothing until serving "
        "matches training.",
    ),
    Answer(
        wav="disagreement.flac",
        gap=0.8,
        marked="Yeah, so, um, there was a product manager, and we disagreed about the feed, about what it "
        "should optimize for. He wanted more clicks, and clicks are, you know, clicks are easy to measure, "
        "so I understood where he was coming from. And he is a great guy, by the way. He used to play in a "
        "band, and, um, we all went to see them once, in a tiny place down by the station, and the sound was "
        "terrible but everybody had a good time. And the meetings were always on Thursdays, right after "
        "lunch, and there was never enough coffee, and somebody was always late, you know how it is.",
    ),
    Answer(
        wav="redirected.flac",
        gap=0.5,
        marked="Right, of course. We tested both goals for a month. Mine lost one percent of the clicks and "
        "complaints about the feed fell by thirty percent, so we shipped it, and he presented the result "
        "with me.",
    ),
    Answer(
        wav="question.flac",
        gap=0.7,
        marked="Thanks. Yes, what is the hardest problem with data that your team has right now?",
    ),
    Answer(wav="thanks.flac", gap=0.6, marked="No, that was all. Thank you."),
]


def spoken(answer: Answer, voice: TimedHeart) -> Spoken:
    """Return `answer` as a microphone in a quiet room hears it."""
    text, pauses = parse(answer.marked, usual=1.5)
    return in_a_room(with_pauses(voice.speak(text, SPEED), pauses), LEVEL_DBFS, NOISE_DBFS, AROUND, SEED)


def script(answers: list[Answer]) -> dict[str, object]:
    """Return the candidate script; `text` is what the sound says, word for word."""
    turns = [
        {
            "wav": a.wav,
            "text": parse(a.marked, usual=1.5)[0],
            "gap": a.gap,
            "yields_after": 0.8,
            "barges_in_at": None,
        }
        for a in answers
    ]
    session = {"schema": 1, "persona": "marcus", "round": "behavioral", "minutes": 2.3, "seed": 0}
    return session | {"candidate": turns}


def recognisers() -> dict[str, Any]:
    """Return those of RECOGNISERS that are on this machine, loaded."""
    from faster_whisper import WhisperModel

    found = {}
    for name in RECOGNISERS:
        try:
            found[name] = WhisperModel(str(locate(name)), device="cpu", compute_type="int8", cpu_threads=1)
        except MissingModels:
            print(f"{name} is not here; to get it: vivavoce models get {name}")
    return found


def understood(file: Path, text: str, model: Any) -> str:
    """Return the word error rate of `file`, and how many of its fillers `model` hears when it is told to."""
    heard, prompted = (
        " ".join(segment.text for segment in model.transcribe(str(file), language="en", **told)[0])
        for told in ({}, {"initial_prompt": FILLER_PROMPT})
    )
    return f"wer {wer(text, heard):.3f}, fillers {_fillers(prompted)} of {_fillers(text)}"


def _fillers(text: str) -> int:
    return sum(word.strip(".,!?").lower() in FILLERS for word in text.split())


def main() -> None:
    """Make the files anew."""
    CANDIDATE.mkdir(parents=True, exist_ok=True)
    voice, models = TimedHeart(), recognisers()
    for answer in SCRIPT:
        said = spoken(answer, voice)
        file, minutes = CANDIDATE / answer.wav, len(said.samples) / SAMPLE_RATE_HZ / 60
        soundfile.write(file, said.samples, SAMPLE_RATE_HZ, subtype="PCM_16")
        print(f"{file.name}: {60 * minutes:.1f} s, {len(said.words) / minutes:.0f} words a minute")
        for name, model in models.items():
            print(f"  {name}: {understood(file, said.text, model)}")
    (CANDIDATE / "demo.json").write_text(json.dumps(script(SCRIPT), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
