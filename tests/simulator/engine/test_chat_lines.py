"""Full sessions whose lines a chat model words: well, badly, late, or not at all."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

import pytest

from vivavoce.audio.devices.echo import Headphones
from vivavoce.audio.devices.virtual_room import SilentSpeaker
from vivavoce.audio.voices.system_voice import SilentVoice
from vivavoce.personas.chat.client import ChatError
from vivavoce.personas.chat.guard import flaws
from vivavoce.personas.moves import Move, Said, Step
from vivavoce.simulator.engine.background import Inline, Lane
from vivavoce.simulator.engine.chat_lines import FAILURES
from vivavoce.simulator.engine.ear import Models
from vivavoce.simulator.practice.candidate import (
    Candidate,
    CandidateMicrophone,
    ScriptedDetector,
    ScriptedRecogniser,
)
from vivavoce.simulator.practice.candidate_script import Entry, Script, spoken
from vivavoce.simulator.practice.simulate import SCRIPTED_DELAYS, staged
from vivavoce.transcripts.events import (
    Event,
    Failed,
    PlaybackStarted,
    QuestionAsked,
    Seconds,
    SessionEnded,
    TurnEnded,
)

S = Seconds
STORY = "Last year our search service was slow, and I moved the joins out, and I wrote a cache for it."
GOOD = "What came of the cache in the end?"


class Model:
    """A phrasing that says what it is told to."""

    def __init__(self, say: Callable[[Step], Sequence[str]]) -> None:
        self._say = say
        self.asked: list[Step] = []

    def phrase(self, step: Step, turns: Sequence[Said]) -> Iterator[str]:
        self.asked.append(step)
        yield from self._say(step)


def session(model: Model, delay: float) -> list[Event]:
    events: list[Event] = []
    entries = tuple(Entry(words=spoken(STORY, 150, {})) for _ in range(8))
    candidate = Candidate(Script(entries=entries, minutes=3))
    staged(
        candidate,
        microphone=CandidateMicrophone(candidate, None),
        speaker=SilentSpeaker(),
        models=Models(ScriptedDetector(candidate), ScriptedRecogniser(candidate)),
        voice=SilentVoice(),
        background=Inline({**SCRIPTED_DELAYS, Lane.PHRASE: S(delay)}),
        listeners=(events.append,),
        echo=Headphones(),
        chat=model,
    ).run()
    return events


def waits(events: list[Event]) -> list[float]:
    """Return how long the candidate waited after each turn for the line that followed."""
    found = []
    for ended in (event for event in events if isinstance(event, TurnEnded)):
        begun = next((e.at for e in events if isinstance(e, PlaybackStarted) and e.at > ended.at), None)
        found += [] if begun is None else [begun - ended.at]
    return found


def lines(events: list[Event]) -> list[QuestionAsked]:
    return [event for event in events if isinstance(event, QuestionAsked)]


def good(step: Step) -> list[str]:
    return [GOOD]


@cache
def well_worded() -> tuple[Model, list[Event]]:
    model = Model(good)
    return model, session(model, 0.3)


@pytest.mark.parametrize(
    ("say", "delay"),
    [
        pytest.param(good, 0.3, id="good"),
        pytest.param(lambda step: ["Great answer!", "You should try STAR."], 0.3, id="bad"),
        pytest.param(good, 5.0, id="late"),
        pytest.param(lambda step: [], 0.1, id="silent"),
    ],
)
def test_whatever_the_model_does_every_line_is_good_and_comes_in_time(
    say: Callable[[Step], Sequence[str]], delay: float
) -> None:
    events = session(Model(say), delay)

    assert isinstance(events[-1], SessionEnded)
    assert max(waits(events)) <= 1.5
    for line in lines(events):
        assert "Great" not in line.text
        assert "STAR" not in line.text
        step = Step(move=Move(line.move), why="", about="", question="")
        assert line.text != GOOD or flaws(GOOD, step) == ()


def test_a_good_line_is_said_instead_of_the_template() -> None:
    assert GOOD in [line.text for line in lines(well_worded()[1])]


def test_a_server_that_fails_is_told_of_once_and_left_alone() -> None:
    def refuse(step: Step) -> Sequence[str]:
        raise ChatError("the chat server at localhost answered 401")

    model = Model(refuse)
    events = session(model, 0.05)

    (failed,) = [event for event in events if isinstance(event, Failed)]
    assert failed.stage == "chat"
    assert len(model.asked) == FAILURES
    assert len(lines(events)) > FAILURES


def test_the_greeting_and_the_goodbye_wait_for_no_model() -> None:
    model, _ = well_worded()

    assert model.asked
    assert not {Move.OPEN, Move.CUT_IN, Move.CLOSE} & {step.move for step in model.asked}
