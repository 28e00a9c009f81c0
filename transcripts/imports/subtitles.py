"""Subtitles: the cues of SubRip (.srt) and WebVTT (.vtt) files, as meetings and recognisers export them.

The files that people have are rarely as the standards want them. So a line with two times, or with an
arrow, begins a cue, and all up to the next one is its text, except for notes, styles and cue names.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from vivavoce.transcripts.errors import ForeignError
from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.imports.no_talk import is_sound, is_system
from vivavoce.transcripts.imports.pieces import Spoken, cleaned, in_turns, ordered, seconds, unescaped
from vivavoce.transcripts.imports.speaker_labels import Head, Labels, head, speakers
from vivavoce.transcripts.imports.who_asks import alternating, at_marks

LONGEST_WORD = 1.0  # seconds; the files say when a word begins, and the next may begin after a pause
MOST_IN_ONE_MARK = 3  # words; more than that behind one time have no times of their own
MOST_REPEATED = 4  # lines of a cue
FEWEST_REPEATED = 3  # words of a repeated line that is no chance, and no "no, no"
DASHES = 0.8  # of the cues begin with one: it marks another speaker
ROLLING = 0.5  # of the cues begin with the line before them: the captions roll

_CLOCK = r"-?(?:[0-9]{1,9}:){1,3}[0-9]{1,9}(?:[.,][0-9]{1,9})?"
_TIMES = re.compile(
    rf"\s*({_CLOCK})\s{{0,9}}(?:-{{1,3}}>|-{{2,3}}|[-\u2013\u2014\u2192>,]|--&gt;|\s)\s{{0,9}}({_CLOCK})(?=\s|$)"
)
_SBV = re.compile(r"(?:[0-9]{1,3}:){2}[0-9]{2}\.[0-9]{1,3},(?:[0-9]{1,3}:){2}[0-9]{2}\.[0-9]{1,3}\s{0,3}")
_SETTINGS = re.compile(r"(?:\s{1,9}\w{1,20}:\S{1,60}){0,9}\s{0,9}")  # where a cue is shown
_WHOLE = re.compile(r":.*:|[.,]")
_ARROW = re.compile(r"\s{0,9}(?:(?=\S{0,40}:)\S{0,40})?\s{0,9}-->")
_ASIDE = re.compile(r"(?:NOTE(?:\s|$)|(?:STYLE|REGION)\s*$)")
_NAMED = re.compile(r'[0-9]{1,9} "([^"]{1,60})".{0,40}')  # the name of a cue that is its speaker's
_VOICE = re.compile(r"<(/?)v(?:\.[^\s<>]*)?(?:\s([^<>]*))?>")
_STAMP = re.compile(rf"<({_CLOCK})>")
_TAG = re.compile(r"</?(?:c|i|b|u|ruby|rt|lang|font|s|span|v)(?:[.\s][^<>]*)?>|<[0-9:.,-]+>", re.IGNORECASE)
_POSITION = re.compile(r"\{\\[^{}]{0,40}\}")
_LEAD = re.compile(r"\s*(?:>>+|&gt;&gt;(?:&gt;)?|[-\u2013\u2014](?=\s|$))\s*")


@dataclass(slots=True)
class _Cue:
    start: float | None = None
    end: float | None = None
    speaker: str = ""
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a cue: what is said in it, and since when, as far as it is marked."""

    speaker: str
    text: str
    marked: tuple[tuple[float | None, str], ...]
    mark: str = ""  # with which it begins: ">" for another speaker, and perhaps "-"


def subtitles(text: str, *, vtt: bool) -> list[Spoken]:
    """Return the cues in `text` in the order of their times, unless these run backwards.

    Captions that roll are said only once.

    Raises:
        ForeignError: there is no cue with text.
    """
    cues = _cues(text.split("\n"), vtt=vtt)
    named = _named(_unrolled([_lines(cue) for cue in cues]))
    said = [piece for cue, lines in zip(cues, named, strict=True) for piece in _spoken(cue, lines)]
    if not said:
        raise ForeignError("no subtitle in it can be read; export it again, or save the text alone as .txt")
    return _apart(in_turns(said))


def times(line: str) -> tuple[float | None, float | None] | None:
    """Return when a cue that `line` begins starts and ends; None if it begins none.

    A time that cannot be right is None itself. Without an arrow, two whole times must be all there is.
    """
    found = _TIMES.match(line)
    if found is None:
        return (None, None) if _ARROW.match(line) else None
    if "-->" not in found[0] and (line[found.end() :].strip() or not all(map(_WHOLE.search, found.groups()))):
        return None
    return ordered(*(None if clock.startswith("-") else seconds(clock) for clock in found.groups()))


def begins_cue(line: str) -> bool:
    """Return whether `line` has the two times of a cue, with an arrow or a comma between them."""
    found = _TIMES.match(line) if "-->" in line else _SBV.fullmatch(line)
    return found is not None and _SETTINGS.fullmatch(line, found.end()) is not None


def _cues(lines: Sequence[str], *, vtt: bool) -> list[_Cue]:
    cues: list[_Cue] = []
    aside = before = ""
    for line in lines:
        if vtt and not before.strip() and _ASIDE.match(line):
            aside = line
        elif aside:
            aside = line.strip()
        elif (at := times(line)) is not None:
            name = _drop_name(cues[-1].lines) if cues else before
            named = _NAMED.fullmatch(name)
            cues.append(_Cue(*at, named[1] if named else ""))
        elif cues:
            cues[-1].lines.append(line)
        before = line
    if cues:
        cues[-1].lines.append("")
        _drop_name(cues[-1].lines)
    return cues


def _drop_name(lines: list[str]) -> str:
    """Drop the name or number of the next cue from the end of `lines`, and return it; "" if there is none."""
    directly = bool(lines and lines[-1].strip())
    while lines and not lines[-1].strip():
        lines.pop()
    alone = len(lines) > 1 and not lines[-2].strip()
    is_number = bool(lines) and lines[-1].strip().isdecimal()
    drops = (alone and directly) or (is_number and (alone or directly))
    return lines.pop() if drops else ""


def _lines(cue: _Cue) -> list[_Line]:
    """Return the lines of `cue` in which something is said, with the speakers that are tagged."""
    voice, found = cleaned(cue.speaker), []
    for line in (part for whole in cue.lines for part in at_marks(whole)):
        last = 0
        for tag in _VOICE.finditer(line):
            found.append(_line(voice, line[last : tag.start()], cue.start))
            voice, last = "" if tag[1] else cleaned(unescaped(tag[2] or "")), tag.end()
        found.append(_line(voice, line[last:], cue.start))
    return [line for line in found if line.text and not is_system(line.text)]


def _line(speaker: str, text: str, start: float | None) -> _Line:
    lead = _LEAD.match(text)
    text = text[lead.end() :] if lead else text
    at, last, marked = start, 0, []
    for stamp in _STAMP.finditer(text):
        marked.append((at, _plain(text[last : stamp.start()])))
        at, last = seconds(stamp[1]), stamp.end()
    marked.append((at, _plain(text[last:])))
    said = tuple((at, part) for at, part in marked if part)
    whole = said[0][1] if len(marked) == 1 and said else _plain(text)
    mark = unescaped(lead[0]).strip()[0] if lead else ""
    return _Line(speaker, whole, said if len(marked) > 1 else (), mark)


def _plain(text: str) -> str:
    if "<" in text or "{" in text:
        text = _POSITION.sub("", _TAG.sub("", text))
    return cleaned(unescaped(text))


def _named(cues: Sequence[Sequence[_Line]]) -> list[list[_Line]]:
    """Return `cues` with the labels at the start of their lines made the speaker, and without sounds."""
    labels = speakers([one for lines in cues if lines for one in _heads(lines)])
    named = [[line for line in _with_names(lines, labels) if not is_sound(line.text)] for lines in cues]
    lines = [line for cue in named for line in cue]
    if any(line.speaker for line in lines):
        return named
    dashes = sum(cue[0].mark not in ("", ">") for cue in named if cue) >= DASHES * len(named)
    found = iter(alternating([line.mark != "" if dashes else line.mark == ">" for line in lines]))
    return [[replace(line, speaker=next(found)) for line in cue] for cue in named]


def _head(lines: Sequence[_Line], number: int) -> Head:
    """Return what may be a label at the start of a line; one alone needs words below it."""
    line, below = lines[number], number + 1 < len(lines)
    found = Head(rest=line.text) if line.speaker else head(line.text, alone=number == 0 and below)
    return found if found.rest or below else Head(rest=line.text)


def _heads(lines: Sequence[_Line]) -> list[Head]:
    """Return the heads in a cue, each with all it says, or one without a label for the whole of it."""
    found: list[Head] = []
    for one in (_head(lines, number) for number in range(len(lines))):
        if one.label or not found:
            found.append(one)
        else:
            found[-1] = replace(found[-1], rest=f"{found[-1].rest} {one.rest}".strip())
    return [one for one in found if one.label] or found


def _with_names(lines: Sequence[_Line], labels: Labels) -> Iterator[_Line]:
    speaker = ""
    for number, line in enumerate(lines):
        found = _head(lines, number)
        if (found.place, found.label) not in labels:
            yield line if line.speaker else replace(line, speaker=speaker)
        else:
            speaker = found.label
            skipped = len(line.text.split()) - len(found.rest.split())
            yield _Line(speaker, found.rest, tuple(_behind(line.marked, skipped)))


def _behind(marked: Sequence[tuple[float | None, str]], skipped: int) -> Iterator[tuple[float | None, str]]:
    """Yield what is `marked` without its first words, of which so many are `skipped`."""
    for at, part in marked:
        words = part.split()
        if words[skipped:]:
            yield at, " ".join(words[skipped:])
        skipped = max(0, skipped - len(words))


def _unrolled(cues: Sequence[Sequence[_Line]]) -> list[list[_Line]]:
    """Return `cues` without the lines at their start that only repeat the cue before."""
    filled = [lines for lines in cues if lines]
    rolls = [_repeats(before[-1], after[0]) for before, after in pairwise(filled)]
    rolling = sum(rolls) > 1 and sum(rolls) >= ROLLING * len(rolls)
    found: list[list[_Line]] = []
    shown: Sequence[_Line] = ()
    for lines in cues:
        found.append(_new(shown, lines, rolling=rolling))
        shown = lines or shown
    return found


def _repeats(before: _Line, after: _Line) -> bool:
    return before.speaker == after.speaker and f"{after.text} ".startswith(f"{before.text} ")


def _new(shown: Sequence[_Line], lines: Sequence[_Line], *, rolling: bool) -> list[_Line]:
    """Return what `lines` add to what was `shown` just before."""
    for count in range(min(len(shown), len(lines), MOST_REPEATED), 0, -1):
        pairs = list(zip(shown[-count:], lines, strict=False))
        chance = len(lines[0].text.split()) < FEWEST_REPEATED or (count == len(lines) == 1)
        if (rolling or not chance) and all(_repeats(*pair) for pair in pairs):
            rest = _continued(*pairs[-1])
            return [line for line in (rest, *lines[count:]) if line.text]
    return list(lines)


def _continued(before: _Line, after: _Line) -> _Line:
    """Return what `after`, which begins like `before`, says more."""
    skipped = len(before.text.split())
    rest = " ".join(after.text.split()[skipped:])
    return _Line(after.speaker, rest, tuple(_behind(after.marked, skipped)))


def _spoken(cue: _Cue, lines: Sequence[_Line]) -> Iterator[Spoken]:
    """Yield what each speaker says in `cue`."""
    for speaker, group in groupby(lines, key=lambda line: line.speaker):
        said = list(group)
        text = " ".join(line.text for line in said if line.text)
        if text:
            yield Spoken(speaker, text, cue.start, cue.end, _words(said, cue.end))


def _words(lines: Sequence[_Line], end: float | None) -> tuple[Word, ...]:
    """Return the words of `lines`, which are over at `end`; none if not each has a time that can be right."""
    marked = [mark for line in lines for mark in line.marked]
    onsets = [at for at, _ in marked if at is not None]
    if not all(line.marked for line in lines) or len(onsets) < len(marked) or end is None:
        return ()
    if any(later < at for at, later in pairwise([*onsets, end])):
        return ()
    found: list[Word] = []
    for at, later, (_, text) in zip(onsets, [*onsets[1:], end], marked, strict=True):
        words = text.split()
        if len(words) > MOST_IN_ONE_MARK:
            return ()
        each = (later - at) / len(words)
        for number, word in enumerate(words):
            start = at + number * each
            found.append(Word(text=word, start=Seconds(start), end=Seconds(start + min(each, LONGEST_WORD))))
    return tuple(found)


def _apart(said: Sequence[Spoken]) -> list[Spoken]:
    """Return what was `said`; a cue that is shown until after the speaker's next has begun ends with that."""
    found = list(said)
    for number, (piece, after) in enumerate(pairwise(said)):
        if piece.end is None or after.start is None or piece.speaker != after.speaker:
            continue
        if piece.start is not None and piece.start < after.start < piece.end:
            found[number] = replace(piece, end=after.start)
    return found
