"""How the library does with many sessions, and with a long one: `python -m benchmarks.library`.

Generated sessions of a few answers each, and one of 90 minutes. Timed: making the index from nothing, a first
page and searches through the whole application (without a network), and the page of the long session.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.measure import percentiles, publish
from benchmarks.report import session
from benchmarks.stories import answers
from vivavoce.audio.models.store import locate
from vivavoce.simulator.web.app import application
from vivavoce.simulator.web.doorkeeper import App, Message
from vivavoce.transcripts.events import to_json
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.session_json import Meta, write_meta
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.library.index import NAME, Index

PORT = 8321
MINUTES = 4  # of a generated session
SEARCHES = 40
PAGES = 20
SEED = 9


def main() -> None:
    """Measure, print, publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sessions", type=int, default=10_000)
    count = parser.parse_args().sessions
    with tempfile.TemporaryDirectory() as home:
        weights = locate("minilm").parent
        os.environ["VIVAVOCE_HOME"] = home
        (Path(home) / "models").symlink_to(weights)
        maker = multiprocessing.Process(target=_generated, args=(count,))  # whose memory does not count
        maker.start()
        maker.join()
        began = time.perf_counter()
        with Index() as index:
            index.refresh()
        rebuilt = time.perf_counter() - began
        size = (Path(home) / "cache" / NAME).stat().st_size / 1_000_000
        figures = _asked(count) | {"rebuild, seconds": round(rebuilt, 1), "index, MB": round(size, 1)}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    publish("library", {"sessions": count, **figures, "peak, MB": peak})


def _generated(count: int) -> None:
    """Make `count` session folders, and one of 90 minutes."""
    chance = random.Random(SEED)
    kinds = [[json.dumps(to_json(event)) for event in session(60 * MINUTES, seed)] for seed in range(200)]
    for number in range(count):
        date = f"20{20 + number // 3650:02}-{1 + number // 300 % 12:02}-{1 + number // 10 % 28:02}"
        folder = sessions.shelf() / f"{date}-{number % 10:02}{number % 60:02}-s{number}"
        folder.mkdir(parents=True)
        who = chance.choice(["Dana", "Marcus", "Robin"])
        write_meta(folder, Meta(started_at=f"{date}T10:00:00", title=f"take {number}", persona=who))
        rows = [row for row in chance.choice(kinds) if chance.random() > 0.03]
        (folder / log.NAME).write_text("\n".join(rows) + "\n", "utf-8")
    folder = sessions.shelf() / "2026-01-01-0000-long"
    folder.mkdir()
    write_meta(folder, Meta(title="long"))
    rows = [json.dumps(to_json(event)) for event in session(90 * 60, SEED)]
    (folder / log.NAME).write_text("\n".join(rows) + "\n", "utf-8")


def _asked(count: int) -> dict[str, Any]:
    """Return how long pages take that a browser asks for."""
    app = application(PORT)
    cookie = _get(app, "/?" + app.address(lambda: None).partition("?")[2], "")[0]["set-cookie"].split(";")[0]
    chance = random.Random(SEED)
    words = [word for one in answers() for text in one.texts for word in text.split() if word.isalpha()]

    def timed(path: Callable[[], str], times: int) -> dict[str, float]:
        took = []
        for _ in range(times):
            asked = path()
            began = time.perf_counter()
            _get(app, app.base + asked, cookie)
            took.append(1000 * (time.perf_counter() - began))
        return percentiles(took)

    timed(lambda: "/", 1)  # when what is told of the latest sessions is computed, and kept
    first = timed(lambda: "/", PAGES)
    search = timed(lambda: f"/search?q={chance.choice(words)}+{chance.choice(words)}", SEARCHES)
    sessions.finish(sessions.shelf() / "2026-01-01-0000-long", None)
    page = timed(lambda: "/session/2026-01-01-0000-long", 5)
    return {"first page, ms": first, "search, ms": search, "page of 90 minutes, ms": page}


def _get(app: App, path: str, cookie: str) -> tuple[dict[str, str], bytes]:
    plain, _, query = path.partition("?")
    headers = [(b"host", f"127.0.0.1:{PORT}".encode()), (b"cookie", cookie.encode())]
    scope = {"type": "http", "method": "GET", "path": plain, "raw_path": plain.encode(), "root_path": ""}
    scope |= {"query_string": query.encode(), "headers": headers, "scheme": "http", "http_version": "1.1"}
    sent: list[Message] = []

    asked = False

    async def receive() -> Message:
        nonlocal asked
        if asked:
            await asyncio.Event().wait()  # the window stays open while a page comes in pieces
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    async def called() -> None:
        await app(scope, receive, send)

    asyncio.run(called())
    if sent[0]["status"] not in (200, 303):
        raise SystemExit(f"{path}: status {sent[0]['status']}")
    told = {key.decode().lower(): value.decode() for key, value in sent[0]["headers"]}
    return told, b"".join(message.get("body", b"") for message in sent[1:])


if __name__ == "__main__":
    main()
