import threading
from collections.abc import Iterator

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="take what happens now as the golden logs")


@pytest.fixture(scope="session", autouse=True)
def alone() -> Iterator[None]:
    """Let no command end all tests: with threads left over, of which other tests have some, it ends at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(threading, "active_count", lambda: 1)
        yield
