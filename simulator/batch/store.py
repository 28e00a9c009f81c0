"""A folder on this machine or in an object store, by its address; the one file that imports fsspec.

An address is a folder's path, or what fsspec knows: `file:///talks`, `s3://bucket/talks`, `memory://talks`.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vivavoce.simulator.errors import DocumentError, SettingsError
from vivavoce.transcripts.journal import disk

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

MISSING = 'the packages for this are not installed; run: pip install "vivavoce[batch]"'


@dataclass(frozen=True, slots=True)
class Store:
    """The files below `address`; each is named by its path from there, with `/` on every system.

    It holds no connection, so that it can be sent to a worker, which opens its own.

    Raises:
        SettingsError: by every method: fsspec does not know the address, or a package for it is missing.
        DocumentError: by every method: what is there cannot be reached, read or written.
    """

    address: str

    def names(self) -> list[str]:
        """Return the names of all files, in order, but for hidden ones and what is in hidden folders."""
        system, root = self._opened()
        with _told(self.address):
            if system.isfile(root):
                raise DocumentError(f"{self.address} is a file; name the folder that it is in")
            if not system.exists(root):
                return []
            paths = list(_below(root)) if _is_here(system) else system.find(root)
        found = [path.removeprefix(root).lstrip("/") for path in paths]
        return sorted(name for name in found if not any(part.startswith(".") for part in name.split("/")))

    @contextmanager
    def local(self, name: str) -> Iterator[Path]:
        """Yield a file on this machine with the content of `name` and its last name: itself, or a copy."""
        system, root = self._opened()
        if _is_here(system):
            yield Path(root, name)
            return
        with tempfile.TemporaryDirectory(prefix="vivavoce-") as folder:
            copy = Path(folder, name.rsplit("/", 1)[-1])
            with (
                _told(f"{self.address}, {name}"),
                system.open(f"{root}/{name}") as file,
                copy.open("xb") as to,
            ):
                shutil.copyfileobj(file, to)
            yield copy

    def write(self, name: str, content: bytes) -> None:
        """Make `content` the whole of the file `name`, in one step."""
        system, root = self._opened()
        with _told(self.address):
            if _is_here(system):
                path = Path(root, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                disk.replace(path, content)
            else:  # an object store takes a whole file or none
                system.pipe_file(f"{root}/{name}", content)

    def holds(self, other: "Store") -> bool:
        """Return whether `other` is this one, or in it."""
        system, root = self._opened()
        another, below = other._opened()
        if _is_here(system) and _is_here(another):
            root, below = (Path(os.path.realpath(path)).as_posix() for path in (root, below))
        return type(system) is type(another) and f"{below}/".startswith(f"{root.rstrip('/')}/")

    def _opened(self) -> "tuple[AbstractFileSystem, str]":
        try:
            from fsspec.core import url_to_fs
        except ImportError:
            raise SettingsError(MISSING) from None
        try:
            system, root = url_to_fs(self.address)
        except (ImportError, ValueError) as error:  # it is not known, or the package for it is not here
            raise SettingsError(f"{self.address}: {_first_line(error)}") from None
        return system, root.rstrip("/") if root != "/" else root


def _below(root: str) -> Iterator[str]:
    """Yield every file below `root` on this machine; fsspec would pass over a folder it may not read."""

    def refuse(error: OSError) -> None:
        raise error

    for folder, _, files in os.walk(root, onerror=refuse):
        yield from (Path(folder, name).as_posix() for name in files)


def _is_here(system: "AbstractFileSystem") -> bool:
    from fsspec.implementations.local import LocalFileSystem

    return isinstance(system, LocalFileSystem)


@contextmanager
def _told(place: str) -> Iterator[None]:
    """Tell in one line what went wrong at `place`: each kind of store has its own family of errors."""
    from vivavoce.simulator.errors import expected

    try:
        yield
    except expected():
        raise
    except Exception as error:
        why = getattr(error, "strerror", None) or _first_line(error)
        raise DocumentError(f"{place}: {why}; check the address, and what lets you in there") from error


def _first_line(error: Exception) -> str:
    lines = str(error).splitlines()
    return lines[0] if lines else type(error).__name__
