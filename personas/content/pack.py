"""What a round asks: one TOML file each, in packs/ and in the user's own. docs/personas.md has the format."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vivavoce.personas.content.content_checks import asks_for_a_story
from vivavoce.personas.content.persona import PersonaError, found, whole_table
from vivavoce.personas.content.toml_fields import (
    Fault,
    Field,
    flag,
    list_of,
    named,
    number,
    one_of,
    some_words,
    table,
    tables_of,
    whole,
    words,
)
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.story.star import Part

LOOKS_FOR = ("result", "own part", "action", "lesson")  # unless the question says something else
ANSWER = Seconds(120.0)  # likewise
UNNAMED = "what I asked"  # the theme of a question that nobody named
LONGEST_THEME = 10  # words


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One round of a loop."""

    round: str  # the id of a pack with questions
    persona: str  # the id of a persona; "" for the one that the user chose
    minutes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What a round asks, or the rounds of a loop; it has either `questions` or `stages`."""

    id: str
    round: str
    title: str
    minutes: float
    most_questions: int  # that fit into the minutes
    questions: tuple[Question, ...]
    about: tuple[tuple[tuple[str, ...], str], ...] = ()  # keywords, and what may be answered
    intro: str = ""  # what the round is, for the screen
    opens_with: str = ""  # the id of the question that every session begins with
    stages: tuple[Stage, ...] = ()
    papers: bool = True  # whether questions about a résumé and a job posting belong here
    leading: tuple[Question, ...] = ()  # for this candidate alone: asked in every session, after the first


def pack(name: str) -> Pack:
    """Return the pack that is called `name`: a user's own, a shipped one, or the one in a file.

    Args:
        name: an id, or the path of a file that ends in .toml.

    Raises:
        PersonaError: there is none, or it cannot be used.
    """
    path = found("packs", name)
    _, row = whole_table(path, faults)
    return _made(path.stem, row)


def practising(content: Pack, question: str) -> Pack:
    """Return `content` with `question` as its only one.

    Args:
        content: the pack of the round.
        question: the id or a wording of one of its questions, or any other question.

    Raises:
        PersonaError: the question is empty, or a set of content checks cannot be used.
    """
    text = " ".join(question.split())
    if not text:
        raise PersonaError("the question to practise is empty; give it as --question 'Tell me about ...'")
    return replace(
        content,
        questions=(_practised(content, text),),
        most_questions=1,
        stages=(),
        opens_with="",
        papers=False,
        leading=(),
    )


def faults(value: object) -> Iterator[Fault]:
    """Yield what is wrong with `value` as a pack's table."""
    yield from table(value, FIELDS)
    if not isinstance(value, dict):
        return
    if ("questions" in value) == ("stages" in value):
        yield Fault((), "a pack has either questions or stages")
    if "questions" in value and "minutes" not in value:
        yield Fault((), "minutes is missing")
    yield from _ids(_tables(value, "questions"), value.get("opens_with", ""))


def _ids(questions: Sequence[Mapping[str, object]], first: object) -> Iterator[Fault]:
    ids = [one.get("id") for one in questions]
    for place, name in enumerate(ids):
        if isinstance(name, str) and name in ids[:place]:
            yield Fault(("questions", place, "id"), f"the id {named(name)} is there twice")
    if first not in ("", *ids):
        yield Fault(("opens_with",), f"there is no question {named(first)}")


QUESTION: Mapping[str, Field] = {
    "id": Field(words, needed=True),
    "theme": Field(words, needed=True),
    "wordings": Field(list_of(words, distinct=True), needed=True),
    "again": Field(list_of(words, distinct=True)),
    "looks_for": Field(list_of(one_of(*(part.value for part in Part)), distinct=True)),
    "seconds": Field(number(20, 900)),
    "terms": Field(list_of(words, least=0)),
}
ABOUT: Mapping[str, Field] = {
    "keywords": Field(list_of(words), needed=True),
    "answer": Field(words, needed=True),
}
STAGE: Mapping[str, Field] = {
    "round": Field(words, needed=True),
    "persona": Field(some_words),
    "minutes": Field(number(1, 180), needed=True),
}
FIELDS: Mapping[str, Field] = {
    "round": Field(words, needed=True),
    "title": Field(words, needed=True),
    "minutes": Field(number(1, 600)),
    "most_questions": Field(whole(1, 50)),
    "intro": Field(some_words),
    "opens_with": Field(some_words),
    "questions": Field(tables_of(QUESTION)),
    "papers": Field(flag),
    "about": Field(tables_of(ABOUT)),
    "stages": Field(tables_of(STAGE)),
}


def _made(name: str, row: Mapping[str, object]) -> Pack:
    stages = tuple(_stage(one) for one in _tables(row, "stages"))
    questions = tuple(_question(one) for one in _tables(row, "questions"))
    planned = sum(stage.minutes for stage in stages)
    return Pack(
        id=name,
        round=str(row["round"]),
        title=str(row["title"]),
        minutes=_number(row, "minutes", planned),
        most_questions=int(_number(row, "most_questions", max(1, len(questions)))),
        questions=questions,
        about=tuple((_texts(one, "keywords"), str(one["answer"])) for one in _tables(row, "about")),
        intro=str(row.get("intro", "")),
        opens_with=str(row.get("opens_with", "")),
        stages=stages,
        papers=row.get("papers") is not False,
    )


def _question(row: Mapping[str, object]) -> Question:
    wordings = _texts(row, "wordings")
    return Question(
        id=str(row["id"]),
        theme=str(row["theme"]),
        wordings=wordings,
        again=_texts(row, "again") or wordings,
        looks_for=_texts(row, "looks_for") or LOOKS_FOR,
        seconds=Seconds(_number(row, "seconds", ANSWER)),
        terms=_texts(row, "terms"),
    )


def _stage(row: Mapping[str, object]) -> Stage:
    return Stage(
        round=str(row["round"]), persona=str(row.get("persona", "")), minutes=_number(row, "minutes", 0)
    )


def _practised(content: Pack, text: str) -> Question:
    """Return the pack's own question if `text` is its id or a wording of it, or else a new one."""
    for one in content.questions:
        if text.lower() == one.id.lower():
            return one
        if text in one.wordings:
            return replace(one, wordings=(text,))
    story = asks_for_a_story(text)
    return Question(id="practice", theme=_theme(text), wordings=(text,), again=(text,), story=story)


def _theme(text: str) -> str:
    told = re.fullmatch(r"tell me about (.+)", text, re.IGNORECASE)
    theme = told[1].rstrip(".?!") if told else ""
    is_short = theme and len(theme.split()) <= LONGEST_THEME and not re.search(r"[.?!:]", theme)
    return theme if is_short else UNNAMED


def _tables(row: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    value = row.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _texts(row: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = row.get(key)
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _number(row: Mapping[str, object], key: str, default: float) -> float:
    value = row.get(key)
    return value if isinstance(value, int | float) else default
