"""The simulated candidates that ship, each against what happened last time: tests/golden/*.txt.

A difference is not a mistake, but somebody must have wanted it. To accept what is:
    python -m pytest tests/simulator/practice/test_golden.py --accept
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from vivavoce.simulator.practice.candidate_script import named, read_script
from vivavoce.simulator.practice.simulate import simulate
from vivavoce.transcripts.events import (
    BackChannel,
    BargeIn,
    CutIn,
    Encouraged,
    Event,
    PlaybackFinished,
    QuestionAsked,
    Reprompt,
    RoundBegan,
    SessionEnded,
    SpeechStarted,
    TimeCue,
    TurnEnded,
    TurnResumed,
)

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "golden"
CANDIDATES = sorted(path.stem for path in (ROOT / "simulator" / "practice" / "candidates").glob("*.json"))
STORIES = ("story-interrupted", "story-overtime", "story-pauses")  # takes against the clock
LOOP = "loop"  # the strong one, through all rounds
KEPT = (
    BackChannel,
    BargeIn,
    CutIn,
    Encouraged,
    QuestionAsked,
    Reprompt,
    RoundBegan,
    SessionEnded,
    TimeCue,
    TurnEnded,
    TurnResumed,
)


@cache
def told(name: str) -> list[Event]:
    if name == LOOP:
        script = read_script(named(Path("strong")))
        return simulate(replace(script, round="loop", minutes=None, entries=script.entries * 4))
    return simulate(read_script(named(Path(name))))


def lines(events: list[Event]) -> str:
    rows = []
    for event in events:
        if isinstance(event, KEPT):
            keys = ("round", "persona", "move", "text", "why", "reason")
            about = [getattr(event, key, "") for key in keys]
            rows.append(
                f"{event.at:7.2f} {type(event).__name__}: " + " | ".join(part for part in about if part)
            )
    return "\n".join(rows) + "\n"


def test_there_is_a_candidate_of_every_kind() -> None:
    kinds = {"hostile", "injection", "nervous", "non-native", "off-topic", "rambler", "strong", "terse"}
    led = "rushes silent perfect wanders only-models no-metrics asks-back second-language".split()
    rounds = {f"{kind}-{who}" for kind in ("coding", "design") for who in led}
    assert set(CANDIDATES) == {*kinds, *rounds, *STORIES, "mock-loop"}


@pytest.mark.parametrize("name", [*CANDIDATES, LOOP])
def test_it_is_the_interview_that_it_was(name: str, request: pytest.FixtureRequest) -> None:
    path, now = GOLDEN / f"{name}.txt", lines(told(name))
    if request.config.getoption("--accept"):
        path.write_text(now, encoding="utf-8")

    assert now == path.read_text(encoding="utf-8")


def test_only_the_rambler_and_takes_that_ask_for_it_are_cut_in_on() -> None:
    cut = {name for name in CANDIDATES if any(isinstance(event, CutIn) for event in told(name))}

    assert cut == {"rambler", "story-interrupted", "story-overtime"}


def test_the_nervous_one_is_never_talked_over_while_thinking() -> None:
    events = told("nervous")
    ended = [event for event in events if isinstance(event, TurnEnded)]
    heard = " ".join(event.text for event in ended)

    assert "the errors fell by a third." in heard
    assert not [event for event in events if isinstance(event, CutIn | BargeIn)]
    assert [event for event in events if isinstance(event, SpeechStarted | PlaybackFinished)]
