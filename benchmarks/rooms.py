"""How many interviews at once one machine holds: simulated pages over real web sockets, in real time.

    python -m benchmarks.rooms [--rooms 1 2 3 4] [--seconds 150] [--model tiny.en]

For each number of rooms a server of its own runs, as `vivavoce web` does, and as many simulated pages talk
with it (benchmarks/simulated_pages.py) over its web sockets. The gap is one of the wall clock, from the true
end of an answer to the first sample that the page plays; other work on the machine shows in it, so that is
published beside. After an answer that lacks its result the interviewer waits on purpose: those waits stand
apart, since they tell nothing of the machine. CPU seconds are the server's alone, by what its threads do.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from benchmarks.footprint import RECORDINGS, WEIGHTS, resident
from benchmarks.measure import Neighbours, percentiles, publish
from benchmarks.simulated_pages import SPEECH, Answer, SimulatedPage, at_page_rate
from benchmarks.wer import longest_loss, wer
from vivavoce.audio.devices.sound_files import read
from vivavoce.simulator.engine.background import Lane
from vivavoce.simulator.live.session_folder import Wanted
from vivavoce.simulator.room import admission
from vivavoce.simulator.room.room import Asked
from vivavoce.simulator.room.rooms import Rooms
from vivavoce.simulator.settings import Settings, load
from vivavoce.simulator.web import app, server
from vivavoce.simulator.web.interview_pages import InterviewPages
from vivavoce.transcripts.events import Event, Failed, FinalHypothesis, FramesLost, TurnEnded
from vivavoce.transcripts.journal import log

ROOT = Path(__file__).parents[1]
SAID = ("failure.flac", "result.flac", "disagreement.flac", "redirected.flac")
LACKS = {"failure.flac"}  # its result, which the candidate of the demo tells when asked
APART_S = 5.0  # from the beginning of one interview to that of the next
SETTLED_S = 15.0  # from the last beginning until what is measured: loading and greeting are over
MINUTES = 30.0
HOST = "127.0.0.1"
THREADS = {"MainThread": "network", "vivavoce-room": "loop"} | {
    f"vivavoce-{lane}": str(lane)
    for lane in Lane  # what is left are ctranslate2's own: recognition
}
BAR_P50_S, BAR_P95_S = 0.9, 1.6


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--rooms", nargs="+", type=int, default=[1, 2, 3, 4])
    parser.add_argument("--seconds", type=float, default=150.0, help="that are measured, for each number")
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--serve", action="store_true", help="be the server")
    options = parser.parse_args()
    if options.serve:
        serve(load({"model": options.model, "interruptions": "off"}))
        return
    figures = {}
    for rooms in options.rooms:
        figures[str(rooms)] = asyncio.run(held(rooms, options.seconds, options.model))
        print(rooms, json.dumps(figures[str(rooms)]), file=sys.stderr, flush=True)
    publish(f"rooms-{options.model}", {"bar_s": {"p50": BAR_P50_S, "p95": BAR_P95_S}, "rooms": figures})


# The server


def serve(settings: Settings) -> None:
    """Serve; print the address, and answer each line on stdin.

    `open` is answered by a room's path, `admits` by how many there may be, all else by figures.
    """
    with server.listening(0) as place, patch.object(InterviewPages, "__init__", _remembered):
        door = app.application(place.getsockname()[1])

        @contextmanager
        def shown() -> Iterator[None]:
            print(door.address(lambda: None), flush=True)
            threading.Thread(target=_answer, args=(settings, door.base), daemon=True).start()
            yield

        server.run(door, place, shown())
    os._exit(0)  # as `vivavoce web` ends when something is still being heard


_pages: list[InterviewPages] = []
_begin = InterviewPages.__init__


def _remembered(self: InterviewPages, *given: Any) -> None:
    _begin(self, *given)
    self.rooms = Rooms(lambda settings: 1_000)
    _pages.append(self)


def _answer(settings: Settings, base: str) -> None:
    for line in sys.stdin:
        if line.strip() == "open":
            wanted = Wanted(minutes=MINUTES)
            answer: object = (
                f"{base}/room/{_pages[0].rooms.open(Asked(settings=settings, wanted=wanted)).key}"
            )
        elif line.strip() == "admits":
            answer = admission.most(settings)
        else:
            answer = {"mb": round(resident()), "cpu": _cpu()}
        print(json.dumps(answer), flush=True)


def _cpu() -> dict[str, float]:
    """Return the CPU seconds of this process by the kind of its threads (Linux only)."""
    names = {thread.native_id: thread.name for thread in threading.enumerate()}
    spent: dict[str, float] = defaultdict(float)
    for task in Path("/proc/self/task").iterdir():
        name = names.get(int(task.name), "recognition")
        kind = next((kind for begin, kind in THREADS.items() if name.startswith(begin)), name)
        with_ticks = (task / "stat").read_text("utf-8").rpartition(")")[2].split()
        spent[kind] += (int(with_ticks[11]) + int(with_ticks[12])) / os.sysconf("SC_CLK_TCK")
    return dict(spent)


# The pages


@dataclass(slots=True)
class Server:
    """A server in a process of its own."""

    process: "subprocess.Popen[str]"
    port: int
    headers: dict[str, str]

    def ask(self, line: str) -> Any:
        """Return its answer to `line`."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(line, file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())


@contextmanager
def running(model: str, home: Path) -> Iterator[Server]:
    """Run a server with its data in `home`; yield it once its window is let in."""
    command = [sys.executable, "-m", "benchmarks.rooms", "--serve", f"--model={model}"]
    environment = os.environ | {"VIVAVOCE_HOME": str(home)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            port = int(address.split(":")[2].split("/")[0])
            connection = HTTPConnection(HOST, port, timeout=30)
            connection.request("GET", "/" + address.split("/", 3)[3])
            cookie = str(connection.getresponse().getheader("set-cookie")).split(";")[0]
            connection.close()
            yield Server(process, port, {"Cookie": cookie, "Origin": f"http://{HOST}:{port}"})
        finally:
            process.terminate()


async def held(rooms: int, seconds: float, model: str) -> dict[str, Any]:
    """Hold so many interviews at once; return what is published of them."""
    said, neighbours = answers(), Neighbours()
    with tempfile.TemporaryDirectory(prefix="rooms-") as place:
        home = Path(place)
        (home / "models").symlink_to(WEIGHTS)
        with running(model, home) as server:
            idle, admits = server.ask("figures")["mb"], server.ask("admits")
            socket = f"ws://{HOST}:{server.port}{{}}/talk"
            pages = [
                SimulatedPage(socket.format(server.ask("open")), server.headers, said[n % len(said) :] + said)
                for n in range(rooms)
            ]
            over = asyncio.Event()
            talks = [
                asyncio.create_task(page.live(over, number * APART_S)) for number, page in enumerate(pages)
            ]
            await asyncio.sleep((rooms - 1) * APART_S + SETTLED_S)
            before = server.ask("figures")
            await asyncio.sleep(seconds)
            after = server.ask("figures")
            over.set()
            await asyncio.gather(*talks)
        heard = _heard(home, pages)
    minutes = rooms * seconds / 60
    spent = {kind: (cpu - before["cpu"].get(kind, 0)) / minutes for kind, cpu in after["cpu"].items()}
    gaps = percentiles([gap for page in pages for gap in page.gaps])
    waits = percentiles([wait for page in pages for wait in page.waits])
    return {
        "in_the_bar": gaps.get("p50", 9) <= BAR_P50_S and gaps.get("p95", 9) <= BAR_P95_S,
        "gap_s": gaps,
        "wait_after_an_answer_that_lacks_something_s": waits,
        "admitted_by_the_rule": admits,
        "never_answered": sum(page.never for page in pages),
        **heard,
        "cpu_s_a_minute_of_interview": round(sum(spent.values()), 1),
        "by_thread": {kind: round(cpu, 2) for kind, cpu in sorted(spent.items()) if cpu >= 0.005},
        "mb": {"idle": idle, "live": after["mb"]},
        "page_late_s": round(max(page.late for page in pages), 2),
        "cores_busy_with_other_work": neighbours.cores(),
        "load": round(os.getloadavg()[0], 1),
    }


def _heard(home: Path, pages: Sequence[SimulatedPage]) -> dict[str, Any]:
    """Return what was made of what the pages' candidates said."""
    events, errors, lost, words = list[Event](), 0.0, 0, 0
    for page in pages:
        told = log.read_log(home / "sessions" / page.session / log.NAME)
        text = " ".join(event.text for event in told if isinstance(event, FinalHypothesis))
        said = " ".join(page.said)
        count = len(said.split())
        words, errors = words + count, errors + wer(said, text) * count
        lost, events = max(lost, longest_loss(said, text)), events + told
    return {
        "words_said": words,
        "word_errors": round(errors / words, 3),
        "most_words_lost_in_one_go": lost,
        "lost_s": sum(event.samples for event in events if isinstance(event, FramesLost)) / 16_000,
        "decided_after_speech_s": percentiles(
            [e.decided_at - e.ended_at for e in events if isinstance(e, TurnEnded)]
        ),
        "text_after_decision_s": percentiles(
            [e.at - e.decided_at for e in events if isinstance(e, TurnEnded)]
        ),
        "failures": sum(isinstance(event, Failed) for event in events),
    }


def answers() -> list[Answer]:
    """Return what the candidates say."""
    told = json.loads((RECORDINGS / "demo.json").read_text("utf-8"))["candidate"]
    texts = {one["wav"]: one["text"] for one in told}
    found = []
    for name in SAID:
        sound = at_page_rate(read(RECORDINGS / name))
        ends = int(np.flatnonzero(np.abs(sound) > SPEECH)[-1])
        found.append(Answer(texts[name], sound, ends, lacks=name in LACKS))
    return found


if __name__ == "__main__":
    main()
