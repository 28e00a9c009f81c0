"""`vivavoce models`: which model weights are here; getting them, and comparing their sums."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from vivavoce.audio.errors import ModelError
from vivavoce.simulator.commands import output

HELP = "list, get or verify the model weights"
NEEDED = ("tiny.en", "smart-turn", "minilm")  # by a first session and its report


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to do, with which models, and where to get them from."""
    parser.add_argument("action", nargs="?", choices=("list", "get", "verify"), default="list")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which (get: {' '.join(NEEDED)})")
    parser.add_argument("--from", dest="folder", type=Path, help="a folder that holds them: no network")


def run(arguments: argparse.Namespace) -> None:
    """Print what is here; or fetch it, or compare its sums, first."""
    if arguments.action == "list":
        _list()
    elif arguments.action == "get":
        _get(arguments.names or NEEDED, arguments.folder)
    else:
        _verify(arguments.names)


def _list() -> None:
    from vivavoce.audio.models import store
    from vivavoce.simulator.live.missing_models import MEGABYTE

    rows = [("model", "for", "MB", "licence", "where")]
    for status in store.status():
        model = status.model
        where = str(status.folder) if status.folder else f"not here; run: vivavoce models get {model.name}"
        rows.append((model.name, model.purpose, f"{model.size / MEGABYTE:.0f}", model.licence, where))
    output.table(rows)


def _get(names: Sequence[str], folder: Path | None) -> None:
    """Fetch what is missing of `names`, from `folder` alone if one is given.

    Raises:
        ModelError: no such model, or no source has it.
    """
    from vivavoce.audio.models import sources
    from vivavoce.simulator.commands.fetching import fetched

    for name in names:
        places = [sources.Folder(folder / name), sources.Folder(folder)] if folder else None
        print(f"{name}  {fetched(name, places)}")


def _verify(names: Sequence[str]) -> None:
    """Compare the sums of `names`, or of all models that are here.

    Raises:
        ModelError: a file is not what it should be.
    """
    from vivavoce.audio.models import store

    here = [status.model.name for status in store.status() if status.folder]
    wrong = []
    for name in names or here:
        problems = store.verify(name)
        print(f"{name}  {'; '.join(map(str, problems)) or 'every sum is right'}")
        wrong += [name] if problems else []
    if not names and not here:
        print("No models are here.")
    if wrong:
        raise ModelError(f"run: vivavoce models get {' '.join(wrong)}")
