"""The week before an interview: what stands on which day, what was really done of it, what is left. Pure.

Seven days, counted back from the interview: the last one is the day before it. With fewer days the ones that
are worth most are kept, in the order of the week. A task is ticked by what sessions held since the plan's
start, whatever day it was, and by nothing else; what was not done is never moved out of sight, but on the
last day, which offers nothing to do.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.training.held import Held, Said
from vivavoce.transcripts.training.plan_file import PlanFile

STORIES, SHEET, PROBLEMS, CONCEPTS, DESIGNS, THEMES, LOOP, PRESSURE, REVERSE = (
    *("stories", "sheet", "problems", "concepts", "designs", "themes"),
    *("loop", "pressure", "reverse"),
)
WEEK = 7  # days
LONGEST_STORY = Seconds(180.0)
# Words below which something was touched on and not done.
FEWEST = {STORIES: 75, PROBLEMS: 60, CONCEPTS: 40, DESIGNS: 120, THEMES: 50}
STAR = frozenset({"situation", "action", "result"})
FIELDS_WRITTEN = 5  # of the seven fields of a story, from which it is written down
# Which days are kept if there are fewer, what is worth most first; the last one comes before all.
WORTH = ("stories", "loop", "behavioral", "speaking", "designs", "concepts")
CALM = "calm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One of several that a task is about.

    `wordings` are those of its questions, as `plain` makes them; `how` is a command that asks one.
    """

    id: str
    name: str
    wordings: frozenset[str] = frozenset()
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to do.

    Attributes:
        kind: one of those above; what counts for it.
        title: what to do, in words.
        wanted: how many times.
        items: what it may be done with; empty where the person brings that.
        how: a command that does it.
        rounds: of a mock loop, those in which something has to be answered.
    """

    kind: str
    title: str
    wanted: int
    items: tuple[Item, ...] = ()
    how: str = ""
    rounds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A day of the week, wherever it comes to stand; `id` is one of WORTH, or CALM."""

    id: str
    title: str
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """A task with what was done of it: names, and the day on which each was first done, the earliest first.

    What is only written down has no day. Once `closed` nothing more is asked for, whatever was left undone.
    """

    task: Task
    done: tuple[tuple[str, date | None], ...]
    closed: bool = False

    @property
    def complete(self) -> bool:
        """Whether all that was wanted was done."""
        return len(self.done) >= self.task.wanted

    @property
    def open(self) -> tuple[str, ...]:
        """Names of what it could still be done with."""
        return tuple(one.name for one in self._rest())

    @property
    def how(self) -> str:
        """A command that does the next of it; "" once it is complete or closed."""
        over = self.complete or self.closed
        return "" if over else next((one.how for one in self._rest()), self.task.how)

    def _rest(self) -> list[Item]:
        names = {name for name, _ in self.done}
        return (
            [] if self.complete or self.closed else [one for one in self.task.items if one.name not in names]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of the plan."""

    id: str  # of its template
    number: int  # from 1
    date: date
    title: str
    calm: bool
    tasks: tuple[Ticked, ...]

    @property
    def complete(self) -> bool:
        """Whether all of it was done."""
        return all(one.complete for one in self.tasks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The plan as it stands today.

    Attributes:
        file: what it is for.
        today: the day of which it tells.
        days: all of them, in order.
        left_out: titles of those for which there was no time from the start, what is worth most first.
        left: what is open of today's tasks; nothing on the last day and after it.
        skipped: what is open of the days before.
    """

    file: PlanFile
    today: date
    days: tuple[Day, ...]
    left_out: tuple[str, ...] = ()
    left: tuple[Ticked, ...] = ()
    skipped: tuple[tuple[Day, Ticked], ...] = ()

    @property
    def calm(self) -> bool:
        """Whether it is the last day or that of the interview: nothing new then."""
        return self.days[-1].date <= self.today <= self.file.interview

    @property
    def over(self) -> bool:
        """Whether the interview's day is past."""
        return self.today > self.file.interview


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """What the person's story files say: how many fields each has, its title and its themes, by its name."""

    titles: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, int] = field(default_factory=dict)
    themes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def plan(
    file: PlanFile, today: date, week: Sequence[Template], held: Iterable[Held], bank: Bank | None = None
) -> Plan:
    """Return the plan.

    Args:
        file: when the interview is.
        today: where the person is.
        week: WEEK days, the last one CALM.
        held: the person's own sessions; those before the plan's start count for nothing.
        bank: their stories.
    """
    mine = [one for one in held if file.started <= one.day <= file.interview]
    known = bank or Bank()
    kept = _kept(week, file)
    days = tuple(
        Day(
            id=one.id,
            number=number,
            date=file.interview - timedelta(max(len(kept) - number, 0) + (file.interview > file.started)),
            title=one.title,
            calm=one.id == CALM,
            tasks=tuple(_ticked(task, mine, known) for task in one.tasks),
        )
        for number, one in enumerate(kept, start=1)
    )
    if today >= days[-1].date:
        done = (_done_alone(day) for day in days)
        return Plan(file=file, today=today, days=tuple(one for one in done if one.calm or one.tasks))
    left_out = sorted((one for one in week if one not in kept), key=lambda one: WORTH.index(one.id))
    return Plan(
        file=file,
        today=today,
        days=days,
        left_out=tuple(one.title for one in left_out),
        left=tuple(one for day in days if day.date == today for one in day.tasks if not one.complete),
        skipped=tuple(
            (day, one) for day in days if day.date < today for one in day.tasks if not one.complete
        ),
    )


def plain(text: str) -> str:
    """Return `text` in small letters, without marks: as two wordings are held against each other."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def _kept(week: Sequence[Template], file: PlanFile) -> list[Template]:
    """Return the days for which there is time, in the order of the week."""
    count = min(max((file.interview - file.started).days, 1), WEEK)
    worth = [CALM, *WORTH][:count]
    return [one for one in week if one.id in worth]


def _done_alone(day: Day) -> Day:
    """Return `day` with what was done of it; what was not is neither named nor asked for any more."""
    return replace(day, tasks=tuple(replace(one, closed=True) for one in day.tasks if one.done))


def _ticked(task: Task, held: Sequence[Held], bank: Bank) -> Ticked:
    if task.kind == SHEET:
        written = (title for name, title in bank.titles.items() if bank.fields[name] >= FIELDS_WRITTEN)
        return Ticked(task=task, done=tuple((title, None) for title in written))
    found: dict[str, date] = {}
    for session in held:
        for name in _names(task, session, bank):
            found.setdefault(name, session.day)
    return Ticked(task=task, done=tuple(found.items()))


def _names(task: Task, session: Held, bank: Bank) -> Iterable[str]:
    """Return the names of what a session did for a task."""
    match task.kind:
        case "stories":
            told = session.story and session.said and in_time(session.said[0])
            return [bank.titles.get(session.story, session.story)] if told else []
        case "loop":
            return ["the loop"] if session.finished and task.rounds <= session.rounds else []
        case "pressure":
            rated = session.drill == "interruption" and session.measured and session.measured.rating
            return ["the interruption"] if rated else []
        case "reverse":
            return dict.fromkeys(map(plain, session.asked))
        case "themes":
            return _themes(task, session, bank)
        case _:
            spoken = (one for one in session.said if one.seconds is not None or task.kind != PROBLEMS)
            return [item.name for one in spoken if _enough(one, task.kind) for item in _items(task, one)]


def in_time(one: Said) -> bool:
    """Whether a story was told to its end within three minutes, by the clock; typed, nobody knows."""
    return _enough(one, STORIES) and one.whole and one.seconds is not None and one.seconds <= LONGEST_STORY


def as_a_story(one: Said) -> bool:
    """Whether a story has where it was, what was done and how it ended."""
    return _enough(one, THEMES) and one.story and one.parts >= STAR


def _themes(task: Task, session: Held, bank: Bank) -> Iterable[str]:
    told = [one for one in session.said if as_a_story(one)]
    of_the_bank = bank.themes.get(session.story, ()) if session.said[:1] == tuple(told[:1]) else ()
    return [
        item.name
        for item in task.items
        if (told and item.id in of_the_bank) or any(item in _items(task, one) for one in told)
    ]


def _items(task: Task, one: Said) -> list[Item]:
    """Return the items that a question is about: it ends with one of their wordings."""
    question = plain(one.question)
    return [item for item in task.items if any(question.endswith(words) for words in item.wordings)]


def _enough(one: Said, kind: str) -> bool:
    return one.judged and one.words >= FEWEST[kind]
