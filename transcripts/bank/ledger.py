"""What a person claims in figures, over their résumé, their stories and every take: where it differs. Pure.

Figures of different texts are about the same thing if they are of one kind, play one role ("by" 12 % is not
"to" 12 %) and share words of what they are about. Who says the same figure once more is believed first: only
what is left over is set against what is left over. So two figures that changed places are not noticed, and a
person is rarely asked about what never differed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from vivavoce.transcripts.bank.figures import Figure, figures
from vivavoce.transcripts.bank.roles import BELOW, BEYOND, BY, FROM, ROUND, TO, UNDER
from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.printable import line

RESUME, STORY, TAKE = "resume", "story", "take"  # kinds of sources, in the order in which they are read
MOST_FIGURES = 500  # of one source
MOST_LIKE = 40  # groups that a figure is held against
SHARED = 0.34  # of the fewer words: so much two figures must share to be about one thing
QUOTE = 90  # characters
HEDGED, LOOSE = 0.12, 0.25  # of a value: how far "about" reaches, and "more than"
TENTH = 0.1  # of a value: further no rounding goes

_ORDER = {RESUME: 0, STORY: 1, TAKE: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text with figures in it.

    Attributes:
        kind: RESUME, STORY or TAKE.
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

    @property
    def said(self) -> str:
        """The figure in the person's words."""
        return line(self.source.text[self.figure.start : self.figure.end])


@dataclass(slots=True)
class Group:
    """Claims about the same thing, in the order in which they were made."""

    claims: list[Claim] = field(default_factory=list)

    @property
    def drifts(self) -> bool:
        """Whether two of them differ by more than rounding."""
        return self.differing is not None

    @property
    def differing(self) -> tuple[Claim, Claim] | None:
        """The latest claim and the latest before it that says another figure; None if they agree."""
        for at in range(len(self.claims) - 1, 0, -1):
            for before in range(at - 1, -1, -1):
                one, other = self.claims[before], self.claims[at]
                if one.source != other.source and not agree(one.figure, other.figure):
                    return one, other
        return None


@dataclass(frozen=True, slots=True)
class Ledger:
    """All claims in their groups; `first_said` are those of takes that nothing earlier has."""

    groups: tuple[Group, ...]
    first_said: tuple[Claim, ...]

    @property
    def drifts(self) -> tuple[Group, ...]:
        """Return the groups in which figures differ."""
        return tuple(group for group in self.groups if group.drifts)


def ledger(sources: Iterable[Source]) -> Ledger:
    """Return what all `sources` claim, the résumé before the stories and those before the takes, by date."""
    groups: list[Group] = []
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    first: list[Claim] = []
    for source in sorted(sources, key=lambda one: (_ORDER.get(one.kind, 2), one.at, one.name)):
        found = claims(source)
        placed = _placed(found, groups, index)
        for number, claim in enumerate(found):
            place = placed.get(number)
            known = place is not None and any(agree(one.figure, claim.figure) for one in groups[place].claims)
            if source.kind == TAKE and not known:
                first.append(claim)
            if place is None:
                place = _repeated(claim, groups, index)
            if place is None:
                place = len(groups)
                groups.append(Group())
            groups[place].claims.append(claim)
            for key in _keys(claim):
                if not index[key] or index[key][-1] != place:
                    index[key].append(place)
    return Ledger(tuple(groups), tuple(first))


def claims(source: Source) -> list[Claim]:
    """Return the figures of `source`, each with its time and the words around it."""
    found = figures(source.text)[:MOST_FIGURES]
    places = _places(source)
    result, word = [], 0
    for figure in found:
        while word + 1 < len(places) and places[word + 1][0] <= figure.start:
            word += 1
        at = places[word][1] if places else None
        result.append(Claim(source, figure, at, _quote(source.text, figure)))
    return result


def agree(one: Figure, other: Figure) -> bool:
    """Return whether two figures of one kind say the same, but for rounding."""
    (a, b), (c, d) = _ends(one), _ends(other)
    (e, f), (g, h) = _widened(one), _widened(other)
    return (e <= d and c <= f) or (g <= b and a <= h)


def days_apart(one: Claim, other: Claim) -> tuple[str, str]:
    """Return how the days of two claims are named: "On Tuesday", or "On 3 March" where that is not enough."""
    days = [_day(claim) for claim in (one, other)]
    if days[0] is None or days[1] is None:
        return _when(one, days[0], near=True), _when(other, days[1], near=True)
    near = 0 < abs((days[1] - days[0]).days) < 7
    if days[0] == days[1]:
        return "First", "then, the same day,"
    return _when(one, days[0], near=near), _when(other, days[1], near=near)


def next_question(drifts: Sequence[Group]) -> str:
    """Return what to ask of the latest of `drifts` in the next take; "" if there is nothing to ask."""
    pairs = [pair for group in drifts if (pair := group.differing)]
    if not pairs:
        return ""
    one, other = max(pairs, key=lambda pair: (pair[1].source.at, pair[1].at or 0.0))
    first, then = days_apart(one, other)
    later = then[0].lower() + then[1:]
    return f"{first} you said {one.said}, {later} {other.said}. Which is it?"


def _placed(
    found: Sequence[Claim], groups: Sequence[Group], index: dict[tuple[str, str], list[int]]
) -> dict[int, int]:
    """Return to which group each of `found` belongs, by its number; those that agree are placed first."""
    rows = []
    for number, claim in enumerate(found):
        for place in _like(claim, index):
            like, same = _likeness(claim, groups[place])
            if like:
                rows.append((not same, -like, place, number))
    placed: dict[int, int] = {}
    taken: set[int] = set()
    for differs, _, place, number in sorted(rows):
        if number in placed or (differs and place in taken):
            continue
        placed[number] = place
        taken.add(place)
    return placed


def _repeated(claim: Claim, groups: Sequence[Group], index: dict[tuple[str, str], list[int]]) -> int | None:
    """Return the group that has the same figure of the same source already."""
    for place in _like(claim, index):
        if any(one.source == claim.source for one in groups[place].claims):
            like, same = _likeness(claim, groups[place])
            if like and same:
                return place
    return None


def _like(claim: Claim, index: dict[tuple[str, str], list[int]]) -> list[int]:
    """Return the groups that share a word with `claim`, the latest."""
    found = {place for key in _keys(claim) for place in index.get(key, [])[-MOST_LIKE:]}
    return sorted(found)[-MOST_LIKE:]


def _keys(claim: Claim) -> Iterator[tuple[str, str]]:
    kind = _kind(claim.figure)
    for word in claim.figure.about | {claim.figure.noun}:
        if word:
            yield kind, word
    if claim.source.story:
        yield kind, f"/{claim.source.story}"


def _likeness(claim: Claim, group: Group) -> tuple[float, bool]:
    """Return how surely `claim` is about what `group` is about, 0 if it is not; and whether they agree."""
    best, same = 0.0, False
    for one in group.claims[-3:]:
        agrees = agree(one.figure, claim.figure)
        like = _alike(one, claim, agrees=agrees)
        same = same or (agrees and like > 0)
        best = max(best, like)
    return best, same


def _alike(one: Claim, other: Claim, *, agrees: bool) -> float:
    a, b = one.figure, other.figure
    if a.noun != b.noun and (a.noun or b.noun) and not (a.noun in b.about or b.noun in a.about):
        return 0.0
    if one.source.story != other.source.story and one.source.story and other.source.story:
        return 0.0
    if not _one_role(a, b, agrees=agrees) or (one.source == other.source and not agrees):
        return 0.0
    shared, least = a.about & b.about, min(len(a.about), len(b.about))
    same_story = bool(one.source.story) and one.source.story == other.source.story
    if shared and (agrees or len(shared) >= SHARED * least):
        return len(shared) / max(least, 1) + len(shared)
    bare = same_story and (least == 0 or bool(a.noun and a.noun == b.noun))
    return 0.5 if bare or (agrees and same_story) or (agrees and a.noun and a.noun == b.noun) else 0.0


def _one_role(one: Figure, other: Figure, *, agrees: bool) -> bool:
    if one.role == other.role:
        return True
    roles = {one.role, other.role}
    return BY not in roles and (roles == {TO, ""} or (roles == {FROM, ""} and (agrees or bool(one.noun))))


def _kind(figure: Figure) -> str:
    """Return what can be set against each other: "doubled" and "by 100 %" are of one kind."""
    return "percent" if figure.unit.kind == "times" and figure.role == BY else figure.unit.kind


def _ends(figure: Figure) -> tuple[float, float]:
    """Return the ends of a figure in the smallest unit of its kind."""
    if figure.unit.kind == "times" and figure.role == BY:
        return 100 * (figure.low - 1), 100 * (figure.high - 1)
    return figure.low * figure.unit.size, figure.high * figure.unit.size


def _widened(figure: Figure) -> tuple[float, float]:
    """Return between which values the figure may lie, as it was said."""
    low, high = _ends(figure)
    slack = (_rounding(low), _rounding(high))
    if figure.how == ROUND:
        vague = LOOSE if figure.low == 2000 or figure.low == 2 else HEDGED
        slack = (max(slack[0], vague * low), max(slack[1], vague * high))
    low, high = low - slack[0], high + slack[1]
    if figure.how in (BELOW, UNDER):
        low -= (HEDGED if figure.how == BELOW else LOOSE) * abs(low)
    if figure.how == BEYOND:
        high += LOOSE * abs(high)
    return low, high


def _rounding(value: float) -> float:
    """Return by how much a value may have been rounded: half of its last place, 5 where it ends in 5 or 0."""
    digits = f"{abs(value):.6g}"
    if "e" in digits or not value:
        return TENTH * abs(value) / 2
    whole, _, rest = digits.partition(".")
    if rest:
        place = 10.0 ** -len(rest)
    else:
        place = 10.0 ** (len(whole) - len(whole.rstrip("0")))
        place *= 5 if place == 1 and whole.endswith("5") and len(whole) > 1 else 1
    return min(place / 2, TENTH * abs(value))


def _places(source: Source) -> list[tuple[int, Seconds]]:
    """Return where each word of a take stands in its text, and when it was said."""
    found, at = [], 0
    for word in source.words:
        place = source.text.find(word.text, at, at + 2000)
        if place >= 0:
            found.append((place, word.start))
            at = place + len(word.text)
    return found


def _quote(text: str, figure: Figure) -> str:
    """Return the words around a figure: its sentence, or what of it is near."""
    before = max(
        text.rfind(mark, max(0, figure.start - QUOTE), figure.start) for mark in (". ", "? ", "! ", "\n")
    )
    begin = before + 1 if before >= 0 else max(0, figure.start - QUOTE // 2)
    ends = [
        at
        for mark in (". ", "? ", "! ", "\n")
        if (at := text.find(mark, figure.end, figure.end + QUOTE)) >= 0
    ]
    end = min(ends) + 1 if ends else min(len(text), figure.end + QUOTE // 2)
    if before < 0 and begin:
        begin = text.find(" ", begin, figure.start) + 1 or begin
    if not ends and end < len(text):
        end = max(text.rfind(" ", figure.end, end), figure.end)
    return line(text[begin:end])


def _day(claim: Claim) -> date | None:
    try:
        return date.fromisoformat(claim.source.at[:10])
    except ValueError:
        return None


def _when(claim: Claim, day: date | None, *, near: bool) -> str:
    if claim.source.kind == RESUME:
        return "In your r\u00e9sum\u00e9"
    if claim.source.kind == STORY:
        return "In your notes on it"
    if day is None:
        return "Once"
    return f"On {day:%A}" if near else f"On {day.day} {day:%B}"
