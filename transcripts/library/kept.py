"""What was computed of each session, kept in the index's file until its folder changes: reading takes longer.

Like the rest of that file it may be deleted at any time, and what is deleted of a session goes from here too.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Generic, TypeVar

from vivavoce.transcripts.errors import TranscriptError
from vivavoce.transcripts.journal.home import own_home
from vivavoce.transcripts.library import rows
from vivavoce.transcripts.library.index import NAME
from vivavoce.transcripts.library.index_file import opened, unusable
from vivavoce.transcripts.library.sessions import shelf

T = TypeVar("T")
AT_ONCE = 20  # sessions after which what was computed is kept
LAST = "9999"  # a year after all sessions
_WHICH = """
SELECT s.id, s.stamp, k.value FROM sessions s
LEFT JOIN kept k ON k.session = s.id AND k.stamp = s.stamp AND k.name = :name
WHERE s.origin = '' AND (s.story != '' OR NOT :stories)
AND (s.drill != '' OR s.started_at >= :since OR s.id IN
    (SELECT id FROM sessions WHERE origin = '' AND drill = '' ORDER BY started_at DESC LIMIT :latest))
ORDER BY s.started_at DESC, s.id DESC
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which of a person's own sessions count: by default all.

    Attributes:
        stories: only those in which one of their stories was told.
        latest: only so many, the last ones; drills count in any case.
        since: and those from this day on, as 2026-11-29.
    """

    stories: bool = False
    latest: int = -1
    since: str = LAST


@dataclass(frozen=True, slots=True)
class Computed(Generic[T]):
    """What is computed of a session folder, None if there is nothing to say of it.

    Attributes:
        name: that it is kept by; another one when other things are found in the same folder.
        kind: of the values.
        of: what computes one.
    """

    name: str
    kind: type[T]
    of: Callable[[Path], T | None]


class Kept(Generic[T]):
    """The `values` of sessions by their id: what is kept of each that the index has and a person held."""

    def __init__(self, computed: Computed[T], which: Which | None = None) -> None:
        """Read what is kept of the sessions that count.

        Raises:
            LibraryError: the index cannot be read.
        """
        self._computed = computed
        self.values: dict[str, T] = {}
        self._stamps: dict[str, str] = {}
        path = own_home() / "cache" / NAME
        try:
            base = opened(path)
            try:
                self._read(base, which or Which())
            finally:
                base.close()
        except (OSError, sqlite3.Error) as error:
            raise unusable(path, error) from None

    @property
    def left(self) -> int:
        """How many sessions there are whose values are not known yet."""
        return len(self._stamps)

    def compute(self, most: int) -> None:
        """Compute the values of `most` of the sessions that are left, the newest first, and keep them."""
        todo = list(self._stamps)[:most]
        for begin in range(0, len(todo), AT_ONCE):
            _keep([self._computed_of(name) for name in todo[begin : begin + AT_ONCE]])

    def _computed_of(self, name: str) -> tuple[str, str, str, str]:
        """Return the row of a session whose value was left; an empty text is that there is nothing to say."""
        value = None
        with suppress(TranscriptError):
            value = self._computed.of(shelf() / name)
        if value is not None:
            self.values[name] = value
        text = "" if value is None else rows.written(value)
        return name, self._computed.name, self._stamps.pop(name), text

    def _read(self, base: sqlite3.Connection, which: Which) -> None:
        found = base.execute(_WHICH, {"name": self._computed.name, **asdict(which)})
        for name, stamp, text in found:
            if text is None:
                self._stamps[name] = stamp
            elif text:
                try:
                    self.values[name] = rows.read(self._computed.kind, text)
                except ValueError:  # damaged, or of another version
                    self._stamps[name] = stamp


def _keep(done: Sequence[tuple[str, str, str, str]]) -> None:
    """Write what was computed; if that cannot be done, it is computed again the next time."""
    with suppress(OSError, sqlite3.Error):
        base = opened(own_home() / "cache" / NAME)
        try:
            base.execute("BEGIN IMMEDIATE")
            base.executemany(  # a session that was deleted meanwhile leaves nothing here
                "INSERT OR REPLACE INTO kept SELECT id, ?2, ?3, ?4 FROM sessions WHERE id = ?1", done
            )
            base.execute("COMMIT")
        finally:
            base.close()
