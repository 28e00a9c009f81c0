import pytest

from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.story.terms import terms

S = Seconds


def words(text: str, probability: float = 0.9) -> list[Word]:
    return [
        Word(text=one, start=S(i), end=S(i + 0.8), probability=probability)
        for i, one in enumerate(text.split())
    ]


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("So I moved the embedding lookup into one call.", ["the embedding lookup"]),
        ("We rewrote our feature store in Go.", ["your feature store"]),
        ("There was a nightly job, and it failed.", ["the nightly job"]),
        ("The cache cut latency.", ["the cache"]),
        ("It was the end of the day and the thing was done.", []),
        ("I told the team about the other one.", []),
        ("We lost the two of them.", []),
    ],
)
def test_only_noun_phrases_are_named(said: str, named: list[str]) -> None:
    assert terms(words(said)) == named


def test_what_may_be_a_mishearing_is_not_named() -> None:
    assert terms(words("I moved the embedding lookup into one call.", 0.5)) == []


def test_what_is_said_more_often_goes_first() -> None:
    said = "I saw the fridge and the queue of people, and the queue, well, it was the queue, and the door."

    assert terms(words(said))[0] == "the queue"


def test_a_phrase_that_may_still_go_on_is_not_named() -> None:
    assert terms(words("I moved the embedding")) == []
