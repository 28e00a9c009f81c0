"""Sound as data: one rate, one frame length, one dataclass.

Everything inside runs at 16 kHz mono float32, the rate of Whisper, Silero and the echo
canceller. Devices and voices convert at their own edge.
"""

import io
import wave
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vivavoce.transcripts.events import Seconds

SAMPLE_RATE_HZ = 16_000
FRAME_SAMPLES = 512  # 32 ms, the block that Silero was trained on
FRAME_SECONDS = Seconds(FRAME_SAMPLES / SAMPLE_RATE_HZ)

Samples = NDArray[np.float32]  # mono, in [-1, 1], shape (n,)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Consecutive samples and their place on the sample clock.

    From a microphone it holds FRAME_SAMPLES; `join` makes longer ones. `lost` counts those of
    its samples that the device dropped and that silence replaces.
    """

    start: int
    samples: Samples
    lost: int = 0

    @property
    def started_at(self) -> Seconds:
        """When the first sample was heard."""
        return Seconds(self.start / SAMPLE_RATE_HZ)

    @property
    def ended_at(self) -> Seconds:
        """When the last sample was heard: the time at which the frame became known."""
        return Seconds((self.start + len(self.samples)) / SAMPLE_RATE_HZ)

    @property
    def duration(self) -> Seconds:
        """Length of the sound."""
        return Seconds(len(self.samples) / SAMPLE_RATE_HZ)


def join(frames: Sequence[Frame]) -> Frame:
    """Return consecutive `frames` as one.

    Raises:
        ValueError: there are none.
    """
    if not frames:
        raise ValueError("nothing to join")
    return Frame(frames[0].start, np.concatenate([f.samples for f in frames]), sum(f.lost for f in frames))


def silence(samples: int) -> Samples:
    """Return `samples` of digital silence."""
    return np.zeros(samples, dtype=np.float32)


def wav(samples: Samples) -> bytes:
    """Return `samples` as a WAV file: SAMPLE_RATE_HZ, mono, 16 bit."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(SAMPLE_RATE_HZ)
        writer.writeframes((samples.clip(-1, 1) * 32_767).astype("<i2").tobytes())
    return file.getvalue()
