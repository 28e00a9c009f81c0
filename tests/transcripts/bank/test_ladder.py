import pytest

from vivavoce.transcripts.bank.ladder import Piece, ladder, ladder_lines, pieces_of
from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.story.parts import Sentence

TAKE = (
    ("situation", "We had a clinic where the phones never stopped and nobody knew who waited for what.", 9),
    ("situation", "It was my second year there.", 4),
    ("task", "I was to bring the waiting time down before the winter came.", 8),
    (
        "action",
        "I listened to two hundred calls with a pen in my hand and wrote down what they were about.",
        14,
    ),
    ("action", "The team moved the prescriptions to a form.", 9),
    ("action", "I trained four people on the new list.", 10),
    ("other", "Where was I, yes.", 3),
    ("result", "The waiting time fell from twelve to four minutes.", 8),
    ("result", "People were happier too, and so were we.", 7),
    ("lesson", "I learned to count before I change anything.", 8),
)
PIECES = tuple(Piece(text=text, label=label, seconds=Seconds(float(length))) for label, text, length in TAKE)


@pytest.mark.parametrize("seconds", [30, 60, 90, 180])
def test_each_rung_has_a_result_an_own_step_and_the_order_of_the_take(seconds: int) -> None:
    (rung,) = ladder(PIECES, [seconds])
    labels = [one.label for one in rung.kept]

    assert "result" in labels
    assert any(one.label == "action" and one.text.startswith("I ") for one in rung.kept)
    assert [one for one in PIECES if one in rung.kept] == list(rung.kept)
    assert sorted(map(id, (*rung.kept, *rung.dropped))) == sorted(map(id, PIECES))
    assert rung.takes == sum(one.seconds or 0 for one in rung.kept) <= seconds * 1.1


def test_in_thirty_seconds_the_context_is_one_sentence_at_most_and_the_result_has_its_figure() -> None:
    (rung,) = ladder(PIECES, [30])

    assert sum(one.label in ("situation", "task") for one in rung.kept) == 1
    assert "The waiting time fell from twelve to four minutes." in [one.text for one in rung.kept]
    assert not [one for one in rung.kept if one.label == "other"]


def test_longer_rungs_never_say_less() -> None:
    lengths = [len(rung.kept) for rung in ladder(PIECES)]

    assert lengths == sorted(lengths)
    assert lengths[-1] == len(PIECES)


def test_who_speaks_slowly_keeps_less() -> None:
    slow = [Piece(text=one.text, label=one.label, seconds=Seconds(2 * (one.seconds or 0))) for one in PIECES]

    assert len(ladder(slow, [60])[0].kept) < len(ladder(PIECES, [60])[0].kept)


def test_a_result_and_an_own_step_stay_however_long_they_are() -> None:
    long = [
        Piece(text="I did it.", label="action", seconds=Seconds(50)),
        Piece(text="It worked.", label="result"),
    ]
    (rung,) = ladder(long, [30])

    assert len(rung.kept) == 2
    assert rung.takes > 50


@pytest.mark.parametrize("fields", [frozenset(), frozenset({"data"})])
def test_a_field_that_nothing_else_covers_is_worth_keeping(fields: frozenset[str]) -> None:
    lists = Piece(text="We used old lists.", label="situation", seconds=Seconds(9.0), fields=fields)
    (rung,) = ladder([*PIECES[:4], lists, *PIECES[4:]], [60])

    assert (lists in rung.kept) == bool(fields)


def test_written_takes_are_measured_at_a_common_pace_and_nothing_gives_nothing() -> None:
    (rung,) = ladder([Piece(text="word " * 150, label="result")], [30])

    assert rung.takes == 60
    assert ladder([]) == ()


def test_pieces_have_the_times_of_their_words() -> None:
    text = "I ran. It worked well."
    words = [
        Word(text=word, start=Seconds(float(at)), end=Seconds(at + 0.5))
        for at, word in enumerate(text.split())
    ]
    found = pieces_of(text, [Sentence(0, 7, "action", 1.0), Sentence(7, len(text), "result", 1.0)], words)

    assert [(one.text, one.seconds) for one in found] == [("I ran.", 2.0), ("It worked well.", 2.5)]
    assert [one.seconds for one in pieces_of(text, [Sentence(0, 7, "action", 1.0)], [])] == [None]


def test_the_ladder_for_people_marks_what_is_kept_and_what_is_dropped() -> None:
    lines = ladder_lines(ladder(PIECES, [30]))

    assert lines[0].startswith("30 seconds; what is kept takes you")
    assert "  + The waiting time fell from twelve to four minutes." in lines
    assert "  - Where was I, yes." in lines
