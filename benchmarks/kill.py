"""What a `kill -9` costs: sessions killed at random moments, then completed and read back.

    python -m benchmarks.kill [--where terminal browser] [--moments 50] [--seed 0] [--rows]

Each session runs in a process of its own, with real files, real threads and a simulated candidate,
SPEED times as fast as life. It acknowledges on its stdout every frame that was heard and every text
that became final, so that what is on the disk can be held against what had happened. The last moments
lie after the goodbye, while the report is being written.

In a browser it is the server that is killed (killed_room.py), and held against what its page had been told.
"""

import argparse
import io
import json
import random
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from unittest.mock import patch

from benchmarks import killed_room
from benchmarks.measure import publish
from vivavoce.audio.devices.virtual_room import SilentSpeaker
from vivavoce.audio.frame import FRAME_SECONDS, Frame
from vivavoce.audio.voices.system_voice import SilentVoice
from vivavoce.simulator.commands.main import main as main_command
from vivavoce.simulator.engine.background import Threads
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
from vivavoce.simulator.practice.candidate_script import script
from vivavoce.simulator.practice.demo import pace
from vivavoce.simulator.practice.simulate import staged
from vivavoce.transcripts.errors import TranscriptError
from vivavoce.transcripts.events import Event, FinalHypothesis, Seconds, SessionEnded, TurnEnded
from vivavoce.transcripts.journal import log, recording
from vivavoce.transcripts.journal.home import home
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.library import sessions

ROOT = Path(__file__).parents[1]
SPEED = 8.0
AT_A_TIME = 4
MINUTES = 1.5
LONGEST = 78.0  # seconds; the session is a little shorter, so that some are killed after their end
CLOSING_SECONDS = 0.05  # about what completing a folder takes
ANSWER = (
    "Our ranking model failed a week after launch. I found one feature that was computed in two ways, and "
    "complaints fell by half."
)


@dataclass(slots=True)
class Acknowledged:
    """What a session said of itself before it was killed."""

    folder: Path | None  # None: it was killed before there was one
    heard: float = 0.0  # seconds of sound
    finals: list[str] = field(default_factory=list)
    turns: list[str] = field(default_factory=list)
    over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wreck:
    """What a kill at `killed_at` seconds of sound left; `problem` is empty if the session opens."""

    killed_at: float
    after_the_end: bool
    problem: str
    sound_lost: float  # seconds
    turns: int
    turns_lost: int
    finals: int
    finals_lost: int


def main() -> None:
    """Kill, measure and publish."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--where", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--moments", type=int, default=50, help="in each place")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rows", action="store_true", help="print a JSON line a session; publish nothing")
    parser.add_argument("--talk", action="store_true", help="be the session")
    options = parser.parse_args()
    if options.talk:
        talk()
        return
    found = dict[str, list[Wreck]]()
    for where in options.where:
        found[where] = killed(where, options.moments, options.seed)
        print(where, json.dumps(figures(found[where])), file=sys.stderr, flush=True)
    if options.rows:
        rows = [{"where": where} | asdict(wreck) for where, wrecks in found.items() for wreck in wrecks]
        print("\n".join(map(json.dumps, rows)))
        return
    publish("kill", {where: figures(wrecks) for where, wrecks in found.items()})


def killed(where: str, moments: int, seed: int) -> list[Wreck]:
    """Return what was left of as many sessions, all in one library that is thrown away."""
    dice = [random.Random(seed * 1000 + number) for number in range(moments)]
    with (
        tempfile.TemporaryDirectory(prefix="kill-") as library,
        patch.dict("os.environ", {"VIVAVOCE_HOME": library}),
        ThreadPoolExecutor(AT_A_TIME) as pool,
    ):
        told = list(pool.map(KINDS[where], dice))
        return [_examined(one) for one in told]


def figures(wrecks: list[Wreck]) -> dict[str, object]:
    """Return the sums over all sessions."""
    return {
        "killed": len(wrecks),
        "after_the_end": sum(wreck.after_the_end for wreck in wrecks),
        "open": sum(not wreck.problem for wreck in wrecks),
        "problems": sorted({wreck.problem for wreck in wrecks if wreck.problem}),
        "most_sound_lost_s": round(max(wreck.sound_lost for wreck in wrecks), 3),
        "turns": sum(wreck.turns for wreck in wrecks),
        "turns_lost": sum(wreck.turns_lost for wreck in wrecks),
        "finals": sum(wreck.finals for wreck in wrecks),
        "finals_lost": sum(wreck.finals_lost for wreck in wrecks),
    }


# The session


def talk() -> None:
    """Hold a session and acknowledge what happens, a JSON line each."""
    answers = [{"say": ANSWER, "wpm": 190, "gap": 0.3}] * 30
    candidate = Candidate(script({"candidate": answers, "minutes": MINUTES}, Path()))
    real_time = pace()

    def follow(event: Event) -> None:
        if isinstance(event, FinalHypothesis | TurnEnded):
            tell(type(event).__name__, event.text)
        elif isinstance(event, SessionEnded):
            tell("SessionEnded", "")

    def see(frame: Frame) -> None:
        files.begun = True
        tell("heard", frame.ended_at)

    def paced(at: Seconds) -> None:
        real_time(Seconds(at / SPEED))

    with keeping(Meta(title="Kill", round="behavioral"), lambda line: tell("notice", line)) as files:
        tell("folder", str(files.folder))
        staged(
            candidate,
            microphone=Watched(CandidateMicrophone(candidate, paced), see),
            speaker=SilentSpeaker(),
            models=Models(ScriptedDetector(candidate), ScriptedRecogniser(candidate)),
            voice=SilentVoice(),
            background=Threads(),
            listeners=(files.write, follow),
            recorder=Recorder(files.folder),
        ).run()


def tell(kind: str, value: object) -> None:
    """Hand a line to the operating system, which keeps it whatever happens to this process."""
    print(json.dumps([kind, value]), flush=True)


# Its end


def terminal(dice: random.Random) -> Acknowledged:
    """Kill a session at a moment that `dice` chose; return what it said of itself."""
    moment = dice.uniform(0.0, LONGEST)
    command = [sys.executable, "-m", "benchmarks.kill", "--talk"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as session:
        assert session.stdout is not None
        said = (json.loads(line) for line in session.stdout if line.endswith("\n"))
        _, folder = next(said)
        told = Acknowledged(Path(folder))
        _follow(told, said, until=moment)
        time.sleep(dice.uniform(0.0, CLOSING_SECONDS if told.over else FRAME_SECONDS / SPEED))
        session.kill()
        _follow(told, said)
    return told


def browser(dice: random.Random) -> Acknowledged:
    """Kill a server at a moment that `dice` chose; return what its page was told, and its journal had."""
    told = killed_room.talked(home(), dice)
    return Acknowledged(told.folder, told.at, told.finals, told.turns, told.ended)


KINDS: Mapping[str, Callable[[random.Random], Acknowledged]] = {"terminal": terminal, "browser": browser}


def _follow(told: Acknowledged, said: Iterator[list[str]], until: float = float("inf")) -> None:
    """Take what the session says, up to `until` seconds of sound or the session's end."""
    for kind, value in said:
        match kind:
            case "heard":
                told.heard = float(value)
            case "FinalHypothesis":
                told.finals.append(value)
            case "TurnEnded":
                told.turns.append(value)
            case "SessionEnded":
                told.over = True
        if told.heard >= until or (told.over and until < float("inf")):
            return


def _examined(told: Acknowledged) -> Wreck:
    """Complete the session and hold it against what it had acknowledged."""
    problem, recorded, events = "", 0.0, list[Event]()
    try:
        if told.folder is not None:
            with patch.dict("os.environ", {"VIVAVOCE_HOME": str(told.folder.parents[1])}):
                _commanded("recover", told.folder.name)
                _commanded("show", told.folder.name)
                _commanded("sessions")
                events, recorded = _opened(told.folder)
    except (TranscriptError, OSError, ValueError, wave.Error) as error:
        problem = f"{type(error).__name__}: {error}"
    finals = [event.text for event in events if isinstance(event, FinalHypothesis)]
    ended = [event.text for event in events if isinstance(event, TurnEnded)]
    return Wreck(
        killed_at=told.heard,
        after_the_end=told.over,
        problem=problem,
        sound_lost=max(0.0, told.heard - recorded),
        turns=len(told.turns),
        turns_lost=_missing(told.turns, ended),
        finals=len(told.finals),
        finals_lost=_missing(told.finals, finals),
    )


def _commanded(*command: str) -> None:
    """Do what a user does.

    Raises:
        ValueError: it does not work.
    """
    said = io.StringIO()
    with redirect_stdout(io.StringIO()), redirect_stderr(said):
        status = main_command([*command])
    if status:
        raise ValueError(f"vivavoce {command[0]} ended with {status}: {said.getvalue().strip()}")


def _opened(folder: Path) -> tuple[list[Event], float]:
    """Return the events in `folder` and the seconds of its recording.

    Raises:
        ValueError: something in it is not as it should be.
    """
    found = log.scan(folder / log.NAME)
    if found.skipped:
        raise ValueError(f"the journal lost lines: {found.skipped}")
    ends = [event.at for event in found.events if isinstance(event, SessionEnded)]
    with wave.open(str(folder / recording.NAME)) as sound:
        recorded = sound.getnframes() / sound.getframerate()
        if len(sound.readframes(sound.getnframes())) != sound.getnframes() * recording.BLOCK_BYTES:
            raise ValueError("the recording is shorter than its header says")
    if len(ends) != 1 or abs(ends[0] - recorded) > 1.0:
        raise ValueError(f"the session ended at {ends} and the recording at {recorded:.3f}")
    absent = [name for name in (sessions.TRANSCRIPT, sessions.REPORT) if not (folder / name).exists()]
    (entry,) = (entry for entry in sessions.sessions() if entry.folder == folder)
    if absent or entry.problem or not entry.finished:
        raise ValueError(f"missing: {absent}; in the list: {entry.problem or entry.finished}")
    return found.events, recorded


def _missing(told: list[str], kept: list[str]) -> int:
    """Return how many texts of `told` are not in `kept`, each counted as often as it was told."""
    left = list(kept)
    for text in told:
        with suppress(ValueError):
            left.remove(text)
    return len(told) - (len(kept) - len(left))


if __name__ == "__main__":
    main()
