"""Cues: phrases that are looked for in what was asked and said; and what is about a system that learns. Pure.

A cue is a phrase: `word*` is any ending, `this|that` either, `_` up to three words between, `#` a number.
"""

import re
from collections.abc import Sequence

_GAP = r"(?:\W++\w++){0,3}?"
_NUMBER = (
    r"(?:\d[\d,.]{0,24}\w*+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    r"fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|"
    r"thousand|million|billion)"
)


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
    return re.escape(text[:-1]) + r"\w*+" if text.endswith("*") else re.escape(text)


def different(pattern: re.Pattern[str], text: str) -> set[str]:
    """Return what `pattern` finds in `text`, each wording once."""
    return {re.sub(r"\W+", " ", match[0].lower()) for match in pattern.finditer(text)}


# A nurse says "train", "feature" and "score" too, but hardly three such words in one story.
LEAST_OF_SYSTEMS = 3
_WHAT_HAPPENED = cue(
    (
        *("tell me|us about", "describe a|one|the time|situation|moment|conflict|mistake|project|challenge"),
        *("a time when|you|that|where", "have you ever", "example of|when", "give me|us an"),
        *("biggest|greatest|proudest|hardest", "most difficult|challenging|stressful"),
        *("how did you handle|react|feel|deal|respond", "what did you do", "how have you"),
    )
)
_SYSTEMS = cue(
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


def asks_what_happened(question: str) -> bool:
    """Return whether `question` asks for something that somebody once did."""
    return _WHAT_HAPPENED.search(question) is not None


def of_systems(question: str, text: str) -> bool:
    """Return whether an answer may be about a system that learns: it is, or no story was asked for."""
    if not asks_what_happened(question):
        return True
    return len(different(_SYSTEMS, f"{question}\n{text}")) >= LEAST_OF_SYSTEMS
