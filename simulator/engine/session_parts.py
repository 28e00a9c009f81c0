"""What a session is made of; each part is real or simulated."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from vivavoce.audio.devices.echo import EchoGuard
from vivavoce.audio.frame import Frame, Samples
from vivavoce.audio.ports import Microphone, Speaker, Voice
from vivavoce.personas.content.persona import Persona
from vivavoce.personas.conversation.phrasing import Phrasing
from vivavoce.simulator.engine.background import Background
from vivavoce.simulator.engine.ear import Ear
from vivavoce.simulator.engine.interviewer import Interviewer
from vivavoce.simulator.engine.mouth import Mouth
from vivavoce.simulator.engine.recorder import Recorder
from vivavoce.simulator.errors import RecorderError
from vivavoce.transcripts.events import PadChanged, Seconds

THINKING = Seconds(20.0)  # after a change of the pad: nobody who writes is asked anything until then
WORKING = Seconds(6.0)  # after a change of the pad: a silence until then is work and no pause

Equip = Callable[[Persona], tuple[Voice | None, Phrasing | None]]


def plainly(persona: Persona) -> tuple[Voice | None, Phrasing | None]:
    """Return nothing for who takes over: the same voice goes on, and the templates speak."""
    return None, None


class Pad(Protocol):
    """What the candidate writes beside speaking."""

    def look(self, now: Seconds) -> PadChanged | None:
        """Return what it holds now, if that has changed."""
        ...


class NoPad:
    """A `Pad` where there is none."""

    def look(self, now: Seconds) -> PadChanged | None:
        """Return None."""
        return None


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
    _wrote_at: Seconds = Seconds(-THINKING)

    def written(self, now: Seconds) -> PadChanged | None:
        """Return what the pad holds now, if that has changed."""
        change = self.pad.look(now)
        self._wrote_at = self._wrote_at if change is None else now
        return change

    def writes(self, now: Seconds) -> bool:
        """Return whether the candidate writes: a silence is work then."""
        return now - self._wrote_at < WORKING

    def works(self, now: Seconds) -> bool:
        """Return whether the candidate thinks about what comes next in the file, and is not to be asked."""
        return now - self._wrote_at < THINKING

    def record(self, frame: Frame, block: Samples) -> str:
        """Record both sides; return why that cannot go on, or nothing."""
        try:
            if self.recorder is not None:
                self.recorder.write(frame.samples, block)
        except RecorderError as error:
            return str(error)
        return ""
