"""The index of the library: what was said and how it went, for search and lists. Computed; it may be deleted.

SQLite with full-text search, in the cache folder. The session folders are the truth: `refresh` looks at each
one's times and sizes and reads again what has changed, so folders may be edited, moved, copied in or deleted
behind its back. Several processes may use it at once: who reads in many sessions lets others in every second,
and they read what there is. A damaged file, or one of another version, is made anew.
"""

import json
import os
import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.journal import log, notes
from vivavoce.transcripts.journal.home import own_home
from vivavoce.transcripts.journal.session_json import NAME as META
from vivavoce.transcripts.library import sessions as library
from vivavoce.transcripts.library.index_file import BUSY, is_busy, opened, remove, unusable
from vivavoce.transcripts.library.spoken_lines import said
from vivavoce.transcripts.library.stored_report import answer, mean, number, stored
from vivavoce.transcripts.scoring.rubric import SCORES

NAME = "library.sqlite"
MOST_HITS = 200
LONGEST_QUERY = 1000  # characters
AT_ONCE = 1.0  # seconds for which others cannot write
PAUSE = 0.15  # seconds in which they can: SQLite tries every tenth of one
PATIENCE = 2.0  # seconds to wait with reading in for another process that does the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A session in a list; the scores are means over its judged answers, None if there are none."""

    id: str
    started_at: str
    title: str
    round: str
    persona: str
    length: Seconds | None
    turns: int
    finished: bool
    problem: str
    star: bool
    wpm: float | None
    overall: float | None
    structure: float | None
    specificity: float | None
    ownership: float | None
    result: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A line in which something was found; `snippet` has the matches between MARKS."""

    session: str
    title: str
    at: Seconds | None  # None in a session in writing
    speaker: str
    snippet: str


JSON = ("codes", "told", "parts")  # of an answer
OWN = "s.origin = ''"  # neither a demo nor the same words heard again
MARKS = ("\x02", "\x03")  # around a match: no text has them


def unmarked(snippet: str) -> str:
    """Return a hit's `snippet` as it was said."""
    return "".join(letter for letter in snippet if letter not in MARKS)


class Index:
    """The index in `folder`, the user's cache if None; `close` it, or use it in a `with`."""

    def __init__(self, folder: Path | None = None) -> None:
        """Open it, or make it anew.

        Raises:
            LibraryError: the folder cannot be written.
        """
        self._path = (folder or own_home() / "cache") / NAME
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._base = opened(self._path)
        except (OSError, sqlite3.Error) as error:
            raise unusable(self._path, error) from None

    def __enter__(self) -> "Index":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def refresh(self) -> bool:
        """Take in what has changed in the session folders.

        Returns:
            False if another process is at it and takes its time: then this is what there is so far.

        Raises:
            LibraryError: the disk is full, or may not be written.
        """
        self._wait(PATIENCE)
        try:
            self._take_in_changes()
        except sqlite3.Error as error:
            if not is_busy(error):
                raise unusable(self._path, error) from None
            return False
        finally:
            self._wait(BUSY)
        return True

    def _take_in_changes(self) -> None:
        stamps, known = {entry.name: _stamp(str(entry)) for entry in library.folders()}, self._known()
        if gone := [name for name in known if name not in stamps]:
            self._forget(gone)
        changed = [name for name, stamp in stamps.items() if known.get(name) != stamp]
        while changed:
            with self._changing():
                until, known = time.monotonic() + AT_ONCE, self._known()  # others may have been at it
                while changed:
                    name = changed.pop()
                    if known.get(name) != stamps[name]:
                        self._take_in(library.shelf() / name, stamps[name])
                    if time.monotonic() >= until:
                        break
            if changed:
                time.sleep(PAUSE)

    def _known(self) -> dict[str, str]:
        return dict(self._base.execute("SELECT id, stamp FROM sessions"))

    def rebuild(self) -> None:
        """Make it anew from the session folders alone."""
        self.close()
        remove(self._path)
        self._base = opened(self._path)
        self.refresh()

    def forget(self, names: Sequence[str]) -> None:
        """Take sessions out, such that none of their words stays in the file.

        Raises:
            LibraryError: another process writes all the time, or the file may not be written.
        """
        try:
            self._forget(names)
        except sqlite3.Error as error:
            raise unusable(self._path, error) from None

    def _forget(self, names: Sequence[str]) -> None:
        with self._changing():
            for name in names:
                self._base.execute("DELETE FROM lines WHERE session = ?", (name,))
                self._base.execute("DELETE FROM answers WHERE session = ?", (name,))
                self._base.execute("DELETE FROM sessions WHERE id = ?", (name,))
            self._base.execute("INSERT INTO spoken (spoken) VALUES ('optimize')")

    def sessions(
        self, *, round_: str = "", persona: str = "", starred: bool = False, limit: int = -1, offset: int = 0
    ) -> list[Row]:
        """Return sessions, newest first; of a round, of an interviewer, or with a star, if that is asked."""
        wanted = {"round": round_, "persona": persona}
        given = {key: value for key, value in wanted.items() if value}
        where = " AND ".join([*(f"{key} = :{key}" for key in given), *(["star"] if starred else [])]) or "1"
        names = ", ".join(Row.__dataclass_fields__)
        found = self._base.execute(
            f"SELECT {names} FROM sessions WHERE {where} "
            "ORDER BY substr(id, 1, 15) DESC, started_at DESC, id DESC LIMIT :limit OFFSET :offset",
            given | {"limit": limit, "offset": offset},
        )
        return [Row(**dict(zip(Row.__dataclass_fields__, row, strict=True))) for row in found]

    def count(self) -> int:
        """Return how many sessions there are."""
        (number,) = self._base.execute("SELECT count(*) FROM sessions").fetchone()
        return int(number)

    def values(self, column: str) -> list[str]:
        """Return the different values of "round" or "persona"."""
        if column not in ("round", "persona"):
            raise ValueError(column)
        found = self._base.execute(f"SELECT DISTINCT {column} FROM sessions ORDER BY 1")
        return [str(value) for (value,) in found if value]

    def search(self, text: str, limit: int = MOST_HITS) -> list[Hit]:
        """Return lines with all words of `text`, "in quotes" as a phrase, those that fit best first."""
        query = _query(text)
        if not query:
            return []
        found = self._base.execute(
            "SELECT l.session, s.title, l.at, l.speaker, snippet(spoken, 0, ?, ?, '…', 24) FROM spoken "
            "JOIN lines l ON l.id = spoken.rowid JOIN sessions s ON s.id = l.session "
            "WHERE spoken MATCH ? ORDER BY rank LIMIT ?",
            (*MARKS, query, limit),
        )
        return [
            Hit(session=session, title=title, at=at, speaker=speaker, snippet=snippet)
            for session, title, at, speaker, snippet in found
        ]

    def own(self, limit: int) -> list[str]:
        """Return the newest sessions in which a person spoke for themselves, the newest first."""
        found = self._base.execute(
            f"SELECT s.id FROM sessions s WHERE {OWN} AND turns ORDER BY started_at DESC, id DESC LIMIT ?",
            (limit,),
        )
        return [str(name) for (name,) in found]

    def held(self, since: str) -> tuple[int, str, list[str]]:
        """Return how many such sessions there are, when the first one began, and each `since` then."""
        first = f"SELECT count(*), min(nullif(started_at, '')) FROM sessions s WHERE {OWN} AND turns"
        number, began = self._base.execute(first).fetchone()
        later = f"SELECT started_at FROM sessions s WHERE {OWN} AND started_at >= ? AND turns"
        return int(number), began or "", [str(at) for (at,) in self._base.execute(later, (since,))]

    def answers(self, *sessions: str) -> list[dict[str, Any]]:
        """Return the answers of `sessions`, or all that a person gave, each once, in the order of time."""
        names = ("session", "number", "question", "start", "seconds", "wpm", *JSON, *SCORES)
        places = ", ".join("?" for _ in sessions)
        query = (
            f"SELECT s.started_at, {', '.join(f'a.{name}' for name in names)} FROM answers a "
            f"JOIN sessions s ON s.id = a.session WHERE {f'a.session IN ({places})' if sessions else OWN} "
            "ORDER BY s.started_at, a.session, a.number"
        )
        rows = [
            dict(zip(("started_at", *names), row, strict=True)) for row in self._base.execute(query, sessions)
        ]
        return [row | {name: json.loads(row[name]) for name in JSON} for row in rows]

    def _wait(self, seconds: float) -> None:
        self._base.execute(f"PRAGMA busy_timeout = {round(1000 * seconds)}")

    @contextmanager
    def _changing(self) -> Iterator[None]:
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._base.execute("COMMIT")
        except BaseException:
            if self._base.in_transaction:
                self._base.execute("ROLLBACK")
            raise

    def _take_in(self, folder: Path, stamp: str) -> None:
        name, entry = folder.name, library.entry(folder)
        self._base.execute("DELETE FROM lines WHERE session = ?", (name,))
        self._base.execute("DELETE FROM answers WHERE session = ?", (name,))
        report = stored(folder)
        rows = [answer(name, place, row) for place, row in enumerate(report.get("answers", []), start=1)]
        means = {score: mean([row[score] for row in rows]) for score in SCORES}
        row = {
            **{key: value for key, value in asdict(entry).items() if key != "folder"},
            "star": notes.read(folder).star,
            "stamp": stamp,
            "wpm": number(report.get("pacing", {}).get("speech_rate_wpm")),
            **means,
        }
        self._insert("sessions", row)
        for one in rows:
            self._insert("answers", one)
        for line in said(folder / log.NAME):
            self._insert("lines", {"session": name, **line} | ({"at": None} if entry.length is None else {}))

    def _insert(self, table: str, row: dict[str, Any]) -> None:
        names, places = ", ".join(row), ", ".join(f":{key}" for key in row)
        self._base.execute(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({places})", row)


def _stamp(folder: str) -> str:
    """Return what changes when the journal, the details or the report of a session do."""
    parts = []
    for name in (log.NAME, META, *library.COMPUTED, notes.NAME):
        with suppress(OSError):
            found = os.stat(f"{folder}/{name}")  # thousands of them: a Path takes longer than the system
            parts.append(f"{found.st_mtime_ns}.{found.st_size}")
    return " ".join(parts)


def _query(text: str) -> str:
    """Return `text` as a query in which nothing is an operator: each word and each phrase in quotes."""
    pieces = re.findall(r'"([^"]*)"|(\S+)', text[:LONGEST_QUERY].replace("\0", " "))
    words = [(phrase or word).replace('"', " ").strip() for phrase, word in pieces]
    return " ".join(f'"{word}"' for word in words if re.search(r"\w", word))
