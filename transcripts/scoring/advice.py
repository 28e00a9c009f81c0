"""Advice: at most two things to try next, each from a measured fact and with the words it rests on.

What keeps a story from being one comes first: how it ended, one occasion, what was done. Then the cut-in,
then what costs the most points over all answers, then how it was spoken. Two are never about the same.
Where fewer hold, what went well takes their place.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.scoring import rubric
from vivavoce.transcripts.scoring.assessment import Assessment, Finding
from vivavoce.transcripts.scoring.threads import Thread
from vivavoce.transcripts.talk.answers import Answer
from vivavoce.transcripts.talk.fillers import TYPICAL_PER_100_WORDS
from vivavoce.transcripts.talk.interruptions import Interruption

MOST = 2
QUOTED_WORDS = 10
LONG_ANSWER = Seconds(180.0)  # nine live answers in ten are shorter than 165 s
SILENCE = Seconds(5.0)  # shorter ones go unnoticed
SLOW_START = Seconds(6.0)
FEWEST_FILLERS = 3
FIRST = ("result-missing", "no-episode", "action-missing", "result-unclear", "action-unclear")
OUTCOME, LENGTH = "the outcome", "the length"
ABOUT = {  # what a gap is about, where another one is about it too
    **dict.fromkeys(("result-missing", "result-unclear", "result-soft"), OUTCOME),
    **dict.fromkeys(
        ("action-missing", "action-unclear", "action-thin", "action-short", "action-listed"), "the action"
    ),
    **dict.fromkeys(("shortest", "shorter", "long"), LENGTH),
    **dict.fromkeys(("off-topic", "aside-heavy"), "asides"),
}
WELL = ("result-measured", "result-told", "action-told", "lesson-told", "task-told", "context-told")


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Something to try or to keep; `quote` was said at `at`, word for word; None if nobody knows when."""

    text: str
    quote: str
    at: Seconds | None
    about: str = ""  # of two that are about the same, the second is left out


def advice(
    answers: Sequence[Answer], threads: Sequence[Thread], interruptions: Sequence[Interruption]
) -> list[Advice]:
    """Return up to MOST things to try, the ones that would help most first.

    Only answers with enough to judge count, and only facts whose quote is found in the answer.
    Speed alone is never a reason.
    """
    judged = [answer for answer in answers if not answer.why_not_judged]
    gaps = list(_gaps(threads))
    found = (
        *(tip for code, tip in gaps if code in FIRST),
        *_cut_in(judged, interruptions),
        *(tip for code, tip in gaps if code not in FIRST),
        *_long(judged),
        *_fillers(judged),
        *_silence(judged),
        *_gap(judged),
        *_missed(threads),
    )
    texts = [*(answer.text for answer in answers), *(thread.assessment.text for thread in threads)]
    return _different(tip for tip in found if any(tip.quote in text for text in texts))


def went_well(threads: Sequence[Thread], tips: Sequence[Advice] = ()) -> list[Advice]:
    """Return up to MOST things that went well, what carries most first; not in the words of `tips`."""
    found = [
        (one, thread.assessment)
        for thread in threads
        for one in thread.assessment.findings
        if one.kind == rubric.STRENGTH
    ]
    ranked = sorted(found, key=lambda pair: WELL.index(pair[0].code) if pair[0].code in WELL else len(WELL))
    shown = ((one.code, Advice(text=one.message, quote=_shortened(of, one), at=one.at)) for one, of in ranked)
    taken = {tip.quote for tip in tips}
    return _different(
        replace(tip, about=OUTCOME if code in WELL[:2] else tip.text)
        for code, tip in shown
        if tip.quote not in taken
    )


def _different(found: Iterable[Advice]) -> list[Advice]:
    """Return the first MOST of them that are not about the same."""
    kept: list[Advice] = []
    for tip in found:
        if not tip.about or tip.about not in [one.about for one in kept]:
            kept.append(tip)
    return kept[:MOST]


def _cut_in(answers: Sequence[Answer], interruptions: Sequence[Interruption]) -> Iterator[Advice]:
    for cut in (one for one in interruptions if one.by == "interviewer"):
        before = [a for a in answers if a.interrupted and a.start <= cut.at]
        if before:
            said = [word for word in before[-1].words if word.start <= cut.at][-QUOTED_WORDS:]
            text = "You were interrupted here. Try saying how it turned out in your first two sentences."
            yield from _tip(f"{text} Then the steps that led there.", said, OUTCOME)
            return


def _gaps(threads: Sequence[Thread]) -> Iterator[tuple[str, Advice]]:
    """Yield each gap with its code: those of FIRST in their order, then what costs most over all answers."""
    found = [(one, thread) for thread in threads for one in thread.assessment.findings if _holds(one, thread)]
    costs: dict[str, int] = {}
    for one, _ in found:
        costs[one.code] = costs.get(one.code, 0) + sum(one.costs.values())
    ranked = sorted(
        costs, key=lambda code: (FIRST.index(code) if code in FIRST else len(FIRST), -costs[code])
    )
    for code in ranked:
        having = [pair for pair in found if pair[0].code == code]
        one, thread = having[0]
        alike = [other for other in threads if _judged_as(other, thread.assessment.kind)]
        often = f" It is so in {len(having)} of {len(alike)} answers." if len(having) > 1 else ""
        quote = _shortened(thread.assessment, one)
        yield code, Advice(text=one.message + often, quote=quote, at=one.at, about=ABOUT.get(code, code))


def _holds(one: Finding, thread: Thread) -> bool:
    """Whether a gap can be told of: nothing is said to be missing that may be in what was not understood."""
    says_missing = one.code not in rubric.RULES or one.code.endswith("-missing")
    return one.kind == rubric.GAP and not (says_missing and thread.missed)


def _judged_as(thread: Thread, kind: str) -> bool:
    return thread.assessment.scores is not None and thread.assessment.kind == kind


def _shortened(of: Assessment, one: Finding) -> str:
    """Return the first QUOTED_WORDS of what shows a finding, as they stand in the text."""
    quote = of.quote(one)
    ends = [match.end() for match in re.finditer(r"\S+", quote)]
    return quote[: ends[min(len(ends), QUOTED_WORDS) - 1]].strip() if ends else quote


def _long(answers: Sequence[Answer]) -> Iterator[Advice]:
    longest = max(answers, key=lambda a: a.pacing.duration, default=None)
    if longest and longest.pacing.duration > LONG_ANSWER and not longest.interrupted:
        minutes = longest.pacing.duration / 60
        text = f"This answer took {minutes:.1f} minutes. Try it in two, most of them for what you did."
        yield from _tip(text, longest.words[:QUOTED_WORDS], LENGTH)


def _fillers(answers: Sequence[Answer]) -> Iterator[Advice]:
    most = max(answers, key=lambda a: len(a.fillers), default=None)
    if most and len(most.fillers) >= FEWEST_FILLERS:
        count, words = len(most.fillers), len(most.words)
        if 100 * count / words > TYPICAL_PER_100_WORDS[1]:
            text = f"At least {count} fillers in {words} words here. Try leaving the pause silent."
            yield from _tip(text, _around(most.words, most.fillers[0].at))


def _silence(answers: Sequence[Answer]) -> Iterator[Advice]:
    pauses = [(pause, answer) for answer in answers for pause in answer.pacing.pauses]
    pause, answer = max(pauses, key=lambda pair: pair[0].length, default=(None, None))
    if pause and answer and pause.length > SILENCE:
        text = f"A silence of {pause.length:.0f} s followed. Thinking is fine, and so is saying that you do."
        yield from _tip(text, [word for word in answer.words if word.start < pause.start][-QUOTED_WORDS:])


def _gap(answers: Sequence[Answer]) -> Iterator[Advice]:
    slow = [(answer.response_gap, answer) for answer in answers if answer.response_gap is not None]
    gap, answer = max(slow, key=lambda pair: pair[0], default=(Seconds(0.0), None))
    if answer and gap > SLOW_START:
        text = (
            f"{gap:.0f} s went by before this answer began. “Let me think of a good example” buys that time."
        )
        yield from _tip(text, answer.words[:QUOTED_WORDS])


def _missed(threads: Sequence[Thread]) -> Iterator[Advice]:
    most = max(threads, key=lambda one: one.missed, default=None)
    if most and most.missed:
        text = f"{max(1, round(most.missed))} s of this answer were not understood. Give it once more."
        yield from _tip(text, most.answers[0].words[:QUOTED_WORDS])


def _tip(text: str, said: Sequence[Word], about: str = "") -> Iterable[Advice]:
    if said:
        yield Advice(text=text, quote=" ".join(word.text for word in said), at=said[0].start, about=about)


def _around(words: Sequence[Word], at: Seconds) -> list[Word]:
    place = next(number for number, word in enumerate(words) if word.start == at)
    return list(words[max(0, place - 3) : place + 4])
