"""Voices that need no network and no weights: the platform's own, and a hum that stands in for one.

A line is rendered sentence by sentence, each when it is asked for, so that the first is heard at
once and a closed iterator leaves no work behind.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

import numpy as np

from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples, silence
from vivavoce.audio.voices.loudness import amplitude, levelled, trimmed
from vivavoce.audio.voices.pyttsx3_client import RENDER_DEADLINE, SYNTHESIS, Engine
from vivavoce.audio.voices.sentences import CLAUSE_WORDS, pause_after, sentences, speakable
from vivavoce.transcripts.events import Seconds

RATE_WPM = 165

HUM_HZ = 220.0
HUM_DBFS = -40.0


class NamedVoice(Protocol):
    """A `Voice` that says what it is, so that its phrases can be told from another's."""

    @property
    def identity(self) -> str:
        """Engine, voice and rate: the same text and identity sound the same."""
        ...

    def speak(self, text: str) -> Iterator[Samples]:
        """Yield `text` as sound, as `Voice.speak` does."""
        ...


def spoken(
    text: str, render: Callable[[str], Iterator[Samples]], clause_words: int = CLAUSE_WORDS
) -> Iterator[Samples]:
    """Yield what `render` makes of each sentence of `text`, with a breath between those that sound."""
    pause = Seconds(0.0)
    for sentence in sentences(speakable(text), clause_words):
        chunks = (chunk for chunk in render(sentence) if len(chunk))
        first = next(chunks, None)
        if first is None:
            continue
        if pause:
            yield silence(round(pause * SAMPLE_RATE_HZ))
        yield first
        yield from chunks
        pause = pause_after(sentence)


class SystemVoice:
    """A `Voice` over pyttsx3: espeak-ng on Linux, SAPI 5 on Windows, NSSpeechSynthesizer on macOS."""

    def __init__(
        self,
        rate_wpm: int = RATE_WPM,
        name: str | None = None,
        *,
        command: Sequence[str] = SYNTHESIS,
        deadline: Seconds = RENDER_DEADLINE,
    ) -> None:
        """Prepare a voice; its process starts with the first sentence.

        Args:
            rate_wpm: words per minute, pauses included, within what the engine offers.
            name: one of `voices()`, a part of its name, "male" or "female"; on Linux also a
                variant ("en-us+f4"); None takes the platform's English voice.
            command: the program that renders; the rate, the name and a folder follow.
            deadline: seconds for one sentence, after which the process is killed.
        """
        self.identity = f"pyttsx3 {sys.platform} {name or ''} {rate_wpm}"
        self._engine = Engine((*command, str(rate_wpm), name or ""), deadline)

    def speak(self, text: str) -> Iterator[Samples]:
        """Yield a chunk per sentence; closing the iterator returns at once.

        Raises:
            VoiceError: no engine, no such voice, or a sentence failed twice.
        """
        return spoken(text, self._render)

    def voices(self) -> list[str]:
        """Return the English voices of this machine, as `name` takes them.

        Raises:
            VoiceError: there is no engine.
        """
        return self._engine.voices()

    def close(self) -> None:
        """End the process; the next sentence starts another."""
        self._engine.close()

    def _render(self, sentence: str) -> Iterator[Samples]:
        yield levelled(trimmed(self._engine.render(sentence)))


class SilentVoice:
    """A `Voice` that takes its time and says nothing: a faint hum, so that echo has something to carry."""

    def __init__(self, wpm: float = RATE_WPM) -> None:
        self.identity = f"silent {wpm:g}"
        self._samples_per_word = SAMPLE_RATE_HZ * 60 / wpm

    def speak(self, text: str) -> Iterator[Samples]:
        """Yield one chunk a sentence, as long as its words take at the given rate, without pauses."""
        start = words = 0
        for sentence in sentences(speakable(text)):
            words += len(sentence.split())
            end = round(words * self._samples_per_word)
            yield _hum(start, end)
            start = end


def _hum(start: int, end: int) -> Samples:
    phase = np.arange(start, end) * (2 * np.pi * HUM_HZ / SAMPLE_RATE_HZ)
    hum: Samples = (np.sqrt(2) * amplitude(HUM_DBFS) * np.sin(phase)).astype(np.float32)
    return hum
