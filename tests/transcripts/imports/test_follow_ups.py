import pytest

from vivavoce.transcripts.imports.follow_ups import asks_on, stems

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
    ],
)
def test_a_short_question_about_the_same_asks_on(question: str) -> None:
    assert asks_on(question, stems(STORY))


@pytest.mark.parametrize(
    "question",
    [
        "",
        "Thank you.",
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
