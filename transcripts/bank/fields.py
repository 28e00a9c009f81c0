"""The seven fields of a story, as a person's file has them, and the themes that a story can have. Pure."""

import re
from collections.abc import Mapping

FIELDS = ("problem", "reason", "data", "model", "metrics", "delivery", "changes")
THEMES = ("conflict", "failure", "ownership", "ambiguity", "leadership", "impact")
KINDS = MACHINE_LEARNING, GENERAL = "machine-learning", "general"
HEADINGS: Mapping[str, Mapping[str, str]] = {
    MACHINE_LEARNING: {
        "problem": "The problem",
        "reason": "Why machine learning",
        "data": "The data",
        "model": "Features and model",
        "metrics": "Metrics, offline and online",
        "delivery": "Deployment",
        "changes": "What failed and what you changed",
    },
    GENERAL: {
        "problem": "The problem",
        "reason": "Why this way",
        "data": "What you had to work with",
        "model": "What you built or did",
        "metrics": "How you measured it",
        "delivery": "How it was put to use",
        "changes": "What went wrong and what you changed",
    },
}
# A heading that somebody wrote in other words, by one of them; the first that fits, so "why" before "model".
_WORDS: Mapping[str, re.Pattern[str]] = {
    field: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for field, words in {
        "changes": r"wrong|fail\w{0,5}|broke|changed?|changes|fix\w{0,3}|learn(?:ed|t)|mistakes?",
        "reason": r"why|reasons?|rationale|because",
        "delivery": r"deploy\w{0,5}|deliver\w{0,2}|put to use|in use|production|launch\w{0,2}|"
        r"roll\w{0,2} ?out|hand\w{0,2} ?over|adoption",
        "metrics": r"metrics?|measur\w{1,5}|results?|numbers|outcomes?|figures|kpis?",
        "data": r"data|work with|inputs?|pipelines?|resources|materials?",
        "problem": r"problem|goal|situation|task|context|background|challenge",
        "model": r"models?|features?|method|built|build|did|do|approach|actions?|steps|solution",
    }.items()
}


def headings(kind: str) -> Mapping[str, str]:
    """Return the heading of each field, for a story of this kind; for one that is not known, the general."""
    return HEADINGS.get(kind, HEADINGS[GENERAL])


def field_of(heading: str) -> str:
    """Return the field that a heading stands over, in either kind's words or in others; "" for none."""
    said = _plain(heading)
    for known in HEADINGS.values():
        for field, text in known.items():
            if said == _plain(text):
                return field
    return next((field for field, words in _WORDS.items() if words.search(heading)), "")


def _plain(heading: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]+", heading.lower()))
