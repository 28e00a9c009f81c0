"""Lines of PDFs: what is seen, in the order in which it is read."""

from collections.abc import Callable
from io import BytesIO

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.personas.papers.formats.files import (
    WORDS,
    column,
    drawn,
    plain_pdf,
    raw_pdf,
    stream,
)
from vivavoce.personas.papers.formats.opening import opened
from vivavoce.personas.papers.formats.pdf import letters
from vivavoce.personas.papers.formats.pdf import lines as pdf
from vivavoce.personas.papers.formats.unreadable import Unreadable
from vivavoce.personas.papers.paper import APART, Kind, Line

SIDE = [
    *("# Contact", "bo@example.org", "Leeds", "# Skills", "Python", "SQL", "Spark", "# Languages", "Polish")
]
JOB = [
    "Data engineer, Northwind @ 2019 - 2021",
    "Built an ingestion service which reads forty sources every single night",
    "and writes them into one warehouse for the analysts of the company",
]
MAIN = [
    "# Profile",
    "Somebody who moves nightly pipelines to streams and halves what they cost",
    "# Experience",
    *JOB * 3,
]


def read(content: bytes) -> list[Line]:
    return list(opened(content, "paper.pdf", Kind.RESUME).lines)


def texts(content: bytes) -> list[str]:
    return [line.text for line in read(content)]


def why(content: bytes) -> tuple[Kind, str]:
    with pytest.raises(Unreadable) as error:
        read(content)
    return error.value.kind, str(error.value)


def two_columns(
    left: float, right: float, side: int, size: float = 9, lead: float = 13
) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 24)
        canvas.drawCentredString(297, 800, "Bo Sample of the Long Name")
        for x, place in ((left, 0), (right, 1)):
            lines = (SIDE, MAIN)[place != side]
            column(canvas, x, 770, lines, *((size, lead) if place == side else (10, 14)))

    return draw


@pytest.mark.parametrize(
    ("size", "lead"), [pytest.param(9, 13, id="smaller"), pytest.param(10, 14, id="the same rows")]
)
@pytest.mark.parametrize("side", [0, 1], ids=["left", "right"])
def test_a_sidebar_is_read_by_itself_below_what_stands_across(side: int, size: float, lead: float) -> None:
    found = read(drawn(two_columns(*((40, 200), (40, 420))[side], side, size, lead)))

    said = [line.text for line in found]
    aside = [text.removeprefix("# ") for text in SIDE]
    assert said[0] == "Bo Sample of the Long Name"
    assert said[1 if side == 0 else -len(aside) :][: len(aside)] == aside
    assert {line.column for line in found if line.text in aside} == {1}
    assert f"Data engineer, Northwind{APART}2019 - 2021" in said
    assert {line.column for line in found if line.text not in aside} == {0}


def test_a_sidebar_on_the_right_waits_for_the_end_of_the_text_beside_it() -> None:
    def draw(canvas: Canvas) -> None:
        two_columns(40, 420, 1)(canvas)
        canvas.showPage()
        column(canvas, 40, 780, JOB)

    found = read(drawn(draw))

    assert [line.page for line in found] == sorted(line.page for line in found if line.column == 0) + [
        1
    ] * len(SIDE)


def test_two_columns_of_prose_are_read_one_after_the_other() -> None:
    words = " ".join([WORDS] * 4).split()
    prose = [" ".join(words[at : at + 7]) for at in range(0, 56, 7)]

    def draw(canvas: Canvas) -> None:
        column(canvas, 40, 780, [f"one {line}"[:46] for line in prose])
        column(canvas, 320, 780, [f"two {line}"[:46] for line in prose])

    assert [text.split()[0] for text in texts(drawn(draw))] == ["one"] * 8 + ["two"] * 8


def test_a_table_and_dates_on_the_right_are_read_row_by_row() -> None:
    cells = {
        "Languages": "English, Polish",
        "Tools": "SAP, Xero",
        "Methods": "IFRS",
        "Other": "Driving",
        "Papers": "ACCA",
    }

    def draw(canvas: Canvas) -> None:
        column(canvas, 40, 780, JOB * 2)
        column(canvas, 40, 600, cells)
        column(canvas, 160, 600, cells.values())

    found = texts(drawn(draw))

    assert found[0] == f"Data engineer, Northwind{APART}2019 - 2021"
    assert found[-5:] == [f"{name}{APART}{value}" for name, value in cells.items()]


def test_a_line_says_how_it_looks() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, 40, 780, ["# Experience", *JOB[1:]], 10)
        column(canvas, 40, 700, ["# Skills"], 10)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(52, 686, "\u2022")
        canvas.drawString(66, 686, "Ledgers and audits")

    first, second, third, fourth, last = read(drawn(draw))

    assert (first.size, first.bold, first.left, first.bullet) == (12.0, True, 40.0, False)
    assert (second.size, second.bold, second.gap, third.gap) == (10.0, False, False, False)
    assert fourth.gap
    assert (last.text, last.bullet, last.left, last.gap) == ("Ledgers and audits", True, 66.0, False)


def spaced(text: str, room: float) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        piece = canvas.beginText(40, 800)
        piece.setFont("Helvetica-Bold", 12)
        piece.setCharSpace(room)
        piece.textLine(text)
        canvas.drawText(piece)
        canvas.restoreState()
        column(canvas, 40, 700, [WORDS])

    return draw


@pytest.mark.parametrize(
    ("text", "room"),
    [
        ("EXPERIENCE", 2),
        ("EXPERIENCE", 4),
        ("EXPERIENCE", 14),
        ("E X P E R I E N C E", 0),
        ("E X P E R I E N C E", 2),
    ],
)
def test_a_heading_that_is_set_wide_is_one_word(text: str, room: float) -> None:
    assert texts(drawn(spaced(text, room))) == ["EXPERIENCE", WORDS]


@pytest.mark.parametrize(("text", "room"), [("WORK HISTORY", 4), ("W O R K   H I S T O R Y", 0)])
def test_two_words_that_are_set_wide_stay_two(text: str, room: float) -> None:
    assert texts(drawn(spaced(text, room)))[0] == "WORK HISTORY"


def test_words_are_parted_where_only_the_room_shows_it() -> None:
    def draw(canvas: Canvas) -> None:
        for line in range(3):
            x = 40.0
            for word in WORDS.split():
                canvas.drawString(x, 780 - 20 * line, word)
                x += canvas.stringWidth(word) + 2.4

    assert texts(drawn(draw)) == [WORDS] * 3


def test_a_dot_that_is_drawn_as_a_shape_stands_before_an_item() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, 60, 780, [WORDS, "Polish"])
        canvas.circle(50, 783, 2, fill=1)
        for x in (120, 130, 140):
            canvas.circle(x, 769, 2, fill=1)

    first, second = read(drawn(draw))

    assert (first.text, first.bullet, first.left) == (WORDS, True, 60.0)
    assert (second.text, second.bullet) == ("Polish", False)


def test_what_nobody_sees_is_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, 40, 700, [WORDS])
        canvas.setFillGray(1)
        canvas.drawString(40, 600, "white on white")
        canvas.setFillGray(0.2)
        canvas.rect(30, 490, 300, 40, fill=1)
        canvas.setFillGray(1)
        canvas.drawString(40, 500, "White on a dark bar")
        canvas.setFillGray(0)
        canvas.drawString(-300, 400, "left of the page")
        canvas.setFont("Helvetica", 1)
        canvas.drawString(40, 300, "smaller than anybody reads")
        piece = canvas.beginText(40, 200)
        piece.setFont("Helvetica", 10)
        piece.setTextRenderMode(3)
        piece.textLine("drawn without ink")
        canvas.drawText(piece)
        canvas.rotate(90)
        canvas.drawString(300, -500, "turned aside")

    assert texts(drawn(draw)) == [WORDS, "White on a dark bar"]


def test_a_page_that_lies_on_its_side_is_read_upright() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.rotate(90)
        column(canvas, 40, -100, [WORDS, "And then another"])

    found = read(drawn(draw))

    assert [(line.text, line.left) for line in found] == [(WORDS, 40.0), ("And then another", 40.0)]


def test_a_letter_that_is_drawn_twice_is_there_once() -> None:
    def draw(canvas: Canvas) -> None:
        for aside in (0, 0.3):
            canvas.drawString(40 + aside, 780, WORDS)

    assert texts(drawn(draw)) == [WORDS]


def picture(canvas: Canvas) -> None:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (60, 80), "grey").save(out, "PNG")
    canvas.drawImage(ImageReader(BytesIO(out.getvalue())), 0, 0, 595, 842)


def test_a_scan_is_told_from_a_paper() -> None:
    kind, told = why(drawn(picture))

    assert kind is Kind.SCAN
    assert "pictures of text; export it" in told


def test_the_text_that_a_scanner_recognised_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        picture(canvas)
        piece = canvas.beginText(40, 700)
        piece.setTextRenderMode(3)
        piece.textLine(WORDS)
        canvas.drawText(piece)

    assert texts(drawn(draw)) == [WORDS]


def test_a_locked_file_is_told_from_a_damaged_one() -> None:
    kind, told = why(plain_pdf(WORDS, encrypt="secret"))

    assert kind is Kind.ENCRYPTED
    assert "save a copy without" in told


def test_a_file_that_only_forbids_changes_is_read() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    assert texts(plain_pdf(WORDS, encrypt=StandardEncryption("", "owner"))) == [WORDS]


def test_letters_under_wrong_codes_are_seen() -> None:
    shifted = "".join(chr(33 + (ord(one) - 33 + 61) % 90) for one in WORDS.replace(" ", "")) * 2
    lines = [" ".join(shifted[at : at + 7] for at in range(0, 140, 7))] * 3

    assert why(plain_pdf(*lines))[0] is Kind.SCRAMBLED


def test_a_font_that_does_not_name_its_letters_is_seen() -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    font = b"<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/Identity-H/DescendantFonts[6 0 R]>>"
    inner = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Odd/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/FontDescriptor 7 0 R/DW 500>>"
    )
    about = (
        b"<</Type/FontDescriptor/FontName/Odd/Flags 4/FontBBox[0 0 9 9]/ItalicAngle 0/Ascent 9/Descent 0"
        b"/CapHeight 9/StemV 9>>"
    )
    codes = b"".join(b"%04x" % (3 + number % 60) for number in range(80))
    shown = b"".join(b"BT /F 10 Tf 40 %d Td <%s> Tj ET\n" % (700 - 20 * line, codes) for line in range(5))
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"

    kind, _ = why(raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", tree, page, stream(shown), font, inner, about))

    assert kind is Kind.SCRAMBLED


def test_no_more_pages_are_read_than_a_paper_has() -> None:
    def draw(canvas: Canvas) -> None:
        for _ in range(letters.MOST_PAGES + 5):
            column(canvas, 40, 780, [WORDS])
            canvas.showPage()

    found = opened(drawn(draw), "", Kind.RESUME)

    assert len(found.lines) == letters.MOST_PAGES
    assert found.note == "only its first 30 pages were read"


def test_the_second_reader_is_asked_where_the_first_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "read", lambda content: ([], None))

    assert texts(plain_pdf(WORDS)) == [WORDS]
