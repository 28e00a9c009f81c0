"""The words that interviewers share, phrases.toml, with a persona's own in place of some."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from vivavoce.personas.content.persona import MAY_NAME, Persona, line_of, spoken, whole_table
from vivavoce.personas.content.toml_fields import Fault, list_of, named

KINDS = ("plain", "about", "quiet", "situation", "action", "result", "number", "question")
Lines = Mapping[tuple[str, str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Lines by key and kind; a kind "about" falls back on "plain"."""

    by_place: Lines

    def lines(self, key: str, kind: str = "plain") -> tuple[str, ...]:
        """Return the lines of `key`, one or more.

        Args:
            key: a value of Move, or "greeting", "acknowledge", "encourage", "redirect_to", "more questions".
            kind: "plain"; "about" for lines that name {about}; "quiet" for a greeting that announces no
                interruptions; for "redirect_to" the part to ask for.

        Raises:
            KeyError: there are none of that kind.
        """
        place = (spoken(key), kind)
        if kind == "about" and place not in self.by_place:
            place = (spoken(key), "plain")
        return self.by_place[place]


def phrases(persona: Persona | None = None) -> Phrases:
    """Return the shared phrases; where `persona` has its own, every other line is one of those.

    Raises:
        PersonaError: the file of shared phrases is not whole.
    """
    own: dict[tuple[str, str], list[str]] = {}
    for key, lines in (persona.phrases if persona else {}).items():
        for line in lines:
            own.setdefault(_place(key, line), []).append(line)
    shared = _shared()
    mixed = {place: _mixed(place, lines, shared.get(place, ())) for place, lines in own.items()}
    return Phrases({**shared, **mixed})


def _mixed(place: tuple[str, str], own: Sequence[str], shared: Sequence[str]) -> tuple[str, ...]:
    """Return `own`, with a shared line after each, and then the rest, so that many sessions differ.

    What acknowledges begins most lines, and is the persona's own alone.
    """
    if place[0] == "acknowledge":
        return tuple(own)
    others = [line for line in shared if line not in own]
    pairs = [line for both in zip(own, others, strict=False) for line in both]
    return (*pairs, *own[len(others) :], *others[len(own) :])


def _place(key: str, line: str) -> tuple[str, str]:
    """Return where a persona's own `line` belongs: "redirect to result" is a key and a kind."""
    start, _, last = key.rpartition(" ")
    if last in KINDS and start in ("greeting", "redirect to", "close"):
        return start, last
    return key, "about" if "{about}" in line else "plain"


@cache
def _shared() -> Lines:
    path = Path(str(files("vivavoce.personas.content"))) / "phrases.toml"
    _, row = whole_table(path, faults)
    return {
        (spoken(key), kind): tuple(str(line) for line in lines)
        for key, kinds in row.items()
        if isinstance(kinds, dict)
        for kind, lines in kinds.items()
    }


def faults(value: object) -> Iterator[Fault]:
    """Yield what is wrong with `value` as a table of phrases."""
    if not isinstance(value, dict):
        yield Fault((), f"must be a table, not {named(value)}")
        return
    for key, kinds in value.items():
        for kind, lines in kinds.items() if isinstance(kinds, dict) else [("", kinds)]:
            full = f"{spoken(key)} {kind}"
            rule = full if full in MAY_NAME else spoken(key)
            if kind not in KINDS or rule not in MAY_NAME:
                yield Fault((key, kind), "unknown kind of phrase")
            else:
                check = list_of(line_of(rule), distinct=True)
                yield from (fault.below(key, kind) for fault in check(lines))
