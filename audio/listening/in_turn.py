"""One recogniser for several sessions: what an answer waits for goes before what only shows it growing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from heapq import heappop, heappush

from vivavoce.audio.frame import Frame
from vivavoce.audio.ports import Hypothesis, Recogniser


class InTurn:
    """A `Recogniser` that hears so many sounds at once, and those with `timed` words first.

    Live, words are timed where somebody has paused: the interviewer may be waiting. While they speak on, they
    are not, and what is shown then can come later: one place is kept from it, if there are several.
    """

    def __init__(self, recogniser: Recogniser, at_once: int) -> None:
        """Hear `at_once` sounds with `recogniser`, in as many threads."""
        self._recogniser = recogniser
        self._free, self._kept = at_once, min(1, at_once - 1)
        self._changed = threading.Condition()
        self._waiting: list[tuple[bool, int]] = []  # a heap: whether it can wait, and who came first
        self._came = 0

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        """See `Recogniser`."""
        with self._turn(can_wait=not timed):
            return self._recogniser.transcribe(sound, prompt, timed=timed)

    @contextmanager
    def _turn(self, *, can_wait: bool) -> Iterator[None]:
        with self._changed:
            self._came += 1
            mine = can_wait, self._came
            heappush(self._waiting, mine)
            least = self._kept if can_wait else 0
            self._changed.wait_for(lambda: self._free > least and self._waiting[0] == mine)
            heappop(self._waiting)
            self._free -= 1
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()
