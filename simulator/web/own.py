"""What the pages know of one library while they are open: its index, and what is being heard again.

A thread does not know by itself whose library it works on, so each is given what its maker knew.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from vivavoce.simulator.errors import expected
from vivavoce.simulator.web.claim_list import Claims
from vivavoce.transcripts.journal.home import served, whose
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
            threading.Thread(target=served(whose())(self._refresh), daemon=True).start()
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


@dataclass(slots=True)
class Hearing:
    """What is being heard, and how the last one ended; both are texts for the user."""

    running: str = ""
    told: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, name: str, model: str, hear: Callable[[], Path]) -> bool:
        """Begin to `hear` in a thread, unless another one is being heard; return whether it began."""
        if not self._lock.acquire(blocking=False):
            return False
        self.running, self.told = f"{name} is being heard again with {model}.", ""
        run = served(whose())(self._hear)
        threading.Thread(target=run, args=(hear,), name="vivavoce-hearing", daemon=True).start()
        return True

    def _hear(self, hear: Callable[[], Path]) -> None:
        try:
            self.told = f"{hear().name} is new."
        except expected() as error:
            self.told = str(error)
        finally:
            self.running = ""
            self._lock.release()


@dataclass(frozen=True, slots=True)
class Own:
    """What is known of one library."""

    fresh: Fresh = field(default_factory=Fresh)
    hearing: Hearing = field(default_factory=Hearing)
    claims: Claims = field(default_factory=Claims)


def _changed_at(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except FileNotFoundError:
        return 0
