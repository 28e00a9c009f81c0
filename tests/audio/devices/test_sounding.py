"""What came out of a page's speaker while a frame was heard, to the sample."""

import threading
from collections.abc import Generator

import numpy as np
import pytest

from vivavoce.audio.devices import packets
from vivavoce.audio.devices.browser import Attached, BrowserMicrophone, BrowserSpeaker
from vivavoce.audio.devices.echo import AsItSounded, HalfDuplex, Headphones
from vivavoce.audio.devices.packets import Heard
from vivavoce.audio.frame import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE_HZ, Frame, Samples, silence

NOISE = np.random.default_rng(3).uniform(-0.3, 0.3, 40 * FRAME_SAMPLES).astype(np.float32)
STILL = silence(FRAME_SAMPLES)


class Page:
    """Plays what it is sent after `lead` samples, and hears exactly what it plays."""

    def __init__(self, rate_hz: int, lead: int) -> None:
        self.rate_hz, self.lead = rate_hz, lead
        self.speaker = BrowserSpeaker()
        self.microphone = BrowserMicrophone(self.speaker)
        self.sound, self.place, self.heard = silence(0), 0, 0
        self.lose = self.playing = False
        self.time, self.out = 0.0, silence(0)
        self.microphone.tell(Attached(send=self.take, rate_hz=rate_hz, epoch=1))
        self.frames: Generator[Frame, None, None] = self.microphone.frames()

    def take(self, message: bytes) -> None:
        kind, first, sound = packets.spoken(message)
        if kind == packets.CUT:
            self.sound = self.sound[:first]
        else:
            assert first == len(self.sound)
            self.sound = np.concatenate([self.sound, sound])

    def pass_by(self, seconds: float) -> None:
        """Let time go by, a packet of 20 ms after the other."""
        count = round(0.02 * self.rate_hz)
        self.time += seconds
        while self.heard + count <= self.time * self.rate_hz:
            waiting, before, played = len(self.sound) - self.place, self.place, silence(count)
            self.playing = waiting >= (count if self.playing else max(count, self.lead))
            if self.playing:
                played = self.sound[self.place : self.place + count]
                self.place += count
            self.out = np.concatenate([self.out, played])
            packet = Heard(epoch=1, first=self.heard, played=before, samples=played)
            self.heard += count
            if not self.lose:
                self.microphone.tell(packet)


def begin(page: Page) -> None:
    """Have the microphone listen: what was heard before is no part of it."""
    soon = threading.Timer(0.05, page.pass_by, [0.2])
    soon.start()
    next(page.frames)
    soon.join()


def at(page: Page, blocks: list[Samples]) -> tuple[Samples, Samples]:
    """Return what was heard, and what sounded by the speaker's account, while `blocks` were handed out."""
    begin(page)
    heard, sounded = [], []
    for block in blocks:
        frame = next(page.frames)
        heard.append(frame.samples)
        sounded.append(page.microphone.sounded)
        page.speaker.play(block)
        page.pass_by(FRAME_SECONDS)
    return np.concatenate(heard), np.concatenate(sounded)


@pytest.mark.parametrize("rate_hz", [16_000, 44_100, 48_000])
@pytest.mark.parametrize("lead_s", [0.0, 0.06, 0.3])
def test_what_sounded_lies_beside_what_was_heard(rate_hz: int, lead_s: float) -> None:
    page = Page(rate_hz, round(lead_s * rate_hz))
    blocks = [NOISE[i : i + FRAME_SAMPLES] for i in range(0, len(NOISE), FRAME_SAMPLES)]
    heard, sounded = at(page, [STILL, STILL, *blocks, *[STILL] * 20])
    differs = np.abs(heard - sounded) > 1e-3  # more than 16 bits on the way
    assert np.abs(heard).max() > 0.2
    assert differs[heard != 0].mean() < 0.02  # about the edges of what was held back


def test_what_sounded_while_packets_were_lost_is_known() -> None:
    page = Page(SAMPLE_RATE_HZ, 0)
    begin(page)
    for i in range(0, 20 * FRAME_SAMPLES, FRAME_SAMPLES):
        page.speaker.play(NOISE[i : i + FRAME_SAMPLES])
    for lose in (False, True, False):
        page.lose = lose
        page.pass_by(0.08)
    lost = 0
    for _ in range(11):
        frame = next(page.frames)
        lost += frame.lost
        if frame.lost:
            out = page.out[frame.start : frame.start + FRAME_SAMPLES]
            assert np.abs(out).max() > 0.2
            assert np.allclose(page.microphone.sounded, out, atol=1e-3)
    assert lost == 0.08 * SAMPLE_RATE_HZ


def test_what_was_never_handed_out_is_silent() -> None:
    speaker = BrowserSpeaker()
    assert not speaker.sounding(0, 100).any()
    speaker.attach(Attached(send=lambda _: None, rate_hz=SAMPLE_RATE_HZ, epoch=1))
    speaker.play(NOISE[:FRAME_SAMPLES])
    assert np.array_equal(speaker.sounding(500, 100)[:12], NOISE[500:512])
    assert not speaker.sounding(500, 100)[12:].any()
    assert not speaker.sounding(2**50, 100).any()


def test_a_page_that_begins_again_has_sounded_nothing() -> None:
    speaker = BrowserSpeaker()
    speaker.attach(Attached(send=lambda _: None, rate_hz=SAMPLE_RATE_HZ, epoch=1))
    speaker.play(NOISE[:FRAME_SAMPLES])
    speaker.attach(Attached(send=lambda _: None, rate_hz=SAMPLE_RATE_HZ, epoch=2))
    assert not speaker.sounding(0, 100).any()


def test_what_was_heard_long_ago_is_let_go() -> None:
    speaker = BrowserSpeaker()
    speaker.attach(Attached(send=lambda _: None, rate_hz=SAMPLE_RATE_HZ, epoch=1))
    for i in range(0, 40 * FRAME_SAMPLES, FRAME_SAMPLES):
        speaker.play(NOISE[i : i + FRAME_SAMPLES])
    speaker.played(40 * FRAME_SAMPLES)
    assert not speaker.sounding(0, 100).any()
    assert speaker.sounding(39 * FRAME_SAMPLES, 100).any()


def test_a_guard_goes_by_what_sounded_and_not_by_what_was_handed_out() -> None:
    loud, frame = NOISE[:FRAME_SAMPLES], Frame(0, NOISE[:FRAME_SAMPLES])
    guard = AsItSounded(HalfDuplex(), lambda: loud)
    assert not guard.two_way
    assert not guard.clean(frame, STILL).samples.any()
    assert AsItSounded(HalfDuplex(), lambda: STILL).clean(frame, loud) is frame
    assert AsItSounded(Headphones(), lambda: loud).two_way
