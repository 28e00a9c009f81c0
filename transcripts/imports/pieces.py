"""What somebody said, in a transcript that was made elsewhere, and what all such files have in common."""

import html
import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, count, pairwise

from vivavoce.transcripts.events import Word
from vivavoce.transcripts.printable import line

BACKWARDS = 0.5  # of the steps from piece to piece; less is the order of channels, which sorting mends
OVER = 1.0  # seconds for which two speak at once, and more is a recording of each by itself
FEW = 0.25  # of the pieces
PAUSE = 0.5  # seconds within what one says, behind which the other may begin
LONGEST = 24 * 3600.0  # seconds; a time beyond it, or below 0, is a mistake
EARLIEST, LONG = 3600.0, 3 * 3600.0  # seconds; what begins later, and is shorter, is by the time of day

HALF_A_DAY = LONGEST / 2
MOST_PARTS = 3  # of a clock: hours, minutes, seconds

_HALF = re.compile(r"\s?([AaPp])\.?[Mm]\.?\s?$")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_meaning = lru_cache(256)(html.unescape)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One piece of talk: a cue, a paragraph or a segment.

    `speaker` is the label of the file, "" if unknown. `start` and `end` are seconds from the start of
    the recording, None if the file does not say or cannot be right; `start <= end` where both are given.
    `words` is empty unless the file has the time of each word.
    """

    speaker: str
    text: str
    start: float | None = None
    end: float | None = None
    words: tuple[Word, ...] = ()


def cleaned(text: str) -> str:
    """Return `text` on one line, without what cannot be printed, and with single spaces."""
    return line(visible(text))


def visible(text: str) -> str:
    """Return `text` without the marks that show nothing, such as those of the direction of writing."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def unescaped(text: str) -> str:
    """Return `text` with the characters that its HTML entities stand for."""
    return _ENTITY.sub(lambda found: _meaning(found[0]), text) if "&" in text else text


def seconds(clock: str) -> float | None:
    """Return the time that `clock` shows as h:mm:ss, mm:ss or ss, each with decimals; None if none can be.

    Behind whole seconds there may be frames, which are left out. With "AM" or "PM", h:mm is a time of day.
    """
    half = _HALF.search(clock)
    parts = (
        clock[: half.start() if half else None].rstrip("s").replace(",", ".").replace(";", ":").split(":")[:3]
    )
    total = 0.0
    try:
        for part in (*parts, "0") if half and len(parts) < MOST_PARTS else parts:
            total = total * 60 + float(part)
    except ValueError:
        return None
    if half:
        total = total % HALF_A_DAY + HALF_A_DAY * (half[1] in "pP")
    return possible(total)


def possible(at: float) -> float | None:
    """Return `at` if it can be a time in a recording, otherwise None."""
    return at if math.isfinite(at) and 0 <= at <= LONGEST else None


def ordered(start: float | None, end: float | None) -> tuple[float | None, float | None]:
    """Return `start` and `end`, the latter only if it is not before the former."""
    return start, None if start is not None and end is not None and end < start else end


def from_first(spoken: Sequence[Spoken]) -> list[Spoken]:
    """Return what was `spoken`; where its times are those of day, counted from the first of them.

    A clock that goes back by half a day has gone past one, by a whole day past midnight. Words have no times
    of their own there.
    """
    clock = _onward(spoken)
    starts = [piece.start for piece in clock if piece.start is not None]
    first = min(starts, default=0.0)
    if first < EARLIEST or max(starts) - first > LONG or any(piece.words for piece in spoken):
        return list(spoken)
    return [_later(piece, -first) for piece in clock]


def _onward(spoken: Sequence[Spoken]) -> list[Spoken]:
    """Return what was `spoken` with the half days added that a clock leaves out."""
    found, added, latest = list[Spoken](), 0.0, 0.0
    for piece in spoken:
        if piece.start is not None:
            back = latest - piece.start - added
            added += HALF_A_DAY * round(back / HALF_A_DAY) if back > HALF_A_DAY - LONG else 0.0
            latest = piece.start + added
        found.append(_later(piece, added))
    return found


def _later(piece: Spoken, by: float) -> Spoken:
    """Return `piece` with its times later `by` so many seconds."""
    start, end = (None if at is None else at + by for at in (piece.start, piece.end))
    return replace(piece, start=start, end=end)


def run_backwards(spoken: Sequence[Spoken]) -> bool:
    """Return whether the times of what was `spoken` mostly go back from piece to piece."""
    starts = [piece.start for piece in spoken if piece.start is not None]
    back = sum(after < before for before, after in pairwise(starts))
    return back > BACKWARDS * max(1, len(starts) - 1)


def strays(spoken: Sequence[Spoken]) -> set[int]:
    """Return the places of the pieces whose times are out of line: the fewest without which none jumps back.

    None, if sorting by time is right: each speaker was recorded apart, and by time they take turns; or many
    pieces of nobody by name are out of line; or pieces stand in the order in which they ended, or begin while
    somebody else still speaks.
    """
    timed = [number for number, piece in enumerate(spoken) if piece.start is not None]
    starts = [piece.start for piece in spoken if piece.start is not None]
    ends = [spoken[number].end or 0.0 for number in timed]
    breaks = [number for number, (a, b) in enumerate(pairwise(starts), 1) if a - b > OVER]
    if not breaks or all(0 < a <= b for a, b in pairwise(ends)):
        return set()
    runs = pairwise([0, *breaks, len(timed)])
    speaking = [{spoken[number].speaker for number in timed[first:last]} for first, last in runs]
    found = {*timed} - {timed[place] for place in _rising(starts)}
    if len(set[str]().union(*speaking)) == 1:
        return found if len(found) <= FEW * len(timed) else set()
    apart = all(len(names) == 1 for names in speaking) and _turns(by_time(spoken)) > _turns(spoken)
    return set() if apart else found


def _turns(spoken: Sequence[Spoken]) -> int:
    return sum(before.speaker != after.speaker for before, after in pairwise(spoken))


def _rising(times: Sequence[float]) -> set[int]:
    """Return the places of the most of `times` that do not fall (patience sorting, n log n)."""
    least: list[float] = []  # with which so many can end, and the place of each
    places: list[int] = []
    before: list[int] = []  # the place that each goes on from
    for number, at in enumerate(times):
        length = bisect_right(least, at)
        if length == len(least):
            least.append(at)
            places.append(number)
        least[length], places[length] = at, number
        before.append(places[length - 1] if length else -1)
    found, number = set[int](), places[-1] if places else -1
    while number >= 0:
        found.add(number)
        number = before[number]
    return found


def in_turns(spoken: Sequence[Spoken]) -> list[Spoken]:
    """Return what was `spoken` by time, unless times jump back; what has none stays behind its neighbour.

    Where speakers were recorded apart, and one begins within what another says, that is cut at its pauses.
    """
    if run_backwards(spoken) or strays(spoken):
        return list(spoken)
    found = by_time(spoken)
    if any(a.speaker != b.speaker and (a.end or 0.0) - (b.start or 0.0) > OVER for a, b in pairwise(found)):
        return by_time([each for piece in found for each in _at_pauses(piece)])
    return found


def by_time(spoken: Sequence[Spoken]) -> list[Spoken]:
    """Return what was `spoken` by time; what has none stays behind its neighbour."""
    known = accumulate(spoken, lambda at, piece: at if piece.start is None else piece.start, initial=0.0)
    order = sorted(zip(list(known)[1:], count(), spoken, strict=False))
    return [piece for _, _, piece in order]


def _at_pauses(piece: Spoken) -> Iterator[Spoken]:
    """Yield the parts of `piece` between pauses, if it has the times of its words."""
    timed = enumerate(pairwise(piece.words), 1) if has_all(piece) else ()
    return parts(piece, [number for number, (a, b) in timed if b.start - a.end >= PAUSE])


def has_all(piece: Spoken) -> bool:
    """Return whether `piece` has the time of each of its words."""
    return len(piece.words) == len(piece.text.split())


def parts(piece: Spoken, cuts: Sequence[int]) -> Iterator[Spoken]:
    """Yield `piece` in parts, cut before some of its words; without times each has a share of its."""
    texts, timed = piece.text.split(), has_all(piece)
    for first, last in pairwise([0, *cuts, len(texts)] if cuts else ()):
        start, end, words = piece.start, piece.end, piece.words[first:last] if timed else ()
        if words:
            start, end = words[0].start, max(word.end for word in words)
        elif start is not None and end is not None:
            each = (end - start) / len(texts)
            start, end = start + first * each, start + last * each
        yield replace(piece, text=" ".join(texts[first:last]), start=start, end=end, words=words)
    if not cuts:
        yield piece


def has_words(spoken: Sequence[Spoken]) -> bool:
    """Return whether there is a letter or a digit in what was `spoken`."""
    return any(letter.isalnum() for piece in spoken for letter in piece.text)
