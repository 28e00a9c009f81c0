"""`vivavoce search`: what was said in any session."""

import argparse
import json
import sys
from dataclasses import asdict

from vivavoce.simulator.commands import output
from vivavoce.transcripts.printable import line

HELP = "find what was said in any session"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words, and the form of the output."""
    parser.add_argument("text", type=line, help='words that a line must have; "in quotes" as they stand')
    parser.add_argument("--json", action="store_true", help="print JSON Lines")


def run(arguments: argparse.Namespace) -> None:
    """Print the lines that have the words, those that fit best first."""
    from vivavoce.transcripts.events import SCHEMA
    from vivavoce.transcripts.library.index import Index, unmarked

    with Index() as index:
        if not index.refresh():
            print("Another vivavoce still reads sessions in; this is what there is so far.", file=sys.stderr)
        hits = index.search(arguments.text)
    if arguments.json:
        for hit in hits:
            row = asdict(hit) | {"snippet": unmarked(hit.snippet)}
            print(json.dumps({"schema": SCHEMA} | row))
        return
    for hit in hits:
        print(line(f"{hit.session} {output.moment(hit.at)}{hit.speaker}: {unmarked(hit.snippet)}"))
    if not hits:
        print("Nothing was found; each word must stand in the line.")
