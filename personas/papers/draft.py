"""A pack as a start for its author: what a posting leads to, as TOML that says what is missing. Pure.

The posting was written by somebody else, so only what may be read out gets into it (phrases.py), and only
within quotes.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from vivavoce.personas.content.lint import poor
from vivavoce.personas.content.toml_fields import read, texts
from vivavoce.personas.papers.phrases import article, said, speakable, spoken_title
from vivavoce.personas.papers.understanding.understood import Posting

MOST_DUTIES, MOST_SKILLS = 5, 4
MINUTES = 6  # that a question takes with its follow-ups
LEVELS = ("thin", "fair", "strong")
LONGEST_NAME = 40  # characters of an id
LEAST_LETTERS = 5  # of a word that an answer is likely to use

_LEAD = re.compile(r"(?:experience|knowledge|skills?) (?:with|in|of) ", re.IGNORECASE)
_TOP = """\
# A start, made from a job posting by `vivavoce packs new`. docs/packs.md has the way from here.
# What is read out is in wordings, again, follow_ups and ask. Change whatever you would not say yourself.
round = {round}
title = {title}
minutes = {minutes}
most_questions = {most}
intro = "" # Fill in: a sentence or two for the screen
"""
_END = """
# Fill in: what may be answered when the candidate asks about the job. Say only what is true.
# [[about]]
# keywords = ["team", "people", "size"]
# answer = "Five people, and two of them are new."

# So that this pack is taken for the job by itself, put it into a folder of its own with a loop.toml:
# round = "loop"
# title = "The whole afternoon"
# fits = [{fits}]
# employers = [{employers}]
# [[stages]]
# round = "folder/{name}"
# minutes = {minutes}
"""

Fill = Mapping[str, str]


def name_of(posting: Posting) -> str:
    """Return an id for the pack: the title in small letters and hyphens."""
    return _code(_title(posting)) or "my-pack"


def drafted(posting: Posting) -> str:
    """Return the pack that `posting` leads to, as TOML; "" if it says nothing that can be asked about."""
    found = list(_questions(posting))
    if not found:
        return ""
    top = _TOP.format(
        round=_quoted(name_of(posting)),
        title=_quoted(f"For {posting.title}" if speakable(posting.title) else "For a job"),
        minutes=MINUTES * len(found),
        most=len(found),
    )
    fits = re.sub(r"[^\w ]+", " ", _title(posting).lower()).strip()
    end = _END.format(
        name=name_of(posting),
        minutes=MINUTES * len(found),
        fits=_quoted(fits or "the title"),
        employers=_quoted(posting.employer if speakable(posting.employer) else "the employer"),
    )
    taken: set[str] = set()
    return top + "".join(_question(*one, place, taken) for place, one in enumerate(found)) + end


def _title(posting: Posting) -> str:
    """Return the title as it is said, "" if it should not be; one in capitals is written as others are."""
    title = spoken_title(posting.title)
    shouted = title.isupper() and len(title.split()) > 1
    return (title.lower() if shouted else title) if speakable(title) else ""


def _questions(posting: Posting) -> Iterator[tuple[str, Fill]]:
    """Yield the kinds of questions, and what each speaks of."""
    offered = [
        ("job", "title", [article(_title(posting))], 1),
        ("duty", "line", list(map(said, posting.duties)), MOST_DUTIES),
        ("skill", "skill", [_LEAD.sub("", one) for one in posting.skills], MOST_SKILLS),
    ]
    for kind, key, lines, most in offered:
        good = [one for one in dict.fromkeys(lines) if _can_be_asked(kind, {key: one})]
        yield from ((kind, {key: one}) for one in good[:most])


def _can_be_asked(kind: str, fill: Fill) -> bool:
    wordings = texts(_rows()[kind], "wordings")
    return all(map(speakable, fill.values())) and not any(
        next(poor(line.format(**fill)), None) for line in wordings
    )


def _question(kind: str, fill: Fill, place: int, taken: set[str]) -> str:
    row = _rows()[kind]
    (about,) = fill.values()
    wordings = texts(row, "wordings")
    first = place % len(wordings)  # so that not all questions begin alike
    lines = [
        "",
        "[[questions]]",
        f"id = {_quoted(_free(str(row.get('id', _code(about))) or kind, taken))}",
        f"theme = {_quoted(str(row['theme']).format(**fill))}",
        *([f"answer = {_quoted(str(row['answer']))}"] if "answer" in row else []),
        f"wordings = {_listed([*wordings[first:], *wordings[:first]], fill)}",
        f"again = {_listed(texts(row, 'again'), fill)}",
        *(f"follow_ups.{level} = {_listed(texts(row, level), fill)}" for level in LEVELS if level in row),
        "# Fill in: more words that an answer to this very question is likely to use.",
        f"terms = [{', '.join(map(_quoted, _terms(about)))}]",
        *(f"# {line}" for line in str(row["note"]).strip().splitlines()),
    ]
    return "\n".join(lines) + "\n"


def _listed(lines: Sequence[str], fill: Fill) -> str:
    """Return a TOML list of `lines`, below each other."""
    return "[\n" + "".join(f"  {_quoted(line.format(**fill))},\n" for line in lines) + "]"


def _terms(text: str) -> list[str]:
    found = (word.lower() for word in re.findall(r"[^\W\d_]+", text))
    return list(dict.fromkeys(word for word in found if len(word) >= LEAST_LETTERS))


def _code(text: str) -> str:
    whole = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return whole if len(whole) <= LONGEST_NAME else whole[: LONGEST_NAME + 1].rpartition("-")[0]


def _free(name: str, taken: set[str]) -> str:
    """Return `name`, or with a number behind it if it is taken."""
    number = 1
    while (found := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    taken.add(found)
    return found


def _quoted(text: str) -> str:
    """Return `text` as a TOML string: JSON's are, as long as all in it is printable."""
    return json.dumps(text if text.isprintable() else "", ensure_ascii=False)


@cache
def _rows() -> Mapping[str, Mapping[str, object]]:
    _, rows = read(Path(str(files("vivavoce.personas.papers"))) / "draft.toml")
    return {name: row for name, row in rows.items() if isinstance(row, dict)}
