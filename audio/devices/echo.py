"""The echo guard: keeps the interviewer from hearing itself.

Three ways. With headphones there is no echo. `CancelEcho` is WebRTC's canceller (AEC3), run offline from
the livekit package, which works on blocks of 10 ms: a frame is 3.2 of them, so 128 samples must be
carried over for every frame to be filled, and the canceller itself holds back 126 more. Frames keep
their `start`; their sound is LATENESS_SAMPLES late, always. `HalfDuplex` is for rooms where
cancelling fails: it does not listen while the interviewer speaks.

AEC3 finds the echo's delay by itself within half a second of echo, and hides the candidate until
then. A hint spares them that; one that is too large by 90 ms lets echo through instead. Figures:
docs/decisions/0005-echo.md.
"""

import math
from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vivavoce.audio.errors import DeviceError
from vivavoce.audio.frame import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE_HZ, Frame, Samples, silence
from vivavoce.transcripts.events import Seconds

BLOCK_SAMPLES = SAMPLE_RATE_HZ // 100
CARRY_SAMPLES = 128  # what is left over of frames of 512 in blocks of 160 is 32, 64, 96, 128, 0, ...
LATENESS_SAMPLES = CARRY_SAMPLES + 126
AUDIBLE = 10 ** (-50 / 20)
TAIL = Seconds(0.3)  # a furnished room's reverberation

Pcm = NDArray[np.int16]


class EchoGuard(Protocol):
    """Takes out of the microphone what the speaker put in.

    `two_way`: the candidate is heard while the interviewer speaks.
    """

    two_way: bool

    def clean(self, frame: Frame, reference: Samples) -> Frame:
        """Return `frame`, the next one, without the echo.

        Args:
            frame: FRAME_SAMPLES from the microphone.
            reference: the block that the speaker is handed at the same time, shape (FRAME_SAMPLES,).
        """
        ...


class Headphones:
    """An `EchoGuard` for when there is no echo."""

    two_way = True

    def clean(self, frame: Frame, reference: Samples) -> Frame:
        """Return `frame` as it is."""
        return frame


class HalfDuplex:
    """An `EchoGuard` that is deaf while the interviewer is heard: there is no barge-in."""

    two_way = False

    def __init__(self, delay: Seconds = Seconds(0.15)) -> None:
        """Listen again TAIL after the interviewer's last sound, which is heard after `delay`."""
        self._hold = math.ceil((delay + TAIL) / FRAME_SECONDS)
        self._deaf = 0

    def clean(self, frame: Frame, reference: Samples) -> Frame:
        """Return `frame`, or silence in its place."""
        self._deaf = self._hold if np.abs(reference).max() > AUDIBLE else max(0, self._deaf - 1)
        return Frame(frame.start, silence(len(frame.samples)), frame.lost) if self._deaf else frame


class AsItSounded:
    """An `EchoGuard` for a speaker that tells what came out of it, however long that waited on the way."""

    def __init__(self, guard: EchoGuard, sounded: Callable[[], Samples]) -> None:
        """Guard as `guard` does, by what `sounded` while the latest frame was heard."""
        self._guard, self._sounded = guard, sounded
        self.two_way = guard.two_way

    def clean(self, frame: Frame, reference: Samples) -> Frame:
        """Return `frame` as the guard leaves it."""
        return self._guard.clean(frame, self._sounded())


class CancelEcho:
    """An `EchoGuard` that subtracts the echo: some 0.4 ms of computing a frame, 20 MB."""

    two_way = True

    def __init__(self, delay: Seconds = Seconds(0.0)) -> None:
        """Start the canceller.

        Args:
            delay: from handing a block to the speaker to its sound in the microphone's frames, if it is
                known, rather too small than too large; 0 if not.

        Raises:
            DeviceError: the canceller does not run on this machine.
        """
        try:
            from livekit import rtc

            self._canceller = rtc.AudioProcessingModule(echo_cancellation=True)
        except (ImportError, OSError) as error:
            raise DeviceError("echo cannot be cancelled on this machine; use headphones") from error
        self._canceller.set_stream_delay_ms(round(delay * 1000))
        self._near = self._far = _pcm(silence(0))
        self._cleaned = _pcm(silence(CARRY_SAMPLES))

    def clean(self, frame: Frame, reference: Samples) -> Frame:
        """Return `frame` without the echo, its sound LATENESS_SAMPLES late."""
        near = np.concatenate([self._near, _pcm(frame.samples)])
        far = np.concatenate([self._far, _pcm(reference)])
        whole = len(near) // BLOCK_SAMPLES * BLOCK_SAMPLES
        blocks = [
            self._cancel(near[i : i + BLOCK_SAMPLES], far[i : i + BLOCK_SAMPLES])
            for i in range(0, whole, BLOCK_SAMPLES)
        ]
        self._near, self._far = near[whole:], far[whole:]
        cleaned = np.concatenate([self._cleaned, *blocks])
        self._cleaned = cleaned[FRAME_SAMPLES:]
        return Frame(frame.start, cleaned[:FRAME_SAMPLES].astype(np.float32) / np.float32(32_768), frame.lost)

    def _cancel(self, near: Pcm, far: Pcm) -> Pcm:
        from livekit import rtc

        played = rtc.AudioFrame(bytearray(far.tobytes()), SAMPLE_RATE_HZ, 1, BLOCK_SAMPLES)
        heard = rtc.AudioFrame(bytearray(near.tobytes()), SAMPLE_RATE_HZ, 1, BLOCK_SAMPLES)
        self._canceller.process_reverse_stream(played)
        self._canceller.process_stream(heard)
        return np.frombuffer(heard.data, dtype=np.int16)


def _pcm(samples: Samples) -> Pcm:
    return np.round(np.clip(samples, -1, 1) * 32_767).astype(np.int16)
