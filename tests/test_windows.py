"""What can be known of Windows without it: its parts stand in for ours (tests/windows)."""

import errno
import importlib.util
import json
import os
import pty
import socket
import subprocess
import sys
import threading
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from vivavoce.simulator.commands import main
from vivavoce.simulator.commands.library import sessions as sessions_command
from vivavoce.simulator.live import keys
from vivavoce.simulator.web import app as web
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.library import sessions

ROOT = Path(__file__).resolve().parents[1]
STAND_INS = ROOT / "tests" / "windows"
PACKAGES = ("audio", "personas", "simulator", "transcripts")

FOREIGN = """
import json, pathlib, sys
there = []
for code in json.load(sys.stdin):
    try:
        exec(compile(code, "a", "exec"), {"__name__": "vivavoce.a"})
        there.append(code)
    except (ImportError, AttributeError, NotImplementedError, PermissionError, EncodingWarning):
        continue
print(json.dumps(there))
"""
NOT_THERE = [
    *("import fcntl", "import termios", "import pwd", "import resource", "from os import fork"),
    *("import os; os.getuid()", "import os; os.O_NOFOLLOW", "import os.path; os.O_DIRECTORY"),
    *(
        "import signal; signal.SIGHUP",
        "from signal import SIGKILL",
        "import select; select.select([0], [], [])",
    ),
    *("import os; os.open('.', os.O_RDONLY, dir_fd=3)", "import os; os.open('.', os.O_RDONLY)"),
    *(
        "import socket; socket.AF_UNIX",
        "open('/dev/null')",
        "import pathlib; pathlib.Path('/dev/null').read_text()",
    ),
    "import sys; assert sys.platform == 'win32'; raise ImportError",
]


def python(*arguments: str, home: Path, typed: str = "") -> Any:
    """Return what Python prints as JSON, when vivavoce's modules take it to run on Windows."""
    own = {"PYTHONPATH": str(STAND_INS), "PYTHONWARNDEFAULTENCODING": "1", "VIVAVOCE_HOME": str(home)}
    quiet = {key: value for key, value in os.environ.items() if not key.startswith(("VIVAVOCE", "OPENAI"))}
    done = subprocess.run(
        [sys.executable, *arguments], env=quiet | own, input=typed, capture_output=True, check=True, text=True
    )
    return json.loads(done.stdout)


def test_the_stand_ins_lack_what_windows_lacks(tmp_path: Path) -> None:
    assert python("-c", FOREIGN, home=tmp_path, typed=json.dumps([*NOT_THERE, "import os"])) == ["import os"]


@pytest.mark.e2e
def test_every_module_is_imported_and_every_command_without_sound_runs(tmp_path: Path) -> None:
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py")]
    modules = {f"vivavoce.{'.'.join(file.relative_to(ROOT).with_suffix('').parts)}" for file in files}

    found = python(str(STAND_INS / "commands.py"), str(tmp_path), home=tmp_path / "home")

    assert {name for name in modules if not name.endswith("__init__")} <= set(found["modules"])
    assert {command: reason for command, reason in found["went"].items() if reason} == {}


class Console(ModuleType):
    """A msvcrt: keys that were pressed, and which bytes of a file are locked."""

    LK_UNLCK, LK_NBLCK = 0, 2

    def __init__(self, pressed: str = "") -> None:
        super().__init__("msvcrt")
        self.pressed = list(pressed)
        self.locked: set[int] = set()

    def kbhit(self) -> bool:
        return bool(self.pressed)

    def getwch(self) -> str:
        return self.pressed.pop(0)

    def locking(self, descriptor: int, mode: int, count: int) -> None:
        at = os.lseek(descriptor, 0, os.SEEK_CUR)
        if mode == self.LK_UNLCK:
            self.locked.remove(at)
        elif at in self.locked:
            raise PermissionError(errno.EACCES, "Permission denied")
        else:
            self.locked.add(at)


def on_windows(module: ModuleType, console: Console, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return another copy of `module`, as it is on Windows."""
    assert module.__file__
    spec = importlib.util.spec_from_file_location("vivavoce_on_windows", module.__file__)
    assert spec
    assert spec.loader
    copy = importlib.util.module_from_spec(spec)
    with monkeypatch.context() as there:
        there.setattr(sys, "platform", "win32")
        there.setitem(sys.modules, "msvcrt", console)
        spec.loader.exec_module(copy)
    return copy


@pytest.mark.parametrize(
    ("pressed", "heard"),
    [
        pytest.param("\rq", "\rq", id="enter and q"),
        pytest.param("\xe0Q\r", "\r", id="page down is no q"),
        pytest.param("\xe0Hq", "q", id="arrow"),
        pytest.param("\0;q", "q", id="F1"),
        pytest.param("\xe0", "\xe0", id="the letter à"),
        pytest.param("", "", id="none"),
    ],
)
def test_keys_come_from_the_console_of_windows(
    pressed: str, heard: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, over = on_windows(keys, Console(pressed), monkeypatch), threading.Event()
    over.set()

    assert "".join(there._next(over) for _ in range(len(pressed) + 1)) == heard


@contextmanager
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes], None]]:
    far, near = pty.openpty()
    tty.setcbreak(near)
    with os.fdopen(near) as stdin, monkeypatch.context() as there:
        there.setattr(sys, "stdin", stdin)
        yield lambda typed: assert_written(far, typed)
    os.close(far)


def assert_written(far: int, typed: bytes) -> None:
    assert os.write(far, typed) == len(typed)


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        pytest.param(b"q", "q", id="q"),
        pytest.param(b"\n\nq", "\n\nq", id="three at once"),
        pytest.param(b"\x1bOQ", "", id="F2 is no q"),
        pytest.param(b"\x1b[A", "", id="arrow"),
        pytest.param(b"\x1bq", "", id="alt and q"),
        pytest.param("é".encode(), "é", id="a letter of two bytes"),
    ],
)
def test_keys_come_from_a_terminal(typed: bytes, heard: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with keyboard(monkeypatch) as press:
        press(typed)
        assert keys._next(threading.Event()) == heard


def test_a_journal_is_held_on_windows_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    console = Console()
    there, path = on_windows(log, console, monkeypatch), tmp_path / "events.jsonl"
    path.touch()
    assert not there.in_use(path)
    assert not there.in_use(path)  # it was let go

    with path.open("rb+", buffering=0) as held:
        there._hold(held)
        assert there.in_use(path)
    assert min(console.locked) > 1 << 30  # others can read all that is written


@pytest.mark.parametrize("name", ["con", "CON", "aux", "nul", "prn", "com1", "lpt9"])
def test_no_session_is_called_like_a_device(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))

    assert sessions.made(name, lambda folder: None).name == f"session-{name}"
    assert sessions.made(f"{name}sole", lambda folder: None).name == f"{name}sole"


@pytest.mark.parametrize("name", ["take.", "take ", "TAKE", "take::$DATA"])
def test_a_session_has_one_name_where_a_folder_has_several(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    folder = sessions.made("take", lambda folder: None)
    (tmp_path / "sessions" / name).mkdir()
    monkeypatch.setattr(Path, "resolve", lambda path: folder)

    assert sessions.find_exactly("take") == folder
    with pytest.raises(sessions.LibraryError):
        sessions.find_exactly(name)


def test_a_reader_that_left_is_no_error_on_windows_either(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    muted: list[bool] = []
    monkeypatch.setattr(sessions_command, "run", fail)
    monkeypatch.setattr(main, "_mute", lambda: muted.append(True))
    monkeypatch.setattr(sys, "platform", "win32")

    assert main.main(["sessions"]) == 0
    assert muted == [True]


def test_no_other_program_can_take_the_port_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    exclusive, asked = -5, []
    monkeypatch.setattr(socket, "SO_EXCLUSIVEADDRUSE", exclusive, raising=False)
    monkeypatch.setattr(socket.socket, "setsockopt", lambda place, *option: asked.append(option))
    monkeypatch.setattr("uvicorn.Server.run", lambda server, sockets: None)

    web.serve(0, browser=False)

    assert asked == [(socket.SOL_SOCKET, exclusive, 1)]
