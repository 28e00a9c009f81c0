"""Practice as progress: how often, and what the latest answers tell beside those before. Pure.

Only what was counted is said. Two groups of answers are set beside each other once there are enough of both,
and from more than one session.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from vivavoce.transcripts.report.glance import WANTED

LATEST = 5  # answers that are set beside as many before
FEWEST = 3  # before, for anything to be set beside
WEEK, WEEKS = 7, 8  # days; how many weeks are shown


@dataclass(frozen=True, slots=True)
class Told:
    """In which of the latest answers a part was told: `marks`, the oldest first, and two counts.

    `before` is None where there is too little to set beside.
    """

    part: str
    marks: tuple[bool, ...]
    now: int
    before: int | None


@dataclass(frozen=True, slots=True)
class Practice:
    """What a person has done so far.

    Attributes:
        sessions: how many; `recent` of them in the last seven days; the first one was on `since`.
        weeks: how many in each of the last WEEKS weeks, the last of which ends today.
        now, before: how many answers the counts in `told` are of.
        told: of each part, empty with fewer than two sessions.
    """

    sessions: int
    recent: int
    since: date | None
    weeks: tuple[int, ...]
    now: int
    before: int
    told: tuple[Told, ...]


def practice(
    held: tuple[int, str, Sequence[str]], answers: Sequence[Mapping[str, Any]], today: date
) -> Practice:
    """Return what was practised.

    Args:
        held: how many sessions, when the first one began, and the latest, from `since` on.
        answers: the latest, as the index has them, the oldest first.
        today: the day that the last week ends with.
    """
    number, first, latest = held
    weeks = [0] * WEEKS
    for day in filter(None, map(_day, latest)):
        week = max(0, (today - day).days) // WEEK
        if week < WEEKS:
            weeks[-1 - week] += 1
    stories = [row for row in answers if row["told"] is not None][-2 * LATEST :]
    several = len({row["session"] for row in stories}) > 1
    return Practice(
        sessions=number,
        recent=weeks[-1],
        since=_day(first),
        weeks=tuple(weeks),
        now=len(stories[-LATEST:]),
        before=len(stories[:-LATEST]),
        told=tuple(_told(part, stories) for part in WANTED) if several else (),
    )


def since(today: date) -> str:
    """Return the first day of the weeks that are shown."""
    return (today - timedelta(days=WEEK * WEEKS - 1)).isoformat()


def often(found: Practice) -> str:
    """Return how often it was, as a sentence; empty before the first session."""
    if found.sessions <= 1:
        return "One session so far. From the second on, this shows what your answers tell." * found.sessions
    first = "" if found.since is None else f" since {found.since.day} {found.since:%B %Y}"
    if not found.recent:
        return f"{found.sessions} sessions{first}."
    many = "1 session" if found.recent == 1 else f"{found.recent} sessions"
    return f"{many} in the last seven days, {found.sessions} in all{first}."


def _day(moment: str) -> date | None:
    """Return the day of a moment, such as 2026-11-23T14:15:00+01:00; None if it is none."""
    with suppress(ValueError):
        return date.fromisoformat(moment[:10])
    return None


def _told(part: str, stories: Sequence[Mapping[str, Any]]) -> Told:
    marks = [part in row["told"] for row in stories]
    earlier = marks[:-LATEST]
    return Told(part, tuple(marks), sum(marks[-LATEST:]), sum(earlier) if len(earlier) >= FEWEST else None)
