"""A drill from its question to its measure, with the real interviewer."""

import io
import json
from pathlib import Path

import pytest

from tests.simulator.training.weeks.libraries import BACK, STORY, TOPIC, reader
from vivavoce.simulator.commands.main import main
from vivavoce.transcripts.journal.session_json import read_meta
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.training import held
from vivavoce.transcripts.training.drills import CONCEPT, drill, drills
from vivavoce.transcripts.training.schedule import DONE, NOT_YET, RATINGS, WELL

Output = pytest.CaptureFixture[str]


def typed(name: str, *lines: str, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> str:
    """Return what the drill prints to somebody who types these lines."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{one}\n" for one in lines)))
    assert main(["drills", "run", name, "--text"]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "lines", "rating"),
    [
        (
            "result-first",
            ["We cut the wait from forty minutes to ten. I moved the desk to the door for that."],
            WELL,
        ),
        (
            "result-first",
            ["I ran the desk at the clinic. I moved the desk to the door that spring."],
            NOT_YET,
        ),
        ("thirty-seconds", [" ".join(STORY.split()[:60])], WELL),
        ("thirty-seconds", [STORY], DONE),
        ("thirty-seconds", [f"{STORY} {TOPIC}"], NOT_YET),
        (
            "own-step",
            ["I drew the plan, I asked the others, and I built the shelf. We opened it in May."],
            DONE,
        ),
        ("own-step", ["I drew the plan, I asked the others, I built the shelf and then I painted it."], WELL),
        ("own-step", ["We drew the plan, we asked the others, and we built the shelf in the end."], NOT_YET),
        (
            "one-number",
            ["I changed the order of the rooms. As a result the wait fell by half an hour a day."],
            WELL,
        ),
        (
            "one-number",
            ["I was there for 3 years. I changed the order of the rooms, and people liked that."],
            DONE,
        ),
        (
            "one-number",
            ["I changed the order of the rooms on the ward, and people liked that a lot."],
            NOT_YET,
        ),
        ("explain-simply", [TOPIC], WELL),
        (
            "explain-simply",
            [
                "Regularization penalises unnecessarily complicated parametrizations, consequently "
                "generalization capability deteriorates considerably less, particularly considering "
                "heterogeneous distributional characteristics, and overparametrized architectures "
                "necessitate additional precautionary hyperparameter configurations."
            ],
            NOT_YET,
        ),
        (
            "reverse-question",
            ["What would my first project be in this team?"],
            WELL,
        ),
        ("reverse-question", ["Is the team large?"], DONE),
        ("reverse-question", ["Do you pay a bonus?"], NOT_YET),
        ("reverse-question", ["No, thank you."], NOT_YET),
    ],
)
def test_a_drill_ends_with_its_measure(
    name: str, lines: list[str], rating: str, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    said = typed(name, *lines, monkeypatch=monkeypatch, capsys=capsys)

    chosen = drill(name)
    assert chosen.do in said
    assert f"It measures {chosen.measures}." in said
    assert f"{rating.capitalize()}. (It is {chosen.threshold}.)" in said
    (folder,) = sessions.folders()
    assert read_meta(folder).drill == name
    found = held.held_in(folder, reader)
    assert found is not None
    assert found.measured is not None
    assert found.measured.said in said
    assert found.measured.rating == rating


@pytest.mark.parametrize("name", [one.id for one in drills() if not one.spoken])
@pytest.mark.parametrize("lines", [[], ["q"], ["Well."], [""]])
def test_a_drill_in_which_nothing_was_said_has_no_rating(
    name: str, lines: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    said = typed(name, *lines, monkeypatch=monkeypatch, capsys=capsys)

    assert not any(f"{rating.capitalize()}. (" in said for rating in RATINGS[:2])
    assert name == "reverse-question" or f"{NOT_YET.capitalize()}. (" not in said


def test_the_second_question_is_a_chance_to_do_it_better(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    bad, good = (
        "We drew the plan, we asked the others and we built it.",
        "I drew it, I built it and I painted it again.",
    )
    said = typed("own-step", bad, good, monkeypatch=monkeypatch, capsys=capsys)

    assert said.count("Dana:") == 3  # two questions and a goodbye
    assert "3 of 3 steps are told with “I”" in said


def test_the_next_time_it_asks_something_else(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    asked = [
        typed("own-step", STORY, monkeypatch=monkeypatch, capsys=capsys).split("Dana: ")[1] for _ in range(2)
    ]

    assert asked[0] != asked[1]


def test_what_is_to_be_explained_is_of_the_job(
    monkeypatch: pytest.MonkeyPatch, capsys: Output, home: Path
) -> None:
    plain = typed("explain-simply", TOPIC, monkeypatch=monkeypatch, capsys=capsys)
    (home / "plan.toml").write_bytes(
        b'interview = 2999-01-01\nstarted = 2026-11-29\ntitle = "registered nurse"\n'
    )
    nurse = typed("explain-simply", TOPIC, monkeypatch=monkeypatch, capsys=capsys)

    assert any(one in plain for one in drill("explain-simply").plain)
    assert "the patient who gets worse" in nurse or "the wrong medicine" in nurse
    assert CONCEPT not in plain + nurse


def test_a_drill_that_must_be_spoken_says_so_before_anything_begins(capsys: Output) -> None:
    assert main(["drills", "run", "interruption", "--text"]) != 0
    told = capsys.readouterr()
    assert "vivavoce drills run interruption" in told.err
    assert told.out == ""
    assert sessions.folders() == []


def test_a_drill_that_is_held_is_no_object_and_says_so_before_it_begins(capsys: Output) -> None:
    assert main(["drills", "--json", "run", "own-step", "--text"]) == 2
    told = capsys.readouterr()
    assert told.err.count("\n") == 1
    assert told.out == ""
    assert sessions.folders() == []


def test_a_drill_that_there_is_not_is_told_in_a_line(capsys: Output) -> None:
    assert main(["drills", "run", "juggling"]) != 0
    assert "there are result-first" in capsys.readouterr().err


def test_the_list_says_what_is_due_and_why(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    assert main(["drills"]) == 0
    assert "Nothing is due: no gap was heard yet" in capsys.readouterr().out

    typed("own-step", STORY, monkeypatch=monkeypatch, capsys=capsys)
    assert main(["drills"]) == 0
    listed = capsys.readouterr().out
    assert "Nothing is due today." in listed
    assert "held once, the last time done well" in listed
    assert main(["drills", "--json"]) == 0
    rows = {one["id"]: one for one in json.loads(capsys.readouterr().out)["drills"]}
    assert [*rows["own-step"]] == [*rows["one-number"]]
    assert (rows["own-step"]["held"], rows["one-number"]["held"]) == (1, 0)
    assert rows["own-step"]["latest"] == WELL


def test_each_drill_has_a_measure_and_each_question_asks_one_thing() -> None:
    from vivavoce.personas.content.asking import asked
    from vivavoce.transcripts.training.measures import MEASURES

    assert {one.id for one in drills()} == {*MEASURES}
    for one in drills():
        assert one.ask
        assert all(asked(line) <= 2 for line in one.ask), one.id
        assert not set(one.gaps) & {gap for other in drills() if other is not one for gap in other.gaps}


def test_the_gaps_of_drills_are_codes_that_there_are() -> None:
    from vivavoce.transcripts.scoring.rubric import RULES
    from vivavoce.transcripts.training.drills import NOTHING_ASKED, SLOW_RECOVERY

    known = {*RULES, *(check.id for one in reader().checks for check in one.checks)}
    gaps = {gap for one in drills() for gap in one.gaps} - {NOTHING_ASKED, SLOW_RECOVERY}
    assert gaps <= known


def test_what_a_candidate_asks_is_found_with_and_without_its_mark() -> None:
    from vivavoce.transcripts.training.own_questions import about_the_job, asked, is_open

    assert len(asked(BACK)) == 2
    assert asked("yes um what does a normal day look like for the team here")
    assert asked("No, thank you. That was all.") == []
    assert is_open("Could you tell me how the team plans its work?")
    assert not is_open("Do you work from home?")
    assert not about_the_job("How many days of vacation are there?")
