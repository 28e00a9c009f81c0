"""A résumé as it was understood. Pure.

What stands above the first heading is who wrote it and where they live. It is read for the name and the
headline and then left out, as are lines with an address or a number to call and the sections about other
people. The words of the name are taken out of all that may be spoken or sent. Naming nothing is better
than naming a wrong thing.
"""

import re
from collections.abc import Iterator, Sequence

from vivavoce.personas.papers.paper import APART, Kind, Line, Paper
from vivavoce.personas.papers.understanding import structured
from vivavoce.personas.papers.understanding.claims import claims
from vivavoce.personas.papers.understanding.passages import passages
from vivavoce.personas.papers.understanding.projects import Told, projects
from vivavoce.personas.papers.understanding.roles import Work, parts, work
from vivavoce.personas.papers.understanding.sections import FIRST_LINES, Section, readable, sections
from vivavoce.personas.papers.understanding.skills import skills, used
from vivavoce.personas.papers.understanding.understood import Resume, Role
from vivavoce.personas.papers.words import dates
from vivavoce.personas.papers.words.deeds import begins_with_deed
from vivavoce.personas.papers.words.headings import Part
from vivavoce.personas.papers.words.private import (
    as_name,
    handles,
    is_labelled,
    is_private,
    name_words,
    named,
    nameless,
)
from vivavoce.personas.papers.words.vocabulary import is_place, level, plain, title_score

A_LETTER = "This is a cover letter; give your résumé as well, or instead."
NOT_A_RESUME = "No position, skill or project was found in it; is it your résumé?"
MOST_EDUCATION = 20
SENTENCE_WORDS = 8
_DEAR = re.compile(
    r"(?:dear|to whom it may concern|sehr geehrte|hello|hi)\b"
    r" ?[\w .,/'\u2019()-]{0,60}[,:]?",
    re.IGNORECASE,
)
_YOURS = re.compile(
    r"(?:yours (?:sincerely|faithfully|truly)|sincerely|(?:kind|best|warm) regards|"
    r"mit freundlichen gr\u00fc\u00dfen)\b",
    re.IGNORECASE,
)
_YEARS_SAID = re.compile(r"\b(\w{1,10})\+? years?\b(?: of|'| in| on| as| with)", re.IGNORECASE)
_COUNTS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split()
    )
} | {"twenty": 20, "thirty": 30}


def resume(paper: Paper) -> Resume:
    """Return what was understood of a paper that should be a résumé."""
    if paper.kind not in (Kind.RESUME, Kind.OTHER, Kind.POSTING):
        return Resume(kind=paper.kind, why_not=paper.why_not)
    if paper.data is not None and structured.is_resume(paper.data):
        return structured.resume(paper.data, paper.text)
    lines = readable(paper.lines)
    found = sections(lines)
    if _is_letter(lines, found):
        return Resume(kind=Kind.LETTER, why_not=A_LETTER)
    return _understood(paper, lines, found)


def _understood(paper: Paper, lines: Sequence[Line], found: Sequence[Section]) -> Resume:
    name, headline = _who(found, lines)
    names = named(name_words(name, lines[0].text if lines else "", [line.text for line in lines]))
    usable = tuple(_usable(found, names))
    about = _lines(found, Part.EXPERIENCE)
    worked = work((section.heading, section.lines) for section in found if section.part is Part.EXPERIENCE)
    roles = tuple(one.role for one in worked)
    listed = [*skills(_lines(found, Part.SKILLS) or _lists(_lines(found, Part.UNKNOWN)))]
    listed += [tool for lines_ in about for line in lines_ for tool in used(line.text) if tool not in listed]
    made = projects(_told(found, worked), _lines(found, Part.PROJECTS), names)
    schooling = [one.text.replace(APART, ", ") for lines_ in _lines(found, Part.EDUCATION) for one in lines_]
    years = _years(roles, paper.text)
    nothing = not (roles or listed or made or schooling)
    kind = Kind.OTHER if nothing else Kind.RESUME
    return Resume(
        kind=kind,
        why_not=NOT_A_RESUME if nothing else None,
        name=name,
        headline=nameless(headline, names),
        roles=tuple(_without_name(role, names) for role in roles),
        projects=made,
        skills=tuple(one for one in listed if not names.search(one)),
        education=tuple(schooling[:MOST_EDUCATION]),
        claims=claims(paper, _said(found), names),
        years=years,
        level=level(_latest(roles).title if roles else headline, years),
        usable=usable,
    )


def _lines(found: Sequence[Section], part: Part) -> list[list[Line]]:
    return [section.lines for section in found if section.part is part and section.lines]


def _lists(found: Sequence[Sequence[Line]]) -> list[Sequence[Line]]:
    """Return those of the sections that do nothing but name things."""
    return [
        lines for lines in found if all(line.text.count(",") >= 2 and "." not in line.text for line in lines)
    ]


def _said(found: Sequence[Section]) -> list[Line]:
    """Return the lines in which somebody tells of their work."""
    told = (Part.EXPERIENCE, Part.PROJECTS, Part.ACHIEVEMENTS, Part.SUMMARY, Part.UNKNOWN)
    return [line for part in told for lines in _lines(found, part) for line in lines] + [
        line for lines in _lines(found, Part.HEADER) for line in _sentences(lines)
    ]


def _is_letter(lines: Sequence[Line], found: Sequence[Section]) -> bool:
    """Whether somebody is addressed, and nothing is listed."""
    greets = any(_DEAR.fullmatch(line.text.strip()) for line in lines[:40])
    ends = any(_YOURS.match(line.text.strip()) for line in lines[-12:])
    is_listed = sum(section.part in (Part.EXPERIENCE, Part.EDUCATION, Part.SKILLS) for section in found)
    return (
        (greets or ends)
        and is_listed < 2
        and not any(line.bullet and dates.period(line.text) for line in lines)
    )


def _who(found: Sequence[Section], lines: Sequence[Line]) -> tuple[str, str]:
    """Return the person's name and how they call themselves; "" for what is not said."""
    header = [line for section in found if section.part is Part.HEADER for line in section.lines[:15]]
    header += [line for line in lines[:FIRST_LINES] if is_labelled(line.text)]
    known = handles("\n".join(line.text for line in lines))
    best, most = "", 0.0
    at = -1
    largest = max((line.size for line in header), default=0)
    for number, line in enumerate(header[:40]):
        name = as_name(line.text, known)
        in_known = sum(word in known for word in plain(name) if len(word) > 2)
        first = 1.2 if not number or all(not as_name(one.text) for one in header[:number]) else 0.0
        score = 2.0 * min(in_known, 2) + first + (line.size >= largest > 0) - 1.5 * is_place(name)
        score += 2.0 * is_labelled(line.text)
        if name and score > most:
            best, most, at = name, score, number
    return best, _headline(header[at + 1 : at + 6] if at >= 0 else header[:4])


def _headline(lines: Sequence[Line]) -> str:
    for line in lines:
        for part in parts(line.text):
            if title_score(part) >= 2 and _is_headline(part):
                return part if len(parts(line.text)) > 1 else line.text.strip(" *_#")
    return ""


def _is_headline(part: str) -> bool:
    return len(part.split()) <= 12 and not (is_private(part) or begins_with_deed(part) or ". " in part)


def _usable(found: Sequence[Section], names: re.Pattern[str]) -> Iterator[str]:
    """Yield the lines that may be used or sent, without the name."""
    for section in found:
        if section.part is Part.PEOPLE:
            continue
        lines = section.lines if section.part is not Part.HEADER else _sentences(section.lines)
        for text in [section.heading, *(line.text for line in lines)]:
            if not is_private(text) and (kept := nameless(text, names)):
                yield kept


def _sentences(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a header from the first on that is a sentence: what is above it says who it is."""
    for place, line in enumerate(lines):
        words = line.text.split()
        small = sum(word[0].islower() for word in words)
        is_sentence = len(words) >= SENTENCE_WORDS and 2 * small > len(words)
        if is_sentence or begins_with_deed(line.text):
            return [*lines[place:]]
    return []


def _told(found: Sequence[Section], worked: Sequence[Work]) -> Iterator[Told]:
    """Yield what is said of work: under the positions, and wherever else somebody tells of it."""
    latest = _latest([one.role for one in worked]) if worked else None
    for one in worked:
        age = _age(one.role, latest)
        for passage in one.passages:
            yield Told(passage, one.role.employer, max(0.0, 1.6 - 0.15 * age))
    placed = {line for one in worked for passage in one.passages for line in passage.lines}
    elsewhere = [Part.ACHIEVEMENTS, Part.UNKNOWN, Part.SUMMARY, Part.SKILLS, Part.HEADER]
    elsewhere += [] if worked else [Part.EXPERIENCE]
    for section in found:
        if section.part in (*elsewhere, Part.VOLUNTEERING):
            worth = {Part.ACHIEVEMENTS: 1.2, Part.VOLUNTEERING: -1.0, Part.SKILLS: 0.2}.get(section.part, 0.0)
            lines = section.lines if section.part is not Part.HEADER else _sentences(section.lines)
            for passage in passages(lines):
                if not placed.intersection(passage.lines):
                    yield Told(passage, "", worth)


def _latest(roles: Sequence[Role]) -> Role:
    """Return the position held last."""
    return max(roles, key=lambda role: (bool(role.start) and role.end is None, role.end or "", role.start))


def _age(role: Role, latest: Role | None) -> float:
    """Return how many years before the last position a position ended."""
    if latest is None or not role.start or not latest.start or role.end is None:
        return 0.0
    return max(0, dates.months(latest.end or latest.start) - dates.months(role.end)) / 12


def _years(roles: Sequence[Role], text: str) -> int:
    """Return the years of work: as somebody says, or from the dates, up to the last year that is named.

    Nobody here knows what day it is, so a position that goes on counts until that year.
    """
    said = [
        _COUNTS.get(match[1].lower(), 0) or _number(match[1]) for match in _YEARS_SAID.finditer(text[:3000])
    ]
    last = max(
        (dates.months(point, True) for role in roles for point in (role.start, role.end) if point), default=0
    )
    held: set[int] = set()
    for role in roles:
        if role.start:
            until = (
                dates.months(role.end, last=len(role.end) < 5 and role.end == role.start)
                if role.end
                else last
            )
            held.update(range(dates.months(role.start), min(until, dates.months(role.start) + 720)))
    return max([round(len(held) / 12), *(number for number in said if number <= 50)])


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0


def _without_name(role: Role, names: re.Pattern[str]) -> Role:
    if not names.search(role.title):
        return role
    return Role(
        title=nameless(role.title, names),
        employer=role.employer,
        start=role.start,
        end=role.end,
        bullets=role.bullets,
    )
