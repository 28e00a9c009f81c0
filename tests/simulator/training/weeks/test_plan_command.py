"""`vivavoce plan`: making it, reading it, and the calm of the last day."""

import json
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.simulator.training.weeks.libraries import NO_END, STORY, TOPIC, Told, held, question
from vivavoce.personas.content.pack import pack
from vivavoce.simulator.commands.main import main
from vivavoce.simulator.training import planning
from vivavoce.simulator.training.week import asked_back, week
from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.training import calendar_file, plan_file
from vivavoce.transcripts.training.drills import drills
from vivavoce.transcripts.training.plan_file import PlanFile

INTERVIEW = date(2026, 12, 6)
STARTED = date(2026, 11, 29)
FILE = PlanFile(interview=INTERVIEW, started=STARTED, title="Machine learning engineer")

Output = pytest.CaptureFixture[str]


def printed(*arguments: str, on: date, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> str:
    monkeypatch.setattr("vivavoce.simulator.training.today.today", lambda: on)
    assert main([*arguments]) == 0
    return capsys.readouterr().out


def refused(*arguments: str, capsys: Output) -> str:
    assert main([*arguments]) != 0
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    return told.err


def some_practice(day: date = STARTED) -> None:
    moment = f"{day.isoformat()}T19:00:00+01:00"
    held(moment, Told(question="Tell me the whole story.", answer=STORY), story="belt")
    held(moment, Told(question=question("linkedin-ml/coding", "C08"), answer=TOPIC), round_="coding")
    held(moment, Told(question=question("behavioral", "conflict"), answer=NO_END))


# The last day


@pytest.mark.proves("T04", "P09")
@pytest.mark.parametrize("days_left", [1, 0])
@pytest.mark.parametrize("job", ["Machine learning engineer", "Registered nurse", "gardener"])
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_the_last_day_and_that_of_the_interview_name_nothing_new(
    days_left: int, job: str, form: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    file = PlanFile(interview=INTERVIEW, started=STARTED, title=job)
    plan_file.write(file)
    some_practice()
    today = INTERVIEW - timedelta(days_left)
    said = "".join(
        printed(name, *form, on=today, monkeypatch=monkeypatch, capsys=capsys) for name in ("plan", "drills")
    )

    done = {name for day in planning.standing(file, today).days for one in day.tasks for name, _ in one.done}
    items = {item.name for day in week(file) for task in day.tasks for item in task.items} - done
    offered = {text for one in drills() for text in (one.id, one.title, one.do, *one.ask)}
    for new in (*items, *offered, "--round", "--question", "drills run", "vivavoce story"):
        assert new not in said, new
    assert all(words in said for words in [*asked_back(file)][:3])  # the card
    if form:
        rows = [json.loads(line) for line in said.splitlines()]
        assert (rows[0]["left"], rows[0]["skipped"], rows[1]["drills"]) == ([], [], [])
        assert rows[1]["rest"]
        assert not any(one["open"] or one["how"] for day in rows[0]["days"] for one in day["tasks"])
    else:
        assert "breathe" in said
        assert "0 of" not in said
        assert "Not done" not in said


def test_the_day_before_the_last_one_still_offers_what_is_open(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    plan_file.write(FILE)
    some_practice()
    sixth = INTERVIEW - timedelta(2)
    said = printed("plan", on=sixth, monkeypatch=monkeypatch, capsys=capsys)
    drilled = printed("drills", on=sixth, monkeypatch=monkeypatch, capsys=capsys)

    assert "Left today:" in said
    assert "Not done of the days before:" in said
    assert "Due today:" in drilled


def test_the_card_has_the_stories_that_were_told_best_and_no_other(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    for name, answer, pace in (
        ("slow", STORY, 1.9),
        ("open", NO_END.replace("In my second", "In the second"), 0.4),
        ("good", STORY, 0.4),
    ):
        told = Told(question="Tell me the whole story.", answer=answer)
        held("2026-11-02T19:00:00+01:00", told, story=name, pace=pace)
    held("2026-11-03T19:00:00+01:00", Told(question=question("behavioral", "impact"), answer=STORY))

    found = planning.card_of(FILE)
    assert [one.name for one in found.stories][:2] == ["good", "slow"]
    assert [one.name for one in found.stories][2].startswith("your answer to")
    assert found.questions == tuple([*asked_back(FILE)][:3])


JOB = """Ward nurse
What you will do
- Plan the discharge of patients together with their families
What you bring
- Experience with telemetry monitoring
"""


def test_with_papers_the_card_asks_about_them_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    posting = tmp_path / "posting.txt"
    posting.write_text(JOB, "utf-8")
    monkeypatch.chdir(tmp_path)
    day = ["--interview", INTERVIEW.isoformat()]
    printed("plan", *day, "--job", posting.name, on=STARTED, monkeypatch=monkeypatch, capsys=capsys)
    file = planning.current()
    assert (file.title, file.job) == ("Ward nurse", str(posting))

    first, second, third = planning.card_of(file).questions
    assert "plan the discharge of patients" in first
    assert "telemetry monitoring" in second
    assert third == next(asked_back(file))

    posting.unlink()
    assert planning.card_of(file).questions == tuple([*asked_back(file)][:3])


def test_a_posting_that_cannot_be_used_makes_no_plan(capsys: Output) -> None:
    said = refused("plan", "--interview", "2999-12-06", "--job", "nothing.pdf", capsys=capsys)

    assert "nothing.pdf" in said
    assert plan_file.read() is None


def test_after_the_interview_it_says_so_and_offers_the_debrief(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    plan_file.write(FILE)
    said = printed("plan", on=INTERVIEW + timedelta(1), monkeypatch=monkeypatch, capsys=capsys)

    assert said.splitlines()[0].startswith("Your interview was on Sunday 6 December 2026")
    assert "vivavoce debrief" in said
    assert len(said.splitlines()) == 2


def test_what_was_left_out_of_a_short_plan_is_told_without_miscounting_the_days(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    plan_file.write(PlanFile(interview=INTERVIEW, started=INTERVIEW - timedelta(4), title="gardener"))
    said = printed("plan", on=INTERVIEW - timedelta(2), monkeypatch=monkeypatch, capsys=capsys)

    assert "in 2 days." in said
    assert "left, " not in said
    assert "\n4 days are planned, for what helps most. Left out: " in said


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone is the system's alone")
@pytest.mark.parametrize("command", [["plan"], ["drills"], ["drills", "--json"], ["interview", "--text"]])
def test_a_time_zone_that_is_none_is_told_in_a_line(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    plan_file.write(FILE)
    with monkeypatch.context() as there:
        there.setenv("TZ", "UTC+50")
        time.tzset()
        said = refused(*command, capsys=capsys)
    time.tzset()

    assert "TZ=Europe/Berlin" in said


# Making it


def test_a_plan_is_made_once_and_never_written_over(
    monkeypatch: pytest.MonkeyPatch, capsys: Output, home: Path
) -> None:
    made = printed(
        "plan",
        "--interview",
        "2026-12-06",
        "--title",
        'A "B" engineer',
        on=STARTED,
        monkeypatch=monkeypatch,
        capsys=capsys,
    )
    before = (home / "plan.toml").read_bytes()
    assert "in 7 days" in made
    assert plan_file.read() == PlanFile(interview=INTERVIEW, started=STARTED, title='A "B" engineer')

    error = refused("plan", "--interview", "2026-12-20", capsys=capsys)
    assert "edit it" in error
    assert (home / "plan.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("tomorrow", "2026-11-30"),
        ("Tomorrow", "2026-11-30"),
        ("monday", "2026-11-30"),
        ("next Friday", "2026-12-04"),
        ("sat", "2026-12-05"),
        ("Sunday", "2026-12-06"),
        ("today", "2026-11-29"),
    ],
)
def test_a_day_may_be_named_as_people_name_it(
    said: str, day: str, monkeypatch: pytest.MonkeyPatch, capsys: Output, home: Path
) -> None:
    printed("plan", "--interview", said, on=STARTED, monkeypatch=monkeypatch, capsys=capsys)

    assert STARTED.weekday() == 6
    assert plan_file.read().interview == date.fromisoformat(day)


@pytest.mark.parametrize("said", ["someday", "t", "mo", "mondayish", "next", "", "32", "next week"])
def test_what_names_no_day_is_refused(said: str, capsys: Output) -> None:
    with pytest.raises(SystemExit):
        main(["plan", "--interview", said])

    assert "tomorrow or friday" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--interview", "2026-11-28"],
        ["--interview", "2026-12-06", "--round", "juggling"],
        ["--title", "Nurse"],
        [],
    ],
)
def test_what_makes_no_plan_is_told_in_a_line_and_writes_nothing(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Output, home: Path
) -> None:
    monkeypatch.setattr("vivavoce.simulator.training.today.today", lambda: STARTED)
    refused("plan", *arguments, capsys=capsys)

    assert not (home / "plan.toml").exists()


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"interview = ",
        b"interview = 2026-12-06",
        b"interview = 2026-12-06\nstarted = 2026-13-01",
        b"interview = 2026-12-06\nstarted = 2026-12-07",
        b"interview = 'soon'\nstarted = 2026-11-29",
        b"interview = 7\nstarted = 2026-11-29",
        b"interview = 0001-01-01\nstarted = 0001-01-01",
        b"version = 2\ninterview = 2026-12-06\nstarted = 2026-11-29",
        b"interview = 2026-12-06\nstarted = 2026-11-29\nround = 3",
        b"interview = 2026-12-06\nstarted = 2026-11-29\nround = 'juggling'",
        b"interview = 2026-12-06\nstarted = 2026-11-29\nround = '../../x'",
        b"\xff\xfe\x00",
        b"a" * 200_000,
        b"[" * 5000,
    ],
)
def test_a_plan_that_cannot_be_used_is_told_in_a_line_and_left_as_it_is(
    text: bytes, capsys: Output, home: Path
) -> None:
    (home / "plan.toml").write_bytes(text)
    refused("plan", capsys=capsys)

    assert (home / "plan.toml").read_bytes() == text
    assert main(["drills"]) == 0  # which needs no plan


@pytest.mark.parametrize(
    "text",
    [
        b"interview = 2026-12-06\nstarted = 2026-11-29\n",
        b"\xef\xbb\xbfinterview = 2026-12-06\r\nstarted = 2026-11-29\r\n",
        b"interview = '2026-12-06'\nstarted = \"2026-11-29\"\n",
        b"interview = 2026-12-06T09:00:00\nstarted = 2026-11-29\nnotes = 'mine'\n[more]\na = 1\n",
        b"version = 1\nround = ''\ninterview = 2026-12-06\nstarted = 2026-11-29 # last Sunday\n",
    ],
)
def test_a_plan_that_a_person_wrote_is_read_as_they_meant_it(text: bytes, home: Path) -> None:
    (home / "plan.toml").write_bytes(text)

    assert plan_file.read() == PlanFile(interview=INTERVIEW, started=STARTED)


@given(st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_in_the_file_break_it(home: Path, content: bytes) -> None:
    (home / "plan.toml").write_bytes(content)
    said = ""
    try:
        plan_file.read()
    except LibraryError as error:
        said = str(error)
    assert len(said.splitlines()) <= 1


# What cannot be

NOBODYS = ("9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "9999-12-31T12:00:00")


@pytest.mark.parametrize("moment", NOBODYS)
@pytest.mark.parametrize("drill", ["", "result-first"])
def test_a_session_of_a_day_that_nobody_had_keeps_nobody_from_a_plan(
    moment: str, drill: str, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    plan_file.write(FILE)
    held(moment, Told(question="Tell me the whole story.", answer=NO_END), drill=drill)
    some_practice()
    said = printed("plan", on=STARTED, monkeypatch=monkeypatch, capsys=capsys)
    drilled = printed("drills", on=STARTED, monkeypatch=monkeypatch, capsys=capsys)

    assert ": 1 of 3" in said
    assert "All drills" in drilled


@pytest.mark.parametrize("day", ["9999-12-31", "3000-01-01"])
def test_no_plan_is_written_that_could_not_be_read_again(
    day: str, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setattr("vivavoce.simulator.training.today.today", lambda: STARTED)
    assert "name a day before" in refused("plan", "--interview", day, capsys=capsys)
    assert not (home / plan_file.NAME).exists()


def test_a_clock_that_was_never_set_makes_no_plan(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setattr("vivavoce.simulator.training.today.today", lambda: date(1970, 1, 1))
    assert "the clock of this machine" in refused("plan", "--interview", "2026-12-06", capsys=capsys)
    assert not (home / plan_file.NAME).exists()


def test_a_title_without_end_is_cut_so_that_the_plan_can_be_read() -> None:
    plan_file.write(PlanFile(interview=INTERVIEW, started=STARTED, title="nurse " * 20_000))
    found = plan_file.read()
    assert found is not None
    assert len(found.title) <= plan_file.LONGEST


def test_a_plan_that_is_a_link_to_nothing_is_told_of(home: Path, capsys: Output) -> None:
    (home / plan_file.NAME).symlink_to(home / "gone.toml")
    assert "it is a link to a file that is not there" in refused("plan", capsys=capsys)


@pytest.mark.parametrize("version", ['"2"', "2.5", "[2]"])
def test_a_version_that_is_no_number_is_told_of(version: str, home: Path, capsys: Output) -> None:
    row = f"version = {version}\ninterview = 2026-12-06\nstarted = 2026-11-29\n"
    (home / plan_file.NAME).write_text(row)
    assert "its version is no number" in refused("plan", capsys=capsys)


# The calendar


def test_a_program_is_told_of_the_calendar_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    plan_file.write(FILE)
    target = tmp_path / "week.ics"
    asked = ("plan", "--json", "--calendar", str(target))
    said = json.loads(printed(*asked, on=STARTED, monkeypatch=monkeypatch, capsys=capsys))
    assert said == {"schema": 1, "calendar": str(target), "days": 8}


def events(content: bytes) -> list[dict[str, object]]:
    from icalendar import Calendar

    return [
        {name: one.decoded(name) for name in ("uid", "dtstart", "dtend", "summary", "description")}
        for one in Calendar.from_ical(content).walk("VEVENT")
    ]


def test_the_calendar_has_each_day_once_and_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: Output, tmp_path: Path
) -> None:
    plan_file.write(FILE)
    target = tmp_path / "week.ics"
    said = printed("plan", "--calendar", str(target), on=STARTED, monkeypatch=monkeypatch, capsys=capsys)
    found = events(target.read_bytes())

    assert "8 days" in said
    assert [one["dtstart"] for one in found] == [STARTED + timedelta(number) for number in range(8)]
    assert all(one["dtend"] == one["dtstart"] + timedelta(1) for one in found)  # type: ignore[operator]
    assert len({one["uid"] for one in found}) == 8
    assert target.read_bytes().count(b"\r\n") == target.read_bytes().count(b"\n")
    assert found[6]["description"] == found[7]["description"] == calendar_file.CALM
    assert "is there already" in refused("plan", "--calendar", str(target), capsys=capsys)


def test_who_reads_it_again_or_moves_the_interview_has_each_day_once() -> None:
    moved = PlanFile(interview=INTERVIEW + timedelta(3), started=STARTED)
    one, again, other = (
        events(calendar_file.calendar(file, planning.days(file), today))
        for file, today in ((FILE, STARTED), (FILE, STARTED + timedelta(4)), (moved, STARTED))
    )

    assert one == again
    assert [row["uid"] for row in one] == [row["uid"] for row in other]
    assert one[0]["dtstart"] != other[0]["dtstart"]


def test_what_was_done_is_not_in_the_calendar_and_neither_is_what_was_not() -> None:
    some_practice()
    content = calendar_file.calendar(FILE, planning.days(FILE), STARTED)

    assert b" of 3" not in content
    assert content == calendar_file.calendar(FILE, planning.days(FILE), STARTED)


# The weeks of jobs


def test_the_week_of_a_machine_learning_engineer_has_what_was_asked_for() -> None:
    days = {one.id: one for one in week(FILE)}
    (problems,), (concepts,), (designs,) = (days[name].tasks for name in ("speaking", "concepts", "designs"))

    assert (problems.wanted, concepts.wanted, designs.wanted) == (4, 6, 2)
    assert {one.id for one in concepts.items} == {"Q02", "Q04", "Q05", "Q06", "Q08", "Q13"}
    assert {one.id for one in designs.items} == {"D01", "D02"}
    assert {one.id for one in days["behavioral"].tasks[0].items} == {
        *("conflict", "failure", "ownership", "ambiguity", "leadership", "impact")
    }
    assert days["loop"].tasks[0].rounds == {"coding", "design", "behavioral"}


@pytest.mark.parametrize(
    "name", ["accounting/loop", "backend/loop", "devops/loop", "linkedin-ml/loop", "loop", "nursing/loop"]
)
def test_each_job_has_a_week_of_its_own_rounds(name: str) -> None:
    days = week(PlanFile(interview=INTERVIEW, started=STARTED, round=name))
    coding = any(pack(stage.round).plan == "coding" for stage in pack(name).stages)

    assert [one.id for one in days] == [
        *("stories", "speaking", "concepts", "designs", "behavioral", "loop", "calm")
    ]
    assert [one.kind for one in days[1].tasks] == ["problems" if coding else "concepts"]
    assert all((task.wanted and task.how) or task.items for day in days for task in day.tasks)
    shown = [item.id for day in days[1:4] for task in day.tasks for item in task.items]
    assert len(shown) == len(set(shown))
