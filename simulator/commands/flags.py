"""The flags that several commands have."""

import argparse
from collections.abc import Iterable

from vivavoce.simulator import settings
from vivavoce.simulator.errors import SettingsError
from vivavoce.transcripts.printable import line

RECOGNISER = ("model", "transcription_base_url", "transcription_model")
MOST_WORKERS = 256  # on one machine


def add_yes(parser: argparse.ArgumentParser) -> None:
    """Add the flag of a command that may need models which are not here."""
    parser.add_argument("--yes", action="store_true", help="fetch models that are missing without asking")


def add_settings(parser: argparse.ArgumentParser, names: Iterable[str]) -> None:
    """Add a flag for each of the settings, without a default: what is not given is None."""
    group = parser.add_argument_group("settings (docs/settings.md)")
    for name in (one for one in names if one not in settings.SERVED):
        flag, text = "--" + name.replace("_", "-"), settings.HELP[name]
        if name in settings.SWITCHES:
            group.add_argument(flag, action=argparse.BooleanOptionalAction, default=None, help=text)
        else:
            kind = "FILE" if name in settings.PAPERS else name.upper()
            group.add_argument(flag, choices=settings.CHOICES.get(name), metavar=kind, help=text)


def add_many(parser: argparse.ArgumentParser) -> None:
    """Add the flags of a command that also works on all files of a folder."""
    group = parser.add_argument_group("many files (docs/batch.md)")
    to = "where the reports on the files of a folder go: a folder, or an address such as s3://bucket/reports"
    group.add_argument("--to", metavar="FOLDER", help=to)
    group.add_argument("--engine", choices=["dask"], help="work on several files at once")
    group.add_argument("--workers", type=_workers, metavar="N", help="processes on this machine; one a core")
    group.add_argument("--scheduler", type=line, metavar="ADDRESS", help="of a Dask cluster that is there")


def refuse_without(arguments: argparse.Namespace, needed: str, *names: str) -> None:
    """Refuse those of `names` that were given although `needed` was not.

    Raises:
        SettingsError: one was.
    """
    given = [name for name in names if getattr(arguments, name)]
    if given and not getattr(arguments, needed):
        raise SettingsError(f"--{given[0]} needs --{needed}; docs/batch.md says what for")


def _workers(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"a whole number from 1 to {MOST_WORKERS}")
    return int(text)
