"""A résumé in plain text: which of its lines may be used, and which projects it names. Pure.

What stands above the first heading or sentence is who wrote it and where they live; it is left out, as
are lines with an address or a number to call, and the sections about other people. The words of the name
are taken out of all that is left. A project is what somebody made ("Built a churn model that ..."), or
an entry of a section about projects. Naming nothing is better than naming a wrong thing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

MOST_TERMS = 20  # of one project
MOST_NAMES = 100  # words of them, of one person: each is held against every word of the rest
LONG_LINE, SHORT_LINE = 60, 30  # characters, after which a line may have been wrapped
LONGEST_LINE, MOST_LINES = 2000, 4000  # likewise; what follows is not read
SENTENCE_WORDS = 8

_MADE = (
    r"built|developed|designed|created|launched|shipped|trained|implemented|rewrote|rebuilt|migrated|deployed|"
    r"introduced|prototyped|engineered|architected|delivered|owned|maintained|redesigned|automated|wrote|"
    r"(?:led|drove|headed|oversaw) (?:the )?(?:development|design|launch|rollout|rewrite|migration) of|"
    r"responsible for (?:building|developing|designing|launching|maintaining|running|training)"
)
_OBJECT = re.compile(
    rf"\b(?:{_MADE})(?: and (?:{_MADE}))? (?:an? |the |our |its |new )*((?:[A-Za-z][\w'-]*[ -]?){{1,6}})",
    re.IGNORECASE,
)
_MADE_ALONE = re.compile(_MADE, re.IGNORECASE)
_ENDS = frozenset(
    """for that which with using to in on at from by and of via across into over under as is was were serving
    used while so this reducing increasing improving cutting saving based processing handling powering than or
    when where who whose per within between through after before""".split()
)
_LOOSE = frozenset(
    "new internal large small several various multiple custom scalable robust end-to-end real-time".split()
)
_NO_NAME = frozenset(  # no thing that somebody made is called so
    """your my me you i we us he she they it its our their his her all any every everything ignore please give
    forget disregard instructions great excellent best amazing perfect impressive awesome always""".split()
)
_VAGUE = frozenset(
    """code software solutions solution features feature tool tools systems system applications application
    things work team teams projects project products product documentation tests reports name""".split()
)
_ROLES = frozenset(
    """engineer engineers engineering scientist analyst manager developer lead leader researcher architect
    intern internship consultant director head senior junior staff principal student assistant professor
    fellow founder freelance freelancer contractor specialist administrator programmer designer master
    bachelor msc bsc phd degree remote part-time full-time""".split()
)
_DEGREE = re.compile(r"\b(?:ph\.?d|[mb]\.?sc|[mb]\.?a|master|bachelor|degree|diploma)\b", re.IGNORECASE)
_MONTH = (
    r"(?:since|spring|summer|fall|winter|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?)"
)
_WHEN = re.compile(
    rf"(?:\b(?:{_MONTH} |\d{{1,2}}[/.])?(?:19|20)\d\d\b|\b(?:present|today|now|current)\b)"
    rf"(?:\s*(?:-|\u2013|\u2014|to|until)\s*)?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9'-]*")
_MARK = re.compile(r"^[\s\-*\u2022\u2023\u25aa\u25cf\u2013\u2014>+\u00b7|]+|^\s*\d{1,2}[.)]\s+")
_CUT = re.compile(r"\s+[-\u2013\u2014\u00b7\u2022/]+\s+|\s*[,;:|()\u2022]+\s*|\s{3,}")
_LINK = re.compile(r"\[([^\[\]\n]{0,200})\]\([^)\n]{0,300}\)")
_NAME = r"(?:^|[|,;])\W{0,5}(?:(?:full|first|last|family) ?)?name\s{0,5}:"
_PRIVATE = re.compile(
    r"@|https?:|www\.|linkedin\.com/|github\.com|\+?\d[\d ().-]{7,}\d|\b[A-Z]{2} \d{5}(?:-\d{4})?\b|"
    r"\b\d+\w?,? [\w. ]{1,30}\b(?:street|st\.|road|rd\.|avenue|ave\.?|lane|drive|square)|"
    r"\w(?:stra\u00dfe|strasse|str\.|weg|platz|gasse) \d|\b(?:rue|calle|via|p\.? ?o\.? box) [\w ]{0,40}\d|"
    rf"{_NAME}|\b(?:phone|mobile|tel|telephone|e-?mail|address|born|birth|nationality|marital status)\s*:",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:curriculum vitae|r[\u00e9e]sum[\u00e9e]|cv)\b(?: of)?[\s:,|\u2013-]*", re.IGNORECASE)
_CALLED = re.compile(
    rf"(?i:{_NAME})\s*(.+)|"
    rf"\b(?:[Mm]y name is|I am|I'm) ((?:[A-Z][\w'-]++ ?){{2,4}}|[A-Z][\w'-]+[A-Z][\w'-]++)"
)
_HANDLE = re.compile(r"([\w.+-]{3,64})@|(?:linkedin\.com/in|github\.com)/([\w-]{3,64})", re.IGNORECASE)
_YEARS = re.compile(  # looks like a number to call, and is none
    r"(?:\d{1,2}[./])?\b(?:19|20)\d\d(?:[./-]\d\d)?\s*[-\u2013\u2014]\s*(?:\d{1,2}[./])?(?:(?:19|20)\d\d|\d\d)\b"
)
_LED_BY = re.compile(r"((?:[A-Z][\w'-]+\.? ){1,3}[A-Z][\w'-]+) ?[.,:|\u2013-]")  # a name, perhaps, in front
_OTHER_PEOPLE = re.compile(r"references|referees|contact|personal(?: details| information)?$")
_HEADING = re.compile(
    r"[=#*_ ]*+((?:(?:work|professional|relevant|selected|key|personal|side|research|technical|top|about) )*"
    r"(?:experience|employment|history|career|projects?|portfolio|education|skills?|summary|profile|objective|"
    r"publications?|awards?|references|referees|contact|details|information|languages|certifications?|"
    r"interests|volunteering|highlights|background|me)(?: (?:and|&) \w+| history| details)?)[ :=#*_-]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Project:
    """Something that the candidate made."""

    name: str  # "the churn model"
    employer: str = ""  # where, if the résumé says so plainly
    terms: tuple[str, ...] = ()  # words that an answer about it is likely to use


def lines(text: str) -> list[str]:
    """Return the lines of `text` that say something, without what cannot be shown or only marks them."""
    shown = "".join(c if c.isprintable() or c == "\n" else " " for c in text.replace("\r", "\n"))
    plain = re.sub(r"\*\*|__|`|(?<=\w)\*|\*(?=\w)", "", _LINK.sub(r"\1", shown))
    said = (line.strip()[:LONGEST_LINE] for line in plain.split("\n") if line.strip())
    return list(islice(said, MOST_LINES))


def public(found: Iterable[str]) -> list[str]:
    """Return those of the lines `found` that have no name in front, no address and no number to call."""
    return [line for line in found if not _PRIVATE.search(_YEARS.sub("", line))]


def usable(text: str) -> list[str]:
    """Return the lines of a résumé that may be used, without the name of who wrote it."""
    found = lines(text)
    begin = next((place for place, line in enumerate(found) if _begins(line)), len(found))
    names = _names(found[:begin], found, text)
    named = re.compile(
        rf"\b(?:{'|'.join(map(re.escape, names)) or '(?!)'})\b(?:['\u2019]s\b)?", re.IGNORECASE
    )
    kept, skip = [], False
    for line in public(found[begin:]):
        section = _section(line)
        skip = bool(_OTHER_PEOPLE.match(section)) if section else skip
        if not skip:
            nameless = named.sub(lambda match: "" if match[0][0].isupper() else match[0], line)
            kept.append(" ".join(nameless.split()))
    return [line for line in kept if line]


def projects(found: Sequence[str]) -> Iterator[Project]:
    """Yield the projects in the lines `found`, in order; one may come twice."""
    section = employer = ""
    has_titles = False  # of projects, such that what is marked is a detail
    for line in _unwrapped(found):
        if _section(line):
            section, employer, has_titles = _section(line), "", False
            continue
        bare, marked = _MARK.sub("", line.lstrip("# ")), bool(_MARK.match(line))
        made = [name for match in _OBJECT.finditer(bare) if (name := _named(match[1]))]
        if not made and re.search(r"project|portfolio", section):
            made = [name for name in [_entry(bare, marked)] if name and not (marked and has_titles)]
            has_titles = has_titles or bool(made and not marked)
        elif not made and not marked and _WHEN.search(bare):
            employer = _employer(bare)
        for name in made:
            words = dict.fromkeys(word.lower() for word in _WORD.findall(f"{name} {bare}") if len(word) > 3)
            yield Project(f"the {name}", employer, tuple(words)[:MOST_TERMS])


def distinct(found: Iterable[Project]) -> list[Project]:
    """Return each project once, with the terms of all the places where it is named."""
    kept: dict[str, Project] = {}
    for one in found:
        before = kept.get(one.name.lower(), one)
        terms = tuple(dict.fromkeys([*before.terms, *one.terms]))[:MOST_TERMS]
        kept[one.name.lower()] = replace(before, terms=terms)
    return list(kept.values())


def _begins(line: str) -> bool:
    """Whether `line` is a heading or a sentence: what is above the first one says who it is."""
    words = line.split()
    small = sum(word[0].islower() for word in words)
    is_sentence = len(words) >= SENTENCE_WORDS and 2 * small > len(words)
    return bool(_section(line) or _OBJECT.search(line) or is_sentence)


def _section(line: str) -> str:
    """Return the heading that `line` is, in lower case; "" if it is none."""
    match = _HEADING.fullmatch(line)
    return match[1].lower() if match else ""


def _names(header: Sequence[str], found: Sequence[str], text: str) -> list[str]:
    """Return the words of the candidate's name."""
    led_by = _LED_BY.match(found[0]) if found else None
    first = led_by[1] if led_by and not header else ""
    first = first or next((line for line in (_TITLE.sub("", one.lstrip("# ")) for one in header) if line), "")
    called = [match[1] or match[2] for line in found for match in _CALLED.finditer(line)]
    handles = [match[1] or match[2] for match in _HANDLE.finditer(text)]
    words = [
        word
        for part in (first, *called, *(re.sub(r"[\W\d_]+", " ", handle).title() for handle in handles))
        for word in re.findall(r"[^\W\d_][\w'-]+", _CUT.split(part)[0])[:4]
        if word[0].isupper() and word.lower() not in _ROLES
    ]
    return list(dict.fromkeys(words))[:MOST_NAMES]


def _unwrapped(found: Sequence[str]) -> list[str]:
    """Return the lines `found` with those joined that an editor has broken."""
    joined: list[str] = []
    for before, line in zip(["", *found], found, strict=False):
        enough = SHORT_LINE if line[0].islower() else LONG_LINE
        goes_on = len(before) >= enough and not before.endswith((".", ":"))
        begins = _MARK.match(line) or _section(line) or _WHEN.search(line)
        if joined and goes_on and not begins and len(joined[-1]) < LONGEST_LINE:
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


def _entry(line: str, marked: bool) -> str:
    """Return the name of the project that an entry of a section about projects begins with."""
    line = re.sub(r"^project(?: name)?\s*[:|\u2013-]\s*", "", line, flags=re.IGNORECASE)
    first = next((part.strip() for part in _CUT.split(_WHEN.sub("", line)) if part.strip()), "")
    alone = marked and first == line.strip(" .")  # as likely a detail as a name
    name = "" if alone or len(first.split()) > 4 else _named(first)
    is_title = not name or any(word[0].isupper() for word in name.split()[1:]) or name[1].isupper()
    return name if is_title else name[0].lower() + name[1:]


def _employer(line: str) -> str:
    """Return where somebody was, from a line with dates: the first part of it that is no role."""
    if _DEGREE.search(line):
        return ""
    at = re.search(r"\bat ([A-Z].*)", line)
    for part in _CUT.split(_WHEN.sub(" ", at[1] if at else line)):
        words = part.split()
        plain = 1 <= len(words) <= 3 and all(_WORD.fullmatch(word) and word[0].isupper() for word in words)
        if plain and not _ROLES & {word.lower() for word in words}:
            return part.strip()
    return ""


def _named(phrase: str) -> str:
    """Return the thing that a phrase begins with: two to four plain words; "" if there is no such thing."""
    kept: list[str] = []
    for word in phrase.split():
        if word.lower() in _ENDS:
            break
        if word.lower() not in _LOOSE or kept:
            kept.append(word)
    whole = 2 <= len(kept) <= 4 and all(_WORD.fullmatch(word) for word in kept)
    whole = whole and not any(_MADE_ALONE.fullmatch(word) for word in kept)
    if not whole or kept[-1].lower() in _VAGUE or kept[-1].endswith("ly"):
        return ""
    return "" if _NO_NAME & {word.lower() for word in kept} else " ".join(kept)
