"""A real model, small enough to get most of it wrong: what is said of it is good all the same."""

import os
from collections.abc import Iterator

import pytest

from benchmarks.chat import MODEL, WHO, Worded, is_installed, shown, smallest, steps, worded
from vivavoce.personas.chat import ChatPhrasing
from vivavoce.personas.guard import flaws
from vivavoce.transcripts.events import Seconds

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        not is_installed() and "CI" not in os.environ, reason="needs a chat model: make chatmodel"
    ),
]

PATIENCE = Seconds(2.0)
MARGIN = Seconds(1.5)  # of a busy machine


@pytest.fixture(scope="module")
def results() -> Iterator[list[Worded]]:
    with smallest() as address:
        worded(ChatPhrasing(address, MODEL, "", WHO, timeout=Seconds(60.0)), steps()[0])  # it loads
        chat = ChatPhrasing(address, MODEL, "sk-none", WHO, timeout=PATIENCE)
        yield [worded(chat, step) for step in steps()]


def test_twenty_lines_come_in_time_and_those_that_are_said_have_no_flaws(results: list[Worded]) -> None:
    shown(results)  # seen with `pytest -s`

    assert len(results) == 20
    assert [flaws(one.line, one.step) for one in results if one.line] == [()] * sum(
        one.line is not None for one in results
    )
    assert all(one.ended_after < PATIENCE + MARGIN for one in results)


def test_a_real_server_streams_sentences_that_begin_and_end_as_such(results: list[Worded]) -> None:
    sentences = [sentence for one in results for sentence in one.sentences]

    assert len(sentences) >= 5
    assert all(sentence.rstrip("\"'\u201d)")[-1] in ".?!" for sentence in sentences)
    assert all("\n" not in sentence for sentence in sentences)


def test_a_real_server_fails_only_by_being_late(results: list[Worded]) -> None:
    errors = {one.error for one in results if one.error}

    assert all("took longer than 2 s" in error for error in errors)
