"""A day of interviews one after the other in one process: does its memory, or anything it holds, grow?

    python -m benchmarks.soak [--hours 24] [--rows]

The shipped simulated candidates talk with every interviewer in turn, in virtual time, through the real
engine, with a real journal, recording and report. Every second session is held as in a room: its sound goes
as a page's packets through BrowserMicrophone and BrowserSpeaker. After each one the process is looked at;
the growth is from the TENTH session, when all that is loaded once has been loaded, to the last.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from importlib.resources import files
from itertools import count
from pathlib import Path
from unittest.mock import patch

import numpy as np

from benchmarks.footprint import resident
from benchmarks.measure import publish
from vivavoce.audio.devices import packets
from vivavoce.audio.devices.browser import Attached, BrowserMicrophone, BrowserSpeaker, Paused, Resumed
from vivavoce.audio.devices.packets import Heard
from vivavoce.audio.devices.resampling import resampler
from vivavoce.audio.devices.virtual_room import SilentSpeaker
from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Frame
from vivavoce.audio.models.store import cache
from vivavoce.audio.ports import Microphone, Speaker
from vivavoce.audio.voices.system_voice import SilentVoice
from vivavoce.personas.content.persona import names
from vivavoce.simulator.engine.background import Inline
from vivavoce.simulator.engine.ear import Models
from vivavoce.simulator.engine.recorder import Recorder
from vivavoce.simulator.live.interview import Watched
from vivavoce.simulator.live.session_folder import keeping
from vivavoce.simulator.practice.candidate import (
    Candidate,
    CandidateMicrophone,
    ScriptedDetector,
    ScriptedRecogniser,
)
from vivavoce.simulator.practice.candidate_script import Script, read_script
from vivavoce.simulator.practice.simulate import SCRIPTED_DELAYS, cast, longest, staged
from vivavoce.simulator.review.delete import delete
from vivavoce.transcripts.events import Event, Seconds, SessionEnded
from vivavoce.transcripts.journal.session_json import Meta

TENTH = 10
ALLOWED_MB = 30.0
MIXED = 9  # steps through the candidates, so that the first ten are of every kind of round
RATES_HZ = (48_000, 44_100)
AHEAD = 0.2  # seconds of sound that wait in the session's queue, so that it never waits for more
PLAYED_AFTER = 0.06  # seconds that a block lies in the page
CANDIDATES = Path(str(files("vivavoce.simulator.practice"))) / "candidates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the process holds after a session; `seconds` are of interview, since the beginning."""

    session: int
    seconds: float
    memory_mb: float
    threads: int
    files: int
    left: int  # files outside the library that were not there before


def main() -> None:
    """Hold them, and publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--hours", type=float, default=24.0, help="of interview")
    parser.add_argument("--rows", action="store_true", help="print a JSON line a session; publish nothing")
    options = parser.parse_args()
    began, looks = time.monotonic(), list[Look]()
    for look in held(3600 * options.hours):
        looks.append(look)
        if options.rows:
            print(json.dumps(asdict(look)), flush=True)
        elif look.session % TENTH == 0:
            print(json.dumps(asdict(look)), file=sys.stderr, flush=True)
    if not options.rows:
        publish("soak", figures(looks) | {"minutes_it_took": round((time.monotonic() - began) / 60, 1)})


def held(seconds: float) -> Iterator[Look]:
    """Hold sessions until so much interview has been held; yield what the process holds after each."""
    with _library():
        before, total = set(_outside()), 0.0
        for number in count(1):
            total += _session(number)
            yield Look(
                session=number,
                seconds=round(total, 1),
                memory_mb=round(resident(), 2),
                threads=len(list(Path("/proc/self/task").iterdir())),
                files=len(list(Path("/proc/self/fd").iterdir())),
                left=len(set(_outside()) - before),
            )
            if total >= seconds:
                return


def figures(looks: list[Look]) -> dict[str, object]:
    """Return what grew from the tenth session on."""
    first, last = looks[min(TENTH, len(looks)) - 1], looks[-1]
    settled = looks[first.session - 1 :]
    hours = np.array([look.seconds for look in settled]) / 3600
    memory = np.array([look.memory_mb for look in settled])
    slope = float(np.polyfit(hours, memory, 1)[0]) if len(settled) > 1 else 0.0
    return {
        "hours": round(last.seconds / 3600, 2),
        "sessions": last.session,
        "memory_mb": {"first": looks[0].memory_mb, "tenth": first.memory_mb, "last": last.memory_mb},
        "growth_mb": round(last.memory_mb - first.memory_mb, 2),
        "allowed_mb": ALLOWED_MB,
        "slope_mb_an_hour": round(slope, 3),
        "more_threads": last.threads - first.threads,
        "more_files_open": last.files - first.files,
        "files_left": last.left,
    }


@contextmanager
def _library() -> Iterator[None]:
    """Keep the sessions, and whatever is written elsewhere, in a place that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="soak-") as place:
        home, elsewhere = Path(place) / "home", Path(place) / "tmp"
        home.mkdir()
        elsewhere.mkdir()
        (home / "models").symlink_to(cache())
        with (
            patch.dict("os.environ", {"VIVAVOCE_HOME": str(home), "TMPDIR": str(elsewhere)}),
            patch.object(tempfile, "tempdir", None),
        ):
            yield


def _outside() -> Iterator[Path]:
    """Yield every file that is there and no session's; of those there should be none either."""
    home = Path(os.environ["VIVAVOCE_HOME"])
    yield from Path(os.environ["TMPDIR"]).rglob("*")
    yield from (home / "sessions").glob("*")


# A session


def _session(number: int) -> Seconds:
    """Hold the session of this `number`, and delete it; return how long it was.

    Raises:
        RuntimeError: it did not come to its end.
    """
    script = _script(number)
    candidate, events = Candidate(script), list[Event]()
    at = _Page(candidate, RATES_HZ[number // 2 % 2]) if number % 2 else _Card(candidate)
    asks = cast(script)

    def see(frame: Frame) -> None:
        kept.begun = True
        if frame.ended_at >= longest(script):
            session.end("it did not end by itself")

    with keeping(Meta(title="Soak", round=script.round), lambda line: None) as kept:
        session = staged(
            candidate,
            microphone=Watched(at, see),
            speaker=at.speaker,
            models=Models(ScriptedDetector(candidate), ScriptedRecogniser(candidate)),
            voice=SilentVoice(asks.persona.rate_wpm),
            background=Inline(SCRIPTED_DELAYS),
            listeners=(kept.write, events.append),
            recorder=Recorder(kept.folder),
            asks=asks,
        )
        session.run()
    delete(kept.folder)
    if not isinstance(events[-1], SessionEnded):
        raise RuntimeError(f"session {number} ended with {events[-1]}")
    return events[-1].at


def _script(number: int) -> Script:
    """Return one of the shipped candidates, with an interviewer and questions of another session."""
    shipped = sorted(CANDIDATES.glob("*.json"))
    people = names("people")
    script = read_script(shipped[MIXED * number % len(shipped)])
    return replace(script, persona=people[number % len(people)], seed=number)


class _Card:
    """A sound card, in virtual time."""

    def __init__(self, candidate: Candidate) -> None:
        self._microphone: Microphone = CandidateMicrophone(candidate)
        self.speaker: Speaker = SilentSpeaker()

    def frames(self) -> Generator[Frame, None, None]:
        """See `Microphone`."""
        yield from self._microphone.frames()


class _Page:
    """A page, in virtual time: before the session asks for sound, the page has sent it."""

    def __init__(self, candidate: Candidate, rate_hz: int) -> None:
        speaker = BrowserSpeaker()
        self.speaker: Speaker = speaker
        self._candidate, self._rate_hz = candidate, rate_hz
        self._microphone = BrowserMicrophone(speaker)
        self._resampler = resampler(SAMPLE_RATE_HZ, rate_hz)
        self._said = 0  # samples of the candidate, at SAMPLE_RATE_HZ
        self._place = self._given = 0  # samples of the page, that it sent and that it was sent

    def frames(self) -> Generator[Frame, None, None]:
        """See `Microphone`."""
        # What arrives before anybody listens is not kept, so it begins when a pause is over.
        self._microphone.listen(lambda reason: self._send(Seconds(AHEAD)), lambda name: None)
        self._microphone.tell(Attached(send=self._take, rate_hz=self._rate_hz, epoch=1))
        self._microphone.tell(Paused())
        self._microphone.tell(Resumed())
        for frame in self._microphone.frames():
            self._send(Seconds(frame.ended_at + AHEAD))
            yield frame
            if self._candidate.over:
                return

    def _send(self, until: Seconds) -> None:
        while self._said < until * SAMPLE_RATE_HZ:
            said = self._candidate.samples(self._said, FRAME_SAMPLES)
            self._said += FRAME_SAMPLES
            sound = self._resampler.resample_chunk(said)
            if len(sound):
                played = max(0, self._given - round(PLAYED_AFTER * self._rate_hz))
                packet = Heard(epoch=1, first=self._place, played=played, samples=sound)
                self._place += len(sound)
                self._microphone.tell(packets.heard(packets.heard_packet(packet), self._rate_hz))

    def _take(self, packet: bytes) -> None:
        _, first, sound = packets.spoken(packet)
        self._given = max(self._given, first + len(sound))


if __name__ == "__main__":
    main()
