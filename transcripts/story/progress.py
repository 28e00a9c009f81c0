"""Does the talk move on? One answer, followed word by word while it is given. Incremental.

What is looked at is the last WINDOW words, clause by clause: how much of it is new, how much of
it is something that was done, measured, decided or came of it, how much is filler or hedge, how much goes
back to the story's own words, and how long ago the result was told; and, where sentences can be compared
in meaning, how near it is to the question and to what was said before (subject.py). It counts per word
and not per second of silence, so that slow speakers and thinking pauses cost nothing. The weights that
make one probability of it are fitted by benchmarks/fit_interruption.py.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.story.progress_words import (
    AGAIN,
    ASIDE,
    COMMON,
    CONTENT,
    FILLER,
    GENERAL,
    HAPPENED,
    OWN,
    PAST,
)
from vivavoce.transcripts.story.star import CUES, Part
from vivavoce.transcripts.story.subject import Likeness, Meaning, Subject, nothing

WINDOW = 24  # words: about 10 s of talk
FEW_NEW = 0.15  # novelty below which talk is stuck
MOST_ON_TOPIC = 0.3  # more belongs to a repetition as well
PIECE = WINDOW // 2  # of many words at once, so that no fact is passed over
OPENING_WORDS = 50  # in which a story names what it is about
CLAUSE_WORDS = 5  # at least; a shorter one belongs to the next
CLAUSE_PAUSE = Seconds(0.25)
FACT_PARTS = (Part.RESULT, Part.NUMBER, Part.TRADE_OFF, Part.LESSON, Part.DECISION, Part.FAILURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What the latest talk is like; shares are of the window's words or clauses, in [0, 1]."""

    novelty: float = 1.0  # words that bring in a content word for the first time
    facts: float = 1.0  # clauses that tell something new
    own: float = 1.0  # clauses in which the candidate, or the team, does something
    happened: float = 1.0  # clauses in which anybody does something
    past: float = 0.12  # words that are verbs in the past tense
    hedged: float = 0.0  # words that are fillers or hedges
    repeating: float = 0.0  # clauses that announce a repetition, capped at 1
    aside: float = 0.0  # clauses that leave the story, capped at 1
    general: float = 0.0  # words of general talk
    on_topic: float = MOST_ON_TOPIC  # content words that belong to the question or the story so far
    stuck: float = 0.0  # how far novelty is below FEW_NEW, in units of it
    after_result: float = 0.0  # how long ago the result was told first, in units of 30 s, at most 2

    def values(self) -> tuple[float, ...]:
        """Return all of them, in order."""
        return astuple(self)


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the signals, and of the likenesses if there are any."""

    bias: float
    signals: tuple[float, ...]
    likeness: tuple[float, ...] = ()


BY_WORDS = Weights(2.42, (-5.34, -0.05, -1.99, 0.37, -6.14, 9.96, 3.74, 2.55, 12.5, -9.84, 3.72, 0.59))
BY_MEANING = Weights(
    5.05,
    (-6.09, -0.67, -1.31, 0.37, -3.7, 7.9, 5.69, 2.11, 6.58, -7.59, 4.64, 0.52),
    (-7.67, -2.47, -3.24, 0.87, 2.33, 9.98),
)


def staleness(signals: Signals, likeness: Likeness | None = None) -> float:
    """Return the log-odds that talk like this brings nothing new."""
    by = BY_WORDS if likeness is None else BY_MEANING
    known = (*by.signals, *by.likeness)
    values = (*signals.values(), *(likeness.values() if likeness else ()))
    return by.bias + sum(weight * value for weight, value in zip(known, values, strict=True))


class Progress:
    """Follows one answer. Final words come once, what is not final as often as it changes."""

    def __init__(self, question: str = "", meaning: Meaning = nothing) -> None:
        """Follow an answer to `question`, by its words and, once that is known, by its `meaning`."""
        self._question, self._meaning = question, meaning
        self._subject: Subject | None = None
        self._topic = set(stems([question]))
        self._words: list[Word] = []
        self._pending: tuple[Word, ...] = ()
        self._first_in: dict[str, int] = {}  # a stem, and the number of the word that brought it in
        self._result_at: Seconds | None = None
        self.fact_at = Seconds(0.0)  # the end of the latest clause that told something new
        self.signals = Signals()

    @property
    def likeness(self) -> Likeness | None:
        """How like the latest talk is to what was asked and said before; None where that is not known."""
        return self._subject.likeness if self._subject else None

    @property
    def latest(self) -> Word | None:
        """The last word heard."""
        return self._pending[-1] if self._pending else self._words[-1] if self._words else None

    @property
    def count(self) -> int:
        """How many words were heard."""
        return len(self._words) + len(self._pending)

    @property
    def said_for(self) -> Seconds:
        """From the first word to the last."""
        first = self._words[0] if self._words else self._pending[0] if self._pending else None
        latest = self.latest
        return Seconds(latest.end - first.start) if first and latest else Seconds(0.0)

    def receive(self, final: Sequence[Word], pending: Sequence[Word]) -> bool:
        """Take words that have become final since the last call, and the present hypothesis of the rest.

        Returns:
            Whether there was anything new to look at.
        """
        pending = tuple(pending)
        if not final and pending == self._pending:
            return False
        for start in range(0, len(final), PIECE):
            self._keep(final[start : start + PIECE])
            self._looked_at()
        self._pending = pending
        self.signals = self._looked_at()
        self._compare()
        return True

    def repeated(self) -> list[str]:
        """Return the content words of the window that had been said before it, most recent first."""
        start = max(0, self.count - WINDOW)
        window = self._window(start)
        latest = {stem: word for word in window for stem in stems([word.text])}
        said = [word for stem, word in latest.items() if self._first_in.get(stem, start) < start]
        return [re.sub(r"[^\w'%-]", "", word.text).lower() for word in reversed(said)]

    def _compare(self) -> None:
        if self._subject is None and self.count >= WINDOW and (embedding := self._meaning()):
            self._subject = Subject(embedding, self._question)
        if self._subject:
            self._subject.receive(self._words, self._pending)

    def _keep(self, final: Sequence[Word]) -> None:
        for word in final:
            for stem in stems([word.text]):
                self._first_in.setdefault(stem, len(self._words))
                if len(self._words) < OPENING_WORDS:
                    self._topic.add(stem)
            self._words.append(word)

    def _window(self, start: int) -> list[Word]:
        return [*self._words[start:], *self._pending][-WINDOW:]

    def _looked_at(self) -> Signals:
        start = max(0, self.count - WINDOW)
        window = self._window(start)
        fresh = self._fresh(window, start)
        found = list(clauses(window))
        told = [self._tells(window[a:b], fresh[a:b]) for a, b in found]
        texts = [_text(window[a:b]) for a, b in found]
        text = _text(window)
        count, many = max(len(window), 1), max(len(found), 1)
        content = stems([text])
        novelty = sum(map(bool, fresh)) / count if self.count >= WINDOW else 1.0
        on_topic = sum(stem in self._topic for stem in content) / max(len(content), 1)
        return Signals(
            novelty=novelty,
            facts=sum(told) / many,
            own=sum(OWN.search(one) is not None for one in texts) / many,
            happened=sum(HAPPENED.search(one) is not None for one in texts) / many,
            past=sum(1 for _ in PAST.finditer(text)) / count,
            hedged=sum(len(m.group().split()) for m in FILLER.finditer(text)) / count,
            repeating=min(1.0, sum(1 for _ in AGAIN.finditer(text)) / 3),
            aside=min(1.0, sum(1 for _ in ASIDE.finditer(text)) / 2),
            general=sum(1 for _ in GENERAL.finditer(text)) / count,
            on_topic=min(MOST_ON_TOPIC, on_topic),
            stuck=max(0.0, 1 - novelty / FEW_NEW),
            after_result=self._after_result(window),
        )

    def _fresh(self, window: Sequence[Word], start: int) -> list[int]:
        """Return, for each word of `window`, how many stems it brings in for the first time."""
        fresh, here = [], set[str]()
        for number, word in enumerate(window, start):
            new = [s for s in stems([word.text]) if self._first_in.get(s, number) >= number and s not in here]
            here.update(new)
            fresh.append(len(new))
        return fresh

    def _tells(self, clause: Sequence[Word], fresh: Sequence[int]) -> bool:
        text, new = _text(clause), sum(fresh)
        partly = any(CUES[part].search(text) for part in FACT_PARTS)
        acts = OWN.search(text) is not None or HAPPENED.search(text) is not None
        tells = new >= 2 and (partly or acts)
        content = stems([text])
        if tells and self._topic.intersection(content):  # the story grows by what is linked to it
            self._topic.update(content)
        if tells and not AGAIN.search(text):
            self.fact_at = max(self.fact_at, clause[-1].end)
        return tells

    def _after_result(self, window: Sequence[Word]) -> float:
        latest = window[-1].end if window else Seconds(0.0)
        if self._result_at is None and CUES[Part.RESULT].search(_text(window)):
            self._result_at = latest
        return 0.0 if self._result_at is None else min(2.0, (latest - self._result_at) / 30)


def clauses(words: Sequence[Word]) -> Iterable[tuple[int, int]]:
    """Yield the clauses of `words` as index ranges: they end in a mark, a pause, or before "and"."""
    begun = 0
    for index, word in enumerate(words):
        last = index + 1 == len(words)
        following = None if last else words[index + 1]
        ends = last or word.text[-1:] in ".?!;,:" or _parts(word, following)
        if ends and (index + 1 - begun >= CLAUSE_WORDS or last):
            yield begun, index + 1
            begun = index + 1


def _parts(word: Word, following: Word | None) -> bool:
    if following is None:
        return True
    joins = following.text.lower().strip(",") in ("and", "so", "but", "because", "then", "which", "when")
    return joins or following.start - word.end >= CLAUSE_PAUSE


def _text(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words).replace("\u2019", "'")


def stems(texts: Iterable[str]) -> list[str]:
    """Return the content words of `texts`, without their endings, in order."""
    found = [m.group().lower().replace("\u2019", "'") for text in texts for m in CONTENT.finditer(text)]
    return [_stem(text) for text in found if text not in COMMON]


def _stem(text: str) -> str:
    return re.sub(r"(?:ings?|ed|es|s|'s)$", "", text) if len(text) > 4 else text
