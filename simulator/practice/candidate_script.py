"""A candidate script: what a simulated candidate says, and when. The format is in docs/scripts.md."""

import json
import tomllib
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

from vivavoce.audio.devices import sound_files
from vivavoce.audio.errors import SoundFileError
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples
from vivavoce.simulator.errors import ScriptError
from vivavoce.simulator.training.take import NONE, PRESSURES, Take
from vivavoce.simulator.training.take_clock import CUES, LENGTHS, WORD
from vivavoce.transcripts.events import Seconds, Word

WORDS_PER_MINUTE = 150.0
LONGEST = 36_000.0  # ten hours; nothing in a script is longer
LETTERS_PER_WORD = 5.0  # a word takes time by its letters
CLAUSE_PAUSE = Seconds(0.25)  # after . ? ! and ;


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One answer: words with times from its own start, or sound."""

    words: tuple[Word, ...] = ()
    sound: Samples | None = None
    gap: Seconds = Seconds(0.6)
    yields_after: Seconds | None = Seconds(0.8)
    barges_in_at: Seconds | None = None
    writes: tuple[tuple[Seconds, str], ...] = ()  # when, from the answer's start, and what the pad holds then

    @property
    def duration(self) -> Seconds:
        """How long the answer takes when nobody interrupts."""
        if self.sound is not None:
            return Seconds(len(self.sound) / SAMPLE_RATE_HZ)
        return self.words[-1].end if self.words else Seconds(0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What a candidate will say, one entry per interviewer turn, and the session to say it in."""

    entries: tuple[Entry, ...]
    persona: str = "dana"
    round: str = "behavioral"
    minutes: float | None = None
    seed: int = 0
    resume: Path | None = None
    job: Path | None = None
    take: Take | None = None  # of a story against the clock, in place of a round


def named(name: Path) -> Path:
    """Return the script of the simulated candidate that is called `name`; any other path as it is."""
    shipped = Path(str(resources.files("vivavoce.simulator.practice"))) / "candidates" / f"{name}.json"
    return shipped if name.name == str(name) and not name.exists() and shipped.exists() else name


def read_script(path: Path) -> Script:
    """Return the candidate script in `path` (JSON or TOML).

    Raises:
        ScriptError: it is not a script, or a sound file that it names cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
        return script(data, path.parent)
    except (OSError, UnicodeDecodeError) as error:
        raise ScriptError(f"cannot read the script {path}: {error}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ScriptError(
            f"{path} is not a candidate script ({error!r:.120}); see docs/scripts.md"
        ) from error
    except SoundFileError as error:
        raise ScriptError(f"{path}: {error}") from error


def script(data: dict[str, Any], folder: Path) -> Script:
    """Return the script in `data`, with sound files relative to `folder`.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it is not of the documented shape.
        SoundFileError: a sound file cannot be read.
    """
    texts = {key: data[key] for key in ("persona", "round") if data.get(key) not in (None, "", "...")}
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError("persona and round must be names")
    minutes = None if data.get("minutes") is None else _number(data["minutes"], "minutes", least=0.1)
    resume, job = (folder / _text(data[key]) if data.get(key) else None for key in ("resume", "job"))
    return Script(
        entries=tuple(_entry(row, folder) for row in data["candidate"]),
        minutes=minutes,
        seed=_whole(data.get("seed", 0), "seed"),
        resume=resume,
        job=job,
        take=_take(data) if data.get("story") else None,
        **texts,
    )


def _take(data: dict[str, Any]) -> Take:
    title = _text(data["story"])
    seconds, pressure, cues = data.get("seconds", 180), data.get("pressure", NONE), data.get("cues", WORD)
    if seconds not in LENGTHS or pressure not in PRESSURES or cues not in CUES:
        raise ValueError(f"seconds must be of {LENGTHS}, pressure of {PRESSURES}, cues of {CUES}")
    return Take(name=title, title=title, seconds=seconds, pressure=pressure, cues=cues)


def _entry(row: dict[str, Any], folder: Path) -> Entry:
    barges, yields = row.get("barges_in_at"), row.get("yields_after", 0.8)
    writes = tuple(
        (Seconds(_number(at, "a time of writing")), str(text)) for at, text in row.get("writes", [])
    )
    entry = Entry(
        writes=tuple((Seconds(at), text) for at, text in writes),
        gap=Seconds(_number(row.get("gap", 0.6), "gap")),
        barges_in_at=None if barges is None else Seconds(_number(barges, "barges_in_at")),
        yields_after=None if yields is None else Seconds(_number(yields, "yields_after")),
    )
    if "wav" in row:
        return replace(entry, sound=sound_files.read(folder / row["wav"]))
    if "words" in row:
        return replace(entry, words=_words(row["words"]))
    pauses = {
        _whole(after, "a word's number"): _number(length, "a pause")
        for after, length in row.get("pauses", [])
    }
    wpm = _number(row.get("wpm", WORDS_PER_MINUTE), "wpm", least=10)
    return replace(entry, words=spoken(_text(row["say"]), wpm, pauses))


def _words(rows: list[Any]) -> tuple[Word, ...]:
    words = tuple(
        Word(text=_text(text), start=Seconds(_number(start, "a start")), end=Seconds(_number(end, "an end")))
        for text, start, end in rows
    )
    edges = [edge for word in words for edge in (word.start, word.end)]
    if edges != sorted(edges):
        raise ValueError("words must be in order and must not overlap")
    return words


def _number(value: Any, name: str, least: float = 0.0) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= LONGEST:
        raise ValueError(f"{name} must be a number from {least:g} to {LONGEST:g}, not {value!r:.20}")
    return float(value)


def _whole(value: Any, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{name} must be a whole number, not {value!r:.20}")
    return value


def _written(value: str) -> str:
    """Return `value` if each of its lines could be said: a pad holds text."""
    return "\n".join(map(_text, value.split("\n")))


def _text(value: str) -> str:
    """Return `value` if it can be shown and written as UTF-8."""
    if not all(word.isprintable() for word in value.split()):
        raise ValueError(f"{value!r:.40} holds characters that nobody can say")
    return value


def spoken(text: str, wpm: float, pauses: dict[int, float]) -> tuple[Word, ...]:
    """Return `text` as words in time: longer words take longer, sentences end in a short pause.

    Args:
        text: what is said.
        wpm: speech rate over the words themselves.
        pauses: seconds of silence after the n-th word, counted from 1.
    """
    words, at = [], 0.0
    for number, written in enumerate(text.split(), 1):
        length = 60 / wpm * (0.4 + 0.6 * len(written) / LETTERS_PER_WORD)
        words.append(Word(text=written, start=Seconds(at), end=Seconds(at + 0.92 * length)))
        at += length + pauses.get(number, CLAUSE_PAUSE if written[-1] in ".?!;" else 0.0)
    return tuple(words)
