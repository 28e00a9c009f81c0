import resource
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile

from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples, silence
from vivavoce.simulator.engine.recorder import Recorder
from vivavoce.simulator.errors import RecorderError
from vivavoce.transcripts.journal import recording

QUIET = silence(FRAME_SAMPLES)
BLOCK_BYTES = FRAME_SAMPLES * recording.BLOCK_BYTES


def tone(level: float) -> Samples:
    return np.full(FRAME_SAMPLES, level, dtype=np.float32)


def recorded(folder: Path) -> Samples:
    samples, rate = soundfile.read(folder / "sound.wav", dtype="float32", always_2d=True)
    assert rate == SAMPLE_RATE_HZ
    return np.asarray(samples, dtype=np.float32)


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file of this process grow past `size` bytes, as a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_the_candidate_is_left_and_the_interviewer_right(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path)
    recorder.write(tone(0.5), tone(-0.25))
    recorder.close()

    sound = recorded(tmp_path)

    assert sound.shape == (FRAME_SAMPLES, 2)
    np.testing.assert_allclose(sound[:, 0], 0.5, atol=1e-4)
    np.testing.assert_allclose(sound[:, 1], -0.25, atol=1e-4)


def test_the_file_is_whole_after_every_block_without_being_closed(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path)
    for blocks in range(20):
        with wave.open(str(tmp_path / "sound.wav")) as file:
            assert file.getnframes() == blocks * FRAME_SAMPLES
        assert len(recorded(tmp_path)) == blocks * FRAME_SAMPLES
        recorder.write(QUIET, QUIET)
    recorder.close()


def test_sound_beyond_full_scale_is_clipped_and_does_not_wrap(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path)
    recorder.write(tone(1.7), tone(-1.7))
    recorder.close()

    np.testing.assert_allclose(recorded(tmp_path), [[1.0, -1.0]] * FRAME_SAMPLES, atol=1e-4)


def test_a_recording_is_never_overwritten(tmp_path: Path) -> None:
    Recorder(tmp_path).close()

    with pytest.raises(RecorderError, match="start a new session"):
        Recorder(tmp_path)


def test_sides_of_different_length_are_refused(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path)

    with pytest.raises(ValueError, match="same shape"):
        recorder.write(QUIET, QUIET[1:])
    recorder.close()


@pytest.mark.parametrize("left_over", [0, 1, 1000, BLOCK_BYTES - 1])
def test_a_full_disk_is_reported_once_and_costs_only_the_block_that_did_not_fit(
    tmp_path: Path, left_over: int
) -> None:
    recorder = Recorder(tmp_path)
    with room_for(recording.HEADER_BYTES + 3 * BLOCK_BYTES + left_over):
        for _ in range(3):
            recorder.write(tone(0.5), QUIET)
        with pytest.raises(RecorderError, match=r"^[^\n]*free some disk space$"):
            recorder.write(tone(0.5), QUIET)
        recorder.write(tone(0.5), QUIET)
    recorder.close()

    assert len(recorded(tmp_path)) == 3 * FRAME_SAMPLES


def test_a_folder_that_is_not_there_is_an_error_for_the_user(tmp_path: Path) -> None:
    with pytest.raises(RecorderError, match="cannot record"):
        Recorder(tmp_path / "nowhere")


def test_the_file_has_the_rate_of_the_engine() -> None:
    assert recording.RATE_HZ == SAMPLE_RATE_HZ
