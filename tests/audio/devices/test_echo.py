import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivavoce.audio.devices.echo import LATENESS_SAMPLES, CancelEcho, EchoGuard, HalfDuplex, Headphones
from vivavoce.audio.devices.virtual_room import EchoingRoom
from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Frame, Samples, silence
from vivavoce.transcripts.events import Seconds

BLOCKS = 150  # 4.8 s


def babble(seed: int, level: float = 0.1) -> Samples:
    """Noise with the rhythm of syllables, shape (BLOCKS * FRAME_SAMPLES,)."""
    n = np.arange(BLOCKS * FRAME_SAMPLES)
    rhythm = np.clip(np.sin(2 * np.pi * 4 * n / SAMPLE_RATE_HZ), 0, 1)
    return (level * rhythm * np.random.default_rng(seed).standard_normal(len(n))).astype(np.float32)


def through(guard: EchoGuard, room: EchoingRoom, near: Samples, far: Samples) -> tuple[Samples, Samples]:
    """Return what the microphone heard, and what the guard made of it."""
    heard, cleaned = [], []
    for number in range(BLOCKS):
        here = slice(number * FRAME_SAMPLES, (number + 1) * FRAME_SAMPLES)
        frame = Frame(here.start, room.hear(near[here], far[here]), lost=number % 2)
        clean = guard.clean(frame, far[here])
        assert (clean.start, clean.lost, len(clean.samples)) == (frame.start, frame.lost, FRAME_SAMPLES)
        assert clean.samples.dtype == np.float32
        heard.append(frame.samples)
        cleaned.append(clean.samples)
    return np.concatenate(heard), np.concatenate(cleaned)


def energy_db(sound: Samples) -> float:
    return float(10 * np.log10(np.square(sound, dtype=np.float64).mean() + 1e-12))


NOBODY = silence(BLOCKS * FRAME_SAMPLES)
LATER = slice(3 * SAMPLE_RATE_HZ, None)


@pytest.mark.parametrize("delay", [0.06, 0.2])
@pytest.mark.parametrize("reverberation", [0.08, 0.25])
def test_the_echo_is_cancelled_once_the_room_is_known(delay: float, reverberation: float) -> None:
    room = EchoingRoom(delay=Seconds(delay), reverberation=Seconds(reverberation))
    heard, cleaned = through(CancelEcho(), room, NOBODY, babble(1))
    assert energy_db(heard[LATER]) - energy_db(cleaned[LATER]) > 20


def test_a_voice_survives_without_an_echo_and_its_place_is_constant() -> None:
    near = babble(2)
    _, cleaned = through(CancelEcho(), EchoingRoom(), near, NOBODY)
    late = [np.dot(cleaned[LATER][lag:], near[LATER][: len(near[LATER]) - lag]) for lag in range(500)]
    assert int(np.argmax(late)) == pytest.approx(LATENESS_SAMPLES, abs=2)
    assert energy_db(cleaned[LATER]) == pytest.approx(energy_db(near[LATER]), abs=1.0)


def test_a_voice_survives_over_the_interviewer() -> None:
    near = babble(3)
    near[: LATER.start] = 0
    _, cleaned = through(CancelEcho(), EchoingRoom(gain_db=-20), near, babble(4))
    assert energy_db(cleaned[LATER]) > energy_db(near[LATER]) - 6


def test_with_headphones_a_frame_is_left_alone() -> None:
    frame = Frame(512, babble(5)[:FRAME_SAMPLES])
    assert Headphones().clean(frame, babble(6)[:FRAME_SAMPLES]) is frame


def test_half_duplex_is_deaf_from_the_interviewers_first_sound_until_its_echo_has_died_away() -> None:
    far = babble(7)
    far[2 * SAMPLE_RATE_HZ :] = 0  # its last syllable ends at 1.875 s
    room = EchoingRoom(delay=Seconds(0.15))
    _, cleaned = through(HalfDuplex(Seconds(0.15)), room, babble(8), far)
    assert not cleaned[: round((1.875 + 0.45) * SAMPLE_RATE_HZ)].any()
    assert cleaned[round(2.6 * SAMPLE_RATE_HZ) :].any()


def test_half_duplex_listens_while_nobody_else_speaks() -> None:
    heard, cleaned = through(HalfDuplex(), EchoingRoom(), babble(9), NOBODY)
    np.testing.assert_array_equal(cleaned, heard)


@given(
    gain_db=st.floats(-40, 0),
    delay=st.floats(0, 0.3),
    reverberation=st.floats(0, 0.3),
    seed=st.integers(0, 9),
)
@settings(max_examples=20, deadline=None)
def test_a_room_answers_late_and_as_loud_as_it_was_asked_to(
    gain_db: float, delay: float, reverberation: float, seed: int
) -> None:
    room = EchoingRoom(delay=Seconds(delay), gain_db=gain_db, reverberation=Seconds(reverberation), seed=seed)
    click = silence(FRAME_SAMPLES)
    click[0] = 1.0
    heard = [room.hear(silence(FRAME_SAMPLES), click)]
    heard += [room.hear(silence(FRAME_SAMPLES), silence(FRAME_SAMPLES)) for _ in range(25)]
    echo = np.concatenate(heard)
    assert np.abs(echo[: round(delay * SAMPLE_RATE_HZ)]).max(initial=0) < 1e-6
    assert 10 * np.log10(np.square(echo).sum()) == pytest.approx(gain_db, abs=0.1)


def test_a_room_adds_its_echo_to_what_is_said_and_never_exceeds_full_scale() -> None:
    room = EchoingRoom(delay=Seconds(0.0), gain_db=0.0)
    loud = np.ones(FRAME_SAMPLES, dtype=np.float32)
    assert np.abs(room.hear(loud, loud)).max() == 1.0
    same, other = (EchoingRoom(seed=s).hear(silence(4000), babble(1)[:4000]) for s in (0, 1))
    np.testing.assert_array_equal(same, EchoingRoom(seed=0).hear(silence(4000), babble(1)[:4000]))
    assert not np.array_equal(same, other)
