"""`vivavoce prepare`: what was understood of a résumé and a posting, what would be asked, and why."""

import argparse
import json
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from vivavoce.simulator import settings
from vivavoce.simulator.commands import flags
from vivavoce.transcripts.printable import line, printable

if TYPE_CHECKING:
    from vivavoce.personas.papers.understanding.understood import Posting, Resume
    from vivavoce.simulator.live.preparation import Planned

HELP = "show what is understood of a résumé and a posting, and what would be asked"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the papers, the title and the round."""
    parser.add_argument("--title", type=line, default="", help="the job you want")
    parser.add_argument("--round", help="one round (default: all that the job has)")
    parser.add_argument(
        "--save", type=Path, metavar="FILE", help="write the résumé as JSON Resume, to be mended"
    )
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    flags.add_settings(parser, {name: settings.HELP[name] for name in ("resume", "job")})


def run(arguments: argparse.Namespace) -> None:
    """Print it.

    Raises:
        DocumentError: a posting cannot be read, or a résumé can be saved nowhere.
        PersonaError: there is no such round.
    """
    from vivavoce.simulator.live import papers
    from vivavoce.simulator.live.preparation import planned
    from vivavoce.simulator.live.prepared_json import to_json

    began = time.monotonic()
    given = settings.load(vars(arguments))
    known = papers.understood(given.resume, given.job, arguments.title)
    plan = planned(known, arguments.round)
    took = time.monotonic() - began
    if arguments.save is not None and known.resume is not None:
        papers.save(known.resume, arguments.save)
    if arguments.json:
        row = to_json(known, plan) | {"seconds": round(took, 2)}
        print(json.dumps(row, ensure_ascii=False, indent=1))
    else:
        for one in _page(known.resume, known.posting, plan):
            print(printable(one))


def _page(resume: "Resume | None", posting: "Posting | None", plan: list["Planned"]) -> Iterator[str]:
    if resume is not None and resume.why_not:
        yield f"Your résumé cannot be used: {resume.why_not}"
    elif resume is not None:
        yield "What was understood of your résumé (--save FILE writes it down, to be mended)"
        yield f"  {resume.headline}" if resume.headline else ""
        for role in resume.roles:
            until = role.end or "today"
            when = f", {role.start} to {until}" if role.start else ""
            yield f"  - {role.title or 'a role'}{f' at {role.employer}' if role.employer else ''}{when}"
        yield f"  Projects: {'; '.join(one.name for one in resume.projects) or 'none'}"
        yield f"  Skills: {', '.join(resume.skills) or 'none'}"
    if posting is not None:
        where = f" at {posting.employer}" if posting.employer else ""
        yield f"The job: {posting.title or 'without a title'}{where}"
        yield f"  It asks for: {', '.join(posting.skills) or 'nothing by name'}"
    from vivavoce.simulator.live.prepared_json import ask_back

    may_ask = dict(ask_back(plan))
    for name, group in groupby(plan, key=lambda one: one.round):
        yield f"The round {name}"
        for one in group:
            yield f"  - {one.words}"
            because = one.question.because
            reasons = [("your résumé", because.resume), ("the posting", because.job)]
            yield from (f"      because {where} says: {quote}" for where, quote in reasons if quote)
        yield from (f"  You may ask at the end: {line}" for line in may_ask[name])
