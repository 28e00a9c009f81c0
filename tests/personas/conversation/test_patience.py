from collections.abc import Sequence

import numpy as np
import pytest

from vivavoce.personas.content.persona import Persona, persona
from vivavoce.personas.conversation.patience import (
    COOL_DOWN,
    FLOOR,
    LET_SPEAK,
    MOST_CUT_INS,
    NO_CLAUSE,
    NO_PAUSE,
    THINKING,
    Eagerness,
    Ladder,
    Rambling,
)
from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.story.parts import Vectors

S = Seconds
DANA = persona("dana")
CIRCLE = ["the", "meeting", "about", "the", "plan", "was", "a", "meeting", "about", "one", "more", "plan"]


def steps(
    ladder: Ladder, until: float, *, answered: bool = False, start: float = 0.0
) -> list[tuple[str, float]]:
    """Return what the ladder says, and how long after `start`, asked ten times a second."""
    times = [tenth / 10 for tenth in range(int(until * 10) + 1)]
    taken = [(ladder.step(S(start + time), answered=answered), time) for time in times]
    return [(step, time) for step, time in taken if step is not None]


def test_a_silence_is_met_with_help_in_order_and_once_each() -> None:
    helped = steps(Ladder(DANA), DANA.give_up_after + 1)

    assert [step for step, _ in helped] == ["encourage", "reprompt", "move on"]
    assert [after for _, after in helped] == pytest.approx(
        [DANA.encourage_after, DANA.reprompt_after, DANA.give_up_after], abs=0.5
    )


def test_a_silence_that_never_ends_is_moved_on_from_again() -> None:
    assert [step for step, _ in steps(Ladder(DANA), 150)][2:] == ["move on", "move on", "move on"]


def test_a_silence_is_measured_from_its_own_beginning() -> None:
    ladder = Ladder(DANA)
    steps(ladder, DANA.encourage_after - 0.5)
    ladder.pause()

    assert steps(ladder, DANA.encourage_after - 0.5, start=60) == []


def test_who_said_something_is_not_asked_the_same_again() -> None:
    assert [step for step, _ in steps(Ladder(DANA), 30, answered=True)] == ["encourage", "move on"]


def test_a_new_question_begins_at_the_bottom_and_the_wait_counts_from_it() -> None:
    ladder = Ladder(DANA)
    steps(ladder, 30)
    ladder.reset()

    assert steps(ladder, 10, start=100) == [("encourage", DANA.encourage_after)]


MOVES_ON = (
    "Last spring our ranking service was slow, so I profiled it on a Monday and found the lookups. "
    "I moved them into one batch call and dropped two features, and Ruth from product refused at first. "
    "So we ran a test on five percent of members, and latency fell from 140 to 60 milliseconds. "
    "Then the cache filled up over night, and I added a limit, and I wrote a page about it for the others. "
    "In June a new model arrived that needed more memory, so I split the index and moved half to disk. "
    "Ruth asked for a dashboard, and we built it in two days, with alerts that woke nobody for a month. "
    "After that I trained two juniors, Paolo took over the releases, and I learned to hand things over. "
    "In the end the budget was cut by a third, and we kept every feature because the service was so small. "
)


def spoken(seconds: float, phrase: list[str] = CIRCLE) -> list[Word]:
    return [
        Word(text=phrase[i % len(phrase)], start=S(0.3 * i), end=S(0.3 * i + 0.28))
        for i in range(int(seconds / 0.3))
    ]


def listened(words: list[Word], dana: Persona = DANA) -> Rambling:
    """Return what watched `words` come in, one draft a second."""
    rambling = Rambling(dana.cut_in_after)
    for second in range(int(words[-1].end) + 2):
        rambling.receive([word for word in words if second - 1 < word.end <= second], ())
    return rambling


def test_talk_that_circles_is_evidence_after_the_persona_s_floor_and_not_before() -> None:
    assert listened(spoken(DANA.cut_in_after - 1)).evidence() == ()
    why, *facts = listened(spoken(DANA.cut_in_after + 12)).evidence()

    assert why == "the answer circles"
    assert any("meet" in fact for fact in facts)


def test_talk_that_moves_on_is_none_however_long() -> None:
    assert listened(spoken(43, MOVES_ON.split())).evidence() == ()


def test_something_new_takes_the_evidence_back() -> None:
    rambling = listened(spoken(40))
    assert rambling.evidence()

    for number, word in enumerate(MOVES_ON.split()[:80]):
        rambling.receive([Word(text=word, start=S(40 + number * 0.3), end=S(40.28 + number * 0.3))], ())

    assert rambling.evidence() == ()


def test_a_new_answer_begins_without_evidence() -> None:
    rambling = listened(spoken(40))
    rambling.reset()

    assert rambling.evidence() == ()


@pytest.mark.proves("N01")
@pytest.mark.parametrize(
    ("silent_for", "may"), [(0.0, False), (0.05, False), (0.2, True), (THINKING, False), (3.0, False)]
)
def test_a_micro_pause_is_a_place_to_begin_and_a_silence_is_none(silent_for: float, may: bool) -> None:
    rambling, rest = Rambling(DANA.cut_in_after), spoken(40)
    while not rambling.evidence():
        rambling.receive([rest.pop(0)], ())

    assert rambling.may_begin(rest[0].start, S(silent_for)) is may
    assert not listened(spoken(10)).may_begin(S(11), S(silent_for)), "there is no reason to"


def test_who_never_pauses_is_cut_in_on_at_a_clause_and_at_last_at_a_word() -> None:
    rambling, rest = Rambling(DANA.cut_in_after), spoken(60)
    while not rambling.evidence():
        rambling.receive([rest.pop(0)], ())
        due = rest[0].start
    rambling.receive([Word(text="plan,", start=due, end=S(due + NO_PAUSE))], ())
    comma = S(due + NO_PAUSE)

    assert rambling.may_begin(comma, S(0.0))
    assert not rambling.may_begin(S(due + NO_PAUSE / 2), S(0.0))
    rambling.receive([Word(text="and", start=comma, end=S(comma + 0.2))], ())
    assert not rambling.may_begin(S(comma + 0.2), S(0.0))
    assert rambling.may_begin(S(due + NO_CLAUSE), S(0.0))
    assert not rambling.may_begin(S(due + NO_CLAUSE), THINKING), "nobody who thinks is cut in on"


def test_nobody_is_cut_in_on_twice_within_the_cool_down_nor_three_times() -> None:
    rambling = listened(spoken(40))
    at = 40.0
    for _ in range(MOST_CUT_INS):
        assert rambling.evidence()
        rambling.has_cut_in(S(at))
        assert rambling.evidence() == ()
        for second in range(int(COOL_DOWN) + 10):
            words = [Word(text=w, start=S(at + second), end=S(at + second + 0.9)) for w in CIRCLE[:3]]
            rambling.receive(words, ())
            assert second >= COOL_DOWN - 1 or rambling.evidence() == ()
        at += COOL_DOWN + 10

    assert rambling.evidence() == ()


def test_whoever_never_cuts_in_never_does_and_the_eager_do_sooner() -> None:
    def first(factor: float) -> float | None:
        rambling = Rambling(FLOOR, Eagerness(factor))
        for word in spoken(90):
            rambling.receive([word], ())
            if rambling.evidence():
                return word.end
        return None

    assert first(0.0) is None
    relentless, usual, gentle = first(2.0), first(1.0), first(0.6)
    assert None not in (relentless, usual, gentle)
    assert FLOOR <= relentless <= usual <= gentle


def test_who_asked_to_finish_is_let_speak_for_a_minute_and_a_new_answer_is_not() -> None:
    def first(*, asked: bool, new: bool = False) -> float | None:
        rambling = Rambling(FLOOR)
        if asked:
            rambling.let_speak()
        if new:
            rambling.reset("What did you build?")
        for word in spoken(LET_SPEAK + 30):
            rambling.receive([word], ())
            if rambling.evidence():
                return word.end
        return None

    usual, let, anew = first(asked=False), first(asked=True), first(asked=True, new=True)

    assert None not in (usual, let, anew)
    assert usual < LET_SPEAK <= let < LET_SPEAK + 5
    assert anew < LET_SPEAK


class Garden:
    """Knows whether a text is about the garden, and nothing else."""

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """See `Embedding`."""
        about = [sum(word in text for word in ("roses", "hedge", "tulips", "spade")) for text in texts]
        return np.array([[0.0, 1.0] if one >= 2 else [1.0, 0.0] for one in about], dtype=np.float32)


def test_a_slide_into_another_subject_is_named_and_dated() -> None:
    garden = ["the", "roses", "grow", "by", "a", "hedge", "and", "tulips", "need", "some", "spade", "work"]
    told = spoken(45, MOVES_ON.split())
    began = told[-1].end
    slid = [Word(text=w.text, start=S(w.start + began), end=S(w.end + began)) for w in spoken(30, garden)]
    rambling = Rambling(FLOOR, meaning=Garden)
    for word in told:
        rambling.receive([word], ())
    assert not rambling.evidence()
    while not rambling.evidence():
        rambling.receive([slid.pop(0)], ())

    assert rambling.evidence()[0] == "the answer has left the question"
    assert abs(rambling.progressed_until - began) < 6
    assert slid[0].start - began < 12
