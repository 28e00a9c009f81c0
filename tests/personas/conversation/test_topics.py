"""What is asked next about a topic, with a pack of our own."""

from dataclasses import replace
from pathlib import Path

import pytest

from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import persona
from vivavoce.personas.conversation.director import Director
from vivavoce.personas.conversation.plan import MOST_IN_PLAN
from vivavoce.personas.moves import Move, Step
from vivavoce.simulator.practice.candidate_script import spoken
from vivavoce.transcripts.events import Seconds

ROUND = """round = "bread"
title = "About bread"
minutes = 30
plan = "{plan}"

[[points]]
id = "flour"
name = "the flour"
said = ["flour*", "rye"]
ask = ["What goes into it?", "What is it made of?"]

[[questions]]
id = "loaf"
theme = "a good loaf"
answer = "topic"
wordings = ["How would you bake a good loaf?"]
again = ["What makes bread good?"]
terms = ["bread"]
[[questions.points]]
id = "water"
name = "the water"
said = ["water"]
ask = ["How wet is it?"]
[[questions.points]]
id = "heat"
name = "the heat"
said = ["oven", "degrees"]
ask = ["How is it baked?"]
[[questions.points]]
id = "rest"
name = "the rest"
said = ["rest*", "overnight"]
ask = ["When is it ready for that?"]
[questions.follow_ups]
thin = ["What is the first thing you would buy?"]
fair = ["What goes wrong most often?"]
strong = ["What if it were a thousand loaves a day?", "Which of these would you give up last?"]
"""
FULL = "I take good rye flour and a lot of water, it may rest overnight, and then the oven is very hot."
SOME = "I would take rye flour from the mill and a lot of water, as my grandmother always did it at home."
LITTLE = "I would ask my grandmother about it, for she always made such good ones when we were small at home."


def director(tmp_path: Path, plan: str = "questions", who: str = "dana", seed: int = 0) -> Director:
    (tmp_path / "bread.toml").write_bytes(ROUND.replace("{plan}", plan).encode())
    return Director(persona(who), pack(str(tmp_path / "bread.toml")), 30, seed)


def after(leads: Director, *answers: str) -> Step:
    at, step = leads.opening()
    for answer in answers:
        at, step = leads.reply(at, spoken(answer, 150, {}), Seconds(60))
    return step


def test_the_first_point_that_was_not_heard_is_asked_for(tmp_path: Path) -> None:
    step = after(director(tmp_path), SOME)

    assert (step.move, step.why, step.question) == (
        Move.PROBE_POINT,
        "not heard: the heat",
        "How is it baked?",
    )


def test_whoever_says_little_is_asked_something_easier_first(tmp_path: Path) -> None:
    step = after(director(tmp_path), LITTLE)

    assert (step.move, step.question) == (Move.PROBE_FURTHER, "What is the first thing you would buy?")
    assert after(director(tmp_path), LITTLE, LITTLE).move is Move.PROBE_POINT


def test_whoever_says_all_is_asked_something_harder(tmp_path: Path) -> None:
    first = after(director(tmp_path), FULL)
    second = after(director(tmp_path), FULL, SOME)

    assert first.move is second.move is Move.PROBE_FURTHER
    assert {first.question, second.question} == {
        "What if it were a thousand loaves a day?",
        "Which of these would you give up last?",
    }


def test_no_more_is_asked_than_the_persona_does_and_in_a_plan_all_points_come_up(tmp_path: Path) -> None:
    assert after(director(tmp_path), *[SOME] * 3).move is Move.HAND_OVER
    leads = director(tmp_path, plan="design")
    at, step = leads.opening()
    moves = [step]
    while step.move is not Move.HAND_OVER and len(moves) < 40:
        at, step = leads.reply(at, spoken(LITTLE, 150, {}), Seconds(60))
        moves.append(step)

    assert [one.why for one in moves if one.move is Move.PROBE_POINT] == [
        f"not heard: the {name}" for name in ("flour", "water", "heat", "rest")
    ]
    assert len(moves) <= MOST_IN_PLAN + 2


def test_a_cut_in_leads_back_to_the_question_and_to_no_part_of_a_story(tmp_path: Path) -> None:
    leads = director(tmp_path)
    at = replace(leads.opening()[0])
    said = spoken(LITTLE, 150, {})

    assert leads.cut_in(at, said, said[-1].end, "it goes on")[1].wanted == "question"


@pytest.mark.parametrize("wrong", ['check = "no-such-check"', 'said = ["_ bread"]', "ask = []"])
def test_a_point_that_cannot_be_used_is_refused(wrong: str, tmp_path: Path) -> None:
    from vivavoce.personas.content.persona import PersonaError

    text = ROUND.replace("{plan}", "questions").replace('said = ["flour*", "rye"]', wrong, 1)
    (tmp_path / "bread.toml").write_bytes(text.encode())
    with pytest.raises(PersonaError):
        pack(str(tmp_path / "bread.toml"))
