"""What a stored report says, for the index: read with care, since anybody may have edited it."""

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from vivavoce.transcripts.journal import disk
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.report.glance import told_parts
from vivavoce.transcripts.scoring.assessment import Assessment
from vivavoce.transcripts.scoring.assessment_json import from_json
from vivavoce.transcripts.scoring.checks import STORY
from vivavoce.transcripts.scoring.rubric import SCORES
from vivavoce.transcripts.story.parts import LABELS

MOST = 1e9  # of any number in a report
MOST_REPORT = 50_000_000  # bytes


def stored(folder: Path) -> dict[str, Any]:
    """Return the stored report, empty if there is none that can be used."""
    path = folder / sessions.REPORT_JSON
    try:
        if path.stat().st_size > MOST_REPORT:
            return {}
        row = disk.loads(disk.read(path))
    except (OSError, ValueError):
        return {}
    usable = isinstance(row, dict) and isinstance(row.get("answers", []), list)
    return row if usable and isinstance(row.get("pacing", {}), dict) else {}


def assessments(folder: Path) -> dict[str, Assessment]:
    """Return what the stored report found in each answer, by its text; what cannot be used is left out."""
    found = {}
    for row in stored(folder).get("answers", []):
        with suppress(LookupError, TypeError, ValueError, AttributeError):
            text = str(row["answer"])
            found[text] = from_json(row, text)
    return found


def answer(session: str, place: int, row: Any) -> dict[str, Any]:
    """Return what is kept of one answer of a report; a part that is not as it should be is left out."""
    row = row if isinstance(row, dict) else {}
    scores, pacing, found = (row.get(key) or {} for key in ("scores", "pacing", "findings"))
    scores, pacing = (one if isinstance(one, dict) else {} for one in (scores, pacing))
    rows = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    gaps = [str(one.get("code")) for one in rows if one.get("kind") == "gap"]
    return {
        "session": session,
        "number": place,
        "question": str(row.get("question") or ""),
        "start": number(row.get("start")),
        "codes": json.dumps(gaps),
        "seconds": number(pacing.get("duration")),
        "wpm": number(pacing.get("speech_rate_wpm")),
        "told": json.dumps(_told(row) if scores and row.get("kind") == STORY else None),
        "parts": json.dumps(_parts(pacing.get("part_seconds"))),
        **{name: number(scores.get(name)) for name in SCORES},
    }


def _told(row: dict[str, Any]) -> list[str]:
    """Return which parts a story tells."""
    star = row.get("star")
    present = star.get("present") if isinstance(star, dict) else None
    return told_parts(present if isinstance(present, dict) else {})


def _parts(seconds: object) -> dict[str, float]:
    """Return how long each part of an answer took; empty where nobody knows."""
    given = seconds if isinstance(seconds, dict) else {}
    known = {label: number(given.get(label)) for label in LABELS}
    return {label: value for label, value in known.items() if value}


def number(value: object) -> float | None:
    """Return `value` if it is a finite number."""
    if not isinstance(value, int | float) or not abs(value) <= MOST:  # which no NaN is
        return None
    return float(value)


def mean(values: Sequence[float | None]) -> float | None:
    """Return the mean of those that are known; None if none is."""
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 2) if known else None
