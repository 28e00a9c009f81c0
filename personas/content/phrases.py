"""The words that interviewers share, phrases.toml, with a persona's own in place of some."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from vivavoce.personas.content.persona import MAY_NAME, PROBES, Persona, line_of, spoken, whole_table
from vivavoce.personas.content.toml_fields import Fault, list_of, named

KINDS = ("plain", "about", "quiet", "situation", "action", "result", "number", "question")
FOLLOW_UPS = (*PROBES, "challenge")
ALONE = {
    "acknowledge": 1,
    "claim": 3,
    **dict.fromkeys(FOLLOW_UPS, 7),
}  # so many need no shared line beside them
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
    """Return the shared phrases; where `persona` has its own, every other line is one of those, or all are.

    Raises:
        PersonaError: the file of shared phrases is not whole.
    """
    own: dict[tuple[str, str], list[str]] = {}
    for key, lines in (persona.phrases if persona else {}).items():
        for line in lines:
            own.setdefault(_place(key, line), []).append(line)
    shared = _shared()
    mixed = {place: _mixed(place, lines, shared.get(place, ())) for place, lines in own.items()}
    return Phrases(_with_claims({**shared, **mixed}))


def _with_claims(lines: Lines) -> Lines:
    """Return `lines`, and for each follow-up those that say a claim back first: "You moved it. Why?".

    Every question comes behind every way of saying a claim, and neither twice in a row.
    """
    claims = lines["claim", "about"]
    about = {
        (key, "about"): (
            *lines.get((key, "about"), ()),
            *(
                f"{claims[(turn + place) % len(claims)]} {line}"
                for turn in range(len(claims))
                for place, line in enumerate(lines[key, "plain"])
            ),
        )
        for key in FOLLOW_UPS
    }
    return {**lines, **about}


def _mixed(place: tuple[str, str], own: Sequence[str], shared: Sequence[str]) -> tuple[str, ...]:
    """Return `own`, with a shared line after each, and then the rest, so that many sessions differ.

    What follows up on an answer is the persona's own alone, if it has enough: by that it is known.
    """
    if len(own) >= ALONE.get(place[0], len(own) + 1):
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
