"""Is it found whether the frame was switched when the listener changed?

loops.json has eight candidates for whole simulated mock loops, pairs.jsonl answers to single questions. Half
of the loops and of thirty pairs were written, with what is to be found, before anything looked for it; but
who wrote the lists of words had read them. The pairs that are "fresh" are from trades that no list was made
for; two rules were chosen by them (docs/decisions/0026). With VIVAVOCE_STRANGERS, also: how
many strangers' questions are taken for a change of listener.

    python -m benchmarks.transitions [--why]
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.strangers import VARIABLE
from benchmarks.transitions.loops import found, held, loops
from vivavoce.simulator.practice.candidate_script import WORDS_PER_MINUTE, spoken
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.imports.imported_answers import answer
from vivavoce.transcripts.imports.pieces import Spoken
from vivavoce.transcripts.scoring.transitions import (
    LATE,
    NOT_SWITCHED,
    SWITCHED,
    Transition,
    frame_asked,
    transitions,
)

PAIRS = Path(__file__).parent / "pairs.jsonl"
VERDICTS = (SWITCHED, LATE, NOT_SWITCHED, "")


def judged(question: str, text: str) -> Transition | None:
    """Return what is found in a spoken answer to `question`."""
    words = spoken(text, WORDS_PER_MINUTE, {})
    piece = Spoken("", text, start=Seconds(0.0), end=words[-1].end, words=words)
    return next(iter(transitions([answer(question, [piece])])), None)


def pairs(split: str, *, why: bool) -> list[tuple[str, str]]:
    """Return the verdict wanted and the one found, for each pair of `split`."""
    rows = [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]
    results = []
    for row in rows:
        if row["split"] == split:
            one = judged(row["question"], row["answer"])
            seen = "unseen" if one is None or one.frame != row["frame"] else one.verdict
            results.append((row["verdict"], seen))
            if why and seen != row["verdict"]:
                print(f"  {row['id']}: {row['verdict']!r} wanted, {seen!r} found; {one}")
    return results


def shares(results: Sequence[tuple[str, str]]) -> None:
    """Print precision and recall of each verdict."""
    right = Counter(wanted for wanted, seen in results if wanted == seen)
    for verdict in VERDICTS:
        wanted, seen = (sum(row[place] == verdict for row in results) for place in (0, 1))
        precision = f"{right[verdict]} of {seen}"
        recall = f"{right[verdict]} of {wanted}"
        print(f"  {verdict or 'nothing said':13} precision {precision}, recall {recall}")


def loop(row: Mapping[str, Any], *, why: bool) -> bool:
    """Return whether each change in the loop of `row` is judged as it should be, and no other is."""
    events, _ = held(row)
    seen = list(found(row["round"], events))
    wanted = [f"{where}: {verdict}" for where, verdict in row["expected"].items()]
    is_right = sorted(f"{where}: {one.verdict}" for where, one in seen) == sorted(wanted)
    print(f"  {row['id']}: {'right' if is_right else 'wrong'}, {len(seen)} changes")
    for where, one in seen if why else ():
        if row["expected"].get(where) != one.verdict:
            print(f"    {where}: {row['expected'].get(where)!r} wanted, {one}")
    return is_right


def strangers() -> None:
    """Print how many of strangers' questions are taken for a change of listener."""
    name = os.environ.get(VARIABLE, "")
    lines = Path(name).read_text("utf-8").splitlines() if name else []
    asked = [str(json.loads(line).get("question", "")) for line in lines]
    seen = [text for text in asked if frame_asked(text)]
    if asked:
        print(f"strangers' questions taken for a change: {len(seen)} of {len(asked)}")


def main() -> None:
    """Print the figures."""
    why = "--why" in sys.argv
    for split, label in (("dev", "seen"), ("held", "held out"), ("fresh", "other trades")):
        results = pairs(split, why=why)
        print(f"pairs, {label}: {sum(wanted == seen for wanted, seen in results)} of {len(results)} right")
        shares(results)
        rows = [row for row in loops() if row["split"] == split]
        if rows:
            print(f"loops, {label}:")
            print(f"  {sum([loop(row, why=why) for row in rows])} of {len(rows)} right")
    strangers()


if __name__ == "__main__":
    main()
