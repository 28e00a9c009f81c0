import threading
import time

import pytest

from vivavoce.audio.errors import RecogniserError
from vivavoce.audio.frame import FRAME_SAMPLES, Frame, silence
from vivavoce.audio.listening.in_turn import InTurn
from vivavoce.audio.ports import Hypothesis

SOUND = Frame(0, silence(FRAME_SAMPLES))


class Slow:
    """A `Recogniser` that hears a sound as soon as it may; `heard` are the prompts in that order."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.may = threading.Semaphore(0)
        self.most = 0
        self._now = 0
        self._lock = threading.Lock()

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        with self._lock:
            self.heard.append(prompt)
            self._now += 1
            self.most = max(self.most, self._now)
        assert self.may.acquire(timeout=10)
        with self._lock:
            self._now -= 1
        if prompt == "bad":
            raise RecogniserError("the engine failed")
        return Hypothesis()


def hear(recogniser: InTurn, prompt: str, *, timed: bool) -> threading.Thread:
    """Let a thread have a sound heard; return it once it waits or is heard."""

    def job() -> None:
        try:
            recogniser.transcribe(SOUND, prompt, timed=timed)
        except RecogniserError:
            return

    before = recogniser._came
    thread = threading.Thread(target=job, daemon=True)
    thread.start()
    until = time.monotonic() + 10
    while recogniser._came == before and time.monotonic() < until:
        time.sleep(0.001)
    return thread


def test_what_an_answer_waits_for_goes_before_what_shows_it_growing() -> None:
    slow = Slow()
    recogniser = InTurn(slow, 1)
    threads = [
        hear(recogniser, prompt, timed=timed)
        for prompt, timed in [("a", False), ("b", False), ("c", True), ("d", False), ("e", True)]
    ]

    for _ in threads:
        slow.may.release()
    for thread in threads:
        thread.join(10)

    assert slow.heard == ["a", "c", "e", "b", "d"]


def test_what_can_wait_leaves_a_place_for_what_cannot() -> None:
    slow = Slow()
    recogniser = InTurn(slow, 2)
    threads = [hear(recogniser, prompt, timed=False) for prompt in "ab"]
    threads.append(hear(recogniser, "c", timed=True))
    until = time.monotonic() + 10
    while len(slow.heard) < 2 and time.monotonic() < until:
        time.sleep(0.001)

    assert slow.heard == ["a", "c"]
    for _ in threads:
        slow.may.release()
    for thread in threads:
        thread.join(10)
    assert slow.heard == ["a", "c", "b"]


@pytest.mark.parametrize("at_once", [1, 2])
def test_no_more_are_heard_at_once_than_may(at_once: int) -> None:
    slow = Slow()
    recogniser = InTurn(slow, at_once)
    threads = [hear(recogniser, str(number), timed=True) for number in range(5)]

    for _ in threads:
        slow.may.release()
    for thread in threads:
        thread.join(10)

    assert slow.most == at_once


def test_one_that_fails_makes_room_for_the_next() -> None:
    slow = Slow()
    recogniser = InTurn(slow, 1)
    threads = [hear(recogniser, "bad", timed=True), hear(recogniser, "next", timed=True)]

    slow.may.release()
    slow.may.release()
    for thread in threads:
        thread.join(10)

    assert slow.heard == ["bad", "next"]
