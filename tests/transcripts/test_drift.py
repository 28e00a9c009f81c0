import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.transcripts.drift import RECENT_WORDS, novelty, repeated
from vivavoce.transcripts.events import Seconds, Word

CIRCLE = "the meeting about the plan was a meeting about another plan for the meeting "
STORY = """In spring our search service timed out twice a week and customers complained. I owned ranking, so I
collected traces for ten days and found that seven joins ran for every single request. I proposed a
nightly snapshot, my manager doubted the freshness, and I built a prototype over one weekend. We
compared latency against the old path, documented the tradeoff, trained support staff, and rolled
out region by region behind a flag. Timeouts dropped from fourteen a week to zero, infrastructure
spending shrank by a third, and two neighbouring teams copied our design during summer."""


def said(text: str) -> list[Word]:
    return [
        Word(text=word, start=Seconds(0.4 * i), end=Seconds(0.4 * i + 0.3))
        for i, word in enumerate(text.split())
    ]


def test_talk_that_circles_brings_in_nothing_new() -> None:
    assert novelty(said(CIRCLE * 10)) == 0.0


def test_a_story_that_moves_on_does() -> None:
    assert novelty(said(STORY)) > 0.3


def test_a_story_that_begins_to_circle_is_noticed_within_the_latest_words() -> None:
    circling = said(f"{CIRCLE} {STORY} {CIRCLE * 4}")

    assert novelty(circling) < 0.1
    assert repeated(circling)[0].startswith("meet")


@pytest.mark.parametrize("count", [0, 1, RECENT_WORDS, 2 * RECENT_WORDS - 1])
def test_a_short_answer_counts_as_new(count: int) -> None:
    assert novelty(said("meeting " * count)) == 1.0


@pytest.mark.parametrize(
    ("early", "late"),
    [
        ("deploy", "Deployed,"),
        ("model", "models."),
        ("forty 40 percent", "40, percent. 40"),
        ("team", "team's"),
        ("test", "TESTING"),
    ],
)
def test_another_form_of_a_word_is_not_new(early: str, late: str) -> None:
    words = said(f"{early} " + "so " * (2 * RECENT_WORDS) + late)

    assert novelty(words) == 0.0


def test_words_without_content_are_never_new() -> None:
    assert (
        novelty(said("so " * RECENT_WORDS * 2 + "and then they would have been there with really something"))
        == 0
    )


def test_times_do_not_matter_so_pauses_and_slow_speech_cost_nothing() -> None:
    slow = [
        Word(text=word.text, start=Seconds(10 * word.start), end=Seconds(10 * word.end))
        for word in said(STORY)
    ]

    assert novelty(slow) == novelty(said(STORY))


def test_what_is_repeated_comes_with_the_most_frequent_first() -> None:
    words = said("alpha alpha beta alpha beta gamma " + "so " * RECENT_WORDS + "gamma beta alpha delta")

    assert repeated(words) == ["alpha", "beta", "gamma"]


@given(st.text(alphabet="abcd -'59%", max_size=600))
def test_novelty_is_a_share(text: str) -> None:
    words = said(text)

    assert 0 <= novelty(words) <= 1
    assert len(repeated(words)) == len(set(repeated(words)))


def test_compounds_do_not_make_it_more_than_a_share() -> None:
    fresh = " ".join(f"{'qrst'[i % 4] * (4 + i)}-{'uvwx'[i % 4] * (4 + i)}" for i in range(RECENT_WORDS))

    assert novelty(said("so " * RECENT_WORDS + fresh)) <= 1
