"""What text about something else earns: passages of several kinds, before, within and after each story.

    python -m benchmarks.off_topic [--ours] [--every N] [--stories FILE]

The stories are strangers' (benchmarks/strangers.py), or `--ours`. The passages: ours that are held out; what
others said to questions that ask for no story (other.jsonl); and of the folder that VIVAVOCE_TALK names
(benchmarks/rambles.py) people who talk on, and answers on company calls. Of what others said two to five
sentences in a row are taken by chance. Each rise of a score is a line: which, the gaps that went, and whether
the passage is among the runs that are in doubt, a part of one, or none. What is kept is counts alone.
"""

import argparse
import json
import os
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fit_off_topic import Remembering
from benchmarks.fit_story import minilm
from benchmarks.measure import publish
from benchmarks.rambles import VARIABLE
from benchmarks.stories import Answer, answers, interrupted, passages
from benchmarks.strangers import NO_STORY, author, labelled
from vivavoce.personas.content.content_checks import every_set
from vivavoce.transcripts.scoring import rubric
from vivavoce.transcripts.scoring.assessment import Assessment, Reader, assess
from vivavoce.transcripts.story.off_topic import runs
from vivavoce.transcripts.story.parts import Embedding
from vivavoce.transcripts.story.sentences import sentences

OURS, ASIDE = "ours", "other answers"
TALK = {"talking on": "monologues.jsonl", "company calls": "answers_timed.jsonl"}
PLACES = ("before", "within", "after")
LENGTHS = (2, 3, 3, 4, 5)  # sentences that are taken of what others said
Passages = Mapping[str, Sequence[tuple[str, Sequence[str]]]]  # by kind: who said it, if known, and what


@dataclass(frozen=True, slots=True)
class Draw:
    """A passage before sentence number `at` of a story."""

    kind: str
    place: str
    at: int
    passage: Sequence[str]


def main() -> None:
    """Measure, print, publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--ours", action="store_true", help="into our own answers")
    parser.add_argument("--every", type=int, default=1, help="how many answers to go on by")
    parser.add_argument("--stories", default="", help="instead of $VIVAVOCE_STRANGERS")
    chosen = parser.parse_args()
    strange = labelled(chosen.stories)
    told = answers() if chosen.ours else [one for one in strange if one.kind != NO_STORY]
    embedding = Remembering(minilm())
    figures = risen(told[:: chosen.every], elsewhere(strange), embedding)
    publish("off-topic-ours" if chosen.ours else "off-topic", figures)


def elsewhere(strange: Sequence[Answer]) -> Passages:
    """Return the texts that passages are taken from; ours are passages already."""
    found = {
        OURS: [("", one) for one in passages(heldout=True)],
        ASIDE: [(author(one), one.texts) for one in strange if one.kind == NO_STORY],
    }
    if folder := os.environ.get(VARIABLE, ""):
        for kind, name in TALK.items():
            lines = (Path(folder) / name).read_text("utf-8").splitlines()
            found[kind] = [("", _split(json.loads(line)["text"])) for line in lines]
    return {kind: rows for kind, rows in found.items() if rows}


def draws(story: Answer, known: Passages) -> Iterator[Draw]:
    """Yield a passage of each kind for each place in `story`, none in its author's own words."""
    chance, count = random.Random(story.id), len(story.texts)
    for kind, rows in known.items():
        others = [texts for who, texts in rows if not who or who != author(story)]
        for place in PLACES:
            texts = chance.choice(others)
            length = len(texts) if kind == OURS else min(chance.choice(LENGTHS), len(texts))
            begin = chance.randrange(len(texts) - length + 1)
            within = chance.randrange(1, count) if count > 1 else 0
            at = {"before": 0, "within": within, "after": count}[place]
            yield Draw(kind, place, at, texts[begin : begin + length])


def risen(told: Sequence[Answer], known: Passages, embedding: Embedding) -> dict[str, int]:
    """Return of how many passages of each kind some score, or the overall one, rose; print each rise."""
    reader, tally, higher = Reader(embedding, every_set()), Counter[str](), set[str]()
    for story in told:
        whole = assess(" ".join(story.texts), story.question, reader)
        tally.update(f"whole: {code}" for code in {rubric.DOUBTFUL, "off-topic"} & _codes(whole))
        for draw in draws(story, known):
            longer = interrupted(story, draw.passage, draw.at)
            found = assess(" ".join(longer.texts), story.question, reader)
            up = [name for name in rubric.SCORES if _score(found, name) > _score(whole, name)]
            tally.update([draw.kind, *([f"{draw.kind}: rises"] if up else [])])
            if up:
                tally[f"{draw.kind}: overall rises"] += rubric.OVERALL in up
                higher.add(story.id)
                _show(story, draw, whole, found, where(longer, draw, embedding))
    return {"answers": len(told), "of which some passage raised a score": len(higher)} | {
        name: tally[name] for name in sorted(tally)
    }


def where(longer: Answer, draw: Draw, embedding: Embedding) -> str:
    """Return whether the passage that was put in is a run in doubt: "found", "in part" or "not found"."""
    put_in = (draw.at, draw.at + len(draw.passage))
    many = runs(longer.texts, embedding.vectors(longer.texts), longer.question)
    if any((one.begin, one.end) == put_in for one in many):
        return "found"
    return "in part" if any(one.begin < put_in[1] and put_in[0] < one.end for one in many) else "not found"


def _show(story: Answer, draw: Draw, whole: Assessment, found: Assessment, where_: str) -> None:
    up = {name: (_score(whole, name), _score(found, name)) for name in rubric.SCORES}
    rose = ", ".join(f"{name} {before} to {after}" for name, (before, after) in up.items() if after > before)
    gone = " ".join(sorted(_codes(whole) - _codes(found))) or "no gap"
    size = f"{len(draw.passage)} sentences {draw.place} {len(story.texts)}"
    print(f"{story.id}, {draw.kind}, {size}, {where_}: {rose}; went: {gone}")


def _codes(found: Assessment) -> set[str]:
    return {one.code for one in found.findings if one.kind == rubric.GAP}


def _score(found: Assessment, name: str) -> int:
    return found.scores[name] if found.scores else rubric.WORST


def _split(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in sentences(text)]


if __name__ == "__main__":
    main()
