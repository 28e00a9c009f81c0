import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.imports import imported_answers
from vivavoce.transcripts.imports.pieces import Spoken
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.library.compare import aligned, compare, to_json
from vivavoce.transcripts.report.captions import srt, vtt
from vivavoce.transcripts.report.report import Report, summed
from vivavoce.transcripts.report.table import sheet
from vivavoce.transcripts.scoring.assessment import Reader
from vivavoce.transcripts.talk.turns import Turn

FIRST = (
    "Last spring our loader took nine hours. I was asked to bring it down to two. "
    "I measured every step of the job. I rewrote the slowest one in a week. In the end it took two hours."
)
SECOND = (
    "In the end it took two hours. Last spring our loader took nine hours. I measured every step of the job. "
    "I asked the database team for an index. I rewrote the slowest one in a week."
)


def take(question: str, *answers: str) -> Report:
    said = [
        imported_answers.answer(question, [Spoken("Ana", text, Seconds(10.0 * n), Seconds(10.0 * n + 9))])
        for n, text in enumerate(answers)
    ]
    return summed(said, Meta(title="take"), length=Seconds(60.0))


def test_what_was_kept_moved_lost_and_added() -> None:
    (found,) = compare(take("What went well?", FIRST), take("What went well?", SECOND), Reader())
    kinds = [
        (pair.kind, (pair.after or pair.before).text) for pair in found.pairs if pair.after or pair.before
    ]
    assert kinds == [
        ("moved", "In the end it took two hours."),
        ("kept", "Last spring our loader took nine hours."),
        ("lost", "I was asked to bring it down to two."),
        ("kept", "I measured every step of the job."),
        ("added", "I asked the database team for an index."),
        ("kept", "I rewrote the slowest one in a week."),
    ]
    assert set(found.scores) >= {"overall", "result"}
    assert json.loads(json.dumps(to_json([found])))["answers"][0]["sentences"][2]["after"] is None


def test_the_same_story_to_another_question_is_found() -> None:
    (found,) = compare(take("What went well?", FIRST), take("Name a success of yours.", SECOND), Reader())

    assert found.question == "Name a success of yours."


def test_another_story_to_another_question_is_no_take_of_it() -> None:
    other = "My sister keeps bees in her garden. They swarmed on a Sunday in June. We caught them in a box."

    assert compare(take("What went well?", FIRST), take("Tell me of your family.", other), Reader()) == []


@given(st.lists(st.lists(st.floats(0, 1), min_size=4, max_size=4), max_size=6))
def test_each_sentence_comes_once(rows: list[list[float]]) -> None:
    table = np.array(rows, dtype=np.float64).reshape(len(rows), 4)
    found = aligned(["x"] * len(rows), ["y"] * 4, table, 0.5)

    assert sorted(i for _, i, _ in found if i is not None) == list(range(len(rows)))
    assert [j for _, _, j in found if j is not None] == list(range(4))
    kept = [(i, j) for kind, i, j in found if kind == "kept" and i is not None]
    assert kept == sorted(kept)
    assert all(table[i, j] >= 0.5 for i, j in kept if j is not None)


@pytest.mark.parametrize("text", ["a --> b", "<script>x</script> & co", "", "w " * 200])
def test_captions_hold_every_word_and_no_mark_of_their_own(text: str) -> None:
    report = take("Q?", text) if text.strip() else take("Q?")
    turns = [turn for answer in report.answers for turn in answer.turns]
    for made in (srt(turns), vtt(turns)):
        lines = [line for line in made.splitlines() if "-->" in line]
        assert all(len(line.split(" --> ")) == 2 and line[0].isdigit() for line in lines)
    assert "<script" not in vtt(turns)
    assert sum(line.count("w") for line in srt(turns).splitlines()) == text.count("w")


def test_a_turn_without_words_is_one_caption() -> None:
    turn = Turn(speaker="interviewer", start=Seconds(3661.5), end=Seconds(3662.0), text="What\ncame of it?")

    assert srt([turn]) == "1\n01:01:01,500 --> 01:01:02,000\nInterviewer: What came of it?\n"


def test_the_sheet_holds_no_formula() -> None:
    rows = sheet(take("=cmd|' /C calc'!A0", FIRST)).splitlines()

    assert rows[0].startswith("question,start,duration")
    assert rows[1].startswith("'=cmd")
