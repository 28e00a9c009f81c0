"""Advice: at most two things to try next, each from a measured fact and with the words it rests on."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.scoring import rubric
from vivavoce.transcripts.scoring.assessment import Assessment, Finding
from vivavoce.transcripts.talk.answers import Answer
from vivavoce.transcripts.talk.fillers import TYPICAL_PER_100_WORDS
from vivavoce.transcripts.talk.interruptions import Interruption

MOST = 2
QUOTED_WORDS = 10
LONG_ANSWER = Seconds(180.0)  # nine live answers in ten are shorter than 165 s
SILENCE = Seconds(5.0)  # shorter ones go unnoticed
SLOW_START = Seconds(6.0)
FEWEST_FILLERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Something to try next; `quote` was said at `at`, word for word; None if nobody knows when."""

    text: str
    quote: str
    at: Seconds | None


def advice(
    answers: Sequence[Answer], assessments: Sequence[Assessment], interruptions: Sequence[Interruption]
) -> list[Advice]:
    """Return up to MOST things to try, the ones that matter most first.

    Only answers with enough to judge count, and only facts whose quote is found in the answer.
    Speed alone is never a reason.
    """
    judged = [answer for answer in answers if not answer.why_not_judged]
    found = (
        *_cut_in(judged, interruptions),
        *_gaps(assessments),
        *_long(judged),
        *_fillers(judged),
        *_silence(judged),
        *_gap(judged),
    )
    return [tip for tip in found if any(tip.quote in answer.text for answer in answers)][:MOST]


def _cut_in(answers: Sequence[Answer], interruptions: Sequence[Interruption]) -> Iterator[Advice]:
    for cut in (one for one in interruptions if one.by == "interviewer"):
        before = [a for a in answers if a.interrupted and a.start <= cut.at]
        if before:
            said = [word for word in before[-1].words if word.start <= cut.at][-QUOTED_WORDS:]
            text = "You were interrupted here. Try saying how it turned out in your first two sentences."
            yield from _tip(f"{text} Then the steps that led there.", said)
            return


def _gaps(assessments: Sequence[Assessment]) -> Iterator[Advice]:
    """Yield the gap that cost most over all answers, and the next one, each where it cost most."""
    found = [(one, of) for of in assessments for one in of.findings if one.kind == rubric.GAP]
    totals: dict[str, float] = {}
    for one, _ in found:
        totals[one.code] = totals.get(one.code, 0.0) + one.weight
    for code in sorted(totals, key=lambda code: -totals[code])[:MOST]:
        one, of = next(pair for pair in found if pair[0].code == code)
        yield Advice(text=one.message, quote=_shortened(of, one), at=one.at)


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
        yield from _tip(text, longest.words[:QUOTED_WORDS])


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


def _tip(text: str, said: Sequence[Word]) -> Iterable[Advice]:
    if said:
        yield Advice(text=text, quote=" ".join(word.text for word in said), at=said[0].start)


def _around(words: Sequence[Word], at: Seconds) -> list[Word]:
    place = next(number for number, word in enumerate(words) if word.start == at)
    return list(words[max(0, place - 3) : place + 4])
