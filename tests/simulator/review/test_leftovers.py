"""Nothing private is open to others, and nothing is left of what was deleted, or begun and killed."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.simulator.session_folders import held
from vivavoce.simulator.commands.main import main
from vivavoce.simulator.review import delete
from vivavoce.simulator.review.import_session import import_session
from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.journal import disk
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.library.index import Index

FIRST = "2026-01-01-0900-first"
WORD = b"latency"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def open_to_all() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def with_word(folder: Path) -> list[Path]:
    return [path for path in files(folder) if WORD in path.read_bytes()]


# For the user alone


@pytest.mark.usefixtures("open_to_all")
def test_whatever_is_made_is_its_users_alone(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", iter(["I rewrote the features."]))
    assert main(["interview", "--text", "--title", "first"]) == 0
    (folder,) = sessions.folders()
    for arguments in (
        ["search", "features"],
        ["export", folder.name, "--to", str(tmp_path / "out")],
        ["import", str(folder)],
        ["analyze", str(folder), "--html", str(tmp_path / "page.html")],
    ):
        assert main(arguments) == 0

    made = [path for path in tmp_path.rglob("*") if not path.is_symlink()]
    assert len(files(home)) > 10
    assert {path.stat().st_mode & 0o777 for path in made if path.is_dir()} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in made if path.is_file()} == {0o600}


@pytest.mark.usefixtures("open_to_all")
def test_an_old_home_is_closed_by_the_next_command(home: Path) -> None:
    held(FIRST)
    with Index() as index:
        index.refresh()
    (home / "config.toml").touch()

    assert main(["sessions"]) == 0
    assert {path.stat().st_mode & 0o077 for path in [home, *home.rglob("*")]} == {0}


# What a kill leaves


def being_deleted(home: Path) -> Path:
    """Return a session as a killed `delete` leaves it: renamed, and still in the index."""
    folder = held(FIRST)
    with Index() as index:
        index.refresh()
    return folder.rename(folder.with_name(f".deleted-7-{FIRST}"))


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (["sessions"], 0),
        (["recover"], 0),
        (["search", "latency"], 0),
        (["delete", "--all", "--yes"], 2),  # for there is no session
        (["show", "nothing"], 2),
        (["models", "list"], 0),
    ],
    ids=lambda given: given[0] if isinstance(given, list) else "",
)
def test_any_command_finishes_a_deletion(home: Path, command: list[str], status: int) -> None:
    being_deleted(home)
    assert len(with_word(home)) > 3

    assert main(command) == status
    assert with_word(home) == []
    assert list((home / "sessions").iterdir()) == []


def test_a_deletion_that_cannot_be_finished_now_stops_no_command(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = being_deleted(home)

    def busy(*_: object) -> None:
        raise LibraryError("cannot use it: database is locked; wait a moment and try again")

    with monkeypatch.context() as patch:
        patch.setattr(Index, "forget", busy)
        assert main(["sessions"]) == 0
        assert files(left) == []
        assert left.exists()  # so that it is known what the index is to forget
    assert main(["sessions"]) == 0
    assert with_word(home) == []
    assert not left.exists()


def test_two_may_finish_the_same_deletion(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = being_deleted(home)
    unlink = Path.unlink

    def as_another_does(path: Path, missing_ok: bool = False) -> None:
        unlink(path)
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", as_another_does)

    delete.finish_interrupted()

    assert not left.exists()
    assert with_word(home) == []


def test_what_older_versions_kept_as_sound_goes_and_nothing_else(home: Path) -> None:
    cache = home / "cache"
    for name in ("phrases/ab12.npy", "phrases/tmp1.part", "voice/cd34.npy", "speed.json"):
        (cache / name).parent.mkdir(parents=True, exist_ok=True)
        (cache / name).touch()

    assert main(["sessions"]) == 0
    assert sorted(path.name for path in files(cache)) == ["cd34.npy", "speed.json"]
    assert not (cache / "phrases").exists()


def run(program: str, *arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", program, *arguments], stdout=subprocess.DEVNULL)


def killed_when(there: Callable[[], object], process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 20
    while not there():
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.005)
    process.kill()
    assert process.wait() == -signal.SIGKILL


DELETE = "import sys; from vivavoce.simulator.commands.main import main; main(['delete', '--all', '--yes'])"


@pytest.mark.e2e
@pytest.mark.parametrize("later", [0.0, 0.02, 0.05])
def test_a_killed_deletion_leaves_nothing_to_the_next_command(home: Path, later: float) -> None:
    folder = held(FIRST)
    for number in range(4000):
        (folder / f"{number}.txt").touch()
    with Index() as index:
        index.refresh()

    def going() -> bool:
        return any(one.name.startswith(".deleted-") for one in sessions.shelf().iterdir()) and not time.sleep(
            later
        )

    killed_when(going, run(DELETE))

    assert main(["sessions"]) == 0
    assert with_word(home) == []
    assert list(sessions.shelf().iterdir()) == []


# It brings in a session, and waits for ever before its nth step.
IMPORT = """
import shutil, sys, time
from vivavoce.simulator.review import import_session
from vivavoce.transcripts.library import sessions as library
copy, complete, steps = shutil.copyfile, library.complete, [0]
def wait():
    steps[0] += 1
    if steps[0] == int(sys.argv[2]):
        print("here", flush=True)
        time.sleep(60)
def copying(*given):
    wait()
    copy(*given)
def completing(*given):
    wait()
    complete(*given)
    wait()
import_session.shutil.copyfile, library.complete = copying, completing
from pathlib import Path
import_session.import_session(Path(sys.argv[1]))
"""


@pytest.mark.e2e
@pytest.mark.parametrize("step", [1, 2, 3, 4, 5])
def test_a_killed_import_is_never_seen_as_a_session_and_goes(home: Path, tmp_path: Path, step: int) -> None:
    source = held(FIRST).rename(tmp_path / "elsewhere")
    command = [sys.executable, "-c", IMPORT, str(source), str(step)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"here\n"
        (draft,) = sessions.shelf().iterdir()
        assert main(["sessions"]) == 0
        assert draft.exists()  # for it is being filled
        assert sessions.folders() == []
        process.kill()

    assert main(["recover"]) == 0
    assert list(sessions.shelf().iterdir()) == []


@pytest.mark.parametrize(
    "failure", [OSError(28, "No space left on device"), LibraryError("full"), KeyboardInterrupt()]
)
def test_what_could_not_be_filled_is_not_there(home: Path, failure: BaseException) -> None:
    def fill(folder: Path) -> None:
        (folder / "sound.wav").touch()
        raise failure

    with pytest.raises((LibraryError, KeyboardInterrupt)):
        sessions.create(Meta(title="heard again"), fill)

    assert list(sessions.shelf().iterdir()) == []


@pytest.mark.parametrize("there", ["file", "link", "folder", "session"])
def test_what_is_brought_in_takes_no_name_that_is_taken(home: Path, tmp_path: Path, there: str) -> None:
    source = held("first").rename(tmp_path / "first")
    taken = sessions.shelf() / "first"
    if there == "link":
        taken.symlink_to(tmp_path / "nowhere")
    elif there == "file":
        taken.touch()
    else:
        taken.mkdir()
        (taken / "session.json").touch() if there == "session" else None

    assert import_session(source).name == "first-2"
    assert import_session(source).name == "first-3"


def test_a_name_that_is_taken_meanwhile_is_not_overwritten(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held("first")
    lexists = os.path.lexists
    seen: list[str] = []

    def not_yet(path: Path) -> bool:
        seen.append(path.name)
        return len(seen) > 1 and lexists(path)

    monkeypatch.setattr(os.path, "lexists", not_yet)

    assert sessions.made("first", lambda folder: (folder / "new").touch()).name == "first-2"
    assert not (sessions.shelf() / "first" / "new").exists()


def test_a_draft_is_cleared_when_nobody_holds_it(tmp_path: Path) -> None:
    dead = tmp_path / f"{disk.DRAFT}dead"
    dead.mkdir()
    (dead / "events.jsonl").touch()
    (tmp_path / "other").mkdir()
    with disk.drafted(tmp_path) as draft:
        disk.clear(tmp_path)
        assert {path.name for path in tmp_path.iterdir()} == {draft.name, "other"}

    assert {path.name for path in tmp_path.iterdir()} == {"other"}


def test_where_there_are_no_locks_nothing_is_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", none)
    with disk.drafted(tmp_path) as draft:
        disk.clear(tmp_path)
        assert draft.exists()


def test_a_draft_that_another_process_cleared_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, cleared = fcntl.flock, []

    def slow(holding: int, how: int) -> None:
        if not cleared:
            cleared.extend(tmp_path.iterdir())
            shutil.rmtree(cleared[0])
        lock(holding, how)

    monkeypatch.setattr(fcntl, "flock", slow)
    with disk.drafted(tmp_path) as draft:
        assert draft.exists()
        assert draft not in cleared


def test_a_killed_export_goes_with_the_next_one(home: Path, tmp_path: Path) -> None:
    held(FIRST)
    (tmp_path / "out" / f"{disk.DRAFT}dead").mkdir(parents=True)

    assert main(["export", FIRST, "--to", str(tmp_path / "out")]) == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == [FIRST]
