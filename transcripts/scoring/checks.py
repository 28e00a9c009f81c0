"""Content checks: what a good answer to this question has in it, and what a good answer avoids. Pure.

The checks themselves are data (personas/content/checks/*.toml); docs/analysis.md has the format.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from vivavoce.transcripts.scoring.cues import Cues, asks_what_happened, bare, of_systems
from vivavoce.transcripts.scoring.findings import Found, Told
from vivavoce.transcripts.scoring.rubric import GAP, MARK, OBSERVATION, SIGNAL, STRENGTH, Rule
from vivavoce.transcripts.story.episode import tells_a_time

STORY, TOPIC, ANY, NONE = "story", "topic", "any", "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Something to look for. It holds if all that it asks for is there.

    What `needs` and the rest name is a check, or a finding of rubric.RULES.

    Attributes:
        id: the finding's code.
        rule: the kind of finding, what to say, what it costs, which requirements it covers.
        said: cues, of which `least` different ones must be said; None asks for none.
        least: see `said`, `order` and `among`.
        near: cues of which one must stand in the same sentence as one of `said`, or in the next; not in the
            next where `within` is 1.
        without: cues that, in the same sentence, make it mean something else.
        needs: checks that must hold too.
        unless: checks of which none may hold.
        before: checks that must not hold at an earlier place.
        order: checks of which `least` must hold, each no earlier than the ones before it.
        among: checks of which `least` must hold in sentences that follow one another, `within` of them.
        within: see `among`, and `said`; 0 for the whole answer.
        written: whether it holds too where the candidate begins to write.
    """

    id: str
    rule: Rule
    said: Cues | None = None
    least: int = 1
    near: Cues | None = None
    without: Cues | None = None
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    within: int = 0
    written: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """A step of a round with a plan; `code` is the finding that shows it, "" for any that covers the same."""

    id: str
    name: str  # completes "You spoke about ..."
    covers: tuple[str, ...]
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """Checks that belong together, and the questions and answers that they are for.

    Attributes:
        id: a name.
        asked: cues, of which the question must have one; None is for every question.
        not_asked: cues of which the question must have none.
        about: cues of which the answer must have `least` different ones; None asks for none.
        heard: cues of which `least` different ones, in any other question and its answer together, are enough
            for what is good in it to be looked for.
        least: see `about` and `heard`.
        answer: the kind of answer that is asked for: STORY, which has its parts too, TOPIC, ANY, or
            NONE, where nothing in it can be judged.
        checks: in the order in which they are looked for.
        scored: whether an answer to a topic can be scored by them.
        systems: whether they are about systems that learn: in ANY answer, and in one to a question for what
            somebody once did, they fit only where it is about one; of what was done they miss nothing.
        general: whether they are for how somebody works: where what was once done is told, it is a story.
        steps: of the round's plan, in its order.
    """

    id: str
    asked: Cues | None = None
    not_asked: Cues | None = None
    about: Cues | None = None
    heard: Cues | None = None
    least: int = 1
    answer: str = STORY
    checks: tuple[Check, ...] = field(default_factory=tuple)
    scored: bool = True
    systems: bool = False
    general: bool = False
    steps: tuple[PlannedStep, ...] = ()

    def fit(self, question: str, text: str) -> bool:
        """Return whether they are for this question and this answer."""
        if self.asked and not self.asked.said(question):
            return False
        if self.not_asked and self.not_asked.said(question):
            return False
        if self.general and (not text.strip() or tells_a_time(text)):
            return False
        anywhere = self.answer == ANY or asks_what_happened(question)
        if self.systems and anywhere and not of_systems(question, text):
            return False
        return self.about is None or len(self.about.wordings(text)) >= self.least

    def hears(self, question: str, text: str) -> bool:
        """Return whether this question and its answer are about their matter all the same."""
        if self.heard is None or (self.not_asked and self.not_asked.said(question)):
            return False
        return len(self.heard.wordings(f"{question}\n{text}")) >= self.least

    def praise(self) -> "Checks":
        """Return those that say what is good, for any answer."""
        kept = tuple(one for one in self.checks if one.rule.kind in (MARK, SIGNAL, STRENGTH))
        return replace(self, answer=ANY, checks=kept)

    def in_a_story(self) -> "Checks":
        """Return those that hear a signal, where one sentence has all of it: no story draws a system."""
        kept = tuple(one for one in self.checks if one.rule.kind in (MARK, SIGNAL))
        return replace(self, answer=ANY, checks=tuple(replace(one, within=1) for one in kept))


def fitting(sets: Sequence[Checks], question: str, text: str) -> list[Checks]:
    """Return those of `sets` that fit; for stories and for work in general where no other topic does."""
    text = plain(text)
    found: list[Checks] = []
    heard: list[Checks] = []
    for one in sets:
        if one.fit(question, text):
            found.append(one.in_a_story() if one.systems and asks_what_happened(question) else one)
        elif one.hears(question, text):
            heard.append(one.praise())
    if any(one.answer in (TOPIC, NONE) and not one.general for one in found):
        found = [one for one in found if not one.general]
    no_story = any(one.answer in (TOPIC, NONE) for one in found)
    return [one for one in found if not (no_story and one.answer == STORY)] + heard


def checked(
    sets: Sequence[Checks], told: Told, writing: int | None = None, known: Sequence[Found] = ()
) -> Iterator[Found]:
    """Yield a finding for each check of `sets` that holds for what was `told`.

    What leads away from a story is left out, unless the set is for any answer and has an `about` that fits: a
    plan goes from one thing to the next, and each is as far from the rest as an aside.
    What is only observed is left out where a gap already says it of the same requirements.

    Args:
        sets: those that fit.
        told: the answer.
        writing: in which sentence the candidate began to write; None if nothing was written.
        known: what else was found in it, for checks that name it.
    """
    kept = [(one.start, one.end) for one in told.story.sentences]
    found: list[tuple[Check, tuple[int, int]]] = []
    for one in sets:
        if told.off_topic and one.answer == ANY and one.about:
            spans = sorted([*kept, *told.off_topic])
            places = held(one.checks, told.text, spans, None, known)  # writing is known for what was kept
        else:
            spans = kept
            places = held(one.checks, told.text, spans, writing, known)
        found += [(check, spans[places[check.id]]) for check in one.checks if check.id in places]
    gaps = {name for check, _ in found if check.rule.kind == GAP for name in check.rule.covers}
    for check, span in found:
        said_by_a_gap = check.rule.kind == OBSERVATION and gaps.issuperset(check.rule.covers or ("",))
        if check.rule.kind != MARK and not said_by_a_gap:
            yield Found(check.id, *span)


def held(
    checks: Sequence[Check],
    text: str,
    spans: Sequence[tuple[int, int]],
    writing: int | None = None,
    known: Sequence[Found] = (),
) -> Mapping[str, int]:
    """Return in which of the sentences `spans` of `text` each of `checks` and `known` holds, if it does."""
    return _Reading(text, spans, writing, known).places(checks)


def rules(sets: Sequence[Checks]) -> Mapping[str, Rule]:
    """Return the rule of each check of `sets`."""
    return {check.id: check.rule for one in sets for check in one.checks}


def plain(text: str) -> str:
    """Return `text`, as long as before, with the apostrophe that cues have."""
    return text.replace("\u2019", "'")


@lru_cache(maxsize=256)  # an answer is gone through more than once, and there are fewer checks for one
def _spans(cues: Cues, text: str) -> tuple[tuple[int, int], ...]:
    return cues.spans(text)


class _Reading:
    """An answer being gone through: at which of its sentences each check was found to hold."""

    def __init__(
        self, text: str, spans: Sequence[tuple[int, int]], writing: int | None, known: Sequence[Found]
    ) -> None:
        self._writing = writing
        self._text = plain(text)
        self._spans = spans
        self._starts = [start for start, _ in spans]
        self._place = {one.code: max(0, bisect_right(self._starts, one.start) - 1) for one in known}
        self._places: dict[str, set[int]] = {}  # all of them, of the checks that have cues
        self._fits: dict[tuple[str, int], bool] = {}

    def places(self, checks: Sequence[Check]) -> Mapping[str, int]:
        for check in checks:
            place = self._holds(check)
            if place is not None:
                self._place[check.id] = place
        return self._place

    def _holds(self, check: Check) -> int | None:
        """Return the number of the sentence that shows that `check` holds; None if it does not."""
        if any(one not in self._place for one in check.needs) or any(x in self._place for x in check.unless):
            return None
        place = self._said(check)
        if place is None or any(self._place.get(one, place + 1) <= place for one in check.before):
            return None
        if check.order:
            return self._in_order(check)
        return self._together(check) if check.among else place

    def _said(self, check: Check) -> int | None:
        """Return where the first of the cues is; without cues, where what it needs is, or the beginning."""
        if check.said is None:
            return self._place[check.needs[-1]] if check.needs else 0
        found = defaultdict[str, set[int]](set)
        for start, end in _spans(check.said, self._text):
            place = bisect_right(self._starts, start) - 1
            if self._counts(check, place, end):
                found[bare(self._text[start:end])].add(place)
                self._places.setdefault(check.id, set()).add(place)
        if check.written and self._writing is not None:
            found["written"].add(self._writing)
        return self._close(check, list(found.values()))

    def _counts(self, check: Check, place: int, end: int) -> bool:
        if place < 0 or end > self._spans[place][1] + 1:  # in what was left out
            return False
        if (check.id, place) not in self._fits:  # a sentence may have thousands of cues
            self._fits[check.id, place] = self._fit(check, place)
        return self._fits[check.id, place]

    def _fit(self, check: Check, place: int) -> bool:
        said = self._sentence(place)
        if check.without and check.without.said(said):
            return False
        beside = "" if check.within == 1 else " " + self._sentence(place + 1)
        return check.near is None or check.near.said(said + beside)

    def _sentence(self, place: int) -> str:
        return self._text[slice(*self._spans[place])] if place < len(self._spans) else ""

    def _in_order(self, check: Check) -> int | None:
        """Return where the first of `order` is, if `least` of them come one after the other."""
        places = [self._place[one] for one in check.order if one in self._place]
        best = [1] * len(places)
        for index, place in enumerate(places):
            best[index] += max((best[i] for i in range(index) if places[i] <= place), default=0)
        return min(places) if max(best, default=0) >= check.least else None

    def _together(self, check: Check) -> int | None:
        """Return which sentence shows most of `among`, where `least` of them are close enough together."""
        where = [self._places.get(one, {self._place[one]}) for one in check.among if one in self._place]
        first = self._close(check, where)
        if first is None:
            return None
        shows = Counter(place for places in where for place in places)
        return max(self._window(check, first), key=lambda place: (shows[place], -place))

    def _close(self, check: Check, where: Sequence[set[int]]) -> int | None:
        """Return the first sentence from which on `least` of those at `where` are close enough together."""
        if len(where) < check.least:
            return None
        starts = sorted({place for places in where for place in places})
        near = ((start, self._window(check, start)) for start in starts)
        return next(
            (start for start, x in near if sum(not one.isdisjoint(x) for one in where) >= check.least), None
        )

    def _window(self, check: Check, start: int) -> range:
        return range(start, start + (check.within or len(self._spans)))
