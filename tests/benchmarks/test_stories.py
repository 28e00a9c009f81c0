"""The labelled answers are whole, and what is made of them is what its name says."""

from collections import Counter

import pytest

from benchmarks.stories import Answer, answers, is_complete, variants

LABELS = {"situation", "task", "action", "result", "lesson", "other"}
ALL = answers()
FULL = Answer(
    id="x-001",
    question="?",
    sentences=(("situation", "A."), ("task", "B."), ("action", "C."), ("result", "D."), ("lesson", "E.")),
)


def test_every_sentence_has_a_label_and_every_answer_an_id_of_its_own() -> None:
    assert len(ALL) >= 100
    assert {label for one in ALL for label in one.labels} <= LABELS
    assert [name for name, many in Counter(one.id for one in ALL).items() if many > 1] == []
    assert all(text.strip() == text and text for one in ALL for text in one.texts)


def test_a_fifth_is_held_out_and_there_are_answers_of_every_kind() -> None:
    assert 0.15 < sum(one.heldout for one in ALL) / len(ALL) < 0.25
    assert {plan.variant for one in ALL for plan in variants(one)} >= {
        "complete",
        "no result",
        "no action",
        "no context",
        "no task",
        "result first",
        "free",
    }


@pytest.mark.parametrize(
    ("variant", "labels"),
    [
        ("complete", ["situation", "task", "action", "result", "lesson"]),
        ("no result", ["situation", "task", "action"]),
        ("no action", ["situation", "task", "result", "lesson"]),
        ("no context", ["action", "result", "lesson"]),
        ("no task", ["situation", "action", "result", "lesson"]),
        ("result first", ["result", "situation", "task", "action", "lesson"]),
    ],
)
def test_a_complete_answer_is_told_in_other_ways_too(variant: str, labels: list[str]) -> None:
    (made,) = [one for one in variants(FULL) if one.variant == variant]

    assert is_complete(FULL)
    assert made.labels == labels
