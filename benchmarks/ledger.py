"""How well figures are found in spoken takes, and takes that differ: `python -m benchmarks.ledger`.

The takes and pairs in benchmarks/ledger/ are ours; their truth was written before there was a finder. Half of
each were held out when it was made: ids that begin with h. A figure is found if a finding lies over its words
and says its value and its unit. `--misses` prints what went wrong with those that are not held out.
"""

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import publish
from vivavoce.transcripts.bank.figures.claimed import Figure, figures
from vivavoce.transcripts.bank.ledger import Source, ledger

FOLDER = Path(__file__).with_name("ledger")
SKIP = "skip"  # neither wanted nor wrong: people differ on it
NEAR = 0.01  # of a value

_PLANTED = re.compile(r"\{([^{}|]*)\|([^{}|]*)\|([^{}|]*)\}")


@dataclass(frozen=True, slots=True)
class Planted:
    """A figure of a take, where it stands in the text."""

    start: int
    end: int
    low: float
    high: float
    unit: str


@dataclass(frozen=True, slots=True)
class Take:
    """A take and what is claimed in it."""

    id: str
    text: str
    planted: tuple[Planted, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two takes, and whether the second says another figure about the same thing."""

    id: str
    drift: bool
    texts: tuple[str, str]


def main() -> None:
    """Print the figures of the held-out half, then of the other; publish them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "--misses", action="store_true", help="print what went wrong with the half for making"
    )
    if parser.parse_args().misses:
        print("\n".join([*misses("d"), *wrong_pairs("d")]))
        return
    publish("ledger", {"held out": result("h"), "for making": result("d"), "together": result("")})


def result(split: str) -> dict[str, float]:
    """Return precision and recall of figures, and how many pairs were told right."""
    wanted = found = right = 0
    for take in takes(split):
        said, hits = _scored(take)
        wanted += sum(one.unit != SKIP for one in take.planted)
        found, right = found + len(said), right + len(hits)
    of = pairs(split)
    drifts, calm = [one for one in of if one.drift], [one for one in of if not one.drift]
    return {
        "takes": len(takes(split)),
        "figures": wanted,
        "precision": round(right / found, 3),
        "recall": round(right / wanted, 3),
        "drifts": len(drifts),
        "drifts found": sum(map(drifting, drifts)),
        "without drift": len(calm),
        "false alarms": sum(map(drifting, calm)),
    }


def takes(split: str = "") -> list[Take]:
    """Return the takes whose id begins with `split`."""
    return [_take(name.split()[0], text) for name, text in _blocks("takes.txt") if name.startswith(split)]


def pairs(split: str = "") -> list[Pair]:
    """Return the pairs of takes whose id begins with `split`."""
    found = []
    for name, text in _blocks("pairs.txt"):
        kind, number = name.split()
        one, other = (line.partition(": ")[2] for line in text.splitlines())
        if number.startswith(split):
            found.append(Pair(number, kind == "drift", (one, other)))
    return found


def drifting(pair: Pair) -> bool:
    """Return whether the ledger shows a drift between the two takes."""
    sources = [
        Source(kind="take", name=f"take-{number}", at=f"2026-03-0{number}T10:00:00+01:00", text=text)
        for number, text in enumerate(pair.texts, 1)
    ]
    return bool(ledger(sources).drifts)


def misses(split: str) -> Iterator[str]:
    """Yield what was not found, and what was found and is none."""
    for take in takes(split):
        said, hits = _scored(take)
        for one in take.planted:
            if one not in hits.values() and one.unit != SKIP:
                yield f"{take.id} missed {take.text[one.start : one.end]!r}"
        for number, figure in enumerate(said):
            if number not in hits:
                quote = take.text[figure.start : figure.end]
                yield f"{take.id} wrong {quote!r}: {figure.low:g}-{figure.high:g} {figure.unit.name}"


def wrong_pairs(split: str) -> Iterator[str]:
    """Yield the pairs that were told wrong."""
    for pair in pairs(split):
        if drifting(pair) != pair.drift:
            yield f"{'drift' if pair.drift else 'same'} {pair.id}: {pair.texts}"


def _scored(take: Take) -> tuple[list[Figure], dict[int, Planted]]:
    """Return what was found in `take`, and which of it is right, by its place."""
    skipped = [one for one in take.planted if one.unit == SKIP]
    said = [one for one in figures(take.text) if not any(_over(one, other) for other in skipped)]
    hits: dict[int, Planted] = {}
    for number, figure in enumerate(said):
        for one in take.planted:
            if one.unit != SKIP and one not in hits.values() and _over(figure, one) and _is(figure, one):
                hits[number] = one
                break
    return said, hits


def _over(figure: Figure, one: Planted) -> bool:
    return figure.start < one.end and one.start < figure.end


def _is(figure: Figure, one: Planted) -> bool:
    values = ((figure.low, one.low), (figure.high, one.high))
    near = all(abs(said - wanted) <= NEAR * max(abs(wanted), 1e-9) for said, wanted in values)
    return near and figure.unit.name == one.unit


def _blocks(name: str) -> Iterator[tuple[str, str]]:
    """Yield the heading and the text of each part of a file."""
    for part in (FOLDER / name).read_text("utf-8").split("\n## ")[1:]:
        head, _, text = part.partition("\n")
        yield head, text.strip()


def _take(name: str, marked: str) -> Take:
    text, planted, last = "", [], 0
    for match in _PLANTED.finditer(marked):
        text += marked[last : match.start()]
        words, value, unit = match.groups()
        low, _, high = (0, 0, 0) if unit == SKIP else value.partition("-")
        planted.append(Planted(len(text), len(text) + len(words), float(low), float(high or low), unit))
        text, last = text + words, match.end()
    return Take(name, text + marked[last:], tuple(planted))


if __name__ == "__main__":
    main()
