"""A paper as PDF, by reportlab, with fonts that come along with it: the same file everywhere."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    HRFlowable,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Table,
)

from benchmarks.papers.blocks import Block, runs
from benchmarks.papers.truth import Look

FONTS = {"Helvetica": "Helvetica-Bold", "Times": "Times-Bold", "Vera": "VeraBd"}
NAMES = {"Helvetica": "Helvetica", "Times": "Times-Roman", "Vera": "Vera"}
GLYPHS = {"mail": "✉", "phone": "☎", "web": "➤", "home": "■"}  # of ZapfDingbats
LIGATURES = (("ffi", "fﬁ"), ("fi", "ﬁ"), ("fl", "ﬂ"))
DARK, LIGHT, INK, ACCENT = HexColor("#22313f"), HexColor("#f4f6f8"), HexColor("#1c1c1c"), HexColor("#1f5f8b")
WIDTH, HEIGHT = A4
MARGIN = 48.0
NARROW = 0.32  # of the page's width
GUTTER = 18.0
BESIDE = 84.0  # points, of the column of dates
SPACED = 2.4  # points between the letters of a spaced heading
SYLLABLES = re.compile(r"(?<=[a-z][aeiou])([bcdfghklmnprstv])(?=[bcdfgklmnpstv][a-z]{2})")


class Spaced(Flowable):  # type: ignore[misc]
    """A heading whose letters are moved apart by the page, and not by blanks in the text."""

    def __init__(self, text: str, style: ParagraphStyle) -> None:
        super().__init__()
        self._text, self._style = text, style
        self.height = style.leading + style.spaceBefore

    def wrap(self, width: float, _: float) -> tuple[float, float]:
        """Return the size."""
        return width, self.height

    def draw(self) -> None:
        """Draw it on the canvas."""
        text = self.canv.beginText(0, 4)
        text.setFont(self._style.fontName, self._style.fontSize)
        text.setFillColor(self._style.textColor)
        text.setCharSpace(SPACED)
        text.textOut(self._text)
        text.setCharSpace(0)
        self.canv.drawText(text)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page has room for: the frames, each with which blocks go into it."""

    frames: tuple[Frame, ...]
    later: tuple[Frame, ...]


def write(path: Path, blocks: list[Block], look: Look) -> None:
    """Write `blocks` to `path`."""
    for name in ("Vera", "VeraBd"):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    top = [one for one in blocks if one.kind in ("name", "headline", "contact") and not one.side]
    side = [one for one in blocks if one.side and look.columns != "one"]
    rest = [one for one in blocks if one not in top and one not in side]
    height = sum(_height(one, look) for one in top) + 2 * GUTTER
    page = _page(look, height)
    columns = [(side, look.dark), (rest, False)] if side else [(rest, False)]
    if look.late or look.columns != "left":
        columns.reverse()
    story: list[Flowable] = [NextPageTemplate("later")]
    for number, (many, dark) in enumerate([(top, look.band), *columns]):
        width = page.frames[number]._aW
        story += [FrameBreak()] if number else []
        story += [flowable for one in many for flowable in _flowables(one, look, dark, width)]
    document = BaseDocTemplate(str(path), pagesize=A4, title="", invariant=1)
    document.addPageTemplates(
        [
            PageTemplate("first", list(page.frames), onPage=_painted(look, height)),
            PageTemplate("later", list(page.later)),
        ]
    )
    document.build(story)


def _page(look: Look, height: float) -> Page:
    """Return the room there is; at the right the narrow column comes last, as does the second of two."""
    full, half = WIDTH - 2 * MARGIN, WIDTH / 2 - MARGIN - GUTTER / 2
    under, tall = HEIGHT - MARGIN / 2 - height, HEIGHT - 2 * MARGIN
    low = under - MARGIN
    narrow, wide = WIDTH * NARROW - MARGIN / 2 - GUTTER, WIDTH * (1 - NARROW) - MARGIN - GUTTER / 2
    left = WIDTH * NARROW + GUTTER / 2 if look.columns == "left" else MARGIN
    head = Frame(left, under, full + MARGIN - left, height, 0, 0, 0, GUTTER / 2)
    if look.columns == "one":
        return Page((head, _frame(MARGIN, full, low)), (_frame(MARGIN, full, tall),))
    if look.columns == "two":
        right = _frame(MARGIN + half + GUTTER, half, low)
        return Page((head, _frame(MARGIN, half, low), right), (_frame(MARGIN, full, tall),))
    main, later = _frame(left, wide, low), _frame(left, wide, tall)
    if look.columns == "left":
        side = _frame(MARGIN / 2, narrow, tall + MARGIN / 2)
        return Page((head, main, side) if look.late else (head, side, main), (later,))
    return Page((head, main, _frame(WIDTH * (1 - NARROW) + GUTTER / 2, narrow, low)), (later,))


def _frame(left: float, width: float, height: float) -> Frame:
    return Frame(left, MARGIN, width, height, 0, 0, 0, 0)


def _painted(look: Look, height: float) -> Callable[[Canvas, BaseDocTemplate], None]:
    def paint(canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.saveState()
        under = HEIGHT - MARGIN / 2 - height
        if look.columns in ("left", "right"):
            canvas.setFillColor(DARK if look.dark else LIGHT)
            left = 0.0 if look.columns == "left" else WIDTH * (1 - NARROW)
            canvas.rect(left, 0, WIDTH * NARROW, HEIGHT if not look.band else under, 0, 1)
        if look.band:
            canvas.setFillColor(ACCENT)
            canvas.rect(0, under + GUTTER / 2, WIDTH, HEIGHT - under, 0, 1)
        canvas.restoreState()

    return paint


def _height(block: Block, look: Look) -> float:
    width = WIDTH * (1 if look.columns == "one" else 1 - NARROW) - 2 * MARGIN
    made = _flowables(block, look, look.band, width)
    return float(sum(one.wrap(width, HEIGHT)[1] + one.getSpaceBefore() for one in made))


def _flowables(block: Block, look: Look, dark: bool, width: float) -> list[Flowable]:
    style = _style(block, look, dark)
    if block.kind == "heading":
        made = Spaced(block.text, style) if look.heading == "spaced" else Paragraph(_text(block, look), style)
        line = HRFlowable("100%", 0.6, color=style.textColor, spaceBefore=1, spaceAfter=3)
        return [made] if look.columns == "two" else [made, line]
    if block.kind == "bullet":
        return [Paragraph(_text(block, look), style, bulletText=look.bullet)]
    if block.kind == "row":
        cells = [Paragraph(_text(block, look), style), Paragraph(_safe(block.right, look), _right(style))]
        return [_table([cells], [width * 0.7, width * 0.3])]
    if block.kind == "beside":
        inner = [flow for one in block.inner for flow in _flowables(one, look, dark, width - BESIDE)]
        return [_table([[Paragraph(_text(block, look), style), inner]], [BESIDE, width - BESIDE])]
    return [Paragraph(_text(block, look), style)]


def _table(rows: list[list[object]], widths: list[float]) -> Table:
    flat = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    return Table(
        rows, widths, style=[*flat, ("VALIGN", (0, 0), (-1, -1), "TOP")], spaceBefore=3, hAlign="LEFT"
    )


def _style(block: Block, look: Look, dark: bool) -> ParagraphStyle:
    factor = {"name": 2.2, "headline": 1.15, "heading": 1.2}.get(block.kind, 1.0)
    strong = block.kind in ("name", "heading")
    size = look.size * factor
    return ParagraphStyle(
        block.kind,
        fontName=FONTS[look.font] if strong else NAMES[look.font],
        fontSize=size,
        leading=size * look.leading,
        textColor=LIGHT if dark else ACCENT if block.kind == "heading" else INK,
        alignment=TA_JUSTIFY if look.justify and block.kind in ("text", "bullet") else TA_LEFT,
        spaceBefore={"heading": 10, "name": 0}.get(block.kind, 2),
        leftIndent=11 if block.kind == "bullet" else 0,
        bulletIndent=1,
        bulletColor=LIGHT if dark else INK,
        bulletFontName=NAMES[look.font],
        bulletFontSize=size,
        embeddedHyphenation=1,
    )


def _right(style: ParagraphStyle) -> ParagraphStyle:
    return ParagraphStyle("right", parent=style, alignment=2)


def _text(block: Block, look: Look) -> str:
    bold = FONTS[look.font]
    made = "".join(
        f'<font name="{bold}">{_safe(piece, look)}</font>' if strong else _safe(piece, look)
        for piece, strong in runs(block.text)
    )
    if block.kind == "heading" and look.heading == "small caps":
        return re.sub(
            "[a-z]+", lambda few: f'<font size="{look.size * 0.95}">{few[0].upper()}</font>', block.text
        )
    if block.icon:
        return f'<font name="ZapfDingbats">{GLYPHS[block.icon]}</font>  {made}'
    return made


def _safe(text: str, look: Look) -> str:
    if look.justify:  # where a word may be parted
        text = SYLLABLES.sub("\\1\xad", text)
    if look.ligatures:
        for plain, joined in LIGATURES:
            text = text.replace(plain, joined)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
