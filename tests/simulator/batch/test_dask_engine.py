"""Workers that are processes: what becomes of files when they work, are killed, or are somebody else's."""

import gc
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psutil
import pytest
from distributed import LocalCluster

from tests.simulator.batch.folders import answers, content, put, talks
from vivavoce.simulator.batch import dask_engine, many
from vivavoce.simulator.batch.dask_engine import engine
from vivavoce.simulator.batch.store import Store
from vivavoce.simulator.batch.work import Analysis, Engine, Scoring, Work, here, means
from vivavoce.simulator.commands.main import main
from vivavoce.simulator.errors import SettingsError
from vivavoce.simulator.settings import Settings

pytestmark = [
    pytest.mark.e2e,  # each worker starts Python anew
    pytest.mark.filterwarnings("default::ResourceWarning"),  # of a worker that was killed
]
VIVAVOCE = Path(sys.executable).with_name("vivavoce")


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIVAVOCE_HOME", str(tmp_path_factory.mktemp("home")))
        means.cache_clear()
        yield
    means.cache_clear()


@pytest.fixture(scope="module")
def two() -> Iterator[Engine]:
    with engine(workers=2) as made:
        yield made


def ran(work: Work, source: Path, target: Path, engine: Engine) -> tuple[many.Outcome, list[str]]:
    told: list[str] = []
    return many.run(work, Store(str(source)), Store(str(target)), engine, told.append), told


def test_two_workers_make_the_same_bytes_as_none(two: Engine, tmp_path: Path) -> None:
    analysis = Analysis(settings=Settings())
    put(answers(talks(tmp_path / "in"), files=6) / "bad.jsonl", "no\n")
    told = []
    for name, used in (("none", here), ("two", two)):
        told.append([ran(work, tmp_path / "in", tmp_path / name, used)[1] for work in (Scoring(), analysis)])

    assert content(tmp_path / "two") == content(tmp_path / "none")
    assert len(content(tmp_path / "two")) == 10
    assert all(any(line.startswith("bad.jsonl, line 1: no JSON") for line in scored) for scored, _ in told)


@dataclass(frozen=True, slots=True)
class Deadly(Scoring):
    """Scoring that ends its worker: over a file that says `once` the first time, over `always` each time."""

    notes: str = ""

    def made(self, path: Path) -> bytes:
        said = path.read_bytes()
        note = Path(self.notes, path.name)
        if said == b"always\n" or (said == b"once\n" and not note.exists()):
            note.touch()
            os._exit(9)
        time.sleep(0.05)
        return said


def test_a_worker_that_is_killed_costs_no_file_but_one_that_kills_each(two: Engine, tmp_path: Path) -> None:
    for number in range(12):
        put(tmp_path / "in" / f"{number}.jsonl", {3: "always\n", 7: "once\n"}.get(number, "good\n"))
    (tmp_path / "notes").mkdir()

    outcome, told = ran(Deadly(notes=str(tmp_path / "notes")), tmp_path / "in", tmp_path / "out", two)

    assert [one.name for one in outcome.failed] == ["3.jsonl"]
    assert [line for line in told if "killed" in line] == [f"3.jsonl: {dask_engine.KILLED}"]
    assert set(content(tmp_path / "out")) == {f"{number}.jsonl" for number in range(12) if number != 3}


@dataclass(frozen=True, slots=True)
class Mistaken(Scoring):
    """Scoring with a bug."""

    def made(self, path: Path) -> bytes:
        raise KeyError("a word that somebody said")


def test_a_bug_in_a_worker_comes_back_whole(
    two: Engine, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    outcome, _ = ran(Mistaken(), answers(tmp_path / "in", files=1), tmp_path / "out", two)

    assert isinstance(outcome.bug, KeyError)
    assert "somebody said" not in capfd.readouterr().err


def test_a_place_that_takes_nothing_ends_the_run(two: Engine, tmp_path: Path) -> None:
    answers(tmp_path / "in")
    put(tmp_path / "out" / "deep", "a file where a folder must be")

    with pytest.raises(Exception, match="check the address"):
        ran(Scoring(), tmp_path / "in", tmp_path / "out", two)


def test_workers_listen_here_alone_and_take_no_orders_without_a_key(two: Engine) -> None:
    ours = [psutil.Process(), *psutil.Process().children(recursive=True)]
    sockets = [at for one in ours for at in one.net_connections("inet") if at.status == psutil.CONN_LISTEN]
    listening = {at.laddr.port for at in sockets}
    scheduler = two.args[0].scheduler_info()  # type: ignore[attr-defined]
    addresses = [scheduler["address"], *scheduler["workers"]]
    addresses += [worker["nanny"] for worker in scheduler["workers"].values()]

    assert {at.laddr.ip for at in sockets} == {"127.0.0.1"}
    assert all(address.startswith("tls://127.0.0.1:") for address in addresses)
    taken = {int(address.rsplit(":", 1)[1]) for address in addresses}
    assert all(pages(port) == 404 for port in listening - taken)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says what a process may not be asked")
def test_no_worker_answers_a_terminal(two: Engine, tmp_path: Path) -> None:
    put(tmp_path / "in" / "once.jsonl", "once\n")
    (tmp_path / "notes").mkdir()
    ran(Deadly(notes=str(tmp_path / "notes")), tmp_path / "in", tmp_path / "out", two)  # one is started anew

    client = two.args[0]  # type: ignore[attr-defined]
    client.wait_for_workers(2, timeout=60)
    assert list(client.run(blocked).values()) == [True, True]
    assert not blocked()


def blocked() -> bool:
    """Return whether this thread may not be asked to stop by Ctrl-C."""
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def pages(port: int) -> int:
    """Return how the Web server at `port` answers to who asks for Dask's pages."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as server:
        server.request("GET", "/status")
        return server.getresponse().status


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """Yield the address of a cluster that somebody else started, in a thread."""
    with LocalCluster(
        n_workers=workers,
        processes=False,
        protocol="tcp",
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
    ) as made:
        yield made.scheduler_address


def test_a_cluster_that_is_there_makes_the_same_bytes(tmp_path: Path) -> None:
    source = answers(tmp_path / "in")
    with cluster(1) as address:
        flags = ["--engine", "dask", "--scheduler", address]
        assert main(["score", str(source), "--to", str(tmp_path / "theirs"), *flags]) == 0
    assert main(["score", str(source), "--to", str(tmp_path / "ours")]) == 0

    assert content(tmp_path / "theirs") == content(tmp_path / "ours")


def test_a_cluster_that_cannot_work_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_engine, "PATIENCE", 1)
    for address in ("tcp://127.0.0.1:9", "nothing://a", "127.0.0.1"):
        with pytest.raises(SettingsError, match="no Dask scheduler answers at"), engine(scheduler=address):
            pass
    gc.collect()  # their clients close when collected; within the start of another that would wait for ever
    with (
        cluster(0) as address,
        pytest.raises(SettingsError, match="has no worker"),
        engine(scheduler=address),
    ):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="a kill that nothing can answer")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda one: one.name)
def test_a_run_that_is_stopped_leaves_whole_files_and_goes_on(number: signal.Signals, tmp_path: Path) -> None:
    source, target = answers(tmp_path / "in", files=12, lines=6), tmp_path / "out"
    command = [str(VIVAVOCE), "score", str(source), "--to", str(target), "--engine", "dask", "--workers", "2"]
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    run = subprocess.Popen(
        command, stderr=subprocess.PIPE, env=os.environ | {"TMPDIR": str(scratch)}, start_new_session=True
    )
    until(lambda: target.is_dir() and bool(content(target)))
    workers = psutil.Process(run.pid).children(recursive=True)
    os.kill(run.pid, number) if number != signal.SIGINT else os.killpg(run.pid, number)  # as a terminal does
    said = run.communicate(timeout=60)[1].decode()
    before = {name: text for name, text in content(target).items() if name.endswith(".jsonl")}

    assert len(before) < 12
    until(lambda: not any(one.is_running() for one in workers))
    assert "Traceback" not in said
    assert number == signal.SIGKILL or not list(scratch.iterdir())
    assert subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode == 0
    assert main(["score", str(source), "--to", str(tmp_path / "whole")]) == 0
    whole = content(tmp_path / "whole")
    assert {name: content(target)[name] for name in whole} == whole
    assert before.items() <= whole.items()


def until(happened: Callable[[], bool]) -> None:
    """Wait for it; a busy machine may take a minute."""
    for _ in range(600):
        if happened():
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen")
