from pathlib import Path

import pytest

from vivavoce.personas.content.persona import PersonaError
from vivavoce.simulator.commands import casting


def test_everybody_is_listed_and_what_is_broken_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    for folder in ("personas", "packs"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "mine.toml").write_text('title = "x"\n', encoding="utf-8")
    casting.people()
    casting.packs()

    told = capsys.readouterr()
    assert all(name in told.out for name in ("dana", "omar", "behavioral", "project-story"))
    assert told.err.count("mine.toml cannot be used") == 2


def test_a_file_is_checked_with_its_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.toml"
    path.write_text('name = "A"\nrole = 5\n', encoding="utf-8")
    with pytest.raises(PersonaError, match="to mend"):
        casting.check(path)

    assert f"{path}:2: " in capsys.readouterr().out
    with pytest.raises(PersonaError, match="name the file"):
        casting.check(None)
