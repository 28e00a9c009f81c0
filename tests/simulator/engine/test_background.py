import threading
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.simulator.engine.background import Background, Inline, Lane, Threads
from vivavoce.transcripts.events import Seconds

S = Seconds


def fail(message: str) -> str:
    raise RuntimeError(message)


class Diary:
    """Starts jobs that note what came back."""

    def __init__(self, background: Background) -> None:
        self.background = background
        self.notes: list[str] = []

    def start(self, lane: Lane, name: str, job: Callable[[], object] | None = None) -> None:
        self.background.start(
            lane,
            job or (lambda: name),
            lambda _: self.notes.append(name),
            lambda e: self.notes.append(f"{name}: {e}"),
        )

    def until(self, count: int) -> list[str]:
        deadline = time.monotonic() + 5
        while len(self.notes) < count and time.monotonic() < deadline:
            self.background.collect(S(1e9))
            time.sleep(0.001)
        return self.notes


either = pytest.mark.parametrize("make", [Threads, lambda: Inline({})], ids=["threads", "inline"])


@either
def test_callbacks_run_only_inside_collect_and_on_its_thread(make: Callable[[], Background]) -> None:
    diary = Diary(make())
    called_on: list[threading.Thread] = []
    done = threading.Event()
    diary.background.start(
        Lane.DRAFT, done.set, lambda _: called_on.append(threading.current_thread()), lambda _: None
    )
    done.wait(5)
    time.sleep(0.02)
    assert called_on == []

    diary.start(Lane.DRAFT, "next")
    diary.until(1)

    assert called_on == [threading.current_thread()]


@either
def test_the_jobs_of_a_lane_come_back_in_order(make: Callable[[], Background]) -> None:
    diary = Diary(make())
    for number in range(20):
        diary.start(Lane.SETTLE, str(number))

    assert diary.until(20) == [str(number) for number in range(20)]


@either
def test_an_exception_comes_back_as_a_failure_and_the_lane_goes_on(make: Callable[[], Background]) -> None:
    diary = Diary(make())
    diary.start(Lane.VOICE, "a", lambda: fail("broken"))
    diary.start(Lane.VOICE, "b")

    assert diary.until(2) == ["a: broken", "b"]


@either
def test_a_cancelled_lane_is_dropped_and_others_are_not(make: Callable[[], Background]) -> None:
    diary = Diary(make())
    running, go = threading.Event(), threading.Event()

    def hold() -> None:
        running.set()
        go.wait(5)

    if isinstance(diary.background, Threads):
        diary.start(Lane.VOICE, "running", hold)
        running.wait(5)
    diary.start(Lane.VOICE, "waiting")
    diary.start(Lane.TURN, "other")

    diary.background.cancel(Lane.VOICE)
    go.set()
    diary.start(Lane.VOICE, "later")

    assert sorted(diary.until(2)) == ["later", "other"]


@either
def test_a_callback_may_cancel_what_is_done_but_not_delivered(make: Callable[[], Background]) -> None:
    diary = Diary(make())
    diary.background.start(
        Lane.DRAFT, lambda: None, lambda _: diary.background.cancel(Lane.DRAFT), lambda _: None
    )
    diary.start(Lane.DRAFT, "stale")
    done = threading.Event()
    diary.background.start(Lane.TURN, lambda: None, lambda _: done.set(), lambda _: None)
    time.sleep(0.02)

    deadline = time.monotonic() + 5
    while not done.is_set() and time.monotonic() < deadline:
        diary.background.collect(S(1.0))

    assert diary.notes == []


@either
def test_a_callback_may_start_the_next_job(make: Callable[[], Background]) -> None:
    diary = Diary(make())
    diary.background.start(Lane.LOAD, lambda: 1, lambda _: diary.start(Lane.VOICE, "second"), lambda _: None)

    assert diary.until(1) == ["second"]


@either
def test_what_was_not_collected_before_the_close_never_comes_back(make: Callable[[], Background]) -> None:
    diary = Diary(make())
    for lane in Lane:
        diary.start(lane, lane)

    diary.background.close()
    diary.start(Lane.TURN, "later")

    assert diary.until(1) == ["later"]
    diary.background.close()


def test_a_close_waits_for_what_runs_and_ends_every_thread() -> None:
    diary, before = Diary(Threads()), set(threading.enumerate())
    begun, done, dropped = threading.Event(), threading.Event(), threading.Event()

    def job() -> None:
        begun.set()
        time.sleep(0.1)
        done.set()

    diary.start(Lane.DRAFT, "runs", job)
    diary.start(Lane.DRAFT, "waits", dropped.set)
    diary.start(Lane.SETTLE, "other")
    assert begun.wait(5)
    diary.background.close()

    assert done.is_set()
    assert not dropped.is_set()
    assert set(threading.enumerate()) - before == set()


def test_a_job_that_waits_for_a_model_is_closed_before_what_loads_it() -> None:
    diary, model = Diary(Threads()), threading.Event()
    diary.start(Lane.LOAD, "first", lambda: time.sleep(0.05))
    diary.start(Lane.LOAD, "model", model.set)
    diary.start(Lane.SETTLE, "text", lambda: model.wait(5))
    time.sleep(0.02)
    before = time.monotonic()

    diary.background.close()

    assert model.is_set()
    assert time.monotonic() - before < 2


def test_a_close_waits_no_longer_than_it_was_told() -> None:
    diary, go = Diary(Threads()), threading.Event()
    for lane in (Lane.DRAFT, Lane.SETTLE, Lane.VOICE):
        diary.start(lane, lane, lambda: go.wait(5))
    before = time.monotonic()

    diary.background.close(S(0.1))

    assert time.monotonic() - before < 1
    go.set()


def test_lanes_run_side_by_side() -> None:
    diary = Diary(Threads())
    go = threading.Event()
    diary.start(Lane.DRAFT, "slow", lambda: go.wait(5))
    diary.start(Lane.SETTLE, "quick")

    assert diary.until(1) == ["quick"]
    go.set()
    assert diary.until(2) == ["quick", "slow"]


DELAYS = {Lane.DRAFT: S(2.0), Lane.SETTLE: S(0.5)}


def due(diary: Diary, *times: float) -> list[list[str]]:
    """Return what is noted by each of `times`."""
    noted = []
    for at in times:
        diary.background.collect(S(at))
        noted.append(list(diary.notes))
    return noted


def test_inline_delivers_when_the_lane_would_have_been_done() -> None:
    diary = Diary(Inline(DELAYS))
    diary.background.collect(S(10.0))
    diary.start(Lane.DRAFT, "draft")
    diary.start(Lane.SETTLE, "first")
    diary.start(Lane.SETTLE, "second")

    assert due(diary, 10.4, 10.5, 11.0, 11.9, 12.0) == [
        [],
        ["first"],
        ["first", "second"],
        ["first", "second"],
        ["first", "second", "draft"],
    ]


def test_inline_gives_back_the_time_of_what_waited_and_not_of_what_runs() -> None:
    diary = Diary(Inline(DELAYS))
    diary.start(Lane.DRAFT, "runs")
    diary.start(Lane.DRAFT, "waits")
    diary.background.cancel(Lane.DRAFT)
    diary.start(Lane.DRAFT, "new")

    assert due(diary, 3.9, 4.0) == [[], ["new"]]


def test_inline_measures_what_was_not_given_a_delay() -> None:
    diary = Diary(Inline())
    diary.start(Lane.DRAFT, "job", lambda: time.sleep(0.02))

    assert due(diary, 0.019) == [[]]
    assert diary.until(1) == ["job"]


@given(st.lists(st.tuples(st.sampled_from([Lane.DRAFT, Lane.SETTLE]), st.floats(0, 3)), max_size=12))
def test_inline_is_never_early_never_out_of_order_and_loses_nothing(jobs: list[tuple[Lane, float]]) -> None:
    diary, now, expected = Diary(Inline(DELAYS)), 0.0, dict.fromkeys(Lane, 0.0)
    ends: dict[str, float] = {}
    for number, (lane, gap) in enumerate(jobs):
        now += gap
        diary.background.collect(S(now))
        expected[lane] = max(now, expected[lane]) + DELAYS[lane]
        ends[str(number)] = expected[lane]
        diary.start(lane, str(number))
        assert all(ends[note] <= now for note in diary.notes)

    diary.background.collect(S(1e9))

    assert sorted(diary.notes, key=int) == [str(number) for number in range(len(jobs))]
    assert [ends[note] for note in diary.notes] == sorted(ends.values())
