"""The report of a session, computed anew from what it left."""

from pathlib import Path

from vivavoce.simulator.engine.answer_reader import reader
from vivavoce.transcripts.errors import LibraryError, NewerError
from vivavoce.transcripts.events import Event
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.report.report import Report, markdown, report
from vivavoce.transcripts.scoring.assessment import Reader


def page(folder: Path) -> str:
    """Return the report of the session in `folder`, as a page of Markdown.

    Raises:
        TranscriptError: it cannot be read.
    """
    return markdown(reported(folder, reader())[1])


def reported(folder: Path, means: Reader) -> tuple[list[Event], Report]:
    """Return the events of the session in `folder`, and the report on them, read with `means`.

    Raises:
        TranscriptError: it cannot be read.
    """
    found = log.scan(folder / log.NAME)
    return found.events, report(found.events, details(folder), found.skipped, means)


def details(folder: Path) -> Meta:
    """Return what the session was; defaults if only that is damaged."""
    try:
        return sessions.read_meta(folder)
    except NewerError:
        raise
    except LibraryError:
        return Meta()
