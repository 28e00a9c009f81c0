from pathlib import Path

import pytest

from tests.simulator.session_folders import held


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a home in it, which holds two sessions."""
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    held("2026-01-01-0900-first")
    held("2026-01-02-0900-second")
    return tmp_path
