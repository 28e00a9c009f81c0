"""An answer that was none is shown in the report, and not judged."""

from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.report.html_page import page
from vivavoce.transcripts.report.report import Report, markdown, summed
from vivavoce.transcripts.talk.answers import Answer
from vivavoce.transcripts.talk.pacing import pacing
from vivavoce.transcripts.talk.turns import Turn

META = Meta(started_at="2026-11-23T14:15:00+01:00", round="behavioral", persona="Ana", models={})
NEVER = "I have never closed the books of a company abroad."
STORY = "The shelves were a mess. I labelled them all. We saved ten minutes a shift."


def answered(text: str, move: str = "") -> Answer:
    at = Seconds(0.0)
    asked = Turn(speaker="interviewer", start=at, end=at, text="When did you close books?", move=move)
    said = (Turn(speaker="candidate", start=at, end=at, text=text),) if text else ()
    none = pacing((), ())
    return Answer(question=asked, turns=said, words=(), response_gap=None, pacing=none, fillers=())


def reported(*said: Answer) -> Report:
    return summed(said, META, length=Seconds(0.0), written=True)


def test_it_is_quoted_by_nothing() -> None:
    shown = markdown(reported(answered(NEVER), answered(STORY, "reassure")))

    assert shown.count(NEVER) == 1
    assert f"> {NEVER}" in shown


def test_the_page_has_it_beside_the_answer() -> None:
    shown = page(reported(answered(NEVER), answered(STORY, "reassure")))

    assert shown.index(NEVER) < shown.index("The shelves")


def test_who_only_passed_was_heard() -> None:
    shown = page(reported(answered(NEVER), answered("", "reassure")))

    assert NEVER in shown
    assert "Not judged: it was not answered" in shown
    assert "Nothing was heard" not in shown
