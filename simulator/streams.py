"""The way out to a terminal or a pipe: nothing that came from outside is obeyed there, wherever it came from.

All that is printed passes a `Printable`. What draws, and so must send control characters of its own, asks for
the stream behind it with `bare`, and makes what it draws printable itself.
"""

import io
import sys
from typing import Any, TextIO, cast

from vivavoce.transcripts.printable import printable


class Printable:
    """A stream of what is printable; it is no terminal, so no library colours its text."""

    def __init__(self, stream: TextIO) -> None:
        self.behind = stream

    def write(self, text: str) -> int:
        """Write `text`, with a space for each character that would be obeyed."""
        return self.behind.write(printable(text))

    def isatty(self) -> bool:
        """Return False."""
        return False

    def fileno(self) -> int:
        """Refuse: who needs it must ask for what is behind.

        Raises:
            UnsupportedOperation: always.
        """
        raise io.UnsupportedOperation("fileno")

    def __getattr__(self, name: str) -> Any:
        return getattr(self.behind, name)


def bare(stream: TextIO) -> TextIO:
    """Return `stream` itself, without what makes it printable."""
    return stream.behind if isinstance(stream, Printable) else stream


def guarded() -> None:
    """Let stdout and stderr pass only what is printable; no character that they lack ends a session."""
    sys.stdout, sys.stderr = (_guarded(stream or io.StringIO()) for stream in (sys.stdout, sys.stderr))
    _tolerant(sys.stdin)


def _guarded(stream: TextIO) -> TextIO:
    _tolerant(stream)
    return stream if isinstance(stream, Printable) else cast(TextIO, Printable(stream))


def _tolerant(stream: TextIO | None) -> None:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")
