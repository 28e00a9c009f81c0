import numpy as np
import pytest

from vivavoce.audio.voices.melody import RISE_FRAMES, RISE_SEMITONES, risen, rises


@pytest.mark.parametrize(
    "sentence",
    [
        "Did it work?",
        "And was there anybody else?",
        "Can you say a bit more about that?",
        "Did you ask anybody what they thought?",
        "Before I start, can the list be empty, and are there duplicates?",
        "Looking back, would you change anything?",
        "Wasn't it late?",
        "It worked, didn't it?",
        "You did it alone?",
        "Any other question?",
        "\u201cIs that so?\u201d",
        "Isn\u2019t it?",
    ],
)
def test_a_question_for_yes_or_no_rises(sentence: str) -> None:
    assert rises(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It worked.",
        "Did it work.",
        "What happened?",
        "And how did you settle it?",
        "Roughly how long did it take you?",
        "If somebody asked for one result, what would you say?",
        "What, specifically, did you do that helped most?",
        "Can the list be empty, and how large is it?",
        "Would you like to stop, or just pause?",
        "",
    ],
)
def test_a_statement_a_choice_and_an_open_question_fall(sentence: str) -> None:
    assert not rises(sentence)


def semitones(hertz: np.ndarray, of: float) -> np.ndarray:
    return 12 * np.log2(hertz / of)


def test_the_end_rises_above_the_middle_and_the_rest_is_left_alone() -> None:
    hertz = np.concatenate([np.full(80, 200), np.geomspace(200, 150, 40), np.zeros(20)]).astype(np.float32)
    tone = np.zeros((5, 140), np.float32)

    now = risen(hertz, tone)

    assert np.array_equal(now[: 120 - RISE_FRAMES], hertz[: 120 - RISE_FRAMES])
    assert semitones(now[119], 200) == pytest.approx(RISE_SEMITONES, abs=0.5)
    assert not now[120:].any()


def test_where_hardly_any_tone_is_left_the_sentence_has_ended() -> None:
    hertz = np.full(140, 200, np.float32)
    tone = np.zeros((5, 140), np.float32)
    tone[:, 100:] = -9

    assert semitones(risen(hertz, tone)[99], 200) == pytest.approx(RISE_SEMITONES, abs=0.1)


def test_what_rises_by_itself_or_has_no_voice_stays_as_it_is() -> None:
    rising = np.concatenate([np.full(80, 200), np.full(20, 300)]).astype(np.float32)

    for hertz in (rising, np.zeros(100, np.float32), np.full(3, 200, np.float32)):
        assert np.array_equal(risen(hertz, np.zeros((5, len(hertz)), np.float32)), hertz)
