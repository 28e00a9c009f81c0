"""Questions that a candidate asks: which they were, whether they are open, and about the job. Pure."""

import re

from vivavoce.transcripts.story.sentences import sentences
from vivavoce.transcripts.training.told_questions import AUXILIARY

MOST_LEAD = 6  # words before a question begins: "and one more thing,"
_LEAD = r"(?:[a-z][a-z']*+,? ){0,6}?"
_OPEN = re.compile(
    rf"^\W*+{_LEAD}(?:what|how|which|why|who|where|when|whom|in what way|(?:could|can|would|will) you "
    r"(?:tell|describe|explain|show|say|walk|talk)|tell me|describe|"
    r"i(?:'d| would) (?:like|love) to (?:know|hear)|"
    r"i(?:'m| am) (?:curious|wondering|interested)|i wonder)\b",
    re.IGNORECASE,
)
_TELL = re.compile(
    r"^\W*+(?:(?:and|so|but|okay|yes|then|also|well),? ){0,3}(?:could|can|would|will) you (?:please )?"
    r"(?:tell|describe|explain|show|say|walk|talk)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    rf"^\W*+(?:(?:and|so|but|okay|yes|then|also|well),? ){{0,3}}{AUXILIARY}\b",
    re.IGNORECASE,
)
_JOB = re.compile(
    r"\b(?:job|roles?|work\w*|teams?|people|colleagues?|manager|day|days|week|weeks?|months?|shifts?|projects?|"
    r"tasks?|duties|goals?|success\w*|measur\w{1,5}|expect\w{0,8}|learn\w{0,3}|train\w{0,3}|support\w{0,3}|"
    r"challenge\w{0,2}|hard\w{0,3}|difficult\w{0,5}|problems?|decisions?|decide\w{0,1}|clients?|customers?|"
    r"patients?|pupils?|students?|users?|products?|systems?|tools?|code|data|models?|platform|quality|incidents?|"
    r"ward|class|kitchen|department|company|here|position|start\w{0,3}|begin\w{0,4}|improve\w{0,5}|change\w{0,1})\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\b(?:salary|pay|paid|wage|money|bonus|holidays?|vacation|leave|days off|parking|"
    r"lunch|perks?|benefits)\b",
    re.IGNORECASE,
)


def asked(text: str) -> list[str]:
    """Return the sentences of `text` that ask something; those that recognisers left without a mark too."""
    said = [text[start:end].strip() for start, end in sentences(text)]
    return [one for one in said if one.endswith("?") or (is_open(one) and len(one.split()) > MOST_LEAD)]


def is_open(question: str) -> bool:
    """Whether `question` cannot be answered with yes or no."""
    said = question.replace("\u2019", "'")
    if _TELL.match(said):
        return True
    return _OPEN.match(said) is not None and _CLOSED.match(said) is None


def about_the_job(question: str) -> bool:
    """Whether `question` is about the work, and not about what one gets for it."""
    return _JOB.search(question) is not None and _ASIDE.search(question) is None
