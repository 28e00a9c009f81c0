"""A session that is heard once more, with a real recogniser."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.simulator.session_folders import held
from vivavoce.audio.devices.sound_files import read
from vivavoce.audio.models.store import locate
from vivavoce.simulator.commands.main import main
from vivavoce.transcripts.journal.recording import NAME as SOUND
from vivavoce.transcripts.library import sessions

RECORDING = Path(__file__).parents[3] / "simulator" / "practice" / "recordings" / "failure.flac"


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")  # so that it looks into the home that was there before
def weights() -> Path:
    return locate("tiny.en").parent


@pytest.mark.e2e
def test_what_was_said_is_recognised_anew_and_the_old_session_stays(
    weights: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (own / "models").symlink_to(weights)
    folder = held("2026-01-01-0900-first")
    voice = read(RECORDING)[: 16_000 * 12]
    silent = np.zeros((16_000 * 3, 2), dtype=np.float32)
    soundfile.write(
        folder / SOUND, np.vstack([silent, np.stack([voice, 0 * voice], axis=1)]), 16_000, subtype="PCM_16"
    )
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    assert main(["again", "2026-01-01", "--model", "tiny.en"]) == 0
    new = sessions.find(capsys.readouterr().out.strip())
    told = (new / "transcript.md").read_text("utf-8")
    assert "ranking model" in told.lower()
    assert "I rewrote the features" not in told
    assert "Tell me about a slow model." in told
    assert "tiny.en" in (new / "session.json").read_text("utf-8")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_without_a_recording_there_is_nothing_to_hear(capsys: pytest.CaptureFixture[str]) -> None:
    (held("2026-01-01-0900-first") / SOUND).unlink()

    assert main(["again", "2026-01-01"]) == 2
    assert "no recording" in capsys.readouterr().err
    assert len(sessions.folders()) == 1


def test_a_broken_recording_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    (held("2026-01-01-0900-first") / SOUND).write_bytes(b"RIFF" + b"x" * 99)

    assert main(["again", "2026-01-01"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert len(sessions.folders()) == 1
