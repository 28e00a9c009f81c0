"""The file behind the index: SQLite, its tables, and what becomes of a damaged one."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

VERSION = 5
BUSY = 10.0  # seconds to wait for another process

_SCHEMA = """
CREATE TABLE sessions (
    id TEXT PRIMARY KEY, stamp TEXT, started_at TEXT, title TEXT, round TEXT, persona TEXT, length REAL,
    turns INTEGER, finished INTEGER, problem TEXT, wpm REAL, star INTEGER, origin TEXT,
    overall REAL, structure REAL, specificity REAL, ownership REAL, result REAL
) WITHOUT ROWID;
CREATE TABLE answers (
    session TEXT, number INTEGER, question TEXT, start REAL, codes TEXT, seconds REAL,
    overall INTEGER, structure INTEGER, specificity INTEGER, ownership INTEGER, result INTEGER,
    PRIMARY KEY (session, number)
) WITHOUT ROWID;
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
        base.execute("BEGIN IMMEDIATE")
        (version,) = base.execute("PRAGMA user_version").fetchone()
        if version not in (0, VERSION):
            raise sqlite3.DatabaseError("another version")
        if version == 0:
            for statement in _statements():
                base.execute(statement)
            base.execute(f"PRAGMA user_version = {VERSION}")
        base.execute("COMMIT")
    except BaseException:
        base.close()
        raise
    return base


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
