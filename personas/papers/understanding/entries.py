"""The entries of a section about work: the lines that say which position, and what was done there. Pure.

An entry has one stretch of time. What stands around it may come in any order and on one line or four, so
the lines are told by what they look like, and by how the first entry of the section does it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from vivavoce.personas.papers.paper import Line
from vivavoce.personas.papers.understanding.forms import lines_of
from vivavoce.personas.papers.understanding.passages import goes_on
from vivavoce.personas.papers.words import dates
from vivavoce.personas.papers.words.dates import Period
from vivavoce.personas.papers.words.deeds import begins_with_deed
from vivavoce.personas.papers.words.vocabulary import employer_score, is_place, title_score

HEAD_WORDS, HEAD_CHARACTERS = 14, 120
_ABBREVIATED = re.compile(r"(?:\b(?:Inc|Ltd|Co|Corp|Jr|Sr|Dept|St|Bros|No)|\b[A-Z]|\.[A-Za-z])\.$")
_SMALL = frozenset(
    "of and the for in at to de la le du des der die das und von für am im an a & y e et with".split()
)
_NOTE = re.compile(
    r"(?:tech(?:nologies|nology| stack)?|tools|stack|environment|key|main|selected|responsib\w+|duties|tasks|"
    r"achievements?|accomplishments?|highlights?|skills|projects?|results?|aufgaben|t\u00e4tigkeiten|missions|"
    r"wichtigste)\b[\w ,]{0,50}:?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Entry:
    """One entry: its head, when it was, and what stands under it."""

    heads: list[Line]
    when: Period | None = None
    body: list[Line] = field(default_factory=list)


def entries(lines: Sequence[Line]) -> list[Entry]:
    """Return the entries of a section about work; a head without a time belongs to what follows it."""
    dated_bullets = not any(not line.bullet and dates.period(line.text) for line in lines)
    unmarked = [
        replace(line, bullet=line.bullet and not (dated_bullets and is_dated(line))) for line in lines
    ]
    found: list[Entry] = []
    before = -1  # how many lines stand above the time, in the first entry
    run: list[Line] = []
    above: Line | None = None
    named = False  # whether the entry at hand has its employer from a form
    for line, is_employer in lines_of(unmarked):
        if is_employer and found and not run and not named:
            found[-1].heads.append(line)  # a form names it after what was done
        elif is_employer or _is_head(line, above, bool(run)):
            named = is_employer or (named and bool(run))
            run.append(line)
        elif run:
            before = _add(found, run, before)
            run = []
            found[-1].body.append(line)
        elif found:
            found[-1].body.append(line)
        above = line
    if run:
        _add(found, run, before)
    return found


def is_dated(line: Line) -> bool:
    """Whether a line has a stretch of time and little besides."""
    when = dates.period(line.text)
    return bool(when and when.spans) and len(line.text.split()) <= HEAD_WORDS + 4


def _is_head(line: Line, above: Line | None, going: bool) -> bool:
    text = line.text.strip()
    if line.bullet or len(text) > HEAD_CHARACTERS or not text:
        return False
    when = dates.period(text)
    count = len(text.split())
    if when and (when.spans or count <= 6) and count <= HEAD_WORDS + 8 and not begins_with_deed(text):
        return when.at[0] < 3 or when.at[1] >= len(text) - 25 or when.spans
    if dates.only_length(text):
        return True
    if count > HEAD_WORDS or _NOTE.fullmatch(text) or begins_with_deed(text):
        return False
    if text.endswith((".", ";", "!", "?", ",")) and not _ABBREVIATED.search(text):
        return False
    if above is not None and not going and goes_on(above, line) and not line.bold:
        return False
    return _looks_named(text)


def _looks_named(text: str) -> bool:
    """Whether a line is written as names are."""
    found = text.split()
    if not (text[0].isupper() or text[0].isdigit()):
        return False
    small = [word for word in found[1:] if word[0].islower() and word not in _SMALL]
    if len(small) <= 0.34 * len(found):
        return True
    first = text.split(",")[0].split()
    if 2 <= len(first) < len(found) <= 7 and all(word[0].isupper() for word in first):
        return True  # "Northgate Staffing, part-time, nights"
    return len(found) <= 5 and title_score(text) >= 2.5


def _add(found: list[Entry], run: list[Line], before: int) -> int:
    """Add the entries that a run of heads stands for; return how many lines the first has above its time."""
    places = [place for place, line in enumerate(run) if dates.period(line.text)]
    pending = found.pop().heads if found and found[-1].when is None and not found[-1].body else []
    if not places:
        _add_undated(found, [*pending, *run])
        return before
    before = places[0] if before < 0 else before
    start = 0
    for number, place in enumerate(places):
        end = len(run)
        if number + 1 < len(places):
            end = _boundary(run, place, places[number + 1], before)
        heads = run[start:end]
        found.append(Entry([*pending, *heads], dates.period(run[place].text)))
        pending, start = [], end
    return before


def _boundary(run: Sequence[Line], place: int, following: int, before: int) -> int:
    """Return where the entry begins that has its time in the line `following`."""
    gap = next((at for at in range(place + 1, following + 1) if run[at].gap), None)
    return gap if gap is not None else max(place + 1, following - before)


def _add_undated(found: list[Entry], run: list[Line]) -> None:
    """Keep heads without a time: they open what follows, unless they only divide what is before."""
    tells = any(employer_score(line.text) >= 1.5 or title_score(line.text) >= 2.5 for line in run)
    is_first = not found
    stands_out = run[0].gap or run[0].bold or run[0].size > 0
    if is_first or tells or (stands_out and not is_place(run[0].text)):
        found.append(Entry(run))
    else:
        found[-1].body.extend(run)
