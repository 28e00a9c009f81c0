"""`vivavoce export`: a session in a folder of its own, in every form there is."""

import argparse
from pathlib import Path

HELP = "write a session to a folder in every form there is"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the session, where to, and what goes with it."""
    parser.add_argument("id", help="its id, or the beginning of it")
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="where to make the folder")
    parser.add_argument("--sound", action="store_true", help="with the recording, also inside the HTML page")
    parser.add_argument("--notes", action="store_true", help="with your star and notes, to move elsewhere")


def run(arguments: argparse.Namespace) -> None:
    """Print the new folder."""
    from vivavoce.simulator.review.export import export

    print(export(arguments.id, arguments.to, sound=arguments.sound, own=arguments.notes))
