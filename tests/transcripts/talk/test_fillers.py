import pytest

from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.talk.fillers import discourse, fillers


def spoken(text: str) -> list[Word]:
    """Return the words of `text`, three a second; "|" is a pause of 0.3 s."""
    words, at = [], 0.0
    for token in text.split():
        if token == "|":
            at += 0.3
            continue
        words.append(Word(text=token, start=Seconds(at), end=Seconds(at + 0.33)))
        at += 0.33
    return words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was, like, three days.", ["like"]),
        ("and like | nobody knew", ["like"]),
        ("We were, you know, twelve engineers.", ["you know"]),
        ("so you know | it broke", ["you know"]),
        ("I mean, we had to.", ["i mean"]),
        ("It was | kind of slow.", ["kind of"]),
        ("He was, sort of, my boss.", ["sort of"]),
        ("Basically, it failed.", ["basically"]),
        ("and actually | we won", ["actually"]),
        ("So, like, you know, it went.", ["like", "you know"]),
        ("It looked like, well, a bug.", []),
        ("I would like | to say", []),
        ("something like | that", []),
        ("I like tea, and cake.", []),
        ("It felt like | an hour", []),
        ("Do you know, he left?", []),
        ("as you know, it failed", []),
        ("if you know | what happened", []),
        ("what I mean | is this", []),
        ("this kind of | work", []),
        ("some sort of | agreement", []),
        ("the same kind of, er, thing", []),
        ("It basically failed.", []),
        ("He actually came.", []),
        ("", []),
        ("like", []),
    ],
)
def test_a_discourse_filler_is_set_apart_and_not_asked_for(text: str, expected: list[str]) -> None:
    assert [one.text for one in discourse(spoken(text))] == expected


def test_the_two_kinds_are_told_apart() -> None:
    words = spoken("Um, it was, like, late.")
    assert [one.kind for one in (*fillers(words), *discourse(words))] == ["hard", "discourse"]
