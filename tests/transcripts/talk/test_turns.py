from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.transcripts.events import (
    BackChannel,
    BargeIn,
    CutIn,
    Encouraged,
    Event,
    FinalHypothesis,
    PartialHypothesis,
    PlaybackFinished,
    PlaybackStarted,
    QuestionAsked,
    Reprompt,
    Seconds,
    SpeechEnded,
    SpeechStarted,
    TurnEnded,
    TurnResumed,
    Word,
)
from vivavoce.transcripts.talk.turns import Turn, turns
from vivavoce.transcripts.words import words

S = Seconds


def asked(at: float, text: str = "Why?", move: str = "ask") -> Event:
    return QuestionAsked(at=S(at), text=text, move=move, why="because")


def played(at: float, end: float, text: str = "Why?", complete: bool = True) -> list[Event]:
    finished = PlaybackFinished(at=S(end), heard=S(end - at), complete=complete)
    return [PlaybackStarted(at=S(at), text=text), finished]


def final(at: float, text: str) -> Event:
    heard = [Word(text=w, start=S(at + i), end=S(at + i + 0.9)) for i, w in enumerate(text.split())]
    end = heard[-1].end
    return FinalHypothesis(at=S(end + 0.3), text=text, words=tuple(heard), audio_start=S(at), audio_end=end)


def ended(at: float, text: str = "", silent_since: float | None = None) -> Event:
    return TurnEnded(
        at=S(at),
        started_at=S(at - 2),
        ended_at=S(at - 1 if silent_since is None else silent_since),
        decided_at=S(at),
        text=text,
        why="silence",
        probability=0.9,
    )


def partial(at: float, text: str) -> Event:
    return PartialHypothesis(at=S(at), text=text, stable="", audio_end=S(at))


def sounded(start: float, end: float) -> list[Event]:
    return [SpeechStarted(at=S(start)), SpeechEnded(at=S(end), started_at=S(start))]


Q1 = [asked(0.5), *played(1, 2)]
CUT = CutIn(at=S(9.9), why="w", evidence=())
MHM = BackChannel(at=S(3), started_at=S(2))
GO_ON = [Encouraged(at=S(7), text="Go on."), *played(7, 8, "Go on.")]
STOPPED = [asked(0.5), *played(1, 3, complete=False), BargeIn(at=S(2.5), started_at=S(2))]
Q2 = [asked(9.5, "And then?"), *played(10, 12, "And then?")]


def outline(found: Sequence[Turn]) -> list[str]:
    """Each turn as `I: text` or `C: text`, with + for what the session calls whole and ! for interrupted."""
    marks = ["+" * t.complete + "!" * t.interrupted + "r" * t.resumed for t in found]
    return [f"{t.speaker[0].upper()}{mark}: {t.text}" for t, mark in zip(found, marks, strict=True)]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([], [], id="an empty journal"),
        pytest.param(
            [*Q1, final(3, "we tried"), ended(6), *Q2],
            ["I+: Why?", "C+: we tried", "I+: And then?"],
            id="a question and its answer",
        ),
        pytest.param(
            [*Q1, ended(6), *Q2, final(3, "we tried")],
            ["I+: Why?", "C+: we tried", "I+: And then?"],
            id="a final that comes late is placed by its sound",
        ),
        pytest.param(
            [*Q1, final(3, "we tried"), ended(6), asked(6), TurnResumed(at=S(6.2)), final(7, "it"), ended(9)],
            ["I+: Why?", "C+r: we tried it"],
            id="a turn that goes on is one turn, and the line in reply was never said",
        ),
        pytest.param(
            [
                *[*Q1, final(3, "we"), ended(5), asked(5), *played(5.2, 5.6, "Why?", complete=False)],
                *[TurnResumed(at=S(5.6)), final(6, "tried"), ended(9), *Q2],
            ],
            ["I+: Why?", "C+r: we tried", "I+: And then?"],
            id="a reply that had only just begun is withdrawn too",
        ),
        pytest.param(
            [
                *[
                    asked(0.5),
                    *played(1, 3, complete=False),
                    BargeIn(at=S(3), started_at=S(2)),
                    final(2, "no"),
                ],
                *[Encouraged(at=S(4), text="Go on."), *played(5, 5.3, "Go on.", complete=False)],
                *[TurnResumed(at=S(5.3)), final(6, "really")],
            ],
            ["I!: Why?", "C: no really"],
            id="a withdrawn encouragement takes nothing else with it",
        ),
        pytest.param(
            [
                *Q1,
                final(3, "we tried"),
                Encouraged(at=S(7), text="Go on."),
                *played(7, 8, "Go on."),
                final(9, "so"),
            ],
            ["I+: Why?", "C: we tried", "I+: Go on.", "C: so"],
            id="an encouragement divides a turn that was not over",
        ),
        pytest.param(
            [*Q1, Reprompt(at=S(8), text="Shall I repeat?"), *played(8, 9, "Shall I repeat?")],
            ["I+: Why?", "I+: Shall I repeat?"],
            id="a question asked again after a silence",
        ),
        pytest.param(
            [
                *Q1,
                *sounded(3, 11),
                final(3, "on and on and on and on"),
                CUT,
                *Q2,
            ],
            ["I+: Why?", "C!: on and on and on and on", "I+: And then?"],
            id="words said over a cut-in belong to the turn that it ends",
        ),
        pytest.param(
            [*Q1, *sounded(3, 9), final(3, "on and on"), CUT, *Q2, ended(12, "on and on", silent_since=9)],
            ["I+: Why?", "C!: on and on", "I+: And then?"],
            id="a turn that a cut-in ended is closed only after the line, and not said twice",
        ),
        pytest.param(
            [
                *Q1,
                *sounded(3, 16),
                final(3, "a b c d e f g h i j k l"),
                CUT,
                *Q2,
            ],
            ["I+: Why?", "C!: a b c d e f g h i", "I+: And then?", "C: j k l"],
            id="who talks on through a cut-in has a new turn after it",
        ),
        pytest.param(
            [
                asked(0.5),
                *played(1, 3, complete=False),
                BargeIn(at=S(2.5), started_at=S(2)),
                final(2, "but no"),
            ],
            ["I!: Why?", "C: but no"],
            id="a barge-in begins a turn over the line",
        ),
        pytest.param(
            [
                asked(0.5),
                *played(1, 4),
                final(2, "mhm"),
                MHM,
                final(5, "yes"),
            ],
            ["I+: Why?", "C: yes"],
            id="a back-channel belongs to nobody",
        ),
        pytest.param(
            [*Q1, final(3, "we tried"), partial(6, "it twi")],
            ["I+: Why?", "C: we tried it twi"],
            id="a killed session ends with what was provisionally heard",
        ),
        pytest.param(
            [*Q1, SpeechStarted(at=S(3)), partial(4, "we")],
            ["I+: Why?", "C: we"],
            id="a partial alone",
        ),
        pytest.param(
            [*Q1, partial(4, "mhm"), BackChannel(at=S(4), started_at=S(3))],
            ["I+: Why?"],
            id="partial of a back-channel",
        ),
        pytest.param([asked(0.5), PlaybackStarted(at=S(1), text="Why?")], ["I: Why?"], id="killed in a line"),
        pytest.param(
            [asked(1), ended(4, "typed"), asked(5, "And?")],
            ["I+: Why?", "C+: typed", "I+: And?"],
            id="a typed session has neither sound nor word times",
        ),
        pytest.param(
            [asked(0.5, "Why not?"), *played(1, 2, "Why?")],
            ["I+: Why?"],
            id="what was said counts",
        ),
        pytest.param(
            [asked(0.5, "Fine. Why?"), *played(1, 2, "Fine."), *played(2, 3, "Why?")],
            ["I+: Fine. Why?"],
            id="a line that is played sentence by sentence is one",
        ),
        pytest.param([*played(1, 2, "Hello.")], ["I+: Hello."], id="a line that nobody announced"),
    ],
)
def test_who_spoke_in_which_words(events: list[Event], expected: list[str]) -> None:
    assert outline(turns(events)) == expected


def test_a_turn_says_when_it_was_and_why_it_was_asked() -> None:
    question, answer = turns([*Q1, final(3, "we tried"), ended(6)])

    assert (question.start, question.end, question.move, question.why) == (1, 2, "ask", "because")
    assert (answer.start, answer.end, len(answer.words)) == (3, 4.9, 2)


def test_the_share_of_a_stopped_line_comes_from_the_pace_of_the_whole_ones() -> None:
    whole, stopped = "x" * 40, "y" * 80
    events = [
        asked(0, whole),
        *played(1, 5, whole),
        asked(6, stopped),
        *played(7, 9, stopped, complete=False),
    ]

    assert [turn.heard for turn in turns(events)] == [1.0, 0.25]


def test_a_line_that_was_never_played_was_not_heard() -> None:
    assert [turn.heard for turn in turns([*Q1, asked(5, "Unheard?")])] == [1.0, 0.0]


STEPS = ["ask", "play", "stop", "say", "end", "resume", "cut", "barge", "partial", "encourage"]


@given(steps=st.lists(st.sampled_from(STEPS), max_size=25))
def test_whatever_happens_each_word_is_in_one_turn_and_the_candidate_never_follows_the_candidate(
    steps: list[str],
) -> None:
    events: list[Event] = []
    for at, step in enumerate(steps, start=1):
        makes: dict[str, list[Event]] = {
            "ask": [asked(at, f"q{at}")],
            "play": played(at, at + 0.5, f"q{at}"),
            "stop": played(at, at + 0.9, f"q{at}", complete=False),
            "say": [final(at, f"w{at}")],
            "end": [ended(at)],
            "resume": [TurnResumed(at=S(at))],
            "cut": [CutIn(at=S(at), why="w", evidence=())],
            "barge": [BargeIn(at=S(at), started_at=S(at))],
            "partial": [partial(at, "p")],
            "encourage": [Encouraged(at=S(at), text="Go on.")],
        }
        events += makes[step]

    found = turns(events)

    assert sorted(w.text for t in found for w in t.words) == sorted(w.text for w in words(events))
    speakers = [turn.speaker for turn in found]
    assert ("candidate", "candidate") not in list(pairwise(speakers))
    assert all(0 <= turn.heard <= 1 and turn.start <= turn.end for turn in found)
