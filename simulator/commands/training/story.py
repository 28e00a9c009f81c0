"""`vivavoce story`: one take of a story against the clock, spoken or typed."""

import argparse
import sys

from vivavoce.simulator import settings
from vivavoce.simulator.commands import flags, output
from vivavoce.transcripts.printable import line, printable

HELP = "tell one of your stories against the clock"
LENGTHS = (30, 60, 90, 180)
PRESSURES = ("none", "interrupted", "sceptic", "partner")
CUES = ("word", "sound", "off")
NOT_HERE = (
    "interruptions",
    *settings.PAPERS,
    "llm_base_url",
    "llm_model",
)  # settings that a take has no use for


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the story, how long and under what pressure, and the settings."""
    parser.add_argument("name", help="a story of yours, or what the take is to be called")
    parser.add_argument(
        "--seconds", type=int, choices=LENGTHS, default=LENGTHS[-1], help="how long (default: %(default)s)"
    )
    parser.add_argument(
        "--pressure",
        choices=PRESSURES,
        default=PRESSURES[0],
        help="a question in between, doubts afterwards, or a listener from another field (default: none)",
    )
    parser.add_argument(
        "--cues", choices=CUES, default=CUES[0], help="how you hear the time that is left (default: word)"
    )
    parser.add_argument("--persona", default="dana", help="who listens (default: dana)")
    parser.add_argument("--text", action="store_true", help="type the story instead of speaking")
    flags.add_yes(parser)
    flags.add_settings(parser, [name for name in settings.HELP if name not in NOT_HERE])


def run(arguments: argparse.Namespace) -> None:
    """Hold the take; print what it was, and its report."""
    from vivavoce.simulator.training import story

    given = settings.load(vars(arguments))
    take, notes = story.chosen(arguments.name, arguments.seconds, arguments.pressure, arguments.cues)
    if arguments.text and take.pressure == "interrupted":
        notes.append("Nobody can be interrupted in writing; without --text you are.")
    for note in notes if arguments.text else [*notes, "The clock starts with your first word."]:
        print(line(note), file=sys.stderr)
    if arguments.text:
        lines = map(printable, sys.stdin or ())
        folder = story.hold_in_writing(
            given, take, arguments.persona, lines, lambda said: print(said, flush=True)
        )
    else:
        folder = story.hold(given, take, arguments.persona)
    for said in story.summary(folder, take):
        print(line(said))
    print()
    output.finished(folder)
    if not arguments.text:
        output.heard_once_more(folder, given)
