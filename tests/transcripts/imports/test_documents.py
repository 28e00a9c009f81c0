import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from random import Random

import pytest

from tests.timing import within
from vivavoce.transcripts.errors import ForeignError
from vivavoce.transcripts.imports.formats import MOST_BYTES, read

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = "word/document.xml"


def packed(body: str | bytes, name: str = BODY) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, body)
    return file.getvalue()


def document(*paragraphs: str, start: str = "") -> bytes:
    told = "".join(
        f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{paragraph}</w:p>" for paragraph in paragraphs
    )
    return packed(f'{start}<w:document xmlns:w="{NAMESPACE}"><w:body>{told}</w:body></w:document>')


def run(text: str) -> str:
    return f"<w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def refused(folder: Path, content: bytes) -> str:
    (folder / "a.docx").write_bytes(content)
    with pytest.raises(ForeignError) as caught:
        read(folder / "a.docx")
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


TEAMS = [run("Nadia Roos   0:05") + "<w:r><w:br/><w:t>Why &amp; when?</w:t></w:r>"]
TEAMS += [run("Tomek   0:09") + "<w:r><w:br/><w:t>In May, </w:t></w:r>" + run("by train.")]
LABELS = [run("Nadia Roos:") + run(" Why &amp; when?"), run("Tomek: In ") + run("May, by train.")]
TABS = [run("Nadia Roos") + "<w:r><w:tab/></w:r>" + run("0:05"), run("Why &amp; when?")]
TABS += [run("Tomek") + "<w:r><w:tab/></w:r>" + run("0:09"), run("In May, by train.")]
CHANGED = [LABELS[0], LABELS[1] + "<w:del><w:r><w:delText>never</w:delText></w:r></w:del>"]


@pytest.mark.parametrize("paragraphs", [TEAMS, LABELS, TABS, CHANGED])
def test_a_document_is_read_by_its_paragraphs(paragraphs: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(document(*paragraphs))

    assert [(piece.speaker, piece.text) for piece in read(tmp_path / "a.docx")] == [
        ("Nadia Roos", "Why & when?"),
        ("Tomek", "In May, by train."),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"words",
        b"PK\x03\x04 words",
        packed("<a/>", "word/other.xml"),
        packed("<w:document>"),
        packed(b"\xff\xfe\x00"),
        document(run("words"))[:-40],
        document(run("&a;"), start='<!DOCTYPE a [<!ENTITY a "words">]>'),
    ],
)
def test_what_is_no_document_is_refused(content: bytes, tmp_path: Path) -> None:
    assert "no Word document that can be read; save it again" in refused(tmp_path, content)


def test_a_document_that_unpacks_without_end_is_refused_soon(tmp_path: Path) -> None:
    bomb = document(run("a " * MOST_BYTES))

    assert len(bomb) < 1_000_000
    assert within(3.0, lambda: refused(tmp_path, bomb))
    assert "larger than 20 MB" in refused(tmp_path, bomb)


def test_a_document_without_words_says_so(tmp_path: Path) -> None:
    assert "there are no words in it" in refused(tmp_path, document("<w:r/>"))
    assert "empty" in refused(tmp_path, b"")


def test_a_document_that_was_damaged_anywhere_is_read_or_refused(tmp_path: Path) -> None:
    chance = Random(7)
    sound = document(*TEAMS)
    for _ in range(300):
        damaged = bytearray(sound)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (tmp_path / "a.docx").write_bytes(damaged)
        with suppress(ForeignError):
            read(tmp_path / "a.docx")
