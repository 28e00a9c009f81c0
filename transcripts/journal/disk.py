"""Reading and writing that nothing can hang or leave half done, whatever stops the program."""

import errno
import json
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from glob import escape
from io import FileIO
from pathlib import Path
from typing import Any

from vivavoce.transcripts.errors import LibraryError

ABANDONED = 600.0  # seconds after which nobody is writing a draft any more


def read(path: Path) -> bytes:
    """Return the content of `path`.

    Raises:
        OSError: it cannot be read, or is no file: a pipe would be waited for without end.
    """
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "it is not a file")
    return path.read_bytes()


def loads(content: bytes, **parsing: Callable[[str], object]) -> Any:
    """Return the JSON in `content`, which anybody may have written; `parsing` is for json.loads.

    Raises:
        ValueError: it is none, or it holds halves of characters, which no file and no page can.
    """
    try:
        row: Any = json.loads(content, **parsing)  # type: ignore[arg-type]
        if b"\\u" in content:
            json.dumps(row, ensure_ascii=False).encode()
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return row


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


def replace(path: Path, content: bytes) -> None:
    """Make `content` the whole of `path` in one step: readers see the old file or the new one.

    Raises:
        LibraryError: the disk is full or may not be written; the old file is untouched.
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
        raise LibraryError(f"cannot write {path}: {error.strerror}; free some space or the folder") from None


def _sweep(path: Path, draft: Path) -> None:
    """Remove the drafts of `path` that programs left which were killed long before `draft` was written."""
    now = draft.stat().st_mtime
    for left in path.parent.glob(f"{escape(path.name)}.*.tmp"):
        with suppress(OSError):  # another program sweeps as well
            if left.stat().st_mtime < now - ABANDONED:
                left.unlink()
