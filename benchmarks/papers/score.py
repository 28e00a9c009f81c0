"""How much of what stands in a paper was found, field by field.

Names, titles, employers and skills are equal when their words are: in small letters, with or without what
stands in brackets, without full stops, "&" read as "and", legal forms such as "GmbH" left out at the end.
Dates are pairs of a start and an end, with "" for today; where only one side has a month, or there is a
season, the years decide. A project is found when the name given to it holds every word of an acceptable one,
in the singular or the plural; see truth.Person. A posting's skill is found in the same way. What is found
twice counts once for these two, and is wrong in the other fields.
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
LANGUAGES = frozenset("danish english french german japanese portuguese quechua spanish swedish".split())
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
        "skills": skills(person.skills, found.skills),
        "projects": projects(person, found.projects),
    }


def texts(wanted: Iterable[str], found: Iterable[str]) -> Tally:
    """Return how many of `wanted` are in `found`; of two that are alike, both have to be."""
    asked = list(wanted)
    whole = {words(one): normal(one) for one in asked}
    given = Counter(whole.get(words(one), normal(one)) for one in found if one)
    return _counted(Counter(map(normal, asked)), given)


def skills(wanted: Iterable[str], found: Iterable[str]) -> Tally:
    """Return the same of skills; a language that people speak is neither asked for nor wrong."""
    return texts(_but_languages(wanted), _but_languages(found))


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
    return held(person.projects, found, none=person.no_projects, neither=person.other_projects)


def held(
    wanted: Sequence[Sequence[str]],
    found: Iterable[str],
    none: Sequence[str] = (),
    neither: Sequence[str] = (),
) -> Tally:
    """Return how many of `wanted`, each with all its names, are held in one of `found`."""
    seen: set[int] = set()
    wrong, more = [], []
    for name in found:
        which = {at for at, names in enumerate(wanted) if _holds(name, names)}
        seen |= which
        if not which and _holds(name, none):
            wrong.append(f"none: {name}")
        elif not which and not _holds(name, neither):
            wrong.append(f"wrong: {name}")
        elif not which:
            more.append(f"neither: {name}")
    missed = [f"missed: {names[0]}" for at, names in enumerate(wanted) if at not in seen]
    misses = (*missed, *wrong, *more)
    return Tally(right=len(seen), found=len(seen) + len(wrong), wanted=len(wanted), misses=misses)


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
    """Return the words of `text`, without what stands in brackets."""
    return words(re.sub(r"\([^()]{0,80}\)", " ", text))


def words(text: str) -> str:
    """Return the words of `text` as they are compared."""
    bare = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    found = re.findall(r"[\w+#]+", bare.replace("\xad", "").replace("\u2019", "'").replace(".", ""))
    while len(found) > 1 and found[-1] in FORMS:
        found.pop()
    return " ".join(found)


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
    return any(_singular(one) <= _singular(name) for one in any_of)


def _singular(text: str) -> set[str]:
    return {word.removesuffix("s") for word in normal(text.replace("-", " ")).split()}


def _but_languages(texts: Iterable[str]) -> list[str]:
    return [one for one in texts if normal(one) not in LANGUAGES]


def _counted(asked: Counter[str], given: Counter[str]) -> Tally:
    right = (asked & given).total()
    misses = [f"missed: {one}" for one in (asked - given).elements()]
    misses += [f"wrong: {one}" for one in (given - asked).elements()]
    return Tally(right=right, found=given.total(), wanted=asked.total(), misses=tuple(misses))
