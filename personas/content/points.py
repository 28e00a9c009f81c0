"""What a good answer to a pack's question has, as content checks for that question alone."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import names
from vivavoce.personas.content.question import Point, Question
from vivavoce.transcripts.scoring.checks import STORY, TOPIC, Checks, PlannedStep


def points(question: str) -> tuple[Checks, ...]:
    """Return the checks for `question`, if it ends with the words of a question that a pack says more of.

    Raises:
        PersonaError: a pack cannot be used.
    """
    asked = _plain(question)
    return next((found for words, found in _known() if asked.endswith(words)), ()) if asked else ()


def checks(question: Question) -> Checks:
    """Return a check for each of the points of `question`.

    One that was not heard is no gap: cues miss much, and nobody is marked down for what was not recognised.
    """
    named = (replace(one.check, id=f"{_code(question)}-{one.check.id}") for one in question.points if one.own)
    return Checks(
        id=_code(question),
        answer=STORY if question.story else TOPIC,
        checks=tuple(named),
        scored=False,
        steps=tuple(_step(question, point) for point in question.points if point.step),
    )


def _step(question: Question, point: Point) -> PlannedStep:
    """Return what tells that a step of the round's plan was heard: its own finding, or one that covers it."""
    code = f"{_code(question)}-{point.check.id}" if point.own else ""
    return PlannedStep(id=point.check.id, name=point.name, covers=point.check.rule.covers, code=code)


def _code(question: Question) -> str:
    return question.id.lower()


@cache
def _known() -> tuple[tuple[str, tuple[Checks, ...]], ...]:
    """Return the wordings of all such questions, the longest first, and their checks."""
    found = [
        (words, (checks(one),)) for one in _questions() for words in map(_plain, (*one.wordings, *one.again))
    ]
    return tuple(sorted(found, key=lambda row: -len(row[0])))


def question_of(words: str, questions: Iterable[Question]) -> Question | None:
    """Return that of `questions` with whose words, or whose easier ones, `words` end."""
    asked = _plain(words)
    found = [
        (len(known), one)
        for one in questions
        for known in map(_plain, (*one.wordings, *one.again))
        if asked.endswith(known)
    ]
    return max(found, key=lambda row: row[0])[1] if found else None


def _questions() -> Iterator[Question]:
    """Yield those with points, and those that ask for no story, which the answer cannot tell."""
    for name in names("packs"):
        yield from (one for one in pack(name).questions if one.points or not one.story)


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())
