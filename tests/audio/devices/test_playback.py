import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivavoce.audio.devices.playback import DUCK_SAMPLES, EDGE_SAMPLES, REWIND_SAMPLES, STOP_SAMPLES, Playback
from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples, silence

TONE_HZ = 200
# A full-scale tone moves this much from sample to sample; the shortest fade adds its steepest step.
STEEPEST = 2 * np.pi * TONE_HZ / SAMPLE_RATE_HZ + np.pi / 2 / EDGE_SAMPLES + 1e-4


def tone(seconds: float, start: int = 0) -> Samples:
    n = start + np.arange(round(seconds * SAMPLE_RATE_HZ))
    return np.cos(2 * np.pi * TONE_HZ * n / SAMPLE_RATE_HZ).astype(np.float32)


def saying(seconds: float) -> Playback:
    playback = Playback()
    playback.say(tone(seconds))
    playback.finish()
    return playback


def blocks(playback: Playback, count: int) -> Samples:
    return np.concatenate([playback.next() for _ in range(count)])


def rest(playback: Playback) -> Samples:
    taken = [silence(0)]
    while playback.speaking:
        taken.append(playback.next())
    return np.concatenate(taken)


def seconds_of(samples: int) -> float:
    return samples / SAMPLE_RATE_HZ


def test_between_lines_there_is_silence() -> None:
    playback = Playback()
    assert not playback.next().any()
    assert not playback.speaking
    assert playback.heard == 0


def test_a_line_is_said_once_and_unchanged_but_for_its_edges() -> None:
    playback = saying(0.5)
    said = rest(playback)
    inner = slice(EDGE_SAMPLES, SAMPLE_RATE_HZ // 2 - EDGE_SAMPLES)
    np.testing.assert_array_equal(said[inner], tone(0.5)[inner])
    assert not said[SAMPLE_RATE_HZ // 2 :].any()
    assert playback.heard == pytest.approx(0.5)


def test_the_chunks_of_a_line_join_without_a_seam() -> None:
    whole, parts = saying(1.0), Playback()
    for start in range(0, SAMPLE_RATE_HZ, 1600):
        parts.say(tone(0.1, start))
    parts.finish()
    np.testing.assert_array_equal(rest(parts), rest(whole))


def test_a_duck_is_silent_within_100_ms_and_stays_so_while_the_line_waits() -> None:
    playback = saying(2.0)
    blocks(playback, 10)
    playback.duck()
    ducked = blocks(playback, 50)
    assert np.abs(ducked[:400]).max() > 0.8  # it fades, it does not break off
    assert not ducked[DUCK_SAMPLES:].any()
    assert 40 <= DUCK_SAMPLES / 16 <= 100
    assert playback.speaking
    assert playback.heard == pytest.approx(seconds_of(10 * FRAME_SAMPLES + DUCK_SAMPLES), abs=1e-3)


def test_after_a_duck_the_line_goes_on_from_slightly_before_where_it_went_silent() -> None:
    playback = saying(2.0)
    blocks(playback, 10)
    playback.duck()
    blocks(playback, 50)
    playback.unduck()
    went = 10 * FRAME_SAMPLES + DUCK_SAMPLES - 1  # the last gain of the fade is 0
    left = np.flatnonzero(rest(playback))[-1]
    assert left == pytest.approx(2 * SAMPLE_RATE_HZ - went + REWIND_SAMPLES, abs=EDGE_SAMPLES)
    assert playback.heard == pytest.approx(2.0)


def test_a_duck_that_is_called_off_at_once_repeats_nothing() -> None:
    playback = saying(1.0)
    blocks(playback, 10)
    playback.duck()
    assert playback.next().any()
    playback.unduck()
    assert len(rest(playback)) == -(-(SAMPLE_RATE_HZ - 11 * FRAME_SAMPLES) // FRAME_SAMPLES) * FRAME_SAMPLES


def test_a_duck_early_in_a_line_starts_it_again() -> None:
    playback = saying(1.0)
    playback.next()
    playback.duck()
    blocks(playback, 4)
    playback.unduck()
    assert np.flatnonzero(rest(playback))[-1] == pytest.approx(SAMPLE_RATE_HZ, abs=3)


def test_a_line_that_is_ducked_before_its_first_chunk_came_stays_silent() -> None:
    playback = Playback()
    playback.say(silence(0))
    playback.duck()
    playback.say(tone(1.0))
    assert not blocks(playback, 5).any()
    playback.unduck()
    assert blocks(playback, 5).any()


def test_a_stop_fades_within_20_ms_and_drops_the_rest() -> None:
    playback = saying(2.0)
    blocks(playback, 10)
    playback.stop()
    assert playback.speaking  # the fade is still to be played
    tail = playback.next()
    assert tail[:STOP_SAMPLES].any()
    assert STOP_SAMPLES / 16 <= 20
    assert not tail[STOP_SAMPLES:].any()
    assert not playback.speaking
    assert playback.heard == pytest.approx(seconds_of(10 * FRAME_SAMPLES + STOP_SAMPLES), abs=1e-3)


def test_a_line_begun_right_after_a_stop_follows_the_fade() -> None:
    playback = saying(2.0)
    blocks(playback, 10)
    playback.stop()
    playback.say(tone(0.5))
    playback.finish()
    said = rest(playback)
    assert not said[STOP_SAMPLES:FRAME_SAMPLES].any()
    assert len(np.flatnonzero(said[FRAME_SAMPLES:])) == pytest.approx(SAMPLE_RATE_HZ / 2, abs=200)
    assert playback.heard == pytest.approx(0.5)


def test_a_stop_while_ducked_is_immediate() -> None:
    playback = saying(2.0)
    blocks(playback, 10)
    playback.duck()
    blocks(playback, 5)
    playback.stop()
    assert not playback.speaking


def test_a_starved_line_is_silent_but_still_being_said_and_loses_nothing() -> None:
    playback = Playback()
    playback.say(tone(0.5))
    blocks(playback, 40)
    assert playback.speaking
    assert not blocks(playback, 10).any()
    playback.say(tone(0.5, SAMPLE_RATE_HZ // 2))
    playback.finish()
    said = rest(playback)
    assert said.any()
    assert playback.heard == pytest.approx(1.0)


@pytest.mark.parametrize("mute", [Playback.duck, Playback.unduck, Playback.stop, Playback.finish])
def test_between_lines_no_command_has_an_effect(mute: object) -> None:
    assert callable(mute)
    playback = Playback()
    mute(playback)
    assert not playback.speaking
    playback.say(tone(0.5))
    playback.finish()
    assert np.count_nonzero(rest(playback)) > 7000


COMMANDS = st.lists(
    st.sampled_from(["say", "next", "next", "next", "finish", "duck", "unduck", "stop"]), max_size=80
)


def perform(commands: list[str], chunk: int) -> Samples:
    playback, said, taken = Playback(), 0, [silence(0)]
    for command in commands:
        if command == "say":
            playback.say(tone(chunk / SAMPLE_RATE_HZ, said))
            said += chunk
        elif command == "next":
            taken.append(playback.next())
        else:
            getattr(playback, command)()
            said = 0 if command in ("stop", "finish") else said
    return np.concatenate(taken)


@given(COMMANDS, st.integers(1, 3000))
@settings(max_examples=100, deadline=None)
def test_whatever_happens_there_is_no_click_no_clipping_and_no_chance(
    commands: list[str], chunk: int
) -> None:
    out = perform(commands, chunk)
    assert np.abs(out).max(initial=0) <= 1
    assert np.abs(np.diff(out, prepend=np.float32(0))).max(initial=0) <= STEEPEST
    np.testing.assert_array_equal(out, perform(commands, chunk))
