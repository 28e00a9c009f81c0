"""What a pack's question wants heard, found in an answer to it by the words of the question."""

from vivavoce.personas.content.content_checks import every_set
from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.points import checks, points
from vivavoce.transcripts.scoring.assessment import NO_RUBRIC, Reader, assess
from vivavoce.transcripts.scoring.rubric import GAP

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
