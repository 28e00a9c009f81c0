"""Passwords of those who come from elsewhere: read from a file, kept as hashes, tried ever more slowly."""

import asyncio
import hashlib
import hmac
import math
import os
import re
import time
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from vivavoce.simulator.errors import SettingsError

SHORTEST, LONGEST = 12, 1024  # characters
OTHERS = 0o077  # what a file lets anybody but its owner do
COST = {"n": 2**14, "r": 8, "p": 1}  # 16 MB and some 50 ms a try
FREE = 5  # wrong ones in a row that only cost their computing
FIRST, SLOWEST = 1.0, 30.0  # seconds closed after one more; doubled with each
FORGIVEN = 600.0  # seconds without a try
TOLD = 10  # wrong ones in a row, and again after as many more
QUEUE = 50  # tries that wait for their turn; a class comes in at once
LARGEST, MOST_PEOPLE = 1_000_000, 100  # bytes of a file, and names in it
# No name that Windows keeps for a device: each becomes a folder.
LINE = re.compile(
    r"(?!(?:con|prn|aux|nul|(?:com|lpt)[0-9])[ \t]*+:)(?P<name>[a-z0-9][a-z0-9-]{0,39})[ \t]*+:(?P<text>.*)"
)
OTHERWISE = "write `name: password`, the name as in ana-2; or have one line alone, the password of all"
ONE_PERSON = re.compile(r"[a-z0-9-]{1,40}+[ \t]*+:[ \t]")  # begins a single line that is no password of all


@dataclass(frozen=True, slots=True)
class Password:
    """A password as scrypt made it: what was typed cannot be read from it."""

    salt: bytes = field(repr=False)
    made: bytes = field(repr=False)

    @classmethod
    def of(cls, text: str) -> "Password":
        """Return the password `text`, with a salt of its own."""
        salt = os.urandom(16)
        return cls(salt, _made(text, salt))

    def fits(self, text: str) -> bool:
        """Return whether `text` is it."""
        return len(text) <= LONGEST and hmac.compare_digest(_made(text, self.salt), self.made)


Passwords = Mapping[str, Password]  # by name; one of "" is everybody's


def read(path: Path) -> Passwords:
    """Return the passwords that stand in a file, which only its owner can read.

    It is one line with the password of all; or a line for each person, `name: password`, even for one alone.

    Raises:
        SettingsError: it cannot be read, others can read it, or one is no good password.
    """
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            raw = file.read(LARGEST)
        text = raw.decode().removeprefix("\ufeff")
    except OSError as error:
        raise SettingsError(f"cannot read the password file {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"the password file {path} is no text: write it in UTF-8") from None
    if os.name == "posix" and mode & OTHERS:
        raise SettingsError(f"others can read the password file {path}: chmod 600 {path}")
    numbered = enumerate(map(str.strip, text.splitlines()), start=1)
    lines = {number: line for number, line in numbered if line}
    first = next(iter(lines.values()), "")
    if len(lines) < 2 and not ONE_PERSON.match(first):
        return {"": _good(first, f"{path} must hold one line with a password of")}
    if len(lines) > MOST_PEOPLE:
        raise SettingsError(f"{path} has {len(lines):,} lines; {MOST_PEOPLE} people are the most")
    return _of_people(path, lines)


def _of_people(path: Path, lines: Mapping[int, str]) -> Passwords:
    found: dict[str, Password] = {}
    for number, line in lines.items():
        named = LINE.fullmatch(line)
        if not named or named["name"] in found:
            why = f"{named['name']} is there twice" if named else OTHERWISE
            raise SettingsError(f"{path}, line {number}: {why}")
        found[named["name"]] = _good(named["text"].strip(), f"{path}, line {number} must have a password of")
    return found


def _good(text: str, must: str) -> Password:
    if not SHORTEST <= len(text) <= LONGEST or not text.isprintable():
        raise SettingsError(f"{must} {SHORTEST} characters or more")
    return Password.of(text)


class Later(Exception):
    """Nothing is tried now; it may be in so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Tries:
    """Tries passwords, one at a time; after several wrong ones it is closed for a while, to everybody.

    Those who are in are not asked again, so nobody can be locked out by another's guesses. Who wants in has
    to wait, and `told` has a line for who runs the server.
    """

    def __init__(
        self, password: Password, told: Callable[[str], None], now: Callable[[], float] = time.monotonic
    ) -> None:
        self._password = password
        self._told = told
        self._now = now
        self._wrong = 0  # in a row
        self._last = self._opens = -math.inf
        self._waiting = 0
        self._turn = asyncio.Lock()

    async def fits(self, text: str) -> bool:
        """Return whether `text` is the password.

        Raises:
            Later: it was not tried.
        """
        if self._waiting >= QUEUE:
            raise Later(1)
        self._waiting += 1
        try:
            async with self._turn:
                return await self._tried(text)
        finally:
            self._waiting -= 1

    async def _tried(self, text: str) -> bool:
        now = self._now()
        if now < self._opens:
            raise Later(math.ceil(self._opens - now))
        if now - self._last > FORGIVEN:
            self._wrong = 0
        self._last = now
        if await asyncio.to_thread(self._password.fits, text):
            self._wrong = 0
            return True
        self._wrong += 1
        if self._wrong > FREE:
            doubled = min(self._wrong - FREE - 1, 10)
            self._opens = self._now() + min(SLOWEST, FIRST * 2**doubled)
        if self._wrong % TOLD == 0:
            self._told(f"{self._wrong} wrong passwords in a row: somebody may be guessing.")
        return False


def _made(text: str, salt: bytes) -> bytes:
    # The same letters come from different keyboards as different characters.
    return hashlib.scrypt(unicodedata.normalize("NFC", text).encode(), salt=salt, **COST)
