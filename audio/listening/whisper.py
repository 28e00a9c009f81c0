"""Whisper, with the encoder given only as much context as there is sound.

Stock Whisper pads every input to 30 s, so that two seconds cost as much as thirty. Here the
spectrogram is padded to CONTEXT_SECONDS at least and PADDING_SECONDS beyond the sound; with less silence
after the last word the decoder begins to loop (docs/decisions/0009-recogniser.md has the figures).
This is the one file that imports faster_whisper.
"""

import os
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from vivavoce.audio.errors import ModelError, RecogniserError
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Frame, Samples
from vivavoce.audio.listening.continued import Continued
from vivavoce.audio.listening.recognised_words import prompted, said_once, spread, without_echoes, word
from vivavoce.audio.models.cpu_threads import one_a_computation
from vivavoce.audio.ports import Hypothesis
from vivavoce.transcripts.events import Word

CONTEXT_SECONDS = 12.0
PADDING_SECONDS = 4.0
RETRY_PADDING_SECONDS = (12.0, 30.0)  # when the decoder loops
FULL_SECONDS = 30.0
MEL_FRAMES_PER_SECOND = 100

# A decoder's loop: four words or more that follow themselves, two that come three times, one eight times.
LOOP = re.compile(r"(?<!\S)(?:((?:\S++ ){4,60}?)\1|((?:\S++ ){2,3}?)\2\2|(\S++ )\3{7})")

REPEATED = 4  # words in a row that a unit shares with its lead: they were heard once

CLOSING_MARKS = (".", "?", "!")
FIGURE = re.compile(r"[\d%]\.?$")

# Nobody says more than six words in a second; what is longer is a loop.
TOKENS_AT_LEAST = 12
TOKENS_PER_SECOND = 8
COMPRESSION_LIMIT = 2.4  # OpenAI's own bound for a transcript that repeats itself
LOG_PROBABILITY_LIMIT = -1.0  # OpenAI's own; together with the next, sound without words
NO_SPEECH_LIMIT = 0.6


@dataclass(frozen=True, slots=True)
class _Decoded:
    tokens: list[int]
    text: str
    closed: float | None
    complete: bool  # the decoder stopped by itself
    log_probability: float
    no_speech: float
    encoded: Any

    @property
    def loops(self) -> bool:
        """Whether the text repeats itself more than speech does."""
        raw = self.text.encode()
        squeezed = bool(raw) and len(raw) / len(zlib.compress(raw)) > COMPRESSION_LIMIT
        return squeezed or not self.complete or repeats(self.text)

    @property
    def is_speech(self) -> bool:
        """Whether there were words at all."""
        return self.no_speech < NO_SPEECH_LIMIT or self.log_probability > LOG_PROBABILITY_LIMIT


def repeats(text: str) -> bool:
    """Return whether words follow themselves as they do in a decoder's loop, and hardly in speech."""
    return LOOP.search(_plain(text)) is not None


def repeated(begun: str, text: str) -> bool:
    """Return whether `text` says again what was `begun`, as a decoder may: REPEATED words of it in a row."""
    before, after = _plain(begun).split(), _plain(text).split()
    many = min(REPEATED, len(before))
    known = {tuple(before[n : n + many]) for n in range(len(before) - many + 1)}
    return any(tuple(after[n : n + many]) in known for n in range(len(after) - many + 1))


def before_a_loop(text: str) -> int:
    """Return how many words of `text` there are until it repeats itself in a loop; 0 if it does not."""
    plain = _plain(text)
    looped = LOOP.search(plain)
    if looped is None:
        return 0
    once = next(one for one in looped.groups() if one)
    return len(f"{plain[: looped.start()]}{once}".split())


def _plain(text: str) -> str:
    """Return the words of `text`, each with a space behind it."""
    return "".join(f"{word} " for word in re.findall(r"[a-z0-9']+", text.lower()))


class Whisper:
    """A `Recogniser` over faster-whisper: int8, one thread a job. With a `beam` it cannot tell `closed`."""

    def __init__(self, folder: Path, *, language: str = "en", jobs: int = 2, beam: int = 1) -> None:
        os.environ.setdefault("OMP_NUM_THREADS", "1")  # read when ctranslate2 is imported
        import faster_whisper
        from faster_whisper.tokenizer import Tokenizer

        one_a_computation()
        self._beam = beam
        try:
            self.model = faster_whisper.WhisperModel(
                str(folder),
                device="cpu",
                compute_type="int8",
                cpu_threads=1,
                num_workers=jobs,
                local_files_only=True,
            )
        except Exception as error:  # the tokenizer's own errors have no base below this one
            raise ModelError(f"the model in {folder.name} is damaged; run: vivavoce models verify") from error
        self._tokenizer = Tokenizer(
            self.model.hf_tokenizer, self.model.model.is_multilingual, task="transcribe", language=language
        )

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        """Return the words in `sound`; without `timed` their times are only spread evenly.

        Raises:
            RecogniserError: the engine failed.
        """
        try:
            if isinstance(sound, Continued):
                decoded = self._decode(sound, sound.prompt, PADDING_SECONDS)
                again = decoded.loops or repeated(sound.begun, decoded.text)
                if not again and (heard := self._heard(sound, decoded, timed=timed)).words:
                    return heard
                sound = sound.alone
            decoded = self._decode(sound, prompt, PADDING_SECONDS)
            for padding in RETRY_PADDING_SECONDS:
                if decoded.loops:
                    decoded = self._decode(sound, "", padding)
            if decoded.loops:
                decoded = self._once(decoded)
            return self._heard(sound, decoded, timed=timed)
        except (RuntimeError, ValueError) as error:
            raise RecogniserError("the recogniser failed on a stretch of sound") from error

    def _heard(self, sound: Frame, decoded: _Decoded, *, timed: bool) -> Hypothesis:
        if not decoded.tokens or not decoded.is_speech:
            return Hypothesis(speech=decoded.is_speech)
        words = self._timed(sound, decoded) if timed else _spread(sound, decoded)
        return Hypothesis(tuple(words), decoded.closed, speech=True)

    def _once(self, decoded: _Decoded) -> _Decoded:
        """Return `decoded` with what it repeats said once, and nothing after it: that was made up.

        One that ended by itself stands: people repeat themselves too.
        """
        if decoded.complete:
            return decoded
        words, kept = before_a_loop(decoded.text), 0
        for count in range(len(decoded.tokens) + 1):
            if len(_plain(self._tokenizer.decode(decoded.tokens[:count])).split()) <= words:
                kept = count
        tokens = decoded.tokens[:kept]
        return replace(decoded, tokens=tokens, text=self._tokenizer.decode(tokens))

    def _decode(self, sound: Frame, prompt: str, padding: float) -> _Decoded:
        samples = _whole(sound)
        length = min(max(CONTEXT_SECONDS, len(samples) / SAMPLE_RATE_HZ + padding), FULL_SECONDS)
        encoded = self.model.encode(self._spectrogram(samples, length))
        before, begun = self._prompt_tokens(prompt), self._begun(sound)
        most = len(begun) + TOKENS_AT_LEAST + int(TOKENS_PER_SECOND * sound.duration)
        most = min(most, self.model.max_length // 2)
        result = self.model.model.generate(
            encoded,
            [[*before, *begun]],
            beam_size=self._beam,
            max_length=max(2 * most, len(before) + most),  # of which no more than half is written
            return_scores=True,
            return_logits_vocab=True,
            return_no_speech_prob=True,
        )[0]
        written = result.sequences_ids[0]
        said = written[len(begun) :]
        return _Decoded(
            tokens=said,
            text=self._tokenizer.decode(said),
            closed=self._closed(written, result.logits[0]) if self._beam == 1 else None,
            complete=len(written) < most,
            log_probability=result.scores[0],
            no_speech=result.no_speech_prob,
            encoded=encoded,
        )

    def _closed(self, said: list[int], logits: list[Any]) -> float:
        """Return how probable a full stop, or the like, was after the last word.

        Whisper writes a full stop behind almost anything that ends in silence; how sure it was of
        it tells a finished sentence from one that broke off (docs/decisions/0010-endpoint.md).
        After a figure, where it often leaves the stop out, the end of the text counts as one.
        """
        last = len(said)
        while last and not self._is_word(said[last - 1]):
            last -= 1
        if last == 0 or last >= len(logits):
            return 0.0
        scores = np.array(logits[last], dtype=np.float64).ravel()
        shares = np.exp(scores - scores.max())
        closing = [self._tokenizer.encode(mark)[0] for mark in CLOSING_MARKS]
        if FIGURE.search(self._tokenizer.decode(said[:last])):
            closing.append(self._tokenizer.eot)
        return float(shares[closing].sum() / shares.sum())

    def _is_word(self, token: int) -> bool:
        return any(c.isalnum() or c == "%" for c in self._tokenizer.decode([token]))

    def _spectrogram(self, samples: Samples, seconds: float) -> Any:
        padded = np.zeros(int(seconds * SAMPLE_RATE_HZ), dtype=np.float32)
        padded[: len(samples)] = samples[: len(padded)]
        return self.model.feature_extractor(padded)[:, : int(seconds * MEL_FRAMES_PER_SECOND)]

    def _prompt_tokens(self, prompt: str) -> list[int]:
        tokenizer = self._tokenizer
        before = tokenizer.encode(" " + prompted(prompt))[-100:]
        return [tokenizer.sot_prev, *before, *tokenizer.sot_sequence, tokenizer.no_timestamps]

    def _timed(self, sound: Frame, decoded: _Decoded) -> list[Word]:
        begun, samples = self._begun(sound), _whole(sound)
        frames = len(samples) * MEL_FRAMES_PER_SECOND // SAMPLE_RATE_HZ
        aligned = self.model.find_alignment(
            self._tokenizer, [[*begun, *decoded.tokens]], decoded.encoded, max(frames, 2)
        )
        rows = [(row["word"], row["start"], row["end"], row["probability"]) for row in aligned[0]]
        before, first = len(self._tokenizer.decode(begun).split()), sound.started_at
        zero = sound.ended_at - len(samples) / SAMPLE_RATE_HZ
        timed = [
            word(text, max(zero + start, first), max(zero + end, first), probability)
            for text, start, end, probability in _joined(rows)[before:]
        ]
        return said_once(without_echoes(timed))

    def _begun(self, sound: Frame) -> list[int]:
        """Return the tokens of what was said in the lead of `sound`: the decoder writes what follows them."""
        return self._tokenizer.encode(f" {sound.begun}") if isinstance(sound, Continued) else []


def _whole(sound: Frame) -> Samples:
    """Return the samples of `sound` behind those of its lead."""
    return np.concatenate([sound.lead, sound.samples]) if isinstance(sound, Continued) else sound.samples


def _joined(rows: Sequence[tuple[str, float, float, float]]) -> list[tuple[str, float, float, float]]:
    """Return `rows` with whatever does not begin with a space added to the word before it."""
    words: list[tuple[str, float, float, float]] = []
    for text, start, end, probability in rows:
        if words and not text.startswith(" "):
            before = words[-1]
            words[-1] = (before[0] + text, before[1], end if text.strip(".,!?") else before[2], before[3])
        elif text.strip():
            words.append((text, start, end, probability))
    return words


def _spread(sound: Frame, decoded: _Decoded) -> list[Word]:
    probability = float(np.exp(decoded.log_probability))
    return spread(decoded.text.split(), sound.started_at, sound.ended_at, probability)
