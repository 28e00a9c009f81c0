"""Lines of documents that word processors write."""

import pytest

from tests.personas.papers.formats.files import WORDS, docx, odt, p, packed
from vivavoce.personas.papers.formats.opening import opened
from vivavoce.personas.papers.formats.unreadable import Unreadable
from vivavoce.personas.papers.paper import APART, Kind, Line

STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="B"/>'
    '<w:rPr><w:sz w:val="32"/></w:rPr></w:style>'
    '<w:style w:styleId="B"><w:name w:val="Base"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:styleId="LB"><w:name w:val="List Bullet"/></w:style>'
)
NUMBERED = '<w:numPr><w:numId w:val="3"/></w:numPr>'


def read(content: bytes, name: str = "a.docx") -> list[Line]:
    return list(opened(content, name, Kind.RESUME).lines)


def texts(content: bytes, name: str = "a.docx") -> list[str]:
    return [line.text for line in read(content, name)]


def cell(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(map(p, paragraphs))}</w:tc>"


def test_the_styles_of_a_word_document_say_how_a_line_looks() -> None:
    body = (
        p("Experience", "H1")
        + p(WORDS)
        + p("Cut costs", "LB")
        + p("Led two", extra=NUMBERED)
        + p("Loud", run="<w:b/>")
    )

    first, second, third, fourth, fifth = read(docx(body, STYLES))

    assert (first.text, first.size, first.bold, first.gap, first.bullet) == (
        "Experience",
        16.0,
        True,
        True,
        False,
    )
    assert (second.size, second.bold, second.gap, second.bullet) == (10.5, False, False, False)
    assert (third.bullet, fourth.bullet, fifth.bullet) == (True, True, False)
    assert fifth.bold


def test_headers_come_first_and_a_text_box_stands_once() -> None:
    box = f"<w:txbxContent>{p('In a box')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        f"</mc:AlternateContent></w:r><w:r><w:t>{WORDS}</w:t></w:r></w:p>"
    )

    assert texts(docx(body, header1=p("Bo Sample"))) == ["Bo Sample", "In a box", WORDS]


def test_a_row_of_short_cells_is_a_line_and_other_cells_follow_each_other() -> None:
    rows = [cell("Accountant") + cell("2019"), cell("a", "b") + cell("c", "d")]
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"

    assert texts(docx(table + p(WORDS))) == [f"Accountant{APART}2019", "a", "b", "c", "d", WORDS]


def test_what_was_deleted_or_is_hidden_is_left_out() -> None:
    body = (
        p("hidden", run="<w:vanish/>") + f"<w:del>{p('deleted')}</w:del>" + p("tiny", run='<w:sz w:val="2"/>')
    )

    assert texts(docx(body + p(WORDS))) == [WORDS]


def test_tabs_breaks_and_empty_paragraphs_are_kept_as_what_they_mean() -> None:
    run = "<w:t>Clerk</w:t><w:tab/><w:t>2019</w:t><w:br/><w:t>Leeds</w:t>"
    body = f"<w:p><w:r>{run}</w:r></w:p><w:p/>{p(WORDS)}"

    found = read(docx(body))

    assert [line.text for line in found] == [f"Clerk{APART}2019", "Leeds", WORDS]
    assert [line.gap for line in found] == [False, False, True]


def test_an_opendocument_text_says_how_a_line_looks() -> None:
    look = '<style:text-properties fo:font-size="18pt" fo:font-weight="bold"/>'
    styles = f'<style:style style:name="P1">{look}</style:style>'
    body = (
        f'<text:h text:style-name="P1">Experience</text:h><text:p>{WORDS}</text:p>'
        "<text:list><text:list-item><text:p>Cut costs</text:p></text:list-item></text:list>"
        '<text:p>Clerk<text:tab/>2019<text:line-break/>a<text:s text:c="2"/>'
        '<text:span text:style-name="P1">b</text:span></text:p>'
        "<table:table><table:table-row><table:table-cell><text:p>Tools</text:p></table:table-cell>"
        "<table:table-cell><text:p>SAP</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p><draw:text-box><text:p>In a box</text:p></draw:text-box></text:p>"
        "<office:annotation><text:p>a note</text:p></office:annotation>"
    )

    found = read(odt(body, styles), "a.odt")

    assert [line.text for line in found] == [
        *("Experience", WORDS, "Cut costs", f"Clerk{APART}2019", "a b", f"Tools{APART}SAP", "In a box"),
    ]
    assert (found[0].size, found[0].bold, found[0].gap) == (18.0, True, True)
    assert [line.bullet for line in found] == [False, False, True, False, False, False, False]


def test_a_locked_opendocument_text_is_told() -> None:
    broken = packed(mimetype="a", content_xml="<a>")
    parts = {"mimetype": "a", "content_xml": "x", "META-INF__manifest_xml": "<a><encryption-data/></a>"}

    with pytest.raises(Unreadable) as error:
        read(packed(**parts), "a.odt")
    assert error.value.kind is Kind.ENCRYPTED
    with pytest.raises(Unreadable, match="damaged"):
        read(broken, "a.odt")


@pytest.mark.parametrize(
    "entity", ["<!DOCTYPE a [<!ENTITY b 'c'>]>", "<!DOCTYPE a SYSTEM 'file:///etc/hostname'>"]
)
def test_entities_are_refused(entity: str) -> None:
    with pytest.raises(Unreadable, match="damaged"):
        read(packed(word__document_xml=f"{entity}<a>&b;</a>"))


def test_rich_text_is_read() -> None:
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\b Experience\b0\par %s\par "
        + rb"\bullet\tab Caf\'e9 ledger\par}"
    )

    found = read(rtf.replace(b"%s", WORDS.encode()), "a.rtf")

    assert [line.text for line in found] == ["Experience", WORDS, "Caf\u00e9 ledger"]
    assert found[2].bullet
