"""Lines as people mean them: ligatures apart, spaced-out headings together, no icons. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from vivavoce.personas.papers.paper import APART, Line

MOST_CHARACTERS = 200_000  # of a paper; forty pages
MOST_LINES = 20_000
LEAST_SPACED = 4  # letters in a row with a space between each two: a heading set wide
SOFT_HYPHEN = "\xad"

DASHES = "-\u2013\u2014*+"  # before an item only with a space behind them
_DOTS = "\u2022\u25e6\u25aa\u25ab\u2023\u2043\u25cf\u25cb\u25a0\u25a1\u2219\u00b7\u2981"
_ARROWS = "\u25ba\u25b6\u27a4\u27a2\u2794\u2192\u25b8\u276f\u00bb"
_TICKS = "\u2713\u2714\u2756\u25c6\u25c7"
_OF_FONTS = "\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf06e"  # Symbol and Wingdings
MARKS = frozenset(DASHES + _DOTS + _ARROWS + _TICKS + _OF_FONTS)
_LIGATURES = str.maketrans(
    dict(zip(map(chr, range(0xFB00, 0xFB07)), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
)
_NUMBERED = re.compile(
    r"\d{1,2}[.)] {1,4}(?=[^\W\d_]{2})(?!(?:jan|feb|m[a\u00e4]r|a[pv]r|ma[iy]|ju[ln]|jui|"
    r"ao[\u00fbu]|aug|sep|o[ck]t|nov|de[cz]|d\u00e9c|f\u00e9v|j\u00e4n)\w{0,8}\.? \d)",
    re.IGNORECASE,
)
_WIDE = re.compile(r"\t[\t ]*+| {3}[\t ]*+")
_SPACES = dict.fromkeys(map(ord, "\t\u2028\u2029\x0b\x0c\r\n"), " ")
_SHOWN_SYMBOLS = frozenset("©®°™№")  # the others are icons and stars
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
# What stays apart with its hyphen where a line ends behind it.
_LEADS = frozenset(
    "all back best co cross customer data decision e end event five four front full hands high in in-house "
    "industry large long low micro mid multi non off on one open part peer post pre problem real record self "
    "semi short single six small so state step team ten third three time top two under up user well "
    "world year".split()
)


def clean(text: str) -> str:
    """Return `text` on one line, in single characters, without what is not shown or is a mere picture."""
    plain = unicodedata.normalize("NFC", text.translate(_SPACES).translate(_LIGATURES))
    return " ".join("".join(one for one in plain if _is_shown(one)).replace("\xa0", " ").split())


def _is_shown(one: str) -> bool:
    kind = unicodedata.category(one)
    return one == "\ufffd" or (kind not in _UNSEEN and (kind != "So" or one in _SHOWN_SYMBOLS))


def marked(text: str) -> tuple[bool, str]:
    """Return whether a bullet's mark stands before `text`, and what follows it.

    A dash or a star needs a space behind it, as do a number ("1." or "1)") and the "o" that Word's second
    level shows; the first of a month is no number of a list.
    """
    first, rest = text[:1], text[1:]
    if first in MARKS and (rest[:1].isspace() or (rest and first not in DASHES)):
        return True, rest.strip()
    if numbered := _NUMBERED.match(text):
        return True, text[numbered.end() :].strip()
    if text[:2] == "o " and rest.strip()[:1].isupper():
        return True, rest.strip()
    return False, text


def apart(text: str) -> str:
    """Return `text` clean, its spaced-out headings closed, and APART where it has wide room or a tab."""
    parts = [part for part in _WIDE.split(text.replace("\xa0", " ")) if part.strip()]
    closed = [_together(part.strip()) for part in parts]
    spaced = len(parts) > 1 and all(
        " " not in one and one != part for one, part in zip(closed, parts, strict=True)
    )
    return (" " if spaced else APART).join(filter(None, map(clean, closed)))


def _together(text: str) -> str:
    """Return `text` with the letters of a spaced-out heading in one word; two spaces part its words."""
    return " ".join(_closed(part) for part in text.split("  ") if part)


def _closed(text: str) -> str:
    done: list[str] = []
    run: list[str] = []
    for word in [*text.split(" "), ""]:
        if len(word) == 1 and (word.isupper() or word == "&"):
            run.append(word)
            continue
        done += ["".join(run)] if len(run) >= LEAST_SPACED else run
        done.append(word)
        run = []
    return " ".join(done).strip()


def tidied(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return `lines` clean, not empty, broken words mended; at most MOST_CHARACTERS in MOST_LINES."""
    kept: list[Line] = []
    left = MOST_CHARACTERS
    for line in _mended(_cleaned(lines)):
        kept.append(replace(line, text=line.text[:left]))
        left -= len(line.text) + 1
        if left <= 0 or len(kept) == MOST_LINES:
            break
    return tuple(kept)


def _cleaned(lines: Iterable[Line]) -> Iterator[Line]:
    gap = False
    for line in lines:
        gap = gap or line.gap
        bullet, text = marked(line.text.lstrip())
        broken = SOFT_HYPHEN if text.endswith(SOFT_HYPHEN) else ""
        text = apart(text)
        if text:
            yield replace(line, text=text + broken, bullet=bullet or line.bullet, gap=gap)
            gap = False


def _mended(lines: Iterable[Line]) -> Iterator[Line]:
    before: Line | None = None
    for line in lines:
        if before is None:
            before = line
            continue
        before, after = _mend(before, line)
        if after is None:
            continue
        yield before
        before = after
    if before:
        yield replace(before, text=before.text.rstrip(SOFT_HYPHEN))


def _mend(before: Line, after: Line) -> tuple[Line, Line | None]:
    head, tail = before.text.split(" ")[-1], after.text.split(" ")[0]
    soft = head.endswith(SOFT_HYPHEN)
    ends = soft or (head.endswith("-") and len(head) > 2 and tail[:1].islower())
    if not ends or after.bullet or after.gap:
        return replace(before, text=before.text.rstrip(SOFT_HYPHEN)), after
    stem = head.rstrip("-" + SOFT_HYPHEN)
    whole = stem if soft or not (stem.lower() in _LEADS or "-" in stem) else head
    if not whole[:1].isalpha():
        whole = head
    mended = before.text.removesuffix(head) + whole + tail
    rest = after.text[len(tail) :].strip()
    return replace(before, text=mended), replace(after, text=rest) if rest else None
