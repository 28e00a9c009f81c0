"""What the rounds of a session were about, on its page."""

import json
from io import StringIO
from pathlib import Path

import pytest

from vivavoce.personas.content.content_checks import every_set
from vivavoce.personas.content.points import points
from vivavoce.personas.papers.tailoring import kind_of
from vivavoce.simulator.commands.main import main
from vivavoce.simulator.review.covered import WHY, Round, covered, papers, says_more
from vivavoce.simulator.review.session_report import reported
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.report.report import Report
from vivavoce.transcripts.scoring.assessment import PLAIN, Reader

RESUME = """# Rowan Tester
Nurse
## Experience
**Staff Nurse, Alder Infirmary, 2018 to today**
- Led the handover project on two wards, which cut the time of a handover by 15 minutes
"""
POSTING = """# Registered Nurse
## What you will do
- Keep the ward safe when it is full of people
"""
SAID = "I say who is the sickest first, I let them ask, and I have them repeat it back to me. "


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    (tmp_path / "cv.md").write_text(RESUME, encoding="utf-8")
    (tmp_path / "job.md").write_text(POSTING, encoding="utf-8")
    return tmp_path


def typed(monkeypatch: pytest.MonkeyPatch, *given: str, answers: int = 12) -> tuple[Report, list[Round]]:
    monkeypatch.setattr("sys.stdin", StringIO(f"{SAID}\n" * answers))
    assert main(["interview", "--text", *given]) == 0
    (folder,) = sessions.shelf().iterdir()
    _, report = reported(folder, Reader(checks=every_set(), points=points))
    return report, covered(report)


def test_points_of_a_topic_are_listed_as_heard_or_not(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, rounds = typed(monkeypatch, "--round", "nursing/clinical", "--question", "handover", answers=1)

    (one,) = rounds
    (row,) = one.asked
    assert one.name == "Clinical interview"
    assert row.heard
    assert row.missing
    assert not {*row.heard} & {*row.missing}
    assert row.why == ""
    assert says_more(rounds)


def test_a_question_from_the_papers_says_so_without_a_quote(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, rounds = typed(
        monkeypatch, "--resume", str(home / "cv.md"), "--job", str(home / "job.md"), "--round", "behavioral"
    )
    why = [row.why for one in rounds for row in one.asked]

    assert papers(report.meta) == "your résumé and a job posting"
    assert WHY["project"] in why
    assert WHY["duty"] in why
    assert WHY["setting"] in why
    assert not [one for one in why if "Alder" in one or "handover" in one]


def test_without_papers_no_question_came_from_them(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "One line of your résumé reads: I sang. What is the story behind that?"
    report, rounds = typed(monkeypatch, "--question", words, answers=1)

    assert kind_of(f"Okay. {words}") == ("claim", words)
    assert papers(report.meta) == ""
    assert [row.why for one in rounds for row in one.asked] == [""]


def test_each_round_of_a_loop_has_its_own_questions(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report, rounds = typed(monkeypatch, "--round", "nursing/loop", answers=30)
    places = [[row.thread for row in one.asked] for one in rounds]

    assert [one.persona for one in rounds] == [one.persona for one in report.rounds]
    assert len(rounds) == 2
    assert places[0]
    assert max(places[0]) < min(places[1])
    assert all(one.at is None for one in rounds), "it was typed"


def test_nothing_is_called_not_heard_where_something_was_not_understood(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, _ = typed(monkeypatch, "--round", "nursing/clinical", "--question", "handover", answers=1)
    (folder,) = sessions.shelf().iterdir()
    begun = report.answers[0].question.start
    row = {"at": begun + 0.2, "started_at": begun + 0.1, "ended_at": begun + 0.2}
    with (folder / log.NAME).open("a", encoding="utf-8") as file:
        file.write(json.dumps({"schema": 1, "event": "NotUnderstood", **row}) + "\n")
    (one,) = covered(reported(folder, PLAIN)[1])

    assert one.asked[0].heard
    assert one.asked[0].missing == ()


@pytest.mark.parametrize("gone", ["no such pack", "", "{home}/secret.toml"])
def test_a_pack_that_is_gone_leaves_the_questions_and_a_path_is_none(
    gone: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = (home / "secret.toml").absolute()
    question = '[[questions]]\nid = "b"\ntheme = "c"\nwordings = ["d?"]\n'
    secret.write_text(f'round = "a"\ntitle = "Secret"\nminutes = 9\n{question}')
    typed(monkeypatch, answers=2)
    (folder,) = sessions.shelf().iterdir()
    meta = json.loads((folder / "session.json").read_text("utf-8")) | {"pack": gone.format(home=home)}
    (folder / "session.json").write_text(json.dumps(meta), "utf-8")
    rounds = covered(reported(folder, PLAIN)[1])

    assert [one.name for one in rounds] == ["Behavioral"]
    assert not says_more(rounds)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Okay, how is feed ranking like fraud, as you know it?", "domain"),
        ("Think of your time at Alder Infirmary. Tell me about a mistake.", "setting"),
        ("The posting asks for sepsis screening, and you list it. What is the hardest thing?", ""),
        ("Tell me about a mistake.", ""),
        ("", ""),
    ],
)
def test_a_question_from_the_papers_is_known_by_its_wording(words: str, kind: str) -> None:
    assert kind_of(words)[0] == kind


def test_every_kind_of_question_from_the_papers_has_a_reason() -> None:
    from vivavoce.personas.papers import tailoring

    assert WHY.keys() == tailoring._rows().keys()


def test_the_steps_of_a_plan_are_those_of_the_report(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report, rounds = typed(monkeypatch, "--round", "linkedin-ml/coding", "--question", "C08", answers=1)
    steps = report.threads[0].assessment.steps
    (row,) = rounds[0].asked

    assert steps
    assert {one.name for one in steps if one.start is None} <= {*row.missing}
    assert {one.name for one in steps if one.start is not None} <= {*row.heard}
    assert len({*row.heard, *row.missing}) == len(row.heard) + len(row.missing) > len(steps)
