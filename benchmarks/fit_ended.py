"""Fits what tells the end of a story from a pause in it; prints what to write into transcripts/story/told.py.

    python -m benchmarks.fit_ended [--stories FILE]

Every story of a stranger (benchmarks/strangers.py), and of ours a little, gives its end and a few ends of
sentences before its result was told. The level from which a story counts as over is the one at which
TAKEN of those pauses are mistaken for its end, scored by weights that have not seen their author. What
follows from it is printed too: how often a pause is mistaken for the end, and how often the end is noticed.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.fit_told import weights
from benchmarks.pause_cases import BEFORE, BETWEEN, END, Case, stories
from benchmarks.strangers import STRATA, strangers
from vivavoce.transcripts.story.told import Calibration, clues, score

KINDS = (END, BETWEEN, BEFORE)
TAKEN = 0.18  # of strangers' pauses, those right before the result as much as the others
OURS = "our own"


@dataclass(frozen=True, slots=True)
class Example:
    """The clues of a story told so far; our own have no author."""

    author: str
    stratum: str
    kind: str
    clues: tuple[float, ...]


def main() -> None:
    """Fit, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--stories", default="", help="instead of $VIVAVOCE_STRANGERS")
    path = parser.parse_args().stories
    authors = {one.id: one.author for one in strangers(path)}
    many = [_example(one, authors.get(one.name, "")) for one in stories(path) if one.kind in KINDS]
    fitted, blind = _weights(many), _blind(many)
    theirs = {
        kind: [at for at, one in zip(blind, many, strict=True) if one.author and one.kind == kind]
        for kind in KINDS
    }
    level = next(at for at in sorted(blind) if _taken(theirs, at) <= TAKEN)
    print(f"ENDED = Calibration(({', '.join(f'{one:.3f}' for one in fitted)}), {level:.2f}, {level:.2f})")
    for stratum in (*STRATA, OURS):
        for kind in KINDS:
            some = [
                at >= level
                for at, one in zip(blind, many, strict=True)
                if (one.stratum, one.kind) == (stratum, kind)
            ]
            print(f"{stratum}, {kind}: over {np.mean(some) if some else 0:.2f} of {len(some)}")


def _taken(theirs: dict[str, list[float]], level: float) -> float:
    return float(np.mean([np.mean(np.array(theirs[kind]) >= level) for kind in (BETWEEN, BEFORE)]))


def _example(case: Case, author: str) -> Example:
    words = case.said[0][: case.pauses[0] + 1] if case.pauses else case.said[0]
    found = clues(" ".join(word.text for word in words))
    assert found is not None
    return Example(author, case.stratum, case.kind, found.ended)


def _blind(many: Sequence[Example]) -> list[float]:
    """Return the score of each of `many` by weights that have not seen its author; ours are no one's."""
    found = {}
    for author in sorted({one.author for one in many if one.author}):
        by = Calibration(_weights([one for one in many if one.author != author]), 0, 0)
        found.update(
            {number: score(one.clues, by) for number, one in enumerate(many) if one.author == author}
        )
    without_ours = Calibration(_weights([one for one in many if one.author]), 0, 0)
    return [found.get(number, score(one.clues, without_ours)) for number, one in enumerate(many)]


def _weights(many: Sequence[Example]) -> tuple[float, ...]:
    rows = np.array([one.clues for one in many])
    return weights(rows, np.array([one.kind == END for one in many]), [one.author for one in many])


if __name__ == "__main__":
    main()
