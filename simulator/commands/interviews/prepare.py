"""`vivavoce prepare`: what was understood of a résumé and a posting, what would be asked, and why."""

import argparse
import json
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vivavoce.simulator import settings
from vivavoce.simulator.commands import flags
from vivavoce.transcripts.printable import line, printable

if TYPE_CHECKING:
    from vivavoce.personas.papers.understanding.understood import Posting, Resume
    from vivavoce.simulator.live.preparation import Planned

HELP = "show what is understood of a résumé and a posting, and what would be asked"

Row = dict[str, Any]


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

    began = time.monotonic()
    given = settings.load(vars(arguments))
    known = papers.understood(given.resume, given.job, arguments.title)
    plan = planned(known, arguments.round)
    took = time.monotonic() - began
    if arguments.save is not None and known.resume is not None:
        papers.save(known.resume, arguments.save)
    if arguments.json:
        print(json.dumps(_row(known.resume, known.posting, plan, took), ensure_ascii=False, indent=1))
    else:
        for one in _page(known.resume, known.posting, plan):
            print(printable(one))


def _row(resume: "Resume | None", posting: "Posting | None", plan: list["Planned"], took: float) -> Row:
    return {
        "schema": 1,
        "seconds": round(took, 2),
        "resume": None if resume is None else _resume(resume),
        "job": None if posting is None else _job(posting),
        "questions": [_question(one) for one in plan],
        "ask_back": {name: [*lines] for name, lines in _ask_back(plan)},
    }


def _resume(one: "Resume") -> Row:
    return {
        "kind": one.kind.value,
        "why_not": one.why_not,
        "name": one.name,
        "headline": one.headline,
        "roles": [
            {
                "title": role.title,
                "employer": role.employer,
                "start": role.start or None,
                "end": role.end,
                "bullets": [*role.bullets],
            }
            for role in one.roles
        ],
        "projects": [
            {"name": project.name, "employer": project.employer, "quote": project.quote}
            for project in one.projects
        ],
        "skills": [*one.skills],
        "education": [*one.education],
        "years": one.years,
        "level": one.level or None,
    }


def _job(one: "Posting") -> Row:
    return {
        "title": one.title,
        "employer": one.employer,
        "level": one.level or None,
        "surfaces": [*one.surfaces],
        "skills": [*one.skills],
        "duties": [*one.duties],
    }


def _ask_back(plan: list["Planned"]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what somebody may well ask at the end of each round."""
    from vivavoce.personas.content.pack import pack

    for name in dict.fromkeys(one.round for one in plan):
        yield name, pack(name).ask_back


def _question(one: "Planned") -> Row:
    because = one.question.because
    return {
        "round": one.round,
        "id": one.question.id,
        "text": one.words,
        "because": {"resume": because.resume or None, "job": because.job or None},
    }


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
    ask_back = dict(_ask_back(plan))
    for name, group in groupby(plan, key=lambda one: one.round):
        yield f"The round {name}"
        for one in group:
            yield f"  - {one.words}"
            because = one.question.because
            reasons = [("your résumé", because.resume), ("the posting", because.job)]
            yield from (f"      because {where} says: {quote}" for where, quote in reasons if quote)
        yield from (f"  You may ask at the end: {line}" for line in ask_back[name])
