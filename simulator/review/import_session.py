"""`vivavoce import`: a session made of an exported folder, or of a session folder from elsewhere."""

import shutil
from pathlib import Path

from vivavoce.simulator.engine.answer_reader import reader
from vivavoce.simulator.review.export import FORMS, tell_left_out
from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.journal import log, notes
from vivavoce.transcripts.journal import recording as wav
from vivavoce.transcripts.journal.session_json import NAME as META
from vivavoce.transcripts.library import sessions

TAKEN = (log.NAME, META, wav.NAME, notes.NAME)
COMPUTED = (sessions.TRANSCRIPT, sessions.REPORT, sessions.REPORT_JSON)
LARGEST_JOURNAL = 500_000_000  # bytes; an hour has about 3 million
LARGEST_DETAILS = 1_000_000  # of session.json and of notes.json


def import_session(source: Path) -> Path:
    """Make a session of an exported folder, or of a session folder from elsewhere; return its folder.

    The user's star and notes come along where there are any. What is left out is told on stderr.

    Raises:
        TranscriptError: there is no journal in it that can be read, or it cannot be written here.
    """
    journal = source / log.NAME
    if source.is_symlink() or not journal.is_file() or journal.is_symlink():
        raise LibraryError(
            f"{source} holds no session: there is no {log.NAME} in it; give an exported folder"
        )
    if journal.stat().st_size > LARGEST_JOURNAL:
        raise LibraryError(
            f"{journal} is larger than {LARGEST_JOURNAL // 1_000_000} MB, which no session needs"
        )
    events = log.scan(journal).events
    if not events:
        raise LibraryError(f"{journal} has no event that can be read; give an exported folder")

    def fill(folder: Path) -> None:
        for one in TAKEN:
            if _can_be_taken(source / one):
                shutil.copyfile(source / one, folder / one)
        sessions.complete(folder, reader())

    try:
        folder = sessions.made(source.resolve().name, fill)
    except LibraryError as error:
        raise LibraryError(f"cannot bring in {source}: {error}") from None
    made = {*COMPUTED, *(form.name for form in FORMS.values())}
    others = {one.name for one in source.iterdir()} - made - {one.name for one in folder.iterdir()}
    tell_left_out(sorted(name for name in others if not name.startswith(".")))
    return folder


def _can_be_taken(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    return path.suffix != ".json" or path.stat().st_size <= LARGEST_DETAILS
