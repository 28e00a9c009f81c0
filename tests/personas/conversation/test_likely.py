from collections.abc import Sequence

import numpy as np
import pytest

from benchmarks.fit_replies import NAMES
from vivavoce.personas.conversation.acts import Reply
from vivavoce.personas.conversation.likely import HASHED, MOST_WORDS, likely, surest, weights
from vivavoce.personas.conversation.replies import kind
from vivavoce.transcripts.story.parts import Vectors

UNUSUAL = "Just two more sentences and then I'm finished, I promise."


class Near:
    """An `Embedding` to which everything means what `reply` usually does; it counts what it is asked."""

    def __init__(self, reply: Reply) -> None:
        weigh = weights().columns[HASHED:-1, NAMES.index(reply)]
        self._vector = weigh / np.linalg.norm(weigh)
        self.asked = 0

    def vectors(self, texts: Sequence[str]) -> Vectors:
        self.asked += len(texts)
        return np.tile(self._vector, (len(texts), 1)).astype(np.float32)


def test_what_no_pattern_covers_is_told_by_what_it_is_like() -> None:
    near = Near(Reply.LEAVE)

    assert kind(UNUSUAL) is Reply.ANSWER
    assert kind(UNUSUAL, meaning=lambda: near) is Reply.LEAVE


def test_a_reply_is_read_once_by_all_who_ask() -> None:
    near = Near(Reply.LEAVE)

    def meaning() -> Near:
        return near

    assert {kind(UNUSUAL, meaning=meaning) for _ in range(3)} == {Reply.LEAVE}
    assert near.asked == 1


@pytest.mark.parametrize(
    "said",
    [
        "Can you repeat that?",  # a pattern covers it
        "We moved the lookups into a cache, and then it was fast again and nobody had to wait. " * 2,
    ],
)
def test_what_is_covered_or_long_is_not_read_twice(said: str) -> None:
    near = Near(Reply.LEAVE)

    kind(said, meaning=lambda: near)

    assert near.asked == 0


@pytest.mark.parametrize(
    ("likeliest", "taken_for"),
    [
        (Reply.REPEAT, Reply.REPEAT),
        (Reply.STOP, Reply.ENDING),
        (Reply.RUDE, Reply.ANSWER),
        (Reply.THANKS, Reply.ANSWER),
        (Reply.ANSWER, Reply.ANSWER),
    ],
)
def test_a_guess_ends_nothing_and_calls_nobody_rude(likeliest: Reply, taken_for: Reply) -> None:
    share = np.array([0.9 if name is likeliest else 0.004 for name in NAMES], np.float32)

    assert surest(share, NAMES) is taken_for


def test_in_doubt_it_is_an_answer() -> None:
    share = np.array([0.5 if name is Reply.REPEAT else 0.02 for name in NAMES], np.float32)

    assert surest(share, NAMES) is Reply.ANSWER


def test_the_weights_know_every_kind_that_is_measured() -> None:
    assert weights().names == NAMES


def test_a_long_reply_is_not_guessed_at() -> None:
    assert likely("and so on " * MOST_WORDS, Near(Reply.LEAVE)) is Reply.ANSWER
