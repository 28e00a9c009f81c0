"""What a session takes: memory at its peak, memory over an hour, and the wait for the first spoken word.

    python -m benchmarks.footprint [--models tiny.en base] [--starts 5] [--listening tiny.en]

Memory is resident memory of the program and all that it starts, added up (what two processes share
counts twice). The hour is one of virtual time with a simulated recogniser, or with --listening with a
real one, which takes some ten minutes. The first word, and the live sessions, are heard at the
loudspeaker of tests/e2e/pulse.py; without PulseAudio their rows are left out.
"""

import argparse
import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest

from benchmarks.measure import models, percentiles, publish
from tests.e2e.pulse import Pulse, heard, sound_system
from vivavoce.audio.devices import sound_files
from vivavoce.audio.devices.echo import CancelEcho
from vivavoce.audio.devices.virtual_room import SilentSpeaker
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Frame
from vivavoce.audio.voices.system_voice import SilentVoice
from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import persona
from vivavoce.simulator.engine.background import Inline
from vivavoce.simulator.engine.ear import Ear, Models
from vivavoce.simulator.engine.mouth import Mouth
from vivavoce.simulator.engine.recorder import Recorder
from vivavoce.simulator.engine.rounds import interviewer
from vivavoce.simulator.engine.session import Session
from vivavoce.simulator.engine.session_parts import Parts
from vivavoce.simulator.live.interview import Watched
from vivavoce.simulator.live.session_folder import Files, keeping
from vivavoce.simulator.practice.candidate import (
    Candidate,
    CandidateMicrophone,
    ScriptedDetector,
    ScriptedRecogniser,
)
from vivavoce.simulator.practice.candidate_script import script
from vivavoce.simulator.practice.simulate import SCRIPTED_DELAYS
from vivavoce.transcripts.journal.home import home
from vivavoce.transcripts.journal.session_json import Meta

ROOT = Path(__file__).parents[1]
RECORDINGS = ROOT / "simulator" / "practice" / "recordings"
VIVAVOCE = str(Path(sys.executable).with_name("vivavoce"))
MB = 1024.0  # in the kB of /proc
AUDIBLE = 0.005  # of full scale
SAMPLE_EVERY_S = 0.1
LONGEST_WAIT_S = 30.0
EARLY, LATE = 5, 60  # minutes
ANSWER = (
    "Our ranking model failed a week after launch, and complaints doubled. I compared the logs of training "
    "and serving. I found one feature that was computed in two ways, so I moved both onto the same code. "
    "In the end complaints fell by half."
)

WEIGHTS = home() / "models"  # now: the sound system's environment has another home


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--models", nargs="+", default=["tiny.en", "base"])
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument(
        "--listening", default="", help="the recogniser of the hour; simulated when not given"
    )
    parser.add_argument("--hour", action="store_true", help="be the hour; print what it took")
    options = parser.parse_args()
    if options.hour:
        print(json.dumps(hour(options.listening)))
        return
    figures: dict[str, Any] = {"demo_peak_mb": {name: round(demo_peak(name)) for name in options.models}}
    figures["hour"] = {"recogniser": options.listening or "simulated", **hour_apart(options.listening)}
    try:
        with (
            pytest.MonkeyPatch.context() as variables,
            sound_system(variables) as pulse,
            pulse.recording() as raw,
        ):
            figures["first_word_s"] = first_words(pulse, raw, options.starts)
            figures["live_peak_mb"] = {n: round(live_peak(pulse, raw, n)) for n in options.models}
    except pytest.skip.Exception as reason:
        print(f"no first word and no live session: {reason.msg}", file=sys.stderr)
    publish("footprint", figures)


@contextmanager
def home_of_its_own(outer: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Yield the environment `outer` with a new user's home that has all models."""
    with tempfile.TemporaryDirectory(prefix="footprint-") as place:
        (Path(place) / "models").symlink_to(WEIGHTS)
        yield {**outer, "VIVAVOCE_HOME": place}


# The first word


def first_words(pulse: Pulse, raw: Path, starts: int) -> dict[str, float]:
    """Return the seconds from the command to the first sound, for a new user and then for a known one."""
    with home_of_its_own(pulse.environment) as environment:
        first, *rest = [first_word(raw, environment) for _ in range(1 + starts)]
    return {"new_user": round(first, 2), **percentiles(rest)}


def first_word(raw: Path, environment: dict[str, str]) -> float:
    """Return the seconds from starting `vivavoce interview` to its first sound at the loudspeaker."""
    before = len(heard(raw))
    program = _started(["interview"], environment)
    try:
        waited = _first_sound(program, raw, before)
        _end(program)
    finally:
        program.kill()
    return waited


def _first_sound(program: "subprocess.Popen[bytes]", raw: Path, before: int) -> float:
    """Wait for sound in `raw` after its first `before` samples; return how many seconds after them."""
    until = time.monotonic() + LONGEST_WAIT_S
    while time.monotonic() < until and program.poll() is None:
        sounding = np.flatnonzero(np.abs(heard(raw)[before:]) > AUDIBLE)
        if len(sounding):
            return float(sounding[0] / SAMPLE_RATE_HZ)
        time.sleep(SAMPLE_EVERY_S)
    raise RuntimeError("the interviewer said nothing")


# Peaks


def demo_peak(model: str) -> float:
    """Return the peak of `vivavoce demo --fast`, in MB."""
    with home_of_its_own(os.environ) as environment:
        program = _started(["demo", "--fast", "--model", model], environment)
        with peak(program.pid) as most:
            program.wait()
    if program.returncode != 0:
        raise RuntimeError(f"the demo ended with {program.returncode}")
    return most()


def live_peak(pulse: Pulse, raw: Path, model: str) -> float:
    """Return the peak of a live session in which the candidate speaks for a while, in MB."""
    answer = np.concatenate([sound_files.read(RECORDINGS / name) for name in ("failure.flac", "result.flac")])
    with home_of_its_own(pulse.environment) as environment:
        before = len(heard(raw))
        program = _started(["interview", "--model", model], environment)
        with peak(program.pid) as most:
            _first_sound(program, raw, before)
            with pulse.spoken(answer):
                time.sleep(len(answer) / SAMPLE_RATE_HZ + 3)
            _end(program)
    return most()


def _started(arguments: list[str], environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    null = subprocess.DEVNULL
    return subprocess.Popen([VIVAVOCE, *arguments], env=environment, stdin=null, stdout=null)


def _end(program: "subprocess.Popen[bytes]") -> None:
    program.send_signal(signal.SIGINT)
    if program.wait(timeout=LONGEST_WAIT_S) != 0:
        raise RuntimeError(f"the session ended with {program.returncode}")


@contextmanager
def peak(process: int) -> Iterator[Callable[[], float]]:
    """Watch `process` and all its descendants; yield a function that returns their peak in MB."""
    most, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(SAMPLE_EVERY_S):
            most[0] = max(most[0], sum(map(resident, family(process))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield lambda: most[0]
    finally:
        over.set()
        watcher.join()


def family(process: int) -> list[int]:
    """Return `process` and its descendants, those that are gone left out."""
    try:
        lists = [path.read_text() for path in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:
        lists = []
    return [process, *(one for text in lists for child in text.split() for one in family(int(child)))]


def resident(process: int | str = "self") -> float:
    """Return the resident memory of a process in MB; 0 if it is gone."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) / MB for line in lines if line.startswith("VmRSS")), 0.0)


# The hour


def hour_apart(listening: str) -> dict[str, float]:
    """Return the `hour` of a fresh process."""
    command = [sys.executable, "-m", "benchmarks.footprint", "--hour", f"--listening={listening}"]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def hour(listening: str) -> dict[str, float]:
    """Hold an hour's interview, with its files; return the memory early and late in it."""
    taken: dict[str, float] = {}

    def see(frame: Frame) -> None:
        kept.begun = True
        for minutes in (EARLY, LATE):
            name = f"after_{minutes}_min_mb"
            if frame.ended_at >= 60 * minutes and name not in taken:
                gc.collect()
                taken[name] = round(resident(), 1)
        if len(taken) > 1:
            session.end("the hour is over")

    using = models(listening) if listening else None
    with (
        home_of_its_own(os.environ) as environment,
        patch.dict(os.environ, environment),
        keeping(Meta(title="Hour"), partial(print, file=sys.stderr)) as kept,
    ):
        session = endless(using, see, kept)
        session.run()
    early, late = taken.values()
    return {**taken, "growth_mb": round(late - early, 1)}


def endless(using: Models | None, see: Callable[[Frame], None], kept: Files) -> Session:
    """Return a session in virtual time with more questions and answers than an hour has room for."""
    answer = {"wav": "failure.flac"} if using else {"say": ANSWER}
    candidate = Candidate(script({"candidate": [answer] * 400}, RECORDINGS))
    simulated = Models(ScriptedDetector(candidate), ScriptedRecogniser(candidate))
    background = Inline(None if using else SCRIPTED_DELAYS)
    asking, content = persona("dana"), pack("behavioral")
    many = replace(content, questions=content.questions * 40, most_questions=40 * len(content.questions))
    parts = Parts(
        microphone=Watched(CandidateMicrophone(candidate), see),
        speaker=SilentSpeaker(),
        echo=CancelEcho(),
        ear=Ear(using or simulated, background),
        mouth=Mouth(SilentVoice(), background),
        background=background,
        interviewer=interviewer(asking, many, 240, seed=0),
        recorder=Recorder(kept.folder),
    )
    return Session(parts, (candidate.receive, kept.write))


if __name__ == "__main__":
    main()
