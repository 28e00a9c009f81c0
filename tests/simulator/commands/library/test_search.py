"""`vivavoce search`."""

import json

import pytest

from vivavoce.simulator.commands.main import main


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
