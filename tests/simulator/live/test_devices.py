"""What speaks by which setting."""

from pathlib import Path

import pytest

from vivavoce.audio.voices import natural
from vivavoce.personas.content.persona import persona
from vivavoce.simulator.doctor import examination
from vivavoce.simulator.live import devices
from vivavoce.simulator.settings import Settings

DANA, MARCUS = persona("dana"), persona("marcus")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))


@pytest.fixture
def without_hibari(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> natural.Larynx:
        raise ImportError("hibari")

    monkeypatch.setattr(natural, "_larynx", missing)


def test_the_natural_voice_speaks_unless_another_is_set() -> None:
    assert devices.voice(Settings(), DANA).identity.startswith("natural")
    assert devices.voice(Settings(voice="system"), DANA).identity.startswith("pyttsx3")
    assert devices.voice(Settings(rate=180), DANA).identity != devices.voice(Settings(), DANA).identity


def test_a_man_and_a_woman_are_told_apart_by_the_systems_voice_too() -> None:
    system = Settings(voice="system", rate=165)

    assert devices.voice(system, DANA).identity != devices.voice(system, MARCUS).identity
    named = Settings(voice="system", rate=165, voice_name="en-us")
    assert devices.voice(named, DANA).identity == devices.voice(named, MARCUS).identity


def test_where_it_does_not_work_the_systems_speaks_and_that_is_said_once(without_hibari: None) -> None:
    told: list[str] = []
    voice = devices.voice(Settings(), DANA, told.append)

    assert sum(map(len, voice.speak("What did you do? And who helped?"))) > 16_000
    assert voice.identity.startswith("pyttsx3")
    assert told == [
        "The system's voice speaks: the natural voice is not installed; run: pip install hibari-tts==0.2.1"
    ]


def test_the_doctor_says_so_too(without_hibari: None) -> None:
    check = examination._voice(Settings())

    assert (check.status, check.found.split(",")[0]) == ("warn", "system")
    assert "pip install hibari-tts" in check.advice


def test_the_doctor_hears_the_natural_voice() -> None:
    check = examination._voice(Settings())

    assert (check.status, check.found.split(",")[0], check.advice) == ("ok", "natural", "")
