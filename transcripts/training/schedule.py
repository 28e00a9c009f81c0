"""When a drill is due: FSRS over the days on which it was held or its gap was heard. Pure.

Nothing is stored. A drill held is a review with its rating; a gap that is heard again in an ordinary session
after the drill is one that failed, whatever went well in the drill, and the drill is due that very day.
Each day counts as the person lived it, so moving between time zones moves nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

WELL, DONE, NOT_YET = "done well", "done", "not yet"
RATINGS = (WELL, DONE, NOT_YET)
MIDDAY = time(12, tzinfo=UTC)  # FSRS reckons in moments; a day is one moment here


@dataclass(frozen=True, slots=True, order=True)
class Review:
    """What happened to a drill on a day, `moment` being its order within it.

    `rating` is one of RATINGS, or "" where the gap was heard in an ordinary session.
    """

    day: date
    moment: str
    rating: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a drill is due, and what that rests on."""

    day: date
    held: int  # how often it was
    latest: str  # rating of the last one; "" before the first
    since_gap: date | None  # the gap was heard then, and the drill was not held since


def due(reviews: Iterable[Review]) -> Due | None:
    """Return when a drill is due after `reviews`, in any order; None if nothing ever asked for it."""
    card, scheduler, latest, held, gap = _card(), _scheduler(), "", 0, None
    for one in sorted(reviews):
        if one.rating:
            card = _reviewed(scheduler, card, one)
            latest, held, gap = one.rating, held + 1, None
        elif gap is None:
            if held:  # or there is nothing yet that could be forgotten
                card = _reviewed(scheduler, card, one)
            gap = one.day
    if gap is not None:
        return Due(day=gap, held=held, latest=latest, since_gap=gap)
    return Due(day=card.due.date(), held=held, latest=latest, since_gap=None) if held else None


def _reviewed(scheduler: "Scheduler", card: "Card", one: Review) -> "Card":
    from fsrs import Rating

    rating = {WELL: Rating.Good, DONE: Rating.Hard}.get(one.rating, Rating.Again)
    return scheduler.review_card(card, rating, datetime.combine(one.day, MIDDAY))[0]


def _card() -> "Card":
    from fsrs import Card

    return Card(card_id=0, due=datetime.combine(date(2000, 1, 1), MIDDAY))  # neither from the clock


def _scheduler() -> "Scheduler":
    """Return one that reckons in days alone: no steps of minutes, and no chance."""
    from fsrs import Scheduler

    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
