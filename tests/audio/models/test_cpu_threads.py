import os
import sys
from pathlib import Path

import pytest

from vivavoce.audio.models import cpu_threads


@pytest.mark.skipif(sys.platform != "linux", reason="quotas are Linux's")
@pytest.mark.parametrize(
    ("quota", "found"),
    [
        ("200000 100000\n", 2),
        ("150000 100000\n", 1),
        ("50000 100000\n", 1),
        ("max 100000\n", 8),
        ("", 8),
        ("900000 100000\n", 8),
    ],
)
def test_a_container_has_as_many_cores_as_it_was_given(
    quota: str, found: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cpu.max").write_text(quota)
    monkeypatch.setattr(cpu_threads, "QUOTA", tmp_path / "cpu.max")
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(8)))

    assert cpu_threads.cores() == found
