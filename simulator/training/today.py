"""Which day it is where the person is."""

from datetime import date, datetime


def today() -> date:
    """Return the date of this machine's clock, in its own time zone."""
    return datetime.now().astimezone().date()
