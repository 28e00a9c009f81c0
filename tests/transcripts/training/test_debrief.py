"""What is found in what people tell of a real interview."""

import pytest

from benchmarks.debrief import cases, measured
from vivavoce.transcripts.training.debrief import debriefed, of_talk
from vivavoce.transcripts.training.told_questions import direct, quoted


@pytest.mark.parametrize("held_out", [False, True])
def test_most_questions_are_found_and_few_others(held_out: bool) -> None:
    found = measured([row for row in cases() if bool(row.get("held_out")) is held_out])

    assert found["recall"] >= 0.9
    assert found["precision"] >= 0.9
    assert found["weak_found"] >= 0.8 * found["weak"]
    assert found["weak_false"] <= 1


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("about a time when I had failed", "Tell me about a time when you failed."),
        ("how I'd scale it", "How would you scale it?"),
        ("what my biggest weakness was", "What was your biggest weakness?"),
        ("if I had ever managed people", "Have you ever managed people?"),
        ("whether I was comfortable with nights", "Are you comfortable with nights?"),
        ("why I left my last job", "Tell me why you left your last job."),
        ("how I deal with stress", "How do you deal with stress?"),
        ("to walk her through my thesis", "Walk me through your thesis."),
        ("to explain a join to him", "Explain a join to me."),
        ("for an example of conflict", "Give me an example of conflict."),
        ("why I wanted to work for them", "Tell me why you wanted to work for us."),
        ("", ""),
        ("  ?! ", ""),
    ],
)
def test_what_was_told_becomes_what_was_asked(told: str, asked: str) -> None:
    assert direct(told) == asked


def test_words_that_were_quoted_stay_as_they_are() -> None:
    assert quoted("how does a cache work") == "How does a cache work?"
    assert quoted("sell me this pen") == "Sell me this pen."


@pytest.mark.parametrize(
    "text",
    [
        "I asked them how big the team is.",
        "I asked, what does a good first year look like?",
        "Nobody asked about my gap year.",
        "They asked if I had any questions.",
        "Why did I say that?",
        "It was fine. The office is nice, right?",
        "I told her about the project and how we shipped it.",
        "",
    ],
)
def test_what_nobody_asked_the_candidate_is_no_question(text: str) -> None:
    assert debriefed(text) == []


def test_only_what_went_badly_is_weak() -> None:
    text = "She asked me why I left. That went well. Then he asked how I test. I froze. Then we had lunch."

    assert [one.weak for one in debriefed(text)] == [False, True]


def test_a_question_that_is_told_twice_is_one() -> None:
    [one] = debriefed("She asked how I test. I was fine. Then she asked how I test, again. I rambled.")

    assert one.weak


def test_two_in_one_sentence_are_two() -> None:
    text = "They wanted to know how I'd scale it and why I chose Postgres."

    assert [one.question for one in debriefed(text)] == [
        "How would you scale it?",
        "Tell me why you chose Postgres.",
    ]


def test_a_transcript_of_the_talk_gives_its_questions() -> None:
    found = of_talk(
        [
            ("", "Hello."),
            ("Nice to meet you. Where do you work now?", "At a bakery."),
            ("I see. Tell me about a mistake.", "I don't know, honestly."),
            ("All right.", "Thanks."),
        ]
    )

    assert [(one.question, one.weak) for one in found] == [
        ("Where do you work now?", False),
        ("Tell me about a mistake.", True),
    ]


@pytest.mark.parametrize(
    "piece", ["she asked me ", "1. \n", "- ", "? ", "asked if I and how ", "\x00", "(" * 9]
)
def test_a_long_text_is_read_in_a_moment(piece: str) -> None:
    debriefed(piece * 20_000)
