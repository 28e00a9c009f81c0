"""A jitter buffer: lets a speaker play evenly what the session hands it once per microphone frame.

Two clocks meet here, the microphone's that fills and the speaker's that empties, and neither waits.
The buffer evens out the difference where nobody hears it: in silence it grows when it is nearly dry
and shrinks when it is long. Only if speech leaves it no silence does it run dry or drop sound.
"""

from threading import Lock

import numpy as np

from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples, silence

START_BLOCKS = 3
MOST_BLOCKS = 8
EDGE_SAMPLES = SAMPLE_RATE_HZ * 5 // 1000
STOP_SAMPLES = SAMPLE_RATE_HZ * 15 // 1000
INAUDIBLE = 10 ** (-70 / 20)


class JitterBuffer:
    """Sound that waits to be played; filled by one thread, emptied by another."""

    def __init__(self) -> None:
        self._sound = silence(0)
        self._playing = False
        self._lock = Lock()

    @property
    def waiting(self) -> int:
        """How many samples are queued."""
        return len(self._sound)

    def push(self, block: Samples) -> None:
        """Queue `block`, shape (FRAME_SAMPLES,)."""
        with self._lock:
            copies = 1
            if np.abs(block).max(initial=0) < INAUDIBLE:
                if self.waiting > (START_BLOCKS + 1) * FRAME_SAMPLES:
                    copies = 0
                elif self._playing and self.waiting < FRAME_SAMPLES:
                    copies = 2
            self._sound = np.concatenate([self._sound, *[block] * copies])
            if self.waiting > MOST_BLOCKS * FRAME_SAMPLES:
                self._drop_quietest()

    def pull(self, count: int) -> Samples:
        """Return the next `count` samples; silence while the buffer fills up after it ran dry."""
        with self._lock:
            out = silence(count)
            starting = not self._playing
            if starting and self.waiting < START_BLOCKS * FRAME_SAMPLES:
                return out
            self._playing = self.waiting >= count + EDGE_SAMPLES
            taken = self._sound[:count].copy()
            self._sound = self._sound[count:]
            if starting:
                taken[:EDGE_SAMPLES] *= _rise(len(taken[:EDGE_SAMPLES]))
            if not self._playing:
                taken[-EDGE_SAMPLES:] *= _rise(len(taken[-EDGE_SAMPLES:]))[::-1]
            out[: len(taken)] = taken
            return out

    def stop(self) -> int:
        """Drop what is queued but for a fade of STOP_SAMPLES; return how many samples were dropped."""
        with self._lock:
            before = self.waiting
            kept = self._sound[: STOP_SAMPLES if self._playing else 0].copy()
            self._sound = kept * _rise(len(kept))[::-1]
            return before - len(kept)

    def _drop_quietest(self) -> None:
        blocks = self._sound[: MOST_BLOCKS * FRAME_SAMPLES].reshape(MOST_BLOCKS, FRAME_SAMPLES)
        # Not the last one: its end joins with the block that has not come yet.
        start = int(np.square(blocks[:-1]).sum(axis=1).argmin()) * FRAME_SAMPLES
        after = start + FRAME_SAMPLES
        rise = _rise(EDGE_SAMPLES)
        seam = self._sound[start : start + EDGE_SAMPLES] * rise[::-1]
        seam += self._sound[after : after + EDGE_SAMPLES] * rise
        self._sound = np.concatenate([self._sound[:start], seam, self._sound[after + EDGE_SAMPLES :]])


def _rise(samples: int) -> Samples:
    """Return gains from nearly 0 to nearly 1 along a raised cosine; reversed, they complement each other."""
    phase = (np.arange(samples) + 0.5) / max(samples, 1) * np.pi
    return ((1 - np.cos(phase)) / 2).astype(np.float32)
