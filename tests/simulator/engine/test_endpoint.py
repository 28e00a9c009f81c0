import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.simulator.engine.endpoint import (
    LONGEST_WAIT,
    MOST_EXTRA,
    SHORTEST_WAIT,
    STORY_WAIT,
    SURE,
    Evidence,
    completeness,
    wait,
)
from vivavoce.transcripts.events import Seconds

S = Seconds

FINISHED = "We moved it to another service and the errors stopped."


def waits(text: str, sound: float | None = None) -> float:
    return wait(Evidence(text=text, sound=sound))


@pytest.mark.parametrize(
    "end", ["and", "the", "because", "um", "so", "to", "I", "my", "and,", "but...", "The", "and."]
)
def test_after_a_word_that_asks_for_more_a_thinking_pause_of_1_5_s_ends_nothing(end: str) -> None:
    text = f"We moved it to another service {end}"

    for sound in (None, 0.01, 0.5, 0.9):
        assert waits(text, sound) > 1.5 + 0.3


@pytest.mark.parametrize("end", ["service.", "service!", "service?"])
def test_after_a_finished_sentence_with_a_falling_voice_the_turn_ends_soon(end: str) -> None:
    assert waits(f"In the end we moved it to another {end}", 0.95) < 0.7


@pytest.mark.parametrize(
    "text",
    [
        "And so the errors went away, and that is what I did.",
        "We sat down together and agreed on who owns it and what it is for and where it is.",
        "In the end it was the best team that I have ever been on.",
        "That is the approach that we have.",
        "He asked for a plan, and I said yes.",
        "He asked me for a plan and so I told him “yes.”",
    ],
)
def test_a_full_stop_and_a_falling_voice_end_a_turn_on_any_word(text: str) -> None:
    assert waits(text, 0.99) < 1.5


@pytest.mark.parametrize("text", ["No.", "Yes.", "Not really.", "I do."])
def test_a_short_answer_is_an_answer(text: str) -> None:
    assert waits(text, 0.99) < 2.0


@pytest.mark.parametrize(
    ("sooner", "later"),
    [
        (FINISHED, FINISHED.rstrip(".")),
        (FINISHED, FINISHED.rstrip(".") + ","),
        (FINISHED, FINISHED.rstrip(".") + "..."),
        (FINISHED.rstrip("."), "We moved it to another service and"),
    ],
)
def test_what_sounds_less_finished_waits_longer(sooner: str, later: str) -> None:
    assert waits(sooner) < waits(later)


def test_without_any_word_the_wait_is_long() -> None:
    assert waits("") > 0.8 * LONGEST_WAIT
    assert waits(" ... ") > 0.8 * LONGEST_WAIT


def test_the_recogniser_s_own_judgement_counts_for_more_than_its_marks() -> None:
    doubtful, sure = (wait(Evidence(text=FINISHED, closed=closed)) for closed in (0.1, 0.95))

    assert sure < 1 < doubtful


@pytest.mark.parametrize("end", ["and", "the", "um"])
def test_no_recogniser_is_so_sure_that_a_turn_ends_on_such_a_word(end: str) -> None:
    assert wait(Evidence(text=f"We moved it to another {end}.", closed=0.99, sound=0.9)) > 1.5


def test_who_pauses_long_is_given_more_time_but_not_without_end() -> None:
    brisk, slow, slower = (
        wait(Evidence(text=FINISHED, own_pauses=(S(pause),) * 5)) for pause in (0.3, 2.0, 30.0)
    )

    assert brisk < slow <= slower < brisk + 1


@pytest.mark.parametrize("text", [FINISHED, FINISHED.rstrip("."), FINISHED.rstrip(".") + " and", ""])
@pytest.mark.parametrize("sound", [None, 0.01, 0.99])
def test_a_story_without_its_end_is_waited_for_and_no_longer_than_3_s_where_a_sentence_ends(
    text: str, sound: float | None
) -> None:
    goes_on = wait(Evidence(text=text, sound=sound, ended=False))

    assert goes_on == max(waits(text, sound), STORY_WAIT)
    assert 2.0 < STORY_WAIT < 2.8


@pytest.mark.parametrize(("closed", "sound"), [(0.95, 0.95), (0.95, None), (0.8, 0.5), (0.6, 0.8)])
def test_a_story_with_an_end_is_over_only_where_a_sentence_surely_is(
    closed: float, sound: float | None
) -> None:
    known = Evidence(text=FINISHED, closed=closed, sound=sound, ended=True)
    sure = completeness(known) >= SURE

    assert sure is (closed == 0.95)
    assert wait(known) < 0.8 if sure else wait(known) >= STORY_WAIT


@given(st.text(max_size=40), st.floats(0, 1), st.floats(0, 1))
def test_a_voice_that_falls_more_never_waits_longer(text: str, one: float, other: float) -> None:
    low, high = sorted((one, other))

    assert waits(text, high) <= waits(text, low)


@given(
    st.text(max_size=60), st.none() | st.floats(0, 1), st.none() | st.floats(0, 1), st.lists(st.floats(0, 9))
)
def test_the_wait_has_bounds_and_completeness_is_a_probability(
    text: str, closed: float | None, sound: float | None, pauses: list[float]
) -> None:
    evidence = Evidence(text=text, closed=closed, sound=sound, own_pauses=tuple(S(p) for p in pauses))

    assert 0 <= completeness(evidence) <= 1
    assert SHORTEST_WAIT <= wait(evidence) <= LONGEST_WAIT + MOST_EXTRA


@pytest.mark.parametrize(
    "text",
    ["I told her.", "I think so.", "That was the man I worked with.", "She knew who to.", "So did I."],
)
def test_words_that_also_end_sentences_end_a_turn_with_a_full_stop_and_not_without(text: str) -> None:
    assert waits(text, 0.95) < 1.0
    assert waits(text.removesuffix("."), 0.95) > 1.8
