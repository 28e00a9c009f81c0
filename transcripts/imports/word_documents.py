"""Word documents (.docx): the text of their paragraphs, as Teams and people save transcripts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vivavoce.transcripts.errors import ForeignError
from vivavoce.transcripts.packed_xml import PackedError, UnpackedError, part, walk

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
