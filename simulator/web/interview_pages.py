"""The way to an interview: what there is to choose, papers as they are handed in, the room and its socket."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import PurePath
from typing import Any
from urllib.parse import parse_qs

from vivavoce.personas.content.persona import PersonaError, persona
from vivavoce.simulator.errors import DocumentError, RequestError, SettingsError
from vivavoce.simulator.live.missing_models import meaning, missing
from vivavoce.simulator.room.rooms import Rooms
from vivavoce.simulator.web import new_interview
from vivavoce.simulator.web.handed_in import MOST_BYTES, HandedIn
from vivavoce.simulator.web.new_interview import PAPERS, FormError
from vivavoce.transcripts.errors import TranscriptError
from vivavoce.transcripts.printable import line

LONGEST_NAME = 80
USELESS = 422  # the status of a form that has to be mended


class InterviewPages:
    """Each page takes a Starlette request and returns a response."""

    def __init__(
        self,
        page: Callable[..., Any],
        led: Callable[[str], Any],
        told: Callable[..., Any],
        heard: Callable[[str], None],
    ) -> None:
        """Show with `page`, lead on with `led`, answer a script with `told`.

        `heard` is told what is done with a session that is over.
        """
        self._page, self._led, self._told = page, led, told
        self.handed, self.rooms = HandedIn(), Rooms(tell=heard)

    @asynccontextmanager
    async def lifespan(self, app: Any) -> AsyncIterator[None]:
        """When the server ends, end the sessions in good order, and delete the papers."""
        yield
        await asyncio.to_thread(self.rooms.close)
        self.handed.close()

    def room(self, request: Any) -> Any:
        """Show the room, or lead to the review of what was held in it."""
        room = self.rooms.find(request.path_params["key"])
        if room is None or room.result is not None:
            return self._led("/" if room is None or room.result is None else room.result["to"] or "/")
        wanted = room.asked.wanted
        return self._page(
            "room.html",
            key=room.key,
            title=wanted.title or wanted.content().title,
            who=persona(wanted.persona).name,
            minutes=wanted.minutes,
            pad=room.asked.pad,
            captions=room.asked.settings.captions,
            under_way=room.under_way,
            fetches=meaning(lacking) if (lacking := missing(room.asked.settings)) else "",
        )

    async def talk(self, socket: Any) -> None:
        """Carry the sound of a room."""
        from vivavoce.simulator.room.socket import talk

        await talk(socket, self.rooms)

    async def choose(self, request: Any) -> Any:
        """Show what there is to choose; what the address names is chosen."""
        return await self._chosen(dict(request.query_params))

    async def begin(self, request: Any) -> Any:
        """Open the room that was asked for, or show what is wrong with what was typed."""
        form = await form_of(request)
        try:
            opening = await asyncio.to_thread(new_interview.wanted, form, self.handed)
            room = await asyncio.to_thread(self.rooms.open, opening)
        except (FormError, PersonaError, RequestError, SettingsError, TranscriptError) as error:
            return await self._chosen(form, new_interview.unusable(error), USELESS)
        return self._led(f"/room/{room.key}")

    async def paper(self, request: Any) -> Any:
        """Keep a paper, if it can be read, and say what was understood of it."""
        asked = request.query_params
        what, name = asked.get("what", ""), line(asked.get("name", ""))[:LONGEST_NAME]
        if what not in PAPERS:
            return self._told({"why": "There is no such paper."}, USELESS)
        content = await request.body()
        if len(content) > MOST_BYTES:
            return self._told({"why": "It is larger than 5 MB: save it smaller, or paste its text."}, USELESS)
        key = self.handed.keep(content, PurePath(name).suffix)
        path = str(self.handed.path(key))
        try:
            said = await asyncio.to_thread(new_interview.understood, what, path)
        except DocumentError as error:
            self.handed.forget(path)
            return self._told({"why": str(error)}, USELESS)
        return self._told({"key": key, "said": said})

    async def _chosen(
        self, form: Mapping[str, str], mistakes: Mapping[str, str] | None = None, status: int = 200
    ) -> Any:
        values = await asyncio.to_thread(partial(new_interview.choices, form, mistakes or {}))
        own = self.rooms.own()
        return self._page("interview.html", status=status, goes_on=own.key if own else "", **values)


async def form_of(request: Any) -> dict[str, str]:
    """Return the fields of a form that was sent."""
    body = (await request.body()).decode("utf-8", "replace")
    # A form ends its lines as a typewriter does; a text is not longer for that.
    return {key: values[0].replace("\r\n", "\n") for key, values in parse_qs(body).items()}
