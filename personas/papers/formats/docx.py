"""Word documents (DOCX): headers, paragraphs, tables and text boxes, as they look by their styles."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vivavoce.personas.papers.formats.sheet import Look, Paragraph, Sheet
from vivavoce.personas.papers.formats.unreadable import DAMAGED, TOO_LARGE, Unreadable
from vivavoce.personas.papers.paper import Line
from vivavoce.transcripts.packed_xml import PackedError, UnpackedError, part, walk

MOST_BYTES = 15_000_000  # of a part, unpacked
MOST_HEADERS = 3
DEEPEST = 20  # styles that rest on each other
ROOMY = 100  # twentieths of a point above a paragraph, from which on it is a gap
USUAL = 10.0  # points of a document that does not say
_OFF = ("0", "false", "off", "none")
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\xad"}
_LEFT_OUT = ("Fallback", "del", "moveFrom", "instrText")  # what stands there twice, or no longer


@dataclass(slots=True)
class _Style:
    look: Look = field(default_factory=Look)
    on: str = ""  # which style it rests on
    bullet: bool = False
    gap: bool = False


def lines(content: bytes) -> list[Line]:
    """Return the lines of a DOCX file.

    Raises:
        Unreadable: it is damaged or too large.
    """
    styles = _Styles()
    sheet = Sheet()
    try:
        _optional(content, "word/styles.xml", styles)
        known = styles.known()
        for number in range(1, MOST_HEADERS + 1):
            _optional(content, f"word/header{number}.xml", _Body(sheet, known))
        body = _Body(sheet, known)
        walk(part(content, "word/document.xml", MOST_BYTES), body.begins, body.ends, body.says)
    except UnpackedError:
        raise Unreadable(TOO_LARGE) from None
    except PackedError:
        raise Unreadable(DAMAGED) from None
    return sheet.lines


def _optional(content: bytes, name: str, reader: "_Styles | _Body") -> None:
    try:
        body = part(content, name, MOST_BYTES)
    except UnpackedError:
        raise
    except PackedError:
        return
    walk(body, reader.begins, reader.ends, reader.says)


def _looks(name: str, value: str, look: Look) -> None:
    """Take a property of letters into `look`."""
    if name == "sz" and value.isdigit():
        look.size = int(value) / 2
        look.hidden = look.hidden or look.size < 2
    elif name == "b":
        look.bold = value not in _OFF
    elif name == "vanish":
        look.hidden = value not in _OFF


class _Styles:
    """Reads the styles."""

    def __init__(self) -> None:
        self._styles = {"": _Style()}
        self._at = ""

    def known(self) -> dict[str, _Style]:
        """Return each style by its name, with all that it rests on; "" is what all do."""
        return {name: self._whole(name) for name in self._styles}

    def _whole(self, name: str) -> _Style:
        whole, seen = _Style(), 0
        while name and seen < DEEPEST:
            style = self._styles.get(name, _Style())
            whole = _Style(
                whole.look.over(style.look), "", whole.bullet or style.bullet, whole.gap or style.gap
            )
            name, seen = style.on, seen + 1
        return _Style(whole.look.over(self._styles[""].look), "", whole.bullet, whole.gap)

    def begins(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        value = attributes.get("val", "")
        if name == "style":
            self._at = attributes.get("styleId", "")
            self._styles[self._at] = _Style()
        style = self._styles[self._at]
        _looks(name, value, style.look)
        if name == "basedOn":
            style.on = value
        elif name == "name" and self._at:
            style.gap = style.gap or value.lower().startswith("heading")
            style.bullet = style.bullet or value.lower().startswith("list bullet")
        elif name == "numPr":
            style.bullet = True

    def ends(self, name: str) -> None:
        """End an element."""
        if name == "style":
            self._at = ""

    def says(self, text: str) -> None:
        """Take text; there is none that matters."""


class _Body:
    """Reads the text."""

    def __init__(self, sheet: Sheet, styles: Mapping[str, _Style]) -> None:
        self._sheet, self._styles = sheet, styles
        self._out = 0  # elements that are open within what is left out
        self._runs: list[Look] = []
        self._paragraphs: list[Paragraph] = []
        self._told = False

    def begins(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        if self._out or name in _LEFT_OUT:
            self._out += 1
            return
        if name == "p":
            self._paragraphs.append(Paragraph(look=self._styles[""].look.over(Look(USUAL))))
            self._sheet.begin(self._paragraphs[-1])
        elif name == "r":
            self._runs.append(Look())
        elif name == "tr":
            self._sheet.begin_row()
        elif name == "tc":
            self._sheet.begin_cell()
        elif self._runs:
            self._in_a_run(name, attributes.get("val", "1"), attributes)
        elif self._paragraphs:
            self._of_the_paragraph(name, attributes)

    def _in_a_run(self, name: str, value: str, attributes: Mapping[str, str]) -> None:
        self._told = name == "t"
        if name in _MARKS:
            self._sheet.says(_MARKS[name], self._runs[-1])
        elif name == "rStyle" and value in self._styles:
            self._runs[-1] = self._runs[-1].over(self._styles[value].look)
        else:
            _looks(name, value, self._runs[-1])

    def _of_the_paragraph(self, name: str, attributes: Mapping[str, str]) -> None:
        paragraph, value = self._paragraphs[-1], attributes.get("val", "")
        if name == "pStyle" and value in self._styles:
            style = self._styles[value]
            paragraph.look = style.look.over(Look(USUAL))
            paragraph.bullet, paragraph.gap = style.bullet and not style.gap, style.gap
        elif name == "numId":
            paragraph.bullet = value != "0" and not paragraph.gap
        elif name == "ind":
            left = attributes.get("left", attributes.get("start", ""))
            paragraph.left = int(left) / 20 if left.isdigit() else 0.0
        elif name == "spacing":
            before = attributes.get("before", "")
            paragraph.gap = paragraph.gap or (before.isdigit() and int(before) >= ROOMY)

    def ends(self, name: str) -> None:
        """End an element."""
        if self._out:
            self._out -= 1
            return
        if name == "p" and self._paragraphs:
            self._paragraphs.pop()
            self._sheet.end()
        elif name == "r" and self._runs:
            self._runs.pop()
        elif name == "tr":
            self._sheet.end_row()
        elif name == "tc":
            self._sheet.end_cell()
        self._told = False

    def says(self, text: str) -> None:
        """Take text."""
        if self._told and self._runs and not self._out:
            self._sheet.says(text, self._runs[-1])
