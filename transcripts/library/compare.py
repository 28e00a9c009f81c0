"""Take against take: what was kept, moved, lost and added, and how the figures changed. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vivavoce.transcripts.events import SCHEMA, Seconds
from vivavoce.transcripts.report.json_report import pacing
from vivavoce.transcripts.report.report import Report
from vivavoce.transcripts.scoring import rubric
from vivavoce.transcripts.scoring.assessment import Reader
from vivavoce.transcripts.scoring.threads import Thread
from vivavoce.transcripts.story.parts import LABELS, Embedding
from vivavoce.transcripts.story.sentences import sentences

SAME_MEANING, SAME_WORDS = 0.55, 0.4  # similarity from which two sentences tell the same thing
SAME_QUESTION = 0.6
MOST_PIECES = 400  # of an answer that are held against each of the other's
FEWEST_SENTENCES = 2  # of an answer that may be the same story as another
FIGURES = ("speech_rate_wpm", "filler_rate_per_min", "duration")

Similarity = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a take; `at` is None where nobody knows."""

    text: str
    at: Seconds | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence in both takes, "kept" or "moved"; or in one: "lost" has no `after`, "added" no `before`."""

    kind: str
    before: Piece | None
    after: Piece | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two takes of one answer; each figure with both values, None where there is none."""

    question: str
    pairs: tuple[Pair, ...]
    scores: dict[str, tuple[int | None, int | None]]
    seconds: dict[str, tuple[Seconds | None, Seconds | None]]
    figures: dict[str, tuple[float | None, float | None]]


def compare(before: Report, after: Report, reader: Reader) -> list[Comparison]:
    """Return a comparison for each answer that both takes have, in the order of the later one.

    Those to the same question belong together, and of the others those that tell the same story.
    """
    partners = _partners(before.threads, after.threads, lambda x, y: _same(x.question, y.question), {})
    partners = _partners(
        before.threads, after.threads, lambda x, y: _same_story(x, y, reader.embedding), partners
    )
    pairs = [(before.threads[partners[place]], after.threads[place]) for place in sorted(partners)]
    return [_compared(one, other, reader.embedding) for one, other in pairs]


def to_json(found: Sequence[Comparison]) -> dict[str, Any]:
    """Return `found` as plain data."""
    return {
        "schema": SCHEMA,
        "answers": [
            {
                "question": one.question,
                "sentences": [
                    {"kind": pair.kind, "before": _piece(pair.before), "after": _piece(pair.after)}
                    for pair in one.pairs
                ],
                "scores": _lists(one.scores),
                "seconds": _lists(one.seconds),
                "figures": _lists(one.figures),
            }
            for one in found
        ],
    }


def aligned(
    before: Sequence[str], after: Sequence[str], similarity: Similarity, least: float
) -> list[tuple[str, int | None, int | None]]:
    """Return ("kept" | "moved" | "lost" | "added", place before, place after), in the order of a reader.

    Each sentence is paired with at most one, the most alike first. Of the pairs the longest row in order is
    kept, and the others have moved.

    Args:
        before: the sentences of the earlier take.
        after: those of the later one.
        similarity: how alike they are, shape (len(before), len(after)).
        least: below which they are not the same.
    """
    ranked = sorted(
        ((similarity[i, j], -i, -j) for i in range(len(before)) for j in range(len(after))), reverse=True
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for alike, i, j in ranked:
        if alike >= least and -i not in partner and -j not in taken:
            partner[-i] = -j
            taken.add(-j)
    kept = _longest_rising([(i, partner[i]) for i in sorted(partner)])
    back = {j: i for i, j in partner.items()}
    rows: list[tuple[str, int | None, int | None]] = []
    place = 0
    for j in range(len(after)):
        if j in back and back[j] in kept:
            rows += [("lost", i, None) for i in range(place, back[j]) if i not in partner]
            place = back[j] + 1
        kind = "added" if j not in back else "kept" if back[j] in kept else "moved"
        rows.append((kind, back.get(j), j))
    return rows + [("lost", i, None) for i in range(place, len(before)) if i not in partner]


def _partners(
    before: Sequence[Thread],
    after: Sequence[Thread],
    alike: Callable[[Thread, Thread], bool],
    known: Mapping[int, int],
) -> dict[int, int]:
    """Return `known`, places after and before, and the pairs of others that are `alike`."""
    found = dict(known)
    taken = set(found.values())
    left = {i: one for i, one in enumerate(before) if i not in taken}
    for place, other in enumerate(after):
        one = None if place in found else next((i for i in left if alike(left[i], other)), None)
        if one is not None:
            found[place] = one
            del left[one]
    return found


def _compared(before: Thread, after: Thread, embedding: Embedding | None) -> Comparison:
    one, other = _pieces(before), _pieces(after)
    texts = [piece.text for piece in one], [piece.text for piece in other]
    alike, least = _alike(*texts, embedding)
    pairs = [
        Pair(kind, None if i is None else one[i], None if j is None else other[j])
        for kind, i, j in aligned(*texts, alike, least)
    ]
    paces = [pacing(thread.answers, Seconds(0.0)) for thread in (before, after)]
    return Comparison(
        question=after.question or before.question,
        pairs=tuple(pairs),
        scores=_both(before, after, lambda x: x.assessment.scores or {}, rubric.SCORES),
        seconds=_both(before, after, lambda x: x.seconds, LABELS),
        figures={name: (paces[0][name], paces[1][name]) for name in FIGURES},
    )


def _both(before: Thread, after: Thread, of: Callable[[Thread], Any], names: Sequence[str]) -> dict[str, Any]:
    rows = {name: (of(before).get(name), of(after).get(name)) for name in names}
    return {name: pair for name, pair in rows.items() if pair != (None, None)}


def _pieces(thread: Thread) -> list[Piece]:
    """Return the sentences of an answer, several in one where there are more than MOST_PIECES."""
    text = thread.assessment.text
    places = sentences(text)
    together = -(-len(places) // MOST_PIECES)
    groups = [places[i : i + together] for i in range(0, len(places), together or 1)]
    return [Piece(text[one[0][0] : one[-1][1]].strip(), thread.moment(one[0][0])) for one in groups]


def _alike(
    before: Sequence[str], after: Sequence[str], embedding: Embedding | None
) -> tuple[Similarity, float]:
    if embedding is not None and before and after:
        vectors = embedding.vectors([*before, *after]).astype(np.float64)
        return vectors[: len(before)] @ vectors[len(before) :].T, SAME_MEANING
    table = [[_shared(one, other) for other in after] for one in before]
    return np.array(table, dtype=np.float64).reshape(len(before), len(after)), SAME_WORDS


def _shared(one: str, other: str) -> float:
    """Return the share of words that two sentences have in common (Dice)."""
    left, right = (set(text.lower().split()) for text in (one, other))
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def _same(one: str, other: str) -> bool:
    return bool(one.strip()) and _shared(one, other) >= SAME_QUESTION


def _same_story(one: Thread, other: Thread, embedding: Embedding | None) -> bool:
    """Return whether two answers tell the same; without an embedding, in the same words."""
    texts = [piece.text for piece in _pieces(one)], [piece.text for piece in _pieces(other)]
    if min(map(len, texts)) < FEWEST_SENTENCES:
        return False
    alike, least = _alike(*texts, embedding)
    return float(alike.max(axis=1).mean()) >= least and float(alike.max(axis=0).mean()) >= least


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> set[int]:
    """Return the first members of the longest row of `pairs` in which both members rise."""
    best: list[list[int]] = []
    for index, (_, j) in enumerate(pairs):
        before = [best[k] for k in range(index) if pairs[k][1] < j]
        best.append([*max(before, key=len, default=[]), index])
    return {pairs[index][0] for index in max(best, key=len, default=[])}


def _lists(rows: Mapping[str, tuple[float | None, float | None]]) -> dict[str, list[float | None]]:
    return {key: list(values) for key, values in rows.items()}


def _piece(one: Piece | None) -> dict[str, Any] | None:
    return None if one is None else {"text": one.text, "at": one.at}
