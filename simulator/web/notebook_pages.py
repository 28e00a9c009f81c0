"""The pages of the notebook: today, the stories, the claims and the plan.

What has to be computed first is computed while the top of a page is already read.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol

from vivavoce.simulator.errors import RequestError
from vivavoce.simulator.training import planning
from vivavoce.simulator.training.today import today
from vivavoce.simulator.web import notebook, story_book
from vivavoce.simulator.web import pages as views
from vivavoce.simulator.web.claim_list import claim_list, claims_of
from vivavoce.simulator.web.interview_pages import form_of
from vivavoce.simulator.web.own import Own
from vivavoce.simulator.web.session_facts import AT_ONCE, CLAIMED, HELD, TAKES_AT_ONCE, TOLD
from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.library.kept import Kept, Which
from vivavoce.transcripts.library.sessions import shelf
from vivavoce.transcripts.printable import line
from vivavoce.transcripts.training import plan_file

Values = dict[str, Any]
LONGEST_TITLE = 200  # characters of a job's
CLAIMS_OF = 500  # sessions, the latest, whose claims are held against each other


class Shows(Protocol):
    """How a template is sent."""

    def __call__(self, name: str, top: Values, rest: Callable[[], Values], *, known: bool) -> Any:
        """Send the `top` first, and what `rest` returns when it does; all at once if that is `known`."""


class NotebookPages:
    """Each page takes a Starlette request and returns a response."""

    def __init__(
        self, own: Callable[[], Own], shows: Shows, led: Callable[[str], Any], teaches: Callable[[], bool]
    ) -> None:
        """Show with `shows` what is known as `own`, lead on with `led`; who `teaches` practises nothing."""
        self._own, self._shows, self._led, self._teaches = own, shows, led, teaches

    def home(self, request: Any) -> Any:
        """Show today's practice, and below it what there is already."""
        day, asked = today(), request.query_params
        own = self._own()
        with own.fresh.index() as index:
            listed = views.library(index, asked, day)
            last = next(iter(index.own(1)), "")
        top = {"hearing": own.hearing, "day": notebook.named(day), "listing": _narrowed(asked), **listed}
        if top["listing"] or self._teaches():  # somebody looks for a session
            return self._shows("library.html", top, lambda: top, known=True)
        kept = Kept(HELD, notebook.counted())

        def rest() -> Values:
            kept.compute(AT_ONCE)
            held = notebook.in_order(kept.values.values())
            folder = shelf() / last if last else None
            return {**top, "to_read": kept.left, "now": notebook.today(held, day, folder)}

        return self._shows("library.html", top, rest, known=not kept.left)

    def plan(self, request: Any) -> Any:
        """Show the days before the interview."""
        self._own().fresh.index().close()
        kept, day = Kept(HELD, notebook.counted()), today()

        def rest() -> Values:
            kept.compute(AT_ONCE)
            return {"to_read": kept.left, **notebook.week_of(notebook.in_order(kept.values.values()), day)}

        return self._shows("plan.html", {}, rest, known=not kept.left)

    async def begin(self, request: Any) -> Any:
        """Begin the plan to the day that was chosen.

        Raises:
            RequestError: it is no day, it is past, or there is a plan.
        """
        form = await form_of(request)
        title = line(form.get("title", ""))[:LONGEST_TITLE]
        try:
            day = date.fromisoformat(form.get("interview", ""))
            await asyncio.to_thread(planning.begin, day, today(), round_=plan_file.LOOP, title=title)
        except ValueError:
            raise RequestError("choose the day of your interview, as in 2026-12-06") from None
        except LibraryError as error:
            raise RequestError(str(error)) from None
        return self._led("/plan")

    def stories(self, request: Any) -> Any:
        """Show all stories."""
        self._own().fresh.index().close()
        kept = Kept(TOLD, Which(stories=True))

        def rest() -> Values:
            kept.compute(TAKES_AT_ONCE)
            return {"to_read": kept.left, **story_book.book(kept.values)}

        return self._shows("stories.html", {}, rest, known=not kept.left)

    def story(self, request: Any) -> Any:
        """Show one story with its takes."""
        name = request.path_params["name"]
        top = story_book.top(name)
        self._own().fresh.index().close()
        told, claimed = Kept(TOLD, Which(stories=True)), Kept(CLAIMED, Which(latest=CLAIMS_OF))

        def rest() -> Values:
            told.compute(TAKES_AT_ONCE)
            claimed.compute(AT_ONCE)
            groups = claims_of(name, self._own().claims.found(claimed.values))
            to_read = max(told.left, claimed.left)
            return {**top, "to_read": to_read, **story_book.page_of(name, told.values), "claims": groups}

        known = not told.left and not claimed.left and self._own().claims.known(claimed.values)
        return self._shows("story.html", top, rest, known=known)

    def claims(self, request: Any) -> Any:
        """Show what is claimed in figures, and where it differs."""
        self._own().fresh.index().close()
        kept, claims = Kept(CLAIMED, Which(latest=CLAIMS_OF)), self._own().claims

        def rest() -> Values:
            kept.compute(AT_ONCE)
            return {
                "to_read": kept.left,
                "of": CLAIMS_OF,
                **claim_list(claims.found(kept.values)),
            }

        known = not kept.left and claims.known(kept.values)
        return self._shows("claims.html", {}, rest, known=known)


def _narrowed(asked: Mapping[str, str]) -> bool:
    """Whether the list of sessions was asked for: a page of it, or some of them alone."""
    return any(asked.get(key) for key in ("page", "round", "persona", "star"))
