"""Content checks as files: checks/*.toml, and the user's own. docs/analysis.md has the format."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from vivavoce.personas.content.persona import PersonaError, found, names, whole_table
from vivavoce.personas.content.toml_fields import (
    Fault,
    Field,
    flag,
    list_of,
    named,
    number,
    one_of,
    table,
    tables_in,
    texts,
    whole,
    words,
)
from vivavoce.transcripts.scoring import rubric
from vivavoce.transcripts.scoring.checks import ANY, NONE, STORY, TOPIC, Check, Checks
from vivavoce.transcripts.scoring.cues import Cues

MOST_WORDS, MOST_GAPS = 12, 2  # of a cue
MOST_CUES = 300  # of a list
MOST_TRIES = 2000  # of a file, at each word of an answer: ten thousand may take three seconds
LISTS = ("asked", "not_asked", "about", "heard", "said", "near", "without")
OTHERS = ("needs", "unless", "before", "order", "among")


def every_set() -> tuple[Checks, ...]:
    """Return all sets of checks: the shipped ones, and the user's own.

    Raises:
        PersonaError: one cannot be used.
    """
    return tuple(loaded(found("checks", name)) for name in names("checks"))


def asks_for_a_story(question: str) -> bool:
    """Return whether `question` is none that asks for reasons, logistics or knowledge, as far as checks tell.

    Raises:
        PersonaError: a set of checks cannot be used.
    """
    return not any(one.answer in (TOPIC, NONE) and one.asked and one.fit(question, "") for one in every_set())


def known_check(name: str, like: Check) -> Check:
    """Return what the check called `name` looks for, with the id and the rule of `like`.

    Raises:
        PersonaError: there is no such check, or a set cannot be used.
    """
    known = next((check for one in every_set() for check in one.checks if check.id == name), None)
    if known is None:
        raise PersonaError(f"there is no check {named(name)} in any set of checks")
    return replace(like, said=known.said, near=known.near, without=known.without)


def examples(name: str) -> Iterator[tuple[str, bool, str]]:
    """Yield a check's id, whether its example must be found, and the example, for the set called `name`."""
    _, row = whole_table(found("checks", name), faults)
    for one in tables_in(row, "checks"):
        yield from ((str(one["id"]), key == "yes", text) for key in ("yes", "no") for text in texts(one, key))


def faults(value: object) -> Iterator[Fault]:
    """Yield what is wrong with `value` as a table of checks."""
    yield from table(value, FIELDS)
    if isinstance(value, dict):
        yield from _order(tables_in(value, "checks"))
        yield from too_much([value, *tables_in(value, "checks")])


def too_much(rows: Sequence[Mapping[str, object]]) -> Iterator[Fault]:
    """Yield a fault if the cues of all `rows` cannot be looked for in a long answer."""
    tries = sum(_tries(text) for row in rows for key in LISTS for text in texts(row, key))
    if tries > MOST_TRIES:
        few = f"{MOST_TRIES:,} are the most: fewer cues, or fewer gaps"
        yield Fault((), f"its cues may take {tries:,} tries at each word of an answer; {few}")


def _tries(text: str) -> int:
    """Return how often words of a cue may be tried from one place: each gap before them has four lengths."""
    gaps, tries = 0, 0
    for word in text.split():
        gaps += word == "_"
        tries += len(word.split("|")) * 4 ** min(gaps, MOST_GAPS) if word != "_" else 0
    return tries


def _order(rows: Sequence[Mapping[str, object]]) -> Iterator[Fault]:
    """Yield the checks that name one which does not come before them, and ids that are taken."""
    known: set[str] = set()
    for place, row in enumerate(rows):
        for key in OTHERS:
            for name in texts(row, key):
                if name not in known and name not in rubric.RULES:
                    yield Fault(("checks", place, key), f"there is no check {named(name)} above")
        name = str(row.get("id", ""))
        if name in known or name in rubric.RULES:
            yield Fault(("checks", place, "id"), f"the id {named(name)} is taken")
        if row.get("costs") and row.get("kind") != rubric.GAP:
            yield Fault(("checks", place, "costs"), "only a gap may cost points")
        known.add(name)


def _code(value: object) -> Iterator[Fault]:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", value):
        yield Fault((), f"must be small letters and hyphens, not {named(value)}")


def _phrase(value: object) -> Iterator[Fault]:
    """Check a cue: each gap may be four lengths, so what it takes to look for them grows with their power."""
    yield from words(value)
    pieces = value.split() if isinstance(value, str) else []
    if any(one in ("", "*") for piece in pieces for one in piece.split("|")):
        yield Fault((), "a cue's word has a letter or a number before its * and on each side of its |")
    if len(pieces) > MOST_WORDS or pieces.count("_") > MOST_GAPS:
        yield Fault((), f"a cue has at most {MOST_WORDS} words and {MOST_GAPS} gaps")
    if pieces and "_" in (pieces[0], pieces[-1]):
        yield Fault((), "a cue neither begins nor ends with a gap")


def _costs(value: object) -> Iterator[Fault]:
    yield from table(value, {name: Field(whole(1, 4)) for name in rubric.DIMENSIONS})


def cue_list(value: object) -> Iterator[Fault]:
    """Check a list of cues: each word of an answer is held against all of them."""
    yield from list_of(_phrase, distinct=True)(value)
    if isinstance(value, list) and len(value) > MOST_CUES:
        yield Fault((), f"has {len(value)} cues; {MOST_CUES} are the most")


EXAMPLES = list_of(words, distinct=True)
CODES = list_of(_code, distinct=True)
CHECK: Mapping[str, Field] = {
    "id": Field(_code, needed=True),
    "covers": Field(list_of(words, least=0), needed=True),
    "kind": Field(one_of(*rubric.KINDS, rubric.MARK), needed=True),
    "message": Field(words, needed=True),
    "said": Field(cue_list),
    "least": Field(whole(1, 20)),
    "written": Field(flag),
    "near": Field(cue_list),
    "without": Field(cue_list),
    **{key: Field(CODES) for key in OTHERS},
    "within": Field(whole(1, 20)),
    "costs": Field(_costs),
    "overall": Field(number(0, 4)),
    "yes": Field(EXAMPLES, needed=True),
    "no": Field(EXAMPLES, needed=True),
}
FIELDS: Mapping[str, Field] = {
    "title": Field(words, needed=True),
    "asked": Field(cue_list),
    "not_asked": Field(cue_list),
    "about": Field(cue_list),
    "heard": Field(cue_list),
    "least": Field(whole(1, 20)),
    "systems": Field(flag),
    "general": Field(flag),
    "answer": Field(one_of(STORY, TOPIC, ANY, NONE)),
    "checks": Field(list_of(lambda value: table(value, CHECK), least=0), needed=True),
}


@cache
def loaded(path: Path) -> Checks:
    """Return the set in the file at `path`.

    Raises:
        PersonaError: it cannot be used.
    """
    _, row = whole_table(path, faults)
    return Checks(
        id=path.stem,
        asked=cues(row, "asked"),
        not_asked=cues(row, "not_asked"),
        about=cues(row, "about"),
        heard=cues(row, "heard"),
        least=_whole(row, "least", 1),
        answer=str(row.get("answer", STORY)),
        scored=row.get("general") is not True,
        systems=row.get("systems") is True,
        general=row.get("general") is True,
        checks=tuple(_check(one) for one in tables_in(row, "checks")),
    )


def _check(row: Mapping[str, object]) -> Check:
    costs, overall = row.get("costs"), row.get("overall")
    rule = rubric.Rule(
        str(row["kind"]),
        str(row["message"]),
        {str(name): int(points) for name, points in costs.items()} if isinstance(costs, dict) else {},
        texts(row, "covers"),
        overall if isinstance(overall, int | float) else 0.0,
    )
    return Check(
        id=str(row["id"]),
        rule=rule,
        said=cues(row, "said"),
        least=_whole(row, "least", 1),
        within=_whole(row, "within", 0),
        written=row.get("written") is True,
        near=cues(row, "near"),
        without=cues(row, "without"),
        **{key: texts(row, key) for key in OTHERS},
    )


def cues(row: Mapping[str, object], key: str) -> Cues | None:
    """Return the cues that `row` has at `key`; None if there are none."""
    phrases = texts(row, key)
    return Cues(phrases) if phrases else None


def _whole(row: Mapping[str, object], key: str, otherwise: int) -> int:
    value = row.get(key, otherwise)
    return value if isinstance(value, int) else otherwise
