"""A file's lines and data, whatever its format."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from vivavoce.personas.papers.formats import docx, odt, plain, records, rtf, web_page
from vivavoce.personas.papers.formats.pdf import lines as pdf
from vivavoce.personas.papers.formats.sniffing import Format, decoded, sniffed
from vivavoce.personas.papers.formats.tidy import MOST_CHARACTERS, MOST_LINES, tidied
from vivavoce.personas.papers.formats.unreadable import EMPTY, SCRAMBLED, Unreadable
from vivavoce.personas.papers.formats.wordlike import scrambled
from vivavoce.personas.papers.paper import Kind, Line

LEAST_WORDS = 10
Data = Mapping[str, object] | None

_READERS: dict[Format, Callable[[bytes], Iterable[Line]]] = {
    Format.DOCX: docx.lines,
    Format.ODT: odt.lines,
    Format.RTF: rtf.lines,
    Format.TEXT: lambda content: plain.text(decoded(content)),
    Format.MARKDOWN: lambda content: plain.markdown(decoded(content)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a file holds: as in `Paper`."""

    lines: tuple[Line, ...]
    data: Data = None
    note: str | None = None


def opened(content: bytes, name: str, kind: Kind, *, second: bool = False) -> Opened:
    """Return what is in a file, with its data where it has any of this `kind`.

    Args:
        content: of the file.
        name: of the file; its ending tells where the content does not.
        kind: what the file is meant to be, RESUME or POSTING.
        second: whether to read a PDF by the second reader.

    Raises:
        Unreadable: it is no paper that can be used.
    """
    what = sniffed(content, name)
    data: Data = None
    if what is Format.PDF:
        return Opened(lines=_second(content)) if second else _pdf(content)
    if what in (Format.JSON, Format.HTML):
        found, data = _structured(what, decoded(content), kind)
        lines = tidied(found)
    else:
        lines = tidied(_READERS[what](content))
    return Opened(lines=_checked(lines), data=data, note=_cut(lines))


def _cut(lines: Sequence[Line]) -> str | None:
    """Return what to say of lines that end where no more is read."""
    if len(lines) < MOST_LINES and sum(len(line.text) + 1 for line in lines) < MOST_CHARACTERS:
        return None
    return f"only its first {MOST_CHARACTERS // 1000},000 characters were read"


def _structured(what: Format, text: str, kind: Kind) -> tuple[Iterable[Line], Data]:
    if what is Format.JSON:
        return records.record(text, kind)
    page, scripts = web_page.read(text)
    data = records.posting(scripts) if kind is Kind.POSTING else None
    if data is None:
        return page, None
    said = records.posting_lines(data)
    return (said if records.says_enough(said) else [*said, *page]), data


def _pdf(content: bytes) -> Opened:
    """Read by the first reader; by the second where the first finds nothing that can be read."""
    try:
        found, note = pdf.read(content)
        lines = tidied(found)
        return Opened(lines=_checked(lines), note=note or _cut(lines))
    except Unreadable as first:
        if first.kind in (Kind.ENCRYPTED, Kind.SCAN):
            raise
        try:
            return Opened(lines=_second(content))
        except Unreadable:
            raise first from None


def _second(content: bytes) -> tuple[Line, ...]:
    return _checked(tidied(pdf.second_read(content)))


def _checked(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    words = [word for line in lines for word in line.text.split()]
    if scrambled(words):
        raise Unreadable(SCRAMBLED, Kind.SCRAMBLED)
    if len(words) < LEAST_WORDS:
        raise Unreadable(EMPTY)
    return lines
