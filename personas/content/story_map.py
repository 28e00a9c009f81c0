"""The cues by which the fields of a story map are found in what somebody tells, as content checks."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from vivavoce.personas.content.content_checks import loaded
from vivavoce.transcripts.scoring.checks import Checks

FILES = ("beginning", "end", "themes")


@cache
def story_map() -> tuple[Checks, ...]:
    """Return the checks, each of which covers one of M01 to M07, or a theme."""
    return tuple(loaded(folder() / f"{name}.toml") for name in FILES)


def folder() -> Path:
    """Return where the files of the checks are."""
    return Path(str(files("vivavoce.personas.content"))) / "story_fields"
