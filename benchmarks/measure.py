"""What the benchmarks share: listening in virtual time, virtual devices, percentiles, results as JSON.

In virtual time the ear gets its frames as fast as it can take them, and each job's result comes
when it would have come: computing delays are measured and count (whisper_streaming calls this
computation-aware). So ten minutes of sound take as long as their recognition.
"""

import json
import os
import platform
import sys
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vivavoce.audio.devices.virtual_room import EchoingRoom
from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Frame, Samples, silence
from vivavoce.audio.listening.detector import Silero
from vivavoce.audio.listening.turn_model import SmartTurn
from vivavoce.audio.listening.whisper import Whisper
from vivavoce.audio.models.store import locate
from vivavoce.audio.voices.natural import NaturalVoice
from vivavoce.audio.voices.system_voice import NamedVoice, SystemVoice
from vivavoce.personas.content.persona import Persona
from vivavoce.simulator.engine.background import Inline
from vivavoce.simulator.engine.ear import Ear, Models
from vivavoce.simulator.practice.candidate import Candidate, CandidateMicrophone
from vivavoce.transcripts.events import Event, Seconds

RESULTS = Path(__file__).with_name("results")
PACKAGES = (
    "vivavoce",
    "faster-whisper",
    "ctranslate2",
    "onnxruntime",
    "numpy",
    "livekit",
    "hibari-tts",
    "pyttsx3",
)
VOICES = ("natural", "system")
AUDIBLE = 10 ** (-60 / 20)  # of a single sample, so stricter than a block's level
ROOM_NOISE = 10 ** (-60 / 20)  # RMS


@dataclass(frozen=True, slots=True)
class Heard:
    """What the ear made of some sound, and what that cost."""

    events: list[Event]
    cpu_seconds: float  # of the whole process, all threads


def models(name: str) -> Models:
    """Return the real models, with the recogniser called `name`."""
    return Models(Silero(), Whisper(locate(name)), SmartTurn(locate("smart-turn")))


def voice(kind: str, who: Persona) -> NamedVoice:
    """Return the voice of `who`, one of VOICES: it has loaded, as it has before a session's first line."""
    rate = round(who.rate_wpm)
    made = NaturalVoice(rate, who.pitch) if kind == "natural" else SystemVoice(rate)
    for _ in made.speak("Yes."):
        pass
    return made


def listen(samples: Samples, using: Models, tail_seconds: float = 8.0) -> Heard:
    """Feed `samples`, and then silence, to an ear in virtual time."""
    using.detector.reset()
    background = Inline()
    ear = Ear(using, background)
    sound = np.concatenate([samples, silence(int(tail_seconds * SAMPLE_RATE_HZ))])
    events: list[Event] = []
    before = time.process_time()
    for start in range(0, len(sound) - FRAME_SAMPLES + 1, FRAME_SAMPLES):
        frame = Frame(start, sound[start : start + FRAME_SAMPLES])
        background.collect(frame.ended_at)
        events += ear.receive(frame)
    return Heard(events, time.process_time() - before)


class Air:
    """A session's microphone and speaker in one: it knows what was played, and when.

    Without a room the microphone hears the candidate alone, as with headphones; with one, it also
    hears the speaker, and noise. Neither device keeps sound waiting: what real ones add is not in it.
    """

    def __init__(
        self,
        candidate: Candidate,
        room: EchoingRoom | None = None,
        pace: Callable[[Seconds], None] | None = None,
    ) -> None:
        self._candidate = candidate
        self._room = room
        self._pace = pace
        self._noise = np.random.default_rng(0)
        self._blocks: list[Samples] = []
        self.until = Seconds(float("inf"))  # when the microphone ends

    def frames(self) -> Generator[Frame, None, None]:
        """Yield frames until the session is over, or until `until`."""
        for frame in CandidateMicrophone(self._candidate, self._pace).frames():
            if frame.ended_at > self.until:
                return
            yield Frame(frame.start, self._heard(frame.samples))

    def play(self, block: Samples) -> None:
        """Keep `block`."""
        self._blocks.append(block)

    @property
    def latency(self) -> Seconds:
        """Nothing waits to be heard."""
        return Seconds(0.0)

    def stop(self) -> Seconds:
        """Nothing waits to be heard."""
        return Seconds(0.0)

    @property
    def played(self) -> Samples:
        """What was played, on the session's clock: a block sounds from the end of the frame it answers."""
        return np.concatenate([silence(FRAME_SAMPLES), *self._blocks])

    def sounding(self, start: float, end: float) -> NDArray[np.float64]:
        """Return the times from `start` to `end`, in seconds, of every sample that was audible."""
        first, last = (round(max(at, 0.0) * SAMPLE_RATE_HZ) for at in (start, end))
        times: NDArray[np.float64] = (
            first + np.flatnonzero(np.abs(self.played[first:last]) > AUDIBLE)
        ) / SAMPLE_RATE_HZ
        return times

    def _heard(self, said: Samples) -> Samples:
        if self._room is None:
            return said
        noise = (ROOM_NOISE * self._noise.standard_normal(len(said))).astype(np.float32)
        return self._room.hear(said + noise, self._blocks[-1] if self._blocks else silence(len(said)))


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """Return the median, the 95th percentile and how many there are."""
    if not values:
        return {"n": 0}
    p50, p95 = np.percentile(np.asarray(values), [50, 95])
    return {"p50": round(float(p50), 3), "p95": round(float(p95), 3), "n": len(values)}


class Neighbours:
    """How busy the machine is with other work, which a figure in real time depends on (Linux only)."""

    def __init__(self) -> None:
        self._since = time.monotonic(), self._seconds()

    def cores(self) -> float | None:
        """Return how many cores' worth of time others took since this was made; None if not known."""
        (began, before), now = self._since, self._seconds()
        if now is None or before is None:
            return None
        return round(max(0.0, now - before) / (time.monotonic() - began), 2)

    def _seconds(self) -> float | None:
        stat = Path("/proc/stat")
        if not stat.exists():
            return None
        user, nice, system, _, _, interrupts, soft = map(int, stat.read_text("utf-8").split()[1:8])
        ticks = user + nice + system + interrupts + soft  # proc(5): without idle and iowait
        return ticks / os.sysconf("SC_CLK_TCK") - sum(os.times()[:4])


def publish(name: str, figures: Mapping[str, Any]) -> None:
    """Print `figures` and keep them in benchmarks/results/`name`.json, with the machine and the versions."""
    row = {
        "schema": 1,
        "benchmark": name,
        "figures": figures,
        "machine": {
            "cpu": _cpu(),
            "cores": os.cpu_count(),
            "system": platform.system(),
            "load": os.getloadavg()[0],
        },
        "versions": {"python": platform.python_version()}
        | {package: version(package) for package in PACKAGES},
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(row, indent=2) + "\n", encoding="utf-8")
    json.dump(figures, sys.stdout, indent=2)
    print()


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    return next(
        (line.split(": ")[1] for line in lines if line.startswith("model name")), platform.processor()
    )
