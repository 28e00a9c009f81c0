"""Libraries of small sessions, for what is told of weeks of practice: each an event log and its details."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vivavoce.personas.content.content_checks import every_set
from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.points import points
from vivavoce.transcripts.events import (
    CutIn,
    Event,
    FinalHypothesis,
    PlaybackFinished,
    PlaybackStarted,
    QuestionAsked,
    RoundBegan,
    Seconds,
    SessionEnded,
    SessionStarted,
    SpeechEnded,
    SpeechStarted,
    TurnEnded,
    Word,
)
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.session_json import Meta, write_meta
from vivavoce.transcripts.library import sessions
from vivavoce.transcripts.scoring.assessment import Reader

S = Seconds
THE_END = "the interview is over"
STORY = (
    "In my second year at the depot our sorting line stood still for an hour every morning, and the "
    "drivers left late. I was asked to find out why. I sat beside the belt for three days and wrote "
    "down every stop. Then I moved the scanner in front of the scales, because half of the stops came "
    "from parcels that were weighed twice, and I taught both shifts the new order. As a result the "
    "stops fell from twelve a day to two, and the drivers have left on time ever since. I learned to "
    "look before I ask anybody for a machine."
)
NO_END = (
    "In my second year at the depot our sorting line stood still for an hour every morning. It was a "
    "large hall with many belts and many people, and everybody had an idea of their own about the "
    "belts. Some people thought of the scanner, and others thought of the scales, and the manager had "
    "his own view of all that. There were long talks about the belts at lunch, and there was also a "
    "board with notes about the belts, and a lot of different papers."
)
TOPIC = (
    "I would begin with what could do the most harm, because that cannot wait. For example, imagine a "
    "kettle that boils over: you take it off first and wipe the floor later. So I look at all of it "
    "once, I say aloud what I see, I decide what comes first and tell the others why. Then I check "
    "again after a few minutes, since things change, and I write down what I did so that the next "
    "person knows it. If something is beyond me, I call for help early and say what I need. Afterwards "
    "I ask what we could do so that it does not happen in the same way again, and we agree on one small "
    "thing that we change."
)
BACK = (
    "Yes. What does a good first month look like for somebody in this role? How does the team decide "
    "what to do next?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A line of the interviewer, and what was said to it."""

    question: str
    answer: str
    move: str = "ask"
    round: str = ""  # begins with it
    whole: bool = True
    why: str = "test"
    after: float = 0.5  # seconds from the line to the answer


def reader() -> Reader:
    """Return what the product reads with, without the model."""
    return Reader(None, every_set(), points=points)


def question(pack_id: str, name: str, wording: int = 0) -> str:
    """Return a wording of a pack's question."""
    return next(one for one in pack(pack_id).questions if one.id == name).wordings[wording]


def held(
    started_at: str,
    *told: Told,
    round_: str = "behavioral",
    pack_id: str = "behavioral",
    story: str = "",
    drill: str = "",
    origin: str = "",
    over: bool = True,
    finished: bool = True,
    typed: bool = False,
    pace: float = 0.4,
    sure: float = 0.9,
) -> Path:
    """Return the folder of a new session that began at `started_at`.

    Args:
        started_at: with the offset of where it was.
        told: what was asked and said.
        round_: as session.json has it.
        pack_id: likewise.
        story: likewise.
        drill: likewise.
        origin: likewise.
        over: it came to its own end, and was not broken off.
        finished: it has its report; a killed one has not.
        typed: nothing sounded.
        pace: seconds from one word to the next.
        sure: probability of each word.
    """
    moment = datetime.fromisoformat(started_at)
    name = f"{moment:%Y-%m-%d-%H%M}-{len([*sessions.shelf().glob('*')]):03}"
    folder = sessions.shelf() / name
    folder.mkdir(parents=True)
    about = Meta(started_at=started_at, round=round_, pack=pack_id, story=story, drill=drill, origin=origin)
    write_meta(folder, about)
    events = [*_events(told, typed=typed, pace=pace, sure=sure)]
    if finished:
        end = S(max(one.at for one in events) + 1.0)
        events.append(SessionEnded(at=end, reason=THE_END if over else "the candidate ended it"))
    (folder / log.NAME).write_bytes(b"".join(map(log.to_line, events)))
    if finished:
        sessions.finish(folder, reader())
    return folder


def _events(told: Sequence[Told], *, typed: bool, pace: float, sure: float) -> Iterator[Event]:
    now = 0.0
    yield SessionStarted(at=S(now))
    for one in told:
        now += 1.0
        if one.round:
            yield RoundBegan(at=S(now), round=one.round, persona="Dana")
        asked = list(_asked(one, now + 0.1, typed=typed))
        yield from asked
        now = asked[-1].at
        if one.answer:
            said = list(_said(one, now + one.after, typed=typed, pace=pace, sure=sure))
            yield from said
            now = said[-1].at


def _asked(one: Told, at: float, *, typed: bool) -> Iterator[Event]:
    if one.move == "cut in":
        yield CutIn(at=S(at), why="the answer circles", evidence=("again",))
    yield QuestionAsked(at=S(at), text=one.question, move=one.move, why=one.why)
    if not typed:
        yield PlaybackStarted(at=S(at + 0.1), text=one.question)
        yield PlaybackFinished(at=S(at + 2.1), heard=S(2.0), complete=True)


def _said(one: Told, at: float, *, typed: bool, pace: float, sure: float) -> Iterator[Event]:
    step = 0.0 if typed else pace
    words = tuple(
        Word(
            text=text,
            start=S(round(at + step * place, 3)),
            end=S(round(at + step * place + 0.9 * step, 3)),
            probability=sure,
        )
        for place, text in enumerate(one.answer.split())
    )
    end = words[-1].end
    if not typed:
        yield SpeechStarted(at=S(at))
        yield SpeechEnded(at=end, started_at=S(at))
    after = S(round(end + 0.01, 3))
    yield FinalHypothesis(at=after, text=one.answer, words=words, audio_start=S(at), audio_end=end)
    if one.whole:
        yield TurnEnded(
            at=S(round(after + 0.01, 3)),
            started_at=S(at),
            ended_at=end,
            decided_at=S(round(after + 0.01, 3)),
            text=one.answer,
            why="silence",
            probability=0.9,
        )
