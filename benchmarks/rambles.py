"""Answers that ramble and answers that do not: our own (interruption.json), and made of strangers' talk.

Stories are those of VIVAVOCE_STRANGERS (strangers.py). VIVAVOCE_TALK names a folder with real talk:
`monologues.jsonl` ({"text"}: people who talk on about something) and `answers_timed.jsonl` ({"id",
"question", "text", "words": [[word, start, end]]}: long answers with their own pauses).
"""

import json
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.strangers import strangers
from vivavoce.simulator.practice.candidate_script import spoken
from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.story.sentences import sentences

ROWS = Path(__file__).with_name("interruption.json")
MARK = "|"  # stands after the word at which nothing more comes that serves the question
RAMBLING = ("circling", "backstory", "off-topic", "hedging", "buzzwords", "already-answered")
KINDS = (*RAMBLING, "progressing", "slow", "short")
VARIABLE = "VIVAVOCE_TALK"
STRANGE_RAMBLING = ("talks on", "slides", "business", "again")  # the kinds of strangers' rambles
STRANGE_KINDS = (*STRANGE_RAMBLING, "told", "long answers")
SHARE = 0.6  # of the story's sentences before it slides into something else
BUSINESS_WORDS = 160
WPM = 150.0
LEADS = ("Like I said,", "So basically,", "And again,", "So yeah,", "I mean,", "")
LONGEST_QUESTION = 300  # letters


@dataclass(frozen=True, slots=True)
class Row:
    """A scripted answer; `pauses` are seconds of silence after the n-th word, counted from 1."""

    id: str
    kind: str
    question: str
    text: str
    wpm: float
    pauses: tuple[tuple[int, float], ...]
    split: str
    timed: tuple[Word, ...] = ()  # when each word was said, where that is known


def rows(split: str | None = None) -> list[Row]:
    """Return the scripted answers of `split`, or all of them."""
    answers = json.loads(ROWS.read_text(encoding="utf-8"))["answers"]
    made = [Row(**{**row, "pauses": tuple((n, length) for n, length in row["pauses"])}) for row in answers]
    return [row for row in made if split in (None, row.split)]


def words(row: Row) -> tuple[tuple[Word, ...], Seconds | None]:
    """Return the words of `row` in time, and when its talk stops progressing, if it does.

    Both count from the beginning of the answer; the mark is the end of the word before it.
    """
    before, mark, after = row.text.partition(MARK)
    said = row.timed or spoken(f"{before} {after}", row.wpm, dict(row.pauses))
    return said, said[len(before.split()) - 1].end if mark else None


def strange(every: int = 1) -> Iterator[tuple[str, Row]]:
    """Yield who told it, and what, of each `every`-th stranger; nothing where a file is not named."""
    folder = os.environ.get(VARIABLE, "")
    stories = [one for one in strangers() if one.variant == "told"]
    if not folder or not stories:
        return
    monologues = [str(one["text"]) for one in _lines(Path(folder) / "monologues.jsonl")]
    answers = _lines(Path(folder) / "answers_timed.jsonl")
    order = random.Random(3)
    for number, story in enumerate(stories[::every]):
        said = [story.text[begin:end].strip() for begin, end in sentences(story.text)]
        some = " ".join(said[: max(1, int(len(said) * SHARE))])
        business = str(answers[number % len(answers)]["text"]).split()[:BUSINESS_WORDS]
        again = order.sample(said, len(said))
        circling = " ".join(f"{order.choice(LEADS)} {one}" for one in again)
        texts = {
            "told": story.text,
            "talks on": f"{story.text} {MARK} {monologues[number % len(monologues)]}",
            "slides": f"{some} {MARK} {monologues[(number + 7) % len(monologues)]}",
            "business": f"{some} {MARK} {' '.join(business)}",
            "again": f"{story.text} {MARK} {circling}",
        }
        for kind, text in texts.items():
            yield story.author, Row(f"{story.id} {kind}", kind, story.question, text, WPM, (), story.stratum)
    for one in answers[::every]:
        text, question = str(one["text"]), str(one["question"])[:LONGEST_QUESTION]
        yield str(one["id"]), Row(str(one["id"]), "long answers", question, text, WPM, (), "", _timed(one))


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _timed(row: dict[str, object]) -> tuple[Word, ...]:
    words = row["words"]
    assert isinstance(words, list)
    begin = words[0][1]
    return tuple(Word(text=t, start=Seconds(a - begin), end=Seconds(b - begin)) for t, a, b in words)
