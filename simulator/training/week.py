"""The week of a job: what stands on each day, from the rounds of its pack; docs/training.md has the order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from vivavoce.personas.content.pack import Pack, pack
from vivavoce.personas.content.pack_faults import CODING, DESIGN, QUESTIONS
from vivavoce.personas.content.question import Question
from vivavoce.personas.papers.job_packs import BEHAVIORAL, MOCK_LOOP, round_of
from vivavoce.personas.papers.tailoring import Tailoring
from vivavoce.transcripts.bank.fields import THEMES
from vivavoce.transcripts.training import plan
from vivavoce.transcripts.training.drills import CONCEPT, drill
from vivavoce.transcripts.training.plan import CALM, Item, Task, Template
from vivavoce.transcripts.training.plan_file import PlanFile

FALLBACK = "project-story"  # for a job of which nothing else is asked
EXPLAIN = "explain-simply"  # the drill that asks for a topic
STORIES, PROBLEMS, CONCEPTS, DESIGNS, QUESTIONS_BACK = 3, 4, 6, 2, 3


class Asked(NamedTuple):
    """A question, and the id of the pack that it is of."""

    round: str
    question: Question


def week(file: PlanFile) -> tuple[Template, ...]:
    """Return the seven days for the job that `file` names.

    Raises:
        PersonaError: there is no such round, or one of its packs cannot be used.
    """
    whole, rounds = _rounds(file)
    first = whole.practise_first
    led = {kind: _first(_questions(rounds, kind), first) for kind in (CODING, DESIGN)}
    topics = _first(_topics(rounds), first)
    days = [kind for kind in (CODING, QUESTIONS, DESIGN) if not led.get(kind)]
    shared = {kind: topics[place :: len(days)] for place, kind in enumerate(days)}
    return (
        _stories(),
        _speaking(led[CODING], shared.get(CODING, ())),
        _concepts(shared[QUESTIONS]),
        _designs(led[DESIGN], shared.get(DESIGN, ())),
        _behavioral(_behavioral_of(rounds)),
        _loop(round_of(MOCK_LOOP, Tailoring(title=file.title))),
        Template(id=CALM, title="Rest"),
    )


def asked_back(file: PlanFile) -> Iterator[str]:
    """Yield what one may ask at the end, from the rounds of the job: of each round first what it has first.

    Raises:
        PersonaError: as for `week`.
    """
    lists = [one.ask_back for one in _rounds(file)[1]]
    yield from dict.fromkeys(
        one[place] for place in range(max(map(len, lists), default=0)) for one in lists if place < len(one)
    )


def topics(file: PlanFile | None) -> list[str]:
    """Return themes that somebody with the job may be asked to explain; none without a plan.

    Raises:
        PersonaError: as for `week`.
    """
    if file is None:
        return []
    whole, rounds = _rounds(file)
    return [one.question.theme for one in _first(_topics(rounds), whole.practise_first)]


def _rounds(file: PlanFile) -> tuple[Pack, list[Pack]]:
    """Return what the job's interview is, and its rounds."""
    whole = round_of(file.round, Tailoring(title=file.title))
    return whole, [pack(one.round) for one in whole.stages] or [whole]


def _questions(rounds: Iterable[Pack], plan_: str) -> list[Asked]:
    return [Asked(one.id, question) for one in rounds if one.plan == plan_ for question in one.questions]


def _topics(rounds: Sequence[Pack]) -> list[Asked]:
    """Return the questions of the job's own rounds that ask for no story; if there are none, the others."""
    own = [one for one in rounds if one.plan == QUESTIONS and one.round != BEHAVIORAL]
    found = _questions(own, QUESTIONS) or _questions([pack(FALLBACK)], QUESTIONS)
    return [one for one in found if not one.question.story] or found


def _first(questions: Sequence[Asked], first: Sequence[str]) -> tuple[Asked, ...]:
    """Return the `questions` that come first, in that order; all of them where none is named."""
    named = [one for name in first for one in questions if one.question.id == name]
    return tuple(named or questions)


def _behavioral_of(rounds: Sequence[Pack]) -> Pack:
    return next((one for one in rounds if one.round == BEHAVIORAL), pack(BEHAVIORAL))


def _items(questions: Iterable[Asked]) -> tuple[Item, ...]:
    return tuple(
        Item(id=one.id, name=one.theme, wordings=_wordings([one]), how=_how(round_, one.id))
        for round_, one in questions
    )


def _wordings(questions: Iterable[Question]) -> frozenset[str]:
    return frozenset(plan.plain(words) for one in questions for words in (*one.wordings, *one.again))


def _simply(topic: str) -> frozenset[str]:
    return frozenset(plan.plain(line.replace(CONCEPT, topic)) for line in drill(EXPLAIN).ask)


def _how(round_: str, question: str = "") -> str:
    return f"vivavoce interview --round {round_}" + (f" --question {question}" if question else "")


def _stories() -> Template:
    tasks = (
        Task(
            kind=plan.SHEET,
            title=f"write down three stories, {plan.FIELDS_WRITTEN} of their seven fields at least",
            wanted=STORIES,
            how="vivavoce stories",
        ),
        Task(
            kind=plan.STORIES,
            title="tell three stories, each in under three minutes by the clock",
            wanted=STORIES,
            how="vivavoce story NAME",
        ),
    )
    return Template(id="stories", title="Your three best stories", tasks=tasks)


def _speaking(problems: Sequence[Asked], others: Sequence[Asked]) -> Template:
    if problems:
        task = _task(plan.PROBLEMS, "solve {} problems aloud", problems, PROBLEMS)
        return Template(id="speaking", title="Problems, aloud", tasks=(task,))
    task = _task(plan.CONCEPTS, "answer {} questions of the job aloud", others, PROBLEMS)
    return Template(id="speaking", title="Questions of the job, aloud", tasks=(task,))


def _concepts(questions: Sequence[Asked]) -> Template:
    """Return the day of topics; a drill that asks for one of them counts for it as well."""
    task = _task(plan.CONCEPTS, "explain {} topics of the job simply", questions, CONCEPTS)
    simply = tuple(replace(one, wordings=one.wordings | _simply(one.name)) for one in task.items)
    task = replace(task, items=simply)
    return Template(id="concepts", title="Explained simply", tasks=(task,))


def _designs(designs: Sequence[Asked], others: Sequence[Asked]) -> Template:
    if designs:
        task = _task(plan.DESIGNS, "talk {} designs through", designs, DESIGNS)
        return Template(id="designs", title="Two designs", tasks=(task,))
    task = _task(plan.CONCEPTS, "talk {} harder cases of the job through", others, DESIGNS)
    return Template(id="designs", title="Harder cases", tasks=(task,))


def _task(kind: str, title: str, questions: Sequence[Asked], most: int) -> Task:
    wanted = min(most, len(questions))
    return Task(kind=kind, title=title.format(wanted), wanted=wanted, items=_items(questions))


def _behavioral(content: Pack) -> Template:
    ids: Mapping[str, Sequence[str]] = content.themes or {theme: (theme,) for theme in THEMES}
    of = {theme: [one for one in content.questions if one.id in ids.get(theme, ())] for theme in THEMES}
    items = tuple(
        Item(id=theme, name=theme, wordings=_wordings(asked), how=_how(content.id, asked[0].id))
        for theme, asked in of.items()
        if asked
    )
    task = Task(
        kind=plan.THEMES,
        title="tell a story of each kind: where it was, what you did, how it ended",
        wanted=len(items),
        items=items,
    )
    return Template(id="behavioral", title="Six stories about people and work", tasks=(task,))


def _loop(mock: Pack) -> Template:
    """Return the day of the mock loop; a longer loop with the same rounds counts as well."""
    rounds = frozenset(pack(one.round).round for one in mock.stages)
    tasks = (
        Task(
            kind=plan.LOOP,
            title=f"hold all rounds in one go: {', '.join(sorted(rounds))}",
            wanted=1,
            how=_how(mock.id),
            rounds=rounds,
        ),
        Task(
            kind=plan.PRESSURE,
            title="be interrupted once, and go on",
            wanted=1,
            how="vivavoce drills run interruption",
        ),
        Task(
            kind=plan.REVERSE,
            title="ask three questions of your own at the end of a session",
            wanted=QUESTIONS_BACK,
            how="vivavoce drills run reverse-question",
        ),
    )
    return Template(id="loop", title="The whole thing once", tasks=tasks)
