"""The ten-second check before an interview: microphone, speaker, and what of the one the other hears.

It listens with the microphone and speaks with the speaker that the interview will have, and keeps nothing
of what it heard but the choice of the echo guard. The page may skip it, repeat it, vanish in the middle
or begin without it: then the guard goes by what the browser says of itself.
"""

import math
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Literal, Protocol

import numpy as np

from vivavoce.audio.devices.browser import BrowserMicrophone, BrowserSpeaker
from vivavoce.audio.devices.echo import AsItSounded, EchoGuard
from vivavoce.audio.devices.sound_check import Hearing, Verdict, decide, guard, hearing
from vivavoce.audio.errors import AudioError, DeviceError
from vivavoce.audio.frame import FRAME_SAMPLES, FRAME_SECONDS, Frame, Samples, silence
from vivavoce.audio.listening.detector import Silero
from vivavoce.audio.listening.gate import Gate
from vivavoce.audio.ports import SpeechDetector
from vivavoce.simulator.errors import SimulatorError
from vivavoce.simulator.room.room_screen import Tell
from vivavoce.transcripts.events import Seconds, SpeechEnded

SENTENCE = "Hello. I am only checking the sound, so please stay quiet while you hear me."
QUIET, DIES_AWAY, SPEAK = Seconds(1.5), Seconds(1.0), Seconds(5.0)
WAITING = Seconds(20.0)  # for the voice, which may have to load
SURE_FRAMES, WINDOW = 2, 5  # a session's ear asks for one more

STEPS = {
    "quiet": "Stay silent for a moment.",
    "play": "Now listen, and stay silent.",
    "speak": "Say: I am ready.",
}
ZEROS = "The microphone gives only zeros: is it muted, or the wrong one? Choose another, then check again."
HEARD: dict[Hearing, str] = {
    "well": "You are heard well.",
    "zeros": ZEROS,
    "nothing": "You were not heard: come nearer, or choose another microphone, then check again.",
    "quiet": "You are heard, but softly: come nearer, or raise the microphone's level.",
    "clipping": "Your microphone is too loud and distorts: lower its level, or lean back a little.",
}
CHOSEN = {
    "browser": "",
    "ours": "Your microphone hears the interviewer, which is taken out.",
    "half-duplex": "Your microphone hears the interviewer, too loudly to be taken out.",
}
DISTURBED = "Something else was heard while I spoke. Check again in a quiet moment."
NOT_PLAYED = "The browser has not played anything. Is its sound on? Then check again."
NO_VOICE = "The voice is not ready yet, so the echo was not checked."
EVENED = "The browser changes your sound ({}), so pauses and loudness are measured less well."
CHANGES = {"noiseSuppression": "noise suppression", "autoGainControl": "automatic gain"}

Wish = Literal["start", "skip", "begin"]


class Say(Protocol):
    """The interviewer's voice."""

    def __call__(self, text: str) -> Iterator[Samples]:
        """Yield `text` as sound."""
        ...


class Checking:
    """Checks the sound of one room as often as its page asks."""

    def __init__(
        self,
        microphone: BrowserMicrophone,
        speaker: BrowserSpeaker,
        tell: Tell,
        say: Say,
        detector: Callable[[], SpeechDetector] = Silero,
    ) -> None:
        """Check `microphone` and `speaker`.

        Args:
            microphone: of the page.
            speaker: of the page.
            tell: tells the page.
            say: the interviewer's voice, which is asked in a thread of its own.
            detector: makes what tells speech from everything else.
        """
        self._microphone, self._speaker, self._tell = microphone, speaker, tell
        self._say, self._detector = say, detector
        self._wishes: SimpleQueue[Wish] = SimpleQueue()
        self._line: Future[Samples] | None = None
        self._verdict: Verdict | None = None
        self._cancels = False

    @property
    def guard(self) -> EchoGuard:
        """What the interview is to be guarded with, as far as is known."""
        if self._verdict is not None:
            return self._guarded(self._verdict.guard)
        return self._guarded(guard("browser" if self._cancels else "ours"))

    def joined(self, settings: object) -> None:
        """Take what a page says that its browser does to the sound of the microphone."""
        told: dict[str, Any] = settings if isinstance(settings, dict) else {}
        self._cancels = told.get("echoCancellation") in (True, "all", "browser", "system")
        changes = [name for key, name in CHANGES.items() if told.get(key) is True]
        if changes:
            self._tell({"type": "notice", "text": EVENED.format(", ".join(changes))})

    def wish(self, what: Wish) -> None:
        """Do `what`, from any thread; a check that goes on is left."""
        self._wishes.put(what)

    def until_begun(self, patience: Seconds) -> bool:
        """Check as often as is asked for; return whether the interview is to begin, False if nobody comes."""
        while True:
            try:
                wish = self._wishes.get(timeout=patience)
            except Empty:
                return False
            if wish == "begin":
                return True
            if wish == "start":
                self._check()

    def _check(self) -> None:
        self._verdict = None
        self._prepare()
        try:
            with closing(self._microphone.frames(lambda: not self._wishes.empty())) as frames:
                self._steps(_Listening(frames, self._microphone, self._speaker))
        except (_Left, DeviceError):  # another wish, or no page: whoever comes back asks again
            self._speaker.stop()

    def _steps(self, listening: "_Listening") -> None:
        self._begin("quiet")
        quiet = listening.to(QUIET)
        line = self._voiced(listening)
        if not any(one.any() for one in (quiet, *listening.everything)):
            self._tell({"type": "check", "step": "done", "text": ZEROS})
            return
        text = NO_VOICE
        if line is not None:
            self._begin("play")
            text = self._echo(quiet, *listening.while_playing(line))
        self._begin("speak")
        detector, gate, said = self._detector(), Gate(), []
        for frame in listening.frames(SPEAK):
            said.append(frame.samples)
            if any(isinstance(one, SpeechEnded) for one in gate.receive(frame, detector.probability(frame))):
                break
        spoke = gate.open or gate.last_speech_at > 0
        heard = hearing(np.concatenate(listening.everything), np.concatenate(said), spoke=spoke)
        self._done(" ".join(filter(None, [HEARD[heard], text])))

    def _echo(self, quiet: Samples, played: Samples, heard: Samples) -> str:
        """Choose the guard; return what to say of it."""
        if not played.any():
            return NOT_PLAYED
        self._verdict = decide(quiet, played, heard, lambda sound: like_speech(self._detector(), sound))
        return DISTURBED if self._verdict.disturbed else CHOSEN[self._verdict.choice]

    def _voiced(self, listening: "_Listening") -> Samples | None:
        """Return the line, when the voice has made it; None if it cannot."""
        line = self._prepare()
        for _ in listening.frames(WAITING):
            if line.done():
                break
        return line.result() if line.done() and line.exception() is None else None

    def _prepare(self) -> "Future[Samples]":
        """Have the line made, if it is not."""
        line = self._line
        if line is None or (line.done() and line.exception() is not None):
            line = self._line = Future()
            Thread(target=self._make, args=[line], name="vivavoce-check-voice", daemon=True).start()
        return line

    def _make(self, line: "Future[Samples]") -> None:
        try:
            line.set_result(np.concatenate(list(self._say(SENTENCE))))
        except (AudioError, SimulatorError, ValueError) as error:
            line.set_exception(error)

    def _guarded(self, chosen: EchoGuard) -> EchoGuard:
        return AsItSounded(chosen, lambda: self._microphone.sounded)

    def _begin(self, step: str) -> None:
        self._tell({"type": "check", "step": step, "text": STEPS[step]})

    def _done(self, text: str) -> None:
        chosen = "browser" if self._cancels else "ours"
        if self._verdict is not None:
            chosen = self._verdict.choice
        self._tell({"type": "check", "step": "done", "text": text, "guard": chosen})


def like_speech(detector: SpeechDetector, sound: Samples) -> float:
    """Return how much like speech `sound` is where it is most so, for a new `detector`; in [0, 1]."""
    starts = range(0, len(sound) - FRAME_SAMPLES + 1, FRAME_SAMPLES)
    speech = [detector.probability(Frame(at, sound[at : at + FRAME_SAMPLES])) for at in starts]
    windows = (sorted(speech[at : at + WINDOW]) for at in range(len(speech) - WINDOW + 1))
    return max((window[-SURE_FRAMES] for window in windows), default=0.0)


class _Left(Exception):
    """The page wants something else."""


class _Listening:
    """The frames of a check, each answered by a block for the speaker."""

    def __init__(
        self,
        frames: Iterator[Frame],
        microphone: BrowserMicrophone,
        speaker: BrowserSpeaker,
    ) -> None:
        self._frames, self._microphone, self._speaker = frames, microphone, speaker
        self.everything: list[Samples] = []

    def frames(self, seconds: Seconds, line: Samples | None = None) -> Iterator[Frame]:
        """Yield the frames of `seconds`, while `line` is played, or nothing.

        Raises:
            _Left: another wish has come.
            DeviceError: no page came back in time.
        """
        sound = silence(0) if line is None else line
        for number in range(math.ceil(seconds / FRAME_SECONDS)):
            frame = next(self._frames, None)
            if frame is None:
                raise _Left
            block = sound[number * FRAME_SAMPLES : (number + 1) * FRAME_SAMPLES]
            self._speaker.play(np.concatenate([block, silence(FRAME_SAMPLES - len(block))]))
            self.everything.append(frame.samples)
            yield frame

    def to(self, seconds: Seconds) -> Samples:
        """Return what is heard for so long."""
        return np.concatenate([frame.samples for frame in self.frames(seconds)])

    def while_playing(self, line: Samples) -> tuple[Samples, Samples]:
        """Return what sounded of `line` and what was heard meanwhile, until it has died away."""
        took = Seconds(len(line) / FRAME_SAMPLES * FRAME_SECONDS + DIES_AWAY)
        pairs = [(self._microphone.sounded, frame.samples) for frame in self.frames(took, line)]
        sounded, heard = zip(*pairs, strict=True)
        return np.concatenate(sounded), np.concatenate(heard)
