"""Where in a JSON file the talk is, by its shape: a list whose rows have a text, and a speaker or times.

Programs differ in names and in depth, and hardly in more. So names are compared without their case and
marks, and what lies in the first of several alternatives counts as the row's own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vivavoce.transcripts.imports.pieces import possible, seconds

Row = Mapping[str, Any]

LISTS = ("utterances", "segments")  # under which ours and Whisper's have their pieces; a text is enough there
TEXTS = (
    "text transcript sentence content display word punctuatedword value rawtext line caption body message"
).split()
WORD_TEXTS = "punctuatedword word text value content display".split()
WORDS = "words elements tokens items".split()
SPEAKERS = (
    "speakername speaker speakerlabel speakertag speakerid participant author user role name from"
).split()
STARTS = (
    "start starttime startts ts begin startms starttimestamp startoffset offset offsetmilliseconds at"
    " timestamp from"
).split()
ENDS = "end endtime endts stop to endms endtimestamp endoffset".split()
LENGTHS = "duration durationmilliseconds".split()
INSIDE = ("alternatives", "nbest", "timestamps")  # their first, or they themselves, belong to the row
DEEPEST = 8  # levels of the file that are looked into
ENOUGH = 0.5  # of the rows of a list have the shape

_MARKS = re.compile(r"[_\- ]")
_DURATION = re.compile(r"PT(?:([0-9]{1,4})H)?(?:([0-9]{1,5})M)?(?:([0-9]{1,7}(?:\.[0-9]{1,9})?)S)?")
_SECONDS = re.compile(r"([0-9]{1,7}(?:\.[0-9]{1,9})?)s")


@dataclass(frozen=True, slots=True)
class _List:
    """A list that may be the talk: its rows under plain names, and whether each is a word."""

    rows: Sequence[Row]
    words: bool


def rows(whole: object) -> Sequence[Row]:
    """Return the rows of talk in `whole`, under plain names; of words alone, a row for each turn."""
    found = max(_lists(whole), key=_worth, default=None)
    if found is None:
        return [plain(whole)] if isinstance(whole, dict) else []
    return list(_by_speaker(found.rows)) if found.words else found.rows


def plain(row: Row) -> dict[str, Any]:
    """Return `row` with plain names, and with what the first of its alternatives says."""
    named = {_MARKS.sub("", key.casefold()): value for key, value in row.items() if len(key) < 40}
    for key in INSIDE:
        inner = named.get(key)
        inner = inner[0] if isinstance(inner, list) and inner else inner
        if isinstance(inner, dict):
            named = {**plain(inner), **named}
    return named


def value(row: Row, names: Sequence[str]) -> Any:
    """Return what the plain `row` has under the first of `names`; None if under none."""
    return next((row[name] for name in names if row.get(name) is not None), None)


def words_of(row: Row) -> Sequence[object]:
    """Return the words listed in the plain `row`."""
    found = value(row, WORDS)
    return found if isinstance(found, list) else ()


def time(given: object) -> float | None:
    """Return the seconds that `given` says: a number, a clock, "1.5s", "PT1.5S", or seconds and nanos."""
    if isinstance(given, dict):
        return time(value(plain(given), ("seconds", "relative", "absolute")))
    if isinstance(given, str):
        return _written(given) if len(given) < 20 else None
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    return None if isinstance(given, int) and given.bit_length() > 64 else possible(float(given))


def _written(given: str) -> float | None:
    if found := _DURATION.fullmatch(given):
        hours, minutes, rest = (float(part or 0) for part in found.groups())
        return possible(hours * 3600 + minutes * 60 + rest)
    found = _SECONDS.fullmatch(given)
    return seconds(found[1] if found else given)


def _lists(whole: object, name: str = "", depth: int = 0) -> Iterator[_List]:
    """Yield the lists in `whole` whose rows have the shape of talk."""
    if isinstance(whole, dict) and depth < DEEPEST:
        for key, inner in whole.items():
            yield from _lists(inner, key.casefold(), depth + 1)
    elif isinstance(whole, list) and depth < DEEPEST:
        read = [plain(row) for row in whole if isinstance(row, dict)]
        loose = depth == 0 or name in LISTS
        if sum(_has_shape(row, loose=loose) for row in read) >= max(1, ENOUGH * len(whole)):
            yield _List(read, name in WORDS or "word" in read[0])
        for row in [*whole[:1], *whole[1:][-1:]]:
            if isinstance(row, dict):
                yield from _lists(row, "", depth + 1)


def _has_shape(row: Row, *, loose: bool) -> bool:
    text = value(row, TEXTS)
    if not ((isinstance(text, str) and text.strip()) or words_of(row)):
        return False
    return loose or value(row, SPEAKERS) is not None or value(row, STARTS) is not None


def _worth(found: _List) -> tuple[bool, bool, int]:
    """Return what speaks for a list: speakers, more than a word in a row, much text."""
    speaks = any(value(row, SPEAKERS) is not None for row in found.rows)
    return speaks, not found.words, sum(map(size, found.rows))


def size(row: Row) -> int:
    """Return about how many words the plain `row` has."""
    text = value(row, TEXTS)
    return len(text.split()) if isinstance(text, str) else len(words_of(row))


def _by_speaker(found: Sequence[Row]) -> Iterator[Row]:
    """Yield the words that were `found` as rows, one for each turn of a speaker."""
    said: list[Row] = []
    for row in found:
        if said and value(row, SPEAKERS) not in (None, value(said[0], SPEAKERS)):
            yield {"speaker": value(said[0], SPEAKERS), "words": said}
            said = []
        said.append(row)
    yield {"speaker": value(said[0], SPEAKERS), "words": said}
