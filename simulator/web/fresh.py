"""The index of the library for the pages, kept up to date behind their back."""

import threading
import time
from pathlib import Path

from vivavoce.transcripts.library import sessions as library
from vivavoce.transcripts.library.index import Index

STALE = 2.0  # seconds after which the folders are looked at again


class Fresh:
    """Opens the index and keeps it up to date without making anybody wait for thousands of folders.

    A session that came or went is seen at once; what changed within a folder, by the next request but one.
    """

    def __init__(self) -> None:
        self._seen = -1
        self._at = 0.0
        self._busy = threading.Lock()

    def index(self) -> Index:
        """Return the index; the caller closes it."""
        index = Index()
        seen = _changed_at(library.shelf())
        if seen != self._seen:
            self._at = time.monotonic()
            index.refresh()
            self._seen = seen
        elif time.monotonic() - self._at > STALE and self._busy.acquire(blocking=False):
            self._at = time.monotonic()
            threading.Thread(target=self._refresh, daemon=True).start()
        return index

    def stale(self) -> None:
        """Have the next page look at all folders first."""
        self._seen = -1

    def _refresh(self) -> None:
        try:
            with Index() as index:
                index.refresh()
        finally:
            self._busy.release()


def _changed_at(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except FileNotFoundError:
        return 0
