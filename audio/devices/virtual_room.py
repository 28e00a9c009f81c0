"""A simulated room: the loudspeaker is heard by the microphone.

It stands in for hardware wherever echo matters: simulated sessions, tests and benchmarks.
"""

import numpy as np

from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples, silence
from vivavoce.transcripts.events import Seconds

DECAY_DB = 60.0  # the reverberation time is that of a decay by 60 dB


class EchoingRoom:
    """Adds a late, reverberant copy of what is played to what is said in the room."""

    def __init__(
        self,
        *,
        delay: Seconds = Seconds(0.12),
        gain_db: float = -12.0,
        reverberation: Seconds = Seconds(0.25),
        seed: int = 0,
    ) -> None:
        """Build the room's impulse response: a direct path, then noise that decays exponentially.

        Args:
            delay: from handing out a block to hearing its direct sound, devices included.
            gain_db: level of the echo relative to what is played, for sound with a flat spectrum.
            reverberation: time in which the echo decays by DECAY_DB.
            seed: of the noise.
        """
        tail = np.random.default_rng(seed).standard_normal(round(reverberation * SAMPLE_RATE_HZ) + 1)
        tail *= 10 ** (-DECAY_DB / 20 * np.arange(len(tail)) / max(1, len(tail) - 1))
        tail[0] = np.sqrt(np.square(tail[1:]).sum()) or 1.0  # direct and reverberant sound are equally strong
        gain = 10 ** (gain_db / 20) / np.sqrt(np.square(tail).sum())
        self._response = np.concatenate([silence(round(delay * SAMPLE_RATE_HZ)), gain * tail])
        self._coming = silence(0)

    def hear(self, near: Samples, played: Samples) -> Samples:
        """Return what the microphone picks up while `played` sounds and `near` is said, in [-1, 1].

        Args:
            near: the next block from in front of the microphone, shape (n,).
            played: the block that the speaker is handed at the same time, shape (n,).
        """
        if played.any():
            self._echo(played)
        echo, self._coming = self._coming[: len(near)], self._coming[len(near) :]
        heard: Samples = near + np.concatenate([echo, silence(len(near) - len(echo))])
        return heard.clip(-1, 1)

    def _echo(self, played: Samples) -> None:
        length = len(played) + len(self._response) - 1
        spectrum = np.fft.rfft(played, length) * np.fft.rfft(self._response, length)
        echo = np.fft.irfft(spectrum, length).astype(np.float32)
        echo[: len(self._coming)] += self._coming
        self._coming = echo


class SilentSpeaker:
    """A `Speaker` that nobody hears."""

    def play(self, block: Samples) -> None:
        """Drop `block`."""

    @property
    def latency(self) -> Seconds:
        """No time at all."""
        return Seconds(0.0)

    def stop(self) -> Seconds:
        """Nothing waits to be heard."""
        return Seconds(0.0)
