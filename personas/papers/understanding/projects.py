"""Which of the things in a résumé promise a story, and how an interviewer calls them. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from vivavoce.personas.papers.paper import Line
from vivavoce.personas.papers.understanding.passages import Passage, passages
from vivavoce.personas.papers.understanding.understood import Project
from vivavoce.personas.papers.words import dates
from vivavoce.personas.papers.words.deeds import Deed, begins_with_deed, deeds
from vivavoce.personas.papers.words.nouns import NO_NAME, PEOPLE, VAGUE
from vivavoce.personas.papers.words.private import is_private
from vivavoce.personas.papers.words.vocabulary import is_place, title_score

MOST_PROJECTS, MOST_TERMS = 12, 20
MOST_PASSAGES = 1500
LONGEST_QUOTE = 300
LEAST_WEAK = 0.7  # of the score of what may be a duty, where there is nothing else
NUMBER = re.compile(
    r"[$\u20ac\u00a3] ?\d|\d ?%|"
    r"\b\d[\d.,]{0,12}(?: ?(?:k|m|bn|million|percent|per cent|hours|days|weeks|people|users|minutes)\b)|"
    r"\bfrom [\w.,$%]{1,12} to [\w.,$%]{1,12}|\b\d{2,}\b|\bhalf\b|\bthird\b|\bdoubled\b|\bquarter\b",
    re.IGNORECASE,
)
OUTCOME = re.compile(
    r"\b(?:saved|saving|saves|cut|cutting|cuts|reduc\w{2,4}|increas\w{2,4}|improv\w{2,5}|rose|fell|grew|"
    r"went from|"
    r"now|so that|which|resulting|led to|won|promoted|ahead of|without|stopped|within)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9'-]*")
_CUT = re.compile(r"\s+[-\u2013\u2014\u00b7\u2022/]+\s+|\s*[,;:|()\u2022]+\s*|\s{3,}|\t|\.\s")
_KINDS = re.compile(
    r"(?:\w{0,20}(?:tion|ment|ing|sis|model|er|or)|service|system|app|application|tool|platform|pipeline|"
    r"engine|game|site|website|dashboard|library|bot|robot|simulator|index|store|project|study|thesis|campaign|programme|"
    r"program|initiative|census|survey|database|interface|network|"
    r"framework|api|portal|assistant|shop|club|garden|festival|exhibition|protocol|workflow|generator)s?",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^project(?: name| title)?\s*[:|\u2013-]\s*|^\d{1,2}[.)]\s+", re.IGNORECASE)
_FIELD = re.compile(
    r"(?:technolog|tools?|tech|stack|role|team|date|link|client|environment|description|duration|languages?|"
    r"responsib|skills|company|year|key)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A passage with where it comes from."""

    passage: Passage
    employer: str = ""
    worth: float = 0.0  # the more recent, the higher


@dataclass(frozen=True, slots=True)
class _Found:
    project: Project
    score: float
    sure: bool = True


def projects(
    told: Iterable[Told], listed: Sequence[Sequence[Line]], names: re.Pattern[str]
) -> tuple[Project, ...]:
    """Return what the candidate carried through, the best story first.

    Args:
        told: what is said of work.
        listed: the lines of sections about projects.
        names: finds the words of the candidate's name, which none may have.
    """
    found = [one for lines in listed for one in _entries(lines, names)]
    weak: list[_Found] = []
    for number, one in enumerate(told):
        if number >= MOST_PASSAGES:
            break
        for each in _of_passage(one, names):
            (found if each.sure else weak).append(each)
    found = found or [one for one in weak if one.score >= LEAST_WEAK]
    found.sort(key=lambda one: -one.score)
    return tuple(_distinct(found))


def _of_passage(one: Told, names: re.Pattern[str]) -> Iterator[_Found]:
    passage = one.passage
    if is_private(passage.text) or re.search(r"[<>{}]", passage.text[:400]):
        return
    found = deeds(passage.text)
    for deed in found:
        if deed.outcome and len(found) > 1:
            continue  # "moved ... and so cut ...": what came of the other
        score = deed.strength + one.worth + _promise(passage.text, deed)
        project = _project(deed.name, deed.at[0], passage, one.employer, names)
        if project:
            yield _Found(project, score, deed.strength >= 1 or score - one.worth >= deed.strength + 1.5)


def _promise(text: str, deed: Deed) -> float:
    """Return how much an outcome in what follows the deed makes a story of it."""
    rest = text[deed.at[0] : deed.at[1] + 160]
    told = 1.5 * bool(NUMBER.search(rest)) + 0.8 * bool(OUTCOME.search(text[deed.at[1] : deed.at[1] + 160]))
    return told + (0.3 if 3 <= len(deed.name.split()) <= 7 else 0)


def _entries(lines: Sequence[Line], names: re.Pattern[str]) -> Iterator[_Found]:
    """Yield the entries of a section about projects, or the deeds in it that have no entry of their own."""
    said = passages(lines)
    bold = 1 < sum(line.bold for line in lines) < len(lines)
    titled = any(not one.bullet and _entry(one) for one in said)
    for one in said:
        is_told = (one.bullet and titled) or (bold and titled and not one.lines[0].bold)
        name = "" if is_told else _entry(one)
        if name and not is_private(one.text) and not re.search(r"[<>{}]", one.text):
            project = _project(name, 0, one, "", names)
            if project:
                yield _Found(project, 4.0 + bool(NUMBER.search(one.text)))
        elif not titled or not (one.bullet or is_told):
            yield from _of_passage(Told(one, worth=1.0), names)


def _entry(passage: Passage) -> str:
    """Return how an interviewer calls the project that an entry begins with; "" if it begins with none."""
    text = _LABEL.sub("", passage.lines[0].text.strip(" *_#"))
    when = dates.period(text)
    rest = text if when is None else f"{text[: when.at[0]]}   {text[when.at[1] :]}"
    pieces = [piece.strip(' .*_-\u2013[]"\u201c\u201d') for piece in _CUT.split(rest)]
    name = next((piece for piece in pieces if piece), "")
    alone = name == text.strip(" .") and (passage.bullet or len(text) > 60)
    found = re.split(r"\s(?:in|for|with|using|from|without|at)\s", name)[0].split()
    if len(found) == 1 or (len(name.split()) < 4 and name.istitle()):
        found = name.split()  # "Debt at Sea"
    if not found or len(found) > 7 or alone or begins_with_deed(name) or text.startswith(("http", "www")):
        return ""
    if _FIELD.match(name) or is_place(name) or title_score(name) >= 2.5 or not name[0].isalnum():
        return ""
    lower = [word.lower() for word in found]
    if (
        NO_NAME & {*lower}
        or (name.islower() and len(found) == 1 and not passage.lines[0].bold)
        or lower[-1] in PEOPLE
        or lower[-1] in VAGUE
    ):
        return ""
    if (
        ", " in text
        and "(" not in text
        and when is None
        and not passage.bullet
        and len(found) == 1
        and len(pieces) > 2
    ):
        return ""  # a list of tools
    return _called(found)


def _called(found: list[str]) -> str:
    if found[0].lower() in ("the", "a", "an"):
        found = found[1:] or found
    is_kind = bool(_KINDS.fullmatch(found[-1]))
    capital = any(word[0].isupper() for word in found[1:]) or found[0][1:2].isupper()
    if len(found) > 1 and not capital and is_kind:
        return f"the {found[0][0].lower()}{found[0][1:]} {' '.join(found[1:])}"
    return f"the {' '.join(found)}" + ("" if is_kind and len(found) > 1 else " project")


def _project(name: str, at: int, passage: Passage, employer: str, names: re.Pattern[str]) -> Project | None:
    """Return the project, with a line of the paper that has no name in it; None if there is none."""
    if names.search(name) or not re.fullmatch(r"[\w '\u2019/&+#.-]{6,90}", name):
        return None
    last = name.removesuffix(" project").split()[-1].lower()
    said = re.split(r"(?<=[.!?])\s+(?=[A-Z])|\n|\s{3,}", names.sub("\n", passage.line_at(at).text))
    pieces = [piece.strip(" ,;:|-\u2013") for piece in said]
    pieces = [piece for piece in pieces if len(piece.split()) > 1 or len(said) == 1]
    quote = next((piece for piece in pieces if last in piece.lower()), max(pieces, key=len, default=""))
    if len(quote) > LONGEST_QUOTE:
        quote = quote[:LONGEST_QUOTE].rsplit(" ", 1)[0]
    if not quote or is_private(quote):
        return None
    here = "" if names.search(employer) else employer
    found = _WORD.findall(names.sub(" ", f"{name} {passage.text[:600]}"))
    terms = dict.fromkeys(word.lower() for word in found if len(word) > 3)
    return Project(name=name, employer=here, quote=quote, terms=tuple(terms)[:MOST_TERMS])


def _distinct(found: Iterable[_Found]) -> list[Project]:
    """Return each project once, with the terms of all the places where it is named."""
    kept: dict[str, Project] = {}
    for one in found:
        key = one.project.name.lower()
        if key in kept:
            terms = tuple(dict.fromkeys([*kept[key].terms, *one.project.terms]))[:MOST_TERMS]
            kept[key] = replace(kept[key], terms=terms)
        elif len(kept) < MOST_PROJECTS:
            kept[key] = one.project
    return list(kept.values())
