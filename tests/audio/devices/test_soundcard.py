"""The sound card's logic without a card; tests/e2e/test_pulse.py has it with real PortAudio."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from threading import Timer
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivavoce.audio.devices import portaudio, soundcard
from vivavoce.audio.devices.arrivals import SETTLED_S, SLACK_S, Arrivals, Cutter
from vivavoce.audio.devices.jitter import MOST_BLOCKS, START_BLOCKS, JitterBuffer
from vivavoce.audio.devices.soundcard import PortAudioMicrophone, PortAudioSpeaker
from vivavoce.audio.errors import DeviceError
from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples, silence
from vivavoce.transcripts.events import Seconds

RATE_HZ = 48_000
BLOCK = 480  # 10 ms
TONE = (0.5 * np.cos(2 * np.pi * 200 / SAMPLE_RATE_HZ * np.arange(100 * FRAME_SAMPLES))).astype(np.float32)
QUIET = silence(FRAME_SAMPLES)


def losses(arrivals: Arrivals, times: list[float]) -> int:
    return sum(arrivals.lost(BLOCK, at) for at in times)


def on_time(blocks: int, drift: float = 0.0) -> list[float]:
    return [(n + 1) * BLOCK / RATE_HZ * (1 + drift) for n in range(blocks)]


@pytest.mark.parametrize("drift", [-150e-6, 0.0, 150e-6])
@given(seed=st.integers(0, 99))
@settings(max_examples=5, deadline=None)
def test_neither_jitter_nor_an_inexact_crystal_is_taken_for_loss(drift: float, seed: int) -> None:
    jitter = np.random.default_rng(seed).uniform(0, 0.03, 30_000)
    assert losses(Arrivals(RATE_HZ), list(np.array(on_time(30_000, drift)) + jitter)) == 0  # 5 minutes


def test_a_stall_that_the_device_makes_up_for_is_no_loss() -> None:
    times = [max(at, 3.0) if at > 2.0 else at for at in on_time(1000)]
    assert losses(Arrivals(RATE_HZ), times) == 0


@given(before=st.integers(50, 400), dropped=st.integers(6, 500))
@settings(max_examples=30, deadline=None)
def test_dropped_blocks_are_noticed_within_a_third_of_a_second(before: int, dropped: int) -> None:
    arrivals = Arrivals(RATE_HZ)
    times = on_time(before + dropped + 40)
    assert losses(arrivals, times[:before]) == 0
    soon = before + dropped + round((SETTLED_S + 0.05) * RATE_HZ / BLOCK)
    assert losses(arrivals, times[before + dropped : soon]) == pytest.approx(dropped * BLOCK, abs=60)


def test_losses_too_small_to_see_are_seen_when_they_add_up() -> None:
    times = [at for number, at in enumerate(on_time(6000)) if number % 100]
    assert losses(Arrivals(RATE_HZ), times) == pytest.approx(60 * BLOCK, abs=1.5 * SLACK_S * RATE_HZ)


@given(st.lists(st.tuples(st.integers(0, 2000), st.booleans()), max_size=30))
def test_frames_follow_each_other_and_carry_every_sample_and_every_loss(
    pieces: list[tuple[int, bool]],
) -> None:
    cutter = Cutter()
    frames = [frame for length, lost in pieces for frame in cutter.cut(silence(length), length * lost)]
    assert [frame.start for frame in frames] == [n * FRAME_SAMPLES for n in range(len(frames))]
    assert len(frames) == sum(length for length, _ in pieces) // FRAME_SAMPLES
    lost = sum(length for length, lost in pieces if lost)
    assert lost - FRAME_SAMPLES < sum(frame.lost for frame in frames) <= lost


def pulled(jitter: JitterBuffer, blocks: int) -> Samples:
    return np.concatenate([jitter.pull(128) for _ in range(blocks * 4)])


def filled(blocks: int = START_BLOCKS) -> JitterBuffer:
    jitter = JitterBuffer()
    for number in range(blocks):
        jitter.push(TONE[number * FRAME_SAMPLES : (number + 1) * FRAME_SAMPLES])
    return jitter


def test_playing_starts_once_a_few_blocks_wait_and_then_loses_nothing() -> None:
    jitter = filled(START_BLOCKS - 1)
    assert not pulled(jitter, 1).any()
    jitter = filled()
    played = []
    for number in range(START_BLOCKS, 50):
        played.append(pulled(jitter, 1))
        jitter.push(TONE[number * FRAME_SAMPLES : (number + 1) * FRAME_SAMPLES])
    played.append(pulled(jitter, START_BLOCKS))
    inner = slice(100, 50 * FRAME_SAMPLES - 300)
    np.testing.assert_array_equal(np.concatenate(played)[inner], TONE[inner])


def test_a_dry_buffer_is_silent_until_it_has_filled_up_again() -> None:
    jitter = filled()
    pulled(jitter, START_BLOCKS + 1)
    jitter.push(TONE[:FRAME_SAMPLES])
    assert not pulled(jitter, 1).any()
    jitter.push(TONE[:FRAME_SAMPLES])
    jitter.push(TONE[:FRAME_SAMPLES])
    assert pulled(jitter, 1).any()


def test_a_stop_fades_within_20_ms_and_tells_what_was_dropped() -> None:
    jitter = filled(5)
    pulled(jitter, 1)
    assert jitter.stop() == pytest.approx(4 * FRAME_SAMPLES - 240)
    rest = pulled(jitter, 2)
    assert np.flatnonzero(rest)[-1] < SAMPLE_RATE_HZ // 50
    assert np.abs(np.diff(rest)).max() < 0.05
    assert jitter.stop() == 0


def test_a_stop_before_anything_was_played_drops_everything() -> None:
    assert filled(2).stop() == 2 * FRAME_SAMPLES


@pytest.mark.parametrize("fast", ["microphone", "speaker"])
def test_clock_drift_is_evened_out_in_silence(fast: str) -> None:
    jitter = filled()
    played = []
    for number in range(400):
        spoken = number % 20 < 10
        jitter.push(TONE[:FRAME_SAMPLES] if spoken else QUIET)
        count = FRAME_SAMPLES - 8 if fast == "microphone" else FRAME_SAMPLES + 8
        played.append(jitter.pull(count))
        assert jitter.waiting <= MOST_BLOCKS * FRAME_SAMPLES
    voiced = [np.flatnonzero(block).size > FRAME_SAMPLES // 2 for block in played]
    words = sum(now and not before for before, now in pairwise(voiced))
    assert words == pytest.approx(20, abs=1)  # none broke in two


def test_a_device_that_pulls_nothing_costs_no_memory_and_the_loud_parts_are_kept() -> None:
    jitter = filled(4)
    for _ in range(4):
        jitter.push(0.001 * TONE[:FRAME_SAMPLES])
    for number in range(4, 8):
        jitter.push(TONE[number * FRAME_SAMPLES : (number + 1) * FRAME_SAMPLES])
    assert jitter.waiting == MOST_BLOCKS * FRAME_SAMPLES
    played = pulled(jitter, MOST_BLOCKS)
    assert np.square(played).sum() == pytest.approx(np.square(TONE[: 8 * FRAME_SAMPLES]).sum(), rel=0.05)


def test_sound_that_had_to_be_shortened_has_no_click_in_it() -> None:
    played = pulled(filled(MOST_BLOCKS + 3), MOST_BLOCKS)
    assert np.abs(np.diff(played)).max() < 0.1


@dataclass
class Card:
    """What a scripted sounddevice module has plugged in, and the blocks that its microphones deliver."""

    names: list[str] = field(default_factory=lambda: ["Built-in", "USB Headset", "USB Headset Pro"])
    blocks: list[list[Samples]] = field(default_factory=list)  # per opening
    plays: bool = True  # whether a speaker asks for sound when it is opened
    opened: list[str] = field(default_factory=list)
    closed: int = 0
    heard: Callable[..., None] = print  # the microphone's callback

    def deliver(self, blocks: list[Samples]) -> None:
        """Have the microphone hear `blocks` now."""
        for block in blocks:
            self.heard(block[:, np.newaxis], len(block), None, None)


class PortAudioError(Exception):
    pass


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> Iterator[Card]:
    plugged = Card()

    class Stream:
        latency = 0.04

        def __init__(self, **options: object) -> None:
            self.options = options

        def start(self) -> None:
            index = self.options["device"]
            assert isinstance(index, int)
            plugged.opened.append(plugged.names[index])
            callback = self.options["callback"]
            assert callable(callback)
            self.begin(callback)

        def begin(self, callback: Callable[..., None]) -> None:
            plugged.heard = callback
            plugged.deliver(plugged.blocks.pop(0) if plugged.blocks else [])

        def close(self) -> None:
            plugged.closed += 1

    class Output(Stream):
        def begin(self, callback: Callable[..., None]) -> None:
            if plugged.plays:
                callback(np.zeros((BLOCK, 2), dtype=np.float32), BLOCK, None, None)

    module = ModuleType("sounddevice")
    vars(module).update(
        PortAudioError=PortAudioError,
        InputStream=Stream,
        OutputStream=Output,
        default=SimpleNamespace(device=(0, 0)),
        query_devices=lambda: [
            {
                "index": index,
                "name": name,
                "max_input_channels": 1,
                "max_output_channels": 2,
                "default_samplerate": float(RATE_HZ),
            }
            for index, name in enumerate(plugged.names)
        ],
        _initialized=0,
        _initialize=lambda: None,
    )
    monkeypatch.setitem(sys.modules, "sounddevice", module)
    monkeypatch.setattr(soundcard, "FIRST_BLOCK_S", 0.01)
    monkeypatch.setattr(soundcard, "HEARTBEAT_S", 0.01)
    monkeypatch.setattr(soundcard, "RETRY_S", 0.01)
    portaudio.sounddevice.cache_clear()
    yield plugged
    portaudio.sounddevice.cache_clear()


def heard_blocks(seconds: float, level: float = 0.1) -> list[Samples]:
    return [np.full(RATE_HZ, level, dtype=np.float32)] * round(seconds)


@pytest.mark.parametrize(
    ("name", "opened"),
    [
        pytest.param(None, "Built-in", id="the system's choice"),
        pytest.param("USB Headset", "USB Headset", id="the whole name before a part"),
        pytest.param("headset pro", "USB Headset Pro", id="a part, in any case"),
    ],
)
def test_a_device_is_chosen_by_name(name: str | None, opened: str, card: Card) -> None:
    card.blocks = [heard_blocks(1)]
    frames = PortAudioMicrophone(name).frames()
    next(frames)
    assert card.opened == [opened]


def test_a_name_that_no_device_has_is_refused(card: Card) -> None:
    with pytest.raises(DeviceError, match=r'no microphone called "Mixer".*vivavoce doctor'):
        next(PortAudioMicrophone("Mixer").frames())
    with pytest.raises(DeviceError, match='no speaker called "Mixer"'):
        PortAudioSpeaker("Mixer").play(QUIET)


def test_without_any_device_the_message_says_so(card: Card) -> None:
    card.names = []
    with pytest.raises(DeviceError, match="there is no microphone; connect one"):
        next(PortAudioMicrophone().frames())


def test_a_microphone_that_comes_back_goes_on_where_it_stopped(card: Card) -> None:
    card.blocks = [heard_blocks(1), [], heard_blocks(2)]  # there, opened in vain, there again
    told: list[str] = []
    frames = PortAudioMicrophone(on_lost=told.append, on_found=told.append).frames()
    starts = [next(frames).start for _ in range(85)]
    frames.close()
    assert starts == [n * FRAME_SAMPLES for n in range(85)]
    assert told == ['the microphone "Built-in" went silent', "Built-in"]
    assert card.closed == len(card.opened) == 3


def test_a_microphone_that_stays_away_is_an_error_in_the_end(card: Card) -> None:
    card.blocks = [heard_blocks(1)]
    frames = PortAudioMicrophone(patience=Seconds(0.05)).frames()
    with pytest.raises(DeviceError, match="went silent and did not come back"):
        list(frames)
    assert card.closed == len(card.opened)


def test_what_is_heard_while_the_microphone_only_wakes_up_is_no_part_of_the_recording(
    card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundcard, "FIRST_BLOCK_S", 5.0)
    card.blocks = [heard_blocks(2, 0.3)]
    microphone = PortAudioMicrophone()
    microphone.open()
    Timer(0.05, card.deliver, [heard_blocks(1, 0.1)]).start()
    frames = microphone.frames()
    first = next(frames)
    assert first.start == 0
    assert np.abs(first.samples).max() < 0.15
    assert card.opened == ["Built-in"]
    frames.close()
    assert card.closed == 1


def test_a_microphone_that_was_opened_and_never_used_is_released(card: Card) -> None:
    microphone = PortAudioMicrophone()
    microphone.open()
    microphone.close()
    microphone.close()
    assert card.closed == len(card.opened) == 1


@pytest.fixture
def breaks(card: Card, monkeypatch: pytest.MonkeyPatch) -> Callable[[PortAudioSpeaker], list[str]]:
    """Return what plays for 90 frames at a speaker that always stalls; it tells what the microphone told."""

    def played(speaker: PortAudioSpeaker) -> list[str]:
        card.blocks = [heard_blocks(3)] * 9
        told: list[str] = []

        def lost(reason: str) -> None:
            told.append(reason)
            card.names = ["Built-in", "USB Headset", "USB Headset Pro"]

        frames = PortAudioMicrophone(on_lost=lost, on_found=told.append).frames()
        next(frames)
        speaker.play(QUIET)
        monkeypatch.setattr(soundcard, "STALLED_S", -1.0)
        for _ in range(90):
            next(frames)
            speaker.play(QUIET)
        frames.close()
        speaker.close()
        assert card.closed == len(card.opened)
        return told

    return played


Breaks = Callable[[PortAudioSpeaker], list[str]]
STOPPED = ['the speaker "USB Headset Pro" stopped playing', "Built-in"]


def test_a_speaker_that_stops_playing_is_opened_again_and_the_microphone_goes_on(
    card: Card, breaks: Breaks
) -> None:
    assert breaks(PortAudioSpeaker("Pro")) == []
    assert card.opened == ["Built-in", *["USB Headset Pro"] * 91]


def test_a_speaker_that_stays_silent_stops_the_session_once_and_no_more(card: Card, breaks: Breaks) -> None:
    card.plays = False
    assert breaks(PortAudioSpeaker("Pro")) == STOPPED
    assert card.opened.count("Built-in") == 2


def test_a_speaker_that_is_gone_stops_the_session_until_it_is_back(card: Card, breaks: Breaks) -> None:
    class Unplugged(PortAudioSpeaker):
        def play(self, block: Samples) -> None:
            if self.latency and len(card.opened) == 2:
                card.names = ["Built-in", "USB Headset"]
            super().play(block)

    assert breaks(Unplugged("USB Headset Pro")) == STOPPED
    assert card.opened[:4] == ["Built-in", "USB Headset Pro", "Built-in", "USB Headset Pro"]


@pytest.mark.parametrize(("level", "zeros"), [(0.0, True), (1e-4, False)])
def test_a_second_of_nothing_but_zeros_is_reported(level: float, zeros: bool, card: Card) -> None:
    card.blocks = [heard_blocks(2, level)]
    microphone = PortAudioMicrophone()
    frames = microphone.frames()
    next(frames)
    for _ in range(40):
        next(frames)
    assert microphone.only_zeros is zeros


@pytest.mark.parametrize(
    ("installer", "command"),
    [
        ("apt-get", "apt-get install libportaudio2"),
        ("dnf", "dnf install portaudio"),
        (None, "package manager"),
    ],
)
def test_without_portaudio_the_message_names_the_command_that_installs_it(
    installer: str | None, command: str, card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Missing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "sounddevice":
                raise OSError("PortAudio library not found")

    monkeypatch.delitem(sys.modules, "sounddevice")
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    monkeypatch.setattr(shutil, "which", lambda program: program if program == installer else None)
    with pytest.raises(DeviceError, match=command) as refused:
        next(PortAudioMicrophone().frames())
    assert "\n" not in str(refused.value)
