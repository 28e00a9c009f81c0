"""Papers as people and others make them: each function returns the bytes of a file."""

import zipfile
import zlib
from collections.abc import Callable, Iterable
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

WORDS = "Built a ledger service that closes the books of forty shops each night without anybody waiting"
XML = '<?xml version="1.0" encoding="UTF-8"?>'
WORD = 'xmlns:w="urn:w" xmlns:mc="urn:mc"'
SPACES = {"office": "o", "text": "t", "table": "tb", "style": "s", "fo": "f", "draw": "d"}
OPEN = " ".join(f'xmlns:{name}="urn:{uri}"' for name, uri in SPACES.items())


def drawn(draw: Callable[[Canvas], None], **how: object) -> bytes:
    """A PDF of what `draw` draws; 595 by 842 points a page."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), **how)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def column(
    canvas: Canvas, x: float, y: float, lines: Iterable[str], size: float = 10, lead: float = 14
) -> float:
    """Draw lines down from `y`: "# " for a heading, "left @ right" with its end at x + 345."""
    for line in lines:
        heading = line.startswith("# ")
        canvas.setFont("Helvetica-Bold" if heading else "Helvetica", size + 2 * heading)
        left, _, right = line.removeprefix("# ").partition(" @ ")
        canvas.drawString(x, y, left)
        if right:
            canvas.drawRightString(x + 345, y, right)
        y -= lead
    return y


def plain_pdf(*lines: str, **how: object) -> bytes:
    return drawn(lambda canvas: column(canvas, 50, 780, lines) and None, **how)


def raw_pdf(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of `objects`, numbered from 1, with a table of where they are."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        root,
        start,
    )


def stream(body: bytes, extra: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (extra, len(body), body)


def packed(**parts: bytes | str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in parts.items():
            file.writestr(name.replace("__", "/").replace("_", "."), body)
    return out.getvalue()


def docx(body: str, styles: str = "", **others: str) -> bytes:
    """A Word document; `body` in the elements of WordprocessingML, `others` by name (header1)."""
    parts = {f"word__{name}_xml": f"{XML}<w:hdr {WORD}>{text}</w:hdr>" for name, text in others.items()}
    return packed(
        word__document_xml=f"{XML}<w:document {WORD}><w:body>{body}</w:body></w:document>",
        word__styles_xml=f"{XML}<w:styles {WORD}>{styles}</w:styles>",
        **parts,
    )


def p(text: str, style: str = "", run: str = "", extra: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{extra}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def odt(body: str, styles: str = "") -> bytes:
    """An OpenDocument text; `body` and automatic `styles` in its elements."""
    content = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>{body}</office:body>"
    return packed(
        mimetype="application/vnd.oasis.opendocument.text",
        styles_xml=f"{XML}<office:document-styles {OPEN}/>",
        content_xml=f"{XML}<office:document-content {OPEN}>{content}</office:document-content>",
    )


def loop_of_pages() -> bytes:
    """A PDF whose tree of pages contains itself."""
    tree = b"<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 1000000>>"
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", tree, b"<</Type/Pages/Kids[2 0 R]/Count 5>>")


def loop_of_forms() -> bytes:
    """A PDF with a form that draws itself twice, and so on."""
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</F 4 0 R>>>>/Contents 5 0 R>>"
    )
    form = stream(
        b"/F Do /F Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>"
    )
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", tree, page, form, stream(b"/F Do"))


def doubling_forms(depth: int = 30) -> bytes:
    """A PDF whose forms each draw the next twice: 2 ** depth texts."""
    font = b"/Font<</H<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</F 5 0 R>>>>/Contents 4 0 R>>"
    )
    forms = [
        stream(
            b"/F Do /F Do" if number < depth else b"BT /H 10 Tf 50 700 Td (Built a shop) Tj ET",
            b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<%s/XObject<</F %d 0 R>>>>"
            % (font, 6 + number),
        )
        for number in range(depth + 1)
    ]
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", tree, page, stream(b"/F Do"), *forms)


def pdf_bomb(size: int = 1_500_000_000) -> bytes:
    """A PDF whose page's content unpacks to `size` bytes."""
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(b" " * 10_000_000) for _ in range(size // 10_000_000)) + packer.flush()
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        tree,
        page,
        stream(zlib.compress(body), b"/Filter[/FlateDecode/FlateDecode]"),
    )
