"""Reading and writing that nothing can hang or leave half done, whatever stops the program."""

import errno
import json
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from io import FileIO
from pathlib import Path
from typing import Any

from vivavoce.transcripts.errors import UnwritableError
from vivavoce.transcripts.printable import printable

ABANDONED = 600.0  # seconds after which nobody is writing a draft any more
DRAFT = ".vivavoce-"  # how a folder is called that is not whole yet, so that nobody takes it for one


def read(path: Path) -> bytes:
    """Return the content of `path`.

    Raises:
        OSError: it cannot be read, or is no file: a pipe would be waited for without end.
    """
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "it is not a file")
    return path.read_bytes()


def loads(content: bytes, **parsing: Callable[[str], object]) -> Any:
    """Return the JSON in `content`, which anybody may have written, with all its texts made printable.

    `parsing` is for json.loads.

    Raises:
        ValueError: it is none.
    """
    text = content.decode("utf-8-sig")
    try:
        row: Any = json.loads(text, **parsing)  # type: ignore[arg-type]
        return row if text.isascii() and "\\" not in text and "\x7f" not in text else _printable(row)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _printable(row: Any) -> Any:
    if isinstance(row, str):
        return printable(row)
    if isinstance(row, list):
        return [_printable(one) for one in row]
    return {printable(key): _printable(one) for key, one in row.items()} if isinstance(row, dict) else row


def append(file: FileIO, content: bytes) -> None:
    """Write `content` at the end of `file`, whole or not at all.

    Raises:
        OSError: it did not fit; the file is as it was.
    """
    end = file.seek(0, os.SEEK_END)
    try:
        while content:
            content = content[file.write(content) :]
    except OSError:
        file.truncate(end)
        raise


def create(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, whole or not at all.

    Raises:
        FileExistsError: there is one; it is as it was.
        OSError: it cannot be made, or did not fit; nothing is left of it.
    """
    file = path.open("xb")
    try:
        with file:  # which may find only when it is closed that the disk is full
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise


def replace(path: Path, content: bytes) -> None:
    """Make `content` the whole of `path` in one step: readers see the old file or the new one.

    Raises:
        UnwritableError: the disk is full or may not be written; the old file is untouched.
    """
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}.tmp")  # its own: threads write at once, too
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _sweep(path, draft)
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):  # on a read-only disk, or in a folder that is none, it was never made
            draft.unlink()
        advice = "free some space or the folder"
        raise UnwritableError(f"cannot write {path}: {error.strerror}; {advice}") from None


def _sweep(path: Path, draft: Path) -> None:
    """Remove the drafts of `path` that programs left which were killed long before `draft` was written."""
    now = draft.stat().st_mtime
    for left in path.parent.glob(f"{escape(path.name)}.*.tmp"):
        with suppress(OSError):  # another program sweeps as well
            if left.stat().st_mtime < now - ABANDONED:
                left.unlink()


@contextmanager
def drafted(parent: Path) -> Iterator[Path]:
    """Yield a new hidden folder in `parent`, for this user alone; who has filled it gives it its name.

    It is gone after the block if that did not happen; after a kill, when the next is made or by `clear`.

    Raises:
        OSError: it cannot be made.
    """
    parent.mkdir(parents=True, exist_ok=True)
    clear(parent)
    folder, holding = _begun(parent)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(holding)


def clear(parent: Path) -> None:
    """Remove the drafts in `parent` that nobody fills any more."""
    for draft in parent.glob(f"{DRAFT}*"):
        with suppress(OSError):  # another process fills it
            holding = _held(draft, wait=False)
            try:
                # Windows has no locks for folders, but refuses this while a file in it is open.
                left = draft if draft.name.endswith("~") else draft.rename(f"{draft}~")
                shutil.rmtree(left)
            finally:
                os.close(holding)


def _begun(parent: Path) -> tuple[Path, int]:
    """Return a new draft, and what holds it; another process may clear it before it is held."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=DRAFT, dir=parent))
        with suppress(FileNotFoundError):
            holding = _held(folder, wait=True)
            if folder.is_dir():
                return folder, holding
            os.close(holding)


def _held(folder: Path, *, wait: bool) -> int:
    """Return an open file that holds `folder` until it is closed or the process ends, however it ends.

    Raises:
        OSError: there is no such folder, or without `wait`, another process holds it.
    """
    if sys.platform == "win32":
        return os.open(os.devnull, os.O_RDONLY)
    import fcntl

    holding = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(holding, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        if not wait:  # or it is a file system without locks, where nothing is cleared
            os.close(holding)
            raise
    return holding
