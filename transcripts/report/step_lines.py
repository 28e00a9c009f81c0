"""Which steps of a round with a plan were heard, in which order, and which were not, as lines for people."""

from collections.abc import Iterator

from vivavoce.transcripts.scoring.assessment import Assessment
from vivavoce.transcripts.timestamps import clock


def step_lines(found: Assessment) -> Iterator[str]:
    """Yield what was heard of the plan, each step with its time, and what was not; none without a plan."""
    heard = [one for one in found.steps if one.start is not None]
    if heard:
        named = (one.name if one.at is None else f"{one.name} [{clock(one.at)}]" for one in heard)
        yield f"Steps, in the order heard: {'; '.join(named)}."
    if missing := [one.name for one in found.steps if one.start is None]:
        yield f"Steps not heard: {'; '.join(missing)}."
