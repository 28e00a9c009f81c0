"""A paper as it was read from a file: its lines, and what they looked like. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

APART = "   "  # in a line, between what stands far apart in one row: cells of a table, a title and its dates


class Kind(Enum):
    """What a file turned out to be; every kind but RESUME and POSTING has a reason for people."""

    RESUME = "resume"
    POSTING = "posting"
    LETTER = "letter"  # a cover letter
    SCAN = "scan"  # pictures of text
    ENCRYPTED = "encrypted"
    SCRAMBLED = "scrambled"  # letters came out that are no words
    OTHER = "other"  # empty, or something else


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line, in reading order: a column is read to its end before the next."""

    text: str
    size: float = 0.0  # of its letters, in points; 0 where the file does not say
    bold: bool = False
    left: float = 0.0  # where it begins, in points from the page's left edge; 0 likewise
    page: int = 1
    column: int = 0  # 0 is the widest, and what stands across all columns
    gap: bool = False  # whether there is more room above it than between the lines of a paragraph
    bullet: bool = False  # whether a mark stood before it; the mark is not in the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What was read from one file.

    Attributes:
        kind: what it is, as far as the file itself tells; LETTER is told from the words.
        why_not: for people, what to do about it; None where it can be used.
        lines: in reading order, without control characters.
        note: for people, what of a long file was not read; None where all was.
        data: of JSON Resume, or of a JSON-LD JobPosting in a page; None where there is neither.
    """

    kind: Kind
    why_not: str | None = None
    note: str | None = None
    lines: tuple[Line, ...] = ()
    data: Mapping[str, object] | None = None

    @property
    def text(self) -> str:
        """Return the text that quotes are taken from."""
        return "\n".join(line.text for line in self.lines)
