"""The steps of a round with a plan: which of them were heard, in which order, and when. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.scoring.checks import Checks, PlannedStep, rules
from vivavoce.transcripts.scoring.findings import Found
from vivavoce.transcripts.scoring.rubric import STRENGTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step, and where in the answer it was heard first; None if it was not."""

    id: str
    name: str
    covers: tuple[str, ...]
    start: int | None
    at: Seconds | None


def steps(
    sets: Sequence[Checks], found: Sequence[Found], when: Callable[[int], Seconds | None]
) -> tuple[Step, ...]:
    """Return the steps of the plan that `sets` have, as they were heard; those that were not come last.

    Args:
        sets: those that fit the question.
        found: what was found in the answer.
        when: tells when the word at an offset was said.
    """
    known = rules(sets)
    strengths = [(one, known[one.code]) for one in found if one.code in known]
    strengths = [(one, rule) for one, rule in strengths if rule.kind == STRENGTH]

    def shows(step: PlannedStep, code: str, covers: Sequence[str]) -> bool:
        return code == step.code if step.code else bool({*covers} & {*step.covers})

    rows = []
    for step in (step for one in sets for step in one.steps):
        starts = [one.start for one, rule in strengths if shows(step, one.code, rule.covers)]
        start = min(starts, default=None)
        at = None if start is None else when(start)
        rows.append(Step(id=step.id, name=step.name, covers=step.covers, start=start, at=at))
    return tuple(sorted(rows, key=lambda row: (row.start is None, row.start or 0)))
