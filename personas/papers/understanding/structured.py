"""A résumé as JSON Resume, and a posting as a JSON-LD JobPosting: what their fields say. Pure.

Somebody else wrote them, so a field of another type than expected is as good as missing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape

from vivavoce.personas.papers.paper import Kind, Line
from vivavoce.personas.papers.understanding.passages import Passage
from vivavoce.personas.papers.understanding.projects import Told, projects
from vivavoce.personas.papers.understanding.understood import Project, Resume, Role
from vivavoce.personas.papers.words.dates import months
from vivavoce.personas.papers.words.private import is_private, name_words, named, nameless
from vivavoce.personas.papers.words.vocabulary import level

MOST_ROWS, MOST_CHARACTERS = 300, 2000
SOURCE = "vivavoce"  # of a file that `as_data` wrote
MOST_HTML = 100_000
_TAG = re.compile(r"<[^<>]{0,500}>")
_BLOCK = re.compile(r"<(?:br|/?p|/?div|/?li|/?ul|/?h\d)\b[^<>]{0,200}>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]{0,200}>", re.IGNORECASE)
_HEADING = re.compile(r"<h[1-6]\b[^<>]{0,200}>", re.IGNORECASE)
_POINT = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?")


def is_resume(data: Mapping[str, object]) -> bool:
    """Whether `data` has the fields of JSON Resume."""
    return "basics" in data or "work" in data


def resume(data: Mapping[str, object], text: str) -> Resume:
    """Return what JSON Resume says; quotes are taken from the paper's `text`."""
    basics = _row(data.get("basics"))
    name = string(basics.get("name"))
    address = string(basics.get("email"))
    names = named(name_words(name, "", [address]))
    worked = [(_role(row), row) for row in _rows(data.get("work"))]
    told = [
        Told(Passage(line, (Line(text=line),), True), role.employer, 1.0)
        for role, _ in worked
        for line in role.bullets
        if line in text
    ]
    listed = [
        [Line(text=string(row.get("name")))]
        for row in _rows(data.get("projects"))
        if string(row.get("name")) in text
    ]
    meta = _row(data.get("meta"))
    is_ours = meta.get("source") == SOURCE
    roles = tuple(role for role, _ in worked if role.title or role.employer)
    skills = [string(row.get("name")) for row in _rows(data.get("skills"))]
    skills += [one for row in _rows(data.get("skills")) for one in _strings(row.get("keywords"))]
    usable = (line for role in roles for line in (f"{role.title}, {role.employer}", *role.bullets))
    headline = nameless(string(basics.get("label")), names)
    years = number if is_ours and isinstance(number := meta.get("years"), int) else _years(roles)
    made = _mended(data, text, names) if is_ours else projects(told, listed, names)
    return Resume(
        kind=Kind.RESUME,
        name=name,
        headline=headline,
        roles=roles,
        projects=made,
        skills=tuple(dict.fromkeys(one for one in skills if one and not names.search(one))),
        education=tuple(_education(data.get("education"))),
        years=years,
        level=string(meta.get("level")) if is_ours else level(roles[0].title if roles else headline, years),
        usable=tuple(nameless(line, names) for line in usable if line and not is_private(line)),
    )


def as_data(found: Resume) -> Mapping[str, object]:
    """Return `found` as JSON Resume, to be mended by hand; of a project, its line is the description.

    Read again it gives the same: its projects are those it lists, and no others.
    """
    return {
        "basics": {"name": found.name, "label": found.headline},
        "work": [
            {
                "name": role.employer,
                "position": role.title,
                "startDate": role.start,
                "endDate": role.end or "",
                "highlights": [*role.bullets],
            }
            for role in found.roles
        ],
        "projects": [
            {
                "name": one.name,
                "description": one.quote,
                "entity": one.employer,
                "keywords": [*one.terms],
            }
            for one in found.projects
        ],
        "skills": [{"name": one} for one in found.skills],
        "education": [{"institution": one} for one in found.education],
        "meta": {"source": SOURCE, "years": found.years, "level": found.level},
    }


def _years(roles: Sequence[Role]) -> int:
    """Return the years in which at least one position was held, as far as their ends are given."""
    held = {
        month
        for role in roles
        if role.start and role.end
        for month in range(months(role.start), min(months(role.end, True), months(role.start) + 720))
    }
    return round(len(held) / 12)


def _mended(data: Mapping[str, object], text: str, names: re.Pattern[str]) -> tuple[Project, ...]:
    """Return the projects of a file that `as_data` wrote and somebody may have mended."""
    return tuple(
        Project(
            name=name,
            employer=string(row.get("entity")),
            quote=string(row.get("description")) if string(row.get("description")) in text else name,
            terms=tuple(_strings(row.get("keywords"))),
        )
        for row in _rows(data.get("projects"))
        if (name := string(row.get("name"))) in text and name and not names.search(name)
    )


def string(value: object) -> str:
    """Return `value` on one line if it is text; "" otherwise."""
    return " ".join(value[:MOST_CHARACTERS].split()) if isinstance(value, str) else ""


def lines_of_html(value: object) -> list[Line]:
    """Return the lines of a text that may have tags in it."""
    text = unescape(unescape(value[:MOST_HTML])) if isinstance(value, str) else ""
    marked = _HEADING.sub("\n\x02", _ITEM.sub("\n\x01", text))
    shown = _TAG.sub("", _BLOCK.sub("\n", marked))
    lines = (" ".join(one.split()) for one in shown.split("\n"))
    return [
        Line(text=bare, bullet=line[0] == "\x01", bold=line[0] == "\x02")
        for line in lines
        if (bare := line.strip("\x01\x02 "))
    ]


def named_in(value: object) -> str:
    """Return the name of something that is a text, or an object with a name."""
    return string(value) or string(_row(value).get("name"))


def strings(value: object) -> list[str]:
    """Return the texts of a list, or of one text with commas."""
    return _strings(value) or [one.strip() for one in string(value).split(",") if one.strip()]


def _role(row: Mapping[str, object]) -> Role:
    bullets = [string(row.get("summary")), *_strings(row.get("highlights"))]
    return Role(
        title=string(row.get("position")),
        employer=string(row.get("name")) or string(row.get("company")),
        start=_point(row.get("startDate")),
        end=_point(row.get("endDate")) or None,
        bullets=tuple(one for one in bullets if one),
    )


def _education(value: object) -> Iterator[str]:
    for row in _rows(value):
        said = [string(row.get(key)) for key in ("studyType", "area", "institution")]
        yield ", ".join(one for one in said if one)


def _point(value: object) -> str:
    match = _POINT.match(string(value))
    return match[0] if match else ""


def _row(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _rows(value: object) -> list[Mapping[str, object]]:
    rows = value[:MOST_ROWS] if isinstance(value, Sequence) and not isinstance(value, str) else []
    return [row for row in rows if isinstance(row, Mapping)]


def _strings(value: object) -> list[str]:
    rows = value[:MOST_ROWS] if isinstance(value, Sequence) and not isinstance(value, str) else []
    return [text for one in rows if (text := string(one))]
