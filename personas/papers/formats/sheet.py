"""A text document while it is read: paragraphs, and tables whose short cells stay in one line."""

from collections import Counter
from dataclasses import dataclass, field

from vivavoce.personas.papers.formats.tidy import MOST_LINES
from vivavoce.personas.papers.paper import APART, Line

LONGEST_CELL = 80  # characters of a cell that may stand in one line with the next


@dataclass(slots=True)
class Look:
    """How letters look; None where that is said further up."""

    size: float | None = None  # in points
    bold: bool | None = None
    hidden: bool = False

    def over(self, below: "Look") -> "Look":
        """Return this look, and for what it does not say, that of `below`."""
        return Look(
            below.size if self.size is None else self.size,
            below.bold if self.bold is None else self.bold,
            self.hidden or below.hidden,
        )


@dataclass(slots=True)
class Paragraph:
    """A paragraph that is being read."""

    look: Look = field(default_factory=Look)
    bullet: bool = False
    left: float = 0.0
    gap: bool = False
    parts: list[str] = field(default_factory=list)
    letters: Counter[tuple[float, bool]] = field(default_factory=Counter)

    def says(self, text: str, look: Look) -> None:
        """Take `text` that looks like `look`."""
        whole = look.over(self.look)
        if not whole.hidden:
            self.parts.append(text)
            self.letters[whole.size or 0.0, bool(whole.bold)] += len(text.strip())

    def lines(self) -> list[Line]:
        """Return its lines: one, or more where it was broken by hand."""
        (size, bold), _ = (self.letters.most_common(1) or [((0.0, False), 0)])[0]
        return [
            Line(
                text=text,
                size=size,
                bold=bold,
                left=self.left,
                bullet=self.bullet,
                gap=self.gap and not number,
            )
            for number, text in enumerate("".join(self.parts).split("\n"))
        ]


class Sheet:
    """Lines in reading order; a paragraph or a table may stand within another."""

    def __init__(self) -> None:
        self._open: list[Paragraph] = []
        self._into: list[list[Line]] = [[]]  # the document, then the cells that are open
        self._rows: list[list[list[Line]]] = []
        self._gap = False
        self._count = 0  # paragraphs

    @property
    def lines(self) -> list[Line]:
        """What was read so far."""
        return self._into[0]

    def begin(self, paragraph: Paragraph) -> None:
        """Begin a paragraph."""
        self._open.append(paragraph)

    def says(self, text: str, look: Look) -> None:
        """Take `text` into the paragraph that is open."""
        if self._open:
            self._open[-1].says(text, look)

    def end(self) -> None:
        """End the paragraph that is open; an empty one makes a gap."""
        if not self._open:
            return
        paragraph = self._open.pop()
        paragraph.gap = paragraph.gap or self._gap
        self._gap = not "".join(paragraph.parts).strip()
        self._count += 1
        if not self._gap and self._count <= MOST_LINES:
            self._into[-1].extend(paragraph.lines())

    def begin_row(self) -> None:
        """Begin a row of a table."""
        self._rows.append([])

    def begin_cell(self) -> None:
        """Begin a cell of a row."""
        self._into.append([])

    def end_cell(self) -> None:
        """End a cell."""
        if len(self._into) > 1 and self._rows:
            self._rows[-1].append(self._into.pop())

    def end_row(self) -> None:
        """End a row: short cells in one line, others one after the other."""
        cells = [cell for cell in self._rows.pop() if cell] if self._rows else []
        if len(cells) > 1 and all(len(cell) == 1 and len(cell[0].text) <= LONGEST_CELL for cell in cells):
            first = cells[0][0]
            text = APART.join(cell[0].text.replace("\t", " ").strip() for cell in cells)
            cells = [[Line(text=text, size=first.size, bold=first.bold, left=first.left, gap=first.gap)]]
        for cell in cells:
            self._into[-1].extend(cell)
