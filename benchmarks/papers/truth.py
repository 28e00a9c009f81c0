"""The people and the postings of the benchmark: what stands in their papers, and so what is true of them.

Each lies in a TOML file of its own under people/ or postings/. Nobody in them exists. A person's file says
what is printed and how it looks; the truth is the same text, so the two cannot come apart.
"""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

HERE = Path(__file__).parent
Of = TypeVar("Of")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a paper looks; the lines of `role`, `employer` and `project` are patterns (see blocks.py)."""

    file: str = "pdf"  # the ending of its name, one of layouts.WRITERS
    columns: str = "one"  # or "two", or where the narrow one stands: "left", "right"
    dark: bool = False  # the narrow column is
    band: bool = False  # the name and the contact lines stand in a coloured one
    late: bool = False  # the narrow column comes last in the file, though it stands first on the page
    font: str = "Helvetica"  # one of pdf.FONTS
    size: float = 10.0  # points
    leading: float = 1.25  # times the size
    heading: str = "plain"  # or "caps", "small caps", "spaced", "letters"
    bullet: str = "•"
    icons: bool = False  # instead of words before the contact lines
    justify: bool = False
    ligatures: bool = False
    contact: str = "line"  # or "lines"
    skills: str = "comma"  # or "lines", "dots", "rows"
    dash: str = " \N{EN DASH} "
    role: tuple[str, ...] = ("**{title}**, {employer} || {dates}", "{where}")
    employer: tuple[str, ...] = ()  # once for roles of the same employer that follow each other
    project: tuple[str, ...] = ("**{name}**", "{text}")
    boxes: bool = False  # a narrow column is a text box (DOCX)
    header: bool = False  # the contact lines are the pages' header (DOCX)
    divs: bool = False  # a page of nothing but <div>, with marks and headings made by its style (HTML)
    raw: bool = False  # as it was pasted: lines and empty lines as they stand, "- " before points (TXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One job; `dates` is what is printed where that is not `start` and `end` with a dash."""

    title: str
    employer: str = ""
    where: str = ""
    start: str = ""
    end: str = ""
    dates: str = ""
    text: str = ""
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Skills:
    """Skills in one line, or in a list."""

    label: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project as it is printed under a heading of its own."""

    name: str
    text: str = ""
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What stands under one heading."""

    heading: str = ""
    side: bool = False  # in the narrow column, or the second of two, where the look has one
    text: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()  # left and right
    roles: tuple[Role, ...] = ()
    skills: tuple[Skills, ...] = ()
    projects: tuple[Project, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who applies.

    `projects` are those worth asking about: each a list of acceptable names, of which every word must be in
    the name that was found. One of `other_projects` is neither asked for nor wrong; what holds all the words
    of one of `no_projects` is wrong, and so is whatever is in none of the three.
    """

    id: str
    held_out: bool = False
    profession: str
    name: str
    headline: str = ""
    contact: tuple[str, ...] = ()
    look: Look
    parts: tuple[Part, ...]
    projects: tuple[tuple[str, ...], ...]
    other_projects: tuple[str, ...] = ()
    no_projects: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[Role, ...]:
        """Return every job, in the order of the paper."""
        return tuple(role for part in self.parts for role in part.roles)

    @property
    def skills(self) -> tuple[str, ...]:
        """Return every skill, in the order of the paper."""
        return tuple(item for part in self.parts for group in part.skills for item in group.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A job that is offered; `text` has lines with "# " for a heading and "- " for a point; see Look.raw."""

    id: str
    held_out: bool = False
    look: Look
    title: str
    employer: str
    level: str = ""  # one of the product's; "" where the posting leaves it open, and then it is not judged
    skills: tuple[str, ...]
    other_skills: tuple[str, ...] = ()  # neither asked for nor wrong: "or JAX"
    text: str
    data: bool = False  # with JSON-LD (HTML)


def people() -> list[Person]:
    """Return everybody under people/."""
    return [_of(Person, _read(path), id=path.stem) for path in sorted((HERE / "people").glob("*.toml"))]


def postings() -> list[Posting]:
    """Return every posting under postings/."""
    return [_of(Posting, _read(path), id=path.stem) for path in sorted((HERE / "postings").glob("*.toml"))]


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


NESTED = {"look": Look, "parts": Part, "roles": Role, "skills": Skills}


def _of(kind: type[Of], row: dict[str, Any], **more: Any) -> Of:
    """Return `row` as a `kind`; a key that it does not know is an error, so no typing mistake is lost."""
    known = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    if unknown := set(row) - known:
        raise ValueError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    return kind(**{key: _value(key, value) for key, value in row.items()}, **more)


def _value(key: str, value: Any) -> Any:
    if isinstance(value, dict):
        return _of(NESTED[key], value)
    if not isinstance(value, list):
        return value
    if value and isinstance(value[0], dict):
        return tuple(_of(Project if key == "projects" else NESTED[key], one) for one in value)
    return tuple(_value(key, one) for one in value)
