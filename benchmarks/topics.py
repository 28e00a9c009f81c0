"""Are the points of a pack's questions heard in other words than their cues, and nowhere else?

points.jsonl has sentences of our own for each point, written to say it without its cues. Printed: in which
share of the sentences of strangers' stories (VIVAVOCE_STRANGERS) a point is heard, on average, though none is
told there; how many of our own sentences a point's cues find, and the cues of the question's other points;
and whether meaning (MiniLM) would know to which of the question's points a sentence belongs: by the other
sentences of each, by its name, or by what is asked for it, against chance (docs/decisions/0022).

    python -m benchmarks.topics
"""

import json
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.strangers import VARIABLE, strangers
from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import names
from vivavoce.personas.content.question import Point, Question
from vivavoce.personas.conversation.topics import heard
from vivavoce.simulator.engine.embeddings import embedding
from vivavoce.transcripts.story.parts import Array, Embedding
from vivavoce.transcripts.story.sentences import sentences

SENTENCES = Path(__file__).parent / "points.jsonl"
LEAST = 3  # points of a question, and sentences of a point, to choose between


def told() -> dict[tuple[str, str, str], list[str]]:
    """Return our sentences by pack, question ("" for the points that all share) and point."""
    found = defaultdict(list)
    for line in SENTENCES.read_text("utf-8").splitlines():
        row = json.loads(line)
        found[row["pack"], row["question"], row["point"]].append(row["text"])
    return found


def questions() -> Iterator[tuple[Question, list[tuple[Point, list[str]]]]]:
    """Yield each question that has points, and the sentences of each point."""
    known = told()
    for name in names("packs"):
        for one in pack(name).questions:
            own = [
                (
                    point,
                    known.get((name, one.id, point.check.id)) or known.get((name, "", point.check.id), []),
                )
                for point in one.points
            ]
            if own:
                yield one, own


def ranked(
    own: Sequence[tuple[Point, list[str]]], known: Embedding
) -> Iterator[tuple[bool, bool, bool, float]]:
    """Yield for each sentence whether its point is the nearest, by sentences, name and ask; and chance."""
    vectors = [known.vectors(texts).astype(float) for _, texts in own]
    called = known.vectors([point.name for point, _ in own]).astype(float)
    asks = np.array([known.vectors(point.ask).astype(float).mean(axis=0) for point, _ in own])
    asks /= np.linalg.norm(asks, axis=1, keepdims=True)
    for place, mine in enumerate(vectors):
        for number, vector in enumerate(mine):
            rest = [
                np.delete(each, number % len(each), axis=0) for each in vectors
            ]  # one of each is left out
            nearest: Array = np.array([np.sort(each @ vector)[-2:].mean() for each in rest])
            by = [int(found.argmax()) == place for found in (nearest, called @ vector, asks @ vector)]
            yield by[0], by[1], by[2], 1 / len(own)


def main() -> None:
    """Print it, strangers first."""
    every = list(questions())
    strange = [one for one in strangers(os.environ.get(VARIABLE, "")) if one.variant == "told"]
    lines = [one.text[start:end].strip() for one in strange for start, end in sentences(one.text)]
    points = [point for one, _ in every if not one.story for point in one.points]
    wrong = [len(heard(points, line)) for line in lines]
    share = np.mean(wrong) / len(points) if lines else 0.0
    print(f"a point is heard in {share:.4f} of {len(lines)} sentences by strangers; {len(points)} points")
    mine, beside = [], []
    for _, own in every:
        for point, texts in own:
            others = [one for one, _ in own if one is not point]
            mine += [bool(heard([point], text)) for text in texts]
            beside += [len(heard(others, text)) / max(1, len(others)) for text in texts]
    print(f"{len(mine)} of ours: by the point's cues {np.mean(mine):.3f}, by another's {np.mean(beside):.3f}")
    known = embedding(2)
    if known is not None:
        choices = [[row for row in own if len(row[1]) >= LEAST] for _, own in every]
        rows = np.array([row for own in choices if len(own) >= LEAST for row in ranked(own, known)])
        ways = ("its other sentences", "its name", "what is asked", "chance")
        by = zip(ways, rows.mean(axis=0), strict=True)
        print("the right point is nearest: " + ", ".join(f"{name} {share:.3f}" for name, share in by))


if __name__ == "__main__":
    main()
