"""The report as one HTML file: no script, nothing to load; for light and dark, for paper, and read aloud."""

from collections.abc import Iterator
from html import escape
from importlib.resources import files
from pathlib import Path

from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.journal import disk
from vivavoce.transcripts.printable import printable
from vivavoce.transcripts.report.chart import LABELS, chart, moments
from vivavoce.transcripts.report.pacing_lines import measures
from vivavoce.transcripts.report.report import Report, facts, title
from vivavoce.transcripts.report.score_lines import lead, opinion, scores, told, when
from vivavoce.transcripts.scoring.assessment import Assessment, Finding
from vivavoce.transcripts.scoring.checks import STORY
from vivavoce.transcripts.scoring.threads import Thread
from vivavoce.transcripts.timestamps import clock

STYLE = (files("vivavoce.transcripts.report") / "page.css").read_text("utf-8")
PARTS = "".join(f".{label} {{ --part: var(--{label}); }}\n" for label in LABELS)


def write(path: Path, report: Report) -> None:
    """Write `report` to `path`, all of it or nothing.

    Raises:
        LibraryError: the file cannot be written.
    """
    disk.replace(path, page(report).encode("utf-8", "replace"))


def page(report: Report, recording: str | None = None) -> str:
    """Return `report` as a whole HTML document; `recording` is the address of its sound, to be played."""
    name = escape(title(report.meta))
    body = [f"<h1>{name}</h1>", f'<p class="soft">{escape(facts(report))}</p>', *_tips(report)]
    if recording:
        body.append(f'<p><audio controls preload="none" src="{escape(recording)}"></audio></p>')
    if report.timed:
        body += ["<h2>The whole of it, on one line</h2>", chart(report), *_key(), *_table(report)]
    for thread in report.threads:
        body += _thread(thread, report.typical_wpm)
    if report.notes:
        body += ["<h2>Notes</h2>", "<ul>", *(f"<li>{escape(note)}</li>" for note in report.notes), "</ul>"]
    whole = "\n".join(body)
    return printable(
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{name}</title>\n'
        f"<style>{STYLE}{PARTS}</style>\n</head>\n<body>\n<main>\n{whole}\n</main>\n</body>\n</html>\n"
    )


def _tips(report: Report) -> Iterator[str]:
    yield '<section class="card"><h2>To try next</h2>'
    if report.recognition.why_not_judged:
        yield f"<p>Not enough to judge: {escape(report.recognition.why_not_judged)}.</p>"
    elif not report.advice:
        yield "<p>Nothing that was measured stands out.</p>"
    else:
        yield "<ol>"
        for tip in report.advice:
            yield f"<li>{escape(tip.text)}<br><q>{escape(tip.quote)}</q>{_at(tip.at)}</li>"
        yield "</ol>"
    yield "</section>"


def _key() -> Iterator[str]:
    yield '<p class="key">' + "".join(f'<span class="{label}">{label}</span>' for label in LABELS) + "</p>"


def _table(report: Report) -> Iterator[str]:
    """Yield the chart's events as a table, for those who do not see it."""
    rows = moments(report)
    if not rows:
        return
    yield "<details><summary>The same as a list</summary><table><tr><th>Time</th><th>What</th></tr>"
    yield from (f"<tr><td>{clock(at)}</td><td>{escape(what)}</td></tr>" for at, what in rows)
    yield "</table></details>"


def _thread(thread: Thread, typical: tuple[float, float]) -> Iterator[str]:
    for place, answer in enumerate(thread.answers):
        level = "h3" if place else "h2"
        yield f"<{level}>{escape(' '.join(answer.question.text.split()) or 'Your answer')}</{level}>"
        lines = "".join(f"<li>{escape(line)}</li>" for line in measures(answer, typical))
        yield f'<ul class="soft">{lines}</ul>' if lines else ""
    found = thread.assessment
    if not found.text.strip():
        yield "<p class='soft'>Nothing was heard.</p>"
        return
    yield f'<section class="card"><p>{_marked(found)}</p>'
    if found.scores is None:
        yield f"<p>Not enough to judge: {escape(found.why_not)}.</p></section>"
        return
    yield f'<p class="scores">{escape(scores(found))}</p><ul>'
    yield from (_finding(found, one) for one in found.findings)
    for one in thread.opinion:
        yield f"<li>{escape(f'{opinion(one)}: {told(found, one)}{when(one.at)}')}</li>"
    yield "</ul></section>"


def _finding(found: Assessment, one: Finding) -> str:
    what = escape(lead(one).replace("*", "").rstrip(": "))
    said = f"<q>{escape(' '.join(found.quote(one).split()))}</q>{_at(one.at)}"
    return f'<li><strong class="{one.kind}">{what}.</strong> {escape(one.message)} {said}</li>'


def _at(at: Seconds | None) -> str:
    return "" if at is None else f" <span class='soft'>{clock(at)}</span>"


def _marked(found: Assessment) -> str:
    """Return the answer with each part underlined in its colour and named for those who hear it."""
    if found.kind != STORY:
        return escape(found.text)
    return " ".join(
        f'<mark class="{one.label}" title="{one.label}">{escape(found.quote(one).strip())}</mark>'
        for one in found.segments
    )
