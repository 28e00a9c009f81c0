"""How an answer was paced, as lines for people: ranges beside the figures, and no verdict."""

from collections import Counter
from collections.abc import Iterator

from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.scoring.checks import STORY
from vivavoce.transcripts.scoring.threads import Thread
from vivavoce.transcripts.talk.answers import Answer
from vivavoce.transcripts.talk.fillers import discourse
from vivavoce.transcripts.talk.pacing import TYPICAL_RESPONSE_GAP, Pacing
from vivavoce.transcripts.timestamps import clock


def measures(answer: Answer, typical: tuple[float, float]) -> Iterator[str]:
    """Yield how an answer was paced, a line for each thing; `typical` are words a minute."""
    pacing, gap = answer.pacing, answer.response_gap
    if gap is not None:
        yield _gap(gap)
    if not answer.words:
        return
    yield f"{clock(pacing.duration)} long, from [{clock(answer.start)}]."
    if answer.why_not_judged:
        return
    low, high = typical
    if pacing.speech_rate_wpm is not None:
        rate = f"{pacing.speech_rate_wpm:.0f} words a minute, pauses included"
        yield f"{rate} (typical: {low:.0f} to {high:.0f})."
    times = ", ".join(f"{filler.text} [{clock(filler.at)}]" for filler in answer.fillers)
    if not answer.captioned:
        yield _pauses(pacing)
    if times or not answer.captioned:
        yield f"Fillers: at least {len(answer.fillers)} ({times})." if times else "Fillers: none were heard."
    soft = Counter(one.text for one in discourse(answer.words))
    if soft:
        said = ", ".join(f"“{text}” {number}" for text, number in soft.most_common())
        yield f"Said without need: {said}."


def times(thread: Thread) -> Iterator[str]:
    """Yield how long the parts of a story took."""
    if thread.assessment.kind != STORY or thread.assessment.scores is None or not thread.seconds:
        return
    took = ", ".join(f"{label} {seconds:.0f} s" for label, seconds in thread.seconds.items())
    first = "" if thread.to_action is None else f" The first step came after {thread.to_action:.0f} s."
    yield f"{took[:1].upper()}{took[1:]}.{first}"


def _pauses(pacing: Pacing) -> str:
    many, long = len(pacing.pauses), len(pacing.long_pauses)
    lasted = f", {long} of a second or more" if long else ", none as long as a second" if many else ""
    return f"{many or 'No'} pause{'' if many == 1 else 's'}{lasted}.{_longest(pacing)}"


def _longest(pacing: Pacing) -> str:
    pause = max(pacing.long_pauses, key=lambda pause: pause.length, default=None)
    if pause is None:
        return ""
    return (
        f" The longest: {pause.length:.1f} s after “{' '.join(pause.after.split())}” [{clock(pause.start)}]."
    )


def _gap(gap: Seconds) -> str:
    low, high = TYPICAL_RESPONSE_GAP
    if gap < 0:
        return "You began before the question was over."
    return f"First word after {gap:.1f} s (typical: {low} to {high:.0f} s)."
