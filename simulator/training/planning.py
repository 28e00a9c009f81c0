"""The plan of who sits at this machine: its file, the packs of the job, their sessions and their stories."""

from datetime import date

from vivavoce.simulator.engine.answer_reader import reader
from vivavoce.simulator.training.week import asked_back, topics, week
from vivavoce.transcripts.bank.story_file import stories
from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.training import plan_file
from vivavoce.transcripts.training.card import Card, card
from vivavoce.transcripts.training.held import held
from vivavoce.transcripts.training.plan import Bank, Day, Plan, plan
from vivavoce.transcripts.training.plan_file import PlanFile

NO_PLAN = "there is no plan yet; make one with the interview's day: vivavoce plan --interview 2026-12-06"

MOST_LOOKED_AT = 60  # sessions, the latest, in which stories for the card are looked for


def begin(interview: date, today: date, *, round_: str, title: str) -> None:
    """Write the plan for an `interview`.

    Raises:
        LibraryError: there is a plan, the day is past, or the file cannot be written.
        PersonaError: there is no such round.
    """
    if interview < today:
        raise LibraryError(f"{interview} is past; the plan leads to a day that comes")
    made = PlanFile(interview=interview, started=today, round=round_, title=title)
    week(made)  # so that a round that there is not is told of before anything is written
    plan_file.write(made)


def current() -> PlanFile:
    """Return the plan that there is.

    Raises:
        LibraryError: there is none, or it cannot be used.
    """
    found = plan_file.read()
    if found is None:
        raise LibraryError(NO_PLAN)
    return found


def standing(file: PlanFile, today: date) -> Plan:
    """Return how the plan stands today, by what was really done.

    Raises:
        LibraryError: sessions or stories cannot be read.
        PersonaError: a pack of the job cannot be used.
    """
    return plan(file, today, week(file), held(file.started, reader), bank())


def days(file: PlanFile) -> tuple[Day, ...]:
    """Return the days as they were planned, whatever was done.

    Raises:
        PersonaError: a pack of the job cannot be used.
    """
    before = min(file.started, file.interview)
    return plan(file, before, week(file), ()).days


def card_of(file: PlanFile) -> Card:
    """Return the card for the last day.

    Raises:
        LibraryError: sessions or stories cannot be read.
        PersonaError: a pack of the job cannot be used.
    """
    return card(held(reader=reader, latest=MOST_LOOKED_AT), bank(), asked_back(file))


def bank() -> Bank:
    """Return what the person's story files say.

    Raises:
        LibraryError: they cannot be read.
    """
    found = stories()
    return Bank(
        titles={one.name: one.title for one in found},
        fields={one.name: len(one.fields) - len(one.open) for one in found},
        themes={one.name: one.themes for one in found},
    )


def rests(today: date) -> bool:
    """Whether it is the last day before an interview, or its day: nothing new is offered then.

    A plan that cannot be read keeps nobody from practising.
    """
    try:
        file = plan_file.read()
    except LibraryError:
        return False
    return file is not None and file.started <= today and (file.interview - today).days in (0, 1)


def topics_of_the_job() -> list[str]:
    """Return what somebody with the job of the plan may be asked to explain; nothing without a plan.

    Raises:
        PersonaError: a pack of the job cannot be used.
    """
    try:
        file = plan_file.read()
    except LibraryError:
        return []
    return topics(file)
