"""Transcripts in JSON: our own, those of recognisers and of meetings, and lists of who said what."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vivavoce.transcripts.errors import ForeignError
from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.imports.json_shape import (
    ENDS,
    LENGTHS,
    NAMES,
    SPEAKERS,
    STARTS,
    TEXTS,
    WORD_TEXTS,
    Row,
    names_in,
    plain,
    rows,
    size,
    time,
    value,
    words_of,
)
from vivavoce.transcripts.imports.no_talk import is_system
from vivavoce.transcripts.imports.pieces import LONGEST, Spoken, cleaned, from_first, in_turns, ordered
from vivavoce.transcripts.imports.who_asks import TURN

ENOUGH_TIMES = 0.5  # of the words must have a time; the others lie between those next to them
SLOWEST = 0.02  # words a second; whole times that make a talk slower are not in seconds
MOST_DIGITS = 15  # of a time
UNITS = (1.0, 1e-3, 1e-7)  # seconds, milliseconds, and the ticks of Azure

_STOPS = {*".,;:?!\u2026"}
_SOUND = re.compile(r"[\[(][^\[\]()]{1,60}[\])]")  # "(laughs)" in the place of a word

_SHAPE = (
    "its JSON is no transcript; it must be what `vivavoce transcribe --json`, Whisper or a meeting's program "
    'writes, or a list of {"speaker", "text", "start", "end"}'
)
_TYPED = "it is a typed answer; name it .jsonl and give it to `vivavoce score`"


@dataclass(frozen=True, slots=True)
class _Scale:
    """The seconds in one of a file's units of time, and the time of its start in that unit."""

    unit: float = UNITS[0]
    first: float = 0.0  # of a date, counted in seconds or less since 1970


@dataclass(frozen=True, slots=True)
class _Timed:
    """A word and what the file says of it."""

    text: str
    start: float | None
    end: float | None
    probability: float
    filler: bool


def from_json(text: str) -> list[Spoken]:
    """Return the pieces of the transcript in `text`.

    A word without a time, as whisperX leaves numbers, is put between its neighbours.

    Raises:
        ForeignError: `text` is no JSON, or of another shape.
    """
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        raise ForeignError("its JSON is damaged; export it again, or save the text alone as .txt") from None
    if not (said := talk(whole)):
        raise ForeignError(_TYPED if isinstance(whole, dict) and "answer" in whole else _SHAPE)
    return said


def talk(whole: object) -> list[Spoken]:
    """Return the pieces of the transcript in `whole`, as JSON has it; none if there is no talk in it."""
    found = rows(whole)
    names = names_in(whole)
    scale = _scale(found)
    said = [piece for row in found if (piece := _piece(row, scale, names)) is not None]
    timed = _timed(words_of(plain(whole)), scale) if isinstance(whole, dict) and len(found) > 1 else []
    whole_words = timed and not any(piece.words for piece in said)
    return in_turns(from_first(_with_words(said, timed) if whole_words else said))


def _scale(found: Sequence[Row]) -> _Scale:
    """Return in which unit the file's times are, by how slow the talk would be, and from when they count."""
    spelled = [word for row in (*found[:1], *found[-1:]) for word in words_of(row) if isinstance(word, dict)]
    timed = [*found, *map(plain, spelled)]
    given = [at for row in timed for names in (STARTS, ENDS) for at in _numbers(value(row, names))]
    if not given:
        return _Scale()
    words = sum(map(size, found))
    length, first = max(given) - min(given), min(given)
    whole = all(at == int(at) for at in given)
    unit = next((unit for unit in UNITS if whole and words >= SLOWEST * length * unit), UNITS[0])
    return _Scale(unit, first if first * unit > LONGEST else 0.0)


def _numbers(given: object) -> Iterator[float]:
    if isinstance(given, str) and given.isdecimal() and len(given) < MOST_DIGITS:
        given = int(given)
    if isinstance(given, int | float) and not isinstance(given, bool) and abs(given) < 10.0**MOST_DIGITS:
        yield float(given)


def _span(row: Row, scale: _Scale) -> tuple[float | None, float | None]:
    start, end = _time(value(row, STARTS), scale), _time(value(row, ENDS), scale)
    length = _time(value(row, LENGTHS), replace(scale, first=0.0)) if end is None else None
    return ordered(start, end if start is None or length is None else min(LONGEST, start + length))


def _time(given: object, scale: _Scale) -> float | None:
    number = next(_numbers(given), None)
    return time(given) if number is None or scale == _Scale() else time((number - scale.first) * scale.unit)


def _piece(row: Row, scale: _Scale, names: Mapping[str, str]) -> Spoken | None:
    """Return the piece that the plain `row` holds, None if there are no words in it; `names` are by id."""
    start, end = _span(row, scale)
    timed = _timed(words_of(row), scale)
    words = tuple(_words(timed, start, end))
    given = value(row, TEXTS)
    text = cleaned(given) if isinstance(given, str) else " ".join(word.text for word in timed)
    if not text or is_system(text):
        return None
    if words and start is None and end is None:
        start, end = words[0].start, max(word.end for word in words)
    given = value(row, SPEAKERS)
    text += f" {TURN}" * (row.get("speakerturnnext") is True)
    return Spoken(names.get(str(given)) or _speaker(given), text, start, end, words)


def _speaker(given: object) -> str:
    given = given[0] if isinstance(given, list) and given else given
    if isinstance(given, dict):
        given = value(plain(given), (*NAMES, "username", "label", "id"))
    if isinstance(given, str) and given.isdecimal() and len(given) < 4:
        given = int(given)
    if isinstance(given, int) and not isinstance(given, bool) and 0 <= given < 1000:
        return f"Speaker {given}"
    return cleaned(given) if isinstance(given, str) and time(given) is None else ""


def _timed(given: Sequence[object], scale: _Scale) -> list[_Timed]:
    """Return the words in `given`, those of another shape left out; a mark without a time ends a word."""
    found: list[_Timed] = []
    for row in (plain(each) for each in given if isinstance(each, dict)):
        written = value(row, WORD_TEXTS)
        if not isinstance(written, str) or not (text := cleaned(written)) or _SOUND.fullmatch(text):
            continue
        start, end = _span(row, scale)
        if found and (start is None or text in _STOPS) and not any(map(str.isalnum, text)):
            found[-1] = replace(found[-1], text=found[-1].text + text)
            continue
        sure = _share(value(row, ("probability", "score", "confidence")))
        found.append(_Timed(text, start, end, sure, row.get("filler") is True))
    return found


def _share(given: object) -> float:
    """Return `given` as a probability; 1 if there is none."""
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= 1:
        return 1.0
    return float(given)


def _words(timed: Sequence[_Timed], start: float | None, end: float | None) -> Iterator[Word]:
    """Yield `timed` as words, those without a time between their neighbours; nothing if most have none."""
    known = [word.start for word in timed if word.start is not None and word.end is not None]
    if len(known) < max(1, ENOUGH_TIMES * len(timed)):
        return
    latest = known[0] if start is None else start
    for word, until in zip(timed, _next_starts(timed, end), strict=True):
        whole = word.start is not None and word.end is not None
        begun = word.start if whole and word.start is not None else latest
        over = word.end if whole and word.end is not None else max(begun, begun if until is None else until)
        latest = over
        yield Word(
            text=word.text,
            start=Seconds(begun),
            end=Seconds(over),
            probability=word.probability,
            filler=word.filler,
        )


def _next_starts(timed: Sequence[_Timed], end: float | None) -> list[float | None]:
    """Return for each word when the next one starts of which that is known; `end` after the last."""
    found = [end]
    for word in reversed(timed[1:]):
        found.append(found[-1] if word.start is None else word.start)
    return found[::-1]


def _with_words(said: Sequence[Spoken], timed: Sequence[_Timed]) -> list[Spoken]:
    """Return what was `said` with the words of the whole file, each in the piece during which it sounds."""
    words = list(_words(timed, None, None))
    found, begin = [], 0
    for number, piece in enumerate(said):
        end = begin
        last = number == len(said) - 1
        while end < len(words) and (last or _sounds(words[end], piece)):
            end += 1
        found.append(replace(piece, words=tuple(words[begin:end])))
        begin = end
    return found


def _sounds(word: Word, piece: Spoken) -> bool:
    return piece.end is not None and (word.start + word.end) / 2 <= piece.end
