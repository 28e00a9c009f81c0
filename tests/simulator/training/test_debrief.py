"""`vivavoce debrief`: a pack of one's own, never written over, and what tends to come next."""

import io
import json
from pathlib import Path

import pytest

from vivavoce.personas.content.lint import lint
from vivavoce.personas.content.pack import pack
from vivavoce.simulator.commands.main import main
from vivavoce.simulator.training.debrief_pack import spoken

NOTES = """She asked me about a time when I had disagreed with a manager, and I told her. Then they wanted
to know how I'd scale it. I froze. Then I had to design a rate limiter."""
TALK = """Interviewer: Welcome. Why do you want this job?

Jo: I like the team and I have followed your work for a year now.

Interviewer: How do you handle a late delivery?

Jo: I don't know, it never happened to me.
"""

Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").write_text(NOTES)
    return tmp_path / "home"


def debrief(capsys: Output, *arguments: str) -> dict[str, object]:
    assert main(["debrief", "--json", *arguments]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["schema"] == 1
    return dict(row)


def test_what_was_asked_becomes_a_round_that_lint_likes(home: Path, capsys: Output) -> None:
    row = debrief(capsys, "notes.txt")

    content = pack(str(row["round"]))
    assert [one.wordings[0] for one in content.questions] == [
        "Tell me about a time when you disagreed with a manager.",
        "How would you scale it?",
        "Could you design a rate limiter?",
    ]
    assert [one.story for one in content.questions] == [True, False, False]
    assert lint(home / "packs" / f"{row['round']}.toml") == []


def test_what_went_badly_is_named_as_practice(capsys: Output) -> None:
    assert main(["debrief", "notes.txt"]) == 0

    told = capsys.readouterr().out
    assert "--question how-would-you-scale-it" in told
    assert told.count("--question") == 1


def due(capsys: Output) -> list[dict[str, object]]:
    """Return the drills that are for today."""
    assert main(["drills", "--json"]) == 0
    return [one for one in json.loads(capsys.readouterr().out)["drills"] if one["today"]]


def answered(monkeypatch: pytest.MonkeyPatch, capsys: Output, row: dict[str, object], said: str) -> None:
    """Answer the weak question of a debrief in writing."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{said}\n\n"))
    question = ["--question", "how-would-you-scale-it"]
    assert main(["interview", "--text", "--round", str(row["round"]), *question]) == 0
    capsys.readouterr()


def test_what_went_badly_is_a_drill_until_it_is_answered(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    assert due(capsys) == []
    row = debrief(capsys, "notes.txt")

    (drill,) = due(capsys)
    assert drill["id"] == f"{row['round']}/how-would-you-scale-it"
    assert drill["how"] == f"vivavoce interview --round {row['round']} --question how-would-you-scale-it"
    assert str(drill["why"]).startswith("by your own account this went badly on ")
    assert main(["drills"]) == 0
    assert str(drill["how"]) in capsys.readouterr().out
    assert main(["drills", "run", str(drill["id"])]) == 2
    assert capsys.readouterr().err.count("\n") == 1

    answered(monkeypatch, capsys, row, "I do not know.")
    assert [one["id"] for one in due(capsys)] == [drill["id"]]

    said = "I would put a queue in front of it and split the work by customer, because each of them is small."
    answered(monkeypatch, capsys, row, said)
    assert drill["id"] not in [one["id"] for one in due(capsys)]


def test_whoever_takes_a_question_out_of_the_list_is_not_asked_again(home: Path, capsys: Output) -> None:
    path = home / "packs" / f"{debrief(capsys, 'notes.txt')['round']}.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('practise_first = ["how-would-you-scale-it"]', ""), "utf-8")
    assert due(capsys) == []

    path.write_text(text.replace('"how-would-you-scale-it"]', '"nothing-like-it"]'), "utf-8")
    assert due(capsys) == []

    path.write_text("broken [", "utf-8")
    assert due(capsys) == []


def test_a_question_that_went_badly_twice_is_one_drill(capsys: Output) -> None:
    debrief(capsys, "notes.txt")
    debrief(capsys, "notes.txt")

    assert len(due(capsys)) == 1


def test_a_second_debrief_on_a_day_leaves_the_first_as_it_is(home: Path, capsys: Output) -> None:
    first = home / "packs" / f"{debrief(capsys, 'notes.txt')['round']}.toml"
    first.write_text(first.read_text() + "# mine\n")
    before = first.read_bytes()

    second = debrief(capsys, "notes.txt")

    assert second["round"] == f"{first.stem}-2"
    assert first.read_bytes() == before


def test_what_tends_to_come_next_has_its_reason(capsys: Output) -> None:
    row = debrief(capsys, "notes.txt", "--title", "registered nurse", "--round", "behavioral")

    [following] = row["next"]  # type: ignore[misc]
    assert following["round"] == "nursing/clinical"
    assert "usual rounds of “Registered nurse”" in following["because"]


def test_a_round_that_the_job_has_not_is_told_before_anything_is_written(home: Path, capsys: Output) -> None:
    assert main(["debrief", "notes.txt", "--round", "juggling"]) == 2

    assert "it has " in capsys.readouterr().err
    assert not (home / "packs").exists()


def test_it_takes_a_transcript_and_stdin(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    Path("talk.txt").write_text(TALK)
    found = debrief(capsys, "talk.txt")["questions"]
    assert [(one["text"], one["weak"]) for one in found] == [  # type: ignore[attr-defined]
        ("Why do you want this job?", False),
        ("How do you handle a late delivery?", True),
    ]

    monkeypatch.setattr("sys.stdin", io.StringIO(NOTES))
    assert len(debrief(capsys)["questions"]) == 3  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "It was fine and we had coffee.", "\x00\x01"])
def test_without_a_question_it_says_what_to_do(text: str, home: Path, capsys: Output) -> None:
    Path("none.md").write_text(text)

    assert main(["debrief", "none.md"]) == 2

    assert capsys.readouterr().err.count("\n") == 1
    assert not (home / "packs").exists()


def test_hostile_words_stay_words(home: Path, capsys: Output) -> None:
    text = 'She asked, "what is a \\" ]] [[stages]]\x1b]0;x\x07 round?" Then he asked how I end \'quotes"""'
    Path("bad.txt").write_text(text)

    row = debrief(capsys, "bad.txt")

    assert pack(str(row["round"])).questions
    assert "\x1b" not in (home / "packs" / f"{row['round']}.toml").read_text()


def test_what_cannot_be_asked_aloud_is_left_out() -> None:
    assert spoken("Tell me about " + "a very long thing " * 20) == ""
    assert spoken("Design a cache.") == "Could you design a cache?"
