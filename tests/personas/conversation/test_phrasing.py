"""How a step is said: what comes before a question, and what of it is put again."""

import pytest

from vivavoce.personas.content.persona import names, persona
from vivavoce.personas.content.phrases import phrases
from vivavoce.personas.conversation.phrasing import Templates, led
from vivavoce.personas.moves import Move, Step

QUESTION = "How did it end?"
CLAIM = "you moved the loading bay to the back"
MANY = 60


def lines(who: str, step: Step) -> list[str]:
    someone = persona(who)
    says = Templates(someone, phrases(someone))
    return [" ".join(says.phrase(step)) for _ in range(MANY)]


@pytest.mark.parametrize(
    ("acknowledgement", "line"),
    [
        ("Okay.", "Okay, how did it end?"),
        ("Got it.", "Got it. How did it end?"),
        ("Okay, I see.", "Okay, I see. How did it end?"),
    ],
)
def test_one_word_leads_in_and_more_stand_alone(acknowledgement: str, line: str) -> None:
    assert led(acknowledgement, QUESTION) == line


@pytest.mark.parametrize("who", names("people"))
def test_before_a_claim_no_other_word_acknowledges(who: str) -> None:
    claims = [claim.format(about=CLAIM) for claim in phrases(persona(who)).lines("claim", "about")]
    starts = tuple(f"{claim[:1].upper()}{claim[1:]} " for claim in claims)
    said = lines(who, Step(move=Move.PROBE_DECISION, why="", about=CLAIM))

    assert [line for line in said if not line.startswith(starts)] == []


@pytest.mark.parametrize("who", names("people"))
def test_what_is_put_again_is_the_question_without_its_lead_in(who: str) -> None:
    someone = persona(who)
    says = Templates(someone, phrases(someone))
    said = lines(who, Step(move=Move.PROBE_DECISION, why=""))

    assert {says.put(line) for line in said} <= {*phrases(someone).lines(Move.PROBE_DECISION)}
    assert not {*said} <= {*phrases(someone).lines(Move.PROBE_DECISION)}


@pytest.mark.parametrize("move", [Move.ANSWER, Move.DECLINE])
@pytest.mark.parametrize("who", names("people"))
def test_nobody_acknowledges_their_own_answer(who: str, move: Move) -> None:
    more = phrases(persona(who)).lines("more questions")
    said = lines(who, Step(move=move, why="", question="I can't tell you that."))

    assert {line.removeprefix("I can't tell you that. ") for line in said} <= {*more}


@pytest.mark.parametrize("who", names("people"))
def test_a_follow_up_in_other_words_is_put_in_other_words(who: str) -> None:
    someone = persona(who)
    known = phrases(someone)
    says = Templates(someone, known)
    before = says.put(" ".join(says.phrase(Step(move=Move.PROBE_AFTERMATH, why=""))))
    step = Step(move=Move.EXPLAIN, why="", asks=Move.PROBE_AFTERMATH, lead="in other words")
    again = says.put(" ".join(says.phrase(step)))

    assert {before, again} <= {*known.lines(Move.PROBE_AFTERMATH)}
    assert before != again


def test_a_question_that_begins_with_i_is_led_in_as_well() -> None:
    question = "I'd like to hear about a day that went wrong."

    assert led("Okay.", question) == f"Okay, {question}"
    assert any(line != question for line in lines("dana", Step(move=Move.ASK, why="", question=question)))
