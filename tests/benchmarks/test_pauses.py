"""The pauses that benchmarks/pauses.py puts into stories lie where it says that they do."""

import pytest

from benchmarks import pause_cases
from benchmarks.stories import answers

CASES = [case for case in pause_cases.stories("") if case.name in {one.id for one in answers()}]
PAUSED = [case for case in CASES if case.pauses]
BEFORE_RESULT = {
    one.id: " ".join(one.texts[: one.labels.index("result")]) for one in answers() if one.tells("result")
}


def test_every_kind_of_pause_and_end_is_there() -> None:
    assert {case.kind for case in CASES} == {
        *(pause_cases.END, "end without a result", pause_cases.BETWEEN, pause_cases.BEFORE),
        *("mid-sentence", "mid-sentence, open word"),
    }


def test_a_pause_lasts_as_long_as_it_says() -> None:
    for case in PAUSED:
        words, (place,) = case.said[0], case.pauses
        assert words[place + 1].start - words[place].end == pytest.approx(pause_cases.PAUSE, abs=0.1)


def test_between_sentences_nothing_of_the_result_was_told_and_in_mid_sentence_no_sentence_ends() -> None:
    for case in PAUSED:
        said = " ".join(word.text for word in case.said[0][: case.pauses[0] + 1])
        if case.kind in (pause_cases.BETWEEN, pause_cases.BEFORE):
            assert BEFORE_RESULT[case.name].startswith(said)
            assert said[-1] in ".?!\"')"
        else:
            assert said[-1] not in ".?!"
