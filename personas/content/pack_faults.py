"""What is wrong with a pack's table: checks that loading and lint share."""

from collections.abc import Iterator, Mapping, Sequence

from vivavoce.personas.content.content_checks import cue_list, too_much
from vivavoce.personas.content.question import ABOUT, POINT, QUESTION
from vivavoce.personas.content.toml_fields import (
    Fault,
    Field,
    Where,
    flag,
    list_of,
    named,
    number,
    one_of,
    some_words,
    table,
    tables_in,
    tables_of,
    texts,
    whole,
    words,
)

QUESTIONS, CODING, DESIGN = "questions", "coding", "design"  # plans

Rows = Sequence[Mapping[str, object]]


def faults(value: object) -> Iterator[Fault]:
    """Yield what is wrong with `value` as a pack's table."""
    yield from table(value, FIELDS)
    if not isinstance(value, dict):
        return
    if ("questions" in value) == ("stages" in value):
        yield Fault((), "a pack has either questions or stages")
    if "questions" in value and "minutes" not in value:
        yield Fault((), "minutes is missing")
    yield from _ids(tables_in(value, "questions"), value.get("opens_with", ""))
    yield from _points(value)
    yield from _references(value)


def _points(value: Mapping[str, object]) -> Iterator[Fault]:
    """Yield points that nothing could find, and ids that a question would have twice."""
    shared = tables_in(value, "points")
    places: list[tuple[Where, Rows, Rows]] = [
        ((), shared, []),
        *[
            (("questions", place), tables_in(one, "points"), shared)
            for place, one in enumerate(tables_in(value, "questions"))
        ],
    ]
    for where, own, before in places:
        known = {one.get("id") for one in before}
        for place, one in enumerate(own):
            if not one.keys() & {"said", "check"}:
                yield Fault((*where, "points", place), "has neither said nor check, so nothing finds it")
            if one.get("id") in known:
                yield Fault((*where, "points", place, "id"), f"the id {named(one.get('id'))} is there twice")
            known.add(one.get("id"))
        for place, one in enumerate(own):
            if unknown := [name for name in texts(one, "after") if name not in known]:
                text = f"there is no point {named(unknown[0])}"
                yield Fault((*where, "points", place, "after"), text)
        yield from (fault.below(*where) for fault in too_much([*before, *own]))


def _references(value: Mapping[str, object]) -> Iterator[Fault]:
    """Yield examples of questions, and minutes of rounds, that are not in the file."""
    questions = {one.get("id") for one in tables_in(value, "questions")}
    for place, example in enumerate(tables_in(value, "examples")):
        if example.get("question") not in questions:
            text = f"there is no question {named(example.get('question'))}"
            yield Fault(("examples", place, "question"), text)
    themes = value.get("themes")
    themes = themes if isinstance(themes, dict) else {}
    for theme in themes:
        if unknown := [name for name in texts(themes, theme) if name not in questions]:
            yield Fault(("themes", theme), f"there is no question {named(unknown[0])}")
    rounds = {one.get("round") for one in tables_in(value, "stages")}
    for place, flavour in enumerate(tables_in(value, "flavours")):
        minutes = flavour.get("minutes")
        for name in minutes if isinstance(minutes, dict) else ():
            if name not in rounds:
                yield Fault(("flavours", place, "minutes"), f"there is no stage {named(name)}")


def _minutes(value: object) -> Iterator[Fault]:
    """Check the minutes of rounds, by their names."""
    yield from table(
        value, {name: Field(number(0, 180)) for name in value} if isinstance(value, dict) else {}
    )


def _themes(value: object) -> Iterator[Fault]:
    """Check the questions of each theme."""
    yield from table(value, dict.fromkeys(value, Field(list_of(words))) if isinstance(value, dict) else {})


def _ids(questions: Sequence[Mapping[str, object]], first: object) -> Iterator[Fault]:
    ids = [one.get("id") for one in questions]
    for place, name in enumerate(ids):
        if isinstance(name, str) and name in ids[:place]:
            yield Fault(("questions", place, "id"), f"the id {named(name)} is there twice")
    if first not in ("", *ids):
        yield Fault(("opens_with",), f"there is no question {named(first)}")


STAGE: Mapping[str, Field] = {
    "round": Field(words, needed=True),
    "persona": Field(some_words),
    "minutes": Field(number(1, 180), needed=True),
    "looks": Field(words),
    "turn": Field(list_of(words, distinct=True)),
    "doubt": Field(list_of(words, distinct=True)),
    "after": Field(list_of(words, distinct=True)),
}
EXAMPLE: Mapping[str, Field] = {key: Field(words, needed=True) for key in ("id", "theme", "question")}
FLAVOUR: Mapping[str, Field] = {
    "name": Field(words, needed=True),
    "words": Field(cue_list, needed=True),
    "minutes": Field(_minutes, needed=True),
}
FIELDS: Mapping[str, Field] = {
    "round": Field(words, needed=True),
    "title": Field(words, needed=True),
    "minutes": Field(number(1, 600)),
    "most_questions": Field(whole(1, 50)),
    "intro": Field(some_words),
    "opens_with": Field(some_words),
    "questions": Field(tables_of(QUESTION)),
    "papers": Field(flag),
    "takes": Field(list_of(words, distinct=True)),
    "plan": Field(one_of(QUESTIONS, CODING, DESIGN)),
    "points": Field(tables_of(POINT)),
    "ask_back": Field(list_of(words, distinct=True)),
    "examples": Field(tables_of(EXAMPLE)),
    "fits": Field(cue_list),
    "employers": Field(list_of(words, distinct=True)),
    "flavours": Field(tables_of(FLAVOUR)),
    "practise_first": Field(list_of(words, distinct=True)),
    "themes": Field(_themes),
    "about": Field(tables_of(ABOUT)),
    "stages": Field(tables_of(STAGE)),
}
