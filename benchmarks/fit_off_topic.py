"""Fits how off_topic.py weighs a run of sentences; prints what to write there.

    python -m benchmarks.fit_off_topic [--stories FILE]

Every run of strangers' stories (benchmarks/strangers.py) and of ours belongs there, and a passage that was
put into one does not. Strangers, ours, and the two kinds of runs weigh the same. Then, by weights that have
not seen the author: from which log-odds on a share of the strangers' stories has a run, and how many of the
passages are found from there on.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.fit_story import minilm
from benchmarks.stories import answers, passages, variants
from benchmarks.strangers import ANY_LEFT_OUT, strangers
from vivavoce.transcripts.story.off_topic import LEAST_KEPT, SHORTEST, clues
from vivavoce.transcripts.story.off_topic import MOST as USUAL
from vivavoce.transcripts.story.parts import Embedding, Vectors
from vivavoce.transcripts.story.sentences import sentences

SEED, FOLDS = 21, 6
TWO_TOPICS, LONG = 0.5, 4  # of what is put in, and the sentences that it has then
CUT_SHORT = 0.12  # of it has two sentences; else its length would say what it is
EVERY = 3  # of our variants
MOST = 40  # sentences
TOTAL, RIDGE = 1000.0, 1.0  # what a kind of runs weighs together, and how large weights are held down
SHARES = (0.01, 0.02, 0.03, 0.05, 0.1)  # of stories
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Runs:
    """The clues of some runs of one story, shape (m, 8); our own stories have no author."""

    author: str
    put_in: bool
    rows: Array


def main() -> None:
    """Fit, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--stories", default="", help="instead of $VIVAVOCE_STRANGERS")
    many = examples(parser.parse_args().stories, Remembering(minilm()))
    print("WEIGHTS =", tuple(round(float(one), 2) for one in fit(many)))
    authors = sorted({one.author for one in many if one.author})
    tops: dict[bool, list[float]] = {True: [], False: []}
    for left_out in (set(authors[start::FOLDS]) for start in range(FOLDS)):
        weights = fit([one for one in many if one.author not in left_out])
        for one in (one for one in many if one.author in left_out):
            tops[one.put_in].append(float((one.rows @ weights[1:] + weights[0]).max()))
    for share in SHARES:
        level = float(np.quantile(tops[False], 1 - share))
        found = float(np.mean(np.array(tops[True]) > level))
        print(f"{share:.0%} of stories from {level:.2f}: {found:.1%} of passages")


class Remembering:
    """An embedding that is asked once for each sentence: variants and passages have the same ones."""

    def __init__(self, embedding: Embedding) -> None:
        self._embedding = embedding
        self._known: dict[str, Vectors] = {}

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return a unit vector for each, shape (len(texts), width)."""
        new = [one for one in dict.fromkeys(texts) if one not in self._known]
        self._known.update(zip(new, self._embedding.vectors(new), strict=True) if new else ())
        return np.array([self._known[one] for one in texts])


def examples(path: str, embedding: Embedding) -> list[Runs]:
    """Return the runs of every story, and of each a passage that was put into it."""
    chance, extra = random.Random(SEED), passages(heldout=False)
    told = [(one.author, one.question, _split(one.text)) for one in strangers(path, ANY_LEFT_OUT)]
    ours = [one for answer in answers() for one in variants(answer)][::EVERY]
    told += [("", one.question, one.texts) for one in ours]
    found = []
    for author, question, texts in told:
        passage = chance.choice(extra)
        passage = [*passage, *chance.choice(extra)][:LONG] if chance.random() < TWO_TOPICS else passage
        passage = passage[:SHORTEST] if chance.random() < CUT_SHORT else passage
        place = chance.choice([len(texts), len(texts), 0, chance.randrange(len(texts) + 1)])
        longer = [*texts[:place], *passage, *texts[place:]]
        if len(texts) < SHORTEST + LEAST_KEPT or len(longer) > MOST or len(passage) < SHORTEST:
            continue
        found.append(Runs(author, False, _clues(texts, question, embedding)[1]))
        places, rows = _clues(longer, question, embedding)
        at = (places == (place, place + len(passage))).all(axis=1)
        if at.any():
            found.append(Runs(author, True, rows[at]))
    return found


def fit(many: Sequence[Runs]) -> Array:
    """Return a bias and a weight for each clue, by Newton's method."""
    rows = np.vstack([one.rows for one in many])
    put_in = np.concatenate([np.full(len(one.rows), one.put_in) for one in many])
    ours = np.concatenate([np.full(len(one.rows), not one.author) for one in many])
    counts = np.zeros(len(rows))
    for kind in (put_in & ours, put_in & ~ours, ~put_in & ours, ~put_in & ~ours):
        counts[kind] = TOTAL / max(1, kind.sum())
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    wide = np.column_stack([np.ones(len(rows)), (rows - mean) / spread])
    ridge = RIDGE * np.eye(wide.shape[1])
    ridge[0, 0] = 0.0
    fitted = np.zeros(wide.shape[1])
    for _ in range(30):
        likely = 1 / (1 + np.exp(-wide @ fitted))
        curve = wide.T @ (wide * (counts * likely * (1 - likely) + 1e-12)[:, np.newaxis]) + ridge
        fitted += np.linalg.solve(curve, wide.T @ (counts * (put_in - likely)) - ridge @ fitted)
    slopes = fitted[1:] / spread
    return np.array([fitted[0] - (slopes * mean).sum(), *slopes])


def _clues(texts: Sequence[str], question: str, embedding: Embedding) -> tuple[NDArray[np.int64], Array]:
    places, rows = clues(texts, embedding.vectors(texts), question)
    usual = places[:, 1] - places[:, 0] <= USUAL * len(texts)  # what is longer is rare, and weighed likewise
    return places[usual], rows[usual]


def _split(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in sentences(text)]


if __name__ == "__main__":
    main()
