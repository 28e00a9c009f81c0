"""A session in writing: wherever it is shown, nothing is said about the time of typed words."""

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.transcripts.conftest import a_session
from vivavoce.simulator.commands.main import main
from vivavoce.simulator.live.session_folder import Wanted
from vivavoce.simulator.live.typed import typed
from vivavoce.simulator.review.analyze import analyze
from vivavoce.simulator.review.export import FORMS
from vivavoce.simulator.settings import Settings
from vivavoce.simulator.web import notebook
from vivavoce.simulator.web import pages as views
from vivavoce.simulator.web.app import Pages
from vivavoce.transcripts.events import Event, FinalHypothesis, SessionEnded, TurnEnded
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.session_json import NAME as META
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.library.index import Index
from vivavoce.transcripts.report.captions import captions
from vivavoce.transcripts.report.json_report import to_json
from vivavoce.transcripts.report.report import markdown, report, transcript
from vivavoce.transcripts.scoring.assessment import PLAIN
from vivavoce.transcripts.talk.turns import turns
from vivavoce.transcripts.words import typed as in_writing

STORY = (
    "About a year ago our click model failed right after launch. My job was to find out why. I compared the "
    "logs with the training set and I moved the store into the serving path. In the end errors fell by half."
)
ANSWERS = {
    "told": [STORY, "It taught me to measure, um, both sides.", STORY],
    "one word": ["yes"],
    "lost": ["", "I don't know", "um, um, um", ""],
    "thinking": ["let me think", STORY, "and so on and"],
}
TIME = re.compile(r"[0-9]+:[0-9][0-9]|\b[0-9.]+ s\b|First word|[Pp]ause|words a minute|Timeline|recognised")
TODAY = date(2026, 11, 28)
TIMES = {"at", "start", "end", "duration", "to_action", "part_seconds", "length"}


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path / "home"))
    return tmp_path


def written(answers: Sequence[str], round_: str = "behavioral") -> Path:
    return typed(Settings(), Wanted(round=round_, minutes=8), answers, lambda _: None)


def bare(text: str) -> str:
    """Return `text` without what is no time of a word: when the session was, styles, what was typed."""
    return re.sub(r"<style>.*?</style>|[0-9-]{10} [0-9:]{5}|&gt;|&lt;", "", text, flags=re.DOTALL)


def times(value: Any) -> Iterator[Any]:
    """Yield each time in plain data; beside a quote, start and end are places in a text."""
    row = value if isinstance(value, dict) else {}
    yield from (row[key] for key in TIMES & row.keys() if "quote" not in row or key == "at")
    for one in row.values() if row else value if isinstance(value, list) else ():
        yield from times(one)


def pages(folder: Path) -> dict[str, str]:
    """Return every page of the library that shows the session in `folder`, by the name of its template."""
    with Index() as index:
        index.refresh()
        shown = {
            "library.html": views.library(index, {}, TODAY)
            | {"hearing": {"running": "", "told": ""}, "listing": False, "day": "", "to_read": 0}
            | {"now": notebook.today([], TODAY, folder)},
            "search.html": {"query": "model", "hits": views.hits(index.search("you"))},
            "progress.html": views.progress(index.answers()),
            "session.html": views.session(views.read(views.opened(folder), lambda: PLAIN)),
            "compare.html": views.compare(views.opened(folder), views.opened(folder), lambda: PLAIN),
        }
    site = Pages("", None)
    return {name: bytes(site.page(name, **values).body).decode() for name, values in shown.items()}


@pytest.mark.parametrize("answers", ANSWERS.values(), ids=ANSWERS)
def test_the_report_says_nothing_about_time(answers: list[str]) -> None:
    folder = written(answers)
    for name in (sessions.REPORT, sessions.TRANSCRIPT):
        assert not TIME.findall(bare((folder / name).read_text())), name
    row = json.loads((folder / sessions.REPORT_JSON).read_text())

    assert {*times(row)} == {None}
    assert [row["pacing"][name] for name in ("pauses", "fillers", "response_gaps", "timeline")] == [[]] * 4
    assert "The words were typed." in (folder / sessions.REPORT).read_text()


def test_a_loop_in_writing_has_rounds_without_a_time() -> None:
    page = (written(["no"] * 60, "loop") / sessions.REPORT).read_text()

    assert "# Behavioral, with Dana\n" in page
    assert not TIME.findall(bare(page))


def test_no_page_of_the_library_says_anything_about_time() -> None:
    for name, page in pages(written(ANSWERS["told"])).items():
        assert not TIME.findall(bare(page)), name


def test_what_is_exported_says_nothing_about_time(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(ANSWERS["told"])
    assert main(["export", folder.name, "--to", str(own)]) == 0
    out = Path(capsys.readouterr().out.strip())
    head, *rows = (out / "metrics.csv").read_text().splitlines()

    assert not {"transcript.srt", "transcript.vtt"} & {path.name for path in out.iterdir()}
    assert captions(turns(log.read_log(folder / log.NAME))) == []
    assert not TIME.findall(bare((out / "report.html").read_text()))
    assert all("," * head.count(",", head.index("start"), head.index("judged")) + "," in row for row in rows)


def test_the_lists_of_the_command_line_say_nothing_about_time(capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(ANSWERS["told"])
    commands = [["sessions"], ["search", "you"], ["compare", folder.name, folder.name], ["show", folder.name]]
    for command in commands:
        assert main(command) == 0
        assert not TIME.findall(bare(capsys.readouterr().out)), command
    for command in [["sessions", "--json"], ["search", "--json", "you"]]:
        assert main(command) == 0
        assert {*times([json.loads(row) for row in capsys.readouterr().out.splitlines()])} == {None}


def without_details(folder: Path) -> None:
    (folder / META).unlink()


def killed(folder: Path) -> None:
    """Leave what a kill between an answer and its end leaves."""
    lines = [
        line
        for line in (folder / log.NAME).read_text().splitlines(keepends=True)
        if f'"{SessionEnded.__name__}"' not in line
    ]
    last = max(number for number, line in enumerate(lines) if f'"{TurnEnded.__name__}"' in line)
    (folder / log.NAME).write_text("".join(lines[:last]))


def test_the_times_that_an_older_report_stored_are_not_shown() -> None:
    folder = written(ANSWERS["told"])
    row = json.loads((folder / sessions.REPORT_JSON).read_text())
    for answer in row["answers"]:
        for one in [*answer["star"]["segments"], *answer["findings"]]:
            one["at"] = 0.25
    (folder / sessions.REPORT_JSON).write_text(json.dumps(row))

    assert not TIME.findall(bare(views.download(folder, FORMS["html"], lambda: PLAIN, sound=False)))


def unchanged(folder: Path) -> None:
    pass


@pytest.mark.parametrize("happened", [unchanged, without_details, killed])
def test_it_is_known_from_what_happened_alone(happened: Any, own: Path) -> None:
    """So every session in writing that there is is known, wherever it was copied from."""
    folder = written(ANSWERS["told"])
    happened(folder)
    copy = shutil.copytree(folder, own / "copy")
    sessions.finish(copy)
    events = log.read_log(copy / log.NAME)

    assert in_writing(events)
    assert ANSWERS["told"][-1] in (copy / sessions.REPORT).read_text(), "no word is lost"
    assert not TIME.findall(bare((copy / sessions.REPORT).read_text().split("## Notes")[0]))


def spoken(*, sounds: bool = True) -> list[Event]:
    kept = a_session()
    return kept if sounds else [one for one in kept if isinstance(one, FinalHypothesis | TurnEnded)]


@pytest.mark.parametrize("sounds", [True, False])
def test_what_was_spoken_keeps_its_times(sounds: bool) -> None:
    events = spoken(sounds=sounds)

    assert not in_writing(events)
    assert "**Candidate** [00:04]" in transcript(events)


def test_a_transcript_of_it_can_be_read_again(own: Path) -> None:
    (own / "said.md").write_text((written(ANSWERS["told"]) / sessions.TRANSCRIPT).read_text())

    assert [one.text for one in analyze(own / "said.md", Settings()).answers] == ANSWERS["told"]


@pytest.mark.parametrize("text", ["Interviewer: What broke?\nCandidate: {}", "Q: What broke?\n\nA: {}\n"])
def test_a_transcript_without_times_is_of_the_same_kind(own: Path, text: str) -> None:
    (own / "said.txt").write_text(text.format(STORY))
    made = analyze(own / "said.txt", Settings())

    assert {*times(to_json(made))} == {None}
    assert not TIME.findall(bare(markdown(made).split("## Recognition")[0]))


def test_nothing_typed_is_nothing_judged() -> None:
    folder = written(["", "q"])

    assert report(log.read_log(folder / log.NAME), sessions.read_meta(folder)).recognition.why_not_judged
