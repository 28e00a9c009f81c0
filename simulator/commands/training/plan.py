"""`vivavoce plan`: the days before an interview, and what was really done of them."""

import argparse
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vivavoce.simulator import settings
from vivavoce.simulator.commands import flags
from vivavoce.transcripts.printable import line

if TYPE_CHECKING:
    from vivavoce.transcripts.training.card import Card
    from vivavoce.transcripts.training.plan import Day, Plan, Ticked

HELP = "plan the week before an interview, and see what was done of it"
MOST_NAMED = 6  # of what is open in a task
A_DAY = "make a plan to this day: 2026-12-06, today, tomorrow, or the next friday"
NEAR = {"today": 0, "tomorrow": 1}  # days
WEEK = {
    name[:3]: name for name in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
}
DEBRIEF = "Write down what was asked while you still know it: vivavoce debrief"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what makes a plan, and the forms of the output."""
    parser.add_argument("--interview", type=_day, metavar="DAY", help=A_DAY)
    parser.add_argument("--round", metavar="ROUND", help="of the interview (default: loop, all of the job's)")
    parser.add_argument("--title", type=line, metavar="JOB", help="the job you want")
    parser.add_argument("--calendar", type=Path, metavar="FILE", help="write the days into this file (.ics)")
    parser.add_argument("--json", action="store_true", help="print an object")
    flags.add_settings(parser, settings.PAPERS)


def run(arguments: argparse.Namespace) -> None:
    """Make the plan if a day is given; show it, or write it as a calendar."""
    from vivavoce.simulator.training import planning
    from vivavoce.simulator.training.today import today
    from vivavoce.transcripts.errors import LibraryError
    from vivavoce.transcripts.events import SCHEMA

    now = today()
    if arguments.interview:
        title, round_ = arguments.title or "", arguments.round or "loop"
        given = settings.load(vars(arguments))
        planning.begin(
            arguments.interview, now, round_=round_, title=title, resume=given.resume, job=given.job
        )
    elif arguments.round or arguments.title or arguments.resume or arguments.job:
        raise LibraryError("a round, a title or papers make a new plan: say --interview DAY with them")
    file = planning.current()
    if arguments.calendar:
        from vivavoce.transcripts.training import calendar_file

        days = planning.days(file)
        calendar_file.write(arguments.calendar, calendar_file.calendar(file, days, now))
        said = f"{len(days) + 1} days are in {arguments.calendar}; import it into your calendar."
        row = {"schema": SCHEMA, "calendar": str(arguments.calendar), "days": len(days) + 1}
        print(json.dumps(row) if arguments.json else line(said))
        return
    plan = planning.standing(file, now)
    card = planning.card_of(file) if plan.calm else None
    if arguments.json:
        print(json.dumps(_object(plan, card)))
        return
    print("\n".join(_lines(plan, card)))


def _day(text: str) -> date:
    """Return the day that `text` names; one of the week is the next one after today."""
    from vivavoce.simulator.training.today import today

    name = text.strip().lower().removeprefix("next ")
    if name in NEAR:
        return today() + timedelta(days=NEAR[name])
    if name[:3] in WEEK and WEEK[name[:3]].startswith(name):
        ahead = [*WEEK].index(name[:3]) - today().weekday()
        return today() + timedelta(days=(ahead - 1) % 7 + 1)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a day such as 2026-12-06, tomorrow or friday") from None


def _lines(plan: "Plan", card: "Card | None") -> Iterator[str]:
    file = plan.file
    job = f" ({line(file.title)})" if file.title else ""
    if plan.over:
        yield f"Your interview was on {_named(file.interview)}{job}."
        yield DEBRIEF
        return
    yield f"Your interview is on {_named(file.interview)}{job}, {_away((file.interview - plan.today).days)}."
    if card is not None:
        yield from _calm(plan, card)
        return
    if plan.today < plan.days[0].date:
        yield f"The plan begins on {_named(plan.days[0].date)}. What you do before counts as well."
    if plan.left_out:
        kept = len(plan.days)
        some = "1 day is" if kept == 1 else f"{kept} days are"
        yield f"{some} planned, for what helps most. Left out: {'; '.join(plan.left_out)}."
    yield ""
    for day in plan.days:
        yield from _day_lines(day, plan.today)
    yield ""
    yield from _left(plan)


def _day_lines(day: "Day", today: date) -> Iterator[str]:
    mark = "today" if day.date == today else ""
    yield f"{day.number}  {day.date:%a} {day.date.day} {day.date:%b}  {day.title}  {mark}".rstrip()
    if day.calm:
        yield "      nothing new; the card for the interview"
    for one in day.tasks:
        yield f"  [{'x' if one.complete else ' '}] {one.task.title}: {len(one.done)} of {one.task.wanted}"
        for name, done in one.done:
            yield f"      {line(name)}" + (f", {done.day} {done:%B}" if done else "")


def _left(plan: "Plan") -> Iterator[str]:
    now = [day for day in plan.days if day.date == plan.today]
    if plan.left:
        yield "Left today:"
        yield from (text for one in plan.left for text in _open(one))
    elif now:
        yield "All of today is done."
    if plan.skipped:
        yield "Not done of the days before:"
        yield from (text for _, one in plan.skipped for text in _open(one))


def _open(one: "Ticked") -> Iterator[str]:
    yield f"  {one.task.title}: {len(one.done)} of {one.task.wanted}"
    if one.open:
        more = f" and {len(one.open) - MOST_NAMED} more" if len(one.open) > MOST_NAMED else ""
        yield f"      open: {'; '.join(one.open[:MOST_NAMED])}{more}"
    if one.how:
        yield f"      {one.how}"


def _calm(plan: "Plan", card: "Card") -> Iterator[str]:
    done = sum(len(one.done) for day in plan.days for one in day.tasks)
    yield (
        f"Nothing new today. {done} things are done, and they will carry you."
        if done
        else "Nothing new today."
    )
    yield from ("", "Your stories:")
    yield from (f"  {line(one.name)}{_took(one.seconds)}" for one in card.stories)
    if not card.stories:
        yield "  none was told to the end here yet; the one you know best will do"
    yield from ("", "To ask them:")
    yield from (f"  {one}" for one in card.questions)
    yield from ("", *card.breathing)


def _took(seconds: float | None) -> str:
    return "" if seconds is None else f", {seconds:.0f} s"


def _named(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _away(days: int) -> str:
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def _object(plan: "Plan", card: "Card | None") -> dict[str, Any]:
    from vivavoce.transcripts.events import SCHEMA

    return {
        "schema": SCHEMA,
        "interview": plan.file.interview.isoformat(),
        "started": plan.file.started.isoformat(),
        "round": plan.file.round,
        "title": plan.file.title,
        "today": plan.today.isoformat(),
        "over": plan.over,
        "days": [
            {
                "number": day.number,
                "date": day.date.isoformat(),
                "title": day.title,
                "calm": day.calm,
                "tasks": [_task(one) for one in day.tasks],
            }
            for day in plan.days
        ],
        "left_out": list(plan.left_out),
        "left": [_task(one) for one in plan.left],
        "skipped": [{"day": day.number, **_task(one)} for day, one in plan.skipped],
        "card": None
        if card is None
        else {
            "stories": [{"name": one.name, "seconds": one.seconds} for one in card.stories],
            "questions": list(card.questions),
            "breathing": list(card.breathing),
        },
    }


def _task(one: "Ticked") -> dict[str, Any]:
    return {
        "kind": one.task.kind,
        "title": one.task.title,
        "wanted": one.task.wanted,
        "complete": one.complete,
        "done": [{"name": name, "day": day.isoformat() if day else None} for name, day in one.done],
        "open": list(one.open),
        "how": one.how,
    }
