"""A voice that another takes over from, should it fail."""

import threading
from collections.abc import Callable, Iterator

from vivavoce.audio.errors import VoiceError
from vivavoce.audio.frame import Samples
from vivavoce.audio.voices.system_voice import NamedVoice, spoken


class WithSpare:
    """A `Voice` that speaks with another for good once the first has failed, and says so once."""

    def __init__(
        self, voice: NamedVoice, spare: Callable[[], NamedVoice], notice: Callable[[str], None]
    ) -> None:
        """Speak with `voice` for as long as it works.

        Args:
            voice: what speaks.
            spare: makes what speaks instead.
            notice: told why, in one line, when that happens.
        """
        self._voice = voice
        self._spare: Callable[[], NamedVoice] | None = spare
        self._notice = notice
        self._changing = threading.Lock()

    @property
    def identity(self) -> str:
        """What speaks now."""
        return self._voice.identity

    def speak(self, text: str) -> Iterator[Samples]:
        """Yield a chunk per sentence.

        Raises:
            VoiceError: the spare failed too.
        """
        return spoken(text, self._render)

    def _render(self, sentence: str) -> Iterator[Samples]:
        if self._spare is None:
            yield from self._voice.speak(sentence)
            return
        try:
            chunks = list(self._voice.speak(sentence))
        except VoiceError as error:
            self._change(error)
            chunks = list(self._voice.speak(sentence))
        yield from chunks

    def _change(self, error: VoiceError) -> None:
        with self._changing:
            if self._spare is not None:
                self._voice, self._spare = self._spare(), None
                self._notice(f"The system's voice speaks: {error}")
