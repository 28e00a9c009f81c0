from collections.abc import Sequence
from hashlib import sha256

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fit_story import examples, fit
from benchmarks.stories import answers
from vivavoce.transcripts.story.parts import LABELS, PARTS, Vectors, features, sense, shipped, sounding, story
from vivavoce.transcripts.story.traits import COUNT, traits

TOLD = (
    "In my last job at a bank, the monthly report took three days and was often late. "
    "I was asked to bring that down to one day. "
    "I interviewed the four people who filled it in, and I wrote a script that collected the figures. "
    "I then trained two colleagues to run it. "
    "As a result, the report took four hours, and my manager rolled it out to two other teams."
)
NO_RESULT = TOLD[: TOLD.index("As a result")]
RESULT = TOLD[TOLD.index("As a result") :]


class Hashed:
    """An `Embedding` of the width of MiniLM that knows nothing: a direction for each text."""

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors."""
        rows = [
            np.random.default_rng(int.from_bytes(sha256(text.encode()).digest()[:4])).normal(size=384)
            for text in texts
        ]
        return np.array([row / np.linalg.norm(row) for row in rows], dtype=np.float32)


def test_the_parts_of_a_plain_story_are_found() -> None:
    found = story(TOLD)
    assert [one.label for one in found.sentences] == ["situation", "task", "action", "action", "result"]
    assert all(found.present[part] >= 0.5 for part in ("context", "task", "action", "result"))
    assert not found.present["lesson"] >= 0.5


def test_a_missing_result_is_missed() -> None:
    assert not story(NO_RESULT).present["result"] >= 0.5


def test_a_result_told_first_is_found_first() -> None:
    first = "In the end we cut it from three days to four hours, and two other teams adopted it. "
    assert story(first + NO_RESULT).sentences[0].label == "result"


def test_generalities_are_no_story() -> None:
    found = story(
        "I always try to be a team player. I believe that communication is the key to everything. "
        "People usually like to work with me, and I would say that I am very organized."
    )
    assert {one.label for one in found.sentences} == {"other"}
    assert not found.present["action"] >= 0.5
    assert not found.present["result"] >= 0.5


@pytest.mark.parametrize("text", ["", "  \n"])
def test_no_text_has_no_parts(text: str) -> None:
    assert story(text).sentences == ()
    assert not any(story(text).present[part] >= 0.5 for part in PARTS)


@pytest.mark.parametrize("text", ["fine.", "?!", "x" * 5000, "1 2 3. 4.", "\ud83d\ude00 \u4f60\u597d."])
def test_odd_text_is_labelled_all_the_same(text: str) -> None:
    assert all(one.label in LABELS for one in story(text).sentences)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(TOLD.split(". ")), min_size=1, max_size=12))
def test_sentences_are_in_order_and_cover_the_text(parts: list[str]) -> None:
    text = ". ".join(parts)
    found = story(text).sentences
    assert "".join(text[one.start : one.end] for one in found) == text
    assert all(0 < one.confidence <= 1 for one in found)


@pytest.mark.parametrize("embedded", [False, True])
def test_the_shipped_weights_fit_the_features(embedded: bool) -> None:
    own, weights = traits(["I did it."]), shipped(embedded)
    wide = sounding(own, Hashed().vectors(["I did it."]))
    row = features(own, sense(wide, weights.sense) if embedded else None)
    assert weights.weights.shape == (row.shape[1], len(LABELS))
    assert weights.presence.shape[0] == len(PARTS)


def test_with_an_embedding_other_weights_are_used() -> None:
    assert len(story(TOLD, Hashed()).sentences) == 5


def test_traits_are_within_bounds() -> None:
    found = traits([TOLD, "", "and " * 400])
    assert found.shape == (3, COUNT)
    assert found.min() >= 0
    assert found.max() <= 1


def test_fitting_again_gives_the_same_weights() -> None:
    few = examples([one for one in answers() if not one.heldout][:4], None)
    one, other = fit(few), fit(few)
    assert np.array_equal(one.weights, other.weights)
    assert np.array_equal(one.presence, other.presence)
