"""What is said to try next, and what went well: the order, and what is never said."""

from collections.abc import Sequence

import pytest

from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.scoring import rubric
from vivavoce.transcripts.scoring.advice import ABOUT, FIRST, WELL, advice, went_well
from vivavoce.transcripts.scoring.assessment import Assessment, Finding
from vivavoce.transcripts.scoring.assessment_json import from_json, to_json
from vivavoce.transcripts.scoring.checks import STORY, TOPIC
from vivavoce.transcripts.scoring.threads import Thread
from vivavoce.transcripts.talk.answers import Answer
from vivavoce.transcripts.talk.interruptions import Interruption
from vivavoce.transcripts.talk.pacing import pacing
from vivavoce.transcripts.talk.turns import Turn

S = Seconds
TEXT = "We moved the depot in May. I drew the plan. I called all of the drivers. It was done by noon."
SAID = tuple(Word(text=word, start=S(4 + n / 2), end=S(4.4 + n / 2)) for n, word in enumerate(TEXT.split()))
CUT = Interruption(by="interviewer", at=S(14.0), why="nothing new for 5 s", evidence=(), recovery=None)
PLACES = {"first": (0, 26), "plan": (27, 43), "drivers": (44, 73), "done": (74, 94)}


def finding(code: str, place: str = "first") -> Finding:
    rule = rubric.RULES.get(code) or rubric.Rule(rubric.GAP, f"{code} is not there.", {"structure": 2})
    start, end = PLACES[place]
    return Finding(
        code=code, kind=rule.kind, message=rule.message, start=start, end=end, at=S(4.0), costs=rule.costs
    )


def told(
    *codes: str | tuple[str, str],
    kind: str = STORY,
    judged: bool = True,
    missed: float = 0.0,
    interrupted: bool = False,
) -> Thread:
    """Return a thread in which these findings hold, each at its place."""
    found = [finding(code) if isinstance(code, str) else finding(*code) for code in codes]
    asked = Turn(speaker="interviewer", start=S(0.0), end=S(3.0), text="Why?")
    said = Turn(speaker="candidate", start=S(4.0), end=S(20.0), text=TEXT, interrupted=interrupted)
    answer = Answer(
        question=asked,
        turns=(said,),
        words=SAID if interrupted else (),
        response_gap=None,
        pacing=pacing((), ()),
        fillers=(),
        missed=S(missed),
    )
    assessment = Assessment(
        text=TEXT,
        kind=kind,
        segments=(),
        present={},
        quantified=False,
        scores=dict.fromkeys(rubric.SCORES, 3) if judged else None,
        findings=tuple(found) if judged else (),
        why_not="" if judged else "only 3 words were heard",
    )
    return Thread((answer,), assessment, {}, None, (answer,))


def tips(*threads: Thread, cuts: Sequence[Interruption] = ()) -> list[str]:
    answers = [answer for thread in threads for answer in thread.answers]
    return [tip.text for tip in advice(answers, threads, cuts)]


def says(code: str) -> str:
    return rubric.RULES[code].message


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        pytest.param(["shortest", "result-missing"], ["result-missing", "shortest"], id="the outcome first"),
        pytest.param(
            ["action-missing", "no-episode", "result-missing"],
            ["result-missing", "no-episode"],
            id="then one occasion",
        ),
        pytest.param(
            ["setup-heavy", "action-missing"], ["action-missing", "setup-heavy"], id="then the steps"
        ),
        pytest.param(
            ["result-soft", "context-missing"], ["context-missing", "result-soft"], id="then what costs most"
        ),
        pytest.param(["result-told", "reasons-missing"], [], id="no strength and no observation"),
    ],
)
def test_what_would_help_most_comes_first(codes: list[str], expected: list[str]) -> None:
    assert tips(told(*codes)) == [says(code) for code in expected]


@pytest.mark.parametrize(
    "codes",
    [
        ("result-missing", "result-unclear"),
        ("action-thin", "action-unclear"),
        ("shorter", "shortest"),
        ("off-topic", "aside-heavy"),
    ],
)
def test_two_things_are_never_about_the_same(codes: tuple[str, str]) -> None:
    assert len(tips(told(codes[0]), told(codes[1]))) == 1


@pytest.mark.parametrize(
    ("code", "first"),
    [("result-missing", says("result-missing")), ("setup-heavy", "You were interrupted here.")],
)
def test_a_cut_in_is_told_of_unless_the_outcome_is_already(code: str, first: str) -> None:
    found = tips(told(code, interrupted=True), cuts=[CUT])

    assert found[0].startswith(first)
    assert [one for one in found if one.startswith("You were interrupted")] == (
        [] if code == "result-missing" else found[:1]
    )


def test_what_holds_in_several_answers_is_counted_among_those_of_its_kind() -> None:
    threads = [told("result-missing"), told(), told("result-missing"), told(kind=TOPIC), told(judged=False)]

    assert tips(*threads) == [f"{says('result-missing')} It is so in 2 of 3 answers."]


def test_a_gap_that_costs_little_but_often_comes_before_one_that_costs_more_once() -> None:
    often = [told("setup-heavy") for _ in range(3)]

    assert tips(told("context-missing"), *often)[0].startswith(says("setup-heavy"))


@pytest.mark.parametrize("code", ["result-missing", "action-missing", "context-missing", "no-guardrail"])
def test_nothing_is_called_missing_that_may_have_been_said_where_nothing_was_understood(code: str) -> None:
    assert tips(told(code, missed=3.0)) == []
    assert len(tips(told(code))) == 1


def test_what_was_told_too_briefly_stays_true_where_something_was_not_understood() -> None:
    assert tips(told("action-thin", missed=3.0)) == [says("action-thin")]


def test_an_answer_that_is_not_judged_gives_no_advice() -> None:
    assert tips(told("result-missing", judged=False)) == []
    assert went_well([told("result-told", judged=False)]) == []


def test_every_code_that_is_named_is_one_of_the_rubric() -> None:
    gaps = {code for code, rule in rubric.RULES.items() if rule.kind == rubric.GAP}

    assert {*FIRST, *ABOUT} <= gaps
    assert {*WELL} == {code for code, rule in rubric.RULES.items() if rule.kind == rubric.STRENGTH}


def test_what_carries_an_answer_is_praised_first_and_the_outcome_once() -> None:
    threads = [
        told("context-told", ("action-told", "plan")),
        told(("result-told", "done"), ("result-measured", "done")),
    ]

    assert [one.text for one in went_well(threads)] == [says("result-measured"), says("action-told")]


def test_nothing_is_praised_in_the_words_that_a_tip_rests_on() -> None:
    thread = told("details-missing", "context-told", ("action-told", "drivers"))
    found = advice(thread.answers, [thread], ())

    assert [one.text for one in went_well([thread], found)] == [says("action-told")]


def test_a_stored_assessment_leads_to_the_same_advice() -> None:
    thread = told("result-soft", "context-missing", "details-missing")
    row = to_json("1", thread.assessment)
    again = Thread(thread.answers, from_json(row, TEXT), {}, None, thread.answers)

    assert tips(again) == tips(thread) == [says("context-missing"), says("result-soft")]
