"""`vivavoce search`."""

import json
from pathlib import Path

import pytest

from tests.simulator.shelves import held
from vivavoce.simulator.commands.main import main


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    held("2026-01-01-0900-first")
    held("2026-01-02-0900-second")
    return tmp_path


def test_search_names_session_time_and_speaker(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "latency"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("2026-01-0")
    assert "[00:04] candidate: " in lines[0]
    assert main(["search", "slow model", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {(row["schema"], row["speaker"]) for row in rows} == {(1, "interviewer"), (1, "candidate")}
    assert main(["search", "xylophone"]) == 0
    assert "Nothing was found" in capsys.readouterr().out
