"""Where the user's data lives."""

import os
from pathlib import Path

from vivavoce.transcripts.errors import LibraryError


def home() -> Path:
    """Return the folder of all user data: $VIVAVOCE_HOME, or else the system's own place for it.

    Raises:
        LibraryError: it is, or lies below, what is no folder.
    """
    place = _named()
    nearest = next((one for one in (place, *place.parents) if os.path.lexists(one)), Path())
    if not nearest.is_dir():
        raise LibraryError(
            f"your data cannot lie in {place}: {nearest} is no folder; set VIVAVOCE_HOME elsewhere"
        )
    return place


def _named() -> Path:
    named = os.environ.get("VIVAVOCE_HOME")
    if named:
        return Path(os.path.expanduser(named))  # which, unlike Path, takes a ~ that is nobody's as it is
    from platformdirs import user_data_path

    return user_data_path("vivavoce", appauthor=False)
