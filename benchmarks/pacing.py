"""How true the rate and the pauses of a report are: `python -m benchmarks.pacing [--split dev|heldout]`.

Spoken answers whose word times are known (answers.py), through the live path. A pause is right if it overlaps
with one that was made by more than half of both; those of half a second and more count.
"""

import argparse
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from benchmarks.measure import listen, models, publish
from benchmarks.speech import SpokenAnswer, answers
from vivavoce.transcripts.events import Event
from vivavoce.transcripts.talk.pacing import pacing
from vivavoce.transcripts.words import Span, speech, words

LONG = 0.5  # seconds
BORDER = 0.1  # a pause this much shorter than LONG is neither missed nor wrong


def main() -> None:
    """Measure, print, publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--split", choices=("dev", "heldout"), default="dev")
    chosen = parser.parse_args()
    using = models(chosen.model)
    rows = [measured(one, listen(one.samples, using).events) for one in answers(chosen.split)]
    made, heard, found, right = (sum(int(row[key]) for row in rows) for key in PAUSES)
    publish(
        f"pacing-{chosen.model}-{chosen.split}",
        {
            "answers": len(rows),
            "rate off by, median": round(median(row["off"] for row in rows), 4),
            "rate off by, most": round(max(row["off"] for row in rows), 4),
            "pauses": {"made": made, "recall": round(heard / made, 3), "precision": round(right / found, 3)},
        },
    )


PAUSES = ("made", "heard", "found", "right")


def measured(one: SpokenAnswer, events: Sequence[Event]) -> dict[str, float]:
    """Return how far off the rate of an answer is, as a share, and its pauses that were made and found."""
    told = pacing(words(events), speech(events))
    true = 60 * len(one.words) / (one.words[-1].end - one.words[0].start)
    gaps = [Span(a.end, b.start) for a, b in pairwise(one.words)]
    made = [gap for gap in gaps if gap.length >= LONG]
    border = [gap for gap in gaps if gap.length >= LONG - BORDER]
    silences = [Span(pause.start, pause.end) for pause in told.pauses]
    found = [pause for pause in silences if pause.length >= LONG]
    return {
        "off": abs((told.speech_rate_wpm or 0.0) - true) / true,
        "made": len(made),
        "heard": sum(any(_same(gap, pause) for pause in silences) for gap in made),
        "found": len(found),
        "right": sum(any(_same(gap, pause) for gap in border) for pause in found),
    }


def _same(gap: Span, pause: Span) -> bool:
    shared = min(gap.end, pause.end) - max(gap.start, pause.start)
    return shared > max(gap.length, pause.length) / 2


if __name__ == "__main__":
    main()
