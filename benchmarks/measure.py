"""What the benchmarks share: listening in virtual time, percentiles, and results as JSON.

In virtual time the ear gets its frames as fast as it can take them, and each job's result comes
when it would have come: computing delays are measured and count (whisper_streaming calls this
computation-aware). So ten minutes of sound take as long as their recognition.
"""

import json
import os
import platform
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from vivavoce.audio.detector import Silero
from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Frame, Samples, silence
from vivavoce.audio.models import locate
from vivavoce.audio.turnmodel import SmartTurn
from vivavoce.audio.whisper import Whisper
from vivavoce.simulator.background import Inline
from vivavoce.simulator.ear import Ear, Models
from vivavoce.transcripts.events import Event

RESULTS = Path(__file__).with_name("results")
PACKAGES = ("vivavoce", "faster-whisper", "ctranslate2", "onnxruntime", "numpy", "livekit", "pyttsx3")


@dataclass(frozen=True, slots=True)
class Heard:
    """What the ear made of some sound, and what that cost."""

    events: list[Event]
    cpu_seconds: float  # of the whole process, all threads


def models(name: str) -> Models:
    """Return the real models, with the recogniser called `name`."""
    return Models(Silero(), Whisper(locate(name)), SmartTurn(locate("smart-turn")))


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


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """Return the median, the 95th percentile and how many there are."""
    if not values:
        return {"n": 0}
    p50, p95 = np.percentile(np.asarray(values), [50, 95])
    return {"p50": round(float(p50), 3), "p95": round(float(p95), 3), "n": len(values)}


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
