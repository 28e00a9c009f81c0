"""The interviewer's mouth: a line goes in as text and comes out block by block.

Sentences are rendered one after the other in the background, so the first is heard while the
rest is still being made. Dropping a line is immediate whatever the voice is doing.
"""

from collections.abc import Callable

import numpy as np

from vivavoce.audio.frame import Samples, silence
from vivavoce.audio.playback import Playback
from vivavoce.audio.ports import Voice
from vivavoce.audio.sentences import sentences
from vivavoce.simulator.background import Background, Lane
from vivavoce.transcripts.events import Event, Failed, PlaybackFinished, PlaybackStarted, Seconds


class Mouth:
    """Says one line at a time.

    A sentence that the voice cannot say is left out; a line without any sound still starts and
    finishes, for the candidate can read it.
    """

    def __init__(self, voice: Voice, background: Background) -> None:
        self._voice = voice
        self._background = background
        self._playback = Playback()
        self._line: str | None = None
        self._waiting: list[str] = []
        self._sounding = self._started = False
        self._rendered: dict[str, Samples] = {}
        self._events: list[Event] = []
        self._now = Seconds(0.0)

    @property
    def busy(self) -> bool:
        """Whether a line is being made or heard."""
        return self._line is not None

    def say(self, text: str) -> None:
        """Begin to make and say `text`; what was being said is dropped."""
        self.drop()
        self._line, self._sounding, self._started = text, False, False
        self._waiting = sentences(text)
        self._render_next()

    def prepare(self, text: str) -> None:
        """Render `text` now, so that `say` will begin at once."""
        for sentence in sentences(text):
            self._render(sentence, lambda samples, key=sentence: self._rendered.__setitem__(key, samples))

    def ready(self, text: str) -> bool:
        """Whether `prepare(text)` is done."""
        return all(sentence in self._rendered for sentence in sentences(text))

    def duck(self) -> None:
        """Lower the voice and hold its place."""
        self._playback.duck()

    def unduck(self) -> None:
        """Go on where `duck` held."""
        self._playback.unduck()

    def drop(self) -> list[Event]:
        """Drop the line, made or half said."""
        if self._line is None:
            return []
        self._background.cancel(Lane.VOICE)
        self._playback.stop()
        self._line, self._waiting = None, []
        return [PlaybackFinished(at=self._now, heard=self._heard, complete=False)] if self._started else []

    def next(self, now: Seconds) -> tuple[Samples, list[Event]]:
        """Return the next block of sound, and what it makes known."""
        self._now = now
        block = self._playback.next()
        done = not self._waiting and not self._playback.speaking
        if self._line is not None and not self._started and (self._heard or done):
            self._started = True
            self._events.append(PlaybackStarted(at=now, text=self._line))
        if self._line is not None and done:
            self._line = None
            self._events.append(PlaybackFinished(at=now, heard=self._heard, complete=True))
        events, self._events = self._events, []
        return block, events

    @property
    def _heard(self) -> Seconds:
        return self._playback.heard if self._sounding else Seconds(0.0)

    def _render_next(self) -> None:
        sentence = self._waiting[0]
        if sentence in self._rendered:
            self._spoken(self._rendered.pop(sentence))
            return
        self._render(sentence, self._spoken)

    def _render(self, sentence: str, then: Callable[[Samples], None]) -> None:
        def failed(error: Exception) -> None:
            self._events.append(Failed(at=self._now, stage="voice", reason=str(error)))
            then(silence(0))

        self._background.start(
            Lane.VOICE, lambda: np.concatenate([silence(0), *self._voice.speak(sentence)]), then, failed
        )

    def _spoken(self, samples: Samples) -> None:
        if self._line is None or not self._waiting:
            return
        self._waiting.pop(0)
        if len(samples):
            self._sounding = True
            self._playback.say(samples)
        if self._waiting:
            self._render_next()
        else:
            self._playback.finish()
