"""An interview's questions are counted by what they come from, and no paper that is held out is in it."""

from benchmarks.papers.truth import people, postings
from benchmarks.tailoring import PAIRS, is_about_the_papers
from tests.personas.papers.written import tailoring
from vivavoce.simulator.live.preparation import planned


def test_no_pair_has_a_paper_that_is_held_out() -> None:
    shown = {one.id for one in (*people(), *postings()) if not one.held_out}

    assert len({*PAIRS}) == 10
    assert {one for pair in PAIRS for one in pair} <= shown


def test_without_papers_no_question_is_about_them() -> None:
    assert not any(map(is_about_the_papers, planned(tailoring())))


def test_what_a_posting_says_is_asked_about() -> None:
    plan = planned(tailoring("", "Clerk\n\nDuties\n- Keep the register of boats\n"))
    told = [one.words for one in plan if is_about_the_papers(one)]

    assert any("keep the register of boats" in words for words in told)
