"""Homes with weeks of practice, for the tests of the notebook's pages."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from tests.simulator.session_folders import tone
from tests.simulator.training.weeks import libraries
from tests.simulator.training.weeks.libraries import NO_END, STORY, Told
from vivavoce.transcripts.bank.story_file import Draft, write_draft
from vivavoce.transcripts.journal.home import home
from vivavoce.transcripts.journal.recording import NAME as SOUND
from vivavoce.transcripts.training import plan_file
from vivavoce.transcripts.training.plan_file import PlanFile

ASKED = "Tell me about something that you made work better."
BELT = (
    "The problem was that our sorting line stood still every morning and the drivers left late. I looked "
    "at the stops of three weeks, because nobody knew where they came from. Then I moved the scanner in "
    "front of the scales and taught both shifts the new order. I counted the stops each day. As a result "
    "the stops fell by {share} percent, and it was put to use in both halls. What went wrong was the first "
    "week, when I forgot the night shift, and I changed the plan and showed it to them at their own hour."
)
NAME = "sorting-line"


def at(day: date, hour: int) -> str:
    """Return the moment at this hour of a `day`, with an offset."""
    return datetime.combine(day, time(hour)).isoformat() + "+01:00"


def told(day: date, hour: int, *said: Told, story: str = "", drill: str = "", sound: bool = True) -> Path:
    """Return the folder of a session in which this was said."""
    folder = libraries.held(at(day, hour), *said, story=story, drill=drill)
    if sound:
        (folder / SOUND).write_bytes(tone())
    return folder


def belt(day: date, hour: int = 9, share: str = "40") -> Path:
    """Return the folder of a take of the story of the sorting line."""
    return told(day, hour, Told(question=ASKED, answer=BELT.format(share=share)), story=NAME)


def story(name: str = NAME, title: str = "The sorting line", share: str = "40") -> Path | None:
    """Write a story's file."""
    fields = {
        "problem": "The line stood still for an hour every morning, and the drivers left late.",
        "model": "I moved the scanner in front of the scales.",
        "metrics": f"Stops a day, which fell by {share} percent.",
    }
    return write_draft(Draft(name=name, title=title, themes=("ownership", "impact"), fields=fields))


def a_week(today: date) -> None:
    """Fill the home with a plan that began three days ago, two stories and some sessions."""
    begin = today - timedelta(3)
    home().mkdir(parents=True, exist_ok=True)
    plan_file.write(PlanFile(interview=today + timedelta(4), started=begin, title="Shift lead"))
    story()
    story("night-shift", "Die Nachtschicht über Ostern", "15")
    belt(begin, share="40")
    told(begin + timedelta(1), 18, Told(question=ASKED, answer=NO_END))
    belt(begin + timedelta(1), 19, share="25")
    told(begin + timedelta(2), 10, Told(question=ASKED, answer=STORY), Told(question=ASKED, answer=NO_END))
    told(today, 7, Told(question=ASKED, answer=NO_END))
