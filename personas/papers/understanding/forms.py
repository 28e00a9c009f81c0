"""Lines as forms and tables have them: labels in front, cells side by side, what no story needs. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vivavoce.personas.papers.paper import APART, Line
from vivavoce.personas.papers.words import dates
from vivavoce.personas.papers.words.deeds import begins_with_deed

LONG_CELL = 5  # words, from which on a cell of a row tells what was done
_COLON = r"\s{0,3}(?::\s{0,3}|\s{2,3})"
_EMPLOYER = re.compile(
    r"(?:name (?:and address )?of (?:the )?employer|employer|company(?: name)?|organi[sz]ation|firma|"
    r"name und (?:adresse|anschrift) des arbeitgebers|arbeitgeber|employeur|"
    rf"nom et adresse de l['\u2019]employeur){_COLON}",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?:dates?(?: \(from - to\))?|dates of employment|period|duration|datum|zeitraum|position|role|title|"
    r"job title|designation|occupation or position held|beruf oder funktion|t\u00e4tigkeit|fonction|poste|"
    rf"fonction ou poste occup\u00e9){_COLON}(?=\S)",
    re.IGNORECASE,
)
_NOTHING = re.compile(  # what forms ask for besides
    r"(?:hours(?: per week| worked)?|series|(?:pay )?grade(?: level)?|pay plan|salary|supervisor(?:'s name)?|"
    r"reason for leaving|notice period|location|reports to|reporting to|team size|"
    r"type (?:of|or) (?:business|sector)[\w ]{0,20}|business or sector|"
    r"branche|t\u00e4tigkeitsbereich oder branche|department size)\s{0,3}:.{0,160}|okay to contact .{0,80}",
    re.IGNORECASE,
)
_COLUMNS = frozenset(
    """company employer organisation organization designation position role title duration period date dates
    responsibilities duties tasks location place from to year years job description project projects name
    key main""".split()
)


def lines_of(lines: Sequence[Line]) -> Iterator[tuple[Line, bool]]:
    """Yield `lines` as if they were no form: each with whether it is the employer of what is above it."""
    for line in lines:
        text = line.text.strip()
        if is_of_form(text) or _is_row_of_names(text):
            continue
        if match := _EMPLOYER.match(text):
            if rest := text[match.end() :]:
                yield replace(line, text=rest), True
        elif match := _HEAD.match(text):
            yield replace(line, text=text[match.end() :]), False
        else:
            yield from ((one, False) for one in _cells(line))


def is_of_form(text: str) -> bool:
    """Whether a line only answers what a form asks for besides: hours, grade, supervisor."""
    return _NOTHING.fullmatch(text) is not None


def _is_row_of_names(text: str) -> bool:
    """Whether a line says what stands in the columns of a table."""
    cells = text.split(APART)
    return len(cells) > 1 and all({*cell.lower().split()} <= _COLUMNS for cell in cells)


def _cells(line: Line) -> Iterator[Line]:
    """Yield a row of a table as a head, and what was done as a point under it."""
    cells = line.text.split(APART)
    told = [
        cell for cell in cells if len(cell.split()) >= LONG_CELL and (begins_with_deed(cell) or ";" in cell)
    ]
    if len(cells) < 3 or not told or line.bullet or not dates.period(line.text):
        yield line
        return
    yield replace(line, text=APART.join(cell for cell in cells if cell not in told))
    for cell in told:
        yield replace(line, text=cell, bullet=True, gap=False)
