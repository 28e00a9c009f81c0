"""Transcripts in JSON: our own, Whisper's and whisperX's, and lists of who said what."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vivavoce.transcripts.errors import ForeignError
from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.imports.pieces import Spoken, cleaned, ordered, possible, seconds

LISTS = ("utterances", "segments")  # under which ours and Whisper's have their pieces
ENOUGH_TIMES = 0.5  # of the words must have a time; the others lie between those next to them

_SHAPE = (
    "its JSON is no transcript; it must be what `vivavoce transcribe --json` or Whisper writes, or a list of "
    '{"speaker", "text", "start", "end"}'
)


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
    rows = [row for row in _rows(whole) if isinstance(row, dict)]
    said = [piece for row in rows if (piece := _piece(row)) is not None]
    if not said:
        raise ForeignError(_SHAPE)
    words = _timed(whole.get("words")) if isinstance(whole, dict) and len(rows) > 1 else []
    return _with_words(said, words) if words and not any(piece.words for piece in said) else said


def _rows(whole: object) -> Sequence[object]:
    if isinstance(whole, list):
        return whole
    if isinstance(whole, dict):
        lists = (whole.get(name) for name in LISTS)
        return next((found for found in lists if isinstance(found, list) and found), [whole])
    return []


def _piece(row: Mapping[str, Any]) -> Spoken | None:
    """Return the piece that `row` holds, None if there are no words in it."""
    start, end = ordered(_time(row.get("start")), _time(row.get("end")))
    timed = _timed(row.get("words"))
    words = tuple(_words(timed, start, end))
    given = row.get("text")
    text = cleaned(given) if isinstance(given, str) else " ".join(word.text for word in timed)
    if not text:
        return None
    if words and start is None and end is None:
        start, end = words[0].start, max(word.end for word in words)
    return Spoken(_speaker(row.get("speaker")), text, start, end, words)


def _speaker(given: object) -> str:
    if isinstance(given, int) and not isinstance(given, bool) and 0 <= given < 1000:
        return f"Speaker {given}"
    return cleaned(given) if isinstance(given, str) else ""


def _time(given: object) -> float | None:
    if isinstance(given, str):
        return seconds(given) if len(given) < 20 else None
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    return None if isinstance(given, int) and given.bit_length() > 64 else possible(float(given))


def _timed(rows: object) -> list[_Timed]:
    """Return the words in `rows`, those of another shape left out."""
    found = []
    for row in rows if isinstance(rows, list) else []:
        given = (
            next((row[key] for key in ("word", "text") if key in row), None)
            if isinstance(row, dict)
            else None
        )
        if isinstance(given, str) and (text := cleaned(given)):
            start, end = ordered(_time(row.get("start")), _time(row.get("end")))
            sure = _share(row.get("probability", row.get("score")))
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
