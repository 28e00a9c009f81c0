"""How a time in a recording is written."""

from vivavoce.transcripts.events import Seconds


def clock(at: Seconds) -> str:
    """Return `at` as mm:ss; minutes go on counting past the hour."""
    return f"{int(at) // 60:02}:{int(at) % 60:02}"
