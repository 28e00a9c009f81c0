"""Which recogniser to listen with: the more accurate one, if this machine is quick enough for a talk.

A server that the user has configured goes before all others. `base` is tried once a machine and
version, on five seconds of the demo's candidate, and the time is remembered in the cache. Sessions of one
process that listen with the same recogniser share it.
"""

import json
import os
import platform
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from vivavoce.audio.errors import ModelError
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Frame
from vivavoce.audio.listening.in_turn import InTurn
from vivavoce.audio.listening.transcription_server import ServerRecogniser
from vivavoce.audio.listening.whisper import Whisper
from vivavoce.audio.models.shared import Shared
from vivavoce.audio.models.store import MODELS, locate
from vivavoce.audio.ports import Recogniser
from vivavoce.simulator.settings import AUTO, Settings
from vivavoce.transcripts.errors import TranscriptError
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.journal import disk
from vivavoce.transcripts.journal.home import home
from vivavoce.transcripts.remote_server import via

QUICK, ACCURATE = "tiny.en", "base"
SAMPLE_SECONDS = 5.0
ALLOWED = Seconds(0.45)  # for the sample: about what an answer's last words may wait for their text
ATTEMPTS = 2  # the first one also warms up
BEAM = 5  # of a second hearing
SHARE = 0.35  # of a recording's length that a second hearing of it may take
SLOWER = 1.5  # a second hearing takes for a second of speech, than the sample for one of its own
JOBS = 2  # of one session: what is being said, and what a pause has ended

_shared: Shared[Recogniser] = Shared()
_measuring = threading.Lock()  # two at once would find the machine slower than it is


@dataclass(frozen=True, slots=True)
class Choice:
    """A recogniser, by name, and why it is this one, as a line for the user."""

    name: str
    why: str


def choose(settings: Settings, jobs: int = JOBS) -> tuple[Recogniser, Choice]:
    """Return the recogniser of `settings`; for "auto" the best that this machine is quick enough for.

    Args:
        settings: what the user has set.
        jobs: sounds that it hears at once, for all sessions that share it.

    Raises:
        ModelError: its weights are not here, or damaged.
    """
    if settings.transcription_base_url:
        return _server(settings)
    wanted, why, measured = _own(settings.model, jobs)
    return measured or _whisper(wanted, jobs), Choice(Path(wanted).name, why)


def _own(model: str, jobs: int = JOBS) -> tuple[str, str, Recogniser | None]:
    """Return which one it is for what is set as the `model`, why, and itself if it was loaded to find out."""
    if model != AUTO:
        return model, f"Listening with {Path(model).name}, as set.", None
    if not is_here(ACCURATE):
        why = f"Listening with {QUICK}. For a more accurate recogniser: vivavoce models get {ACCURATE}"
        return QUICK, why, None
    took, accurate = takes(ACCURATE, jobs)
    measured = f"{took:.2f} s for {SAMPLE_SECONDS:.0f} s of speech here."
    if took <= ALLOWED or not is_here(QUICK):
        return ACCURATE, f"Listening with {ACCURATE}: it takes {measured}", accurate
    return QUICK, f"Listening with {QUICK}: {ACCURATE} takes {measured}", None


def slowness(settings: Settings) -> float | None:
    """Return how many seconds the recogniser of `settings` takes for one of speech; None for a server's.

    Raises:
        ModelError: its weights are not here, or damaged.
    """
    if settings.transcription_base_url:
        return None
    return takes(_own(settings.model)[0])[0] / SAMPLE_SECONDS


def _whisper(name: str, jobs: int) -> Recogniser:
    folder = locate(name)
    return _shared.get((folder, jobs), lambda: InTurn(Whisper(folder, jobs=jobs), jobs))


def second(settings: Settings, first: str) -> tuple[Recogniser, str] | None:
    """Return the recogniser of `settings` for a second hearing of what `first` heard, and its name.

    For "auto" it is the best that is here and quick enough. There is none where a better one may have
    listened at first: a server's, or one that is not here.

    Raises:
        ModelError: its weights are damaged.
    """
    name = None
    if settings.model != AUTO:
        name = (
            settings.model if first in ("", Path(settings.model).name) and is_here(settings.model) else None
        )
    elif first in ("", QUICK, ACCURATE) and is_here(ACCURATE) and _in_time():
        name = ACCURATE
    elif first in ("", QUICK) and is_here(QUICK):
        name = QUICK
    return None if name is None else (Whisper(locate(name), jobs=1, beam=BEAM), Path(name).name)


def _in_time() -> bool:
    """Return whether a second hearing with the more accurate one is done in SHARE of what was said."""
    return SLOWER * takes(ACCURATE)[0] / SAMPLE_SECONDS <= SHARE


def takes(name: str, jobs: int = JOBS) -> tuple[Seconds, Recogniser | None]:
    """Return how long the recogniser called `name` takes for the sample, and itself if it was just loaded.

    That is measured once a machine.

    Raises:
        ModelError: its weights are not here, or damaged.
    """
    with _measuring:
        took, measured = _remembered(name), None
        if took is None:
            measured = _whisper(name, jobs)
            took = seconds(measured)
            _remember(name, took)
        return took, measured


def _server(settings: Settings) -> tuple[Recogniser, Choice]:
    model = settings.transcription_model
    server = ServerRecogniser(settings.transcription_base_url, model, settings.api_key)
    name, through = f"{model} at {server.host}", via(settings.transcription_base_url)
    return server, Choice(name, f"Listening with {name}, as set: what you say is sent there{through}.")


def is_here(name: str) -> bool:
    """Whether the weights of `name` are on this machine."""
    try:
        locate(name)
    except ModelError:
        return False
    return True


def seconds(recogniser: Recogniser) -> Seconds:
    """Return how long `recogniser` takes for the sample, at its best of ATTEMPTS.

    One of this machine computes in one thread. So other programs, which may be gone soon, do not count.
    """
    sound, elsewhere = sample(), isinstance(recogniser, ServerRecogniser)

    def once() -> Seconds:
        before = time.process_time()
        took = elapsed(lambda: recogniser.transcribe(sound, "", timed=True))
        return took if elsewhere else min(took, Seconds(time.process_time() - before))

    return min(once() for _ in range(ATTEMPTS))


def sample() -> Frame:
    """Return the first SAMPLE_SECONDS of the demo's candidate."""
    from vivavoce.audio.devices.sound_files import read

    with as_file(files("vivavoce.simulator.practice") / "recordings" / "failure.flac") as path:
        return Frame(0, read(path)[: int(SAMPLE_SECONDS * SAMPLE_RATE_HZ)])


def elapsed(job: Callable[[], object]) -> Seconds:
    """Return how long `job` took."""
    before = time.perf_counter()
    job()
    return Seconds(time.perf_counter() - before)


def _path() -> Path:
    return home() / "cache" / "speed.json"


def _machine(name: str) -> str:
    """Name what the measured time depends on: the machine, the engine and the weights."""
    weights = MODELS[name].files[0].sha256[:12] if name in MODELS else name
    engine = version("ctranslate2")
    return f"{platform.node()} {platform.machine()} x{os.cpu_count()} ctranslate2-{engine} {weights}"


def _all_remembered() -> dict[str, Any]:
    try:
        rows = json.loads(_path().read_bytes())
    except (OSError, ValueError):
        return {}
    return rows if isinstance(rows, dict) else {}


def _remembered(name: str) -> Seconds | None:
    try:
        return Seconds(float(_all_remembered()[_machine(name)]))
    except (ValueError, KeyError, TypeError):  # never measured, or not by this program
        return None


def _remember(name: str, took: Seconds) -> None:
    """Keep the time; a disk that cannot be written costs another measurement, never a session."""
    try:
        _path().parent.mkdir(parents=True, exist_ok=True)
        rows = _all_remembered() | {_machine(name): round(took, 3)}
        disk.replace(_path(), json.dumps(rows).encode())
    except (OSError, TranscriptError):
        return
