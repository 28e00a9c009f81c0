"""Transcripts in Markdown: ours and our reports, and dialogue with bold names, headings or tables."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vivavoce.transcripts.imports.pieces import Spoken, cleaned, unescaped
from vivavoce.transcripts.imports.plain_text import EMPHASIS, beside_time, dialogue, speaks
from vivavoce.transcripts.imports.speaker_labels import MOST_REST, Head, Labels, is_known, speakers
from vivavoce.transcripts.markdown import entities

_LINK = re.compile(r"!?\[([^\[\]]{1,200})\]\([^()\s]{1,500}\)")
_HEADING = re.compile(r"#{1,6}\s+")
_ROW = re.compile(r"\s{0,9}\|([^\n]*)\|\s{0,9}")
_RULE = re.compile(r"[\s|:-]+")
_BOLD = re.compile(r"^\s{0,9}(?:\*\*|__)([^*_:\n]{1,50})(?:\*\*|__)\s{1,9}(?=[^\W\d_])")
_OUR_MARK = re.compile(r"\s\*\((?:interrupted|unfinished|not heard|about [0-9]{1,3}% heard)\)\*$")
_OUR_QUESTION = re.compile(r"## [0-9]{1,4}\. (.+)")
_OUR_TIPS, _OUR_SILENCE = "## To try next", "> Nothing was heard."


def markdown(text: str) -> list[Spoken]:
    """Return what is said in a `text` in Markdown: a report or a transcript of ours, or dialogue.

    Raises:
        ForeignError: it holds subtitles, none of which can be read.
    """
    lines = text.split("\n")
    if _OUR_TIPS in lines and any(_OUR_QUESTION.fullmatch(line) for line in lines):
        return list(_reported(lines))
    names = speakers([beside_time(_heading(line)) for line in lines if _HEADING.match(line)])
    names |= speakers(list(_headed(lines)))
    return dialogue("\n".join(_unmarked(line, names) for line in lines))


def _unmarked(line: str, names: Labels) -> str:
    """Return `line` without the marks of Markdown; a heading stays only if it is a speaker's."""
    line = entities(_OUR_MARK.sub("", line))
    if _HEADING.match(line):
        line = _heading(line)
        timed = beside_time(line)
        if timed.place and speaks(timed.label, names):
            return line
        return f"{line}:" if is_known(line) or ("alone", line) in names else ""
    if row := _ROW.fullmatch(line):
        return (
            ""
            if _RULE.fullmatch(line)
            else "\t".join(EMPHASIS.sub("", cell.strip()) for cell in row[1].split("|"))
        )
    line = _BOLD.sub(r"\1\t", line, count=1)
    return _LINK.sub(r"\1", line) if "](" in line else line


def _headed(lines: Sequence[str]) -> Iterator[Head]:
    """Yield each heading with what stands below it."""
    places = [number for number, line in enumerate(lines) if _HEADING.match(line)]
    for first, last in pairwise([*places, len(lines)]):
        yield Head(_heading(lines[first]), "alone", " ".join(lines[first + 1 : last])[-MOST_REST:].strip())


def _heading(line: str) -> str:
    return line.lstrip("#").strip(" #:*_")


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
