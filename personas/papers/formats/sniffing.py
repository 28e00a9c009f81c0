"""Which format a file has: told by its content, else by the ending of its name. Pure."""

import codecs
import re
import zipfile
from enum import Enum
from io import BytesIO

from vivavoce.personas.papers.formats.unreadable import EMPTY, Unreadable

FORMATS = "PDF, DOCX, ODT, RTF, HTML, Markdown, text or JSON"
HEAD = 4096  # bytes or characters of a file that tell
MOST_CONTROLS = 0.02  # of the characters of a text; more is a program or a picture


class Format(Enum):
    """How a file is to be read."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    HTML = "html"
    JSON = "json"
    MARKDOWN = "markdown"
    TEXT = "text"


_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF", b"\0\0\1\0")
_ARCHIVES = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!", b"ustar")
_PAGE = re.compile(
    r"<(?:!doctype html|html|head|body|div|p|ul|h1|article|section|script|meta)[\s>]", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def sniffed(content: bytes, name: str) -> Format:
    """Return the format of `content`, which a file called `name` holds.

    Raises:
        Unreadable: it is none that a paper has.
    """
    head = content[:HEAD].removeprefix(codecs.BOM_UTF8).lstrip()
    if not head:
        raise Unreadable(EMPTY)
    if b"%PDF-" in content[:1024]:
        return Format.PDF
    if head.startswith(b"PK"):
        return _packed(content)
    if head.startswith(b"{\\rtf"):
        return Format.RTF
    if content.startswith(_OLD_OFFICE):
        raise Unreadable("an old Word document, or locked; save it as PDF or DOCX, without a password")
    if content.startswith(_PICTURES):
        raise Unreadable(f"a picture or a sound; give the paper as {FORMATS}")
    if content.startswith(_ARCHIVES):
        raise Unreadable("an archive; unpack it and give the paper that is in it")
    return _told(decoded(content), name.lower())


def decoded(content: bytes) -> str:
    """Return the text in `content`: UTF-8, UTF-16 with its mark, or Windows-1252.

    Raises:
        Unreadable: it is no text.
    """
    if content.startswith(_UTF_16):
        text = content.decode("utf-16", "replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace")
    if len(_CONTROL.findall(text)) > MOST_CONTROLS * len(text):
        raise Unreadable(f"not a paper; give it as {FORMATS}")
    return text


def _told(text: str, name: str) -> Format:
    head = text[:HEAD].lstrip()
    if (head.startswith(("{", "[")) and name.endswith((".json", ".jsonld"))) or head.startswith('{"'):
        return Format.JSON
    if (head.startswith("<") and _PAGE.search(head)) or name.endswith((".html", ".htm", ".xhtml")):
        return Format.HTML
    if head.startswith("{") and text.rstrip().endswith("}"):
        return Format.JSON
    return Format.MARKDOWN if name.endswith((".md", ".markdown")) else Format.TEXT


def _packed(content: bytes) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, EOFError):
        raise Unreadable("an archive or a document that is damaged or cut off; save it again") from None
    if "word/document.xml" in names:
        return Format.DOCX
    if "content.xml" in names and "mimetype" in names:
        return Format.ODT
    raise Unreadable(f"an archive or a document of another kind; give the paper as {FORMATS}")
