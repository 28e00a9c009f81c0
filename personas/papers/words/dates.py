"""From when until when, in the ways that people write it. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier enero",
            "february feb februar février febrero",
            "march mar märz mrz mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug août agosto",
            "september sept sep septembre septiembre",
            "october oct oktober okt octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_SEASONS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12, "michaelmas": 10, "hilary": 1}
_NAMES = "|".join(sorted([*_MONTHS, *_SEASONS], key=len, reverse=True))
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_POINT = (
    rf"(?:(?:{_NAMES})\b\.?,? ?(?:of )?(?:{_YEAR}|['\u2019]\d\d(?!\d))|(?:\d\d?[./])?\d\d? ?[./] ?{_YEAR}|"
    rf"{_YEAR}[-/.](?:0[1-9]|1[0-2])(?!\d)|{_YEAR}(?!\d))"
)
_TODAY = (
    r"(?:(?:to|till|until) )?(?:present|current(?:ly)?|today|now|ongoing|date|heute|aktuell|dato|"
    r"aujourd['\u2019]hui|actualidad|actual)\b"
)
_TO = (
    r"\s{0,4}(?:-{1,2}|[\u2010-\u2015\u2212~\u2192]|to\b|until\b|till\b|through\b|bis\b|a\b|\u00e0\b)\s{0,4}"
)
_PERIOD = re.compile(
    rf"(?<![\w$\u20ac\u00a3.,])(?:"
    rf"(?P<since>(?:since|seit|depuis|desde|from|ab)\s{{1,3}})?(?P<start>{_POINT})"
    rf"(?:{_TO}(?:(?P<today>{_TODAY})|(?P<end>{_POINT})|(?P<short>\d\d(?![\d.,%/]))|(?P<open>(?=\s{{0,9}}$))))?"
    rf"|(?P<month>{_NAMES})\.?{_TO}(?P<same>(?:{_NAMES})\.? {_YEAR}))(?!\w|[.,]\d)",
    re.IGNORECASE,
)
_MOMENT = re.compile(rf"(?:{_POINT}|{_TODAY})", re.IGNORECASE)
_BEGUN = re.compile(rf"{_POINT}\s{{0,3}}[-\u2010-\u2015]\s+(?=\S)", re.IGNORECASE)
_ENDED = re.compile(rf"(?:{_POINT}|{_TODAY})(?=\s|$)(?!\s{{0,3}}[-\u2010-\u2015])", re.IGNORECASE)
_NAMED = re.compile(_NAMES, re.IGNORECASE)
_YEARS = re.compile(_YEAR)
_LENGTH = re.compile(
    r"\(?\b\d{1,2}\+? ?(?:years?|yrs?|jahre?)\b(?:,? ?(?:and )?\d{1,2} ?(?:months?|mos?|monate?)\b)?\)?|"
    r"\(?\b\d{1,2} ?(?:months?|mos?|monate?)\b\)?",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\b(?:dates?|period|duration|zeitraum)\s?:\s?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, and where in its line it stands."""

    start: str  # "2021-03" or "2021"
    end: str | None  # None for today
    at: tuple[int, int]
    spans: bool  # whether both ends are said, or that it goes on


@lru_cache(maxsize=2048)
def period(text: str) -> Period | None:
    """Return the first stretch of time in `text`, or the first that has two ends; None if there is none."""
    found = [_read(match) for match in _PERIOD.finditer(text)]
    return next((one for one in found if one.spans), found[0] if found else None)


def without(text: str, found: Period | None) -> str:
    """Return `text` without the stretch `found` and without how long that was."""
    if found is None:
        return text
    rest = f"{text[: found.at[0]]}   {text[found.at[1] :]}"
    return _LABEL.sub(" ", _LENGTH.sub(" ", rest))


def begins_or_ends(text: str) -> bool:
    """Whether `text` is a moment and nothing else."""
    return _MOMENT.fullmatch(text.strip(" ()")) is not None


def begun(text: str) -> str:
    """Return the beginning of `text` if it is a stretch of time without its end ("May 2019 - Baker")."""
    match = _BEGUN.match(text)
    return match[0] if match and not _MOMENT.match(text, match.end()) else ""


def ended(text: str) -> str:
    """Return the moment that `text` begins with; "" if it begins with none."""
    match = _ENDED.match(text)
    return match[0] if match else ""


def only_length(text: str) -> bool:
    """Whether `text` says how long something was and nothing else."""
    return bool(_LENGTH.fullmatch(text.strip(" .,;()")))


def months(point: str, last: bool = False) -> int:
    """Return `point` as months since the year 0; of a bare year the first month, or the `last`."""
    year, _, month = point.partition("-")
    return int(year) * 12 + (int(month) - 1 if month else 11 if last else 0)


def _read(match: re.Match[str]) -> Period:
    if match["month"]:
        end = _point(match["same"])
        return Period(f"{end[:4]}-{_month(match['month']):02}", end, match.span(), True)
    start = _point(match["start"])
    goes_on = match["today"] or match["open"] is not None or (match["since"] and not match["end"])
    end = match["end"] or (start[:2] + match["short"] if match["short"] else "")
    spans = bool(goes_on or end)
    return Period(start, None if goes_on else _point(end) if end else start, match.span(), spans)


def _month(name: str) -> int:
    return {**_MONTHS, **_SEASONS}[name.lower()]


def _point(text: str) -> str:
    named = _NAMED.match(text)
    year = _YEARS.search(text)
    numbers = [int(one) for one in re.findall(r"\d{1,4}", text)]
    if named:
        month = _month(named[0])
        value = int(year[0]) if year else 2000 + numbers[-1] if numbers[-1] < 50 else 1900 + numbers[-1]
        return f"{value}-{month:02}"
    others = [one for one in numbers if one < 100]
    month = others[-1] if others else 0
    return f"{year[0] if year else text}" + (f"-{month:02}" if 1 <= month <= 12 else "")
