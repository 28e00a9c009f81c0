"""Which drills are due, and why: those whose gap keeps coming back, and those that FSRS asks for. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from vivavoce.transcripts.training.drills import Drill, drills
from vivavoce.transcripts.training.held import Held
from vivavoce.transcripts.training.schedule import Due, Review, due

MOST_LOOKED_AT = 30  # ordinary sessions, the latest, whose gaps count; and all drills
LATEST = 5  # ordinary sessions in which a gap is counted
MOST = 3  # drills a day: the rest can wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A drill, when it is due, and what that rests on.

    Attributes:
        due: None where nothing has asked for it yet.
        heard: in how many of the latest ordinary sessions its gap was heard.
        of: how many those were.
        codes: of the findings in them, the most frequent first.
    """

    drill: Drill
    due: Due | None
    heard: int
    of: int
    codes: tuple[str, ...]

    @property
    def why(self) -> str:
        """Why it is due, in words; "" if it never was."""
        if self.due is None:
            return ""
        if self.heard:
            times = (
                f"in {self.heard} of your last {self.of} sessions" if self.of > 1 else "in your last session"
            )
            return f"{self.drill.because} ({times})"
        if self.due.since_gap is not None:
            return f"{self.drill.because} on {_day(self.due.since_gap)}"
        often = "once" if self.due.held == 1 else f"{self.due.held} times"
        return f"held {often}, the last time {self.due.latest}"


def rows(held: Sequence[Held]) -> list[Row]:
    """Return all drills, what is due first at the top; those that nothing asks for are at the end."""
    latest = [one for one in held if not one.drill][-LATEST:]
    found = [
        Row(
            drill=one,
            due=due(_reviews(one, held)),
            heard=sum(bool(session.gaps & {*one.gaps}) for session in latest),
            of=len(latest),
            codes=_codes(one, latest),
        )
        for one in drills()
    ]
    return sorted(found, key=lambda one: (one.due.day if one.due else date.max, -one.heard))


def today(found: Iterable[Row], day: date) -> tuple[list[Row], list[Row]]:
    """Return the rows to practise on `day`, the gap that recurs most first, and those that can wait."""
    ready = [one for one in found if one.due is not None and one.due.day <= day]
    ranked = sorted(ready, key=lambda one: -one.heard)
    return ranked[:MOST], ranked[MOST:]


def _reviews(drill: Drill, held: Iterable[Held]) -> Iterator[Review]:
    """Yield each time that the drill was held, and each ordinary session in which its gap was heard."""
    for one in held:
        if one.drill == drill.id and one.measured is not None and one.measured.rating:
            yield Review(one.day, one.moment, one.measured.rating)
        elif not one.drill and one.gaps & {*drill.gaps}:
            yield Review(one.day, one.moment, "")


def _codes(drill: Drill, latest: Sequence[Held]) -> tuple[str, ...]:
    counts = {code: sum(code in one.gaps for one in latest) for code in drill.gaps}
    return tuple(sorted((code for code in counts if counts[code]), key=lambda code: -counts[code]))


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
