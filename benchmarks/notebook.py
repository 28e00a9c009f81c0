"""How quick the notebook's pages are: `python -m benchmarks.notebook`.

Sessions of four minutes with their reports, every second of which tells one of two stories, and a plan. Each
page is asked for on a machine that has read nothing yet, and then again, through the whole application.
"""

import argparse
import os
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.library import MINUTES, PORT, _get
from benchmarks.measure import publish
from benchmarks.report import session
from vivavoce.audio.models.store import locate
from vivavoce.simulator.training.today import today
from vivavoce.simulator.web.app import application
from vivavoce.transcripts.bank.story_file import Draft, write_draft
from vivavoce.transcripts.events import Event
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.session_json import Meta, write_meta
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.training import plan_file
from vivavoce.transcripts.training.plan_file import PlanFile

NAMES = ("first", "second")
PAGES = ("/", "/plan", "/stories", f"/stories/{NAMES[0]}", "/claims")
KINDS = 20  # of sessions that differ
AGAIN = 5  # times that a page is asked for


def main() -> None:
    """Measure, print, publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sessions", type=int, default=200)
    count = parser.parse_args().sessions
    with tempfile.TemporaryDirectory() as home:
        weights = locate("minilm").parent
        os.environ["VIVAVOCE_HOME"] = home
        (Path(home) / "models").symlink_to(weights)
        _filled(count, today())
        found = _asked()
    publish("notebook", {"sessions": count, **found})


def _filled(count: int, day: date) -> None:
    """Hold `count` sessions, one a day until `day`, and make a plan and two stories."""
    kinds = [list(session(60 * MINUTES, seed)) for seed in range(KINDS)]
    for number in range(count):
        told = NAMES[number // 2 % 2] if number % 2 else ""
        _held(day - timedelta(count - number), kinds[number % KINDS], told)
    for name in NAMES:
        write_draft(Draft(name=name, title=name, fields={"problem": "It cost us 20 percent of a day."}))
    plan_file.write(PlanFile(interview=day + timedelta(4), started=day - timedelta(3)))


def _held(day: date, events: list[Event], story: str) -> None:
    folder = sessions.shelf() / f"{day}-1000-s"
    folder.mkdir(parents=True)
    write_meta(folder, Meta(started_at=f"{day}T10:00:00+01:00", round="behavioral", story=story))
    (folder / log.NAME).write_bytes(b"".join(map(log.to_line, events)))
    sessions.finish(folder)


def _asked() -> dict[str, Any]:
    """Return how long each page takes: at first, and again on another start of the program."""
    app = application(PORT)
    cookie = _entered(app)
    _get(app, f"{app.base}/search", cookie)  # makes the index, which is measured elsewhere
    first = {f"{page}, first, s": round(_timed(app, page, cookie), 2) for page in PAGES}
    app = application(PORT)
    cookie = _entered(app)
    started = {f"{page}, another start, s": round(_timed(app, page, cookie), 2) for page in PAGES}
    again = {
        f"{page}, again, s": round(min(_timed(app, page, cookie) for _ in range(AGAIN)), 2) for page in PAGES
    }
    return first | started | again


def _entered(app: Any) -> str:
    address = "/?" + app.address(lambda: None).partition("?")[2]
    return _get(app, address, "")[0]["set-cookie"].split(";")[0]


def _timed(app: Any, page: str, cookie: str) -> float:
    began = time.perf_counter()
    _get(app, app.base + page, cookie)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
