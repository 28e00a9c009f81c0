"""How long the report of a long session takes: `python -m benchmarks.report [--minutes 30]`.

A session folder with answers made of our own, spoken at 150 words a minute without a break; then the command
that people use, `vivavoce show`, in a process of its own: start, reading, embedding, judging, printing.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import publish
from benchmarks.stories import answers
from vivavoce.audio.models.store import locate
from vivavoce.transcripts.events import (
    Event,
    FinalHypothesis,
    PlaybackFinished,
    PlaybackStarted,
    QuestionAsked,
    Seconds,
    SessionEnded,
    SessionStarted,
    SpeechEnded,
    SpeechStarted,
    TurnEnded,
    Word,
    to_json,
)
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.session_json import Meta, write_meta

WORD, GAP = 0.4, 3.0  # seconds of a word; between an answer and the next question
RUNS = 5
SEED = 5


def main() -> None:
    """Measure, print, publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    minutes = parser.parse_args().minutes
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "sessions" / "2026-01-01-0000-long"
        folder.mkdir(parents=True)
        write_meta(folder, Meta(title="long", persona="Dana"))
        rows = [json.dumps(to_json(event)) for event in session(60 * minutes)]
        (folder / log.NAME).write_text("\n".join(rows) + "\n", "utf-8")
        (Path(home) / "models").symlink_to(locate("minilm").parent)
        took = sorted(_shown(folder.name, home) for _ in range(RUNS))
    publish("report", {"minutes": minutes, "seconds, median": round(took[RUNS // 2], 2), "runs": RUNS})


def session(length: float, seed: int = SEED) -> Iterator[Event]:
    """Yield the events of a session of about `length` seconds."""
    chance, now = random.Random(seed), 1.0
    stories = answers()
    yield SessionStarted(at=Seconds(0.0))
    while now < length:
        story = chance.choice(stories)
        yield QuestionAsked(at=Seconds(now), text=story.question, move="ask", why="plan")
        yield PlaybackStarted(at=Seconds(now), text=story.question)
        now += GAP
        yield PlaybackFinished(at=Seconds(now), heard=Seconds(GAP), complete=True)
        began = now
        for text in story.texts:
            yield from _said(text, now)
            now += WORD * len(text.split())
        ended = {"ended_at": Seconds(now), "decided_at": Seconds(now + 1), "at": Seconds(now + 1)}
        text = " ".join(story.texts)
        yield TurnEnded(started_at=Seconds(began), text=text, why="silence", probability=0.9, **ended)
        now += GAP
    yield SessionEnded(at=Seconds(now), reason="time")


def _said(text: str, at: float) -> Iterator[Event]:
    words = tuple(
        Word(text=word, start=Seconds(at + WORD * n), end=Seconds(at + WORD * (n + 0.9)), probability=0.9)
        for n, word in enumerate(text.split())
    )
    end = words[-1].end
    yield SpeechStarted(at=Seconds(at))
    yield SpeechEnded(at=end, started_at=Seconds(at))
    yield FinalHypothesis(at=end, text=text, words=words, audio_start=Seconds(at), audio_end=end)


def _shown(name: str, home: str) -> float:
    command = [str(Path(sys.executable).with_name("vivavoce")), "show", name]
    began = time.perf_counter()
    subprocess.run(command, check=True, env=os.environ | {"VIVAVOCE_HOME": home}, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
