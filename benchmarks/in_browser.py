"""A candidate in a room's page: a recording for a microphone, and an ear for the page's speaker."""

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vivavoce.audio.devices.sound_files import read
from vivavoce.audio.frame import SAMPLE_RATE_HZ, Samples, wav

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCRIPT = Path(__file__).with_name("candidate.js")
AUDIBLE = 0.02
POLL_MS = 50


class Candidate:
    """Who sits before `page`; to be made before the page is opened."""

    def __init__(self, page: "Page") -> None:
        self._page = page
        self._read = 0
        page.add_init_script(path=str(SCRIPT))

    def say(self, sound: Samples) -> tuple[float, float]:
        """Begin to say `sound`; return when its speech begins and ends, in seconds of the page's clock."""
        audible = np.flatnonzero(np.abs(sound) > AUDIBLE) / SAMPLE_RATE_HZ
        began = (
            self._page.evaluate("file => candidate.say(file)", base64.b64encode(wav(sound)).decode()) / 1000
        )
        return began + audible[0], began + audible[-1]

    def stop(self) -> None:
        """Fall silent."""
        self._page.evaluate("candidate.stop()")

    @property
    def speaking(self) -> bool:
        """Whether what was begun to be said is still being said."""
        return bool(self._page.evaluate("candidate.speaking"))

    def told(self, kind: str, seconds: float, **like: Any) -> dict[str, Any]:
        """Return the next message of the server's that is of this `kind` and like that.

        Raises:
            TimeoutError: none came within `seconds`.
        """
        for _ in range(int(seconds * 1000 / POLL_MS)):
            for message in self._page.evaluate("from => candidate.messages.slice(from)", self._read):
                self._read += 1
                if message["type"] == kind and like.items() <= message.items():
                    found: dict[str, Any] = message
                    return found
            self._page.wait_for_timeout(POLL_MS)
        raise TimeoutError(f"no {kind} {like}: {self._page.evaluate('candidate.messages')[-5:]}")

    def heard_after(self, moment: float) -> float:
        """Return when the page's sound first began after `moment`; 0 if it did not."""
        onsets = [at / 1000 for at in self._page.evaluate("candidate.onsets")]
        return min((at for at in onsets if at > moment), default=0.0)


def begun(page: "Page") -> None:
    """Go from the home page into a room, and begin there without the check."""
    page.get_by_role("link", name="Begin an interview").first.click()
    page.get_by_role("button", name="Go to the room").click()
    page.locator("[data-do=start]").first.click()
    page.locator("[data-do=skip]").click()


def recording(name: str) -> Samples:
    """Return one of the demo's, shape (n,)."""
    from importlib.resources import as_file, files

    with as_file(files("vivavoce.simulator.practice") / "recordings" / f"{name}.flac") as path:
        return read(path)
