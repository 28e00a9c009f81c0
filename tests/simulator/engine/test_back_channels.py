"""The interviewer's soft words: where they come, where none may come, and that they count for nothing."""

from itertools import pairwise

import numpy as np
import pytest

from tests.simulator.engine.test_mouth import Stage
from vivavoce.audio.devices.echo import EchoGuard, HalfDuplex, Headphones
from vivavoce.audio.frame import FRAME_SECONDS, Samples
from vivavoce.audio.voices.system_voice import SilentVoice
from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import names, persona
from vivavoce.personas.conversation.back_channels import FIRST_AFTER
from vivavoce.simulator.engine.background import Inline
from vivavoce.simulator.engine.ear import Models
from vivavoce.simulator.engine.rounds import interviewer
from vivavoce.simulator.practice.candidate import (
    Candidate,
    CandidateMicrophone,
    ScriptedDetector,
    ScriptedRecogniser,
)
from vivavoce.simulator.practice.candidate_script import Entry, Script, spoken
from vivavoce.simulator.practice.simulate import SCRIPTED_DELAYS, staged
from vivavoce.transcripts.events import (
    BackChannel,
    BargeIn,
    Event,
    PlaybackFinished,
    Seconds,
    TurnEnded,
    Word,
)
from vivavoce.transcripts.talk.turns import turns
from vivavoce.transcripts.words import words

S = Seconds
SENTENCES = [
    "Our search service timed out whenever the load went up at noon.",
    "I was asked to find out why before the sale in June.",
    "First I read the traces of a whole week and drew up a list.",
    "Then I moved the joins out of the service and wrote a cache for them.",
    "Two people from the storage team looked at every change that I made.",
    "We rolled it out to one region and watched the timeouts for three days.",
    "After that I wrote down how to roll it back and gave it to the others.",
    "On the day of the sale I sat with the people on call until midnight.",
]
DANA = persona("dana")


class Played:
    """A speaker that keeps what it was given."""

    latency = S(0.0)

    def __init__(self) -> None:
        self.blocks: list[Samples] = []

    def play(self, block: Samples) -> None:
        self.blocks.append(block)

    def stop(self) -> Seconds:
        return S(0.0)

    def loudest(self, start: float, end: float) -> float:
        blocks = self.blocks[round(start / FRAME_SECONDS) : round(end / FRAME_SECONDS)]
        return float(max(np.abs(block).max() for block in blocks))


def talk(pause: float, times: int = 4, mark: str = ",") -> tuple[Word, ...]:
    """Return a long answer with a `pause` after every sentence, and a `mark` before it."""
    text = [sentence.replace(".", mark) for sentence in SENTENCES * times]
    ends = np.cumsum([len(sentence.split()) for sentence in text])[:-1]
    return spoken(" ".join(text), 150, dict.fromkeys(map(int, ends), pause))


class Held:
    """A session in which the candidate gives one long answer."""

    def __init__(
        self,
        pause: float = 0.35,
        *,
        name: str = "dana",
        echo: EchoGuard | None = None,
        times: int = 4,
        mark: str = ",",
    ) -> None:
        said = talk(pause, times, mark)
        entry = Entry(words=said, yields_after=None)
        candidate = Candidate(Script(entries=(entry,), persona=name, minutes=60))
        self.events: list[Event] = []
        self.speaker = Played()
        staged(
            candidate,
            microphone=Bounded(candidate),
            speaker=self.speaker,
            models=Models(ScriptedDetector(candidate), ScriptedRecogniser(candidate)),
            voice=SilentVoice(),
            background=Inline(SCRIPTED_DELAYS),
            listeners=(self.events.append,),
            echo=echo or Headphones(),
            asks=interviewer(persona(name), pack("behavioral"), 60, 0, "off"),
        ).run()
        self.said = candidate.said
        self.soft = [e for e in self.events if isinstance(e, BackChannel) and e.by == "interviewer"]


class Bounded(CandidateMicrophone):
    """A microphone that ends some time after the candidate's answer."""

    def __init__(self, candidate: Candidate) -> None:
        super().__init__(candidate, self._pace)
        self._of = candidate

    def _pace(self, at: Seconds) -> None:
        if self._of.said and at > self._of.said[-1].end + 4:
            self._of.over = True


@pytest.fixture(scope="module")
def held() -> Held:
    return Held()


def test_they_come_as_the_candidate_goes_on_and_seldom(held: Held) -> None:
    starts = [later.start for one, later in pairwise(held.said) if later.start - one.end > 0.3]

    assert len(held.soft) >= 2
    assert all(min(abs(one.at - start) for start in starts) < 0.25 for one in held.soft)
    assert all(b.at - a.at >= DANA.back_channel_every for a, b in pairwise(held.soft))
    assert len({one.text for one in held.soft}) > 1


def test_they_are_soft(held: Held) -> None:
    line = next(e for e in held.events if isinstance(e, PlaybackFinished))
    loud, soft = (held.speaker.loudest(at, at + 0.3) for at in (line.at - 1, held.soft[0].at))

    assert 0 < soft < 0.4 * loud


def test_none_is_near_the_end_of_a_turn_and_no_turn_is_changed_by_them(held: Held) -> None:
    (ended,) = [event for event in held.events if isinstance(event, TurnEnded)]

    assert all(held.said[-1].start > one.at + 0.5 and ended.at > one.at + 1 for one in held.soft)
    assert not [event for event in held.events if isinstance(event, BargeIn)]


def test_they_count_for_nothing(held: Held) -> None:
    others = [event for event in held.events if event not in held.soft]

    assert words(held.events) == words(others)
    assert turns(held.events) == turns(others)


@pytest.mark.parametrize("pause", [0.15, 1.6])
def test_none_follows_a_breath_or_a_thinking_pause(pause: float) -> None:
    assert Held(pause).soft == []


def test_none_comes_in_mid_clause() -> None:
    assert Held(mark="").soft == []


def test_none_is_said_where_nobody_is_heard_meanwhile() -> None:
    assert Held(echo=HalfDuplex()).soft == []


def test_none_comes_early_in_an_answer() -> None:
    held = Held(times=1)
    listening = next(event.at for event in held.events if isinstance(event, PlaybackFinished))

    assert all(one.at - listening > FIRST_AFTER for one in held.soft)
    assert held.soft


@pytest.mark.parametrize("name", names("people"))
def test_whoever_says_any_says_so_in_their_file(name: str) -> None:
    assert bool(Held(name=name, times=1).soft) == persona(name).back_channels


def test_one_that_is_still_sounding_gives_way_to_a_line() -> None:
    stage = Stage()
    stage.mouth.prepare("Right.")
    stage.until(0.3)
    assert stage.mouth.murmur("Right.")
    stage.until(0.36)
    stage.mouth.say("How did it end?")
    stage.finish()

    finished = [event for event in stage.events if isinstance(event, PlaybackFinished)]
    alone = Stage()
    alone.mouth.say("How did it end?")
    alone.finish()
    assert [event.heard for event in finished] == [
        event.heard for event in alone.events if isinstance(event, PlaybackFinished)
    ]


def test_who_takes_over_says_them_with_a_voice_of_its_own() -> None:
    stage = Stage()
    stage.mouth.prepare("Right.")
    stage.until(0.3)
    stage.mouth.prepare("Okay.")
    stage.mouth.speak_with(SilentVoice(90))
    stage.until(0.6)

    assert not stage.mouth.murmur("Right.")
    assert not stage.mouth.murmur("Okay.")


def test_what_was_not_prepared_is_not_said() -> None:
    assert not Stage().mouth.murmur("Right.")
