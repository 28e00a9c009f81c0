import pytest

from vivavoce.personas.conversation.replies import Reply, acknowledges, kind


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
