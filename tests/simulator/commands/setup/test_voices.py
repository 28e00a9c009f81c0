from pathlib import Path

import pytest

from vivavoce.audio.devices import sound_files
from vivavoce.audio.devices.virtual_room import SilentSpeaker
from vivavoce.audio.errors import DeviceError
from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples
from vivavoce.personas.content.persona import names
from vivavoce.simulator.commands.main import main
from vivavoce.simulator.live import devices
from vivavoce.simulator.practice import audition


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    return tmp_path


class Ears(SilentSpeaker):
    def __init__(self) -> None:
        self.blocks: list[Samples] = []

    def play(self, block: Samples) -> None:
        self.blocks.append(block)

    def close(self) -> None:
        self.blocks.append(self.blocks[-1][:0])


def test_all_are_listed_with_licence_and_size(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["voices", "--list"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert {line.split()[0] for line in lines[1:9]} == set(names("people"))
    (natural,) = [line for line in lines if line.startswith("natural")]
    assert natural.split()[-5:] == ["hibari-tts==0.2.1", "Apache-2.0", "8", "here", "chosen"]


def test_a_line_of_each_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["voices", "rosa", "omar", "--out", str(tmp_path / "new" / "out")]) == 0

    rosa, omar = (sound_files.read(tmp_path / "new" / "out" / f"{name}.wav") for name in ("rosa", "omar"))
    assert 2 * SAMPLE_RATE_HZ < len(omar) < len(rosa) < 10 * SAMPLE_RATE_HZ
    assert "2 lines are in" in capsys.readouterr().out


def test_a_line_is_played_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    ears = Ears()
    monkeypatch.setattr(devices, "speaker", lambda settings: ears)
    monkeypatch.setattr(audition, "pace", lambda: lambda at: None)

    assert main(["voices", "dana"]) == 0

    assert {len(block) for block in ears.blocks} == {FRAME_SAMPLES, 0}
    assert sum(map(len, ears.blocks)) > 2 * SAMPLE_RATE_HZ


def test_without_a_speaker_it_says_how_to_write_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def none(lines: object, settings: object) -> None:
        raise DeviceError("there is no speaker")

    monkeypatch.setattr(audition, "play", none)

    assert main(["voices", "dana", "--voice", "system"]) == 0
    assert "vivavoce voices --out FOLDER" in capsys.readouterr().out


def test_who_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["voices", "nobody"]) == 2
    assert "nobody" in capsys.readouterr().err
