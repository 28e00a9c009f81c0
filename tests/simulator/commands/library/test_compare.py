"""`vivavoce compare`."""

import json

import pytest

from vivavoce.simulator.commands.main import main


def test_compare_shows_both_takes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "2026-01-01", "2026-01-02", "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert {one["kind"] for answer in row["answers"] for one in answer["sentences"]} == {"kept"}
    assert main(["compare", "2026-01-01", "2026-01-02"]) == 0
    assert "(+ added, - lost, ~ moved)" in capsys.readouterr().out
    assert main(["compare", "2026-01-01", "nothing"]) == 2
