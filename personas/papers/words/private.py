"""What in a paper says who somebody is: their name, and the lines with an address or a number. Pure."""

import re
from collections.abc import Iterable, Sequence

from vivavoce.personas.papers.paper import APART
from vivavoce.personas.papers.words.vocabulary import RANKS, TITLES, plain

MOST_NAMES = 100  # words of them, of one person: each is held against every word of the rest
_NAME = (
    r"(?:^|[|,;])\W{0,5}(?:(?:full|first|last|family) ?)?name\s{0,5}:|"
    r"^(?:sur|nach|first ?|vor)name(?:\(\w\))? ?(?:/ ?(?:first ?|vor|sur)name(?:\(\w\))?)?(?:\s{0,5}:|\s{3})"
)
_PRIVATE = re.compile(
    r"@|https?:|www\.|linkedin\.com/|github\.com|\+?\d[\d ().-]{7,}\d|\b[A-Z]{2} \d{5}(?:-\d{4})?\b|"
    r"\b\d{3}-\d{4}\b|"
    r"\b\d+\w?,? [\w. ]{1,30}\b(?:street|st\.|road|rd\.|avenue|ave\.?|lane|drive|square|terrace)|"
    r"\w(?:stra\u00dfe|strasse|str\.|weg|platz|gasse) \d|\b(?:rue|calle|via|p\.? ?o\.? box) [\w ]{0,40}\d|"
    rf"{_NAME}|\b(?:phone|mobile|tel|telephone|telefon|e-?mail|address|born|geboren|birth|nationality|"
    r"marital status)\s*:",
    re.IGNORECASE,
)
_YEARS = re.compile(  # looks like a number to call, and is none
    r"(?:\d{1,2}[./])?\b(?:19|20)\d\d(?:[./-]\d\d)?\s*[-\u2013\u2014]\s*(?:\d{1,2}[./])?(?:(?:19|20)\d\d|\d\d)\b"
)
_MONEY = re.compile(r"[$\u20ac\u00a3] ?\d[\d.,]*")
_TITLE = re.compile(
    r"(?:curriculum vitae|lebenslauf|r[\u00e9e]sum[\u00e9e]|cv)\b(?: of)?[\s:,|/\u2013-]*", re.IGNORECASE
)
_CALLED = re.compile(
    rf"(?i:{_NAME})\s*(.+)|"
    rf"\b(?:[Mm]y name is|I am|I'm) ((?:[A-Z][\w'-]++ ?){{2,4}}|[A-Z][\w'-]+[A-Z][\w'-]++)"
)
_LABELLED = re.compile(rf"(?:{_NAME})\s*(.+)", re.IGNORECASE)
_HANDLE = re.compile(r"([\w.+-]{3,64})@|(?:linkedin\.com/in|github\.com)/([\w-]{3,64})", re.IGNORECASE)
_LED_BY = re.compile(r"((?:[A-Z][\w'-]+\.? ){1,3}[A-Z][\w'-]+) ?[.,:|\u2013-]")  # a name, perhaps, in front
_CUT = re.compile(r"\s+[-\u2013\u2014\u00b7\u2022/]+\s+|\s*[,;:|()\u2022]+\s*|\s{3,}")
_WORD = re.compile(r"[^\W\d_][\w'\u2019-]*\.?")
_ADDRESSED = re.compile(r"^\s*(?:(?:Dr|Prof|Mr|Ms|Mrs|Dipl\.-Ing|Mag|Professor)\b\.?\s){1,3}")
_CREDENTIALS = re.compile(
    r"(?:,\s{0,3}|(?<!\s)\s{1,3})(?:Ph\.?D|M\.?Sc|B\.?Sc|MBA|Esq|MD|RN|BSN|MSN|CPA|PMP|CFA|PE|ACCA|LLM|JD|RGN)\.?(?=,|\s|$)"
)
_NO_NAMES = frozenset(
    """contact profile summary about experience education skills projects resume references languages top work
    personal the of and for in at page senior street road university school college hospital""".split()
)


def public(found: Iterable[str]) -> list[str]:
    """Return those of the lines `found` that have no name in front, no address and no number to call."""
    return [line for line in found if not is_private(line)]


def is_private(line: str) -> bool:
    """Whether `line` has a name in front, an address or a number to call."""
    apart = line.replace(APART, " | ")  # two numbers in a table are none to call
    return bool(_PRIVATE.search(_MONEY.sub("", _YEARS.sub("", apart))))


def is_labelled(line: str) -> bool:
    """Whether `line` says by a label that it is a name."""
    return _LABELLED.match(line) is not None


def handles(text: str) -> str:
    """Return the addresses' own parts in `text`, in lower case, one after another."""
    found = [match[1] or match[2] for match in _HANDLE.finditer(text)]
    return " ".join(dict.fromkeys(found)).lower()[:2000]


def as_name(line: str, known: str = "") -> str:
    """Return the name that `line` may be, without what stands around it; "" if it can be none.

    Args:
        line: of the paper.
        known: the person's `handles`; what stands in them may be a trade as well: Baker, Mason.
    """
    called = _LABELLED.match(line)
    bare = _in_order(called[1]) if called else _TITLE.sub("", line.lstrip("# "))
    bare = _ADDRESSED.sub("", bare)
    bare = re.split(r"\s{3,}|[|\u00b7\u2022(]|\s[-\u2013\u2014]\s|@", bare)[0]
    parts = bare.split(",")
    bare = _CREDENTIALS.sub("", parts[0] if len(parts) < 3 or len(parts[0].split()) > 1 else bare)
    found = bare.split()
    if len(found) >= 4 and all(len(word) == 1 and word.isalpha() for word in found):
        found = ["".join(found)]  # letters that were set apart
    whole = 2 <= len(found) <= 5 and all(_WORD.fullmatch(word) for word in found)
    lower = {*plain(bare)}
    small = sum(word[0].islower() for word in found)
    if (
        not whole
        or small > 1
        or lower & (_NO_NAMES | RANKS)
        or (lower & TITLES and not called and not lower <= {*re.split(r"[^\w]+", known)})
    ):
        return ""
    shouted = all(word.isupper() for word in found)
    return " ".join(_cased(word) if shouted else word for word in found)


def name_words(name: str, first: str, text_lines: Sequence[str]) -> list[str]:
    """Return the words of the candidate's name, longest first.

    Args:
        name: as it was found above all, or "".
        first: the first line of the paper.
        text_lines: all of them; they may say it again, or give it away in an address.
    """
    led_by = _LED_BY.match(first)
    called = [match[1] or match[2] for line in text_lines for match in _CALLED.finditer(line)]
    known = handles("\n".join(text_lines))
    apart = [re.sub(r"[\W\d_]+", " ", handle).title() for handle in known.split()]
    pieces = [name, *([led_by[1]] if led_by and not name else []), *called, *apart]
    own = {*name.split()}
    found = [
        word
        for piece in pieces
        for word in re.findall(r"[^\W\d_][\w'\u2019-]+", _CUT.split(piece)[0])[:5]
        if word[0].isupper() and (word in own or word.lower() not in TITLES | RANKS | _NO_NAMES)
    ]
    halves = [half for word in found if "-" in word for half in word.split("-") if len(half) > 2]
    return sorted(dict.fromkeys([*found, *halves]), key=len, reverse=True)[:MOST_NAMES]


def named(words: Sequence[str]) -> re.Pattern[str]:
    """Return what finds the `words` of a name."""
    either = "|".join(map(re.escape, words)) or "(?!)"
    return re.compile(rf"\b(?:{either})\b(?:['\u2019]s\b)?", re.IGNORECASE)


def nameless(line: str, names: re.Pattern[str]) -> str:
    """Return `line` without the words of a name, where they are written as one."""
    return " ".join(names.sub(lambda match: "" if match[0][0].isupper() else match[0], line).split())


def _in_order(name: str) -> str:
    """Return a name from a form, which has the family's name first and a comma behind it, as it is said."""
    family, comma, first = name.partition(",")
    turned = bool(comma) and len(first.split()) in (1, 2) and len(family.split()) < 3
    return f"{first.strip()} {family.strip()}" if turned and not _CREDENTIALS.search(name) else name


def _cased(word: str) -> str:
    return "-".join(part.capitalize() for part in word.split("-"))
