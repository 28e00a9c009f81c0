"""`vivavoce mcp`: the library and the preparation for other programs, over stdio."""

import argparse

HELP = "let other programs use the library and the preparation, over stdio (Model Context Protocol)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add whether they may write."""
    writing = "offer the tools that add a story or a note as well; nothing is ever changed or removed"
    parser.add_argument("--allow-writing", action="store_true", help=writing)


def run(arguments: argparse.Namespace) -> None:
    """Serve until the other program has gone."""
    from vivavoce.simulator.training.mcp_server import serve

    serve(writing=arguments.allow_writing)
