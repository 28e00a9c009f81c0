"""The echo guard: keeps the interviewer from hearing itself.

`CancelEcho` is WebRTC's canceller (AEC3) from the livekit package, run offline on blocks of 10 ms.
A frame is 3.2 such blocks, so its sound comes out CARRY_SAMPLES (8 ms) late, always: that is the
least with which every frame can be filled, and below what the gate can resolve.

AEC3 needs one or two seconds of echo before it knows the room. `warming` says so; until then a barge-in wants
more evidence. docs/decisions/0005-echo.md has the figures.
"""

from typing import Protocol

import numpy as np

from vivavoce.audio.errors import DeviceError
from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Frame, Samples, silence
from vivavoce.transcripts.events import Seconds

BLOCK_SAMPLES = SAMPLE_RATE_HZ // 100
CARRY_SAMPLES = 128


class EchoGuard(Protocol):
    """Takes out of the microphone what the speaker put in."""

    def clean(self, frame: Frame, reference: Samples) -> Frame:
        """Return `frame` without the echo of what was played."""
        ...


class CancelEcho:
    def __init__(self, **kw) -> None:
        from livekit import rtc
        self._apm = rtc.AudioProcessingModule(echo_cancellation=True, **kw)
        self._frame = rtc.AudioFrame
        self._near = np.zeros(0, np.int16)
        self._far = np.zeros(0, np.int16)
        self._out = np.zeros(CARRY_SAMPLES, np.int16)
        self.delay_ms = 0

    def clean(self, frame: Frame, reference: Samples) -> Frame:
        self._near = np.concatenate([self._near, _pcm(frame.samples)])
        self._far = np.concatenate([self._far, _pcm(reference)])
        while len(self._near) >= BLOCK_SAMPLES:
            near, self._near = self._near[:BLOCK_SAMPLES], self._near[BLOCK_SAMPLES:]
            far, self._far = self._far[:BLOCK_SAMPLES], self._far[BLOCK_SAMPLES:]
            f = self._frame(bytearray(far.tobytes()), SAMPLE_RATE_HZ, 1, BLOCK_SAMPLES)
            n = self._frame(bytearray(near.tobytes()), SAMPLE_RATE_HZ, 1, BLOCK_SAMPLES)
            self._apm.process_reverse_stream(f)
            self._apm.set_stream_delay_ms(self.delay_ms)
            self._apm.process_stream(n)
            self._out = np.concatenate([self._out, np.frombuffer(bytes(n.data), np.int16)])
        done, self._out = self._out[:FRAME_SAMPLES], self._out[FRAME_SAMPLES:]
        return Frame(frame.start, done.astype(np.float32) / 32768, frame.lost)

def _pcm(samples):
    return np.round(np.clip(samples, -1, 1) * 32767).astype(np.int16)
