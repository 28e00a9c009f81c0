"""What every `Microphone` promises, wherever its sound comes from."""

import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import islice

import numpy as np
import pytest

from tests.e2e.pulse import sound_system
from vivavoce.audio.devices.browser import Attached, BrowserMicrophone, BrowserSpeaker
from vivavoce.audio.devices.packets import Heard
from vivavoce.audio.devices.sound_files import FileMicrophone
from vivavoce.audio.devices.soundcard import PortAudioMicrophone
from vivavoce.audio.frame import FRAME_SAMPLES
from vivavoce.audio.ports import Microphone
from vivavoce.transcripts.events import Seconds

NOISE = np.random.default_rng(0).uniform(-1, 1, 10_000).astype(np.float32)


@contextmanager
def file(_: pytest.MonkeyPatch) -> Iterator[Microphone]:
    yield FileMicrophone([NOISE], paced=False, then_silence=Seconds(float("inf")))


@contextmanager
def paced_file(_: pytest.MonkeyPatch) -> Iterator[Microphone]:
    yield FileMicrophone([NOISE], paced=True, then_silence=Seconds(1.0))


@contextmanager
def sound_card(monkeypatch: pytest.MonkeyPatch) -> Iterator[Microphone]:
    with sound_system(monkeypatch):
        yield PortAudioMicrophone()


@contextmanager
def browser(_: pytest.MonkeyPatch) -> Iterator[Microphone]:
    page, over = BrowserMicrophone(BrowserSpeaker()), threading.Event()

    def speak() -> None:
        page.tell(Attached(send=lambda packet: None, rate_hz=48_000, epoch=1))
        for first in range(0, 2**31, 1024):
            page.tell(Heard(epoch=1, first=first, played=0, samples=NOISE[:1024]))
            if over.wait(0.005):
                return

    thread = threading.Thread(target=speak)
    thread.start()
    yield page
    over.set()
    thread.join()


@pytest.fixture(
    params=[
        pytest.param(file, id="file"),
        pytest.param(paced_file, id="file at the pace of the clock"),
        pytest.param(sound_card, id="sound card", marks=pytest.mark.soundcard),
        pytest.param(browser, id="page in a browser"),
        # A new microphone, real or simulated, goes here.
    ]
)
def microphone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Microphone]:
    with request.param(monkeypatch) as opened:
        yield opened


def test_frames_follow_each_other_without_a_gap(microphone: Microphone) -> None:
    frames = list(islice(microphone.frames(), 20))
    assert [frame.start for frame in frames] == [number * FRAME_SAMPLES for number in range(20)]


def test_a_frame_is_512_mono_samples_within_full_scale(microphone: Microphone) -> None:
    for frame in islice(microphone.frames(), 20):
        assert frame.samples.shape == (FRAME_SAMPLES,)
        assert frame.samples.dtype == np.float32
        assert np.abs(frame.samples).max() <= 1
        assert 0 <= frame.lost <= FRAME_SAMPLES


def test_closing_the_frames_releases_the_device_for_the_next_session(microphone: Microphone) -> None:
    for _ in range(2):
        frames = microphone.frames()
        assert next(frames).start == 0
        assert isinstance(frames, Generator)
        frames.close()
        assert list(frames) == []
