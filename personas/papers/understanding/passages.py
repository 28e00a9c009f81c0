"""Sentences and points of a list, with the lines joined that were broken only to fit the page. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.personas.papers.paper import Line
from vivavoce.personas.papers.words import dates

LONG_LINE, SHORT_LINE = 60, 30  # characters, after which a line may have been wrapped
LONGEST = 1500  # characters of one passage


@dataclass(frozen=True, slots=True)
class Passage:
    """What belongs together."""

    text: str
    lines: tuple[Line, ...]
    bullet: bool

    def line_at(self, place: int) -> Line:
        """Return the line in which the character at `place` of the text stands."""
        for line in self.lines:
            if place <= len(line.text):
                return line
            place -= len(line.text) + 1
        return self.lines[-1]


def passages(lines: Sequence[Line]) -> list[Passage]:
    """Return what `lines` say, in order."""
    groups: list[list[Line]] = []
    length = 0
    for line in lines:
        if groups and length < LONGEST and goes_on(groups[-1][-1], line):
            groups[-1].append(line)
            length += len(line.text)
        else:
            groups.append([line])
            length = len(line.text)
    return [Passage(" ".join(one.text for one in group), tuple(group), group[0].bullet) for group in groups]


def goes_on(before: Line, line: Line) -> bool:
    """Whether `line` is the rest of the line `before`."""
    text = line.text
    if line.bold and not before.bold and before.text.endswith("."):
        return False  # "gpx-diet", over what it is
    if line.bullet or line.gap or line.page - before.page > 1 or line.column != before.column:
        return False
    if before.text.endswith((".", ":", ";", "!", "?")) and not text[:1].islower():
        return False
    if before.text.endswith((",", "-", "\u2013", " and", " of", " the", " with", " for", "&", "/")):
        return True
    enough = SHORT_LINE if re.match(r"[a-z(&$\u20ac\u00a3\d]", text) else LONG_LINE
    return len(before.text) >= enough and not dates.period(text[:40])
