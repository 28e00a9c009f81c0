"""Voices for those who have more: Piper on this machine, or any server that speaks OpenAI's protocol."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np

from vivavoce.audio.errors import ModelError, VoiceError
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples, silence
from vivavoce.audio.models import onnx
from vivavoce.audio.voices.loudness import LEAD_SAMPLES, PEAK_DBFS, SILENCE_DBFS, amplitude, levelled, trimmed
from vivavoce.audio.voices.system_voice import RATE_WPM, spoken
from vivavoce.transcripts.errors import ServerError
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.server import Server, host

PIPER_CLAUSE_WORDS = 5  # at half of real time, a clause of five words is what a listener waits for
PIPER_WPM = 165  # at length scale 1

SERVER_RATE_HZ = 24_000  # of response_format "pcm": 16 bit, mono, little endian
SERVER_BLOCK_BYTES = SERVER_RATE_HZ // 10 * 2
SERVER_TIMEOUT = Seconds(8.0)
SERVER_BYTES = SERVER_RATE_HZ * 120 * 2  # two minutes of one sentence
CONTAINERS = (b"RIFF", b"ID3", b"OggS", b"fLaC", b"\xff\xfb", b"\xff\xf3", b'{"', b"<!")


class PiperVoice:
    """A `Voice` over Piper (an optional extra, GPL-3.0), on one thread."""

    def __init__(self, model_folder: Path, rate_wpm: int = RATE_WPM) -> None:
        """Prepare the voice in `model_folder` (NAME.onnx, NAME.onnx.json); it loads when it first speaks."""
        self.identity = f"piper {model_folder.name} {rate_wpm}"
        self._folder = model_folder
        self._length_scale = PIPER_WPM / rate_wpm

    def speak(self, text: str) -> Iterator[Samples]:
        """Yield a chunk per clause.

        Raises:
            VoiceError: Piper or its weights are missing, or it failed.
        """
        return spoken(text, self._render, PIPER_CLAUSE_WORDS)

    def _render(self, clause: str) -> Iterator[Samples]:
        import soxr

        synthesis = self._loaded
        try:
            for chunk in synthesis(clause):
                sound: Samples = soxr.resample(chunk.audio_float_array, chunk.sample_rate, SAMPLE_RATE_HZ)
                yield levelled(trimmed(sound))
        except Exception as error:  # Piper and onnxruntime raise whatever they meet
            raise VoiceError(f"Piper failed ({type(error).__name__}); run: vivavoce doctor") from error

    @cached_property
    def _loaded(self) -> Callable[[str], Iterable[Any]]:
        try:
            from piper import PiperVoice as Piper
            from piper.config import PiperConfig, SynthesisConfig
        except ImportError as error:
            raise VoiceError("Piper is not installed; run: pip install 'vivavoce[piper]'") from error
        try:
            weights = next(iter(sorted(self._folder.glob("*.onnx"))))
            config = json.loads(weights.with_name(weights.name + ".json").read_text(encoding="utf-8"))
            piper = Piper(session=onnx.load(weights), config=PiperConfig.from_dict(config))
        except (StopIteration, OSError, ValueError, KeyError, ModelError) as error:
            raise VoiceError(
                f"{self._folder}: no Piper voice; it holds NAME.onnx and NAME.onnx.json"
            ) from error
        return partial(piper.synthesize, syn_config=SynthesisConfig(length_scale=self._length_scale))


class ServerVoice:
    """A `Voice` over POST /audio/speech of an OpenAI-compatible server."""

    def __init__(
        self, base_url: str, model: str, voice: str, key: str, *, timeout: Seconds = SERVER_TIMEOUT
    ) -> None:
        """Prepare to ask a server; nothing is sent before something is to be said.

        Args:
            base_url: as for the openai package, with its "/v1".
            model: the server's name of a speech model.
            voice: the server's name of a voice.
            key: sent as a bearer token; never shown.
            timeout: seconds without an answer, or without more sound, after which it has failed.
        """
        self._host = host(base_url)
        self.identity = f"server {self._host} {model} {voice}"
        self._base_url, self._model, self._voice, self._key = base_url, model, voice, key
        self._timeout = timeout

    def speak(self, text: str) -> Iterator[Samples]:
        """Yield sound as it arrives, sentence by sentence; closing the iterator hangs up.

        Raises:
            VoiceError: the server cannot be reached, refused, stalled, or sent something else than sound.
        """
        return spoken(text, self._render)

    def _render(self, sentence: str) -> Iterator[Samples]:
        def ask(client: Any) -> Any:
            return client.audio.speech.with_streaming_response.create(
                model=self._model, voice=self._voice, input=sentence, response_format="pcm"
            )

        try:
            with closing(self._server.blocks(ask, SERVER_BYTES, SERVER_BLOCK_BYTES)) as blocks:
                yield from _sound(blocks)
        except ServerError as error:
            raise self._failure(str(error)) from None

    def _failure(self, what: str) -> VoiceError:
        return VoiceError(f"the speech server {self._host} {what}; check its address, model, voice and key")

    @cached_property
    def _server(self) -> Server:
        return Server(self._base_url, self._key, self._timeout)


def _sound(blocks: Iterable[bytes]) -> Iterator[Samples]:
    """Yield raw PCM as chunks at SAMPLE_RATE_HZ, without the silence before the first sound.

    The level is only lowered to PEAK_DBFS: what comes is not known, so a gain could only be guessed.
    """
    import soxr

    stream = soxr.ResampleStream(SERVER_RATE_HZ, SAMPLE_RATE_HZ, 1, dtype="float32")
    heard = False
    for pcm in _whole_samples(blocks):
        chunk = stream.resample_chunk(pcm) * np.float32(amplitude(PEAK_DBFS))
        loud = np.flatnonzero(np.abs(chunk) > amplitude(SILENCE_DBFS))
        if not heard and len(loud):
            chunk = chunk[max(0, int(loud[0]) - LEAD_SAMPLES) :]
        heard = heard or len(loud) > 0
        if heard and len(chunk):
            yield chunk.clip(-1, 1)
    if heard:
        yield stream.resample_chunk(silence(0), last=True) * np.float32(amplitude(PEAK_DBFS))


def _whole_samples(blocks: Iterable[bytes]) -> Iterator[Samples]:
    """Yield float samples of 16-bit PCM whose blocks may break off within a sample."""
    left = b""
    first = True
    for block in blocks:
        if first and block.startswith(CONTAINERS):
            raise ServerError("sent no raw PCM")
        first = False
        pcm = left + block
        whole = len(pcm) // 2 * 2
        left = pcm[whole:]
        yield np.frombuffer(pcm[:whole], dtype="<i2").astype(np.float32) / np.float32(32_768)
