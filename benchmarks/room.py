"""How quick the interviewer is in a browser: `python -m benchmarks.room [--answers 12] [--model tiny.en]`.

A candidate speaks in a room's page in headless Chromium, in real time. The gap is from the end of their
speech to the first sound that the page plays, as heard in the page. Nothing else should run meanwhile.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

from benchmarks.in_browser import Candidate, begun, recording
from benchmarks.measure import publish
from vivavoce.audio.models.store import cache

ANSWERS = ("result", "redirected", "failure", "question")
PATIENCE = 60.0  # seconds for a line
CHROMIUM = ("--no-sandbox", "--autoplay-policy=no-user-gesture-required")


def main() -> None:
    """Measure, print, publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--answers", type=int, default=12)
    parser.add_argument("--model", default="tiny.en")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "models").symlink_to(cache())
        gaps = sorted(
            _gaps(given.answers, os.environ | {"VIVAVOCE_HOME": home, "VIVAVOCE_MODEL": given.model})
        )
    found = {"p50, s": round(gaps[len(gaps) // 2], 2), "p95, s": round(gaps[int(0.95 * (len(gaps) - 1))], 2)}
    publish(
        f"room-{given.model}", {"answers": len(gaps), **found, "gaps, s": [round(gap, 2) for gap in gaps]}
    )


def _gaps(answers: int, environment: dict[str, str]) -> Iterator[float]:
    """Yield the gap after each answer that was followed by a line."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("google-chrome")
    with _served(environment) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(CHROMIUM))
        page = browser.new_page()
        candidate = Candidate(page)
        page.goto(address)
        begun(page)
        candidate.told("state", PATIENCE, state="speaking")
        for name in islice(cycle(ANSWERS), answers):
            candidate.told("state", PATIENCE, state="open")
            page.wait_for_timeout(300)
            _, ended = candidate.say(recording(name))
            while candidate.speaking:
                page.wait_for_timeout(100)
            candidate.told("state", PATIENCE, state="speaking")
            page.wait_for_timeout(700)
            if (heard := candidate.heard_after(ended)) > 0:
                yield heard - ended
        browser.close()


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[str]:
    """Run `vivavoce web`; yield the address that it prints."""
    command = [str(Path(sys.executable).with_name("vivavoce")), "web", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as program:
        assert program.stdout is not None
        try:
            yield next(line.split()[-1] for line in program.stdout if "http://" in line)
        finally:
            program.terminate()


if __name__ == "__main__":
    main()
