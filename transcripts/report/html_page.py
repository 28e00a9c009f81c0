"""The report as one HTML file: no script, nothing to load; for light and dark, for paper, and read aloud.

What matters is on the first screen; the rest unfolds. The page forbids itself everything but its own style
and the recording that it may hold.
"""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import Path

from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.journal import disk
from vivavoce.transcripts.printable import printable
from vivavoce.transcripts.report.change_lines import card
from vivavoce.transcripts.report.chart import LABELS, chart, moments
from vivavoce.transcripts.report.first_screen import bar, first_screen
from vivavoce.transcripts.report.glance import asked, is_story, runs
from vivavoce.transcripts.report.pacing_lines import measures, times
from vivavoce.transcripts.report.report import Report, facts, title
from vivavoce.transcripts.report.score_lines import lead, opinion, scores, told, unscored, when
from vivavoce.transcripts.scoring import rubric
from vivavoce.transcripts.scoring.assessment import Assessment, Finding
from vivavoce.transcripts.scoring.checks import STORY
from vivavoce.transcripts.scoring.threads import Thread
from vivavoce.transcripts.timestamps import clock

STYLE = (files("vivavoce.transcripts.report") / "page.css").read_text("utf-8")
PARTS = "".join(f".{label} {{ --part: var(--{label}); }}\n" for label in LABELS)
SUM = b64encode(sha256(f"{STYLE}{PARTS}".encode()).digest()).decode()
ALLOWED = (
    f"default-src 'none'; style-src 'sha256-{SUM}'; media-src data:; base-uri 'none'; form-action 'none'"
)


def write(path: Path, report: Report) -> None:
    """Write `report` to `path`, all of it or nothing.

    Raises:
        LibraryError: the file cannot be written.
    """
    disk.replace(path, page(report).encode("utf-8", "replace"))


def page(report: Report, recording: str | None = None) -> str:
    """Return `report` as a whole HTML document; `recording` is the address of its sound, to be played."""
    name = escape(title(report.meta))
    body = [f"<h1>{name}</h1>", f'<p class="soft">{escape(facts(report))}</p>', first_screen(report)]
    if recording:
        body.append(f'<p><audio controls preload="none" src="{escape(recording)}"></audio></p>')
    for number, thread in enumerate(report.threads, start=1):
        body += _thread(number, thread, report.typical_wpm)
    if report.timed:
        body += [
            *_unfolds("The whole of it, on one line"),
            chart(report),
            *_key(),
            *_table(report),
            "</details>",
        ]
    body += card(report.changes)
    if report.wrote:
        body += [*_unfolds("What you wrote"), f"<pre>{escape(report.wrote)}</pre>", "</details>"]
    if report.notes:
        body += ["<h2>Notes</h2>", "<ul>", *(f"<li>{escape(note)}</li>" for note in report.notes), "</ul>"]
    whole = "\n".join(body)
    return printable(
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{ALLOWED}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{name}</title>\n'
        f"<style>{STYLE}{PARTS}</style>\n</head>\n<body>\n<main>\n{whole}\n</main>\n</body>\n</html>\n"
    )


def _unfolds(heading: str, more: str = "") -> Iterator[str]:
    yield f'<details class="card"><summary><h2>{heading}</h2>{more}</summary>'


def _key() -> Iterator[str]:
    yield '<p class="key">' + "".join(f'<span class="{label}">{label}</span>' for label in LABELS) + "</p>"


def _table(report: Report) -> Iterator[str]:
    """Yield the chart's events as a table, for those who do not see it."""
    rows = moments(report)
    if not rows:
        return
    yield "<h3>The same as a list</h3><table><tr><th>Time</th><th>What</th></tr>"
    yield from (f"<tr><td>{clock(at)}</td><td>{escape(what)}</td></tr>" for at, what in rows)
    yield "</table>"


def _thread(number: int, thread: Thread, typical: tuple[float, float]) -> Iterator[str]:
    found = thread.assessment
    yield from _unfolds(f"{number}. {escape(asked(thread.question))}", verdict(thread))
    for place, answer in enumerate(thread.answers):
        whole = " ".join(answer.question.text.split())
        if place or whole != asked(whole):
            yield f"<h3>{escape(whole)}</h3>"
        rows = "".join(f"<li>{escape(line)}</li>" for line in measures(answer, typical))
        yield f'<ul class="soft">{rows}</ul>' if rows else ""
        yield "" if answer in thread.told else f'<p class="soft">{escape(answer.text)}</p>'
    if not found.text.strip():
        heard = any(answer.text for answer in thread.answers)
        yield "</details>" if heard else "<p class='soft'>Nothing was heard.</p></details>"
        return
    yield f"<p>{_marked(found)}</p>"
    if found.scores is not None or found.findings:
        yield from (f'<p class="soft">{escape(line)}</p>' for line in times(thread))
        yield f'<p class="scores">{escape(scores(found))}</p><ul>'
        yield from (_finding(found, one) for one in found.findings)
        for one in thread.opinion:
            yield f"<li>{escape(f'{opinion(one)}: {told(found, one)}{when(one.at)}')}</li>"
        yield "</ul>"
    yield "</details>"


def verdict(thread: Thread) -> str:
    """Return what is seen of a question before it unfolds: its parts and its score, or why there is none."""
    found = thread.assessment
    if found.scores is None:
        return f'<span class="soft why">{escape(unscored(found.why_not, "Not judged"))}</span>'
    parts = bar(runs(thread)) if is_story(thread) else ""
    return (
        f'{parts}<span class="soft">{rubric.OVERALL} {found.scores[rubric.OVERALL]} of {rubric.BEST}</span>'
    )


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
