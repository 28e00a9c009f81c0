"""Findings: what an answer has and what it lacks, each with the words that show it. Pure.

Which codes there are, what they cost and what is said of them is in rubric.py; here is when they hold.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from vivavoce.transcripts.scoring.wandering import wanders
from vivavoce.transcripts.story import plain
from vivavoce.transcripts.story import told as read
from vivavoce.transcripts.story.episode import Kind, episode
from vivavoce.transcripts.story.parts import Sentence, Story
from vivavoce.transcripts.story.presence import NOT_HEARD, TOLD, presence
from vivavoce.transcripts.story.star import CUES, Part

FEW_ACTIONS, SOME_ACTIONS = 12, 28  # words
SHORT = 75
LENGTHS = (("shortest", 22), ("shorter", 45), ("short", SHORT))  # words that belong to the story
LONG = 420  # words: two and a half minutes
HEAVY_SETUP = 0.55  # of the words of the story are situation and task
HEAVY_ASIDES = 0.35  # of all words belong to no part of the story
SOFT_RESULT = 25  # words, within which something concrete must be said

_CONCRETE = re.compile(
    r"\d|\b(?:percent|half|halved|doubled|tripled|twice|third|quarter|dozen|hundred|thousand|million|"
    r"zero|none|nobody|"
    r"no one|never|every|all of|on time|early|ahead|under budget|thank\w*|prais\w+|promot\w+|award\w*|"
    r"adopted|rolled|"
    r"hired|renewed|signed|extended|bought|standard|still|since|returned|came back|asked|asks|invited|"
    r"offered|kept|"
    r"passed|won|saved|reopened|accepted|approved|agreed|stopped|launched|shipped|went live|in use|"
    r"apologi[sz]ed|"
    r"granted|graduated|recommended|referred|increas\w+|decreas\w+|reduc\w+|dropped|fell|rose|grew|cut)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|so that|since|in order to|to make sure|rather than|instead of|which (?:meant|showed|"
    r"told)|therefore|"
    r"as (?:i|we|they|it|he|she|this|that|the)|so (?:i|we|they|it|he|she|the|that)|as a result of|"
    r"to (?:see|find|show|"
    r"understand|avoid|keep|let|help|check|prevent|learn|give|get|compare|confirm|decide)|the reason|"
    r"for fear|until|"
    r"knowing|realis\w+|realiz\w+|noticed|turned out|saw that|decided|not|first)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:i|me|my|mine|myself)\b", re.IGNORECASE)
_WE = re.compile(r"\b(?:we|our|us|together)\b", re.IGNORECASE)
_DETAIL = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    r"fifty|hundred|"
    r"thousand|million|percent|half|third|quarter|monday|tuesday|wednesday|thursday|friday|saturday|"
    r"sunday|january|"
    r"february|april|june|july|august|september|october|november|december|christmas|"
    r"(?:morning|evening|night|week|month|quarter|summer|winter|spring|autumn|semester|year)s?)\b|"
    r"(?<=[a-z,] )[A-Z][A-Za-z]+|[\"\u201c]",
)
_HEADINGS = re.compile(
    r"(?:\bthe (situation|task|action|result)s? (?:was|were|is|here)\b|^[^\w\n]*+(situation|task|action|"
    r"result)s?\s*[:,-])",
    re.IGNORECASE | re.MULTILINE,
)
FEW_DETAILS = 2
SHOWING = 4  # words of a sentence that is quoted for what an answer lacks
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
    said, word = told.part("result"), told.presence["result"]
    if word != TOLD:
        last = _worth(told, _others(told, "result") or told.story.sentences)[-1:]
        yield _at("result-missing" if word == NOT_HEARD else "result-unclear", last)
        return
    numbers = [one for one in said if CUES[Part.NUMBER].search(told.said(one))]
    concrete = numbers or [one for one in said if _CONCRETE.search(told.said(one))]
    if said and not concrete and told.words("result") < SOFT_RESULT:
        yield _at("result-soft", said[:1])
    elif said:
        rows = numbers or concrete or said
        came = [one for one in rows if not _step(told.said(one))] or rows
        yield _at("result-measured" if numbers else "result-told", [max(came, key=_length_of)])


def _step(said: str) -> bool:
    """Whether a sentence tells a thing that was done, and nothing that plainly came of it."""
    return bool(plain.steps(said)) and not (plain.outcome(said) or plain.came_of_it(said))


def _action(told: Told) -> Iterator[Found]:
    said, count, word = told.part("action"), told.words("action"), told.presence["action"]
    if word != TOLD:
        yield _at("action-missing" if word == NOT_HEARD else "action-unclear", [_before_the_steps(told)])
        return
    if said:
        short = "thin" if count < FEW_ACTIONS else "short" if count < SOME_ACTIONS else ""
        shows = said[0] if short else max(said, key=_length_of)
        yield _at(f"action-{short or 'told'}", [shows])
    if said and not any(_REASON.search(told.said(one)) for one in said):
        yield _at("reasons-missing", said[:1])
    if said and _told_as_the_teams(told, said):
        yield _at("only-we", said[:1])


def _before_the_steps(told: Told) -> Sentence:
    """Return the sentence after which steps would be looked for: not the first, where there is another."""
    before = _others(told, "action", "result", "lesson")
    return _worth(told, before or _others(told, "action") or told.story.sentences)[-1]


def _told_as_the_teams(told: Told, said: Sequence[Sentence]) -> bool:
    """Whether the steps are those of a "we", and nowhere is it said which of them were one's own."""
    words = " ".join(told.said(one) for one in said)
    alone = _OWN.search(words)
    own = any(plain.own_part(told.said(one)) for one in told.story.sentences)
    return bool(_WE.search(words)) and not alone and not own


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
    elif said:
        yield _at("context-told", said[:1])
    if told.presence["task"] != TOLD:
        setting = told.part("situation") or _others(told, "task") or list(told.story.sentences)
        yield _at("task-unclear", _worth(told, setting)[-1:])
    else:
        asked = [one for one in said if plain.aim(told.said(one)) or CUES[Part.TASK].search(told.said(one))]
        clear = asked or [one for one in told.part("task") if one.confidence >= CLEAR]
        if own := [one for one in clear if _OWN.search(told.said(one))]:
            yield _at("task-told", own[:1])
    if word == TOLD and told.words("situation", "task") > HEAVY_SETUP * max(told.words(*STORY), SHORT):
        yield _at("setup-heavy", said[-1:])


def _specific(told: Told) -> Iterator[Found]:
    sentences = told.story.sentences
    found = episode([told.said(one) for one in sentences])
    at = sentences[found.sentence]
    if found.kind is Kind.GENERALITY:
        yield _at("no-episode", [at])
    details = sum(len(_DETAIL.findall(told.said(one))) for one in told.part(*STORY))
    if details < FEW_DETAILS:
        bare = [one for one in sentences if not _DETAIL.search(told.said(one))]
        yield _at(
            "details-missing",
            ([one for one in bare if one.label == "action"] or _worth(told, bare or sentences))[:1],
        )


def _whole(told: Told) -> Iterator[Found]:
    others = told.part("other")
    if told.words("other") > HEAVY_ASIDES * told.words():
        yield _at("aside-heavy", [max(others, key=_length_of)])
    if told.words() > LONG:
        yield _at("long", told.story.sentences[-1:])
    if (lesson := told.part("lesson")) and told.presence["lesson"] == TOLD:
        yield _at("lesson-told", lesson[:1])
    headings = list(_HEADINGS.finditer(told.text))
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
        yield _at("rambling", [max(told.story.sentences, key=_length_of)])


def _rambles(told: Told) -> bool:
    """Return whether there is much talk, little of it about what was done, and nothing that came of it."""
    away = sum(len(told.text[start:end].split()) for start, end in told.off_topic)
    outcome = told.presence["result"] == TOLD and any(
        _CONCRETE.search(told.said(one)) for one in told.part("result")
    )
    return not outcome and told.words() + away > MUCH and told.words("action") < LITTLE_DONE * told.words()


_LOOKS: tuple[Callable[[Told], Iterator[Found]], ...] = (
    *(_result, _action, _context, _specific, _whole),
    *(_off_topic, _rambling),
)


def _at(code: str, sentences: Sequence[Sentence]) -> Found:
    return Found(code, sentences[0].start, sentences[-1].end)


def _length_of(one: Sentence) -> int:
    return one.end - one.start
