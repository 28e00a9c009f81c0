"""What is judged of the answers to one question."""

from collections.abc import Sequence

import numpy as np
import pytest

from vivavoce.transcripts.events import Event, QuestionAsked, Seconds, TurnEnded, Word
from vivavoce.transcripts.scoring.assessment import Reader
from vivavoce.transcripts.scoring.threads import Thread, threads
from vivavoce.transcripts.story.parts import Vectors
from vivavoce.transcripts.talk.answers import Answer, answers
from vivavoce.transcripts.talk.pacing import pacing
from vivavoce.transcripts.talk.turns import Turn, turns

ASKED = "Tell me about a time you changed how something is done."
STORY = "The shelves were a mess. I labelled them all. We saved ten minutes a shift."


def answered(text: str, move: str = "", at: float = 0.0, question: str = ASKED) -> Answer:
    words = tuple(
        Word(text=one, start=Seconds(at + place), end=Seconds(at + place + 0.5))
        for place, one in enumerate(text.split())
    )
    said = Turn(speaker="candidate", start=Seconds(at), end=Seconds(at), text=text, words=words)
    asked = Turn(speaker="interviewer", start=Seconds(at), end=Seconds(at), text=question, move=move)
    return Answer(
        question=asked, turns=(said,), words=words, response_gap=None, pacing=pacing(words, ()), fillers=()
    )


def judged(*said: Answer) -> Thread:
    (thread,) = threads(said)
    return thread


@pytest.mark.parametrize(
    ("said", "move"),
    [
        pytest.param("I have never done that at any place so far.", "reassure", id="never done"),
        pytest.param("How many people are there in the team, by the way?", "later", id="out of turn"),
        pytest.param("You are a very stupid machine, are you not?", "boundary", id="rude"),
        pytest.param("Do you mean at work, or at home as well?", "explain", id="asks back"),
    ],
)
def test_what_was_no_answer_is_no_part_of_the_story(said: str, move: str) -> None:
    found = judged(answered(said), answered(STORY, move, at=30.0))

    assert found.assessment.text == STORY
    assert len(found.answers) == 2  # it is shown all the same
    assert found.moment(STORY.index("labelled")) == 36.0
    assert found.seconds


@pytest.mark.parametrize("move", ["probe(result)", "clarify", "repeat"])
def test_what_was_followed_up_on_is(move: str) -> None:
    first = "I have never been so tired as on that day."

    assert judged(answered(first), answered(STORY, move, at=30.0)).assessment.text == f"{first} {STORY}"


def test_who_only_passed_is_not_judged() -> None:
    found = judged(answered("I have never done that at any place."), answered("", "reassure", at=20.0))

    assert (found.assessment.scores, found.assessment.why_not) == (None, "it was not answered")


BEGINNING = "The shelves were a mess, and the night porter could find nothing."
REST = "I labelled them all myself. We saved ten minutes a shift."
LEAVE = "the candidate wants to speak on"


def session(*said: tuple[str, str, str, str]) -> list[Thread]:
    """Return the threads of a typed session: of each line its move, why and words, and the reply."""
    events: list[Event] = []
    for place, (move, why, line, reply) in enumerate(said):
        at, then = Seconds(20.0 * place), Seconds(20.0 * place + 10)
        events.append(QuestionAsked(at=at, text=line, move=move, why=why))
        events.append(
            TurnEnded(
                at=then,
                started_at=Seconds(at + 1),
                ended_at=Seconds(at + 1),
                decided_at=then,
                text=reply,
                why="the candidate pressed Enter",
                probability=1.0,
            )
        )
    return threads(answers(events, turns(events)))


@pytest.mark.parametrize(
    "request_",
    [
        "Sorry, can I just finish?",
        "Let me get to the end of it, please.",
        "Hang on, I wasn't through with it.",
        "Could I say the rest first? The good part is still to come.",
        "May I go on for a moment?",
        "I'd only got as far as the porter.",
    ],
)
def test_who_asks_to_finish_tells_one_story(request_: str) -> None:
    (found,) = session(
        ("ask", "", ASKED, BEGINNING),
        ("probe(action)", "no action was told", "Which step was yours?", request_),
        ("go on", LEAVE, "Of course, go on.", REST),
    )

    assert found.assessment.text == f"{BEGINNING} {REST}"
    assert len(found.answers) == 3  # it is shown all the same


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("Oh. Was that one not all right?", "I just told you one, the one with the shelves."),
        ("Did that not count?", "But I've already given you an example."),
        ("Wasn't that what you wanted?", "That was my story, the shelves."),
        ("Did you not hear it?", "I told you about the shelves a minute ago."),
        ("Is my answer not good enough?", "You already asked me that. It was the shelves."),
        ("Do you want another one?", "Well, I have just said that."),
        ("Sorry, where was I?", "Is good answer?"),
        ("Um, I've lost my train of thought.", "Was it the right example?"),
        ("Thank you very much.", "Okay, thanks for your time. Goodbye."),
    ],
)
def test_protests_are_no_story(first: str, then: str) -> None:
    found, other = session(
        ("ask", "", ASKED, f"{BEGINNING} {REST}"),
        ("care", "something hard was told", "I'm sorry to hear that. Take your time.", first),
        ("repeat", "the candidate corrected something", ASKED, then),
        ("ask", "", "Tell me about a conflict.", STORY),
    )

    assert found.assessment.text == f"{BEGINNING} {REST}"
    assert (len(found.answers), other.assessment.text) == (3, STORY)


@pytest.mark.parametrize(
    "told",
    [
        "I just told her that I was sorry.",
        "I had already told them twice.",
        "Like I said, it holds to this day.",
        "I told you already, but I also rang the porter at four.",
        "Thanks to the porter it was open at nine.",
        "It was good.",
        "Where was I to get a key at night? From the porter.",
        "Was that not enough? I went to the night shift and asked them as well.",
    ],
)
def test_what_goes_on_telling_is_part_of_it(told: str) -> None:
    (found,) = session(("ask", "", ASKED, STORY), ("probe(result)", "", "What came of it?", told))

    assert found.assessment.text == f"{STORY} {told}"


def test_a_story_that_ends_in_a_request_to_finish_is_kept() -> None:
    long = f"{BEGINNING} {STORY} Sorry, can I just finish?"

    (found,) = session(("ask", "", ASKED, long), ("go on", LEAVE, "Of course, go on.", REST))

    assert found.assessment.text == f"{long} {REST}"


def test_an_answer_in_between_is_kept_when_the_story_goes_on() -> None:
    (found,) = session(
        ("ask", "", ASKED, BEGINNING),
        ("cut in", "", "Why labels?", "Because ink was all we had."),
        ("go on", "the question in between is answered", "Go on.", REST),
    )

    assert found.assessment.text == f"{BEGINNING} Because ink was all we had. {REST}"


def test_what_is_asked_back_at_the_end_stays() -> None:
    (found,) = session(("hand over", "", "What would you like to ask?", "Did you hear about the new ward?"))

    assert found.assessment.text == "Did you hear about the new ward?"


class Counting:
    """An `Embedding` that notes which texts are computed together."""

    def __init__(self) -> None:
        self.computed: list[list[str]] = []

    def vectors(self, texts: Sequence[str]) -> Vectors:
        self.computed.append(list(texts))
        return np.eye(384, dtype=np.float32)[: len(texts)]


def test_the_sentences_of_all_threads_are_computed_together_and_once() -> None:
    embedding = Counting()

    threads([answered(STORY), answered(STORY, at=60.0, question="What else?")], Reader(embedding))

    (texts,) = embedding.computed
    assert sorted(texts) == sorted({*STORY.replace(". ", ".|").split("|"), ASKED, "What else?"})
