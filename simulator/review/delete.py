"""Deleting sessions for good: nothing of them stays, in the index either.

A folder that is being deleted is renamed first, and the folder itself goes last, when the index has forgotten
it. So whatever a killed program left can be told by its name, and the next command finishes it
(`finish_interrupted`).
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.journal import disk, log
from vivavoce.transcripts.journal.home import home
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.printable import line

GOING = ".deleted-"  # what a folder is called from the first moment, so that nobody reads half of one


def preview(folder: Path) -> str:
    """Return what a session folder holds, in one line."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files) / 1_000_000
    names = ", ".join(path.name for path in files[:12])
    return f"{line(folder.name)}  {size:.1f} MB: {line(names) or 'empty'}"


def delete(folder: Path) -> None:
    """Delete a session folder, and what the index knows of it.

    Raises:
        LibraryError: its session is running, or it may not be deleted; it is as it was.
    """
    refuse_running(folder)
    going = folder.with_name(f"{GOING}{os.getpid()}-{folder.name}")
    try:
        with suppress(FileNotFoundError):  # another process has deleted it
            folder.rename(going)
        _erase(going)
    except LibraryError as error:
        raise LibraryError(f"{folder.name} is deleted, but the index still knows of it: {error}") from None
    except OSError as error:
        raise LibraryError(f"cannot delete {folder.name}: {error.strerror}; free the folder") from None


def finish_interrupted() -> None:
    """Finish what killed programs left: what was being deleted or brought in, and what older ones kept.

    What cannot be finished now is left for the next time.
    """
    disk.clear(sessions.shelf())
    for going in sessions.shelf().glob(f"{GOING}*"):
        with suppress(OSError, LibraryError):
            _erase(going)
    with suppress(OSError):
        _drop_phrases(home() / "cache" / "phrases")


def _drop_phrases(folder: Path) -> None:
    """Remove the sentences that older versions kept as sound, the candidate's own words among them."""
    for phrase in folder.iterdir():
        if phrase.suffix in (".npy", ".part"):
            phrase.unlink()
    folder.rmdir()


def _erase(going: Path) -> None:
    """Remove what is in `going`, then what the index knows of it, then itself; two may do so at once."""
    from vivavoce.transcripts.library.index import (
        Index,  # seldom needed, and every command looks for what was left
    )

    with suppress(FileNotFoundError):
        for one in going.iterdir():
            if one.is_dir() and not one.is_symlink():
                shutil.rmtree(one)
            else:
                one.unlink(missing_ok=True)
        with Index() as index:
            index.forget([going.name.removeprefix(GOING).partition("-")[2]])
        going.rmdir()


def refuse_running(folder: Path) -> None:
    """Raise a LibraryError if the session in `folder` is running."""
    if log.in_use(folder / log.NAME):
        raise LibraryError(f"{folder.name} is still running; end it first")
