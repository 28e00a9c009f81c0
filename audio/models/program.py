"""A program that fetches something, run to its end or until it has brought too much."""

import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from vivavoce.audio.errors import ModelError

POLL_SECONDS = 0.1


def bounded(
    command: Sequence[str], environment: Mapping[str, str], within: Callable[[], bool]
) -> tuple[int, str]:
    """Return the exit status of `command` and what it wrote to stderr.

    Raises:
        ModelError: it was ended, since what it brought was no longer `within` what can be wanted.
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
        while within():
            with suppress(subprocess.TimeoutExpired):
                _, said = running.communicate(timeout=POLL_SECONDS)
                return running.returncode, said
        raise ModelError("sent far more than was asked for")
    finally:
        running.kill()
        running.communicate()
