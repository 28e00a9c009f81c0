import ctypes
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from vivavoce.audio.models import memory

MEGABYTE = 1_000_000


@pytest.fixture
def anew() -> Iterator[None]:
    memory._trim.cache_clear()
    yield
    memory._trim.cache_clear()


def resident() -> float:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * 4096 / MEGABYTE


@pytest.mark.skipif(sys.platform != "linux", reason="what it asks is glibc's")
def test_what_is_free_goes_back() -> None:
    pieces = [np.ones(12_000, np.float32) for _ in range(2_000)]  # 96 MB, each too small for a mapping
    keep = np.ones(12_000, np.float32)  # on top of them, so that they cannot just go
    del pieces
    before = resident()

    memory.give_back()

    assert before - resident() > 50
    assert len(keep)


@pytest.mark.parametrize("error", [AttributeError, OSError, TypeError])
def test_where_the_system_cannot_it_does_nothing(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch, anew: None
) -> None:
    def none(name: None) -> object:
        raise error

    monkeypatch.setattr(ctypes, "CDLL", none)

    memory.give_back()
