"""The near side of the process in which pyttsx3 runs (synthesis.py): ask, wait so long, kill, start again.

The process stays warm between sentences. Whoever waits for it does so with a watchdog that kills it,
so that every wait ends: a killed process closes its pipe, on every platform.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from vivavoce.audio.devices import sound_files
from vivavoce.audio.errors import SoundFileError, VoiceError
from vivavoce.audio.frame import Samples
from vivavoce.transcripts.events import Seconds

SYNTHESIS = (
    sys.executable,
    "-P",
    "-m",
    "vivavoce.audio.voices.pyttsx3_process",
)  # -P: the user's folder holds no modules
START_DEADLINE = Seconds(15.0)  # Windows builds its speech interface once
RENDER_DEADLINE = Seconds(4.0)
ATTEMPTS = 2

_SECRET = re.compile(r"KEY|TOKEN|SECRET|PASSW|CREDENTIAL|AUTH", re.IGNORECASE)

Reply = dict[str, object]


class Engine:
    """Renders sentences in a process that is started when first needed; threads may share it."""

    def __init__(self, command: Sequence[str], deadline: Seconds = RENDER_DEADLINE) -> None:
        """Prepare to run `command`, to which a folder for its files is added.

        Args:
            command: the program and its arguments.
            deadline: seconds for one sentence, after which the process is killed.
        """
        self._command = command
        self._deadline = deadline
        self._lock = threading.Lock()
        self._process: _Process | None = None

    def render(self, sentence: str) -> Samples:
        """Return `sentence` as sound at SAMPLE_RATE_HZ, shape (n,).

        Raises:
            VoiceError: the engine does not start, or failed on it in two processes.
        """
        with self._lock:
            for _ in range(ATTEMPTS):
                try:
                    return self._started().render(sentence, self._deadline)
                except _Lost as error:
                    reason = str(error)
                    self._end()
        raise VoiceError(f"the system voice {reason}; run: vivavoce doctor")

    def voices(self) -> list[str]:
        """Return the names of the engine's English voices.

        Raises:
            VoiceError: the engine does not start.
        """
        with self._lock:
            try:
                return self._started().voices
            except _Lost as error:
                self._end()
                raise VoiceError(f"the system voice {error}; run: vivavoce doctor") from None

    def close(self) -> None:
        """End the process; the next sentence starts another."""
        with self._lock:
            self._end()

    def _started(self) -> "_Process":
        if self._process is None:
            process = _Process(self._command)
            try:
                process.greet()
            except (VoiceError, _Lost):
                process.end()
                raise
            self._process = process
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.end()
        self._process = None


class _Lost(Exception):
    """The process ended, was killed, or failed on what it was asked."""


class _Process:
    """One run of synthesis.py, where the protocol is written."""

    def __init__(self, command: Sequence[str]) -> None:
        folder = tempfile.mkdtemp(prefix="vivavoce-")
        try:
            self._popen = _popen([*command, folder])
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            reason = error.strerror
            raise VoiceError(f"the system voice cannot start ({reason}); run: vivavoce doctor") from error
        assert self._popen.stdin is not None
        assert self._popen.stdout is not None
        self._requests: IO[bytes] = self._popen.stdin
        self._replies: IO[bytes] = self._popen.stdout
        self.end = weakref.finalize(self, _end, self._popen, folder)
        self.voices: list[str] = []

    def greet(self) -> None:
        """Wait until the engine is there."""
        hello = self._reply(START_DEADLINE)
        if "error" in hello:
            reason = " ".join(str(hello["error"]).split())
            raise VoiceError(f"the system voice does not start ({reason}); run: vivavoce doctor")
        found = hello["voices"]
        self.voices = [str(name) for name in found] if isinstance(found, list) else []

    def render(self, sentence: str, deadline: Seconds) -> Samples:
        """Return `sentence` as sound, and leave no file of it."""
        try:
            self._requests.write(json.dumps(sentence).encode() + b"\n")
            self._requests.flush()
        except OSError as error:
            raise _Lost("crashed") from error
        reply = self._reply(deadline)
        if "error" in reply:
            raise _Lost(f"failed ({reply['error']})")
        file = Path(str(reply["file"]))
        try:
            return sound_files.read(file)
        except SoundFileError as error:
            raise _Lost("made a file without sound") from error
        finally:
            file.unlink(missing_ok=True)

    def _reply(self, deadline: Seconds) -> Reply:
        watchdog = threading.Timer(deadline, self._popen.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            line = self._replies.readline()
        finally:
            watchdog.cancel()
        if not line.endswith(b"\n"):
            raise _Lost("hangs or crashes")
        reply: Reply = json.loads(line)
        return reply


def _popen(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if not _SECRET.search(name)},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _end(popen: "subprocess.Popen[bytes]", folder: str) -> None:
    popen.kill()
    popen.communicate()  # closes the pipes and collects what is left of it
    shutil.rmtree(folder, ignore_errors=True)
