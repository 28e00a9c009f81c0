"""What a posting asks for by name, and what one does there: under headings, in points or in prose. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from vivavoce.personas.papers.paper import Line
from vivavoce.personas.papers.understanding.passages import passages
from vivavoce.personas.papers.understanding.skills import listed
from vivavoce.personas.papers.words.activities import activities
from vivavoce.personas.papers.words.asking import (
    BENEFIT,
    CERTIFIED,
    CUES,
    DEGREE,
    DOING,
    FIRST_NAME,
    HAS,
    KNOWS,
    LABEL,
    NAME,
    NO_DUTY,
    NO_SKILL,
    NO_TOOL,
    NUMBERED,
    PIECES,
    QUALITIES,
    SEEKS,
    SENTENCE,
    STOPS,
    STRONG,
    TAIL,
    TOOL,
    WILL,
    YOU,
    Says,
)
from vivavoce.personas.papers.words.headings import spoken
from vivavoce.personas.papers.words.private import public
from vivavoce.personas.papers.words.vocabulary import is_place, plain, title_score

MOST_HEADING_WORDS, LONGEST_SKILL = 8, 4  # words
LEAST_LISTED = 2  # lines of a list; more in a file that breaks lines to fit the page
UNBROKEN = 110  # characters of a line that no page has room for
LEAST_DUTY, MOST_DUTY = 3, 40  # words


_LINK = re.compile(r"^(?:with|in|of|using|e\.g\.|preferably|ideally) ", re.IGNORECASE)
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
    for says, group in _groups(_unwrapped(lines)):
        said = [piece for passage in passages(_listed(group)) for piece in SENTENCE.split(passage.text)]
        if says is Says.WANTED:
            wanted += said
        elif says is Says.DUTIES:
            duties += [text for text in said if WILL.match(text) or not HAS.match(text)]
            wanted += [text for text in said if not WILL.match(text) and HAS.match(text)]
        elif says is None:
            spoken_of += said
    found = [duty for text in duties if (duty := _duty(text))]
    asked = [text for text in spoken_of if any(cue.search(text) for cue in (KNOWS, SEEKS, LABEL))]
    if not found:
        found = [duty for text in spoken_of if WILL.match(text) and (duty := _duty(text))]
    return found, [*wanted, *asked, *(text for text in duties if KNOWS.search(text))]


def _unwrapped(lines: Sequence[Line]) -> Sequence[Line]:
    """Return `lines` each by itself where none was broken to fit a page: a list may have lost its marks."""
    if max((len(line.text) for line in lines), default=0) < UNBROKEN or any(line.left for line in lines):
        return lines
    return [replace(line, gap=True) for line in lines]


def _listed(group: Sequence[Line]) -> Sequence[Line]:
    """Return the lines under a heading as points where they have lost their marks: all begin alike."""
    begins = {line.text[:1].isupper() for line in group}
    points = len(group) >= LEAST_LISTED + any(line.left for line in group) and len(begins) == 1
    if not points or any(line.bullet for line in group) or any(line.text.endswith(",") for line in group):
        return group
    return [replace(line, bullet=True) for line in group]


def _groups(lines: Sequence[Line]) -> Iterator[tuple[Says | None, list[Line]]]:
    """Yield the lines between two headings, with what the first of these says; None where it is none."""
    says: Says | None = None
    group: list[Line] = []
    seen: set[Says | None] = set()
    for number, line in enumerate(lines):
        text = line.text.strip()
        following = lines[number + 1] if number + 1 < len(lines) else None
        found = None if line.bullet or NUMBERED.match(text) else _heading(line, following)
        if found is None:
            bare = NUMBERED.sub("", text, count=1)
            group.append(Line(text=bare, bullet=line.bullet or bare != text, gap=line.gap))
            continue
        yield says, group
        says, group = _told(found, seen), []
        seen.add(says)
    yield says, group


def _told(found: Says, seen: set[Says | None]) -> Says | None:
    """Return what a heading says; one of unknown words asks, where duties stand above and nothing did yet."""
    if found is not Says.UNKNOWN or Says.WANTED in seen:
        return Says.OTHER if found is Says.UNKNOWN else found
    return Says.WANTED if Says.DUTIES in seen else None


def _heading(line: Line, following: Line | None) -> Says | None:
    """Return what a line is the heading of; None if it is no heading."""
    text = line.text.strip(" :*")
    count = len(text.split())
    if not text or count > MOST_HEADING_WORDS or text.endswith((".", ",", ";")):
        return None
    if LABEL.match(line.text) or KNOWS.match(text):  # "Experience with one thing"
        return None
    leads = bool(following and following.bullet) or line.text.rstrip().endswith(":") or line.bold
    shown = leads or text.isupper() or (line.gap and text[:1].isupper()) or count <= 4
    if not shown or (": " in text and not leads):
        return None
    if YOU.fullmatch(text):
        return Says.WANTED
    found = next((says for says, cue in CUES if cue.search(text)), None)
    if found is None and title_score(text) >= 2:
        return None
    return found or (Says.UNKNOWN if line.bold or (text.isupper() and count > 1) else None)


def _duty(text: str) -> str:
    """Return `text` as it stands in "one line of the posting reads: ..."; "" if it is no duty."""
    will = WILL.match(text)
    bare = text[will.end() :] if will else text
    count = len(bare.split())
    if not LEAST_DUTY <= count <= MOST_DUTY or NO_DUTY.match(bare) or BENEFIT.search(bare):
        return ""
    return bare.strip() if public([bare]) and not _TELLS.match(bare) else ""


def skills(wanted: Iterable[str], duties: Iterable[str], own: Iterable[str]) -> list[str]:
    """Return what is asked for by name, each once; the words of `own`, the title first, are no skills."""
    kept: dict[str, str] = {}
    title, *others = [{*plain(text)} for text in own]
    around = {word for found in others for word in found}  # the employer, and where the work is
    names = title | around
    for text in public(wanted):
        for one in (*_of_wanted(text), *_named(text)):
            low = {*plain(one)} - {"system", "systems"}
            if not (low <= names if one.islower() else low <= around):
                _keep(kept, one)
    for text in public(duties):
        for one in (*_named(text), *activities(text)):
            if not names & {*plain(one)}:
                _keep(kept, one)
    return list(kept.values())


def _keep(kept: dict[str, str], one: str) -> None:
    """Keep a skill, unless it is a part of one that is kept, or a language that people speak."""
    low = {*plain(one)}
    if not low or spoken(one) or any(low <= {*plain(other)} for other in kept):
        return
    for other in [other for other in kept if {*plain(other)} < low and kept[other][0].isupper()]:
        del kept[other]  # "Bosch", of "Bosch ESI"
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
        yield from (each for one in activities(text[: found[0].start()]) for each in _things(one))
        return
    pieces = [piece for one in re.split(r";\s", text) for piece in one.split(", ")]
    if all(len(piece.split()) <= LONGEST_SKILL for piece in pieces):
        yield from _things(", ".join(pieces), whole=len(pieces) == 1)
        return
    if first := FIRST_NAME.match(text):
        yield first[1]
    for match in () if QUALITIES.search(text) else CERTIFIED.finditer(text):
        yield from _things(re.sub(r"^(?:an?|the|your) ", "", match[1], count=1, flags=re.IGNORECASE))
    if not DEGREE.search(text):
        yield from (one for one in activities(text) if not QUALITIES.search(one))


def _things(text: str, whole: bool = False) -> Iterator[str]:
    """Yield the things that a phrase names."""
    strong = STRONG.match(text)
    rest = text[strong.end() :] if strong else text
    stop = STOPS.search(rest)
    for piece in PIECES.split(rest[: stop.start()] if stop else rest):
        bare = TAIL.sub(
            "", DOING.sub("", STRONG.sub("", _LINK.sub("", piece.strip(" .,")), count=1), count=1)
        )
        fits = 0 < len(bare.split()) <= LONGEST_SKILL and (len(bare) > 1 or bare in "RC")
        fits = fits and title_score(bare) < 2.5  # "Registered nurse"
        if fits and not NO_SKILL.match(bare) and not QUALITIES.search(bare) and not is_place(bare):
            yield bare


def _named(text: str) -> Iterator[str]:
    """Yield what has a name of its own."""
    for match in (*TOOL.finditer(text), *NAME.finditer(text)):
        if (
            match[0] not in NO_TOOL
            and title_score(match[0]) < 2.5
            and not is_place(match[0])
            and not text.isupper()
        ):
            yield match[0]
