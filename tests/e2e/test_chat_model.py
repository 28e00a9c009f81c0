"""A real model, small enough to get most of it wrong: what is said of it is good all the same."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from benchmarks.chat import MODEL, WHO, Worded, is_installed, shown, smallest, steps, worded
from vivavoce.personas.chat.client import ChatPhrasing
from vivavoce.personas.chat.guard import flaws
from vivavoce.personas.content.asking import asked
from vivavoce.simulator.practice.candidate_script import named, read_script
from vivavoce.simulator.practice.simulate import simulate
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.events import (
    Event,
    PlaybackStarted,
    QuestionAsked,
    Seconds,
    SessionEnded,
    TurnEnded,
)

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        not is_installed() and "CI" not in os.environ, reason="needs a chat model: make chatmodel"
    ),
]

PATIENCE = Seconds(2.0)
MARGIN = Seconds(1.5)  # of a busy machine
LONGEST_WAIT = Seconds(1.5)
PRAISE = re.compile(r"\b(?:great|excellent|amazing|impressive|perfect|fantastic|well done)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def results() -> Iterator[list[Worded]]:
    with smallest() as address:
        worded(ChatPhrasing(address, MODEL, "", WHO, timeout=Seconds(60.0)), steps()[0])  # it loads
        chat = ChatPhrasing(address, MODEL, "sk-none", WHO, timeout=PATIENCE)
        yield [worded(chat, step) for step in steps()]


def test_lines_come_in_time_and_those_that_are_said_have_no_flaws(results: list[Worded]) -> None:
    shown(results)  # seen with `pytest -s`

    assert len(results) == len(steps())
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


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with smallest() as found:
        yield found


@pytest.mark.parametrize("name", ["strong", "hostile", "injection"])
def test_whole_sessions_run_through_a_real_model_and_nobody_waits_for_a_line(name: str, address: str) -> None:
    settings = Settings(llm_base_url=address, llm_model=MODEL)

    events = simulate(read_script(named(Path(name))), settings=settings)

    asked_lines = [event.text for event in events if isinstance(event, QuestionAsked)]
    assert events[-1] == SessionEnded(at=events[-1].at, reason="the interview is over")
    assert len(asked_lines) >= 4
    assert all(asked(line) <= 1 for line in asked_lines)
    assert not [line for line in asked_lines if PRAISE.search(line) or len(line.split()) > 60]
    assert max(waits(events)) <= LONGEST_WAIT


def waits(events: Sequence[Event]) -> Iterator[Seconds]:
    """Yield how long it took from the end of each turn until the interviewer was heard."""
    ended: TurnEnded | None = None
    for event in events:
        if isinstance(event, TurnEnded):
            ended = event
        elif isinstance(event, PlaybackStarted) and ended is not None:
            yield Seconds(event.at - ended.at)
            ended = None
