"""Drafts of stories from a résumé: one for each project or achievement, its own words in their fields."""

import pytest

from vivavoce.personas.papers.paper import Kind
from vivavoce.personas.papers.story_drafts import MOST, drafts
from vivavoce.personas.papers.understanding.understood import Posting, Project, Resume, Role
from vivavoce.transcripts.bank.fields import FIELDS, GENERAL, MACHINE_LEARNING

CHURN = (
    "Built a churn model with gradient boosting using two years of billing data, "
    "deployed as a daily batch job, reducing churn by 8%"
)
SHEET = "Introduced a handover sheet on the surgical ward, which cut missed medicines by 40 percent"
SUPPLY = "Reorganised the supply room, saving 3 hours a week"


def resume(*bullets: str, projects: tuple[Project, ...] = (), title: str = "Staff Nurse") -> Resume:
    """Return a résumé with one role."""
    role = Role(title=title, employer="Alder Infirmary", bullets=bullets)
    return Resume(kind=Kind.RESUME, roles=(role,), projects=projects, usable=bullets)


@pytest.mark.proves("M09")
def test_each_project_and_each_achievement_becomes_a_draft() -> None:
    one = Project(name="the handover sheet", employer="Alder Infirmary", quote=SHEET)

    found = drafts(resume(SHEET, SUPPLY, "Cared for patients after surgery", projects=(one,)))

    assert [draft.title for draft in found] == [
        "Handover sheet at Alder Infirmary",
        "Reorganised the supply room at Alder Infirmary",
    ]
    assert {draft.kind for draft in found} == {GENERAL}
    assert dict(found[0].fields) == {
        "model": "Introduced a handover sheet on the surgical ward",
        "metrics": "which cut missed medicines by 40 percent",
    }


@pytest.mark.proves("M09")
def test_a_draft_about_a_model_has_the_names_of_machine_learning_and_its_clauses_in_their_fields() -> None:
    one = Project(name="the churn model", employer="Brightfold", quote=CHURN)

    (draft,) = drafts(resume(projects=(one,), title="Analyst"))

    assert (draft.name, draft.kind) == ("churn-model", MACHINE_LEARNING)
    assert dict(draft.fields) == {
        "data": "using two years of billing data",
        "model": "Built a churn model with gradient boosting",
        "delivery": "deployed as a daily batch job",
        "metrics": "reducing churn by 8%",
    }


@pytest.mark.parametrize(
    ("said", "done", "came"),
    [
        (
            "Introduced a huddle; falls went from 11 to 4 a quarter",
            "Introduced a huddle",
            "falls went from 11 to 4 a quarter",
        ),
        ("Built the retrieval model, recall@100 up 14 %", "Built the retrieval model", "recall@100 up 14 %"),
        (
            "Ran tests of the feed; click-through up by 3.2 %",
            "Ran tests of the feed",
            "click-through up by 3.2 %",
        ),
        (
            "Wrote a rota, sickness dropped from 9 % to 5 %",
            "Wrote a rota",
            "sickness dropped from 9 % to 5 %",
        ),
        (
            "Set up a chart so that relatives could fill it in",
            "Set up a chart so that relatives could fill it in",
            "",
        ),
        ("Led the switch from paper charts to tablets", "Led the switch from paper charts to tablets", ""),
    ],
)
def test_a_change_is_what_came_of_it_and_is_never_cut_in_two(said: str, done: str, came: str) -> None:
    (draft,) = drafts(resume(projects=(Project(name="it", quote=said),)))

    assert dict(draft.fields) == {"model": done} | ({"metrics": came} if came else {})


def test_a_line_with_a_change_is_an_achievement_and_its_name_ends_with_a_whole_thing() -> None:
    found = drafts(
        resume(
            "Built the two-tower retrieval model for product recommendations, recall@100 up 14 %",
            "Ran A/B tests for the home feed; click-through up 3.2 %",
            "Set up 12 rooms",
        )
    )

    assert [one.title for one in found] == [
        "Built the two-tower retrieval model at Alder Infirmary",
        "Ran A/B tests for the home feed at Alder Infirmary",
    ]


@pytest.mark.parametrize(
    "said", [CHURN, SHEET, SUPPLY, "A", "Led to X, Y; Z", "Cut costs - by 5% - to help, so that all"]
)
def test_nothing_is_added_and_each_empty_field_has_a_question(said: str) -> None:
    one = Project(name="the thing that was done", quote=said)

    (draft,) = drafts(resume(projects=(one,)))

    assert all(part in said for words in draft.fields.values() for part in words.split("\n"))
    assert {*draft.fields} | {*draft.ask} == {*FIELDS}
    assert not {*draft.fields} & {*draft.ask}
    assert all(text.endswith("?") for text in draft.ask.values())


def test_what_the_posting_speaks_of_comes_first_and_there_are_not_too_many() -> None:
    many = tuple(
        Project(name=f"the thing number {number}", quote=f"Built thing {number}", terms=(f"thing{number}",))
        for number in range(20)
    )

    found = drafts(resume(projects=many), Posting(usable=("You know thing19 and thing7.",)))

    assert len(found) == MOST
    assert [draft.title for draft in found[:2]] == ["Thing number 7", "Thing number 19"]


def test_an_empty_resume_has_no_drafts() -> None:
    assert drafts(Resume(kind=Kind.RESUME)) == []
