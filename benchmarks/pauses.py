"""Pauses of people whose story is not over, and how soon the turn is taken when it is.

    python -m benchmarks.pauses [--stories FILE] [--talk FILE] [--sound N] [--verbose]

Each stranger's story (benchmarks/strangers.py), and each of ours, is told to the real engine in virtual
time, each time with one pause in it: after a finished sentence before the result is told, or in
mid-sentence, after a word that was drawn. A pause is *taken* when the turn was judged over in it, or
cut in on. The gap is that from the last word to the end of the turn: of whole stories, of those
that end without a result, and of short answers. --talk names word-timed real talk, JSON lines with
"words": [[word, start, end]].

With --sound every N-th of them is said by a neural voice (benchmarks/answers.py) and heard by real models.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.answers import TimedPiper, with_pauses
from benchmarks.interruption import share
from benchmarks.measure import models, publish
from benchmarks.pause_cases import PAUSE, Case, every, replies, stories, talk
from benchmarks.speech import joe
from benchmarks.strangers import STRATA
from vivavoce.audio.devices.virtual_room import SilentSpeaker
from vivavoce.audio.voices.system_voice import SilentVoice
from vivavoce.personas.content.pack import pack, practising
from vivavoce.personas.content.persona import persona
from vivavoce.simulator.engine.background import Inline
from vivavoce.simulator.engine.ear import Models
from vivavoce.simulator.engine.rounds import interviewer
from vivavoce.simulator.practice.candidate import (
    Candidate,
    CandidateMicrophone,
    ScriptedDetector,
    ScriptedRecogniser,
)
from vivavoce.simulator.practice.candidate_script import Entry, Script
from vivavoce.simulator.practice.simulate import SCRIPTED_DELAYS, staged
from vivavoce.transcripts.events import CutIn, Event, Seconds, TurnEnded, Word

AFTERWARDS = Seconds(8.0)  # in which the turn is taken


@dataclass(slots=True)
class Result:
    """What came of a case: for each of its pauses whether it was taken, and the gap at the end."""

    case: Case
    taken: dict[int, str] = field(default_factory=dict)
    gap: Seconds | None = None


def main() -> None:
    """Measure, print, publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--stories", default="", help="instead of $VIVAVOCE_STRANGERS")
    parser.add_argument("--talk", type=Path, help="word-timed real talk")
    parser.add_argument("--sound", type=int, default=0, help="say every N-th, and hear it with real models")
    parser.add_argument("--every", type=int, default=1, help="tell only every N-th")
    parser.add_argument("--kind", nargs="+", help="only these; not published")
    parser.add_argument("--verbose", action="store_true", help="also print every miss")
    options = parser.parse_args()
    cases = [*stories(options.stories), *replies(), *talk(options.talk)]
    chosen = [one for one in cases if one.kind in (options.kind or [one.kind])]
    using = models("tiny.en") if options.sound else None
    results = [tell(one, using) for one in every(chosen, options.sound or options.every)]
    if options.verbose:
        print(*(miss for one in results for miss in misses(one)), sep="\n")
    found = figures(results)
    if options.kind or options.every > 1:
        print(json.dumps(found, indent=2))
    else:
        publish("pauses-sound" if options.sound else "pauses", found)


def tell(case: Case, using: Models | None = None) -> Result:
    """Tell `case` to the engine; with `using`, by a voice."""
    entries, said = _entries(case, using is not None)
    events: list[Event] = []
    candidate = Candidate(Script(entries=entries))
    asks = interviewer(persona("dana"), practising(pack("behavioral"), case.question), 30, len(case.name))
    begins = Seconds(float("inf"))

    def stop(at: Seconds) -> None:
        nonlocal begins
        if candidate._next == len(entries) and begins == float("inf"):
            begins = candidate._starts_at
        until = said[case.pauses[-1] + 1].end if case.pauses else Seconds(said[-1].end + AFTERWARDS)
        over = at >= begins + until
        if over or any(isinstance(e, TurnEnded | CutIn) and e.at > begins for e in events) or at > 900:
            session.end("all was measured")

    scripted = Models(ScriptedDetector(candidate), ScriptedRecogniser(candidate))
    if using is not None:
        using.detector.reset()
    session = staged(
        candidate,
        microphone=CandidateMicrophone(candidate, stop),
        speaker=SilentSpeaker(),
        models=using or scripted,
        voice=SilentVoice(),
        background=Inline(SCRIPTED_DELAYS if using is None else None),
        listeners=(events.append,),
        asks=asks,
    )
    session.run()
    return _result(case, said, begins, events)


def _result(case: Case, said: Sequence[Word], begins: Seconds, events: Sequence[Event]) -> Result:
    result = Result(case)
    first = next((e for e in events if isinstance(e, TurnEnded | CutIn) and e.at > begins), None)
    for place in case.pauses:
        until = begins + said[place + 1].start
        if isinstance(first, CutIn | TurnEnded) and begins + said[place].end < first.at < until:
            result.taken[place] = type(first).__name__
    if isinstance(first, TurnEnded) and first.at >= begins + said[-1].end:
        result.gap = Seconds(first.at - begins - said[-1].end)
    return result


def _entries(case: Case, sound: bool) -> tuple[tuple[Entry, ...], Sequence[Word]]:
    if not sound:
        return tuple(Entry(words=words, yields_after=None) for words in case.said), case.said[-1]
    voice = TimedPiper(joe(), 0)
    made = [voice.speak(" ".join(word.text for word in words)) for words in case.said]
    made[-1] = with_pauses(made[-1], dict.fromkeys(case.pauses, PAUSE))
    entries = (Entry(sound=one.samples * np.float32(0.5), yields_after=None) for one in made)
    return tuple(entries), made[-1].words


def figures(results: Sequence[Result]) -> dict[str, Any]:
    """Return what is published, strangers first."""
    groups = {
        "strangers": [one for one in results if one.case.stratum in STRATA],
        **{name: [one for one in results if one.case.stratum == name] for name in (*STRATA, "our own")},
        "real talk": [one for one in results if one.case.stratum == "real talk"],
    }
    return {name: _of(some) for name, some in groups.items() if some}


def _of(results: Sequence[Result]) -> dict[str, Any]:
    kinds = dict.fromkeys(one.case.kind for one in results)
    return {kind: _of_kind([one for one in results if one.case.kind == kind]) for kind in kinds}


def _of_kind(results: Sequence[Result]) -> Any:
    if results[0].case.pauses:
        return share(bool(one.taken) for one in results)
    gaps = [one.gap for one in results if one.gap is not None]
    if not gaps:
        return {"n": 0}
    p50, p90 = np.percentile(gaps, [50, 90])
    mean = float(np.mean(gaps))
    return {"p50": round(float(p50), 2), "p90": round(float(p90), 2), "mean": round(mean, 2), "n": len(gaps)}


def misses(one: Result) -> Iterable[str]:
    """Yield a line for each pause that was taken, and for each end that was long waited for."""
    words = one.case.said[-1]
    for place, how in one.taken.items():
        said = " ".join(word.text for word in words[max(0, place - 9) : place + 1])
        yield f"{how}: {one.case.name} {one.case.kind} at {words[place].end:.0f} s …{said!r}"
    if one.gap is not None and one.gap > 1.5 and one.case.kind != "end without a result":
        said = " ".join(word.text for word in words[-10:])
        yield f"slow: {one.case.name} {one.case.kind} {one.gap:.2f} s …{said!r}"
    if not one.case.pauses and one.gap is None:
        yield f"no end: {one.case.name} {one.case.kind}"


if __name__ == "__main__":
    main()
