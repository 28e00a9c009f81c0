import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivavoce.personas.director import Director, Line, Move, Standing, acknowledges
from vivavoce.personas.persona import pack, persona
from vivavoce.transcripts.events import Seconds

S = Seconds
PACK = pack("behavioral")
NO_RESULT = (
    "We had a search service that timed out under load, and I moved the joins out of it and wrote a cache."
)
WHOLE = NO_RESULT + " In the end the timeouts dropped to zero."
NOBODY_S = (
    "The team had a search service that timed out, so it got a cache, and the timeouts dropped to zero."
)


def director(minutes: float | None = None) -> Director:
    return Director(persona("dana"), PACK, minutes)


def after_the_opening() -> Standing:
    return director().opening()[0]


@pytest.mark.parametrize(
    ("answer", "move"),
    [
        ("", Move.CLARIFY),
        ("I don't know.", Move.CLARIFY),
        (NO_RESULT, Move.PROBE_RESULT),
        (NOBODY_S, Move.PROBE_OWN_PART),
        (WHOLE, Move.ASK),
    ],
)
def test_what_is_missing_is_asked_for(answer: str, move: Move) -> None:
    standing, line = director().reply(after_the_opening(), answer, S(60))

    assert line.move is move
    assert line.why
    assert standing.question == (1 if move is Move.ASK else 0)


def test_there_is_one_follow_up_a_question() -> None:
    standing, _ = director().reply(after_the_opening(), NO_RESULT, S(60))
    standing, line = director().reply(standing, NO_RESULT, S(90))

    assert line.move is Move.ASK
    assert standing.follow_ups == 0


def test_nothing_that_was_given_changes() -> None:
    standing = after_the_opening()
    before = repr(standing)
    director().reply(standing, NO_RESULT, S(60))

    assert repr(standing) == before
    assert director().reply(standing, NO_RESULT, S(60)) == director().reply(standing, NO_RESULT, S(60))


def test_after_a_cut_in_the_next_question_follows_and_no_second_cut_in() -> None:
    standing, line = director().redirect(after_the_opening(), "the answer circles")
    assert (line.move, line.why, standing.redirected) == (Move.CUT_IN, "the answer circles", True)

    standing, line = director().reply(standing, "it worked", S(60))

    assert line.move is Move.ASK
    assert not standing.redirected


@pytest.mark.parametrize("answer", [NO_RESULT, WHOLE, ""])
def test_every_question_is_asked_in_order_and_then_the_candidate_has_one(answer: str) -> None:
    moves, standing, now = [], after_the_opening(), 0.0
    asked = [PACK.questions[0].text]
    while not standing.over:
        now += 30
        standing, line = director(60).reply(standing, answer, S(now))
        moves.append(line.move)
        asked += [q.text for q in PACK.questions if line.move is Move.ASK and q.text in line.text]

    assert asked == [q.text for q in PACK.questions]
    assert moves[-2:] == [Move.HAND_OVER, Move.CLOSE]


@pytest.mark.parametrize("minutes", [1, 3, 15])
def test_it_hands_over_before_the_time_is_up(minutes: float) -> None:
    standing, line = director(minutes).reply(after_the_opening(), WHOLE, S(60 * minutes - 30))
    assert line.move is Move.HAND_OVER

    standing, line = director(minutes).reply(standing, "What is the team like?", S(60 * minutes))
    assert line.move is Move.CLOSE
    assert standing.over


def test_silence_moves_on_without_a_follow_up() -> None:
    _, line = director().give_up(after_the_opening(), "", S(60))

    assert line.move is Move.ASK


def test_what_is_asked_again_is_asked_in_other_words() -> None:
    first = director().repeat(after_the_opening())

    assert first.text == PACK.questions[0].again
    assert first.move is Move.REPEAT


@pytest.mark.parametrize("answer", ["okay", "Okay.", "OK", " Right, ", "mm-hm", "Mm-hmm.", "got it", "Yes!"])
def test_a_word_of_attention_answers_nothing(answer: str) -> None:
    assert acknowledges(answer)


@pytest.mark.parametrize("answer", ["", "okay so we had a model", "no", "We shipped it.", "yesterday"])
def test_anything_else_does(answer: str) -> None:
    assert not acknowledges(answer)


def questions(line: Line) -> int:
    return line.text.count("?") + len(re.findall(r"\bTell me\b", line.text))


ANSWERS = st.sampled_from(["", "okay", NO_RESULT, WHOLE, NOBODY_S, "What is the team like?"])


@settings(max_examples=50)
@given(st.lists(st.tuples(ANSWERS, st.sampled_from(["reply", "redirect", "give up", "repeat"])), max_size=14))
def test_every_line_is_short_and_asks_at_most_one_thing(turns: list[tuple[str, str]]) -> None:
    dana, now = director(10), 0.0
    standing, line = dana.opening()
    lines = [line]
    for answer, what in turns:
        now += 20
        if standing.over:
            break
        if what == "repeat":
            lines.append(dana.repeat(standing))
            continue
        if what == "redirect":
            standing, line = dana.redirect(standing, "the answer circles")
        elif what == "give up":
            standing, line = dana.give_up(standing, "", S(now))
        else:
            standing, line = dana.reply(standing, answer, S(now))
        lines.append(line)

    for line in lines:
        assert questions(line) <= 1, line.text
        assert len(line.text.split()) <= 35, line.text
        assert "\n" not in line.text
