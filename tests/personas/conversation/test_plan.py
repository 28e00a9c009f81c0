"""What comes next in a round that the candidate leads, with a pack of our own."""

from dataclasses import replace
from pathlib import Path

import pytest

from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import PersonaError, persona
from vivavoce.personas.content.phrases import phrases
from vivavoce.personas.conversation.director import Director
from vivavoce.personas.conversation.phrasing import Templates
from vivavoce.personas.conversation.standing import Standing
from vivavoce.personas.moves import Move, Step
from vivavoce.simulator.practice.candidate_script import spoken
from vivavoce.transcripts.events import Seconds

ROUND = """round = "coding"
title = "A round"
minutes = 30
plan = "coding"
papers = false

[[points]]
id = "given"
name = "what is given"
said = ["assume"]
ask = ["What would you like to know?"]
late = ["What did you take for granted?"]
asking = true
[[points]]
id = "way"
name = "the way"
said = ["sort"]
ask = ["How would you do it?"]
[[points]]
id = "price"
name = "the price"
said = ["linear"]
ask = ["What does it cost?"]
after = ["way"]
matters = true
[[points]]
id = "code"
name = "the code"
said = ["def"]
ask = ["Shall we see it as code?"]
after = ["way"]
written = true
[[points]]
id = "trial"
name = "the trial"
said = ["empty"]
ask = ["Which input would you try?"]
after = ["code"]
matters = true

[[questions]]
id = "rows"
theme = "the rows"
answer = "topic"
wordings = ["How would you order the rows?"]
terms = ["rows", "row"]
[[questions.points]]
id = "ties"
name = "ties"
said = ["tie"]
ask = ["Which of two equal rows comes first?"]
[[questions.about]]
keywords = ["many", "large"]
answer = "Say a thousand rows."
[questions.follow_ups]
thin = ["Which of two rows comes first?"]
fair = ["What if they come one by one?"]
strong = ["What if there are ten times as many rows?"]

[[about]]
keywords = ["many", "empty"]
answer = "There may be none at all."
"""
ALL = (
    "I assume the rows are texts. I sort them, and that is linear here. An empty list of rows stays as it is."
)


def led(tmp_path: Path, text: str = ROUND) -> Director:
    (tmp_path / "rows.toml").write_bytes(text.encode())
    return Director(persona("dana"), pack(str(tmp_path / "rows.toml")), 30)


def follow(leads: Director, *answers: str, wrote: bool = False, now: float = 60.0) -> tuple[Standing, Step]:
    at, step = leads.opening()
    for answer in answers:
        at, step = leads.reply(replace(at, wrote=wrote), spoken(answer, 150, {}), Seconds(now))
    return at, step


def test_the_steps_come_up_in_their_order_and_nothing_that_was_said(tmp_path: Path) -> None:
    assert (
        follow(led(tmp_path), "I assume that the rows are short texts.")[1].question == "How would you do it?"
    )
    assert follow(led(tmp_path), "I assume texts, and I sort the rows.")[1].question == "What does it cost?"


def test_nothing_is_asked_for_before_what_it_builds_on(tmp_path: Path) -> None:
    lines = [follow(led(tmp_path), *["I look at the rows for a while."] * many)[1] for many in range(1, 5)]

    assert [line.question for line in lines] == [
        "What would you like to know?",
        "How would you do it?",
        "Which of two rows comes first?",  # a hint, for who cannot get on
        "What if they come one by one?",
    ]


def test_who_writes_before_asking_is_asked_once_in_other_words(tmp_path: Path) -> None:
    said = "I go through the rows from the top, and each of them is put where it belongs."

    assert follow(led(tmp_path), said, wrote=True)[1].question == "What did you take for granted?"
    again = follow(led(tmp_path), said, "They are texts, all of the rows.", wrote=True)[1]
    assert again.question == "How would you do it?"


def test_what_was_written_is_code_that_was_heard(tmp_path: Path) -> None:
    said = "I assume texts, and I sort the rows, which is linear."

    assert follow(led(tmp_path), said)[1].question == "Shall we see it as code?"
    assert follow(led(tmp_path), said, wrote=True)[1].question == "Which input would you try?"


def test_with_all_steps_behind_the_question_is_made_harder_and_then_comes_its_own(tmp_path: Path) -> None:
    first = follow(led(tmp_path), ALL, wrote=True)[1]
    second = follow(
        led(tmp_path), ALL, "I would sort them on disk, a part of the rows at a time.", wrote=True
    )[1]

    assert first.question == "What if there are ten times as many rows?"
    assert second.question == "Which of two equal rows comes first?"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("How many rows are there?", "Say a thousand rows."),
        ("Can it be empty?", "There may be none at all."),
        ("Can it be empty, and how large does it get?", "There may be none at all. Say a thousand rows."),
        ("What kind of texts do I get?", ""),
    ],
)
def test_a_question_about_the_task_is_answered_and_counts(asked: str, told: str, tmp_path: Path) -> None:
    leads = led(tmp_path)
    at, step = follow(leads, asked)

    assert (step.move, step.about) == (Move.TELL, told)
    assert leads.reply(at, spoken("Then I go over the rows.", 150, {}), Seconds(90))[1].question == (
        "How would you do it?"
    )


def test_a_line_that_tells_nothing_leaves_it_to_the_candidate() -> None:
    who = persona("dana")
    step = Step(move=Move.TELL, why="", lead="yours to decide")

    assert "".join(Templates(who, phrases(who)).phrase(step)) in phrases(who).lines("yours to decide")


def test_a_question_about_the_role_still_waits(tmp_path: Path) -> None:
    assert follow(led(tmp_path), "How big is the team?")[1].move is Move.LATER


def test_late_in_the_round_only_what_matters_is_asked_for_with_the_time_once(tmp_path: Path) -> None:
    leads = led(tmp_path)
    at, step = follow(leads, "I sort the rows.", now=1460)
    _, after = leads.reply(at, spoken("It is linear, for the rows.", 150, {}), Seconds(1480))

    assert (step.question, step.minutes_left) == ("What does it cost?", 5)
    assert (after.question, after.minutes_left) == ("What if they come one by one?", 0)
    line = list(Templates(persona("dana"), phrases(persona("dana"))).phrase(step))
    assert "five minutes" in line[0]
    assert line[1] == "What does it cost?"


def test_no_other_problem_is_begun_when_there_is_no_time_for_it(tmp_path: Path) -> None:
    other = ROUND.replace(
        "[[about]]", '[[questions]]\nid = "b"\ntheme = "b"\nwordings = ["And b?"]\n[[about]]'
    )
    ends = [ALL, *["It does not matter for these rows."] * 3]

    assert follow(led(tmp_path, other), *ends, wrote=True, now=60)[1].move is Move.ASK
    assert follow(led(tmp_path, other), *ends, wrote=True, now=1300)[1].move is Move.HAND_OVER


@pytest.mark.parametrize(
    ("said", "next_line"),
    [
        ("I'm done with the code.", "What would you like to know?"),
        ("I don't know.", "What would you like to know?"),
        ("Sorry, I meant the rows of the other table.", "What would you like to know?"),
    ],
)
def test_what_would_leave_a_question_goes_on_with_the_plan(said: str, next_line: str, tmp_path: Path) -> None:
    leads = led(tmp_path)
    at = replace(leads.opening()[0], thread="So I have rows.")

    assert leads.reply(at, spoken(said, 150, {}), Seconds(60))[1].question == next_line


def test_who_wrote_and_says_nothing_is_asked_about_what_they_wrote(tmp_path: Path) -> None:
    leads = led(tmp_path)
    at = replace(leads.opening()[0], wrote=True)

    assert leads.reprompt(at).lead == "talk me through"
    assert leads.give_up(at, [], Seconds(60))[1].question == "What did you take for granted?"


def test_a_point_after_one_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PersonaError, match="there is no point"):
        led(tmp_path, ROUND.replace('after = ["code"]', 'after = ["poem"]'))
