"""What was understood of papers and what would be asked, as JSON that other programs may rely on."""

from collections.abc import Iterator, Sequence
from typing import Any

from vivavoce.personas.content.pack import pack
from vivavoce.personas.papers.tailoring import Tailoring
from vivavoce.personas.papers.understanding.understood import Posting, Resume
from vivavoce.simulator.live.preparation import Planned
from vivavoce.transcripts.events import SCHEMA

Row = dict[str, Any]


def to_json(known: Tailoring, plan: Sequence[Planned]) -> Row:
    """Return what is `known` and the `plan` as plain data."""
    return {
        "schema": SCHEMA,
        "resume": None if known.resume is None else _resume(known.resume),
        "job": None if known.posting is None else _job(known.posting),
        "questions": [_question(one) for one in plan],
        "ask_back": {name: [*lines] for name, lines in ask_back(plan)},
    }


def ask_back(plan: Sequence[Planned]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what somebody may well ask at the end of each round."""
    for name in dict.fromkeys(one.round for one in plan):
        yield name, pack(name).ask_back


def _resume(one: Resume) -> Row:
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


def _job(one: Posting) -> Row:
    return {
        "title": one.title,
        "employer": one.employer,
        "level": one.level or None,
        "surfaces": [*one.surfaces],
        "skills": [*one.skills],
        "duties": [*one.duties],
    }


def _question(one: Planned) -> Row:
    because = one.question.because
    return {
        "round": one.round,
        "id": one.question.id,
        "text": one.words,
        "because": {"resume": because.resume or None, "job": because.job or None},
    }
