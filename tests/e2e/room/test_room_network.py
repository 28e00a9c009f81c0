"""A whole room over a bad network, through a reload and a killed server: what was said keeps its time."""

import os
import subprocess
import sys
from itertools import accumulate, cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soundfile

from tests.e2e.room.bad_network import Network, network
from tests.e2e.room.conftest import banner, begin, come_in, ended, served, under_way, window
from vivavoce.transcripts.events import Event, FramesLost, MicrophoneFound, MicrophoneLost
from vivavoce.transcripts.journal import log

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
NEAR = 0.05  # seconds
INTERVALS = [0.5 + 0.05 * number for number in range(10)]  # of fake_microphone.js


def folder(home: Path) -> Path:
    (found,) = (home / "sessions").iterdir()
    return found


def clicks(sound: Path) -> list[float]:
    """Return when the candidate's side clicks."""
    samples, rate_hz = soundfile.read(sound, dtype="float32")
    places = np.flatnonzero(np.abs(samples[:, 0]) > 0.2)
    return [
        place / rate_hz
        for number, place in enumerate(places)
        if not number or place - places[number - 1] > 500
    ]


def misplaced(heard: list[float]) -> float:
    """Return how far the worst of the clicks that were `heard` is from where it was made, in seconds."""
    made = np.array([0.0, *accumulate(islice(cycle(INTERVALS), int(heard[-1] / 0.5) + 20))])

    def worst(offset: float) -> float:
        return max(float(np.abs(made + offset - at).min()) for at in heard)

    return min(worst(heard[0] - at) for at in made[:10])


def told(home: Path) -> list[Event]:
    return log.read_log(folder(home) / log.NAME)


def test_over_a_bad_network_the_session_goes_on_and_its_time_line_is_true(chromium: Any, home: Path) -> None:
    with served() as server, network(server.port) as net, window(chromium, server, net.port) as page:
        begin(page)
        net.lost, net.delay = 0.02, 0.2
        page.wait_for_timeout(8_000)
        net.lost = net.delay = 0.0
        net.pause = 0.06  # half as quick as what is said
        page.wait_for_timeout(3_000)
        net.pause, net.delay = 0.0, 0.4
        page.wait_for_timeout(1_000)
        broke(page, net, 5.0)
        page.wait_for_timeout(4_000)
        assert page.evaluate("document.body.dataset.view") == "talk"
        ended(page)
        page.wait_for_url("**/session/**")

    events = told(home)
    heard = clicks(folder(home) / "sound.wav")
    assert len(heard) > 20
    assert misplaced(heard) < NEAR
    lost = sum(event.samples for event in events if isinstance(event, FramesLost)) / 16_000
    assert lost < 0.35  # what was on the way when it broke was sent again
    assert len([event for event in events if isinstance(event, MicrophoneLost)]) == 1
    assert len([event for event in events if isinstance(event, MicrophoneFound)]) == 1
    assert net.connections == 2


def broke(page: "Page", net: Network, seconds: float) -> None:
    """Break the connection; look at what the page says."""
    net.gone = True
    page.wait_for_function("() => document.body.dataset.lost === 'yes'")
    assert "connection" in banner(page)
    assert "\n" not in banner(page)
    page.wait_for_timeout(seconds * 1000)
    net.gone = False
    page.wait_for_function("() => document.body.dataset.lost !== 'yes'", timeout=10_000)


def test_a_page_that_is_loaded_again_goes_on_at_a_click_and_a_second_window_has_to_take_over(
    chromium: Any, home: Path
) -> None:
    with served() as server, window(chromium, server) as page:
        begin(page)
        page.wait_for_timeout(3_000)
        page.reload()
        page.wait_for_timeout(2_500)
        come_in(page)
        under_way(page)
        assert page.evaluate("document.body.dataset.view") == "talk"
        page.wait_for_timeout(3_000)

        second = page.context.new_page()
        second.goto(server.room)
        come_in(second)
        second.wait_for_function("() => document.body.dataset.view === 'refused'")
        assert "another window" in second.inner_text("#refused")
        assert page.evaluate("document.body.dataset.view") == "talk"

        second.click("[data-do=takeover]")
        under_way(second)
        page.wait_for_function("() => document.body.dataset.view === 'refused'")
        second.wait_for_timeout(3_000)
        second.evaluate("socket.close()")  # who took over comes back as any other
        second.wait_for_function("() => seen.filter(({ type }) => type === 'welcome').length === 2")
        ended(second)

    heard = clicks(folder(home) / "sound.wav")
    pieces = split(heard)
    assert len(pieces) == 3  # one for each window
    for piece in pieces:
        assert len(piece) >= 3
        assert misplaced(piece) < NEAR
    assert not any(isinstance(event, FramesLost) for event in told(home))


def split(heard: list[float]) -> list[list[float]]:
    """Return the clicks of each microphone that was opened: their intervals go on from one to the next."""
    pieces = [[heard[0]]]
    for at in heard[1:]:
        if len(pieces[-1]) > 1 and misplaced([*pieces[-1], at]) > 0.01:
            pieces.append([])
        pieces[-1].append(at)
    return pieces


def test_when_the_server_was_killed_the_page_says_so_and_nothing_that_was_said_is_lost(
    chromium: Any, home: Path
) -> None:
    with served() as server, window(chromium, server) as page:
        begin(page)
        page.wait_for_timeout(3_000)
        page.evaluate(
            "socket.send(JSON.stringify({ type: 'typed', text: 'I moved the scanner to the scales.' }))"
        )
        page.wait_for_timeout(2_000)
        server.killed()
        page.wait_for_function("() => document.body.dataset.lost === 'yes'")
        with served(server.port):
            page.wait_for_function("() => document.body.dataset.view === 'trouble'", timeout=15_000)
            assert "started again" in page.inner_text("#trouble")
            assert "\n" not in page.inner_text("#trouble")

    command = [str(Path(sys.executable).with_name("vivavoce")), "recover"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=os.environ, check=True)
    assert done.stderr == ""
    assert "I moved the scanner to the scales." in (folder(home) / "transcript.md").read_text(
        encoding="utf-8"
    )
    heard = clicks(folder(home) / "sound.wav")
    assert misplaced(heard) < NEAR
