"""What a person claims in figures, over their résumé, their stories and every take: where it differs. Pure.

Figures of different texts are about the same thing if they are of one kind, play one role ("by" 12 % is not
"to" 12 %) and share words of what they are about. Who says the same figure once more is believed first: only
what is left over is set against what is left over. So two figures that changed places are not noticed, and a
person is rarely asked about what never differed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from vivavoce.transcripts.bank.figures.claimed import Figure, read
from vivavoce.transcripts.bank.likeness import Claim, Source, agree, alike, kind
from vivavoce.transcripts.bank.places import places, said_at
from vivavoce.transcripts.printable import line

__all__ = ["RESUME", "STORY", "TAKE", "Claim", "Group", "Ledger", "Source", "claims", "ledger"]

RESUME, STORY, TAKE = "resume", "story", "take"  # kinds of sources, in the order in which they are read
MOST_FIGURES = 500  # of one source
MOST_LIKE = 40  # groups that a figure is held against
LATEST = 3  # claims of a group that one more is held against
QUOTE = 90  # characters

_ORDER = {RESUME: 0, STORY: 1, TAKE: 2}
_ENDS = (". ", "? ", "! ", "\n")

_Index = dict[tuple[str, str], list[int]]  # the groups of a kind of figure that have a word


@dataclass(slots=True)
class Group:
    """Claims about the same thing, in the order in which they were made."""

    claims: list[Claim] = field(default_factory=list)

    @property
    def differing(self) -> tuple[Claim, Claim] | None:
        """The latest claim and the latest before it that says another figure; None if all agree."""
        return _differing(self.claims)

    @property
    def settled(self) -> bool:
        """Whether what was said last is what was said the time before, and what is written."""
        names = list(dict.fromkeys(one.source.name for one in self.claims if one.source.kind == TAKE))[-2:]
        return (
            _differing([one for one in self.claims if one.source.kind != TAKE or one.source.name in names])
            is None
        )


@dataclass(frozen=True, slots=True)
class Ledger:
    """All claims in their groups; `first_said` are those of takes that nothing earlier has."""

    groups: tuple[Group, ...]
    first_said: tuple[Claim, ...]

    @property
    def drifts(self) -> tuple[Group, ...]:
        """The groups in which figures differ by more than rounding."""
        return tuple(group for group in self.groups if group.differing)


def ledger(sources: Iterable[Source], found_in: Callable[[Source], Sequence[Claim]] | None = None) -> Ledger:
    """Return what all `sources` claim, the résumé before the stories and those before the takes, by date.

    Args:
        sources: where something may be claimed.
        found_in: returns what is claimed in one, if that is known already; `claims` finds it otherwise.
    """
    groups: list[Group] = []
    index: _Index = defaultdict(list)
    first: list[Claim] = []
    for source in sorted(sources, key=_place):
        found = (found_in or claims)(source)
        placed = _placed(found, groups, index)
        for number, claim in enumerate(found):
            place = placed.get(number)
            earlier = [] if place is None else groups[place].claims
            if source.kind == TAKE and not any(agree(one.figure, claim.figure) for one in earlier):
                first.append(claim)
            _put(claim, place, groups, index)
    return Ledger(tuple(groups), tuple(first))


def moment(at: str) -> float:
    """Return when a session began, wherever that was; 0 if nobody knows."""
    with suppress(ValueError, OverflowError):
        when = datetime.fromisoformat(at)
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    return 0.0


def claims(source: Source) -> list[Claim]:
    """Return the figures of `source`, each with its time and the words around it."""
    known = places(source.text, source.words)
    found, context = read(source.text)
    return [
        Claim(source, one, said_at(known, one.start), _quote(source.text, one), context)
        for one in found[:MOST_FIGURES]
    ]


def _differing(found: Sequence[Claim]) -> tuple[Claim, Claim] | None:
    """Return the latest of `found` and the latest before it that says another figure of the same thing."""
    once = {(one.source.name, one.figure.low, one.figure.high): one for one in found}
    known = [*once.values()][-MOST_LIKE:]
    pairs = (
        (known[at], other)
        for place, other in reversed([*enumerate(known)])
        for at in range(place - 1, -1, -1)
    )
    return next((pair for pair in pairs if _differ(*pair)), None)


def _differ(one: Claim, other: Claim) -> bool:
    apart = one.source != other.source and not agree(one.figure, other.figure)
    return apart and alike(one, other, agrees=False) > 0


def _place(source: Source) -> tuple[int, float, str]:
    return _ORDER.get(source.kind, 2), moment(source.at), source.name


def _placed(found: Sequence[Claim], groups: Sequence[Group], index: _Index) -> dict[int, int]:
    """Return to which group each of `found` belongs, by its number; those that agree are placed first."""
    rows = []
    for number, claim in enumerate(found):
        for place in _near(claim, index):
            like, same = _likeness(claim, groups[place])
            if like:
                rows.append((not same, -like, place, number))
    placed: dict[int, int] = {}
    taken: set[int] = set()
    for differs, _, place, number in sorted(rows):
        if number not in placed and not (differs and place in taken):
            placed[number] = place
            taken.add(place)
    return placed


def _put(claim: Claim, place: int | None, groups: list[Group], index: _Index) -> None:
    """Add `claim` to the group at `place`, or where its source said the same already, or to a new one."""
    if place is None:
        place = next((at for at in _near(claim, index) if _repeats(claim, groups[at])), len(groups))
    if place == len(groups):
        groups.append(Group())
    groups[place].claims.append(claim)
    for key in _keys(claim):
        if place not in index[key][-MOST_LIKE:]:
            index[key].append(place)


def _repeats(claim: Claim, group: Group) -> bool:
    own = [one for one in group.claims[-LATEST:] if one.source == claim.source]
    return any(agree(one.figure, claim.figure) and alike(one, claim, agrees=True) for one in own)


def _near(claim: Claim, index: _Index) -> list[int]:
    """Return the groups that share a word with `claim`, the latest."""
    found = {place for key in _keys(claim) for place in index.get(key, [])[-MOST_LIKE:]}
    return sorted(found)[-MOST_LIKE:]


def _keys(claim: Claim) -> Iterator[tuple[str, str]]:
    of = kind(claim.figure)
    yield from ((of, word) for word in {*claim.figure.about, claim.figure.noun} if word)
    if claim.source.story:
        yield of, f"/{claim.source.story}"


def _likeness(claim: Claim, group: Group) -> tuple[float, bool]:
    """Return how surely `claim` is about what `group` is about, 0 if it is not; and whether they agree."""
    best, same = 0.0, False
    for one in group.claims[-LATEST:]:
        agrees = agree(one.figure, claim.figure)
        like = alike(one, claim, agrees=agrees)
        same = same or (agrees and like > 0)
        best = max(best, like)
    return best, same


def _quote(text: str, figure: Figure) -> str:
    """Return the words around a figure: its sentence, or what of it is near."""
    before = max(text.rfind(mark, max(0, figure.start - QUOTE), figure.start) for mark in _ENDS)
    begin = before + 1 if before >= 0 else max(0, figure.start - QUOTE // 2)
    if before < 0 and begin:
        begin = text.find(" ", begin, figure.start) + 1 or begin
    stops = [at for mark in _ENDS if (at := text.find(mark, figure.end, figure.end + QUOTE)) >= 0]
    end = min(stops) + 1 if stops else min(len(text), figure.end + QUOTE // 2)
    if not stops and end < len(text):
        end = max(text.rfind(" ", figure.end, end), figure.end)
    return line(text[begin:end])
