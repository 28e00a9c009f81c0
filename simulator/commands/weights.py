"""`vivavoce models`: which weights are here, getting them, comparing their sums."""

import sys
from collections.abc import Sequence
from pathlib import Path

from vivavoce.audio.errors import ModelError
from vivavoce.audio.models import store
from vivavoce.audio.models.sources import Folder, Source, default_sources
from vivavoce.simulator.review.shelf import table

MEGABYTE = 1_000_000


def show() -> None:
    """Print every model that this program knows."""
    rows = [("model", "for", "MB", "licence", "where")]
    for status in store.status():
        model = status.model
        where = str(status.folder) if status.folder else f"not here; run: vivavoce models get {model.name}"
        rows.append((model.name, model.purpose, f"{model.size / MEGABYTE:.0f}", model.licence, where))
    table(rows)


def get(names: Sequence[str], folder: Path | None) -> None:
    """Fetch what is missing of `names`, from `folder` alone if one is given.

    Raises:
        ModelError: no such model, or no source has it.
    """
    progress = _Progress()
    for name in names:
        sources: list[Source] = [Folder(folder / name), Folder(folder)] if folder else default_sources()
        place = store.fetch(name, progress.show, sources)
        progress.close()
        print(f"{name}  {place}")


def verify(names: Sequence[str]) -> None:
    """Compare the sums of `names`, or of all models that are here.

    Raises:
        ModelError: a file is not what it should be.
    """
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


class _Progress:
    """Shows on stderr how far a download is: in place at a terminal, once a file elsewhere."""

    def __init__(self) -> None:
        self._shown = ""

    def show(self, what: str, done: int, total: int) -> None:
        share = f"{done / total:4.0%}" if total else "    "
        if sys.stderr.isatty():
            print(
                f"\r\x1b[K{what}  {share} of {total / MEGABYTE:.0f} MB", end="", file=sys.stderr, flush=True
            )
        elif what != self._shown:
            print(f"{what}  {total / MEGABYTE:.1f} MB", file=sys.stderr, flush=True)
        self._shown = what

    def close(self) -> None:
        if self._shown and sys.stderr.isatty():
            print(file=sys.stderr)
        self._shown = ""
