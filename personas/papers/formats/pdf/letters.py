"""The letters of a PDF that can be seen, and where they stand; by pdfium.

Left out are letters that no reader of the page sees, with which a paper could say one thing to people and
another to programs: white on white, too small, off the page, drawn without ink. The one exception is a scan
whose scanner has laid the recognised text, without ink, over the picture of the page.
"""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vivavoce.personas.papers.formats.unreadable import DAMAGED, ENCRYPTED, Unreadable
from vivavoce.personas.papers.paper import Kind

MOST_PAGES = 30  # that are read; a résumé or a posting has three
MOST_LETTERS = 200_000  # on all pages together
MOST_OBJECTS = 5_000  # of a page that are looked at for its pictures
SMALLEST_POINTS = 2.0
LIGHT = 235  # of 255: each of red, green and blue from here on is paper rather than ink
LEAST_CONTRAST = 40  # of 255, between the lightest and the darkest place that a letter covers
MOST_PIXELS = 1000  # of the longer side of a page that is drawn to see what shows
TILT = math.radians(3)  # of a line that still counts as level
BOLD_WEIGHT = 600
_BOLD = ("bold", "black", "heavy", "semibold", "demi")
DOT_POINTS = (1.5, 6.0)  # least and most of the sides of a dot before an item, where it is drawn as a shape
DOT_BASE, DOT_SIZE = 3.5, 10.0  # how far under its middle the line is, and the letters' usual size, in points
_DOT = "\uf0b7"  # a mark before an item; within a line it is left out
_NO_INK, _CLIPS = 3, 7  # text rendering modes (PDF 32000-1, table 106)
_PASSWORD, _SECURITY = 4, 5  # FPDF_GetLastError
_PATH, _IMAGE, _FORM = 2, 3, 5  # FPDFPageObj_GetType
_LINE_END_HYPHEN = 2  # what pdfium puts there


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter, upright, in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    base: float  # of the line that it stands on
    size: float
    bold: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What can be seen on a page."""

    number: int  # from 1
    of: int  # pages of the file, read or not
    letters: tuple[Letter, ...]
    nameless: int  # letters of which the file does not say which they are
    pictured: bool  # whether a picture covers a good part of it


@dataclass(frozen=True, slots=True)
class _Ink:
    """What the letters of one piece of text have in common."""

    size: float
    bold: bool
    quarter: int | None  # of a turn; None for a slanted line
    hidden: bool  # drawn without ink
    doubtful: bool  # it may have the colour of what lies under it


def pages(content: bytes) -> Iterator[Page]:
    """Yield the pages of the PDF `content`, at most MOST_PAGES with MOST_LETTERS.

    Raises:
        Unreadable: it is locked or damaged.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", 0) in (_PASSWORD, _SECURITY):
            raise Unreadable(ENCRYPTED, Kind.ENCRYPTED) from None
        raise Unreadable(DAMAGED) from None
    left = MOST_LETTERS
    for index in range(min(len(document), MOST_PAGES)):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            continue
        read = _Reader(pdfium, page).page(index + 1, len(document), left)
        page.close()
        left -= len(read.letters)
        yield read
        if left <= 0:
            return


class _Reader:
    """Reads one page."""

    def __init__(self, pdfium: Any, page: Any) -> None:
        self._pdfium, self._page = pdfium, page
        self._text = pdfium.FPDFText_LoadPage(page)
        if not self._text:
            raise Unreadable(DAMAGED)
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        self._box = (box.left, box.bottom, box.right, box.top)
        self._inks: dict[int, _Ink] = {}

    def page(self, number: int, of: int, most: int) -> Page:
        """Return page `number` `of` so many, with at most `most` letters."""
        pdfium, count = self._pdfium, self._pdfium.FPDFText_CountChars(self._text)
        seen: list[tuple[_Ink, str, tuple[float, ...]]] = []
        nameless = 0
        for index in range(min(count, most)):
            code = pdfium.FPDFText_GetUnicode(self._text, index)
            if code in (0, 10, 13) or pdfium.FPDFText_IsGenerated(self._text, index) == 1:
                continue
            nameless += pdfium.FPDFText_HasUnicodeMapError(self._text, index) == 1
            letter = "-" if code == _LINE_END_HYPHEN else chr(min(code, 0x10FFFF))
            seen.append((self._ink(index), letter, self._place(index)))
        pictured = self._pictured()
        shown = self._shown(seen, pictured)
        pdfium.FPDFText_ClosePage(self._text)
        upright = self._upright(shown)
        return Page(number=number, of=of, letters=upright, nameless=nameless, pictured=pictured)

    def _ink(self, index: int) -> _Ink:
        pdfium = self._pdfium
        piece = pdfium.FPDFText_GetTextObject(self._text, index)
        key = ctypes.cast(piece, ctypes.c_void_p).value or 0
        if key not in self._inks:
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFText_GetMatrix(self._text, index, matrix)
            size = pdfium.FPDFText_GetFontSize(self._text, index) * math.hypot(matrix.c, matrix.d)
            mode = pdfium.FPDFTextObj_GetTextRenderMode(piece) if piece else 0
            self._inks[key] = _Ink(
                size=size,
                bold=self._bold(piece, index),
                quarter=_quarter(math.atan2(matrix.b, matrix.a)),
                hidden=mode == _NO_INK,
                doubtful=mode == _CLIPS or self._light(index),
            )
        return self._inks[key]

    def _bold(self, piece: Any, index: int) -> bool:
        font = self._pdfium.FPDFTextObj_GetFont(piece) if piece else None
        name = ctypes.create_string_buffer(200)
        if font:
            self._pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
        called = any(word in name.value.decode("latin-1").lower() for word in _BOLD)
        return called or self._pdfium.FPDFText_GetFontWeight(self._text, index) >= BOLD_WEIGHT

    def _light(self, index: int) -> bool:
        parts = [ctypes.c_uint() for _ in range(4)]
        if not self._pdfium.FPDFText_GetFillColor(self._text, index, *parts):
            return False
        red, green, blue, opaque = (part.value for part in parts)
        return min(red, green, blue) >= LIGHT or opaque <= 255 - LIGHT

    def _place(self, index: int) -> tuple[float, ...]:
        """Return left, bottom, right and top of a letter, then where it begins on its line."""
        box, x, y = self._pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        self._pdfium.FPDFText_GetLooseCharBox(self._text, index, box)
        self._pdfium.FPDFText_GetCharOrigin(self._text, index, x, y)
        return box.left, box.bottom, box.right, box.top, x.value, y.value

    def _pictured(self) -> bool:
        left, bottom, right, top = self._box
        whole = max(1.0, (right - left) * (top - bottom))
        return any((b[2] - b[0]) * (b[3] - b[1]) >= whole / 3 for b in self._places(_IMAGE, _FORM))

    def _dots(self) -> Iterator[Letter]:
        """Yield the dots before items that are no letters: browsers draw them as shapes."""
        least, most = DOT_POINTS
        for left, bottom, right, top in self._places(_PATH):
            if least <= right - left <= most and abs((right - left) - (top - bottom)) < 1:
                base = (bottom + top) / 2 - DOT_BASE - self._box[1]
                yield Letter(_DOT, left - self._box[0], right - self._box[0], base, DOT_SIZE, False)

    def _places(self, *kinds: int) -> Iterator[tuple[float, ...]]:
        """Yield left, bottom, right and top of the pieces of the page that are of `kinds`."""
        pdfium = self._pdfium
        for index in range(min(pdfium.FPDFPage_CountObjects(self._page), MOST_OBJECTS)):
            piece = pdfium.FPDFPage_GetObject(self._page, index)
            if pdfium.FPDFPageObj_GetType(piece) in kinds:
                sides = [ctypes.c_float() for _ in range(4)]
                pdfium.FPDFPageObj_GetBounds(piece, *sides)
                yield tuple(side.value for side in sides)

    def _shown(
        self, seen: list[tuple[_Ink, str, tuple[float, ...]]], pictured: bool
    ) -> list[tuple[_Ink, str, tuple[float, ...]]]:
        left, bottom, right, top = self._box
        on_it = [
            one
            for one in seen
            if one[0].size >= SMALLEST_POINTS
            and left <= (one[2][0] + one[2][2]) / 2 <= right
            and bottom <= (one[2][1] + one[2][3]) / 2 <= top
        ]
        inked = [one for one in on_it if not one[0].hidden]
        if any(one[0].doubtful for one in inked):
            drawn = _Drawn(self._pdfium, self._page)
            inked = [one for one in inked if not one[0].doubtful or drawn.shows(one[2])]
        recognised = pictured and not any(letter.strip() for _, letter, _ in inked)
        return on_it if recognised else inked

    def _upright(self, shown: list[tuple[_Ink, str, tuple[float, ...]]]) -> tuple[Letter, ...]:
        turns = Counter(ink.quarter for ink, _, _ in shown if ink.quarter is not None)
        if not turns:
            return ()
        ((turn, _),) = turns.most_common(1)
        corner = [*_turned(self._box[0], self._box[1], turn), *_turned(self._box[2], self._box[3], turn)]
        edge, floor = min(corner[0::2]), min(corner[1::2])
        letters = []
        for ink, text, (left, bottom, right, top, x, y) in shown:
            if ink.quarter == turn:
                sides = sorted((_turned(left, bottom, turn)[0], _turned(right, top, turn)[0]))
                base = _turned(x, y, turn)[1]
                letters.append(
                    Letter(text, sides[0] - edge, sides[1] - edge, base - floor, ink.size, ink.bold)
                )
        return (*letters, *(self._dots() if turn == 0 else ()))


class _Drawn:
    """A page as it looks, to tell whether something light stands on something dark."""

    def __init__(self, pdfium: Any, page: Any) -> None:
        self._pdfium, self._page = pdfium, page
        scale = min(1.0, MOST_PIXELS / max(*page.get_size(), 1.0))
        self._bitmap = page.render(scale=scale, grayscale=True)

    def shows(self, place: tuple[float, ...]) -> bool:
        """Return whether there is anything to be seen at `place`."""
        width, height, stride = self._bitmap.width, self._bitmap.height, self._bitmap.stride
        x, y = ctypes.c_int(), ctypes.c_int()
        spots = []
        for across, up in (place[0:2], place[2:4]):
            self._pdfium.FPDF_PageToDevice(self._page, 0, 0, width, height, 0, across, up, x, y)
            spots.append((min(max(x.value, 0), width - 1), min(max(y.value, 0), height - 1)))
        (x0, x1), (y0, y1) = (sorted(side) for side in zip(*spots, strict=True))
        rows = [self._bitmap.buffer[row * stride + x0 : row * stride + x1 + 1] for row in range(y0, y1 + 1)]
        contrast: int = max(map(max, rows)) - min(map(min, rows))
        return contrast >= LEAST_CONTRAST


def _quarter(angle: float) -> int | None:
    quarter = round(angle / (math.pi / 2))
    return quarter % 4 if abs(angle - quarter * math.pi / 2) <= TILT else None


def _turned(x: float, y: float, quarters: int) -> tuple[float, float]:
    """Return the point as it lies when text that runs `quarters` of a turn up is laid level."""
    return [(x, y), (y, -x), (-x, -y), (-y, x)][quarters]
