"""The plan as a calendar file (RFC 5545): one event of the whole day for each day, and one for the interview.

Whole days need no time zone, so nothing shifts for who travels or where clocks change, and the person says
when on the day. The names of the events hang on the plan's start and the kind of day alone: a program that
reads the file a second time, or again after the interview was moved, has each of them once.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.journal import disk
from vivavoce.transcripts.training.plan import Day
from vivavoce.transcripts.training.plan_file import PlanFile

if TYPE_CHECKING:
    from icalendar import Calendar

PRODUCT = "-//vivavoce//plan//EN"
CALM = "Nothing new today. The card for the interview: vivavoce plan"
INTERVIEW = "interview"


def calendar(file: PlanFile, days: Sequence[Day], today: date) -> bytes:
    """Return the `days` of a plan, and the interview, as a calendar; `today` dates the file."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    for day in days:
        told = CALM if day.calm else "\n".join([*(one.task.title for one in day.tasks), "", "vivavoce plan"])
        _add(made, file, today, (day.id, day.date, f"Day {day.number}: {day.title}", told))
    called = f"Interview: {file.title}" if file.title else "Interview"
    _add(made, file, today, (INTERVIEW, file.interview, called, CALM))
    return bytes(made.to_ical())


def write(path: Path, content: bytes) -> None:
    """Write `content` into a new file.

    Raises:
        LibraryError: there is one already, or it cannot be written.
    """
    if path.exists() or path.is_symlink():
        raise LibraryError(f"{path} is there already; name another file")
    if not path.parent.is_dir():
        raise LibraryError(f"there is no folder {path.parent}; make it first")
    disk.replace(path, content)


def _add(made: "Calendar", file: PlanFile, today: date, row: tuple[str, date, str, str]) -> None:
    from icalendar import Event

    kind, day, title, told = row
    event = Event()
    event.add("uid", f"{file.started.isoformat()}-{kind}@vivavoce")
    event.add("dtstamp", datetime.combine(today, time(), UTC))
    event.add("summary", title)
    event.add("description", told)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(1))
    event.add("transp", "TRANSPARENT")  # it keeps nobody from being invited
    made.add_component(event)
