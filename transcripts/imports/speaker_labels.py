"""Speaker labels: which "Name:" at the start of a line is somebody who speaks, and who is the candidate.

A colon follows many words that are nobody's name ("Result: 40 %"). So a label counts if it is one of
those that say who speaks, or if it looks like a name and comes back, as names do in a conversation.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

Side = Literal["interviewer", "candidate", "perhaps candidate", ""]

LONGEST = 50  # characters of a label
MOST_WORDS = 5
INITIALS = 4  # characters of "J." or "Dr."
MOSTLY = 0.5  # of the lines have a label: it is a conversation
A_PAIR = 2  # speakers
MOST_UNUSUAL = 8  # different labels that do not look like names

_HEAD = re.compile(rf"([^:\uff1a\n]{{1,{LONGEST}}})[:\uff1a](?=\s|$)")
_NAME_WORD = re.compile(r"[^\s.,;!?\"“”<>=/\\]+\.?")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBERED = re.compile(r"(?:speaker|spk|s|person|participant|voice|unknown(?: speaker)?)[ _#-]*[0-9a-z]{0,3}")

_ASKS = set("interviewer interviewers recruiter moderator examiner".split())
_ASKS_ALONE = {*_ASKS, *"q question questions host panel coach ai assistant bot".split(), "hiring manager"}
_ANSWERS = set("candidate interviewee applicant respondent".split())
_ANSWERS_ALONE = {*_ANSWERS, *"a answer answers me myself".split()}
_PERHAPS_ALONE = set("you speaker user guest".split())
_PARTICLES = set("van von der den de da dos di du del la le bin bint ibn al el y e and & the".split())
_NO_NAMES = set(
    """situation task action actions result results lesson lessons learning context background problem
    challenge solution outcome impact approach reflection conclusion summary note notes example examples title
    date time subject topic agenda location place duration length language model recording transcript meeting
    participants attendees interview round company role position warning tip first second third fourth
    finally next then also so but because today however plus step goal goals metric metrics update
    kind format file source url http https https error re fwd""".split()
)


def split(line: str) -> tuple[str, str]:
    """Return what stands before the first colon of `line`, "" if it can be no label, and what is behind."""
    found = _HEAD.match(line)
    label = found[1].strip() if found else ""
    if found is None or not 0 < len(label.split()) <= MOST_WORDS or not label[0].isalnum():
        return "", line
    return label, line[found.end() :].strip()


def is_known(label: str) -> bool:
    """Return whether `label` itself says that somebody speaks, such as "Candidate", "Q2" or "Speaker 1"."""
    return side(label) != "" or _NUMBERED.fullmatch(label.casefold()) is not None


def is_name(label: str) -> bool:
    """Return whether `label` looks like a name: few words, in capitals, none that often has a colon."""
    words = label.split()
    if not 0 < len(words) <= MOST_WORDS or len(label) > LONGEST or words[0].casefold() in _NO_NAMES:
        return False
    return words[0][0].isalpha() and all(_is_capital(word) for word in words)


def _is_capital(word: str) -> bool:
    if not _NAME_WORD.fullmatch(word) or (word.endswith(".") and len(word) > INITIALS):
        return False
    bare = word.strip("()'\u2019-.")
    return not bare or not bare[0].islower() or bare.casefold() in _PARTICLES


def speakers(heads: Sequence[str]) -> frozenset[str]:
    """Return which of `heads`, one for each line and "" where there is none, are labels of speakers."""
    counts = Counter(label for label in heads if label)
    known = {label for label in counts if is_known(label)}
    likely = known | {label for label in counts if is_name(label)}
    first = next((number for number, label in enumerate(heads) if label in likely), 0)  # above it is a title
    often = {label for label in likely if counts[label] > 1} | known
    if sum(counts[label] for label in likely) >= MOSTLY * (len(heads) - first):
        often = likely if len(likely) <= A_PAIR else often
    elif len(often) < A_PAIR:
        often = known
    return frozenset(often | _unusual(counts, len(heads) - first))


def _unusual(counts: Counter[str], lines: int) -> set[str]:
    """Return labels such as "sam" or "iPhone of Sam", where most of the `lines` have one."""
    often = {label for label, count in counts.items() if count > 2 and label.casefold() not in _NO_NAMES}
    mostly = sum(counts[label] for label in often) >= MOSTLY * lines
    return often if mostly and len(often) <= MOST_UNUSUAL else set()


def side(label: str) -> Side:
    """Return whose label `label` is, as far as it says so."""
    words = _WORD.findall(label.casefold())
    alone = " ".join(words)
    if alone in _ASKS_ALONE or _ASKS & set(words):
        return "interviewer"
    if alone in _ANSWERS_ALONE or _ANSWERS & set(words):
        return "candidate"
    return "perhaps candidate" if alone in _PERHAPS_ALONE else ""
