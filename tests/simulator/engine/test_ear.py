from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vivavoce.audio.errors import RecogniserError
from vivavoce.audio.frame import FRAME_SAMPLES, FRAME_SECONDS, Frame, Samples, silence
from vivavoce.audio.listening.continued import Continued
from vivavoce.audio.ports import Hypothesis, Recogniser, TurnModel
from vivavoce.simulator.engine import endpoint
from vivavoce.simulator.engine.background import Inline, Lane
from vivavoce.simulator.engine.ear import Ear, Models
from vivavoce.simulator.practice.candidate import Candidate, ScriptedDetector, ScriptedRecogniser
from vivavoce.simulator.practice.candidate_script import Script, spoken
from vivavoce.transcripts.events import (
    Event,
    Failed,
    FinalHypothesis,
    NothingSaid,
    NotUnderstood,
    PartialHypothesis,
    Seconds,
    SpeechEnded,
    SpeechStarted,
    TurnEnded,
    Word,
)

S = Seconds
QUICK = 0.2


@dataclass
class Unsteady:
    """A recogniser that fails in every `period`-th call, and notes how much sound it was given."""

    recogniser: ScriptedRecogniser
    period: int | None = None
    lengths: list[float] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)  # what was said before the sounds that go on

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        self.lengths.append(sound.duration)
        if isinstance(sound, Continued):
            self.begun.append(sound.begun)
        if self.period and len(self.lengths) % self.period == 0:
            raise RecogniserError("the recogniser failed on a stretch of sound")
        return self.recogniser.transcribe(sound, prompt, timed=timed)


class Listening:
    """An ear, and a candidate who says `words` whatever happens."""

    def __init__(
        self,
        words: Iterable[Word],
        *,
        delay: float = QUICK,
        turns: TurnModel | None = None,
        turn_delay: float = 0.1,
        period: int | None = None,
    ) -> None:
        candidate = Candidate(Script(entries=()))
        candidate.said = list(words)
        self.recogniser = Unsteady(ScriptedRecogniser(candidate), period)
        delays = {Lane.DRAFT: S(delay), Lane.SETTLE: S(delay), Lane.TURN: S(turn_delay)}
        self._background = Inline(delays)
        self.ear = Ear(Models(ScriptedDetector(candidate), self.recogniser, turns), self._background)
        self.events: list[Event] = []
        self.now = 0.0
        self._frames = 0

    def until(self, time: float, *, may_end: bool = True) -> "Listening":
        while self.now < time:
            frame = Frame(self._frames * FRAME_SAMPLES, silence(FRAME_SAMPLES))
            self._frames += 1
            self.now = frame.ended_at
            self._background.collect(frame.ended_at)
            self.events += self.ear.receive(frame, may_end=may_end)
        return self

    @property
    def text(self) -> str:
        return " ".join(event.text for event in self.events if isinstance(event, FinalHypothesis))

    @property
    def turns(self) -> list[TurnEnded]:
        return [event for event in self.events if isinstance(event, TurnEnded)]


def said(*stretches: tuple[str, float], start: float = 1.0, wpm: float = 180) -> list[Word]:
    """Return each text from `start` on, and a pause of so many seconds after it."""
    words: list[Word] = []
    for text, pause in stretches:
        stretch = spoken(text, wpm, {})
        words += [
            Word(text=word.text, start=S(word.start + start), end=S(word.end + start)) for word in stretch
        ]
        start = words[-1].end + pause
    return words


def numbered(count: int, first: int = 0) -> str:
    return " ".join(f"w{number}" for number in range(first, first + count))


FINISHED = "We moved the joins to another service and the errors stopped."


def test_silence_makes_nothing_known() -> None:
    assert Listening([]).until(20).events == []


def test_a_finished_sentence_becomes_final_and_ends_the_turn_soon() -> None:
    words = said((FINISHED, 0))
    heard = Listening(words).until(8)

    assert heard.text == FINISHED
    (turn,) = heard.turns
    assert turn.text == FINISHED
    assert turn.started_at == pytest.approx(1.0, abs=FRAME_SECONDS)
    assert turn.ended_at == pytest.approx(words[-1].end, abs=2 * FRAME_SECONDS)
    assert turn.ended_at < turn.decided_at <= turn.at < turn.ended_at + 1.2
    assert 0.5 < turn.probability <= 1


@pytest.mark.parametrize("end", ["and", "the", "um"])
def test_a_thinking_pause_of_1_5_s_in_mid_sentence_ends_nothing(end: str) -> None:
    heard = Listening(
        said((f"We moved the joins and {end}", 1.5), ("then the errors stopped for good.", 0))
    ).until(12)

    (turn,) = heard.turns
    assert turn.text == f"We moved the joins and {end} then the errors stopped for good."


PAUSED = ((FINISHED, 2.0), ("Since then it has been quiet.", 0.0))


@pytest.mark.parametrize("delay", [QUICK, 1.2])
def test_a_pause_of_2_s_ends_no_story_that_has_no_end_yet(delay: float) -> None:
    read: list[str] = []

    def ended(pending: Sequence[Word]) -> bool:
        finals = [event.text for event in heard.events if isinstance(event, FinalHypothesis)]
        read.append(" ".join([*finals, *(word.text for word in pending)]))
        return "quiet" in read[-1]

    heard = Listening(said(*PAUSED), delay=delay)
    heard.ear.expect(S(20), ended)
    (turn,) = heard.until(16).turns

    assert turn.text == f"{FINISHED} Since then it has been quiet."
    assert turn.at < turn.ended_at + 1.5
    assert read == [FINISHED, turn.text]  # once a silence, and all that was said so far


def test_who_stops_without_an_end_is_answered_within_3_s() -> None:
    heard = Listening(said((FINISHED, 0)))
    heard.ear.expect(S(20), lambda _: False)
    (turn,) = heard.until(8).turns

    assert 2.0 < turn.at - turn.ended_at < 3.0


def test_the_next_line_asks_for_something_else() -> None:
    heard = Listening(said(*PAUSED))
    heard.ear.expect(S(20), lambda _: False)
    heard.ear.expect(S(4))

    assert len(heard.until(16).turns) == 2


def test_nothing_ends_while_the_candidate_does_not_hold_the_floor() -> None:
    heard = Listening(said((FINISHED, 0))).until(10, may_end=False)

    assert heard.turns == []
    assert heard.until(11).turns


def test_what_a_turn_reports_comes_in_a_sensible_order() -> None:
    heard = Listening(said((FINISHED, 0.3), (FINISHED, 0))).until(15)
    order = [
        type(e)
        for e in heard.events
        if isinstance(e, SpeechStarted | SpeechEnded | FinalHypothesis | TurnEnded)
    ]

    assert order[0] is SpeechStarted
    assert order[-1] is TurnEnded
    finals = [e for e in heard.events if isinstance(e, FinalHypothesis)]
    assert all(a.audio_end <= b.audio_start + 0.5 for a, b in pairwise(finals))
    assert all(word.start >= final.audio_start - 0.05 for final in finals for word in final.words)


def test_partials_grow_while_somebody_speaks_and_their_stable_part_is_a_beginning() -> None:
    partials = [
        event
        for event in Listening(said((numbered(25), 0))).until(12).events
        if isinstance(event, PartialHypothesis)
    ]

    assert len(partials) > 3
    assert all(partial.text.startswith(partial.stable) for partial in partials)
    assert any(partial.stable for partial in partials)


# What was said before


def test_what_is_settled_goes_on_from_the_words_and_the_sound_before_it() -> None:
    words = said((numbered(24), 0.4), (numbered(6, 24), 3))
    heard = Listening(words).until(words[-1].end + 1)

    assert {begun.split()[-1] for begun in heard.recogniser.begun} == {"w23"}
    assert all(8 < len(begun.split()) < 24 for begun in heard.recogniser.begun)


def test_an_answer_does_not_go_on_from_the_one_before_the_line() -> None:
    first = said((FINISHED, 0))
    words = [*first, *said((numbered(6), 0), start=first[-1].end + 5)]
    heard = Listening(words).until(first[-1].end + 4)
    heard.ear.expect(S(0.0))
    heard.until(words[-1].end + 4)

    assert heard.text == f"{FINISHED} {numbered(6)}"
    assert heard.recogniser.begun == []


# A cough


class Coughing(ScriptedRecogniser):
    """Hears no word in the cough."""

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        words = super().transcribe(sound, prompt, timed=timed).words
        return Hypothesis(tuple(word for word in words if word.text != "(cough)"))


def coughs(*words: Word) -> Listening:
    heard = Listening(words)
    heard.recogniser.recogniser.__class__ = Coughing
    return heard


def test_a_cough_ends_no_turn_and_says_nothing() -> None:
    heard = coughs(Word(text="(cough)", start=S(1), end=S(1.4))).until(15)

    assert [type(event) for event in heard.events if not isinstance(event, PartialHypothesis)] == [
        SpeechStarted,
        SpeechEnded,
        NothingSaid,
    ]


def test_after_a_cough_the_ear_still_hears() -> None:
    heard = coughs(Word(text="(cough)", start=S(1), end=S(1.4)), *said((FINISHED, 0), start=12)).until(20)

    assert [turn.text for turn in heard.turns] == [FINISHED]


# No word is lost, and none is heard twice


@pytest.mark.parametrize("delay", [0.05, 0.5, 2.0])
@pytest.mark.parametrize(
    "stretches",
    [
        pytest.param(
            [(numbered(15), 0.3), ("um", 0.3), ("well.", 0)], id="a short word after a long stretch"
        ),
        pytest.param([(numbered(1, i), 0.3) for i in range(40)], id="a micro-pause after each word"),
        pytest.param([(numbered(6, 6 * i), 0.3) for i in range(8)], id="short clauses"),
        pytest.param([(numbered(120), 0)], id="40 s without a pause"),
        pytest.param([(numbered(44), 0)], id="a stop just when the unit is too long"),
        pytest.param([(numbered(46), 0.25), ("yes.", 0)], id="a stop soon after"),
    ],
)
def test_no_word_is_lost_or_heard_twice(stretches: list[tuple[str, float]], delay: float) -> None:
    words = said(*stretches)
    heard = Listening(words, delay=delay).until(words[-1].end + 20)

    assert heard.text.split() == [word.text for word in words]
    assert " ".join(turn.text for turn in heard.turns) == heard.text


LENGTHS = st.integers(1, 3) | st.integers(10, 45)
STRETCHES = st.lists(
    st.tuples(LENGTHS, st.sampled_from([0.0, 0.2, 0.3, 0.5, 0.9, 1.4])), min_size=1, max_size=6
)


@settings(max_examples=25, deadline=None)
@example([(15, 0.3), (1, 0.3)], 2.0, 180.0)
@given(STRETCHES, st.sampled_from([0.05, 0.4, 2.0]), st.floats(120, 240))
def test_whatever_the_pauses_and_the_delay_the_finals_are_what_was_said(
    stretches: list[tuple[int, float]], delay: float, wpm: float
) -> None:
    words = said(*((numbered(count, 100 * i), pause) for i, (count, pause) in enumerate(stretches)), wpm=wpm)
    heard = Listening(words, delay=delay).until(words[-1].end + 20)

    assert heard.text.split() == [word.text for word in words]


@pytest.mark.parametrize("delay", [0.2, 2.0, 4.0])
def test_speech_without_any_pause_is_split_before_the_recogniser_s_30_s(delay: float) -> None:
    words = said((numbered(160), 0))
    heard = Listening(words, delay=delay).until(words[-1].end + 25)

    assert words[-1].end > 40
    assert len([event for event in heard.events if isinstance(event, FinalHypothesis)]) >= 2
    assert max(heard.recogniser.lengths) <= 30


@pytest.mark.parametrize("delay", [1.0, 2.0])
def test_a_slow_recogniser_falls_behind_by_a_few_jobs_and_not_by_the_whole_answer(delay: float) -> None:
    words = said(*((numbered(2, 2 * i), 0.4) for i in range(40)))
    heard = Listening(words, delay=delay).until(words[-1].end + 60)

    assert heard.turns[-1].at < words[-1].end + 6 + 4 * delay


@pytest.mark.parametrize("period", [2, 3, 5])
def test_a_recogniser_that_fails_now_and_then_is_reported_and_the_turn_still_ends(period: int) -> None:
    words = said(*((numbered(8, 8 * i), 0.4) for i in range(8)))
    heard = Listening(words, period=period).until(words[-1].end + 20)

    assert any(isinstance(event, Failed) and event.stage == "recognition" for event in heard.events)
    assert heard.turns
    got, everything = heard.text.split(), iter(word.text for word in words)
    assert all(word in everything for word in got), "in order, and none twice"
    assert len(got) > len(words) / 2


def test_a_recogniser_that_always_fails_does_not_stop_the_ear() -> None:
    heard = Listening(said((FINISHED, 0)), period=1).until(20)

    assert heard.text == ""
    assert any(isinstance(event, Failed) for event in heard.events)


def test_the_pauses_that_the_endpoint_hears_of_are_those_that_were_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[endpoint.Evidence] = []
    monkeypatch.setattr(endpoint, "wait", lambda evidence: (seen.append(evidence), S(9.0))[1])
    Listening(said((numbered(4), 0.8), *((numbered(4), 0.3) for _ in range(3)))).until(9)

    assert seen[-1].own_pauses == pytest.approx([0.8, 0.3, 0.3], abs=0.1)


# What the session asks for


def test_forget_drops_what_was_heard_and_what_is_still_being_recognised() -> None:
    words = said(("mm-hm", 3.0), (FINISHED, 0))
    heard = Listening(words, delay=1.0).until(words[0].end + 0.3)
    heard.ear.forget()
    heard.until(15)

    assert [turn.text for turn in heard.turns] == [FINISHED]
    assert heard.text == FINISHED


def test_end_turn_ends_it_with_what_is_known() -> None:
    heard = Listening(said((numbered(30), 0))).until(8)
    before = heard.text

    *_, turn = events = heard.ear.end_turn("the candidate's key")

    assert isinstance(turn, TurnEnded)
    assert turn.why == "the candidate's key"
    assert turn.text.startswith(before)
    assert (
        turn.text == " ".join([before, *(e.text for e in events if isinstance(e, FinalHypothesis))]).strip()
    )
    assert len(turn.text.split()) > 10
    assert heard.ear.end_turn("again") == []
    assert heard.ear.text == ""


def test_without_a_turn_there_is_none_to_end() -> None:
    assert Listening([]).until(2).ear.end_turn("the candidate's key") == []


def test_it_knows_how_long_the_candidate_is_silent() -> None:
    words = said((FINISHED, 0))
    heard = Listening(words).until(2)
    assert not heard.ear.silent_for

    heard.until(words[-1].end + 1)
    assert heard.ear.silent_for == pytest.approx(1, abs=3 * FRAME_SECONDS)


# The turn model


@dataclass
class Sure:
    """A turn model with one opinion, or none."""

    says: float | None

    def probability(self, turn: Samples) -> float:
        if self.says is None:
            raise RuntimeError("broken")
        return self.says


UNMARKED = "We moved the joins to another service"


def decided_after(turns: TurnModel | None, delay: float = 0.1, text: str = UNMARKED) -> float:
    heard = Listening(said((text, 0)), turns=turns, turn_delay=delay)
    (turn,) = heard.until(16).turns
    return turn.decided_at - turn.ended_at


def test_a_falling_voice_ends_a_turn_sooner_and_a_level_one_later() -> None:
    assert decided_after(Sure(0.99)) < decided_after(None) <= decided_after(Sure(0.02))


def test_a_turn_model_that_fails_is_reported_and_done_without() -> None:
    assert decided_after(Sure(None)) == pytest.approx(decided_after(Sure(0.5)), abs=0.1)


def test_a_turn_model_that_is_too_slow_is_not_waited_for() -> None:
    assert decided_after(Sure(0.99), delay=60, text=FINISHED) < 2.0


class Deaf:
    """A recogniser that understands nothing from `start` to `end`, though it hears speech."""

    def __init__(self, recogniser: Recogniser, start: float, end: float) -> None:
        self._recogniser, self._start, self._end = recogniser, start, end

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        heard = self._recogniser.transcribe(sound, prompt, timed=timed)
        words = tuple(word for word in heard.words if not self._start <= word.start < self._end)
        return replace(heard, words=words, speech=True)


@pytest.mark.parametrize("pause", [0.0, 3.0])
def test_what_is_not_understood_is_told_once_with_its_times(pause: float) -> None:
    words = said((FINISHED, pause), (numbered(12), pause), (FINISHED, 0))
    lost = [word for word in words if word.text.startswith("w") and word.text[1:].isdecimal()]
    heard = Listening(words)
    deaf = Deaf(heard.recogniser, lost[0].start, lost[-1].end)
    heard.ear = Ear(replace(heard.ear._models, recogniser=deaf), heard._background)
    heard.until(30)

    told = [event for event in heard.events if isinstance(event, NotUnderstood)]
    assert told[0].started_at == pytest.approx(lost[0].start, abs=0.5)
    assert told[-1].ended_at == pytest.approx(lost[-1].end, abs=0.5)
    assert all(one.ended_at <= after.started_at for one, after in pairwise(told))
    assert heard.text == f"{FINISHED} {FINISHED}"


def test_what_a_recogniser_failed_on_is_told() -> None:
    heard = Listening(said((FINISHED, 0)), period=1).until(8)

    (told,) = [event for event in heard.events if isinstance(event, NotUnderstood)]
    assert told.ended_at - told.started_at > 3


def test_when_all_is_understood_nothing_is_told() -> None:
    heard = Listening(said((FINISHED, 0.6), (numbered(60), 2), (FINISHED, 0))).until(60)

    assert [event for event in heard.events if isinstance(event, NotUnderstood)] == []
