"""What strangers write in ways of their own: forms, tables, headings without a look, postings in prose."""

import json

import pytest

from tests.personas.papers.written import plain_paper
from vivavoce.personas.papers.formats.opening import opened
from vivavoce.personas.papers.paper import Kind, Paper
from vivavoce.personas.papers.understanding.posting import posting
from vivavoce.personas.papers.understanding.resume import resume
from vivavoce.personas.papers.understanding.structured import as_data
from vivavoce.personas.papers.words.deeds import deeds

FORM = """Surname(s) / First name(s)   Harrow, Linnea
Work experience
Dates   03/2019 - present
Occupation or position held   Baker
Main activities and responsibilities
Moved the bakery to sourdough without yeast, 300 loaves a day.
Name and address of employer   Example Ovens Ltd, Hull
Dates   2015 - 2019
Occupation or position held   Kitchen Assistant
Name and address of employer   Quayside, Hull
"""
COLUMNS = """Linnea Harrow

WORK EXPERIENCE
Company   Designation   Duration   Responsibilities
Quayside   Kitchen Assistant   2015 - 2019   Planned the canteen relaunch; sales doubled
Example Ovens Ltd   Baker   2019 - Till date   Introduced a rye loaf for two shops
"""
NO_HEADING = """Linnea Harrow
linnea@example.org

Kitchens
Quayside, Hull
Sous Chef, May 2021 - today
- 40 covers, brigade of five.
Self-employed
Private Chef, 2020 - 2021
"""


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (FORM, [("Baker", "Example Ovens Ltd"), ("Kitchen Assistant", "Quayside")]),
        (COLUMNS, [("Kitchen Assistant", "Quayside"), ("Baker", "Example Ovens Ltd")]),
        (NO_HEADING, [("Sous Chef", "Quayside"), ("Private Chef", "Self-employed")]),
    ],
    ids=["a form", "a table", "no heading that is known"],
)
def test_positions_are_found_in(text: str, held: list[tuple[str, str]]) -> None:
    assert [(role.title, role.employer) for role in resume(plain_paper(text)).roles] == held


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Led the move to electronic charts for 32 beds.", "the move to electronic charts"),
        ("Led the migration of the archive to cold storage.", "the migration of the archive to cold storage"),
        ("Cut missed medications by 30%.", "the reduction in missed medications"),
        ("Rearranged the chill aisles by turnover.", "the work on the chill aisles"),
        ("Streamlined invoice processing, saving a day.", "the streamlining of invoice processing"),
        ("Digitised 3,000 patient files.", "the digitisation of the patient files"),
        ("Second chair in an arbitration about a harbour.", "the arbitration"),
        ("Managed a brigade of four.", ""),
        ("Respiratory ward, 24 beds, nights and weekends.", ""),
        ("Assisted the head nurse with rounds.", ""),
    ],
)
def test_a_project_is_called(told: str, name: str) -> None:
    assert [one.name for one in deeds(told)] == ([name] if name else [])


ASKING = """Ward Nurse (m/f/d)
St. Example Hospital, Linz
We at the hospital like each other and protect member trust.

What awaits you
- Assess patients on arrival
- Guide student nurses through their first nights

What you bring
- Experience with triage
- Knowledge of Epic
- Hands-on experience with Kafka, Flink or Spark
- You must have a driving licence

What we offer
- Free parking for everybody
"""


def test_a_posting_tells_duties_from_wishes_and_gifts() -> None:
    found = posting(plain_paper(ASKING))

    assert (found.title, found.employer) == ("Ward Nurse", "St. Example Hospital")
    assert found.skills == ("triage", "Epic", "Kafka", "Flink", "Spark")
    assert found.duties == ("Assess patients on arrival", "Guide student nurses through their first nights")


@pytest.mark.parametrize(
    "text", ["and protect member trust in all we do", "We believe that good food is good."]
)
def test_a_sentence_is_no_employer(text: str) -> None:
    assert posting(plain_paper(f"Data Analyst\n{text}\n\nRequirements\n- Knowledge of SQL\n")).employer == ""


@pytest.mark.parametrize("text", [FORM, COLUMNS, NO_HEADING])
def test_a_saved_resume_says_the_same_when_it_is_read_again(text: str) -> None:
    first = resume(plain_paper(text))
    saved = opened(json.dumps(as_data(first)).encode(), "saved.json", Kind.RESUME)
    again = resume(Paper(kind=Kind.RESUME, lines=saved.lines, data=saved.data))

    assert first.roles
    for name in ("name", "headline", "roles", "projects", "skills", "education", "years", "level"):
        assert getattr(again, name) == getattr(first, name), name
