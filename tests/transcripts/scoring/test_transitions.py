"""Whether the frame was switched when the listener changed; and nothing where too little was said."""

import pytest

from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import names
from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.imports.imported_answers import answer
from vivavoce.transcripts.imports.pieces import Spoken
from vivavoce.transcripts.report.change_lines import card, changes, section, to_json
from vivavoce.transcripts.scoring.transitions import (
    BUSINESS,
    LATE,
    NOT_SWITCHED,
    SWITCHED,
    TECHNICAL,
    Transition,
    frame_asked,
    side_of,
    transitions,
)
from vivavoce.transcripts.talk.answers import Answer
from vivavoce.transcripts.timestamps import clock

TO_SALES = "How would you explain it to somebody in sales?"
TO_THE_CRAFT = "I want it on Friday. Give me the technical reasons, for or against."
PLAIN = "Your customers wait four seconds today, and one in ten of them gives up and calls you."
DEEP = "The index is sharded over eight nodes, and the cache keeps the embeddings of the last hour."
S = Seconds


def said(question: str, text: str, move: str = "", at: float = 0.0, probability: float = 0.9) -> Answer:
    words = tuple(
        Word(text=one, start=S(at + 0.4 * n), end=S(at + 0.4 * n + 0.3), probability=probability)
        for n, one in enumerate(text.split())
    )
    return answer(question, [Spoken("", text, words[0].start, words[-1].end, words)], move)


def found(question: str, text: str) -> Transition:
    (one,) = transitions([said(question, text)])
    return one


@pytest.mark.proves("P08")
def test_who_speaks_to_the_listener_at_once_has_switched() -> None:
    one = found(TO_SALES, PLAIN)

    assert (one.frame, one.verdict, one.after) == (BUSINESS, SWITCHED, 0.0)
    assert one.switch is not None
    assert one.switch.text == PLAIN


@pytest.mark.proves("P08")
def test_who_stays_with_how_it_works_has_not() -> None:
    one = found(TO_SALES, f"{DEEP} {DEEP}")

    assert (one.verdict, one.switch, one.after) == (NOT_SWITCHED, None, None)
    assert one.other is not None
    assert {"index", "embeddings"} & {*one.jargon}


@pytest.mark.proves("P08")
def test_who_turns_to_the_listener_in_the_end_is_late() -> None:
    one = found(TO_SALES, f"{DEEP} {DEEP} {PLAIN} {PLAIN}")

    assert one.verdict == LATE
    assert one.after == pytest.approx(0.4 * one.words)


def test_a_courtesy_before_it_is_no_switch() -> None:
    assert found(TO_SALES, f"I know that money matters to you. {DEEP} {DEEP} {DEEP}").verdict == NOT_SWITCHED


def test_the_other_way_round_the_craft_is_wanted() -> None:
    assert found(TO_THE_CRAFT, f"{DEEP}").verdict == SWITCHED
    assert found(TO_THE_CRAFT, f"{PLAIN} {PLAIN}").verdict == NOT_SWITCHED


def test_what_was_not_typed_in_time_counts_in_words() -> None:
    (one,) = transitions([answer(TO_SALES, [Spoken("", f"{DEEP} {DEEP} {PLAIN} {PLAIN}")])])

    assert (one.verdict, one.after) == (LATE, None)


@pytest.mark.parametrize(
    ("text", "probability", "why"),
    [
        ("I'm not sure.", 0.9, "too little was said"),
        (f"{PLAIN} {PLAIN}", 0.3, "the words were too unclear to be sure of them"),
        ("Well it went on like that for quite some while, as such things do go on.", 0.9, "neither side"),
    ],
)
def test_nothing_is_said_where_it_was_not_heard(text: str, probability: float, why: str) -> None:
    (one,) = transitions([said(TO_SALES, text, probability=probability)])

    assert not one.verdict
    assert why in one.why_not
    assert not list(changes([one]))
    assert to_json([one])[0]["verdict"] is None


def test_a_hand_over_is_a_change_only_to_another_side() -> None:
    engineer = "Hello, I'm Viktor, staff engineer. Where do you begin?"
    product = "Hi, I'm Priya, product manager. Tell me about a launch."
    rows = [
        said(engineer, DEEP, "open"),
        said(engineer, DEEP, "open", at=100),
        said(product, PLAIN, "open", at=200),
    ]

    (one,) = transitions(rows)

    assert (one.frame, one.handed_over, one.verdict) == (BUSINESS, True, SWITCHED)
    assert "After the hand-over" in next(changes([one]))[1][0]


def test_a_short_answer_is_read_with_the_next_one() -> None:
    rows = [
        said(TO_SALES, "Good question."),
        said("What would they get?", f"{PLAIN} {PLAIN}", "probe(follow-up)", at=20),
    ]

    assert [one.verdict for one in transitions(rows)] == [SWITCHED]


@pytest.mark.parametrize(
    "question",
    [
        "Tell me about a time you disagreed with a product partner.",
        "What did you say to them?",
        "How do you put your patients in order when you cannot be with all of them?",
        "Tell me about a time you worked with another team.",
        "What would you say to somebody who isn't convinced?",
    ],
)
def test_a_question_about_partners_is_no_change_of_listener(question: str) -> None:
    assert frame_asked(question) == ""


@pytest.mark.parametrize("name", [one for one in names("packs") if one.endswith("mock-loop")])
def test_every_line_of_a_mock_loop_is_read_as_it_is_meant(name: str) -> None:
    loop = pack(name)

    assert {side_of(stage.looks) for stage in loop.stages} == {TECHNICAL, BUSINESS}
    for stage in loop.stages:
        other = BUSINESS if side_of(stage.looks) == TECHNICAL else TECHNICAL
        assert {frame_asked(line) for line in stage.turn} == {other}
        assert {frame_asked(line) for line in stage.doubt} == {""}


def test_the_lines_have_quotes_and_times() -> None:
    one = found(TO_SALES, f"{DEEP} {DEEP} {PLAIN} {PLAIN}")
    text = "\n".join(section([one]))

    assert text.startswith("\n## Changing the listener")
    assert "“Your customers wait four seconds today" in text
    assert f"[{clock(one.after or S(0))}]" in text
    assert "<details" in "".join(card([one]))
    assert to_json([one])[0]["switch"]["at"] == pytest.approx(one.after)
    assert not list(section([]))
    assert not list(card([]))
