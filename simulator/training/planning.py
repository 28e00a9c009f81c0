"""The plan of who sits at this machine: its file, the packs of the job, their sessions and their stories."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from vivavoce.personas.papers.asking_back import asking_back
from vivavoce.personas.papers.tailoring import Tailoring
from vivavoce.simulator.engine.answer_reader import reader
from vivavoce.simulator.errors import DocumentError
from vivavoce.simulator.live.papers import understood
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


def begin(interview: date, today: date, *, round_: str, title: str, resume: str = "", job: str = "") -> None:
    """Write the plan for an `interview`; where no title is given, it is the posting's.

    Args:
        interview: its day.
        today: where the person is.
        round_: what it will be.
        title: of the job, "" if none is named.
        resume: where it is; "" for none.
        job: where the posting is; "" for none.

    Raises:
        LibraryError: there is a plan, the day is past, or the file cannot be written.
        PersonaError: there is no such round.
        DocumentError: the posting cannot be used.
    """
    if interview < today:
        raise LibraryError(f"{interview} is past; the plan leads to a day that comes")
    resume, job = (os.path.abspath(os.path.expanduser(one)) if one else "" for one in (resume, job))
    made = PlanFile(interview=interview, started=today, round=round_, title=title, resume=resume, job=job)
    if job and not title:
        made = replace(made, title=_known(made).job_title)
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
    return card(held(reader=reader, latest=MOST_LOOKED_AT), bank(), to_ask(file))


def to_ask(file: PlanFile) -> Iterator[str]:
    """Yield what may be asked at the end: about the papers of the plan first, then what suits its rounds.

    Papers that cannot be read now stay away without a word: on the last day there is nothing to mend.

    Raises:
        PersonaError: a pack of the job cannot be used.
    """
    try:
        yield from asking_back(_known(file))
    except DocumentError:
        yield from ()
    yield from asked_back(file)


def _known(file: PlanFile) -> Tailoring:
    resume, job = (Path(one) if one else None for one in (file.resume, file.job))
    return understood(resume, job, file.title)


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
