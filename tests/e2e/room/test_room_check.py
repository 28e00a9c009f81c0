"""The check before an interview in a real Chromium, in rooms with and without an echo."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.in_browser import Candidate, recording
from vivavoce.audio.frame import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
SOON = 60.0  # seconds, on a machine that does other things as well
PLAIN = {"echoCancellation": False, "noiseSuppression": False, "autoGainControl": False}
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """Return the address that lets a browser in, and that of the room."""
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    command = [sys.executable, "-m", "tests.e2e.room.serving", "0", "", "system"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HERE.parents[2]) as program:
        assert program.stdout is not None
        try:
            address, path = program.stdout.readline().strip(), program.stdout.readline().strip()
            yield address, address.split("/?")[0] + path
        finally:
            program.terminate()


@contextmanager
def in_a_room(
    chromium: Any, served: tuple[str, str], agent: str | None = None, **echoing: Any
) -> Iterator[tuple["Page", Candidate]]:
    """Enter the room with a microphone that hears what `echoing` says; the check begins."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, user_agent=agent)
    page = context.new_page()
    candidate = Candidate(page)
    page.add_init_script(f"window.echoing = {json.dumps({'settings': PLAIN, **echoing})}")
    page.add_init_script(path=str(HERE / "echoing_room.js"))
    page.goto(served[0])
    page.goto(served[1])
    page.get_by_role("button", name="Come in").click()
    candidate.told("check", SOON, step="quiet")
    yield page, candidate
    context.close()


def checked(candidate: Candidate) -> dict[str, Any]:
    """Say the sentence when it is asked for; return what the check found."""
    candidate.told("check", SOON, step="play")
    candidate.told("check", SOON, step="speak")
    candidate.say(recording("thanks")[: 3 * SAMPLE_RATE_HZ])
    return candidate.told("check", SOON, step="done")


def test_where_nothing_comes_back_nothing_is_taken_out(chromium: Any, served: tuple[str, str]) -> None:
    with in_a_room(chromium, served) as (page, candidate):
        done = checked(candidate)
        assert (done["guard"], done["text"]) == ("browser", "You are heard well.")
        page.get_by_role("button", name="Begin the interview").click()
        candidate.told("state", SOON, state="speaking")


def test_a_loud_echo_is_found_and_guarded_against(chromium: Any, served: tuple[str, str]) -> None:
    with in_a_room(chromium, served, gain=0.6, delay=0.12) as (page, candidate):
        done = checked(candidate)
        assert done["guard"] in ("ours", "half-duplex")
        assert "hears the interviewer" in done["text"]
        page.get_by_role("button", name="Check again").click()
        assert checked(candidate)["guard"] in ("ours", "half-duplex")  # a busy machine tears the sound


def test_who_has_a_dead_microphone_is_told(chromium: Any, served: tuple[str, str]) -> None:
    settings = {**PLAIN, "echoCancellation": True, "autoGainControl": True}
    with in_a_room(chromium, served, dead=True, settings=settings) as (page, candidate):
        assert "only zeros" in candidate.told("check", SOON, step="done")["text"]
        assert page.get_by_text("Choose another").is_visible()


def test_who_skips_begins_at_once(chromium: Any, served: tuple[str, str]) -> None:
    with in_a_room(chromium, served, gain=0.6) as (page, candidate):
        candidate.told("check", SOON, step="play")
        page.get_by_role("button", name="Skip the check").click()
        candidate.told("state", SOON, state="speaking")


def test_sound_flows_through_a_call_of_the_page_with_itself(chromium: Any, served: tuple[str, str]) -> None:
    """Where the browser cancels the echo of calls alone; that iOS does so cannot be seen here."""
    with in_a_room(chromium, served, agent=IPHONE, gain=0.6) as (page, candidate):
        assert checked(candidate)["guard"] in ("ours", "half-duplex")
        assert page.evaluate("peered.getAudioTracks()[0].readyState") == "live"
