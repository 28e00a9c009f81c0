"""A simulated candidate: a script of what to say, and when, against the real engine.

The candidate is a microphone and a listener. It hears the session's events as a person would
hear the interviewer: a question ended, so after a gap it answers; it was cut in on, so it yields
or talks on; a line began, so it barges in.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Generator
from dataclasses import dataclass, field, replace

import numpy as np

from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Frame, Samples, silence
from vivavoce.audio.ports import Hypothesis
from vivavoce.personas.moves import Move
from vivavoce.simulator.practice.candidate_script import Entry, Script
from vivavoce.transcripts.events import (
    CutIn,
    Encouraged,
    Event,
    PadChanged,
    PlaybackFinished,
    PlaybackStarted,
    QuestionAsked,
    Reprompt,
    Seconds,
    SessionEnded,
    Word,
)

JOINED = Seconds(0.12)
HUM_HZ = 150.0
HUM_LEVEL = 0.05  # what scripted words sound like in the recording
FADE_SAMPLES = 320


@dataclass(slots=True)
class Candidate:
    """Follows a script. Give it the session's events; ask it what it says at any time."""

    script: Script
    said: list[Word] = field(default_factory=list)  # on the session's clock, up to any interruption
    _next: int = 0
    _line: Event | None = None
    _entry: Entry | None = None
    _sound: Samples = field(default_factory=lambda: silence(0))
    _starts_at: Seconds = Seconds(0.0)
    _stops_at: Seconds = Seconds(float("inf"))
    over: bool = False
    writing: bool = False  # what they write changes at once
    _written: list[tuple[Seconds, str]] = field(default_factory=list)  # still to come

    def receive(self, event: Event) -> None:
        """Hear what happened."""
        match event:
            case QuestionAsked() | Encouraged() | Reprompt():
                self._line = event
            case PlaybackStarted() if self._is_asked:
                self._line_began(event.at)
            case PlaybackFinished() if event.complete and self._is_asked:
                self._question_ended(event.at)
            case CutIn():
                self._interrupted(event.at)
            case SessionEnded():
                self.over = True
            case _:
                pass

    @property
    def _is_asked(self) -> bool:
        """Whether the interviewer's line waits for an answer."""
        return isinstance(self._line, QuestionAsked) and self._line.move != Move.HAND_ON

    def speaks(self, at: float) -> bool:
        """Return whether a word is being said; a gap shorter than JOINED does not part two words."""
        index = bisect_right(self.said, at, key=lambda word: word.start)
        before = self.said[index - 1] if index else None
        after = self.said[index] if index < len(self.said) else None
        if before is None or at < before.end:
            return before is not None
        return after is not None and after.start - before.end < JOINED

    def samples(self, start: int, count: int) -> Samples:
        """Return what the candidate sounds like in `count` samples from `start` on."""
        block = silence(count)
        if self._entry is None:
            return block
        sound = self._sound
        offset = start - int(self._starts_at * SAMPLE_RATE_HZ)
        stop = min(len(sound), int(min(self._stops_at - self._starts_at, 1e6) * SAMPLE_RATE_HZ))
        first, last = max(offset, 0), min(offset + count, stop)
        if first < last:
            block[first - offset : last - offset] = sound[first:last]
            if last == stop and stop < len(sound):
                fade = min(FADE_SAMPLES, last - first)
                block[last - offset - fade : last - offset] *= np.linspace(1, 0, fade, dtype=np.float32)
        return block

    def look(self, now: Seconds) -> PadChanged | None:
        """Return what the candidate's pad holds, if something was written: a candidate is a `Pad`, too."""
        if not self._written or self._written[0][0] > now:
            return None
        return PadChanged(at=now, text=self._written.pop(0)[1])

    def _line_began(self, at: Seconds) -> None:
        following = self._upcoming()
        if following is not None and following.barges_in_at is not None and self._ended(at):
            self._begin(following, Seconds(at + following.barges_in_at))

    def _question_ended(self, at: Seconds) -> None:
        following = self._upcoming()
        if following is not None and self._ended(at):
            self._begin(following, Seconds(at + following.gap))

    def _interrupted(self, at: Seconds) -> None:
        if self._entry is not None and self._entry.yields_after is not None:
            self._stops_at = Seconds(at + self._entry.yields_after)
            self.said = [word for word in self.said if word.end <= self._stops_at]

    def _upcoming(self) -> Entry | None:
        return self.script.entries[self._next] if self._next < len(self.script.entries) else None

    def _ended(self, at: Seconds) -> bool:
        return self._entry is None or at >= min(self._starts_at + self._entry.duration, self._stops_at)

    def _begin(self, entry: Entry, at: Seconds) -> None:
        self._next += 1
        self._sound = _sound(entry)
        self._entry, self._starts_at, self._stops_at = entry, at, Seconds(float("inf"))
        self._written += [(Seconds(at + after), text) for after, text in entry.writes]
        self.said += [
            replace(word, start=Seconds(word.start + at), end=Seconds(word.end + at)) for word in entry.words
        ]


def _sound(entry: Entry) -> Samples:
    """Return the entry's sound; scripted words hum."""
    if entry.sound is not None:
        return entry.sound
    samples = silence(int(entry.duration * SAMPLE_RATE_HZ) + 1)
    for word in entry.words:
        first, last = int(word.start * SAMPLE_RATE_HZ), int(word.end * SAMPLE_RATE_HZ)
        times = np.arange(last - first, dtype=np.float32) / SAMPLE_RATE_HZ
        samples[first:last] = HUM_LEVEL * np.sin(2 * np.pi * HUM_HZ * times)
    return samples


class CandidateMicrophone:
    """A `Microphone` at the candidate's mouth, in virtual time, or paced like a real one.

    It delivers as fast as it is asked; `pace`, if given, is called with the time at which each
    frame is due and returns then.
    """

    def __init__(self, candidate: Candidate, pace: Callable[[Seconds], None] | None = None) -> None:
        self._candidate = candidate
        self._pace = pace

    def frames(self) -> Generator[Frame, None, None]:
        """Yield frames until the session is over."""
        start = 0
        while not self._candidate.over:
            frame = Frame(start, self._candidate.samples(start, FRAME_SAMPLES))
            if self._pace is not None:
                self._pace(frame.ended_at)
            yield frame
            start += FRAME_SAMPLES


class ScriptedDetector:
    """A `SpeechDetector` that knows when the candidate's words are."""

    def __init__(self, candidate: Candidate) -> None:
        self._candidate = candidate

    def probability(self, frame: Frame) -> float:
        """Return 0.95 while a word is being said, 0.02 otherwise."""
        return 0.95 if self._candidate.speaks((frame.started_at + frame.ended_at) / 2) else 0.02

    def reset(self) -> None:
        """Nothing to forget."""


class ScriptedRecogniser:
    """A `Recogniser` that knows what was said: every word that has ended within the sound."""

    def __init__(self, candidate: Candidate) -> None:
        self._candidate = candidate

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        """Return the candidate's words in `sound`."""
        said = self._candidate.said
        first = bisect_left(said, sound.started_at, key=_middle)
        last = bisect_right(said, sound.ended_at, key=lambda word: word.end)
        return Hypothesis(tuple(said[first:last]))


def _middle(word: Word) -> Seconds:
    return Seconds((word.start + word.end) / 2)
