"""Talk in which nobody is named: by cues, by paragraphs, in one piece, and with the times of words."""

import pytest

from benchmarks.stories import answers
from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.imports.pieces import Spoken
from vivavoce.transcripts.imports.who_asks import ANSWERS, ASKS, told_apart

ASKED = "Tell me about a time you changed how a team works."
TOLD = "In March our ward lost an hour at every shift change. I drew up one sheet for all beds."
MORE = "What would you do differently?"
REST = "I would ask the night shift first. They knew it best."
TURNS = (ASKED, TOLD, MORE, REST)
APART = [(ASKS, ASKED), (ANSWERS, TOLD), (ASKS, MORE), (ANSWERS, REST)]


def sides(said: list[Spoken]) -> list[tuple[str, str]]:
    """Return who says what, pieces of one side in a row as one."""
    found: list[tuple[str, str]] = []
    for piece in told_apart(said):
        if found and found[-1][0] == piece.speaker:
            found[-1] = (piece.speaker, f"{found[-1][1]} {piece.text}")
        else:
            found.append((piece.speaker, piece.text))
    return found


def paragraphs(*texts: str) -> list[Spoken]:
    return [Spoken("", text) for text in texts]


def cues(text: str, size: int) -> list[Spoken]:
    words = text.split()
    return [
        Spoken("", " ".join(words[n : n + size]), n / 2, (n + size) / 2) for n in range(0, len(words), size)
    ]


def heard(*texts: str, gap: float = 0.8) -> list[Spoken]:
    """Return one piece with the times of its words, and a `gap` before each of `texts`."""
    words, at = [], 0.0
    for text in texts:
        for word in text.split():
            words.append(Word(text=word, start=Seconds(at), end=Seconds(at + 0.3)))
            at += 0.3
        at += gap
    return [Spoken("", " ".join(texts), 0.0, at, tuple(words))]


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(paragraphs(*TURNS), id="paragraphs"),
        pytest.param(paragraphs(" ".join(TURNS)), id="one paragraph"),
        pytest.param(cues(" ".join(TURNS), 5), id="cues of five words"),
        pytest.param(cues(" ".join(TURNS), 9), id="cues of nine words"),
        pytest.param(heard(*TURNS), id="words with times"),
        pytest.param(heard(*TURNS, gap=0.0), id="words without a gap"),
    ],
)
def test_what_asks_you_is_the_others(said: list[Spoken]) -> None:
    assert sides(said) == APART


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        (paragraphs(f"Hi, I am Ana. Welcome. {ASKED}", TOLD), f"Hi, I am Ana. Welcome. {ASKED}"),
        (paragraphs(f"{ASKED} Take your time.", TOLD), f"{ASKED} Take your time."),
        (paragraphs(f"{ASKED} What was the result?", TOLD), f"{ASKED} What was the result?"),
        (paragraphs(ASKED, TOLD, f"Great, thanks. {MORE}", REST), f"Great, thanks. {MORE}"),
        (paragraphs(ASKED, TOLD, "And how did it end?", REST), "And how did it end?"),
        (heard(ASKED, TOLD, f"I see. {MORE}", REST, gap=0.1), f"I see. {MORE}"),
    ],
)  # fmt: skip
def test_what_stands_beside_a_question_goes_with_it(said: list[Spoken], asks: str) -> None:
    assert (ASKS, asks) in sides(said)


@pytest.mark.parametrize(
    "text",
    [
        TOLD,
        f"{TOLD} So what did I do? {REST}",
        f"{TOLD} And how do you fix that? {REST}",
        f"{TOLD} My manager came in. Can you do it by Friday? I said yes. {REST}",
        f'{TOLD} He asked me, "Can you tell me why?" {REST}',
        f"{TOLD} Why did nobody ask? {REST}",
        f"{TOLD} {TOLD} {TOLD} {TOLD} {REST} She came to me. Tell me about it, please. {REST}",
        f"{ASKED} {MORE}",
        "",
    ],
)
def test_an_answer_alone_is_not_taken_apart(text: str) -> None:
    assert told_apart(paragraphs(text)) == []


def test_who_asks_something_of_themselves_in_an_answer_still_answers() -> None:
    told = f"{TOLD} So what did I do? {REST}"

    assert sides(heard(ASKED, told)) == [(ASKS, ASKED), (ANSWERS, told)]
    assert sides(heard(ASKED, f"{TOLD} Can you do it by Friday? I said yes.")) == [
        (ASKS, ASKED),
        (ANSWERS, f"{TOLD} Can you do it by Friday? I said yes."),
    ]


def test_a_recording_that_begins_with_an_answer_is_told_apart_by_several_questions() -> None:
    last = "Why would you ask them?"

    assert sides(heard(TOLD, MORE, REST, last, REST)) == [
        (ANSWERS, TOLD),
        (ASKS, MORE),
        (ANSWERS, REST),
        (ASKS, last),
        (ANSWERS, REST),
    ]


def test_behind_the_last_question_the_sides_change() -> None:
    closing = "Do you have any questions for me?"
    said = heard(*TURNS, closing, "Yes. How big is the team?", "We are nine.")

    assert sides(said)[:-1] == [*APART]
    assert sides(said)[-1] == (ASKS, f"{closing} Yes. How big is the team? We are nine.")


def test_a_piece_that_is_taken_apart_keeps_its_times() -> None:
    first, second = told_apart([Spoken("", "Tell me about you. I bake.", 0.0, 6.0)])
    assert (first.text, first.start, first.end) == ("Tell me about you.", 0.0, 4.0)
    assert (second.text, second.start, second.end) == ("I bake.", 4.0, 6.0)

    timed = told_apart(heard(*TURNS))
    assert [word.text for piece in timed for word in piece.words] == " ".join(TURNS).split()
    assert all(piece.start == piece.words[0].start for piece in timed)


@pytest.mark.parametrize("apart", [True, False])
def test_none_of_our_answers_is_taken_apart(apart: bool) -> None:
    texts = [one.texts if apart else [" ".join(one.texts)] for one in answers()]

    assert [said for said in texts if told_apart(paragraphs(*said))] == []


def test_most_of_our_answers_are_told_from_the_question_before_them_and_hardly_any_wrongly() -> None:
    right = wrong = 0
    for one in answers():
        found = sides(paragraphs(" ".join([one.question, *one.texts])))
        right += found == [(ASKS, one.question), (ANSWERS, " ".join(one.texts))]
        wrong += bool(found) and found[-1] != (ANSWERS, " ".join(one.texts))
    asked = sum(bool(one.question) for one in answers())

    assert right >= 0.7 * asked
    assert wrong <= 0.01 * asked
