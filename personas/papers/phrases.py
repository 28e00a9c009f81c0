"""Words of a paper as an interviewer may say them: short, plain, and nobody's orders. Pure."""

import re

from vivavoce.personas.content.asking import asked
from vivavoce.personas.papers.words.vocabulary import OWN_MASTER

MOST_WORDS = 16  # of a line that is read out
LEAST_WORDS = 4
MOST_CHARACTERS = 120
_SMALL = frozenset("OF AND THE FOR IN AT DE DU LA LE DES DER DIE UND ET".split())
LEAST_SHOUTED = 5  # letters of a word in capitals that is no abbreviation

_ORDERS = re.compile(  # what no paper says to a reader, but somebody might to a program
    r"\b(?:ignore|disregard|forget|instructions?|prompts?|system message|assistant|chatbot|language model|"
    r"you must|please (?:give|rate|score|praise|hire)|hire me|perfect score|AI model|pretend)\b",
    re.IGNORECASE,
)
_UNSAID = re.compile(
    r"[<>{}\[\]\\|@#*_=~^\"\u201c\u201d\u2026?!]|https?:|www\.|\d{5,}|(?:[a-z]{4}|\d|\))\.\s+[A-Z]"
)
_END = re.compile(r"[,;:]\s|\s(?:\u2013|\u2014|-)\s|\s(?:and|which|while|including|such as|by)\s")
_FURTHER = re.compile(
    r"(?<=[a-z)\d]{2})\. (?=[A-Z\d])|, (?:which|who|and say when) "
)  # what a line adds to itself
_SPELLED = "AEFHILMNORSX"  # letters whose names begin with a vowel


def speakable(text: str) -> bool:
    """Return whether `text` may be part of a question."""
    if not text or not text.isprintable() or len(text) > MOST_CHARACTERS:
        return False
    if len(text.split()) > MOST_WORDS + 4 or not re.search(r"[^\W\d_]{2}", text):
        return False
    return not (_ORDERS.search(text) or _UNSAID.search(text) or asked(text))


def said(line: str) -> str:
    """Return `line` as it is read out, cut at a clause if it is long; "" where that cannot be."""
    bare = re.sub(r" ?\([^()]{0,80}\)", "", " ".join(line.split()))
    bare = _FURTHER.split(bare, maxsplit=1)[0].strip(" .;,:-\u2013\u2022")
    words = bare.split()
    if len(words) > MOST_WORDS:
        short = " ".join(words[:MOST_WORDS])
        ends = [found.start() for found in _END.finditer(short)]
        bare = short[: ends[-1]].strip(" ,;:") if ends else ""
    first = bare.split()[0] if bare else ""
    plain = len(bare.split()) >= LEAST_WORDS
    return (
        (f"{bare[0].lower()}{bare[1:]}" if first[1:].islower() or len(first) == 1 else bare) if plain else ""
    )


def spoken_title(title: str) -> str:
    """Return a title as it stands in a sentence: "Senior ML Engineer, Feed" is "senior ML engineer"."""
    bare = re.split(r" ?[,(|/\u2013\u2014:]| - | (?:at|for) ", " ".join(title.split()))[0].strip()
    return " ".join(word.lower() if word[1:].islower() else word for word in bare.split())


def spoken_name(name: str) -> str:
    """Return the name of an employer as it is said: "TELVIA GROUP" is no row of letters."""
    shouted = name.isupper()
    return " ".join(
        word.lower()
        if shouted and word in _SMALL
        else word.capitalize()
        if word.isupper() and len(word) >= LEAST_SHOUTED
        else word
        for word in name.rstrip(".").split()
    )


def works_for(employer: str) -> bool:
    """Whether `employer` is one at which somebody may have been, rather than "Self-employed"."""
    return bool(employer) and not OWN_MASTER.fullmatch(employer)


def article(noun: str) -> str:
    """Return `noun` with "a" or "an" before it, as it sounds."""
    first = noun.split()[0] if noun.split() else ""
    spelled = len(first) > 1 and first.isupper()
    vowel = (
        first[:1] in _SPELLED if spelled else bool(re.match(r"(?!uni|use|euro|one\b)[aeiou]", first, re.I))
    )
    return f"{'an' if vowel else 'a'} {noun}" if noun else ""
