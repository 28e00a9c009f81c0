"""What is done to each of many files: what `score` and `analyze` do to one, and the same bytes."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from vivavoce.personas.content import persona
from vivavoce.simulator.batch.store import Store
from vivavoce.simulator.engine import embeddings
from vivavoce.simulator.errors import DocumentError, SettingsError, expected
from vivavoce.simulator.live.recogniser_choice import is_here
from vivavoce.simulator.settings import Settings

COUNTING = ("vivavoce", "numpy", "onnxruntime", "tokenizers")  # packages whose version may change a figure


class Work(Protocol):
    """What is made of a file. It is sent to workers, so it holds no more than what was asked for."""

    @property
    def endings(self) -> tuple[str, ...]:
        """How the names of the files end that are meant, in small letters."""
        ...

    def result(self, name: str) -> str:
        """Return the name of what is made of the file `name`."""
        ...

    def made(self, path: Path) -> bytes:
        """Return what is made of the file at `path`.

        Raises:
            Exception: one of `expected()` if the file is to blame.
        """
        ...


@dataclass(frozen=True, slots=True)
class Scoring:
    """Reports on typed answers: a line for each line."""

    endings: tuple[str, ...] = (".jsonl",)

    def result(self, name: str) -> str:
        """Return the same name: lines go in, lines come out."""
        return name

    def made(self, path: Path) -> bytes:
        """Return what `vivavoce score --json` prints."""
        from vivavoce.simulator.review.score import score
        from vivavoce.transcripts.scoring.assessment_json import to_json

        rows = score(path, threads=1)
        return "".join(json.dumps(to_json(one.id, found)) + "\n" for one, found in rows).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """The report on a transcript."""

    settings: Settings  # without its key: what is asked of no server needs none
    question: str = ""
    candidate: str = ""

    @property
    def endings(self) -> tuple[str, ...]:
        """Those of transcripts: a recording would be heard, which is another matter than reading."""
        from vivavoce.transcripts.imports.formats import FORMATS

        return tuple(FORMATS)

    def result(self, name: str) -> str:
        """Return the whole name and `.json`, since talk.srt and talk.txt may lie side by side."""
        return f"{name}.json"

    def made(self, path: Path) -> bytes:
        """Return what `vivavoce analyze --json` prints."""
        from vivavoce.simulator.review.analyze import analyze
        from vivavoce.transcripts.report.json_report import to_json

        found = analyze(path, self.settings, self.question, self.candidate, threads=1)
        return (json.dumps(to_json(found)) + "\n").encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is made, where from, where to, and by what: all that a worker is told but the file's name."""

    work: Work
    source: Store
    target: Store
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a file: its result is written; or `why` not, in one line; or a bug came to light."""

    name: str
    why: str = ""
    bug: Exception | None = None


Engine = Callable[[Job, list[str]], Iterator[Done]]


def here(job: Job, names: list[str]) -> Iterator[Done]:
    """Work on `names` in this process, one after the other."""
    for name in names:
        yield outcome(name, lambda name=name: written(job, name))  # type: ignore[misc]


def outcome(name: str, wait: Callable[[], str]) -> Done:
    """Return what became of the file `name`, for which `wait` returns as `written` does.

    Raises:
        Exception: one of `expected()`: no file is to blame, and the others would fare no better.
    """
    try:
        return Done(name=name, why=wait())
    except expected():
        raise
    except Exception as bug:  # costs this file; it is raised when the others are done
        return Done(name=name, why="a mistake in vivavoce itself, told at the end", bug=bug)


def written(job: Job, name: str) -> str:
    """Make the result of the file `name` and write it; return "", or why there is none.

    Raises:
        SettingsError: this process would judge otherwise than the one that gave the job.
        Exception: one of `expected()`: the result cannot be written; any other is a bug.
    """
    if (mine := means()) != job.means:
        raise SettingsError(f"a worker has {mine}; here is {job.means}: have the same there as here")
    try:
        with job.source.local(name) as path:
            content = _made(job.work, path, name)
    except DocumentError as error:
        return str(error)
    job.target.write(job.work.result(name), content)
    return ""


def _made(work: Work, path: Path, name: str) -> bytes:
    its_own: tuple[type[Exception], ...] = (OSError, *expected())
    try:
        return work.made(path)
    except its_own as error:
        why = (getattr(error, "strerror", None) or str(error)).replace(str(path), name)
        raise DocumentError(why if name in why else f"{name}: {why}") from None


@cache
def means() -> str:
    """Return what this process judges with, for people: whoever has the same makes the same bytes.

    Raises:
        PersonaError: one of the user's own files cannot be read.
    """
    own = hashlib.sha256()
    for kind in ("checks", "packs"):
        for name in persona.names(kind):
            own.update(persona.found(kind, name).read_bytes())
    model = embeddings.NAME if is_here(embeddings.NAME) else f"no {embeddings.NAME}"
    return (
        f"{', '.join(f'{name} {version(name)}' for name in COUNTING)}, {model}, packs {own.hexdigest()[:8]}"
    )
