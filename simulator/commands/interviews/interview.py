"""`vivavoce interview`: an interview, spoken or typed."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from vivavoce.simulator import settings
from vivavoce.simulator.commands import flags, output
from vivavoce.transcripts.printable import line, printable

if TYPE_CHECKING:
    from vivavoce.simulator.live.session_folder import Wanted

HELP = "hold an interview at your microphone and speakers"
ROUNDS = (
    "which kind: behavioral (default), project-story, loop for both, or one for a job, as nursing/clinical; "
    "`vivavoce packs` lists them all"
)
PEOPLE = "who asks (default: dana); `vivavoce personas` lists them"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add who asks, what and how long, and all settings."""
    parser.add_argument("--round", default="behavioral", help=ROUNDS)
    parser.add_argument("--persona", default="dana", help=PEOPLE)
    parser.add_argument("--question", type=line, metavar="TEXT", help="practise this one question")
    parser.add_argument("--minutes", type=_minutes, help="how long (default: as the round says)")
    parser.add_argument("--title", type=line, default="", help="the job you want")
    parser.add_argument("--pad", type=Path, metavar="FILE", help="read along what you write in this file")
    parser.add_argument("--text", action="store_true", help="type the answers instead of speaking")
    flags.add_yes(parser)
    flags.add_settings(parser, settings.HELP)


def run(arguments: argparse.Namespace) -> None:
    """Hold the interview; print its report."""
    from vivavoce.simulator.live.session_folder import Wanted

    wanted = Wanted(
        persona=arguments.persona,
        round=arguments.round,
        minutes=arguments.minutes,
        question=arguments.question,
        title=arguments.title,
        pad=arguments.pad,
    )
    given = settings.load(vars(arguments))
    if arguments.text:
        _in_writing(given, wanted)
        return
    from vivavoce.simulator.live.interview import interview

    folder = interview(given, wanted)
    output.finished(folder)
    output.heard_once_more(folder, given)


def _in_writing(given: settings.Settings, wanted: "Wanted") -> None:
    from vivavoce.simulator.live.typed import typed

    lines = map(printable, sys.stdin or ())
    output.finished(typed(given, wanted, lines, lambda line: print(line, flush=True)))


def _minutes(text: str) -> float:
    minutes = float(text)
    if not 1 <= minutes <= 240:
        raise argparse.ArgumentTypeError("from 1 to 240 minutes")
    return minutes
