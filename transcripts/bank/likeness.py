"""Whether two claims are about the same thing, and whether they then say the same. Pure."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from vivavoce.transcripts.bank.figures.claimed import Figure
from vivavoce.transcripts.bank.figures.roles import BELOW, BEYOND, BY, FROM, ROUND, TO, UNDER
from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.printable import line

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

SHARED = 0.34  # of the fewer words: so much two figures must share to be about one thing
CONTEXT = 0.3  # likewise of the texts around them, where no story's name says that they are one
HEDGED, LOOSE = 0.12, 0.25  # of a value: how far "about" reaches, and "more than"
TENTH = 0.1  # of a value: further no rounding goes
COUPLE = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text with figures in it.

    Attributes:
        kind: "resume", "story" or "take".
        name: the story's, or the session's id.
        at: when a take began, as its session says.
        story: which story it tells, "" if none by name.
        words: of a spoken take, in the order of the text.
    """

    kind: str
    name: str
    text: str
    at: str = ""
    story: str = ""
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure, who said it when, and in which words; `at` is None where nothing was spoken."""

    source: Source
    figure: Figure
    at: Seconds | None
    quote: str
    context: frozenset[str] = field(default=frozenset(), compare=False, repr=False)  # stems of the whole text

    @property
    def said(self) -> str:
        """The figure in the person's words."""
        return line(self.source.text[self.figure.start : self.figure.end])


def agree(one: Figure, other: Figure) -> bool:
    """Return whether two figures of one kind say the same, but for rounding.

    One of them may be the other rounded, or "about" the other; both at once may not.
    """
    (a, b), (c, d) = _ends(one), _ends(other)
    (e, f), (g, h) = _widened(one), _widened(other)
    return (e <= d and c <= f) or (g <= b and a <= h)


def alike(one: Claim, other: Claim, *, agrees: bool) -> float:
    """Return how surely two claims are about one thing, 0 if they are not; less is asked of what `agrees`."""
    a, b = one.figure, other.figure
    if kind(a) != kind(b) or not _one_noun(a, b) or not _one_role(a, b, agrees=agrees):
        return 0.0
    named = bool(one.source.story) and one.source.story == other.source.story
    apart = one.source.story and other.source.story and not named
    if apart or (one.source == other.source and not agrees):
        return 0.0
    shared = a.about & b.about
    if shared and (agrees or share(a.about, b.about) >= SHARED):
        close = named or agrees or share(one.context, other.context) >= CONTEXT
        return share(a.about, b.about) + len(shared) if close else 0.0
    counted = bool(a.noun) and a.noun == b.noun
    silent = not (a.about and b.about)
    return 0.5 if (named and (counted or silent or agrees)) or (agrees and counted) else 0.0


def share(one: "AbstractSet[str]", other: "AbstractSet[str]") -> float:
    """Return which share of the fewer words both have."""
    return len(one & other) / max(1, min(len(one), len(other)))


def kind(figure: Figure) -> str:
    """Return what can be set against each other: "doubled" and "by 100 %" are of one kind."""
    return "percent" if figure.unit.kind == "times" and figure.role == BY else figure.unit.kind


def _one_noun(one: Figure, other: Figure) -> bool:
    if one.noun == other.noun:
        return True
    return one.noun in other.about or other.noun in one.about


def _one_role(one: Figure, other: Figure, *, agrees: bool) -> bool:
    """Return whether both say what changed, or what was so; what was so before is not what is so now."""
    if one.role == other.role:
        return True
    roles = {one.role, other.role}
    return roles == {TO, ""} or (roles == {FROM, ""} and (agrees or bool(one.noun)))


def _ends(figure: Figure) -> tuple[float, float]:
    """Return the ends of a figure in the unit of its kind's size 1."""
    if figure.unit.kind == "times" and figure.role == BY:
        return 100 * (figure.low - 1), 100 * (figure.high - 1)
    return figure.low * figure.unit.size, figure.high * figure.unit.size


def _widened(figure: Figure) -> tuple[float, float]:
    """Return between which values the figure may lie, as it was said."""
    low, high = _ends(figure)
    size = figure.unit.size if figure.unit.kind != "times" else 1.0
    under, over = _rounding(low / size) * size, _rounding(high / size) * size
    if figure.how == ROUND:
        couple = f"{figure.low:g}".rstrip("0") == f"{COUPLE:g}"
        vague = LOOSE if couple else HEDGED
        under, over = max(under, vague * low), max(over, vague * high)
    if figure.how in (BELOW, UNDER):
        under = max(under, (HEDGED if figure.how == BELOW else LOOSE) * low)
    if figure.how == BEYOND:
        over = max(over, LOOSE * high)
    return low - under, high + over


@lru_cache(maxsize=4096)
def _rounding(value: float) -> float:
    """Return by how much a value may have been rounded: half of its last place, 2.5 where it ends in 5."""
    digits = f"{abs(value):.9f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else ""
    if not value or not digits:
        return TENTH * abs(value) / 2
    whole, _, rest = digits.partition(".")
    if rest:
        place = 10.0 ** -len(rest)
    else:
        place = 10.0 ** (len(whole) - len(whole.rstrip("0")))
        place *= 5 if whole.endswith("5") and len(whole) > 1 else 1
    return min(place / 2, TENTH * abs(value))
