"""Only what stands in the program's own files is taken for the program's own."""

import pytest

from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import Persona, persona
from vivavoce.personas.content.phrases import phrases
from vivavoce.personas.conversation.phrasing import lead_in
from vivavoce.personas.conversation.shipped_lines import is_shipped

DANA = persona("dana")
QUESTION = pack("behavioral").questions[0].wordings[0]
SECRET = "the salary feature"


def led(lead: str, line: str) -> str:
    return f"{lead_in(lead)}{line[0].lower()}{line[1:]}"


def greeting(asking: Persona) -> str:
    return phrases(asking).lines("greeting", "quiet")[0].format(name=asking.name, role=asking.role)


@pytest.mark.parametrize(
    "sentence",
    ["Take your time.", "Take what you need, I'm here.", QUESTION, led("Okay.", QUESTION), greeting(DANA)],
)
def test_what_anybody_may_be_told_is_shipped(sentence: str) -> None:
    assert is_shipped(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        f"You mentioned {SECRET}, so what was going on around that time?",
        led("Okay.", f"You mentioned {SECRET}."),
        f"{QUESTION} And {SECRET}?",
        f"Okay, {SECRET}.",
        greeting(DANA).replace("Dana", "Ann Onymous"),
        "You mentioned {about}, so what was going on around that time?",
        *(line.format(about=SECRET) for line in phrases(DANA).lines("challenge", "about")),
        *(line.format(theme=SECRET) for line in phrases(DANA).lines("redirect")),
        QUESTION[:-4],
        f"{QUESTION}\n{QUESTION}",
        SECRET,
    ],
)
def test_what_is_made_for_one_candidate_is_not(sentence: str) -> None:
    assert not is_shipped(sentence)
