"""`vivavoce web`: the library and the review page in the browser."""

import argparse

HELP = "open the library and the review page in the browser"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add where it is served, and who opens it."""
    parser.add_argument("--port", type=_port, default=0, help="which port; any that is free unless given")
    parser.add_argument("--no-browser", action="store_true", help="print the address alone")


def run(arguments: argparse.Namespace) -> None:
    """Serve the library until it is stopped."""
    from vivavoce.simulator.web import app
    from vivavoce.transcripts.library.index import Index

    Index().close()  # a home that cannot be used is told of here, not on every page
    app.serve(arguments.port, browser=not arguments.no_browser)


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65_535:
        raise argparse.ArgumentTypeError("from 0 to 65535")
    return port
