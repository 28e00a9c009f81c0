"""The lines of a PDF, by pdfium; by pypdf, without places, where pdfium finds nothing."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from statistics import median

from vivavoce.personas.papers.formats.pdf.columns import Placed, arranged
from vivavoce.personas.papers.formats.pdf.letters import MOST_LETTERS, MOST_PAGES, Page, pages
from vivavoce.personas.papers.formats.pdf.rows import Piece, Row, rows
from vivavoce.personas.papers.formats.unreadable import DAMAGED, ENCRYPTED, SCAN, SCRAMBLED, Unreadable
from vivavoce.personas.papers.paper import APART, Kind, Line

LEAST_LETTERS = 30  # of a file; with fewer it is a picture, or was not read
MOST_NAMELESS = 0.2  # of the letters
JOINED = 1.1  # room that is still within a sentence, in parts of the letters' size
ROOMIER = 1.25  # room above a line, in parts of what is usual, from which on something new begins


def read(content: bytes) -> tuple[list[Line], str | None]:
    """Return the lines of the PDF `content` as they are read, and what to say of pages left out.

    Raises:
        Unreadable: it is locked or damaged, a scan, or its letters have no names.
    """
    found = list(pages(content))
    letters = sum(1 for page in found for letter in page.letters if letter.text.strip())
    if letters < LEAST_LETTERS and any(page.pictured for page in found):
        raise Unreadable(SCAN, Kind.SCAN)
    if sum(page.nameless for page in found) > MOST_NAMELESS * letters > 0:
        raise Unreadable(SCRAMBLED, Kind.SCRAMBLED)
    lines: list[Line] = []
    asides: list[Line] = []
    for page in found:
        placed, aside = arranged(rows(page.letters))
        lines += _lines(placed, page)
        asides += _lines(aside, page)
    left_out = bool(found) and found[-1].number < found[-1].of
    return lines + asides, f"only its first {found[-1].number} pages were read" if left_out else None


def second_read(content: bytes) -> Iterator[Line]:
    """Yield the lines of the PDF `content` in the order of the file, of which nothing but the text is known.

    Raises:
        Unreadable: it is locked or damaged.
    """
    import pypdf

    left = MOST_LETTERS
    try:
        document = pypdf.PdfReader(BytesIO(content))
        if document.is_encrypted and not document.decrypt(""):
            raise Unreadable(ENCRYPTED, Kind.ENCRYPTED)
        for number, page in enumerate(document.pages[:MOST_PAGES], 1):
            text = page.extract_text()[:left]
            left -= len(text)
            yield from (Line(text=line, page=number) for line in text.splitlines())
    except Unreadable:
        raise
    except Exception as error:  # whatever pypdf stumbles over in a file that it does not expect
        raise Unreadable(DAMAGED) from error


def _lines(placed: Sequence[Placed], page: Page) -> Iterator[Line]:
    usual = _usual(placed)
    for before, one in pairwise([None, *placed]):
        assert one
        first = one.row[0]
        begins = before is None or before.column != one.column or before.row[0].base < first.base
        room = 0.0 if before is None or begins else _room(before, one)
        yield Line(
            text=_text(one.row),
            size=round(max(one.row, key=_letters).size, 1),
            bold=first.bold,
            left=round(_left(one.row), 1),
            page=page.number,
            column=one.column,
            gap=begins or room > ROOMIER * usual,
        )


def _usual(placed: Iterable[Placed]) -> float:
    """Return the room that most lines have above them, in parts of their size."""
    together = [
        room
        for before, after in pairwise(placed)
        if before.column == after.column and (room := _room(before, after)) > 0
    ]
    return median(together) if together else 1.0


def _room(before: Placed, after: Placed) -> float:
    return (before.row[0].base - after.row[0].base) / max(1.0, min(before.row[0].size, after.row[0].size))


def _letters(piece: Piece) -> int:
    return sum(len(word.text) for word in piece.words)


def _left(row: Row) -> float:
    """Return where `row` begins, behind a bullet's mark."""
    mark, *others = (word for piece in row for word in piece.words)
    return others[0].left if others and len(mark.text) == 1 and not mark.text.isalnum() else mark.left


def _text(row: Row) -> str:
    text = row[0].text
    for before, after in pairwise(row):
        room = after.left - before.right
        mark = len(text) == 1  # a bullet's, with its text far off
        text += (" " if mark or room < JOINED * max(before.size, after.size) else APART) + after.text
    return text
