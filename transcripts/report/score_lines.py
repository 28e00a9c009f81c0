"""What an assessment says, as lines for people: parts, scores, what cost points and what earned none."""

from collections.abc import Iterator, Sequence

from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.markdown import literal
from vivavoce.transcripts.scoring import rubric
from vivavoce.transcripts.scoring.assessment import UNSCORED, Assessment, Finding
from vivavoce.transcripts.scoring.checks import STORY
from vivavoce.transcripts.timestamps import clock

QUOTED = 110  # characters
NOT_CHECKED = "What was said is looked at, not whether it is right."

_LEADS = {
    rubric.STRENGTH: "**Good**: ",
    rubric.OBSERVATION: "**Noticed** (no points): ",
    rubric.SIGNAL: "**Heard**: ",
}


def marks(found: Assessment) -> Iterator[str]:
    """Yield the lines of an assessment, in Markdown; none if the answer is empty."""
    if not found.text.strip():
        return
    if found.scores is None:
        yield literal(unscored(found.why_not))
    else:
        yield f"{parts(found)}.".capitalize() if found.kind == STORY else NOT_CHECKED
        yield f"Scores, 1 to 5: {scores(found)}."
    for one in found.findings:
        yield f"{lead(one)}{literal(told(found, one))}{when(one.at)}"


def unscored(why_not: str, lead: str = "Not enough to judge") -> str:
    """Return why there is no score, as a sentence; where such questions have none, no answer is at fault."""
    return f"{why_not[0].upper()}{why_not[1:]}." if why_not in UNSCORED else f"{lead}: {why_not}."


def opinions(found: Assessment, given: Sequence[Finding]) -> Iterator[str]:
    """Yield the lines of a second opinion on an assessment, in Markdown."""
    for one in given:
        yield f"**{opinion(one)}**: {literal(told(found, one))}{when(one.at)}"


def opinion(one: Finding) -> str:
    """Return what kind of second opinion a finding is."""
    return f"Second opinion, {'good' if one.kind == rubric.STRENGTH else 'to work on'}"


def told(found: Assessment, one: Finding) -> str:
    """Return what a finding says, and the words that it rests on."""
    return f"{one.message} “{shown(found, one)}”"


def parts(found: Assessment) -> str:
    """Return which parts there are in which order, with each one's share of the words."""
    total = len(found.text.split()) or 1
    shares = [(one.label, len(found.quote(one).split()) / total) for one in found.segments]
    return ", ".join(f"{label} {share:.0%}" for label, share in shares)


def scores(found: Assessment) -> str:
    """Return the scores, the overall one first."""
    row = found.scores or {}
    return " · ".join(f"{name} {row[name]}" for name in rubric.SCORES if name in row)


def lead(one: Finding) -> str:
    """Return what kind of finding it is, and what it cost."""
    if one.kind == rubric.GAP:
        taken = ", ".join(f"{dimension} {-points}" for dimension, points in one.costs.items())
        return f"**To work on** ({taken}): "
    return _LEADS[one.kind]


def shown(found: Assessment, one: Finding) -> str:
    """Return the words of a finding on one line, cut after whole words."""
    quote = " ".join(found.quote(one).split())
    if len(quote) <= QUOTED:
        return quote
    return quote[:QUOTED].rsplit(" ", 1)[0] + " …"


def when(at: Seconds | None) -> str:
    """Return the time of a finding in brackets, empty if there is none."""
    return "" if at is None else f" [{clock(at)}]"
