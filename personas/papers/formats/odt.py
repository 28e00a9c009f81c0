"""OpenDocument texts (ODT): headers, paragraphs, lists, tables and text boxes, with their styles."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vivavoce.personas.papers.formats.sheet import Look, Paragraph, Sheet
from vivavoce.personas.papers.formats.unreadable import DAMAGED, ENCRYPTED, TOO_LARGE, Unreadable
from vivavoce.personas.papers.paper import Kind, Line
from vivavoce.transcripts.packed_xml import PackedError, UnpackedError, has, part, walk

MOST_BYTES = 15_000_000  # of a part, unpacked
MOST_MANIFEST = 1_000_000
MOST_SPACES = 100
DEEPEST = 20  # styles that rest on each other
USUAL = Look(10.0)
_LEFT_OUT = ("annotation", "tracked-changes", "footer", "hidden-text", "note", "forms", "desc", "title")
_MARKS = {"tab": "\t", "line-break": "\n"}


@dataclass(slots=True)
class _Style:
    look: Look = field(default_factory=Look)
    on: str = ""


def lines(content: bytes) -> list[Line]:
    """Return the lines of an ODT file.

    Raises:
        Unreadable: it is locked, damaged or too large.
    """
    try:
        if b"encryption-data" in part(content, "META-INF/manifest.xml", MOST_MANIFEST):
            raise Unreadable(ENCRYPTED, Kind.ENCRYPTED)
    except PackedError:
        pass  # a document can be read without its list of parts
    reader = _Document()
    names = ("styles.xml", "content.xml") if has(content, "styles.xml") else ("content.xml",)
    try:
        for name in names:  # a document may keep all its styles with its content
            walk(part(content, name, MOST_BYTES), reader.begins, reader.ends, reader.says)
    except UnpackedError:
        raise Unreadable(TOO_LARGE) from None
    except PackedError:
        raise Unreadable(DAMAGED) from None
    return reader.sheet.lines


class _Document:
    """Reads styles and text; styles stand before what uses them."""

    def __init__(self) -> None:
        self.sheet = Sheet()
        self._styles: dict[str, _Style] = {}
        self._at: _Style | None = None
        self._out = 0  # elements that are open within what is left out
        self._lists = 0
        self._fresh = False  # whether a list's item has just begun
        self._looks: list[Look] = []

    def begins(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        if self._out or name in _LEFT_OUT:
            self._out += 1
            return
        if name == "style":
            self._at = _Style(on=attributes.get("parent-style-name", ""))
            self._styles[attributes.get("name", "")] = self._at
        elif name == "text-properties" and self._at:
            self._at.look = _look(attributes)
        elif name in ("p", "h"):
            look = self._whole(attributes.get("style-name", ""))
            bullet = self._fresh and name == "p"
            self.sheet.begin(Paragraph(look=look.over(USUAL), bullet=bullet, gap=name == "h"))
            self._looks.append(Look())
            self._fresh = False
        elif name == "span":
            below = self._looks[-1] if self._looks else Look()
            self._looks.append(self._whole(attributes.get("style-name", "")).over(below))
        else:
            self._within(name, attributes)

    def _within(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _MARKS:
            self.says(_MARKS[name])
        elif name == "s":
            count = attributes.get("c", "1")
            self.says(" " * min(int(count) if count.isdigit() else 1, MOST_SPACES))
        elif name == "list-item":
            self._fresh = True
        elif name == "table-row":
            self.sheet.begin_row()
        elif name == "table-cell":
            self.sheet.begin_cell()

    def ends(self, name: str) -> None:
        """End an element."""
        if self._out:
            self._out -= 1
            return
        if name == "style":
            self._at = None
        elif name in ("p", "h", "span") and self._looks:
            self._looks.pop()
        if name in ("p", "h"):
            self.sheet.end()
        elif name == "table-row":
            self.sheet.end_row()
        elif name == "table-cell":
            self.sheet.end_cell()

    def says(self, text: str) -> None:
        """Take text."""
        if self._looks and not self._out:
            self.sheet.says(text.replace("\n", " ") if len(text) > 1 else text, self._looks[-1])

    def _whole(self, name: str) -> Look:
        whole, seen = Look(), 0
        while name and seen < DEEPEST and name in self._styles:
            whole = whole.over(self._styles[name].look)
            name, seen = self._styles[name].on, seen + 1
        return whole


def _look(attributes: Mapping[str, str]) -> Look:
    size, weight = attributes.get("font-size", ""), attributes.get("font-weight", "")
    points = size.removesuffix("pt")
    number = float(points) if size.endswith("pt") and points.replace(".", "", 1).isdigit() else None
    hidden = attributes.get("display") == "none" or (number is not None and number < 2)
    bold = None if not weight else weight == "bold" or (weight.isdigit() and int(weight) >= 600)
    return Look(number, bold, hidden)
