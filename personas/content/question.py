"""A question of a pack: its wordings, and what a good answer to it has. docs/personas.md has the format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from vivavoce.personas.content.content_checks import cue_list, cues, known_check
from vivavoce.personas.content.toml_fields import (
    Field,
    flag,
    list_of,
    number,
    one_of,
    table,
    tables_in,
    tables_of,
    texts,
    words,
)
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.scoring.checks import STORY, TOPIC, Check
from vivavoce.transcripts.scoring.rubric import STRENGTH, Rule
from vivavoce.transcripts.story.star import Part

About = tuple[tuple[tuple[str, ...], str], ...]  # keywords, and what may be answered

LOOKS_FOR = ("result", "own part", "action", "lesson")  # unless the question says something else
ANSWER = Seconds(120.0)  # likewise
THIN, FAIR, STRONG = "thin", "fair", "strong"  # levels of an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Something that a good answer has.

    Attributes:
        check: how it is found; its id is the point's.
        name: completes "You spoke about ...".
        ask: what leads there, without giving it away.
        late: the same once something after it was heard, or code was written.
        after: points of which one has to be heard before it is asked for; none for at once.
        step: whether it is one of the round's, and not the question's own.
        matters: whether it is asked for first when little time is left.
        asking: whether it is heard, too, when the candidate asks about the task.
        own: whether it is found by the pack's own cues, and not by a shipped check that reports it itself.
    """

    check: Check
    name: str
    ask: tuple[str, ...]
    own: bool = True
    late: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    step: bool = False
    matters: bool = False
    asking: bool = False


@dataclass(frozen=True, slots=True)
class Because:
    """What of the candidate's papers a question comes from: quotes, or nothing."""

    resume: str = ""
    job: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, in several wordings."""

    id: str
    theme: str  # a few words that complete "let's come back to ..."
    wordings: tuple[str, ...]
    again: tuple[str, ...]  # easier ones, for who did not answer
    looks_for: tuple[str, ...] = LOOKS_FOR  # values of Part, what matters most first
    seconds: Seconds = ANSWER  # that an answer has
    terms: tuple[str, ...] = ()  # words that an answer to this question may well use
    story: bool = True  # whether it asks for one
    covers: tuple[str, ...] = ()  # ids of requirements, beside its own
    points: tuple[Point, ...] = ()  # in the order in which they are asked for
    traps: tuple[str, ...] = ()  # what a poor answer does
    because: Because = Because()
    further: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)  # by level of answer
    about: About = ()  # what is told of the task when asked


POINT: Mapping[str, Field] = {
    "id": Field(words, needed=True),
    "name": Field(words, needed=True),
    "covers": Field(list_of(words)),
    "check": Field(words),
    "said": Field(cue_list),
    "near": Field(cue_list),
    "without": Field(cue_list),
    "ask": Field(list_of(words, distinct=True), needed=True),
    "late": Field(list_of(words, distinct=True)),
    "after": Field(list_of(words, distinct=True)),
    "matters": Field(flag),
    "asking": Field(flag),
    "written": Field(flag),
}
ABOUT: Mapping[str, Field] = {
    "keywords": Field(list_of(words), needed=True),
    "answer": Field(words, needed=True),
}
FURTHER: Mapping[str, Field] = {level: Field(list_of(words, distinct=True)) for level in (THIN, FAIR, STRONG)}
QUESTION: Mapping[str, Field] = {
    "id": Field(words, needed=True),
    "theme": Field(words, needed=True),
    "wordings": Field(list_of(words, distinct=True), needed=True),
    "again": Field(list_of(words, distinct=True)),
    "looks_for": Field(list_of(one_of(*(part.value for part in Part)), distinct=True)),
    "seconds": Field(number(20, 900)),
    "terms": Field(list_of(words, least=0)),
    "covers": Field(list_of(words)),
    "answer": Field(one_of(STORY, TOPIC)),
    "traps": Field(list_of(words, distinct=True)),
    "points": Field(tables_of(POINT)),
    "about": Field(tables_of(ABOUT)),
    "follow_ups": Field(lambda value: table(value, FURTHER)),
}


def question(row: Mapping[str, object], shared: Sequence[Point] = ()) -> Question:
    """Return the question of a table in which nothing is wrong; `shared` points come before its own."""
    wordings, further = texts(row, "wordings"), row.get("follow_ups")
    seconds = row.get("seconds", ANSWER)
    return Question(
        id=str(row["id"]),
        theme=str(row["theme"]),
        wordings=wordings,
        again=texts(row, "again") or wordings,
        looks_for=texts(row, "looks_for") or LOOKS_FOR,
        seconds=Seconds(seconds if isinstance(seconds, int | float) else ANSWER),
        terms=texts(row, "terms"),
        story=row.get("answer", STORY) == STORY,
        covers=texts(row, "covers"),
        points=(*shared, *map(point, tables_in(row, "points"))),
        about=about(row),
        traps=texts(row, "traps"),
        further={level: texts(further, level) for level in further} if isinstance(further, dict) else {},
    )


def point(row: Mapping[str, object]) -> Point:
    """Return the point of a table in which nothing is wrong.

    Raises:
        PersonaError: it names a check, and none of the sets that there are has it.
    """
    name = str(row["name"])
    rule = Rule(STRENGTH, f"You spoke about {name}.", covers=texts(row, "covers"))
    given = str(row.get("check", ""))
    found = Check(
        id=str(row["id"]),
        rule=rule,
        said=cues(row, "said"),
        near=cues(row, "near"),
        without=cues(row, "without"),
        written=row.get("written") is True,
    )
    return Point(
        check=known_check(given, found) if given else found,
        name=name,
        ask=texts(row, "ask"),
        own=not given,
        late=texts(row, "late"),
        after=texts(row, "after"),
        matters=row.get("matters") is True,
        asking=row.get("asking") is True,
    )


def about(row: Mapping[str, object]) -> About:
    """Return what `row`, a pack's table or a question's, may answer."""
    return tuple((texts(one, "keywords"), str(one["answer"])) for one in tables_in(row, "about"))
