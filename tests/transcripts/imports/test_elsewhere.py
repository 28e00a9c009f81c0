"""Whole transcripts as strangers' programs export them: who answers, and which lines are one thread."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.transcripts.imports.test_documents import document, run
from vivavoce.transcripts.imports.formats import paired, read
from vivavoce.transcripts.imports.imported_answers import (
    CAPTION_TIMES,
    FOLLOW_UP,
    NO_TIMES,
    ONLY_STARTS,
    answers,
    note,
)

CASES = tomllib.loads((Path(__file__).parent / "elsewhere.toml").read_text(encoding="utf-8"))["cases"]


def content(name: str, text: str) -> bytes:
    """Return `text` as the file `name` has it; a document has a paragraph for each that a gap follows."""
    if not name.endswith(".docx"):
        return text.encode()
    paragraphs = text.split("\n\n")
    return document(*("<w:r><w:br/></w:r>".join(map(run, one.split("\n"))) for one in paragraphs))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_who_answers_is_found_and_what_asks_on_stays_in_the_thread(
    case: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / case["name"]).write_bytes(content(case["name"], case["text"]))

    talk = paired(read(tmp_path / case["name"]))

    threads: list[tuple[str, list[str], list[str]]] = []
    for one in answers(talk.pairs):
        if one.question.move == FOLLOW_UP:
            threads[-1][1].append(one.question.text)
            threads[-1][2].append(one.text)
        else:
            threads.append((one.question.text, [], [one.text]))
    assert f": {case['taken'] or 'whoever speaks'}" in talk.taken
    assert [(asked, on, " ".join(told)) for asked, on, told in threads] == [
        (one["question"], one.get("asks_on", []), one["answer"]) for one in case["threads"]
    ]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.txt", "Ana: Why?\nSam: It was late.\n", NO_TIMES),
        ("a.txt", "Ana  0:05\nWhy?\nSam  0:07\nIt was late.\n", ONLY_STARTS),
        ("a.txt", "[0:05 - 0:06] Ana: Why?\n[0:07 - 0:09] Sam: It was late.\n", CAPTION_TIMES),
    ],
)
def test_what_the_times_of_a_file_cannot_tell_is_said(
    name: str, text: str, says: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)

    assert note(read(tmp_path / name)) == says
