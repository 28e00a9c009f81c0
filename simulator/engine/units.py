"""What is being said and has no final text yet: one growing unit of sound, recognised again and again.

While there is speech, drafts show what it will be. A settling pass recognises the whole unit with
word times, at each micro-pause and when nobody pauses for too long. At most one of each is
running; a pass that is wanted meanwhile starts when the running one is done, on the sound as it
is then, so a slow machine falls behind by one pass and not by a queue of them.

A settled unit becomes final when it is long enough or the pause lasts; what was said after its
sound stays and begins the next unit, so no word is lost and none is said twice.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from vivavoce.audio.frame import SAMPLE_RATE_HZ, Frame, join
from vivavoce.audio.listening.agreement import Agreement
from vivavoce.audio.listening.continued import Past
from vivavoce.audio.listening.coverage import heard_whole, holes
from vivavoce.audio.ports import Hypothesis, Recogniser
from vivavoce.simulator.engine.background import Background, Lane
from vivavoce.transcripts.events import (
    Event,
    Failed,
    FinalHypothesis,
    NotUnderstood,
    PartialHypothesis,
    Seconds,
    Word,
)

PRE_ROLL_FRAMES = 16  # 0.5 s before the onset: soft first sounds come before the gate opens
DRAFT_DUTY = 0.17  # share of one core that drafts may take
DRAFT_EVERY = Seconds(0.9)  # not more often: a server may be quick, but counts what it is sent
FINAL_PAUSE = Seconds(2.5)  # a settled unit is final after so much silence
FINAL_LENGTH = Seconds(6.0)  # or at once when it is so long
LONGEST_UNIT = Seconds(12.0)  # cut at a quiet word boundary when nobody pauses
SPLIT_WITHIN = (0.5, 0.9)  # of the longest unit: where it may be cut
LONGEST_FRAMES = 938  # 30 s: what a recogniser hears at most
PROMPT_WORDS = 8  # of the text before: more makes Whisper repeat them and drop sentences


NOTHING = Hypothesis()


@dataclass(slots=True)
class _Unit:
    frames: list[Frame]
    agreement: Agreement = field(default_factory=Agreement)
    heard: Hypothesis = NOTHING
    covers: Seconds = Seconds(0.0)  # the end of the sound that was settled last
    draft_due: Seconds = Seconds(0.0)

    @property
    def duration(self) -> Seconds:
        return Seconds(self.frames[-1].ended_at - self.frames[0].started_at)

    @property
    def sound(self) -> Frame:
        return join(self.frames)


class Units:
    """Recognises what is said, unit after unit."""

    def __init__(self, recogniser: Recogniser, background: Background, terms: str = "") -> None:
        self._recogniser = recogniser
        self._background = background
        self._terms = terms
        self._before: deque[Frame] = deque(maxlen=PRE_ROLL_FRAMES)
        self._spoken: deque[Seconds] = deque(maxlen=LONGEST_FRAMES)  # when frames with speech began
        self._unit: _Unit | None = None
        self._said: deque[str] = deque(maxlen=PROMPT_WORDS)
        self._past = Past()
        self._drafting = self._settling = False
        self._wanted = False
        self._speaking = False
        self.closed: float | None = None  # how surely the latest settled text ends a sentence
        self._spoken_to = Seconds(0.0)
        self._now = Seconds(0.0)
        self._events: list[Event] = []

    @property
    def heard(self) -> Hypothesis:
        """The latest hypothesis of what is not final yet."""
        return self._unit.heard if self._unit else NOTHING

    @property
    def settled(self) -> bool:
        """Whether everything that was said so far has been recognised whole."""
        return self._unit is None or (not self._speaking and self._unit.covers >= self._spoken_to)

    def receive(self, frame: Frame, *, speech: bool) -> None:
        """Take the next frame, and whether the detector calls it `speech`."""
        self._now = frame.ended_at
        if speech:
            self._spoken.append(frame.started_at)
        if self._unit is not None:
            self._unit.frames.append(frame)
        else:
            self._before.append(frame)

    def speech_started(self) -> None:
        """The gate opened: a unit begins, or goes on after a pause."""
        self._speaking = True
        if self._unit is None:
            self._unit = _Unit(list(self._before), draft_due=Seconds(self._now + DRAFT_EVERY))
            self._before.clear()

    def speech_ended(self, at: Seconds) -> None:
        """The gate closed; the last speech was at `at`."""
        self._speaking, self._spoken_to = False, at
        self._settle()

    def work(self, silent_for: Seconds) -> list[Event]:
        """Start what is due and return what became known."""
        unit = self._unit
        if unit is not None and self._speaking:
            if unit.duration >= LONGEST_UNIT and not self._settling:
                self._settle()
            elif self._now >= unit.draft_due and not self._drafting and not self._settling:
                self._draft(unit)
        elif unit is not None and self.settled and silent_for >= FINAL_PAUSE:
            self._finalise(unit, len(unit.heard.words), self._now)
        events, self._events = self._events, []
        return events

    def close(self) -> list[Event]:
        """Make everything final as it is known now."""
        if self._unit is not None:
            self._finalise(self._unit, len(self._unit.heard.words), self._now)
        self._cancel()
        events, self._events = self._events, []
        return events

    def forget(self) -> None:
        """Drop what has no final text: it was a back-channel or an echo."""
        self._unit = None
        self._cancel()

    def answer(self) -> None:
        """What is said next does not go on from what was said."""
        self._past.forget()

    def _cancel(self) -> None:
        self._background.cancel(Lane.DRAFT)
        self._background.cancel(Lane.SETTLE)
        self._drafting = self._settling = self._wanted = False

    def _draft(self, unit: _Unit) -> None:
        sound, prompt = unit.sound, self._prompt()
        self._drafting = True

        def then(heard: Hypothesis) -> None:
            self._drafting = False
            took = self._now - sound.ended_at
            unit.draft_due = Seconds(self._now + max(took / DRAFT_DUTY, DRAFT_EVERY))
            if self._is_current(unit, sound) and sound.ended_at > unit.covers:
                self._show(unit, heard, sound.ended_at)

        def failed(error: Exception) -> None:
            self._drafting = False
            unit.draft_due = Seconds(self._now + DRAFT_EVERY)
            self._fail(error)

        self._background.start(
            Lane.DRAFT, lambda: self._recogniser.transcribe(sound, prompt, timed=False), then, failed
        )

    def _settle(self) -> None:
        unit = self._unit
        self._wanted = self._settling
        if unit is None or self._settling:
            return
        sound, prompt, in_a_pause = unit.sound, self._prompt(), not self._speaking
        spoken = tuple(at for at in self._spoken if sound.started_at <= at < sound.ended_at)
        going_on = self._past.leads_to(sound, self._terms)
        self._settling = True

        def then(heard: Hypothesis) -> None:
            self._settling = False
            if self._is_current(unit, sound):
                unit.covers, self.closed = sound.ended_at, heard.closed
                if in_a_pause:
                    unit.agreement.settle([word.text for word in heard.words])
                self._show(unit, heard, sound.ended_at)
                self._consider_final(unit, sound, in_a_pause)
            self._settle_again()

        def failed(error: Exception) -> None:
            self._settling = False
            unit.covers = sound.ended_at
            unit.heard = replace(unit.heard, missed=tuple(holes(spoken, unit.heard.words)))
            self._fail(error)
            self._settle_again()

        self._background.start(
            Lane.SETTLE, lambda: heard_whole(self._recogniser, going_on, spoken, prompt), then, failed
        )

    def _settle_again(self) -> None:
        if self._wanted and not self._speaking:
            self._settle()

    def _is_current(self, unit: _Unit, sound: Frame) -> bool:
        return unit is self._unit and unit.frames[0].start == sound.start

    def _show(self, unit: _Unit, heard: Hypothesis, audio_end: Seconds) -> None:
        texts = unit.agreement.receive([word.text for word in heard.words])
        unit.heard = heard
        self._events.append(
            PartialHypothesis(
                at=self._now,
                text=" ".join(texts),
                stable=" ".join(unit.agreement.stable),
                audio_end=audio_end,
            )
        )

    def _fail(self, error: Exception) -> None:
        self._events.append(Failed(at=self._now, stage="recognition", reason=str(error)))

    def _prompt(self) -> str:
        return " ".join([self._terms, *self._said]).strip()

    # Finals

    def _consider_final(self, unit: _Unit, sound: Frame, in_a_pause: bool) -> None:
        if sound.duration >= FINAL_LENGTH and in_a_pause:
            self._finalise(unit, len(unit.heard.words), sound.ended_at)
        elif sound.duration >= LONGEST_UNIT:
            self._finalise(unit, *_quiet_cut(sound, unit.heard.words))

    def _finalise(self, unit: _Unit, count: int, audio_end: Seconds) -> None:
        """Make the first `count` words final; the sound after `audio_end` begins the next unit."""
        words = unit.heard.words[:count]
        for missed in unit.heard.missed:
            if missed.start < audio_end:
                self._events.append(NotUnderstood(at=self._now, started_at=missed.start, ended_at=missed.end))
        if words:
            text = " ".join(word.text for word in words)
            self._said.extend(text.split())
            start = unit.frames[0].started_at
            self._events.append(
                FinalHypothesis(at=self._now, text=text, words=words, audio_start=start, audio_end=audio_end)
            )
        self._past.add([frame for frame in unit.frames if frame.ended_at <= audio_end], words)
        rest = [frame for frame in unit.frames if frame.ended_at > audio_end]
        if rest and (self._speaking or self._spoken_to > audio_end):
            later = tuple(one for one in unit.heard.missed if one.start >= audio_end)
            left = replace(unit.heard, words=unit.heard.words[count:], missed=later)
            self._unit = _Unit(rest, heard=left, draft_due=Seconds(self._now + DRAFT_EVERY))
            self._wanted = not self._speaking
        else:
            self._unit = None
            self._before.extend(rest)


def _quiet_cut(sound: Frame, words: Sequence[Word]) -> tuple[int, Seconds]:
    """Return how many of `words` to keep and where to cut: the quietest gap in the later part."""
    earliest, latest = (sound.started_at + share * sound.duration for share in SPLIT_WITHIN)
    middles = [
        (Seconds((a.end + b.start) / 2), i)
        for i, (a, b) in enumerate(pairwise(words), 1)
        if earliest <= a.end <= latest
    ]
    if not middles:
        return len(words), sound.ended_at
    at, count = min(middles, key=lambda cut: _loudness(sound, cut[0]))
    return count, at


def _loudness(sound: Frame, at: Seconds) -> float:
    """Return the RMS of the 64 ms around `at`."""
    middle = int(at * SAMPLE_RATE_HZ) - sound.start
    around = sound.samples[max(0, middle - 512) : middle + 512]
    return float(np.sqrt(np.mean(np.square(around)))) if len(around) else 0.0
