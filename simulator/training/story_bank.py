"""The story bank as it stands: files, takes, open fields, themes, and the questions that each answers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vivavoce.personas.content.pack import Pack, pack
from vivavoce.personas.content.question import Question
from vivavoce.personas.content.story_map import story_map
from vivavoce.personas.papers.job_packs import loop
from vivavoce.personas.papers.story_drafts import drafts
from vivavoce.personas.papers.tailoring import Tailoring
from vivavoce.simulator.engine.embeddings import embedding
from vivavoce.simulator.errors import DocumentError
from vivavoce.transcripts.bank.coverage import covered
from vivavoce.transcripts.bank.fields import FIELDS, THEMES
from vivavoce.transcripts.bank.story_file import StoryFile, stories, story, write_draft
from vivavoce.transcripts.bank.takes import Take, every_take, takes
from vivavoce.transcripts.bank.themes import Themed, themed
from vivavoce.transcripts.library.sessions import shelf

# What a question is about, by its id and the words for it.
_ABOUT: Mapping[str, re.Pattern[str]] = {
    theme: re.compile(rf"\b(?:{words})", re.IGNORECASE)
    for theme, words in {
        "conflict": r"conflict|disagree|tension|difficult-person|hard to please|differ\w+ of opinion",
        "failure": r"fail|mistake|did not go|went wrong",
        "ownership": r"ownership|without being asked|took on",
        "ambiguity": r"ambigu|not clear|unclear",
        "leadership": r"leadership|leading|led\b|helping|helped",
        "impact": r"impact|proud|improvement|better",
    }.items()
}
Asked = Sequence[tuple[Pack, Question]]  # read from the packs once, however many stories there are
SHORT_OF = ("problem", "model")  # without which no story answers "walk me through a project"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """A question that a story answers; `by_person` if its file says so."""

    round: str
    id: str
    text: str
    by_person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Banked:
    """A story with all that is known of it.

    Attributes:
        file: as the person wrote it.
        takes: the newest first.
        told: fields that its file or its newest take that can be read tells.
        themes: of it.
        questions: that it answers.
    """

    file: StoryFile
    takes: Sequence[Take] = ()
    told: Sequence[str] = ()
    themes: Themed
    questions: Sequence[Fitting] = field(default_factory=tuple)

    @property
    def open(self) -> tuple[str, ...]:
        """The fields that neither the file nor the newest take tells."""
        return tuple(one for one in FIELDS if one not in self.told)


def bank(known: Tailoring) -> list[Banked]:
    """Return all stories, by name, for a job of which this is `known`.

    Raises:
        LibraryError: the stories cannot be read.
        PersonaError: a pack cannot be used.
    """
    files = stories()
    told = every_take(story_map(), embedding()) if files and shelf().is_dir() else {}
    asked = asked_of(known) if files else ()
    return [banked(one, told.get(one.name, []), asked) for one in files]


def one_story(name: str, known: Tailoring) -> Banked:
    """Return the story called `name`.

    Raises:
        LibraryError: there is none.
        PersonaError: a pack cannot be used.
    """
    found = story(name)
    return banked(found, takes(found.name, story_map(), embedding()), asked_of(known))


def banked(file: StoryFile, told: Sequence[Take], asked: Asked) -> Banked:
    """Return what is known of one story, given its takes and the questions that ask for one."""
    latest = next((one for one in told if not one.problem), None)
    fields = {one for one in FIELDS if file.fields[one]} | {*(latest.fields if latest else ())}
    if file.other:  # words below headings that somebody renamed
        fields |= {*covered(file.other, story_map(), embedding())}
    themes = themed(file, latest.themes if latest else {}, story_map())
    return Banked(
        file=file,
        takes=told,
        told=tuple(one for one in FIELDS if one in fields),
        themes=themes,
        questions=tuple(_questions(file, themes, fields, asked)),
    )


def missing_themes(all_of: Sequence[Banked]) -> tuple[str, ...]:
    """Return the themes that no story has."""
    return tuple(theme for theme in THEMES if not any(theme in one.themes.shown for one in all_of))


def draft(known: Tailoring, resume: Path) -> tuple[list[Path], list[str]]:
    """Write a draft for each story in a résumé; return the new files, and the titles that were there.

    Raises:
        DocumentError: the résumé cannot be used, or has nothing to tell.
        LibraryError: a file cannot be written.
    """
    if known.resume is None or known.resume.why_not:
        raise DocumentError(f"{resume}: {known.resume.why_not if known.resume else 'name your résumé'}")
    found = drafts(known.resume, known.posting)
    if not found:
        raise DocumentError(f"{resume}: no project or achievement was found to begin a story from")
    written, there = [], []
    for one in found:
        path = write_draft(one)
        if path is None:
            there.append(one.title)
        else:
            written.append(path)
    return written, there


def _questions(file: StoryFile, themes: Themed, told: set[str], asked: Asked) -> Iterator[Fitting]:
    for content, question in asked:
        own = question.id in file.questions
        about = f"{question.id} {question.theme}"
        fits = any(_ABOUT[theme].search(about) for theme in themes.shown)
        whole = question.id == content.opens_with and told.issuperset(SHORT_OF)
        if own or fits or whole:
            yield Fitting(round=content.id, id=question.id, text=question.wordings[0], by_person=own)


def asked_of(known: Tailoring) -> Asked:
    """Return the questions that ask for one in the rounds of the job, or in the general ones."""
    rounds = [pack(stage.round) for stage in loop(known).stages]
    return [
        (content, question)
        for content in rounds
        for question in content.questions
        if question.story and not question.id.startswith("M0")  # a field of the story, asked on its own
    ]
