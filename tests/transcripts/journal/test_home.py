"""What older versions left open to others is closed, and nothing that is not ours is touched."""

import os
from pathlib import Path

import pytest

from vivavoce.transcripts.journal.home import close_to_others

SESSION = "sessions/2026-01-01-0900-first"
FILES = (
    *(f"{SESSION}/{name}" for name in ("events.jsonl", "sound.wav", "report.md")),
    *(
        "cache/library.sqlite",
        "cache/library.sqlite-journal",
        "cache/speed.json.7.tmp",
        "cache/phrases/a.npy",
        f"people/ana/{SESSION}/events.jsonl",
    ),
)
FOLDERS = ("sessions", SESSION, "cache", "cache/phrases", "people", "people/ana", f"people/ana/{SESSION}")


@pytest.fixture
def old(home: Path) -> Path:
    """Return a home as an older version left it."""
    for name in (*FILES, "config.toml", "models/base/model.bin"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("words")
    for folder, names, files in os.walk(home):
        for name in [*names, *files]:
            Path(folder, name).chmod(0o755 if name in names else 0o644)
    home.chmod(0o755)
    return home


def modes(home: Path, *names: str) -> set[int]:
    return {(home / name).stat().st_mode & 0o7777 for name in names}


def test_an_old_home_is_closed(old: Path) -> None:
    close_to_others()

    assert modes(old, ".", *FOLDERS) == {0o700}
    assert modes(old, "config.toml", *FILES) == {0o600}


@pytest.mark.parametrize("mode", [0o700, 0o500])
def test_what_is_closed_already_is_left_as_it_is(old: Path, mode: int) -> None:
    old.chmod(mode)
    (old / "sessions").chmod(0o700)

    close_to_others()

    assert modes(old, ".") == {mode}
    assert modes(old, SESSION) == {0o755}  # nobody comes there
    assert modes(old, "cache") == {0o700}


@pytest.mark.parametrize("stray", ["Documents/", ".bashrc", "models.txt", "session/"])
def test_a_folder_of_another_kind_stays_open_and_what_is_ours_in_it_does_not(old: Path, stray: str) -> None:
    (old / stray).mkdir() if stray.endswith("/") else (old / stray).touch()

    close_to_others()

    assert modes(old, ".") == {0o755}
    assert modes(old, "config.toml") == {0o644}
    assert modes(old, *FOLDERS) == {0o700}


@pytest.mark.parametrize("name", [".", "sessions", "cache"])
def test_a_folder_that_hands_on_its_group_is_closed_too(old: Path, name: str) -> None:
    (old / name).chmod(0o2755)

    close_to_others()

    assert modes(old, ".", *FOLDERS) <= {0o700, 0o2700}


@pytest.mark.parametrize("mode", [0o1777, 0o4755])
def test_a_folder_that_is_shared_in_a_way_of_its_own_stays_so(old: Path, mode: int) -> None:
    old.chmod(mode)

    close_to_others()

    assert modes(old, ".") == {mode}
    assert modes(old, *FOLDERS) == {0o700}


@pytest.mark.parametrize("place", ["sessions", "cache"])
@pytest.mark.parametrize("stray", ["letter.txt", "music/song.mp3"])
def test_so_does_a_sessions_or_cache_folder_of_somebody_else(old: Path, place: str, stray: str) -> None:
    (old / place / stray).parent.mkdir(exist_ok=True)
    (old / place / stray).touch(mode=0o644)

    close_to_others()

    assert modes(old, place) == {0o755}
    assert modes(old, f"{place}/{stray}") == {0o644}
    assert modes(old, "sessions" if place == "cache" else "cache") == {0o700}
    assert modes(old, SESSION, "cache/phrases") == {0o700}  # what is ours in it is closed all the same
    assert modes(old, *FILES) == {0o600}


def test_what_killed_programs_leave_keeps_no_folder_open(old: Path) -> None:
    for name in ("sessions/.vivavoce-abc", "sessions/.deleted-1-x", "sessions/2026-01-02-0900-empty"):
        (old / name).mkdir()
    (old / ".DS_Store").touch()

    close_to_others()

    assert modes(old, ".", *FOLDERS) == {0o700}


def test_the_folder_of_another_user_is_left_to_them(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: old.stat().st_uid + 1)

    close_to_others()

    assert modes(old, ".", *FOLDERS) == {0o755}


def test_no_link_is_followed_out_of_it(old: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    elsewhere.chmod(0o755)
    (elsewhere / "config.toml").touch(mode=0o644)
    (old / "config.toml").unlink()
    (old / "config.toml").symlink_to(elsewhere / "config.toml")
    (old / SESSION / "linked").symlink_to(elsewhere)

    close_to_others()

    assert modes(elsewhere, ".", "config.toml") == {0o755, 0o644}


def test_a_home_that_is_not_there_is_none_to_mend(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(old / "nothing"))

    close_to_others()

    assert modes(old, ".") == {0o755}


def test_where_these_bits_mean_nothing_they_are_left(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "name", "nt")
    close_to_others()
    monkeypatch.undo()

    assert modes(old, ".", *FOLDERS) == {0o755}
