"""A person's stories as files: what is read of them whatever happened to them, and what is written."""

from pathlib import Path

import pytest

from vivavoce.transcripts.bank.fields import FIELDS, GENERAL, MACHINE_LEARNING, field_of, headings
from vivavoce.transcripts.bank.story_file import (
    LARGEST,
    Draft,
    StoryFile,
    copies,
    stories,
    story,
    write_draft,
)
from vivavoce.transcripts.errors import LibraryError

WHOLE = """\
---
title: The night shift list
kind: general
themes: ownership, Failure, gardening
questions: hard-shift
version: 1
---

## The problem

Beds were given away twice.

## Why this way
<!-- Why a list, and not a phone call? -->

## What you had to work with

A whiteboard.
Two nurses.

## What went wrong and what you changed

Nobody filled it in at first.
"""


def put(home: Path, name: str, content: str | bytes) -> Path:
    """Write a file among the stories of `home`."""
    path = home / "stories" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_story_has_its_head_and_the_words_of_each_field_without_comments(tmp_path: Path) -> None:
    path = put(tmp_path, "night-shift.md", WHOLE)

    assert story("night-shift", tmp_path) == StoryFile(
        name="night-shift",
        path=path,
        title="The night shift list",
        kind=GENERAL,
        themes=("ownership", "failure"),
        questions=("hard-shift",),
        fields={
            "problem": "Beds were given away twice.",
            "reason": "",
            "data": "A whiteboard.\nTwo nurses.",
            "model": "",
            "metrics": "",
            "delivery": "",
            "changes": "Nobody filled it in at first.",
        },
    )
    assert story("night-shift", tmp_path).open == ("reason", "model", "metrics", "delivery")
    assert path.read_bytes() == WHOLE.encode()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param("", "it is empty", id="empty"),
        pytest.param(WHOLE[:60], "its head has no second line ---", id="half written in its head"),
        pytest.param(WHOLE[:-20], "", id="half written in a field"),
        pytest.param(WHOLE.replace("version: 1", "version: 0"), "it is of an older version (0)", id="older"),
        pytest.param(WHOLE.replace("version: 1", "version: 9"), "it is of a newer version (9)", id="newer"),
        pytest.param(WHOLE.replace("version: 1", "version: x"), "its version 'x' is no number", id="odd"),
        pytest.param(b"\x89PNG\0\0\r\n" + bytes(range(256)), "it is no text", id="binary"),
        pytest.param("## The problem\nBeds in Zürich".encode("cp1252"), "it is not in UTF-8", id="cp1252"),
        pytest.param(WHOLE.encode("utf-16"), "", id="utf-16"),
        pytest.param(WHOLE.replace("\n", "\r\n"), "", id="windows"),
        pytest.param(
            WHOLE.replace("## The problem", "## Sunshine"),
            "no field is called 'Sunshine'",
            id="renamed oddly",
        ),
        pytest.param(WHOLE.replace("---\n", ""), "", id="without a head"),
        pytest.param("---\n---\n---\n## ##\n<!-- <!--\n", "no field is called '##'", id="nothing but marks"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_read_as_well_as_it_can_be(
    tmp_path: Path, content: str | bytes, problem: str
) -> None:
    path = put(tmp_path, "x.md", content)
    before = path.read_bytes()

    found = story("x", tmp_path)

    assert problem in found.problem
    assert bool(problem) == bool(found.problem)
    assert "\n" not in found.problem
    assert [*found.fields] == [*FIELDS]
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        ("## The problem", "## Sunshine"),
        ("## The problem", "### My own part"),
        ("version: 1\n---", "version: 1"),
        ("version: 1", "version: 9"),
        ("<!-- Why", "<!-- <!-- Why"),
        ("phone call? -->", "phone call?"),
    ],
)
def test_no_words_are_lost_by_a_change_of_marks(tmp_path: Path, change: tuple[str, str]) -> None:
    put(tmp_path, "x.md", WHOLE.replace(*change))

    found = story("x", tmp_path)

    kept = "\n".join([*found.fields.values(), found.other])
    assert all(words in kept for words in ("given away twice", "A whiteboard.", "Nobody filled it in"))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        *((text, field) for kind in (GENERAL, MACHINE_LEARNING) for field, text in headings(kind).items()),
        ("1. THE PROBLEM:", "problem"),
        ("Goal", "problem"),
        ("Why not rules?", "reason"),
        ("Results", "metrics"),
        ("My approach", "model"),
        ("Rollout", "delivery"),
        ("What I would change", "changes"),
        ("Sunshine", ""),
    ],
)
def test_a_heading_in_other_words_still_names_its_field(heading: str, field: str) -> None:
    assert field_of(heading) == field


def test_of_a_file_of_ten_megabytes_the_beginning_is_read(tmp_path: Path) -> None:
    put(tmp_path, "x.md", WHOLE + "ä" * 5_000_000)

    found = story("x", tmp_path)

    assert found.problem == "only the first 1 MB are read"
    assert found.fields["problem"] == "Beds were given away twice."
    assert len(found.fields["changes"].encode()) < LARGEST


def test_the_worst_file_is_read_quickly(tmp_path: Path) -> None:
    put(tmp_path, "x.md", "<!--" * 100_000 + "# " * 100_000 + "<!-- a" * 50_000)

    assert story("x", tmp_path).problem == "it is empty"


@pytest.mark.parametrize(
    "name",
    [
        "x (conflicted copy 2026-11-28).md",
        "x (Ann's conflicted copy 2026-11-28).md",
        "x.sync-conflict-20261128-101112-ABCDEFG.md",
        "x (1).md",
    ],
)
def test_a_copy_that_a_sync_left_is_named_and_is_no_story(tmp_path: Path, name: str) -> None:
    put(tmp_path, "x.md", WHOLE)
    put(tmp_path, name, "## The problem\nOther words.")

    assert [one.name for one in stories(tmp_path)] == ["x"]
    (said,) = copies(tmp_path)
    assert said.startswith(f"{name} looks like a copy of x.md")
    with pytest.raises(LibraryError, match="no story"):
        story(name.removesuffix(".md"), tmp_path)


@pytest.mark.parametrize("name", ["../x", "..", ".", "", "/etc/passwd", "x\0", "x" * 5000, "a/b", "x.md"])
def test_a_name_leads_nowhere_but_to_a_story(tmp_path: Path, name: str) -> None:
    put(tmp_path, "x.md", WHOLE)
    (tmp_path / "x.md").write_bytes(b"## The problem\nNot a story.")

    with pytest.raises(LibraryError, match="no story"):
        story(name, tmp_path)


def test_an_empty_home_has_no_stories(tmp_path: Path) -> None:
    assert stories(tmp_path) == []
    assert copies(tmp_path / "nowhere") == []


def test_a_folder_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "x.md", WHOLE)

    def refuse(folder: Path) -> None:  # root, whom CI is, may read everything
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(LibraryError, match="open it to yourself"):
        stories(tmp_path)


def test_a_file_that_cannot_be_opened_is_a_story_with_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "x.md", WHOLE)

    def refuse(path: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (found,) = stories(tmp_path)

    assert found.problem == "it cannot be read: Permission denied"


def test_a_draft_is_read_back_and_its_questions_fill_no_field(tmp_path: Path) -> None:
    draft = Draft(
        name="The churn model",
        title="The churn: model\n2",
        kind=MACHINE_LEARNING,
        themes=("impact",),
        questions=("project",),
        fields={"model": "Built a churn model.\nIn Python.", "problem": ""},
        ask={"problem": "Who had which problem --> before?"},
    )

    path = write_draft(draft, tmp_path)

    assert path == tmp_path / "stories" / "the-churn-model.md"
    found = story("the-churn-model", tmp_path)
    assert (found.title, found.kind, found.themes) == ("The churn: model 2", MACHINE_LEARNING, ("impact",))
    assert found.questions == ("project",)
    assert {key: text for key, text in found.fields.items() if text} == {
        "model": "Built a churn model.\nIn Python."
    }
    assert (found.other, found.problem) == ("", "")


def test_a_draft_overwrites_no_file_whatever_it_is_called_now(tmp_path: Path) -> None:
    draft = Draft(name="x", title="The night shift list", fields={"problem": "From the résumé."})
    path = put(tmp_path, "renamed.md", WHOLE)
    assert write_draft(draft, tmp_path) is None  # by its title

    path.rename(path.with_name("x.md"))
    put(tmp_path, "x.md", "mine")
    assert write_draft(draft, tmp_path) is None  # by its name
    assert story("x", tmp_path).other == "mine"
    assert len(stories(tmp_path)) == 1


def test_a_draft_that_cannot_be_written_leaves_nothing_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, mode: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(LibraryError, match=r"cannot write .* No space left on device; free some space"):
        write_draft(Draft(name="x", title="x"), tmp_path)
    assert stories(tmp_path) == []


def test_a_file_in_the_place_of_the_folder_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "stories").write_bytes(b"")

    with pytest.raises(LibraryError, match="cannot read"):
        write_draft(Draft(name="x", title="x"), tmp_path)
