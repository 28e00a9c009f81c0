"""How long something takes, on a machine that may be busy with other things."""

import gc
import time
from collections.abc import Callable


def seconds(work: Callable[[], object]) -> float:
    """Return this thread's seconds; the collector waits, which would go through what other tests left."""
    gc.disable()
    try:
        before = time.thread_time()
        work()
        return time.thread_time() - before
    finally:
        gc.enable()


def within(limit: float, work: Callable[[], object]) -> bool:
    """Return whether `work` can take less than `limit` seconds; it tries again, if something disturbed it."""
    return any(seconds(work) < limit for _ in range(4))
