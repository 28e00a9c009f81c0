"""The container file for classrooms, as far as it can be looked at without building it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulator.web.served import served
from tests.test_architecture import PACKAGES, ROOT
from vivavoce.audio.models.model_list import MODELS
from vivavoce.simulator.commands.parser import COMMANDS
from vivavoce.simulator.web.server import PORT

TEXT = (ROOT / "Containerfile").read_text("utf-8")
LINES = re.sub(r"\\\n\s*", "", TEXT).splitlines()
STEPS = [tuple(line.split(maxsplit=1)) for line in LINES if line and not line.startswith("#")]


def told(name: str) -> list[str]:
    return [rest for step, rest in STEPS if step == name]


def test_all_that_is_packed_is_there_and_nothing_else_goes_along() -> None:
    copied = [name for line in told("COPY") for name in line.split()[:-1]]
    assert all((ROOT / name).exists() for name in copied)
    assert {name for name in copied if (ROOT / name).is_dir()} == set(PACKAGES)


def test_it_runs_as_nobody_in_particular_from_before_models_are_fetched() -> None:
    steps = [step for step, _ in STEPS]
    (user,) = told("USER")
    assert f" {user}" in TEXT.split("useradd", 1)[1].splitlines()[0]
    assert steps.index("USER") < steps.index("VOLUME") < steps.index("ENTRYPOINT")
    (fetched,) = [line for line in told("RUN") if "models get" in line]
    assert set(fetched.split("models get")[1].split()) <= set(MODELS)
    assert STEPS.index(("RUN", fetched)) > steps.index("USER")
    assert "VIVAVOCE_HOME=" + told("VOLUME")[0] in told("ENV")[0]


def test_python_is_one_that_the_project_takes() -> None:
    (version,) = re.findall(r"python:3\.(\d+)-slim$", told("FROM")[0])
    assert 11 <= int(version) <= 14
    assert told("EXPOSE") == [str(PORT)]
    entry = json.loads(told("ENTRYPOINT")[0])
    assert entry[:1] == ["vivavoce"]
    assert entry[1] in COMMANDS
    assert entry[2:] == ["--port", str(PORT)]


@pytest.mark.e2e
def test_a_server_that_answers_is_healthy_and_one_that_is_gone_is_not() -> None:
    (check,) = [rest.split("CMD ", 1)[1] for rest in told("HEALTHCHECK")]
    program, flag, code = json.loads(check)
    assert (program, flag) == ("python", "-c")
    with served() as server:
        asked = [sys.executable, flag, code.replace(str(PORT), str(server.port))]
        assert subprocess.run(asked, check=False, capture_output=True, timeout=20).returncode == 0
    assert subprocess.run(asked, check=False, capture_output=True, timeout=20).returncode != 0


def test_it_is_named_where_it_is_explained() -> None:
    assert "Containerfile" in Path(ROOT / "docs/remote.md").read_text("utf-8")
