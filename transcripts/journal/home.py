"""Where the user's data lives."""

import os
from pathlib import Path


def home() -> Path:
    """Return the folder of all user data: $VIVAVOCE_HOME, or else the system's own place for it."""
    named = os.environ.get("VIVAVOCE_HOME")
    if named:
        return Path(os.path.expanduser(named))  # which, unlike Path, takes a ~ that is nobody's as it is
    from platformdirs import user_data_path

    return user_data_path("vivavoce", appauthor=False)
