"""Free memory, given back to the system, so that one part of the program does not keep what another needs."""

import ctypes
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Let the system have what is free in this process, where its C library can do that (glibc)."""
    _trim()(0)


@cache
def _trim() -> Callable[[int], int]:
    try:
        trim: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return lambda padding: 0
    return trim
