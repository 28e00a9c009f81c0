"""What each command does: from its arguments to one call, and from what that returns to stdout.

Every command imports what it needs when it runs, so `vivavoce --help` loads nothing.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from vivavoce.simulator import settings, signals
from vivavoce.transcripts.errors import LibraryError
from vivavoce.transcripts.printable import printable

if TYPE_CHECKING:
    from vivavoce.simulator.live.session_folder import Wanted

MODEL_NAMES = ("tiny.en", "smart-turn", "minilm")  # what a first session and its report need


def _given(arguments: argparse.Namespace) -> settings.Settings:
    return settings.load(vars(arguments))


def interview(arguments: argparse.Namespace) -> None:
    """Hold an interview, spoken or typed."""
    from vivavoce.simulator.live.session_folder import Wanted

    wanted = Wanted(
        persona=arguments.persona,
        round=arguments.round,
        minutes=arguments.minutes,
        question=arguments.question,
        title=arguments.title,
    )
    if arguments.text:
        _in_writing(_given(arguments), wanted)
        return
    from vivavoce.simulator.live.interview import interview

    _close(interview(_given(arguments), wanted))


def _in_writing(given: settings.Settings, wanted: "Wanted") -> None:
    from vivavoce.simulator.live.typed import typed

    lines = map(printable, sys.stdin or ())
    _close(typed(given, wanted, lines, lambda line: print(line, flush=True)))


def demo(arguments: argparse.Namespace) -> None:
    """Run a whole interview with a simulated candidate."""
    from vivavoce.simulator.practice.demo import demo

    _close(demo(_given(arguments), fast=arguments.fast))


def _close(folder: Path) -> None:
    """Print the report of a session that is over, and where all of it is."""
    from vivavoce.simulator.live import screen
    from vivavoce.simulator.review import shelf

    screen.show(shelf.page(folder))
    print()
    shelf.where(folder)


def _say_what_would_help() -> None:
    """Say on stderr that answers are read without the model for it: nothing stops for want of it."""
    from vivavoce.simulator.engine import embeddings
    from vivavoce.simulator.live import recogniser_choice

    if not recogniser_choice.is_here(embeddings.NAME):
        advice = f"more is understood with the model {embeddings.NAME}: vivavoce models get {embeddings.NAME}"
        print(f"Answers are read by their words alone; {advice}", file=sys.stderr)


def simulate(arguments: argparse.Namespace) -> None:
    """Run a candidate script."""
    from vivavoce.simulator.live.devices import proxies
    from vivavoce.simulator.live.loading import loaded
    from vivavoce.simulator.practice.candidate_script import named, read_script
    from vivavoce.simulator.practice.simulate import simulate
    from vivavoce.transcripts.events import to_json
    from vivavoce.transcripts.report.report import transcript

    given, script = _given(arguments), read_script(named(arguments.script))
    for line in proxies(given, speaks=False):
        print(line, file=sys.stderr)
    audible = any(entry.sound is not None for entry in script.entries)
    models = loaded(given)[0] if audible else None
    with signals.noted() as stopped:
        events = simulate(script, models, given, stopped)
        if arguments.json:
            for event in events:
                print(json.dumps(to_json(event)))
        else:
            print(transcript(events), end="")


def transcribe(arguments: argparse.Namespace) -> None:
    """Recognise a sound file."""
    from vivavoce.simulator.review.transcribe import play, transcribe

    given = _given(arguments)
    if arguments.live:
        with signals.noted() as stopped:
            play(arguments.audio, given, lambda row: print(json.dumps(row), flush=True), stopped)
        return
    row = transcribe(arguments.audio, given, stream=arguments.stream)
    print(json.dumps(row) if arguments.json else row["text"])


def models(arguments: argparse.Namespace) -> None:
    """List, get or verify model weights."""
    from vivavoce.simulator.commands import weights

    if arguments.action == "list":
        weights.show()
    elif arguments.action == "get":
        weights.get(arguments.names or MODEL_NAMES, arguments.folder)
    else:
        weights.verify(arguments.names)


def doctor(arguments: argparse.Namespace) -> None:
    """Say what works here."""
    from vivavoce.simulator.doctor import examination as doctor

    checks = doctor.examine(_given(arguments), lambda name: print(f"{name} …", file=sys.stderr))
    if arguments.json:
        print(json.dumps(doctor.to_json(checks), indent=2))
    else:
        print(doctor.page(checks))


def list_sessions(arguments: argparse.Namespace) -> None:
    """List the sessions."""
    from vivavoce.simulator.review import shelf

    shelf.sessions(as_json=arguments.json)


def web(arguments: argparse.Namespace) -> None:
    """Serve the library to the browser."""
    from vivavoce.simulator.web import server as web
    from vivavoce.transcripts.library.index import Index

    Index().close()  # a home that cannot be used is told of here, not on every page
    web.serve(arguments.port, browser=not arguments.no_browser)


def search(arguments: argparse.Namespace) -> None:
    """Find what was said."""
    from vivavoce.simulator.review import takes

    takes.search(arguments.text, as_json=arguments.json)


def compare(arguments: argparse.Namespace) -> None:
    """Set one take against another."""
    from vivavoce.simulator.review import takes

    takes.compare(arguments.before, arguments.after, as_json=arguments.json)


def again(arguments: argparse.Namespace) -> None:
    """Hear a session once more."""
    from vivavoce.simulator.review.again import again

    print(again(arguments.id, _given(arguments)).name)


def export(arguments: argparse.Namespace) -> None:
    """Write a session to a folder."""
    from vivavoce.simulator.review import parcel

    print(parcel.export(arguments.id, arguments.to, sound=arguments.sound, own=arguments.notes))


def bring(arguments: argparse.Namespace) -> None:
    """Bring in an exported session."""
    from vivavoce.simulator.review import parcel

    print(parcel.bring(arguments.folder).name)


def delete(arguments: argparse.Namespace) -> None:
    """Delete sessions."""
    from vivavoce.simulator.review import delete as removal

    if bool(arguments.ids) == arguments.all:
        raise LibraryError("name the sessions to delete, or say --all; `vivavoce sessions` lists them")
    removal.remove(arguments.ids, everything=arguments.all, yes=arguments.yes)


def show(arguments: argparse.Namespace) -> None:
    """Print a session's report."""
    from vivavoce.simulator.review import shelf

    shelf.show(arguments.id)


def personas(arguments: argparse.Namespace) -> None:
    """List who can ask."""
    from vivavoce.simulator.commands import casting

    casting.people()


def packs(arguments: argparse.Namespace) -> None:
    """List what can be asked, or check a file."""
    from vivavoce.simulator.commands import casting

    casting.packs() if arguments.action == "list" else casting.check(arguments.file)


def recover(arguments: argparse.Namespace) -> None:
    """Complete what a crash left."""
    from vivavoce.simulator.review import shelf

    shelf.recover(arguments.id)


def analyze(arguments: argparse.Namespace) -> None:
    """Report on something that was said, here or elsewhere."""
    from vivavoce.simulator.live import screen
    from vivavoce.simulator.review import analyze as analysis
    from vivavoce.transcripts.report import html_page
    from vivavoce.transcripts.report import json_report as export
    from vivavoce.transcripts.report.report import markdown

    found = analysis.analyze(arguments.path, _given(arguments), arguments.question, arguments.candidate)
    _say_what_would_help()
    if arguments.judge:
        from vivavoce.simulator.review.second_opinion import judged

        found = judged(found, _given(arguments))
    if arguments.html:
        html_page.write(arguments.html, found)
        print(arguments.html)
    elif arguments.json:
        print(json.dumps(export.to_json(found)))
    elif arguments.markdown:
        print(markdown(found), end="")
    else:
        screen.show(markdown(found))


def score(arguments: argparse.Namespace) -> None:
    """Score typed answers."""
    from vivavoce.simulator.review import score as scoring
    from vivavoce.simulator.review.shelf import table
    from vivavoce.transcripts.scoring.assessment_json import to_json

    rows = scoring.score(arguments.answers)
    _say_what_would_help()
    if not arguments.json:
        table(scoring.table(rows))
        return
    for one, found in rows:
        print(json.dumps(to_json(one.id, found)))


def calibrate(arguments: argparse.Namespace) -> None:
    """Compare with answers that people labelled."""
    from vivavoce.simulator.review import calibrate as calibration

    found = calibration.calibrate(arguments.labels)
    print(json.dumps(found) if arguments.json else calibration.page(found))
