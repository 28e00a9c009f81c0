from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivavoce.transcripts.scoring import rubric
from vivavoce.transcripts.scoring.assessment import assess
from vivavoce.transcripts.scoring.assessment_json import to_json
from vivavoce.transcripts.scoring.findings import Found

QUESTION = "Tell me about a time you improved a process."
TOLD = (
    "In my last job at a bank in Leeds, the monthly report took three days and was often late. "
    "I was asked to bring that down to one day before the audit in June. "
    "I interviewed the four people who filled it in, because nobody knew where the time went. "
    "I wrote a script that collected the figures, and I compared its first reports with theirs by hand. "
    "I then trained two colleagues to run it, so that it would not depend on me. "
    "As a result, the report took four hours, and my manager rolled it out to two other teams."
)
SENTENCES = TOLD.split(". ")


def test_a_whole_story_has_high_scores_and_its_strengths() -> None:
    found = assess(TOLD, QUESTION)
    assert found.scores is not None
    assert min(found.scores.values()) >= 4
    assert {"action-told", "result-measured"} <= {one.code for one in found.findings}


@pytest.mark.proves("N02")
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "only 0 words"),
        ("fine.", "only one word"),
        ("dont know", "only 2 words"),
        ("bla trk zup fnord wib ket ono raf", "only 8 words"),
        (
            "ich habe das projekt mit meinem team gemacht und es war nicht einfach aber wir haben es",
            "English",
        ),
        ("xkcd qwrt zxcv bnmp tttt ghjk wrtz plkj mnbv cxyz and the of to", "no words"),
        ("word " * 20_000, "longer than"),
    ],
)
def test_what_is_too_little_is_not_judged(text: str, why: str) -> None:
    found = assess(text, QUESTION)
    assert found.scores is None
    assert found.findings == ()
    assert why in found.why_not


def test_a_missing_result_costs_the_result() -> None:
    found = assess(TOLD[: TOLD.index("As a result")], QUESTION)
    assert found.scores is not None
    assert found.scores["result"] <= 3
    assert not found.present["result"]


def test_generalities_score_low() -> None:
    found = assess(
        "I always try to be a team player and I believe that communication is the key to everything. "
        "People usually like to work with me, and I would say that I am very organized. "
        "If there is a problem I just stay calm and I find a solution.",
        QUESTION,
    )
    assert found.scores is not None
    assert found.scores["overall"] <= 2
    assert not [one for one in found.findings if one.kind == rubric.STRENGTH]


@pytest.mark.proves("N03")
@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.sampled_from([*SENTENCES, "Um", "I like cats", "We won 3 cups"]), max_size=14),
    st.text(max_size=40),
)
def test_every_quote_is_in_the_text_and_every_lost_point_has_a_finding(parts: list[str], tail: str) -> None:
    text = ". ".join(parts) + tail
    row = to_json("x", assess(text, QUESTION))
    for one in [*row["star"]["segments"], *row["findings"]]:
        assert one["quote"] == text[one["start"] : one["end"]]
        assert one["at"] is None
    segments = row["star"]["segments"]
    assert "".join(one["quote"] for one in segments) == (text if segments else "")
    assert all(a["end"] == b["start"] and a["label"] != b["label"] for a, b in pairwise(segments))
    gaps = [one for one in row["findings"] if one["kind"] == rubric.GAP]
    for dimension, score in (row["scores"] or {}).items():
        blamed = gaps if dimension == rubric.OVERALL else [x for x in gaps if dimension in x["costs"]]
        assert (score < 5) == bool(blamed)


@pytest.mark.proves("N04")
def test_a_strength_adds_no_point() -> None:
    gap, strength = Found("result-soft", 0, 1), Found("action-told", 0, 1)
    assert rubric.scores([gap]) == rubric.scores([gap, strength])


@pytest.mark.proves("N07")
def test_steps_that_are_told_as_the_team_s_cost_no_point() -> None:
    assert rubric.RULES["only-we"].kind == rubric.OBSERVATION
    assert not rubric.RULES["only-we"].costs
    assert assess(TOLD.replace(" I ", " we "), QUESTION).scores == assess(TOLD, QUESTION).scores


def test_every_gap_has_a_cost_and_something_to_do() -> None:
    for rule in rubric.RULES.values():
        assert (rule.overall > 0) == bool(rule.costs) == (rule.kind == rubric.GAP)
        assert rule.message


@pytest.mark.parametrize("part", ["result", "action"])
def test_what_is_not_heard_costs_more_than_what_is_unclear(part: str) -> None:
    missing, unclear = rubric.RULES[f"{part}-missing"], rubric.RULES[f"{part}-unclear"]
    assert missing.overall > unclear.overall
    assert sum(missing.costs.values()) > sum(unclear.costs.values())
