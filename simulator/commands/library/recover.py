"""`vivavoce recover`: sessions completed that a crash or a power cut ended."""

import argparse

from vivavoce.simulator.commands import output
from vivavoce.transcripts.errors import LibraryError, TranscriptError

HELP = "complete sessions that a crash or a power cut ended"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the session; all of them if none is given."""
    parser.add_argument("id", nargs="?", help="only this one")


def run(arguments: argparse.Namespace) -> None:
    """Complete the session, or every one that was killed and can be completed; then name the others."""
    from vivavoce.simulator.engine.answer_reader import reader
    from vivavoce.transcripts.library import sessions
    from vivavoce.transcripts.short_lists import few

    name = arguments.id
    names = [entry.id for entry in sessions.sessions() if not entry.finished] if name is None else [name]
    refused = []
    for each in names:
        folder = sessions.find(each)
        if not name and sessions.running(folder):
            print(f"{each} is still running; it is completed when it ends.")
            continue
        try:
            sessions.finish(folder, reader())
        except TranscriptError as error:
            refused.append(str(error))
            continue
        output.where(folder)
    if refused:
        raise LibraryError("; ".join(few(refused, "{:,} more like these")))
    if not names:
        print("Every session is complete.")
