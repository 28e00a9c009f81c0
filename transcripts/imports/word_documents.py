"""Word documents (.docx): the text of their paragraphs, as Teams and people save transcripts."""

import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers import expat

from vivavoce.transcripts.errors import ForeignError

BODY = "word/document.xml"
ENDS = {"p": "\n"}
MARKS = {"tab": "\t", "br": "\n", "cr": "\n"}  # that stand for what they are within a run of text

_DAMAGED = "no Word document that can be read; save it again, or save the text alone as .txt"


@dataclass(slots=True)
class _Text:
    """The text of a document, gathered while it is parsed."""

    parts: list[str] = field(default_factory=list)
    runs: int = 0  # that are open
    told: bool = False  # within what is shown

    def begins(self, name: str, _attributes: object) -> None:
        local = name.rpartition(" ")[2]
        self.runs += local == "r"
        self.told = local == "t"
        if self.runs and local in MARKS:
            self.parts.append(MARKS[local])

    def ends(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        self.runs -= local == "r"
        self.told = False
        self.parts.append(ENDS.get(local, ""))

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
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed, packed.open(BODY) as file:
            body = file.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, RuntimeError, EOFError, OSError):
        raise ForeignError(_DAMAGED) from None
    if len(body) > most:
        raise ForeignError(f"its text is larger than {most // 1_000_000} MB; give one interview")
    return _text(body)


def _text(body: bytes) -> str:
    text = _Text()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = text.begins
    parser.EndElementHandler = text.ends
    parser.CharacterDataHandler = text.says
    parser.StartDoctypeDeclHandler = _no_doctype  # its entities could grow without end
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, ValueError):
        raise ForeignError(_DAMAGED) from None
    return "".join(text.parts)


def _no_doctype(*_: object) -> None:
    raise ForeignError(_DAMAGED)
