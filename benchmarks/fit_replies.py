"""Fit what tells the replies that no pattern covers: `python -m benchmarks.fit_replies [--folds]`.

Learns from our own utterances (replies.jsonl, all of them) and from the sentences of our own stories, and
writes personas/conversation/likely.npz. Same texts, same weights. With --folds nothing is written: each fifth
is read by weights that were fitted to the rest. How sure it must be (`likely.SURE`) was chosen on texts
of strangers, from which nothing else was learnt; benchmarks.replies counts how many it mistakes.
"""

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.fit_story import minilm
from benchmarks.replies import RIGHT, rows
from benchmarks.stories import answers
from vivavoce.personas.conversation import likely
from vivavoce.personas.conversation.acts import Reply
from vivavoce.personas.conversation.likely import (
    MOST_WORDS,
    WEIGHTS,
    Columns,
    Weights,
    columns,
    shares,
    surest,
)

PENALTY, RATE, STEPS = 3e-5, 3.0, 300
STORY_WEIGHS = 0.25  # a sentence of a story, beside an utterance
FEWEST_WORDS = 3  # of such a sentence
FOLDS = 5
NAMES = tuple(ok[0] for ok in RIGHT.values())


def main() -> None:
    """Fit and write, or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--folds", action="store_true")
    folds = parser.parse_args().folds
    said, told = rows(), _sentences()
    known = columns([*(row["text"] for row in said), *told], minilm())
    does = [*(RIGHT[row["does"]][0] for row in said), *[Reply.ANSWER] * len(told)]
    weigh = np.array([*[1.0] * len(said), *[STORY_WEIGHS] * len(told)], np.float32)
    if folds:
        print(_crossed(known, does, weigh, len(said)))
        return
    target = Path(likely.__file__).with_name(WEIGHTS)
    fitted = fit(known, does, weigh)
    names = np.array([str(name) for name in fitted.names])
    np.savez_compressed(target, names=names, columns=fitted.columns.astype(np.float16))
    print(f"{target.name}: {len(does)} texts, {target.stat().st_size / 1e3:.0f} kB")


def fit(known: Columns, does: list[Reply], weigh: NDArray[np.float32]) -> Weights:
    """Return the weights of a softmax regression with an L2 penalty, by Nesterov's gradient."""
    wanted = np.eye(len(NAMES), dtype=np.float32)[[NAMES.index(one) for one in does]]
    each = (weigh / weigh.sum())[:, np.newaxis]
    found = np.zeros((known.shape[1], len(NAMES)), np.float32)
    ahead = found
    for step in range(STEPS):
        slope = known.T @ ((shares(known, Weights(NAMES, ahead)) - wanted) * each) + PENALTY * ahead
        following = ahead - RATE * slope
        ahead = following + step / (step + 3) * (following - found)
        found = following
    return Weights(NAMES, found)


def _sentences() -> list[str]:
    texts = {text for one in answers() for text in one.texts}
    return sorted(text for text in texts if FEWEST_WORDS <= len(text.split()) <= MOST_WORDS)


def _crossed(known: Columns, does: list[Reply], weigh: NDArray[np.float32], said: int) -> str:
    """Return in words what weights that were fitted to the other folds make of each."""
    fold = np.random.default_rng(0).integers(0, FOLDS, len(does))
    read = [Reply.ANSWER] * len(does)
    for one in range(FOLDS):
        rest = np.flatnonzero(fold != one)
        fitted = fit(known[rest], [does[at] for at in rest], weigh[rest])
        for at in np.flatnonzero(fold == one):
            read[at] = surest(shares(known[at : at + 1], fitted)[0], NAMES)
    guessed = [at for at in range(said) if does[at] not in (*likely.NEVER, Reply.STOP)]
    right = float(np.mean([read[at] is does[at] for at in guessed]))
    wrong = float(np.mean([read[at] not in (does[at], Reply.ANSWER) for at in guessed]))
    taken = float(
        np.mean([read[at] is not Reply.ANSWER for at, one in enumerate(does) if one is Reply.ANSWER])
    )
    return f"told right {right:.3f}, told wrong {wrong:.3f}; answers taken for something else {taken:.4f}"


if __name__ == "__main__":
    main()
