"""Stories with a pause in them, and answers whose end is waited for: what benchmarks/pauses.py tells."""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.stories import answers, is_complete
from benchmarks.strangers import strangers
from vivavoce.simulator.engine.endpoint import UNFINISHED
from vivavoce.simulator.practice.candidate_script import spoken
from vivavoce.transcripts.events import Seconds, Word

PAUSE = Seconds(2.0)
REAL_PAUSES = (Seconds(1.0), Seconds(3.0))  # of real talk that count
WPM = 150
ENDED = re.compile(r"[.?!][\"')\]\u201d\u2019]*$")
ABBREVIATED = re.compile(r"^(?:\w\.)+$|^(?:etc|vs|mr|mrs|dr|no|e\.g|i\.e)\.", re.IGNORECASE)
END, BETWEEN, BEFORE = "end", "between sentences", "before the result"
FIRST = 5  # words before a pause in mid-sentence

QUESTION = "Tell me about a time when a plan of yours had to change."
STORY = (
    "Last spring our nightly export failed twice a week, and the finance team had no figures in the morning. "
    "I was asked to find the cause. I compared the logs of a month, found a lock that two jobs fought over, "
    "and moved one of them by an hour. In the end it never failed again, and finance thanked us for it."
)
# What is said to a follow-up, and what is no story: its end is waited for no longer than before.
REPLIES = (
    "About four weeks.",
    "Yes, it did.",
    "No, not really.",
    "Mostly the database team, and two people from finance.",
    "I would talk to the other team sooner.",
    "We lost a bit of speed, but nobody minded that.",
    "It was my own decision, since I had the logs in front of me.",
    "I learned to look at the locks first, and I have done so ever since.",
    "The hardest step was to get the other team to agree, since they had moved their job twice already.",
    "It went from two failures a week to none at all.",
    "I checked it every morning for a month. Then I wrote down what we had done, and the others read it.",
    "To be honest I would do it the same way again. It cost us an hour, and it was worth it.",
)
NO_STORIES = (
    "I don't have an example for that, sorry.",
    "I can't think of one right now.",
    "Sorry, could you repeat the question?",
    "I would rather not talk about that.",
    "Could we skip this one, please?",
)


TOPIC = "Why do you want this job?"
TOPICS = (
    "I like working on tools that people use every day. I have done that for five years now.",
    "Your team looks after the maps that I walk with each weekend. I would like to make them better.",
)


@dataclass(frozen=True, slots=True)
class Case:
    """Answers, one to each line; the last one is looked at: the pauses in it, or its end."""

    name: str
    stratum: str
    kind: str
    question: str
    said: tuple[tuple[Word, ...], ...]
    pauses: tuple[int, ...] = ()  # numbers of the words that they follow, counted from 0


def stories(path: str) -> Iterator[Case]:
    """Yield every stranger's story and every one of ours, with each kind of pause, and its end."""
    for one in strangers(path):
        if one.variant != "no action":
            kind = END if one.variant == "told" else "end without a result"
            yield Case(one.id, one.stratum, kind, one.question, (spoken(one.text, WPM, {}),))
        if one.variant == "told":
            yield from _paused(one.id, one.stratum, one.question, one.text, len(one.before_result.split()))
    for answer in answers():
        if is_complete(answer):
            text, first = " ".join(answer.texts), answer.labels.index("result")
            untold = " ".join(answer.texts[:first])
            yield Case(answer.id, "our own", END, answer.question, (spoken(text, WPM, {}),))
            without = " ".join(one for label, one in answer.sentences if label not in ("result", "lesson"))
            ending = (spoken(without, WPM, {}),)
            yield Case(answer.id, "our own", "end without a result", answer.question, ending)
            yield from _paused(answer.id, "our own", answer.question, text, len(untold.split()))


def _paused(name: str, stratum: str, question: str, text: str, before_result: int) -> Iterator[Case]:
    """Yield a story with one pause: two drawn ends of sentences, the last one, and three drawn words."""
    rng, words = random.Random(name), text.split()
    ends = [i for i, (word, after) in enumerate(pairwise(words)) if _ends(word, after)]
    untold = [i for i in ends if FIRST <= i < before_result]
    middles = [i for i in range(FIRST, len(words) - 3) if not ENDED.search(words[i])]
    open_words = [i for i in middles if words[i].lower().strip(",") in UNFINISHED]
    drawn: dict[str, list[int]] = {
        BETWEEN: rng.sample(untold[:-1], min(2, len(untold[:-1]))),
        BEFORE: untold[-1:],
        "mid-sentence": rng.sample(middles, min(2, len(middles))),
        "mid-sentence, open word": rng.sample(open_words, min(1, len(open_words))),
    }
    for kind, places in drawn.items():
        for place in places:
            # What comes after the pause is of no interest, but for the rest of its sentence.
            until = next(i for i in (*ends, len(words) - 1) if i > place) + 1
            said = spoken(" ".join(words[:until]), WPM, {place + 1: PAUSE})
            yield Case(name, stratum, kind, question, (said,), (place,))


def _ends(word: str, after: str) -> bool:
    begins = after.lstrip("\"'(\u201c\u2018")[:1]
    return (
        ENDED.search(word) is not None
        and ABBREVIATED.match(word) is None
        and (begins.isupper() or begins.isdigit())
    )


def replies() -> Iterator[Case]:
    """Yield short answers to a follow-up, and first answers that are no stories."""
    story = spoken(STORY, WPM, {})
    for number, text in enumerate(REPLIES):
        said = (story, spoken(text, WPM, {}))
        yield Case(f"reply-{number}", "our own", "end of a reply", QUESTION, said)
    for number, text in enumerate(NO_STORIES):
        yield Case(f"none-{number}", "our own", "end of no story", QUESTION, (spoken(text, WPM, {}),))
    for number, text in enumerate(TOPICS):
        yield Case(f"topic-{number}", "our own", "end of no story", TOPIC, (spoken(text, WPM, {}),))


def talk(path: Path | None) -> Iterator[Case]:
    """Yield real answers with their own pauses."""
    rows = map(json.loads, path.read_text("utf-8").splitlines()) if path else ()
    for row in rows:
        begun = row["words"][0][1]
        said = tuple(
            Word(text=w, start=Seconds(a - begun), end=Seconds(b - begun)) for w, a, b in row["words"]
        )
        lasting = [
            i for i, (a, b) in enumerate(pairwise(said)) if REAL_PAUSES[0] <= b.start - a.end < REAL_PAUSES[1]
        ]
        for place in lasting:
            ended = ENDED.search(said[place].text) is not None
            kind = f"real talk, {'between sentences' if ended else 'mid-sentence'}"
            yield Case(row["id"], "real talk", kind, QUESTION, (said[: place + 4],), (place,))


def every(cases: Sequence[Case], step: int) -> list[Case]:
    """Return every `step`-th case of each kind and stratum."""
    counts: dict[tuple[str, str], int] = {}
    chosen = []
    for one in cases:
        number = counts.get((one.stratum, one.kind), 0)
        counts[one.stratum, one.kind] = number + 1
        if number % step == 0:
            chosen.append(one)
    return chosen
