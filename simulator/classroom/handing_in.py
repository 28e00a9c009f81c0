"""What somebody of a class hands in: a copy of a session, in the library of the teacher, with their name.

It is a copy, because what a teacher was given should stay as it was given. It has no notes, which are for
oneself.
"""

import re
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from vivavoce.simulator.review.delete import delete, finish_interrupted, refuse_running
from vivavoce.transcripts.errors import LibraryError, MissingError, TranscriptError, UnwritableError
from vivavoce.transcripts.journal import log, recording
from vivavoce.transcripts.journal.home import served, whose
from vivavoce.transcripts.journal.session_json import LONGEST_TEXT, Meta, read_meta, write_meta
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.library.stored_report import assessments
from vivavoce.transcripts.scoring.assessment import Reader

TEACHER = "teacher"  # who is called so has no library of their own
HANDED = (log.NAME, recording.NAME)
USUAL = re.compile(r"\w[\w-]{0,58}", re.ASCII)  # a session's name that stands in that of its copy
NO_ROOM = "this was not handed in: the disk of the server is full, or may not be written; tell your teacher"
NOTHING = "this was not handed in: there is nothing in it that can be read"


def hand_in(folder: Path, reader: Callable[[], Reader]) -> None:
    """Give the teacher a copy of the session in `folder`, which is of whom is served; twice is once.

    What was found in its answers already is so in the copy too; the rest is read with `reader`.

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
    name, title = _copy_of(folder.name), f"{whose()}: {meta.title or meta.round or folder.name}"
    read = replace(reader(), stored=assessments(folder))

    def fill(draft: Path) -> None:
        for one in HANDED:
            with suppress(FileNotFoundError):  # what was typed has no sound
                shutil.copyfile(folder / one, draft / one)
        write_meta(draft, replace(meta, title=title[:LONGEST_TEXT]))
        sessions.complete(draft, read)

    with served(TEACHER):
        try:
            sessions.made(name, fill)
        except TranscriptError as error:  # which would name a folder of the teacher's
            if isinstance(error, UnwritableError):
                raise UnwritableError(NO_ROOM) from None
            raise LibraryError(NOTHING) from None


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
    """Return how a copy is called: after the last `_`, which is in nobody's name, stands whose it is."""
    usual = name if USUAL.fullmatch(name) else f"session-{sha256(name.encode()).hexdigest()[:32]}"
    return f"{usual}_{whose()}"


def complete(names: Iterable[str], reader: Callable[[], Reader]) -> None:
    """Finish what a killed program left in the libraries of the people called so; what cannot be, stays."""
    for name in names:
        with served(name):
            finish_interrupted()
            for one in sessions.sessions():
                if not one.finished:
                    with suppress(TranscriptError):
                        sessions.finish(one.folder, reader())
