from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a person who has nothing yet; answers are read by their words alone."""
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    monkeypatch.setattr("vivavoce.simulator.engine.answer_reader.embedding", lambda _: None)
    return tmp_path
