"""What of an interviewer's words stands in the program's own files: it tells nothing of any candidate."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import Persona, persona
from vivavoce.personas.content.phrases import phrases
from vivavoce.personas.conversation.phrasing import lead_in


def is_shipped(sentence: str) -> bool:
    """Return whether `sentence` stands so in the files, a lead-in before it aside; no filling was needed."""
    lines, leads = _spoken()
    if f" {sentence} " in lines:
        return True
    rests = [sentence.removeprefix(lead) for lead in leads if sentence.startswith(lead)]
    return any(f" {rest[:1].upper()}{rest[1:]} " in lines for rest in rests)


@cache
def _spoken() -> tuple[str, tuple[str, ...]]:
    """Return all lines that are said as they stand, a space around each, and all lead-ins."""
    who = [persona(str(path)) for path in _files("people")]
    leads = {lead_in(line) for asking in who for line in phrases(asking).lines("acknowledge")}
    lines = dict.fromkeys([*_asked(), *(line for asking in who for line in _said_by(asking))])
    return "".join(f" {line} \n" for line in lines), tuple(leads)


def _asked() -> Iterator[str]:
    for content in map(pack, map(str, _files("packs"))):
        for question in content.questions:
            yield from (*question.wordings, *question.again)
        yield from (answer for _, answer in content.about)


def _said_by(asking: Persona) -> Iterator[str]:
    for (key, _), lines in phrases(asking).by_place.items():
        for line in lines:
            if key == "greeting":
                yield line.format(name=asking.name, role=asking.role)
            elif "{" not in line:
                yield line


def _files(kind: str) -> list[Path]:
    return sorted((Path(str(files("vivavoce.personas.content"))) / kind).glob("*.toml"))
