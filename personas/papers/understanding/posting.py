"""A job posting as it was understood: the job, who offers it, and what it asks for. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vivavoce.personas.papers.paper import Line, Paper
from vivavoce.personas.papers.understanding import structured
from vivavoce.personas.papers.understanding.passages import passages
from vivavoce.personas.papers.understanding.roles import parts
from vivavoce.personas.papers.understanding.sections import readable
from vivavoce.personas.papers.understanding.skills import listed
from vivavoce.personas.papers.understanding.understood import Posting
from vivavoce.personas.papers.words.private import public
from vivavoce.personas.papers.words.vocabulary import employer_score, is_place, level, plain, title_score

MOST_SKILLS, MOST_DUTIES = 40, 30
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
_DUTIES = re.compile(
    r"\b(?:you will|you['\u2019]ll|responsibilit|dut(?:y|ies)|what you do|the role|your role|your tasks|"
    r"aufgaben|day to day|the job|what the job is)",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b(?:requirement|qualification|you have|you bring|we are looking|looking for|must have|nice to have|"
    r"skills|who you are|what you need|about you|essential|desirable|profil|experience|technologies|tools)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:benefits|we offer|about us|about the company|how to apply|equal|perks|salary)", re.I
)
_LABEL = re.compile(
    r"(?P<what>job title|position|title|role|company|employer|organi[sz]ation|skills|tools)"
    r"\s?:\s+(?P<said>.+)",
    re.I,
)
_JOINS = re.compile(r"\b(?:at|join|joining)\s((?:[A-Z][\w&.'\u2019-]{1,30}\s?){1,4})")
_ABOUT = re.compile(r"About ((?:[A-Z][\w&.'\u2019-]{1,30} ?){1,4})")
_EXPERIENCE = re.compile(
    r"\b(?:experience (?:with|in|using|of)|knowledge of|proficien(?:t|cy) (?:in|with)|familiar(?:ity)? with|"
    r"fluent in|skilled in|expertise in|background in|certified in)\s([^.;:()]{2,120})",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w+#]{1,20}(?: [A-Z][\w+#]{1,20}){0,2}")
_TOOL = re.compile(r"(?<![\w.])(?:[A-Z][A-Za-z]{0,20}[A-Z0-9][\w+#]{0,12}|[A-Z]{2,6}|[A-Z]\+\+|C#)(?![\w])")


def posting(paper: Paper) -> Posting:
    """Return what was understood of a paper that should be a job posting."""
    lines = readable(paper.lines)
    found = _from_lines(lines)
    data = paper.data or {}
    if "title" not in data and "hiringOrganization" not in data:
        return found
    title = structured.string(data.get("title")) or found.title
    written = structured.lines_of_html(data.get("description"))
    inside = _from_lines([Line(text=line) for line in written]) if written else found
    wanted = [*structured.strings(data.get("skills")), *inside.skills, *found.skills]
    surfaces = {*found.surfaces, *inside.surfaces, *_surfaces([title])}
    return replace(
        found,
        title=title,
        employer=structured.named_in(data.get("hiringOrganization")) or found.employer,
        level=level(title) or found.level,
        skills=tuple(dict.fromkeys(wanted))[:MOST_SKILLS],
        duties=inside.duties or found.duties,
        surfaces=tuple(name for name in SURFACES if name in surfaces),
        usable=found.usable or tuple(public(written)),
    )


def quote_of(posting: Posting, surface: str) -> str:
    """Return the line of `posting` that speaks of `surface`, a key of SURFACES."""
    return next((line for line in posting.usable if SURFACES[surface].search(line)), posting.title)


def _from_lines(lines: Sequence[Line]) -> Posting:
    said = public(line.text for line in lines)
    title, employer = _head(lines[:FIRST_LINES], said)
    duties, wanted = _divided(lines)
    own = {*plain(f"{title} {employer}")}
    named = [one for one in _named(duties) if not own & {*plain(one)}]
    return Posting(
        title=title,
        employer=employer,
        level=level(title),
        surfaces=_surfaces(said),
        skills=tuple(dict.fromkeys([*_skills(wanted), *named]))[:MOST_SKILLS],
        duties=tuple(public(duties))[:MOST_DUTIES],
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
    for line in lines:
        for part in [piece for text in re.split(r"\.\s", line.text)[:1] for piece in parts(text)]:
            if not title and title_score(part) >= 2 and len(part.split()) <= 9:
                title = part.strip()
            elif not employer and employer_score(part) >= 2 and len(part.split()) <= 6 and not is_place(part):
                employer = part.split(",")[0].strip()
    if not employer:
        cues = (cue.search(line) for line in said for cue in (_ABOUT, _JOINS))
        names = (match[1].strip(" .") for match in cues if match)
        employer = next((name for name in names if plain(name)[0] not in ("the", "us", "you")), "")
    return title, employer


def _divided(lines: Sequence[Line]) -> tuple[list[str], list[str]]:
    """Return what one does there and what one should know, by the lines that lead to them."""
    duties: list[str] = []
    wanted: list[str] = []
    here: list[str] | None = None
    for passage in passages(lines):
        text = passage.text
        leads = not passage.bullet and len(text.split()) <= 9
        if leads and (_WANTED.search(text) or _DUTIES.search(text) or _OTHER.search(text)):
            is_duty, is_other = bool(_DUTIES.search(text)), bool(_OTHER.search(text))
            here = None if is_other else duties if is_duty and not _WANTED.match(text) else wanted
            wanted += [text] if _LABEL.match(text) else []
        elif here is not None:
            here.append(text)
        elif _DUTIES.search(text):
            duties.append(text)
        elif _EXPERIENCE.search(text):
            wanted.append(text)
    return duties, wanted


def _named(duties: Sequence[str]) -> Iterator[str]:
    """Yield what has a name of its own within what one does there."""
    for text in public(duties):
        for match in _NAME.finditer(text):
            if not is_place(match[0]):
                yield match[0]


def _skills(wanted: Sequence[str]) -> Iterator[str]:
    """Yield what is wanted by name: what follows "experience with", short points, and tools' own names."""
    for text in wanted:
        match = _LABEL.match(text)
        if match and match["what"].lower() in ("skills", "tools"):
            yield from listed(match["said"])
            continue
        for found in _EXPERIENCE.finditer(text):
            for piece in re.split(r",\s?(?:and |or )?|\s(?:and|or)\s", found[1]):
                bare = piece.strip(" .")
                if 0 < len(bare.split()) <= 4:
                    yield bare
        if len(text.split()) <= 4:
            yield text.strip(" .")
        else:
            yield from _TOOL.findall(text)
