"""`vivavoce web`: interviews and the library in the browser."""

import argparse
from pathlib import Path

HELP = "hold an interview in the browser, and look back at those before"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add where it is served, who opens it, and how others reach it."""
    parser.add_argument(
        "--port", type=_port, help="which port; the same each time unless given, any that is free if 0"
    )
    parser.add_argument("--no-browser", action="store_true", help="print the address alone")
    others = parser.add_argument_group("for browsers on other machines (docs/remote.md)")
    others.add_argument("--host", metavar="NAME[:PORT]", help="what stands after https:// in their address")
    others.add_argument(
        "--certificate", type=Path, metavar="FILE", help="of that name, with its chain, as PEM"
    )
    others.add_argument("--key", type=Path, metavar="FILE", help="the key of the certificate")
    others.add_argument(
        "--behind-proxy", action="store_true", help="a reverse proxy here has the certificate"
    )
    others.add_argument(
        "--password-file",
        type=Path,
        metavar="FILE",
        help="a line of 12 characters or more, for you alone to read",
    )


def run(arguments: argparse.Namespace) -> None:
    """Serve the library until it is stopped."""
    from vivavoce.simulator.door.remote import asked
    from vivavoce.simulator.web import app
    from vivavoce.simulator.web.server import PORT
    from vivavoce.transcripts.library.index import Index

    port = PORT if arguments.port is None else arguments.port
    remote = asked(
        arguments.host,
        port,
        certificate=arguments.certificate,
        key=arguments.key,
        behind_proxy=arguments.behind_proxy,
        password_file=arguments.password_file,
    )
    Index().close()  # a home that cannot be used is told of here, not on every page
    # Others were told the port, so no other will do.
    app.serve(port if remote else arguments.port, browser=not arguments.no_browser, remote=remote)


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65_535:
        raise argparse.ArgumentTypeError("from 0 to 65535")
    return port
