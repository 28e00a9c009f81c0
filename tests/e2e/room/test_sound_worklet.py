"""The page's end of the sound, for an hour and over bad networks: nothing of it waits for a real clock."""

import math
import random
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.room.virtual_page import EVERY, LINE, Seen, Way, World, at_once

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
PPM = 1e-6
NEAR = 0.05  # seconds between what the program knows and what is
USUAL = 0.13  # at most, of sound that waits in a page on a good network


@pytest.fixture
def page(chromium: Any) -> Iterator["Page"]:
    page = chromium.new_page()
    yield page
    page.close()


def bursts(every: float, begin: float, end: float, phase: float = 0.0) -> Way:
    """Have what is sent between `begin` and `end` arrive in bursts."""

    def arrives(at: float) -> float:
        return (math.floor(at / every - phase) + 1 + phase) * every if begin <= at < end else at

    return arrives


def dropping(share: float) -> Way:
    chance = random.Random(18)
    return lambda at: at if chance.random() >= share else None


def lines(seen: Seen) -> list[list[tuple[float, float]]]:
    """Return of which stretches each line was made, as it was played; the last may not be over."""
    whole: list[list[tuple[float, float]]] = []
    for stretch in seen.played:
        if whole and stretch[0] - whole[-1][0][0] < LINE + 1:
            whole[-1].append(stretch)
        else:
            whole.append([stretch])
    return whole


def true_clock(seen: Seen, seconds: float) -> None:
    """Check that each click is in the recording where the page's microphone heard it."""
    assert len(seen.clicks) >= seconds / EVERY - 2
    for at in seen.clicks:
        assert at == pytest.approx(round(at / EVERY) * EVERY, abs=0.001)


def end_offset(seen: Seen) -> float:
    """Return how far the program's idea of the last line is from what was played."""
    began, ended = seen.said[-1]
    played = lines(seen)[len(seen.said) - 1]
    return max(abs(began - played[0][0]), abs(ended - played[-1][1]))


def most(seen: Seen, begin: float, end: float) -> float:
    """Return the longest that sound waited in the page between the two."""
    return max(wait for at, wait in seen.waits if begin < at < end)


@pytest.mark.parametrize(
    ("rate_hz", "drift", "seconds", "batch"),
    [(48_000, 200 * PPM, 3600, 1.0), (44_100, -200 * PPM, 600, 0.2)],
    ids=["an hour", "ten minutes"],
)
def test_a_clock_that_runs_too_fast_or_too_slow_costs_nothing(
    page: "Page", monkeypatch: pytest.MonkeyPatch, rate_hz: int, drift: float, seconds: float, batch: float
) -> None:
    hidden = seconds / 2, seconds / 2 + min(300, seconds / 10)  # a tab whose messages come once a second
    up, down = bursts(1.0, *hidden), bursts(1.0, *hidden, phase=0.5)
    world = World(page, rate_hz, up=up, down=down, drift=drift, batch=batch)
    seen = world.run(monkeypatch, seconds)

    true_clock(seen, seconds)
    assert seen.lost == 0
    assert end_offset(seen) < NEAR
    print(f"{seconds:.0f} s at {drift / PPM:+.0f} ppm: off by {end_offset(seen) * 1000:.0f} ms in the end")
    broken = [made[0][0] for made in lines(seen) if len(made) > 1]
    assert all(hidden[0] <= at < hidden[0] + 2 * EVERY for at in broken)
    assert len(broken) <= 1


def test_what_comes_in_bursts_is_waited_for_and_afterwards_no_longer(
    page: "Page", monkeypatch: pytest.MonkeyPatch
) -> None:
    up, down = bursts(0.2, 20, 60), bursts(0.2, 20, 60, phase=0.5)
    seen = World(page, 48_000, up=up, down=down).run(monkeypatch, 90)

    assert [len(made) for made in lines(seen)[3:]] == [1] * len(lines(seen)[3:])
    assert sum(len(made) - 1 for made in lines(seen)) <= 1  # the first burst that nobody could foresee
    usual, worst, after = (most(seen, *stretch) for stretch in ((10, 20), (30, 60), (80, 90)))
    print(f"waits before, in and after bursts of 200 ms: {usual:.3f}, {worst:.3f}, {after:.3f} s")
    assert usual < USUAL
    assert 0.2 < worst < 0.6
    assert after < USUAL
    true_clock(seen, 90)
    assert end_offset(seen) < NEAR


def test_lost_packets_are_silence_of_their_length_on_both_sides(
    page: "Page", monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = World(page, 48_000, up=dropping(0.02), down=dropping(0.02)).run(monkeypatch, 120)

    assert 0.01 < seen.lost / 16_000 / 120 < 0.03
    true_clock(seen, 120 - 2 * EVERY)
    assert end_offset(seen) < NEAR
    for made in lines(seen)[:-1]:
        assert made[-1][1] - made[0][0] == pytest.approx(LINE, abs=0.04)


def test_a_page_that_hangs_for_two_seconds_keeps_its_line_and_catches_up_in_the_next_silence(
    page: "Page", monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = World(page, 48_000, up=at_once, down=bursts(2.0, 22.3, 24.0)).run(monkeypatch, 60)

    hung = lines(seen)[2]
    assert len(hung) == 2
    assert sum(end - began for began, end in hung) == pytest.approx(LINE, abs=0.01)
    assert most(seen, 24.5, 26) > 1
    assert most(seen, 40, 60) < USUAL
    assert end_offset(seen) < NEAR


LOADED = """() => {
  const line = (first, count) => ({ first, count, sound: new Int16Array(count).fill(16000) });
  const played = (quanta) => {
    const all = [];
    for (let i = 0; i < quanta; i++) {
      const out = new Float32Array(128);
      sound.process([[new Float32Array(128).fill(0.5)]], [[out]]);
      all.push(...out);
    }
    return all;
  };
  const take = (data) => sound.port.onmessage({ data });
"""


def in_the_page(page: "Page", script: str) -> Any:
    World(page, 48_000)
    return page.evaluate(f"{LOADED}{script}}}")


def test_after_a_barge_in_the_line_fades_and_its_late_chunks_are_never_heard(page: "Page") -> None:
    faded, late, following = in_the_page(
        page,
        """
        take(line(0, 48000)); played(100);
        take({ cut: 60000 });
        const faded = played(10);
        take(line(48000, 6000)); take(line(54000, 6000));
        const late = played(20);
        take(line(60000, 6000));
        return [faded, late, played(20)];
        """,
    )
    steps = [abs(one - other) for one, other in pairwise(faded)]
    assert faded[0] > 0.4
    assert max(steps) < 0.01
    assert not any(faded[int(0.016 * 48_000) :])
    assert not any(late)
    assert max(following) > 0.4


def test_what_comes_twice_is_heard_once(page: "Page") -> None:
    heard = in_the_page(page, "take(line(0, 4800)); take(line(0, 4800)); return played(200);")
    assert sum(value > 0 for value in heard) == pytest.approx(4800, abs=256)


def test_who_is_muted_is_not_heard_but_sees_how_loud_they_are(page: "Page") -> None:
    muted, back = in_the_page(
        page,
        """
        take({ mute: true }); played(8);
        const muted = told.splice(0)[0];
        take({ mute: false }); played(8);
        const seen = ({ power, sound: pcm }) => [power, Math.max(...new Int16Array(pcm))];
        return [muted, told.splice(0)[0]].map(seen);
        """,
    )
    assert muted == [pytest.approx(0.25), 0]
    assert back == [pytest.approx(0.25), 16384]
