"""From letters to words and to pieces of a row: a space is where there is room. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from vivavoce.personas.papers.formats.pdf.letters import Letter
from vivavoce.personas.papers.formats.tidy import LEAST_SPACED

# In parts of the letters' size:
SAME_ROW = 0.5  # between two baselines; a raised "th" belongs to its row
WORD = 0.13  # room between words, beyond what is between letters, where no spaces are stored
WORD_STORED = 0.2  # likewise, where some are
PIECE = 0.8  # room that may be between two columns
DRAWN_TWICE = 0.25  # offset of a letter that is drawn again to look bold
SPACED_WORDS = 1.7  # room between the words of a spaced-out heading, in parts of that between its letters


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without room between them."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one row, with no more room between them than between words."""

    words: tuple[Word, ...]
    base: float
    size: float
    bold: bool

    @property
    def left(self) -> float:
        """Where it begins, in points."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends, in points."""
        return self.words[-1].right

    @property
    def text(self) -> str:
        """Its words, with single spaces."""
        return " ".join(word.text for word in self.words)


Row = tuple[Piece, ...]  # from left to right


def rows(letters: Sequence[Letter]) -> list[Row]:
    """Return the rows of a page from top to bottom."""
    return [row for level in _levels(letters) if (row := tuple(_pieces(level)))]


def _levels(letters: Sequence[Letter]) -> Iterator[list[Letter]]:
    level: list[Letter] = []
    for letter in sorted(letters, key=lambda one: -one.base):
        if level and level[0].base - letter.base > SAME_ROW * min(level[0].size, letter.size):
            yield level
            level = []
        level.append(letter)
    if level:
        yield level


def _pieces(level: list[Letter]) -> Iterator[Piece]:
    level.sort(key=lambda one: one.left)
    groups: list[list[Letter]] = []
    for letter in _once(level):
        inked = [one for one in groups[-1] if one.text.strip()] if groups and letter.text.strip() else []
        if not groups or (inked and letter.left - inked[-1].right > PIECE * letter.size):
            groups.append([])
        groups[-1].append(letter)
    for group in _spaced_out(groups):
        if words := tuple(_words(group)):
            inked = [one for one in group if one.text.strip()]
            bold = sum(one.bold for one in inked) * 2 > len(inked)
            sizes = sorted(one.size for one in inked)
            yield Piece(words, inked[0].base, sizes[len(sizes) // 2], bold)


def _once(level: list[Letter]) -> Iterator[Letter]:
    """Leave out the letters that are drawn again, a little aside, to look bold."""
    last: Letter | None = None
    for letter in level:
        again = last and last.text == letter.text and letter.left - last.left < DRAWN_TWICE * letter.size / 2
        if again and letter.text.strip():
            continue
        last = letter
        yield letter


def _spaced_out(groups: list[list[Letter]]) -> Iterator[list[Letter]]:
    """Put letters that stand wide apart, one by one, into one group."""
    run: list[list[Letter]] = []
    for group in [*groups, []]:
        if sum(1 for one in group if one.text.strip()) == 1:
            run.append(group)
            continue
        if len(run) >= LEAST_SPACED:
            yield [letter for one in run for letter in one]
        else:
            yield from run
        run = []
        if group:
            yield group


def _words(group: list[Letter]) -> Iterator[Word]:
    inked, stored = [], set()
    for letter in group:
        if letter.text.strip():
            inked.append(letter)
        else:
            stored.add(len(inked))
    breaks = _breaks(inked, stored)
    singles = sum(1 for first, last in pairwise([0, *breaks, len(inked)]) if last - first == 1)
    if singles >= LEAST_SPACED and singles * 5 >= (len(breaks) + 1) * 4:
        breaks = _breaks_spaced(inked)
    for first, last in pairwise([0, *breaks, len(inked)]):
        if last > first:
            yield _word(inked[first:last])


def _word(letters: list[Letter]) -> Word:
    return Word("".join(one.text for one in letters), letters[0].left, letters[-1].right)


def _breaks(inked: list[Letter], stored: set[int]) -> list[int]:
    room = [after.left - before.right for before, after in pairwise(inked)]
    within = [gap for index, gap in enumerate(room, 1) if index not in stored]
    usual = max(0.0, median(within)) if within else 0.0
    least = WORD_STORED if stored else WORD
    return [
        index
        for index, gap in enumerate(room, 1)
        if index in stored or gap > usual + least * min(inked[index].size, inked[index - 1].size)
    ]


def _breaks_spaced(inked: list[Letter]) -> list[int]:
    room = [after.left - before.right for before, after in pairwise(inked)]
    usual = median(room)
    return [index for index, gap in enumerate(room, 1) if gap > SPACED_WORDS * usual]
