import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import fsspec
import pytest

from tests.simulator.batch.folders import answers, content, put, talks
from vivavoce.simulator.batch import many, work
from vivavoce.simulator.batch.store import Store
from vivavoce.simulator.batch.work import Job, Scoring, here, means, written
from vivavoce.simulator.commands.main import main
from vivavoce.simulator.errors import DocumentError, SettingsError

Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    means.cache_clear()


@pytest.mark.parametrize(
    ("command", "fill", "added"),
    [("score", answers, ""), ("analyze", talks, ".json")],
    ids=["score", "analyze"],
)
def test_each_file_of_a_folder_gets_what_the_command_prints_for_it_alone(
    command: str, fill: Callable[[Path], Path], added: str, tmp_path: Path, capsys: Printed
) -> None:
    fill(tmp_path / "in")
    assert main([command, "in", "--to", "out", "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    alone = {}
    for name in content(tmp_path / "in"):
        assert main([command, str(tmp_path / "in" / name), "--json"]) == 0
        alone[name + added] = capsys.readouterr().out.encode()

    assert content(tmp_path / "out") == alone
    assert row == {"schema": 1, "written": 4, "kept": 0, "failed": []}


def test_a_file_that_fails_costs_itself_and_is_told_with_its_reason(tmp_path: Path, capsys: Printed) -> None:
    answers(tmp_path / "in")
    put(tmp_path / "in" / "bad.jsonl", '{"answer": "a"}\n{"answer": 3}\n')
    put(tmp_path / "in" / "empty.jsonl", "")

    assert main(["score", "in", "--to", "out", "--json"]) == 2
    said = capsys.readouterr()
    told = said.err.splitlines()

    assert {one["file"] for one in json.loads(said.out)["failed"]} == {"bad.jsonl", "empty.jsonl"}
    assert sum(line.startswith("bad.jsonl, line 2: there is no text called") for line in told) == 1
    assert sum(line.startswith("empty.jsonl is empty") for line in told) == 1
    assert told[-1] == "vivavoce: 2 of 6 files failed, each told above; mend them and run the same again"
    assert set(content(tmp_path / "out")) == set(content(tmp_path / "in")) - {"bad.jsonl", "empty.jsonl"}


def test_what_is_there_is_kept_and_what_is_missing_is_made(tmp_path: Path, capsys: Printed) -> None:
    answers(tmp_path / "in")
    put(tmp_path / "out" / "part 0.jsonl", "mine\n")

    assert main(["score", "in", "--to", "out"]) == 0

    assert (tmp_path / "out" / "part 0.jsonl").read_bytes() == b"mine\n"
    assert len(content(tmp_path / "out")) == 4
    assert "3 reports written to out, 1 that were there are as they were" in capsys.readouterr().out
    assert main(["score", "in", "--to", "out", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["kept"] == 4


def test_an_object_store_gives_and_takes_the_same_bytes_as_a_folder(tmp_path: Path) -> None:
    memory = fsspec.filesystem("memory")
    for name, text in content(answers(tmp_path / "in")).items():
        memory.pipe_file(f"/bucket/in/{name}", text)
    memory.pipe_file("/bucket/in/bad.jsonl", b"no\n")
    try:
        assert main(["score", "in", "--to", "out"]) == 0
        assert main(["score", "memory://bucket/in", "--to", "memory://bucket/out/"]) == 2
        made = Store("memory://bucket/out").names()
        there = {name: memory.cat_file(f"/bucket/out/{name}") for name in made}
    finally:
        memory.rm("/bucket", recursive=True)

    assert there == content(tmp_path / "out")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["nowhere", "--to", "out"], "there is no file in nowhere whose name ends in .jsonl"),
        (["in/part 0.jsonl", "--to", "out"], "is a file; name the folder that it is in"),
        (["in", "--to", "in"], "the reports cannot go into in, where they would be read"),
        (["in", "--to", "link/out"], "the reports cannot go into in, where they would be read"),
        (["in", "--to", "never-heard-of://a"], "never-heard-of://a: Protocol not known"),
        (["in", "--engine", "dask"], "--engine needs --to"),
        (["in", "--to", "out", "--workers", "2"], "--workers needs --engine"),
        (
            ["in", "--to", "out", "--engine", "dask", "--workers", "2", "--scheduler", "tcp://a"],
            "leave out one",
        ),
        (["in", "--to", "in/part 0.jsonl"], "the reports cannot go into in, where they would be read"),
        (["in", "--to", "afile"], "afile is a file; name the folder"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_line(
    given: list[str], told: str, tmp_path: Path, capsys: Printed
) -> None:
    answers(tmp_path / "in")
    put(tmp_path / "afile", "")
    (tmp_path / "link").symlink_to(tmp_path / "in")
    before = content(tmp_path)

    assert main(["score", *given]) == 2

    last = capsys.readouterr().err.splitlines()[-1]
    assert told in last
    assert content(tmp_path) == before


@pytest.mark.parametrize("flag", [["--markdown"], ["--html", "a.html"], ["--judge"]])
def test_of_many_transcripts_the_reports_are_json(flag: list[str], tmp_path: Path, capsys: Printed) -> None:
    talks(tmp_path / "in")

    assert main(["analyze", "in", "--to", "out", *flag]) == 2
    assert "--to writes JSON" in capsys.readouterr().err


def test_hidden_files_are_no_transcripts(tmp_path: Path) -> None:
    put(tmp_path / "in" / "._a.txt", "x")
    put(tmp_path / "in" / ".git" / "a.txt", "x")
    put(tmp_path / "in" / "b" / "a.txt", "x")

    assert Store("in").names() == ["b/a.txt"]


def test_a_place_that_takes_nothing_ends_the_run(tmp_path: Path, capsys: Printed) -> None:
    answers(tmp_path / "in")
    put(tmp_path / "out" / "deep", "a file where a folder must be")

    assert main(["score", "in", "--to", "out"]) == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith("vivavoce: out: ")


def test_a_folder_that_may_not_be_read_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(tmp_path / "in")
    real = os.scandir

    def refuse(folder: str) -> object:  # root, whom CI is, may read everything
        if str(folder).endswith("deep"):
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(DocumentError, match="Permission denied; check the address"):
        Store("in").names()


@dataclass(frozen=True, slots=True)
class Mistaken(Scoring):
    """Scoring with a bug that one file brings to light."""

    def made(self, path: Path) -> bytes:
        if path.name == "part 2.jsonl":
            raise KeyError("a word that somebody said")
        return b"made\n"


def test_a_bug_costs_its_file_and_keeps_its_traceback(tmp_path: Path) -> None:
    answers(tmp_path / "in")
    told: list[str] = []

    outcome = many.run(Mistaken(), Store("in"), Store("out"), here, told.append)

    assert isinstance(outcome.bug, KeyError)
    assert outcome.written == len(content(tmp_path / "out")) == 3
    assert not any("somebody said" in line for line in told)


def test_a_bug_ends_the_command_as_bugs_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(tmp_path / "in")
    monkeypatch.setattr(work, "Scoring", Mistaken)

    with pytest.raises(KeyError):
        main(["score", "in", "--to", "out"])
    assert len(content(tmp_path / "out")) == 3


def test_a_worker_that_would_judge_otherwise_ends_the_run(tmp_path: Path) -> None:
    answers(tmp_path / "in")
    job = Job(work=Scoring(), source=Store("in"), target=Store("out"), means="vivavoce 0.0.1")

    with pytest.raises(SettingsError, match=r"here is vivavoce 0\.0\.1: have the same there"):
        written(job, "part 0.jsonl")
    assert written(replace(job, means=means()), "part 0.jsonl") == ""


def test_own_checks_are_among_what_is_judged_with(tmp_path: Path) -> None:
    before = means()
    means.cache_clear()
    put(tmp_path / "home" / "checks" / "own.toml", 'title = "Mine"\nchecks = []\n')

    assert means() != before
