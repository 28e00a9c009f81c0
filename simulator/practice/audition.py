"""What each interviewer sounds like: a line of each, and playing them."""

from collections.abc import Callable

import numpy as np

from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples, silence
from vivavoce.personas.content.persona import Persona
from vivavoce.simulator.live import devices
from vivavoce.simulator.practice.demo import pace
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.events import Seconds

AFTERWARDS = silence(SAMPLE_RATE_HZ * 3 // 10)  # so that the last word leaves the device, and one breathes


def spoken_by(who: Persona, settings: Settings, notice: Callable[[str], None]) -> Samples:
    """Return the line of `who`.

    Raises:
        AudioError: there is no such voice, or it failed.
    """
    line = f"Hello, my name is {who.name}. What is a decision that you would make again?"
    voice = devices.voice(settings, who, notice, keep=False)
    return np.concatenate([silence(0), *voice.speak(line)])


def play(lines: list[Samples], settings: Settings) -> None:
    """Play `lines` one after the other; returns when they were heard.

    Raises:
        DeviceError: there is no speaker.
    """
    speaker, wait = devices.speaker(settings), pace()
    sound = np.concatenate([part for line in lines for part in (line, AFTERWARDS)])
    sound = np.concatenate([sound, silence(-len(sound) % FRAME_SAMPLES)])
    try:
        for start in range(0, len(sound), FRAME_SAMPLES):
            speaker.play(sound[start : start + FRAME_SAMPLES])
            wait(Seconds(start / SAMPLE_RATE_HZ))
    finally:
        speaker.close()
