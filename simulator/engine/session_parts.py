"""What a session is made of; each part is real or simulated."""

from collections.abc import Callable
from dataclasses import dataclass

from vivavoce.audio.devices.echo import EchoGuard
from vivavoce.audio.ports import Microphone, Speaker, Voice
from vivavoce.personas.content.persona import Persona
from vivavoce.personas.conversation.phrasing import Phrasing
from vivavoce.simulator.engine.background import Background
from vivavoce.simulator.engine.ear import Ear
from vivavoce.simulator.engine.interviewer import Interviewer
from vivavoce.simulator.engine.mouth import Mouth
from vivavoce.simulator.engine.recorder import Recorder

Equip = Callable[[Persona], tuple[Voice | None, Phrasing | None]]


def plainly(persona: Persona) -> tuple[Voice | None, Phrasing | None]:
    """Return nothing for who takes over: the same voice goes on, and the templates speak."""
    return None, None


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
