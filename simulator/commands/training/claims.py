"""`vivavoce claims`: the figures that you claim, where you said them, and where they differ."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from vivavoce.transcripts.printable import printable

if TYPE_CHECKING:
    from vivavoce.transcripts.bank.likeness import Source

HELP = "list the figures that you claim in your stories and takes, and where they differ"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the story, the résumé and the form of the output."""
    parser.add_argument("story", nargs="?", default="", help="only this story (default: all, and every take)")
    parser.add_argument("--resume", type=Path, metavar="FILE", help="your résumé, to hold them against")
    parser.add_argument("--json", action="store_true", help="print an object")


def run(arguments: argparse.Namespace) -> None:
    """Print them.

    Raises:
        DocumentError: the résumé cannot be used.
        LibraryError: there is no such story.
    """
    from vivavoce.transcripts.bank.drifts import lines, to_json
    from vivavoce.transcripts.bank.ledger import ledger
    from vivavoce.transcripts.bank.sources import sources
    from vivavoce.transcripts.bank.story_file import story

    found = sources(arguments.story)
    if arguments.story and not found:
        story(arguments.story)
    if arguments.resume is not None:
        found += _resume(arguments.resume)
    made = ledger(found)
    if arguments.json:
        print(json.dumps(to_json(made), ensure_ascii=False, indent=1))
        return
    for one in lines(made):
        print(printable(one))


def _resume(path: Path) -> "list[Source]":
    """Return what the résumé in `path` says of each role and project."""
    from vivavoce.simulator.errors import DocumentError
    from vivavoce.simulator.live.papers import understood
    from vivavoce.transcripts.bank.ledger import RESUME
    from vivavoce.transcripts.bank.likeness import Source

    known = understood(path, None).resume
    if known is None or known.why_not:
        raise DocumentError(f"{path}: {known.why_not if known else 'it cannot be read'}")
    told = [bullet for role in known.roles for bullet in role.bullets]
    told += [project.quote for project in known.projects]
    return [Source(kind=RESUME, name="resume", text=text) for text in dict.fromkeys(told) if text]
