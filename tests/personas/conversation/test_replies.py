import pytest

from vivavoce.personas.conversation.replies import Reply, acknowledges, greets, kind, takes_leave, yields


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("", Reply.NOTHING),
        ("Um, uh.", Reply.NOTHING),
        ("Okay, sure.", Reply.ACKNOWLEDGED),
        ("Mm-hmm.", Reply.ACKNOWLEDGED),
        ("I don't know.", Reply.NOT_KNOWN),
        ("Honestly, I can't think of one right now.", Reply.NOT_KNOWN),
        ("Sorry, can you repeat that?", Reply.REPEAT),
        ("What was the question again?", Reply.REPEAT),
        ("Um, let me start over.", Reply.RESTART),
        ("I'd like to start over.", Reply.RESTART),
        ("Give me a second.", Reply.WAIT),
        ("I want to stop.", Reply.STOP),
        ("Sorry, I'd like to end the interview now.", Reply.STOP),
        ("Can we stop here, please?", Reply.STOP),
        ("Well, I have to go.", Reply.STOP),
        ("Stop the interview.", Reply.STOP),
        ("I would stop.", Reply.ANSWER),
        ("I'll stop there.", Reply.ANSWER),
        ("We wanted to stop the job when it fails.", Reply.ANSWER),
        ("I want to stop the rollout first.", Reply.ANSWER),
        ("Can I go on?", Reply.QUESTION),
        ("That's a stupid question.", Reply.RUDE),
        ("What does the team work on?", Reply.QUESTION),
        ("How big is the team", Reply.QUESTION),
        ("No, that's all. Thank you.", Reply.NO),
        ("We moved the lookups into a cache and latency halved.", Reply.ANSWER),
        (
            "I don't know if you have heard of Kafka, but we moved the whole pipeline onto it, and I led "
            "that work for about half a year with two others.",
            Reply.ANSWER,
        ),
    ],
)
def test_a_reply_is_told_by_its_words(said: str, reply: Reply) -> None:
    assert kind(said) is reply


@pytest.mark.parametrize("said", ["Mm-hmm.", "Uh-huh.", "Yeah, okay.", "Right.", "I see.", "Um.", ""])
def test_a_word_of_attention_acknowledges(said: str) -> None:
    assert acknowledges(said)


@pytest.mark.parametrize(
    "said", ["Wait.", "No.", "Can I add something?", "Sorry, what?", "Right, the cache."]
)
def test_anything_else_does_not(said: str) -> None:
    assert not acknowledges(said)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sorry, go on.", True),
        ("Oh sorry, please go ahead", True),
        ("I'm sorry, you were saying?", True),
        ("Sorry", True),
        ("No, you first.", True),
        ("Excuse me, please continue", True),
        ("Sorry, I moved the joins out", False),
        ("Continue with the cache, we did", False),
        ("Go ahead and ask", False),
        ("", False),
    ],
)
def test_who_gives_the_floor_back_says_nothing_else(text: str, expected: bool) -> None:
    assert yields(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thank you, bye.", True),
        ("Thanks a lot and goodbye to you and everybody.", True),
        ("Okay", True),
        ("No thanks", True),
        ("It was nice talking to you", True),
        ("Bye, but what happens next?", False),
        ("I wanted to add that it came back", False),
        (
            "I said goodbye to the old store, and then I moved the joins out of it, one by one, at night.",
            False,
        ),
    ],
)
def test_a_goodbye_asks_and_tells_nothing(text: str, expected: bool) -> None:
    assert takes_leave(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hi Dana, thanks for having me.", True),
        ("So, hello, I'm Sam and I led a team.", True),
        ("Yes, good morning, nice to meet you", True),
        ("My name is Sam", True),
        ("So about a year ago we shipped a model", False),
        ("Hiding the failure was no way out", False),
    ],
)
def test_a_greeting_is_told_from_an_answer(text: str, expected: bool) -> None:
    assert greets(text) is expected
