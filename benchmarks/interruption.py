"""Cutting in on talk that has stopped progressing, soon and at a good moment, and never otherwise.

    python -m benchmarks.interruption [--split dev|heldout] [--kind KIND ...] [--folds] [--verbose]

First come strangers (rambles.py; none without their files), with --folds each judged by weights that
were fitted without them. Then ours: the scripted answers of interruption.json. All are told to the
real engine in virtual time, each as the only answer to its own question. In a rambling one, `|`
stands after the word at which nothing more comes that serves the question; what comes before it, and
every other kind of answer, must be heard out. How readily the interviewer cuts in was tuned on
`dev`; `heldout` is for looking once.

A cut-in *starts* with the first sample of its line, and its start counts from the end of the latest
word that ends a clause (by its punctuation) or that a micro-pause follows. `starts_after_gap_s` is
the same, but zero within a gap between words, and counted from the gap's end after it.
"""

import argparse
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.fit_interruption import without_author
from benchmarks.measure import percentiles, publish
from benchmarks.rambles import KINDS, STRANGE_KINDS, Row, rows, strange, words
from vivavoce.audio.devices.virtual_room import SilentSpeaker
from vivavoce.audio.voices.system_voice import SilentVoice
from vivavoce.personas.content.pack import pack, practising
from vivavoce.simulator.engine.background import Inline
from vivavoce.simulator.engine.ear import Models
from vivavoce.simulator.engine.embeddings import embedding
from vivavoce.simulator.practice.candidate import (
    Candidate,
    CandidateMicrophone,
    ScriptedDetector,
    ScriptedRecogniser,
)
from vivavoce.simulator.practice.candidate_script import Entry, Script
from vivavoce.simulator.practice.simulate import SCRIPTED_DELAYS, staged
from vivavoce.transcripts.events import CutIn, Event, PlaybackStarted, Seconds, TurnEnded, Word
from vivavoce.transcripts.story import progress

CLAUSE_ENDS = tuple(".,;:?!")
MICRO_PAUSE = Seconds(0.1)
THINKING = Seconds(1.0)  # a silence of this length within an answer is a thinking pause
INTO_SILENCE = Seconds(0.5)  # a cut-in that comes later is one on silence
ROUNDING = Seconds(1e-6)

SESSION_MINUTES = 20.0  # more than any answer takes, so that the time is never short
YIELDS_AFTER = Seconds(0.8)
AFTERWARDS = Seconds(3.0)  # in which a cut-in is heard to start
SOON = Seconds(12.0)  # --verbose shows what took longer
AT_A_BOUNDARY = Seconds(0.3)  # likewise


@dataclass(frozen=True, slots=True)
class Told:
    """What came of an answer, in the session's time."""

    row: Row
    words: tuple[Word, ...]  # to the end, which nobody heard if there was a cut-in
    mark: Seconds | None  # when the talk stopped progressing; None if it never did
    events: tuple[Event, ...]  # in order of time

    @property
    def cut(self) -> CutIn | None:
        """The first cut-in."""
        return next((event for event in self.events if isinstance(event, CutIn)), None)

    @property
    def starts_at(self) -> Seconds | None:
        """When that began to be heard; None if it never was."""
        after = self.cut.at if self.cut else float("inf")
        return next((e.at for e in self.events if isinstance(e, PlaybackStarted) and e.at >= after), None)

    @property
    def delay(self) -> Seconds | None:
        """From the mark to the cut-in, negative if that came too early; None if there is not both."""
        return None if self.cut is None or self.mark is None else Seconds(self.cut.at - self.mark)

    @property
    def in_time(self) -> bool:
        """Whether the cut-in came after the mark, and while there was talk."""
        return self.delay is not None and 0 <= self.delay <= self.words[-1].end - (self.mark or 0)

    @property
    def turn_taken(self) -> bool:
        """Whether the turn was judged over before the answer was, or was cut in on."""
        until = self.words[-1].start if self.cut is None else self.cut.at
        return any(isinstance(event, TurnEnded) and event.at < until for event in self.events)


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--split", choices=("dev", "heldout"), default="dev")
    parser.add_argument(
        "--kind", nargs="+", choices=(*KINDS, *STRANGE_KINDS), help="only these; not published"
    )
    parser.add_argument("--every", type=int, default=1, help="only each so many-th stranger; not published")
    parser.add_argument("--folds", action="store_true", help="judge strangers by weights fitted without them")
    parser.add_argument("--verbose", action="store_true", help="also print every miss")
    options = parser.parse_args()
    began = time.perf_counter()
    wanted = options.kind or (*KINDS, *STRANGE_KINDS)
    weights = without_author() if options.folds else {}
    of_strangers = [
        _told_by(row, weights.get(author, progress.BY_MEANING))
        for author, row in strange(options.every)
        if row.kind in wanted
    ]
    ours = [tell(row) for row in rows(options.split) if row.kind in wanted]
    if options.verbose:
        print(*(miss for one in (*of_strangers, *ours) for miss in misses(one)), sep="\n")
    measured = {"strangers": figures(of_strangers)} if of_strangers else {}
    measured |= figures(ours) | {"run_seconds": round(time.perf_counter() - began, 1)}
    if options.kind or options.every > 1:
        print(json.dumps(measured, indent=2))
    else:
        publish(f"interruption-{options.split}{'-folds' if options.folds else ''}", measured)


def _told_by(row: Row, weights: progress.Weights) -> Told:
    shipped, progress.BY_MEANING = progress.BY_MEANING, weights
    try:
        return tell(row)
    finally:
        progress.BY_MEANING = shipped


def tell(row: Row) -> Told:
    """Tell `row` to the engine, until it was cut in on or is over."""
    said, mark = words(row)
    events: list[Event] = []
    with TemporaryDirectory() as folder:
        candidate = Candidate(_script(row, said, Path(folder)))

        def stop(at: Seconds) -> None:
            answered = candidate.said and at >= candidate.said[0].start + said[-1].end + AFTERWARDS
            if answered or any(isinstance(e, CutIn) and at >= e.at + AFTERWARDS for e in events):
                session.end("all was measured")

        session = staged(
            candidate,
            microphone=CandidateMicrophone(candidate, stop),
            speaker=SilentSpeaker(),
            models=Models(ScriptedDetector(candidate), ScriptedRecogniser(candidate)),
            voice=SilentVoice(),
            background=Inline(SCRIPTED_DELAYS),
            listeners=(events.append,),
            meaning=embedding,
        )
        session.run()
    begins = candidate.said[0].start
    return Told(
        row,
        tuple(replace(w, start=Seconds(w.start + begins), end=Seconds(w.end + begins)) for w in said),
        None if mark is None else Seconds(mark + begins),
        tuple(sorted(events, key=lambda event: event.at)),
    )


def _script(row: Row, said: tuple[Word, ...], folder: Path) -> Script:
    """Return a session that asks nothing but the question of `row`; its round is a file in `folder`."""
    asked = practising(pack("linkedin-ml/behavioral"), row.question).questions[0]
    only = folder / "interruption.toml"
    lines = {"id": "only", "theme": asked.theme, "wordings": [row.question], "terms": [*asked.terms]}
    only.write_text(
        f'round = "behavioral"\ntitle = "One question"\nminutes = {SESSION_MINUTES}\n\n[[questions]]\n'
        + "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in lines.items()),
        encoding="utf-8",
    )
    answer = Entry(words=said, yields_after=YIELDS_AFTER)
    return Script(entries=(answer,), round=str(only), seed=sum(map(ord, row.id)))


def after_clause_end(said: Sequence[Word], at: Seconds, *, gaps_end_late: bool = False) -> Seconds:
    """Return the seconds from the latest clause end or micro-pause until `at`.

    Args:
        said: the words of an answer, of which at least one has ended.
        at: when a cut-in starts.
        gaps_end_late: count from the end of a gap between words, and not from its beginning.
    """
    latest = said[0].end
    for word, following in zip(said, [*said[1:], None], strict=True):
        if word.end > at + ROUNDING:
            break
        resumes = Seconds(at if following is None else min(at, following.start))
        a_gap = following is None or following.start - word.end >= MICRO_PAUSE - ROUNDING
        if a_gap or word.text.endswith(CLAUSE_ENDS):
            latest = resumes if gaps_end_late and a_gap else word.end
    return Seconds(max(0.0, at - latest))


def silence_at(said: Sequence[Word], at: Seconds) -> Seconds:
    """Return how long nothing had been said at `at`: zero within a word."""
    ended = [word.end for word in said if word.start <= at]
    return Seconds(max(0.0, at - ended[-1])) if ended else at


def in_thinking_pause(said: Sequence[Word], at: Seconds) -> bool:
    """Return whether `at` lies in a silence of at least THINKING between two words of `said`."""
    return any(
        word.end <= at < following.start and following.start - word.end >= THINKING
        for word, following in pairwise(said)
    )


def figures(told: Sequence[Told]) -> dict[str, Any]:
    """Return what is published about `told`, except how long it took."""
    ramblers = [one for one in told if one.mark is not None]
    kinds = dict.fromkeys(one.row.kind for one in told if one.mark is None)
    others = {kind: [one for one in told if one.row.kind == kind] for kind in kinds}
    return {
        "ramblers": _of_ramblers(ramblers),
        **{kind: _of_others(some) for kind, some in others.items()},
        "moment": _moments([one for one in told if one.cut]),
        "turn_taken_before_the_end": {
            name: share(one.turn_taken for one in some)
            for name, some in {"ramblers": ramblers, **others}.items()
        },
    }


def _of_ramblers(told: Sequence[Told]) -> dict[str, Any]:
    return {
        "cut_in_on": share(one.in_time for one in told),
        "after_the_mark_s": percentiles([one.delay for one in told if one.in_time and one.delay is not None]),
        "before_the_mark": share((one.delay or 0) < 0 for one in told),
        "by_kind": {
            kind: {
                "cut_in_on": share(one.in_time for one in some),
                "after_the_mark_s": percentiles([one.delay for one in some if one.in_time and one.delay]),
            }
            for kind in dict.fromkeys(one.row.kind for one in told)
            if (some := [one for one in told if one.row.kind == kind])
        },
    }


def _of_others(told: Sequence[Told]) -> dict[str, Any]:
    in_pauses = [in_thinking_pause(one.words, one.cut.at) for one in told if one.cut]
    return {"cut_in_on": share(one.cut is not None for one in told), "in_a_thinking_pause": sum(in_pauses)}


def _moments(told: Sequence[Told]) -> dict[str, Any]:
    """Return where in the talk the cut-ins came, each of which `told` has."""
    starts = [(one.words, one.starts_at) for one in told if one.starts_at is not None]
    silences = [silence_at(one.words, one.cut.at) for one in told if one.cut] or [Seconds(0.0)]
    return {
        "starts_after_clause_end_s": percentiles([after_clause_end(*start) for start in starts]),
        "starts_after_gap_s": percentiles([after_clause_end(*start, gaps_end_late=True) for start in starts]),
        "never_heard": len(told) - len(starts),
        "longest_silence_before_s": round(max(silences), 3),
        "late_in_a_silence": sum(silence > INTO_SILENCE for silence in silences),
    }


def share(of: Iterable[bool]) -> str:
    """Return how many of how many are true, and the percentage."""
    each = [*of]
    return f"{sum(each)} of {len(each)}" + (f" ({100 * sum(each) / len(each):.1f} %)" if each else "")


def misses(one: Told) -> Iterator[str]:
    """Yield a line for each thing that went wrong with `one`."""
    if one.turn_taken:
        yield f"turn taken: {one.row.id}"
    if one.cut is None:
        if one.mark is not None:
            yield f"missed: {one.row.id}"
        return
    if one.delay is None or not one.in_time or one.delay > SOON:
        fault = "wrong" if one.delay is None else "early" if one.delay < 0 else "late"
        when = one.cut.at - (one.words[0].start if one.mark is None else one.mark)
        yield f"{fault}: {one.row.id} {when:+.1f} s, {_after(one, one.cut.at)}: {'; '.join(one.cut.evidence)}"
    if silence_at(one.words, one.cut.at) > INTO_SILENCE:
        yield f"silence: {one.row.id} after {silence_at(one.words, one.cut.at):.2f} s"
    if one.starts_at is None:
        yield f"never heard: {one.row.id}"
    elif (past := after_clause_end(one.words, one.starts_at)) > AT_A_BOUNDARY:
        yield f"mid-clause: {one.row.id} by {past:.2f} s, {_after(one, one.starts_at)}"


def _after(one: Told, at: Seconds) -> str:
    return "after " + repr(" ".join([word.text for word in one.words if word.end <= at][-8:]))


if __name__ == "__main__":
    main()
