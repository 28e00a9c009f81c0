"""What is judged of the answers to one question."""

from collections.abc import Sequence

import numpy as np
import pytest

from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.scoring.assessment import Reader
from vivavoce.transcripts.scoring.threads import Thread, threads
from vivavoce.transcripts.story.parts import Vectors
from vivavoce.transcripts.talk.answers import Answer
from vivavoce.transcripts.talk.pacing import pacing
from vivavoce.transcripts.talk.turns import Turn

ASKED = "Tell me about a time you changed how something is done."
STORY = "The shelves were a mess. I labelled them all. We saved ten minutes a shift."


def answered(text: str, move: str = "", at: float = 0.0, question: str = ASKED) -> Answer:
    words = tuple(
        Word(text=one, start=Seconds(at + place), end=Seconds(at + place + 0.5))
        for place, one in enumerate(text.split())
    )
    said = Turn(speaker="candidate", start=Seconds(at), end=Seconds(at), text=text, words=words)
    asked = Turn(speaker="interviewer", start=Seconds(at), end=Seconds(at), text=question, move=move)
    return Answer(
        question=asked, turns=(said,), words=words, response_gap=None, pacing=pacing(words, ()), fillers=()
    )


def judged(*said: Answer) -> Thread:
    (thread,) = threads(said)
    return thread


@pytest.mark.parametrize(
    ("said", "move"),
    [
        pytest.param("I have never done that at any place so far.", "reassure", id="never done"),
        pytest.param("How many people are there in the team, by the way?", "later", id="out of turn"),
        pytest.param("You are a very stupid machine, are you not?", "boundary", id="rude"),
        pytest.param("Do you mean at work, or at home as well?", "explain", id="asks back"),
    ],
)
def test_what_was_no_answer_is_no_part_of_the_story(said: str, move: str) -> None:
    found = judged(answered(said), answered(STORY, move, at=30.0))

    assert found.assessment.text == STORY
    assert len(found.answers) == 2  # it is shown all the same
    assert found.moment(STORY.index("labelled")) == 36.0
    assert found.seconds


@pytest.mark.parametrize("move", ["probe(result)", "clarify", "repeat"])
def test_what_was_followed_up_on_is(move: str) -> None:
    first = "I have never been so tired as on that day."

    assert judged(answered(first), answered(STORY, move, at=30.0)).assessment.text == f"{first} {STORY}"


def test_who_only_passed_is_not_judged() -> None:
    found = judged(answered("I have never done that at any place."), answered("", "reassure", at=20.0))

    assert (found.assessment.scores, found.assessment.why_not) == (None, "it was not answered")


class Counting:
    """An `Embedding` that notes which texts are computed together."""

    def __init__(self) -> None:
        self.computed: list[list[str]] = []

    def vectors(self, texts: Sequence[str]) -> Vectors:
        self.computed.append(list(texts))
        return np.eye(384, dtype=np.float32)[: len(texts)]


def test_the_sentences_of_all_threads_are_computed_together_and_once() -> None:
    embedding = Counting()

    threads([answered(STORY), answered(STORY, at=60.0, question="What else?")], Reader(embedding))

    (texts,) = embedding.computed
    assert sorted(texts) == sorted({*STORY.replace(". ", ".|").split("|"), ASKED, "What else?"})
