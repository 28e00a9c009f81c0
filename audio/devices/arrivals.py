"""What a sound card delivers, as frames on a clock that never slips.

A card may drop input and say nothing: no flag, no error, only fewer samples. So arrivals are held
against a clock. A block that is merely late is soon made up for by the next ones; samples that stay
away for SETTLED_S are lost, and silence of their length takes their place. A card's own clock may
run slow by DRIFT without being suspected.
"""

import numpy as np

from vivavoce.audio.frame import FRAME_SAMPLES, Frame, Samples, silence

SLACK_S = 0.04  # of lag; PulseAudio delivers in bursts of 20 ms
SETTLED_S = 0.25
DRIFT = 200e-6  # twice the tolerance of a cheap crystal


class Arrivals:
    """Counts what one opened device delivers."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._received = 0
        self._began = 0.0
        self._last = 0.0
        self._usual = 0.0  # the lag of a block that comes as early as blocks can
        self._late: tuple[float, float] | None = None  # since when, and by how much at least

    def lost(self, samples: int, at: float) -> int:
        """Return how many samples were lost before this block.

        Args:
            samples: length of the block, at the device's rate.
            at: when it arrived, in seconds on any steady clock.
        """
        if not self._received:
            self._began = at - samples / self._rate_hz
            self._last = at
        lag = at - self._began - (self._received + samples) / self._rate_hz
        lost = round(self._missing(lag, at) * self._rate_hz)
        self._received += lost + samples
        return lost

    def _missing(self, lag: float, at: float) -> float:
        self._usual = min(lag, self._usual + DRIFT * (at - self._last))
        self._last = at
        excess = lag - self._usual
        if excess <= SLACK_S:
            self._late = None
            return 0.0
        since, least = self._late or (at, excess)
        least = min(least, excess)
        settled = at - since >= SETTLED_S
        self._late = None if settled else (since, least)
        return least if settled else 0.0


class Cutter:
    """Cuts sound into frames whose places follow each other without a gap."""

    def __init__(self) -> None:
        self._start = 0
        self._sound = silence(0)
        self._lost = 0

    def cut(self, sound: Samples, lost: int = 0) -> list[Frame]:
        """Return the frames that `sound` completes; `lost` of its samples stand for dropped ones."""
        self._sound = np.concatenate([self._sound, sound])
        self._lost += lost
        frames = []
        while len(self._sound) >= FRAME_SAMPLES:
            marked = min(self._lost, FRAME_SAMPLES)
            frames.append(Frame(self._start, self._sound[:FRAME_SAMPLES], marked))
            self._start += FRAME_SAMPLES
            self._sound = self._sound[FRAME_SAMPLES:]
            self._lost -= marked
        return frames
