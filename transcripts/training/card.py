"""The card for the last day: three stories that were told well, three questions, and room to breathe. Pure.

Nothing on it is new: a story stands there because it was told.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.training.held import Held, Said
from vivavoce.transcripts.training.plan import Bank, as_a_story, in_time

MOST = 3
BREATHING = (
    "Nothing has to be learnt today. Read once what the company says of itself, and leave it at that.",
    "Know where you have to be and when, or that camera and microphone work; then close everything.",
    "Ten minutes before: sit down, breathe in for four counts and out for six, a few times.",
)


@dataclass(frozen=True, slots=True)
class Told:
    """A story of the card: what it is called, and how long the best telling took."""

    name: str
    seconds: Seconds | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What to take along."""

    stories: tuple[Told, ...]
    questions: tuple[str, ...]
    breathing: tuple[str, ...] = BREATHING


def card(held: Iterable[Held], bank: Bank, questions: Iterable[str]) -> Card:
    """Return the card.

    Args:
        held: the person's own sessions, of all time.
        bank: their stories.
        questions: that may be asked at the end, those that fit best first.
    """
    best: dict[str, tuple[tuple[int, ...], Told]] = {}
    for session in held:
        for place, one in enumerate(session.said):
            named = bool(session.story) and place == 0
            name = (
                bank.titles.get(session.story, session.story) if named else f"your answer to “{one.question}”"
            )
            if as_a_story(one) and (rank := _rank(one, named=named)) >= best.get(name, ((), None))[0]:
                best[name] = rank, Told(name, one.seconds)
    ranked = sorted(best.values(), key=lambda row: row[0], reverse=True)
    asked = tuple(one for _, one in zip(range(MOST), questions, strict=False))
    return Card(stories=tuple(told for _, told in ranked[:MOST]), questions=asked)


def _rank(one: Said, *, named: bool) -> tuple[int, ...]:
    """Return how well a story was told: one of the bank first, then in time, then by score and parts."""
    return (named, in_time(one), one.score or 0, len(one.parts))
