import math
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.audio.frame import SAMPLE_RATE_HZ, Frame, silence
from vivavoce.audio.listening.server_answer import heard

SOUND = Frame(SAMPLE_RATE_HZ, silence(4 * SAMPLE_RATE_HZ))  # from 1 s to 5 s


def word(text: str, start: float, end: float, **more: float) -> dict[str, Any]:
    return {"word": text, "start": start, "end": end, **more}


def segment(text: str, start: float, end: float, **more: Any) -> dict[str, Any]:
    return {"text": text, "start": start, "end": end, **more}


def rows(reply: object) -> list[tuple[str, float, float]]:
    return [(one.text, round(one.start, 3), round(one.end, 3)) for one in heard(reply, SOUND)]


@pytest.mark.parametrize(
    ("texts", "text", "written"),
    [
        (["So", "we", "did"], "So, we did.", ["So,", "we", "did."]),
        ([" So", " we", " did"], "So, we did.", ["So,", "we", "did."]),
        (["forty", "five", "percent"], "Forty-five percent!", ["Forty-five", "percent!"]),
        (["it", "s", "done"], "It's done", ["It's", "done"]),
        (["5", "people"], "- 5 % -- people", ["5%--", "people"]),
        (["so", "we"], "Something else was said.", ["so", "we"]),
        (["so", ",", "we", " "], "So so we", ["so", "we"]),
    ],
)
def test_words_are_written_as_in_the_text(texts: list[str], text: str, written: list[str]) -> None:
    words = [word(one, i / 2, i / 2 + 0.5) for i, one in enumerate(texts)]

    assert [one[0] for one in rows({"text": text, "words": words})] == written


def test_a_word_in_two_parts_takes_the_time_of_both() -> None:
    words = [word("forty", 0.5, 1.0), word("five", 1.0, 1.5), word("now", 2.0, 2.5)]

    assert rows({"text": "forty-five now", "words": words}) == [("forty-five", 1.5, 2.5), ("now", 3.0, 3.5)]


def test_words_may_lie_in_their_segments() -> None:
    reply = {
        "text": "So yes.",
        "segments": [segment("So yes.", 0, 2, words=[word("So", 0, 1), word("yes", 1, 2)])],
    }

    assert rows(reply) == [("So", 1.0, 2.0), ("yes.", 2.0, 3.0)]


def test_without_times_of_words_those_of_segments_are_shared() -> None:
    reply = {"text": "So yes. Then no.", "segments": [segment("So yes.", 0, 1), segment(" Then no.", 3, 4)]}

    assert rows(reply) == [("So", 1, 1.5), ("yes.", 1.5, 2), ("Then", 4, 4.5), ("no.", 4.5, 5)]


@pytest.mark.parametrize(
    "reply",
    [
        {"text": "So yes."},
        {"text": "So yes.", "words": None, "segments": None},
        {"text": "So yes.", "words": [], "segments": []},
        {"text": "So yes.", "segments": [segment("So", 0, 0), segment("yes.", 1_500_000_000, 2_000_000_000)]},
    ],
    ids=["none", "null", "empty", "in nanoseconds"],
)
def test_without_any_times_the_words_share_the_sound(reply: object) -> None:
    assert rows(reply) == [("So", 1, 3), ("yes.", 3, 5)]


SURE = {"avg_logprob": math.log(0.8), "no_speech_prob": 0.1}
SURELY = [segment("yes", 0, 1, **SURE)]
UNSURE = {"avg_logprob": -1.5, "no_speech_prob": 0.9}


@pytest.mark.parametrize(
    "reply",
    [
        {"text": ""},
        {"text": " \n"},
        {"text": "[BLANK_AUDIO]"},
        {"text": "(music) ♪ la la ♪"},
        {"text": "Thank you.", "segments": [segment("Thank you.", 0, 2, **UNSURE)]},
        {"text": "...", "words": [word("...", 0, 1)]},
    ],
)
def test_what_is_no_speech_gives_no_words(reply: object) -> None:
    assert rows(reply) == []


def test_words_in_a_segment_that_is_no_speech_are_dropped() -> None:
    reply = {
        "text": "So yes. Thank you.",
        "segments": [segment("So yes.", 0, 2, **SURE), segment(" Thank you.", 2, 4, **UNSURE)],
        "words": [word("So", 0, 1), word("yes", 1, 2), word("Thank", 2, 3), word("you", 3, 4)],
    }

    assert rows(reply) == [("So", 1, 2), ("yes.", 2, 3)]


@pytest.mark.parametrize(
    ("reply", "sure"),
    [
        ({"text": "yes", "words": [word("yes", 0, 1, probability=0.7)], "segments": SURELY}, 0.7),
        ({"text": "yes", "words": [word("yes", 0, 1)], "segments": SURELY}, 0.8),
        ({"text": "yes", "segments": SURELY}, 0.8),
        ({"text": "yes", "segments": [segment("yes", 0, 1)]}, 1.0),
        ({"text": "yes"}, 1.0),
    ],
)  # fmt: skip
def test_a_word_is_as_sure_as_the_server_says(reply: object, sure: float) -> None:
    (one,) = heard(reply, SOUND)

    assert one.probability == pytest.approx(sure)


def test_a_filler_behind_a_filler_that_takes_no_time_is_an_echo_of_the_prompt() -> None:
    words = [word("um", 0, 0.4), word("uh", 1, 1.02), word("yes", 2, 2.5)]

    assert [one[0] for one in rows({"text": "Um, uh, yes.", "words": words})] == ["Um,", "yes."]


@pytest.mark.parametrize(
    "reply",
    [
        None, [], "yes", 3, {}, {"text": None}, {"text": 3}, {"error": "no"}, {"text": "yes", "words": "yes"},
        {"text": "yes", "words": [{"word": "yes"}]}, {"text": "yes", "words": [word("yes", math.nan, 1)]},
        {"text": "yes", "segments": [segment("yes", 0, 1, avg_logprob="sure")]},
        {"text": "yes", "segments": ["yes"]},
    ],
)  # fmt: skip
def test_what_is_no_transcript_is_refused(reply: object) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        heard(reply, SOUND)


TIMES = st.floats(-2, 8)


@given(
    st.lists(st.tuples(st.sampled_from(["So", "um,", "yes.", "forty-five", "-"]), TIMES, TIMES), max_size=8)
)
def test_whatever_the_times_words_stay_in_order_and_within_the_sound(
    said: list[tuple[str, float, float]],
) -> None:
    reply = {"text": " ".join(one[0] for one in said), "words": [word(*one) for one in said]}

    words = heard(reply, SOUND)

    assert all(a.start <= b.start for a, b in pairwise(words))
    assert all(1 <= one.start <= one.end <= 5 + 1e-9 for one in words)
