"""`vivavoce web`: the library and the review page in a browser, served from this machine to this machine."""

import secrets
import socket
import threading
import time
import webbrowser
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from vivavoce.simulator.engine.answer_reader import reader
from vivavoce.simulator.errors import SettingsError
from vivavoce.simulator.review import delete
from vivavoce.simulator.review.again import again as hear_again
from vivavoce.simulator.review.parcel import FORMS
from vivavoce.simulator.settings import load
from vivavoce.simulator.web import pages as views
from vivavoce.simulator.web.doorkeeper import Doorkeeper
from vivavoce.simulator.web.hear_again import Hearing
from vivavoce.transcripts.errors import TranscriptError
from vivavoce.transcripts.journal import notes, recording
from vivavoce.transcripts.library import sessions as library
from vivavoce.transcripts.library.index import Index
from vivavoce.transcripts.report.html_page import PARTS, STYLE
from vivavoce.transcripts.scoring.assessment import Reader

HERE = Path(__file__).parent
HOST = "127.0.0.1"
STALE = 2.0  # seconds after which the folders are looked at again


def serve(port: int, *, browser: bool) -> None:
    """Serve until Ctrl-C; print the address, and open it if a `browser` is wanted.

    Raises:
        SettingsError: the port is taken.
    """
    import uvicorn

    token = secrets.token_urlsafe(24)
    with socket.socket() as place:
        # On Windows SO_REUSEADDR would let another program take the port away.
        reuse = getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)
        place.setsockopt(socket.SOL_SOCKET, reuse, 1)
        try:
            place.bind((HOST, port))
        except OSError as error:
            raise SettingsError(
                f"port {port} cannot be used: {error.strerror}; choose another --port"
            ) from None
        own = place.getsockname()[1]
        address = f"http://{HOST}:{own}/?token={token}"
        print(f"{address}\nCtrl-C ends it.", flush=True)
        if browser:
            webbrowser.open(address)
        config = uvicorn.Config(
            application(own, token), log_level="warning", access_log=False, server_header=False, lifespan="on"
        )
        uvicorn.Server(config).run(sockets=[place])


def application(port: int, token: str) -> Doorkeeper:
    """Return the whole application, behind its doorkeeper."""
    from starlette.applications import Starlette
    from starlette.routing import Mount, Route
    from starlette.staticfiles import StaticFiles

    pages = Pages()
    routes = [
        Route("/", pages.library),
        Route("/report.css", pages.style),
        Route("/search", pages.search),
        Route("/progress", pages.progress),
        Route("/compare", pages.compare),
        Route("/session/{id}", pages.session),
        Route("/session/{id}/sound", pages.sound),
        Route("/session/{id}/delete", pages.delete, methods=["GET", "POST"]),
        Route("/session/{id}/notes", pages.notes, methods=["POST"]),
        Route("/session/{id}/again", pages.again, methods=["POST"]),
        Route("/session/{id}/as/{form}", pages.download),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    handlers: Any = {404: pages.missing, 405: pages.missing, TranscriptError: pages.unreadable}
    return Doorkeeper(Starlette(routes=routes, exception_handlers=handlers), port, token)


class Pages:
    """The pages; each takes a Starlette request and returns a response."""

    def __init__(self) -> None:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        self._fresh = Fresh()
        self._hearing = Hearing()
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(views.FILTERS)

    def library(self, request: Any) -> Any:
        """List the sessions."""
        asked = request.query_params
        with self._fresh.index() as index:
            return self._page("library.html", hearing=self._hearing, **views.library(index, asked))

    def search(self, request: Any) -> Any:
        """List the lines with certain words."""
        text = request.query_params.get("q", "")
        with self._fresh.index() as index:
            return self._page("search.html", query=text, hits=views.hits(index.search(text)))

    def progress(self, request: Any) -> Any:
        """Show how the scores went, and what keeps coming back."""
        with self._fresh.index() as index:
            return self._page("progress.html", **views.progress(index.answers()))

    def session(self, request: Any) -> Any:
        """Show one session."""
        folder = library.find_exactly(request.path_params["id"])
        return self._page("session.html", **views.session(folder, means))

    def compare(self, request: Any) -> Any:
        """Show two takes beside each other."""
        asked = request.query_params
        if not (asked.get("before") and asked.get("after")):
            choose = "Choose a first and a second take in the library."
            return self._page("problem.html", status=400, text=choose)
        before, after = (library.find_exactly(asked.get(key, "")) for key in ("before", "after"))
        return self._page("compare.html", **views.compare(before, after, means))

    def style(self, request: Any) -> Any:
        """Send the style of the report, which these pages begin with."""
        from starlette.responses import Response

        return Response(STYLE + PARTS, media_type="text/css")

    def sound(self, request: Any) -> Any:
        """Send the recording, or the range of it that is asked for."""
        from starlette.responses import FileResponse

        path = library.find_exactly(request.path_params["id"]) / recording.NAME
        if path.is_symlink() or not path.is_file():
            return self.missing(request, None)
        return FileResponse(path, media_type="audio/wav")

    def download(self, request: Any) -> Any:
        """Send a session in another form."""
        from starlette.responses import Response

        name = request.path_params["form"]
        if name not in FORMS:
            return self.missing(request, None)
        folder = library.find_exactly(request.path_params["id"])
        content = views.download(folder, FORMS[name], means, sound="sound" in request.query_params)
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(folder.name)}.{name}"}
        return Response(content, media_type=FORMS[name].media, headers=headers)

    async def notes(self, request: Any) -> Any:
        """Keep the user's own notes and star."""
        from starlette.concurrency import run_in_threadpool
        from starlette.responses import RedirectResponse

        folder = library.find_exactly(request.path_params["id"])
        given = await _form(request)
        await run_in_threadpool(notes.keep, folder, notes.Notes(given.get("text", ""), "star" in given))
        self._fresh.stale()
        return RedirectResponse(f"/session/{folder.name}#notes", status_code=303)

    async def again(self, request: Any) -> Any:
        """Have a session heard once more, with another model, while the page goes on."""
        from starlette.responses import RedirectResponse

        folder = library.find_exactly(request.path_params["id"])
        model = (await _form(request)).get("model", "")
        if model not in views.MODELS:
            return self._page("problem.html", status=400, text="There is no such model.")
        with_it = partial(hear_again, folder.name, load({"model": model}))
        if not self._hearing.start(folder.name, model, with_it):
            busy = "Another session is being heard again; wait for its end."
            return self._page("problem.html", status=409, text=busy)
        return RedirectResponse("/", status_code=303)

    async def delete(self, request: Any) -> Any:
        """Show what would go; delete it once that was confirmed."""
        from starlette.concurrency import run_in_threadpool
        from starlette.responses import RedirectResponse

        folder = library.find_exactly(request.path_params["id"])
        if request.method != "POST":
            return self._page("delete.html", id=folder.name, preview=delete.preview(folder))
        await run_in_threadpool(delete.delete, folder)
        return RedirectResponse("/", status_code=303)

    def missing(self, request: Any, error: Any) -> Any:
        """Say that there is no such page."""
        return self._page("problem.html", status=404, text="There is no such page.")

    def unreadable(self, request: Any, error: Any) -> Any:
        """Say what is wrong with a session."""
        return self._page("problem.html", status=404, text=str(error))

    def _page(self, name: str, status: int = 200, **values: Any) -> Any:
        from starlette.responses import HTMLResponse

        return HTMLResponse(self._templates.get_template(name).render(**values), status_code=status)


@cache
def means() -> Reader:
    """Return what answers are read with, once it is needed: most pages need only what is stored."""
    return reader()


class Fresh:
    """Opens the index and keeps it up to date without making anybody wait for thousands of folders.

    A session that came or went is seen at once; what changed within a folder, by the next request but one.
    """

    def __init__(self) -> None:
        self._seen = -1
        self._at = 0.0
        self._busy = threading.Lock()

    def index(self) -> Index:
        """Return the index; the caller closes it."""
        index = Index()
        seen = _changed_at(library.shelf())
        if seen != self._seen:
            self._at = time.monotonic()
            index.refresh()
            self._seen = seen
        elif time.monotonic() - self._at > STALE and self._busy.acquire(blocking=False):
            self._at = time.monotonic()
            threading.Thread(target=self._refresh, daemon=True).start()
        return index

    def stale(self) -> None:
        """Have the next page look at all folders first."""
        self._seen = -1

    def _refresh(self) -> None:
        try:
            with Index() as index:
                index.refresh()
        finally:
            self._busy.release()


def _changed_at(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


async def _form(request: Any) -> dict[str, str]:
    from urllib.parse import parse_qs

    body = (await request.body()).decode("utf-8", "replace")
    return {key: values[0] for key, values in parse_qs(body).items()}
