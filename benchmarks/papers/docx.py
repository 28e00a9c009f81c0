"""A paper as DOCX, written without a library: text boxes, tables and columns stand as Word writes them."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.papers.blocks import Block, runs
from benchmarks.papers.truth import Look

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = (
    f'{DECLARED}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{PARTS}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{PARTS}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{PARTS}.numbering+xml"/>'
    f'<Override PartName="/word/header1.xml" ContentType="{PARTS}.header+xml"/></Types>'
)
RELATIONS = '{0}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{1}</Relationships>'
RELATION = '<Relationship Id="{0}" Type="' + OFFICE + '/{1}" Target="{2}"/>'
NUMBERING = (
    f'{DECLARED}<w:numbering {SPACES}><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="•"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    "</w:numbering>"
)
STYLE = (
    '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="{1}"/>'
    '<w:pPr><w:spacing w:before="{2}"/></w:pPr><w:rPr>{3}<w:sz w:val="{4}"/></w:rPr></w:style>'
)
BOLD = "<w:b/>"
STYLES = (  # id, name, twentieths of a point above, what it is, half points
    ("Normal", "Normal", 0, "", 21),
    ("Title", "Title", 0, BOLD, 48),
    ("Subtitle", "Subtitle", 0, "", 26),
    ("Heading1", "heading 1", 240, BOLD, 28),
    ("ListParagraph", "List Paragraph", 0, "", 21),
)
NAMES = {"name": "Title", "headline": "Subtitle", "heading": "Heading1"}
EDGE = 9000  # twentieths of a point, where what is moved to the right ends
GRID = '<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="7000"/></w:tblGrid>'


def write(path: Path, blocks: list[Block], look: Look) -> None:
    """Write `blocks` to `path`."""
    above = [one for one in blocks if look.header and one.kind == "contact"]
    side = [one for one in blocks if look.boxes and one.side]
    body = [one for one in blocks if one not in above and one not in side]
    columns = '<w:cols w:num="2" w:space="400"/>' if look.columns == "two" else ""
    header = '<w:headerReference w:type="default" r:id="rId3"/>' if above else ""
    page = f'<w:sectPr>{header}<w:pgSz w:w="11906" w:h="16838"/>{columns}</w:sectPr>'
    text = _box(side, look) + _many(body, look)
    document = f"{DECLARED}<w:document {SPACES}><w:body>{text}{page}</w:body></w:document>"
    styles = "".join(STYLE.format(*one) for one in STYLES)
    relations = (
        ("rId1", "styles", "styles.xml"),
        ("rId2", "numbering", "numbering.xml"),
        ("rId3", "header", "header1.xml"),
    )
    made = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(
            DECLARED, RELATION.format("rId1", "officeDocument", "word/document.xml")
        ),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": RELATIONS.format(
            DECLARED, "".join(RELATION.format(*one) for one in relations)
        ),
        "word/styles.xml": f"{DECLARED}<w:styles {SPACES}>{styles}</w:styles>",
        "word/numbering.xml": NUMBERING,
        "word/header1.xml": f"{DECLARED}<w:hdr {SPACES}>{_many(above, look) or '<w:p/>'}</w:hdr>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(zipfile.ZipInfo(name), content)


def _many(blocks: list[Block], look: Look) -> str:
    """Return the XML of `blocks`; what stands beside something is a row, and rows that follow are a table."""
    made, rows = [], ""
    for block in blocks:
        if block.kind == "beside":
            inner = _many(list(block.inner), look)
            rows += f"<w:tr><w:tc>{_paragraph(block, look)}</w:tc><w:tc>{inner}</w:tc></w:tr>"
            continue
        made += [_table(rows)] if rows else []
        rows = ""
        made.append(_paragraph(block, look))
    return "".join([*made, _table(rows) + "<w:p/>" if rows else ""])


def _table(rows: str) -> str:
    return f'<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr>{GRID}{rows}</w:tbl>'


def _paragraph(block: Block, look: Look) -> str:
    style = NAMES.get(block.kind, "ListParagraph" if block.kind == "bullet" else "Normal")
    about = f'<w:pStyle w:val="{style}"/>'
    if block.kind == "bullet":
        about += (
            '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:ind w:left="360" w:hanging="360"/>'
        )
    if block.right:
        about += f'<w:tabs><w:tab w:val="right" w:pos="{EDGE}"/></w:tabs>'
    if block.kind == "heading" and look.heading == "small caps":
        return f"<w:p><w:pPr>{about}</w:pPr>{_run(block.text, '<w:smallCaps/>')}</w:p>"
    text = "".join(_run(piece, BOLD if strong else "") for piece, strong in runs(block.text))
    if block.right:
        text += f"<w:r><w:tab/></w:r>{_run(block.right)}"
    return f"<w:p><w:pPr>{about}</w:pPr>{text}</w:p>"


def _run(text: str, about: str = "") -> str:
    half = len(text) // 2 if len(text) > 30 else 0  # Word parts a run where somebody corrected it
    pieces = [text[:half], text[half:]] if half else [text]
    return "".join(
        f'<w:r><w:rPr>{about}</w:rPr><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>'
        for piece in pieces
    )


def _box(side: list[Block], look: Look) -> str:
    if not side:
        return ""
    return (
        '<w:p><w:r><w:pict><v:shape style="position:absolute;width:150pt;height:640pt" fillcolor="#dde6ee">'
        f"<v:textbox><w:txbxContent>{_many(side, look)}</w:txbxContent></v:textbox></v:shape>"
        "</w:pict></w:r></w:p>"
    )
