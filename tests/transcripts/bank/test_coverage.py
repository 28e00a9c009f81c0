"""Which fields a story tells, by cues and by meaning, where in it, and when that was said."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from vivavoce.personas.content.story_map import story_map
from vivavoce.simulator.engine.embeddings import embedding
from vivavoce.transcripts.bank.coverage import covered, covered_in
from vivavoce.transcripts.bank.fields import FIELDS
from vivavoce.transcripts.bank.sensed import sensed
from vivavoce.transcripts.bank.telling import Telling
from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.story.parts import Vectors
from vivavoce.transcripts.talk.answers import Answer
from vivavoce.transcripts.talk.pacing import pacing
from vivavoce.transcripts.talk.turns import Turn

PROBLEM = "On our ward patients waited three hours, and they complained every day."
REASON = "We could have hired somebody, but that would have cost ten thousand a year."
DATA = "I had two colleagues and the paper log of six weeks."
MODEL = "I drew up a new plan and moved the visits to the morning."
DELIVERY = "We tried it with one room first and then everybody used it."
METRICS = "Waiting went from three hours to forty minutes."
CHANGES = "At first nobody filled it in, so we changed the form."
WHOLE = dict(zip(FIELDS, (PROBLEM, REASON, DATA, MODEL, METRICS, DELIVERY, CHANGES), strict=True))
TOLD = (PROBLEM, REASON, DATA, MODEL, DELIVERY, CHANGES, METRICS)


class Nothing:
    """An embedding for which all sentences are alike."""

    def vectors(self, texts: Sequence[str]) -> Vectors:
        return np.full((len(texts), 384), 384**-0.5, dtype=np.float32)


def telling(words: tuple[Word, ...]) -> Telling:
    """Return a take with these words; without any, it was typed."""
    asked = Turn(speaker="interviewer", start=Seconds(0.0), end=Seconds(0.0), text="Go ahead.", move="open")
    said = replace(asked, speaker="candidate", text=" ".join(TOLD), words=words)
    alone = Answer(
        question=asked, turns=(said,), words=words, response_gap=None, pacing=pacing([], []), fillers=()
    )
    return Telling((alone,), whole=True)


def test_a_whole_story_tells_all_fields_each_shown_by_its_sentence() -> None:
    found = covered(" ".join(TOLD), story_map())

    assert [*found] == [*FIELDS]
    assert {field: one.quote for field, one in found.items()} == WHOLE


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_whose_sentence_is_left_out_is_not_told(field: str) -> None:
    left = " ".join(said for said in TOLD if said != WHOLE[field])

    assert {*FIELDS} - {*covered(left, story_map())} == {field}


def test_what_went_wrong_later_is_no_problem_and_the_problem_is_no_failure() -> None:
    later = f"{MODEL} It was a nice summer. We sat in the yard. I like that. {CHANGES}"
    assert {*covered(later, story_map())} == {"model", "changes"}

    first = f"{CHANGES} That was the state of it. It was a nice summer. We sat in the yard. {MODEL}"
    assert "changes" not in covered(first, story_map())


@pytest.mark.parametrize("text", ["", "   ", ".", "Yes.", "\n\n", "I"])
def test_where_nothing_is_told_nothing_is_covered(text: str) -> None:
    assert covered(text, story_map()) == {}
    assert covered(text, [], Nothing()).keys() <= {*FIELDS}


def test_without_checks_only_what_is_plain_is_found() -> None:
    assert {*covered(f"I was asked to mend it. {MODEL}", [])} == {"problem", "model"}


def test_a_take_shows_when_the_field_was_told() -> None:
    words = tuple(
        Word(text=text, start=Seconds(0.5 * place), end=Seconds(0.5 * place + 0.4), probability=0.9)
        for place, text in enumerate(" ".join(TOLD).split())
    )

    found = covered_in(telling(words), story_map())

    assert [*found] == [*FIELDS]
    begins = " ".join(TOLD).split().index("Waiting")
    assert found["metrics"].at == 0.5 * begins
    assert found["problem"].at == 0.0
    assert {one: shown.at for one, shown in covered_in(telling(()), story_map()).items()} == dict.fromkeys(
        FIELDS
    )


def test_an_embedding_gives_a_probability_for_each_sentence_and_field() -> None:
    likely = sensed([PROBLEM, MODEL], Nothing())

    assert likely.shape == (2, 7)
    assert ((likely >= 0) & (likely <= 1)).all()
    assert sensed([], Nothing()).shape == (0, 7)


@pytest.mark.e2e
@pytest.mark.parametrize(
    "ending",
    [
        "My director was fine with it.",
        "The guests clapped and nobody was hurt.",
        "I was made head of the shift in autumn.",
        "I learned that patience pays.",
    ],
)
def test_how_it_ended_is_neither_a_measure_nor_a_use_nor_a_failure(ending: str) -> None:
    told = (
        "The cook fell ill an hour before a wedding for ninety people. I called two friends from my old"
        f" kitchen, I cut the menu to three dishes and I put the waiters on the salads. {ending}"
    )

    assert {*covered(told, story_map(), embedding(2))} == {"problem", "model"}
