"""Text within Markdown: written such that every viewer shows it as it was said, and read back.

What would be HTML, code, a link, a picture, emphasis or an entity is escaped, and so is what would begin a
block of its own. A time in brackets and an address stay as they are. Talk hardly ever holds any of these.
"""

import re
import string

from vivavoce.transcripts.printable import line

_MARK = re.compile(
    r"[<`]"
    r"|\[(?!\d{2,6}:\d\d\](?![(\[:]))"  # but for [00:12]
    r"|\*(?=\S)|(?<=\S)\*"
    r"|(?<![^\W_])_|_(?![^\W_])"  # but for snake_case
    r"|~(?=~)|(?<=~)~"
    r"|&(?=#?\w{1,31};)"
    r"|\\(?=[!-/:-@\[-`{-~]|$)"
)
_BLOCK = re.compile(r"(?=[#>])|(?=[-+*](?:\s|$|[-*]))|\d{1,9}(?=[.)](?:\s|$))")
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
_ENTITIES = {f"\\{mark}": f"&#{ord(mark)};" for mark in string.punctuation}


def literal(text: str) -> str:
    """Return `text` on one line, such that Markdown shows it as it is; not for the start of a block."""
    return _MARK.sub(r"\\\g<0>", line(text))


def paragraph(text: str) -> str:
    """Return `text` as `literal` does, such that it begins no heading, list or quotation either."""
    shown = literal(text)
    found = _BLOCK.match(shown)
    return f"{shown[: found.end()]}\\{shown[found.end() :]}" if found else shown


def entities(text: str) -> str:
    """Return Markdown with an HTML entity for each character that is escaped in it."""
    return _ESCAPED.sub(lambda found: _ENTITIES[found[0]], text)
