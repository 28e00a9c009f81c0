"""A person's stories as files: `stories/NAME.md` in the home, which they own and the program only reads.

A file has a small head of `key: value` lines between two lines of `---`, then a heading for each field with
the person's words below it. Nothing here ever changes a file: a draft is written where none is, and what
cannot be read as it was meant is read as well as it can be, with one line in `problem`.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vivavoce.transcripts.bank.fields import FIELDS, GENERAL, HEADINGS, KINDS, THEMES, field_of, headings
from vivavoce.transcripts.errors import LibraryError, MissingError
from vivavoce.transcripts.journal import disk
from vivavoce.transcripts.journal.home import own_home
from vivavoce.transcripts.printable import line, printable

FOLDER, ENDING = "stories", ".md"
VERSION = 1
LARGEST = 1_000_000  # bytes of a file that are read; a story of three minutes has about three thousand
LONGEST_NAME = 60  # characters of a draft's name
LONGEST_VALUE = 200  # characters of a line of the head that are kept
RULE = "---"
_COPY = re.compile(
    r"(?P<of>.{1,200}?)(?: \([^()]{0,80}conflict[^()]{0,80}\)| \(\d{1,3}\)|\.sync-conflict-[\w-]{1,80})",
    re.IGNORECASE,
)
_HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*)")
_COMMENT = re.compile(r"<!--(?:(?!-->|<!--)(?s:.))*+-->|<!--[^\n]*+")  # one without an end is a line long
_KEY = re.compile(r"(\w[\w-]{0,30})[ \t]*:(.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFile:
    """A story as its file has it.

    Attributes:
        name: of the file, without its ending; what `vivavoce story NAME` takes.
        path: of the file.
        title: from its head, else from its first heading, else the name.
        kind: MACHINE_LEARNING or GENERAL.
        themes: as the person says; empty if they do not.
        questions: ids of those that the person would answer with it.
        fields: the words of each of FIELDS, without comments; "" for one that is open.
        other: words that stand in none of them.
        problem: one line on what could not be read as it was meant; "" if all could.
    """

    name: str
    path: Path
    title: str
    kind: str = GENERAL
    themes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    fields: Mapping[str, str]
    other: str = ""
    problem: str = ""

    @property
    def open(self) -> tuple[str, ...]:
        """The fields without words."""
        return tuple(one for one in FIELDS if not self.fields[one])


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A story to begin from: what is known stands in `fields`, and a question in `ask` for what is not."""

    name: str
    title: str
    kind: str = GENERAL
    themes: Sequence[str] = ()
    questions: Sequence[str] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    ask: Mapping[str, str] = field(default_factory=dict)


def stories(home: Path | None = None) -> list[StoryFile]:
    """Return the stories in `home` (the user's own), by name; copies that a sync left are none.

    Raises:
        LibraryError: the folder cannot be read.
    """
    return [_read(path) for path in _files(home) if not _COPY.fullmatch(path.stem)]


def copies(home: Path | None = None) -> list[str]:
    """Return a line for each file that is not taken for a story: a copy that a sync left, a name of no use.

    Raises:
        LibraryError: the folder cannot be read.
    """
    found = [(path, _COPY.fullmatch(path.stem)) for path in _files(home)]
    unnamed = [
        f"{line(path.name)} is not read, as its name cannot be shown or typed; give it another"
        for path in _in_folder(home)
        if not path.name.isprintable()
    ]
    return unnamed + [
        f"{line(path.name)} looks like a copy of {line(copy['of'])}{ENDING} and is not read; "
        "take over what you need and delete it, or give it a name of its own"
        for path, copy in found
        if copy
    ]


def story(name: str, home: Path | None = None) -> StoryFile:
    """Return the story called `name`, which may come from anywhere.

    Raises:
        MissingError: there is none.
        LibraryError: the folder cannot be read.
    """
    found = next((path for path in _files(home) if path.stem == name and not _COPY.fullmatch(name)), None)
    if found is None:
        raise MissingError(f"no story {line(name)[:LONGEST_NAME]!r}; `vivavoce stories` lists them")
    return _read(found)


def write_draft(draft: Draft, home: Path | None = None) -> Path | None:
    """Write `draft` into a new file and return where it is; None if there is a story of its name or title.

    Raises:
        LibraryError: it cannot be written.
    """
    there = stories(home)
    name = slug(draft.name)
    path = _folder(home) / f"{name}{ENDING}"
    if any(draft.title.casefold() == one.title.casefold() or name == one.name.casefold() for one in there):
        return None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        disk.create(path, _text(draft).encode("utf-8", "replace"))
    except FileExistsError:
        return None
    except OSError as error:
        raise LibraryError(f"cannot write {path}: {error.strerror}; free some space or the folder") from None
    return path


def slug(text: str) -> str:
    """Return `text` as a name that is safe in every file system."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_NAME].strip("-") or "story"


def parsed(name: str, path: Path, text: str, problem: str = "") -> StoryFile:
    """Return the story that `text` holds; a `problem` that was met before stands before its own."""
    head, body, trouble = _head(printable(text.replace("\r\n", "\n").replace("\r", "\n")))
    title, fields, other, unknown = _sections(body)
    kind = head.get("kind", "").lower()
    if unknown:
        trouble.append(
            f"no field is called {', '.join(unknown[:3])}; the words below are kept and not counted"
        )
    if not "".join([*fields.values(), other, *head.values()]).strip() and not problem:
        trouble.append("it is empty")
    return StoryFile(
        name=name,
        path=path,
        title=head.get("title") or title or name,
        kind=kind if kind in KINDS else _kind(body),
        themes=tuple(one for one in _listed(head.get("themes", "")) if one in THEMES),
        questions=_listed(head.get("questions", "")),
        fields=fields,
        other=other,
        problem="; ".join([problem, *trouble] if problem else trouble),
    )


def _folder(home: Path | None) -> Path:
    return (own_home() if home is None else home) / FOLDER


def _files(home: Path | None) -> list[Path]:
    """Return the files that may be stories, by name."""
    return [one for one in _in_folder(home) if one.name.isprintable()]


def _in_folder(home: Path | None) -> list[Path]:
    """Return the files whose ending is a story's, by name."""
    folder = _folder(home)
    try:
        found = [one for one in folder.iterdir() if one.suffix.lower() == ENDING and one.is_file()]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise LibraryError(f"cannot read {folder}: {error.strerror}; open it to yourself") from None
    return sorted(one for one in found if not one.name.startswith("."))


def _read(path: Path) -> StoryFile:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        return parsed(path.stem, path, "", f"it cannot be read: {error.strerror}")
    text, problem = _decoded(content[:LARGEST], whole=len(content) <= LARGEST)
    return parsed(path.stem, path, text, problem)


def _decoded(content: bytes, *, whole: bool) -> tuple[str, str]:
    """Return the text of a file, and what is wrong with it."""
    long = "" if whole else f"only the first {LARGEST // 1_000_000} MB are read"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):  # as old Windows editors write
        return content.decode("utf-16", "replace"), long
    if b"\0" in content:
        return "", "it is no text"
    try:
        return content.decode("utf-8-sig"), long
    except UnicodeDecodeError as error:
        if not whole and error.start > len(content) - 4:  # a letter that was cut in two
            return content[: error.start].decode("utf-8-sig"), long
    return content.decode("cp1252", "replace"), "it is not in UTF-8, so some letters may be wrong"


def _head(text: str) -> tuple[dict[str, str], str, list[str]]:
    """Return the values of the head, what follows it, and what is wrong with it."""
    lines = text.lstrip("\n").split("\n")
    if lines[0].strip() != RULE:
        return {}, text, []
    values: dict[str, str] = {}
    for number, said in enumerate(lines[1:], 1):
        if said.strip() == RULE:
            return values, "\n".join(lines[number + 1 :]), list(_version(values.get("version", "1")))
        found = _KEY.fullmatch(said.strip())
        if found is None and said.strip():
            break
        if found:
            values[found[1].lower()] = line(found[2])[:LONGEST_VALUE]
    else:
        number = len(lines)
    return values, "\n".join(lines[number:]), [f"its head has no second line {RULE}"]


def _version(said: str) -> Iterator[str]:
    if not said.isdecimal():
        yield f"its version {said!r} is no number"
    elif int(said) != VERSION:
        age = "a newer" if int(said) > VERSION else "an older"
        yield f"it is of {age} version ({said}) and read as well as this one can"


def _sections(body: str) -> tuple[str, dict[str, str], str, list[str]]:
    """Return the title, the words of each field, those of none, and the headings that name no field."""
    title, place, unknown = "", "", list[str]()
    words: dict[str, list[str]] = {one: [] for one in ("", *FIELDS)}
    for said in _COMMENT.sub("", body).split("\n"):
        found = _HEADING.fullmatch(said.rstrip())
        if found is None:
            words[place].append(said)
        elif len(found[1]) == 1 and not title and not any(words.values()):
            title = line(found[2])
        elif known := field_of(found[2]):
            place = known
        elif len(found[1]) > 2:  # a part of the field that it stands in
            words[place].append(found[2])
        else:
            place = ""
            unknown.append(repr(line(found[2])[:LONGEST_NAME]))
            words[place].append(found[2])
    joined = {one: "\n".join(lines).strip() for one, lines in words.items()}
    return title, {one: joined[one] for one in FIELDS}, joined[""], unknown


def _kind(body: str) -> str:
    """Return the kind of a story that does not say it: that of which it has more headings of its own."""
    found = {match[2].strip() for match in map(_HEADING.fullmatch, body.split("\n")) if match}
    return max((GENERAL, *KINDS), key=lambda kind: len(found & {*HEADINGS[kind].values()}))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for said in text.strip("[] ").split(",") if (one := said.strip().lower())))


def _text(draft: Draft) -> str:
    head = {
        "title": line(draft.title)[:LONGEST_VALUE],
        "kind": draft.kind,
        "themes": ", ".join(draft.themes),
        "questions": ", ".join(draft.questions),
        "version": str(VERSION),
    }
    lines = [RULE, *(f"{key}: {value}".rstrip() for key, value in head.items()), RULE]
    for one, heading in headings(draft.kind).items():
        ask = f"<!-- {line(draft.ask[one]).replace('--', '-')} -->" if draft.ask.get(one) else ""
        lines += ["", f"## {heading}", "", *filter(None, [printable(draft.fields.get(one, "")).strip(), ask])]
    return "\n".join(lines) + "\n"
