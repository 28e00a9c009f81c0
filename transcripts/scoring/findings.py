"""Findings: what an answer has and what it lacks, each with the words that show it. Pure.

Which codes there are, what they cost and what is said of them is in rubric.py; here is when they hold.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from vivavoce.transcripts.scoring.finding_words import (
    DETAIL,
    HEADINGS,
    OWN,
    REPORTED,
    WE,
    aside,
    checkable,
    harm,
    learnt,
    not_yet,
    own_charge,
    says_why,
    several,
    step,
)
from vivavoce.transcripts.scoring.wandering import wanders
from vivavoce.transcripts.story import plain
from vivavoce.transcripts.story import told as read
from vivavoce.transcripts.story.episode import Kind, episode, turns
from vivavoce.transcripts.story.parts import Sentence, Story
from vivavoce.transcripts.story.presence import NOT_HEARD, TOLD, presence
from vivavoce.transcripts.story.star import CUES, Part

FEW_ACTIONS, SOME_ACTIONS, PLAIN_ACTIONS = 12, 28, 32  # words; the last where nothing in them is a detail
SHORT = 75
LENGTHS = (("shortest", 22), ("shorter", 45), ("short", SHORT))  # words that belong to the story
LONG = 420  # words: two and a half minutes
HEAVY_SETUP = 0.55  # of the words of the story are situation and task
HEAVY_ASIDES = 0.35  # of all words belong to no part of the story
SOFT_RESULT = 25  # words, within which something concrete must be said

FEW_DETAILS = 2
SHOWING = 4  # words of a sentence that is quoted for what an answer lacks
LIKELY_LESSON = 0.6  # confidence from which a sentence without words for it is praised as what was learnt
CLEAR = 0.9  # confidence from which a sentence is quoted for what it is
MUCH, LITTLE_DONE = 90, 0.25  # words of an answer that rambles, and the most of them that are about actions


@dataclass(frozen=True, slots=True)
class Found:
    """A finding's code, and the offsets of the words that show it."""

    code: str
    start: int
    end: int


@dataclass(frozen=True)
class Told:
    """An answer as it was read: `story` has only what is on topic, at least one sentence.

    What is not comes with the sentence first that is least like the rest.
    """

    text: str
    story: Story
    off_topic: tuple[tuple[int, int], ...] = ()

    def part(self, *labels: str) -> list[Sentence]:
        """Return the sentences with one of `labels`."""
        return [one for one in self.story.sentences if one.label in labels]

    def words(self, *labels: str) -> int:
        """Return how many words the sentences with one of `labels` have; of all without any."""
        return sum(
            len(self.said(one).split()) for one in self.story.sentences if not labels or one.label in labels
        )

    def said(self, one: Sentence) -> str:
        """Return the words of a sentence."""
        return self.text[one.start : one.end]

    def shows_steps(self, one: Sentence) -> tuple[int, int]:
        """Return how well a sentence shows what was done: by its own steps, and then by its length."""
        return plain.steps(self.said(one)), one.end - one.start

    @cached_property
    def presence(self) -> dict[str, str]:
        """How each part stands, TOLD, UNCLEAR or NOT_HEARD: no finding says otherwise."""
        on_topic = "".join(self.said(one) for one in self.story.sentences)
        one_time = episode([self.said(one) for one in self.story.sentences]).kind is Kind.EPISODE
        return presence(self.story, read.told(on_topic), read.told(self.text), one_time=one_time)


STORY = ("situation", "task", "action", "result", "lesson")


def findings(told: Told, *, story: bool = True) -> list[Found]:
    """Return what can be found in an answer, strengths and gaps, in no order.

    Where no `story` was asked for, the answer need not have its parts.
    """
    labels, limits = (STORY, LENGTHS) if story else ((), LENGTHS[:-1])
    looks = _LOOKS if story else (_off_topic, _wandering)
    return [*_length(told, told.words(*labels), limits), *(found for look in looks for found in look(told))]


def _length(told: Told, count: int, limits: Sequence[tuple[str, int]]) -> Iterator[Found]:
    for code, most in limits:
        if count < most:
            yield _at(code, _worth(told, told.story.sentences)[:1])
            return


def _result(told: Told) -> Iterator[Found]:
    word = told.presence["result"]
    said = [one for one in told.part("result") if not not_yet(told.said(one))]
    if word != TOLD:
        after = told.part("action") or _others(told, "result")  # it would be looked for behind the last step
        last = _worth(told, after or told.story.sentences)[-1:]
        yield _at("result-missing" if word == NOT_HEARD else "result-unclear", last)
        return
    concrete = [one for one in said if _number(told, one) or checkable(told.said(one))]
    if said and not concrete and told.words("result") < SOFT_RESULT:
        yield _at("result-soft", [_outcome(told, said)])
    elif ended := _ends(told, said):
        numbers = [one for one in ended if _number(told, one)]
        checked = numbers or [one for one in ended if one in concrete]
        yield _at("result-measured" if numbers else "result-told", [_outcome(told, checked or ended)])


def _number(told: Told, one: Sentence) -> bool:
    return CUES[Part.NUMBER].search(told.said(one)) is not None


def _ends(told: Told, said: Sequence[Sentence]) -> Sequence[Sentence]:
    """Return those of `said` after the first step that are no damage and no step, as far as there are any."""
    steps = [one.start for one in told.story.sentences if one.label == "action" or told.shows_steps(one)[0]]
    after = [
        one for one in said if one.start > min(steps, default=0) or plain.outcome(told.said(one))
    ] or said
    good = [one for one in after if not harm(told.said(one))] or after
    return [one for one in good if not step(told.said(one))] or good


def _outcome(told: Told, said: Sequence[Sentence]) -> Sentence:
    """Return the one of `said` that shows best how it ended: of those that are no mere step the longest."""
    rows = _worth(told, said)
    return max([one for one in rows if not step(told.said(one))] or rows, key=_length_of)


def _action(told: Told) -> Iterator[Found]:
    said, count, word = told.part("action"), told.words("action"), told.presence["action"]
    if word != TOLD:
        yield _at("action-missing" if word == NOT_HEARD else "action-unclear", [_before_the_steps(told)])
        return
    if not said:
        return
    some = SOME_ACTIONS if any(DETAIL.search(told.said(one)) for one in said) else PLAIN_ACTIONS
    doing = _others(told, "lesson")  # a step may be read as something else, and is one all the same
    few = "listed" if several([told.said(one) for one in doing]) else "short"
    short = "thin" if count < FEW_ACTIONS else few if count < some else ""
    teams = _told_as_the_teams(told, said)
    if short or not teams:
        quoted = doing if short == "listed" else said
        yield _at(f"action-{short or 'told'}", [max(quoted, key=told.shows_steps)])
    why = told.part("task", "action", "other")  # as often in the next sentence as in the same
    if not short and not any(says_why(told.said(one)) for one in why):
        yield _at("reasons-missing", said[:1])
    if teams:
        yield _at("only-we", said[:1])


def _before_the_steps(told: Told) -> Sentence:
    """Return the sentence after which steps would be looked for: not the first, where there is another."""
    before = _others(told, "action", "result", "lesson")
    return _worth(told, before or _others(told, "action") or told.story.sentences)[-1]


def _told_as_the_teams(told: Told, said: Sequence[Sentence]) -> bool:
    """Whether the steps are those of a "we", and nowhere is it said which of them were one's own."""
    words = " ".join(told.said(one) for one in said)
    alone = OWN.search(words)
    own = any(plain.own_part(told.said(one)) for one in told.story.sentences)
    return bool(WE.search(words)) and not alone and not own


def _others(told: Told, *labels: str) -> list[Sentence]:
    """Return the sentences that have none of `labels`."""
    return [one for one in told.story.sentences if one.label not in labels]


def _worth(told: Told, sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """Return those of `sentences` that show what is missing: "No." does only where nothing else was said."""
    return [one for one in sentences if len(told.said(one).split()) >= SHOWING] or sentences


def _context(told: Told) -> Iterator[Found]:
    said, word = told.part("situation", "task"), told.presence["context"]
    if word != TOLD:
        first = _worth(told, _others(told, "situation", "task") or told.story.sentences)[:1]
        yield _at("context-missing" if word == NOT_HEARD else "context-unclear", first)
    elif shows := _setting(told, said):
        yield _at("context-told", shows[:1])
    if told.presence["task"] != TOLD:
        setting = told.part("situation") or _others(told, "task") or list(told.story.sentences)
        yield _at("task-unclear", _worth(told, setting)[-1:])
    else:
        asked = [
            one for one in said if plain.charge(told.said(one)) or CUES[Part.TASK].search(told.said(one))
        ]
        sure = [one for one in told.part("task") if one.confidence >= CLEAR]
        clear = asked or [one for one in sure if own_charge(told.said(one))]
        if own := [one for one in clear if OWN.search(told.said(one))]:
            yield _at("task-told", own[:1])
    if word == TOLD and told.words("situation", "task") > HEAVY_SETUP * max(told.words(*STORY), SHORT):
        yield _at("setup-heavy", [_background(told, said)])


def _background(told: Told, said: Sequence[Sentence]) -> Sentence:
    """Return the one of `said` that could go first: of those in which least happens the longest."""
    standing = [one for one in said if not plain.charge(told.said(one))] or said
    return min(standing, key=lambda one: (turns(told.said(one)), one.start - one.end))


def _setting(told: Told, said: Sequence[Sentence]) -> list[Sentence]:
    """Return those of `said` that show where or when it was: praise for a sentence without either is none."""
    begins = [one for one in told.story.sentences[:1] if one.label == "other"]
    placed = [one for one in [*begins, *said] if plain.setting(told.said(one))]
    exact = [one for one in said if DETAIL.search(told.said(one))]
    return placed or exact or [one for one in said if one.label == "situation" and one.confidence >= CLEAR]


def _specific(told: Told) -> Iterator[Found]:
    sentences = told.story.sentences
    found = episode([told.said(one) for one in sentences])
    at = sentences[found.sentence]
    if found.kind is Kind.GENERALITY:
        yield _at("no-episode", [at])
    details = sum(
        len(find.findall(told.said(one))) for one in told.part(*STORY) for find in (DETAIL, REPORTED)
    )
    if details < FEW_DETAILS:
        bare = [one for one in sentences if not DETAIL.search(told.said(one))]
        yield _at(
            "details-missing",
            ([one for one in bare if one.label == "action"] or _worth(told, bare or sentences))[:1],
        )


def _whole(told: Told) -> Iterator[Found]:
    asides = [one for one in told.part("other") if aside(told.said(one))]
    many = [len(told.said(one).split()) for one in asides]
    if asides and max(many) >= SHOWING and sum(many) > HEAVY_ASIDES * told.words():
        yield _at("aside-heavy", [max(asides, key=_length_of)])
    if told.words() > LONG:
        yield _at("long", told.story.sentences[-1:])
    lesson = [one for one in told.part("lesson") if one.confidence >= LIKELY_LESSON or learnt(told.said(one))]
    if lesson and told.presence["lesson"] == TOLD:
        yield _at("lesson-told", lesson[:1])
    headings = list(HEADINGS.finditer(told.text))
    if len({(match[1] or match[2]).lower() for match in headings}) > 2:
        yield Found("headings-recited", headings[0].start(), headings[0].end())


def _off_topic(told: Told) -> Iterator[Found]:
    if told.off_topic:
        yield Found("off-topic", *told.off_topic[0])


def _wandering(told: Told) -> Iterator[Found]:
    """Whatever was asked for."""
    if wanders(told.text):
        yield _at("rambling", [max(told.story.sentences, key=_length_of)])


def _rambling(told: Told) -> Iterator[Found]:
    if wanders(told.text) or _rambles(told):
        yield _at("rambling", [max(_others(told, "result") or told.story.sentences, key=_length_of)])


def _rambles(told: Told) -> bool:
    """Return whether there is much talk, little of it about what was done, and nothing that came of it."""
    away = sum(len(told.text[start:end].split()) for start, end in told.off_topic)
    outcome = told.presence["result"] == TOLD
    return not outcome and told.words() + away > MUCH and told.words("action") < LITTLE_DONE * told.words()


_LOOKS: tuple[Callable[[Told], Iterator[Found]], ...] = (
    *(_result, _action, _context, _specific, _whole),
    *(_off_topic, _rambling),
)


def _at(code: str, sentences: Sequence[Sentence]) -> Found:
    return Found(code, sentences[0].start, sentences[-1].end)


def _length_of(one: Sentence) -> int:
    return one.end - one.start
