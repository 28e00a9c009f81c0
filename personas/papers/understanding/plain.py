"""Plain text and Markdown as a paper: marks, headings and empty lines are its looks. Pure."""

import re

from vivavoce.personas.papers.paper import Kind, Line, Paper

MOST_CHARACTERS = 1_000_000
_BULLET = re.compile(r"\s*(?:[-*+\u2022\u2023\u25aa\u25cf\u2013\u00b7]|\d{1,2}[.)])\s+")
_HEADING = re.compile(r"(#{1,6})\s+")
_LINK = re.compile(r"\[([^\[\]\n]{0,200})\]\([^()\n]{0,300}\)")
_STRESS = re.compile(r"\*\*|__|`|(?<=\w)\*|\*(?=\w)")
LARGEST, STEP = (
    18.0,
    2.0,
)  # points, of a first heading in Markdown, and how much each further level is smaller


def plain_paper(text: str) -> Paper:
    """Return the paper that `text` is."""
    lines: list[Line] = []
    gap = False
    for written in text[:MOST_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = _line(written, gap and bool(lines))
        gap = line is None
        if line is not None:
            lines.append(line)
    return Paper(kind=Kind.RESUME, lines=tuple(lines))


def _line(written: str, gap: bool) -> Line | None:
    heading = _HEADING.match(written)
    bullet = None if heading else _BULLET.match(written)
    mark = heading or bullet
    rest = written[mark.end() :] if mark else written
    shown = "".join(c if c.isprintable() else "   " if c == "\t" else " " for c in rest)
    text = _STRESS.sub("", _LINK.sub(r"\1", shown)).strip().strip("|").strip()
    if not text:
        return None
    return Line(
        text=text,
        size=LARGEST - STEP * len(heading[1]) if heading else 0.0,
        bold=rest.strip().startswith("**"),
        gap=gap,
        bullet=bool(bullet),
    )
