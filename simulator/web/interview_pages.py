"""The pages before a room: what there is to choose, papers as they are handed in, and the way in."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import PurePath
from typing import Any
from urllib.parse import parse_qs

from vivavoce.personas.content.persona import PersonaError
from vivavoce.simulator.errors import DocumentError, SettingsError
from vivavoce.simulator.web import new_interview
from vivavoce.simulator.web.handed_in import MOST_BYTES, HandedIn
from vivavoce.simulator.web.new_interview import PAPERS, FormError, Opening
from vivavoce.transcripts.errors import TranscriptError
from vivavoce.transcripts.printable import line

OpenRoom = Callable[[Opening], str]
LONGEST_NAME = 80
USELESS = 422  # the status of a form that has to be mended


class InterviewPages:
    """Each page takes a Starlette request and returns a response."""

    def __init__(
        self,
        page: Callable[..., Any],
        led: Callable[[str], Any],
        told: Callable[..., Any],
        open_room: OpenRoom,
    ) -> None:
        """Show with `page`, lead on with `led`, answer a script with `told`, and open rooms."""
        self._page, self._led, self._told, self._open_room = page, led, told, open_room
        self.handed = HandedIn()

    async def choose(self, request: Any) -> Any:
        """Show what there is to choose; what the address names is chosen."""
        return await self._chosen(dict(request.query_params))

    async def begin(self, request: Any) -> Any:
        """Open the room that was asked for, or show what is wrong with what was typed."""
        form = await form_of(request)
        try:
            opening = await asyncio.to_thread(new_interview.wanted, form, self.handed)
            key = await asyncio.to_thread(self._open_room, opening)
        except (FormError, PersonaError, SettingsError, TranscriptError) as error:
            return await self._chosen(form, new_interview.unusable(error), USELESS)
        return self._led(f"/room/{key}")

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
        return self._page("interview.html", status=status, **values)


async def form_of(request: Any) -> dict[str, str]:
    """Return the fields of a form that was sent."""
    body = (await request.body()).decode("utf-8", "replace")
    # A form ends its lines as a typewriter does; a text is not longer for that.
    return {key: values[0].replace("\r\n", "\n") for key, values in parse_qs(body).items()}
