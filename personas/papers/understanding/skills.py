"""What somebody says they can do, word for word. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from vivavoce.personas.papers.paper import APART, Line
from vivavoce.personas.papers.understanding.passages import passages
from vivavoce.personas.papers.words.deeds import begins_with_deed
from vivavoce.personas.papers.words.headings import spoken

MOST_SKILLS = 200
LONGEST, MOST_WORDS = 50, 6
_LABEL = re.compile(r"^[^\W\d_][\w &/+'\u2019()-]{1,45}:\s+|^[^\W\d_][\w &/+'\u2019-]{1,45}:$")
_SPLIT = re.compile(r"\s*[,;|\u00b7\u2022\u25cf\u25aa\u2023\t]\s*|\s{3,}|\s[-\u2013\u2014/]\s|\.\s(?=[A-Z])")
_GROUPS = re.compile(r"[.;]\s+(?=[^\W\d_][\w &/+-]{1,30}:\s)")  # "Systems: one, two. Machines: three"
_NO_SKILL = re.compile(  # what a form asks for besides, with its label
    r"(?:muttersprache|mother tongue|(?:sonstige|other|foreign) (?:sprachen|languages?)|"
    r"driving licen[cs]e|f\u00fchrerschein|permis)(?:\(\w\))?(?::|\s{3}).*",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"\(?\b(?:beginner|basic|basics|intermediate|advanced|expert|proficient|fluent|native|working knowledge|"
    r"good|very good|excellent|familiar|grundkenntnisse|sehr gut|gut|experte|\d{1,2}\+? years?|\d{1,3} ?%|"
    r"\d ?/ ?\d\d?)\)?\s*$|[\u25a0-\u25ff\u2605\u2606*]{1,10}\s*$",
    re.IGNORECASE,
)
_USED = re.compile(
    r"\(?(?:technologies|tech stack|tech|tools|stack|environment|tools used|technologies used|"
    r"software)\s?:\s+(.+)",
    re.IGNORECASE,
)
_AND = re.compile(r" (?:and|und|et) ")
_LEADS_IN = re.compile(
    r"^(?:I am |(?:strong|good|solid|excellent) (?=knowledge))?"
    r"(?:and|und|et|incl\.?|including|e\.g\.|such as|proficient (?:in|with)|experienced? (?:in|with)|"
    r"knowledge of|familiar with|expert in|skilled in|strong|excellent)\s+",
    re.IGNORECASE,
)


def skills(sections: Iterable[Sequence[Line]]) -> tuple[str, ...]:
    """Return what sections about skills name, each once, as it is written there."""
    found: dict[str, str] = {}
    for lines in sections:
        for passage in passages(_without_labels(lines)):
            for group in _GROUPS.split("" if begins_with_deed(passage.text) else passage.text):
                for one in listed(group):
                    found.setdefault(one.lower(), one)
            if len(found) >= MOST_SKILLS:
                return tuple(found.values())[:MOST_SKILLS]
    return tuple(found.values())


def _without_labels(lines: Sequence[Line]) -> list[Line]:
    """Return `lines` without those that only say what the points under them are."""
    marked = any(line.bullet for line in lines)
    above = any(line.bold for line in lines) and not all(line.bold for line in lines)
    return [
        replace(line, bullet=line.bullet or APART in line.text or bool(_LABEL.match(line.text)))
        for line in lines
        if not _NO_SKILL.fullmatch(line.text)
        and not (
            (marked and not line.bullet and "," not in line.text)
            or (above and line.bold and "," not in line.text)
        )
    ]


def used(text: str) -> Iterator[str]:
    """Yield the tools of a line that says which were used ("Tools: Excel, SAP")."""
    match = _USED.match(text)
    if match:
        yield from listed(match[1])


def listed(text: str) -> Iterator[str]:
    """Yield the things that a line names."""
    label = _LABEL.match(text)
    if (
        label is None
        and text.count(APART) == 1
        and "," in text.split(APART)[1]
        and "," not in text.split(APART)[0]
    ):
        text = text.replace(APART, ": ", 1)  # a table with a label in front
        label = _LABEL.match(text)
    rest = text[label.end() :] if label else text
    if spoken(rest) and (label is None or len(rest.split()) <= 12):
        rest = "" if label else rest
    leads = _LEADS_IN.match(rest)
    rest = _AND.sub(", ", rest) if leads and label is None else rest  # "Proficient in one, two and three"
    for piece in _pieces(rest):
        bare = _LEADS_IN.sub("", _LEVEL.sub("", piece).strip(" :-\u2013*_").rstrip(".")).strip(" :-\u2013*_")
        bare = bare if "(" in bare else bare.strip(")")
        bare = bare if ")" in bare else bare.strip("(")
        whole = 0 < len(bare) <= LONGEST and len(bare.split()) <= MOST_WORDS
        if whole and re.search(r"[^\W_]", bare) and not spoken(bare) and "@" not in bare:
            yield bare


def _pieces(text: str) -> Iterator[str]:
    """Yield what marks keep apart, and what stands in brackets of its own if there is more than one thing."""
    outer = []
    at = 0
    for match in re.finditer(r"\(([^()]{1,200})\)", text):
        if "," in match[1]:
            outer.append(text[at : match.start()] + ", ")
            yield from _SPLIT.split(match[1])
            at = match.end()
    outer.append(text[at:])
    yield from _SPLIT.split("".join(outer))
