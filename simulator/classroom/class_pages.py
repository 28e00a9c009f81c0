"""The pages of a class: who may hand in, what the teacher finds, and where the teacher has no business."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import Any

from vivavoce.simulator.classroom.handing_in import TEACHER, hand_in, handed_in, take_back
from vivavoce.transcripts.journal.home import whose
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.scoring.assessment import Reader

App = Callable[[Any, Any, Any], Awaitable[None]]

# Where the teacher may go; the rest is for practice.
TEACHERS = frozenset(
    f"/{path}"
    for path in (
        "",
        "report.css",
        "search",
        "compare",
        "session/{id}",
        "session/{id}/sound",
        "session/{id}/delete",
        "session/{id}/notes",
        "session/{id}/as/{form}",
        "static",
    )
)


class ClassPages:
    """What is different where several people have a library each; nothing is where there is one alone."""

    def __init__(
        self, names: Collection[str], led: Callable[[str], Any], reader: Callable[[], Reader]
    ) -> None:
        """Serve the people called `names`; lead on with `led`, read what is handed in with `reader`."""
        self._has_teacher = TEACHER in names
        self._led, self._reader = led, reader
        self._turn = asyncio.Lock()

    def is_teacher(self) -> bool:
        """Return whether the teacher is served."""
        return self._has_teacher and whose() == TEACHER

    def handing(self, name: str) -> str:
        """Return whether the session called `name` is "in" or "out", "" if nobody is there to give it to."""
        if not self._has_teacher or self.is_teacher():
            return ""
        return "in" if handed_in(name) else "out"

    def apart(self, everybodys: App, teachers: App) -> App:
        """Return an application that is one of the two, for whoever is served."""

        async def served(scope: Any, receive: Any, send: Any) -> None:
            await (teachers if self.is_teacher() else everybodys)(scope, receive, send)

        return served

    async def hand_in(self, request: Any) -> Any:
        """Give the teacher a copy of a session, or take it back."""
        folder = sessions.find_exactly(request.path_params["id"])
        if self.handing(folder.name):
            async with self._turn:  # a second click would make a second copy
                if "back" in request.query_params:
                    await asyncio.to_thread(take_back, folder.name)
                else:
                    await asyncio.to_thread(hand_in, folder, self._reader)
        return self._led(f"/session/{folder.name}#handing-in")
