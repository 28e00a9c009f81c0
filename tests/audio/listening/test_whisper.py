from itertools import pairwise

import pytest

from vivavoce.audio.frame import SAMPLE_RATE_HZ, Frame, silence
from vivavoce.audio.listening.whisper import _Decoded, _joined, _spread, before_a_loop, repeated, repeats

LOOPING = "and then we did that " * 12


@pytest.mark.parametrize(
    ("text", "loop"),
    [
        ("", False),
        ("we built a model and it failed", False),
        ("no no no no", False),
        ("the team, the team said so", False),
        ("one two three. One two three. and on", False),
        ("one two three four, one two three four", True),
        ("and so One two three four! One two three four", True),
        ("one two three four five one two three four", False),
        ("you know you know you know", True),
        ("no no no no no no no no", True),
        (LOOPING, True),
    ],
)
def test_a_loop_is_told_from_speech(text: str, loop: bool) -> None:
    assert repeats(text) is loop


def decoded(
    text: str, log_probability: float = -0.2, no_speech: float = 0.1, *, complete: bool = True
) -> _Decoded:
    return _Decoded(
        tokens=[],
        text=text,
        closed=0.5,
        complete=complete,
        log_probability=log_probability,
        no_speech=no_speech,
        encoded=None,
    )


@pytest.mark.parametrize(
    ("text", "loops"),
    [
        ("", False),
        (" We shipped it in March.", False),
        (" na" * 60, True),
        (LOOPING, True),
    ],
)
def test_text_that_repeats_itself_more_than_speech_does_is_a_loop(text: str, loops: bool) -> None:
    assert decoded(text).loops is loops


def test_text_that_the_decoder_did_not_end_by_itself_is_a_loop() -> None:
    assert decoded(" We shipped it in March.", complete=False).loops


@pytest.mark.parametrize(
    ("log_probability", "no_speech", "speech"),
    [(-0.3, 0.1, True), (-0.3, 0.9, True), (-1.5, 0.1, True), (-1.5, 0.9, False)],
)
def test_only_unlikely_text_in_what_is_hardly_speech_is_dropped(
    log_probability: float, no_speech: float, speech: bool
) -> None:
    assert decoded("thank you", log_probability, no_speech).is_speech is speech


def rows(*texts: str) -> list[tuple[str, float, float, float]]:
    return [(text, float(i), i + 0.9, 0.5) for i, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        ([" We", " shipped", " it"], [" We", " shipped", " it"]),
        ([" it", ".", " Then"], [" it.", " Then"]),
        ([" forty", "-", "five", " percent"], [" forty-five", " percent"]),
        ([" I", "'ve", " been"], [" I've", " been"]),
        (["So", " we"], ["So", " we"]),
        ([" ", " we"], [" we"]),
        ([], []),
    ],
)
def test_what_does_not_begin_with_a_space_belongs_to_the_word_before(
    texts: list[str], joined: list[str]
) -> None:
    words = _joined(rows(*texts))

    assert [word[0] for word in words] == joined
    assert all(a[2] <= b[1] for a, b in pairwise(words))


def test_a_stop_does_not_make_its_word_longer() -> None:
    (word,) = _joined([(" done", 1.0, 1.4, 0.9), (".", 1.4, 2.8, 0.9)])

    assert word[2] == 1.4


def test_the_second_half_of_a_compound_makes_its_word_longer() -> None:
    (word,) = _joined([(" forty", 1.0, 1.4, 0.9), ("-five", 1.4, 1.8, 0.9)])

    assert word[2] == 1.8


def test_a_draft_s_words_are_spread_evenly_over_the_sound() -> None:
    sound = Frame(SAMPLE_RATE_HZ, silence(3 * SAMPLE_RATE_HZ))

    words = _spread(sound, decoded(" so um yes"))

    assert [word.text for word in words] == ["so", "um", "yes"]
    assert [(float(word.start), float(word.end)) for word in words] == [(1, 2), (2, 3), (3, 4)]
    assert [word.filler for word in words] == [False, True, False]
    assert _spread(sound, decoded(" ")) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We shipped it in March.", 0),
        ("So, the worst worst worst worst worst worst worst worst worst", 6),
        ("I moved the flag. One two three four, one two three four, one two", 8),
    ],
)
def test_of_a_loop_what_came_before_it_is_kept_and_what_it_repeats_once(text: str, words: int) -> None:
    assert before_a_loop(text) == words


@pytest.mark.parametrize(
    ("begun", "text", "again"),
    [
        ("Thanks. What is the hardest problem?", " Thanks, what is the worst", True),
        ("Thanks. What is the hardest problem?", " So the hardest problem is the data.", False),
        ("So, I went to the manager", " and I went to the board", True),
        ("So, I went to the manager", " and I went there", False),
        ("Yes, please.", " Yes, please.", True),
        ("Yes, please.", " Yes.", False),
    ],
)
def test_words_of_the_lead_that_come_again_in_a_row_are_known(begun: str, text: str, again: bool) -> None:
    assert repeated(begun, text) is again
