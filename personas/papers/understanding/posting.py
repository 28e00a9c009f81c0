"""A job posting as it was understood: the job, who offers it, and what it asks for. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from vivavoce.personas.papers.paper import Line, Paper
from vivavoce.personas.papers.understanding import structured
from vivavoce.personas.papers.understanding.roles import parts
from vivavoce.personas.papers.understanding.sections import readable
from vivavoce.personas.papers.understanding.understood import Posting
from vivavoce.personas.papers.understanding.wanted import divided, skills
from vivavoce.personas.papers.words.private import public
from vivavoce.personas.papers.words.vocabulary import (
    employer_score,
    is_name,
    is_place,
    level,
    plain,
    title_score,
)

MOST_SKILLS, MOST_DUTIES = 40, 30
MOST_WORDS = 9  # of a title
FIRST_LINES = 15  # among which title and employer stand


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
    r"(?P<what>job title|position|title|role|company|employer|organi[sz]ation|skills|tools)"
    r"\s?:\s+(?P<said>.+)",
    re.I,
)
_JOINS = re.compile(r"\b(?:at|join|joining)\s((?:[A-Z][\w&.'\u2019-]{1,30}\s?){1,4})")
_ABOUT = re.compile(r"About ((?:[A-Z][\w&.'\u2019-]{1,30} ?){1,4})")
_WE_ARE = re.compile(
    r"\b(?:[Ww]e are|[Ww]e at|[Ww]ir sind) ((?:[A-Z][\w&.'\u2019-]{1,30} ?){1,4})(?=,|\.|\s)"
)
_SEEKS = re.compile(
    r"((?:[A-Z][\w&.'\u2019-]{1,30} ){1,4})(?:is|are) (?:hiring|looking|seeking|recruiting)\b"
)
_NEEDS = re.compile(
    r"\b(?:need|looking for|seeking|hiring|recruiting|searching for) (?:an?|our next|another) "
    r"([^.,;:()]{3,60})",
    re.IGNORECASE,
)
_ASIDE = re.compile(r" ?\((?:[mwfdxv]|all genders)(?:\s?[/|*]\s?[mwfdxv]){0,3}\)", re.IGNORECASE)
_NOBODY = frozenset("the us you we our your this job role team it a an".split())
_FIELD = re.compile(
    r"(?:location|department|salary|hours|contract|reports? to|reporting to|ref(?:erence)?|start(?:ing)?|"
    r"closing date|posted|type|level|grade)\b[\w /]{0,20}:",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\d|\b(?:time|remote|hybrid|salary|apply|save|about|job|full|location|date|posted|applicants|description|"
    r"summary|overview|position|vacancy|we|you|permanent|contract|hiring|career|careers|jobs)\b",
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
    said = public(line.text for line in lines)
    title, employer = _head(lines[:FIRST_LINES], said)
    duties, wanted = divided(lines)
    return Posting(
        title=title,
        employer=employer,
        level=level(title),
        surfaces=_surfaces(said),
        skills=tuple(skills(wanted, duties, (title, employer)))[:MOST_SKILLS],
        duties=tuple(duties)[:MOST_DUTIES],
        usable=tuple(said),
    )


def _surfaces(said: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name, cue in SURFACES.items() if any(cue.search(line) for line in said))


def _head(lines: Sequence[Line], said: Sequence[str]) -> tuple[str, str]:
    """Return title and employer, by a label, by the first lines, or by what is said of joining them."""
    title = employer = ""
    for line in lines:
        match = _LABEL.match(line.text)
        if match and match["what"].lower() in ("company", "employer", "organisation", "organization"):
            employer = employer or match["said"].strip()
        elif match and match["what"].lower() not in ("skills", "tools"):
            title = title or match["said"].strip()
    at = -1  # the line of the title
    largest = max((line.size for line in lines), default=0)
    shown = [(number, line) for number, line in enumerate(lines) if not _FIELD.match(line.text)]
    for number, line in sorted(shown, key=lambda one: one[1].size < largest):
        for part in parts(_FIRST_SENTENCE.split(line.text)[0]):
            bare = _ASIDE.sub("", part).strip()
            if not title and title_score(bare) >= 2 and len(bare.split()) <= MOST_WORDS and is_name(bare):
                title, at = part.strip(), number
            elif not employer and employer_score(part) >= 2 and is_name(part) and not is_place(part):
                employer = max(part.split(","), key=employer_score).strip()
    title = title or _wanted_title(said)
    if not title and lines and is_name(lines[0].text) and employer_score(lines[0].text) < 2:
        title, at = next(iter(parts(lines[0].text)), ""), 0
    return title, employer or _told_of(said) or _beside(lines, at)


def _wanted_title(said: Sequence[str]) -> str:
    """Return whom somebody says that they need."""
    found = (match[1].split(" to ")[0].split(" who ")[0] for line in said for match in _NEEDS.finditer(line))
    return next((one.strip() for one in found if title_score(one) >= 2 and len(one.split()) <= 6), "")


def _told_of(said: Sequence[str]) -> str:
    """Return the employer by how it speaks of itself."""
    cues = (cue.search(line) for cue in (_ABOUT, _WE_ARE, _SEEKS, _JOINS) for line in said)
    names = (match[1].strip(" .") for match in cues if match)
    return next((name for name in names if plain(name)[0] not in _NOBODY), "")


def _beside(lines: Sequence[Line], at: int) -> str:
    """Return what stands next to the title as names do: behind it first, then above it, then below."""
    if at < 0:
        return ""
    own = parts(lines[at].text)[1:]
    beside = [parts(lines[place].text)[:1] for place in (at - 1, at + 1) if 0 <= place < len(lines)]
    for part in (*own, *(one for found in beside for one in found)):
        name = part.split(",")[0].strip()
        if is_name(name) and not is_place(part) and title_score(name) < 2 and not _NO_NAME.search(part):
            return name
    return ""
