"""Phrases that were rendered before: what is said again is there at once.

A phrase is a sentence, under a hash of its text and of the voice that says it: no name of a file
tells what was said. Only what may outlive the session is kept on the disk, never a candidate's own words.
What one process leaves half-written no other ever reads.
"""

import contextlib
import hashlib
import os
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vivavoce.audio.frame import Samples
from vivavoce.audio.voices.system_voice import NamedVoice, spoken

RECIPE = 2  # raise it when the same text and voice come to sound different
MEMORY_MB = 32.0
UNFINISHED = ".part"
FULL_SCALE = 32_767

Pcm = NDArray[np.int16]


class CachedVoice:
    """A `Voice` that renders a phrase once and then remembers it: in memory, and some in a folder."""

    def __init__(
        self,
        voice: NamedVoice,
        folder: Path | None,
        lasts: Callable[[str], bool] = lambda sentence: False,
        limit_mb: float = 200.0,
    ) -> None:
        """Remember what `voice` says.

        Args:
            voice: what renders, sentence by sentence.
            folder: where phrases outlive the program; None keeps them in memory only.
            lasts: which sentences may: those that tell nothing of who was spoken with.
            limit_mb: megabytes on disk (2 MB hold a minute); the phrases not heard for longest go first.
        """
        self._voice = voice
        self._lasts = lasts
        self._shelf = _Shelf(folder, limit_mb) if folder is not None else None
        self._memory: OrderedDict[str, Pcm] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def identity(self) -> str:
        """What speaks now: a voice may be replaced by its spare."""
        return self._voice.identity

    def speak(self, text: str) -> Iterator[Samples]:
        """Yield a chunk per known sentence, and what the voice makes of each new one.

        Only a sentence that was rendered to its end is remembered.

        Raises:
            VoiceError: the voice failed on a new sentence.
        """
        return spoken(text, self._phrase)

    def warm(self, texts: Iterable[str]) -> None:
        """Render `texts` ahead of time.

        Raises:
            VoiceError: the voice failed; what was rendered before is kept.
        """
        for text in texts:
            for _ in self.speak(text):
                pass

    def _phrase(self, sentence: str) -> Iterator[Samples]:
        known = self._recall(self._key(sentence))
        if known is not None:
            yield known.astype(np.float32) / np.float32(FULL_SCALE)
            return
        chunks = []
        for chunk in self._voice.speak(sentence):
            chunks.append(chunk)
            yield chunk
        if chunks:
            phrase = (np.concatenate(chunks).clip(-1, 1) * FULL_SCALE).round().astype(np.int16)
            self._remember(sentence, self._key(sentence), phrase)  # under the name of what has spoken

    def _key(self, sentence: str) -> str:
        return hashlib.sha256(f"{RECIPE}\0{self.identity}\0{sentence}".encode()).hexdigest()

    def _recall(self, key: str) -> Pcm | None:
        with self._lock:
            if key in self._memory:
                self._memory.move_to_end(key)
                return self._memory[key]
        known = self._shelf.get(key) if self._shelf else None
        if known is not None:
            self._memorise(key, known)
        return known

    def _remember(self, sentence: str, key: str, phrase: Pcm) -> None:
        self._memorise(key, phrase)
        if self._shelf and self._lasts(sentence):
            self._shelf.put(key, phrase)

    def _memorise(self, key: str, phrase: Pcm) -> None:
        with self._lock:
            self._memory[key] = phrase
            while sum(p.nbytes for p in self._memory.values()) > MEMORY_MB * 1e6:
                self._memory.popitem(last=False)


class _Shelf:
    """Phrases as files. A full or forbidden disk costs the memory of them, never the interview."""

    def __init__(self, folder: Path, limit_mb: float) -> None:
        self._folder = folder
        self._limit_bytes = limit_mb * 1e6

    def get(self, key: str) -> Pcm | None:
        path = self._path(key)
        try:
            phrase = np.load(path, allow_pickle=False)
            os.utime(path)
        except (OSError, ValueError, EOFError):  # not there, or not what was written
            return None
        return phrase if phrase.dtype == np.int16 and phrase.ndim == 1 and len(phrase) else None

    def put(self, key: str, phrase: Pcm) -> None:
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._write(self._path(key), phrase)
            self._forget_oldest()

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.npy"

    def _write(self, path: Path, phrase: Pcm) -> None:
        descriptor, unfinished = tempfile.mkstemp(suffix=UNFINISHED, dir=self._folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                np.save(file, phrase)
            os.replace(unfinished, path)
        except OSError:
            Path(unfinished).unlink(missing_ok=True)
            raise

    def _forget_oldest(self) -> None:
        """Delete down to the limit; what a killed process left unfinished ages like the rest."""
        found = [
            (path.stat(), path) for path in self._folder.iterdir() if path.suffix in (".npy", UNFINISHED)
        ]
        found.sort(key=lambda entry: entry[0].st_mtime)
        total = sum(status.st_size for status, _ in found)
        for status, path in found:
            if total <= self._limit_bytes:
                break
            path.unlink(missing_ok=True)
            total -= status.st_size
