"""Answers: each question with all that was said to it, measured."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vivavoce.transcripts.events import Event, PadChanged, Seconds, Word
from vivavoce.transcripts.talk.fillers import Filler, fillers, is_filler
from vivavoce.transcripts.talk.lines import ENCOURAGE, REPROMPT
from vivavoce.transcripts.talk.pacing import FEWEST_WORDS, Pacing, pacing
from vivavoce.transcripts.talk.turns import Turn
from vivavoce.transcripts.words import Span, not_understood, speech

MOST_MISSED = Seconds(6.0)  # of an answer: what it lacks may have been said there
LEAST_PROBABILITY = 0.6  # mean over the words; below it a transcript is more guess than record


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question and the candidate's answer, which encouragement may have split into several turns."""

    question: Turn
    turns: tuple[Turn, ...]
    words: tuple[Word, ...]
    response_gap: Seconds | None  # end of question to first word that is no filler; below 0: spoke over it
    pacing: Pacing
    fillers: tuple[Filler, ...]
    missed: Seconds = Seconds(0.0)  # of speech in it that was not understood
    wrote_at: Seconds | None = None  # when something was first written to the pad
    captioned: bool = (
        False  # the times are those of captions, which show no pauses and leave most fillers out
    )

    @property
    def text(self) -> str:
        """What was said, empty if nothing was."""
        return " ".join(turn.text for turn in self.turns)

    @property
    def start(self) -> Seconds:
        """When the answer began; the end of the question if there was none."""
        return self.turns[0].start if self.turns else self.question.end

    @property
    def timed(self) -> bool:
        """Whether it is known when it was said."""
        return self.question.timed

    @property
    def interrupted(self) -> bool:
        """Whether the interviewer cut in."""
        return any(turn.interrupted for turn in self.turns)

    @property
    def complete(self) -> bool:
        """Whether it ended of itself, and not with a cut-in or the session."""
        return bool(self.turns) and self.turns[-1].complete

    @property
    def resumed(self) -> int:
        """How often a pause was taken for the end."""
        return sum(turn.resumed for turn in self.turns)

    @property
    def why_not_judged(self) -> str:
        """Why nothing may be concluded from it; empty if there is enough to judge."""
        return too_much_missed(self.missed) or why_not_judged(self.words)


def answers(events: Sequence[Event], turns: Sequence[Turn]) -> list[Answer]:
    """Return the questions of a session in order, each with its answer.

    A line that was followed by another without a word in between is no question of its own,
    unless the interviewer had asked it again.
    """
    spoken = speech(events)
    groups: list[list[Turn]] = []
    for turn in turns:
        if turn.speaker == "interviewer" and turn.move not in (ENCOURAGE, REPROMPT):
            groups.append([turn])
        elif groups:
            groups[-1].append(turn)
    wrote = [event.at for event in events if isinstance(event, PadChanged)]
    found = [
        _answer(group, spoken, wrote) for group in groups if any(turn.move != ENCOURAGE for turn in group[1:])
    ]
    ends = [*(one.question.start for one in found[1:]), Seconds(float("inf"))]
    times = zip(found, ends, strict=False)  # without an answer there is one end too many
    return [
        replace(one, missed=_missed(events, one.question.start, end), wrote_at=_first(wrote, one, end))
        for one, end in times
    ]


def _first(wrote: Sequence[Seconds], one: Answer, end: Seconds) -> Seconds | None:
    return next((at for at in wrote if one.question.start <= at < end), None)


def _missed(events: Sequence[Event], start: Seconds, end: Seconds) -> Seconds:
    lost = [event for event in not_understood(events) if start <= event.started_at < end]
    return Seconds(sum(event.ended_at - event.started_at for event in lost))


def mean_probability(words: Sequence[Word]) -> float | None:
    """Return how sure the recogniser was on average; None without words."""
    return sum(word.probability for word in words) / len(words) if words else None


def why_not_judged(words: Sequence[Word]) -> str:
    """Return why `words` are not enough to judge; empty if they are."""
    if len(words) < FEWEST_WORDS:
        return f"only {len(words)} words were heard" if words else "no words were heard"
    if (mean_probability(words) or 0.0) < LEAST_PROBABILITY:
        return "the words were too unclear to be sure of them"
    return ""


def too_much_missed(missed: Seconds) -> str:
    """Return why an answer cannot be judged of which so much speech was not understood; empty if it can."""
    return f"{missed:.0f} s of it were not understood" if missed >= MOST_MISSED else ""


def _answer(group: Sequence[Turn], spoken: Sequence[Span], wrote: Sequence[Seconds]) -> Answer:
    question, said = group[0], tuple(turn for turn in group if turn.speaker == "candidate")
    words = tuple(word for turn in said for word in turn.words)
    onset = next((word.start for word in words if not is_filler(word)), None)
    return Answer(
        question=question,
        turns=said,
        words=words,
        response_gap=None if onset is None else Seconds(onset - question.end),
        pacing=pacing(words, spoken, wrote),
        fillers=tuple(fillers(words)),
    )
