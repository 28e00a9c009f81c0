"""How many threads a computation may use: one; and how many may compute side by side.

Recognition, turn model and speech detector run side by side on a laptop's two cores. Within one
of them a second thread saves little, and OpenBLAS's spin while they wait: listening with tiny.en
then costs 0.28 CPU-seconds a second of speech, against 0.17.
"""

import os
import sys
from functools import cache
from pathlib import Path

QUOTA = Path("/sys/fs/cgroup/cpu.max")  # cgroup-v2: microseconds in a period, and the period; or "max"


@cache
def one_a_computation() -> None:
    """Keep numpy's BLAS to one thread from now on, in this process."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")


def cores() -> int:
    """Return on how many cores this process may compute: a container may be given fewer than there are."""
    there = os.cpu_count() or 1
    if sys.platform == "linux":
        there = len(os.sched_getaffinity(0))
    return max(1, min(there, _quota(there)))


def _quota(there: int) -> int:
    try:
        given, period = map(int, QUOTA.read_text("ascii").split())
        return given // period
    except (OSError, ValueError, ZeroDivisionError):  # no quota, or no such system
        return there
