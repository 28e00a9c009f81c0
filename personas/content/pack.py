"""What a round asks: one TOML file each, in packs/ and in the user's own. docs/personas.md has the format."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from vivavoce.personas.content.content_checks import asks_for_a_story, cues
from vivavoce.personas.content.pack_faults import EXAMPLE, QUESTIONS, faults
from vivavoce.personas.content.persona import PersonaError, found, identity, whole_table
from vivavoce.personas.content.question import About, Question, about, point, question
from vivavoce.personas.content.toml_fields import (
    tables_in,
    texts,
)
from vivavoce.transcripts.scoring.cues import Cues

UNNAMED = "what I asked"  # the theme of a question that nobody named
LONGEST_THEME = 10  # words


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One round of a loop."""

    round: str  # the id of a pack with questions
    persona: str  # the id of a persona; "" for the one that the user chose
    minutes: float
    looks: str = ""  # from where the interviewer looks at the work, said after the greeting
    turn: tuple[str, ...] = ()  # wordings of a question that asks to speak to another listener
    doubt: tuple[str, ...] = ()  # what is said to the answer
    after: tuple[str, ...] = ()  # in a round with a plan: points of which one was heard before


@dataclass(frozen=True, slots=True, kw_only=True)
class Flavour:
    """A kind of job for which the rounds of a loop weigh differently."""

    name: str
    words: Cues  # of a title or a posting
    minutes: Mapping[str, float] = field(hash=False)  # by round; 0 leaves it out


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What a story that answers a question may be about."""

    id: str
    theme: str
    question: str  # its id


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What a round asks, or the rounds of a loop; it has either `questions` or `stages`."""

    id: str
    round: str
    title: str
    minutes: float
    most_questions: int  # that fit into the minutes
    questions: tuple[Question, ...]
    about: About = ()  # what is told of the role or the task when asked
    intro: str = ""  # what the round is, for the screen
    opens_with: str = ""  # the id of the question that every session begins with
    stages: tuple[Stage, ...] = ()
    papers: bool = True  # whether questions about a résumé and a job posting belong here
    takes: tuple[str, ...] = ()  # the kinds of them that do, what matters most first; none for all
    leading: tuple[Question, ...] = ()  # for this candidate alone: asked in every session, after the first
    plan: str = QUESTIONS  # who leads: the questions, or the steps of CODING and DESIGN
    ask_back: tuple[str, ...] = ()  # what the candidate may ask at the end
    examples: tuple[Example, ...] = ()
    fits: Cues | None = None  # of a loop: the titles that it is for
    titles: tuple[str, ...] = ()  # the same, as they stand in the file
    employers: tuple[str, ...] = ()  # of a loop
    flavours: tuple[Flavour, ...] = ()  # of a loop
    practise_first: tuple[str, ...] = ()  # of a loop: ids of questions that a week of practice takes first
    themes: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict, hash=False
    )  # ids of questions by theme


def pack(name: str) -> Pack:
    """Return the pack that is called `name`: a user's own, a shipped one, or the one in a file.

    Args:
        name: an id, or the path of a file that ends in .toml.

    Raises:
        PersonaError: there is none, or it cannot be used.
    """
    path = found("packs", name)
    _, row = whole_table(path, faults)
    return _made(identity("packs", path), row)


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


def _made(name: str, row: Mapping[str, object]) -> Pack:
    stages = tuple(_stage(one) for one in tables_in(row, "stages"))
    led = row.get("plan", QUESTIONS) != QUESTIONS
    shared = tuple(replace(point(one), step=led) for one in tables_in(row, "points"))
    questions = tuple(question(one, shared) for one in tables_in(row, "questions"))
    planned, themes = sum(stage.minutes for stage in stages), row.get("themes")
    return Pack(
        id=name,
        round=str(row["round"]),
        title=str(row["title"]),
        minutes=_number(row, "minutes", planned),
        most_questions=int(_number(row, "most_questions", max(1, len(questions)))),
        questions=questions,
        about=about(row),
        intro=str(row.get("intro", "")),
        opens_with=str(row.get("opens_with", "")),
        stages=stages,
        papers=row.get("papers") is not False,
        takes=texts(row, "takes"),
        plan=str(row.get("plan", QUESTIONS)),
        ask_back=texts(row, "ask_back"),
        examples=tuple(
            Example(**{key: str(one[key]) for key in EXAMPLE}) for one in tables_in(row, "examples")
        ),
        fits=cues(row, "fits"),
        titles=texts(row, "fits"),
        employers=texts(row, "employers"),
        flavours=tuple(map(_flavour, tables_in(row, "flavours"))),
        practise_first=texts(row, "practise_first"),
        themes={name: texts(themes, name) for name in themes} if isinstance(themes, dict) else {},
    )


def _stage(row: Mapping[str, object]) -> Stage:
    return Stage(
        round=str(row["round"]),
        persona=str(row.get("persona", "")),
        minutes=_number(row, "minutes", 0),
        looks=str(row.get("looks", "")),
        turn=texts(row, "turn"),
        doubt=texts(row, "doubt"),
        after=texts(row, "after"),
    )


def _flavour(row: Mapping[str, object]) -> Flavour:
    words, minutes = cues(row, "words"), row["minutes"]
    assert words is not None  # FIELDS has checked both
    assert isinstance(minutes, dict)
    return Flavour(name=str(row["name"]), words=words, minutes=minutes)


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


def _number(row: Mapping[str, object], key: str, default: float) -> float:
    value = row.get(key)
    return value if isinstance(value, int | float) else default
