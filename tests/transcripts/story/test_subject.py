"""Whether the latest talk is about what was asked and told, with a toy in place of the embedding."""

from collections.abc import Sequence

import numpy as np
import pytest

from vivavoce.simulator.practice.candidate_script import spoken
from vivavoce.transcripts.events import Word
from vivavoce.transcripts.story.parts import Vectors
from vivavoce.transcripts.story.progress import Progress
from vivavoce.transcripts.story.subject import EVERY, PIECE, Likeness, Subject

SERVER = ("server", "queue", "deploy", "alert", "latency")
GARDEN = ("garden", "roses", "spade", "tulips", "hedge")


class Topics:
    """Knows two subjects, each a direction, and how often it was asked."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def vectors(self, texts: Sequence[str]) -> Vectors:
        self.texts.extend(texts)
        rows = [
            [sum(text.count(word) for word in words) + 0.1 for words in (SERVER, GARDEN)] for text in texts
        ]
        found = np.array(rows, dtype=np.float32)
        unit: Vectors = found / np.linalg.norm(found, axis=1, keepdims=True)
        return unit


def about(words: Sequence[str], count: int) -> str:
    return " ".join(f"the {words[number % len(words)]}" for number in range(count // 2))


def said(*texts: str) -> tuple[Word, ...]:
    return spoken(" ".join(texts), 150, {})


def followed(words: Sequence[Word]) -> Likeness:
    subject = Subject(Topics(), "Tell me about a server.")
    for end in range(EVERY, len(words) + 1, EVERY):
        subject.receive(words[:end], ())
    return subject.likeness


def test_a_slide_into_another_subject_is_unlike_what_was_told() -> None:
    on, off = followed(said(about(SERVER, 120))), followed(said(about(SERVER, 100), about(GARDEN, 20)))

    assert on.to_subject > 0.9
    assert off.to_subject < 0.3


def test_a_long_aside_does_not_become_the_subject() -> None:
    aside = said(about(SERVER, 60), about(GARDEN, 200))

    assert followed(aside).to_subject < 0.3
    assert followed(aside).to_earlier > 0.9  # though it is like what was said before


def test_the_opening_sets_the_subject_whatever_was_asked() -> None:
    assert followed(said(about(GARDEN, 120))).to_subject > 0.8


def test_what_is_not_final_is_compared_and_becomes_no_piece() -> None:
    topics = Topics()
    subject, words = Subject(topics, "Tell me about a server."), said(about(SERVER, 100), about(GARDEN, 40))
    subject.receive(words[:100], words[100:])

    pieces = [text for text in topics.texts[1:] if "server" in text]
    assert len(pieces) == 100 // PIECE
    assert subject.likeness.to_subject < 0.3


def test_each_piece_is_looked_at_once_and_a_few_words_more_at_all() -> None:
    topics = Topics()
    subject, words = Subject(topics, "Tell me about a server."), said(about(SERVER, 400))
    for end in range(1, len(words) + 1):
        subject.receive(words[:end], ())

    assert len(topics.texts) <= 1 + len(words) / EVERY + len(words) / PIECE


@pytest.mark.parametrize("known", [False, True])
def test_nothing_is_compared_before_there_is_something_to_compare_with(known: bool) -> None:
    progress = Progress("Tell me about a server.", lambda: Topics() if known else None)
    progress.receive(said(about(SERVER, 60)), ())

    assert (progress.likeness is not None) is known
