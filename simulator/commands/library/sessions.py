"""`vivavoce sessions`: the sessions, newest first."""

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from vivavoce.simulator.commands import output

if TYPE_CHECKING:
    from vivavoce.transcripts.library.sessions import Entry

HELP = "list your sessions, newest first"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the form of the output."""
    parser.add_argument("--json", action="store_true", help="print JSON Lines")


def run(arguments: argparse.Namespace) -> None:
    """Print the sessions."""
    from vivavoce.transcripts.events import SCHEMA
    from vivavoce.transcripts.library.sessions import sessions

    found = sessions()
    if arguments.json:
        for entry in found:
            row = {key: value for key, value in asdict(entry).items() if key != "folder"}
            print(json.dumps({"schema": SCHEMA} | row))
        return
    if not found:
        print("No sessions yet; hold one with: vivavoce interview")
        return
    heads = ("id", "title", "round", "with", "length", "answers", "")
    output.table([heads, *map(_row, found)])


def _row(entry: "Entry") -> tuple[str, ...]:
    from vivavoce.transcripts.events import Seconds
    from vivavoce.transcripts.timestamps import clock

    state = entry.problem or ("" if entry.finished else _unfinished(entry))
    length = "" if entry.length is None else clock(Seconds(entry.length))
    return (entry.id, entry.title, entry.round, entry.persona, length, str(entry.turns), state)


def _unfinished(entry: "Entry") -> str:
    from vivavoce.transcripts.library.sessions import running

    return "running" if running(entry.folder) else f"not complete; run: vivavoce recover {entry.id}"
