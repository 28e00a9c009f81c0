"""The process that pyttsx3 lives in: it hangs and crashes without taking the interview along.

Started by `SystemVoice` as `python -P -m vivavoce.audio.voices.pyttsx3_process RATE_WPM VOICE FOLDER`. It
says once which English voices there are, then answers each text with a file. One JSON value a line:

    ->                               {"voices": ["gmw/en-us", ...]}
    <- "How did you measure it?"     {"file": "FOLDER/speech.wav"}
    <- "..."                         {"error": "what went wrong"}

When its input ends, so does it, whatever the engine is doing: no orphan outlives a killed parent.
Only the standard library is imported besides pyttsx3, for it must be there within a tenth of a second.
"""

import ctypes
import json
import os
import queue
import shutil
import signal
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any

SEXES = ("male", "female")  # where there is no such voice, another will do
# How they were chosen: docs/decisions/0006-voices.md.
ESPEAK_VOICES = {"": "en-us+m3", "male": "en-us+m3", "female": "en-us+f2"}
# Brings a male voice asked for 165 words a minute to 168, pauses counted; a female one to 161.
ESPEAK_RATE = 0.87

ATTEMPTS = 3  # now and then pyttsx3 leaves an empty file; why is not known (docs/decisions/0006-voices.md)
SHORTEST_BYTES = 4096 + 3200  # Apple's header, and a tenth of a second

Reply = dict[str, object]


def main(rate_wpm: str, voice: str, folder: str) -> None:
    """Render one line of input after the other into `folder` until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the session, which has a goodbye to say
    replies = _take_stdout()
    texts: queue.SimpleQueue[str] = queue.SimpleQueue()
    listener = threading.Thread(target=_listen, args=(texts, folder), daemon=True)
    listener.start()
    try:
        engine = Engine(int(rate_wpm), voice)
    except Exception as error:  # drivers raise whatever their platform does
        _reply(replies, {"error": f"{type(error).__name__}: {error}"})
        return listener.join()
    _reply(replies, {"voices": engine.voices})
    while True:
        _reply(replies, _rendered(engine, texts.get(), Path(folder, "speech.wav")))


class Engine:
    """pyttsx3 with one voice at one rate."""

    def __init__(self, rate_wpm: int, voice: str) -> None:
        """Start the platform's engine.

        Args:
            rate_wpm: words per minute.
            voice: an id, part of a name, one of SEXES, or "" for the platform's own.
        """
        _preload_espeak()
        import pyttsx3

        self._engine: Any = pyttsx3.init()
        self._espeak = str(self._engine) == "espeak"
        self._failures: list[Exception] = []
        self._engine.connect("error", lambda name, exception: self._failures.append(exception))
        installed = self._engine.getProperty("voices")
        self.voices = [str(v.id) for v in installed if _is_english(v)]
        self._engine.setProperty("rate", round(rate_wpm * (ESPEAK_RATE if self._espeak else 1)))
        self._engine.setProperty("voice", self._choice(installed, voice))
        self._run()

    def save(self, text: str, file: Path) -> None:
        """Render `text` into `file`, as WAV or, on macOS, AIFF."""
        self._engine.save_to_file(text, str(file))
        self._run()

    def _run(self) -> None:
        self._engine.runAndWait()
        if self._espeak:
            _wait_for_espeak()
        if self._failures:
            failure = self._failures[0]
            self._failures.clear()
            raise failure

    def _choice(self, installed: list[Any], voice: str) -> str:
        if self._espeak:
            return ESPEAK_VOICES.get(voice, voice)
        current = self._engine.getProperty("voice")
        english = [v for v in installed if _is_english(v)]
        english.sort(key=lambda v: v.id != current)
        called = [v for v in english if _is_called(v, voice)]
        others = english if voice in SEXES else [v for v in installed if str(v.id) == voice]
        found = [str(v.id) for v in (*called, *others)]
        if not found:
            raise LookupError(f"no English voice {voice!r} is installed")
        return found[0]


def _rendered(engine: Engine, text: str, file: Path) -> Reply:
    try:
        for _ in range(ATTEMPTS):
            engine.save(text, file)
            if file.exists() and file.stat().st_size >= SHORTEST_BYTES:
                return {"file": str(file)}
    except Exception as error:  # as above; only its name, for its text may quote what was to be said
        return {"error": type(error).__name__}
    return {"error": "it rendered nothing"}


def _take_stdout() -> IO[bytes]:
    """Return what was stdout and send prints, of pyttsx3 and of C libraries, nowhere."""
    replies = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return replies


def _listen(texts: "queue.SimpleQueue[str]", folder: str) -> None:
    for line in sys.stdin.buffer:
        texts.put(json.loads(line))
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)  # espeak-ng may abort in an orderly shutdown, and a hung engine would never come to one


def _reply(replies: IO[bytes], reply: Reply) -> None:
    replies.write(json.dumps(reply).encode() + b"\n")
    replies.flush()


def _preload_espeak() -> None:
    """Where Linux has no espeak-ng of its own, load the packaged one under the name that pyttsx3 asks for."""
    if not sys.platform.startswith("linux"):
        return
    try:
        ctypes.CDLL("libespeak-ng.so.1")
    except OSError:
        import espeakng_loader

        ctypes.CDLL(espeakng_loader.get_library_path(), ctypes.RTLD_GLOBAL)
        os.environ["ESPEAK_DATA_PATH"] = str(Path(espeakng_loader.get_data_path()).parent)


def _wait_for_espeak() -> None:
    """Return when espeak-ng's own thread is done: now and then pyttsx3 returns before the file is there."""
    from pyttsx3.drivers import _espeak

    while _espeak.IsPlaying():
        time.sleep(0.001)


def _is_english(voice: Any) -> bool:
    return any(str(code).lower().startswith("en") for code in voice.languages)


def _is_called(voice: Any, name: str) -> bool:
    if name in SEXES:
        return str(voice.gender).lower().removeprefix("voicegender") == name
    return name.lower() in f"{voice.id} {voice.name}".lower()


if __name__ == "__main__":
    main(*sys.argv[1:])
