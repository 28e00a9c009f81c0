"""Strangers' stories are read sentence by sentence; no row of theirs is needed to see it."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.fit_story import examples, fit
from benchmarks.stories import answers
from benchmarks.story import folds
from benchmarks.strangers import NO_STORY, author, labelled, strangers

STORY = {
    "id": "1",
    "author": "some-body",
    "author_type": "engineer-own-stories",
    "question": "What failed?",
    "segments": [
        {"label": "S", "text": "the shop was full. nobody sold"},
        {"label": "T", "text": "I had to sell."},
        {"label": "A", "text": "I sold."},
        {"label": "R", "text": "It was empty."},
        {"label": "L", "text": "I learnt to sell."},
    ],
}
TALK = {"id": "2", "author": "other", "question": "Who are you?", "text": "I am a baker. I like bread."}


def _file(folder: Path, *, talk: bool = True) -> str:
    path = folder / "stories.jsonl"
    path.write_text(json.dumps(STORY) + "\n", "utf-8")
    if talk:
        (folder / "other.jsonl").write_text(json.dumps(TALK) + "\n", "utf-8")
    return str(path)


def test_a_story_is_labelled_sentence_by_sentence(tmp_path: Path) -> None:
    (one,) = labelled(_file(tmp_path, talk=False))

    assert one.labels == ["situation", "situation", "task", "action", "result", "lesson"]
    assert one.texts[0] == "The shop was full."
    assert (author(one), one.kind) == ("some-body", "own")


def test_what_is_no_story_is_other_throughout(tmp_path: Path) -> None:
    _, talk = labelled(_file(tmp_path))

    assert talk.labels == ["other", "other"]
    assert (author(talk), talk.kind) == ("other", NO_STORY)


def test_only_stories_are_told_with_a_part_left_out(tmp_path: Path) -> None:
    assert [one.variant for one in strangers(_file(tmp_path))] == ["told", "no action", "no result"]


def test_no_author_is_judged_by_weights_that_have_seen_them() -> None:
    few = answers()[:12]
    ours = examples(few[:4], None)
    theirs = [
        replace(x, answer=replace(x.answer, id=f"author{number % 3}-{number}"))
        for number, x in enumerate(examples(few[4:], None, asides=0))
    ]

    for weights, fold in folds(ours, theirs):
        left = {author(x.answer) for x in fold}
        rest = fit(ours, [x for x in theirs if author(x.answer) not in left])
        assert len(left) == 1
        assert np.array_equal(weights.weights, rest.weights)
        assert not np.array_equal(weights.weights, fit(ours, theirs).weights)
