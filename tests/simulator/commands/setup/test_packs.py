"""Packs and personas on the command line: what there is, and what is wrong with a file."""

from pathlib import Path

import pytest

from vivavoce.simulator.commands.main import main


@pytest.mark.parametrize(
    ("command", "shipped"),
    [("personas", ("dana", "omar")), ("packs", ("behavioral", "project-story"))],
)
def test_everybody_is_listed_and_what_is_broken_is_named(
    command: str,
    shipped: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    (tmp_path / command).mkdir()
    (tmp_path / command / "mine.toml").write_text('title = "x"\n', encoding="utf-8")
    assert main([command]) == 0

    told = capsys.readouterr()
    assert all(name in told.out for name in shipped)
    assert told.err.count("mine.toml cannot be used") == 1


def test_a_file_is_checked_with_its_lines(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    path = tmp_path / "a.toml"
    path.write_text('name = "A"\nrole = 5\n', encoding="utf-8")
    assert main(["packs", "lint", str(path)]) == 2

    told = capsys.readouterr()
    assert f"{path}:2: " in told.out
    assert "to mend" in told.err
    assert main(["packs", "lint"]) == 2
    assert "name the file" in capsys.readouterr().err
