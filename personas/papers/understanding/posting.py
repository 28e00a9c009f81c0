"""A job posting as it was understood: the job, who offers it, and what it asks for. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from vivavoce.personas.papers.paper import Line, Paper
from vivavoce.personas.papers.understanding import structured
from vivavoce.personas.papers.understanding.employers import FIRST_LINES, employer
from vivavoce.personas.papers.understanding.roles import parts
from vivavoce.personas.papers.understanding.sections import readable
from vivavoce.personas.papers.understanding.understood import Posting
from vivavoce.personas.papers.understanding.wanted import divided, skills
from vivavoce.personas.papers.words.asking import SENTENCE
from vivavoce.personas.papers.words.private import public
from vivavoce.personas.papers.words.vocabulary import (
    employer_score,
    is_name,
    level,
    title_score,
)

MOST_SKILLS, MOST_DUTIES = 40, 30
MOST_WORDS = 9  # of a title
LONG_LINE = 160  # characters: a paragraph, of which each sentence is a line of its own


def _cues(patterns: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in patterns.items()}


SURFACES = _cues(
    {  # how a posting calls it, and how an interviewer does
        "feed ranking": r"\bfeed\b",
        "recommendations": r"\brecommend\w*",
        "search relevance": r"\b(?:search|relevance)\b",
        "ads prediction": r"\b(?:ads|advertis\w+|click-through|ctr)\b",
        "growth": r"\bgrowth\b",
        "member trust": r"\b(?:trust|spam|abuse|integrity|fake)\b",
        "infrastructure": r"\binfra(?:structure)?\b|\b(?:ml|data) platform\b|\bdistributed systems\b",
        "experimentation": r"\b(?:experiment\w*|a/b)\b",
    }
)
_LABEL = re.compile(
    r"(?:job title|position|title|role|vacancy|(?:we are |now )?hiring|job|stelle|"
    r"poste)\s?:\s+(?P<said>\S.*)",
    re.IGNORECASE,
)
_WANTED = re.compile(r"^wanted:? | (?:wanted|needed|gesucht)!?$", re.IGNORECASE)
_NEEDS = re.compile(
    r"\b(?:need|looking for|seeking|hiring|recruiting|searching for) (?:an?|our next|another) "
    r"([^.,;:()]{3,60})",
    re.IGNORECASE,
)
_ASIDE = re.compile(r" ?\((?:[mwfdxv]|all genders)(?:\s?[/|*]\s?[mwfdxv]){0,3}\)", re.IGNORECASE)
_FIELD = re.compile(
    r"(?:location|department|salary|hours|contract|reports? to|reporting to|ref(?:erence)?|start(?:ing)?|"
    r"closing date|posted|type|level|grade)\b[\w /]{0,20}:",
    re.IGNORECASE,
)
_FIRST_SENTENCE = re.compile(r"(?<=[a-z]{3})\.\s")


def posting(paper: Paper) -> Posting:
    """Return what was understood of a paper that should be a job posting."""
    lines = readable(paper.lines)
    found = _from_lines(lines)
    data = paper.data or {}
    if "title" not in data and "hiringOrganization" not in data:
        return found
    title = structured.string(data.get("title")) or found.title
    written = structured.lines_of_html(data.get("description"))
    inside = _from_lines(written) if written and not found.duties else found
    wanted = [*structured.strings(data.get("skills")), *found.skills, *inside.skills]
    surfaces = {*found.surfaces, *inside.surfaces, *_surfaces([title])}
    return replace(
        found,
        title=title,
        employer=structured.named_in(data.get("hiringOrganization")) or found.employer,
        level=level(title) or found.level,
        skills=tuple(dict.fromkeys(wanted))[:MOST_SKILLS],
        duties=found.duties or inside.duties,
        surfaces=tuple(name for name in SURFACES if name in surfaces),
        usable=found.usable or tuple(public(line.text for line in written)),
    )


def quote_of(posting: Posting, surface: str) -> str:
    """Return the line of `posting` that speaks of `surface`, a key of SURFACES."""
    return next((line for line in posting.usable if SURFACES[surface].search(line)), posting.title)


def _from_lines(lines: Sequence[Line]) -> Posting:
    said = public(piece for line in lines for piece in _sentences(line.text))
    title, at = _head(lines[:FIRST_LINES], said)
    offered_by = employer(lines, at, title)
    beside = [part for part in parts(lines[at].text) if part not in title] if at >= 0 else []
    duties, wanted = divided(lines)
    if offered_by:
        duties = [duty for duty in duties if not duty.startswith(offered_by)]  # what the employer does
    return Posting(
        title=title,
        employer=offered_by,
        level=level(title),
        surfaces=_surfaces(said),
        skills=tuple(skills(wanted, duties, (title, offered_by, *beside)))[:MOST_SKILLS],
        duties=tuple(duties)[:MOST_DUTIES],
        usable=tuple(said),
    )


def _sentences(text: str) -> list[str]:
    return SENTENCE.split(text) if len(text) > LONG_LINE else [text]


def _surfaces(said: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name, cue in SURFACES.items() if any(cue.search(line) for line in said))


def _head(lines: Sequence[Line], said: Sequence[str]) -> tuple[str, int]:
    """Return the title and the line it stands in: by a label, by the first lines, or by who is needed."""
    for number, line in enumerate(lines):
        if match := _LABEL.match(line.text):
            return match["said"].strip(), number
    largest = max((line.size for line in lines), default=0)
    shown = [(number, line) for number, line in enumerate(lines) if not _FIELD.match(line.text)]
    shown.sort(key=lambda one: one[1].size < largest)
    for number, line in shown:
        for part in parts(_FIRST_SENTENCE.split(line.text)[0]):
            bare = _WANTED.sub("", _ASIDE.sub("", part)).strip()
            if title_score(bare) >= 2 and len(bare.split()) <= MOST_WORDS and is_name(bare):
                return _WANTED.sub("", part).strip(), number
    if title := _wanted_title(said):
        return title, -1
    for number, line in shown[:1]:
        if is_name(line.text) and employer_score(line.text) < 2:
            return next(iter(parts(line.text)), ""), number
    return "", -1


def _wanted_title(said: Sequence[str]) -> str:
    """Return whom somebody says that they need."""
    found = (match[1].split(" to ")[0].split(" who ")[0] for line in said for match in _NEEDS.finditer(line))
    return next((one.strip() for one in found if title_score(one) >= 2 and len(one.split()) <= 6), "")
