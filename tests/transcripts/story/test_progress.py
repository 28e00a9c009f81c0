from functools import cache, partial
from statistics import median

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.timing import seconds
from vivavoce.simulator.practice.candidate_script import spoken
from vivavoce.transcripts.events import Word
from vivavoce.transcripts.story.progress import (
    BY_MEANING,
    BY_WORDS,
    WINDOW,
    Progress,
    Signals,
    clauses,
    staleness,
)
from vivavoce.transcripts.story.subject import Likeness

STORY = (
    "So last spring our ranking service was slow. I profiled it and found that the lookups took "
    "most of it. "
    "I moved them into one batch call, and I dropped two features that nobody could defend. Product "
    "was worried, "
    "so I ran a test on five percent of members. Clicks did not move, latency fell from 140 to 60 "
    "milliseconds, "
    "and we rolled it out in March. Then the caches filled up and I added a limit, which held since."
)
CIRCLES = (
    " And the thing is, it was slow, you know, the service was really slow, and the ranking was "
    "slow, and, like I "
    "said, it was the lookups, basically the lookups were slow, and people were saying it's slow, "
    "and I mean it was, "
    "you know, kind of slow, and so the service, again, was slow and that is what it was, it was "
    "slow lookups."
)


def after(text: str) -> Signals:
    progress = Progress("Tell me about a system that you improved.")
    progress.receive(spoken(text, 150, {}), ())
    return progress.signals


def test_a_story_that_moves_on_is_fresh_and_one_that_circles_is_stale() -> None:
    assert staleness(after(STORY)) < -0.5
    assert staleness(after(STORY + CIRCLES)) > 0.5


def test_what_was_told_is_dated() -> None:
    progress = Progress()
    words = spoken(STORY + CIRCLES, 150, {})
    progress.receive(words, ())

    fell = next(word for word in words if word.text == "held")
    assert abs(progress.fact_at - fell.end) < 8


def test_the_words_that_come_back_are_named() -> None:
    progress = Progress()
    progress.receive(spoken(STORY + CIRCLES, 150, {}), ())

    assert {"slow", "lookups", "service"} <= set(progress.repeated())


@cache
def told() -> tuple[tuple[Word, ...], Signals]:
    """Return a story's words, and what is known once they came at once."""
    words, progress = spoken(STORY + CIRCLES, 150, {}), Progress()
    progress.receive(words, ())
    return words, progress.signals


@settings(max_examples=30)
@given(st.lists(st.integers(1, 20), max_size=12))
def test_it_does_not_matter_in_what_pieces_the_words_come(sizes: list[int]) -> None:
    (words, whole), pieces = told(), Progress()
    at = 0
    for size in sizes:
        pieces.receive(words[at : at + size], words[at + size : at + size + 3])
        at += size
    pieces.receive(words[at:], ())

    assert pieces.signals.novelty == whole.novelty
    assert pieces.signals.on_topic == whole.on_topic


def test_nothing_is_computed_when_nothing_was_said() -> None:
    progress, words = Progress(), spoken(STORY, 150, {})
    assert progress.receive(words[:10], words[10:12])
    assert not progress.receive((), words[10:12])


def test_an_hour_of_talk_costs_no_more_than_a_minute() -> None:
    words = spoken(STORY * 140, 150, {})  # more than an hour
    progress = Progress()
    progress.receive(words[:-1], ())
    took = [seconds(partial(progress.receive, (), words[-1:] * (last % 2 + 1))) for last in range(20)]
    assert median(took) < 0.005


@given(st.lists(st.sampled_from(["so", "and", "cache,", "moved", "then", "fast."]), max_size=60))
def test_clauses_cover_the_words_without_a_gap(texts: list[str]) -> None:
    words: tuple[Word, ...] = spoken(" ".join(texts), 150, {}) if texts else ()
    found = list(clauses(words))

    assert [index for a, b in found for index in range(a, b)] == list(range(len(words)))
    assert len(words[-WINDOW:]) <= WINDOW


def test_signals_have_a_weight_each() -> None:
    assert len(BY_WORDS.signals) == len(BY_MEANING.signals) == len(Signals().values())
    assert len(BY_MEANING.likeness) == len(Likeness().values())
    assert not BY_WORDS.likeness
    assert staleness(Signals()) < 0, "talk of which nothing is known is not rambling"
