"""What a posting asks for by name, and what one does there: under headings, in points or in prose. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence

from vivavoce.personas.papers.paper import Line
from vivavoce.personas.papers.understanding.passages import passages
from vivavoce.personas.papers.understanding.skills import listed
from vivavoce.personas.papers.words.asking import (
    BENEFIT,
    CUES,
    FIRST_NAME,
    KNOWS,
    LABEL,
    NAME,
    NO_DUTY,
    NO_SKILL,
    NO_TOOL,
    NUMBERED,
    PIECES,
    QUALITIES,
    SENTENCE,
    STOPS,
    STRONG,
    TOOL,
    WILL,
    YOU,
    Says,
)
from vivavoce.personas.papers.words.headings import spoken
from vivavoce.personas.papers.words.private import public
from vivavoce.personas.papers.words.vocabulary import is_place, plain

MOST_HEADING_WORDS, LONGEST_SKILL = 8, 4  # words
LEAST_DUTY, MOST_DUTY = 3, 40  # words


# A sentence about somebody else: "Example Foods helps ...", "Windrose keeps ...".
_TELLS = re.compile(
    r"(?:[A-Z][\w&.'\u2019-]{0,30} ){1,4}(?:is|are|was|has|helps|keeps|makes|offers|provides|serves|works|"
    r"believes|brings|operates|employs|builds|runs|connects|develops|delivers) [a-z\d]"
)


def divided(lines: Sequence[Line]) -> tuple[list[str], list[str]]:
    """Return what one does there, as points that may be read out, and what is wanted, as it is written."""
    duties: list[str] = []
    wanted: list[str] = []
    spoken_of: list[str] = []  # what stands under no heading
    for says, group in _groups(lines):
        said = [piece for passage in passages(group) for piece in SENTENCE.split(passage.text)]
        if says is Says.WANTED:
            wanted += said
        elif says is Says.DUTIES:
            duties += said
        elif says is None:
            spoken_of += said
    found = [duty for text in duties if (duty := _duty(text))]
    asked = [text for text in spoken_of if KNOWS.search(text) or LABEL.match(text)]
    if not found:
        found = [duty for text in spoken_of if WILL.match(text) and (duty := _duty(text))]
    return found, [*wanted, *asked, *(text for text in duties if KNOWS.search(text))]


def _groups(lines: Sequence[Line]) -> Iterator[tuple[Says | None, list[Line]]]:
    """Yield the lines between two headings, with what the first of these says; None where it is none."""
    says: Says | None = None
    group: list[Line] = []
    for number, line in enumerate(lines):
        text = line.text.strip()
        following = lines[number + 1] if number + 1 < len(lines) else None
        found = None if line.bullet or NUMBERED.match(text) else _heading(line, following)
        if found is None:
            bare = NUMBERED.sub("", text, count=1)
            group.append(Line(text=bare, bullet=line.bullet or bare != text, gap=line.gap))
            continue
        yield says, group
        says, group = found, []
    yield says, group


def _heading(line: Line, following: Line | None) -> Says | None:
    """Return what a line is the heading of; None if it is no heading."""
    text = line.text.strip(" :*")
    count = len(text.split())
    if not text or count > MOST_HEADING_WORDS or text.endswith((".", ",", ";")) or LABEL.match(line.text):
        return None
    leads = bool(following and following.bullet) or line.text.rstrip().endswith(":") or line.bold
    shown = leads or text.isupper() or (line.gap and text[:1].isupper()) or count <= 4
    if not shown or (": " in text and not leads):
        return None
    if YOU.fullmatch(text):
        return Says.WANTED
    found = next((says for says, cue in CUES if cue.search(text)), None)
    return found or (Says.OTHER if line.bold or (text.isupper() and count > 1) else None)


def _duty(text: str) -> str:
    """Return `text` as it stands in "one line of the posting reads: ..."; "" if it is no duty."""
    will = WILL.match(text)
    bare = text[will.end() :] if will else text
    count = len(bare.split())
    if not LEAST_DUTY <= count <= MOST_DUTY or NO_DUTY.match(bare) or BENEFIT.search(bare):
        return ""
    return bare.strip() if public([bare]) and not _TELLS.match(bare) else ""


def skills(wanted: Iterable[str], duties: Iterable[str], own: Iterable[str]) -> list[str]:
    """Return what is asked for by name, each once; the words of `own`, title and employer, are no skills."""
    kept: dict[str, str] = {}
    names = {word for text in own for word in plain(text)}
    for text in wanted:
        for one in (*_of_wanted(text), *_named(text)):
            _keep(kept, one)
    for text in public(duties):
        for one in _named(text):
            if not names & {*plain(one)}:
                _keep(kept, one)
    return list(kept.values())


def _keep(kept: dict[str, str], one: str) -> None:
    """Keep a skill, unless it is a part of one that is kept, or a language that people speak."""
    low = {*plain(one)}
    if low and not spoken(one) and not any(low <= {*plain(other)} for other in kept):
        kept[one.lower()] = one


def _of_wanted(text: str) -> Iterator[str]:
    """Yield the skills of a point: behind "experience with" and its like, or itself if it is short."""
    if label := LABEL.match(text):
        yield from listed(label[1])
        return
    found = [*KNOWS.finditer(text)]
    for knows in found:
        stop = KNOWS.search(text, knows.end())
        yield from _things(text[knows.end() : stop.start() if stop else len(text)])
    if found:
        return
    pieces = [piece for one in re.split(r";\s", text) for piece in one.split(", ")]
    if all(len(piece.split()) <= LONGEST_SKILL for piece in pieces):
        yield from _things(", ".join(pieces), whole=len(pieces) == 1)
    elif first := FIRST_NAME.match(text):
        yield first[1]


def _things(text: str, whole: bool = False) -> Iterator[str]:
    """Yield the things that a phrase names."""
    strong = STRONG.match(text)
    rest = text[strong.end() :] if strong else text
    stop = STOPS.search(rest)
    for piece in PIECES.split(rest[: stop.start()] if stop else rest):
        bare = STRONG.sub("", piece.strip(" .,"), count=1)
        fits = 0 < len(bare.split()) <= LONGEST_SKILL and len(bare) > 1
        if fits and not NO_SKILL.match(bare) and not QUALITIES.search(bare) and not is_place(bare):
            yield bare


def _named(text: str) -> Iterator[str]:
    """Yield what has a name of its own."""
    for match in (*TOOL.finditer(text), *NAME.finditer(text)):
        if match[0] not in NO_TOOL and not is_place(match[0]) and not text.isupper():
            yield match[0]
