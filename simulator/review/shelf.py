"""The library on the command line: what sessions there are, one session's report, completing a killed one."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from vivavoce.simulator.live import screen
from vivavoce.transcripts.errors import LibraryError, NewerError, TranscriptError
from vivavoce.transcripts.events import SCHEMA, Event, Seconds
from vivavoce.transcripts.few import few
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.library import sessions as library
from vivavoce.transcripts.printable import line
from vivavoce.transcripts.timestamps import clock

if TYPE_CHECKING:
    from vivavoce.transcripts.report.report import Report
    from vivavoce.transcripts.scoring.assessment import Reader


def sessions(*, as_json: bool = False) -> None:
    """Print the sessions, newest first."""
    found = library.sessions()
    if as_json:
        for entry in found:
            row = {key: value for key, value in asdict(entry).items() if key != "folder"}
            print(json.dumps({"schema": SCHEMA} | row))
        return
    if not found:
        print("No sessions yet; hold one with: vivavoce interview")
        return
    heads = ("id", "title", "round", "with", "length", "answers", "")
    table([heads, *map(_row, found)])


def show(name: str) -> None:
    """Print the report of a session, finished or not.

    Raises:
        TranscriptError: there is no such session, or it cannot be read.
    """
    screen.show(page(library.find(name)))


def recover(name: str | None) -> None:
    """Complete the session `name`, or every one that was killed and can be completed.

    Raises:
        TranscriptError: there is no such session, or some are still running or cannot be written.
    """
    from vivavoce.simulator.engine.answer_reader import reader

    names = [entry.id for entry in library.sessions() if not entry.finished] if name is None else [name]
    refused = []
    for each in names:
        folder = library.find(each)
        if not name and log.in_use(folder / log.NAME):
            continue
        try:
            library.finish(folder, reader())
        except TranscriptError as error:
            refused.append(str(error))
            continue
        where(folder)
    if refused:
        raise LibraryError("; ".join(few(refused, "{:,} more like these")))
    if not names:
        print("Every session is complete.")


def page(folder: Path) -> str:
    """Return the report of the session in `folder`, computed anew.

    Raises:
        TranscriptError: it cannot be read.
    """
    from vivavoce.simulator.engine.answer_reader import reader  # not needed to list sessions
    from vivavoce.transcripts.report.report import markdown

    return markdown(reported(folder, reader())[1])


def reported(folder: Path, means: "Reader") -> "tuple[list[Event], Report]":
    """Return the events of the session in `folder`, and the report on them, read with `means`.

    Raises:
        TranscriptError: it cannot be read.
    """
    from vivavoce.transcripts.report.report import report

    found = log.scan(folder / log.NAME)
    return found.events, report(found.events, details(folder), found.skipped, means)


def where(folder: Path) -> None:
    """Print where the session in `folder` and what was made of it are."""
    print(f"session     {folder}")
    print(f"transcript  {folder / library.TRANSCRIPT}")
    print(f"report      {folder / library.REPORT}")


def table(rows: Iterable[tuple[str, ...]]) -> None:
    """Print `rows` in columns, each on one line."""
    cells = [tuple(map(line, row)) for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _row(entry: library.Entry) -> tuple[str, ...]:
    state = entry.problem or ("" if entry.finished else f"not complete; run: vivavoce recover {entry.id}")
    length = "" if entry.length is None else clock(Seconds(entry.length))
    return (entry.id, entry.title, entry.round, entry.persona, length, str(entry.turns), state)


def details(folder: Path) -> Meta:
    """Return what the session was; defaults if only that is damaged."""
    try:
        return library.read_meta(folder)
    except NewerError:
        raise
    except LibraryError:
        return Meta()
