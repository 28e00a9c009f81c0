"""The interviewer's mouth on the sample clock: what it says next, block by block.

Pure: no thread, no device, no clock. The voice's chunks go in as they are made; the session takes
one block per microphone frame. A line is kept while it is being said, so that a duck can hold its
place. Wherever sound begins or ends, even for want of a chunk that is late, it fades along a raised
cosine, because a jump is heard as a click.
"""

import numpy as np

from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples, silence
from vivavoce.transcripts.events import Seconds

DUCK_SAMPLES = SAMPLE_RATE_HZ * 50 // 1000  # -12 dB after 33 ms
STOP_SAMPLES = SAMPLE_RATE_HZ * 20 // 1000
EDGE_SAMPLES = SAMPLE_RATE_HZ * 5 // 1000
REWIND_SAMPLES = SAMPLE_RATE_HZ * 200 // 1000  # about a syllable: the word that broke off is said again


class Playback:
    """Says one line at a time; ducks, goes on, stops."""

    def __init__(self) -> None:
        self._heard = 0
        self._tail = silence(0)  # the end of a line that was stopped
        self._line = _Line()

    @property
    def speaking(self) -> bool:
        """Whether something is left to say, or more of the line may come."""
        return bool(self._line.open or self._line.left or len(self._tail))

    @property
    def heard(self) -> Seconds:
        """How much of the line (between lines: of the last one) has been handed out."""
        return Seconds(self._heard / SAMPLE_RATE_HZ)

    def say(self, chunk: Samples) -> None:
        """Append `chunk`, mono at SAMPLE_RATE_HZ, to the line; between lines, begin one.

        A chunk that follows `finish` while the line is still being said makes the line longer.
        """
        chunk = np.clip(chunk, -1, 1)
        if not self._line.open and self._line.left:
            edge = min(EDGE_SAMPLES, len(chunk))
            chunk[:edge] *= _ramp(0.0, 1.0, edge)
        elif not self._line.open:
            self._line = _Line()
            self._heard = 0
        self._line.open = True
        self._line.sound = np.concatenate([self._line.sound, chunk])

    def finish(self) -> None:
        """Declare the line complete: it is over when its last sample was handed out."""
        line = self._line
        if line.open:
            edge = min(EDGE_SAMPLES, line.left + min(line.rewind, line.place))
            line.sound[len(line.sound) - edge :] *= _ramp(1.0, 0.0, edge)
        line.open = False

    def duck(self) -> None:
        """Fade to silence and hold the place in the line; between lines, do nothing."""
        if not self._line.ducked and (self._line.open or self._line.left):
            self._line.ducked = True
            self._line.rewind = REWIND_SAMPLES
            self._line.fader.fade(0.0, DUCK_SAMPLES)

    def unduck(self) -> None:
        """Fade in again; if the sound was quite gone, from slightly before where it went."""
        if self._line.ducked and self._line.fader.gain > 0:
            self._line.fader.fade(1.0, DUCK_SAMPLES)
            self._line.rewind = 0
        self._line.ducked = False

    def stop(self) -> None:
        """Fade out quickly and drop the rest of the line."""
        self._line.fader.fade(0.0, STOP_SAMPLES)
        tail = self._take(STOP_SAMPLES)
        if tail.any():
            self._tail = tail
        self._line = _Line()

    def next(self) -> Samples:
        """Return the next FRAME_SAMPLES to play, in [-1, 1]: silence while there is nothing to say."""
        if len(self._tail):
            block, self._tail = self._tail, silence(0)
            return np.concatenate([block, silence(FRAME_SAMPLES - len(block))])
        self._steer()
        return self._take(FRAME_SAMPLES)

    def _steer(self) -> None:
        line = self._line
        # So much of an unfinished line is kept back that it can fade should the next chunk be late.
        enough = not line.open or line.left >= FRAME_SAMPLES + STOP_SAMPLES
        if line.fader.gain > 0 and not enough:
            line.rewind = max(line.rewind, STOP_SAMPLES)
            line.fader.fade(0.0, STOP_SAMPLES)
        elif line.fader.gain == 0 and enough and not line.ducked:
            line.place = max(0, line.place - line.rewind)
            line.fader.fade(1.0, max(EDGE_SAMPLES, line.rewind // 2))
            line.rewind = 0

    def _take(self, count: int) -> Samples:
        block = self._line.take(count)
        self._heard = max(self._heard, self._line.place)
        return block


class _Line:
    """What is being said, and how far it got."""

    def __init__(self) -> None:
        self.fader = _Fader()
        self.sound = silence(0)
        self.place = 0
        self.rewind = 0  # how far to go back when the sound returns
        self.open = False  # whether more may come
        self.ducked = False

    @property
    def left(self) -> int:
        return len(self.sound) - self.place

    def take(self, count: int) -> Samples:
        """Return `count` samples; those that the fader silences stay in the line."""
        gains = self.fader.take(count)
        sounding = min(int(np.count_nonzero(gains)), self.left)
        block = silence(count)
        block[:sounding] = self.sound[self.place : self.place + sounding] * gains[:sounding]
        self.place += sounding
        return block


class _Fader:
    """A gain, at first 0, that moves along raised cosines."""

    def __init__(self) -> None:
        self.gain = 0.0  # of the last sample
        self._ramp = silence(0)

    def fade(self, to: float, samples: int) -> None:
        """Move from the present gain to `to` within `samples`."""
        self._ramp = _ramp(self.gain, to, samples)

    def take(self, count: int) -> Samples:
        """Return the gains of the next `count` samples."""
        ramp, self._ramp = self._ramp[:count], self._ramp[count:]
        end = ramp[-1] if len(ramp) else self.gain
        self.gain = float(end)
        return np.concatenate([ramp, np.full(count - len(ramp), end, dtype=np.float32)])


def _ramp(first: float, last: float, samples: int) -> Samples:
    """Return gains that leave `first` and end at exactly `last`, shape (samples,)."""
    phase = np.arange(1, samples + 1) / max(samples, 1) * np.pi
    return (first + (last - first) * (1 - np.cos(phase)) / 2).astype(np.float32)
