"""The interviewer's mouth: a line goes in as text and comes out block by block.

Sentences are rendered one after the other in the background, so the first is heard while the
rest is still being made. Dropping a line is immediate whatever the voice is doing.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from vivavoce.audio.devices.playback import Playback
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples, silence
from vivavoce.audio.ports import Voice
from vivavoce.audio.voices.loudness import amplitude
from vivavoce.audio.voices.sentences import pause_after, sentences
from vivavoce.simulator.engine.background import Background, Lane
from vivavoce.transcripts.events import Event, Failed, PlaybackFinished, PlaybackStarted, Seconds

MURMUR_DB = -10.0  # of a soft word beside the candidate's, against a line
CHIME_HZ, CHIME_SECONDS = 660.0, 0.35
NEARLY = Seconds(0.2)  # of a line that was handed out: who lacks no more has heard it to its end
CHIME_LEVEL = 0.05  # as soft as a murmur


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
        self._preparing: set[str] = set()
        self._made = Seconds(0.0)
        self._lines = 0  # a sentence that was rendered for an earlier one is not said
        self._coming: list[tuple[Seconds, Event]] = []  # what will have been heard by then
        self._now = self._latency = Seconds(0.0)
        self._ducked_at: Seconds | None = None

    @property
    def busy(self) -> bool:
        """Whether a line is being made or heard."""
        return self._line is not None or bool(self._coming)

    @property
    def share(self) -> float:
        """How much of the line was heard, in [0, 1]; 0 while some of it is still to be made."""
        heard = max(0.0, self._heard - self._latency)
        return heard / self._made if self._made and not self._waiting else 0.0

    def say(self, text: str) -> None:
        """Begin to make and say `text`; what was being said is dropped."""
        self.drop()
        self._ducked_at = None  # it was the line's before
        self._line, self._sounding, self._started = text, False, False
        self._made = Seconds(0.0)
        self._waiting = sentences(text)
        self._render_next()

    def speak_with(self, voice: Voice | None) -> None:
        """Speak with `voice` from the next line on; None changes nothing."""
        if voice is not None:
            self._voice = voice
            self._rendered.clear()
            self._preparing.clear()

    def prepare(self, text: str) -> None:
        """Render `text` now, once, so that `say` will begin at once."""
        for sentence in sentences(text):
            if sentence not in self._preparing and sentence not in self._rendered:
                self._preparing.add(sentence)
                self._render(sentence, partial(self._keep, sentence, self._voice))

    def ready(self, text: str) -> bool:
        """Whether `prepare(text)` is done."""
        return all(sentence in self._rendered for sentence in sentences(text))

    def murmur(self, text: str) -> bool:
        """Say `text`, a sentence that was prepared, softly and as no line; return whether it was."""
        sound = silence(0) if self.busy else self._rendered.get(text, silence(0))
        if len(sound):
            self._playback.say(sound * np.float32(amplitude(MURMUR_DB)))
            self._playback.finish()
        return bool(len(sound))

    def chime(self) -> bool:
        """Sound a soft tone beside the candidate's words; return whether it was."""
        if not self.busy:
            self._playback.say(chime())
            self._playback.finish()
        return not self.busy

    def duck(self) -> None:
        """Lower the voice and hold its place."""
        self._playback.duck()
        self._ducked_at = self._now

    def unduck(self) -> None:
        """Go on where `duck` held."""
        self._playback.unduck()
        self._ducked_at = None

    def drop(self, unheard: Seconds = Seconds(0.0)) -> list[Event]:
        """Drop the line, made or half said; it finished when it was ducked, if it was.

        Args:
            unheard: how much of what was handed out the speaker has dropped.
        """
        self._playback.stop()
        if self._line is None and (not self._coming or unheard < NEARLY):
            return []
        coming, self._coming = [event for _, event in self._coming], []
        self._line, self._waiting = None, []
        self._lines += 1
        silent_at, self._ducked_at = self._ducked_at or self._now, None
        began = [event for event in coming if isinstance(event, PlaybackStarted)]
        heard = Seconds(max(0.0, self._heard - unheard))
        if not self._started or (began and not heard):
            return []
        return [*began, PlaybackFinished(at=silent_at, heard=heard, complete=False)]

    def next(self, now: Seconds, latency: Seconds = Seconds(0.0)) -> tuple[Samples, list[Event]]:
        """Return the next block of sound, and what has been heard by now.

        Args:
            now: the time.
            latency: how long the block will wait to be heard.
        """
        self._now, self._latency = now, latency
        block = self._playback.next()
        done = not self._waiting and not self._playback.speaking
        if self._line is not None and not self._started and (self._heard or done):
            self._started = True
            self._come(PlaybackStarted(at=now, text=self._line))
        if self._line is not None and done:
            self._line = None
            self._come(PlaybackFinished(at=now, heard=self._heard, complete=True))
        events = []
        while self._coming and self._coming[0][0] <= now:
            events.append(replace(self._coming.pop(0)[1], at=now))
        return block, events

    def _come(self, event: Event) -> None:
        self._coming.append((Seconds(self._now + self._latency), event))

    @property
    def _heard(self) -> Seconds:
        return self._playback.heard if self._sounding else Seconds(0.0)

    def _keep(self, sentence: str, voice: Voice, samples: Samples) -> None:
        if voice is self._voice:
            self._preparing.discard(sentence)
            self._rendered[sentence] = samples

    def _render_next(self) -> None:
        if not self._waiting:
            return
        sentence = self._waiting[0]
        if sentence in self._rendered:
            self._spoken(self._lines, self._rendered.pop(sentence))
            return
        self._render(sentence, partial(self._spoken, self._lines))

    def _render(self, sentence: str, then: Callable[[Samples], None]) -> None:
        def failed(error: Exception) -> None:
            self._coming.insert(0, (self._now, Failed(at=self._now, stage="voice", reason=str(error))))
            then(silence(0))

        self._background.start(
            Lane.VOICE, lambda: np.concatenate([silence(0), *self._voice.speak(sentence)]), then, failed
        )

    def _spoken(self, line: int, samples: Samples) -> None:
        if line != self._lines or not self._waiting:
            return
        sentence = self._waiting.pop(0)
        if len(samples):
            self._sounding = True
            if self._waiting:
                breath = silence(round(pause_after(sentence) * SAMPLE_RATE_HZ))
                samples = np.concatenate([samples, breath])
            self._made = Seconds(self._made + len(samples) / SAMPLE_RATE_HZ)
            self._playback.say(samples)
        if self._waiting:
            self._render_next()
        else:
            self._playback.finish()


def chime() -> Samples:
    """Return a soft tone that swells and fades, shape (n,)."""
    at = np.arange(round(CHIME_SECONDS * SAMPLE_RATE_HZ), dtype=np.float32) / SAMPLE_RATE_HZ
    swell = np.sin(np.pi * at / CHIME_SECONDS) ** 2
    return (CHIME_LEVEL * swell * np.sin(2 * np.pi * CHIME_HZ * at)).astype(np.float32)
