"""How much of what stands in a paper was found, field by field.

Names, titles, employers and skills are equal when their words are: in small letters, without what stands in
brackets, without full stops, "&" read as "and", legal forms such as "GmbH" left out at an employer's end.
Dates are pairs of a start and an end, with "" for today; where only one side has a month, or there is a
season, the years decide. A project is found when the name given to it holds every word of an acceptable one,
in the singular or the plural; see truth.Person. What is found twice counts once for projects, and is wrong
in the other fields.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from benchmarks.papers.truth import Person

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
TODAY = ("present", "today", "now", "")
FORMS = frozenset("ab ag gmbh inc llc llp ltd nv oy plc sa sl".split())
MONTH_FIRST = re.compile(r"\b(\d{1,2})/(\d{4})$")
YEAR_FIRST = re.compile(r"^(\d{4})(?:-(\d{2}))?")
NAMED = re.compile(r"^([a-z]{3})[a-z]* (?:(\d{4})|'(\d{2}))$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the product says of a paper: a value a field, each with any number of texts."""

    name: str = ""
    titles: Sequence[str] = ()
    employers: Sequence[str] = ()
    dates: Sequence[tuple[str, str]] = ()
    skills: Sequence[str] = ()
    projects: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A field of a paper: how many were right, found and wanted, and what was missed or wrong."""

    right: int
    found: int
    wanted: int
    misses: tuple[str, ...] = field(default=())

    @property
    def empty(self) -> bool:
        """Whether there was nothing to find, and nothing was found."""
        return not self.found and not self.wanted

    @property
    def precision(self) -> float:
        """How much of what was found is right; 0 where nothing was."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """How much of what was wanted was found; 0 where nothing was wanted."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 0.0


def compare(person: Person, found: Found) -> dict[str, Tally]:
    """Return a tally for each field of `person`."""
    employers = [role.employer for role in person.roles if role.employer]
    return {
        "name": texts([person.name], [found.name] if found.name else []),
        "titles": texts([role.title for role in person.roles], found.titles),
        "employers": texts(employers, found.employers),
        "dates": spans([(role.start, role.end) for role in person.roles], found.dates),
        "skills": texts(person.skills, found.skills),
        "projects": projects(person, found.projects),
    }


def texts(wanted: Iterable[str], found: Iterable[str]) -> Tally:
    """Return how many of `wanted` are in `found`; of two that are alike, both have to be."""
    asked, given = Counter(map(normal, wanted)), Counter(map(normal, filter(None, found)))
    return _counted(asked, given)


def spans(wanted: Iterable[tuple[str, str]], found: Iterable[tuple[str, str]]) -> Tally:
    """Return how many pairs of a start and an end are right."""
    asked = [(moment(start), moment(end)) for start, end in wanted]
    given = [(moment(start), moment(end)) for start, end in found]
    left = list(given)
    missed = []
    for pair in asked:
        same = next((one for one in left if _close(pair[0], one[0]) and _close(pair[1], one[1])), None)
        if same is None:
            missed.append(pair)
        else:
            left.remove(same)
    right = len(asked) - len(missed)
    misses = [f"missed: {a} to {b}" for a, b in missed] + [f"wrong: {a} to {b}" for a, b in left]
    return Tally(right=right, found=len(given), wanted=len(asked), misses=tuple(misses))


def projects(person: Person, found: Iterable[str]) -> Tally:
    """Return how many of the projects of `person` are in `found`, and how many of `found` are none."""
    seen: set[int] = set()
    wrong = []
    for name in found:
        which = {at for at, names in enumerate(person.projects) if _holds(name, names)}
        if which:
            seen |= which
        elif _holds(name, person.no_projects):
            wrong.append(f"no project: {name}")
        elif not _holds(name, person.other_projects):
            wrong.append(f"wrong: {name}")
    missed = [f"missed: {names[0]}" for at, names in enumerate(person.projects) if at not in seen]
    count, wanted = len(seen), len(person.projects)
    return Tally(right=count, found=count + len(wrong), wanted=wanted, misses=(*missed, *wrong))


def mean(tallies: Iterable[Tally]) -> dict[str, float]:
    """Return the mean over files; one with nothing to find and nothing found does not count."""
    many = [one for one in tallies if not one.empty]
    if not many:
        return {"files": 0}
    return {
        "precision": round(fmean(one.precision for one in many), 3),
        "recall": round(fmean(one.recall for one in many), 3),
        "f1": round(fmean(one.f1 for one in many), 3),
        "files": len(many),
    }


def normal(text: str) -> str:
    """Return `text` as it is compared."""
    bare = unicodedata.normalize("NFKC", text).replace("\xad", "").casefold().replace("&", " and ")
    bare = re.sub(r"\([^()]{0,80}\)", " ", bare.replace("\u2019", "'")).replace(".", "")
    words = re.findall(r"[\w+#]+", bare)
    while len(words) > 1 and words[-1] in FORMS:
        words.pop()
    return " ".join(words)


def moment(text: str) -> str:
    """Return a date as "2021-03" or "2021"; "" for today, and the text itself where it is no date."""
    low = text.strip().casefold().replace("\u2019", "'")
    if low in TODAY:
        return ""
    if match := MONTH_FIRST.search(low):
        return f"{match[2]}-{int(match[1]):02}"
    if match := YEAR_FIRST.match(low):
        return f"{match[1]}-{match[2]}" if match[2] else match[1]
    if match := NAMED.match(low):
        year = match[2] or f"20{match[3]}"
        return f"{year}-{MONTHS.index(match[1]) + 1:02}" if match[1] in MONTHS else year
    year = low[-4:]
    return year if year.isdigit() else low


def _close(one: str, other: str) -> bool:
    return one == other or (one[:4] == other[:4] and len(one) != len(other) and bool(one) and bool(other))


def _holds(name: str, any_of: Iterable[str]) -> bool:
    words = _words(name)
    return any(_words(one) <= words for one in any_of)


def _words(text: str) -> set[str]:
    return {word.removesuffix("s") for word in normal(text.replace("-", " ")).split()}


def _counted(asked: Counter[str], given: Counter[str]) -> Tally:
    right = (asked & given).total()
    misses = [f"missed: {one}" for one in (asked - given).elements()]
    misses += [f"wrong: {one}" for one in (given - asked).elements()]
    return Tally(right=right, found=given.total(), wanted=asked.total(), misses=tuple(misses))
