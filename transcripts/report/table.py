"""The figures of a session as a table for spreadsheets: one row an answer."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from vivavoce.transcripts.printable import line
from vivavoce.transcripts.report.json_report import pacing
from vivavoce.transcripts.report.report import Report
from vivavoce.transcripts.scoring import rubric
from vivavoce.transcripts.scoring.threads import Thread

PACE = ("duration", "speech_rate_wpm", "articulation_rate_wpm", "syllables_per_s", "filler_rate_per_min")
COLUMNS = ("question", "start", *PACE, "pauses", "long_pauses", "fillers", "judged", *rubric.SCORES, "gaps")
_FORMULA = ("=", "+", "-", "@")  # with which a spreadsheet takes a text for a formula


def sheet(report: Report) -> str:
    """Return `report` as CSV with COLUMNS; what is not known is empty."""
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(list(_row(thread)) for thread in report.threads)
    return file.getvalue()


def _row(thread: Thread) -> Iterator[Any]:
    found, pace = thread.assessment, pacing(thread.answers, thread.answers[0].start)
    yield _text(thread.question)
    yield round(thread.answers[0].start, 3) if thread.answers[0].timed else None
    yield from (pace[name] for name in PACE)
    heard = any(answer.words for answer in thread.answers)
    yield from (len(pace[name]) if heard else None for name in ("pauses", "long_pauses", "fillers"))
    yield "yes" if found.scores else "no"
    yield from ((found.scores or {}).get(name) for name in rubric.SCORES)
    yield _text(" ".join(one.code for one in found.findings if one.kind == rubric.GAP))


def _text(text: str) -> str:
    flat = line(text)
    return f"'{flat}" if flat.startswith(_FORMULA) else flat
