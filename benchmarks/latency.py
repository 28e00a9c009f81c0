"""The gap: from the true end of an answer to the interviewer's first sound, in whole sessions.

    python -m benchmarks.latency [--split dev|heldout] [--model tiny.en] [--voice natural system]
                                 [--most N] [--fast] [--verbose]

A simulated candidate says the spoken answers (benchmarks/speech.py), a few a session, to the
engine as a live session assembles it: real recogniser, turn model, voice (without its memory of
phrases), echo guard and recorder; only the devices are virtual. In real time the 24 answers of `dev`
take a quarter of an hour, and the gap is one of the wall clock: where the loop was late, that counts.
Other work on the machine shows in it: see cores_busy_with_other_work and loop_late_s.
With --fast, in virtual time, each job's computing is measured and counts, but no two compete for a core.
Of several voices each says its reply to the same answers, one after the other, so that what else the
machine does meets them alike.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.measure import VOICES, Air, Neighbours, models, percentiles, publish, voice
from benchmarks.speech import SpokenAnswer, answers
from vivavoce.audio.devices.echo import CancelEcho
from vivavoce.audio.frame import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples
from vivavoce.audio.ports import Voice
from vivavoce.personas.content.persona import persona
from vivavoce.simulator.engine.background import Inline, Threads
from vivavoce.simulator.engine.ear import Models
from vivavoce.simulator.engine.recorder import Recorder
from vivavoce.simulator.live.loading import rest
from vivavoce.simulator.practice.candidate import Candidate
from vivavoce.simulator.practice.candidate_script import Entry, Script
from vivavoce.simulator.practice.demo import pace
from vivavoce.simulator.practice.simulate import staged
from vivavoce.transcripts.events import CutIn, Event, Failed, Seconds, TurnEnded

A_SESSION = 5  # answers: as many as the round has questions
MINUTES = 60.0
TAIL = Seconds(1.2)  # of room noise after an answer: less than the gap and the shortest reply
FADE = Seconds(0.2)
JUST_BEFORE = Seconds(0.5)  # an interviewer who is heard so shortly before the true end has not waited for it
AFTERWARDS = Seconds(2.0)  # from the last turn's end to the session's: the reply has begun


class TimedPace:
    """`demo.pace`, and how late the loop came for each frame."""

    def __init__(self) -> None:
        self._wait_until = pace()
        self._began = 0.0
        self.late: list[float] = []

    def __call__(self, at: Seconds) -> None:
        """Return when `at` has come."""
        self._wait_until(at)
        now = time.monotonic()
        if not self.late:
            self._began = now - at
        self.late.append(now - self._began - at)


@dataclass(frozen=True, slots=True)
class Held:
    """A session that is over: what was to be said in it, what was played, what happened."""

    said: Sequence[SpokenAnswer]
    candidate: Candidate
    air: Air
    events: list[Event]
    late: list[float]  # seconds, one a frame; none in virtual time


@dataclass(frozen=True, slots=True)
class Reply:
    """What followed one answer.

    Attributes:
        answer: what was said.
        began: when it began, on the session's clock.
        taken: for each of its thinking pauses, whether the interviewer was heard in it.
        over: whether the interviewer was still speaking at its true end.
        gap: seconds from its true end to the interviewer's first sound; None if over, or never.
        turn: the end of its turn, if it was found.
    """

    answer: SpokenAnswer
    began: float
    taken: tuple[bool, ...]
    over: bool
    gap: float | None
    turn: TurnEnded | None

    @property
    def end(self) -> float:
        """Its true end on the session's clock."""
        return self.began + self.answer.ends_at

    @property
    def shares(self) -> tuple[float, float, float] | None:
        """What the gap is made of, in seconds: until the decision, the final text, the first sound."""
        if self.gap is None or self.turn is None:
            return None
        decided = self.turn.decided_at - self.end
        text = self.turn.at - self.turn.decided_at
        return decided, text, self.gap - decided - text


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--split", choices=("dev", "heldout"), default="dev")
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--voice", nargs="+", choices=VOICES, default=["natural"])
    parser.add_argument("--most", type=int, help="answers to say; 20 take 12 minutes in real time")
    parser.add_argument("--fast", action="store_true", help="in virtual time")
    parser.add_argument("--verbose", action="store_true", help="also print every miss")
    options = parser.parse_args()
    using, to_say = models(options.model), answers(options.split)[: options.most]
    neighbours = Neighbours()
    groups = [to_say[first : first + A_SESSION] for first in range(0, len(to_say), A_SESSION)]
    asking = persona(Script(entries=()).persona)
    voices = {kind: voice(kind, asking) for kind in options.voice}
    sessions: dict[str, list[Held]] = {kind: [] for kind in voices}
    for said in groups:
        for kind, speaker in voices.items():
            sessions[kind].append(hold(said, using, speaker, fast=options.fast))
    replies = {
        kind: [reply for held in all_held for reply in replied(held)] for kind, all_held in sessions.items()
    }
    if options.verbose:
        print(*(f"{kind} {miss}" for kind in voices for miss in misses(replies[kind])), sep="\n")
    name = f"latency-{options.split}-{options.model}" + ("-fast" if options.fast else "")
    about = {"answers": len(to_say), "cores_busy_with_other_work": neighbours.cores()}
    publish(name, about | {kind: figures(replies[kind], sessions[kind]) for kind in voices})


def hold(said: Sequence[SpokenAnswer], using: Models, speaker: Voice, *, fast: bool) -> Held:
    """Hold a session whose candidate says the answers `said`."""
    entries = tuple(Entry(words=a.words, sound=_sound(a), yields_after=None) for a in said)
    candidate = Candidate(Script(entries=entries, minutes=MINUTES))
    timed, events = TimedPace(), list[Event]()
    held = Held(said, candidate, Air(candidate, pace=None if fast else timed), events, timed.late)

    def note(event: Event) -> None:
        events.append(event)
        if isinstance(event, TurnEnded) and _all_said(held, event.at):
            held.air.until = Seconds(event.at + AFTERWARDS)

    using.detector.reset()
    background = Inline() if fast else Threads()
    with TemporaryDirectory() as folder:
        staged(
            candidate,
            microphone=held.air,
            speaker=held.air,
            models=using,
            voice=speaker,
            background=background,
            listeners=(note,),
            echo=CancelEcho(),
            recorder=Recorder(Path(folder)),
        ).run()
        rest(background)
    return held


def _sound(answer: SpokenAnswer) -> Samples:
    """Return `answer` until TAIL after its true end, where the room's noise fades."""
    fade = int(FADE * SAMPLE_RATE_HZ)
    sound = answer.samples[: int((answer.ends_at + TAIL) * SAMPLE_RATE_HZ)].copy()
    sound[len(sound) - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)
    return sound


def _begun(held: Held) -> Iterator[tuple[SpokenAnswer, float]]:
    """Yield the answers that were begun, and when: the candidate knows when each word was said."""
    words = 0
    for answer in held.said:
        if words >= len(held.candidate.said):
            return
        yield answer, held.candidate.said[words].start - answer.words[0].start
        words += len(answer.words)


def _all_said(held: Held, now: float) -> bool:
    begun = list(_begun(held))
    return len(begun) == len(held.said) and now > begun[-1][1] + begun[-1][0].ends_at


def replied(held: Held) -> list[Reply]:
    """Return what followed each answer of a session."""
    begun = list(_begun(held))
    nexts = [*(began for _, began in begun[1:]), len(held.air.played) / SAMPLE_RATE_HZ]
    return [_reply(held, *one, until) for one, until in zip(begun, nexts, strict=True)]


def _reply(held: Held, answer: SpokenAnswer, began: float, until: float) -> Reply:
    end = began + answer.ends_at
    taken = tuple(bool(len(held.air.sounding(began + p.start, began + p.end))) for p in answer.pauses)
    over = bool(len(held.air.sounding(end - JUST_BEFORE, end)))
    first = held.air.sounding(end, until)[:1]
    gap = None if over or not len(first) else float(first[0]) - end + _late(held, float(first[0]))
    turns = [e for e in held.events if isinstance(e, TurnEnded) and end - 0.1 < e.at < until]
    return Reply(answer, began, taken, over, gap, turns[0] if turns else None)


def _late(held: Held, at: float) -> float:
    """Return how late the loop was when it handed out the block that sounds at `at`."""
    return held.late[int(at * SAMPLE_RATE_HZ) // FRAME_SAMPLES - 1] if held.late else 0.0


def figures(replies: Sequence[Reply], sessions: Sequence[Held]) -> dict[str, Any]:
    """Return what is published."""
    pauses, taken = Counter[str](), Counter[str]()
    for reply in replies:
        for pause, was_taken in zip(reply.answer.pauses, reply.taken, strict=True):
            pauses[pause.kind] += 1
            taken[pause.kind] += was_taken
    shares = [reply.shares for reply in replies if reply.shares is not None]
    events = [event for held in sessions for event in held.events]
    return {
        "gap_s": percentiles([reply.gap for reply in replies if reply.gap is not None]),
        "decided_after_true_end_s": percentiles([share[0] for share in shares]),
        "final_text_after_decision_s": percentiles([share[1] for share in shares]),
        "first_sound_after_final_text_s": percentiles([share[2] for share in shares]),
        "loop_late_s": percentiles([late for held in sessions for late in held.late]),
        "turn_taken_in_pause": {kind: f"{taken[kind]} of {pauses[kind]}" for kind in sorted(pauses)},
        "still_speaking_at_the_true_end": sum(reply.over for reply in replies),
        "never_answered": sum(reply.gap is None and not reply.over for reply in replies),
        "cut_ins": sum(isinstance(event, CutIn) for event in events),
        "failures": sum(isinstance(event, Failed) for event in events),
    }


def misses(replies: Sequence[Reply]) -> Iterator[str]:
    """Yield a line for each pause that was taken and each gap above 1.5 s."""
    for reply in replies:
        for pause, was_taken in zip(reply.answer.pauses, reply.taken, strict=True):
            if was_taken:
                yield f"taken: {reply.answer.id} {pause.kind} after {pause.after!r}"
        turn = reply.turn
        if reply.gap is None:
            yield f"no gap: {reply.answer.id} {'still speaking' if reply.over else 'no answer'}"
        elif reply.gap > 1.5:
            shares = ", ".join(f"{share:.2f}" for share in reply.shares or ())
            why = f"p={turn.probability:.2f} …{turn.text[-50:]!r}" if turn else "no turn ended"
            yield f"slow: {reply.answer.id} {reply.gap:.2f} s ({shares}) {why}"


if __name__ == "__main__":
    main()
