from pathlib import Path

import pytest

from vivavoce.transcripts.errors import ForeignError
from vivavoce.transcripts.imports.formats import Conversation, Spoken, paired, read
from vivavoce.transcripts.imports.pairing import ASTRAY, BACKWARDS, GHOSTS, UNKNOWN
from vivavoce.transcripts.imports.speaker_labels import head, is_name, side, speakers

ASKS = "Tell me about a time you failed. Why did you fail?"
TELLS = "We had a slow report at the bank. I rewrote it in a week. It was wrong for a month."
MORE = "And how did you find out?"
REST = "A customer called me. I checked her numbers and mine were off."


def talk(*lines: tuple[str, str]) -> list[Spoken]:
    return [Spoken(speaker, text) for speaker, text in lines]


def texts(talk: Conversation) -> list[tuple[str, str]]:
    return [(question, " ".join(piece.text for piece in said)) for question, said in talk.pairs]


BOTH = [(ASKS, TELLS), (MORE, REST)]


@pytest.mark.parametrize(
    ("asking", "telling"),
    [
        ("Interviewer", "Candidate"),
        ("Ana", "Candidate"),
        ("Interviewer", "Sam"),
        ("Ana (interviewer)", "Sam"),
        ("Q", "A"),
        ("Q3", "A3"),
        ("Question", "Answer"),
        ("You", "Me"),
        ("Ana", "You"),
        ("Ana", "Interviewee"),
        ("Host", "Speaker"),
        ("AI", "User"),
        ("Ana", "Sam"),
        ("Speaker 1", "Speaker 2"),
        ("Speaker 2", "Speaker 1"),
        ("SPEAKER_00", "SPEAKER_01"),
    ],
)
def test_who_answers_is_found(asking: str, telling: str) -> None:
    said = talk((asking, ASKS), (telling, TELLS), (asking, MORE), (telling, REST))

    assert texts(paired(said)) == BOTH


@pytest.mark.parametrize(
    ("asks", "tells"),
    [
        ("so tell me about a time you failed", "well we had this report and i rewrote it and it was wrong"),
        (f"We are a small team that builds bridges and I lead it since May. {ASKS}", TELLS),
        (f"{TELLS} {TELLS} Why? How? When? Who?", TELLS),
    ],
)
def test_how_they_talk_tells_where_labels_do_not(asks: str, tells: str) -> None:
    assert texts(paired(talk(("Ana", asks), ("Sam", tells)))) == [(asks, tells)]
    assert texts(paired(talk(("Sam", asks), ("Ana", tells)))) == [(asks, tells)]


@pytest.mark.parametrize("name", ["Ana Lima", "ana", "LIMA", " Ana  Lima "])
def test_the_candidate_can_be_named(name: str) -> None:
    said = talk(("Sam Interviewer", TELLS), ("Ana Lima", MORE), ("Sam Interviewer", REST))

    assert texts(paired(said, name)) == [(TELLS, MORE)]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("Kim", "no speaker is called 'Kim'.*: Ana Lima, Ana Silva"), ("ana", "more than one speaker")],
)
def test_a_name_that_is_nobodys_is_refused(name: str, reason: str) -> None:
    with pytest.raises(ForeignError, match=reason):
        paired(talk(("Ana Lima", TELLS), ("Ana Silva", MORE)), name)


def test_without_speakers_all_is_one_answer() -> None:
    said = talk(("", TELLS), ("", REST))

    assert paired(said).pairs == (("", said),)
    assert paired(said, "Sam").pairs == (("", said),)
    assert paired([]) == Conversation()


def test_one_speaker_is_the_candidate_unless_the_label_says_otherwise() -> None:
    assert texts(paired(talk(("Sam", TELLS), ("Sam", REST)))) == [("", f"{TELLS} {REST}")]
    assert paired(talk(("Interviewer", ASKS))).pairs == ()


def test_several_interviewers_ask_one_candidate() -> None:
    said = talk(("Ana", ASKS), ("Kim", "Why was that?"), ("Sam", TELLS), ("Kim", MORE), ("Sam", REST))

    assert texts(paired(said)) == [(f"{ASKS} Why was that?", TELLS), (MORE, REST)]


def test_what_is_never_answered_is_left_out_and_what_comes_first_has_no_question() -> None:
    said = talk(("Candidate", "Hello, can you hear me?"), ("Ana", MORE), ("Candidate", REST), ("Ana", "Bye."))

    assert texts(paired(said)) == [("", "Hello, can you hear me?"), (MORE, REST)]


@pytest.mark.parametrize("aside", ["Mm-hm.", "Okay, right.", "uh huh", "Yeah.", "..."])
def test_a_word_of_attention_interrupts_nobody(aside: str) -> None:
    said = talk(("Ana", ASKS), ("Candidate", TELLS), ("Ana", aside), ("Candidate", REST))
    assert texts(paired(said)) == [(ASKS, f"{TELLS} {REST}")]

    said = talk(("Ana", "So I read your letter."), ("Candidate", aside), ("Ana", MORE), ("Candidate", REST))
    assert texts(paired(said)) == [(f"So I read your letter. {MORE}", REST)]


def test_a_short_answer_is_an_answer() -> None:
    said = talk(("Ana", "Did you ship it?"), ("Candidate", "Yes."), ("Ana", MORE), ("Candidate", REST))

    assert texts(paired(said)) == [("Did you ship it?", "Yes."), (MORE, REST)]


def test_a_piece_without_a_speaker_belongs_to_who_spoke_before() -> None:
    said = talk(("Interviewer", ASKS), ("Candidate", TELLS), ("", REST))

    assert texts(paired(said)) == [(ASKS, f"{TELLS} {REST}")]


@pytest.mark.parametrize(
    ("label", "whose"),
    [("Interviewer 2", "interviewer"), ("the candidate", "candidate"), ("A", "candidate"), ("Ana", "")],
)
def test_labels_tell_the_side(label: str, whose: str) -> None:
    assert side(label) == whose


@pytest.mark.parametrize(
    "label", ["Ana", "Ana Lima", "Dr. Ana M. Lima", "Ana de la Cruz", "ANA", "李雷", "O'Neil (Acme)"]
)
def test_names_look_like_names(label: str) -> None:
    assert is_name(label)


@pytest.mark.parametrize(
    "label", ["ana", "Result", "The lesson", "We had one", "Why?", "", "10", "A B C D E F", "x" * 60]
)
def test_other_words_do_not(label: str) -> None:
    assert not is_name(label)


@pytest.mark.parametrize(
    ("heads", "found"),
    [
        (["Ana", "", "", "Sam", "", "", "", "Ana", "Sam"], {"Ana", "Sam"}),
        (["Ana", "Sam"], {"Ana", "Sam"}),
        (["", "", "", "Ana", "Sam"], {"Ana", "Sam"}),
        (["Plan", "", "", "", "", ""], set()),
        (["Tip", "", "", "", "Tip", ""], set()),
        (["Backend", "Frontend", "Data"], set()),
        (["ana b", "sam", "sam", "ana b", "ana b", "sam"], {"ana b", "sam"}),
        (["Candidate", "", "", "", "", "", "", ""], {"Candidate"}),
        ([], set()),
    ],
)
def test_labels_are_told_from_other_words_before_a_colon(heads: list[str], found: set[str]) -> None:
    lines = [f"{label}: words" if label else "words" for label in heads]
    assert {label for _, label in speakers([head(line) for line in lines])} == found


LONG = (
    "Hello and welcome. I have run the kitchen here for six years, with eleven cooks and a small bakery. "
    "We will talk for half an hour, I will tell you about the house, and then you can ask whatever you like."
)


@pytest.mark.parametrize(
    "names",
    [("Speaker 1", "Speaker 2"), ("Nadia", "Ai"), ("A", "B"), ("B", "A"), ("Bot", "Tomek"), ("Ai", "Nadia")],
)
def test_who_speaks_first_and_ends_in_questions_asks_however_long(names: tuple[str, str]) -> None:
    asks, tells = names
    said = talk((asks, f"{LONG} {ASKS}"), (tells, TELLS), (asks, MORE), (tells, REST))

    assert texts(paired(said)) == [(f"{LONG} {ASKS}", TELLS), (MORE, REST)]


def test_who_would_like_to_hear_leads_however_long_they_talk() -> None:
    said = talk(
        ("Ana", f"Welcome. {TELLS} I'd love to hear about a night of yours. {TELLS}"),
        ("Sam", "The cooling failed."),
        ("Ana", f"{TELLS} And another one?"),
        ("Sam", "It failed again."),
    )

    assert "candidate: Sam" in paired(said).taken


def test_who_asks_to_be_told_leads_however_much_the_other_asks_back() -> None:
    said = talk(
        ("Tomek", "Is this the right room?"),
        ("Nadia", "It is. Tell me about a guest who was angry."),
        ("Tomek", "At the desk, or in the house?"),
        ("Nadia", "Wherever you like."),
        ("Tomek", f"{TELLS} Is that what you wanted?"),
        (
            "Nadia",
            "It is. We pay each Friday, we are nine, and we all eat at eleven, which people here like.",
        ),
    )

    assert "candidate: Tomek (" in paired(said).taken


def test_who_answers_may_ask_to_be_told_something_at_the_end() -> None:
    said = talk(("Nadia", LONG), ("Tomek", TELLS), ("Nadia", MORE), ("Tomek", REST))
    said += talk(("Nadia", "What else?"), ("Tomek", "Could you tell me about the team?"), ("Nadia", "Nine."))

    assert "candidate: Tomek (" in paired(said).taken


def test_where_nobody_asks_who_speaks_first_is_less_likely_the_candidate() -> None:
    said = talk(("Nadia", LONG), ("Tomek", TELLS), ("Nadia", "That must have been hard."), ("Tomek", REST))

    assert [answer for _, answer in texts(paired(said))] == [TELLS, REST]


@pytest.mark.parametrize(
    ("lines", "name", "who"),
    [
        ([("Ana", ASKS), ("Sam", TELLS)], "", "Sam (asks less and says more); others: Ana. --candidate"),
        ([("Ana", ASKS), ("Candidate", TELLS)], "", "Candidate (the label says so); others: Ana."),
        (
            [("Interviewer", ASKS), ("Sam", TELLS)],
            "",
            "Sam (all others are labelled as asking); others: Inter",
        ),
        ([("Ana", ASKS), ("Sam", TELLS)], "ana", "Ana (--candidate says so); others: Sam."),
        ([("Sam", TELLS)], "", "Sam (nobody else speaks). --candidate"),
        ([("Interviewer", ASKS)], "", "nobody (nobody else speaks)"),
        ([("", TELLS)], "", "whoever speaks, as nobody is named"),
        ([("Me", ASKS), ("Them", TELLS)], "", "Them (asks less and says more); others: Me."),
        ([("Ana", ASKS), ("Speaker 2", TELLS)], "", "Speaker 2 (asks less and says more); others: Ana."),
        ([("", f"{TELLS} {MORE}"), ("", REST)], "", "both sides may have been judged"),
        ([("", f"{ASKS} {TELLS}"), ("", MORE)], "", "who answers (nobody is named, and the questions tell)"),
        (
            [(f"N{n}", ASKS) for n in range(9)] + [("Candidate", TELLS)],
            "",
            "N0, N1, N2, N3, N4, N5 and 3 more.",
        ),
        ([("N" * 999, ASKS), ("Candidate", TELLS)], "", f"others: {'N' * 60}. "),
    ],
)
def test_who_was_taken_is_said_and_why(lines: list[tuple[str, str]], name: str, who: str) -> None:
    taken = paired(talk(*lines), name).taken

    assert taken.startswith("Taken as the candidate: ")
    assert who in taken


@pytest.mark.parametrize(
    "unknown",
    ["Unknown Speaker", "Unknown", "Unidentified speaker 2", "???", "unknown 1", "Speaker not identified"],
)
def test_what_an_unknown_speaker_says_is_of_who_spoke_before_unless_it_asks(unknown: str) -> None:
    said = talk(("Ana", ASKS), ("Sam", TELLS), (unknown, REST), (unknown, MORE), ("Sam", "By phone."))
    found = paired(said)

    assert texts(found) == [(ASKS, f"{TELLS} {REST}"), (MORE, "By phone.")]
    assert found.notes == (UNKNOWN,)
    assert texts(paired(talk((unknown, TELLS), (unknown, REST)))) == [("", f"{TELLS} {REST}")]


def test_where_one_speaker_is_known_the_unknown_is_the_other() -> None:
    said = talk(("Ana", ASKS), ("Unknown", TELLS), ("Ana", MORE), ("Unknown", REST))

    assert texts(paired(said)) == BOTH
    assert paired(said).notes == ()


def test_a_part_of_a_name_that_begins_another_is_enough() -> None:
    said = talk(("Samira Khan", ASKS), ("Sam Khan", TELLS))

    assert texts(paired(said, "Sam")) == [(ASKS, TELLS)]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Thank you for watching!", 30.0, 60.0),
        ("Thanks for watching.", None, None),
        ("Please subscribe to my channel.", 30.0, 31.0),
        ("Subtitles by the crew of somebody", 30.0, 31.0),
        ("Thank you.", 30.0, 58.0),
        ("you", 30.0, 60.0),
        ("Thank you so much for watching, and see you in the next video.", 30.0, 33.0),
        ("Please like, comment and subscribe!", 30.0, 33.0),
        ("Thanks for listening. Bye bye.", 30.0, 33.0),
    ],
)
def test_what_recognisers_write_over_silence_is_nobodys(
    text: str, start: float | None, end: float | None
) -> None:
    said = [Spoken("", TELLS, 0.0, 20.0), *[Spoken("", text, start, end)] * 2, Spoken("", REST, 60.0, 70.0)]
    found = paired(said)

    assert texts(found) == [("", f"{TELLS} {REST}")]
    assert found.notes == (GHOSTS,)


@pytest.mark.parametrize(
    "text", ["Thank you.", "Thank you for the question.", "They had subtitles by then, so."]
)
def test_thanks_in_the_time_they_take_are_said(text: str) -> None:
    said = [Spoken("", TELLS, 0.0, 20.0), Spoken("", text, 20.0, 21.5)]

    assert texts(paired(said)) == [("", f"{TELLS} {text}")]
    assert paired(said).notes == ()


def test_too_many_speakers_are_refused_unless_one_is_named() -> None:
    said = talk(*((f"Name {n}", TELLS) for n in range(200)))

    with pytest.raises(
        ForeignError, match="200 speakers are in it; say who is the candidate, with --candidate"
    ):
        paired(said)
    assert len(paired(said, "Name 7").pairs) == 1


def test_a_crowd_in_which_nobody_asks_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "".join(f"Ana N{chr(97 + n % 26) * (1 + n // 26)}: I saw it.\n" for n in range(50))
    )

    with pytest.raises(ForeignError, match="50 speakers are in it"):
        paired(read(tmp_path / "a.txt"))


def test_times_that_jump_back_here_and_there_are_not_believed_and_it_is_said() -> None:
    said = [
        Spoken("Ana", ASKS, 5.0, 9.0),
        Spoken("Sam", TELLS, 10.0, 30.0),
        Spoken("Ana", MORE, 3.0, 4.0),
        Spoken("Sam", REST, 40.0, 60.0),
    ]
    found = paired(said)

    assert texts(found) == BOTH
    assert found.notes == (ASTRAY.format(1),)
    assert [piece.start for _, pieces in found.pairs for piece in pieces] == [10.0, 40.0]


def test_times_that_run_backwards_are_not_believed() -> None:
    said = [
        Spoken("Ana", ASKS, 90.0, 95.0),
        Spoken("Sam", TELLS, 60.0, 80.0),
        Spoken("Ana", MORE, 30.0, 40.0),
    ]
    found = paired([*said, Spoken("Sam", REST, 5.0, 20.0)])

    assert texts(found) == BOTH
    assert found.notes == (BACKWARDS,)
    assert all(piece.start is None for _, pieces in found.pairs for piece in pieces)
