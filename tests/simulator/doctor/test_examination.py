"""What `vivavoce doctor` says of what leaves this machine, and that looking leaves nothing."""

from pathlib import Path

import pytest

from vivavoce.simulator.doctor import examination
from vivavoce.simulator.settings import Settings

CHAT, SPEECH, HEARING = (f"http://127.0.0.1:{port}/v1" for port in (8001, 8002, 8003))


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        pytest.param(Settings(), "nothing is sent anywhere: no server is configured", id="none"),
        pytest.param(
            Settings(llm_base_url=CHAT), f"nothing is sent but to your servers: chat {CHAT}", id="chat"
        ),
        pytest.param(
            Settings(llm_base_url=CHAT, speech_base_url=SPEECH, transcription_base_url=HEARING),
            f"nothing is sent but to your servers: chat {CHAT}, speech {SPEECH}, transcription {HEARING}",
            id="all",
        ),
    ],
)
def test_where_anything_is_sent_is_said_in_one_line(
    settings: Settings, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examination, "OVERRULED", [])
    check = examination.network(settings)

    assert examination.page([check]) == f"ok    network: {found}"
    assert examination.to_json([check])["checks"] == [
        {"name": "network", "status": "ok", "found": found, "advice": ""}
    ]


def test_what_the_environment_asked_for_in_vain_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examination, "OVERRULED", ["ORT_DISABLE_TELEMETRY"])

    found = examination.network(Settings()).found

    assert found.endswith("is configured (ORT_DISABLE_TELEMETRY in the environment is not heeded)")


def test_a_disk_is_tried_without_a_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))

    checked = examination.disk()

    assert checked.status == "ok"
    assert list(tmp_path.iterdir()) == []


def test_a_home_that_cannot_be_made_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", "/proc/vivavoce")

    checked = examination.disk()

    assert checked.status == "fail"
    assert "/proc/vivavoce cannot be written" in checked.found
    assert checked.advice == "set VIVAVOCE_HOME elsewhere"
