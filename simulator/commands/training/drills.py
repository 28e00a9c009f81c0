"""`vivavoce drills`: what is due today, and why; `vivavoce drills run ID` holds one."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from vivavoce.simulator import settings
from vivavoce.simulator.commands import flags, output
from vivavoce.simulator.errors import SettingsError
from vivavoce.transcripts.printable import line, printable

if TYPE_CHECKING:
    from vivavoce.transcripts.training.drills import Drill
    from vivavoce.transcripts.training.due_drills import Row

HELP = "practise in a few minutes what keeps going wrong"
AHEAD = 7  # days that are listed
REST = "Nothing is due: your interview is too close for anything new. The card for it: vivavoce plan"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to do, and the settings of a session."""
    parser.add_argument("--json", action="store_true", help="print an object")
    parser.set_defaults(what="list")
    chosen = parser.add_subparsers(dest="what", metavar="run")
    held = chosen.add_parser("run", help="hold a drill")
    held.add_argument("id", help="which one; vivavoce drills lists them")
    held.add_argument("--persona", default="dana", help="who asks (default: dana)")
    held.add_argument("--text", action="store_true", help="type the answers instead of speaking")
    flags.add_yes(held)
    flags.add_settings(held, settings.HELP)


def run(arguments: argparse.Namespace) -> None:
    """List the drills, or hold one and print what it measured."""
    if arguments.what == "run":
        if arguments.json:
            raise SettingsError("--json is for the list of drills; hold one without it")
        _hold(arguments)
        return
    from vivavoce.simulator.engine.answer_reader import reader
    from vivavoce.simulator.training import planning
    from vivavoce.simulator.training.debrief_pack import weak_questions
    from vivavoce.simulator.training.today import today
    from vivavoce.transcripts.training.due_drills import MOST_LOOKED_AT, rows
    from vivavoce.transcripts.training.held import held

    now = today()
    sessions = held(reader=reader, latest=MOST_LOOKED_AT)
    found, rests = rows(sessions, weak_questions()), planning.rests(now)
    if arguments.json:
        print(json.dumps(_object(found, now, rests=rests)))
        return
    print("\n".join([REST] if rests else _lines(found, now)))


def _hold(arguments: argparse.Namespace) -> None:
    from vivavoce.simulator.training import drill as live
    from vivavoce.simulator.training.debrief_pack import weak_questions
    from vivavoce.transcripts.errors import LibraryError
    from vivavoce.transcripts.training.drills import drill

    if asked := next((one.drill.how for one in weak_questions() if one.drill.id == arguments.id), ""):
        raise LibraryError(f"this is a question and no drill; it is asked by: {asked}")
    chosen, given = drill(arguments.id), settings.load(vars(arguments))
    if arguments.text and chosen.spoken:
        raise LibraryError(f"this cannot be done in writing; speak it: vivavoce drills run {chosen.id}")
    number, topics = live.coming(chosen)
    print("\n".join(_instruction(chosen)), flush=True)
    if arguments.text:
        lines = map(printable, sys.stdin or ())
        folder = live.hold_in_writing(
            given, chosen, arguments.persona, number, topics, lines, lambda text: print(text, flush=True)
        )
    else:
        folder = live.hold(given, chosen, arguments.persona, number, topics)
    found = live.result(folder)
    print(f"\n{chosen.title}: {found.said}.")
    if found.rating:
        print(f"{found.rating.capitalize()}. (It is {chosen.threshold}.)")
    output.where(folder)


def _instruction(drill: "Drill") -> Iterator[str]:
    yield f"{drill.title}. {drill.do}"
    yield f"It measures {drill.measures}."
    yield ""


def _lines(found: Sequence["Row"], now: date) -> Iterator[str]:
    from vivavoce.transcripts.training.drills import drills
    from vivavoce.transcripts.training.due_drills import today

    due, wait = today(found, now)
    if due:
        yield "Due today:"
        yield from (text for one in due for text in _due(one))
    elif any(one.due for one in found):
        yield "Nothing is due today."
    else:
        yield "Nothing is due: no gap was heard yet that a drill is for. After an interview, look again."
    if wait:
        yield f"These can wait: {', '.join(one.drill.id for one in wait)}."
    coming = [one for one in found if one.due is not None and one.due.day > now]
    if coming:
        yield from ("", "The next days:")
        yield from (f"  {_when(one, now)}  {one.drill.id}: {one.why}" for one in coming)
    yield from ("", "All drills, two to five minutes each:")
    yield from (f"  {one.id.ljust(17)} {one.measures}" for one in drills())
    yield from ("", "Hold one: vivavoce drills run ID")


def _due(row: "Row") -> Iterator[str]:
    yield f"  {row.drill.id}: {row.drill.title}"
    yield f"      because {line(row.why)}" if _for_a_gap(row) else f"      {row.why}"
    if not row.drill.gaps:
        yield f"      {row.drill.how}"


def _for_a_gap(row: "Row") -> bool:
    return bool(row.heard or (row.due and row.due.since_gap))


def _when(row: "Row", now: date) -> str:
    day = row.due.day if row.due else now
    if day - now <= timedelta(AHEAD):
        return f"{day:%a} {day.day} {day:%b}"
    return f"{day.day} {day:%B %Y}"


def _object(found: Sequence["Row"], now: date, *, rests: bool) -> dict[str, Any]:
    """Return the drills for programs; on the last day before an interview and on its day, none."""
    from vivavoce.transcripts.events import SCHEMA
    from vivavoce.transcripts.training.due_drills import today

    due = [one.drill.id for one in today(found, now)[0]]
    rows = [] if rests else [_row(one, due) for one in found]
    return {"schema": SCHEMA, "today": now.isoformat(), "rest": rests, "drills": rows}


def _row(one: "Row", due: Sequence[str]) -> dict[str, Any]:
    return {
        "id": one.drill.id,
        "title": one.drill.title,
        "how": one.drill.how,
        "measures": one.drill.measures,
        "threshold": one.drill.threshold,
        "due": one.due.day.isoformat() if one.due else None,
        "today": one.drill.id in due,
        "why": one.why or None,
        "held": one.due.held if one.due else 0,
        "latest": (one.due.latest or None) if one.due else None,
        "heard": one.heard,
        "of": one.of,
        "codes": list(one.codes),
    }
