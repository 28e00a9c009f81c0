"""The coach's notebook: today's practice and the plan, as plain values for the templates."""

import shlex
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from vivavoce.personas.content.persona import PersonaError
from vivavoce.simulator.training import planning
from vivavoce.simulator.training.debrief_pack import weak_questions
from vivavoce.simulator.training.week import week
from vivavoce.transcripts.errors import LibraryError, TranscriptError
from vivavoce.transcripts.library.kept import LAST, Which
from vivavoce.transcripts.library.stored_report import number, stored
from vivavoce.transcripts.short_lists import few
from vivavoce.transcripts.training import due_drills, plan_file
from vivavoce.transcripts.training.card import card
from vivavoce.transcripts.training.held import Held
from vivavoce.transcripts.training.plan import Bank, Day, Plan, Ticked, plan
from vivavoce.transcripts.training.plan_file import PlanFile

POINTS = 2  # of the last session
NEAR = 7  # days, within which the name of a day is enough
DONE, SKIPPED, PART, AHEAD, KEPT = (
    "done",
    "skipped",
    "begun",
    "ahead",
    "kept",
)  # how a task of the plan stands


def in_order(found: Iterable[Held]) -> list[Held]:
    """Return sessions as they were held; a copy of one is not another."""
    ordered = sorted(found, key=lambda one: (one.day, one.moment, one.id))
    return [*{replace(one, id=""): one for one in reversed(ordered)}.values()][::-1]


def counted() -> Which:
    """Return which sessions have a say in what there is to practise: those that the commands count too."""
    since = LAST
    with suppress(LibraryError):  # which the page says
        if file := plan_file.read():
            since = (file.started - timedelta(1)).isoformat()  # whatever the offset was
    return Which(latest=planning.MOST_LOOKED_AT, since=since)


def today(held: Sequence[Held], day: date, last: Path | None) -> dict[str, Any]:
    """Return what there is to practise today.

    Args:
        held: the person's own sessions, in order.
        day: today, where the person is.
        last: the folder of their last session, if there is one.
    """
    found = _standing(held, day)
    standing: Plan | None = found["plan"]
    first = day if standing is None else standing.days[0].date
    rests = planning.rests(day)
    due, later = (
        ([], [])
        if rests
        else due_drills.today(
            due_drills.rows(_latest(held, due_drills.MOST_LOOKED_AT), weak_questions()), day
        )
    )
    return {
        **found,
        "rests": rests,
        "begun": first <= day,
        "begins": named(first),
        "left": [] if standing is None else [_left(one) for one in standing.left],
        "drills": [_drill(one) for one in due],
        "later": len(later),
        "last": None if last is None or rests else _last(last, held),
    }


def week_of(held: Sequence[Held], day: date) -> dict[str, Any]:
    """Return the days of the plan as they stand, and on the last one the card."""
    found = _standing(held, day)
    standing: Plan | None = found["plan"]
    if standing is None:
        return {**found, "days": [], "card": None}
    return {
        **found,
        "days": [_day(one, standing) for one in standing.days if one.tasks or one.calm],
        "left_out": standing.left_out,
        "card": _card(standing.file, held) if standing.calm else None,
    }


def named(day: date, now: date | None = None) -> str:
    """Return how a day is called: by its name alone, where it is near `now`."""
    if now is not None and abs((day - now).days) < NEAR:
        return f"{day:%A}"
    return f"{day:%A} {day.day} {day:%B}"


def _latest(held: Sequence[Held], most: int) -> list[Held]:
    """Return all drills, and the latest of the other sessions: those that the commands count too."""
    ordinary = [one.id for one in held if not one.drill]
    left = {*ordinary[: max(0, len(ordinary) - most)]}
    return [one for one in held if one.id not in left]


def _standing(held: Sequence[Held], day: date) -> dict[str, Any]:
    """Return the plan as it stands on a `day`; None if there is none, with what is wrong with its file."""
    first = day.isoformat()
    try:
        file = plan_file.read()
        made = None if file is None else plan(file, day, week(file), held, _bank())
    except (TranscriptError, PersonaError) as error:
        return {"plan": None, "problem": str(error), "to": "", "first": first}
    return {"plan": made, "problem": "", "to": "" if made is None else _to(made), "first": first}


def _bank() -> Bank:
    try:
        return planning.bank()
    except LibraryError:  # which the page of the stories says
        return Bank()


def _to(standing: Plan) -> str:
    """Return what the plan leads to, as a sentence."""
    file = standing.file
    job = f" ({file.title})" if file.title else ""
    days = (file.interview - standing.today).days
    away = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    if standing.over:
        return f"Your interview{job} was on {named(file.interview)}."
    return f"Your interview{job} is {away}, on {named(file.interview)}."


def _left(one: Ticked) -> dict[str, Any]:
    return {
        "title": _first_up(one.task.title),
        "so_far": _so_far(one),
        "open": _names(one.open),
        "how": one.how,
        "begins": begins(one.how),
    }


def _drill(row: due_drills.Row) -> dict[str, Any]:
    """Return a drill that is due, and why: what was heard, or how often it was held."""
    how = row.drill.how
    return {"title": row.drill.title, "why": _first_up(row.why), "how": how, "begins": begins(how)}


def _last(folder: Path, held: Iterable[Held]) -> dict[str, Any]:
    """Return the last session with what its report said to try next."""
    found = stored(folder).get("advice")
    told = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    day = next((one.day for one in held if one.id == folder.name), None)
    return {
        "id": folder.name,
        "day": "" if day is None else named(day),
        "points": [
            {
                "text": str(one.get("text") or ""),
                "quote": str(one.get("quote") or ""),
                "at": number(one.get("at")),
            }
            for one in told[:POINTS]
        ],
    }


def _day(day: Day, standing: Plan) -> dict[str, Any]:
    now = standing.today
    return {
        "number": day.number,
        "name": named(day.date),
        "title": day.title,
        "calm": day.calm,
        "today": day.date == now,
        "tasks": [_task(one, day, standing) for one in day.tasks],
    }


def _task(one: Ticked, day: Day, standing: Plan) -> dict[str, Any]:
    """Return a task as it stands: what was done of it and when, and what was not, plainly."""
    return {
        "state": _state(one, day, standing),
        "title": _first_up(one.task.title),
        "so_far": _so_far(one),
        "done": [name if when is None else f"{name} ({named(when)})" for name, when in one.done],
        "open": _names(one.open),
        "how": one.how,
        "begins": begins(one.how),
    }


def _state(one: Ticked, day: Day, standing: Plan) -> str:
    if standing.calm or standing.over:  # what was wanted is not told any more, so nothing is ticked
        return KEPT
    if one.complete:
        return DONE
    return SKIPPED if day.date < standing.today else PART if one.done else AHEAD


def _card(file: PlanFile, held: Sequence[Held]) -> Mapping[str, Any]:
    made = card(_latest(held, planning.MOST_LOOKED_AT), _bank(), planning.to_ask(file))
    return {
        "stories": [(_first_up(one.name), one.seconds) for one in made.stories],
        "questions": made.questions,
        "breathing": made.breathing,
    }


def _so_far(one: Ticked) -> str:
    """Return how much of a task is done, in words; "" for nothing."""
    if not one.done:
        return ""
    return f"{len(one.done)} of {one.task.wanted} done" if not one.complete else "done"


def begins(how: str) -> dict[str, str]:
    """Return what a page has to send to begin what the command `how` does; nothing for any other command."""
    match shlex.split(how):
        case ["vivavoce", "interview", "--round", name]:
            return {"round": name}
        case ["vivavoce", "interview", "--round", name, "--question", question]:
            return {"round": name, "question": question}
        case ["vivavoce", "drills", "run", name]:
            return {"drill": name}
        case _:
            return {}


def _names(names: Sequence[str]) -> list[str]:
    return list(few(names, "{:,} more"))


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
