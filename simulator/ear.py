"""The ear: from frames to what was said and when the turn was over.

Frame by frame: the gate tells speech from silence; what is said collects in a *unit*, the sound
since the last final. While somebody speaks, drafts of the unit are recognised now and then, as
much as DRAFT_DUTY of a core allows. Each micro-pause settles the unit: it is recognised whole,
with times, while the silence is still young, so that the text is ready when the endpoint is.
A settled unit becomes final when the pause lasts or the unit is long enough; otherwise it goes
on growing, because Whisper is better with more around a word.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from vivavoce.audio.agreement import Agreement
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Frame, join
from vivavoce.audio.gate import Gate
from vivavoce.audio.ports import Hypothesis, Recogniser, SpeechDetector, TurnModel
from vivavoce.simulator import endpoint
from vivavoce.simulator.background import Background, Lane
from vivavoce.transcripts.events import (
    Event,
    Failed,
    FinalHypothesis,
    PartialHypothesis,
    Seconds,
    SpeechEnded,
    SpeechStarted,
    TurnEnded,
    Word,
)

PRE_ROLL_FRAMES = 16  # 0.5 s before the onset: soft first sounds come before the gate opens
TURN_FRAMES = 250  # 8 s: all that Smart-Turn hears
DRAFT_DUTY = 0.14  # share of one core that drafts may take
DRAFT_EVERY = Seconds(0.9)
FINAL_PAUSE = Seconds(0.6)  # a settled unit is final after so much silence
FINAL_LENGTH = Seconds(5.0)  # or at once when it is so long
LONGEST_UNIT = Seconds(12.0)  # cut at a quiet word boundary when nobody pauses
SPLIT_WITHIN = (0.5, 0.9)  # of the longest unit: where it may be cut
PROMPT_WORDS = 8  # of the text before: more makes Whisper repeat them and drop sentences
MODEL_PATIENCE = Seconds(1.5)  # after so much silence the endpoint does without a slow turn model


@dataclass(frozen=True, slots=True)
class Models:
    """What the ear listens with."""

    detector: SpeechDetector
    recogniser: Recogniser
    turns: TurnModel | None = None


@dataclass(slots=True)
class _Unit:
    """Sound that has no final text yet, and what is known of it."""

    frames: list[Frame]
    agreement: Agreement
    words: tuple[Word, ...] = ()
    settled_to: Seconds = Seconds(0.0)  # the end of the speech that `words` covers, times and all
    drafted_at: Seconds = Seconds(0.0)

    @property
    def duration(self) -> Seconds:
        return Seconds(self.frames[-1].ended_at - self.frames[0].started_at)


@dataclass(slots=True)
class _Turn:
    """What the candidate has said since they took the floor."""

    started_at: Seconds
    words: list[Word]
    closed: float | None = None
    sound: float | None = None
    decided_at: Seconds | None = None


class Ear:
    """Listens to one candidate. Feed it every frame; it returns what became known."""

    def __init__(self, models: Models, background: Background, terms: str = "") -> None:
        self._models = models
        self._background = background
        self._terms = terms
        self._gate = Gate()
        self._before: deque[Frame] = deque(maxlen=PRE_ROLL_FRAMES)
        self._turn_sound: deque[Frame] = deque(maxlen=TURN_FRAMES)
        self._unit: _Unit | None = None
        self._turn: _Turn | None = None
        self._pauses: list[Seconds] = []
        self._said: list[str] = []
        self._drafting = False
        self._now = Seconds(0.0)
        self._events: list[Event] = []

    @property
    def silent_for(self) -> Seconds:
        """How long the candidate has been silent; 0 while they speak."""
        return Seconds(0.0) if self._gate.open else Seconds(self._now - self._gate.last_speech_at)

    @property
    def pending(self) -> tuple[Word, ...]:
        """The latest hypothesis of what is not final yet."""
        return self._unit.words if self._unit else ()

    @property
    def text(self) -> str:
        """The turn so far, finals and the latest hypothesis."""
        return " ".join(word.text for word in [*(self._turn.words if self._turn else ()), *self.pending])

    def receive(self, frame: Frame, *, may_end: bool = True) -> list[Event]:
        """Take the next frame; return what it, and work done meanwhile, makes known.

        Args:
            frame: the next one from the microphone.
            may_end: whether the candidate holds the floor, so that a turn can end.
        """
        self._now = frame.ended_at
        self._keep(frame)
        for event in self._gate.receive(frame, self._models.detector.probability(frame)):
            self._events.append(event)
            self._follow(event)
        self._work()
        if may_end:
            self._judge()
        events, self._events = self._events, []
        return events

    def forget(self) -> None:
        """Drop the turn so far: it was a back-channel or an echo."""
        self._unit = self._turn = None
        for lane in (Lane.DRAFT, Lane.SETTLE, Lane.TURN):
            self._background.cancel(lane)
        self._drafting = False

    def end_turn(self, why: str) -> list[Event]:
        """End the turn by the candidate's own wish (a key); what is not settled is taken as it is."""
        if self._turn is None:
            return []
        self._finish(why, 1.0)
        events, self._events = self._events, []
        return events

    def _keep(self, frame: Frame) -> None:
        self._turn_sound.append(frame)
        if self._unit is not None:
            self._unit.frames.append(frame)
        else:
            self._before.append(frame)

    def _follow(self, event: Event) -> None:
        if isinstance(event, SpeechStarted):
            self._open(event.at)
        elif isinstance(event, SpeechEnded) and self._unit is not None:
            self._settle(event.at)
            self._ask_turn_model()

    def _open(self, onset: Seconds) -> None:
        if self._turn is None:
            self._turn = _Turn(started_at=onset, words=[])
        elif self._gate.last_speech_at:
            self._pauses.append(Seconds(onset - self._last_spoken()))
        self._turn.sound = self._turn.decided_at = None
        self._background.cancel(Lane.TURN)
        if self._unit is None:
            self._unit = _Unit(list(self._before), Agreement(), drafted_at=self._now)
            self._before.clear()

    def _last_spoken(self) -> Seconds:
        return max((w.end for w in self._turn.words[-1:]), default=self._now) if self._turn else self._now

    # Recognition: drafts while there is speech, a settling pass at each micro-pause.

    def _work(self) -> None:
        unit = self._unit
        if unit is None or self._drafting:
            return
        if self._gate.open and self._now - unit.drafted_at >= DRAFT_EVERY:
            self._draft(unit)

    def _draft(self, unit: _Unit) -> None:
        if unit.duration >= LONGEST_UNIT:
            self._settle(self._now)
            unit.drafted_at = self._now
            return
        sound, prompt = join(unit.frames), self._prompt()
        self._drafting, unit.drafted_at = True, self._now

        def then(heard: Hypothesis) -> None:
            self._drafting = False
            if unit is self._unit and unit.settled_to < sound.ended_at:
                took = self._now - sound.ended_at
                unit.drafted_at = Seconds(self._now + took / DRAFT_DUTY - DRAFT_EVERY)
                self._show(unit, heard, sound.ended_at)

        def failed(error: Exception) -> None:
            self._drafting = False
            self._events.append(Failed(at=self._now, stage="recognition", reason=str(error)))

        self._background.start(
            Lane.DRAFT, lambda: self._models.recogniser.transcribe(sound, prompt, timed=False), then, failed
        )

    def _settle(self, spoken_to: Seconds) -> None:
        unit = self._unit
        assert unit is not None
        sound, prompt = join(unit.frames), self._prompt()

        def then(heard: Hypothesis) -> None:
            if unit is not self._unit:
                return
            unit.settled_to = spoken_to
            self._show(unit, heard, sound.ended_at)
            if unit.duration >= LONGEST_UNIT and self._gate.open:
                self._split(unit)
            elif sound.duration >= FINAL_LENGTH:
                self._finalise(unit, sound.ended_at)

        def failed(error: Exception) -> None:
            unit.settled_to = spoken_to
            self._events.append(Failed(at=self._now, stage="recognition", reason=str(error)))

        self._background.start(
            Lane.SETTLE, lambda: self._models.recogniser.transcribe(sound, prompt, timed=True), then, failed
        )

    def _show(self, unit: _Unit, heard: Hypothesis, audio_end: Seconds) -> None:
        texts = unit.agreement.receive([word.text for word in heard.words])
        unit.words = heard.words
        if self._turn is not None:
            self._turn.closed = heard.closed
        self._events.append(
            PartialHypothesis(
                at=self._now, text=" ".join(texts), stable=" ".join(unit.agreement.stable), audio_end=audio_end
            )
        )

    def _prompt(self) -> str:
        return " ".join([self._terms, *self._said[-PROMPT_WORDS:]]).strip()

    # Finals

    def _finalise(self, unit: _Unit, audio_end: Seconds) -> None:
        """Make the unit's words final; the sound after `audio_end` begins the next unit."""
        rest = [frame for frame in unit.frames if frame.started_at >= audio_end]
        self._commit(unit, unit.words, audio_end)
        self._unit = None
        if self._gate.open:
            self._unit = _Unit(rest or unit.frames[-1:], Agreement(), drafted_at=self._now)
        else:
            self._before.extend(rest)

    def _split(self, unit: _Unit) -> None:
        """Cut a unit that nobody paused in, at the quietest gap between two of its later words."""
        begin, length = unit.frames[0].started_at, unit.duration
        window = [begin + share * length for share in SPLIT_WITHIN]
        cuts = [
            (_loudness(unit.frames, Seconds((a.end + b.start) / 2)), i + 1, Seconds((a.end + b.start) / 2))
            for i, (a, b) in enumerate(zip(unit.words, unit.words[1:], strict=False))
            if window[0] <= a.end <= window[1]
        ]
        if not cuts:
            self._finalise(unit, unit.frames[-1].ended_at)
            return
        _, count, at = min(cuts)
        self._commit(unit, unit.words[:count], at)
        kept = [frame for frame in unit.frames if frame.ended_at > at]
        self._unit = _Unit(kept, Agreement(), drafted_at=self._now)

    def _commit(self, unit: _Unit, words: Sequence[Word], audio_end: Seconds) -> None:
        if words and self._turn is not None:
            self._turn.words.extend(words)
            text = " ".join(word.text for word in words)
            self._said.extend(text.split())
            self._events.append(
                FinalHypothesis(
                    at=self._now,
                    text=text,
                    words=tuple(words),
                    audio_start=unit.frames[0].started_at,
                    audio_end=audio_end,
                )
            )

    # The endpoint

    def _ask_turn_model(self) -> None:
        model, turn = self._models.turns, self._turn
        if model is None or turn is None:
            return
        frames = [frame for frame in self._turn_sound if frame.ended_at > turn.started_at - 0.2]
        sound = join(frames).samples

        def then(probability: float) -> None:
            turn.sound = probability

        def failed(error: Exception) -> None:
            turn.sound = 0.5
            self._events.append(Failed(at=self._now, stage="turn model", reason=str(error)))

        self._background.start(Lane.TURN, lambda: model.probability(sound), then, failed)

    def _judge(self) -> None:
        turn, unit = self._turn, self._unit
        if turn is None or self._gate.open:
            return
        settled = unit is None or unit.settled_to >= self._gate.last_speech_at
        if unit is not None and settled and self.silent_for >= FINAL_PAUSE:
            self._finalise(unit, self._now)
        evidence = endpoint.Evidence(
            text=self.text, closed=turn.closed, sound=turn.sound, own_pauses=tuple(self._pauses)
        )
        waiting = self._models.turns is not None and turn.sound is None and self.silent_for < MODEL_PATIENCE
        if waiting or self.silent_for < endpoint.wait(evidence):
            turn.decided_at = None
            return
        turn.decided_at = turn.decided_at or self._now
        if settled:
            self._finish("complete", endpoint.completeness(evidence))

    def _finish(self, why: str, probability: float) -> None:
        turn = self._turn
        assert turn is not None
        if self._unit is not None:
            self._finalise(self._unit, self._now)
        self._turn = self._unit = None
        if not turn.words:
            return  # a cough, a door: nobody said anything
        self._events.append(
            TurnEnded(
                at=self._now,
                started_at=turn.started_at,
                ended_at=self._gate.last_speech_at,
                decided_at=turn.decided_at or self._now,
                text=" ".join(word.text for word in turn.words),
                why=why,
                probability=probability,
            )
        )


def _loudness(frames: Sequence[Frame], at: Seconds) -> float:
    """Return the RMS of the 64 ms around `at`."""
    first = frames[0].start
    samples = np.concatenate([frame.samples for frame in frames])
    middle = int(at * SAMPLE_RATE_HZ) - first
    around = samples[max(0, middle - 512) : middle + 512]
    return float(np.sqrt(np.mean(np.square(around)))) if len(around) else 0.0
