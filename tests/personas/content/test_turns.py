"""The mock loops: in each stage the listener changes once, and a doubt follows."""

from dataclasses import replace

import pytest

from vivavoce.personas.content.pack import Stage, pack
from vivavoce.personas.content.persona import names, persona
from vivavoce.personas.content.turns import DOUBT, TURN, turning
from vivavoce.personas.papers.job_packs import MOCK_LOOP, round_of
from vivavoce.personas.papers.tailoring import NOTHING
from vivavoce.simulator.engine.rounds import stages, tailored_stages

MOCK_LOOPS = [name for name in names("packs") if name.split("/")[-1] == MOCK_LOOP]


@pytest.mark.proves("P07", "P08")
@pytest.mark.parametrize("name", MOCK_LOOPS)
def test_each_stage_says_from_where_it_looks_and_changes_the_listener(name: str) -> None:
    loop = pack(name)
    for seed in range(3):
        for stage in tailored_stages(persona("dana"), loop, NOTHING, seed):
            assert stage.persona.looks
            asked = [one for one in stage.pack.leading if one.id == TURN]
            planned = [point for one in stage.pack.questions for point in one.points]
            assert len(asked) == 1 or {TURN, DOUBT} <= {point.check.id for point in planned}
    assert loop.minutes == 45
    assert all(len(stage.turn) > 1 and stage.doubt for stage in loop.stages)


@pytest.mark.parametrize("name", MOCK_LOOPS)
def test_what_is_built_on_is_a_step_of_the_round(name: str) -> None:
    for stage in pack(name).stages:
        steps = {point.check.id for one in pack(stage.round).questions for point in one.points if point.step}
        assert set(stage.after) <= steps
        assert bool(stage.after) == (pack(stage.round).plan != "questions")


def test_a_stage_without_such_a_question_stays_as_it_is() -> None:
    content = pack("behavioral")

    assert turning(content, Stage(round="behavioral", persona="", minutes=10), 0) is content


def test_another_loop_has_no_look_and_no_turn() -> None:
    assert not any(one.persona.looks for one in stages(persona("dana"), pack("loop")))


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Machine Learning Engineer", "linkedin-ml/mock-loop"),
        ("Registered Nurse", "nursing/mock-loop"),
        ("Senior Accountant", "accounting/mock-loop"),
        ("Backend Engineer", "backend/mock-loop"),
        ("Site Reliability Engineer", "devops/mock-loop"),
        ("Baker", "mock-loop"),
    ],
)
def test_a_job_practises_its_own_rounds(title: str, found: str) -> None:
    assert round_of(MOCK_LOOP, replace(NOTHING, title=title)).id == found
