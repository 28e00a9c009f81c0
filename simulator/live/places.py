"""Where a session meets its candidate: at this machine's sound card and terminal, or elsewhere."""

import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from types import FrameType
from typing import Protocol

from vivavoce.audio.devices.echo import EchoGuard
from vivavoce.audio.ports import Microphone, Speaker
from vivavoce.simulator import signals
from vivavoce.simulator.engine.floor import State
from vivavoce.simulator.engine.session import Session
from vivavoce.simulator.engine.session_parts import NoPad, Pad
from vivavoce.simulator.live import devices, keys
from vivavoce.simulator.live.pad import PadFile
from vivavoce.simulator.live.recogniser_choice import JOBS
from vivavoce.simulator.live.screen import Screen
from vivavoce.simulator.live.session_folder import ENDED, Wanted
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.events import Event, Seconds

LEAVE = ("q", "Q", "\x04")
TAKE = ("\n", "\r")

Told = Callable[[str], None]


class WatchedMicrophone(Microphone, Protocol):
    """A `Microphone` that can tell that it is deaf."""

    @property
    def only_zeros(self) -> bool:
        """Whether a second has come and every sample was exactly 0."""
        ...


class Shown(Protocol):
    """What the candidate sees of a session."""

    now: Seconds  # of the latest frame

    def once(self, text: str) -> None:
        """Say something about the program in one calm line that stays, and need not be said twice."""
        ...

    def heard(self, now: Seconds, loudness: float, state: State) -> None:
        """Take how loud the latest frame was, in [0, 1], and what is going on."""
        ...

    def receive(self, event: Event) -> None:
        """Take an event of the session."""
        ...


class Place(Protocol):
    """Where a session is held.

    Attributes:
        speaker: where the interviewer's sound goes.
        echo: what keeps the interviewer from hearing itself.
        pad: what the candidate writes.
        deaf: what to say when the microphone gives only zeros.
        jobs: sounds that are recognised at once, for all sessions that are held in this process.
    """

    speaker: Speaker
    echo: EchoGuard
    pad: Pad
    deaf: str
    jobs: int

    def opened(self, on_lost: Told, on_found: Told) -> AbstractContextManager[WatchedMicrophone]:
        """Return the microphone, open for the block; the two are told when its sound stays away, and comes.

        Raises:
            DeviceError: it cannot be used.
        """
        ...

    def screen(self, interviewer: str) -> Shown:
        """Return what shows a session with `interviewer`."""
        ...

    def held(self, session: Session, folder: Path) -> AbstractContextManager[None]:
        """Return the block in which the candidate's keys reach `session`, which is kept in `folder`."""
        ...


class SoundCard:
    """A `Place` at the local sound devices, with a terminal."""

    deaf = "The microphone gives only zeros: muted, or not allowed to the terminal? Ask: vivavoce doctor"
    jobs = JOBS

    def __init__(self, settings: Settings, wanted: Wanted) -> None:
        """Check that the devices are there.

        Raises:
            DeviceError: one is missing, or PortAudio is.
            DocumentError: the pad cannot be used.
        """
        devices.check(settings)
        self._settings = settings
        self.speaker: Speaker = devices.speaker(settings)
        self.echo = devices.echo(settings)
        self.pad: Pad = NoPad() if wanted.pad is None else PadFile(wanted.pad)

    @contextmanager
    def opened(self, on_lost: Told, on_found: Told) -> Iterator[WatchedMicrophone]:
        """See `Place`."""
        with closing(devices.microphone(self._settings, on_lost, on_found)) as microphone:
            microphone.open()
            yield microphone

    def screen(self, interviewer: str) -> Screen:
        """See `Place`."""
        self._screen = Screen(interviewer, captions=self._settings.captions)
        return self._screen

    def held(self, session: Session, folder: Path) -> AbstractContextManager[None]:
        """See `Place`."""
        return at_terminal(session, self._screen)


@contextmanager
def at_terminal(session: Session, screen: Screen) -> Iterator[None]:
    """Show `session` on `screen`; let keys and signals end it in good order, a second Ctrl-C at once."""

    def pressed(key: str) -> None:
        if key in TAKE:
            session.interrupt()
        elif key in LEAVE:
            session.end(ENDED)

    def stop(number: int, frame: FrameType | None) -> None:
        session.end(ENDED)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    with keys.pressed(pressed) as there_are, screen, signals.answered(stop, signal.SIGINT):
        screen.keys = there_are
        yield
