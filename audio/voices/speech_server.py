"""The voice of a server that the user has configured: any that speaks OpenAI's protocol."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import cached_property
from typing import Any

import numpy as np

from vivavoce.audio.errors import VoiceError
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples, silence
from vivavoce.audio.voices.loudness import LEAD_SAMPLES, PEAK_DBFS, SILENCE_DBFS, amplitude
from vivavoce.audio.voices.system_voice import spoken
from vivavoce.transcripts.errors import ServerError
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.remote_server import Server, host

SERVER_RATE_HZ = 24_000  # of response_format "pcm": 16 bit, mono, little endian
SERVER_BLOCK_BYTES = SERVER_RATE_HZ // 10 * 2
SERVER_TIMEOUT = Seconds(8.0)
SERVER_BYTES = SERVER_RATE_HZ * 120 * 2  # two minutes of one sentence
CONTAINERS = (b"RIFF", b"ID3", b"OggS", b"fLaC", b"\xff\xfb", b"\xff\xf3", b'{"', b"<!")


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
