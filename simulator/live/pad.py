"""The file that the candidate writes code or notes in: it is read along, and never run."""

import os
from pathlib import Path

from vivavoce.simulator.errors import DocumentError
from vivavoce.transcripts.events import PadChanged, Seconds

EVERY = Seconds(0.5)  # it is looked at
LARGEST = 40_000  # characters that are kept of it
LARGEST_FILE = 4 * LARGEST  # bytes that are read


class PadFile:
    """A `Pad` over a file that an editor writes. What is in it at the beginning is no change."""

    writing = False  # an editor does not tell

    def __init__(self, path: Path) -> None:
        """Begin to follow the file at `path`, which is made if it is not there.

        Raises:
            DocumentError: it is no file, or cannot be read.
        """
        self._path = path
        self._looked_at = Seconds(0.0)
        try:
            os.close(os.open(path, os.O_RDONLY | os.O_CREAT, 0o600))
            self._stamp, self._text = self._stamped(), self._read()
        except OSError as error:
            raise DocumentError(f"cannot use {path} as a pad: {error.strerror}; name a text file") from None
        if not path.is_file():
            raise DocumentError(f"cannot use {path} as a pad; name a text file")

    def look(self, now: Seconds) -> PadChanged | None:
        """Return what the file holds now, if that has changed; None too while it cannot be read."""
        if now - self._looked_at < EVERY:
            return None
        self._looked_at = now
        try:
            stamp = self._stamped()
            if stamp == self._stamp:
                return None
            text = self._read()
        except OSError:  # an editor replaces a file by taking it away first: next time it is there
            return None
        self._stamp, before, self._text = stamp, self._text, text
        return PadChanged(at=now, text=text) if text != before else None

    def _stamped(self) -> tuple[int, int]:
        found = self._path.stat()
        return found.st_mtime_ns, found.st_size

    def _read(self) -> str:
        with self._path.open("rb") as file:
            return file.read(LARGEST_FILE).decode("utf-8", "replace")[:LARGEST]
