"""The order in which a page is read: what stands across it first, then one column after the other. Pure.

A page is cut where a strip without letters runs down between two groups of rows, unless the groups belong
together row by row: a table, or dates set to the right of what they date. They do where nearly each row of
the shorter group has a partner of the same height in the other. Columns of prose, and columns with headings
on both sides, are columns all the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from vivavoce.personas.papers.formats.pdf.rows import Piece, Row

LEAST_ROWS = 4  # of a column
GUTTER = 0.5  # least room between columns, in parts of the letters' size
PARTNERS = 0.7  # of the rows of the shorter group, from which on the two are read row by row
FILLED = 0.75  # of its column's width that a line of prose takes
MOST_CUTS = 40  # that are tried
DEEPEST = 6
TITLE = 1.3  # how much larger than the rest a name is, above a column

_HEADINGS = frozenset(
    {
        *("about", "achievements", "awards", "career", "certifications", "contact", "courses", "details"),
        *(
            "education",
            "employment",
            "experience",
            "expertise",
            "hobbies",
            "interests",
            "languages",
            "licences",
        ),
        *("licenses", "profile", "projects", "publications", "qualifications", "references", "skills"),
        *("strengths", "summary", "tools", "training", "volunteering"),
        *("about me", "core skills", "employment history", "key skills", "personal details"),
        *("professional experience", "professional summary", "technical skills", "work experience"),
        *("work history", "my skills", "certificates", "career history"),
    }
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A row, and the column that it stands in: 0 is the widest, and what stands across."""

    row: Row
    column: int


@dataclass(frozen=True, slots=True)
class _Cut:
    first: int  # row
    last: int  # row, excluded
    left: list[Row]
    right: list[Row]
    shared: int  # rows with something on both sides


def arranged(rows: Sequence[Row]) -> tuple[list[Placed], list[Placed]]:
    """Return the rows of a page as they are read, and those of a narrow column on its right.

    The latter come when the widest column has been read to its end, which may be on another page.
    """
    cut = _cut(rows)
    if cut is None or cut.last < len(rows) or _width(cut.left) < _width(cut.right):
        return _read(rows, 0), []
    aside = [Placed(one.row, one.column + 1) for one in _read(cut.right, 1)]
    return [*_read(rows[: cut.first], 1), *_read(cut.left, 1)], aside


def _read(rows: Sequence[Row], depth: int) -> list[Placed]:
    cut = _cut(rows) if depth < DEEPEST else None
    if cut is None:
        return [Placed(row, 0) for row in rows]
    sides = [_read(cut.left, depth + 1), _read(cut.right, depth + 1)]
    wide = 0 if _width(cut.left) >= _width(cut.right) else 1
    beyond = 1 + max(one.column for one in sides[wide])
    sides[1 - wide] = [Placed(one.row, one.column + beyond) for one in sides[1 - wide]]
    above, below = rows[: cut.first], rows[cut.last :]
    return [*_read(above, depth + 1), *sides[0], *sides[1], *_read(below, depth + 1)]


def _cut(rows: Sequence[Row]) -> _Cut | None:
    """Return the cut that leaves most on both its sides."""
    found = [cut for x in _edges(rows) for cut in _cuts(rows, x) if _is_columns(cut)]
    return max(found, key=lambda cut: min(_letters(cut.left), _letters(cut.right)), default=None)


def _edges(rows: Sequence[Row]) -> list[float]:
    """Return where many pieces begin: a column may begin there."""
    starts: dict[int, int] = {}
    for row in rows:
        for piece in row:
            starts[round(piece.left)] = starts.get(round(piece.left), 0) + 1
    often = sorted(starts, key=lambda x: -starts[x])[:MOST_CUTS]
    return [x - 1.5 for x in often]


def _cuts(rows: Sequence[Row], x: float) -> Iterator[_Cut]:
    first = 0
    for index in range(len(rows) + 1):
        if index == len(rows) or any(piece.left < x < piece.right for piece in rows[index]):
            if index - first >= LEAST_ROWS:
                yield _parted(rows, first, index, x)
            first = index + 1


def _parted(rows: Sequence[Row], first: int, last: int, x: float) -> _Cut:
    """Cut the rows at `x`; a name above the right column stays above both."""
    usual = median(piece.size for row in rows[first:last] for piece in row)
    while first < last and len(rows[first]) == 1 and rows[first][0].size >= TITLE * usual:
        first += 1
    halves = [_halves(row, x) for row in rows[first:last]]
    left, right = [half for half, _ in halves if half], [half for _, half in halves if half]
    return _Cut(first, last, left, right, len(left) + len(right) - len(halves))


def _halves(row: Row, x: float) -> tuple[Row, Row]:
    return tuple(one for one in row if one.left < x), tuple(one for one in row if one.left >= x)


def _is_columns(cut: _Cut) -> bool:
    left, right = cut.left, cut.right
    if min(len(left), len(right)) < LEAST_ROWS:
        return False
    size = median(piece.size for row in (*left, *right) for piece in row)
    if min(row[0].left for row in right) - max(row[-1].right for row in left) < GUTTER * size:
        return False
    together = cut.shared / min(len(left), len(right))
    return together < PARTNERS or (_has_heading(left) and _has_heading(right)) or _is_prose(left, right)


def _is_prose(*sides: list[Row]) -> bool:
    return all(
        median(row[-1].right - row[0].left for row in side) >= FILLED * _width(side) and _words(side) >= 4
        for side in sides
    )


def _words(side: list[Row]) -> float:
    return median(sum(len(piece.words) for piece in row) for row in side)


def _has_heading(side: list[Row]) -> bool:
    return any(len(row) == 1 and _plain(row[0]) in _HEADINGS for row in side)


def _plain(piece: Piece) -> str:
    return piece.text.lower().strip(" :")


def _width(side: Sequence[Row]) -> float:
    return max(row[-1].right for row in side) - min(row[0].left for row in side) if side else 0.0


def _letters(side: Sequence[Row]) -> int:
    return sum(len(word.text) for row in side for piece in row for word in piece.words)
