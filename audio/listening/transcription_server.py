"""Recognition on a server that the user has configured: anything that speaks OpenAI's protocol."""

import io
import json
import wave
from typing import Any
from urllib.parse import urlsplit

from vivavoce.audio.errors import RecogniserError
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Frame, Samples
from vivavoce.audio.listening.recognised_words import prompted
from vivavoce.audio.listening.server_answer import heard
from vivavoce.audio.ports import Hypothesis
from vivavoce.transcripts.events import Seconds

TIMEOUT = Seconds(8.0)
LANGUAGE = "en"
REFUSED = (400, 415, 422)  # what a server answers that does not know a format


class ServerRecogniser:
    """A `Recogniser` over POST /audio/transcriptions of an OpenAI-compatible server."""

    def __init__(self, base_url: str, model: str, key: str, *, timeout: Seconds = TIMEOUT) -> None:
        """Prepare to ask a server; nothing is sent before something is to be recognised.

        Args:
            base_url: as for the openai package, with its "/v1".
            model: the server's name of a model.
            key: sent as a bearer token; never shown.
            timeout: seconds without an answer after which it has failed.
        """
        import openai  # now and not with the first words: it takes as long as they may wait

        self.host = urlsplit(base_url).hostname or "?"
        self._model = model
        self._verbose = True
        self._client = openai.OpenAI(
            base_url=base_url,
            api_key=key or "none",
            timeout=timeout,
            max_retries=0,
            # A redirect would take what was said to a host that nobody has configured.
            http_client=openai.DefaultHttpxClient(follow_redirects=False),
        )

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        """Return the words in `sound`; without `timed` the server is not asked for the times of words.

        Raises:
            RecogniserError: the server cannot be reached, refused, stalled, or sent something else.
        """
        try:
            reply = self._asked(wav(sound.samples), prompted(prompt), timed)
        except Exception as error:  # of openai, and of the transport below it, which has changed
            status = getattr(error, "status_code", None)
            what = f"answered {status}" if status else f"failed ({type(error).__name__})"
            raise self._failure(what) from None  # its text may quote the key
        try:
            return Hypothesis(tuple(heard(json.loads(reply), sound)))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise self._failure("sent no transcript") from None

    def _asked(self, sound: bytes, prompt: str, timed: bool) -> bytes:
        """Return the server's answer; one that only knows the plain format is asked for that."""
        if self._verbose:
            try:
                times = ["word", "segment"] if timed else ["segment"]
                return self._sent(
                    sound, prompt, response_format="verbose_json", timestamp_granularities=times
                )
            except Exception as error:
                if getattr(error, "status_code", None) not in REFUSED:
                    raise
        plain = self._sent(sound, prompt, response_format="json")
        self._verbose = False
        return plain

    def _sent(self, sound: bytes, prompt: str, **wanted: Any) -> bytes:
        with self._client.audio.transcriptions.with_streaming_response.create(
            file=("sound.wav", sound, "audio/wav"),
            model=self._model,
            prompt=prompt,
            language=LANGUAGE,
            temperature=0,
            **wanted,
        ) as response:
            reply: bytes = response.read()
        return reply

    def _failure(self, what: str) -> RecogniserError:
        return RecogniserError(
            f"the transcription server {self.host} {what}; check its address, model and key"
        )


def wav(samples: Samples) -> bytes:
    """Return `samples` as a WAV file: SAMPLE_RATE_HZ, mono, 16 bit."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(SAMPLE_RATE_HZ)
        writer.writeframes((samples.clip(-1, 1) * 32_767).astype("<i2").tobytes())
    return file.getvalue()
