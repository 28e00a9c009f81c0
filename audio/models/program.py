"""A program that fetches something, run to its end or until it has brought, held or taken too much."""

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from vivavoce.audio.errors import ModelError

POLL_SECONDS = 0.1
MOST_MEMORY = 600_000_000  # bytes; pip alone takes a sixth, and reads an index, or an error, whole
TOO_MUCH = "sent far more than was asked for"


def bounded(
    command: Sequence[str], environment: Mapping[str, str], within: Callable[[], bool], seconds: float
) -> tuple[int, str]:
    """Return the exit status of `command` and what it wrote to stderr.

    Raises:
        ModelError: it was ended, since what it brought was no longer `within` what can be wanted, since it
            ran out of the memory that it may have, or after about so many `seconds`.
    """
    running = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    try:
        _confine(running.pid)
        for _ in range(round(seconds / POLL_SECONDS)):
            if not within():
                raise ModelError(TOO_MUCH)
            with suppress(subprocess.TimeoutExpired):
                _, said = running.communicate(timeout=POLL_SECONDS)
                if "MemoryError" in said:
                    raise ModelError(TOO_MUCH)
                return running.returncode, said
        raise ModelError(f"is too slow: there is no file after {seconds:,.0f} s")
    finally:
        running.kill()
        running.communicate()


def _confine(process: int) -> None:
    """Limit the memory of `process`, and of what it starts, where the system can; others end by the time."""
    if sys.platform == "linux":
        import resource

        with suppress(OSError):  # it has ended already
            resource.prlimit(process, resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
