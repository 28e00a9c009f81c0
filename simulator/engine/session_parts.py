"""What a session is made of; each part is real or simulated."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from vivavoce.audio.devices.echo import EchoGuard
from vivavoce.audio.frame import Frame, Samples
from vivavoce.audio.ports import Microphone, Speaker, Voice
from vivavoce.personas.content.persona import Persona
from vivavoce.personas.conversation.back_channels import BackChannels
from vivavoce.personas.conversation.phrasing import Phrasing
from vivavoce.simulator.engine.background import Background
from vivavoce.simulator.engine.ear import Ear
from vivavoce.simulator.engine.floor import State, Typed
from vivavoce.simulator.engine.interviewer import Interviewer
from vivavoce.simulator.engine.mouth import Mouth
from vivavoce.simulator.engine.recorder import Recorder
from vivavoce.simulator.errors import RecorderError
from vivavoce.transcripts.events import (
    BackChannel,
    Event,
    Failed,
    FinalHypothesis,
    FramesLost,
    PadChanged,
    Seconds,
    TimeCue,
    TurnEnded,
    Word,
)

THINKING = Seconds(20.0)  # after a change of the pad: nobody who writes is asked anything until then
WORKING = Seconds(6.0)  # after a change of the pad: a silence until then is work and no pause
GAP_WITHIN = Seconds(0.4)  # of a cue: it is told in a gap between two words if there is one so soon
CUE_WITHIN = Seconds(2.9)  # while a line is being said; after that it is shown and makes no sound
CUED = (State.ANSWERING, State.CUTTING_IN, State.OPEN)  # while the candidate has something to tell

Equip = Callable[[Persona], tuple[Voice | None, Phrasing | None]]


def plainly(persona: Persona) -> tuple[Voice | None, Phrasing | None]:
    """Return nothing for who takes over: the same voice goes on, and the templates speak."""
    return None, None


def in_writing(at: Seconds, text: str) -> tuple[FinalHypothesis, TurnEnded]:
    """Return what an answer that was typed makes known: words that took no time, and a turn that is over."""
    words = tuple(Word(text=word, start=at, end=at) for word in text.split())
    final = FinalHypothesis(at=at, text=text, words=words, audio_start=at, audio_end=at)
    ended = TurnEnded(
        at=at, started_at=at, ended_at=at, decided_at=at, text=text, why="typed", probability=1.0
    )
    return final, ended


def too_late(wishes: Sequence[Event], at: Seconds) -> list[Event]:
    """Return what was typed and not taken before the end came, which is kept all the same."""
    return [event for one in wishes if isinstance(one, Typed) for event in in_writing(at, one.text)]


class Pad(Protocol):
    """What the candidate writes beside speaking.

    `writing`: they are at it, whether or not what it holds has changed yet.
    """

    writing: bool

    def look(self, now: Seconds) -> PadChanged | None:
        """Return what it holds now, if that has changed."""
        ...


class NoPad:
    """A `Pad` where there is none."""

    writing = False

    def look(self, now: Seconds) -> PadChanged | None:
        """Return None."""
        return None


class Timing(Protocol):
    """What holds an answer to a time: it has cues, and knows when the time is over."""

    words: str  # all that the cues may say, to be made ahead

    def receive(self, event: Event) -> None:
        """Take an event of the session."""
        ...

    def look(self, now: Seconds, *, answering: bool) -> None:
        """Take note of the time, and whether the candidate has the floor."""
        ...

    def due(self, now: Seconds) -> TimeCue | None:
        """Return the cue that is to be told, `at` when it was due."""
        ...

    def told(self) -> None:
        """Take note that what was due was told."""
        ...

    def waits(self, silent_for: Seconds) -> bool:
        """Return whether the candidate is left to think, even where the endpoint takes the turn for over."""
        ...

    def over(self, silent_for: Seconds, said: str) -> bool:
        """Return whether the turn ends here, after what was `said`, since the time is over."""
        ...


class Untimed:
    """A `Timing` without a clock."""

    words = ""

    def receive(self, event: Event) -> None:
        """Need nothing."""

    def look(self, now: Seconds, *, answering: bool) -> None:
        """Need nothing."""

    def due(self, now: Seconds) -> TimeCue | None:
        """Return None."""
        return None

    def told(self) -> None:
        """Nothing was."""

    def waits(self, silent_for: Seconds) -> bool:
        """Return False."""
        return False

    def over(self, silent_for: Seconds, said: str) -> bool:
        """Return False."""
        return False


@dataclass(slots=True)
class Parts:
    """What a session is made of; each is real or simulated."""

    microphone: Microphone
    speaker: Speaker
    echo: EchoGuard
    ear: Ear
    mouth: Mouth
    background: Background
    interviewer: Interviewer
    equip: Equip = plainly
    chat: Phrasing | None = None
    recorder: Recorder | None = None
    pad: Pad = field(default_factory=NoPad)
    timing: Timing = field(default_factory=Untimed)
    _wrote_at: Seconds = Seconds(-THINKING)

    def written(self, now: Seconds) -> PadChanged | None:
        """Return what the pad holds now, if that has changed."""
        change = self.pad.look(now)
        self._wrote_at = self._wrote_at if change is None else now
        return change

    def thinks(self, now: Seconds) -> bool:
        """Return whether a silence is work, or a pause for thought, and ends no turn."""
        return self.pad.writing or now - self._wrote_at < WORKING or self.timing.waits(self.ear.silent_for)

    def works(self, now: Seconds) -> bool:
        """Return whether the candidate thinks about what comes next in the file, and is not to be asked."""
        return self.pad.writing or now - self._wrote_at < THINKING

    def softly(self, soft: BackChannels, now: Seconds) -> BackChannel | None:
        """Say to who goes on after a pause that the interviewer follows, when it is time for that."""
        word = soft.due(now, self.ear.latest_pause, self.ear.text) if self.echo.two_way else ""
        if not word or not self.mouth.murmur(word):
            return None
        soft.said(now)
        return BackChannel(at=now, started_at=now, by="interviewer", text=word)

    def keep_time(self, now: Seconds, state: State) -> list[Event]:
        """Tell how much time is left when that is due, and end the turn where the time is over."""
        timing, ear = self.timing, self.ear
        timing.look(now, answering=state is State.ANSWERING)
        if state is State.ANSWERING and timing.words:
            self.mouth.prepare(timing.words)
        cue = self._cued(now) if state in CUED else None
        over = state is State.ANSWERING and ear.settled and timing.over(ear.silent_for, ear.text)
        return [*([cue] if cue else []), *(ear.end_turn("the time is over") if over else [])]

    def _cued(self, now: Seconds) -> TimeCue | None:
        """Return the cue that is told now: softly, or where that cannot be, for the eyes alone."""
        cue = self.timing.due(now)
        if cue is None:
            return None
        late, aloud = now - cue.at, False
        if self.echo.two_way and (self.ear.silent_for > 0 or late >= GAP_WITHIN):
            aloud = self.mouth.chime() if cue.how == "sound" else self.mouth.murmur(cue.text)
        if self.echo.two_way and not aloud and late < CUE_WITHIN:
            return None
        self.timing.told()
        return replace(cue, at=now, how=cue.how if aloud else "shown")

    def record(self, frame: Frame, block: Samples) -> list[Event]:
        """Record both sides; return what of it is lost."""
        at = frame.ended_at
        lost: list[Event] = [FramesLost(at=at, samples=frame.lost)] if frame.lost else []
        try:
            if self.recorder is not None:
                self.recorder.write(frame.samples, block)
        except RecorderError as error:
            lost.append(Failed(at=at, stage="recording", reason=str(error)))
        return lost

    def close(self) -> None:
        """Let go of the recording."""
        if self.recorder is not None:
            self.recorder.close()
