"""What somebody of a class hands in: a copy of a session, in the library of the teacher, with their name.

It is a copy, because what a teacher was given should stay as it was given. It has no notes, which are for
oneself.
"""

import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from vivavoce.simulator.review.delete import delete, finish_interrupted, refuse_running
from vivavoce.transcripts.errors import LibraryError, MissingError, TranscriptError
from vivavoce.transcripts.journal import log, recording
from vivavoce.transcripts.journal.home import served, whose
from vivavoce.transcripts.journal.session_json import LONGEST_TEXT, Meta, read_meta, write_meta
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.scoring.assessment import Reader

TEACHER = "teacher"  # who is called so has no library of their own
HANDED = (log.NAME, recording.NAME)
LONGEST_ID = 59  # characters of a session's name that stand in that of its copy: date, title, number


def hand_in(folder: Path) -> None:
    """Give the teacher a copy of the session in `folder`, which is of whom is served; twice is once.

    Raises:
        LibraryError: it is still running, or cannot be copied.
    """
    refuse_running(folder)
    if handed_in(folder.name):
        return
    try:
        meta = read_meta(folder)
    except LibraryError:
        meta = Meta()
    name, title = _copy_of(folder.name), f"{whose()}: {meta.title or meta.round}"[:LONGEST_TEXT]

    def fill(draft: Path) -> None:
        for one in HANDED:
            with suppress(FileNotFoundError):  # what was typed has no sound
                shutil.copyfile(folder / one, draft / one)
        write_meta(draft, replace(meta, title=title))
        sessions.complete(draft)

    with served(TEACHER):
        sessions.made(name, fill)


def take_back(name: str) -> None:
    """Delete the copy that the teacher has of the session called `name`, if there is one.

    Raises:
        LibraryError: it may not be deleted.
    """
    copy = _copy_of(name)
    with served(TEACHER), suppress(MissingError):
        delete(sessions.find_exactly(copy))


def handed_in(name: str) -> bool:
    """Return whether the teacher has a copy of the session called `name`, which is of whom is served."""
    copy = _copy_of(name)
    with served(TEACHER):
        return (sessions.shelf() / copy).is_dir()


def _copy_of(name: str) -> str:
    return f"{name[:LONGEST_ID]}-{whose()}"


def complete(names: Iterable[str], reader: Callable[[], Reader]) -> None:
    """Finish what a killed program left in the libraries of the people called so; what cannot be, stays."""
    for name in names:
        with served(name):
            finish_interrupted()
            for one in sessions.sessions():
                if not one.finished:
                    with suppress(TranscriptError):
                        sessions.finish(one.folder, reader())
