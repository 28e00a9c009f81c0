"""The numbers that a résumé claims, each with the place where it stands. Pure."""

import re
from collections.abc import Sequence

from vivavoce.personas.papers.paper import Line, Paper
from vivavoce.personas.papers.understanding.projects import LONGEST_QUOTE, NUMBER
from vivavoce.personas.papers.understanding.understood import Claim
from vivavoce.personas.papers.words import dates
from vivavoce.personas.papers.words.private import is_private

MOST_CLAIMS = 40
LEAST_WORDS = 4


def claims(paper: Paper, read: Sequence[Line], names: re.Pattern[str]) -> tuple[Claim, ...]:
    """Return the lines of `paper` that claim a number, of those that were read, without the person's name."""
    wanted = {id(line) for line in read}
    found: list[Claim] = []
    at = 0
    for line in paper.lines:
        text = line.text
        if id(line) in wanted and len(found) < MOST_CLAIMS and _claims(text, names):
            begin = len(text) - len(text.lstrip())
            quote = text.strip()
            found.append(Claim(quote=quote, start=at + begin, end=at + begin + len(quote)))
        at += len(text) + 1
    return tuple(found)


def _claims(text: str, names: re.Pattern[str]) -> bool:
    if len(text) > LONGEST_QUOTE or len(text.split()) < LEAST_WORDS or is_private(text):
        return False
    bare = dates.without(text, dates.period(text))
    return bool(NUMBER.search(bare)) and not names.search(text)
