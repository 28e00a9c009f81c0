"""What the user noted about a session, and whether it has a star: notes.json in its folder."""

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vivavoce.transcripts.errors import LongError
from vivavoce.transcripts.events import SCHEMA
from vivavoce.transcripts.journal import disk

NAME = "notes.json"
LONGEST = 20_000  # characters


@dataclass(frozen=True, slots=True)
class Notes:
    """The user's own."""

    text: str = ""
    star: bool = False


def read(folder: Path) -> Notes:
    """Return the notes in a session's `folder`; none if there are none that can be read."""
    row: Any = {}
    with suppress(OSError, ValueError):
        row = disk.loads(disk.read(folder / NAME))
    row = row if isinstance(row, dict) else {}
    text = row.get("text")
    return Notes(text if isinstance(text, str) else "", row.get("star") is True)


def keep(folder: Path, notes: Notes) -> None:
    """Write `notes` into a session's `folder`, whole.

    Raises:
        LongError: they are longer than LONGEST.
        LibraryError: they cannot be written.
    """
    length = len(notes.text)
    if length > LONGEST:
        raise LongError(
            f"these notes have {length:,} characters, and at most {LONGEST:,} can be kept: shorten them"
        )
    row = {"schema": SCHEMA, "text": notes.text, "star": notes.star}
    disk.replace(folder / NAME, json.dumps(row).encode())
