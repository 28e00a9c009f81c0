"""Slow work beside the loop: worker threads that hand their results back at a frame's end.

The loop starts a job in a lane and goes on. One thread serves a lane, in order. Once a frame the
loop calls `collect`, which runs the callbacks of whatever is done, on the loop's own thread: no
other code needs a lock. A result whose job was cancelled is dropped.

`Inline` does the same work at once and delivers it when it would have been done, so that a
session in virtual time meets the delays of a real one.
"""

import queue
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from vivavoce.transcripts.events import Seconds

T = TypeVar("T")
Callback = Callable[[], None]
_Waiting = queue.SimpleQueue[tuple[int, Callable[[], Callback]] | None]  # None: nothing will follow

LONGEST_JOB = Seconds(10.0)


class Lane(StrEnum):
    """The kinds of slow work. Jobs in one lane run in order; lanes run side by side."""

    DRAFT = "draft"  # recognition of what is still being said
    SETTLE = "settle"  # recognition of what a pause has ended
    TURN = "turn"  # is the turn complete?
    PHRASE = "phrase"  # a chat model finds words
    VOICE = "voice"  # synthesis
    LOAD = "load"  # models, at the start


class Background(Protocol):
    """Runs jobs and hands back what they return."""

    def start(
        self, lane: Lane, job: Callable[[], T], then: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Run `job`; a later `collect` calls `then` with its result or `failed` with its exception."""
        ...

    def cancel(self, lane: Lane) -> None:
        """Drop what is waiting in `lane`, and the result of what is running."""
        ...

    def collect(self, now: Seconds) -> None:
        """Call back for every job that is done by `now`."""
        ...

    def close(self, timeout: Seconds = LONGEST_JOB) -> None:
        """Drop what waits and what was not collected; return when nothing computes, or after `timeout`."""
        ...


class Threads:
    """A `Background` of daemon threads, one a lane, started when first needed."""

    def __init__(self) -> None:
        self._waiting: dict[Lane, _Waiting] = {}
        self._threads: dict[Lane, threading.Thread] = {}
        self._done: queue.SimpleQueue[tuple[Lane, int, Callback]] = queue.SimpleQueue()
        self._epochs = dict.fromkeys(Lane, 0)

    def start(
        self, lane: Lane, job: Callable[[], T], then: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Run `job` in the lane's thread."""
        if lane not in self._waiting:
            self._waiting[lane] = queue.SimpleQueue()
            self._threads[lane] = threading.Thread(
                target=self._work, args=(lane, self._waiting[lane]), name=f"vivavoce-{lane}", daemon=True
            )
            self._threads[lane].start()
        self._waiting[lane].put((self._epochs[lane], lambda: _outcome(job, then, failed)))

    def cancel(self, lane: Lane) -> None:
        """Drop what is waiting in `lane`, and the result of what is running."""
        self._epochs[lane] += 1

    def collect(self, now: Seconds) -> None:
        """Call back for every job that is done."""
        while True:
            try:
                lane, epoch, callback = self._done.get_nowait()
            except queue.Empty:
                return
            if epoch == self._epochs[lane]:
                callback()

    def close(self, timeout: Seconds = LONGEST_JOB) -> None:
        """End the threads: a process that ends while one is within C++ code aborts.

        In the order of `Lane`, because a job may wait for a model, and LOAD is last.
        """
        until = time.monotonic() + timeout
        for lane in [lane for lane in Lane if lane in self._waiting]:
            self.cancel(lane)
            self._waiting.pop(lane).put(None)
            self._threads.pop(lane).join(max(0.0, until - time.monotonic()))

    def _work(self, lane: Lane, waiting: _Waiting) -> None:
        while (next_one := waiting.get()) is not None:
            epoch, job = next_one
            if epoch == self._epochs[lane]:
                self._done.put((lane, epoch, job()))


@dataclass(frozen=True, slots=True, eq=False)
class _Due:
    at: Seconds
    lane: Lane
    callback: Callback


class Inline:
    """A `Background` in virtual time: each lane is busy for as long as its jobs take.

    Args:
        delays: how long a job of each lane takes; without it, and for a server's, the time is measured.
    """

    def __init__(self, delays: Mapping[Lane, Seconds] | None = None) -> None:
        self._delays = delays
        self._due: list[_Due] = []
        self._now = Seconds(0.0)
        self._free_at = dict.fromkeys(Lane, Seconds(0.0))

    def start(
        self, lane: Lane, job: Callable[[], T], then: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Run `job` now; deliver it when its lane would have finished it."""
        before = time.perf_counter()
        callback = _outcome(job, then, failed)
        took = time.perf_counter() - before
        if self._delays is not None:
            took = self._delays.get(lane, took if lane is Lane.PHRASE else Seconds(0.0))
        self._free_at[lane] = Seconds(max(self._now, self._free_at[lane]) + took)
        self._due.append(_Due(self._free_at[lane], lane, callback))

    def cancel(self, lane: Lane) -> None:
        """Drop the results in `lane`; what is running in it still takes its time."""
        ends = [due.at for due in self._due if due.lane is lane and due.at > self._now]
        self._free_at[lane] = min(ends, default=self._now)
        self._due = [due for due in self._due if due.lane is not lane]

    def close(self, timeout: Seconds = LONGEST_JOB) -> None:
        """Drop what was not collected."""
        for lane in Lane:
            self.cancel(lane)

    def collect(self, now: Seconds) -> None:
        """Call back for every job that is done by `now`, in the order of their ends."""
        self._now = now
        while ready := [due for due in self._due if due.at <= now]:
            first = min(ready, key=lambda due: due.at)
            self._due.remove(first)
            first.callback()


def _outcome(
    job: Callable[[], T], then: Callable[[T], None], failed: Callable[[Exception], None]
) -> Callback:
    """Run `job`; return the call that hands its result, or its exception, to the loop."""
    try:
        result = job()
    except Exception as error:  # whatever it was, the loop hears of it and goes on
        reason = error
        return lambda: failed(reason)
    return lambda: then(result)
