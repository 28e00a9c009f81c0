"""Which day it is where the person is."""

from datetime import date

from vivavoce.transcripts.library import sessions


def today() -> date:
    """Return the date of this machine's clock, in its own time zone.

    Raises:
        LibraryError: the time zone is none.
    """
    return sessions.now().date()
