import numpy as np
import pytest

from benchmarks.in_browser import recording
from vivavoce.audio.devices import sound_check
from vivavoce.audio.devices.echo import CancelEcho, HalfDuplex, Headphones
from vivavoce.audio.devices.sound_check import Hearing, decide, find_echo, guard, hearing
from vivavoce.audio.devices.virtual_room import EchoingRoom
from vivavoce.audio.errors import DeviceError
from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples, silence
from vivavoce.transcripts.events import Seconds

LENGTH = 140 * FRAME_SAMPLES
LINE = np.concatenate([recording("result")[: 3 * SAMPLE_RATE_HZ], silence(LENGTH)])[:LENGTH]
TONE = np.sin(np.arange(LENGTH) / 3).astype(np.float32)


def noise(count: int, dbfs: float = -60.0, seed: int = 0) -> Samples:
    return (10 ** (dbfs / 20) * np.random.default_rng(seed).standard_normal(count)).astype(np.float32)


def room(gain_db: float, delay: float = 0.12, reverberation: float = 0.25) -> Samples:
    """Return what is heard of LINE, in a room with noise at -60 dBFS."""
    echoing = EchoingRoom(gain_db=gain_db, delay=Seconds(delay), reverberation=Seconds(reverberation))
    return echoing.hear(noise(LENGTH, seed=1), LINE)


def louder_than(dbfs: float) -> sound_check.LikeSpeech:
    """An ear that takes whatever is louder than that for speech."""
    return lambda sound: float(10 * np.log10(np.square(sound).mean() + 1e-12) > dbfs)


@pytest.mark.parametrize("delay", [0.02, 0.12, 0.45])
@pytest.mark.parametrize("gain_db", [-40.0, -12.0, 3.0])
def test_delay_and_level_of_an_echo_are_found(delay: float, gain_db: float) -> None:
    echo = find_echo(noise(SAMPLE_RATE_HZ), LINE, room(gain_db, delay))
    assert echo.delay == pytest.approx(delay, abs=0.002)
    assert echo.against_played_db == pytest.approx(gain_db, abs=3.0)
    played = 10 * np.log10(np.square(LINE[np.abs(LINE) > 0.01]).mean())
    assert echo.above_room_db == pytest.approx(gain_db + played + 60, abs=8.0)


@pytest.mark.parametrize(
    "heard",
    [
        pytest.param(noise(LENGTH), id="noise"),
        pytest.param(silence(LENGTH), id="zeros"),
        pytest.param(0.1 * TONE, id="a tone"),
        pytest.param(np.roll(recording("failure")[:LENGTH], 9000), id="somebody else"),
    ],
)
def test_where_there_is_no_echo_none_is_found(heard: Samples) -> None:
    assert find_echo(noise(SAMPLE_RATE_HZ), LINE, heard).delay is None


def test_an_echo_that_comes_before_its_sound_is_none() -> None:
    late = np.concatenate([silence(3000), LINE])[:LENGTH]
    assert find_echo(noise(SAMPLE_RATE_HZ), late, LINE).delay is None


def test_where_nothing_comes_back_nothing_is_taken_out() -> None:
    verdict = decide(noise(SAMPLE_RATE_HZ), LINE, noise(LENGTH, seed=2), louder_than(-50))
    assert verdict.choice == "browser"
    assert isinstance(verdict.guard, Headphones)


def test_an_echo_that_our_canceller_takes_out_leaves_the_candidate_heard() -> None:
    verdict = decide(noise(SAMPLE_RATE_HZ), LINE, room(-12), louder_than(-50))
    assert verdict.choice == "ours"
    assert isinstance(verdict.guard, CancelEcho)


def test_an_echo_that_it_leaves_is_not_listened_to() -> None:
    verdict = decide(noise(SAMPLE_RATE_HZ), LINE, room(-12), lambda sound: 1.0)
    assert (verdict.choice, verdict.disturbed) == ("half-duplex", False)
    assert isinstance(verdict.guard, HalfDuplex)


def test_an_echo_is_heeded_even_where_the_ear_missed_it() -> None:
    assert decide(noise(SAMPLE_RATE_HZ), LINE, room(-30), lambda sound: 0.0).choice == "ours"


def test_who_talks_meanwhile_is_no_echo() -> None:
    talk = recording("failure")[:LENGTH]
    verdict = decide(noise(SAMPLE_RATE_HZ), LINE, talk, louder_than(-50))
    assert (verdict.choice, verdict.disturbed) == ("half-duplex", True)


@pytest.mark.parametrize(
    ("played", "heard"),
    [(LINE, LINE[1:]), (silence(LENGTH), noise(LENGTH)), (silence(0), silence(0))],
    ids=["another length", "nothing played", "nothing at all"],
)
def test_a_check_that_says_nothing_is_refused(played: Samples, heard: Samples) -> None:
    with pytest.raises(ValueError, match="need sound"):
        decide(noise(100), played, heard, louder_than(-50))


def test_where_the_canceller_does_not_run_the_interviewer_is_not_listened_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing() -> CancelEcho:
        raise DeviceError("not here")

    monkeypatch.setattr(sound_check, "CancelEcho", missing)
    assert not guard("ours").two_way
    assert decide(noise(SAMPLE_RATE_HZ), LINE, room(-12), louder_than(-50)).choice == "half-duplex"


SAID = recording("result")[: 2 * SAMPLE_RATE_HZ]


@pytest.mark.parametrize(
    ("said", "spoke", "found"),
    [
        (SAID, True, "well"),
        (SAID * np.float32(0.01), True, "quiet"),
        (noise(SAMPLE_RATE_HZ), False, "nothing"),
        ((SAID * np.float32(30)).clip(-1, 1), True, "clipping"),
        (silence(SAMPLE_RATE_HZ), False, "zeros"),
        (silence(0), False, "zeros"),
    ],
)
def test_how_the_microphone_does(said: Samples, spoke: bool, found: Hearing) -> None:
    assert hearing(said, said, spoke=spoke) == found
