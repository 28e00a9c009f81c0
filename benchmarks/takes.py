"""Takes of a story against the clock: cues in time, no pause taken for the end, nobody talking on for long.

    python -m benchmarks.takes [--takes 40]

The answers of the candidates that ship are strung together to stories of each length, told at four rates with
pauses for thought of up to THINKS, to the real engine in virtual time. Half of them are as long as their time
and half go on for much longer; of each half every second one is interrupted by a question, and then begins
again from the start.
"""

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.measure import percentiles, publish
from vivavoce.simulator.practice.candidate_script import CLAUSE_PAUSE, named, script, spoken
from vivavoce.simulator.practice.simulate import simulate
from vivavoce.simulator.training.take import INTERRUPTED, NONE
from vivavoce.simulator.training.take_clock import IN_BETWEEN, INTERRUPTED_AT, LEFT, LENGTHS
from vivavoce.transcripts.bank.telling import OVERTIME
from vivavoce.transcripts.events import CutIn, Event, FinalHypothesis, TimeCue, TurnEnded, TurnResumed, Word

SOURCES = ("strong", "nervous", "non-native", "rambler")
RATES = (110, 140, 170, 200)  # words a minute
PAUSE_EVERY = 25  # words
PAUSES = (1.0, 4.7)  # seconds
SHORTER, LONGER = 0.9, 1.6  # of the time
IN_TIME = 0.5  # seconds after a cue is due
CLAUSE_ENDS, SINCE = ".,;:?!", 0.7  # seconds since the end of a clause at which a cut-in begins


def main() -> None:
    """Hold the takes; publish what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--takes", type=int, default=40, help="how many (default: %(default)s)")
    chosen = parser.parse_args()
    rows = [_taken(number) for number in range(chosen.takes)]
    cues = [late for row in rows for late in row["cues"]]
    publish(
        "takes",
        {
            "takes": len(rows),
            "cues": {
                "due": sum(row["due"] for row in rows),
                "told": len(cues),
                "in_time": sum(late <= IN_TIME for late in cues),
                "late_s": percentiles(cues) | {"most": round(max(cues, default=0.0), 3)},
            },
            "pauses_taken_for_the_end": sum(row["cut_off"] for row in rows),
            "question_in_between": _cut_ins(rows, "between"),
            "stopped_beyond_the_time": _cut_ins(rows, "beyond"),
        },
    )


def _cut_ins(rows: Sequence[dict[str, Any]], kind: str) -> dict[str, Any]:
    found = [row[kind] for row in rows if row[kind] is not None]
    at_a_clause = sum(clause for _, clause in found)
    return {"count": len(found), "at_a_clause": at_a_clause, "after_s": percentiles([at for at, _ in found])}


def _taken(number: int) -> dict[str, Any]:
    seconds, wpm = LENGTHS[number % len(LENGTHS)], RATES[number // len(LENGTHS) % len(RATES)]
    pressure = INTERRUPTED if number % 2 else NONE
    share = LONGER if number // 2 % 2 else SHORTER
    drawn = random.Random(number)
    said, pauses = _told(seconds * share, wpm, drawn)
    rows = [{"say": said, "wpm": wpm, "pauses": pauses}, {"say": said, "wpm": wpm, "gap": 1.0}]
    about = {"story": "it", "seconds": seconds, "pressure": pressure, "seed": number, "candidate": rows}
    events = simulate(script(about, Path()))
    words = [word for event in events if isinstance(event, FinalHypothesis) for word in event.words]
    began = words[0].start
    cuts = {event.why: _cut(event, words, began, seconds) for event in events if isinstance(event, CutIn)}
    over = next((event for event in events if isinstance(event, TurnEnded)), None)
    in_time = over is not None and not cuts and over.at - began < seconds
    return {
        "due": sum(seconds - left <= words[-1].end - began for left in LEFT[seconds]),
        "cues": [event.at - began - (seconds - event.left) for event in events if isinstance(event, TimeCue)],
        "cut_off": (in_time and over.text != said if over else False)
        or any(isinstance(event, TurnResumed) and event.at - began < seconds for event in events),
        "between": cuts.get(IN_BETWEEN),
        "beyond": cuts.get(OVERTIME),
    }


def _told(seconds: float, wpm: float, drawn: random.Random) -> tuple[str, list[tuple[int, float]]]:
    """Return a story of about so many `seconds` with its pauses, and where these are."""
    answers = [
        entry["say"]
        for name in drawn.sample(SOURCES, len(SOURCES))
        for entry in json.loads(named(Path(name)).read_text("utf-8"))["candidate"]
    ]
    every = " ".join(answers * 3).split()
    count, pauses, took = 0, list[tuple[int, float]](), 0.0
    while took < seconds and count < len(every):
        count += 1
        took += spoken(every[count - 1], wpm, {})[0].end + (
            CLAUSE_PAUSE if every[count - 1][-1] in ".?!;" else 0
        )
        if count % PAUSE_EVERY == drawn.randrange(3):
            pauses.append((count, round(drawn.uniform(*PAUSES), 2)))
            took += pauses[-1][1]
    while count < len(every) and every[count - 1][-1] not in ".?!":
        count += 1
    return " ".join(every[:count]), [pause for pause in pauses if pause[0] < count]


def _cut(cut: Event, words: Sequence[Word], began: float, seconds: float) -> tuple[float, bool]:
    """Return how long after its time a cut-in came, and whether a clause had just ended."""
    beyond = isinstance(cut, CutIn) and cut.why == OVERTIME
    due = seconds + 15 if beyond else min(INTERRUPTED_AT, seconds / 2)
    clause = any(0 <= cut.at - word.end <= SINCE and word.text[-1] in CLAUSE_ENDS for word in words)
    return cut.at - began - due, clause


if __name__ == "__main__":
    main()
