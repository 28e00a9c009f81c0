"""What follows a reply that is no answer, as a whole talk has it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import persona
from vivavoce.personas.content.phrases import phrases
from vivavoce.personas.conversation.director import Director
from vivavoce.personas.conversation.phrasing import Templates
from vivavoce.personas.conversation.question_choice import meaning_of
from vivavoce.personas.conversation.standing import Standing
from vivavoce.personas.moves import Move, Step
from vivavoce.simulator.practice.candidate_script import spoken
from vivavoce.transcripts.events import Seconds

TOLD = (
    "In March our clerk was ill and the tax day came near. I took over her three files. "
    "I rang each of the clients the same day, and I sorted their papers by date."
)
LEADS = Director(persona("dana"), pack("behavioral"), 30, 0)
BEGUN = LEADS.opening()[0]


def steps(*said: str, at: Standing = BEGUN, end: float = 0.0) -> tuple[Standing, Sequence[Step]]:
    """Return where the interview stands after what was `said`, and what followed each; `end` jumps there."""
    found = []
    for text in said:
        at, step = LEADS.reply(at, spoken(text, 150, {}), Seconds(end))
        at = replace(at, put=step.question or at.put)
        found.append(step)
    return at, found


def line(step: Step) -> str:
    return " ".join(Templates(persona("dana"), phrases(persona("dana"))).phrase(step))


@pytest.mark.parametrize(
    ("told", "last"),
    [
        (f"{TOLD} Then, um, where was I?", "I sorted their papers by date"),
        (f"{TOLD} Sorry. What was I saying?", "I sorted their papers by date"),
        ("I took over the three files, and then... I've lost my thread.", "I took over the three files"),
        ("We moved the beds and I rang the doctor. Hm. Where did I stop?", "I rang the doctor"),
        ("We moved the beds. I took over her three files and where was I?", "I took over her three files"),
        (f"{TOLD} Can you remind me where I was?", "I sorted their papers by date"),
    ],
)
def test_who_has_lost_the_thread_is_told_the_last_point(told: str, last: str) -> None:
    _, (step,) = steps(told)

    assert (step.move, step.about) == (Move.GO_ON, last)
    assert f"“{last}”" in line(step)


def test_who_has_lost_the_thread_before_telling_anything_is_asked_again() -> None:
    _, (step,) = steps("Oh, where was I?")

    assert (step.move, step.question) == (Move.REPEAT, LEADS.question(BEGUN).wordings[0])


def test_who_loses_the_thread_of_a_follow_up_hears_that_and_not_the_story() -> None:
    at, (probe,) = steps(TOLD)
    at = replace(at, put="How did it end?")
    _, (step,) = steps("Where was I?", at=at)

    assert probe.move.startswith("probe")
    assert (step.move, step.question) == (Move.REPEAT, "How did it end?")


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("What is example?", "An example is"),
        ("What do you mean by conflict?", "A conflict is"),
        ("What does setback mean?", "A setback is"),
        ("Stakeholder, what is it?", "A stakeholder is"),
        ("Sorry, I don't know the word deadline.", "A deadline is"),
        ("What means trade-off?", "A trade-off is"),
        ("What are priorities?", "A priority is"),
    ],
)
def test_a_word_that_is_not_known_is_explained_and_the_question_put_again(asked: str, begins: str) -> None:
    at, (step,) = steps(asked)

    assert step.move is Move.EXPLAIN
    assert line(step).startswith(begins)
    assert line(step).endswith(step.question)
    assert step.question == LEADS.question(at).wordings[0]


def test_a_word_that_nobody_wrote_a_meaning_for_is_not_made_up() -> None:
    assert meaning_of("What is a serendipity?") == ""
    assert steps("What is serendipity?")[1][0].about == ""


def test_what_was_put_off_is_taken_up_at_the_end_before_anything_else() -> None:
    at, later = steps("How big is the team?", "How big is the team?")
    assert [step.move for step in later] == [Move.LATER, Move.LATER]

    at, (step,) = steps(TOLD, at=at, end=30 * 60.0 - 10)

    assert at.handed_over
    assert step.move in (Move.ANSWER, Move.DECLINE)
    assert step.about == "How big is the team"
    assert ("“How big is the team”" in line(step)) is (step.move is Move.DECLINE)
    assert steps("No, thank you.", at=at)[1][0].move is Move.CLOSE


def test_of_two_questions_that_were_put_off_neither_is_forgotten() -> None:
    at, _ = steps("What is the salary?", "Could I work from home?", TOLD)
    at, first = steps(TOLD, at=at, end=30 * 60.0 - 10)
    at, second = steps("No, that was all.", at=at)

    assert [step.about for step in (*first, *second)] == ["What is the salary", "Could I work from home"]
    assert steps("No, thank you.", at=at)[1][0].move is Move.CLOSE
