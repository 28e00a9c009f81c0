"""What a session really held: read from its folder, for ticks, gaps and drills alike.

Only what was said counts. A demonstration and a session heard again are nobody's practice, and one whose date
cannot be read belongs to no day. A session that was broken off counts for what was said until then.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from vivavoce.transcripts.bank.telling import told
from vivavoce.transcripts.errors import TranscriptError
from vivavoce.transcripts.events import Event, RoundBegan, Seconds, SessionEnded
from vivavoce.transcripts.journal import log
from vivavoce.transcripts.journal.session_json import Meta, read_meta
from vivavoce.transcripts.library.sessions import folders
from vivavoce.transcripts.library.stored_report import assessments
from vivavoce.transcripts.scoring.assessment import NO_RUBRIC, NOTHING_LISTED, PLAIN, Reader
from vivavoce.transcripts.scoring.checks import STORY
from vivavoce.transcripts.scoring.rubric import GAP, OBSERVATION
from vivavoce.transcripts.scoring.threads import NONE_ASKED, Thread, threads
from vivavoce.transcripts.talk.answers import Answer, answers
from vivavoce.transcripts.talk.interruptions import Interruption, interruptions
from vivavoce.transcripts.talk.turns import turns
from vivavoce.transcripts.training.drills import NOTHING_ASKED, SLOW_RECOVERY, drills
from vivavoce.transcripts.training.measures import Measured, Sitting, measured
from vivavoce.transcripts.training.own_questions import asked

THE_END = "the interview is over"  # why a session ended that nobody broke off
HANDED_OVER = frozenset({"hand over", "answer", "decline"})  # moves after which the candidate asks
SLOW = Seconds(8.0)  # to go on after an interruption
YEARS = range(1900, 3000)  # so that days around one can be reckoned with, in any time zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A question, and what was said to it and its follow-ups.

    Attributes:
        question: as it was asked.
        round: in which, as `RoundBegan` has it.
        words: how many there were in all.
        seconds: that the telling took, before anything was asked of it; None if it was typed.
        whole: it came to its end.
        judged: enough was heard, and well enough.
        story: whether one was asked for.
        parts: of a story, which were told.
        score: the overall one; None if there is none.
        gaps: codes of what it lacks.
    """

    question: str
    round: str = ""
    words: int
    seconds: Seconds | None
    whole: bool
    judged: bool
    story: bool
    parts: frozenset[str]
    score: int | None
    gaps: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A session of the person's own; `day` is the date where they were, `moment` orders those of a day."""

    id: str
    day: date
    moment: str
    round: str
    pack: str
    story: str
    drill: str
    finished: bool  # it came to its own end
    said: tuple[Said, ...]
    asked: tuple[str, ...]  # the candidate's questions at the end
    gaps: frozenset[str]
    measured: Measured | None = None  # of a drill

    @property
    def rounds(self) -> frozenset[str]:
        """Those in which something was answered."""
        return frozenset(one.round for one in self.said if one.judged)


def held(
    since: date | None = None, reader: Callable[[], Reader] = lambda: PLAIN, latest: int | None = None
) -> list[Held]:
    """Return the person's own sessions, in order; a copy of one is not another.

    Args:
        since: those of this day and later; None for all.
        reader: what answers are read with that no report has found anything in yet.
        latest: how many of them that are no drills, so that a large library takes no longer; None for all.

    Raises:
        LibraryError: the folder of sessions cannot be read.
    """
    found = sorted(_own(since), key=lambda one: (one.day, _moment(one.about.started_at), one.folder.name))
    ordinary = [one for one in found if not one.about.drill]
    left = {id(one) for one in ordinary[: len(ordinary) - latest]} if latest is not None else set()
    read = [_read(one, reader) for one in found if id(one) not in left]
    return [*{replace(one, id=""): one for one in reversed(read) if one is not None}.values()][::-1]


def held_in(folder: Path, reader: Callable[[], Reader] = lambda: PLAIN) -> Held | None:
    """Return what the session in `folder` held; None if that is nothing, or nobody's own."""
    one = _dated(folder)
    return None if one is None else _read(one, reader)


class _Dated(NamedTuple):
    """A session of the person's own, with the day on which it began."""

    folder: Path
    about: Meta
    day: date


def _own(since: date | None) -> Iterator[_Dated]:
    for folder in folders():
        one = _dated(folder)
        if one is not None and (since is None or one.day >= since):
            yield one


def _dated(folder: Path) -> _Dated | None:
    with suppress(TranscriptError):
        about = read_meta(folder)
        day = day_of(about.started_at)
        return None if day is None or about.origin else _Dated(folder, about, day)
    return None


def _read(one: _Dated, reader: Callable[[], Reader]) -> Held | None:
    with suppress(TranscriptError):
        stored = assessments(one.folder)
        means = replace(PLAIN if stored else reader(), stored=stored)
        return of_events(one.folder.name, one.day, one.about, log.read_log(one.folder / log.NAME), means)
    return None


def day_of(started_at: str) -> date | None:
    """Return the date where somebody was then, whatever the time was elsewhere; None if it says none."""
    with suppress(ValueError):
        day = datetime.fromisoformat(started_at).date()
        return day if day.year in YEARS else None
    return None


def of_events(name: str, day: date, about: Meta, events: Sequence[Event], reader: Reader) -> Held | None:
    """Return what a session held, None if nothing was said in it."""
    both = turns(events)
    found = answers(events, both)
    judged = threads(_one_telling(found) if about.story else found, reader)
    cuts = interruptions(events, both)
    over = [one for one in found if one.question.move in HANDED_OVER and one.text]
    own = [question for one in over for question in asked(one.text)]
    if not any(one.assessment.text for one in judged):
        return None
    answered = tuple(one for one in judged if one.answers[0].question.move not in NONE_ASKED)
    drill = next((one for one in drills() if one.id == about.drill), None)
    sitting = Sitting(threads=answered, interruptions=tuple(cuts), asked=tuple(own), replied=bool(over))
    return Held(
        id=name,
        day=day,
        moment=_moment(about.started_at),
        round=about.round,
        pack=about.pack,
        story=about.story,
        drill=about.drill,
        finished=any(isinstance(one, SessionEnded) and one.reason == THE_END for one in events),
        said=tuple(_said(one, _round(one, events, about)) for one in answered if one.assessment.text),
        asked=tuple(own),
        gaps=frozenset(_gaps(answered, cuts, found)),
        measured=None if drill is None else measured(drill, sitting),
    )


def _one_telling(found: Sequence[Answer]) -> list[Answer]:
    """Return the answers of a story such that all of its telling is one thread, as a follow-up is."""
    inside = {id(one) for one in told(found).answers[1:]}
    return [
        replace(one, question=replace(one.question, move="cut in")) if id(one) in inside else one
        for one in found
    ]


def _moment(started_at: str) -> str:
    moment = datetime.fromisoformat(started_at)
    return (moment if moment.tzinfo is None else moment.astimezone(UTC)).isoformat()


def _round(thread: Thread, events: Iterable[Event], about: Meta) -> str:
    """Return in which round a thread began; where a journal names none, the session's own."""
    start = thread.answers[0].question.start
    begun = [one for one in events if isinstance(one, RoundBegan) and one.at <= start]
    return begun[-1].round if begun else about.round


def _said(thread: Thread, round_: str) -> Said:
    found, telling = thread.assessment, told(thread.answers)
    return Said(
        question=thread.question,
        round=round_,
        words=len(found.text.split()),
        seconds=telling.seconds,
        whole=telling.whole,
        judged=_enough(thread),
        story=found.kind == STORY,
        parts=frozenset(part for part, is_told in found.present.items() if is_told),
        score=None if found.scores is None else found.scores.get("overall"),
        gaps=frozenset(one.code for one in found.findings if one.kind in (GAP, OBSERVATION)),
    )


def _enough(thread: Thread) -> bool:
    """Whether enough was heard to say what it is, whether or not such a question has a score."""
    return thread.assessment.why_not in ("", NO_RUBRIC, NOTHING_LISTED)


def _gaps(answered: Sequence[Thread], cuts: Sequence[Interruption], found: Sequence[Answer]) -> Iterator[str]:
    for thread in answered:
        yield from (one.code for one in thread.assessment.findings if one.kind in (GAP, OBSERVATION))
    for cut in cuts:
        if cut.by == "interviewer" and (cut.recovery is None or cut.recovery > SLOW):
            yield SLOW_RECOVERY
    over = [one for one in found if one.question.move in HANDED_OVER and one.text]
    if over and not any(asked(one.text) for one in over):
        yield NOTHING_ASKED
