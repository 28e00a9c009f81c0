"""Transcripts that were made elsewhere: by a meeting's program, a recogniser, a person, or by us.

    file ── read ──> pieces of talk ── paired ──> each question, and what the candidate said to it

The name's ending says which format it is. Nothing in a file is trusted: it is bounded in size, what cannot be
right is left out, and the rest is kept.
"""

import codecs
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from vivavoce.transcripts.errors import ForeignError
from vivavoce.transcripts.imports.documents import document, shown
from vivavoce.transcripts.imports.json_files import from_json
from vivavoce.transcripts.imports.markdown_files import markdown
from vivavoce.transcripts.imports.no_talk import as_said
from vivavoce.transcripts.imports.pairing import Conversation, paired
from vivavoce.transcripts.imports.pieces import Spoken, has_words, visible
from vivavoce.transcripts.imports.plain_text import dialogue
from vivavoce.transcripts.imports.subtitles import subtitles
from vivavoce.transcripts.imports.who_asks import by_turns

__all__ = ["FORMATS", "MOST_BYTES", "Conversation", "Spoken", "paired", "read"]

MOST_BYTES = 20_000_000
MOST_TEXT = 4_000_000  # bytes that are not JSON: some forty hours of talk
MOST_CONTROLS = 0.05  # of the characters of a text; more is a program or a picture

WORD = ".docx"
FORMATS: dict[str, Callable[[str], list[Spoken]]] = {
    ".srt": partial(subtitles, vtt=False),
    ".vtt": partial(subtitles, vtt=True),
    ".sbv": partial(subtitles, vtt=False),
    ".txt": dialogue,
    ".md": markdown,
    ".csv": dialogue,
    ".tsv": dialogue,
    ".html": dialogue,
    ".htm": dialogue,
    ".json": from_json,
    WORD: dialogue,
}

_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x9f]")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_WIDE = {0xFEE0 + plain: plain for plain in b"()[]0123456789"} | {0x3000: " "}
_GAP = re.compile(r"\n{3,}")
_NO_TEXT = "not plain text; export the transcript as " + " ".join(FORMATS)
_AS_WINDOWS = "vivavoce: windows-1252"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SIGNATURES = (b"%PDF", b"{\\rtf", b"PK\x03\x04")


def read(path: Path) -> list[Spoken]:
    """Return what was said in the transcript at `path`, in order; at least one word.

    Args:
        path: a file whose name ends as one of FORMATS does; UTF-8, UTF-16 with its mark, or Windows-1252.

    Raises:
        ForeignError: it cannot be opened, is too large or damaged, or nothing that was said is found in it.
    """
    try:
        parse = FORMATS.get(path.suffix.lower())
        if parse is None:
            raise ForeignError(
                "of an unknown kind; give a transcript whose name ends in " + " ".join(FORMATS)
            )
        content = visible(shown(_LINE_END.sub("\n", text(path)))).translate(_WIDE)
        spoken = as_said(by_turns(parse(_GAP.sub("\n\n", content))))
        if not has_words(spoken):
            raise ForeignError("there are no words in it; is it the right file?")
    except ForeignError as error:
        raise ForeignError(f"{_name(path)}: {error}") from None
    return spoken


def _windows(error: UnicodeError) -> tuple[str, int]:
    """Return the letters of Windows-1252 in the place of the `error`, and where that ends."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252"), error.end


codecs.register_error(_AS_WINDOWS, _windows)


def _name(path: Path) -> str:
    """Return `path` on one line that any terminal can print."""
    return " ".join(str(path).encode("utf-8", "replace").decode().split())


def _content(path: Path) -> bytes:
    most = MOST_BYTES if path.suffix.lower() in (".json", WORD) else MOST_TEXT
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for without end
            raise ForeignError("not a file; name one transcript")
        with path.open("rb") as file:
            content = file.read(most + 1)
    except (OSError, ValueError) as error:  # the latter: no file can be called so
        why = getattr(error, "strerror", None) or "no file can have this name"
        raise ForeignError(f"cannot be read ({why}); check the name and its permissions") from None
    if len(content) > most:
        raise ForeignError(f"larger than {most // 1_000_000} MB; give the transcript of one interview")
    if not content.strip():
        raise ForeignError("empty; export the transcript again")
    return content


def text(path: Path) -> str:
    """Return what stands in the file at `path`, as it stands.

    Raises:
        ForeignError: it cannot be read.
    """
    content = _content(path)
    return document(content, MOST_BYTES) if path.suffix.lower() == WORD else _decoded(content)


def _decoded(content: bytes) -> str:
    if content.startswith(_SIGNATURES):
        raise ForeignError(_NO_TEXT)
    content = content.removeprefix(codecs.BOM_UTF8)
    if content.startswith(_UTF_16):
        text = content.decode("utf-16", "replace")
    else:
        try:
            text = content.decode()
        except UnicodeDecodeError as error:
            text = _otherwise(content, error)
    if "\0" in text or len(text) - len(_CONTROL.sub("", text)) > MOST_CONTROLS * len(text):
        raise ForeignError(_NO_TEXT)
    return text


def _otherwise(content: bytes, error: UnicodeDecodeError) -> str:
    """Return `content`, which is not UTF-8: cut off within its last letter, or (in part) from Windows."""
    if error.start > 0 and error.reason == "unexpected end of data":
        return content[: error.start].decode()
    try:
        text = content.decode(errors=_AS_WINDOWS)
    except UnicodeDecodeError:
        raise ForeignError(_NO_TEXT + ", in UTF-8") from None
    if "\0" in text or _CONTROL.search(text):
        raise ForeignError(_NO_TEXT + ", in UTF-8")
    return text
