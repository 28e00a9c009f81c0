"""Papers as data: a JSON Resume (jsonresume.org), and a JobPosting (schema.org) in JSON-LD."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vivavoce.personas.papers.formats import web_page
from vivavoce.personas.papers.formats.plain import HEADINGS, TEXT
from vivavoce.personas.papers.formats.unreadable import DAMAGED, TOO_LARGE, Unreadable
from vivavoce.personas.papers.paper import APART, Kind, Line
from vivavoce.transcripts.printable import printable

MOST_CHARACTERS = 1_000_000  # of data
MOST_PARTS = 50_000
DEEPEST = 20
ENOUGH_WORDS = 30  # of a posting's data, beside which the page it stands in is not needed

# JSON Resume: what each list is called in a résumé, what stands in an entry's first line, and what below it.
_SECTIONS = {
    "work": ("Experience", ("position", "name", "company", "location"), ("summary",), ("highlights",)),
    "projects": ("Projects", ("name", "entity"), ("description",), ("highlights", "keywords")),
    "volunteer": ("Volunteering", ("position", "organization"), ("summary",), ("highlights",)),
    "education": ("Education", ("studyType", "area", "institution"), ("score",), ("courses",)),
    "skills": ("Skills", ("name", "level"), (), ("keywords",)),
    "certificates": ("Certificates", ("name", "issuer", "date"), (), ()),
    "awards": ("Awards", ("title", "awarder", "date"), ("summary",), ()),
    "publications": ("Publications", ("name", "publisher", "releaseDate"), ("summary",), ()),
    "languages": ("Languages", ("language", "fluency"), (), ()),
    "interests": ("Interests", ("name",), (), ("keywords",)),
    "references": ("References", ("name",), ("reference",), ()),
}
_ASKED = {
    "responsibilities": "Responsibilities",
    "qualifications": "Qualifications",
    "skills": "Skills",
    "experienceRequirements": "Experience",
    "educationRequirements": "Education",
}

Data = Mapping[str, Any]


def record(text: str, kind: Kind) -> tuple[Iterable[Line], Data]:
    """Return the lines and the data of the JSON `text`.

    Raises:
        Unreadable: it is damaged or too large, or neither a résumé nor a posting.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable(DAMAGED) from None
    if kind is Kind.POSTING:
        data = posting([text])
        if data:
            return posting_lines(data), data
    elif isinstance(found, dict) and ("basics" in found or "work" in found):
        data = _plain(found)
        return list(_resume_lines(data)), data
    raise Unreadable("JSON, but no JSON Resume and no JobPosting; give the paper as PDF, DOCX or text")


def posting(scripts: Iterable[str]) -> Data | None:
    """Return the first JobPosting in `scripts` of JSON-LD, or None."""
    for script in scripts:
        try:
            waiting: list[Any] = [json.loads(script)]
        except (ValueError, RecursionError):
            continue
        for one in waiting:  # which grows meanwhile
            if len(waiting) > MOST_PARTS:
                break
            if isinstance(one, dict):
                if "JobPosting" in _listed(one.get("@type")):
                    return _plain(one)
                waiting += [one.get("@graph"), one.get("mainEntity")]
            elif isinstance(one, list):
                waiting += one
    return None


def posting_lines(data: Data) -> list[Line]:
    """Return a JobPosting as lines: title, employer, place, its description, what it asks for."""
    lines = [Line(text=_said(data.get("title")), size=HEADINGS[0], bold=True)]
    about = [data.get("hiringOrganization"), data.get("jobLocation"), data.get("employmentType")]
    lines += [Line(text=_said(one), size=TEXT) for one in about]
    lines += _from_html(data.get("description"))
    for name, heading in _ASKED.items():
        if data.get(name):
            lines.append(Line(text=heading, size=HEADINGS[1], bold=True, gap=True))
            lines += _from_html(data[name])
    return [line for line in lines if line.text.strip()]


def says_enough(lines: Iterable[Line]) -> bool:
    """Return whether `lines` of a posting's data make the page around them superfluous."""
    return sum(len(line.text.split()) for line in lines) >= ENOUGH_WORDS


def _from_html(value: object) -> Iterator[Line]:
    for one in _listed(value):
        text = one if isinstance(one, str) else _said(one)
        if "&lt;" in text and "<" not in text:  # escaped twice, as many sites do
            text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        yield from web_page.read(text if "<" in text else f"<pre>{text}</pre>")[0]


def _resume_lines(data: Data) -> Iterator[Line]:
    basics = data.get("basics")
    if isinstance(basics, dict):
        yield Line(text=_said(basics.get("name")), size=HEADINGS[0], bold=True)
        for name in ("label", "email", "phone", "url", "location", "summary"):
            yield Line(text=_said(basics.get(name)), size=TEXT, gap=name == "summary")
    for name, (heading, first, below, bullets) in _SECTIONS.items():
        entries = [one for one in _listed(data.get(name)) if isinstance(one, dict)]
        if entries:
            yield Line(text=heading, size=HEADINGS[1], bold=True, gap=True)
        for one in entries:
            title = ", ".join(filter(None, (_said(one.get(field)) for field in first)))
            yield Line(text=APART.join(filter(None, (title, _dates(one)))), size=TEXT, bold=True, gap=True)
            yield from (Line(text=_said(one.get(field)), size=TEXT) for field in below)
            for field in bullets:
                yield from (
                    Line(text=_said(item), size=TEXT, bullet=True) for item in _listed(one.get(field))
                )


def _dates(entry: Data) -> str:
    start, end = _said(entry.get("startDate")), _said(entry.get("endDate"))
    return f"{start} - {end or 'Present'}" if start else end


def _said(value: object) -> str:
    """Return what `value` says in one line: of an object its name, or the parts of an address."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list):
        return ", ".join(filter(None, map(_said, value)))
    if not isinstance(value, dict):
        return ""
    for name in ("name", "description", "address"):
        if value.get(name):
            return _said(value[name])
    places = ("city", "addressLocality", "region", "addressRegion", "addressCountry", "countryCode")
    if value.get("monthsOfExperience"):
        return f"{_said(value['monthsOfExperience'])} months of experience"
    return ", ".join(filter(None, (_said(value.get(name)) for name in (*places, "credentialCategory"))))


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _plain(found: Mapping[str, object]) -> dict[str, Any]:
    """Return `found` without characters that are obeyed and not shown.

    Raises:
        Unreadable: it is too large or too deep.
    """
    left = [MOST_PARTS, MOST_CHARACTERS]

    def plain(value: object, depth: int) -> Any:
        left[0] -= 1
        left[1] -= len(value) if isinstance(value, str) else 0
        if min(left) < 0 or depth > DEEPEST:
            raise Unreadable(TOO_LARGE)
        if isinstance(value, str):
            return printable(value)
        if isinstance(value, list):
            return [plain(one, depth + 1) for one in value]
        if isinstance(value, dict):
            return {printable(str(key)): plain(one, depth + 1) for key, one in value.items()}
        return value

    return {printable(str(key)): plain(one, 1) for key, one in found.items()}
