"""Plain text and Markdown. Pure."""

import re
from collections.abc import Iterator

from vivavoce.personas.papers.paper import Line

# As large as they are shown, in points; a paragraph is TEXT.
HEADINGS = (20.0, 16.0, 13.0, 12.0, 11.0, 11.0)
TEXT = 10.0

_HEADING = re.compile(r"(#{1,6})[ \t]++(.*)")
_RULE = re.compile(r"[ \t]*(?:[-=_*~+|:][ \t]*+){3,}")
_LINK = re.compile(r"!?\[([^][\n]{0,300})\]\([^()\s]{0,500}\)")
_BOLD = re.compile(r"(?:\*\*|__)([^*_\n]{1,300})(?:\*\*|__)")
_SLANTED = re.compile(r"(?<![\w*])[*_]([^*_\n]{1,300})[*_](?![\w*])")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>")
_ALL_BOLD = re.compile(r"(?:\*\*|__)[^*_\n]{1,300}(?:\*\*|__)[: ]*")


def text(content: str) -> Iterator[Line]:
    """Yield the lines of a plain text; an empty line makes a gap, rules are left out."""
    gap = False
    for number, line in enumerate(content.splitlines()):
        if not line.strip() or _RULE.fullmatch(line):
            gap = number > 0
            continue
        yield Line(text=line.rstrip(), gap=gap)
        gap = False


def markdown(content: str) -> Iterator[Line]:
    """Yield the lines of a Markdown text without its marks; headings are larger, what is all bold is bold."""
    for line in text(_underlined(_shown(content))):
        found = _HEADING.fullmatch(line.text)
        size = HEADINGS[len(found[1]) - 1] if found else TEXT
        shown = found[2].rstrip("# ") if found else line.text.lstrip("> ")
        mark = "" if found else shown[: len(shown) - len(shown.lstrip("-*+ "))]
        body = shown[len(mark) :] if mark.strip() in ("-", "*", "+") and mark.endswith(" ") else shown
        bold = bool(found) or _ALL_BOLD.fullmatch(body) is not None
        bullet = body != shown
        yield Line(text=_unmarked(body), size=size, bold=bold, gap=line.gap or bool(found), bullet=bullet)


def _shown(content: str) -> str:
    """Return `content` without comments."""
    first, *others = content.split("<!--")
    parted = [other.partition("-->") for other in others]
    return first + "".join(rest if end else f"<!--{comment}" for comment, end, rest in parted)


def _underlined(content: str) -> str:
    """Return `content` with headings that are underlined (=== or ---) in the form with a #."""
    lines = content.splitlines()
    for number in range(1, len(lines)):
        mark = lines[number].strip()
        if len(mark) >= 3 and set(mark) in ({"="}, {"-"}) and lines[number - 1].strip():
            level = "#" if mark[0] == "=" else "##"
            if not lines[number - 1].startswith(("#", "|", "-", "*")):
                lines[number - 1], lines[number] = f"{level} {lines[number - 1].strip()}", ""
    return "\n".join(lines)


def _unmarked(line: str) -> str:
    row = line.strip()
    if row.startswith("|") and row.endswith("|") and len(row) > 2:
        line = "\t".join(cell.strip() for cell in row.strip("|").split("|"))
    for pattern in (_LINK, _BOLD, _SLANTED):
        line = pattern.sub(r"\1", line)
    return _TAG.sub("", line).replace("`", "")
