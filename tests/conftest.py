import os
import threading
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("busy", deadline=None)  # it is one of the wall clock, and the machine may be busy
settings.load_profile("busy")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="take what happens now as the golden logs")


@pytest.fixture(scope="session", autouse=True)
def alone() -> Iterator[None]:
    """Let no command end all tests: it does if there are other threads, which other tests may have left."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(threading, "active_count", lambda: 1)
        yield


@pytest.fixture(scope="session", autouse=True)
def powered() -> Iterator[None]:
    """Do not wait for the disk: no test takes the power away, and what was written outlives a program."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        yield
