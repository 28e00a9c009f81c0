"""Two weeks of five people, as folders of sessions: plan and drills say what they did, and nothing else."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.simulator.training.weeks.libraries import BACK, NO_END, STORY, TOPIC, Told, held, question
from vivavoce.simulator.training import planning
from vivavoce.transcripts.bank.telling import OVERTIME
from vivavoce.transcripts.journal.session_json import AGAIN, DEMO
from vivavoce.transcripts.training import plan as kinds
from vivavoce.transcripts.training.due_drills import rows, today
from vivavoce.transcripts.training.held import held as read
from vivavoce.transcripts.training.plan import Plan, Ticked
from vivavoce.transcripts.training.plan_file import PlanFile

INTERVIEW = date(2026, 12, 6)
FIRST = date(2026, 11, 29)
ML = PlanFile(interview=INTERVIEW, started=FIRST, title="Machine learning engineer")
NURSE = PlanFile(interview=INTERVIEW, started=FIRST, title="Registered nurse")
THEMES = ("conflict", "failure", "ownership", "ambiguity", "leadership", "impact")
FILE = """---
title: {title}
kind: general
themes: {themes}
version: 1
---

## The problem

The line stood still.

## Why this way

It cost nothing.

## What you had to work with

A list of stops.

## What you built or did

I moved the scanner.

## How you measured it

From twelve a day to two.
"""


def at(day: date, clock: str = "19:00:00", offset: str = "+01:00") -> str:
    return f"{day.isoformat()}T{clock}{offset}"


def on(number: int) -> date:
    """Return a day of the week before the interview, the first being 1."""
    return FIRST + timedelta(number - 1)


def write_stories(home: Path, *names: str, themes: str = "") -> None:
    (home / "stories").mkdir()
    for name in names:
        text = FILE.format(title=f"The {name}", themes=themes)
        (home / "stories" / f"{name}.md").write_bytes(text.encode())


def tell(day: date, name: str, answer: str = STORY, **how: object) -> None:
    held(at(day), Told(question="Tell me the whole story.", answer=answer), story=name, **how)  # type: ignore[arg-type]


def ask(day: date, pack_id: str, name: str, answer: str, round_: str, **how: object) -> None:
    said = Told(question=question(pack_id, name), answer=answer)
    held(at(day), said, round_=round_, pack_id=pack_id, **how)  # type: ignore[arg-type]


def loop(day: date, rounds: Sequence[str], **how: object) -> None:
    told = [Told(question=f"About {one}, please.", answer=STORY, round=one) for one in rounds]
    back = Told(question="What would you like to ask?", answer=BACK, move="hand over")
    held(at(day), *told, back, round_="loop", pack_id="linkedin-ml/loop", **how)  # type: ignore[arg-type]


def ticks(plan: Plan) -> dict[str, list[Ticked]]:
    found: dict[str, list[Ticked]] = {}
    for day in plan.days:
        for one in day.tasks:
            found.setdefault(one.task.kind, []).append(one)
    return found


def count(plan: Plan, kind: str) -> int:
    return sum(len(one.done) for one in ticks(plan).get(kind, []))


def skipped(plan: Plan) -> list[str]:
    return [one.task.kind for _, one in plan.skipped]


def the_diligent(home: Path) -> None:
    write_stories(home, "belt", "forms", "night")
    for name in ("belt", "forms", "night"):
        tell(on(1), name)
    for name in ("C11", "shared-manager", "C08", "C10"):
        ask(on(2), "linkedin-ml/coding", name, TOPIC, "coding")
    for pack_id, names in {"hiring-manager": ("Q02", "Q04", "Q08"), "domain": ("Q05", "Q06", "Q13")}.items():
        for name in names:
            ask(on(3), f"linkedin-ml/{pack_id}", name, TOPIC, "domain")
    for name in ("D02", "D01"):
        ask(on(4), "linkedin-ml/ml-design", name, TOPIC, "design")
    for theme in ("conflict", "B01", "ownership", "ambiguity", "leadership", "impact"):
        ask(on(5), "linkedin-ml/behavioral", theme, STORY, "behavioral")
    loop(on(6), ("recruiter", "coding", "design", "behavioral"))
    cut_in(on(6))
    held(
        at(on(6), "21:30:00"),
        Told(question="What do you not know yet?", answer=NO_END),
        Told(
            question="Ask me.", answer="Which project would I begin with, and why that one?", move="hand over"
        ),
        drill="reverse-question",
    )


def cut_in(day: date) -> None:
    held(
        at(day, "20:00:00"),
        Told(question="Tell me everything.", answer=NO_END, whole=False),
        Told(question="What came of it?", answer=STORY, move="cut in"),
        drill="interruption",
    )


@pytest.mark.proves("P01", "P02", "P03", "P04", "P05", "P06", "P07")
def test_who_does_it_all_sees_it_ticked_on_its_day_and_nothing_before(home: Path) -> None:
    the_diligent(home)

    week = planning.standing(ML, on(6))
    found = ticks(week)
    assert all(one.complete for rows in found.values() for one in rows)
    assert week.left == () == week.skipped
    days = {kind: {day for one in rows for _, day in one.done} for kind, rows in found.items()}
    assert days == {
        kinds.SHEET: {None},
        kinds.STORIES: {on(1)},
        kinds.PROBLEMS: {on(2)},
        kinds.CONCEPTS: {on(3)},
        kinds.DESIGNS: {on(4)},
        kinds.THEMES: {on(5)},
        kinds.LOOP: {on(6)},
        kinds.PRESSURE: {on(6)},
        kinds.REVERSE: {on(6)},
    }


def test_who_skips_days_is_told_which_and_may_make_up_for_them(home: Path) -> None:
    write_stories(home, "belt", "forms")
    tell(on(1), "belt")
    tell(on(2), "forms")
    ask(on(5), "nursing/clinical", "prioritising", TOPIC, "clinical")  # of day 2
    ask(on(5), "behavioral", "failure", STORY, "behavioral")
    ask(on(5), "behavioral", "conflict", STORY, "behavioral")

    fifth, sixth = planning.standing(NURSE, on(5)), planning.standing(NURSE, on(6))
    assert count(fifth, kinds.STORIES) == count(fifth, kinds.SHEET) == 2
    assert count(fifth, kinds.CONCEPTS) == 1
    assert skipped(fifth) == [kinds.SHEET, kinds.STORIES, *[kinds.CONCEPTS] * 3]
    assert [(one.task.kind, len(one.done), one.task.wanted) for one in fifth.left] == [(kinds.THEMES, 2, 6)]
    assert fifth.left[0].open == ("ownership", "ambiguity", "leadership", "impact")
    assert skipped(sixth)[-1] == kinds.THEMES
    assert [one.task.kind for one in sixth.left] == [kinds.LOOP, kinds.PRESSURE, kinds.REVERSE]
    assert next(one.task.rounds for one in sixth.left) == {"behavioral", "clinical"}


def test_one_story_told_five_times_is_one_story(home: Path) -> None:
    write_stories(home, "belt", themes="failure, impact")
    for number in range(1, 6):
        tell(on(number), "belt")

    week = planning.standing(NURSE, on(6))
    (stories,), (themes,) = ticks(week)[kinds.STORIES], ticks(week)[kinds.THEMES]
    assert stories.done == (("The belt", on(1)),)
    assert {name for name, _ in themes.done} == {"failure", "impact"}
    card = planning.card_of(NURSE)
    assert [one.name for one in card.stories] == ["The belt"]


def test_a_slow_telling_is_measured_by_the_clock_and_not_by_its_accent(home: Path) -> None:
    write_stories(home, "belt", "forms", "night")
    tell(on(1), "belt", pace=1.8)  # 187 s
    tell(on(1), "forms", pace=1.6)  # 166 s
    tell(on(1), "night", sure=0.4)  # too unclear to be sure of
    tell(on(2), "belt", pace=1.7)  # 177 s
    ask(on(3), "nursing/clinical", "deterioration", TOPIC, "clinical", sure=0.4)

    first, second = planning.standing(NURSE, on(1)), planning.standing(NURSE, on(4))
    assert [one.done for one in ticks(first)[kinds.STORIES]] == [(("The forms", on(1)), ("The belt", on(2)))]
    assert count(second, kinds.CONCEPTS) == 0


def test_three_days_before_it_keeps_what_is_worth_most(home: Path) -> None:
    late = PlanFile(interview=INTERVIEW, started=on(5), title="Registered nurse")
    tell(on(4), "belt")  # before there was a plan
    tell(on(5), "forms")
    loop(on(6), ("behavioral", "clinical"))

    found = planning.standing(late, on(6))
    assert [(day.id, day.date) for day in found.days] == [
        ("stories", on(5)),
        ("loop", on(6)),
        ("calm", on(7)),
    ]
    assert found.left_out == (
        "Six stories about people and work",
        "Questions of the job, aloud",
        "Harder cases",
        "Explained simply",
    )
    assert [one.done for one in ticks(found)[kinds.STORIES]] == [(("forms", on(5)),)]
    assert [one.done for one in ticks(found)[kinds.LOOP]] == [(("the loop", on(6)),)]
    assert skipped(found) == [kinds.SHEET, kinds.STORIES]


@pytest.mark.parametrize("days", range(8))
def test_a_plan_of_fewer_days_always_ends_with_rest_on_the_day_before(days: int) -> None:
    file = PlanFile(interview=INTERVIEW, started=INTERVIEW - timedelta(days))
    found = planning.days(file)

    assert len(found) == min(max(days, 1), 7)
    assert found[-1].calm
    assert found[-1].date == INTERVIEW - timedelta(1 if days else 0)
    assert [one.date for one in found] == sorted({one.date for one in found})
    assert not any(one.calm for one in found[:-1])


# What is not done is not ticked


def nothing_done(file: PlanFile = ML, day: int = 6) -> bool:
    return not any(one.done for rows in ticks(planning.standing(file, on(day))).values() for one in rows)


def test_nobody_is_ticked_for_what_a_demonstration_or_a_second_hearing_did() -> None:
    for origin in (DEMO, AGAIN):
        tell(on(1), "belt", origin=origin)
        ask(on(2), "linkedin-ml/coding", "C08", TOPIC, "coding", origin=origin)
        loop(on(3), ("coding", "design", "behavioral"), origin=origin)

    assert nothing_done()
    assert planning.card_of(ML).stories == ()
    assert read() == []


@pytest.mark.parametrize("day", [FIRST - timedelta(1), FIRST - timedelta(300), INTERVIEW + timedelta(1)])
def test_what_was_done_before_the_plan_or_after_the_interview_is_not_of_it(day: date) -> None:
    tell(day, "belt")
    loop(day, ("coding", "design", "behavioral"))

    assert nothing_done()


@pytest.mark.parametrize(
    ("pack_id", "name", "answer", "round_", "how"),
    [
        ("linkedin-ml/coding", "C08", "I would sort them.", "coding", {}),
        ("linkedin-ml/coding", "C08", TOPIC, "coding", {"typed": True}),  # aloud
        ("linkedin-ml/coding", "C12", TOPIC, "coding", {}),  # not one of those that the week takes
        ("linkedin-ml/hiring-manager", "Q01", TOPIC, "hiring manager", {}),
        ("linkedin-ml/ml-design", "D01", " ".join(TOPIC.split()[:90]), "design", {}),
        ("linkedin-ml/behavioral", "conflict", TOPIC, "behavioral", {}),  # no story
        ("linkedin-ml/behavioral", "feedback", STORY, "behavioral", {}),  # of no theme
    ],
)
def test_what_was_only_touched_on_is_not_done(
    pack_id: str, name: str, answer: str, round_: str, how: dict[str, object]
) -> None:
    ask(on(2), pack_id, name, answer, round_, **how)

    assert nothing_done()


@pytest.mark.parametrize(
    ("answer", "how"),
    [
        ("It was about the belt, and it went well.", {}),
        (STORY, {"typed": True}),  # no clock
        (STORY, {"pace": 2.0}),
    ],
)
def test_a_story_counts_when_it_was_told_in_time(answer: str, how: dict[str, object]) -> None:
    tell(on(1), "belt", answer, **how)

    assert nothing_done()


def test_a_story_that_was_broken_off_was_not_told_to_its_end() -> None:
    cut = Told(question="Tell me the whole story.", answer=STORY, whole=False)
    held(at(on(1)), cut, story="belt", finished=False)

    assert nothing_done()


@pytest.mark.parametrize(("pace", "in_time"), [(0.4, True), (0.75, False)])
def test_a_question_in_between_is_of_the_story_and_of_its_time(pace: float, in_time: bool) -> None:
    told = [
        Told(question="Tell me the whole story.", answer=STORY, move="open", whole=False),
        Told(question="Why?", answer=STORY, move="cut in", why="the candidate chose to be interrupted"),
        Told(question="Do go on.", answer=STORY, move="go on"),
        Told(question="Who doubted that?", answer=TOPIC, move="challenge"),
    ]
    held(at(on(1)), *told, story="belt", pace=pace)  # about 125 s, and 235 s

    assert count(planning.standing(NURSE, on(1)), kinds.STORIES) == in_time


def test_a_story_that_was_stopped_for_its_time_was_not_told_to_its_end() -> None:
    told = Told(question="Tell me the whole story.", answer=STORY, move="open", whole=False)
    over = Told(question="That is a minute. What is the point?", answer=STORY, move="cut in", why=OVERTIME)
    held(at(on(1)), told, over, story="belt")

    assert nothing_done()


@pytest.mark.parametrize("rounds", [("coding", "design"), ("coding", "behavioral"), ("behavioral",)])
def test_a_loop_with_a_round_missing_is_none(rounds: Sequence[str]) -> None:
    loop(on(6), rounds)

    assert count(planning.standing(ML, on(6)), kinds.LOOP) == 0


@pytest.mark.parametrize("how", [{"over": False}, {"finished": False}])
def test_a_session_that_was_broken_off_counts_for_what_was_said(how: dict[str, bool]) -> None:
    asked = [Told(question=question("linkedin-ml/coding", "C08"), answer=TOPIC, round="coding")]
    asked += [Told(question="About it.", answer=STORY, round=one) for one in ("design", "behavioral")]
    held(at(on(6)), *asked, round_="loop", pack_id="linkedin-ml/loop", **how)  # type: ignore[arg-type]

    found = planning.standing(ML, on(6))
    assert count(found, kinds.LOOP) == 0
    assert count(found, kinds.PROBLEMS) == 1


def test_a_copy_of_a_session_counts_once() -> None:
    folder = held(
        at(on(6)),
        Told(question="Ask me.", answer=BACK, move="hand over"),
        Told(question="And?", answer=STORY),
    )
    copy = folder.with_name(f"{folder.name} (1)")
    copy.mkdir()
    for file in folder.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())

    assert [one.id for one in read()] == [folder.name]


# Days as they were lived


@pytest.mark.parametrize(
    ("started_at", "day"),
    [
        ("2026-11-29T00:05:00+09:00", "2026-11-29"),  # Tokyo: still the 28th elsewhere
        ("2026-11-29T23:55:00-05:00", "2026-11-29"),  # New York: the 30th already in London
        ("2026-11-29T23:59:59+01:00", "2026-11-29"),
        ("2026-11-29T00:00:00+00:00", "2026-11-29"),
        ("2026-11-29T00:00:00+14:00", "2026-11-29"),
        ("2026-11-01T01:30:00-04:00", "2026-11-01"),  # the hour that New York had twice
        ("2026-11-01T01:30:00-05:00", "2026-11-01"),
        ("2026-03-29T03:30:00+02:00", "2026-03-29"),  # the day that had 23 hours in Berlin
        ("2026-11-29T19:00:00", "2026-11-29"),
    ],
)
def test_a_session_is_of_the_day_on_which_it_began_where_the_person_was(started_at: str, day: str) -> None:
    held(started_at, Told(question="Tell me the whole story.", answer=STORY), story="belt")
    lived = date.fromisoformat(day)
    file = PlanFile(interview=lived + timedelta(7), started=lived, title="Registered nurse")

    (told,) = ticks(planning.standing(file, lived))[kinds.STORIES]
    assert told.done == (("belt", lived),)
    later = PlanFile(interview=lived + timedelta(7), started=lived + timedelta(1), title="Registered nurse")
    assert nothing_done(later, 1)


def test_who_flies_home_has_each_day_in_its_order() -> None:
    told = [Told(question="Tell me the whole story.", answer=STORY)]
    held("2026-11-30T01:00:00+09:00", *told, story="tokyo")
    held("2026-11-29T22:00:00-05:00", *told, story="york")  # later, and a day earlier

    assert [one.story for one in read()] == ["york", "tokyo"]


@pytest.mark.parametrize("started_at", ["", "yesterday", "2026-13-01T10:00:00+01:00"])
def test_a_session_of_no_day_is_ticked_on_none(started_at: str) -> None:
    folder = held(at(on(1)), Told(question="Tell me the whole story.", answer=STORY), story="belt")
    details = (folder / "session.json").read_bytes().replace(at(on(1)).encode(), started_at.encode())
    (folder / "session.json").write_bytes(details)

    assert read() == []


# Drills


def test_what_keeps_going_wrong_becomes_a_drill_and_what_went_well_comes_later() -> None:
    before = FIRST - timedelta(7)
    for day in (0, 1, 2):
        back = Told(question="Anything you want to ask?", answer="No, thank you.", move="hand over")
        held(at(before + timedelta(day)), Told(question=question("behavioral", "impact"), answer=STORY), back)
    found = {one.drill.id: one for one in rows(read())}

    row = found["reverse-question"]
    assert row.due is not None
    assert (row.due.day, row.heard, row.of) == (before, 3, 3)
    assert row.why == "you asked nothing at the end (in 3 of your last 3 sessions)"
    assert [one.drill.id for one in today(found.values(), before)[0]] == ["reverse-question"]

    third = before + timedelta(2)
    well = Told(question="Ask me.", answer="What would my first project be in this team?", move="hand over")
    held(at(third, "21:00:00"), Told(question="What is open?", answer=NO_END), well, drill="reverse-question")
    after = next(one for one in rows(read()) if one.drill.id == "reverse-question").due
    assert after is not None
    assert (after.latest, after.since_gap) == ("done well", None)
    assert after.day > third

    held(at(third + timedelta(1)), Told(question=question("behavioral", "failure"), answer=STORY), back)
    again = next(one for one in rows(read()) if one.drill.id == "reverse-question").due
    assert again is not None
    assert again.day == third + timedelta(1)


@pytest.mark.parametrize(("after", "is_due"), [(2.0, False), (12.0, True)])
def test_who_took_long_to_go_on_after_a_cut_in_has_a_drill_for_it(after: float, is_due: bool) -> None:
    told = Told(question="Tell me about the belt.", answer=NO_END, whole=False)
    held(at(on(1)), told, Told(question="What came of it?", answer=STORY, move="cut in", after=after))
    (row,) = (one for one in rows(read()) if one.drill.id == "interruption")

    assert (row.due is not None) == is_due


def test_a_gap_in_a_drill_is_no_gap_of_an_interview() -> None:
    held(at(on(1)), Told(question="In thirty seconds.", answer=NO_END), drill="thirty-seconds")
    held_one = read()[0]
    due = {one.drill.id for one in rows([held_one]) if one.due is not None}

    assert "setup-heavy" in held_one.gaps
    assert due == {"thirty-seconds"}


def test_a_topic_that_a_drill_had_explained_counts_for_its_day() -> None:
    asked = "Explain the wrong medicine to a neighbour who has never heard of it."
    held(at(on(1)), Told(question=asked, answer=TOPIC), drill="explain-simply")
    asked = "Explain the patient who gets worse to a neighbour who has never heard of it."
    held(at(on(2)), Told(question=asked, answer=TOPIC), drill="explain-simply")
    found = [one.done for one in ticks(planning.standing(NURSE, on(3)))[kinds.CONCEPTS]]

    assert found == [(), (("the patient who gets worse", on(2)),), ()]  # the other is no topic of that day


def test_a_drill_in_which_nothing_was_measured_is_none() -> None:
    held(at(on(1)), Told(question="Tell me everything.", answer=STORY), drill="interruption")  # nobody cut in
    held(at(on(1)), Told(question="In thirty seconds.", answer="Well."), drill="thirty-seconds")

    assert [one.due for one in rows(read())] == [None] * 7
    assert count(planning.standing(ML, on(6)), kinds.PRESSURE) == 0


def test_a_large_library_is_read_in_part_and_its_drills_in_whole() -> None:
    for number in range(1, 6):
        tell(on(number), f"belt {number}")
        cut_in(on(number))

    assert [(one.drill, one.day) for one in read(latest=2)] == [
        *(("interruption", on(number)) for number in range(1, 4)),
        *((drill, on(number)) for number in (4, 5) for drill in ("", "interruption")),
    ]
    assert {one.drill for one in read(latest=0)} == {"interruption"}
    assert len(read()) == 10
