"""One answer, judged: its parts, its scores, and the words that each rests on; or why it is not judged."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.scoring import rubric
from vivavoce.transcripts.scoring.checks import NONE, STORY, TOPIC, Checks, fitting
from vivavoce.transcripts.scoring.reading import Heard, Read, judged
from vivavoce.transcripts.scoring.steps import Step, steps
from vivavoce.transcripts.story.english import looks_english
from vivavoce.transcripts.story.parts import Embedding, Sentence, Story, Weights
from vivavoce.transcripts.story.presence import TOLD
from vivavoce.transcripts.story.sentences import sentences
from vivavoce.transcripts.story.star import CUES, Part
from vivavoce.transcripts.talk.pacing import FEWEST_WORDS

OTHER = "other"
NO_STORY = "no story was asked for"
NO_RUBRIC = "what it has is listed, and no score is given to such a question"
NOTHING_LISTED = "no score is given to such a question"  # of whose answer there is nothing to list
UNSCORED = (NO_STORY, NO_RUBRIC, NOTHING_LISTED)  # for what was asked, and not for how it was answered
LONGEST = 60_000  # characters: an hour of talk
MOST_NONSENSE = 0.4  # of the words
PRESENT = {"situation": "context"} | {part: part for part in ("task", "action", "result", "lesson")}

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_NONSENSE = re.compile(
    r"(?:[^aeiouy\u00c0-\u024f]{3,}|.*(?:[^aeiouy\W\d_]{6}|(.)\1\1).*|.{25,})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reader:
    """What answers are read with.

    Attributes:
        embedding: MiniLM; without it, words alone are read.
        checks: sets of content checks, of which those are made that fit the question.
        points: what a good answer to a question has that is known, as such sets.
        stored: what was found in an answer before, by its text; it is not read again.
        weights: instead of those that are shipped.
    """

    embedding: Embedding | None = None
    checks: tuple[Checks, ...] = ()
    points: Callable[[str], tuple[Checks, ...]] = lambda _: ()
    stored: Mapping[str, "Assessment"] = field(default_factory=dict)
    weights: Weights | None = None


PLAIN = Reader()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something found in an answer; `text[start:end]` shows it."""

    code: str
    kind: str
    message: str
    start: int
    end: int
    at: Seconds | None
    costs: Mapping[str, int] = field(default_factory=dict)
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of whole sentences with one label."""

    label: str
    start: int
    end: int
    confidence: float
    at: Seconds | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What is known of one answer; `scores` is None where `why_not` says why it is not judged.

    `kind` is checks.STORY, or checks.TOPIC where the question asks for no story.
    """

    text: str
    kind: str = STORY
    segments: tuple[Segment, ...]
    present: dict[str, bool]
    quantified: bool
    scores: dict[str, int] | None
    findings: tuple[Finding, ...]
    why_not: str = ""
    steps: tuple[Step, ...] = ()  # in the order in which they were heard, and then those that were not

    def quote(self, one: Finding | Segment) -> str:
        """Return the words of `one`."""
        return self.text[one.start : one.end]


def assess(
    text: str,
    question: str = "",
    reader: Reader = PLAIN,
    times: Sequence[tuple[int, Seconds]] = (),
    pauses: Sequence[int] = (),
    why_not: str = "",
    wrote_at: Seconds | None = None,
) -> Assessment:
    """Return what can be said of one answer.

    Args:
        text: the answer, typed or recognised.
        question: what was asked; empty if unknown.
        reader: what it is read with.
        times: for spoken answers, the offset of each word in `text`, and when it was said.
        pauses: the offsets before which the speaker paused.
        why_not: why it cannot be judged, if that is known already.
        wrote_at: when something was first written to the pad, if it was.
    """
    if text in reader.stored:
        return reader.stored[text] if times else _untimed(reader.stored[text])
    why_not = why_not or why_not_judged(text)
    spans = _spans(text, pauses)
    if not spans:
        return _unread(text, why_not)
    texts = [text[start:end].strip() for start, end in spans]
    vectors = None if reader.embedding is None else reader.embedding.vectors([*texts, question])
    asked = None if vectors is None or not question.strip() else vectors[-1]
    sets = fitting((*reader.checks, *reader.points(question)), question, text)
    why_not = why_not or (NO_STORY if any(one.answer == NONE for one in sets) else "")
    heard = Heard(
        text=text,
        question=question,
        spans=spans,
        texts=texts,
        vectors=None if vectors is None else vectors[:-1],
        asked=asked,
        sets=sets,
        weights=reader.weights,
        times=times,
        wrote_at=wrote_at,
    )
    found = judged(heard)
    told, story = found.told, found.told.story
    moment, starts = dict(times), sorted(start for start, _ in times)
    return Assessment(
        text=text,
        kind=STORY if heard.story_asked else TOPIC,
        segments=_segments(spans, story, moment, starts),
        present={label: told.presence[part] == TOLD for label, part in PRESENT.items()},
        quantified=any(CUES[Part.NUMBER].search(told.said(one)) for one in told.part("result")),
        scores=None if why_not or heard.unscored else dict(found.scores),
        findings=() if why_not else tuple(_findings(found, heard.rules, moment, starts)),
        why_not=why_not or _unscored(heard, found),
        steps=() if why_not else steps(sets, found.found, lambda offset: _when(offset, moment, starts)),
    )


def _unscored(heard: Heard, found: Read) -> str:
    """Return why there is no score; empty where there is one."""
    return "" if not heard.unscored else NO_RUBRIC if found.found else NOTHING_LISTED


def compared(text: str, question: str, pauses: Sequence[int] = ()) -> list[str]:
    """Return what `assess` compares in meaning: the sentences of an answer, and the question."""
    found = [text[start:end].strip() for start, end in _spans(text, pauses)]
    return [*found, question] if found else []


def _spans(text: str, pauses: Sequence[int]) -> list[tuple[int, int]]:
    return sentences(text, pauses) if len(text) <= LONGEST else []


def _untimed(found: Assessment) -> Assessment:
    """Return `found` without the times that an older report may have stored with it."""
    return replace(
        found,
        segments=tuple(replace(one, at=None) for one in found.segments),
        findings=tuple(replace(one, at=None) for one in found.findings),
    )


def why_not_judged(text: str) -> str:
    """Return why nothing may be concluded from `text`; empty if there is enough."""
    if len(text) > LONGEST:
        return f"it is longer than {LONGEST // 1000},000 characters; give one answer at a time"
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return f"only {len(words)} words" if len(words) != 1 else "only one word"
    if not looks_english(text):
        return "it does not seem to be English, the only language that can be judged so far"
    if sum(_NONSENSE.fullmatch(word) is not None for word in words) > MOST_NONSENSE * len(words):
        return "most of it is no words that are known"
    return ""


def _unread(text: str, why_not: str) -> Assessment:
    whole = (Segment(label=OTHER, start=0, end=len(text), confidence=1.0, at=None),) if text else ()
    return Assessment(
        text=text,
        segments=whole,
        present=dict.fromkeys(PRESENT, False),
        quantified=False,
        scores=None,
        findings=(),
        why_not=why_not,
    )


def _segments(
    spans: Sequence[tuple[int, int]],
    story: Story,
    moment: dict[int, Seconds],
    starts: Sequence[int],
) -> tuple[Segment, ...]:
    """Return runs of sentences with one label; what is off topic is OTHER."""
    known = {one.start: one for one in story.sentences}
    rows = [known.get(start, Sentence(start, end, OTHER, 0.9)) for start, end in spans]
    segments = []
    for label, run in groupby(rows, key=lambda one: one.label):
        group = list(run)
        sure = sum(one.confidence for one in group) / len(group)
        start, end = group[0].start, group[-1].end
        at = _when(start, moment, starts)
        segments.append(Segment(label=label, start=start, end=end, confidence=round(sure, 3), at=at))
    return tuple(segments)


def _findings(
    read: Read,
    known: Mapping[str, rubric.Rule],
    moment: dict[int, Seconds],
    starts: Sequence[int],
) -> list[Finding]:
    """Return what was found with what to say, gaps first, those that cost most at the top."""
    ranked = sorted(read.found, key=lambda one: (*_rank(known[one.code]), one.start))
    return [
        Finding(
            code=one.code,
            kind=known[one.code].kind,
            message=known[one.code].message,
            start=one.start,
            end=one.end,
            at=_when(one.start, moment, starts),
            costs=read.cost if one.code == rubric.DOUBTFUL else known[one.code].costs,
            covers=known[one.code].covers,
        )
        for one in ranked
    ]


def _rank(rule: rubric.Rule) -> tuple[int, float]:
    return rubric.KINDS.index(rule.kind), -rule.overall


def _when(offset: int, moment: dict[int, Seconds], starts: Sequence[int]) -> Seconds | None:
    """Return when the first word at or after `offset` was said."""
    return next((moment[start] for start in starts if start >= offset), None)
