"""The numbers that a résumé claims, each with the place where it stands. Pure."""

import re
from collections.abc import Iterator, Sequence

from vivavoce.personas.papers.paper import APART, Line, Paper
from vivavoce.personas.papers.understanding.forms import is_of_form
from vivavoce.personas.papers.understanding.passages import Passage, passages
from vivavoce.personas.papers.understanding.projects import LONGEST_QUOTE, NUMBER, OUTCOME
from vivavoce.personas.papers.understanding.understood import Claim
from vivavoce.personas.papers.words import dates
from vivavoce.personas.papers.words.deeds import begins_with_deed
from vivavoce.personas.papers.words.private import is_private

MOST_CLAIMS = 40
LEAST_WORDS = 4
_CLAUSE = re.compile(r"[.;,:] ")
_LABEL = re.compile(r"[A-Z][A-Z &/-]{2,40}: ")  # "BUDGET: Prepared ..."
_DID = re.compile(  # in the past
    r"(?:[A-Z][a-z]{2,14}ed|Cut|Won|Ran|Led|Grew|Built|Wrote|Sold|Taught|Kept|Held|Met|Gave|Took|Brought|Found|Made)\b"
)
_WORTH = re.compile(r"[%$\u20ac\u00a3]|\b(?:per cent|percent|million)\b")


def claims(paper: Paper, read: Sequence[Line], names: re.Pattern[str]) -> tuple[Claim, ...]:
    """Return the lines of `paper` that claim a number, of those that were read, without the person's name."""
    whole = {id(line): text for passage in passages(read) for line, text in _whole(passage)}
    found: list[Claim] = []
    at = 0
    for line in paper.lines:
        said = whole.get(id(line), "")
        if said and len(found) < MOST_CLAIMS and _claims(said, names):
            start = at + line.text.index(said)
            found.append(Claim(quote=said, start=start, end=start + len(said)))
        at += len(line.text) + 1
    return tuple(found)


def _whole(passage: Passage) -> Iterator[tuple[Line, str]]:
    """Yield of each line what does not need the line before or after it to be understood."""
    begins = True
    for number, line in enumerate(passage.lines):
        text = line.text.strip()
        ends = number + 1 == len(passage.lines) or text.endswith((".", ";"))
        last = max((match.start() for match in _CLAUSE.finditer(text)), default=0)
        if begins:
            label = _LABEL.match(text)
            yield line, text[label.end() if label else 0 : len(text) if ends else last]
        begins = ends


def _claims(text: str, names: re.Pattern[str]) -> bool:
    if len(text) > LONGEST_QUOTE or len(text.split()) < LEAST_WORDS or is_private(text) or APART in text:
        return False
    bare = dates.without(text, dates.period(text))
    told = begins_with_deed(text) or _DID.match(text) or OUTCOME.search(text) or _WORTH.search(bare)
    return bool(told and NUMBER.search(bare)) and not (names.search(text) or is_of_form(text))
