import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.talk.fillers import fillers, is_filler
from vivavoce.transcripts.talk.pacing import pacing, pauses, syllables
from vivavoce.transcripts.words import Span

S = Seconds


def word(text: str, start: float, end: float, filler: bool = False) -> Word:
    return Word(text=text, start=S(start), end=S(end), filler=filler)


def evenly(count: int, each: float = 0.5) -> list[Word]:
    return [word("word", i * each, (i + 1) * each) for i in range(count)]


def lengths(words: list[Word], *speech: tuple[float, float]) -> list[float]:
    return [round(p.length, 2) for p in pauses(words, [Span(S(a), S(b)) for a, b in speech])]


@pytest.mark.parametrize(
    ("words", "speech", "expected"),
    [
        pytest.param([], [], [], id="nothing said"),
        pytest.param([word("a", 0, 1), word("b", 1.24, 2)], [], [], id="below a quarter of a second"),
        pytest.param([word("a", 0, 1), word("b", 1.25, 2)], [], [0.25], id="a quarter of a second"),
        pytest.param([word("a", 0, 3), word("b", 3, 4)], [(0, 1), (3, 4)], [2.0], id="a stretched word"),
        pytest.param([word("a", 0, 3), word("b", 3, 4)], [(0, 1), (2, 4)], [1.0], id="silence within a word"),
        pytest.param([word("a", 0, 1), word("b", 1.5, 2)], [(0, 2)], [], id="a word begun late"),
        pytest.param([word("a", 0, 1), word("b", 3, 4)], [(0, 1)], [2.0], id="a word not detected"),
        pytest.param(
            [word("a", 0, 1), word("b", 1.5, 2), word("c", 3, 4)],
            [(0, 1), (3, 4)],
            [2.0],
            id="a word where nothing sounded",
        ),
        pytest.param(
            [word("a", 0, 1), *(word("b", i, i + 0.5) for i in (1.5, 2, 2.5)), word("c", 4, 5)],
            [(0, 1), (4, 5)],
            [0.5, 1.0],
            id="several words not detected",
        ),
        pytest.param([word("a", 3, 4), word("b", 4, 5)], [(0, 1), (3, 5)], [], id="sound long before"),
        pytest.param([word("a", 0, 2), word("b", 0.5, 1), word("c", 2.1, 3)], [], [], id="overlap"),
    ],
)
def test_a_pause_is_where_there_was_neither_word_nor_sound(
    words: list[Word], speech: list[tuple[float, float]], expected: list[float]
) -> None:
    assert lengths(words, *speech) == expected


def test_a_pause_knows_the_word_before_it() -> None:
    (pause,) = pauses([word("migration", 0, 1), word("then", 3, 4)])

    assert (pause.start, pause.end, pause.after) == (1, 3, "migration")


def test_rates_with_and_without_pauses() -> None:
    words = [*evenly(10), *(word("word", 10 + i * 0.5, 10.5 + i * 0.5) for i in range(10))]

    found = pacing(words)

    assert found.duration == 15
    assert found.speech_rate_wpm == pytest.approx(80)  # 20 words in 15 s
    assert found.articulation_rate_wpm == pytest.approx(120)  # and in 10 s of sound
    assert found.syllables_per_s == pytest.approx(2)
    assert [pause.length for pause in found.long_pauses] == [5]


@pytest.mark.parametrize("words", [[], evenly(9), [word("typed", 1, 1)] * 20])
def test_too_few_words_or_none_with_a_time_have_no_rate(words: list[Word]) -> None:
    found = pacing(words)

    assert (found.speech_rate_wpm, found.articulation_rate_wpm, found.syllables_per_s) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "count"), [("the", 1), ("made", 1), ("model", 2), ("latency,", 3), ("table", 2), ("40%", 1)]
)
def test_syllables_are_groups_of_vowels(text: str, count: int) -> None:
    assert syllables(text) == count


@given(
    starts=st.lists(st.floats(0, 100), min_size=1, max_size=20),
    speech=st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 10)), max_size=5),
)
def test_pauses_are_in_order_apart_and_within_the_answer(
    starts: list[float], speech: list[tuple[float, float]]
) -> None:
    words = [word("w", at, at + 0.3) for at in sorted(starts)]
    found = pauses(words, [Span(S(at), S(at + length)) for at, length in sorted(speech)])

    edges = [edge for pause in found for edge in (pause.start, pause.end)]
    assert edges == sorted(edges)
    assert all(words[0].start <= edge <= words[-1].end for edge in edges)
    assert pacing(words).duration >= sum(pause.length for pause in pacing(words).pauses)


@pytest.mark.parametrize("text", ["um", "Um,", "uh...", "Uhm", "umm", "er", "Erm", "hmm", "Ah,", "um —"])
def test_sounds_that_are_never_words_are_fillers(text: str) -> None:
    assert is_filler(word(text, 0, 1))


@pytest.mark.parametrize("text", ["like", "a", "human", "her", "uh-huh", "", "ha", "hum"])
def test_words_are_no_fillers(text: str) -> None:
    assert not is_filler(word(text, 0, 1))


def test_what_the_recogniser_flags_is_a_filler() -> None:
    assert is_filler(word("like", 0, 1, filler=True))


def test_fillers_have_their_times() -> None:
    found = fillers([word("Um,", 0, 1), word("so", 1, 2), word("uh", 2, 3)])

    assert [(filler.text, filler.at) for filler in found] == [("um", 0), ("uh", 2)]


def test_fillers_with_time_between_them_are_the_speaker_s() -> None:
    assert len(fillers([word("uh", 0.6 * i, 0.6 * i + 0.2) for i in range(6)])) == 6


def test_a_stutter_of_the_recogniser_counts_three_times_at_most() -> None:
    stutter = [word("uh", 0.13 * i, 0.13 * (i + 1)) for i in range(53)]

    assert len(fillers([*stutter, word("um", 60, 61), word("uh", 62, 63)])) == 5
