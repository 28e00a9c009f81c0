"""`vivavoce again`: a session heard once more, with another recogniser."""

import argparse

from vivavoce.simulator import settings
from vivavoce.simulator.commands import flags

HELP = "hear a session once more with another model; the old one stays"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the session, and the recogniser's settings."""
    parser.add_argument("id", help="its id, or the beginning of it")
    flags.add_yes(parser)
    flags.add_settings(parser, [*flags.RECOGNISER, "terms"])


def run(arguments: argparse.Namespace) -> None:
    """Print the id of the new session."""
    from vivavoce.simulator.review.again import again

    print(again(arguments.id, settings.load(vars(arguments))).name)
