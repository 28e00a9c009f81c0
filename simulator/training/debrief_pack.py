"""What becomes of a debrief: a pack of the user's own, to practise what was asked; and what tends to be next.

The pack is theirs: a file that they may change, and that is never written over. What went badly stands in it
under `practise_first`, and is read from there.
"""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from vivavoce.personas.content.asking import asked
from vivavoce.personas.content.content_checks import asks_for_a_story
from vivavoce.personas.content.lint import poor
from vivavoce.personas.content.pack import Pack, pack
from vivavoce.personas.content.persona import OWN, PersonaError
from vivavoce.personas.papers.job_packs import loop, weighed
from vivavoce.personas.papers.tailoring import Tailoring
from vivavoce.simulator.errors import DocumentError
from vivavoce.simulator.live.papers import Source, understood
from vivavoce.transcripts.journal import disk
from vivavoce.transcripts.journal.home import home
from vivavoce.transcripts.printable import line
from vivavoce.transcripts.training.debrief import Asked
from vivavoce.transcripts.training.due_drills import Weak
from vivavoce.transcripts.training.plan import plain

MINUTES = 5  # that a question takes with its follow-ups
MOST = 40  # questions of a pack
LONGEST_ID = 40  # characters
LONGEST_TOLD = 300
_OF_THEIRS = re.compile(  # an episode of the candidate's own
    r"\b(?:time|example|situation|occasion|moment|project) |\byou (?:had|were|did|led|built|\w{2,20}ed)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"debrief-(\d{4}-\d{2}-\d{2})(?:-\d{1,4})?")
_HEAD = """\
# What was asked in a real interview, written by `vivavoce debrief`. It is yours: change whatever you like.
# docs/packs.md has the format; vivavoce packs lint says what is wrong.
round = {round}
title = {title}
minutes = {minutes}
most_questions = {most}
papers = false
"""
_WEAK = """\
# What went badly by your own account: vivavoce drills brings it up. Change it, or take the line out.
practise_first = [{weak}]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A pack that was written: its id, the id of each question in it, and those that it cannot have."""

    name: str
    kept: tuple[tuple[str, Asked], ...]
    left_out: tuple[Asked, ...]


def spoken(question: str) -> str:
    """Return `question` as it can be asked aloud; "" if it cannot be."""
    said = question if asked(question) else f"Could you {question[:1].lower()}{question[1:].rstrip('.')}?"
    return said if asked(said) == 1 and not next(poor(said), None) else ""


def write(questions: Sequence[Asked], day: str) -> Written:
    """Write a pack with `questions` among the user's own.

    Args:
        questions: what was asked, at least one of which can be spoken.
        day: of the debrief, such as 2026-11-28; the pack is named after it.

    Raises:
        DocumentError: none can be asked aloud, or the file cannot be written.
    """
    taken: set[str] = set()
    kept = tuple((_free(one.question, taken), one) for one in questions if spoken(one.question))[:MOST]
    if not kept:
        raise DocumentError("none of these questions can be asked aloud; write them down one a line, with ?")
    left_out = tuple(one for one in questions if all(one is not other for _, other in kept))
    folder = home() / OWN["packs"]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in count(1):
            name = f"debrief-{day}" if number == 1 else f"debrief-{day}-{number}"
            with suppress(FileExistsError):
                disk.create(folder / f"{name}.toml", _text(name, day, kept).encode())
                return Written(name=name, kept=kept, left_out=left_out)
    except OSError as error:
        raise DocumentError(
            f"cannot write to {folder}: {error.strerror}; free some space or the folder"
        ) from None
    raise AssertionError("count() never ends")


def weak_questions() -> list[Weak]:
    """Return them, each once, those of the latest debrief first; a pack that cannot be used has none."""
    found: dict[str, Weak] = {}
    for one in _each():
        key = plain(one.question)
        before = found[key].days if key in found else ()
        found[key] = Weak(round=one.round, id=one.id, question=one.question, days=(*before, *one.days))
    return [*found.values()][::-1]


def next_rounds(title: str, job: Source | None, held: str) -> tuple[str, list[Pack]]:
    """Return the title of the loop for a job, and its rounds after the one that was `held`.

    Args:
        title: of the job; "" if unknown.
        job: the posting.
        held: the round that this was, as the loop calls it or its last part; "" for its first.

    Raises:
        DocumentError: the posting cannot be used.
        PersonaError: the loop has no such round; the text names those that it has.
    """
    known: Tailoring = understood(None, job, title)
    found = weighed(loop(known), known)
    names = [stage.round for stage in found.stages]
    if not held:
        return found.title, []
    place = next((place for place, one in enumerate(names) if held in (one, one.rpartition("/")[2])), None)
    if place is None:
        raise PersonaError(f"{found.title} has no round {line(held)!r}; it has {', '.join(names)}")
    return found.title, [pack(name) for name in names[place + 1 :]]


def _each() -> Iterator[Weak]:
    for path, day in sorted(_debriefs(), key=lambda row: (row[1], row[0].name)):
        with suppress(PersonaError):
            content = pack(path.stem)
            for one in content.questions:
                if one.id in content.practise_first:
                    yield Weak(round=content.id, id=one.id, question=one.wordings[0], days=(day,))


def _debriefs() -> Iterator[tuple[Path, date]]:
    """Yield the packs that debriefs wrote, by their names, and the day of each."""
    with suppress(OSError):
        for path in (home() / OWN["packs"]).glob("*.toml"):
            if named := _NAME.fullmatch(path.stem):
                with suppress(ValueError):
                    yield path, date.fromisoformat(named[1])


def _text(name: str, day: str, kept: Sequence[tuple[str, Asked]]) -> str:
    head = _HEAD.format(
        round=_quoted(name),
        title=_quoted(f"What was asked on {day}"),
        minutes=MINUTES * len(kept),
        most=len(kept),
    )
    if weak := ", ".join(_quoted(name) for name, one in kept if one.weak):
        head += _WEAK.format(weak=weak)
    return head + "".join(_question(*one) for one in kept)


def _question(name: str, one: Asked) -> str:
    wording = spoken(one.question)
    story = _OF_THEIRS.search(wording) and asks_for_a_story(wording)
    lines = [
        "",
        f"# {line(one.told)[:LONGEST_TOLD]}",
        "[[questions]]",
        f"id = {_quoted(name)}",
        'theme = "what I asked"',
        f"wordings = [{_quoted(wording)}]",
        *([] if story else ['answer = "topic"']),
    ]
    return "\n".join(lines) + "\n"


def _free(wording: str, taken: set[str]) -> str:
    words = re.findall(r"[a-z0-9]+", wording.lower())
    name = "-".join(words)[:LONGEST_ID].strip("-") or "question"
    found = next(
        one for number in count(1) if (one := name if number == 1 else f"{name}-{number}") not in taken
    )
    taken.add(found)
    return found


def _quoted(text: str) -> str:
    """Return `text` as a TOML string, which JSON's are as long as all in it is printable."""
    return json.dumps("".join(letter for letter in text if letter.isprintable()), ensure_ascii=False)
