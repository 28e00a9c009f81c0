"""Workers that Dask runs: processes of this machine, or a cluster; the one file that imports it.

Each of our own is a process with one thread, so that as many files are worked on as there are workers.
They listen on 127.0.0.1 alone and take orders only by TLS, with keys that are made for this run: another
user of the machine cannot give them any. Dask's pages are off.
"""

import logging
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING

from vivavoce.simulator.batch.store import MISSING
from vivavoce.simulator.batch.work import Done, Engine, Job, outcome, written
from vivavoce.simulator.errors import SettingsError

if TYPE_CHECKING:
    from distributed import Client, Future

HERE = "127.0.0.1"
PATIENCE = 30  # seconds for a cluster to answer, and for its first worker
ALLOWED = 3  # workers that may die over a file before it is given up: one that is killed loses nothing
CONFIG = {
    "distributed.scheduler.worker-saturation": 1.0,  # a worker holds one file: none dies for another
    "distributed.scheduler.allowed-failures": ALLOWED,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.worker.profile.enabled": False,
}
KILLED = f"its worker was killed {ALLOWED + 1} times over it; is there memory enough?"


@contextmanager
def engine(workers: int = 0, scheduler: str = "") -> Iterator[Engine]:
    """Yield an engine over a cluster, which ends with the block if it is our own.

    Args:
        workers: how many processes; 0 for as many as there are cores. Only without `scheduler`.
        scheduler: the address of a cluster's scheduler; "" for one of our own on this machine.

    Raises:
        SettingsError: Dask is not installed, nothing answers at that address, or it has no worker.
    """
    try:
        import distributed  # noqa: F401
    except ImportError as error:
        if (error.name or "").startswith("vivavoce"):
            raise
        raise SettingsError(MISSING) from None
    with _theirs(scheduler) if scheduler else _ours(workers or os.cpu_count() or 1) as client:
        yield partial(_worked, client)


def _worked(client: "Client", job: Job, names: list[str]) -> Iterator[Done]:
    """Yield what became of each of `names`, in the order in which it did."""
    from distributed import as_completed

    waiting = {client.submit(written, job, name, pure=False): name for name in names}
    for future in as_completed(list(waiting), loop=client.loop):
        yield outcome(waiting.pop(future), partial(_result, future))


def _result(future: "Future") -> str:
    from distributed import KilledWorker

    try:
        said: str = future.result()
    except KilledWorker:
        return KILLED
    return said


@contextmanager
def _ours(workers: int) -> "Iterator[Client]":
    import dask
    from distributed import Client, LocalCluster

    with ExitStack() as stack:
        scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="vivavoce-"))
        stack.enter_context(dask.config.set(CONFIG | {"temporary-directory": scratch}))
        with _unasked():
            cluster = LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                host=HERE,
                security=True,
                dashboard_address=f"{HERE}:0",
                worker_dashboard_address=None,
                scheduler_kwargs={"dashboard": False},
                memory_limit=0,
                env=dict.fromkeys(("TMPDIR", "TEMP", "TMP"), scratch),
                silence_logs=logging.CRITICAL,  # what they say of a file that fails has words of it
            )
        yield stack.enter_context(Client(stack.enter_context(cluster), set_as_default=False))


@contextmanager
def _unasked() -> Iterator[None]:
    """Keep Ctrl-C from what the block starts; a terminal sends it to all of a group, and one ends the others.

    The block's own thread answers it when the block is over. What starts later is started by the block's
    threads, which pass on what they may not be asked; so does each process to its own.
    """
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # whoever starts it is open to Ctrl-C ever after
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _theirs(scheduler: str) -> "Iterator[Client]":
    from distributed import Client

    try:
        client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError):
        raise SettingsError(
            f"no Dask scheduler answers at {scheduler}; is it running, and is it tcp:// or tls://?"
        ) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise SettingsError(
                f"the scheduler at {scheduler} has no worker; start some: dask worker {scheduler}"
            ) from None
        yield client
