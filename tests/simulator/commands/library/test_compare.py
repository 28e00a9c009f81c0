"""`vivavoce compare`."""

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


def test_compare_shows_both_takes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "2026-01-01", "2026-01-02", "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert {one["kind"] for answer in row["answers"] for one in answer["sentences"]} == {"kept"}
    assert main(["compare", "2026-01-01", "2026-01-02"]) == 0
    assert "(+ added, - lost, ~ moved)" in capsys.readouterr().out
    assert main(["compare", "2026-01-01", "nothing"]) == 2
