"""Models fetched at the command line: asked for first where a command lacks them, and shown as they come."""

import sys
from collections.abc import Sequence
from pathlib import Path

from vivavoce.audio.errors import ModelError
from vivavoce.audio.models import store
from vivavoce.audio.models.sources import Source, default_sources
from vivavoce.simulator.live.missing_models import MEGABYTE, meaning
from vivavoce.simulator.streams import bare
from vivavoce.transcripts.printable import printable


def offer(names: Sequence[str], *, yes: bool) -> None:
    """Fetch `names`, none of which is here, once the user has seen what that means and says yes.

    Args:
        names: known models.
        yes: they have said so already.

    Raises:
        ModelError: they say no, there is nobody to ask, or no source has one of them.
    """
    later = f"run: vivavoce models get {' '.join(names)}"
    if not yes and not (sys.stdin and sys.stdin.isatty() and bare(sys.stderr).isatty()):
        raise ModelError(f"models are missing; say --yes to fetch them first, or {later}")
    print(meaning(names), file=sys.stderr)
    if not yes and not _agreed():
        raise ModelError(f"nothing was fetched; when you want to, {later}")
    for name in names:
        fetched(name)


def fetched(name: str, sources: Sequence[Source] | None = None) -> Path:
    """Return the folder of a model that is now here; stderr shows how it comes.

    Args:
        name: a known model.
        sources: where to look for it; everywhere unless given.

    Raises:
        ModelError: no such model, or no source has it.
    """
    progress = _Progress()
    try:
        return store.fetch(name, progress.show, sources or default_sources())
    except KeyboardInterrupt:
        progress.close()
        print(f"Stopped: {name} is not here yet. What has come is kept for the next try.", file=sys.stderr)
        raise
    finally:
        progress.close()


def _agreed() -> bool:
    """Ask on stderr, since a result may follow on stdout."""
    try:
        print("Fetch them now? [y/N] ", end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip().lower() in ("y", "yes")
    except KeyboardInterrupt:
        print("\nNothing was fetched.", file=sys.stderr)
        raise


class _Progress:
    """Shows on stderr how far a download is: in place at a terminal, once a file elsewhere."""

    def __init__(self) -> None:
        self._shown = ""

    def show(self, what: str, done: int, total: int) -> None:
        share = f"{done / total:4.0%}" if total else "    "
        if bare(sys.stderr).isatty():
            text = f"\r\x1b[K{printable(what)}  {share} of {total / MEGABYTE:.0f} MB"
            print(text, end="", file=bare(sys.stderr), flush=True)
        elif what != self._shown:
            print(f"{what}  {total / MEGABYTE:.1f} MB", file=sys.stderr, flush=True)
        self._shown = what

    def close(self) -> None:
        if self._shown and bare(sys.stderr).isatty():
            print(file=sys.stderr)
        self._shown = ""
