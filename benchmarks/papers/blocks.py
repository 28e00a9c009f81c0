"""A paper as blocks, one after another, as every format writes them.

A pattern such as "**{title}** || {dates}" is a line: "**" goes round what is bold, "||" stands before what
is moved to the right edge, and "<<" behind what has a narrow column of its own, beside all that follows. A
line whose fields are all empty is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from benchmarks.papers.truth import Look, Part, Person, Posting, Project, Role, Skills

ICONS = (
    ("@", "mail"),
    (r"^[+0-9(][0-9 ().+-]+$", "phone"),
    (r"^(https?:|www\.|\w+\.\w+/)", "web"),
    ("", "home"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A line or a paragraph.

    Attributes:
        kind: "name", "headline", "contact", "heading", "text", "bullet", "row" or "beside".
        text: with "**" round what is bold.
        right: at the right edge ("row").
        inner: what stands beside `text` ("beside").
        side: whether it belongs into the narrow column.
        icon: what a glyph before it shows, one of ICONS ("contact").
    """

    kind: str
    text: str
    right: str = ""
    inner: tuple["Block", ...] = ()
    side: bool = False
    icon: str = ""


def of_person(person: Person) -> list[Block]:
    """Return the paper of `person`."""
    look = person.look
    made = [Block(kind="name", text=person.name)]
    if person.headline:
        made.append(Block(kind="headline", text=person.headline))
    made += list(_contact(person.contact, look))
    for part in person.parts:
        made += [replace(one, side=part.side) for one in _part(part, look)]
    return made


def of_posting(posting: Posting) -> list[Block]:
    """Return the paper of `posting`."""
    return [_marked(line) for line in posting.text.strip().splitlines() if line.strip()]


def runs(text: str) -> list[tuple[str, bool]]:
    """Return the pieces of `text`, each with whether it is bold."""
    return [(piece, number % 2 == 1) for number, piece in enumerate(text.split("**")) if piece]


def plain(text: str) -> str:
    """Return `text` without its marks."""
    return text.replace("**", "")


def letters(text: str, look: Look) -> str:
    """Return a heading's text with the letters that `look` wants."""
    if look.heading == "letters":
        return " \xa0 ".join(" ".join(word) for word in text.upper().split())
    return text.upper() if look.heading in ("caps", "spaced") else text


def dates(role: Role, look: Look) -> str:
    """Return when `role` was, as it is printed."""
    return role.dates or look.dash.join(one for one in (role.start, role.end) if one)


def _contact(contact: tuple[str, ...], look: Look) -> Iterator[Block]:
    if look.contact == "line":
        yield Block(kind="contact", text="  |  ".join(contact))
        return
    for text in contact:
        icon = next(name for pattern, name in ICONS if re.search(pattern, text)) if look.icons else ""
        yield Block(kind="contact", text=text, icon=icon, side=look.columns in ("left", "right"))


def _part(part: Part, look: Look) -> Iterator[Block]:
    if part.heading:
        yield Block(kind="heading", text=letters(part.heading, look))
    yield from (Block(kind="text", text=text) for text in part.text)
    for employer, roles in groupby(part.roles, lambda role: role.employer):
        many = list(roles)
        yield from (_filled(look.employer, {"employer": employer, "where": many[0].where}))
        for role in many:
            yield from _role(role, look)
    for group in part.skills:
        yield from _skills(group, look)
    for project in part.projects:
        yield from _project(project, look)
    yield from (Block(kind="row", text=left, right=right) for left, right in part.rows)
    yield from (Block(kind="bullet", text=text) for text in part.items)


def _role(role: Role, look: Look) -> Iterator[Block]:
    values = {
        "title": role.title,
        "employer": role.employer,
        "where": "" if look.employer else role.where,
        "dates": dates(role, look),
    }
    made = [
        *_filled(look.role, values),
        *([Block(kind="text", text=role.text)] if role.text else []),
        *(Block(kind="bullet", text=text) for text in role.bullets),
    ]
    if [one.kind for one in made].count("beside") == 1:
        yield Block(kind="beside", text=made[0].text, inner=(*made[0].inner, *made[1:]))
    else:
        yield from made


def _project(project: Project, look: Look) -> Iterator[Block]:
    yield from _filled(look.project, {"name": project.name, "text": project.text})
    yield from (Block(kind="bullet", text=text) for text in project.bullets)


def _skills(group: Skills, look: Look) -> Iterator[Block]:
    if look.skills == "lines":
        if group.label:
            yield Block(kind="text", text=f"**{group.label}**")
        yield from (Block(kind="bullet", text=text) for text in group.items)
    elif look.skills == "rows":
        yield Block(kind="beside", text=group.label, inner=(Block(kind="text", text=", ".join(group.items)),))
    else:
        before = f"**{group.label}:** " if group.label else ""
        yield Block(kind="text", text=before + (" · " if look.skills == "dots" else ", ").join(group.items))


def _filled(patterns: tuple[str, ...], values: dict[str, str]) -> Iterator[Block]:
    for pattern in patterns:
        text = pattern.format(**values).replace("****", "").strip(" ,|·")
        if not text:
            continue
        if "<<" in text:
            left, rest = text.split("<<")
            yield Block(kind="beside", text=left.strip(), inner=(_line(rest.strip(" ,|·")),))
        else:
            yield _line(text)


def _line(text: str) -> Block:
    left, _, right = text.partition("||")
    if not right.strip():
        return Block(kind="text", text=left.strip(" ,"))
    return Block(kind="row", text=left.strip(" ,"), right=right.strip())


def _marked(line: str) -> Block:
    if line.startswith("## "):
        return Block(kind="heading", text=line[3:])
    if line.startswith("# "):
        return Block(kind="name", text=line[2:])
    if line.startswith("- "):
        return Block(kind="bullet", text=line[2:])
    return Block(kind="text", text=line)
