"""Who asked and who answered in a transcript that was made elsewhere: each question with its answer.

The labels often say it. If they do not, the candidate is who asks less and speaks more.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from vivavoce.transcripts.errors import ForeignError
from vivavoce.transcripts.imports.pieces import Spoken, cleaned
from vivavoce.transcripts.imports.speaker_labels import side

BACK_CHANNEL_WORDS = 4  # at most; "yeah, okay, right" takes no floor

_QUESTION = re.compile(
    r"(?:(?:and|so|okay|ok|well|now|great|um|uh|then|but|alright|right)[\s,]+){0,3}"
    r"(?:what|why|how|when|where|who|which|whose|tell me|tell us|walk me|walk us|describe|explain|give me"
    r"|talk me|can you|could you|would you|will you|did you|do you|have you|are you|were you|let's)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_ATTENTION = set(
    """mm mhm hm hmm mmhm uh huh um yeah yes yep okay ok right sure great good cool nice alright all i see
    got it interesting perfect wow exactly""".split()
)


@dataclass(slots=True)
class _Exchange:
    asked: list[str] = field(default_factory=list)
    answered: list[Spoken] = field(default_factory=list)

    @property
    def question(self) -> str:
        return " ".join(self.asked)


def paired(spoken: Sequence[Spoken], candidate: str = "") -> list[tuple[str, list[Spoken]]]:
    """Return each question in `spoken` with what the candidate said to it, in order.

    A question is all that others said since the last answer; one that nobody answered is left out, so the
    list is empty if the candidate says nothing. "" is the question of what came before any. A word of
    attention ("mm-hm") interrupts nobody and is left out. Without speakers all is one answer.

    Args:
        spoken: what `read` returned.
        candidate: the name of the candidate, or the part of it that no other has; "" to find out.

    Raises:
        ForeignError: nobody, or more than one, is called `candidate`.
    """
    said = _attributed(spoken)
    names = list(dict.fromkeys(piece.speaker for piece in said if piece.speaker))
    if not names:
        return [("", list(said))] if said else []
    theirs = {_called(names, candidate)} if candidate.strip() else _candidates(said, names)
    exchanges = _exchanges([(piece.speaker in theirs, piece) for piece in said])
    return [(exchange.question, exchange.answered) for exchange in exchanges if exchange.answered]


def _attributed(spoken: Sequence[Spoken]) -> list[Spoken]:
    """Return `spoken`; a piece without a speaker is of who spoke before."""
    found: list[Spoken] = []
    latest = ""
    for piece in spoken:
        latest = piece.speaker or latest
        found.append(Spoken(latest, piece.text, piece.start, piece.end, piece.words))
    return found


def _called(names: Sequence[str], candidate: str) -> str:
    """Return which of `names` is meant by `candidate`."""
    wanted = cleaned(candidate).casefold()
    equal = [name for name in names if name.casefold() == wanted]
    parts = [name for name in names if set(wanted.split()) <= set(re.findall(r"\w+", name.casefold()))]
    found = equal or parts
    if len(found) != 1:
        problem = "more than one speaker" if found else "no speaker"
        listed = ", ".join(names[:8])
        raise ForeignError(f"{problem} is called {cleaned(candidate)!r}; name one of these: {listed}")
    return found[0]


def _candidates(said: Sequence[Spoken], names: Sequence[str]) -> set[str]:
    """Return which of `names` are the candidate's, by what they mean or else by how they talk."""
    sides = {name: side(name) for name in names}
    surely, perhaps = (
        {name for name in names if sides[name] == whose} for whose in ("candidate", "perhaps candidate")
    )
    if surely or len(perhaps) == 1:
        return surely or perhaps
    others = [name for name in names if sides[name] != "interviewer"]
    if len(others) < len(names) or len(others) == 1:
        return set(others)
    return {_likeliest(said, others)}


def _likeliest(said: Sequence[Spoken], names: Sequence[str]) -> str:
    """Return who of `names` has the largest share of the words, less the share of questions in them."""
    texts: dict[str, list[str]] = {name: [] for name in names}
    for piece in said:
        if piece.speaker in texts:
            texts[piece.speaker].append(piece.text)
    words = {name: sum(len(text.split()) for text in texts[name]) for name in names}
    total = max(1, sum(words.values()))
    return max(names, key=lambda name: words[name] / total - _asking(" ".join(texts[name])))


def _asking(text: str) -> float:
    """Return the share of the sentences of `text` that ask."""
    sentences = [sentence for sentence in _SENTENCE_END.split(text) if sentence]
    asking = [sentence for sentence in sentences if sentence.endswith("?") or _QUESTION.match(sentence)]
    return len(asking) / max(1, len(sentences))


def _exchanges(said: Sequence[tuple[bool, Spoken]]) -> list[_Exchange]:
    found = [_Exchange()]
    for answering, pieces in _runs(said):
        if answering:
            found[-1].answered += pieces
            continue
        if found[-1].answered:
            found.append(_Exchange())
        found[-1].asked += [piece.text for piece in pieces]
    return found


def _runs(said: Sequence[tuple[bool, Spoken]]) -> Iterator[tuple[bool, list[Spoken]]]:
    """Yield what each side said in a row, words of attention to the other left out."""
    runs = [(mine, [piece for _, piece in group]) for mine, group in groupby(said, key=lambda each: each[0])]
    for number, (answering, pieces) in enumerate(runs):
        inside = 0 < number < len(runs) - 1
        replies = inside and answering and runs[number - 1][1][-1].text.endswith("?")
        if not inside or replies or not _is_attention(pieces):
            yield answering, pieces


def _is_attention(pieces: Sequence[Spoken]) -> bool:
    words = [word for piece in pieces for word in re.findall(r"[^\W\d_]+", piece.text[:80].casefold())]
    return len(words) <= BACK_CHANNEL_WORDS and set(words) <= _ATTENTION
