"""The ear: from frames to what was said and when the turn was over.

Frame by frame: the gate tells speech from silence, the units (units.py) turn speech into text,
and in each silence the endpoint weighs whether the turn is complete. The text is recognised while
the silence is still young, so it is ready when the endpoint is.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from vivavoce.audio.frame import Frame, join
from vivavoce.audio.listening.gate import ONSET, Gate
from vivavoce.audio.ports import Recogniser, SpeechDetector, TurnModel
from vivavoce.simulator.engine import endpoint
from vivavoce.simulator.engine.background import Background, Lane
from vivavoce.simulator.engine.units import Units
from vivavoce.transcripts.events import (
    Event,
    Failed,
    FinalHypothesis,
    NothingSaid,
    Seconds,
    SpeechEnded,
    SpeechStarted,
    TurnEnded,
    Word,
)

TURN_FRAMES = 250  # 8 s: all that Smart-Turn hears
BEFORE_ONSET = Seconds(0.2)
RESUMED_WITHIN = Seconds(
    3.0
)  # of a turn's last sound: what is said then belongs to it, unless a line was heard
MODEL_PATIENCE = Seconds(1.5)  # after so much silence the endpoint does without a slow turn model


@dataclass(frozen=True, slots=True)
class Models:
    """What the ear listens with."""

    detector: SpeechDetector
    recogniser: Recogniser
    turns: TurnModel | None = None


@dataclass(slots=True)
class _Turn:
    """What the candidate has said since they took the floor."""

    started_at: Seconds
    begun_at: Seconds  # earlier, if it was judged over and went on
    before: str = ""  # what was said in it until then
    words: list[Word] = field(default_factory=list)
    sound: float | None = None  # Smart-Turn's verdict on the present pause
    ended: bool | None = None  # whether its story has an end, as far as it was read in the present pause
    decided_at: Seconds | None = None


Ended = Callable[[Sequence[Word]], bool | None]


def _no_story(_: Sequence[Word]) -> None:
    return None


class Ear:
    """Listens to one candidate. Feed it every frame; it returns what became known."""

    def __init__(self, models: Models, background: Background, terms: str = "") -> None:
        self._models = models
        self._background = background
        self._gate = Gate()
        self._units = Units(models.recogniser, background, terms)
        self._recent: deque[Frame] = deque(maxlen=TURN_FRAMES)
        self._turn: _Turn | None = None
        self._pauses: list[Seconds] = []
        self._fell_silent_at = Seconds(0.0)
        self._usual = Seconds(0.0)  # how long an answer to what was just asked usually is; 0 for not known
        self._story_ended: Ended = _no_story
        self._ended: _Turn | None = None  # the latest turn, as long as it may go on
        self._now = Seconds(0.0)
        self._failures: list[Event] = []

    @property
    def silent_for(self) -> Seconds:
        """How long the candidate has been silent; 0 while they speak."""
        return Seconds(0.0) if self._gate.open else Seconds(self._now - self._gate.last_speech_at)

    @property
    def latest_pause(self) -> Seconds:
        """How long the candidate last paused within a turn; 0 before."""
        return self._pauses[-1] if self._pauses else Seconds(0.0)

    @property
    def pending(self) -> tuple[Word, ...]:
        """The latest hypothesis of what is not final yet."""
        return self._units.heard.words

    @property
    def settled(self) -> bool:
        """Whether all that was said so far has been recognised, or could not be."""
        return self._units.settled

    @property
    def text(self) -> str:
        """The turn so far, finals and the latest hypothesis."""
        turn = self._turn
        said = [word.text for word in [*(turn.words if turn else ()), *self.pending]]
        return " ".join([turn.before, *said] if turn and turn.before and said else said)

    @property
    def evidence(self) -> endpoint.Evidence:
        """What the endpoint weighs now."""
        return endpoint.Evidence(
            text=self.text,
            closed=self._units.closed,
            sound=self._turn.sound if self._turn else None,
            own_pauses=tuple(self._pauses),
            early=self._early(),
            ended=self._turn.ended if self._turn else None,
        )

    def receive(self, frame: Frame, *, may_end: bool = True) -> list[Event]:
        """Take the next frame; return what it, and work done meanwhile, makes known.

        Args:
            frame: the next one from the microphone.
            may_end: whether the candidate holds the floor, so that a turn can end.
        """
        self._now = frame.ended_at
        self._recent.append(frame)
        probability = self._models.detector.probability(frame)
        self._units.receive(frame, speech=probability >= ONSET)
        events = self._gate.receive(frame, probability)
        for event in events:
            self._follow(event)
        events += self._noted(self._units.work(self.silent_for))
        failures, self._failures = self._failures, []
        fresh = any(
            isinstance(event, FinalHypothesis) for event in events
        )  # whoever follows them has them next
        return [*events, *failures, *(self._judged() if may_end and not fresh else ())]

    def expect(self, usual: Seconds, ended: Ended = _no_story) -> None:
        """A line was heard: what is said now is a new turn, and usually takes `usual`.

        Args:
            usual: how long such an answer is at least.
            ended: tells, given the words that are not final yet, whether the story that was asked for has an
                end, if one was. It is asked when the turn would end otherwise, as reading takes a while.
        """
        self._usual, self._story_ended = usual, ended
        self._ended = None
        self._units.answer()

    def forget(self) -> None:
        """Drop the turn so far: it was a back-channel or an echo."""
        self._turn = None
        self._units.forget()
        self._background.cancel(Lane.TURN)

    def end_turn(self, why: str) -> list[Event]:
        """End the turn from outside (a key, a cut-in); what is not settled is taken as it is."""
        return self._finished(why, 1.0) if self._turn is not None else []

    def _follow(self, event: Event) -> None:
        if isinstance(event, SpeechStarted):
            self._units.speech_started()
            self._background.cancel(Lane.TURN)
            if self._turn is not None:
                self._pauses.append(Seconds(event.at - self._fell_silent_at))
                self._turn.sound = self._turn.decided_at = self._turn.ended = None
            else:
                self._turn = self._begun(event.at)
        elif isinstance(event, SpeechEnded) and self._turn is not None:
            self._fell_silent_at = event.at
            self._units.speech_ended(event.at)
            self._ask_turn_model(self._turn)

    def _begun(self, at: Seconds) -> _Turn:
        """Return a new turn, or the rest of the one that was judged over too early."""
        ended, self._ended = self._ended, None
        pause = Seconds(at - self._fell_silent_at)
        if ended is None or pause > RESUMED_WITHIN:
            return _Turn(at, at)
        self._pauses.append(pause)
        said = " ".join([ended.before, *(word.text for word in ended.words)]).strip()
        return _Turn(at, ended.begun_at, before=said)

    def _noted(self, events: list[Event]) -> list[Event]:
        for event in events:
            if isinstance(event, FinalHypothesis) and self._turn is not None:
                self._turn.words.extend(event.words)
        return events

    def _ask_turn_model(self, turn: _Turn) -> None:
        model = self._models.turns
        if model is None:
            return
        sound = join([f for f in self._recent if f.ended_at > turn.begun_at - BEFORE_ONSET]).samples

        def then(probability: float) -> None:
            turn.sound = probability

        def failed(error: Exception) -> None:
            turn.sound = 0.5
            self._failures.append(Failed(at=self._now, stage="turn model", reason=str(error)))

        self._background.start(Lane.TURN, lambda: model.probability(sound), then, failed)

    def _judged(self) -> list[Event]:
        turn = self._turn
        if turn is None or self._gate.open:
            return []
        unheard = self._models.turns is not None and turn.sound is None and self.silent_for < MODEL_PATIENCE
        if unheard or not self._waited(turn):
            turn.decided_at = None
            return []
        turn.decided_at = turn.decided_at or self._now
        if not self._units.settled:
            return []
        return self._finished("the answer sounded finished", endpoint.completeness(self.evidence))

    def _waited(self, turn: _Turn) -> bool:
        """Return whether the silence has lasted long enough; reading the story comes last."""
        if self.silent_for < endpoint.wait(self.evidence):
            return False
        if self._units.settled:
            turn.ended = self._story_ended(self.pending)
        return self.silent_for >= endpoint.wait(self.evidence)

    def _early(self) -> float:
        if self._turn is None or not self._usual:
            return 0.0
        return max(0.0, 1 - (self._gate.last_speech_at - self._turn.begun_at) / self._usual)

    def _finished(self, why: str, probability: float) -> list[Event]:
        turn = self._turn
        assert turn is not None
        events = self._noted(self._units.close())
        self._turn = None
        if not turn.words:
            return [*events, NothingSaid(at=self._now, started_at=turn.started_at)]
        self._ended = turn
        ended = TurnEnded(
            at=self._now,
            started_at=turn.started_at,
            ended_at=self._gate.last_speech_at,
            decided_at=turn.decided_at or self._now,
            text=" ".join(word.text for word in turn.words),
            why=why,
            probability=probability,
        )
        return [*events, ended]
