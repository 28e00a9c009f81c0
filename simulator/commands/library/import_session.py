"""`vivavoce import`: a session made of an exported folder (`import` is a word of Python's own)."""

import argparse
from pathlib import Path

from vivavoce.simulator import settings
from vivavoce.simulator.commands import output

HELP = "bring in a session that was exported"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the folder."""
    parser.add_argument("folder", type=Path, help="the exported folder")


def run(arguments: argparse.Namespace) -> None:
    """Print the id of the new session."""
    from vivavoce.simulator.review.import_session import import_session

    folder = import_session(arguments.folder)
    print(folder.name, flush=True)
    output.heard_once_more(folder, settings.load({}))
