"""What strangers write in ways of their own: forms, tables, headings without a look, postings in prose."""

import json

import pytest

from tests.personas.papers.written import plain_paper
from vivavoce.personas.papers.formats.opening import opened
from vivavoce.personas.papers.paper import Kind, Paper
from vivavoce.personas.papers.understanding.posting import posting
from vivavoce.personas.papers.understanding.resume import resume
from vivavoce.personas.papers.understanding.structured import as_data
from vivavoce.personas.papers.words.activities import activities, is_work
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
        ("Turned the staff canteen around.", "the turnaround of the staff canteen"),
        ("Supper club in a garage, sold out for a year.", "the supper club"),
        ("Planned and opened the second shop front.", "the second shop front"),
        ("Particular interest in procedure: how evidence is kept for years.", ""),
        ("Salto Portal for the doors of nine sites and their keys.", ""),
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


@pytest.mark.parametrize(
    "said",
    [
        "Company: Tern Works",
        "About Tern Works\nWe mend boats.",
        "Why Tern Works?\nBecause of the boats.",
        "Tern Works is looking for a data analyst who likes boats.",
        "Join Tern Works and count boats.",
        "At Tern Works we count boats. Tern Works is a yard.",
        "Tern Works\n1,204 followers",
        "Tern Works is an equal opportunity employer.",
        "Tern Works mends boats.\nWe work at Tern Works by the sea.\nWrite to jobs@ternworks.example",
    ],
)
def test_an_employer_is_named_in_many_ways(said: str) -> None:
    found = posting(
        plain_paper(f"Data Analyst\n\n{said}\n\nRequirements\n- Experience at Umbra Corp with SQL\n")
    )

    assert (found.title, found.employer) == ("Data Analyst", "Tern Works")


@pytest.mark.parametrize(
    ("asked", "skills"),
    [
        ("Strong Python; experience with Kafka, Flink or Spark", {"Python", "Kafka", "Flink", "Spark"}),
        ("Hands-on experience with containers (Docker)", {"containers", "Docker"}),
        ("You hold the 18th Edition and know Siemens S7", {"18th Edition", "Siemens S7"}),
        ("Food hygiene certificate Level 3", {"Food hygiene"}),
        ("Proven track record in selling medical devices", {"medical devices"}),
        ("Registered nurse", set()),
        ("A degree in engineering and a sense of humour", set()),
        ("Five years of post-qualifying practice", set()),
    ],
)
def test_a_skill_is_asked_for_in_many_ways(asked: str, skills: set[str]) -> None:
    found = posting(plain_paper(f"Clerk\n\nRequirements\n- {asked}\n- Patience\n"))

    assert {*found.skills} == skills


@pytest.mark.parametrize(
    ("duty", "named"),
    [
        ("Lead a team of 31, with rostering and appraisals", ["rostering", "appraisals"]),
        ("Monthly consolidation of nine entities", ["monthly consolidation"]),
        ("Run discovery calls with companies", ["discovery calls"]),
        ("Take the models from features to serving", []),
        ("Answer questions of the branches", []),
        ("Improving a close that takes nine days", []),
    ],
)
def test_a_duty_names_activities(duty: str, named: list[str]) -> None:
    assert [*activities(duty)] == named


@pytest.mark.parametrize(
    ("duty", "is_one"),
    [
        ("Keep the ward safe", True),
        ("Group reporting under IFRS", True),
        ("Drafting witness statements", True),
        ("Events by Kafka, everything on Kubernetes", False),
        ("First contact for the auditors", False),
        ("From September we need a head of mathematics", False),
    ],
)
def test_work_is_told_from_what_there_is(duty: str, is_one: bool) -> None:
    assert is_work(duty) is is_one


def test_a_list_that_lost_its_marks_is_a_list() -> None:
    found = posting(
        plain_paper(
            "Data Analyst\n\nWhat you will do\n\nBuild the dashboards that all the city teams read at dawn\n"
            "Keep the models tidy\n\nWho you are\n\nExperience with Tableau\nKnowledge of dbt\n"
        )
    )

    assert len(found.duties) == 2
    assert {"Tableau", "dbt"} <= {*found.skills}
