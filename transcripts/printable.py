"""Text from anywhere, such that it is shown: nothing is left in it that a terminal or a viewer would obey.

That is control characters (C0 but for tab and line feed, DEL, C1), with which a text could retitle a window,
hide what stands before it or write the clipboard; the marks that turn the direction of writing, with which a
line reads otherwise than it is; line and paragraph separators; and halves of characters, which no file can
hold. What joins letters and emoji stays. Each becomes one space, so places in a text keep their numbers.
"""

import re

_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff]")


def printable(text: str) -> str:
    """Return `text`, as long as before, with a space for each character that is not shown but obeyed."""
    return _OBEYED.sub(" ", text)


def line(text: str) -> str:
    """Return `text` on one line, printable and with single spaces."""
    return " ".join(printable(text).split())
