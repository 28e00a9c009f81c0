"""After a session its recording is heard once more, and the better text of each stretch is kept.

Nobody waits for it: the session and its report are complete without. What was heard at first stays in the
journal; what is better comes behind it, all at once, and the pages are written anew.

Where other sessions are held in the same process it waits for them, between one step and the next.
"""

import signal
from collections.abc import Callable, Sequence
from pathlib import Path

from vivavoce.audio.devices.sound_files import side
from vivavoce.audio.frame import Frame, Samples
from vivavoce.audio.listening.detector import Silero
from vivavoce.audio.listening.second_hearing import heard_better, speech_frames
from vivavoce.audio.ports import Hypothesis, Recogniser, SpeechDetector
from vivavoce.simulator import signals
from vivavoce.simulator.engine.answer_reader import reader
from vivavoce.simulator.live import recogniser_choice
from vivavoce.simulator.review.session_report import details
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.events import (
    BackChannel,
    Event,
    FinalHypothesis,
    HeardAgain,
    NotUnderstood,
    Seconds,
)
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal import recording as wav
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.talk.lines import lines
from vivavoce.transcripts.words import Span, latest, replaced, speech, typed, within, words

CANDIDATE = 0  # their channel of the recording

Wait = Callable[[], None]


def _at_once() -> None:
    pass


class _Patient:
    """A `Recogniser` and a `SpeechDetector` that wait before each sound until they may compute."""

    def __init__(self, recogniser: Recogniser, detector: SpeechDetector, wait: Wait) -> None:
        self._recogniser, self._detector, self._wait = recogniser, detector, wait

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        """See `Recogniser`."""
        self._wait()
        return self._recogniser.transcribe(sound, prompt, timed=timed)

    def probability(self, frame: Frame) -> float:
        """See `SpeechDetector`."""
        self._wait()
        return self._detector.probability(frame)

    def reset(self) -> None:
        """See `SpeechDetector`."""
        self._detector.reset()


def hear_once_more(
    folder: Path, settings: Settings, tell: Callable[[str], None], wait: Wait = _at_once
) -> int:
    """Hear the session in `folder` a second time; return how many words of its text are from then.

    Nothing is done without a recording, a second time over, or where no recogniser here is as good as the
    first; else `tell` is told first how long it takes. `wait` returns when the next step may be done; what it
    raises leaves the session as it was.

    Raises:
        TranscriptError: the session cannot be read or written.
        AudioError: the recording cannot be read, or the model is damaged.
    """
    events = log.read_log(folder / log.NAME)
    if not (folder / wav.NAME).is_file() or typed(events) or replaced(events) or not speech(events):
        return 0
    wait()
    chosen = recogniser_choice.second(settings, details(folder).recogniser)
    if chosen is None:
        return 0
    longest = max(1, round(recogniser_choice.SHARE * sum(span.length for span in speech(events))))
    tell(f"Listening to it once more with {chosen[1]}, for {longest} s at most.")
    found = second_hearing(side(folder / wav.NAME, CANDIDATE), events, *chosen, settings.terms, wait)
    if found:
        wait()
        with signals.answered(signals.ignore, signal.SIGINT):  # soon over, and not to be left half done
            log.add(folder / log.NAME, found)
            sessions.finish(folder, reader())
    return sum(len(event.words) for event in found if isinstance(event, HeardAgain))


def second_hearing(
    sound: Samples,
    events: Sequence[Event],
    recogniser: Recogniser,
    model: str,
    terms: Sequence[str],
    wait: Wait = _at_once,
) -> list[Event]:
    """Return what a second hearing of `sound` adds to `events`: better texts, and what they still lack."""
    at, patient = latest(events), _Patient(recogniser, Silero(), wait)
    spoken = _theirs(speech_frames(sound, patient), events)
    found: list[Event] = []
    for one in heard_better(patient, sound, spoken, words(events), ", ".join(terms)):
        text = " ".join(word.text for word in one.words)
        start, end = one.span
        found.append(
            HeardAgain(at=at, text=text, words=one.words, audio_start=start, audio_end=end, model=model)
        )
        found += [NotUnderstood(at=at, started_at=left.start, ended_at=left.end) for left in one.missed]
    return found


def _theirs(frames: Sequence[Seconds], events: Sequence[Event]) -> list[Seconds]:
    """Return those of the `frames` with speech that were the candidate's own, and no back-channel.

    While the interviewer spoke, only what counted as the candidate's did: the rest may be an echo.
    """
    asides = sorted(Span(one.started_at, one.at) for one in events if isinstance(one, BackChannel))
    heard = sorted(Span(one.audio_start, one.audio_end) for one in events if isinstance(one, FinalHypothesis))
    asked = sorted(Span(line.start, line.end) for line in lines(events))
    said = speech(events)
    return [
        at
        for at in frames
        if within(at, said) and not within(at, asides) and (within(at, heard) or not within(at, asked))
    ]
