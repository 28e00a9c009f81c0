"""The file behind the index: SQLite, its tables, and what becomes of a damaged one."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from vivavoce.transcripts.errors import LibraryError

VERSION = 7
BUSY = 10.0  # seconds to wait for another process that writes; who reads hardly ever has to

_SCHEMA = """
CREATE TABLE sessions (
    id TEXT PRIMARY KEY, stamp TEXT, started_at TEXT, title TEXT, round TEXT, persona TEXT, length REAL,
    turns INTEGER, finished INTEGER, problem TEXT, wpm REAL, star INTEGER, origin TEXT,
    story TEXT, drill TEXT,
    overall REAL, structure REAL, specificity REAL, ownership REAL, result REAL
) WITHOUT ROWID;
CREATE INDEX held ON sessions (origin, started_at, turns);
CREATE TABLE answers (
    session TEXT, number INTEGER, question TEXT, start REAL, codes TEXT, seconds REAL,
    wpm REAL, told TEXT, parts TEXT,
    overall INTEGER, structure INTEGER, specificity INTEGER, ownership INTEGER, result INTEGER,
    PRIMARY KEY (session, number)
) WITHOUT ROWID;
CREATE TABLE kept (
    session TEXT, name TEXT, stamp TEXT, value TEXT, PRIMARY KEY (session, name)
) WITHOUT ROWID;
CREATE TRIGGER gone AFTER DELETE ON sessions BEGIN
    DELETE FROM kept WHERE session = old.id;
END;
CREATE TABLE lines (id INTEGER PRIMARY KEY, session TEXT, at REAL, speaker TEXT, text TEXT);
CREATE INDEX lines_of ON lines (session);
CREATE VIRTUAL TABLE spoken USING fts5 (
    text, content='lines', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER said AFTER INSERT ON lines BEGIN
    INSERT INTO spoken (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER unsaid AFTER DELETE ON lines BEGIN
    INSERT INTO spoken (spoken, rowid, text) VALUES ('delete', old.id, old.text);
END;
"""


def opened(path: Path) -> sqlite3.Connection:
    """Return the database at `path`, made anew if it is damaged or of another version."""
    try:
        return _connected(path)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):  # busy, or it cannot be read: not damaged
            raise
        remove(path)
        return _connected(path)


def _connected(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=BUSY, isolation_level=None, check_same_thread=False)
    try:
        base.execute("PRAGMA secure_delete = ON")
        base.execute("PRAGMA journal_mode = DELETE")  # no log beside it that could keep what was deleted
        base.execute("PRAGMA synchronous = NORMAL")  # after a power cut it is computed again
        base.execute("PRAGMA cache_spill = OFF")  # so that others may read until the moment of a commit
        if _version(base) == 0:
            _lay_out(base)
        if _version(base) != VERSION:
            raise sqlite3.DatabaseError("another version")
    except BaseException:
        base.close()
        raise
    return base


def _version(base: sqlite3.Connection) -> int:
    return int(base.execute("PRAGMA user_version").fetchone()[0])


def _lay_out(base: sqlite3.Connection) -> None:
    base.execute("BEGIN IMMEDIATE")
    if _version(base) == 0:  # another process may have been quicker
        for statement in _statements():
            base.execute(statement)
        base.execute(f"PRAGMA user_version = {VERSION}")
    base.execute("COMMIT")


def unusable(path: Path, error: Exception) -> LibraryError:
    """Return `error` of the database at `path` as a line for the user."""
    advice = "wait a moment and try again" if is_busy(error) else "free it, or set VIVAVOCE_HOME"
    return LibraryError(f"cannot use {path}: {getattr(error, 'strerror', None) or error}; {advice}")


def is_busy(error: Exception) -> bool:
    """Return whether another process holds the database."""
    code = getattr(error, "sqlite_errorcode", 0) or 0
    return code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _statements() -> Iterator[str]:
    statement = ""
    for line in _SCHEMA.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def remove(path: Path) -> None:
    """Delete the database at `path`, and the log beside it."""
    for each in (path, Path(f"{path}-journal")):
        each.unlink(missing_ok=True)
