"""The pages of the live room: where one begins, the room itself, and the socket of its sound."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from vivavoce.personas.content.persona import persona
from vivavoce.simulator.room.room import Asked
from vivavoce.simulator.room.rooms import Rooms

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from vivavoce.simulator.web.app import Pages


class RoomPages:
    """The rooms of this server, and their pages."""

    def __init__(self, pages: "Pages") -> None:
        self.rooms = Rooms()
        self._pages = pages

    @asynccontextmanager
    async def lifespan(self, app: Any) -> AsyncIterator[None]:
        """End the sessions in good order when the server ends."""
        from starlette.concurrency import run_in_threadpool

        yield
        await run_in_threadpool(self.rooms.close)

    def routes(self) -> "list[BaseRoute]":
        """Return where they are."""
        from starlette.routing import Route, WebSocketRoute

        return [
            Route("/room/{key}", self.room),
            WebSocketRoute("/room/{key}/talk", self.talk),
        ]

    def open(self, asked: Asked) -> str:
        """Open a room; return its path.

        Raises:
            RequestError: there are as many as this machine can hold.
        """
        return f"/room/{self.rooms.open(asked).key}"

    def room(self, request: Any) -> Any:
        """Show the room, or lead to the review of what was held in it."""
        room = self.rooms.find(request.path_params["key"])
        if room is None:
            return self._pages.missing(request, None)
        if room.result is not None:
            return self._pages.led(room.result["to"] or "/")
        wanted = room.asked.wanted
        return self._pages.page(
            "room.html",
            key=room.key,
            title=wanted.title or wanted.round,
            who=persona(wanted.persona).name,
            minutes=wanted.minutes,
            pad=room.asked.pad,
            captions=room.asked.settings.captions,
            under_way=room.under_way,
        )

    async def talk(self, socket: Any) -> None:
        """Carry the sound of a room."""
        from vivavoce.simulator.room.socket import talk

        await talk(socket, self.rooms)
