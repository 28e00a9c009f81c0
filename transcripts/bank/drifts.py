"""How the ledger is told: what is asked of figures that differ, lines for people, rows for programs. Pure."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from vivavoce.transcripts.bank.figures.words import COUNT
from vivavoce.transcripts.bank.ledger import RESUME, STORY, Claim, Group, Ledger, moment
from vivavoce.transcripts.short_lists import few
from vivavoce.transcripts.timestamps import clock

WEEK = 7  # days, within which the name of a day is enough


def next_question(drifts: Sequence[Group]) -> str:
    """Return what to ask of the latest of `drifts` in the next take; "" if there is nothing to ask."""
    pairs = [pair for group in drifts if not group.settled and (pair := group.differing)]
    if not pairs:
        return ""
    one, other = max(pairs, key=lambda pair: (moment(pair[1].source.at), pair[1].at or 0.0))
    first, then = whens(one, other)
    bare = not other.figure.noun and other.figure.unit == COUNT
    where = f" I mean this: {other.quote.strip(' .?!')}." if bare else ""  # "four" alone is four of anything
    return f"{first} you said {one.said}, {then[0].lower()}{then[1:]} {other.said}.{where} Which is it?"


def whens(one: Claim, other: Claim) -> tuple[str, str]:
    """Return how the days of two claims are named: "On Tuesday", "On 3 March" where that is not enough."""
    first, then = _day(one), _day(other)
    if first is None or then is None:
        return _when(one, first, near=False), _when(other, then, near=False)
    if first == then:
        return f"{_when(one, first, near=False)}", "then, the same day,"
    near = abs((then - first).days) < WEEK
    return _when(one, first, near=near), _when(other, then, near=near)


def lines(found: Ledger) -> Iterator[str]:
    """Yield the ledger for people: what differs, what was first said in a take, and how much there is."""
    count = sum(len(group.claims) for group in found.groups)
    if not count:
        yield "No figures were found yet: neither in your stories nor in what you said."
        return
    if found.drifts:
        yield "Said in different ways; settle on one before the interview"
    for group in found.drifts:
        yield from (f"  {_told(one)}" for one in _each_once(group))
        yield ""
    if found.first_said:
        yield "First said here; your notes and your résumé do not have it, and need not"
        yield from few((f"  {_told(one)}" for one in reversed(found.first_said)), "  {:,} more like these")
        yield ""
    many = len(found.groups)
    about = "one thing" if many == 1 else f"{many:,} different things"
    yield f"{count:,} figure{'s' * (count > 1)} in all, about {about}."
    if asked := next_question(found.drifts):
        yield f"Your next take may be asked: {asked}"


def to_json(found: Ledger) -> dict[str, Any]:
    """Return the ledger for programs."""
    first = {id(one) for one in found.first_said}
    return {
        "schema": 1,
        "groups": [
            {
                "drift": group.differing is not None,
                "settled": group.settled,
                "claims": [_row(one, first_said=id(one) in first) for one in group.claims],
            }
            for group in found.groups
        ],
        "question": next_question(found.drifts),
    }


def _row(one: Claim, *, first_said: bool) -> dict[str, Any]:
    figure = one.figure
    return {
        "source": one.source.kind,
        "name": one.source.name,
        "story": one.source.story,
        "started_at": one.source.at,
        "at": one.at,
        "said": one.said,
        "quote": one.quote,
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit.name,
        "how": figure.how,
        "role": figure.role,
        "first_said": first_said,
    }


def _each_once(group: Group) -> Iterator[Claim]:
    """Yield the claims of a group, those of one source that say the same but once."""
    seen = set()
    for one in group.claims:
        key = one.source.name, one.figure.low, one.figure.high
        if key not in seen:
            yield one
        seen.add(key)


def _told(one: Claim) -> str:
    day = _day(one)
    at = "" if one.at is None else f" [{clock(one.at)}]"
    where = _when(one, day, near=False).removeprefix("On ")
    return f"{where}{at}: {one.said} \u00b7 {one.quote}"


def _day(claim: Claim) -> date | None:
    """Return the day that a session says of itself, in its own zone."""
    with suppress(ValueError):
        return date.fromisoformat(claim.source.at[:10])
    return None


def _when(claim: Claim, day: date | None, *, near: bool) -> str:
    if claim.source.kind == RESUME:
        return "In your résumé"
    if claim.source.kind == STORY:
        return "In your notes"
    if day is None:
        return "Once"
    return f"On {day:%A}" if near else f"On {day.day} {day:%B}"
