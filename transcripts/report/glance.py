"""What a session was made of, at a glance: each part, how long it took, and whether it was told. Pure.

Several stories are taken together. Nothing is said of what was not judged, and nothing is called not heard
where some speech was not understood: it may have been said there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.report.score_lines import unscored
from vivavoce.transcripts.report.step_lines import step_lines
from vivavoce.transcripts.scoring import rubric
from vivavoce.transcripts.scoring.advice import MOST, Advice
from vivavoce.transcripts.scoring.assessment import UNSCORED
from vivavoce.transcripts.scoring.checks import STORY
from vivavoce.transcripts.scoring.threads import Thread
from vivavoce.transcripts.story.parts import LABELS
from vivavoce.transcripts.story.presence import NOT_HEARD, TOLD, UNCLEAR
from vivavoce.transcripts.story.sentences import sentences

WANTED = ("situation", "task", "action", "result")  # what is named where it is not told
SAYS = {  # findings that say of a part that it was not told
    "context-missing": ("situation", NOT_HEARD),
    "context-unclear": ("situation", UNCLEAR),
    "task-unclear": ("task", UNCLEAR),
    "action-missing": ("action", NOT_HEARD),
    "action-unclear": ("action", UNCLEAR),
    "result-missing": ("result", NOT_HEARD),
    "result-unclear": ("result", UNCLEAR),
}
NAMES = {"other": "beside the story"}  # where it would not be understood
A_MINUTE = 60
LONG_QUESTION, SHORT_QUESTION = 120, 40  # characters
ENDS = (".", "?", "!", "\u201d", '"')
NEXT, WELL = "To try next", "What went well"
NOTHING_STANDS_OUT = "Nothing that was measured stands out."

Runs = Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of all stories: how much of it there is, and in how many of them it was told.

    `seconds` is None if they were typed; `word` is TOLD unless there is one story, in which it was not.
    """

    label: str
    seconds: Seconds | None
    words: int
    told: int
    word: str

    @property
    def name(self) -> str:
        """What to call it."""
        return NAMES.get(self.label, self.label)

    @property
    def size(self) -> str:
        """How long it took, or how many words it has; empty if nothing of it was said."""
        if not self.words:
            return ""
        return f"{self.words} words" if self.seconds is None else span(self.seconds)


@dataclass(frozen=True, slots=True)
class Glance:
    """What the stories of a session were made of.

    Attributes:
        parts: in the order of LABELS.
        runs: the parts of a single story in the order of telling, each with its share; else those of all.
        stories: how many there are.
        whole: how long they took together, or how many words they have; and when the first step came.
        lines: what else is to be known of the answers.
    """

    parts: tuple[Share, ...]
    runs: tuple[tuple[str, float], ...]
    stories: int
    whole: str
    lines: tuple[str, ...]


def glance(threads: Sequence[Thread]) -> Glance:
    """Return what `threads` were made of."""
    stories = [one for one in threads if is_story(one)]
    shares = tuple(_shares(stories))
    alone = stories[0] if len(stories) == 1 else None
    sizes = [(one.label, one.words if one.seconds is None else float(one.seconds)) for one in shares]
    order = runs(alone) if alone else sizes
    return Glance(shares, tuple(order), len(stories), _whole(shares, alone), tuple(_lines(threads)))


def is_story(thread: Thread) -> bool:
    """Whether it was judged as a story, which has parts."""
    return thread.assessment.scores is not None and thread.assessment.kind == STORY


def runs(thread: Thread) -> list[tuple[str, float]]:
    """Return the parts of a story in the order of telling, each with the seconds or the words it has."""
    by_label = _words(thread)
    takes: Mapping[str, float] = thread.seconds or by_label
    told = [(one.label, len(thread.assessment.quote(one).split())) for one in thread.assessment.segments]
    return [(label, takes.get(label, 0.0) * words / (by_label[label] or 1)) for label, words in told]


def made_of(found: Glance) -> Iterator[str]:
    """Yield what the stories were made of, and what else is to be known of the answers, a line each."""
    if sized := ", ".join(f"{one.name} {one.size}" for one in found.parts if one.size):
        many = f"{found.stories} stories: " if found.stories > 1 else ""
        yield f"{many}{sized}.".capitalize() + f" {found.whole}"
    for word in (NOT_HEARD, UNCLEAR):
        if names := ", ".join(one.label for one in found.parts if one.word == word):
            yield f"{word.capitalize()}: {names}."
    if found.stories > 1:
        of = found.stories
        counts = (f"{one.label} in {one.told} of {of}" for one in found.parts if one.label in WANTED)
        yield f"Told: {', '.join(counts)}."
    yield from found.lines


def state(thread: Thread, label: str) -> str:
    """Return UNCLEAR or NOT_HEARD if a finding says so of a part, TOLD if none does."""
    codes = {one.code for one in thread.assessment.findings}
    says = [word for code, (part, word) in SAYS.items() if code in codes and part == label]
    if not says:
        return TOLD
    return UNCLEAR if thread.missed else says[0]


def told_parts(present: Mapping[str, bool]) -> list[str]:
    """Return the parts of WANTED that a story tells."""
    return [one for one in WANTED if present.get(one, False)]


def asked(question: str) -> str:
    """Return a question; if it is long, its last sentences that still say what, without the greeting."""
    text = " ".join(question.split()) or "Your answer"
    if len(text) <= LONG_QUESTION:
        return text
    tails = [text[start:].strip() for start, _ in sentences(text)]
    return next((one for one in reversed(tails) if len(one) >= SHORT_QUESTION), text)


def span(seconds: float) -> str:
    """Return a length as people say it: 8 s, 1:05 min."""
    whole = round(seconds)
    return f"{whole} s" if whole < A_MINUTE else f"{whole // A_MINUTE}:{whole % A_MINUTE:02} min"


def quoted(tip: Advice) -> str:
    """Return the words that it rests on, with a mark where more were said."""
    return tip.quote if tip.quote.endswith(ENDS) else f"{tip.quote}\N{NO-BREAK SPACE}…"


def steps(tips: Sequence[Advice], went_well: Sequence[Advice]) -> Iterator[tuple[str, Sequence[Advice]]]:
    """Yield headings with what stands below them: what to try and, where that is little, what went well."""
    yield NEXT, tips
    if well := went_well[: MOST - len(tips)]:
        yield WELL, well


def _shares(stories: Sequence[Thread]) -> Iterator[Share]:
    timed = any(one.seconds for one in stories)
    counts = [_words(one) for one in stories]
    for label in LABELS:
        words = sum(one.get(label, 0) for one in counts)
        told = sum(label in told_parts(one.assessment.present) for one in stories)
        word = state(stories[0], label) if len(stories) == 1 else TOLD
        if words or word != TOLD or (len(stories) > 1 and label in WANTED):
            took = Seconds(sum(one.seconds.get(label, 0.0) for one in stories)) if timed else None
            yield Share(label, took, words, told, word)


def _words(thread: Thread) -> dict[str, int]:
    rows: dict[str, int] = {}
    for one in thread.assessment.segments:
        rows[one.label] = rows.get(one.label, 0) + len(thread.assessment.quote(one).split())
    return rows


def _whole(shares: Sequence[Share], alone: Thread | None) -> str:
    if not shares:
        return ""
    if shares[0].seconds is None:
        return f"{sum(one.words for one in shares)} words in all."
    first = alone.to_action if alone else None
    begun = f"; the first step came after {span(first)}" if first else ""
    return f"{span(sum(one.seconds or 0.0 for one in shares))} in all{begun}."


def _lines(threads: Sequence[Thread]) -> Iterator[str]:
    if not threads:
        yield "Not enough to judge: no words were heard."
    topics = [one for one in threads if one.assessment.scores is not None and not is_story(one)]
    if topics:
        kinds = [found.kind for one in topics for found in one.assessment.findings]
        what = "The question asks" if len(threads) == 1 else f"{_many(len(topics), 'question')} asked"
        heard, gaps = _many(kinds.count(rubric.STRENGTH), "thing"), kinds.count(rubric.GAP)
        took = sum(answer.pacing.duration for one in topics for answer in one.answers)
        within = f", in {span(took)}" if took else ""
        yield f"{what} for no story: {heard} that belong there were heard{within}; {gaps} to work on."
        for one in topics:
            yield from step_lines(one.assessment)
    if unjudged := [one.assessment.why_not for one in threads if one.assessment.scores is None]:
        yield from _unjudged(unjudged, len(threads))
    if missed := sum(one.missed for one in threads):
        yield f"{max(1, round(missed))} s of speech were not understood: what seems missing may be in there."


def _unjudged(reasons: Sequence[str], answers: int) -> Iterator[str]:
    if answers == 1:
        yield unscored(reasons[0])
    elif meant := [why for why in reasons if why not in UNSCORED]:
        why = f": {meant[0]}" if len({*meant}) == 1 else ""
        yield f"{_many(len(meant), 'answer')} could not be judged{why}."


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
