"""`vivavoce calibrate`: how the scores agree with answers that people labelled."""

import argparse
import json
from pathlib import Path

HELP = "compare with answers that people labelled and graded"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file, and the form of the output."""
    parser.add_argument("labels", type=Path, help="JSON Lines; docs/analysis.md has the format")
    parser.add_argument("--json", action="store_true", help="print an object")


def run(arguments: argparse.Namespace) -> None:
    """Print the agreement, and every miss."""
    from vivavoce.simulator.review.calibrate import calibrate, page

    found = calibrate(arguments.labels)
    print(json.dumps(found) if arguments.json else page(found))
