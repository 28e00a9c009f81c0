"""Which drills are due, and why: those whose gap keeps coming back, and those that FSRS asks for. Pure.

A question that went badly in a real interview is a drill too, which is held whenever it is answered.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from vivavoce.transcripts.training.drills import Drill, drills
from vivavoce.transcripts.training.held import Held, Said
from vivavoce.transcripts.training.plan import plain
from vivavoce.transcripts.training.schedule import DONE, NOT_YET, WELL, Due, Review, due

MOST_LOOKED_AT = 30  # ordinary sessions, the latest, whose gaps count; and all drills
LATEST = 5  # ordinary sessions in which a gap is counted
MOST = 3  # drills a day: the rest can wait
FEWEST = 10  # words of an answer to a question that went badly, from which it was practised
GOOD, FAIR = 4, 3  # scores from which it was done well, and done


@dataclass(frozen=True, slots=True, kw_only=True)
class Weak:
    """A question of a real interview that went badly, as the person has it in a round of their own.

    Attributes:
        round: the round's id.
        id: the question's in it.
        question: as it is asked.
        days: of the debriefs that tell of it.
    """

    round: str
    id: str
    question: str
    days: tuple[date, ...]

    @property
    def drill(self) -> Drill:
        """What practises it."""
        return Drill(
            id=f"{self.round}/{self.id}",
            title=f"“{self.question}”, asked in your interview",
            do="Answer it once more, as if they asked you now.",
            measures="the score of your answer; if the question has none, that you answered it",
            well=GOOD,
            done=FAIR,
            threshold=f"done well from a score of {GOOD}, done from {FAIR}, or where there is none",
            gaps=(),
            because="by your own account this went badly",
            ask=(self.question,),
            how=f"vivavoce interview --round {self.round} --question {self.id}",
        )


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
    def in_earnest(self) -> bool:
        """Whether it went badly in a real interview, and was not practised since."""
        return not self.drill.gaps and self.due is not None and self.due.since_gap is not None

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


def rows(held: Sequence[Held], weak: Iterable[Weak] = ()) -> list[Row]:
    """Return all drills, what is due first at the top; those that nothing asks for are at the end.

    Args:
        held: the person's own sessions, in order.
        weak: what went badly in a real interview.
    """
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
    found += [
        Row(drill=one.drill, due=due(_answers(one, held)), heard=0, of=len(latest), codes=()) for one in weak
    ]
    return sorted(found, key=lambda one: (one.due.day if one.due else date.max, -one.heard))


def today(found: Iterable[Row], day: date) -> tuple[list[Row], list[Row]]:
    """Return the rows to practise on `day`, and those that can wait.

    What went badly in earnest and was not practised since comes first, then the gap that recurs most.
    """
    ready = [one for one in found if one.due is not None and one.due.day <= day]
    ranked = sorted(ready, key=lambda one: (not one.in_earnest, -one.heard))
    return ranked[:MOST], ranked[MOST:]


def _reviews(drill: Drill, held: Iterable[Held]) -> Iterator[Review]:
    """Yield each time that the drill was held, and each ordinary session in which its gap was heard."""
    for one in held:
        if one.drill == drill.id and one.measured is not None and one.measured.rating:
            yield Review(one.day, one.moment, one.measured.rating)
        elif not one.drill and one.gaps & {*drill.gaps}:
            yield Review(one.day, one.moment, "")


def _answers(weak: Weak, held: Iterable[Held]) -> Iterator[Review]:
    """Yield each day on which it went badly, and each answer to it since, in whatever session."""
    yield from (Review(day, "", "") for day in weak.days)
    words = plain(weak.question)
    for session in held:
        answered = [one for one in session.said if plain(one.question).endswith(words)]
        ratings = [found for one in answered if (found := _rating(one))]
        if ratings and session.day >= min(weak.days):
            best = min(ratings, key=(WELL, DONE, NOT_YET).index)
            yield Review(session.day, session.moment, best)


def _rating(said: Said) -> str:
    """Return how an answer was; "" for one that is none."""
    if not said.judged or said.words < FEWEST:
        return ""
    if said.score is None:
        return DONE
    return WELL if said.score >= GOOD else DONE if said.score >= FAIR else NOT_YET


def _codes(drill: Drill, latest: Sequence[Held]) -> tuple[str, ...]:
    counts = {code: sum(code in one.gaps for one in latest) for code in drill.gaps}
    return tuple(sorted((code for code in counts if counts[code]), key=lambda code: -counts[code]))


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
