"""Turns: who spoke when, in which words.

The interviewer's lines cut the session into stretches, and the candidate's words in one stretch
are one turn. A stretch closes when the next line is first heard or, after a cut-in, when the
candidate yielded. Words are placed by their time and not by the order of the journal, because a
final hypothesis comes after the sound that it settles.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, zip_longest
from typing import Literal

from vivavoce.transcripts.events import (
    BackChannel,
    BargeIn,
    CutIn,
    Event,
    FinalHypothesis,
    PartialHypothesis,
    Seconds,
    SpeechStarted,
    TurnEnded,
    TurnResumed,
    Word,
)
from vivavoce.transcripts.talk.lines import Line, lines, shares_heard
from vivavoce.transcripts.words import middle, speech, typed, words

Speaker = Literal["interviewer", "candidate"]

NEVER = Seconds(float("inf"))
SLACK = 0.3  # seconds by which recognisers stretch a word past the end of its sound
STARTED_AGAIN = Seconds(0.6)  # a cut-in begins in a micro-pause; who speaks on begins again so soon


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """All that one side said while holding the floor.

    `complete`: the line was played to its end, or the endpoint judged the turn over.
    `interrupted`: the other side took the floor. `resumed`: how often an endpoint was too early.
    `heard`: the share of an interviewer's line that was played, estimated if it was stopped.
    `text` may say more than `words` where a session was killed before recognition had settled.
    `timed`: it was spoken, so its times mean something; what was typed has no `words` with times.
    """

    speaker: Speaker
    start: Seconds
    end: Seconds
    text: str
    words: tuple[Word, ...] = ()
    complete: bool = True
    interrupted: bool = False
    resumed: int = 0
    heard: float = 1.0
    move: str = ""
    why: str = ""
    timed: bool = True


@dataclass(slots=True)
class _Stretch:
    """What lies between two lines of the interviewer."""

    close: Seconds
    words: list[Word] = field(default_factory=list)
    ended: TurnEnded | None = None
    resumed: int = 0
    cut: bool = False


def turns(events: Sequence[Event]) -> list[Turn]:
    """Return the turns of both sides in order; back-channels belong to nobody.

    A last turn that nothing closed counts too, with what was provisionally recognised of it.
    """
    said = lines(events)
    answers = [_answer(stretch) for stretch in _stretches(events, said)]
    answers[-1] = _with_tail(events, answers[-1])
    both = [turn for turn in chain.from_iterable(zip_longest(answers, _asked(events, said))) if turn]
    wholly = typed(events)
    return [replace(turn, words=(), timed=False) if wholly or _written(turn) else turn for turn in both]


def _written(turn: Turn) -> bool:
    """Return whether `turn` was typed in a session that is spoken: its words took no time."""
    return bool(turn.words) and all(word.end <= word.start for word in turn.words)


def _asked(events: Sequence[Event], said: Sequence[Line]) -> list[Turn]:
    onsets = [*(line.start for line in said), NEVER][1:]
    barge_ins = [event.at for event in events if isinstance(event, BargeIn)]
    return [
        Turn(
            speaker="interviewer",
            start=line.start,
            end=line.end,
            text=line.text,
            complete=line.complete,
            interrupted=not line.complete and any(line.start <= at < until for at in barge_ins),
            heard=share,
            move=line.move,
            why=line.why,
        )
        for line, until, share in zip(said, onsets, shares_heard(said), strict=True)
    ]


def _stretches(events: Sequence[Event], said: Sequence[Line]) -> list[_Stretch]:
    """Return one stretch before each line and one after the last."""
    stretches = [_Stretch(line.start) for line in said] + [_Stretch(NEVER)]
    for cut in (event for event in events if isinstance(event, CutIn)):
        place = sum(line.end < cut.at for line in said)
        stretches[place].cut = True
        if place < len(said):
            stretches[place].close = min(said[place].end, _yielded(events, cut))
    for event in events:
        if isinstance(event, TurnEnded):
            _around(stretches, event.ended_at).ended = event
        elif isinstance(event, TurnResumed) and (stretch := _around(stretches, event.at)).ended:
            stretch.ended, stretch.resumed = None, stretch.resumed + 1
    for word in words(events):
        _around(stretches, middle(word)).words.append(word)
    return stretches


def _around(stretches: Sequence[_Stretch], at: Seconds) -> _Stretch:
    """Return the stretch in which something happened at `at`."""
    return next(stretch for stretch in stretches if at < stretch.close)


def _yielded(events: Sequence[Event], cut: CutIn) -> Seconds:
    """Return by when the words of somebody who was cut in on were over."""
    spoken = (span for span in speech(events) if span.start <= cut.at + STARTED_AGAIN and span.end >= cut.at)
    silences = (span.end for span in spoken)
    return Seconds(max(silences, default=cut.at) + SLACK)


def _answer(stretch: _Stretch) -> Turn | None:
    """Return the candidate's turn in `stretch`, if they said anything there."""
    ended, spoken = stretch.ended, stretch.words
    if spoken:
        start, end = spoken[0].start, max(word.end for word in spoken)
        text = " ".join(word.text for word in spoken)
    elif ended and ended.text:
        start, end, text = ended.started_at, ended.ended_at, ended.text
    else:
        return None
    return Turn(
        speaker="candidate",
        start=start,
        end=end,
        text=text,
        words=tuple(spoken),
        complete=ended is not None and not stretch.cut,
        interrupted=stretch.cut,
        resumed=stretch.resumed,
    )


def _with_tail(events: Sequence[Event], last: Turn | None) -> Turn | None:
    """Return `last`, the turn that the journal ends in, with what no final hypothesis has settled."""
    tail: PartialHypothesis | None = None
    for event in events:
        if isinstance(event, PartialHypothesis):
            tail = event
        elif isinstance(event, BackChannel) and event.by != "candidate":
            continue
        elif isinstance(event, FinalHypothesis | TurnEnded | BackChannel):
            tail = None
    if tail is None or not tail.text:
        return last
    if last is not None:
        text, end = f"{last.text} {tail.text}", max(last.end, tail.audio_end)
        return replace(last, text=text, end=end, complete=False)
    end = tail.audio_end
    onsets = (e.at for e in events if isinstance(e, SpeechStarted) and e.at <= end)
    return Turn(speaker="candidate", start=max(onsets, default=end), end=end, text=tail.text, complete=False)
