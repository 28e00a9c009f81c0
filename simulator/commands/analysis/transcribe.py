"""`vivavoce transcribe`: what was said in a sound file."""

import argparse
import json
from pathlib import Path

from vivavoce.simulator import settings, signals
from vivavoce.simulator.commands import flags

HELP = "recognise a sound file"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file, how it is heard, and the recogniser's settings."""
    parser.add_argument("audio", type=Path, help="a sound file")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--stream", action="store_true", help="say too what was known when")
    mode.add_argument(
        "--live", action="store_true", help="hear it as if it were spoken now; print JSON Lines"
    )
    parser.add_argument("--json", action="store_true", help="print an object with words and times")
    flags.add_yes(parser)
    flags.add_settings(parser, [*flags.RECOGNISER, "terms"])


def run(arguments: argparse.Namespace) -> None:
    """Print the text, or an object; with --live what is recognised as it is."""
    from vivavoce.simulator.review.transcribe import play, transcribe
    from vivavoce.simulator.review.transcript_rows import text

    given = settings.load(vars(arguments))
    if arguments.live:
        with signals.noted() as stopped:
            play(arguments.audio, given, lambda row: print(json.dumps(row), flush=True), stopped)
        return
    row = transcribe(arguments.audio, given, stream=arguments.stream)
    print(json.dumps(row) if arguments.json else text(row))
