"""What `score` and `analyze` do with all the files of a folder: --to, and who works."""

import argparse
import json
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

from vivavoce.simulator.commands import flags, output
from vivavoce.simulator.errors import DocumentError, SettingsError
from vivavoce.transcripts.events import SCHEMA
from vivavoce.transcripts.printable import line

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from vivavoce.simulator.batch.many import Outcome
    from vivavoce.simulator.batch.work import Engine, Work


def wanted(arguments: argparse.Namespace) -> bool:
    """Return whether many files are meant.

    Raises:
        SettingsError: flags do not go together.
    """
    flags.refuse_without(arguments, "to", "engine", "workers", "scheduler")
    flags.refuse_without(arguments, "engine", "workers", "scheduler")
    if arguments.workers and arguments.scheduler:
        raise SettingsError("--workers are started here and --scheduler has its own; leave out one")
    return bool(arguments.to)


def run(arguments: argparse.Namespace, work: "Work", source: str) -> None:
    """Do `work` on the files in `source`; print what came of it, and on stderr what failed.

    Raises:
        DocumentError: some files failed.
    """
    from vivavoce.simulator.batch import many
    from vivavoce.simulator.batch.store import Store

    output.recommend_embeddings()
    with _engine(arguments) as engine:
        outcome = many.run(work, Store(source), Store(arguments.to), engine, _tell)
    _print(outcome, arguments.to, as_json=arguments.json)
    if outcome.bug:
        raise outcome.bug
    if outcome.failed:
        count = f"{len(outcome.failed):,} of {len(outcome.failed) + outcome.written:,}"
        raise DocumentError(f"{count} files failed, each told above; mend them and run the same again")


def _engine(arguments: argparse.Namespace) -> "AbstractContextManager[Engine]":
    if arguments.engine:
        from vivavoce.simulator.batch.dask_engine import engine

        return engine(arguments.workers or 0, arguments.scheduler or "")
    from vivavoce.simulator.batch.work import here

    return nullcontext(here)


def _print(outcome: "Outcome", to: str, *, as_json: bool) -> None:
    if as_json:
        failed = [{"file": one.name, "why": one.why} for one in outcome.failed]
        row = {"schema": SCHEMA, "written": outcome.written, "kept": outcome.kept, "failed": failed}
        print(json.dumps(row))
        return
    kept = f", {outcome.kept:,} that were there are as they were" if outcome.kept else ""
    print(f"{outcome.written:,} reports written to {line(to)}{kept}")


def _tell(text: str) -> None:
    print(line(text), file=sys.stderr, flush=True)
