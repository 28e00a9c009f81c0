"""Rich text (RTF), by striprtf: its text, without what it looks like."""

from collections.abc import Callable, Iterator

from vivavoce.personas.papers.formats import plain
from vivavoce.personas.papers.formats.unreadable import DAMAGED, Unreadable
from vivavoce.personas.papers.paper import Line


def lines(content: bytes) -> Iterator[Line]:
    """Yield the lines of an RTF file.

    Raises:
        Unreadable: it is damaged.
    """
    from striprtf.striprtf import rtf_to_text

    convert: Callable[..., str] = rtf_to_text

    try:
        text = convert(content.decode("latin-1"), errors="replace")
    except Exception as error:  # whatever striprtf stumbles over in a file that it does not expect
        raise Unreadable(DAMAGED) from error
    yield from plain.text(text.replace("|", "\t") if "\\trowd" in content.decode("latin-1") else text)
