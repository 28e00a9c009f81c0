"""The plan, from sessions to ticks: pure, so that any week can be set up in a line."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.training.held import Held, Said
from vivavoce.transcripts.training.plan import (
    CALM,
    CONCEPTS,
    SHEET,
    STORIES,
    WORTH,
    Bank,
    Item,
    Task,
    Template,
    plain,
    plan,
)
from vivavoce.transcripts.training.plan_file import PlanFile

INTERVIEW = date(2026, 12, 6)
STARTED = date(2026, 11, 29)
FILE = PlanFile(interview=INTERVIEW, started=STARTED)
WORDING = "How would you explain a lever?"
TASKS = {
    "stories": (
        Task(kind=SHEET, title="write three", wanted=3),
        Task(kind=STORIES, title="tell three", wanted=3),
    ),
    "concepts": (
        Task(
            kind=CONCEPTS,
            title="explain one",
            wanted=1,
            items=(Item(id="lever", name="a lever", wordings=frozenset({plain(WORDING)}), how="ask lever"),),
        ),
    ),
}
WEEK = tuple(
    Template(id=name, title=name.capitalize(), tasks=TASKS.get(name, ()))
    for name in ("stories", "speaking", "concepts", "designs", "behavioral", "loop", CALM)
)


def session(
    day: date, question: str = "Tell me.", words: int = 100, seconds: float = 90.0, **more: object
) -> Held:
    said = Said(
        question=question,
        words=words,
        seconds=Seconds(seconds),
        whole=True,
        judged=True,
        story=True,
        parts=frozenset({"situation", "action", "result"}),
        score=4,
        gaps=frozenset(),
    )
    rest = {"round": "behavioral", "pack": "behavioral", "story": "", "drill": "", **more}
    return Held(
        id=f"{day}",
        day=day,
        moment=f"{day}",
        finished=True,
        said=(said,),
        asked=(),
        gaps=frozenset(),
        **rest,  # type: ignore[arg-type]
    )


@given(st.integers(-30, 30))
def test_only_what_was_done_from_the_start_to_the_interview_is_ticked(days: int) -> None:
    day = STARTED + timedelta(days)
    found = plan(FILE, STARTED, WEEK, [session(day, story="belt")])
    (stories,) = (one for one in found.days[0].tasks if one.task.kind == STORIES)

    assert stories.done == ((("belt", day),) if STARTED <= day <= INTERVIEW else ())


@given(st.integers(0, 40), st.integers(0, 12))
def test_each_day_is_left_today_or_skipped_before_it_and_neither_after(ahead: int, on: int) -> None:
    file = PlanFile(interview=STARTED + timedelta(ahead), started=STARTED)
    today = STARTED + timedelta(on)
    found = plan(file, today, WEEK, [])

    assert found.days[-1].calm
    assert not any(day.calm for day in found.days[:-1])
    if found.over or found.calm:
        assert (found.left, found.skipped, found.left_out) == ((), (), ())
        assert len(found.days) == 1
        return
    now = {one.task.title for day in found.days if day.date == today for one in day.tasks}
    before = {one.task.title for day in found.days if day.date < today for one in day.tasks}
    assert {one.task.title for one in found.left} == now
    assert {one.task.title for _, one in found.skipped} == before
    assert found.days[-1].date == file.interview - timedelta(1)
    kept = [day.id for day in found.days]
    titles = [one.capitalize() for one in WORTH if one not in kept]
    assert [*found.left_out] == titles
    assert set(kept) == {CALM, *WORTH[: len(kept) - 1]}


def test_what_is_open_has_a_command_and_what_is_done_has_none() -> None:
    opened = plan(FILE, STARTED, WEEK, []).days[2].tasks[0]
    closed = plan(FILE, STARTED, WEEK, [session(STARTED, question=f"Good. {WORDING}")]).days[2].tasks[0]

    assert (opened.open, opened.how) == (("a lever",), "ask lever")
    assert (closed.open, closed.how, closed.complete) == ((), "", True)


def test_the_last_day_ticks_nothing_that_was_not_wholly_done_and_asks_for_none_of_it() -> None:
    two = Task(
        kind=CONCEPTS,
        title="explain two",
        wanted=2,
        items=(*TASKS["concepts"][0].items, Item(id="cog", name="a cog", how="ask cog")),
    )
    week = [replace(one, tasks=(two,)) if one.id == "concepts" else one for one in WEEK]
    held = [session(STARTED, question=WORDING)]

    for today in (INTERVIEW - timedelta(1), INTERVIEW, INTERVIEW + timedelta(1)):
        found = plan(FILE, today, week, held)
        (task,) = (task for day in found.days for task in day.tasks)
        assert (len(task.done), task.task.wanted, task.complete) == (1, 2, False)
        assert (task.open, task.how) == ((), "")
        assert (found.left, found.skipped) == ((), ())


def test_a_story_that_is_written_down_has_no_day() -> None:
    bank = Bank(titles={"belt": "The belt", "form": "The form"}, fields={"belt": 5, "form": 4})
    sheet = plan(FILE, STARTED, WEEK, [], bank).days[0].tasks[0]

    assert sheet.done == (("The belt", None),)


def test_who_reads_this_on_a_clock_that_runs_late_sees_the_plan_as_it_is() -> None:
    found = plan(FILE, STARTED - timedelta(3), WEEK, [session(STARTED, story="belt")])

    assert (found.left, found.skipped) == ((), ())
    assert [day.date for day in found.days] == [STARTED + timedelta(number) for number in range(7)]
