"""Where in a JSON file the talk is, by its shape: a list whose rows have a text, and a speaker or times.

Programs differ in names and in depth, and hardly in more. So names are compared without their case and
marks, and what lies in the first of several alternatives counts as the row's own. Lists at the same place in
rows beside each other are one, and who speaks in such a row, or on its channel, speaks in all of its list.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from vivavoce.transcripts.imports.pieces import possible, seconds

Row = Mapping[str, Any]

LISTS = ("utterances", "segments")  # under which ours and Whisper's have their pieces; a text is enough there
TEXTS = (
    "text transcript sentence content display word punctuatedword value rawtext line caption body message"
    " spokentext utterance lines"
).split()
WORD_TEXTS = "punctuatedword word text value content display".split()
WORD_TYPES = ("word", "pronunciation")
WORDS = "words elements tokens items timestamps".split()
CHANNELS = "channel channeltag channellabel mediachannel source".split()
PEOPLE = "speakers parties participants attendees users people".split()
IDS, NAMES = "id speakerid speaker userid".split(), "name displayname speakername fullname".split()
PARTIES = [
    "speakername",
    "speakerdisplayname",
    "speakerinfo",
    "speaker",
    "speakerlabel",
    "speakertag",
    "speakerid",
    *CHANNELS,
]
SPEAKERS = [
    *PARTIES[:7],
    *"participant participantid author authorid sender senderid user userid users role name from".split(),
    *CHANNELS,
]
STARTS = (
    "start starttime startdatetime startts ts begin startms starttimestamp startoffset offset"
    " offsetmilliseconds at timestamp time from createdat"
).split()
ENDS = "end endtime enddatetime endts stop to endms endtimestamp endoffset".split()
LENGTHS = "duration durationmilliseconds".split()
INSIDE = ("alternatives", "nbest", "timestamps")  # their first, or they themselves, belong to the row
SPAN = ("start", "end")
TRIPLE = ("word", *SPAN)
WRAPPED = "data attributes payload node fields".split()  # all that a row says, one level deeper
DEEPEST = 8  # levels of the file that are looked into
SOON = 0.1  # seconds by which lists of one file may differ in when somebody begins
ENOUGH = 0.5  # of the rows of a list have the shape

_MARKS = re.compile(r"[_\- ]")
_DURATION = re.compile(r"PT(?:([0-9]{1,4})H)?(?:([0-9]{1,5})M)?(?:([0-9]{1,7}(?:\.[0-9]{1,9})?)S)?")
_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?)\S{0,6}")
_SECONDS = re.compile(r"([0-9]{1,7}(?:\.[0-9]{1,9})?)s")


@dataclass(slots=True)
class _List:
    """A list that may be the talk: whether each row is a word, whether a text is enough, and the rows."""

    words: bool
    loose: bool
    rows: list[Row] = field(default_factory=list)

    @property
    def is_talk(self) -> bool:
        """Whether most rows, or those with most words, have the shape of talk."""
        shaped = [row for row in self.rows if _has_shape(row, loose=self.loose)]
        words = sum(map(size, shaped)) >= ENOUGH * sum(map(size, self.rows))
        return bool(shaped) and (
            len(shaped) >= ENOUGH * len(self.rows) or (words and any(map(_by_words, shaped)))
        )

    @property
    def worth(self) -> tuple[bool, bool, int, int]:
        """What speaks for it: speakers, more than a word in a row, much text, many rows."""
        return any(map(_speaks, self.rows)), not self.words, sum(map(size, self.rows)), len(self.rows)


def rows(whole: object) -> Sequence[Row]:
    """Return the rows of talk in `whole`, under plain names; of words alone, a row for each turn."""
    lists: dict[str, _List] = {}
    _gather(whole, "", None, lists, 0)
    best = max((one for one in lists.values() if one.is_talk), key=lambda one: one.worth, default=None)
    if best is None:
        return [plain(whole)] if isinstance(whole, dict) else []
    found = best.rows if best.worth[0] else _by_spans(best.rows, lists)
    if len({str(row[name]) for row in found for name in CHANNELS if name in row}) == 1:  # that says nothing
        found = [{name: row[name] for name in row if name not in CHANNELS} for row in found]
    if best.words:
        return list(_by_speaker(found))
    if any(map(_by_words, found)) and all(value(row, SPEAKERS) is None for row in found):
        found = [row for row in found if _by_words(row)]  # the others repeat what these say
    return [turn for row in found for turn in (_by_speaker(words_of(row)) if _by_words(row) else [row])]


def _by_spans(found: Sequence[Row], lists: Mapping[str, _List]) -> Sequence[Row]:
    """Return the rows that were `found`, or their words, with who speaks by a list that says only this."""
    apart = [one.rows for one in lists.values() if all(map(_only_speaks, one.rows))]
    spans = sorted(
        (at, number, value(row, SPEAKERS))
        for rows in apart[:1]
        for number, row in enumerate(rows)
        if (at := time(value(row, STARTS))) is not None
    )
    starts = [at for at, _, _ in spans]

    def spoken(row: Row) -> Row:
        at = time(value(row, STARTS))
        place = 0 if at is None else bisect_right(starts, at + SOON) - 1
        return row if at is None else {**row, "speaker": spans[max(0, place)][2]}

    if not spans:
        return found
    pieces = [[plain(word) for word in words_of(row) if isinstance(word, dict)] for row in found]
    return [
        turn
        for row, words in zip(found, pieces, strict=True)
        for turn in (_by_speaker(list(map(spoken, words))) if words else [spoken(row)])
    ]


def _only_speaks(row: Row) -> bool:
    return value(row, SPEAKERS) is not None and value(row, STARTS) is not None and not size(row)


def names_in(whole: object, depth: int = 0) -> dict[str, str]:
    """Return the names of speakers by what stands for them, from a list of people beside the talk."""
    found: dict[str, str] = {}
    for key, inner in whole.items() if isinstance(whole, dict) and depth < DEEPEST else ():
        if bare(key) in PEOPLE and isinstance(inner, list):
            people = [plain(row) for row in inner if isinstance(row, dict)]
            named = ((value(row, IDS), value(row, NAMES)) for row in people)
            found |= {str(one): name for one, name in named if one is not None and isinstance(name, str)}
        else:
            found |= names_in(inner, depth + 1)
    return found


def _gather(whole: object, place: str, party: object, lists: dict[str, _List], depth: int) -> None:
    """Put the lists in `whole`, which is at `place`, to `lists`; a `party` speaks there, if one is known."""
    if depth >= DEEPEST:
        return
    if isinstance(whole, dict):
        row = plain(whole)
        own = value(row, PARTIES)
        who = party if own is None else own
        spelled, inside = words_of(row), INSIDE if place.endswith("[]") else ()
        for key, inner in whole.items():
            if bare(key) not in inside and not (inside and inner is spelled):  # that is the row's own
                _gather(inner, f"{place}.{key.casefold()}", who, lists, depth + 1)
    elif isinstance(whole, list) and (found := [row for row in whole if isinstance(row, dict)]):
        name = place.rpartition(".")[2]
        words = name in WORDS or "word" in map(str.casefold, found[0]) or found[0].get("type") in WORD_TYPES
        known = lists.setdefault(place, _List(words, depth == 0 or name in LISTS))
        for number, inner in enumerate(found):
            row, who = plain(inner), number if name == "channels" else party
            known.rows.append(
                row if who is None or value(row, SPEAKERS) is not None else row | {"channel": who}
            )
            _gather(inner, f"{place}[]", who, lists, depth + 1)


def _by_words(row: Row) -> bool:
    """Return whether only the words of `row` say who speaks."""
    return value(row, SPEAKERS) is None and _speaks(row)


def _speaks(row: Row) -> bool:
    return value(row, SPEAKERS) is not None or value(_first_word(row), SPEAKERS) is not None


@lru_cache(512)
def bare(key: str) -> str:
    """Return `key` without its case and marks."""
    return _MARKS.sub("", key.casefold())


def plain(row: Row) -> dict[str, Any]:
    """Return `row` with plain names, and with what the first of its alternatives says.

    Its words in one string, and lines of text, are its text; a pair of times is its start and its end.
    """
    named = {bare(key): value for key, value in row.items() if len(key) < 40}
    for key, given in [*named.items()]:
        if key in WORDS and isinstance(given, str):
            named["text"] = named.pop(key)
        elif key in TEXTS and isinstance(given, list) and all(isinstance(one, str) for one in given):
            named[key] = " ".join(given)
        elif key in STARTS and isinstance(given, list) and len(given) == len(SPAN):
            named |= zip(SPAN, given, strict=True)
            del named[key]
    for key in INSIDE:
        inner = named.get(key)
        inner = inner[0] if isinstance(inner, list) and inner else inner
        if isinstance(inner, dict):
            named = {**plain(inner), **named}
    if value(named, TEXTS) is None and isinstance(inner := value(named, WRAPPED), dict):
        named = {**plain(inner), **named}
    return named


def value(row: Row, names: Sequence[str]) -> Any:
    """Return what the plain `row` has under the first of `names`; None if under none."""
    return next((row[name] for name in names if row.get(name) is not None), None)


def words_of(row: Row) -> Sequence[object]:
    """Return the words listed in the plain `row`; one may be a list itself, of its text, start and end."""
    found = value(row, WORDS)
    return [_spelled(word) for word in found] if isinstance(found, list) else ()


def _spelled(word: object) -> object:
    if isinstance(word, list) and len(word) == len(TRIPLE) and isinstance(word[0], str):
        return dict(zip(TRIPLE, word, strict=True))
    return word


def _first_word(row: Row) -> Row:
    return next((plain(word) for word in words_of(row)[:1] if isinstance(word, dict)), {})


def time(given: object) -> float | None:
    """Return the seconds that `given` says: a number, a clock, "1.5s", "PT1.5S", a date, seconds and nanos.

    Of a date it is the time of the day.
    """
    if isinstance(given, dict):
        return time(value(plain(given), ("seconds", "relative", "absolute")))
    if isinstance(given, str):
        return _written(given) if len(given) < 40 else None
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    return None if isinstance(given, int) and given.bit_length() > 64 else possible(float(given))


def _written(given: str) -> float | None:
    if found := _DURATION.fullmatch(given):
        hours, minutes, rest = (float(part or 0) for part in found.groups())
        return possible(hours * 3600 + minutes * 60 + rest)
    found = _SECONDS.fullmatch(given) or _DATED.fullmatch(given)
    return seconds(found[1] if found else given)


def _has_shape(row: Row, *, loose: bool) -> bool:
    text = value(row, TEXTS)
    if value(_first_word(row), WORD_TEXTS) is not None:
        return True
    placed = loose or value(row, SPEAKERS) is not None or value(row, STARTS) is not None
    return placed and isinstance(text, str) and bool(text.strip())


def size(row: Row) -> int:
    """Return about how many words the plain `row` has."""
    text = value(row, TEXTS)
    return len(text.split()) if isinstance(text, str) else len(words_of(row))


def _by_speaker(found: Sequence[object]) -> Iterator[Row]:
    """Yield the words that were `found` as rows, one for each turn of a speaker."""
    said: list[Row] = []
    for row in (plain(word) for word in found if isinstance(word, dict)):
        if said and value(row, SPEAKERS) not in (None, value(said[0], SPEAKERS)):
            yield {"speaker": value(said[0], SPEAKERS), "words": said}
            said = []
        said.append(row)
    yield {"speaker": value(said[0], SPEAKERS), "words": said}
