"""What a pack's question wants heard, found in an answer to it by the words of the question."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from vivavoce.personas.content import points as by_words
from vivavoce.personas.content.content_checks import every_set
from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.points import checks, points
from vivavoce.transcripts.scoring.assessment import NO_RUBRIC, Reader, assess
from vivavoce.transcripts.scoring.checks import STORY, TOPIC
from vivavoce.transcripts.scoring.rubric import GAP

PACK = """round = "kitchen"
title = "Kitchen"
minutes = 10

[[questions]]
id = "dough"
theme = "dough"
answer = "topic"
wordings = ["What does a good dough need?"]

[[questions]]
id = "burnt"
theme = "something burnt"
wordings = ["Tell me about something that you burnt."]

[[questions]]
id = "rush"
theme = "a rush"
wordings = ["Tell me about a rush in the kitchen."]

[[questions.points]]
id = "calm"
name = "how it stayed calm"
said = ["calm*"]
ask = ["How did it sound in there?"]
"""
QUESTION = next(one for one in pack("nursing/clinical").questions if one.id == "handover")
READER = Reader(checks=every_set(), points=points)
ANSWER = (
    "First I say who is the sickest, and then what I expect in the next hours. I let them ask questions and "
    "repeat it back to me. After that we go to the bedside together."
)


def test_a_question_is_known_by_any_of_its_wordings_and_by_what_is_said_before_it() -> None:
    for words in (*QUESTION.wordings, f"Okay. {QUESTION.again[0]}", QUESTION.wordings[0].upper()):
        assert points(words) == (checks(QUESTION),), words
    assert points("What makes a good bridge?") == ()
    assert points("") == ()


def test_what_was_heard_is_listed_and_nothing_is_marked_down() -> None:
    found = assess(ANSWER, QUESTION.wordings[0], READER)

    assert found.scores is None
    assert found.why_not == NO_RUBRIC
    assert any(one.code.startswith("handover-") for one in found.findings)
    assert GAP not in {one.kind for one in found.findings}
    for one in found.findings:
        assert found.quote(one) in ANSWER


@pytest.fixture
def kitchen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "kitchen.toml").write_text(PACK, "utf-8")
    by_words._known.cache_clear()
    yield
    by_words._known.cache_clear()


@pytest.mark.usefixtures("kitchen")
@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Okay. What does a good dough need?", [TOPIC]),
        ("Tell me about something that you burnt.", []),
        ("Tell me about a rush in the kitchen.", [STORY]),
        ("What does a good doughnut need?", []),
    ],
    ids=["topic without points", "story without points", "story with points", "another question"],
)
def test_a_question_is_known_by_its_words_if_the_pack_says_more_of_it(
    question: str, kinds: list[str]
) -> None:
    assert [one.answer for one in points(question)] == kinds
