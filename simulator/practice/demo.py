"""The demo: a whole interview with a simulated candidate, through the same loop as with a person.

In real time both sides are played at the speaker, if there is one; without, the screen says it all.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np

from vivavoce.audio.devices.virtual_room import SilentSpeaker
from vivavoce.audio.errors import DeviceError
from vivavoce.audio.frame import Frame, Samples, silence
from vivavoce.audio.ports import Speaker
from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import persona
from vivavoce.simulator.engine import embeddings
from vivavoce.simulator.engine.background import Inline, Threads
from vivavoce.simulator.engine.recorder import Recorder
from vivavoce.simulator.live import devices
from vivavoce.simulator.live.interview import Watched, loading, run, seen
from vivavoce.simulator.live.loading import LoadingEmbedding, need
from vivavoce.simulator.live.places import at_terminal
from vivavoce.simulator.live.screen import Screen
from vivavoce.simulator.live.session_folder import Wanted, keeping, meta
from vivavoce.simulator.practice.candidate import Candidate, CandidateMicrophone
from vivavoce.simulator.practice.candidate_script import Script, read_script
from vivavoce.simulator.practice.simulate import SCRIPTED_DELAYS, staged
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.journal.session_json import DEMO

TITLE = "Demo"


class Aloud:
    """A `Speaker` that plays the candidate too, so that a listener hears both sides."""

    def __init__(self, speaker: Speaker, notice: Callable[[str], None]) -> None:
        self._speaker = speaker
        self._notice = notice
        self._said: Samples = silence(0)

    def hear(self, frame: Frame) -> None:
        """Take what the candidate says while the next block is played."""
        self._said = frame.samples

    def play(self, block: Samples) -> None:
        """Play `block` and what the candidate says, if there is anything to play it on."""
        both = block + self._said if len(self._said) == len(block) else block
        try:
            self._speaker.play(np.clip(both, -1, 1))
        except DeviceError:
            self._notice("No speaker can be used here, so nothing is heard: read along.")
            self._speaker = SilentSpeaker()

    @property
    def latency(self) -> Seconds:
        """See `Speaker`."""
        return self._speaker.latency

    def stop(self) -> Seconds:
        """See `Speaker`."""
        return self._speaker.stop()


def demo(settings: Settings, *, fast: bool) -> Path:
    """Hold the demo; return the session's folder.

    Args:
        settings: the models, the voice and the speaker.
        fast: in virtual time, without sound; how fast the machine computes changes nothing.

    Raises:
        MissingModels: models are not here; nothing has begun.
        TranscriptError: the session cannot be kept.
    """
    need(settings, useful=[embeddings.NAME])
    settings, script = replace(settings, resume="", job=""), candidate_script()
    asking, content = persona(script.persona), pack(script.round)
    candidate, background = Candidate(script), Inline(SCRIPTED_DELAYS) if fast else Threads()
    screen = Screen(asking.name, candidate="Candidate", captions=settings.captions)
    voice = devices.voice(settings, asking, screen.once)
    meaning = LoadingEmbedding()
    speaker = Aloud(SilentSpeaker() if fast else devices.speaker(settings), screen.notice)
    told = meta(settings, asking, content, Wanted(minutes=script.minutes, title=TITLE), script.seed)
    about = replace(told, origin=DEMO)

    def see(frame: Frame) -> None:
        speaker.hear(frame)
        seen(frame, session, kept, screen)

    with keeping(about, screen.once) as kept:
        session = staged(
            candidate,
            microphone=Watched(CandidateMicrophone(candidate, None if fast else pace()), see),
            speaker=speaker,
            models=loading(settings, background, kept, screen, meaning),
            voice=voice,
            background=background,
            listeners=(kept.write, screen.receive),
            recorder=Recorder(kept.folder),
            interruptions=settings.interruptions,
            meaning=meaning,
            chat=devices.chat(settings, asking),
        )
        with at_terminal(session, screen):
            run(session, background)
    return kept.folder


def candidate_script() -> Script:
    """Return what the demo's candidate says."""
    with as_file(files("vivavoce.simulator.practice") / "recordings") as folder:
        return read_script(folder / "demo.json")


def pace() -> Callable[[Seconds], None]:
    """Return a function that returns when its time, counted from its first call, has come.

    It keeps deadlines: what one call is late, the next makes up for.
    """
    began: list[float] = []

    def wait_until(at: Seconds) -> None:
        now = time.monotonic()
        if not began:
            began.append(now - at)
        time.sleep(max(0.0, began[0] + at - now))

    return wait_until
