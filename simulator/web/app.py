"""`vivavoce web`: interviews, the library and the review page in a browser."""

import os
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from functools import cache, partial
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from vivavoce.personas.content.persona import PersonaError
from vivavoce.simulator.classroom.class_pages import TEACHERS, ClassPages
from vivavoce.simulator.classroom.handing_in import complete
from vivavoce.simulator.door.remote import Remote
from vivavoce.simulator.engine.answer_reader import reader
from vivavoce.simulator.errors import RequestError, SimulatorError
from vivavoce.simulator.review import delete
from vivavoce.simulator.review.again import again as hear_again
from vivavoce.simulator.review.export import FORMS
from vivavoce.simulator.settings import load
from vivavoce.simulator.web import pages as views
from vivavoce.simulator.web import server
from vivavoce.simulator.web.browser import opened
from vivavoce.simulator.web.doorkeeper import HOST, LEAVE, Doorkeeper
from vivavoce.simulator.web.interview_pages import InterviewPages, form_of
from vivavoce.simulator.web.notebook_pages import NotebookPages
from vivavoce.simulator.web.own import Own
from vivavoce.simulator.web.server import EVERYWHERE
from vivavoce.transcripts.errors import LibraryError, LongError, MissingError, TranscriptError
from vivavoce.transcripts.journal import notes, recording
from vivavoce.transcripts.journal.home import whose
from vivavoce.transcripts.library import sessions as library
from vivavoce.transcripts.report.html_page import PARTS, STYLE
from vivavoce.transcripts.scoring.assessment import Reader

HERE = Path(__file__).parent
UNUSABLE = (TranscriptError, SimulatorError, PersonaError)  # whose text is for the user
BELOW, END = "<!-- below -->", "</main>"  # in the templates: what may take a while begins there, and ends


def serve(port: int | None, *, browser: bool, remote: Remote | None = None) -> None:
    """Serve until a polite signal such as Ctrl-C; print an address, and open the browser if it is wanted.

    Raises:
        SettingsError: the port is taken.
    """
    complete(remote.people if remote else (), means)
    with server.listening(port, EVERYWHERE if remote and remote.certificate else HOST) as place:
        door = application(place.getsockname()[1], remote)
        server.run(door, place, _shown(door, browser=browser))
    if threading.active_count() > 1:  # a session is being heard again, which nobody waits for
        os._exit(0)  # Python's own end would abort native code


@contextmanager
def _shown(door: Doorkeeper, *, browser: bool) -> Iterator[None]:
    if door.remote is not None:
        knows = "has a name and a password" if door.remote.people else "knows the password"
        print(f"{door.remote.address}/ is open to whoever {knows}. Ctrl-C ends it.", flush=True)
        yield
        return
    print(door.address(partial(_told, door)))
    print("It opens one window; for another, a new one is printed then. Ctrl-C ends it.", flush=True)
    with opened(door) if browser else nullcontext():
        yield


def _told(door: Doorkeeper) -> None:
    """Print the next address; whoever read the last one may be gone."""
    with suppress(OSError):
        print(f"For another window: {door.address(partial(_told, door))}", flush=True)


def application(port: int, remote: Remote | None = None) -> Doorkeeper:
    """Return the whole application, behind its doorkeeper, below a path that this start alone has."""
    from starlette.applications import Starlette
    from starlette.routing import Mount, Route, WebSocketRoute
    from starlette.staticfiles import StaticFiles

    base = f"/{secrets.token_urlsafe(24)}"
    pages = Pages(base, remote)
    routes: list[Any] = [
        Route("/", pages.library),
        Route("/report.css", pages.style),
        Route("/plan", pages.notebook.plan),
        Route("/plan", pages.notebook.begin, methods=["POST"]),
        Route("/stories", pages.notebook.stories),
        Route("/stories/{name}", pages.notebook.story),
        Route("/claims", pages.notebook.claims),
        Route("/interview", pages.interviews.choose),
        Route("/interview", pages.interviews.begin, methods=["POST"]),
        Route("/interview/paper", pages.interviews.paper, methods=["POST"]),
        Route("/room/{key}", pages.interviews.room),
        WebSocketRoute("/room/{key}/talk", pages.interviews.talk),
        Route("/search", pages.search),
        Route("/progress", pages.progress),
        Route("/compare", pages.compare),
        Route("/session/{id}", pages.session),
        Route("/session/{id}/sound", pages.sound),
        Route("/session/{id}/delete", pages.delete, methods=["GET", "POST"]),
        Route("/session/{id}/notes", pages.notes, methods=["POST"]),
        Route("/session/{id}/again", pages.again, methods=["POST"]),
        Route("/session/{id}/hand-in", pages.classroom.hand_in, methods=["POST"]),
        Route("/session/{id}/as/{form}", pages.download),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    handlers: Any = {404: pages.missing, 405: pages.missing} | dict.fromkeys(UNUSABLE, pages.unusable)
    app = Starlette(routes=routes, exception_handlers=handlers, lifespan=pages.interviews.lifespan)
    less = Starlette(routes=[one for one in routes if one.path in TEACHERS], exception_handlers=handlers)
    return Doorkeeper(pages.classroom.apart(app, less), port, base, remote)


class Pages:
    """The pages below the path `base`; each takes a Starlette request and returns a response."""

    def __init__(self, base: str, remote: Remote | None) -> None:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
        from starlette.responses import JSONResponse

        self._base = base
        self._each: dict[str, Own] = {}
        self.classroom = ClassPages(remote.people if remote else (), self.led, means)
        self.notebook = NotebookPages(lambda: self._own, self._shown, self.led, self.classroom.is_teacher)
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(views.FILTERS)
        leave = base + LEAVE if remote else ""
        self._templates.globals.update(base=base, leave=leave, longest=notes.LONGEST, reading=False)
        self._templates.globals.update(teaches=self.classroom.is_teacher, handing=self.classroom.handing)
        self.interviews = InterviewPages(self.page, self.led, JSONResponse, self._heard)

    @property
    def _own(self) -> Own:
        """What is known of the library of whom is served."""
        return self._each.setdefault(whose(), Own())

    def _heard(self, text: str) -> None:
        """Take note, on a room's thread, of what is done with a session that is over."""
        self._own.hearing.told = text
        self._own.fresh.stale()

    def library(self, request: Any) -> Any:
        """Show what there is to practise today, and list the sessions."""
        return self.notebook.home(request)

    def search(self, request: Any) -> Any:
        """List the lines with certain words."""
        text = request.query_params.get("q", "")
        with self._own.fresh.index() as index:
            return self.page("search.html", query=text, hits=views.hits(index.search(text)))

    def progress(self, request: Any) -> Any:
        """Show how the scores went, and what keeps coming back."""
        with self._own.fresh.index() as index:
            return self.page("progress.html", **views.progress(index.answers()))

    def session(self, request: Any) -> Any:
        """Show one session."""
        one = views.opened(library.find_exactly(request.path_params["id"]))
        if one.whole:
            return self.page("session.html", **views.session(one))
        return self._in_pieces("session.html", views.head(one), lambda: views.session(views.read(one, means)))

    def compare(self, request: Any) -> Any:
        """Show two takes beside each other."""
        asked = request.query_params
        if not (asked.get("before") and asked.get("after")):
            choose = "Choose a first and a second take in the library."
            return self.page("problem.html", status=400, text=choose)
        before, after = (
            views.opened(library.find_exactly(asked.get(key, ""))) for key in ("before", "after")
        )
        top = views.takes(before, after)
        return self._in_pieces("compare.html", top, lambda: views.compare(before, after, means))

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

        name, given = request.path_params["id"], await form_of(request)
        own = notes.Notes(given.get("text", ""), "star" in given)
        try:
            await run_in_threadpool(notes.keep, library.find_exactly(name), own)
        except LibraryError as error:  # then the page has what was typed, which is nowhere else
            return self.page("unkept.html", _status(error), id=name, reason=str(error), own=own)
        self._own.fresh.stale()
        return self.led(f"/session/{name}#notes")

    async def again(self, request: Any) -> Any:
        """Have a session heard once more, with another model, while the page goes on."""
        folder = library.find_exactly(request.path_params["id"])
        model = (await form_of(request)).get("model", "")
        if model not in views.MODELS:
            return self.page("problem.html", status=400, text="There is no such model.")
        with_it = partial(hear_again, folder.name, load({"model": model}))
        in_turn = partial(self.interviews.rooms.when_quiet, with_it)
        if not self._own.hearing.start(folder.name, model, in_turn):
            busy = "Another session is being heard again; wait for its end."
            return self.page("problem.html", status=409, text=busy)
        return self.led("/")

    async def delete(self, request: Any) -> Any:
        """Show what would go; delete it once that was confirmed."""
        from starlette.concurrency import run_in_threadpool

        folder = library.find_exactly(request.path_params["id"])
        if request.method != "POST":
            return self.page("delete.html", id=folder.name, preview=delete.preview(folder))
        await run_in_threadpool(delete.delete, folder)
        return self.led("/")

    def missing(self, request: Any, error: Any) -> Any:
        """Say that there is no such page."""
        return self.page("problem.html", status=404, text="There is no such page.")

    def unusable(self, request: Any, error: Any) -> Any:
        """Say what cannot be found, read or written."""
        return self.page("problem.html", _status(error), text=str(error))

    def led(self, place: str) -> Any:
        """Lead on to a page of ours."""
        from starlette.responses import RedirectResponse

        return RedirectResponse(self._base + place, status_code=303)

    def _shown(
        self, name: str, top: dict[str, Any], rest: Callable[[], dict[str, Any]], *, known: bool
    ) -> Any:
        """Send a page whole if all of it is known, and else in pieces."""
        return self.page(name, **rest()) if known else self._in_pieces(name, top, rest)

    def _in_pieces(self, name: str, top: dict[str, Any], rest: Callable[[], dict[str, Any]]) -> Any:
        """Send the top of a page at once, and below it that answers are being read, until they are."""
        from starlette.responses import StreamingResponse

        page = self._templates.get_template(name)
        begun = page.render(reading=True, **top).partition(END)[0]

        def sent() -> Iterator[str]:
            yield begun
            try:
                yield page.render(**rest()).partition(BELOW)[2]
            except UNUSABLE as error:
                yield f'<p class="card gap" role="alert">{escape(str(error))}</p>{END}</body></html>'

        return StreamingResponse(sent(), media_type="text/html")

    def page(self, name: str, /, status: int = 200, **values: Any) -> Any:
        """Return a page made of the template `name`."""
        from starlette.responses import HTMLResponse

        return HTMLResponse(self._templates.get_template(name).render(**values), status_code=status)


def _status(error: Exception) -> int:
    """Return the status of an answer that says what `error` does."""
    of_the_request: dict[type[Exception], int] = {MissingError: 404, LongError: 413, RequestError: 422}
    return of_the_request.get(type(error), 500)


@cache
def means() -> Reader:
    """Return what answers are read with, once it is needed: most pages need only what is stored."""
    return reader()
