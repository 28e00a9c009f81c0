"""Dialogue as text: lines with "Name:", with "Name  0:12", with "[00:01:02] Name: ...", or plain prose.

A line that says who speaks, or when, begins a new piece; the lines below it belong to it. Where some lines
have speakers, what stands above the first of them is a title. Our own transcripts and reports are read too.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import dropwhile, pairwise

from vivavoce.transcripts.imports.json_files import talk
from vivavoce.transcripts.imports.no_talk import is_sound, is_system
from vivavoce.transcripts.imports.pieces import Spoken, cleaned, from_first, ordered, seconds, unescaped
from vivavoce.transcripts.imports.speaker_labels import (
    MOST_REST,
    Head,
    Labels,
    alone_in,
    head,
    is_handle,
    is_known,
    is_name,
    side,
    speakers,
)
from vivavoce.transcripts.imports.subtitles import begins_cue, subtitles
from vivavoce.transcripts.imports.tables import records, table
from vivavoce.transcripts.imports.who_asks import ANSWERS, alternating, at_marks

FIRST_LINES = 10  # of a text among which a cue would begin
MOSTLY_FIRST = 0.6  # of the labels begin a paragraph: those within one are none
A_FEW = 2  # words of a label that looks like none
ENOUGH_TIMES = 2  # on lines of their own, beside which names stand

IN_A_ROW = 0.85  # of the lines have a number that follows the one before

_WIDE = re.compile(r"\s\s|\t|\|")
_NUMBER = re.compile(r"\s{0,9}[\[(]?([0-9]{1,6})(?:[.)\]](?=\s)|(?=\s|$))\s{0,9}")
_CLOCK = (
    r"(?:[0-9]{1,3}:)?[0-9]{1,3}:[0-9]{2}(?:[.,][0-9]{1,3}|(?<=:[0-9]{2}:[0-9]{2})[:;][0-9]{2})?(?!:?[0-9])"
    r"(?:\s?[AaPp]\.?[Mm]\b\.?)?+"
)
_RANGE = rf"@?({_CLOCK})(?:\s{{0,3}}(?:-{{1,2}}>|[-\u2013\u2192])\s{{0,3}}({_CLOCK}))?"
_SECONDS = r"[0-9]{1,6}(?:\.[0-9]{1,3}s?|s)"
_BRACKETED = (
    rf"({_CLOCK}|{_SECONDS})(?:\s{{0,3}}(?:-{{1,2}}>|[-\u2013\u2192])\s{{0,3}}({_CLOCK}|{_SECONDS}))?"
)
_DATE = r"(?:[0-9./-]{6,10},?\s)?"
_BEFORE = re.compile(
    rf"(?:[\[(]{_DATE}{_BRACKETED}[\])]"
    rf"|{_DATE}{_RANGE}(?=\s[\[(<]|\s\s|\t|\s*$|\s\||\s+[^\s:][^:]{{0,99}}:(?:\s|$)))[\s:|\u2013-]*"
)
_FROM = re.compile(r"^from\s{1,9}(\S[^:\n]{0,49}?)\s{1,9}to\s[^:\n]{1,60}:", re.IGNORECASE)  # in a chat
_BEHIND = re.compile(
    rf"(?P<name>\S.{{0,49}}?)(?P<gap>[\s,|\u2013:-]{{1,9}}|(?=[\[(]))(?P<open>[\[(]?){_RANGE}[\])]?"
    r"(?P<rest>(?::?(?:\s.*)?|\uff1a.*))$"
)
_TIME_AND_NAME = re.compile(
    rf"{_RANGE}[\s\u00b7\u2022|\u2013-]{{1,5}}(?P<name>[^\s:\u00b7\u2022|\u2013-][^:?!]{{0,49}})"
)
_BULLET = re.compile(r"\s*(?:>\s?|[-*\u2022\u2013\u2014]\s+)+")
EMPHASIS = re.compile(
    r"</?(?:b|i|u|p|em|br|strong) ?/?>|<(?:This message was edited|Media omitted)>"
    r"|#[0-9:.-]{5,12}#|\*\*|__|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)"
)
_CHEVRONS = re.compile(r"\s*(?:>>+|&gt;&gt;(?:&gt;)?)\s*")
_IN_WORDS = re.compile(
    r"(?P<name>.{0,50}?)\s{0,9}(?<!\S)(?:(?P<h>[0-9]{1,2}) hours? )?(?P<m>[0-9]{1,3}) minutes? "
    r"(?P<s>[0-9]{1,2}) seconds?"
)
_NO_TALK = re.compile(
    r"(?:Transcribed by https?://|This editable transcript was )|\s*(?:-{3,}|\*{3,}|_{3,}|```.*|~~~.*)$"
)


@dataclass(slots=True)
class _Piece:
    """A line and what it says of itself; those below it are added while it is the last."""

    text: str
    speaker: str = ""
    start: float | None = None
    end: float | None = None
    turn: bool = False  # it has the mark of another speaker, ">>"
    lines: list[str] = field(default_factory=list)

    @property
    def begins(self) -> bool:
        """Whether somebody begins to speak here."""
        return self.speaker != "" or self.start is not None


def dialogue(text: str) -> list[Spoken]:
    """Return what is said in a plain `text`, a piece for each line that begins one, else a paragraph.

    Raises:
        ForeignError: it holds subtitles, none of which can be read.
    """
    lines = _unnumbered(text.split("\n"))
    if lines[0].startswith("WEBVTT") or any(map(begins_cue, lines[:FIRST_LINES])):
        return subtitles(text, vtt=lines[0].startswith("WEBVTT"))
    return talk(table(lines) or records(lines)) or _dialogue(
        [part for line in lines for part in at_marks(line)]
    )


def _unnumbered(lines: Sequence[str]) -> list[str]:
    """Return `lines` without their numbers, if nearly all are numbered in a row, anew on each page."""
    full = [line for line in lines if line.strip()]
    numbers = [int(found[1]) for line in full if (found := _NUMBER.match(line))]
    steps = sum(after == before + 1 for before, after in pairwise(numbers))
    if len(numbers) <= 1 or steps < IN_A_ROW * len(full) - 1:
        return list(lines)
    return [_NUMBER.sub("", line, count=1) for line in lines]


def _dialogue(lines: Sequence[str]) -> list[Spoken]:
    names = speakers([beside_time(_bare(line)) for line in lines if line.strip()])
    pieces = _beside_times([_stamped(line, names) for line in lines])
    again = _again(pieces)
    heads = [_head(pieces, number, again) for number in range(len(pieces))]
    labels = speakers(_where_labels_stand(pieces, heads))
    pieces = [_named(piece, one, labels) for piece, one in zip(pieces, heads, strict=True)]
    if not any(piece.speaker for piece in pieces):
        full = [piece for piece in pieces if piece.text]
        for piece, speaker in zip(full, alternating([piece.turn for piece in full]), strict=True):
            piece.speaker = speaker
    gathered: Iterable[_Piece] = _gathered(pieces)
    if any(piece.speaker for piece in gathered):
        gathered = dropwhile(lambda piece: not piece.begins, gathered)
    return from_first([said for piece in gathered if (said := _said(piece)).text])


def _stamped(line: str, names: Labels) -> _Piece:
    """Return `line` with the time in it, and the name next to that."""
    if _NO_TALK.match(line) or is_system(line):
        return _Piece("")
    turn = _CHEVRONS.match(line) is not None
    line = _in_figures(_bare(line))
    if (found := _TIME_AND_NAME.fullmatch(line)) and speaks(found["name"], names):
        return _Piece("", found["name"], *_span(found[1], found[2]), turn)
    if found := _BEFORE.match(line):
        at, till = found[1] or found[3], found[2] or found[4]
        line = line[found.end() :]
        return _Piece("") if is_system(line) else _Piece(_FROM.sub(r"\1:", line), "", *_span(at, till), turn)
    if (found := _BEHIND.match(line)) and (name := _name(found, names)):
        return _Piece(found["rest"].lstrip(":\uff1a \t|\u2013-"), name, *_span(found[4], found[5]), turn)
    return _Piece(line, turn=turn)


def _bare(line: str) -> str:
    """Return `line` without what leads and what stresses in it."""
    lead = _CHEVRONS.match(line) or _BULLET.match(line)
    return EMPHASIS.sub("", line[lead.end() :].strip() if lead else line.strip())


def _in_figures(line: str) -> str:
    """Return `line`, if it is a time in words or a name with one, with the time in figures."""
    found = _IN_WORDS.fullmatch(line) if line.endswith(("second", "seconds")) else None
    if found is None or not (found["name"] == "" or is_known(found["name"]) or is_name(found["name"])):
        return line
    return f"{found['name']}  {found['h'] or 0}:{found['m']:0>2}:{found['s']:0>2}".strip()


def _span(at: str, till: str | None) -> tuple[float | None, float | None]:
    return ordered(seconds(at), seconds(till) if till else None)


def _label(found: re.Match[str]) -> str:
    label = found["name"].strip(", \u00b7\u2022")
    return label if label.endswith("]") and "[" in label[1:] else label.strip("[]")


def _is_apart(found: re.Match[str]) -> bool:
    """Return whether a time was `found` by itself, and not in a sentence."""
    return bool(found["open"] or not found["rest"].strip(": ") or _WIDE.search(found["gap"]))


def beside_time(line: str) -> Head:
    """Return the name that stands behind or before a time in `line`, with nothing else."""
    line = line.strip()
    if before := _TIME_AND_NAME.fullmatch(line):
        return Head(before["name"], "time")
    found = _BEHIND.match(line)
    label = _label(found) if found else ""
    return Head(label, "time" if label else "", found["rest"] if found else line)


def speaks(label: str, names: Labels) -> bool:
    """Return whether `label`, alone with a time, is of one who speaks: where `names` stand so, all do."""
    some = any(place == "time" for place, _ in names) and "|" not in label
    looks = is_known(label) or is_name(label) or is_handle(label) or len(label.split()) <= A_FEW
    return ("time", label) in names or (some and looks)


def _name(found: re.Match[str], names: Labels) -> str:
    name = _label(found)
    rest, wide = found["rest"].strip(": "), found["open"] or _WIDE.search(found["gap"])
    surely = ("time", name) in names or (_is_apart(found) and (is_known(name) or is_name(name)))
    surely = surely or bool(wide and not rest and speaks(name, names))
    return name if name and surely else ""


def _beside_times(pieces: Sequence[_Piece]) -> Sequence[_Piece]:
    """Return `pieces` with the names that stand alone above or below times put to these.

    Below times that stand alone, or above any.
    """
    full = [number for number, piece in enumerate(pieces) if piece.text or piece.begins]
    place = {number: at for at, number in enumerate(full)}
    timed = [number for number in full if pieces[number].begins and not pieces[number].speaker]
    texts = {at: "" if pieces[number].begins else pieces[number].text for at, number in enumerate(full)}
    taken: dict[int, str] = {}
    for step in (1, -1):
        near = {at: texts.get(place[at] + step, "") for at in timed if step < 0 or not pieces[at].text}
        below = {at: pieces[at].text or texts.get(place[at] + max(1, step + 1), "") for at in near}
        stand = {at: alone_in(near[at]) for at in near}
        heads = {at: Head(label, "time", below[at]) for at, label in stand.items() if label}
        labels = speakers(list(heads.values()))
        found = {at: one.label for at, one in heads.items() if ("time", one.label) in labels}
        if len(found) >= max(ENOUGH_TIMES, len(taken) + 1):
            taken, beside = found, step
    if not taken:
        return pieces
    names = {full[place[at] + beside] for at in taken}
    return [
        replace(piece, speaker=taken.get(at, ""), lines=[]) if at in taken else piece
        for at, piece in enumerate(pieces)
        if at not in names
    ]


def _head(pieces: Sequence[_Piece], number: int, again: Set[str]) -> Head:
    """Return what may be a label at the start of a piece; one alone needs words below it."""
    piece = pieces[number]
    below = number + 1 < len(pieces) and not pieces[number + 1].begins
    if below and piece.text in again:
        return Head(piece.text, "alone")
    return Head() if piece.speaker else head(piece.text, alone=below)


def _again(pieces: Sequence[_Piece]) -> set[str]:
    """Return the lines with a firm behind a name that come back whole, so that all of each is a label."""
    counts = Counter(piece.text for piece in pieces if _WIDE.search(piece.text) and alone_in(piece.text))
    return {line for line, count in counts.items() if count > 1}


def _where_labels_stand(pieces: Sequence[_Piece], heads: Sequence[Head]) -> list[Head]:
    """Return the `heads` of all lines, or of whole paragraphs, if these are where labels stand."""
    paragraphs: list[Head] = []
    inside = within = 0
    for number, (piece, one) in enumerate(zip(pieces, heads, strict=True)):
        begins = piece.begins or not number or not (pieces[number - 1].text or pieces[number - 1].begins)
        waits = bool(paragraphs and paragraphs[-1].label and not paragraphs[-1].rest)
        if begins and (one.label or one.rest) and not (waits and not one.label):
            paragraphs.append(one)
        elif paragraphs and piece.text:
            last = paragraphs[-1]
            paragraphs[-1] = replace(last, rest=f"{last.rest} {piece.text}"[-MOST_REST:])
            within += one.label != ""
        inside += one.label != ""
    if inside - within > MOSTLY_FIRST * inside:
        return paragraphs
    return [one for one in heads if one.label or one.rest]


def _named(piece: _Piece, found: Head, labels: Labels) -> _Piece:
    """Return `piece` with the label that was `found` in its text, if that is one of `labels`."""
    if (found.place, found.label) in labels:
        return replace(piece, speaker=found.label, text=found.rest)
    return piece


def _gathered(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Return `pieces`, each with the lines below that go on with it; a gap begins a paragraph.

    Where only questions are labelled, what stands below a gap answers them.
    """
    found = [_Piece("")]
    asking = [side(piece.speaker) == "interviewer" for piece in pieces if piece.speaker]
    gap = False
    for piece in pieces:
        last = found[-1]
        if piece.begins:
            alone = not (last.speaker or last.text or last.lines)  # a time on a line of its own
            found.append(replace(piece, start=last.start) if alone and piece.start is None else piece)
        elif piece.text and gap and (last.text or last.lines):
            found.append(replace(piece, speaker=ANSWERS if asking and all(asking) else last.speaker))
        elif piece.text:
            last.lines.append(piece.text)
        gap = not piece.text and not piece.begins
    return found


def _said(piece: _Piece) -> Spoken:
    said = [line for line in (piece.text, *piece.lines) if not is_sound(line)]
    text = cleaned(unescaped(" ".join(said)))
    return Spoken(cleaned(piece.speaker), text, piece.start, piece.end)
