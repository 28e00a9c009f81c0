"""The natural voice, as the product ships it, with the time of every word."""

import json
import re
from typing import Any

import numpy as np
import soxr

from benchmarks.answers import FILLERS, Spoken, sounding, with_output
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples, silence
from vivavoce.audio.voices import natural
from vivavoce.audio.voices.said import as_said
from vivavoce.transcripts.events import Seconds, Word

DURATIONS = b"/Cast_32_output_0"  # hibari's own tensor: how long each phoneme lasts, the two ends included
UNIT = Seconds(0.025)  # in which it counts
BREATH = Seconds(0.35)  # between two sentences
EDGE = SAMPLE_RATE_HZ // 50  # 20 ms that stay before and after a sentence
PUNCTUATION = ".,;:?!"


class TimedHeart:
    """The voice of `natural`, unchanged in pitch. The same text and speed give the same sound.

    hibari decides how long each phoneme lasts before it makes a sound. A word begins where the comma
    before it ends: the space between them is already its first sound. A word before a silence seems longer
    than it is, for the silence is a part of its last phoneme.
    """

    def __init__(self) -> None:
        import onnxruntime

        folder = natural.assets()
        model = with_output((folder / natural.WEIGHTS).read_bytes(), DURATIONS)
        self._timing: Any = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
        self._larynx = natural.Larynx(folder)
        self._ids: dict[str, int] = json.loads((folder / "vocab.json").read_text("utf-8"))

    def speak(self, text: str, speed: float) -> Spoken:
        """Return `text` as sound; `speed` 0.8 is slower than the voice's own, though not by a fifth."""
        parts: list[Samples] = []
        words: list[Word] = []
        offset = 0.0
        for sentence in re.split(r"(?<=[.?!])\s+", text.strip()):
            sound, edges = self._sentence(sentence, speed)
            words += [
                Word(
                    text=word,
                    start=Seconds(offset + start),
                    end=Seconds(offset + end),
                    filler=word.lower().strip(".,") in FILLERS,
                )
                for word, (start, end) in zip(sentence.split(), edges, strict=True)
            ]
            parts += [sound, silence(round(BREATH * SAMPLE_RATE_HZ))]
            offset += len(sound) / SAMPLE_RATE_HZ + BREATH
        return Spoken(samples=np.concatenate(parts[:-1]), words=tuple(words))

    def _sentence(self, sentence: str, speed: float) -> tuple[Samples, list[tuple[float, float]]]:
        """Return the sound without the silence at its ends, and when each word begins and ends."""
        (phonemes,) = self._larynx.phonemes(as_said(sentence))
        given = {
            "ids": np.array([[0, *(self._ids[one] for one in phonemes), 0]], np.int64),
            "speed": np.array([speed], np.float32),
        }
        ends = np.cumsum(self._timing.run(None, given)[-1]) * UNIT  # of each id
        sound = self._larynx.sound(phonemes, speed, 1.0)
        resampled = soxr.resample(sound, natural.OWN_RATE_HZ, SAMPLE_RATE_HZ).astype(np.float32)
        first, last = sounding(resampled)
        first = max(first - EDGE, 0)
        begins, edges = first / SAMPLE_RATE_HZ, []
        for word in re.finditer(r"[^ ]+", phonemes):
            sounds = len(word[0].rstrip(PUNCTUATION))
            edges.append((begins, ends[word.start() + sounds]))
            begins = ends[word.end()]
        shift = first / SAMPLE_RATE_HZ
        return resampled[first : last + EDGE], [(float(a - shift), float(b - shift)) for a, b in edges]
