"""Threads: a question with its follow-ups, and all that was said to them: one story, judged as one.

Who is asked "and what came of it?" answers with the result alone; that is no answer without a situation.
What the interviewer took for no answer ("I have never done that", "do you mean at work?") is none here,
nor is what the candidate said about the conversation ("can I just finish?", "I have just told you one").
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.scoring.assessment import (
    NO_STORY,
    PLAIN,
    Assessment,
    Finding,
    Reader,
    assess,
    compared,
)
from vivavoce.transcripts.scoring.checks import STORY
from vivavoce.transcripts.story.parts import Known
from vivavoce.transcripts.talk.answers import Answer, too_much_missed, why_not_judged
from vivavoce.transcripts.talk.asides import is_aside

PUT_AGAIN = frozenset({*"repeat restart reassure boundary later explain tell care".split(), "go on"})
FOLLOW_UPS = PUT_AGAIN | {"clarify", "challenge", "redirect"}
CUT_IN = "cut in"
PROBE = "probe("  # how a follow-up's move begins
NONE_ASKED = frozenset({"hand over", "answer", "decline", "hand on", "close"})
PASSED_OVER = frozenset({"reassure", "later", "boundary"})  # lines after what was no answer
ASKED_BACK = "explain"  # after a question about the question: part of a design, and of no story
CLAUSE_PAUSE = Seconds(0.5)  # in talk without full stops, it ends a sentence
FURTHEST = 200  # characters to the next word


@dataclass(frozen=True, slots=True)
class Thread:
    """A question's answer and those to its follow-ups, at least one, and what is made of them together."""

    answers: tuple[Answer, ...]
    assessment: Assessment
    seconds: Mapping[str, Seconds]  # that each part took, pauses included; empty if nobody knows
    to_action: Seconds | None  # of talk before the first step; None if there is none
    told: tuple[Answer, ...]  # those that answer something: the assessment is of these
    opinion: tuple[Finding, ...] = ()  # of a chat model, whose quotes were found; no score heeds it

    @property
    def question(self) -> str:
        """The question that began it."""
        return self.answers[0].question.text

    @property
    def missed(self) -> Seconds:
        """How much speech in it was not understood."""
        return Seconds(sum(answer.missed for answer in self.answers))

    def moment(self, offset: int) -> Seconds | None:
        """Return when the word at or after `offset` in the text was said; None if nobody knows."""
        words = [word for answer in self.told for word in answer.words]
        times = offsets(self.assessment.text, words)
        return next((word.start for start, word in times if start + len(word.text) > offset), None)


def threads(answers: Sequence[Answer], reader: Reader = PLAIN) -> list[Thread]:
    """Return the `answers` of a session by the questions that they belong to, each thread assessed."""
    groups: list[list[Answer]] = []
    for answer in answers:
        move = answer.question.move
        if groups and (move.startswith(PROBE) or move in {*FOLLOW_UPS, CUT_IN}):
            groups[-1].append(answer)
        else:
            groups.append([answer])
    knowing = _knowing(groups, reader)
    return [_thread(group, knowing) for group in groups]


def _knowing(groups: Sequence[Sequence[Answer]], reader: Reader) -> Reader:
    """Return `reader` with what is compared in meaning of all `groups`, computed together."""
    if reader.embedding is None:
        return reader
    texts: list[str] = []
    for group in groups:
        text, _, pauses = _joined(_told(group, PASSED_OVER))
        texts += compared(text, group[0].question.text, pauses) if text not in reader.stored else ()
    return replace(reader, embedding=Known(reader.embedding, texts))


def _thread(group: Sequence[Answer], reader: Reader) -> Thread:
    told = _told(group, PASSED_OVER)
    found = _assessed(group, told, reader)
    of_story = _told(group, {*PASSED_OVER, ASKED_BACK})
    if found.kind == STORY and len(of_story) < len(told):
        told, found = of_story, _assessed(group, of_story, reader)
    times = list(offsets(found.text, [word for answer in told for word in answer.words]))
    shares = dict(_shares(told))
    seconds: dict[str, Seconds] = {}
    to_action = None
    for segment in found.segments:
        if segment.label == "action" and to_action is None:
            to_action = Seconds(sum(seconds.values()))
        said = (shares[id(word)] for offset, word in times if segment.start <= offset < segment.end)
        seconds[segment.label] = Seconds(seconds.get(segment.label, 0.0) + sum(said))
    known = times and not any(turn.text and not turn.timed for answer in told for turn in answer.turns)
    return Thread(tuple(group), found, seconds if known else {}, to_action if known else None, told)


def _told(group: Sequence[Answer], passing: Collection[str]) -> tuple[Answer, ...]:
    """Return the answers of `group` but asides, and those that a line with a `passing` move followed."""
    if group[0].question.move in NONE_ASKED:
        return tuple(group)
    after = [*(answer.question for answer in group[1:]), None]
    return tuple(
        one
        for one, line in zip(group, after, strict=True)
        if not (line and line.move in passing) and not is_aside(one.text, line)
    )


def _shares(group: Sequence[Answer]) -> Iterator[tuple[int, Seconds]]:
    """Yield the identity of each word, and the time until the next one of the same answer begins."""
    for answer in group:
        for word, after in zip_longest(answer.words, answer.words[1:]):
            yield id(word), Seconds(max(0.0, (after.start if after else word.end) - word.start))


def _assessed(group: Sequence[Answer], told: Sequence[Answer], reader: Reader) -> Assessment:
    text, times, pauses = _joined(told)
    return assess(
        text,
        group[0].question.text,
        reader,
        times=[(offset, word.start) for offset, word in times],
        pauses=pauses,
        why_not=_why_not(group, text, [word for answer in told for word in answer.words]),
        wrote_at=next((answer.wrote_at for answer in group if answer.wrote_at is not None), None),
    )


def _joined(told: Sequence[Answer]) -> tuple[str, list[tuple[int, Word]], list[int]]:
    """Return what was said in all of `told`, its words with their offsets, and those behind a pause."""
    text = " ".join(answer.text for answer in told if answer.text)
    times = list(offsets(text, [word for answer in told for word in answer.words]))
    pauses = [
        offset for (_, before), (offset, word) in pairwise(times) if word.start - before.end >= CLAUSE_PAUSE
    ]
    return text, times, pauses


def _why_not(group: Sequence[Answer], text: str, words: Sequence[Word]) -> str:
    if not text.strip():
        return "it was not answered" if any(answer.text for answer in group) else "no words were heard"
    if group[0].question.move in NONE_ASKED:
        return NO_STORY
    missed = too_much_missed(Seconds(sum(answer.missed for answer in group)))
    return missed or (why_not_judged(words) if words else "")


def offsets(text: str, words: Sequence[Word]) -> Iterator[tuple[int, Word]]:
    """Yield `words`, each with its offset in `text`; those not there are left out."""
    place = 0
    for word in words:
        bare = word.text.strip()
        found = text.find(bare, place)
        if bare and 0 <= found <= place + FURTHEST:
            yield found, word
            place = found + len(bare)
