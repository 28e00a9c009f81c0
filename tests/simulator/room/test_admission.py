import json
from pathlib import Path

import pytest

from vivavoce.audio.errors import ModelError
from vivavoce.simulator.live import recogniser_choice
from vivavoce.simulator.room import admission
from vivavoce.simulator.room.admission import held_by, most
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.events import Seconds

QUICK, SLOW = 0.04, 0.4  # seconds that a second of speech takes
SERVER = "http://localhost:9/v1"


@pytest.mark.parametrize(
    ("there", "slowness", "fewest", "most_of_all"),
    [
        pytest.param(2, QUICK, 3, 6, id="a laptop"),
        pytest.param(2, SLOW, 1, 1, id="a slow one"),
        pytest.param(1, 5.0, 1, 1, id="too slow for any, and one may try"),
        pytest.param(2, None, 6, 10, id="recognised elsewhere"),
        pytest.param(64, QUICK, 8, 8, id="many cores, one interpreter"),
    ],
)
def test_cores_and_their_speed_say_how_many(
    there: int, slowness: float | None, fewest: int, most_of_all: int
) -> None:
    assert fewest <= held_by(there, slowness) <= most_of_all


def test_more_cores_or_quicker_ones_never_hold_fewer() -> None:
    for there in range(1, 33):
        assert held_by(there, QUICK) <= held_by(there + 1, QUICK)
        assert held_by(there, SLOW) <= held_by(there, QUICK) <= held_by(there, None)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    monkeypatch.setattr(admission, "cores", lambda: 4)
    monkeypatch.setattr(recogniser_choice, "is_here", lambda name: name == "tiny.en")
    monkeypatch.setattr(recogniser_choice, "locate", Path)
    monkeypatch.setattr(recogniser_choice, "Whisper", lambda folder, jobs: object())
    monkeypatch.setattr(recogniser_choice, "seconds", lambda recogniser: Seconds(5 * QUICK))
    return tmp_path


@pytest.mark.parametrize(("wanted", "held"), [(0, held_by(4, QUICK)), (2, 2), (100, held_by(4, QUICK))])
def test_a_setting_lowers_it_and_cannot_raise_it(wanted: int, held: int, machine: Path) -> None:
    assert most(Settings(rooms=wanted)) == held


def test_the_machine_is_measured_once(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = most(Settings())
    monkeypatch.setattr(recogniser_choice, "seconds", lambda recogniser: Seconds(5 * SLOW))

    assert most(Settings()) == first
    (took,) = json.loads((machine / "cache" / "speed.json").read_bytes()).values()
    assert took == pytest.approx(5 * QUICK)


def test_each_recogniser_is_measured_for_itself(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = most(Settings(model="tiny.en"))
    monkeypatch.setattr(recogniser_choice, "seconds", lambda recogniser: Seconds(5 * SLOW))

    assert most(Settings(model="base")) < quick
    assert most(Settings(model="tiny.en")) == quick


def test_where_a_server_recognises_this_machine_is_not_measured(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(recogniser: object) -> Seconds:
        raise AssertionError("measured")

    monkeypatch.setattr(recogniser_choice, "seconds", fail)

    assert most(Settings(transcription_base_url=SERVER)) == held_by(4, None)


def test_one_who_must_fetch_the_recogniser_is_let_in_alone(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> Path:
        raise ModelError("not here")

    monkeypatch.setattr(recogniser_choice, "locate", missing)

    assert most(Settings()) == 1
