from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.transcripts.story.sentences import asked_back, sentences


def split(text: str, pauses: tuple[int, ...] = ()) -> list[str]:
    return [text[start:end].strip() for start, end in sentences(text, pauses)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I said no. Then I left!", ["I said no.", "Then I left!"]),
        ("Dr. Lee asked me. I agreed.", ["Dr. Lee asked me.", "I agreed."]),
        ("It cost 3.5 million. We paid.", ["It cost 3.5 million.", "We paid."]),
        ('He said "Stop." I did not.', ['He said "Stop."', "I did not."]),
        ("Done...  Next? Yes.", ["Done...", "Next?", "Yes."]),
        ("One part\n\nAnother part", ["One part", "Another part"]),
        ("What I did:\n- asked\n- waited", ["What I did:", "- asked", "- waited"]),
        ("no marks at all", ["no marks at all"]),
        ("Well. !!! Yes.", ["Well. !!!", "Yes."]),
        ("it went badly The next day I rang him", ["it went badly", "The next day I rang him"]),
        ("we read The Hobbit at home", ["we read The Hobbit at home"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_at_their_marks(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_talk_without_marks_is_cut_into_clauses() -> None:
    text = (
        "so i was a nurse at a clinic maybe two years back and we had this new tool that nobody liked at all "
        "and my manager basically said you figure out why so i sat down with the front desk people one by "
        "one and i wrote down every click that they made in a week"
    )
    found = split(text)
    assert found[0] == "so i was a nurse at a clinic maybe two years back"
    assert found[-1] == "and i wrote down every click that they made in a week"
    assert len(found) == 5


def test_talk_without_marks_is_cut_whatever_stands_beside_it() -> None:
    talk = (
        "so i was a nurse at a clinic maybe two years back and we had this new tool that nobody liked at all "
        "and my manager basically said you figure out why so i sat down with the front desk people one by "
        "one and i wrote down every click that they made in a week."
    )
    marked = "It was late. I went home. Nobody minded. The tool was gone by then."
    assert split(f"{marked} {talk}") == [*split(marked), *split(talk)]
    assert len(split(talk)) == 5


def test_a_long_sentence_with_commas_is_one() -> None:
    long = "I asked the cook, who had been there for years, " * 5 + "and she told me."
    assert split(f"It was late. {long} I went home. Nobody minded. So it was.")[1] == long


def test_clauses_begin_with_who_does_something_and_not_inside_a_phrase() -> None:
    text = (
        "the bakery opened at six every day and the bread was never ready i was told to change that before "
        "the summer i wrote down who did what and i asked the baker to mix the dough at night in the end it "
        "was ready"
    )
    assert split(text)[1:] == [
        "i was told to change that before the summer",
        "i wrote down who did what",
        "and i asked the baker to mix the dough at night",
        "in the end it was ready",
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("We left. I sorted all the boxes and I wrote a name on each in the end nothing was lost.", 3),
        ("We left. I sorted all the boxes and I wrote a name on each, and nothing was lost in the end.", 2),
        (
            "We left. I sorted all the boxes, wrote a name on each, and did so again the week after that.",
            2,
        ),
        ("We left. In the end nothing was lost.", 2),
    ],
)
def test_a_full_stop_that_is_missing_before_a_turn_is_put_there(text: str, count: int) -> None:
    assert len(split(text)) == count


def test_a_clause_that_has_begun_is_not_cut_before_its_subject() -> None:
    text = (
        "so there was a man at the desk where i work and his card had died on the last day before he left "
        "and everyone else was out so what i did was i called the bank and told them who it was and where he "
        "stood and they sent a new one to his hotel that night so now i always ask for the date first"
    )
    found = split(text)
    assert not [one for one in found if one.endswith((" where", " what", " before", " now"))]
    assert found[-1].startswith("so now i always")


def test_where_there_are_no_marks_a_pause_ends_a_sentence() -> None:
    text = " ".join(["word"] * 50)
    assert len(split(text)) == 1
    assert len(split(text, (100,))) == 2


def test_where_there_are_marks_pauses_do_not_count() -> None:
    assert len(split("One two three. Four five six.", (4,))) == 2


@given(st.text(alphabet="abi. \n-?!ü“”", max_size=400), st.lists(st.integers(1, 399)))
def test_sentences_cover_the_text_in_order(text: str, pauses: list[int]) -> None:
    found = sentences(text, [pause for pause in pauses if pause < len(text)])
    if text.strip():
        assert found[0][0] == 0
        assert found[-1][1] == len(text)
    assert all(one[1] == other[0] for one, other in pairwise(found))
    assert all(start < end for start, end in found)


@pytest.mark.parametrize(
    ("texts", "begins"),
    [
        (["What is example?", "Ah, okay, I understand.", "In the restaurant I took the fish."], 2),
        (["Can I take one from my old job?", "Good.", "It was in the land registry."], 2),
        (["In the restaurant I took the fish.", "What would you do?"], 0),
        (["Okay.", "In the restaurant I took the fish."], 0),  # nothing was asked
        (["What do you mean?"], 0),  # nothing else was said
    ],
)
def test_an_answer_begins_after_what_is_asked_back(texts: list[str], begins: int) -> None:
    assert asked_back(texts) == begins


def test_no_clause_begins_between_since_and_then() -> None:
    told = (
        "i said sorry in front of the same people because i had shouted in front of them and then he "
        "showed me who it was and by the end of the year he carried the balls for me and since then i "
        "always ask him first"
    )
    rows = [told[start:end].split() for start, end in sentences(told)]
    assert len(rows) > 2
    assert not [row for row in rows if row[-1] in ("and", "since")]
