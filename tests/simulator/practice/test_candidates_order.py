"""The simulated candidates of a coding and of a design round: what the report finds, in which order.

What was meant is written by hand, from the scripts. Prints how many of the eight were found right.
"""

from functools import cache
from pathlib import Path

import pytest

from vivavoce.personas.content.content_checks import every_set
from vivavoce.personas.content.points import points
from vivavoce.simulator.practice.candidate_script import named, read_script
from vivavoce.simulator.practice.simulate import simulate
from vivavoce.transcripts.events import Event, QuestionAsked
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.report.json_report import to_json
from vivavoce.transcripts.report.report import markdown, report
from vivavoce.transcripts.scoring.assessment import Reader
from vivavoce.transcripts.scoring.assessment_json import from_json
from vivavoce.transcripts.scoring.assessment_json import to_json as stored

LEAST = 7  # of eight

# Steps of requirements C13 to C19, and of D05 to D10, in the order in which each of them says them.
MEANT = {
    "coding-rushes": "better code clarify scale brute-force complexity tests",
    "coding-silent": "code better clarify scale brute-force complexity tests",
    "coding-perfect": "clarify scale brute-force better complexity code tests",
    "coding-wanders": "brute-force clarify scale complexity better code tests",
    "coding-only-models": "clarify scale brute-force better complexity code tests",
    "coding-no-metrics": "clarify brute-force better scale code tests",
    "coding-asks-back": "clarify scale brute-force better code complexity tests",
    "coding-second-language": "clarify scale brute-force better complexity code tests",
    "design-rushes": "whole life-of-the-model goal success guardrails load next-and-worst",
    "design-silent": "goal success guardrails whole life-of-the-model load next-and-worst",
    "design-perfect": "goal success guardrails whole life-of-the-model load next-and-worst",
    "design-wanders": "goal success guardrails whole life-of-the-model load next-and-worst",
    "design-only-models": "goal success whole life-of-the-model load next-and-worst",
    "design-no-metrics": "goal whole life-of-the-model load next-and-worst",
    "design-asks-back": "goal load success guardrails whole life-of-the-model next-and-worst",
    "design-second-language": "goal success guardrails whole life-of-the-model load next-and-worst",
}


@cache
def session(name: str) -> list[Event]:
    return simulate(read_script(named(Path(name))))


def judged(name: str) -> dict[str, object]:
    reader = Reader(checks=every_set(), points=points)
    return to_json(report(session(name), Meta(title=name, started_at="2026-01-02T10:00:00"), reader=reader))


def order(name: str) -> str:
    answers = judged(name)["answers"]
    assert isinstance(answers, list)
    steps = next(one["steps"] for one in answers if one["steps"])
    times = [one["at"] for one in steps if one["heard"]]
    assert times == sorted(times)
    return " ".join(one["id"] for one in steps if one["heard"])


@pytest.mark.parametrize("kind", ["coding", "design"])
def test_the_order_is_found_as_it_was_meant(kind: str) -> None:
    names = [name for name in MEANT if name.startswith(kind)]
    wrong = {name: order(name) for name in names if order(name) != MEANT[name]}

    print(f"{kind}: {len(names) - len(wrong)} of {len(names)} in the order that was meant; not: {wrong}")
    assert len(names) == 8
    assert len(wrong) <= 8 - LEAST, wrong


def test_the_report_says_which_steps_were_heard_and_which_were_not() -> None:
    reader = Reader(checks=every_set(), points=points)
    meta = Meta(title="Design", started_at="2026-01-02T10:00:00")
    page = markdown(report(session("design-no-metrics"), meta, reader=reader))

    assert "Steps, in the order heard: what it is for, and for whom" in page
    assert "Steps not heard: how success is measured; what must not get worse." in page


def asked(name: str) -> list[str]:
    return [event.text for event in session(name) if isinstance(event, QuestionAsked)]


def test_who_writes_before_asking_is_asked_once_and_calmly_what_the_input_is() -> None:
    lines = [line for line in asked("coding-rushes") if "taking for granted" in line]

    assert len(lines) == 1
    assert asked("coding-rushes").index(lines[0]) == 1


def test_who_writes_in_silence_is_left_alone_until_they_speak() -> None:
    lines = asked("coding-silent")
    second = [event.at for event in session("coding-silent") if isinstance(event, QuestionAsked)][1]

    assert second > 120
    assert not any("What would you want to know before you start" in line for line in lines)


def test_nobody_is_asked_twice_for_the_same() -> None:
    for name in MEANT:
        probes = [line for line in asked(name)[1:] if line.endswith("?")]
        assert len(probes) == len(set(probes)), name


def test_steps_survive_being_stored() -> None:
    reader = Reader(checks=every_set(), points=points)
    meta = Meta(title="Coding", started_at="2026-01-02T10:00:00")
    found = report(session("coding-no-metrics"), meta, reader=reader).threads[0].assessment

    assert found.steps
    assert from_json(stored("1", found), found.text) == found
