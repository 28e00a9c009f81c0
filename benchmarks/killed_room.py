"""A room to be killed, for benchmarks/kill.py: `vivavoce web` with models that take no time, and its page.

Server, journal, recording and web socket are those of every day; the recogniser is simulated, the voice is
silent. The page says recordings of the demo, up to SPEED times as fast as life: a session's time is its
page's, which sends no more than AHEAD before it has got what was said to that.
"""

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from benchmarks.in_browser import recording
from vivavoce.audio.devices import packets
from vivavoce.audio.devices.packets import Heard
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Frame, Samples, silence
from vivavoce.audio.ports import Hypothesis
from vivavoce.audio.voices.system_voice import SilentVoice
from vivavoce.simulator.commands.main import main as command
from vivavoce.simulator.live import devices, interview, recogniser_choice
from vivavoce.simulator.room import room
from vivavoce.transcripts.events import FinalHypothesis, Seconds, TurnEnded, Word
from vivavoce.transcripts.journal import log

ROOT = Path(__file__).parents[1]
SPEED = 6.0
PACKET = 2_048  # samples, at SAMPLE_RATE_HZ
AHEAD = 6 * PACKET
LONGEST, ENDED_AFTER = 45.0, 38.0  # seconds of sound: the last moments lie after the page has ended it
CLOSING_SECONDS = 0.4  # in which the session is ended and its report written
SAID = ("failure", "result", "redirected")
SHORTEST, LONGEST_ANSWER = 2.0, 5.0  # seconds
PATIENCE = 60.0  # seconds for a server to begin
LATE = 0.25  # seconds: the server does other things
EVERY = 0.4  # seconds: how long a simulated word is, with the pause after it
HOST = "127.0.0.1"


class Clock:
    """A `Recogniser` that hears in all sound the time at which it was said, so that no words are alike."""

    def transcribe(self, sound: Frame, prompt: str, *, timed: bool) -> Hypothesis:
        """Return a word for each EVERY seconds."""
        first, last = int(sound.started_at / EVERY) + 1, int(sound.ended_at / EVERY)
        return Hypothesis(tuple(map(_word, range(first, last))))


def _word(number: int) -> Word:
    start, end = Seconds(number * EVERY), Seconds((number + 0.8) * EVERY)
    return Word(text=f"at{number}", start=start, end=end)


class Patient:
    """A `TurnModel` for which every pause may be a turn's end."""

    def probability(self, turn: Samples) -> float:
        """Return that it is likely."""
        return 0.9


@contextmanager
def furnished() -> Iterator[None]:
    """Put models that take no time in place of this machine's."""
    choice = recogniser_choice.Choice("simulated", "Listening with a simulation.")
    with (
        patch.object(devices, "load_ahead", lambda settings: None),
        patch.object(devices, "load_voice", lambda settings: None),
        patch.object(devices, "voice", lambda settings, who, *_, **__: SilentVoice(who.rate_wpm)),
        patch.object(recogniser_choice, "choose", lambda *_: (Clock(), choice)),
        patch.object(recogniser_choice, "slowness", lambda settings: None),
        patch.object(interview, "need", lambda settings, **_: None),
        patch.object(interview, "turn_model", Patient),
        patch.object(room, "missing", lambda settings: []),
    ):
        yield


def serve() -> None:
    """Be `vivavoce web`."""
    with furnished():
        sys.exit(command(["web", "--no-browser", "--port", "0"]))


# The page


@dataclass(slots=True)
class Told:
    """What a page was told."""

    folder: Path | None = None  # of the session; None: it was killed before there was one
    at: float = 0.0  # seconds of the session
    turns: list[str] = field(default_factory=list)
    finals: list[str] = field(default_factory=list)  # in the journal
    ended: bool = False  # the page has ended the session
    caption: str = ""
    state: str = ""

    def take(self, message: dict[str, Any]) -> None:
        """Take a message; an answer's captions are its turn once the interviewer replies."""
        self.at = max(self.at, message.get("at", 0.0))
        if message["type"] == "caption":
            self.caption = message["text"]
        elif message["type"] == "state":
            if message["state"] == "replying" and self.state == "answering" and self.caption:
                self.turns.append(self.caption)
                self.caption = ""
            self.state = message["state"]


class Candidate:
    """Who sits before the page: answers when it is their turn."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._sound: Samples = silence(0)
        self._asked = False

    def says(self, state: str) -> Samples:
        """Return the next PACKET of sound."""
        self._asked |= state == "speaking"
        if self._asked and state == "open":
            self._asked = False
            long = int(self._dice.uniform(SHORTEST, LONGEST_ANSWER) * SAMPLE_RATE_HZ)
            self._sound = _recorded(self._dice.choice(SAID))[:long]
        said, self._sound = self._sound[:PACKET], self._sound[PACKET:]
        block = silence(PACKET)
        block[: len(said)] = said
        return block


@cache
def _recorded(name: str) -> Samples:
    return recording(name)


def talked(place: Path, dice: random.Random) -> Told:
    """Talk in a room of a server whose library is somewhere in `place`; kill it at a moment by `dice`."""
    moment, told = dice.uniform(0.0, LONGEST), Told()
    home = Path(tempfile.mkdtemp(prefix="room-", dir=place))  # so that the one folder in it is this room's
    with _served(home) as (server, address):
        cookie, base, path = room_opened(address)
        headers = {"Cookie": cookie, "Origin": address.partition("/?")[0]}
        uri = f"ws://{headers['Origin'].partition('//')[2]}{base}{path}/talk"
        with connect(uri, additional_headers=headers, proxy=None, compression=None) as socket:
            hello = {"type": "hello", "page": "simulated", "epoch": 1, "rate": SAMPLE_RATE_HZ}
            for message in (hello, {"type": "begin"}):
                socket.send(json.dumps(message))
            _speak(socket, told, Candidate(dice), min(moment, ENDED_AFTER))
            if moment > ENDED_AFTER:
                told.ended = True
                socket.send(json.dumps({"type": "end"}))
                time.sleep(dice.uniform(0.0, CLOSING_SECONDS))
            _journalled(home, told)
            server.kill()
            told.folder = next((home / "sessions").glob("2*"), None)
            with suppress(ConnectionClosed):
                while _heard(socket, told, PATIENCE) is not None:
                    pass
    return told


def _journalled(home: Path, told: Told) -> None:
    """Add to what was `told` what the journal has by now."""
    for path in (home / "sessions").glob(f"2*/{log.NAME}"):
        events = log.scan(path).events
        told.finals += [event.text for event in events if isinstance(event, FinalHypothesis)]
        ended = [event.text for event in events if isinstance(event, TurnEnded)]
        # Who goes on after a turn's end sees captions begin anew: the turn that they are part of is whole.
        told.turns = ended + [text for text in told.turns if not any(text in one for one in ended)]


def _speak(socket: ClientConnection, told: Told, candidate: Candidate, until: float) -> None:
    """Send sound at SPEED until the session is `until` seconds old."""
    first = played = before = 0  # before: what was sent before anybody listened
    began = time.monotonic()
    while told.at < until and time.monotonic() - began < PATIENCE:
        sound = candidate.says(told.state)
        packet = Heard(epoch=1, first=first, played=played, samples=sound)
        socket.send(packets.heard_packet(packet))
        first += PACKET
        due = time.monotonic() + PACKET / SAMPLE_RATE_HZ / SPEED
        while (left := due - time.monotonic()) > 0 or first - before - played > AHEAD:
            heard = _heard(socket, told, left if left > 0 else LATE)
            if heard is None and left <= 0:
                break  # the server has not begun, or does not keep up
            if heard and not played:
                before = first - heard
            played = max(played, heard or 0)


def _heard(socket: ClientConnection, told: Told, seconds: float) -> int | None:
    """Take the next message; return up to where there is sound now, None if nothing came within `seconds`.

    Raises:
        ConnectionClosed: the server is gone.
    """
    try:
        message = socket.recv(seconds)
    except TimeoutError:
        return None
    if isinstance(message, bytes):
        _, place, sound = packets.spoken(message)
        return place + len(sound)
    told.take(json.loads(message))
    return 0


@contextmanager
def _served(home: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Run the server; yield it, and the address that it prints."""
    asked = [sys.executable, "-m", "benchmarks.killed_room"]
    environment = os.environ | {"VIVAVOCE_HOME": str(home)}
    pipe = subprocess.PIPE
    with subprocess.Popen(asked, cwd=ROOT, env=environment, stdout=pipe, text=True) as server:
        assert server.stdout is not None
        try:
            yield server, next(word for line in server.stdout for word in line.split() if "?token=" in word)
        finally:
            server.kill()


def room_opened(address: str) -> tuple[str, str, str]:
    """Open a room as the home page does; return the cookie, the path of this start and the room's."""
    where = re.fullmatch(r"http://([^/]+)(/\?token=.+)", address)
    assert where is not None
    with _asked(where[1], "GET", where[2], {}) as answer:
        cookie = answer.getheader("Set-Cookie", "").partition(";")[0]
        base = answer.getheader("Location", "").rstrip("/")
    headers = {
        "Cookie": cookie,
        "Origin": f"http://{where[1]}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    form = urlencode({"round": "behavioral", "persona": "dana", "minutes": "5"})
    with _asked(where[1], "POST", f"{base}/interview", headers, form) as answer:
        path = answer.getheader("Location", "")
    return cookie, base, path.removeprefix(base)


@contextmanager
def _asked(host: str, method: str, path: str, headers: dict[str, str], body: str = "") -> Iterator[Any]:
    connection = HTTPConnection(host, timeout=PATIENCE)
    try:
        connection.request(method, path, body, headers)
        yield connection.getresponse()
    finally:
        connection.close()


if __name__ == "__main__":
    serve()
