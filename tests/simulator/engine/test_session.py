from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest

from vivavoce.audio.devices.virtual_room import SilentSpeaker
from vivavoce.audio.errors import DeviceError, RecogniserError, VoiceError
from vivavoce.audio.frame import FRAME_SAMPLES, Frame, Samples
from vivavoce.audio.ports import Hypothesis, SpeechDetector
from vivavoce.audio.voices.system_voice import SilentVoice
from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import persona
from vivavoce.simulator.engine.background import Inline, Lane
from vivavoce.simulator.engine.ear import Models
from vivavoce.simulator.engine.floor import State
from vivavoce.simulator.engine.recorder import Recorder
from vivavoce.simulator.engine.session import Session
from vivavoce.simulator.errors import RecorderError
from vivavoce.simulator.practice.candidate import (
    Candidate,
    CandidateMicrophone,
    ScriptedDetector,
    ScriptedRecogniser,
)
from vivavoce.simulator.practice.candidate_script import Entry, Script, spoken
from vivavoce.simulator.practice.simulate import SCRIPTED_DELAYS, staged
from vivavoce.transcripts.events import (
    BackChannel,
    BargeIn,
    Encouraged,
    Event,
    Failed,
    FinalHypothesis,
    FramesLost,
    PartialHypothesis,
    PlaybackFinished,
    PlaybackStarted,
    QuestionAsked,
    Reprompt,
    Seconds,
    SessionEnded,
    SessionStarted,
    SpeechStarted,
    TurnEnded,
    TurnResumed,
)
from vivavoce.transcripts.scoring.threads import threads
from vivavoce.transcripts.talk.answers import answers
from vivavoce.transcripts.talk.turns import turns

S = Seconds
E = TypeVar("E", bound=Event)
DANA, PACK = persona("dana"), pack("behavioral")
WHOLE = "I moved the joins out of the search service and wrote a cache, and the timeouts dropped to zero."
NO_RESULT = "We had a search service that timed out under load, and I moved the joins out of it at once."
QUESTION = "And how many people work in your team today?"
Noises = Iterable[tuple[float, float]]


class Noisy:
    """A detector that takes noises for speech; the recogniser finds no word in them."""

    def __init__(self, detector: SpeechDetector, noises: Noises) -> None:
        self._detector = detector
        self._noises = list(noises)

    def probability(self, frame: Frame) -> float:
        middle = (frame.started_at + frame.ended_at) / 2
        if any(start <= middle < end for start, end in self._noises):
            return 0.95
        return self._detector.probability(frame)

    def reset(self) -> None:
        self._detector.reset()


class Bounded:
    """A microphone whose sound ends at a given time, so that a session that hangs fails its test."""

    def __init__(
        self, microphone: CandidateMicrophone, ends_at: float, lost_at: float | None, dies_at: float | None
    ):
        self._microphone = microphone
        self._ends_at, self._lost_at, self._dies_at = ends_at, lost_at, dies_at

    def frames(self) -> Generator[Frame, None, None]:
        for frame in self._microphone.frames():
            if self._dies_at is not None and frame.ended_at > self._dies_at:
                raise DeviceError("the microphone is gone; plug it in again")
            if frame.ended_at > self._ends_at:
                return
            lost = self._lost_at is not None and frame.started_at <= self._lost_at < frame.ended_at
            yield Frame(frame.start, frame.samples, FRAME_SAMPLES if lost else 0)


class Stage:
    """A session with a scripted candidate, and everything that happened in it."""

    def __init__(
        self,
        *entries: Entry,
        noises: Noises = (),
        ends_at: float = 500,
        lost_at: float | None = None,
        dies_at: float | None = None,
        minutes: float | None = None,
        delays: Mapping[Lane, Seconds] | None = None,
        wrap: Callable[[ScriptedRecogniser], Any] = lambda recogniser: recogniser,
        voice: Any = None,
        recorder: Recorder | None = None,
        hook: Callable[[Session, Event], None] | None = None,
    ) -> None:
        candidate = Candidate(Script(entries=entries, minutes=minutes))
        self.events: list[Event] = []
        self.session = staged(
            candidate,
            microphone=Bounded(CandidateMicrophone(candidate), ends_at, lost_at, dies_at),
            speaker=SilentSpeaker(),
            models=Models(Noisy(ScriptedDetector(candidate), noises), wrap(ScriptedRecogniser(candidate))),
            voice=voice or SilentVoice(),
            background=Inline({**SCRIPTED_DELAYS, **(delays or {})}),
            listeners=(self.events.append, lambda event: hook(self.session, event) if hook else None),
            recorder=recorder,
        )

    def run(self) -> "Stage":
        self.session.run()
        return self

    def of(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def told(self) -> list[str]:
        """Return the names of what happened, text and sound left out."""
        dull = PartialHypothesis | FinalHypothesis | PlaybackStarted | PlaybackFinished | SpeechStarted
        return [type(e).__name__ for e in self.events if not isinstance(e, dull)]

    @property
    def why(self) -> str:
        (ended,) = self.of(SessionEnded)
        return ended.reason


def says(text: str, **given: Any) -> Entry:
    pauses = given.pop("pauses", {})
    return Entry(words=spoken(text, 150, pauses), **given)


def heard_at(stage: Stage, number: int = 0) -> float:
    """Return when the interviewer's `number`-th line was heard to its end."""
    return [event.at for event in stage.of(PlaybackFinished) if event.complete][number]


OPENING_ENDS = heard_at(Stage(ends_at=15).run())


# A plain interview


def test_a_session_begins_asks_hears_and_ends() -> None:
    stage = Stage(says(WHOLE), says(QUESTION), minutes=0.5).run()

    assert stage.told[:2] == ["SessionStarted", "QuestionAsked"]
    assert [turn.text for turn in stage.of(TurnEnded)] == [WHOLE, QUESTION]
    assert [question.move for question in stage.of(QuestionAsked)] == ["open", "hand over", "answer", "close"]
    assert stage.why == "the interview is over"
    assert isinstance(stage.events[0], SessionStarted)
    assert isinstance(stage.events[-1], SessionEnded)


# Silence


def test_a_silence_is_met_with_help_in_order_and_once() -> None:
    stage = Stage(ends_at=OPENING_ENDS + DANA.give_up_after + 15).run()

    (softly,), (again,) = stage.of(Encouraged), stage.of(Reprompt)
    assert softly.at - OPENING_ENDS == pytest.approx(DANA.encourage_after, abs=0.1)
    assert again.at - OPENING_ENDS == pytest.approx(DANA.reprompt_after, abs=2)
    assert again.text.endswith(PACK.questions[0].again[0])
    _, moved_on = stage.of(QuestionAsked)
    assert moved_on.at - OPENING_ENDS == pytest.approx(DANA.give_up_after, abs=14)
    assert PACK.questions[1].wordings[0].lower() in moved_on.text.lower()


def test_when_nothing_is_ever_answered_the_session_ends_within_bounds() -> None:
    stage = Stage(ends_at=3600).run()

    assert stage.why == "the interview is over"
    assert stage.of(SessionEnded)[0].at < (len(PACK.questions) + 1) * (DANA.give_up_after + 15)
    assert "CutIn" not in stage.told


def test_who_trails_off_is_encouraged_once_and_has_the_whole_ladder_s_time_again() -> None:
    stage = Stage(says("We built a model and it worked for a while, and then the logs and"), ends_at=60).run()

    (turn,) = stage.of(TurnEnded)
    helped = [event.at for event in stage.of(Encouraged)]
    assert helped[0] == turn.at
    assert all(b - a >= DANA.encourage_after for a, b in pairwise(helped))
    moved_on = [event.at for event in stage.of(QuestionAsked)][1:]
    assert all(at - turn.at >= DANA.reprompt_after for at in moved_on)


def test_who_trails_off_and_goes_on_is_heard_whole() -> None:
    stage = Stage(says(f"So I looked at the logs and {WHOLE}", pauses={7: 9.5}), ends_at=60).run()

    assert stage.of(QuestionAsked)[1].move != "probe(result)", "the result was in the second half"


def test_who_has_a_question_is_not_said_goodbye_to() -> None:
    stage = Stage(says(WHOLE), says("Yes, I have one."), minutes=0.5).run()

    assert stage.of(Encouraged), "it is waited for"
    assert stage.of(QuestionAsked)[-1].why == "the candidate asked nothing"


def test_a_question_that_trails_off_has_its_answer_before_the_interview_ends() -> None:
    stage = Stage(says(WHOLE), says("I would like to know what the team is like and"), minutes=0.5).run()

    assert [question.move for question in stage.of(QuestionAsked)] == ["open", "hand over", "close"]


# Noise


@pytest.mark.parametrize(
    "noise",
    [
        pytest.param((OPENING_ENDS + 2, OPENING_ENDS + 2.3), id="before the answer"),
        pytest.param((5.0, 5.9), id="over the opening"),
        pytest.param((OPENING_ENDS - 0.2, OPENING_ENDS + 0.4), id="over the end of the opening"),
    ],
)
def test_a_cough_does_not_stop_the_interview(noise: tuple[float, float]) -> None:
    stage = Stage(noises=[noise], ends_at=120).run()

    assert [event.at for event in [*stage.of(Encouraged), *stage.of(Reprompt)] if event.at > noise[1]]
    assert len(stage.of(QuestionAsked)) > 1


@pytest.mark.parametrize("after", [0.2, 0.6])
def test_a_cough_at_the_beginning_of_a_line_costs_at_most_that_line(after: float) -> None:
    at = (
        next(event.at for event in Stage(says(WHOLE), ends_at=40).run().of(PlaybackStarted) if event.at > 15)
        + after
    )
    stage = Stage(says(WHOLE), noises=[(at, at + 0.9)], ends_at=80).run()

    later = [event for event in stage.events if event.at > at + 2 and isinstance(event, PlaybackStarted)]
    assert later, "the interviewer speaks again"


def test_noise_is_no_answer() -> None:
    stage = Stage(noises=[(13 + 3 * i, 14 + 3 * i) for i in range(60)], ends_at=200).run()

    assert stage.of(TurnEnded) == []
    assert stage.of(FinalHypothesis) == []


# Who speaks over whom


def test_mm_hm_over_a_line_is_a_back_channel_and_the_line_is_heard_to_its_end() -> None:
    stage = Stage(noises=[(5.0, 5.5)], ends_at=20).run()

    (back_channel,) = stage.of(BackChannel)
    assert back_channel.started_at == pytest.approx(5.0, abs=0.05)
    (line,) = stage.of(PlaybackFinished)
    assert line.complete
    assert not stage.of(BargeIn)
    assert not stage.of(TurnEnded)


def test_who_talks_on_over_a_line_takes_the_floor_and_is_heard_whole() -> None:
    stage = Stage(says(WHOLE, barges_in_at=S(4)), ends_at=30).run()

    (barge_in,) = stage.of(BargeIn)
    assert 0 < barge_in.at - barge_in.started_at < 1
    assert not stage.of(PlaybackFinished)[0].complete
    assert 4 < stage.of(PlaybackFinished)[0].heard < 5.2
    assert stage.of(TurnEnded)[0].text == WHOLE


def answers_in_two_parts() -> Stage:
    """Return a session in which the candidate goes on just when the reply to the first part begins."""
    first = Stage(says(NO_RESULT), ends_at=40).run()
    reply = [event.at for event in first.of(PlaybackStarted)][1]
    words = spoken(NO_RESULT, 150, {})
    gap = reply + 0.2 - (OPENING_ENDS + 0.6) - words[-1].end
    count = len(words)
    return Stage(
        says(f"{NO_RESULT} In the end the timeouts dropped to zero.", pauses={count: gap}), ends_at=60
    ).run()


def test_who_goes_on_as_a_line_begins_had_not_finished_and_both_parts_count() -> None:
    stage = answers_in_two_parts()

    assert len(stage.of(TurnResumed)) == 1
    assert stage.of(BargeIn) == []
    assert [turn.text for turn in stage.of(TurnEnded)] == [
        NO_RESULT,
        "In the end the timeouts dropped to zero.",
    ]
    assert "probe(result)" not in [question.move for question in stage.of(QuestionAsked)][2:]


STORY = (
    "So about a year ago we shipped a ranking model that failed right after launch because the features were "
    "late, and I had to find out why. I compared the logs with the training set and moved the store into the "
    "serving path, and in the end the errors fell by half."
)
ASKED = PACK.questions[0].wordings[0]


def over_the_greeting(said: str, at: float = 4.0, ends_at: float = 35) -> Stage:
    return Stage(says(said, barges_in_at=S(at)), says(WHOLE), ends_at=ends_at).run()


@pytest.mark.parametrize(
    ("said", "at"),
    [
        *(pytest.param("So about a year ago.", at, id=f"2 s of an answer at {at}") for at in (1.0, 4.0, 7.5)),
        pytest.param(" ".join(STORY.split()[:20]), 4.0, id="8 s of an answer"),
        pytest.param("Hi.", 4.0, id="hi"),
        pytest.param("Sorry, go on.", 4.0, id="go on"),
        pytest.param("Hi Dana, nice to meet you.", 4.0, id="small talk"),
        pytest.param("Hello, hello, can you hear me at all?", 4.0, id="a question"),
        pytest.param("Give me a second.", 4.0, id="wait"),
        pytest.param(
            "Hi Dana, thanks for having me. I'm a data engineer at a bank, and for five years I have looked "
            "after their reporting, and I built a model and a couple of dashboards for them.",
            4.0,
            id="an introduction",
        ),
    ],
)
def test_who_speaks_over_the_greeting_is_asked_the_question_alone(said: str, at: float) -> None:
    first, second, *_ = over_the_greeting(said, at).of(QuestionAsked)

    assert first.text.endswith(ASKED)
    assert (second.text, second.move) == (ASKED, "repeat")


@pytest.mark.parametrize("at", [0.2, 1.0, 7.5, 9.0])
def test_who_tells_the_story_over_the_greeting_has_answered(at: float) -> None:
    """Nineteen seconds of it: who knows the question need not hear it."""
    stage = over_the_greeting(STORY, at)

    assert stage.of(QuestionAsked)[1].move.startswith("probe(")
    (turn, *_) = answers(stage.events, turns(stage.events))
    assert (turn.question.text[-len(ASKED) :], turn.text) == (ASKED, STORY)


def test_what_was_told_over_the_greeting_counts_when_the_question_is_answered() -> None:
    result = "In the end the errors fell by half within three weeks."
    stage = over_the_greeting(result, ends_at=60)

    assert stage.of(QuestionAsked)[1].text == ASKED
    assert "probe(result)" not in [question.move for question in stage.of(QuestionAsked)]
    (thread, *_) = threads(answers(stage.events, turns(stage.events)))
    assert thread.assessment.text == f"{result} {WHOLE}"


@pytest.mark.parametrize("at", [0.2, 0.7])
def test_a_greeting_of_which_nothing_was_heard_is_said(at: float) -> None:
    first, second, *_ = over_the_greeting("Hello?", at).of(QuestionAsked)

    assert first.text == second.text


@pytest.mark.parametrize(
    ("said", "move"), [("Sorry, I want to stop.", "close"), ("Shut up.", "boundary"), ("Sorry?", "repeat")]
)
def test_what_is_no_answer_is_taken_as_it_is_over_the_greeting_too(said: str, move: str) -> None:
    assert over_the_greeting(said).of(QuestionAsked)[1].move == move


def test_after_a_cough_over_the_greeting_the_question_comes_alone() -> None:
    stage = Stage(noises=[(5.0, 6.2)], ends_at=40).run()

    assert [question.text for question in stage.of(QuestionAsked)][1:] == [ASKED]


def test_who_speaks_over_the_greeting_and_trails_off_has_time_for_the_interview() -> None:
    """The interview ends when its time is over, and not because nobody heard it begin."""
    stage = over_the_greeting(f"{STORY} And then we sat down and", ends_at=60)

    assert "hand over" not in [question.move for question in stage.of(QuestionAsked)]


def over_the_first_follow_up(said: str, at: float = 1.5) -> list[str]:
    script = [says(NO_RESULT), says(said, barges_in_at=S(at)), says(WHOLE)]
    return [question.text for question in Stage(*script, ends_at=60).run().of(QuestionAsked)]


@pytest.mark.parametrize(
    "said", ["Sorry, go on.", "Sorry?", "Oh, excuse me, please go ahead.", "Can you repeat that?"]
)
def test_who_gives_the_floor_back_over_a_follow_up_hears_it_again(said: str) -> None:
    _, first, second, *_ = over_the_first_follow_up(said)

    assert first == second


def test_who_goes_on_answering_over_a_follow_up_does_not_hear_it_again() -> None:
    _, first, second, *_ = over_the_first_follow_up("In the end the timeouts dropped to zero.")

    assert first != second


def test_who_wants_to_stop_can_say_so_over_any_line() -> None:
    assert (
        over_the_first_follow_up("I want to stop.")[-1]
        == Stage(says("I want to stop."), ends_at=60).run().of(QuestionAsked)[-1].text
    )


@pytest.mark.parametrize("late", np.arange(7.6, 8.8, 0.2))
def test_who_begins_just_as_help_is_offered_is_not_talked_over(late: float) -> None:
    stage = Stage(says(WHOLE, gap=S(late)), delays={Lane.VOICE: S(0.8)}, ends_at=40).run()

    (turn,) = stage.of(TurnEnded)[:1]
    begun = [e.at for e in stage.of(PlaybackStarted) if turn.started_at + 0.3 < e.at < turn.ended_at]
    assert begun == []


# The key, and the end


def pressed(when: Callable[[Event], bool]) -> Callable[[Session, Event], None]:
    done: list[bool] = []

    def hook(session: Session, event: Event) -> None:
        if when(event) and not done:
            done.append(True)
            session.interrupt()

    return hook


def test_the_key_ends_the_answer() -> None:
    hook = pressed(lambda event: isinstance(event, PartialHypothesis) and event.at > 16)
    (turn, *_) = Stage(says(WHOLE), hook=hook, ends_at=30).run().of(TurnEnded)

    assert turn.at < 17
    assert WHOLE.startswith(turn.text)


def test_the_key_in_the_first_moment_of_an_answer_does_not_lose_it() -> None:
    hook = pressed(lambda event: isinstance(event, SpeechStarted))
    stage = Stage(says(WHOLE), hook=hook, ends_at=120).run()

    assert {"TurnEnded", "Encouraged"} & set(stage.told)


def test_the_key_stops_the_interviewer_and_the_floor_is_the_candidate_s() -> None:
    hook = pressed(lambda event: isinstance(event, PlaybackStarted))
    stage = Stage(hook=hook, ends_at=5).run()

    (line,) = stage.of(PlaybackFinished)
    assert not line.complete
    assert line.heard < 0.2


def test_after_any_key_the_session_still_comes_to_its_end() -> None:
    """The last rung of the ladder is a line, too, and can be stopped."""
    hook = pressed(
        lambda event: isinstance(event, PlaybackStarted) and event.at > OPENING_ENDS + DANA.give_up_after
    )

    assert Stage(hook=hook, ends_at=600).run().why == "the interview is over"


def ended(when: Callable[[Event], bool]) -> Callable[[Session, Event], None]:
    return lambda session, event: session.end("the candidate left") if when(event) else None


@pytest.mark.parametrize(
    "when",
    [
        pytest.param(lambda event: isinstance(event, SessionStarted), id="at once"),
        pytest.param(lambda event: isinstance(event, PlaybackStarted), id="during a line"),
        pytest.param(lambda event: isinstance(event, SpeechStarted), id="at the start of an answer"),
        pytest.param(lambda event: isinstance(event, TurnEnded), id="before the reply"),
    ],
)
def test_the_session_can_be_ended_at_any_time_and_nothing_follows(when: Callable[[Event], bool]) -> None:
    stage = Stage(says(WHOLE), hook=ended(when), ends_at=60).run()

    assert stage.why == "the candidate left"
    assert isinstance(stage.events[-1], SessionEnded)
    assert stage.session.state is State.OVER


def test_what_was_said_before_the_end_is_in_the_journal() -> None:
    stage = Stage(
        says(WHOLE), hook=ended(lambda e: isinstance(e, PartialHypothesis) and e.at > 16), ends_at=60
    ).run()
    shown = stage.of(PartialHypothesis)[-1].text

    assert " ".join(final.text for final in stage.of(FinalHypothesis)).startswith(shown)


def test_when_the_sound_ends_no_question_is_made_up_that_nobody_will_hear() -> None:
    stage = Stage(says(WHOLE), ends_at=16).run()

    assert stage.why == "the sound ended"
    assert len(stage.of(QuestionAsked)) == 1


# Faults


class Full:
    """A recorder on a full disk."""

    closed = False

    def write(self, candidate: Samples, interviewer: Samples) -> None:
        if not self.closed:
            self.closed = True
            raise RecorderError("recording stopped: No space left on device; free some disk space")

    def close(self) -> None:
        self.closed = True


def test_a_full_disk_is_reported_once_and_the_session_goes_on() -> None:
    stage = Stage(says(WHOLE), minutes=0.5, recorder=Full()).run()  # type: ignore[arg-type]

    (failed,) = stage.of(Failed)
    assert failed.stage == "recording"
    assert stage.of(TurnEnded)


def test_both_sides_are_recorded(tmp_path: Path) -> None:
    import soundfile

    Stage(says(WHOLE), ends_at=18, recorder=Recorder(tmp_path)).run()
    sound, _ = soundfile.read(tmp_path / "sound.wav")
    candidate, interviewer = (np.abs(sound[:, side]) > 1e-3 for side in (0, 1))

    assert interviewer[: int(OPENING_ENDS * 16_000)].any()
    assert not candidate[: int(OPENING_ENDS * 16_000)].any()
    assert candidate[int((OPENING_ENDS + 1) * 16_000) :].any()
    assert len(sound) == pytest.approx(18 * 16_000, abs=FRAME_SAMPLES)


def test_a_lost_microphone_ends_the_session_in_the_journal_and_is_raised() -> None:
    stage = Stage(says(WHOLE), dies_at=16)

    with pytest.raises(DeviceError):
        stage.run()

    assert "microphone" in stage.why
    assert stage.of(FinalHypothesis), "what was said until then is kept"


def test_lost_frames_are_a_fact_on_the_timeline() -> None:
    (lost,) = Stage(lost_at=3.0, ends_at=5).run().of(FramesLost)

    assert lost.samples == FRAME_SAMPLES
    assert lost.at == pytest.approx(3.0, abs=0.05)


class Mute:
    """A voice that fails whatever it should say."""

    def speak(self, text: str) -> Iterator[Samples]:
        raise VoiceError("the voice failed")


def test_without_a_voice_the_interview_is_held_in_writing() -> None:
    stage = Stage(says(WHOLE), says(QUESTION), minutes=0.1, voice=Mute()).run()

    assert stage.why == "the interview is over"
    assert len(stage.of(TurnEnded)) >= 1
    assert stage.of(Failed)


class Deaf:
    """A recogniser that always fails."""

    def __init__(self, recogniser: ScriptedRecogniser) -> None:
        del recogniser

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        raise RecogniserError("the recogniser failed on a stretch of sound")


def test_without_a_recogniser_the_interviewer_does_not_fall_silent_for_ever() -> None:
    stage = Stage(says(WHOLE), wrap=Deaf, ends_at=200).run()

    assert stage.of(Failed)
    assert len(stage.of(QuestionAsked)) + len(stage.of(Reprompt)) > 1


@pytest.mark.parametrize("delay", [1.0, 3.0])
def test_on_a_slow_machine_it_is_the_same_interview_only_later(delay: float) -> None:
    slow = dict.fromkeys((Lane.DRAFT, Lane.SETTLE, Lane.VOICE), S(delay))
    stage = Stage(says(WHOLE), says(QUESTION), minutes=0.5, delays=slow).run()

    assert [turn.text for turn in stage.of(TurnEnded)] == [WHOLE, QUESTION]
    assert stage.why == "the interview is over"


@pytest.mark.parametrize("at", [1.0, 1.5, 2.0, 2.5, 3.0, 3.5])
def test_nothing_follows_the_end_even_when_goodbye_is_spoken_over(at: float) -> None:
    bye = says("Thanks a lot and goodbye to you and everybody.", barges_in_at=S(at))
    stage = Stage(says(WHOLE), says("No, that is all."), bye, minutes=0.5).run()

    assert stage.told.count("SessionEnded") == 1
    assert stage.told[-1] == "SessionEnded"
