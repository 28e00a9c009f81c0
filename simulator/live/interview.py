"""A live session with a person, assembled and held.

The order matters: the candidate should hear the first word within three seconds of the command
(requirement T02). So the microphone is opened first, which some devices need two seconds for; then
the voice starts, in its own process; and the models, which nobody needs before the first answer,
load in the background while the greeting is said.
"""

import sys
from collections.abc import Callable, Generator
from pathlib import Path

import numpy as np

from vivavoce.audio.errors import DeviceError
from vivavoce.audio.frame import Frame, Samples
from vivavoce.audio.listening.detector import Silero
from vivavoce.audio.ports import Microphone, Recogniser
from vivavoce.personas.conversation.acts import acts
from vivavoce.simulator.engine import embeddings
from vivavoce.simulator.engine.background import Background, Threads
from vivavoce.simulator.engine.ear import Ear, Models
from vivavoce.simulator.engine.mouth import Mouth
from vivavoce.simulator.engine.recorder import Recorder
from vivavoce.simulator.engine.rounds import Cast, interviewer
from vivavoce.simulator.engine.session import Session
from vivavoce.simulator.engine.session_parts import Parts, Timing, Untimed
from vivavoce.simulator.live import devices, recogniser_choice
from vivavoce.simulator.live.loading import (
    LoadingEmbedding,
    LoadingRecogniser,
    LoadingTurnModel,
    head_start,
    load,
    need,
    turn_model,
)
from vivavoce.simulator.live.places import Place, Shown, SoundCard
from vivavoce.simulator.live.preparation import prepared
from vivavoce.simulator.live.session_folder import Files, Wanted, keeping, meta
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.events import MicrophoneFound, MicrophoneLost, Seconds

QUIETEST_DBFS, LOUDEST_DBFS = -55.0, -10.0  # the ends of the level bar
# What loads takes turns of 5 ms from the loop unless told otherwise; the loop needs many in a frame of 32 ms,
# and the greeting stuttered.
TURN_OF_A_THREAD = 0.0005  # seconds


class Watched:
    """A `Microphone` whose frames somebody sees before the session does."""

    def __init__(self, microphone: Microphone, see: Callable[[Frame], None]) -> None:
        self._microphone = microphone
        self._see = see

    def frames(self) -> Generator[Frame, None, None]:
        """Yield the microphone's frames."""
        for frame in self._microphone.frames():
            self._see(frame)
            yield frame


def interview(
    settings: Settings,
    wanted: Wanted,
    cast: Cast = interviewer,
    timing: Timing | None = None,
    at: Callable[[Settings, Wanted], Place] = SoundCard,
) -> Path:
    """Hold an interview; return the session's folder.

    Args:
        settings: devices, models and what else the user has set.
        wanted: who asks, and what.
        cast: puts the interviewer together.
        timing: the clock that an answer is held to, which hears every event; None for none.
        at: where it is held; the local sound devices and the terminal unless given.

    Raises:
        MissingModels: models are not here; nothing has begun.
        AudioError: a device cannot be used; what was said is kept.
        DocumentError: the résumé or the job posting cannot be read.
        PersonaError: no such persona or round.
        TranscriptError: the session cannot be kept.
    """
    ready = prepared(settings, wanted)
    asking, content, known = ready.asking, ready.content, ready.known
    need(settings, useful=[embeddings.NAME])
    devices.load_ahead(settings)
    place = at(settings, wanted)
    about, timing = meta(settings, asking, content, wanted, ready.seed), timing or Untimed()
    with place.opened(
        lambda reason: session.report(MicrophoneLost(at=screen.now, reason=reason)),
        lambda name: session.report(MicrophoneFound(at=screen.now, name=name)),
    ) as microphone:
        background, meaning, how = Threads(), LoadingEmbedding(), settings.interruptions
        asks = cast(asking, content, wanted.minutes, about.seed, how, known, meaning)
        screen = place.screen(asks.persona.name)
        ready.tell(screen.once)
        mouth = Mouth(devices.voice(settings, asks.persona, screen.once), background)
        mouth.prepare(asks.open(Seconds(0.0)).text)
        with keeping(about, screen.once) as files:
            models = loading(settings, background, files, screen, meaning, place.jobs)

            def see(frame: Frame) -> None:
                seen(frame, session, files, screen, place.deaf if microphone.only_zeros else "")

            parts = Parts(
                microphone=Watched(microphone, see),
                speaker=place.speaker,
                echo=place.echo,
                ear=Ear(models, background, terms=", ".join(settings.terms)),
                mouth=mouth,
                background=background,
                interviewer=asks,
                equip=lambda following: devices.taking_over(settings, following, known, screen.once),
                chat=devices.chat(settings, asks.persona, known),
                recorder=Recorder(files.folder),
                pad=place.pad,
                timing=timing,
            )
            session = Session(parts, (files.write, screen.receive, timing.receive))
            with place.held(session, files.folder):
                run(session, background)
    return files.folder


def run(session: Session, background: Background) -> None:
    """Run `session` until it is over, and its work with it.

    Raises:
        DeviceError: the microphone cannot be used.
        KeyboardInterrupt: a second Ctrl-C.
    """
    sys.setswitchinterval(TURN_OF_A_THREAD)
    head_start(background)
    try:
        session.run()
    except DeviceError:
        background.close()
        raise
    background.close()


def loading(
    settings: Settings,
    background: Background,
    files: Files,
    screen: Shown,
    meaning: LoadingEmbedding,
    jobs: int = recogniser_choice.JOBS,
) -> Models:
    """Return models of which all but the speech detector are still being loaded; tell who hears what."""
    for line in devices.proxies(settings):
        screen.once(line)

    def recogniser() -> Recogniser:
        chosen, choice = recogniser_choice.choose(settings, jobs)
        screen.once(choice.why)
        files.name_recogniser(choice.name)
        return chosen

    def failed(error: Exception) -> None:
        screen.once(str(error))

    load(background, lambda: devices.load_voice(settings), failed)  # first: the greeting waits for it
    models = Models(
        Silero(),
        LoadingRecogniser(load(background, recogniser, failed)),
        LoadingTurnModel(load(background, turn_model, failed)),
    )
    load(background, acts, failed)
    meaning.load(background, failed)
    return models


def seen(frame: Frame, session: Session, files: Files, screen: Shown, trouble: str = "") -> None:
    """Show a frame, and the `trouble` with the microphone if there is any."""
    if trouble:
        screen.once(trouble)
    files.begun = frame.start > 0  # by the second one, microphone and speaker have opened
    screen.heard(frame.ended_at, loudness(frame.samples), session.state)


def loudness(block: Samples) -> float:
    """Return the level of `block` in [0, 1], linear in dB from QUIETEST_DBFS to LOUDEST_DBFS."""
    rms = float(np.sqrt(np.mean(np.square(block, dtype=np.float64)))) if len(block) else 0.0
    dbfs = 20 * np.log10(max(rms, 1e-9))
    return float(np.clip((dbfs - QUIETEST_DBFS) / (LOUDEST_DBFS - QUIETEST_DBFS), 0, 1))
