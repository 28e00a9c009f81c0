"""What a good answer to a pack's question has, as content checks for that question alone."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import names
from vivavoce.personas.content.question import Question
from vivavoce.transcripts.scoring.checks import STORY, TOPIC, Check, Checks
from vivavoce.transcripts.scoring.rubric import GAP, Rule

LEAST = 3  # points of a question, of which missing some is a gap: fewer may be left out for good reasons
COSTS, OVERALL = {"specificity": 1}, 0.3  # of a point that was not heard


def points(question: str) -> tuple[Checks, ...]:
    """Return the checks for `question`, if it ends with the words of a pack's question that has points.

    Raises:
        PersonaError: a pack cannot be used.
    """
    asked = _plain(question)
    return next((found for words, found in _known() if asked.endswith(words)), ()) if asked else ()


def checks(question: Question) -> Checks:
    """Return a check for each of the points of `question`, and one that tells that it was not heard."""
    own = [one.check for one in question.points if one.own]
    gaps = [_gap(question, point.check, point.name) for point in question.points if point.own]
    told_of = gaps if len(own) >= LEAST and not question.story else []
    named = (replace(check, id=f"{_code(question)}-{check.id}") for check in own)
    return Checks(id=_code(question), answer=STORY if question.story else TOPIC, checks=(*named, *told_of))


def _gap(question: Question, check: Check, name: str) -> Check:
    code = f"{_code(question)}-{check.id}"
    rule = Rule(GAP, f"Not heard: {name}.", COSTS, overall=OVERALL)
    return Check(id=f"{code}-missing", rule=rule, unless=(code,))


def _code(question: Question) -> str:
    return question.id.lower()


@cache
def _known() -> tuple[tuple[str, tuple[Checks, ...]], ...]:
    """Return the wordings of all questions that have points, the longest first, and their checks."""
    found = [
        (words, (checks(one),)) for one in _questions() for words in map(_plain, (*one.wordings, *one.again))
    ]
    return tuple(sorted(found, key=lambda row: -len(row[0])))


def _questions() -> Iterator[Question]:
    for name in names("packs"):
        yield from (one for one in pack(name).questions if one.points)


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())
