"""`vivavoce debrief`: what was asked in the real interview becomes questions for practice."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vivavoce.simulator import settings
from vivavoce.simulator.commands import flags
from vivavoce.transcripts.printable import line, printable

if TYPE_CHECKING:
    from vivavoce.personas.content.pack import Pack
    from vivavoce.simulator.training.debrief_pack import Written
    from vivavoce.transcripts.training.debrief import Asked

HELP = "turn what you were asked in a real interview into questions for practice"
ASK = "Tell what you were asked and how it went, in your own words; end with Ctrl-D on a line of its own."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what tells of it, and what it was."""
    what = "notes, a transcript or a sound file, such as what you dictated on the way home; - is stdin"
    parser.add_argument("file", type=Path, nargs="?", default=Path("-"), help=what)
    parser.add_argument("--round", type=line, default="", help="the round that it was, such as behavioral")
    parser.add_argument("--title", type=line, default="", help="the job, to say what tends to come next")
    whose = "your name in a transcript, if it is not clear"
    parser.add_argument("--candidate", type=line, default="", metavar="NAME", help=whose)
    parser.add_argument("--json", action="store_true", help="print an object")
    flags.add_yes(parser)
    flags.add_settings(parser, ["job", *flags.RECOGNISER, "terms"])


def run(arguments: argparse.Namespace) -> None:
    """Write the pack, and print what is in it, what to repeat, and what tends to come next."""
    from vivavoce.simulator.training import debrief_pack, debrief_source
    from vivavoce.simulator.training.today import today

    day = today().isoformat()
    given = settings.load(vars(arguments))
    title, rounds = debrief_pack.next_rounds(arguments.title, given.job or None, arguments.round)
    if arguments.file == debrief_source.STDIN and sys.stdin and sys.stdin.isatty():
        print(ASK, file=sys.stderr)
    found = debrief_source.asked(arguments.file, given, arguments.candidate)
    written = debrief_pack.write(found, day)
    if arguments.json:
        print(json.dumps(_row(found, written, title, rounds)))
    else:
        print("\n".join(map(printable, _page(found, written, title, rounds))))


def _row(
    found: Sequence["Asked"], written: "Written", title: str, rounds: Sequence["Pack"]
) -> dict[str, object]:
    names = {id(one): name for name, one in written.kept}
    return {
        "schema": 1,
        "round": written.name,
        "questions": [
            {"id": names.get(id(one)), "text": one.question, "told": one.told, "weak": one.weak}
            for one in found
        ],
        "next": [{"round": one.id, "title": one.title, "because": _because(title)} for one in rounds],
    }


def _page(
    found: Sequence["Asked"], written: "Written", title: str, rounds: Sequence["Pack"]
) -> Iterator[str]:
    yield "What you were asked:"
    yield from (f"  - {one.question}" for one in found)
    yield from (f"Not for practice, as it cannot be asked aloud: {one.question}" for one in written.left_out)
    weak = [name for name, one in written.kept if one.weak]
    if weak:
        yield "By your own account these could go better, so they come first, and up in vivavoce drills:"
        yield from (f"  vivavoce interview --round {written.name} --question {name}" for name in weak)
    yield f"All of it: vivavoce interview --round {written.name}"
    if rounds:
        yield f"What tends to come next, {_because(title)}:"
        yield from (f"  {one.title}: vivavoce interview --round {one.id}" for one in rounds)


def _because(title: str) -> str:
    return f"because the usual rounds of “{title}” have it later (this employer's may differ)"
