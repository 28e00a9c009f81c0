"""Cues: phrases that checks look for in questions and answers; and what is about a system that learns. Pure.

`word*` is any ending, `wo*rd` at most one letter more, `this|that` either word, `_` up to three words
between, `#` a number. An answer is held against some eighty lists of up to three hundred phrases, of which
few have all their words in it: a phrase is tried only where it begins, if its other words are there too, and
its pattern is made when first tried.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import takewhile

_GAP = r"(?:\W++\w++){0,3}?"
_NUMBER = (
    r"(?:\d[\d,.]{0,24}\w*+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    r"fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|"
    r"thousand|million|billion)"
)
LONGEST = 24  # letters of a beginning; those behind them make no difference
ANYWHERE = ""  # the beginning of words that may begin at any place
SAME = str.maketrans("\u0130\u0131\u017f\u212a", "iisk")  # letters that re.IGNORECASE takes for ASCII's

_RUN = re.compile(r"\w+")
_A_NUMBER = re.compile(_NUMBER, re.IGNORECASE)


@dataclass(frozen=True)
class Cues:
    """Some `phrases` of which any is looked for; without any, nothing is found."""

    phrases: tuple[str, ...]

    def __hash__(self) -> int:
        """Return a number that is quickly known: an answer asks for it a thousand times."""
        return hash((self.phrases[:1], len(self.phrases)))

    def said(self, text: str) -> bool:
        """Return whether any of them is in `text`."""
        return next(self._found(text), None) is not None

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return where in `text` they are, as the pattern of `cue` does, but quicker."""
        return tuple(self._found(text))

    def wordings(self, text: str) -> set[str]:
        """Return what of them is in `text`, each wording once."""
        return {bare(text[start:end]) for start, end in self._found(text)}

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        if ANYWHERE in self._begun:
            yield from (found.span() for found in cue(self.phrases).finditer(text))
            return
        there, end = _places(text), 0
        tried = defaultdict[int, list[re.Pattern[str]]](list)
        begun = self._begun.keys() & there.keys()
        for number in sorted({one for word in begun for one in self._begun[word]}):
            first, *others = _beginnings(self.phrases[number])
            if all(ANYWHERE in each or not there.keys().isdisjoint(each) for each in others):
                for place in {at for one in first & there.keys() for at in there[one]}:
                    tried[place].append(_alone(self.phrases[number]))
        for place in sorted(tried):
            matches = (one.match(text, place) for one in tried[place] if place >= end)
            if found := next(filter(None, matches), None):
                end = found.end()
                yield found.span()

    @cached_property
    def _begun(self) -> Mapping[str, Sequence[int]]:
        """Which of the phrases begin with each beginning, by number."""
        found = defaultdict[str, list[int]](list)
        for number, phrase in enumerate(self.phrases):
            for word in _beginnings(phrase)[0]:
                found[word].append(number)
        return found


@cache
def _alone(phrase: str) -> re.Pattern[str]:
    return cue([phrase])


@cache
def _beginnings(phrase: str) -> Sequence[frozenset[str]]:
    """Return with what each word of a `phrase` may begin, as `_places` has it; the gaps left out."""
    return [frozenset(map(_beginning, word.split("|"))) for word in phrase.split() if word != "_"]


def _beginning(word: str) -> str:
    """Return what a cue's first `word` begins with: a run of letters, with * if more may follow it."""
    if word == "#":
        return word
    found = _RUN.match(word)
    if found is None or not word.isascii():
        return ANYWHERE
    begun = found[0].lower()
    return f"{begun[:LONGEST]}*" if word[found.end() :].startswith("*") else begun


@lru_cache(maxsize=256)  # an answer and its sentences are held against many cues, one after the other
def _places(text: str) -> Mapping[str, Sequence[int]]:
    """Return where in `text` words begin, by each beginning that a cue may have."""
    found = defaultdict[str, list[int]](list)
    for run in _RUN.finditer(text):
        start, word = run.start(), run[0].translate(SAME).lower()
        plain = word if word.isascii() else "".join(takewhile(str.isascii, word))
        if plain == word:
            found[word].append(start)
        for end in range(1, min(len(plain), LONGEST) + 1):
            found[word[:end] + "*"].append(start)
        if _A_NUMBER.match(text, start):
            found["#"].append(start)
    return found


def bare(said: str) -> str:
    """Return the words of `said` without case and marks."""
    return re.sub(r"\W+", " ", said.lower())


def cue(phrases: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of `phrases`."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_phrase, phrases))})(?!\w)", re.IGNORECASE)


def _phrase(text: str) -> str:
    """Return the pattern of one phrase."""
    pattern = ""
    for word in text.split():
        if word == "_":
            pattern += _GAP
            continue
        # Each word is found in one way alone (an atomic group), or a cue could be tried in millions of ways.
        either = "|".join(rf"{_word(one)}(?!\w)" for one in word.split("|"))
        pattern += (r"\W++" if pattern else "") + f"(?>{either})"
    return pattern


def _word(text: str) -> str:
    if text == "#":
        return _NUMBER
    whole = r"\w?".join(map(re.escape, text.removesuffix("*").split("*")))
    return whole + r"\w*+" if text.endswith("*") else whole


# A nurse says "train", "feature" and "score" too, but hardly three such words in one story.
LEAST_OF_SYSTEMS = 3
_WHAT_HAPPENED = Cues(
    (
        *("tell me|us about", "describe a|one|the time|situation|moment|conflict|mistake|project|challenge"),
        *("a time when|you|that|where", "have you ever", "example of|when", "give me|us an"),
        *("biggest|greatest|proudest|hardest", "most difficult|challenging|stressful"),
        *("how did you handle|react|feel|deal|respond", "what did you do", "how have you"),
    )
)
_SYSTEMS = Cues(
    (
        *("model*", "machine learning", "M L", "ML", "A I", "AI", "rank|ranks|ranked|ranking|ranker|rankers"),
        *("reranker*", "recommend|recommends|recommended|recommender*|recommendation*", "predict*"),
        *("classifier*|classification", "embedding*", "feed", "click*", "impression*", "features"),
        *("label|labels|labelled|labeled|labelling|labeling", "retrain*", "trained|train a|the|my|our"),
        *("training data|set|loss|run|pipeline|loop|job*", "inference", "neural", "transformer*"),
        *("boosted|boosting|xgboost", "regression", "feature store|value*|vector*", "a b test*|experiment*"),
        *("ndcg|auc|recall|precision", "retrieval", "candidate generation", "forecast*", "detector*"),
        *("drift*", "cold start", "dataset*", "fraud", "spam", "ads", "logged|logs impressions|clicks"),
        *("two tower", "holdout", "learning rate", "bandit*", "epsilon", "cross encoder*", "big data"),
        *("computer vision", "vision", "segmentation"),
    )
)
# Where no story was asked for, one word of those who make such systems is enough: a nurse says none of them.
_OF_PRODUCTS = Cues(
    (
        *("user*", "member*", "notification*", "app|apps", "search*", "engagement", "metric*", "launch*"),
        *("traffic", "server*", "data", "product*", "system*", "design*", "query|queries", "cache*"),
        *("latency", "advertis*", "auction*", "post|posts|posted", "job|jobs", "item*", "score*", "signal*"),
        *("algorithm*", "session*", "revenue", "retention", "rollout", "experiment*", "offline", "online"),
    )
)


def asks_what_happened(question: str) -> bool:
    """Return whether `question` asks for something that somebody once did."""
    return _WHAT_HAPPENED.said(question)


def of_systems(question: str, text: str) -> bool:
    """Return whether a question and its answer are about a system that learns."""
    both = f"{question}\n{text}"
    if asks_what_happened(question):
        return len(_SYSTEMS.wordings(both)) >= LEAST_OF_SYSTEMS
    return _SYSTEMS.said(both) or _OF_PRODUCTS.said(both)
