"""Checks that hold because a sentence is close to examples in meaning, though no cue was said."""

from collections.abc import Sequence

import numpy as np
import pytest

from vivavoce.transcripts.scoring.checks import Check, cue, held
from vivavoce.transcripts.scoring.likeness import CLOSE, Likeness, likeness
from vivavoce.transcripts.scoring.rubric import STRENGTH, Rule
from vivavoce.transcripts.story.parts import Vectors
from vivavoce.transcripts.story.sentences import sentences

TEXT = "We met on Monday. Nobody looked at the old numbers. Then lunch came."
RULE = Rule(STRENGTH, "m")


class Counted:
    """An `Embedding` that knows numbers, dinner and the rest; it counts what it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors."""
        self.asked += len(texts)
        places = [0 if "number" in one else 1 if "dinner" in one else 2 for one in texts]
        return np.eye(3, dtype=np.float32)[places]


def like(embedding: Counted) -> Likeness:
    texts = [TEXT[start:end] for start, end in sentences(TEXT)]
    return likeness(embedding.vectors(texts), embedding)


def test_a_sentence_close_to_several_examples_counts_and_its_place_is_told() -> None:
    check = Check(id="numbers", rule=RULE, like=("The old number.", "A number.", "Any number."))

    assert held([check], TEXT, sentences(TEXT)) == {}
    assert held([check], TEXT, sentences(TEXT), like(Counted())) == {"numbers": 1}


def test_one_example_alone_is_not_several() -> None:
    check = Check(id="numbers", rule=RULE, like=("The old number.", "A dinner.", "A long dinner."))

    assert CLOSE > 0.5
    assert held([check], TEXT, sentences(TEXT), like(Counted())) == {}


@pytest.mark.parametrize("without", [None, cue(["nobody"])])
def test_what_makes_it_mean_something_else_counts_here_too(without: object) -> None:
    check = Check(id="numbers", rule=RULE, like=("The old number.", "A number."), without=without)  # type: ignore[arg-type]

    assert bool(held([check], TEXT, sentences(TEXT), like(Counted()))) is (without is None)


def test_examples_are_embedded_once() -> None:
    embedding, check = Counted(), Check(id="n", rule=RULE, like=("The old number.", "A number."))
    for _ in range(3):
        held([check], TEXT, sentences(TEXT), like(embedding))

    assert embedding.asked == 3 * 3 + 2
