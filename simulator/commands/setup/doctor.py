"""`vivavoce doctor`: what works here, and what to do about the rest."""

import argparse
import json
import sys

from vivavoce.simulator import settings
from vivavoce.simulator.commands import flags

HELP = "say what works here, and what to do about the rest"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the form of the output, and the settings that are tried."""
    parser.add_argument("--json", action="store_true", help="print an object")
    flags.add_settings(parser, [name for name in settings.HELP if name not in settings.PAPERS])


def run(arguments: argparse.Namespace) -> None:
    """Print what was found."""
    from vivavoce.simulator.doctor.examination import examine, page, to_json

    given = settings.load(vars(arguments))
    checks = examine(given, lambda name: print(f"{name} …", file=sys.stderr))
    print(json.dumps(to_json(checks), indent=2) if arguments.json else page(checks))
