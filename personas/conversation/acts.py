"""What one sentence does, when it is no part of an answer: patterns over what is left of it without glue.

A pattern must cover what was said, not occur in it: "I don't know the year, but we moved to a cache" has
the words of somebody who gives up, and they are a quarter of it. Fillers, politeness and hedges are glue
and count for nothing. The patterns are in acts.toml.
"""

import re
import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files

COVERED = 0.7  # of a sentence's words, for what it does to be told by them
MOST_WORDS = 26  # a sentence that is longer tells something


class Reply(StrEnum):
    """What a candidate's turn was, or a sentence of it."""

    NOTHING = "nothing"
    ANSWER = "answer"
    ACKNOWLEDGED = "acknowledged"
    YES = "yes"
    NO = "no"
    READY = "ready"
    THANKS = "thanks"
    GREETING = "greeting"
    SMALL_TALK = "small talk"
    NERVOUS = "am I doing well?"
    TOLD = "I told you that"
    APOLOGY = "I am sorry"  # for how they talk, or what they said
    RECORDED = "is this recorded?"
    WORDING = "how do I say it?"  # a word is missing
    MACHINE = "are you a machine?"
    THINKING = "thinking"
    WAIT = "wait, please"
    REPEAT = "repeat, please"
    UNHEARD = "cannot hear"
    CHOICE = "which of them?"  # about the question: a nod is enough
    UNCLEAR = "what do you mean?"  # about the question: it has to be put in other words
    TIME = "how long?"
    CHECKS = "does that answer it?"
    NOT_KNOWN = "not known"
    DECLINES = "declines"
    MOVE_ON = "next, please"
    LEAVE = "may I go on?"
    THREAD = "where was I?"
    ADDS = "adds something"
    CORRECTS = "corrects something"
    RESTART = "start over"
    ENDING = "perhaps the end"
    STOP = "stop"
    RUDE = "rude"
    QUESTION = "question"
    DISTRESS = "distress"
    FOREIGN = "another language"


_FILE = tomllib.loads((files("vivavoce.personas.conversation") / "acts.toml").read_text("utf-8"))
_PARTS: dict[str, str] = {}
for _name, _text in _FILE["parts"].items():
    for _other, _part in _PARTS.items():
        _text = _text.replace(f"<{_other}>", _part)
    _PARTS[_name] = _text


def _whole(alternatives: list[str]) -> str:
    pattern = "|".join(alternatives)
    for name, part in _PARTS.items():
        pattern = pattern.replace(f"<{name}>", part)
    return pattern


# What asks or says nothing by itself; what leads into a sentence, and what trails behind it.
GLUE = re.compile(_PARTS["glue"])
LEADING = re.compile(_PARTS["leading"])
TRAILING = re.compile(_PARTS["trailing"])


@cache
def acts() -> dict[Reply, tuple[re.Pattern[str], ...]]:
    """Return of each act one pattern of all its alternatives, and after it the alternatives.

    The first that is found need not be the one that covers most. Compiling them takes half a second, which
    the greeting of a session does not wait for.
    """
    return {
        Reply(name): tuple(
            re.compile(_whole(one)) for one in (alternatives, *([each] for each in alternatives))
        )
        for name, alternatives in _FILE["says"].items()
    }


# What is met with care wherever it stands: it happened to them, or to somebody close to them.
DISTRESS = re.compile(_whole(_FILE["hard"]["told"]))
HARD_AT_WORK = re.compile(_whole(_FILE["hard"]["at_work"]))
# Words that are common in a language: in others and none in English, and in English.
FOREIGN = frozenset(_FILE["words"]["foreign"].split())
ENGLISH = frozenset(_FILE["words"]["english"].split())
