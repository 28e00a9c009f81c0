import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from vivavoce.transcripts.imports.follow_ups import asks_on, replies, stems

STORY = (
    "Tell me about a time a delivery went wrong. "
    "In June a lorry with our cheese stood in the sun for three hours. "
    "I rang the buyer and I sent a second one."
)


@pytest.mark.parametrize(
    "question",
    [
        "And what did you do?",
        "So how did it end?",
        "What happened then?",
        "Okay. And what happened next?",
        "What did you learn from that?",
        "Okay, thank you. What would you do differently?",
        "Why?",
        "How so?",
        "Right. And then?",
        "Can you say a bit more about that?",
        "Tell me more.",
        "What was the hardest part?",
        "How did the buyer react?",
        "What did the buyer say to that?",
        "How did you know it was the sun?",
        "Great. And what was your own part in it?",
        "What came of it?",
        "How did you measure that?",
        "Why did you send a second lorry?",
        "And the driver?",
        "Why cheese?",
        "How come?",
        "Did it taste all right?",
        "Who agreed to that?",
        "What made that work?",
        "That sounds hot. Did anybody complain?",
        "Sorry, who was the buyer again?",
        "Could you walk me through that day?",
        "If you had more time, what would you change?",
    ],
)
def test_a_short_question_about_the_same_asks_on(question: str) -> None:
    assert asks_on(question, stems(STORY))


@pytest.mark.parametrize(
    "question",
    [
        "",
        "Thank you.",
        "Tell me about the hardest sun you had at the market.",
        "Now describe the most difficult buyer you met.",
        "Why do you want to work here?",
        "And why this company?",
        "What are your weaknesses?",
        "Tell me about a conflict with a colleague.",
        "Tell me about another time a delivery went wrong.",
        "So tell me about a time you led a team.",
        "How did you hear about this job?",
        "What would you do if a colleague lied to you?",
        "Where did you study chemistry before that?",
        "What was your biggest failure?",
        "Why nursing?",
        "What is it that you like about nursing?",
        "And your notice period?",
        "What did you build last?",
        "When could you start?",
        "Would you move for this job?",
        "Have you ever forgotten something that somebody relied on?",
        "Was there a day when nothing went the way it should?",
        "Can you work at weekends?",
        "How do you handle stress?",
        "If a buyer shouted at you, what would you do?",
        "Let's move on. How do you plan a week?",
        "And what do you know about our cheese?",
        "How are you today?",
        "Let us turn to the way you plan a week. What did you do?",
        "Did you ever disagree with a manager, and what did you do about it and how did that go in the end?",
    ],
)
def test_a_question_about_something_new_does_not(question: str) -> None:
    assert not asks_on(question, stems(STORY))


@pytest.mark.parametrize("question", ["And what did you do?", "Why?"])
def test_nothing_asks_on_about_nothing(question: str) -> None:
    assert not asks_on(question, stems(""))


@pytest.mark.parametrize(
    ("said", "before", "is_reply"),
    [
        ("Either is fine.", "Do you mean the first lorry?", True),
        ("We are nine, and what we like is the quiet.", "How many are you?", True),
        ("Either is fine.", "I mean the first lorry.", False),
        ("Either. Tell me about a conflict.", "Do you mean the first lorry?", False),
        ("No. Who else knew?", "Is that all?", False),
        ("so what do you know about us", "is that all?", False),
    ],
)
def test_what_is_said_to_who_asks_back_is_a_reply(said: str, before: str, is_reply: bool) -> None:
    assert replies(said, before) is is_reply


CONTENT = Path(__file__).parents[3] / "personas" / "content"
OF_STORIES = ("behavioral", "hiring-manager", "recruiter", "clinical", "technical", "domain", "incident")


def openers() -> Iterator[str]:
    for pack in CONTENT.glob("packs/**/*.toml"):
        if pack.stem in OF_STORIES:
            for question in tomllib.loads(pack.read_text(encoding="utf-8"))["questions"]:
                yield from [*question["wordings"], *question.get("again", [])]


def test_most_of_what_our_interviewers_ask_on_is_seen_and_hardly_any_question_of_a_pack() -> None:
    said = stems(STORY)
    phrases = tomllib.loads((CONTENT / "phrases.toml").read_text(encoding="utf-8"))
    probes = {
        line
        for name in phrases
        if name.startswith("probe(")
        for one in phrases[name].values()
        for line in one
    }
    probes = {line for line in probes if "{" not in line}
    opening = set(openers())

    assert sum(asks_on(line, said) for line in probes) >= 0.7 * len(probes)
    assert sum(asks_on(line, said) for line in opening) <= 0.03 * len(opening)
    assert min(len(probes), len(opening)) > 150
