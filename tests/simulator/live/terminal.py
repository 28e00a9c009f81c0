"""A terminal of a few lines that shows what a person would see: cursor, wide characters, both screens."""

import os
import re
from io import StringIO

from rich.cells import cell_len

SEQUENCE = re.compile(r"\x1b\[(\??)([\d;]*)([A-Za-z])|\x1b.")
BLANK = " "
BEHIND = ""  # what stands in the second cell of a wide character


class Terminal(StringIO):
    """A file that is a terminal of `width` by `height` cells."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self.size = os.terminal_size((width, height))
        self._rows: list[list[str]] = []
        self._kept: list[list[str]] | None = None  # the main screen while the other is shown
        self._row = self._column = 0

    def isatty(self) -> bool:
        return True

    @property
    def other_screen(self) -> bool:
        return self._kept is not None

    @property
    def shown(self) -> list[str]:
        """Return the rows in the window that are not empty, the top one first."""
        rows = ["".join(row).rstrip() for row in self._rows[-self.size.lines :]]
        return [row.strip() for row in rows if row]

    def resize(self, width: int, height: int) -> None:
        """Change the size as most terminals do: what does not fit any more is wrapped on the main screen."""
        self.size = os.terminal_size((width, height))
        if self.other_screen:
            self._rows = [row[:width] for row in self._rows[:height]]
            self._row = min(self._row, height - 1)
            return
        cut = [[row[at : at + width] for at in range(0, max(1, len(row)), width)] for row in self._rows]
        self._rows = [piece for pieces in cut for piece in pieces]
        self._row = max(0, len(self._rows) - 1)

    def write(self, text: str) -> int:
        position = 0
        while position < len(text):
            found = SEQUENCE.match(text, position)
            if found:
                self._obey(found[1], found[2], found[3])
                position = found.end()
            else:
                self._put(text[position])
                position += 1
        return len(text)

    def _obey(self, private: str, numbers: str, letter: str) -> None:
        count = int(numbers or 1) if (numbers or "1").isdigit() else 1
        top = max(0, len(self._rows) - self.size.lines)
        match private + letter:
            case "H":
                self._row, self._column = top, 0
            case "A":
                self._row = max(top, self._row - count)
            case "K":
                self._at(self._row)[:] = []
            case "?h" | "?l" if count == 1049:
                self._switch(letter == "h")

    def _switch(self, other: bool) -> None:
        if other:
            self._kept, self._rows, self._row, self._column = self._rows, [], 0, 0
        elif self._kept is not None:
            self._rows, self._kept = self._kept, None
            self._row, self._column = max(0, len(self._rows) - 1), 0

    def _at(self, row: int) -> list[str]:
        self._rows += [[] for _ in range(row + 1 - len(self._rows))]
        if self.other_screen and len(self._rows) > self.size.lines:  # it keeps nothing that was scrolled away
            gone = len(self._rows) - self.size.lines
            del self._rows[:gone]
            self._row -= gone
        return self._rows[self._row]

    def _put(self, character: str) -> None:
        if character == "\r":
            self._column = 0
            return
        wide = cell_len(character)
        if character == "\n" or self._column + wide > self.size.columns:
            self._row, self._column = self._row + 1, 0
        row = self._at(self._row)
        if character != "\n" and wide:
            row += [BLANK] * (self._column + wide - len(row))
            row[self._column : self._column + wide] = [character, BEHIND][:wide]
            self._column += wide
