"""The same story at 30, 60, 90 and 180 seconds: what of a take to keep, at that person's own pace. Pure.

Every sentence stays in the person's own words, and all in the order in which they were told. What comes first
is what came of it and what they did themselves; then what it was about, in one sentence where time is short;
then whatever tells most for the time it takes.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vivavoce.transcripts.bank.figures.claimed import figures
from vivavoce.transcripts.bank.places import places, said_at
from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.printable import line
from vivavoce.transcripts.story.parts import Sentence

RUNGS = (30, 60, 90, 180)  # seconds
WPM = 150.0  # of who did not speak: words a minute
SHORT = 30  # seconds, within which the context is one sentence
OVER = 1.1  # of a rung: nobody cuts a story for a tenth of it
QUOTE = 90  # characters of a sentence in a list

ACTION, RESULT, LESSON, OTHER = "action", "result", "lesson", "other"
CONTEXT = ("situation", "task")
_OWN = re.compile(r"\b(?:i|myself)\b", re.IGNORECASE)
_WORTH = {RESULT: 5.0, ACTION: 4.0, "task": 3.0, "situation": 3.0, LESSON: 2.0, OTHER: 0.0}
_FIGURE, _OWN_STEP, _NEW_FIELD = 1.5, 1.0, 2.0  # what makes a sentence worth more


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A sentence of a take.

    Attributes:
        text: as it was said.
        label: one of the labels of transcripts/story/parts.py.
        seconds: from its first word to the beginning of the next sentence; None in writing.
        fields: ids of the fields of a story map that it covers, if that is known.
    """

    text: str
    label: str
    seconds: Seconds | None = None
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rung:
    """What to tell in `seconds`; telling it `takes` so long, which may be more where even the least is."""

    seconds: int
    kept: tuple[Piece, ...]
    dropped: tuple[Piece, ...]
    takes: Seconds
    told: tuple[Piece, ...]  # both, in order


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A piece with what speaks for it."""

    piece: Piece
    length: float  # seconds
    worth: float
    own: bool


def ladder(pieces: Sequence[Piece], rungs: Sequence[int] = RUNGS, wpm: float = WPM) -> tuple[Rung, ...]:
    """Return what to keep of a take at each of `rungs`, in seconds; () if nothing was told.

    Args:
        pieces: the sentences of a take, in order.
        rungs: how long the story may be.
        wpm: the pace where no time is known; else the take's own is used.
    """
    weighed = _weighed(pieces, wpm)
    return tuple(_rung(weighed, seconds) for seconds in rungs) if pieces else ()


def ladder_lines(rungs: Sequence[Rung]) -> list[str]:
    """Return the ladder for people: for each rung what to keep (+) and to drop (-), in order."""
    found: list[str] = []
    for rung in rungs:
        if not rung.dropped:
            found.append(f"{rung.seconds} seconds; all of it, which takes you {rung.takes:.0f} s")
            continue
        found.append(f"{rung.seconds} seconds; what is kept takes you {rung.takes:.0f} s")
        dropped = set(map(id, rung.dropped))
        found += [f"  {'-' if id(one) in dropped else '+'} {_short(one.text)}" for one in rung.told]
    return found


def pieces_of(
    text: str, sentences: Sequence[Sentence], words: Sequence[Word], fields: Sequence[frozenset[str]] = ()
) -> tuple[Piece, ...]:
    """Return the sentences of a take as the ladder wants them.

    Args:
        text: what was said.
        sentences: of `text`, with their labels (transcripts/story/parts.py).
        words: what was said with its times; none in writing.
        fields: which fields of a story map each sentence covers, if that is known.
    """
    known = places(text, words)
    begins = [said_at(known, one.start) for one in sentences]
    ends = [*begins[1:], words[-1].end if words else None]
    spent = [
        None if begin is None or end is None else Seconds(max(0.0, end - begin))
        for begin, end in zip(begins, ends, strict=True)
    ]
    covered = [*fields, *[frozenset[str]()] * (len(sentences) - len(fields))]
    return tuple(
        Piece(text=text[one.start : one.end].strip(), label=one.label, seconds=length, fields=of)
        for one, length, of in zip(sentences, spent, covered, strict=False)
    )


def _weighed(pieces: Sequence[Piece], wpm: float) -> list[_Weighed]:
    """Return `pieces` with how long each takes, at this take's own pace where there is one, and worth."""
    timed = [one for one in pieces if one.seconds is not None]
    spent, said = sum(one.seconds or 0.0 for one in timed), sum(len(one.text.split()) for one in timed)
    pace = spent / said if said and spent else 60 / max(wpm, 1.0)
    found = []
    for one in pieces:
        length = len(one.text.split()) * pace if one.seconds is None else one.seconds
        own = one.label == ACTION and _OWN.search(one.text) is not None
        worth = _WORTH.get(one.label, 0.0) + _FIGURE * bool(figures(one.text)) + _OWN_STEP * own
        found.append(_Weighed(one, length, worth, own))
    return found


def _rung(told: Sequence[_Weighed], seconds: int) -> Rung:
    begin = _first(told, seconds)
    chosen: set[int] = set()
    takes = 0.0
    for at in [*begin, *_rest(told, seconds, begin)]:
        always = at in begin and told[at].piece.label in (RESULT, ACTION)
        if always or takes + told[at].length <= seconds * OVER:
            chosen.add(at)
            takes += told[at].length
    pieces = [one.piece for one in told]
    kept = tuple(one for at, one in enumerate(pieces) if at in chosen)
    dropped = tuple(one for at, one in enumerate(pieces) if at not in chosen)
    return Rung(seconds, kept, dropped, Seconds(round(takes, 1)), tuple(pieces))


def _first(told: Sequence[_Weighed], seconds: int) -> list[int]:
    """Return what is kept first: a result and an own action, always, and a sentence of what it was about."""
    own = _best(told, seconds, lambda one: one.own)
    action = _best(told, seconds, lambda one: one.piece.label == ACTION) if own is None else own
    result = _best(told, seconds, lambda one: one.piece.label == RESULT)
    always = [at for at in (result, action) if at is not None]
    context = _best(told, seconds, lambda one: one.piece.label in CONTEXT)
    return always + ([] if context is None else [context])


def _rest(told: Sequence[_Weighed], seconds: int, begin: Sequence[int]) -> list[int]:
    """Return the other sentences, those first that tell most; a field that nothing covers yet counts more."""
    covered = frozenset[str]().union(*(told[at].piece.fields for at in begin))
    short = (OTHER, *CONTEXT) if seconds <= SHORT else ()
    rest = [at for at in range(len(told)) if at not in begin and told[at].piece.label not in short]
    return sorted(
        rest, key=lambda at: (-told[at].worth - _NEW_FIELD * bool(told[at].piece.fields - covered), at)
    )


def _best(told: Sequence[_Weighed], seconds: int, wanted: Callable[[_Weighed], bool]) -> int | None:
    """Return the sentence that tells most in a third of the time; the shortest if none is so short."""
    fitting = [at for at, one in enumerate(told) if wanted(one)]
    short = [at for at in fitting if told[at].length <= seconds / 3]
    if short:
        return max(short, key=lambda at: (told[at].worth, -at))
    return min(fitting, key=lambda at: told[at].length, default=None)


def _short(text: str) -> str:
    plain = line(text)
    return (
        plain
        if len(plain) <= QUOTE
        else f"{plain[: QUOTE - 2].rpartition(' ')[0] or plain[: QUOTE - 2]} \u2026"
    )
