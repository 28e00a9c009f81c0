"""Documents: the text of the paragraphs of Word's (.docx), and of web pages, as people save transcripts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from vivavoce.transcripts.errors import ForeignError
from vivavoce.transcripts.imports.pieces import unescaped
from vivavoce.transcripts.packed_xml import PackedError, UnpackedError, part, walk

BODY = "word/document.xml"
ENDS = {"p": "\n"}
MARKS = {"tab": "\t", "br": "\n", "cr": "\n"}  # that stand for what they are within a run of text

_PAGE = re.compile(r"\s{0,99}<(?:!doctype html|(?:html|head|body|p|div|table|h[1-6])[\s>])", re.IGNORECASE)
_TAG = re.compile(r"<(?:(/?)([A-Za-z][A-Za-z0-9]{0,15})(?![^\s/>])|!)[^<>]{0,2000}>")
_BLOCKS = set(
    "p div li ul ol table tr td th h1 h2 h3 h4 h5 h6 br dt dd dl section article header hr blockquote".split()
)
_UNSHOWN = {"script", "style", "title"}
_DAMAGED = "no Word document that can be read; save it again, or save the text alone as .txt"


@dataclass(slots=True)
class _Text:
    """The text of a document, gathered while it is parsed."""

    parts: list[str] = field(default_factory=list)
    runs: int = 0  # that are open
    told: bool = False  # within what is shown

    def begins(self, name: str, _attributes: Mapping[str, str]) -> None:
        self.runs += name == "r"
        self.told = name == "t"
        if self.runs and name in MARKS:
            self.parts.append(MARKS[name])

    def ends(self, name: str) -> None:
        self.runs -= name == "r"
        self.told = False
        self.parts.append(ENDS.get(name, ""))

    def says(self, text: str) -> None:
        if self.told:
            self.parts.append(text)


def document(content: bytes, most: int) -> str:
    """Return the text of the Word document `content`, a line for each paragraph.

    Args:
        content: the file.
        most: bytes of its unpacked text; a small file may claim to hold far more.

    Raises:
        ForeignError: it is damaged, locked, too large, or no Word document.
    """
    text = _Text()
    try:
        walk(part(content, BODY, most), text.begins, text.ends, text.says)
    except UnpackedError:
        raise ForeignError(f"its text is larger than {most // 1_000_000} MB; give one interview") from None
    except PackedError:
        raise ForeignError(_DAMAGED) from None
    return "".join(text.parts)


def shown(text: str) -> str:
    """Return what a web page shows, a line for each block of it; a `text` that is none as it stands."""
    if not _PAGE.match(text):
        return text
    parts, last, unshown = list[str](), 0, ""
    for tag in _TAG.finditer(text):
        if not unshown:
            parts.append(text[last : tag.start()].replace("\n", " "))
        name, last = (tag[2] or "").casefold(), tag.end()
        if name in _UNSHOWN:
            unshown = "" if tag[1] else name
        parts.append("\n" if name in _BLOCKS else "")
    lines = "".join([*parts, text[last:]]).split("\n")
    return unescaped("\n".join(" ".join(line.split()) for line in lines))
