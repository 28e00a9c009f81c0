"""What a session was: `session.json`, written once when it starts."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from vivavoce.transcripts.errors import LibraryError, NewerError
from vivavoce.transcripts.journal.disk import loads, read, replace

NAME = "session.json"
SCHEMA = 1
DEMO, AGAIN = "demo", "again"
LARGEST = 1_000_000  # bytes; a session's own has about a thousand
LONGEST_TEXT = 200  # characters of a field that are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """Who asked what, with which versions and models; `started_at` is the wall-clock date in ISO form."""

    started_at: str = ""
    title: str = ""
    round: str = ""
    persona: str = ""
    pack: str = ""
    minutes: float = 0.0
    versions: Mapping[str, str] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    origin: str = ""  # DEMO or AGAIN; "" if a person spoke, and for the first time
    seed: int = 0  # with which the questions were chosen
    story: str = ""  # of the bank, if one of it was told
    drill: str = ""  # if it was one

    @property
    def recogniser(self) -> str:
        """Name of the model that heard the candidate, a server's as "model at host"; "" if unknown."""
        return str(self.models.get("recogniser", ""))


def write_meta(folder: Path, meta: Meta) -> None:
    """Write `meta` into the session `folder`.

    Raises:
        LibraryError: the disk is full or may not be written.
    """
    row = {"schema": SCHEMA, **asdict(meta)}
    replace(folder / NAME, (json.dumps(row, indent=2) + "\n").encode())


def read_meta(folder: Path) -> Meta:
    """Return what `folder` says of its session; fields that this version does not know are ignored.

    Raises:
        LibraryError: there is no session.json, or it is damaged.
        NewerError: a newer version wrote it.
    """
    path = folder / NAME
    try:
        row = loads(read(path)) if not path.is_file() or path.stat().st_size <= LARGEST else None
    except OSError as error:
        raise LibraryError(f"cannot read {path}: {error.strerror}; is it a session folder?") from None
    except ValueError:
        row = None
    if not isinstance(row, dict) or not isinstance(row.get("schema"), int):
        raise LibraryError(f"{path} is damaged; delete it, the session can be read without it")
    if row["schema"] > SCHEMA:
        raise NewerError(f"{path} was written by a newer vivavoce; update this one to read it")
    return _meta(row)


def _meta(row: Mapping[str, Any]) -> Meta:
    """Return the fields of `row` that have the right shape, and defaults for the rest."""
    plain = asdict(Meta())
    shapes = {name: (int, float) if name == "minutes" else type(value) for name, value in plain.items()}
    return Meta(
        **{name: _cut(row[name]) for name, shape in shapes.items() if isinstance(row.get(name), shape)}
    )


def _cut(value: Any) -> Any:
    return value[:LONGEST_TEXT] if isinstance(value, str) else value
