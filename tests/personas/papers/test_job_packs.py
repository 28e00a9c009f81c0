"""Which loop a job has, and how its rounds weigh."""

import pytest

from vivavoce.personas.content.pack import pack
from vivavoce.personas.papers.job_packs import loop, round_of, weighed
from vivavoce.personas.papers.tailoring import Tailoring
from vivavoce.personas.papers.understanding.understood import Posting

LOOP = "linkedin-ml/loop"


def job(title: str, *lines: str) -> Tailoring:
    return Tailoring(posting=Posting(title=title, usable=lines), title=title)


def minutes(known: Tailoring) -> dict[str, float]:
    return {stage.round.split("/")[1]: stage.minutes for stage in weighed(pack(LOOP), known).stages}


@pytest.mark.proves("L07")
@pytest.mark.parametrize(
    ("line", "longer", "shorter"),
    [
        ("You build our ML platform: serving, latency, Kubernetes.", "ml-design", "domain"),
        ("An applied role: product, experiments, growth.", "hiring-manager", "coding"),
        ("You work on relevance: ranking, retrieval, search.", "domain", "recruiter"),
    ],
    ids=["infrastructure", "applied", "relevance"],
)
def test_rounds_weigh_by_what_the_job_is_about(line: str, longer: str, shorter: str) -> None:
    plain, found = minutes(Tailoring()), minutes(job("ML engineer", line))

    assert found[longer] > plain[longer]
    assert found[shorter] < plain[shorter]


@pytest.mark.proves("L07", "T01")
@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Machine Learning Engineer", LOOP),
        ("Registered Nurse", "nursing/loop"),
        ("Lighthouse keeper", "loop"),
        ("", "loop"),
    ],
)
def test_a_title_leads_to_the_loop_of_that_job_or_of_any(title: str, name: str) -> None:
    assert loop(job(title)).id == name


def test_a_round_is_the_one_of_the_job_if_that_has_one() -> None:
    engineer = job("Machine Learning Engineer")

    assert round_of("behavioral", engineer).id == "linkedin-ml/behavioral"
    assert round_of("behavioral", job("Registered Nurse")).id == "behavioral"


def test_how_a_loop_weighs_is_the_time_that_it_takes() -> None:
    weighing = weighed(pack(LOOP), job("ML engineer", "product, experiments, growth"))

    assert weighing.minutes == sum(stage.minutes for stage in weighing.stages) != pack(LOOP).minutes
