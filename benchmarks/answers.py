"""How an answer is spoken: marked text to sound, with the time of every word.

Piper, an optional extra, decides how long each phoneme lasts before it makes a sound; reading
those durations out gives the time of every word without a recogniser. A sentence is spoken
whole and then cut at a word boundary, so that the melody before a pause says that more is to
come. What this lacks is the drawn-out last word that people have before a pause, so a figure
on such speech flatters no one who listens to intonation, and is no substitute for real speech.
"""

import importlib.util
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Literal

import numpy as np
import soxr
from numpy.typing import NDArray

from vivavoce.audio.errors import VoiceError
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples, silence
from vivavoce.transcripts.events import Seconds, Word

Kind = Literal["mid-sentence", "between-sentences"]

MARK = re.compile(r"/(\d+\.\d+)?")  # a thinking pause, with its seconds if not the usual
NOT_SOUNDS = set(" ˈˌ.,!?^$")
FILLERS = {"um", "uh"}
NO_DURATIONS = "this voice does not tell how long its phonemes are; use en_US-joe-medium"

WINDOW = SAMPLE_RATE_HZ // 100
QUIET_DB = -45.0  # below the loudest window
ACTIVE_DB = -35.0
PEAK = 0.68  # -3.3 dBFS, which leaves room for the noise
FADE = SAMPLE_RATE_HZ // 200  # 5 ms, against clicks at a cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A silence in which the speaker keeps the turn."""

    start: Seconds
    end: Seconds
    kind: Kind
    after: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spoken:
    """Sound at SAMPLE_RATE_HZ and when each of its words was said.

    Word times are the synthesiser's own; `TimedPiper` says how exact.
    """

    samples: Samples
    words: tuple[Word, ...]
    pauses: tuple[Pause, ...] = ()

    @property
    def text(self) -> str:
        """What was said, with fillers and punctuation."""
        return " ".join(word.text for word in self.words)


class TimedPiper:
    """Piper with the time of every word. The same seed and calls give the same sound.

    Word times lie on the model's grid of 256 samples at 22,050 Hz. Where silence shows the truth,
    words of en_US-joe-medium begin 4 ms before the time given (median; 90 % from -38 to 20 ms).
    """

    def __init__(self, voice: Path, seed: int) -> None:
        if importlib.util.find_spec("piper") is None:
            raise VoiceError("spoken answers need Piper; run: pip install 'vivavoce[piper]'")
        import onnxruntime
        from piper import PiperVoice
        from piper.config import PiperConfig

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        onnxruntime.set_seed(seed)  # taken up by the sessions made after it
        session = onnxruntime.InferenceSession(
            _with_durations(voice), options, providers=["CPUExecutionProvider"]
        )
        config = PiperConfig.from_dict(json.loads(Path(f"{voice}.json").read_text(encoding="utf-8")))
        self._piper = PiperVoice(session=session, config=config)

    def speak(self, text: str, slowness: float = 1.0) -> Spoken:
        """Return `text` as sound; `slowness` 1.2 takes a fifth longer than the voice's own rate."""
        parts: list[Samples] = []
        words: list[Word] = []
        offset = 0.0
        for sentence in re.split(r"(?<=[.?!])\s+", text.strip()):
            samples, starts, ends = self._sentence(sentence, slowness)
            parts.append(samples)
            words += [
                Word(
                    text=word,
                    start=Seconds(offset + start),
                    end=Seconds(offset + end),
                    filler=word.lower().strip(".,") in FILLERS,
                )
                for word, start, end in zip(sentence.split(), starts, ends, strict=True)
            ]
            offset += len(samples) / SAMPLE_RATE_HZ
        return Spoken(samples=np.concatenate(parts), words=tuple(words))

    def _sentence(self, sentence: str, slowness: float) -> tuple[Samples, list[float], list[float]]:
        from piper import SynthesisConfig

        style = SynthesisConfig(length_scale=slowness, normalize_audio=False)
        chunks = list(self._piper.synthesize(sentence, style, include_alignments=True))
        rate = chunks[0].sample_rate
        sound = np.concatenate([chunk.audio_float_array for chunk in chunks])
        timed = [
            (row.phoneme, int(row.num_samples)) for chunk in chunks for row in chunk.phoneme_alignments or ()
        ]
        if sum(length for _, length in timed) != len(sound):
            raise VoiceError(NO_DURATIONS)
        ends = accumulate(length for _, length in timed)
        spans = [
            (p, (e - n) / rate, e / rate)
            for (p, n), e in zip(timed, ends, strict=True)
            if p not in NOT_SOUNDS
        ]
        first = self._first_sounds(sentence, "".join(phoneme for phoneme, _, _ in spans))
        return (
            soxr.resample(sound, rate, SAMPLE_RATE_HZ).astype(np.float32),
            [spans[i][1] for i in first],
            [spans[i - 1][2] for i in [*first[1:], len(spans)]],
        )

    def _first_sounds(self, sentence: str, said: str) -> list[int]:
        """Return where in `said` each word begins, although words sound otherwise alone ("of the")."""
        alone = [
            "".join(c for part in self._piper.phonemize(w) for c in part if c not in NOT_SOUNDS)
            for w in sentence.split()
        ]
        blocks = SequenceMatcher(None, "".join(alone), said, autojunk=False).get_opcodes()
        starts = [0, *accumulate(map(len, alone))][:-1]
        return [
            next(
                j1 + min(start - i1, max(j2 - j1 - 1, 0)) for _, i1, i2, j1, j2 in blocks if i1 <= start < i2
            )
            for start in starts
        ]


@cache
def _with_durations(voice: Path) -> bytes:
    model = voice.read_bytes()
    found = re.search(rb"[\w/.]*/Ceil_output_0", model)
    if found is None:
        raise VoiceError(NO_DURATIONS)
    return with_output(model, found.group())


def with_output(model: bytes, tensor: bytes) -> bytes:
    """Return an ONNX `model` that also gives `tensor`, one of its inner ones, as its last output.

    A protobuf message that is followed by more fields is that message with the fields added, so
    this needs no ONNX package: ModelProto.graph (7) .output (12) .name (1).
    """
    message = tensor
    for field in (1, 12, 7):
        message = bytes([field << 3 | 2, len(message)]) + message
    return model + message


def parse(marked: str, usual: float) -> tuple[str, dict[int, float]]:
    """Return `marked` without its pause marks, and the pauses: word index -> seconds after it."""
    words: list[str] = []
    pauses: dict[int, float] = {}
    for token in marked.split():
        if mark := MARK.fullmatch(token):
            pauses[len(words) - 1] = float(mark.group(1) or usual)
        else:
            words.append(token)
    return " ".join(words), pauses


def with_pauses(spoken: Spoken, pauses: Mapping[int, float]) -> Spoken:
    """Return `spoken` with silence after some of its words, in place of any silence that was there."""
    parts: list[Samples] = []
    words: list[Word] = []
    made: list[Pause] = []
    begun = 0
    shift = 0.0
    for index, word in enumerate(spoken.words):
        words.append(_shifted(replace(word, start=Seconds(max(word.start, begun / SAMPLE_RATE_HZ))), shift))
        if index not in pauses:
            continue
        left, right = _gap(spoken.samples, word.end, spoken.words[index + 1].start)
        start = left / SAMPLE_RATE_HZ + shift
        words[-1] = replace(words[-1], end=Seconds(min(words[-1].end, start)))
        kind: Kind = "between-sentences" if word.text[-1] in ".?!" else "mid-sentence"
        made.append(
            Pause(start=Seconds(start), end=Seconds(start + pauses[index]), kind=kind, after=word.text)
        )
        parts += [_faded(spoken.samples[begun:left]), silence(round(pauses[index] * SAMPLE_RATE_HZ))]
        shift += pauses[index] - (right - left) / SAMPLE_RATE_HZ
        begun = right
    parts.append(_faded(spoken.samples[begun:]))
    return Spoken(samples=np.concatenate(parts), words=tuple(words), pauses=tuple(made))


def in_a_room(spoken: Spoken, level: float, noise: float, around: tuple[float, float], seed: int) -> Spoken:
    """Return `spoken` as a microphone hears it.

    Args:
        spoken: clean speech.
        level: RMS of the speech in dBFS, its pauses left out; its peaks are rounded off below PEAK.
        noise: RMS of the pink noise in dBFS.
        around: seconds of noise alone before and after.
        seed: of the noise.
    """
    clean = np.pad(_levelled(spoken.samples, level), [round(s * SAMPLE_RATE_HZ) for s in around])
    pauses = [
        replace(p, start=Seconds(p.start + around[0]), end=Seconds(p.end + around[0])) for p in spoken.pauses
    ]
    return Spoken(
        samples=clean + _room_noise(len(clean), noise, seed),
        words=tuple(_shifted(word, around[0]) for word in spoken.words),
        pauses=tuple(pauses),
    )


def ends_at(spoken: Spoken) -> Seconds:
    """Return when the last sound of clean speech ends."""
    return Seconds(sounding(spoken.samples)[1] / SAMPLE_RATE_HZ)


def sounding(samples: Samples) -> tuple[int, int]:
    """Return where clean speech begins and ends, in samples: its first and last 10 ms above QUIET_DB."""
    decibels = _levels(samples)
    loud = np.flatnonzero(decibels > decibels.max() + QUIET_DB)
    return int(loud[0]) * WINDOW, (int(loud[-1]) + 1) * WINDOW


def _levelled(samples: Samples, dbfs: float) -> Samples:
    decibels = _levels(samples)
    active = 10 ** (decibels[decibels > decibels.max() + ACTIVE_DB] / 10)
    louder = samples * 10 ** (dbfs / 20) / np.sqrt(active.mean())
    limited: Samples = (PEAK * np.tanh(louder / PEAK)).astype(np.float32)  # speech peaks 20 dB above its RMS
    return limited


def _room_noise(length: int, dbfs: float, seed: int) -> Samples:
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(length))
    flat_below = 50 * length / SAMPLE_RATE_HZ  # the bin of 50 Hz
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), flat_below))
    noise = np.fft.irfft(spectrum, length)
    scaled: Samples = (noise * 10 ** (dbfs / 20) / np.sqrt(np.mean(noise**2))).astype(np.float32)
    return scaled


def _gap(samples: Samples, ended: float, begins: float) -> tuple[int, int]:
    """Return the silence between two words, in samples; where there is none, the quietest point twice."""
    decibels = _levels(samples)
    first = max(round((ended - 0.03) * SAMPLE_RATE_HZ), 0) // WINDOW
    last = round((begins + 0.03) * SAMPLE_RATE_HZ) // WINDOW + 1
    quietest = first + int(decibels[first:last].argmin())
    loud = np.flatnonzero(decibels > decibels.max() + QUIET_DB)
    if quietest in loud:
        return quietest * WINDOW, quietest * WINDOW
    after = int(np.searchsorted(loud, quietest))
    return (int(loud[after - 1]) + 1) * WINDOW, int(loud[after]) * WINDOW


def _levels(samples: Samples) -> NDArray[np.float64]:
    """Return the RMS level of each whole 10 ms of `samples` in dBFS, shape (n // WINDOW,)."""
    whole = samples[: len(samples) // WINDOW * WINDOW].reshape(-1, WINDOW).astype(np.float64)
    decibels: NDArray[np.float64] = 10 * np.log10(np.maximum(np.mean(np.square(whole), axis=1), 1e-12))
    return decibels


def _faded(part: Samples) -> Samples:
    ramp = np.minimum(np.arange(len(part)) / FADE, 1)
    return (part * ramp * ramp[::-1]).astype(np.float32)


def _shifted(word: Word, seconds: float) -> Word:
    return replace(word, start=Seconds(word.start + seconds), end=Seconds(word.end + seconds))
