"""`vivavoce show`: the report of a session, finished or not."""

import argparse

HELP = "print the report of a session"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the session."""
    parser.add_argument("id", help="its id, or the beginning of it")


def run(arguments: argparse.Namespace) -> None:
    """Print the report."""
    from vivavoce.simulator.live import screen
    from vivavoce.simulator.review import session_report
    from vivavoce.transcripts.library import sessions

    screen.show(session_report.page(sessions.find(arguments.id)))
