"""Which channels of a file are sides of a call: noise in the rhythm of talk stands in for voices."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from vivavoce.audio.devices.channels import RAISED_DBFS, Side, mixed, sides
from vivavoce.audio.errors import SoundFileError
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples, silence
from vivavoce.audio.voices.loudness import active_rms, amplitude
from vivavoce.transcripts.events import Seconds

CHANCE = np.random.default_rng(4)
ASKED, TOLD = (0.5, 4.0), (4.5, 14.0)  # seconds from when till when each side talks
SECOND = SAMPLE_RATE_HZ
LENGTH = 15 * SECOND


def noise(dbfs: float, length: int = LENGTH) -> Samples:
    return (amplitude(dbfs) * CHANCE.standard_normal(length)).astype(np.float32)


def talk(start: float, end: float, dbfs: float = -20.0) -> Samples:
    """Return bursts of noise, four a second, with a pause after every sixth."""
    at = np.arange(LENGTH) / SAMPLE_RATE_HZ
    syllable = np.abs(np.sin(2 * np.pi * 2 * at)) * (at % 1.75 < 1.5) * (at >= start) * (at < end)
    return (syllable * noise(dbfs)).astype(np.float32)


ONE, OTHER = talk(*ASKED), talk(*TOLD)
BOTH = ONE + OTHER


def late(sound: Samples, seconds: float) -> Samples:
    return np.concatenate([silence(int(seconds * SAMPLE_RATE_HZ)), sound])[:LENGTH]


def leaking(db: float, seconds: float) -> list[Samples]:
    part = np.float32(amplitude(db))
    return [ONE + part * late(OTHER, seconds), OTHER + part * late(ONE, seconds)]


def found(folder: Path, *channels: Samples, name: str = "a.wav", rate_hz: int = SAMPLE_RATE_HZ) -> list[Side]:
    path = folder / name
    soundfile.write(path, np.stack(channels, axis=1), rate_hz)
    return sides(path)


def sound(side: Side) -> Samples:
    return np.concatenate(list(side.sound()))


def alike(one: Samples, other: Samples) -> float:
    return float(np.corrcoef(one, other[: len(one)])[0, 1])


@pytest.mark.parametrize(
    "channels",
    [
        pytest.param([ONE, OTHER], id="apart"),
        pytest.param([ONE + noise(-55), OTHER + noise(-70)], id="with noise"),
        pytest.param([ONE, np.float32(amplitude(-25)) * OTHER], id="one far quieter"),
        pytest.param([ONE + noise(-52), np.float32(amplitude(-25)) * OTHER], id="one quiet, one with noise"),
        pytest.param(leaking(-20, 0.12), id="an echo"),
        pytest.param(leaking(-9, 0.02), id="one room"),
        pytest.param([ONE + talk(8.0, 8.5, -24), OTHER], id="a nod into the answer"),
        pytest.param([ONE, talk(3.0, 14.0)], id="talk over each other"),
        pytest.param([ONE, 0 * ONE, OTHER, noise(-65)], id="four channels, two in use"),
        pytest.param([ONE, talk(4.5, 9.0), talk(9.5, 14.0)], id="three sides"),
        pytest.param([ONE, OTHER, BOTH], id="a mix behind them"),
        pytest.param([ONE, OTHER, BOTH / 2 + noise(-65)], id="a quieter mix with noise"),
    ],
)
def test_the_sides_of_a_call_are_heard_apart(channels: list[Samples], tmp_path: Path) -> None:
    first, second, *_ = map(sound, found(tmp_path, *channels))

    asking, telling = slice(*(SECOND * at for at in (1, 2))), slice(*(SECOND * at for at in (5, 7)))
    assert alike(first[asking], ONE[asking]) > 0.9
    assert active_rms(second[asking]) < amplitude(-45)
    assert active_rms(second[telling]) > amplitude(-50)
    assert active_rms(first[telling]) < amplitude(-40)


@pytest.mark.parametrize(
    ("count", "names"),
    [(2, ["Channel 1 (left)", "Channel 2 (right)"]), (3, ["Channel 1", "Channel 3"])],
)
def test_a_side_is_called_by_its_channel(count: int, names: list[str], tmp_path: Path) -> None:
    channels = [ONE, OTHER] if count == 2 else [ONE, 0 * ONE, OTHER]

    assert [side.name for side in found(tmp_path, *channels)] == names


@pytest.mark.parametrize(
    "channels",
    [
        pytest.param([BOTH], id="mono"),
        pytest.param([BOTH, BOTH], id="the same twice"),
        pytest.param([BOTH, -BOTH], id="inverted"),
        pytest.param([BOTH, -0.8 * BOTH], id="inverted and quieter"),
        pytest.param([0.7 * BOTH, -BOTH, 0 * BOTH], id="inverted, of three"),
        pytest.param([0 * BOTH, BOTH], id="one silent"),
        pytest.param([noise(-60), BOTH], id="one with noise alone"),
        pytest.param([BOTH, late(0.7 * BOTH, 0.0005)], id="a pair of microphones"),
        pytest.param([BOTH] * 6, id="six channels"),
        pytest.param([BOTH, *[0 * BOTH] * 5], id="six channels, one in use"),
    ],
)
def test_one_sound_is_heard_whole(channels: list[Samples], tmp_path: Path) -> None:
    (heard,) = found(tmp_path, *channels)

    whole = sound(heard)
    assert heard.name == ""
    assert abs(alike(whole, BOTH)) > 0.8
    assert active_rms(whole) > 0.5 * active_rms(BOTH)


@pytest.mark.parametrize("gain", [0.3, 0.5, 1.0, 2.0])
def test_a_mix_beside_two_sides_is_no_side(gain: float, tmp_path: Path) -> None:
    mix = np.float32(gain) * BOTH

    names = ["Channel 2", "Channel 3"]
    assert [side.name for side in found(tmp_path, mix, ONE + noise(-60), OTHER)] == names
    quiet = np.float32(amplitude(-20)) * OTHER
    assert [side.name for side in found(tmp_path, np.float32(gain) * (ONE + quiet), ONE, quiet)] == names


def test_three_in_one_room_are_three_sides(tmp_path: Path) -> None:
    each, leak = [ONE, talk(4.5, 9.0), talk(9.5, 14.0)], np.float32(amplitude(-9))
    heard = [leak * sum(each) + (1 - leak) * own for own in each]

    assert len(found(tmp_path, *heard)) == 3


def test_channels_that_are_the_same_are_known(tmp_path: Path) -> None:
    assert [side.alike for side in found(tmp_path, BOTH, BOTH)] == [True]
    assert [side.alike for side in found(tmp_path, BOTH, 0 * BOTH)] == [False]
    assert [side.alike for side in found(tmp_path, BOTH)] == [False]


def test_a_little_talk_on_each_channel_alone_makes_no_call(tmp_path: Path) -> None:
    assert len(found(tmp_path, OTHER + talk(0.0, 2.0), OTHER + talk(2.2, 4.2))) == 1


def test_what_is_one_sound_comes_back_sample_by_sample(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", BOTH, SAMPLE_RATE_HZ, subtype="FLOAT")

    np.testing.assert_array_equal(sound(mixed(tmp_path / "a.wav")), BOTH)


def test_an_inverted_channel_at_another_rate_and_in_another_format(tmp_path: Path) -> None:
    slow = BOTH[::2].copy()
    (heard,) = found(tmp_path, slow, -slow, name="a.flac", rate_hz=8000)

    assert active_rms(sound(heard)) > 0.5 * active_rms(slow)


@pytest.mark.parametrize("dbfs", [-44, -48, -54, -60])
def test_very_quiet_talk_is_raised(dbfs: float, tmp_path: Path) -> None:
    quiet = BOTH * np.float32(amplitude(dbfs) / active_rms(BOTH))

    (heard,) = found(tmp_path, quiet)

    assert active_rms(sound(heard)) == pytest.approx(amplitude(RAISED_DBFS), rel=0.5)


def test_a_quiet_side_is_raised_though_a_loud_one_leaks_in(tmp_path: Path) -> None:
    quiet = np.float32(amplitude(-32)) * OTHER + np.float32(amplitude(-16)) * ONE

    _, second = found(tmp_path, ONE, quiet)

    assert active_rms(sound(second)) > amplitude(-33)


@pytest.mark.parametrize("click", [0.9, 0.0])
def test_a_click_does_not_make_quiet_talk_loud(click: float, tmp_path: Path) -> None:
    quiet = BOTH * np.float32(amplitude(-54) / active_rms(BOTH))
    quiet[1000:1400] += np.float32(click)

    (heard,) = found(tmp_path, quiet)

    assert active_rms(sound(heard)[16_000:]) > amplitude(-34)


def test_silence_is_raised_as_little_as_can_be_and_is_no_call(tmp_path: Path) -> None:
    (heard,) = found(tmp_path, 0 * BOTH, noise(-95))

    assert active_rms(sound(heard)) < amplitude(-50)


@pytest.mark.parametrize(
    ("write", "says"),
    [
        (lambda path: path.write_bytes(b""), "empty"),
        (lambda path: soundfile.write(path, np.zeros((0, 2)), 16_000), "less than 0.1 s"),
        (lambda path: soundfile.write(path, np.zeros((900, 2)), 16_000), "less than 0.1 s"),
    ],
)
def test_a_file_without_sound_is_refused(write: Callable[[Path], object], says: str, tmp_path: Path) -> None:
    write(tmp_path / "a.wav")

    with pytest.raises(SoundFileError, match=says):
        sides(tmp_path / "a.wav")


def test_more_sound_than_wanted_is_refused(tmp_path: Path) -> None:
    found(tmp_path, BOTH)

    with pytest.raises(SoundFileError, match="longer than 0 minutes; cut it"):
        sides(tmp_path / "a.wav", Seconds(10.0))


def test_a_channel_that_ends_early_is_a_side_all_the_same(tmp_path: Path) -> None:
    short = ONE.copy()
    short[5 * SECOND :] = 0

    assert len(found(tmp_path, short, OTHER)) == 2


def test_an_hour_takes_no_more_memory_than_a_minute(tmp_path: Path) -> None:
    with soundfile.SoundFile(tmp_path / "a.flac", "w", SAMPLE_RATE_HZ, 2) as file:
        for _ in range(40):
            file.write(np.stack([ONE, OTHER], axis=1))
    tracemalloc.start()
    for side in sides(tmp_path / "a.flac"):
        length = sum(map(len, side.sound()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert length == 40 * LENGTH  # 38 MB as samples of one channel
    assert peak < 8_000_000
