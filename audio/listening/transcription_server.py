"""Recognition on a server that the user has configured: anything that speaks OpenAI's protocol."""

import json
from typing import Any

from vivavoce.audio.errors import RecogniserError
from vivavoce.audio.frame import Frame, wav
from vivavoce.audio.listening.recognised_words import prompted
from vivavoce.audio.listening.server_answer import heard
from vivavoce.audio.ports import Hypothesis
from vivavoce.transcripts.errors import ServerError
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.remote_server import Server, host

TIMEOUT = Seconds(8.0)
MOST_BYTES = 500_000  # of a transcript with the times of its words, of which a minute takes some 40,000
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

        Raises:
            RecogniserError: `base_url` is no address.
        """
        self.host = host(base_url)
        self._model = model
        self._verbose = True
        try:
            self._server = Server(base_url, key, timeout)
        except ServerError as error:
            raise self._failure(str(error)) from None

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        """Return the words in `sound`; without `timed` the server is not asked for the times of words.

        Raises:
            RecogniserError: the server cannot be reached, refused, stalled, or sent something else.
        """
        try:
            reply = self._asked(wav(sound.samples), prompted(prompt), timed)
        except ServerError as error:
            raise self._failure(str(error)) from None
        try:
            return Hypothesis(tuple(heard(json.loads(reply), sound)), speech=True)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise self._failure("sent no transcript") from None

    def _asked(self, sound: bytes, prompt: str, timed: bool) -> bytes:
        """Return the server's answer; one that only knows the plain format is asked for that."""
        if self._verbose:
            try:
                times = ["word", "segment"] if timed else ["segment"]
                return self._sent(
                    sound, prompt, response_format="verbose_json", timestamp_granularities=times
                )
            except ServerError as error:
                if error.status not in REFUSED:
                    raise
        plain = self._sent(sound, prompt, response_format="json")
        self._verbose = False
        return plain

    def _sent(self, sound: bytes, prompt: str, **wanted: Any) -> bytes:
        return self._server.reply(
            lambda client: client.audio.transcriptions.with_streaming_response.create(
                file=("sound.wav", sound, "audio/wav"),
                model=self._model,
                prompt=prompt,
                language=LANGUAGE,
                temperature=0,
                **wanted,
            ),
            MOST_BYTES,
        )

    def _failure(self, what: str) -> RecogniserError:
        return RecogniserError(
            f"the transcription server {self.host} {what}; check its address, model and key"
        )
