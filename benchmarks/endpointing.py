"""Quick and not rude: how soon a turn is taken after its true end, and how often inside a pause.

    python -m benchmarks.endpointing [--split dev|heldout] [--model tiny.en]

Spoken answers with marked thinking pauses (benchmarks/speech.py) go through the real ear in
virtual time. A pause is *taken* when the turn was judged over before the candidate went on.
The endpoint's weights were fitted on `dev`; `heldout` is for looking once.
"""

import argparse
from collections import Counter

from benchmarks.measure import listen, models, percentiles, publish
from benchmarks.speech import SpokenAnswer, answers
from vivavoce.transcripts.events import TurnEnded


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--split", choices=("dev", "heldout"), default="dev")
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--pause", type=float, default=1.5, help="seconds of each thinking pause")
    parser.add_argument("--verbose", action="store_true", help="also print every miss")
    options = parser.parse_args()
    using = models(options.model)
    pauses: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    decided: list[float] = []
    ready: list[float] = []
    late: list[float] = []
    for answer in answers(options.split, pause=options.pause):
        ends = [e for e in listen(answer.samples, using).events if isinstance(e, TurnEnded)]
        for pause in answer.pauses:
            pauses[pause.kind] += 1
            cut = [e for e in ends if pause.start - 0.1 < e.at < pause.end]
            taken[pause.kind] += bool(cut)
            if cut and options.verbose:
                print(f"taken: {answer.id} {pause.kind} p={cut[0].probability:.2f} …{cut[0].text[-50:]!r}")
        end = _true_end(answer, ends)
        if end is not None:
            decided.append(end.decided_at - answer.ends_at)
            ready.append(end.at - answer.ends_at)
            late.append(end.at - end.decided_at)
            if options.verbose and ready[-1] > 1.5:
                print(f"slow: {answer.id} {ready[-1]:.2f} s p={end.probability:.2f} …{end.text[-50:]!r}")
    publish(
        f"endpointing-{options.split}-{options.model}",
        {
            "pause_seconds": options.pause,
            "turn_taken_in_pause": {kind: f"{taken[kind]} of {pauses[kind]}" for kind in sorted(pauses)},
            "decided_after_true_end_s": percentiles(decided),
            "final_text_after_true_end_s": percentiles(ready),
            "final_text_after_decision_s": percentiles(late),
        },
    )


def _true_end(answer: SpokenAnswer, ends: list[TurnEnded]) -> TurnEnded | None:
    return next((e for e in ends if e.at > answer.ends_at - 0.1), None)


if __name__ == "__main__":
    main()
