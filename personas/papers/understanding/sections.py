"""A paper's lines, cut at its headings: those that say so, and those that look like them. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from vivavoce.personas.papers.paper import Line
from vivavoce.personas.papers.words import dates
from vivavoce.personas.papers.words.headings import (
    MOST_CHARACTERS,
    MOST_WORDS,
    Part,
    bare,
    by_some_words,
    by_words,
    labelled,
    spoken,
)
from vivavoce.personas.papers.words.private import as_name, handles
from vivavoce.personas.papers.words.vocabulary import employer_score, is_place, plain, title_score

MOST_LINES, LONGEST_LINE = 4000, 2000  # what follows is not read
LOOKS_AHEAD = 12  # lines under a heading that say what it stands over
FIRST_LINES = 60  # among which the name is
_DEGREE = re.compile(r"\b(?:Ph\.?D|[BM]\.?(?:Sc|A|S|Ed)|Bachelor|Master of|Diploma|J\.D|Dipl)\b")
_GOES_ON = re.compile(r"(?:\b(?:to|until|till|bis)|[-\u2010-\u2015])\s{0,3}$", re.IGNORECASE)
Look = tuple[int, bool, bool]  # size in half points, bold, all in capitals


@dataclass(slots=True)
class Section:
    """What stands under one heading."""

    part: Part
    heading: str = ""
    lines: list[Line] = field(default_factory=list)


def readable(lines: Sequence[Line]) -> list[Line]:
    """Return those of `lines` that say something, column after column, none of them endless."""
    said: list[Line] = []
    for line in lines[: 2 * MOST_LINES]:
        if said and _ends_a_time(said[-1], line):
            said[-1] = replace(said[-1], text=f"{said[-1].text} {line.text}")
        elif said and (both := _beside_a_time(said[-1], line)):
            said[-1:] = both
        elif line.text.strip():
            said.append(line)
    said = said[:MOST_LINES]
    said.sort(key=lambda line: line.column)
    return [
        line if len(line.text) <= LONGEST_LINE else replace(line, text=line.text[:LONGEST_LINE])
        for line in said
    ]


def sections(lines: Sequence[Line]) -> list[Section]:
    """Return the sections of `lines`, which were made `readable`, the header first."""
    looks = _heading_looks(lines)
    known = handles("\n".join(line.text for line in lines))
    found = [Section(Part.HEADER)]
    named = False
    for number, line in enumerate(lines):
        if number and line.column != lines[number - 1].column:
            found.append(Section(Part.HEADER))
        here = found[-1]
        part = _heading(line, lines[number + 1 : number + 1 + LOOKS_AHEAD], here.part, looks)
        label = labelled(line.text) if part is None and not line.bullet else None
        is_name = number < FIRST_LINES and not named and _is_name(line, known, here.part)
        named = named or is_name
        if part is not None and not (is_name and part is Part.UNKNOWN):
            found.append(Section(part, bare(line.text)))
        elif label and _splits(label[0], label[2], here.part):
            found.append(Section(label[0], label[1], [replace(line, text=label[2])]))
        elif is_name and here.part is not Part.HEADER:
            found.append(Section(Part.HEADER, "", [line]))
        else:
            here.lines.append(line)
    told = [_told(section) for section in found if section.lines or section.heading]
    if any(section.part is Part.EXPERIENCE for section in told):
        return told
    return [part for section in told for part in _with_work(section)]


def _with_work(section: Section) -> list[Section]:
    """Return a header as two sections where positions stand in it under no heading that is known."""
    lines = section.lines
    first = next((at for at, line in enumerate(lines) if _spans(line.text) and not line.bullet), 0)
    near = lines[max(0, first - 2) : first + 3]
    if section.part is not Part.HEADER or not first or all(title_score(one.text) < 2 for one in near):
        return [section]
    start = next((at for at in range(first, max(0, first - 4), -1) if lines[at].gap), first)
    head = lines[start].text
    is_heading = start < first and len(head.split()) <= 3 and not re.search(r"[,\d@|]", head)
    work = Section(Part.EXPERIENCE, head if is_heading else "", lines[start + is_heading :])
    return [replace(section, lines=lines[:start]), work]


def look(line: Line) -> Look:
    """Return what is seen of a line before it is read."""
    letters = [c for c in line.text if c.isalpha()]
    return round(line.size * 2), line.bold, bool(letters) and all(c.isupper() for c in letters)


def _heading_looks(lines: Sequence[Line]) -> set[Look]:
    """Return how the headings look that are told by their words, where that sets them off from the rest."""
    headings = Counter(look(line) for line in lines if not line.bullet and by_words(line.text))
    body = Counter[Look]()
    for line in lines:
        body[look(line)] += len(line.text)
    most = {one for one, _ in body.most_common(1)}
    often = [one for one, times in headings.items() if times >= 2 or len(headings) == 1]
    return {*often} - most


def _heading(line: Line, after: Sequence[Line], inside: Part, looks: set[Look]) -> Part | None:
    text = line.text.strip()
    short = len(text) <= MOST_CHARACTERS and len(text.split()) <= MOST_WORDS + 20 * (
        text.count(" ") > len(text) / 3
    )
    if not short or line.bullet or re.match(r"[a-z(]", text) or _spans(text):
        return None
    sure = by_words(text)
    if sure is Part.PROJECTS and inside is Part.EXPERIENCE and look(line) not in looks and text[-1] == ":":
        return None  # "Key projects:", of the position above
    stands_out = look(line) in looks or (look(line)[2] and len(text) > 3 and (line.gap or not looks))
    if sure and (inside is not Part.SKILLS or stands_out or line.gap or sure is not Part.SKILLS):
        return _sure(text, sure, after)
    if not stands_out or title_score(text) >= 2:
        return None
    some = by_some_words(text)
    if some and employer_score(text) < 4 and not ("," in text and inside is Part.EXPERIENCE):
        return some
    return _unknown(text, line, after, inside, looks)


def _sure(text: str, part: Part, after: Sequence[Line]) -> Part:
    """Return what is meant by "languages": those of people or of computers."""
    if "languages" in plain(text) and len(plain(text)) == 1:
        return Part.ASIDE if spoken(" ".join(line.text for line in after[:3])) else Part.SKILLS
    return part


def _unknown(text: str, line: Line, after: Sequence[Line], inside: Part, looks: set[Look]) -> Part | None:
    """Return UNKNOWN for a line that looks like the headings, unless it names an employer or a person."""
    exact = look(line) in looks
    if not exact or employer_score(text) >= 2 or is_place(text) or "," in text or "@" in text:
        return None
    if inside is Part.HEADER and as_name(text):
        return None
    following = []
    for one in after:
        if look(one) in looks and not one.bullet:
            break
        following.append(one)
    is_work = any(_spans(one.text) for one in following)
    is_work = is_work or any(title_score(one.text) >= 2 and not one.bullet for one in after[:2])
    return None if is_work and inside in (Part.EXPERIENCE, Part.EDUCATION) else Part.UNKNOWN


def _splits(part: Part, rest: str, inside: Part) -> bool:
    if inside is Part.SKILLS and part in (Part.SKILLS, Part.ASIDE, Part.PROJECTS):
        return spoken(rest)
    if inside in (Part.EXPERIENCE, Part.PROJECTS, Part.PEOPLE):
        return (
            part in (Part.EDUCATION, Part.SKILLS) and len(rest.split()) >= 3 and inside is not Part.PROJECTS
        )
    return part is not Part.HEADER


def _is_name(line: Line, known: str, inside: Part) -> bool:
    """Whether a line is the person's name, by an address or by standing in the header."""
    if inside is Part.PEOPLE and not known:
        return False
    name = as_name(line.text, known)
    found = [word for word in plain(name) if len(word) > 2]
    return bool(name and found and any(word in known for word in found) and not line.bullet)


def _told(section: Section) -> Section:
    """Return a section of which the heading says nothing with the part that its lines speak of."""
    if section.part is not Part.UNKNOWN or not section.lines:
        return section
    lines = section.lines
    spans = [line for line in lines if _spans(line.text)]
    text = " ".join(line.text for line in lines)
    if _DEGREE.search(text) and not any(title_score(line.text) >= 3 for line in lines):
        return replace(section, part=Part.EDUCATION)
    if spans and any(title_score(line.text) >= 2 for line in lines):
        return replace(section, part=Part.EXPERIENCE)
    return section


def _spans(text: str) -> bool:
    """Whether `text` says from when until when."""
    when = dates.period(text)
    return when is not None and when.spans


def _ends_a_time(before: Line, line: Line) -> bool:
    """Whether a stretch of time was broken between two lines ("July 2012 to August", "2015")."""
    short = len(line.text) <= 16 and len(before.text) < 160 and before.column == line.column
    if (
        not short
        or line.bullet
        or line.gap
        or not dates.begins_or_ends(line.text)
        or (_spans(before.text) and not _GOES_ON.search(before.text))
    ):
        return False
    return dates.period(before.text) is not None and _spans(f"{before.text} {line.text}"[-60:])


def _beside_a_time(before: Line, line: Line) -> tuple[Line, ...]:
    """Return two lines anew of which the beginnings are one stretch of time in a narrow column."""
    begun = dates.begun(before.text)
    ended = dates.ended(line.text) if begun and before.column == line.column else ""
    if not begun or not ended:
        return ()
    head, rest = before.text[len(begun) :].strip(), line.text[len(ended) :].strip()
    bare = rest.lstrip("\u2022\u2013- ")
    first = replace(before, text=f"{begun.strip()} {ended.strip()}   {head}")
    return (first, replace(line, text=bare, bullet=bare != rest)) if bare else (first,)
