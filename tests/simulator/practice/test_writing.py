"""A candidate who writes beside speaking: silence then is work, and writing too soon is noticed."""

import json
from pathlib import Path

from vivavoce.personas.content.content_checks import every_set
from vivavoce.simulator.practice.candidate_script import script
from vivavoce.simulator.practice.simulate import simulate
from vivavoce.transcripts.events import Encouraged, Event, PadChanged, Reprompt, TurnEnded
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.report.html_page import page
from vivavoce.transcripts.report.json_report import to_json
from vivavoce.transcripts.report.report import markdown, report
from vivavoce.transcripts.scoring.assessment import Reader
from vivavoce.transcripts.scoring.threads import threads
from vivavoce.transcripts.talk.answers import answers
from vivavoce.transcripts.talk.turns import turns

ROUND = """round = "coding"
title = "Coding"
minutes = 20
papers = false
[[questions]]
id = "one"
theme = "the duplicates"
answer = "topic"
wordings = ["How would you find the duplicates in an array?"]
"""
SAYS = "I take a set and go through the array once. "
ASKS = "Before that, can the array be empty, and how large does it get?"


def session(tmp_path: Path, writes: list[list[object]], say: str = SAYS) -> list[Event]:
    (tmp_path / "coding.toml").write_bytes(ROUND.encode())
    row = {"say": say, "writes": writes}
    data = {"round": str(tmp_path / "coding.toml"), "minutes": 5, "candidate": [row]}
    return simulate(script(json.loads(json.dumps(data)), tmp_path))


def first(events: list[Event], kind: type[Event]) -> float:
    return next((event.at for event in events if isinstance(event, kind)), float("inf"))


def test_a_silence_in_which_something_is_written_is_no_pause(tmp_path: Path) -> None:
    silent = session(tmp_path, [])
    writing = session(tmp_path, [[2.0 + 4 * n, "x" * (n + 1)] for n in range(11)])

    ended = next(event.at for event in silent if isinstance(event, TurnEnded))
    assert sum(isinstance(event, PadChanged) for event in writing) == 11
    assert first(writing, TurnEnded) > ended + 35
    assert min(first(writing, Encouraged), first(writing, Reprompt)) > first(writing, TurnEnded)


def codes(tmp_path: Path, at: float) -> set[str]:
    events = session(tmp_path, [[at, "def f(x):"]], SAYS + ASKS)
    (thread,) = threads(answers(events, turns(events))[:1], Reader(checks=every_set()))
    return {one.code for one in thread.assessment.findings}


def test_who_writes_before_asking_rushes(tmp_path: Path) -> None:
    assert "rushed-into-code" in codes(tmp_path, 0.5)
    assert "rushed-into-code" not in codes(tmp_path, 60.0)


def test_the_report_shows_what_was_written_and_counts_no_pause_there(tmp_path: Path) -> None:
    row = {"say": SAYS + ASKS, "pauses": [[6, 8.0]], "writes": [[3.0, "seen = set()"], [5.0, "<b>\x1b[2J"]]}
    (tmp_path / "coding.toml").write_bytes(ROUND.encode())
    data = {"round": str(tmp_path / "coding.toml"), "minutes": 5, "candidate": [row]}
    found = report(simulate(script(data, tmp_path)), Meta(round="coding"))

    assert found.answers[0].pacing.long_pauses == ()
    assert found.answers[0].pacing.duration < 12
    assert "    <b> [2J" in markdown(found)
    assert "<pre>&lt;b&gt; [2J</pre>" in page(found)
    assert to_json(found)["wrote"] == "<b>\x1b[2J"
