"""Dialogue as text: lines with "Name:", with "Name  0:12", with "[00:01:02] Name: ...", or plain prose.

A line that says who speaks, or when, begins a new piece; the lines below it belong to it. Where some lines
have speakers, what stands above the first of them is a title. Our own transcripts and reports are read too.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import dropwhile

from vivavoce.transcripts.imports.pieces import Spoken, cleaned, ordered, seconds, unescaped
from vivavoce.transcripts.imports.speaker_labels import is_known, is_name, side, speakers, split
from vivavoce.transcripts.imports.subtitles import begins_cue, subtitles
from vivavoce.transcripts.markdown import entities

FIRST_LINES = 10  # of a text among which a cue would begin
LONG_ENOUGH, LONGEST_ALONE = 3, 30  # characters of a label on a line of its own

_CLOCK = r"(?:[0-9]{1,3}:)?[0-9]{1,3}:[0-9]{2}(?:[.,][0-9]{1,3})?(?![0-9:])"
_RANGE = rf"({_CLOCK})(?:\s{{0,3}}(?:-{{1,2}}>|[-\u2013\u2192])\s{{0,3}}({_CLOCK}))?"
_BEFORE = re.compile(
    rf"(?:[\[(]{_RANGE}[\])]|{_RANGE}(?=\s\s|\t|\s*$|\s+[^\s:][^:]{{0,49}}:(?:\s|$)))[\s:\u2013-]*"
)
_BEHIND = re.compile(
    rf"(?P<name>\S.{{0,49}}?)(?P<gap>[\s,|\u2013:-]{{1,9}})(?P<open>[\[(]?){_RANGE}(?:\s?[AaPp]\.?[Mm]\.?)?[\])]?"
    r"(?P<rest>:?(?:\s.*)?)$"
)
_BULLET = re.compile(r"\s*(?:>\s?|[-*\u2022\u2013\u2014]\s+)+")
_EMPHASIS = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_LINK = re.compile(r"!?\[([^\[\]]{1,200})\]\([^()\s]{1,500}\)")
_HEADING = re.compile(r"#{1,6}\s+")
_OUR_MARK = re.compile(r"\s\*\((?:interrupted|unfinished|not heard|about [0-9]{1,3}% heard)\)\*$")
_OUR_QUESTION = re.compile(r"## [0-9]{1,4}\. (.+)")
_NO_TALK = re.compile(r"Transcribed by https?://|\s*(?:-{3,}|\*{3,}|_{3,}|```.*|~~~.*)$")
_OUR_TIPS, _OUR_SILENCE = "## To try next", "> Nothing was heard."


@dataclass(slots=True)
class _Piece:
    """A line and what it says of itself; those below it are added while it is the last."""

    text: str
    speaker: str = ""
    start: float | None = None
    end: float | None = None
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
    lines = text.split("\n")
    if lines[0].startswith("WEBVTT") or any(map(begins_cue, lines[:FIRST_LINES])):
        return subtitles(text, vtt=lines[0].startswith("WEBVTT"))
    return _dialogue(lines)


def markdown(text: str) -> list[Spoken]:
    """Return what is said in a `text` in Markdown: a report or a transcript of ours, or dialogue.

    Raises:
        ForeignError: it holds subtitles, none of which can be read.
    """
    lines = text.split("\n")
    if _OUR_TIPS in lines and any(_OUR_QUESTION.fullmatch(line) for line in lines):
        return list(_reported(lines))
    return dialogue("\n".join(map(_unmarked, lines)))


def _unmarked(line: str) -> str:
    """Return `line` without the marks of Markdown; a heading stays only if it is a speaker's."""
    line = entities(_OUR_MARK.sub("", line))
    if heading := _HEADING.match(line):
        line = line[heading.end() :].strip(" #:")
        return f"{line}:" if is_known(line) else ""
    return _LINK.sub(r"\1", line) if "](" in line else line


def _reported(lines: Sequence[str]) -> Iterator[Spoken]:
    """Yield the questions and answers of a report of ours."""
    asked = False
    for line in lines:
        if question := _OUR_QUESTION.fullmatch(line):
            asked = True
            yield Spoken("Interviewer", cleaned(unescaped(entities(question[1]))))
        elif asked and line.startswith("> "):
            asked = False
            if line != _OUR_SILENCE:
                yield Spoken("Candidate", cleaned(unescaped(entities(line[2:]))))


def _dialogue(lines: Sequence[str]) -> list[Spoken]:
    pieces = [_stamped(line) for line in lines]
    known = speakers([split(piece.text)[0] for piece in pieces if piece.text and not piece.speaker])
    gathered: Iterable[_Piece] = _gathered([_named(piece, known) for piece in pieces])
    if any(piece.speaker for piece in gathered):
        gathered = dropwhile(lambda piece: not piece.begins, gathered)
    return [said for piece in gathered if (said := _said(piece)).text]


def _stamped(line: str) -> _Piece:
    """Return `line` with the time in it, and the name next to that."""
    if _NO_TALK.match(line):
        return _Piece("")
    line = _EMPHASIS.sub("", line[_length(_BULLET.match(line)) :].strip())
    if found := _BEFORE.match(line):
        at, till = found[1] or found[3], found[2] or found[4]
        return _Piece(line[found.end() :], "", *_span(at, till))
    if (found := _BEHIND.match(line)) and (name := _name(found)):
        return _Piece(found["rest"].lstrip(": \t"), name, *_span(found[4], found[5]))
    return _Piece(line)


def _length(found: re.Match[str] | None) -> int:
    return found.end() if found else 0


def _span(at: str, till: str | None) -> tuple[float | None, float | None]:
    return ordered(seconds(at), seconds(till) if till else None)


def _name(found: re.Match[str]) -> str:
    """Return the name that a time was `found` behind, unless that is a time in a sentence."""
    name = found["name"].strip("[]():, ")
    apart = found["open"] or not found["rest"].strip(": ") or re.search(r"\s\s|\t|\|", found["gap"])
    return name if apart and (is_known(name) or is_name(name)) else ""


def _named(piece: _Piece, known: frozenset[str]) -> _Piece:
    """Return `piece` with the label that its text begins with, if that is `known`."""
    label, rest = split(piece.text)
    if piece.speaker:
        return piece
    if label in known:
        return replace(piece, speaker=label, text=rest)
    is_label = LONG_ENOUGH < len(piece.text) <= LONGEST_ALONE and len(piece.text.split()) <= 2
    if is_label and side(piece.text) in ("interviewer", "candidate"):
        return replace(piece, speaker=piece.text, text="")
    return piece


def _gathered(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Return `pieces`, each with the lines below that go on with it; a gap begins a paragraph."""
    found = [_Piece("")]
    gap = False
    for piece in pieces:
        last = found[-1]
        if piece.begins:
            alone = not (last.speaker or last.text or last.lines)  # a time on a line of its own
            found.append(replace(piece, start=last.start) if alone and piece.start is None else piece)
        elif piece.text and gap and (last.text or last.lines):
            found.append(replace(piece, speaker=last.speaker))
        elif piece.text:
            last.lines.append(piece.text)
        gap = not piece.text and not piece.begins
    return found


def _said(piece: _Piece) -> Spoken:
    text = cleaned(unescaped(" ".join([piece.text, *piece.lines])))
    return Spoken(cleaned(piece.speaker), text, piece.start, piece.end)
