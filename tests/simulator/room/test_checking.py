"""The check before an interview, with a page that plays what it is sent and hears what a room makes of it."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from benchmarks.in_browser import recording
from vivavoce.audio.devices import packets
from vivavoce.audio.devices.browser import Attached, BrowserMicrophone, BrowserSpeaker
from vivavoce.audio.devices.packets import Heard
from vivavoce.audio.devices.virtual_room import EchoingRoom
from vivavoce.audio.errors import VoiceError
from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Frame, Samples, silence
from vivavoce.simulator.room import checking
from vivavoce.simulator.room.checking import Checking
from vivavoce.transcripts.events import Seconds

LINE = recording("result")[: 3 * SAMPLE_RATE_HZ]
ANSWER = recording("thanks")[: 2 * SAMPLE_RATE_HZ]
BEGIN = Seconds(20.0)
BLOCK = FRAME_SAMPLES  # what a page hears while it plays one


class Page:
    """Plays what it is sent at once; every block that it plays is one that it hears."""

    def __init__(self, room: EchoingRoom | None = None, answer: Samples = ANSWER) -> None:
        self.room, self.answer = room or EchoingRoom(gain_db=-90), answer
        self.noise = np.random.default_rng(0)
        self.near = silence(0)
        self.level, self.heard, self.played = 1e-3, 0, 0
        self.told: list[dict[str, Any]] = []
        self.begun: list[bool] = []
        self.at: dict[str, Any] = {}  # what it does at a step
        self.gone = self.mute = False
        self.speaker = BrowserSpeaker()
        self.microphone = BrowserMicrophone(self.speaker, Seconds(4.0))
        self.line: Samples | None = LINE
        self.checking = Checking(self.microphone, self.speaker, self.tell, self.say)
        self.microphone.tell(Attached(send=self.take, rate_hz=SAMPLE_RATE_HZ, epoch=1))
        self.thread = threading.Thread(target=self.wait, daemon=True)
        self.breathing = threading.Thread(target=self.breathe, daemon=True)
        self.breathing.start()

    def say(self, text: str) -> Iterator[Samples]:
        if self.line is None:
            raise VoiceError("no voice")
        yield self.line

    def wait(self) -> None:
        self.begun.append(self.checking.until_begun(BEGIN))

    def tell(self, message: dict[str, Any]) -> None:
        self.told.append(message)
        step = message.get("step", "")
        if step == "speak":
            self.near = self.answer
        if step in self.at:
            self.at.pop(step)()

    def take(self, message: bytes) -> None:
        kind, _, sound = packets.spoken(message)
        if kind == packets.CUT or self.gone:
            return
        near = np.concatenate([self.near[:BLOCK], silence(BLOCK)])[:BLOCK]
        self.near = self.near[BLOCK:]
        hiss = self.level * self.noise.standard_normal(BLOCK).astype(np.float32)
        self.hear(self.room.hear(near + hiss, silence(BLOCK) if self.mute else sound))
        self.played += 0 if self.mute else len(sound)

    def hear(self, sound: Samples) -> None:
        self.microphone.tell(Heard(epoch=1, first=self.heard, played=self.played, samples=sound))
        self.heard += len(sound)

    def start(self) -> None:
        """Ask for a check."""
        if not self.thread.is_alive():
            self.thread.start()
        self.checking.wish("start")

    def breathe(self) -> None:
        """Be heard a little when nothing is played, so that whoever begins to listen begins to play."""
        while not self.begun:
            before = self.heard
            time.sleep(0.1)
            if self.heard == before and not self.gone:
                self.hear(self.level * self.noise.standard_normal(2 * BLOCK).astype(np.float32))

    def done(self) -> dict[str, Any]:
        """Return what the check found."""
        until = time.monotonic() + BEGIN
        while time.monotonic() < until:
            found = [one for one in self.told if one.get("step") == "done"]
            if found:
                self.told.clear()
                return found[0]
            time.sleep(0.02)
        raise AssertionError(self.told)

    def begin(self) -> None:
        self.checking.wish("begin")
        self.thread.join(BEGIN)
        assert self.begun == [True]
        self.breathing.join(BEGIN)  # nothing more of it is under way


@pytest.fixture(autouse=True)
def pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """End each page with its test: one that goes on being heard is in the way of others."""
    made: list[Page] = []
    make = Page.__init__

    def noted(self: Page, *given: Any, **named: Any) -> None:
        make(self, *given, **named)
        made.append(self)

    monkeypatch.setattr(Page, "__init__", noted)
    yield
    for one in made:
        if not one.begun:
            one.checking.wish("begin")
            one.checking.until_begun(BEGIN) if one.thread.ident is None else one.thread.join(BEGIN)
            one.begun.append(True)
        one.breathing.join(BEGIN)
        assert not one.breathing.is_alive()


@pytest.fixture
def page() -> Page:
    return Page()


def test_the_steps_are_told_in_order_and_what_they_ask_for(page: Page) -> None:
    page.start()
    done = page.done()
    assert (done["guard"], done["text"]) == ("browser", "You are heard well.")


def test_each_step_says_what_to_do(page: Page) -> None:
    steps: list[str] = []
    page.checking._tell = lambda message: (steps.append(message["step"]), page.tell(message))
    page.start()
    page.done()
    assert steps == ["quiet", "play", "speak", "done"]


def test_an_echo_that_can_be_taken_out_is_and_the_same_canceller_goes_on() -> None:
    page = Page(EchoingRoom(gain_db=-12))
    page.start()
    done = page.done()
    assert done["guard"] == "ours"
    assert "taken out" in done["text"]
    assert page.checking.guard.two_way
    page.begin()


def test_an_echo_that_is_left_means_not_listening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "like_speech", lambda detector, sound: 1.0)
    page = Page(EchoingRoom(gain_db=-6))
    page.start()
    done = page.done()
    assert done["guard"] == "half-duplex"
    assert "too loudly to be taken out" in done["text"]
    assert not page.checking.guard.two_way
    page.begin()


def test_who_talks_while_the_line_is_played_is_asked_to_check_again(page: Page) -> None:
    page.at["play"] = lambda: setattr(page, "near", recording("failure")[: 3 * SAMPLE_RATE_HZ])
    page.start()
    done = page.done()
    assert done["guard"] == "half-duplex"
    assert "Something else was heard" in done["text"]
    page.start()
    assert page.done()["guard"] == "browser"


@pytest.mark.parametrize(
    ("level", "answer", "told"),
    [
        (0.0, silence(1), "only zeros"),
        (1e-3, silence(1), "were not heard"),
        (1e-5, ANSWER * np.float32(0.01), "softly"),
        (1e-3, (ANSWER * np.float32(40)).clip(-1, 1), "distorts"),
    ],
)
def test_what_is_wrong_with_the_microphone_is_said(level: float, answer: Samples, told: str) -> None:
    page = Page(answer=answer)
    page.level = level
    page.room = EchoingRoom(gain_db=-300) if not level else page.room
    page.start()
    assert told in page.done()["text"]
    page.begin()


def test_a_browser_that_plays_nothing_is_told(page: Page) -> None:
    page.mute = True
    page.start()
    done = page.done()
    assert "not played anything" in done["text"]
    assert done["guard"] == "ours"


def test_without_a_voice_the_rest_is_checked(page: Page) -> None:
    page.line = None
    page.start()
    assert "echo was not checked" in page.done()["text"]
    page.line = LINE
    page.start()
    assert "echo was not checked" not in page.done()["text"]


@pytest.mark.parametrize("step", ["quiet", "play", "speak"])
def test_who_begins_in_the_middle_is_not_kept(page: Page, step: str) -> None:
    page.at[step] = lambda: page.checking.wish("begin")
    page.start()
    page.thread.join(5.0)
    assert page.begun == [True]
    assert "done" not in [one.get("step") for one in page.told]


@pytest.mark.parametrize("step", ["quiet", "play", "speak"])
def test_a_check_that_is_asked_for_again_begins_again(page: Page, step: str) -> None:
    page.at[step] = lambda: page.checking.wish("start")
    page.start()
    assert page.done()["guard"] == "browser"


def test_a_page_that_vanishes_in_the_middle_may_come_back(page: Page) -> None:
    page.at["play"] = lambda: setattr(page, "gone", True)
    page.start()
    time.sleep(5.5)  # longer than the microphone's patience
    page.gone = False
    page.told.clear()
    page.start()
    assert page.done()["guard"] == "browser"


def test_a_page_that_is_gone_does_not_keep_the_end_waiting(page: Page) -> None:
    page.at["play"] = lambda: setattr(page, "gone", True)
    page.start()
    time.sleep(0.5)
    began = time.monotonic()
    page.begin()
    assert time.monotonic() - began < 3.0


def test_nobody_comes() -> None:
    page = Page()
    page.begun.append(page.checking.until_begun(Seconds(0.05)))
    assert page.begun == [False]


@pytest.mark.parametrize(
    ("settings", "heeds"),
    [
        ({"echoCancellation": True}, False),
        ({"echoCancellation": "all"}, False),
        ({"echoCancellation": False}, True),
        ({"echoCancellation": "remote-only"}, True),  # the interviewer's sound is the page's own
        ({"echoCancellation": ["all"]}, True),
        ({}, True),
        (None, True),
        ("all", True),
        ([1], True),
    ],
)
def test_who_skips_is_guarded_by_what_the_browser_says(page: Page, settings: object, heeds: bool) -> None:
    page.checking.joined(settings)
    page.thread.start()
    page.checking.wish("skip")
    page.begin()
    frame = Frame(0, silence(FRAME_SAMPLES))
    assert (page.checking.guard.clean(frame, frame.samples) is not frame) == heeds


def test_who_has_a_browser_that_changes_the_sound_is_told(page: Page) -> None:
    page.checking.joined({"noiseSuppression": True, "autoGainControl": True})
    (told,) = page.told
    assert told["type"] == "notice"
    assert "noise suppression, automatic gain" in told["text"]
    page.checking.joined({"noiseSuppression": False, "autoGainControl": "yes"})
    assert len(page.told) == 1


def test_nothing_of_the_check_is_heard_by_the_interview(page: Page) -> None:
    page.start()
    page.done()
    page.begin()
    frames = page.microphone.frames()
    threading.Timer(0.3, page.hear, [np.full(4 * BLOCK, 0.25, dtype=np.float32)]).start()
    first = next(frames)
    assert first.start == 0
    assert first.samples[-1] == pytest.approx(0.25, abs=0.01)
