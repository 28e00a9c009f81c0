"""The real sound-card code, on simulated hardware."""

import sys
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from threading import Timer

import numpy as np
import pytest

from tests.e2e.pulse import Pulse, heard, sound_system
from vivavoce.audio.devices.portaudio import devices, portaudio
from vivavoce.audio.devices.soundcard import PortAudioMicrophone, PortAudioSpeaker
from vivavoce.audio.errors import DeviceError
from vivavoce.audio.frame import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE_HZ, Samples, silence
from vivavoce.transcripts.events import Seconds

pytestmark = pytest.mark.soundcard

TONE_HZ = 440.0


@pytest.fixture
def pulse(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pulse]:
    with sound_system(monkeypatch) as server:
        yield server


def tone(seconds: float) -> Samples:
    time_s = np.arange(round(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    return (0.3 * np.sin(2 * np.pi * TONE_HZ * time_s)).astype(np.float32)


def pitch_hz(sound: Samples) -> float:
    return float(np.abs(np.fft.rfft(sound)).argmax() * SAMPLE_RATE_HZ / len(sound))


def test_the_default_device_is_listed_with_both_directions(pulse: Pulse) -> None:
    (default,) = [device for device in devices() if device.default_input]
    assert default.default_output
    assert default.inputs > 0
    assert default.outputs > 0


def test_what_is_said_is_heard_at_the_pace_of_the_clock(pulse: Pulse) -> None:
    with pulse.spoken(tone(20)), closing(PortAudioMicrophone().frames()) as frames:
        before = list(islice(frames, 30))
        began = time.monotonic()
        during = list(islice(frames, 60))
        took = time.monotonic() - began
    sound = np.concatenate([frame.samples for frame in during])
    assert pitch_hz(sound) == pytest.approx(TONE_HZ, abs=1)
    assert np.sqrt(np.square(sound).mean()) == pytest.approx(0.3 / np.sqrt(2), rel=0.05)
    assert took == pytest.approx(60 * FRAME_SECONDS, abs=0.1)
    assert sum(frame.lost for frame in before + during) == 0


def test_what_is_played_comes_out_and_a_stop_cuts_it_by_what_was_still_queued(pulse: Pulse) -> None:
    speaker = PortAudioSpeaker()
    blocks = tone(50 * FRAME_SECONDS).reshape(50, FRAME_SAMPLES)
    with pulse.recording() as raw, closing(PortAudioMicrophone().frames()) as frames:
        for number, _ in enumerate(islice(frames, 90)):
            speaker.play(blocks[number - 20] if 20 <= number < 70 else silence(FRAME_SAMPLES))
            if number == 69:
                dropped = speaker.stop()
        latency = speaker.latency
        time.sleep(0.3)
        speaker.close()
        sound = heard(raw)
    windows = sound[: len(sound) // 160 * 160].reshape(-1, 160)
    audible = np.abs(windows).max(axis=1) > 0.05
    assert 0.02 < dropped < 0.3
    assert 0.03 < latency < 0.3
    assert audible.sum() * 0.01 == pytest.approx(50 * FRAME_SECONDS - dropped, abs=0.1)
    assert pitch_hz(windows[audible].ravel()) == pytest.approx(TONE_HZ, abs=5)


def test_a_blocked_callback_costs_sound_but_no_time(pulse: Pulse) -> None:
    frames = PortAudioMicrophone().frames()
    next(frames)
    began = time.monotonic()
    interval = sys.getswitchinterval()
    start = next(frames).start
    try:
        sys.setswitchinterval(2.0)  # nobody else, so no callback, gets to run Python
        until = time.monotonic() + 1.5
        while time.monotonic() < until:
            pass
    finally:
        sys.setswitchinterval(interval)
    while time.monotonic() - began < 3.0:
        ended_at = next(frames).ended_at
    frames.close()
    assert ended_at - start / SAMPLE_RATE_HZ == pytest.approx(time.monotonic() - began, abs=0.15)


def test_a_suspended_microphone_is_noticed_within_a_second_and_goes_on_when_it_is_back(pulse: Pulse) -> None:
    told: list[tuple[str, float]] = []
    microphone = PortAudioMicrophone(
        on_lost=lambda reason: told.append((reason, time.monotonic())),
        on_found=lambda name: told.append((name, time.monotonic())),
    )
    with closing(microphone.frames()) as frames:
        starts = [frame.start for frame in islice(frames, 20)]
        pulse.control("suspend-source", "virtmic", "1")
        suspended = time.monotonic()
        Timer(2.0, pulse.control, ("suspend-source", "virtmic", "0")).start()
        starts += [frame.start for frame in islice(frames, 40)]
    (lost, lost_at), (found, found_at) = told
    assert lost == f'the microphone "{found}" went silent'
    assert lost_at - suspended < 1.0
    assert found_at - suspended < 2.0 + 4.0  # back after 2 s, and a null source may sleep for another 2
    assert starts == [number * FRAME_SAMPLES for number in range(60)]


def test_a_speaker_that_is_suspended_costs_the_microphone_nothing_and_is_heard_when_it_is_back(
    pulse: Pulse,
) -> None:
    told: list[str] = []
    speaker = PortAudioSpeaker()
    blocks = tone(300 * FRAME_SECONDS).reshape(300, FRAME_SAMPLES)
    with pulse.recording() as raw, closing(PortAudioMicrophone(on_lost=told.append).frames()) as frames:
        pulse.control("suspend-sink", "spk", "1")
        Timer(5.0, pulse.control, ("suspend-sink", "spk", "0")).start()
        starts = [(speaker.play(block), frame.start)[1] for block, frame in zip(blocks, frames, strict=False)]
        speaker.close()
        sound = heard(raw)
    assert told == []
    assert starts == [number * FRAME_SAMPLES for number in range(300)]
    assert np.abs(sound[-SAMPLE_RATE_HZ // 2 :]).max() > 0.05


def test_a_sound_server_that_dies_is_an_error_in_the_end(pulse: Pulse) -> None:
    told: list[str] = []
    frames = PortAudioMicrophone(on_lost=told.append, patience=Seconds(2.0)).frames()
    next(frames)
    Timer(0.5, pulse.kill).start()
    with pytest.raises(DeviceError, match="did not come back"):
        list(frames)
    assert len(told) == 1


def test_a_microphone_that_is_muted_at_its_source_delivers_only_zeros(pulse: Pulse) -> None:
    microphone = PortAudioMicrophone()
    with closing(microphone.frames()) as frames:
        list(islice(frames, 40))
        assert microphone.only_zeros
        with pulse.spoken(tone(5)):
            list(islice(frames, 60))
            assert not microphone.only_zeros


def test_without_a_sound_server_the_error_says_so_and_nothing_else_is_printed(
    pulse: Pulse, capfd: pytest.CaptureFixture[str]
) -> None:
    pulse.kill()
    portaudio.restart()
    with pytest.raises(DeviceError, match="there is no microphone"):
        next(PortAudioMicrophone().frames())
    assert capfd.readouterr().err == ""
