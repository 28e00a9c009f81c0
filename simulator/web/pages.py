"""What the pages of the library show: plain values for the templates."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from vivavoce.simulator.review.covered import covered, papers, says_more
from vivavoce.simulator.review.export import Form, address, forms, leaving
from vivavoce.simulator.review.session_report import reported
from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.events import Event, Seconds, SessionEnded
from vivavoce.transcripts.journal import disk, notes, recording
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.library.compare import compare as compared
from vivavoce.transcripts.library.index import MARKS, Hit, Index, Row
from vivavoce.transcripts.library.practice import often, practice, since
from vivavoce.transcripts.library.sessions import REPORT_JSON, running, shelf
from vivavoce.transcripts.library.stored_report import assessments
from vivavoce.transcripts.report.change_lines import card
from vivavoce.transcripts.report.chart import LABELS, chart, moments
from vivavoce.transcripts.report.first_screen import bar, first_screen
from vivavoce.transcripts.report.glance import asked
from vivavoce.transcripts.report.html_page import verdict
from vivavoce.transcripts.report.json_report import to_json
from vivavoce.transcripts.report.pacing_lines import measures, times
from vivavoce.transcripts.report.report import Report, facts, title
from vivavoce.transcripts.report.score_lines import lead, scores, unscored
from vivavoce.transcripts.scoring import rubric
from vivavoce.transcripts.scoring.assessment import Assessment, Reader
from vivavoce.transcripts.scoring.threads import Thread
from vivavoce.transcripts.talk.turns import Turn, turns
from vivavoce.transcripts.timestamps import clock

PER_PAGE = 50
DRILLS = 5
LATEST_SESSIONS = 30  # whose answers say what was practised
FEWEST_SCORES = 3  # answers that make a line
MODELS = ("tiny.en", "base")  # with which a session may be heard again

FILTERS = {
    "clock": lambda seconds: clock(Seconds(seconds or 0.0)),
    "day": lambda text: text[:16].replace("T", " "),
}


def library(index: Index, asked: Mapping[str, str], today: date) -> dict[str, Any]:
    """Return a page of the list of sessions, with what it can be narrowed by, and what was practised."""
    chosen = {key: asked.get(key, "") for key in ("round", "persona", "star")}
    number = asked.get("page", "1")
    place = int(number) if number.isascii() and number.isdecimal() and len(number) < 7 else 1
    rows = index.sessions(
        round_=chosen["round"],
        persona=chosen["persona"],
        starred=bool(chosen["star"]),
        limit=PER_PAGE + 1,
        offset=PER_PAGE * (max(place, 1) - 1),
    )
    latest = index.answers(*own) if (own := index.own(LATEST_SESSIONS)) else []
    done = practice(index.held(since(today)), latest, today)
    return {
        "practice": done,
        "often": often(done),
        "drills": drills(latest)[:1],
        "names": {row.id: _named(row) for row in rows},
        "bars": _bars(index, [row.id for row in rows[:PER_PAGE]]),
        "rows": rows[:PER_PAGE],
        "running": {row.id for row in rows[:PER_PAGE] if not row.finished and running(shelf() / row.id)},
        "more": len(rows) > PER_PAGE,
        "page": max(place, 1),
        "count": index.count(),
        "chosen": chosen,
        "rounds": index.values("round"),
        "personas": index.values("persona"),
    }


def hits(found: Sequence[Hit]) -> list[dict[str, Any]]:
    """Return hits with their snippets in pieces: (text, whether it was searched for)."""
    return [
        {
            "session": hit.session,
            "title": hit.title or hit.session,
            "at": hit.at,
            "speaker": hit.speaker,
            "pieces": list(_pieces(hit.snippet)),
        }
        for hit in found
    ]


def progress(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what keeps coming back, the takes of what was asked more than once, and each score over time."""
    judged = [row for row in rows if row["overall"] is not None]
    by_question: dict[str, list[Mapping[str, Any]]] = {}
    for row in judged:
        by_question.setdefault(row["question"], []).append(row)
    again = [{"question": text, "takes": _takes(many)} for text, many in by_question.items() if len(many) > 1]
    return {
        "judged": judged,
        "lines": [_line(name, judged) for name in rubric.SCORES] if _in_time(judged) else [],
        "drills": drills(judged),
        "again": again,
        "labels": LABELS,
    }


def _in_time(rows: Sequence[Mapping[str, Any]]) -> bool:
    return len(rows) >= FEWEST_SCORES and len({row["session"] for row in rows}) > 1


def drills(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what was found in more than one of the last judged answers, the most frequent first."""
    recent = [row for row in rows if row["overall"] is not None][-10:]
    counts = Counter(code for row in recent for code in set(row["codes"]) if code in rubric.RULES)
    return [
        {"message": rubric.RULES[code].message, "count": count, "of": len(recent)}
        for code, count in counts.most_common(DRILLS)
        if count > 1
    ]


def _named(row: Row) -> str:
    return (
        title(Meta(title=row.title, round=row.round, persona=row.persona))
        if row.round
        else row.title or row.id
    )


def _takes(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the takes of a question, each with its parts as a bar, as long beside the others as it was."""
    longest = max(sum(row["parts"].values()) for row in rows)
    return [
        dict(row) | {"bar": bar(list(row["parts"].items()), longest) if row["parts"] else ""} for row in rows
    ]


def _bars(index: Index, names: Sequence[str]) -> dict[str, str]:
    """Return what the sessions were made of, as bars, by name; those of which it is known."""
    parts: dict[str, Counter[str]] = {}
    for row in index.answers(*names) if names else []:
        parts.setdefault(row["session"], Counter()).update(row["parts"])
    return {
        name: bar([(one, total[one]) for one in LABELS if total[one]])
        for name, total in parts.items()
        if total
    }


@dataclass(frozen=True, slots=True)
class Opened:
    """A session: its events, and its report from what is stored; `whole` if all answers are judged there."""

    folder: Path
    events: Sequence[Event]
    report: Report
    whole: bool


def opened(folder: Path) -> Opened:
    """Return the session in `folder`, without reading its answers: that takes seconds.

    Raises:
        TranscriptError: it cannot be read.
    """
    stored = assessments(folder)
    events, made = reported(folder, Reader(stored=stored))
    whole = all(one.assessment.text in stored or not one.assessment.text for one in made.threads)
    return Opened(folder, events, made, whole)


def read(one: Opened, means: Callable[[], Reader]) -> Opened:
    """Return a session with all of its answers read; what was found is stored."""
    if one.whole:
        return one
    events, made = reported(one.folder, replace(means(), stored=assessments(one.folder)))
    if any(isinstance(event, SessionEnded) for event in events):
        with suppress(LibraryError):  # then it is computed again the next time
            disk.replace(one.folder / REPORT_JSON, json.dumps(to_json(made)).encode())
    return Opened(one.folder, events, made, whole=True)


def head(one: Opened) -> dict[str, Any]:
    """Return what the top of a session's page shows."""
    return {
        "id": one.folder.name,
        "title": title(one.report.meta),
        "facts": facts(one.report),
        "own": notes.read(one.folder),
    }


def session(one: Opened) -> dict[str, Any]:
    """Return all that the page of one session shows."""
    folder, events, made = one.folder, one.events, one.report
    has_sound = (folder / recording.NAME).is_file()
    rounds = covered(made)
    return {
        **head(one),
        "rounds": rounds if says_more(rounds) else [],
        "papers": papers(made.meta),
        "length": made.length,
        "has_sound": has_sound,
        "typed": made.typed,
        "chart": chart(made) if made.timed else "",
        "labels": LABELS,
        "first_screen": first_screen(made, playable=has_sound),
        "turns": [_turn(one) for one in turns(events)],
        "threads": [_thread(one, made.typical_wpm) for one in made.threads],
        "changes": "".join(card(made.changes)),
        "marks": moments(made),
        "notes": made.notes,
        "forms": forms(made),
        "model": made.recognition.model,
        "others": [name for name in MODELS if name != made.recognition.model],
    }


def compare(before: Opened, after: Opened, means: Callable[[], Reader]) -> dict[str, Any]:
    """Return two takes beside each other."""
    one, other = (read(take, means).report for take in (before, after))
    return {**takes(before, after), "answers": compared(one, other, means())}


def takes(before: Opened, after: Opened) -> dict[str, Any]:
    """Return what the top of a comparison shows."""
    return {"before": _take(before), "after": _take(after)}


def _take(one: Opened) -> dict[str, Any]:
    sound = one.folder / recording.NAME
    return {"id": one.folder.name, "title": title(one.report.meta), "has_sound": sound.is_file()}


def download(folder: Path, form: Form, means: Callable[[], Reader], *, sound: bool) -> str:
    """Return a session in a `form`; with `sound` the HTML page holds the recording, and plays it."""
    one = read(opened(folder), means)
    return form.write(one.events, leaving(one.report), address(folder / recording.NAME) if sound else None)


def _turn(turn: Turn) -> dict[str, Any]:
    return {
        "speaker": turn.speaker,
        "start": round(turn.start, 3) if turn.timed else None,
        "text": turn.text,
        "interrupted": turn.interrupted,
        "words": [(word.text, round(word.start, 3), round(word.end, 3), word.filler) for word in turn.words],
    }


def _thread(thread: Thread, typical: tuple[float, float]) -> dict[str, Any]:
    found = thread.assessment
    return {
        "question": asked(thread.question),
        "verdict": verdict(thread),
        "why_not": found.why_not and unscored(found.why_not),
        "scores": scores(found),
        "measures": [line for answer in thread.answers for line in measures(answer, typical)],
        "times": list(times(thread)),
        "findings": [_finding(found, one) for one in found.findings],
    }


def _finding(found: Assessment, one: Any) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "lead": lead(one).replace("*", "").rstrip(": "),
        "message": one.message,
        "quote": " ".join(found.quote(one).split()),
        "at": one.at,
    }


def _pieces(snippet: str) -> Iterator[tuple[str, bool]]:
    for number, part in enumerate(snippet.split(MARKS[0])):
        hit, found, rest = part.partition(MARKS[1]) if number else ("", "", part)
        if found:
            yield hit, True
        yield rest, False


def _line(name: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the points of a small chart, 100 wide and 40 high, of one score over time."""
    values = [float(row[name]) for row in rows if row[name] is not None]
    step = 96 / max(1, len(values) - 1)
    points = " ".join(f"{2 + step * n:.1f},{38 - 9 * (value - 1):.1f}" for n, value in enumerate(values))
    return {"name": name, "points": points, "count": len(values)}
