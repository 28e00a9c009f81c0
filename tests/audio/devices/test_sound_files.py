import math
import os
import time
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.audio.devices.sound_files import FileMicrophone, read
from vivavoce.audio.errors import SoundFileError
from vivavoce.audio.frame import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE_HZ, Samples, silence
from vivavoce.transcripts.events import Seconds

TONE_HZ = 440


def tone(seconds: float = 1.0, rate_hz: int = SAMPLE_RATE_HZ) -> Samples:
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    return (0.5 * np.sin(2 * np.pi * TONE_HZ * time_s)).astype(np.float32)


def pitch_hz(sound: Samples) -> float:
    return float(np.abs(np.fft.rfft(sound)).argmax() * SAMPLE_RATE_HZ / len(sound))


def encoded(path: Path, codec: str, container: str) -> None:
    with av.open(str(path), "w", format=container) as file:
        stream = file.add_stream(codec, rate=48_000, layout="mono")
        assert isinstance(stream, av.AudioStream)
        sound = av.AudioFrame.from_ndarray(tone(rate_hz=48_000)[np.newaxis], format="fltp", layout="mono")
        sound.sample_rate = 48_000
        size = 1024 if codec == "aac" else 960
        fit = av.AudioResampler(stream.format.name, "mono", 48_000, frame_size=size)
        for frame in (*fit.resample(sound), *fit.resample(None), None):
            file.mux(stream.encode(frame))


def written(name: str, rate_hz: int, subtype: str, channels: int = 1) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        sound = np.stack([tone(rate_hz=rate_hz)] * channels, axis=1)
        soundfile.write(folder / name, sound, rate_hz, subtype=subtype)
        return folder / name

    return write


def compressed(name: str, codec: str, container: str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        encoded(folder / name, codec, container)
        return folder / name

    return write


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(written("a.wav", 16_000, "PCM_16"), id="16 bit"),
        pytest.param(written("a.wav", 8_000, "PCM_U8"), id="8 bit, 8 kHz"),
        pytest.param(written("a.wav", 96_000, "PCM_24", channels=2), id="24 bit, 96 kHz, stereo"),
        pytest.param(written("a.wav", 44_100, "FLOAT", channels=6), id="float, six channels"),
        pytest.param(written("a.flac", 48_000, "PCM_16"), id="flac"),
        pytest.param(written("a.ogg", 48_000, "VORBIS"), id="ogg vorbis"),
        pytest.param(written("a.mp3", 48_000, "MPEG_LAYER_III"), id="mp3"),
        pytest.param(compressed("a.ogg", "libopus", "ogg"), id="ogg opus"),
        pytest.param(compressed("a.webm", "libopus", "webm"), id="webm"),
        pytest.param(compressed("a.m4a", "aac", "ipod"), id="m4a"),
        pytest.param(compressed("a.mp4", "libmp3lame", "mp4"), id="mp3 in mp4"),
    ],
)
def test_every_usual_format_is_read_as_16_khz_mono(write: Callable[[Path], Path], tmp_path: Path) -> None:
    sound = read(write(tmp_path))
    assert sound.dtype == np.float32
    assert len(sound) == pytest.approx(SAMPLE_RATE_HZ, abs=1200)  # encoders pad by up to 72 ms
    assert pitch_hz(sound) == pytest.approx(TONE_HZ, abs=2)
    assert np.sqrt(np.square(sound[2000:14_000]).mean()) == pytest.approx(0.5 / np.sqrt(2), abs=0.03)


def test_a_file_at_the_inner_rate_comes_back_sample_by_sample(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", tone(), SAMPLE_RATE_HZ, subtype="FLOAT")
    np.testing.assert_array_equal(read(tmp_path / "a.wav"), tone())


def test_a_long_file_has_no_seams(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", tone(5.0, 48_000), 48_000, subtype="FLOAT")
    np.testing.assert_allclose(read(tmp_path / "a.wav")[100:-100], tone(5.0)[100:-100], atol=1e-3)


def test_sound_beyond_full_scale_is_made_quieter_as_a_whole(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", 8 * tone(), SAMPLE_RATE_HZ, subtype="FLOAT")
    np.testing.assert_allclose(read(tmp_path / "a.wav"), 2 * tone(), atol=1e-6)


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.mp3"])
def test_a_file_that_was_cut_short_is_read_as_far_as_it_goes(name: str, tmp_path: Path) -> None:
    soundfile.write(tmp_path / name, tone(2.0), SAMPLE_RATE_HZ)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    assert len(read(tmp_path / name)) == pytest.approx(SAMPLE_RATE_HZ, rel=0.3)


def not_numbers(path: Path) -> None:
    sound = tone()
    sound[100] = np.nan
    soundfile.write(path, sound, SAMPLE_RATE_HZ, subtype="FLOAT")


def playlist(path: Path) -> None:
    soundfile.write(path.with_name("other.mp3"), tone(), SAMPLE_RATE_HZ)
    path.write_text(
        f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{path.with_name('other.mp3')}\n#EXT-X-ENDLIST\n"
    )


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        pytest.param(lambda path: None, "no such file", id="missing"),
        pytest.param(lambda path: path.mkdir(), "not a file", id="folder"),
        pytest.param(lambda path: path.write_bytes(b""), "empty", id="empty"),
        pytest.param(lambda path: path.write_text("not sound\n" * 500), "not a sound file", id="text"),
        pytest.param(lambda path: path.write_bytes(os.urandom(9999)), "not a sound file", id="noise"),
        pytest.param(lambda path: path.write_bytes(b"RIFF\0\0\0\0WAVEfmt "), "not a sound file", id="header"),
        pytest.param(lambda path: soundfile.write(path, tone(0.05), 16_000), "less than 0.1 s", id="click"),
        pytest.param(not_numbers, "not numbers", id="nan"),
        pytest.param(playlist, "not a sound file", id="playlist"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(
    spoil: Callable[[Path], object], says: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "answer.wav"
    spoil(path)
    with pytest.raises(SoundFileError, match=says) as refused:
        read(path)
    assert "\n" not in str(refused.value)
    assert str(path) in str(refused.value)
    assert capfd.readouterr().err == ""


@given(st.integers(0, 5 * FRAME_SAMPLES), st.floats(0, 0.2))
def test_a_file_microphone_hears_the_file_and_then_silence(length: int, then: float) -> None:
    sound = np.ones(length, dtype=np.float32)
    frames = list(FileMicrophone([sound], paced=False, then_silence=Seconds(then)).frames())
    assert len(frames) == math.ceil((length + then * SAMPLE_RATE_HZ) / FRAME_SAMPLES)
    heard = np.concatenate([silence(0), *(frame.samples for frame in frames)])
    np.testing.assert_array_equal(heard[:length], sound)
    assert not heard[length:].any()


def test_silence_may_last_for_ever() -> None:
    frames = FileMicrophone([tone(0.01)], paced=False, then_silence=Seconds(math.inf)).frames()
    starts = [next(frames).start for _ in range(1000)]
    assert starts[-1] == 999 * FRAME_SAMPLES


def test_a_paced_microphone_keeps_the_pace_of_the_clock_even_if_its_listener_dawdles() -> None:
    began = time.monotonic()
    late = []
    for number, _ in enumerate(FileMicrophone([tone(0.96)], paced=True).frames(), start=1):
        late.append(time.monotonic() - began - number * FRAME_SECONDS)
        assert late[-1] >= -0.001  # never before the sound was there
        if number == 3:
            time.sleep(0.5)
    assert late[-1] < 0.4  # it has caught up: the dawdling was not added to what follows
