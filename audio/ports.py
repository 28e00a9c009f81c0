"""The seams: where the program meets devices and engines.

Each is a Protocol of at most three methods with plain data on both sides, and each has a real
and a simulated implementation that pass the same contract tests (tests/contract/).
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Protocol

from vivavoce.audio.frame import Frame, Samples
from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.words import Span


class Microphone(Protocol):
    """Where frames come from; its frames are the session's clock."""

    def frames(self) -> Generator[Frame, None, None]:
        """Yield FRAME_SAMPLES at a time, without gaps: lost input is silence with `lost` set.

        Closing the iterator releases the device.

        Raises:
            DeviceError: the device cannot be opened, or stayed away for too long.
        """
        ...


class Speaker(Protocol):
    """Where the interviewer's sound goes, one block of FRAME_SAMPLES per microphone frame.

    The session mixes (ducking, fades, stops); a speaker only plays what it is handed and keeps
    as little of it waiting as it can.
    """

    @property
    def latency(self) -> Seconds:
        """How long the next block will wait to be heard, as far as the device knows."""
        ...

    def play(self, block: Samples) -> None:
        """Queue `block`; never blocks, never raises for a device that went away."""
        ...

    def stop(self) -> Seconds:
        """Drop what is queued and not yet heard, fading out; return how much was dropped."""
        ...


class SpeechDetector(Protocol):
    """Tells speech from everything else."""

    def probability(self, frame: Frame) -> float:
        """Return the probability in [0, 1] that `frame`, the next one, holds speech."""
        ...

    def reset(self) -> None:
        """Forget what came before."""
        ...


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What a recogniser heard.

    Attributes:
        words: in order, with times on the sample clock.
        closed: probability in [0, 1] that a sentence ends where the sound does, judged by the
            recogniser's own language model; None when it cannot tell.
        speech: whether there was any; where there are words, there was.
        missed: speech in which no word was found (coverage.py).
    """

    words: tuple[Word, ...] = ()
    closed: float | None = None
    speech: bool = False
    missed: tuple[Span, ...] = ()


class Recogniser(Protocol):
    """Turns sound into words."""

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        """Return the words in `sound`.

        Args:
            sound: any length up to 30 s.
            prompt: what was said just before, or terms to expect; may be empty.
            timed: whether word times are needed; without, they may be spread evenly (a draft).

        Raises:
            RecogniserError: the engine failed.
        """
        ...


class Voice(Protocol):
    """Turns text into sound.

    A voice never plays what it makes. The session owns the speaker, so that a barge-in can drop
    the rest of a sentence, and the recorder hears every sample.
    """

    def speak(self, text: str) -> Iterator[Samples]:
        """Yield `text` as sound at SAMPLE_RATE_HZ, the first chunk as early as possible.

        Closing the iterator abandons the synthesis.

        Raises:
            VoiceError: the engine failed; nothing after the last chunk was made.
        """
        ...


class TurnModel(Protocol):
    """Judges from sound alone whether a turn is complete."""

    def probability(self, turn: Samples) -> float:
        """Return the probability in [0, 1] that the speaker of `turn`, who just fell silent, is done."""
        ...
