"""An answer read as a whole and without what may not belong to it: what is found, and what it scores. Pure.

What leads away beyond doubt is left out, and said to lead away. Where it is in doubt whether a run belongs
to the story, the answer is read once more without it: no score may be higher than without that run, or talk
about something else would earn one. Where such talk begins and ends is seldom sure, so its first and its last
sentence are left in too, and a second run is looked for beside it: one of what is tried must be that talk.
What stands amid a story and carries it is hardly that: an aside is put into a story that has its own steps.
What was lost so is shown with the words (rubric.DOUBTFUL).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.scoring import rubric
from vivavoce.transcripts.scoring.checks import NONE, TOPIC, Checks, checked, rules
from vivavoce.transcripts.scoring.cues import asks_what_happened
from vivavoce.transcripts.scoring.findings import Found, Told, findings
from vivavoce.transcripts.story.off_topic import off_topic, runs
from vivavoce.transcripts.story.parts import Vectors, Weights, read
from vivavoce.transcripts.story.plain import corrected
from vivavoce.transcripts.story.presence import TOLD
from vivavoce.transcripts.story.sentences import asked_back
from vivavoce.transcripts.talk.pacing import FEWEST_WORDS

DEPTH, DOUBTS = 2, 3  # runs that an answer is read without at once, and that are tried for each
STEADY = 5.0  # log-odds, up to which what most steps are told in belongs to a story that it stands amid
ESSENTIAL = ("action", "result")  # what tells one of them alone is not beyond doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """An answer in sentences, at least one, and what it is judged by.

    Attributes:
        spans: where in `text` each sentence is.
        texts: the sentences.
        vectors: one for each sentence, shape (n, width); None if there is no embedding.
        asked: the question's, shape (width,).
        sets: the content checks that fit.
        weights: instead of those that are shipped.
        times: the offset of each word, and when it was said.
        wrote_at: when something was first written to the pad, if it was.
    """

    text: str
    question: str
    spans: Sequence[tuple[int, int]]
    texts: Sequence[str]
    vectors: Vectors | None
    asked: Vectors | None
    sets: Sequence[Checks]
    weights: Weights | None
    times: Sequence[tuple[int, Seconds]]
    wrote_at: Seconds | None

    @property
    def rules(self) -> Mapping[str, rubric.Rule]:
        """What follows from each finding."""
        return {**rubric.RULES, rubric.DOUBTFUL: rubric.DOUBT, **rules(self.sets)}

    @property
    def story_asked(self) -> bool:
        """Whether the question asks for a story."""
        return all(one.answer not in (TOPIC, NONE) for one in self.sets)

    @property
    def unscored(self) -> bool:
        """Whether nothing is known by which an answer to such a question could be scored."""
        return not self.story_asked and not any(one.scored for one in self.sets if one.answer == TOPIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was found in an answer.

    Attributes:
        found: the findings, in no order.
        scores: of the rubric.
        cost: the points of each dimension that a run may have earned which may not belong to it.
    """

    told: Told
    found: Sequence[Found]
    scores: Mapping[str, int]
    cost: Mapping[str, int]


def judged(heard: Heard) -> Read:
    """Return what is found in an answer, and what it scores."""
    heard = _begun(heard) if heard.story_asked and asks_what_happened(heard.question) else heard
    away = _away(heard) if heard.story_asked else frozenset[int]()
    told = _told(heard, away, said=True)
    found, known = _found(heard, told), heard.rules
    best = rubric.scores(found, rules=known)
    low, doubted = dict(best), Counter[int]()
    for doubt in _doubts(heard, away) if heard.story_asked else ():
        once = rubric.scores(_found(heard, _told(heard, doubt, said=False)), rules=known)
        low = {name: min(score, once[name]) for name, score in low.items()}
        doubted.update(doubt ^ away)
    if low == best:
        return Read(told=told, found=found, scores=best, cost={})
    cost = {name: best[name] - low[name] for name in rubric.DIMENSIONS if low[name] < best[name]}
    shown = min(doubted, key=lambda index: (-doubted[index], index))  # what is surest of it
    at = Found(rubric.DOUBTFUL, *heard.spans[shown])
    return Read(told=told, found=[*found, at], scores=low, cost=cost)


def _begun(heard: Heard) -> Heard:
    """Return the answer without what is asked back before a story begins."""
    first = asked_back(heard.texts)
    vectors = None if heard.vectors is None else heard.vectors[first:]
    return replace(heard, spans=heard.spans[first:], texts=heard.texts[first:], vectors=vectors)


def _away(heard: Heard) -> frozenset[int]:
    """Return which sentences of a story are off topic, and tell no part of it that nothing else tells.

    An answer about a system goes from one thing to the next, and each is as far from the rest as an aside.
    """
    if heard.vectors is None:
        return frozenset()
    away = off_topic(heard.texts, heard.vectors, heard.question)
    if away and _tells(_told(heard, frozenset(), said=False)) - _tells(_told(heard, away, said=False)):
        return frozenset()
    return away


def _tells(told: Told) -> set[str]:
    """Return which of ESSENTIAL are told."""
    return {part for part in ESSENTIAL if told.presence[part] == TOLD}


def _bears(heard: Heard, gone: frozenset[int], doubt: frozenset[int]) -> bool:
    """Return whether `doubt` tells most steps, or one of ESSENTIAL, of what there is without `gone`."""
    whole, rest = (_told(heard, away, said=False) for away in (gone, gone | doubt))
    return bool(_tells(whole) - _tells(rest)) or rest.words("action") < whole.words("action") / 2


def _doubts(heard: Heard, away: frozenset[int]) -> Iterator[frozenset[int]]:
    """Yield what may be off topic, as long as it is a story without that: `away`, less, more, or other.

    What is away may be a part of such talk, for no more than half is left out.
    """
    if heard.vectors is None:
        return
    tried = {away}
    for doubt in chain(
        _shorter(away), _without(heard, away, DEPTH), _without(heard, frozenset(), 1) if away else ()
    ):
        rest = [one for index, one in enumerate(heard.texts) if index not in doubt]
        if doubt not in tried and sum(len(one.split()) for one in rest) >= FEWEST_WORDS:
            tried.add(doubt)
            yield doubt


def _without(heard: Heard, gone: frozenset[int], deep: int) -> Iterator[frozenset[int]]:
    """Yield `gone` with each run of the rest that is in doubt, and with those of what is left then."""
    assert heard.vectors is not None
    left = [index for index in range(len(heard.spans)) if index not in gone]
    many = runs([heard.texts[index] for index in left], heard.vectors[left], heard.question)
    for run in many[:DOUBTS] if deep else ():
        doubt = frozenset(left[run.begin : run.end])
        amid = run.begin > 0 and run.end < len(left)
        if amid and run.unlike < STEADY and _bears(heard, gone, doubt):
            continue
        yield gone | doubt
        yield from (gone | one for one in _shorter(doubt))
        yield from _without(heard, gone | doubt, deep - 1)


def _shorter(run: frozenset[int]) -> Iterator[frozenset[int]]:
    """Yield the sentences `run` without the first, or the last, of a row of them."""
    for one in sorted(run):
        if (one - 1 in run) != (one + 1 in run):
            yield run - {one}


def _told(heard: Heard, away: frozenset[int], *, said: bool) -> Told:
    """Return the answer without the sentences `away`; that they lead away is `said`, or not."""
    texts, spans, vectors = heard.texts, heard.spans, heard.vectors
    kept = [index for index in range(len(spans)) if index not in away]
    own = None if vectors is None else vectors[kept]
    left = [texts[index] for index in kept]
    story = corrected(left, read(left, [spans[index] for index in kept], own, heard.asked, heard.weights))
    like = [] if vectors is None or own is None else vectors @ own.sum(axis=0)
    farthest = sorted(away, key=lambda index: like[index])  # first what is least like the story
    return Told(heard.text, story, tuple(spans[index] for index in farthest) if said else ())


def _found(heard: Heard, told: Told) -> list[Found]:
    by_rule = findings(told, story=heard.story_asked)
    by_check = list(checked(heard.sets, told, _writing(heard, told), by_rule))
    said, known = {one.code for one in by_check}, heard.rules
    found = [*(one for one in by_rule if rubric.CONTRADICTED.get(one.code) not in said), *by_check]
    return [one for one in found if not heard.unscored or known[one.code].kind != rubric.GAP]


def _writing(heard: Heard, told: Told) -> int | None:
    """Return in which sentence the writing began: that of the last word before it, or the first."""
    if heard.wrote_at is None:
        return None
    before = max((offset for offset, at in heard.times if at <= heard.wrote_at), default=0)
    return max((index for index, one in enumerate(told.story.sentences) if one.start <= before), default=0)
