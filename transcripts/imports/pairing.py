"""Who asked and who answered in a transcript that was made elsewhere: each question with its answer.

The labels often say it. If they do not, the candidate is who asks less and speaks more. Whoever is taken,
and why, is said: it may be wrong.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from vivavoce.transcripts.errors import ForeignError
from vivavoce.transcripts.imports.no_talk import without_ghosts
from vivavoce.transcripts.imports.pieces import Spoken, by_time, cleaned, run_backwards, strays
from vivavoce.transcripts.imports.speaker_labels import MOST_SPEAKERS, Side, is_unknown, sides
from vivavoce.transcripts.imports.who_asks import (
    A_PAIR,
    ANSWERS,
    ASKS,
    begins_to_ask,
    hands_over,
    is_question,
    requests,
    sentences,
    told_apart,
)
from vivavoce.transcripts.story.english import looks_english

BACK_CHANNEL_WORDS = 4  # at most; "yeah, okay, right" takes no floor
MOST_NAMED = 6  # in a note
LONGEST_NAMED = 60  # characters of a name in a note
FIRST = 0.2  # who speaks first is by that less likely the candidate, as a share of all words
LONGEST_END = 600  # characters in which a turn's last two sentences are looked for
REQUESTS = 1.0  # by that less likely, who alone asks to be told something, in the first half
LIKELY = 1.0  # more likely, whose label says perhaps that they answer
UNLIKELY = 0.3  # by that less likely, whose label says perhaps that they ask

GHOSTS = "lines that a recogniser writes over silence were left out"
BACKWARDS = "its times run backwards, so pace and pauses cannot be told"
ASTRAY = "its times jump back: the order of the file was kept, and {} out of line not counted"
UNKNOWN = "what an unknown speaker said was taken with whoever spoke before, unless it asks"
INTERPRETED = "what an interpreter said was taken as said by whoever spoke before; only the English is judged"
NOBODY = "Taken as the candidate: whoever speaks, as nobody is named"
BOTH_SIDES = (
    ". There are questions in it: both sides may have been judged. Write who speaks before each line"
    " (“Ana: …”) to tell them apart"
)
BY_QUESTIONS = "nobody is named, and the questions tell"

_INTERPRETS = set(
    """interpreter translator dolmetscher dolmetscherin übersetzer übersetzerin interprète intérprete
    interprete traducteur traductrice traductor traductora tradutor tradutora traduttore traduttrice tolk
    tłumacz tłumaczka 通訳 口译 口譯 통역""".split()
)
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


@dataclass(frozen=True, slots=True)
class Conversation:
    """Each question with what the candidate said to it, in order; who that is; what the reader should know.

    A question is all that others said since the last answer; "" is the question of what came before any.
    """

    pairs: tuple[tuple[str, list[Spoken]], ...] = ()
    taken: str = ""
    notes: tuple[str, ...] = ()


def paired(spoken: Sequence[Spoken], candidate: str = "") -> Conversation:
    """Return each question in `spoken` with what the candidate said to it, in order.

    A question that nobody answered is left out, so there are no pairs if the candidate says nothing. A word
    of attention ("mm-hm") interrupts nobody and is left out. Where nobody is named, the questions tell who
    asks, if that is sure; else all is one answer.

    Args:
        spoken: what `read` returned.
        candidate: the name of the candidate, or the part of it that no other has; "" to find out.

    Raises:
        ForeignError: nobody, or more than one, is called `candidate`, or there are too many to find out.
    """
    said, notes = _heard(spoken)
    unnamed = not any(piece.speaker for piece in said)
    said = (told_apart(said) if unnamed else []) or said
    known = _names(said)
    if not known:
        return _of_one(said, notes)
    if candidate.strip():
        theirs, why = {_called(known, candidate)}, "--candidate says so"
    else:
        theirs, why = ({ANSWERS}, BY_QUESTIONS) if unnamed else _candidates(said, known)
    exchanges = _exchanges([(piece.speaker in theirs, piece) for piece in said])
    pairs = tuple((exchange.question, exchange.answered) for exchange in exchanges if exchange.answered)
    return Conversation(pairs, _taken(known, theirs, why), notes)


def _names(said: Sequence[Spoken]) -> list[str]:
    names = list(dict.fromkeys(piece.speaker for piece in said if piece.speaker))
    known = [name for name in names if not is_unknown(name)]
    return known if len(known) > 1 else names


def _of_one(said: list[Spoken], notes: tuple[str, ...]) -> Conversation:
    """Return all that was `said` as one answer."""
    asked = any(map(is_question, sentences(" ".join(piece.text for piece in said))))
    return Conversation((("", said),), NOBODY + BOTH_SIDES * asked, notes) if said else Conversation()


def _heard(spoken: Sequence[Spoken]) -> tuple[list[Spoken], tuple[str, ...]]:
    """Return what was `spoken` by somebody, each piece with its speaker, and what to know of it."""
    heard = without_ghosts(spoken)
    notes = [GHOSTS] if len(heard) < len(spoken) else []
    found = _from_question(heard)
    if run_backwards(found):
        notes.append(BACKWARDS)
        found = [replace(piece, start=None, end=None, words=()) for piece in found]
    elif astray := strays(found):
        notes.append(ASTRAY.format(len(astray)))
        found = [
            replace(piece, start=None, end=None, words=()) if number in astray else piece
            for number, piece in enumerate(found)
        ]
    said = _attributed(found)
    if any(after.speaker != before.speaker != "" for after, before in zip(said, found, strict=True)):
        notes.append(UNKNOWN)
    if plain := _interpreted(said):
        return plain, (*notes, INTERPRETED)
    return said, tuple(notes)


def _interpreted(said: Sequence[Spoken]) -> list[Spoken]:
    """Return what was `said` in one language, each piece of whom an interpreter spoke for; [] if none did.

    They speak for whoever spoke before; what is kept of it is the English, which alone is judged.
    """
    others = {piece.speaker for piece in said if not _interprets(piece)}
    if len(others) == len({piece.speaker for piece in said}) or len(others) < A_PAIR:
        return []  # beside one other, the interpreter is all that is heard of the candidate
    own = {name: " ".join(piece.text for piece in said if piece.speaker == name) for name in others}
    english = {name for name in others if looks_english(own[name])}
    if english == others:  # it is a profession
        return []
    found, latest = list[Spoken](), ""
    for piece in said:
        latest = latest if _interprets(piece) else piece.speaker
        if not latest or _interprets(piece) != (latest in english):
            found.append(replace(piece, speaker=latest))
    return found


def _interprets(piece: Spoken) -> bool:
    return not _INTERPRETS.isdisjoint(re.findall(r"\w+", piece.speaker.casefold()))


def _from_question(said: list[Spoken]) -> list[Spoken]:
    """Return what was `said`, by time if the file has it otherwise and only thus begins as one asks.

    A list may begin with the newest, and one that ends with a question would lose it.
    """
    timed = by_time(said) if run_backwards(said) or strays(said) else said
    ends = (_asks(one.text) for one in (said[0], said[-1], timed[0], timed[-1])) if said else ()
    return timed if tuple(ends) == (False, True, True, False) else said


def _attributed(spoken: Sequence[Spoken]) -> list[Spoken]:
    """Return `spoken`; a piece whose speaker is not known is of who spoke before, unless it asks.

    Where only one is known, the unknown is the other.
    """
    found: list[Spoken] = []
    latest = ""
    known = {piece.speaker for piece in spoken if piece.speaker and not is_unknown(piece.speaker)}
    for piece in spoken:
        if len(known) > 1 and is_unknown(piece.speaker):
            asks = not latest or _asks(piece.text)
            found.append(piece if asks else replace(piece, speaker=latest))
        else:
            latest = piece.speaker or latest
            found.append(replace(piece, speaker=latest))
    return found


def _taken(names: Sequence[str], theirs: set[str], why: str) -> str:
    """Return who was taken as the candidate, why, and how to change it."""
    mine, others = (
        [name[:LONGEST_NAMED] for name in names if (name in theirs) == whose] for whose in (True, False)
    )
    more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
    rest = f"; others: {', '.join(others[:MOST_NAMED])}{more}" if others else ""
    who = ", ".join(mine[:MOST_NAMED]) or "nobody"
    name = f'"{ASKS}"' if ASKS in names else "NAME"
    return f"Taken as the candidate: {who} ({why}){rest}. --candidate {name} changes it"


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


def _candidates(said: Sequence[Spoken], names: Sequence[str]) -> tuple[set[str], str]:
    """Return which of `names` are the candidate's, by what they mean or else by how they talk, and why."""
    of = sides(names)
    if surely := {name for name in names if of[name] == "candidate"}:
        return surely, "the label says so"
    others = [name for name in names if of[name] != "interviewer"]
    if len(others) <= 1:
        return set(others), "nobody else speaks" if len(names) == 1 else "all others are labelled as asking"
    if len(others) > MOST_SPEAKERS:
        raise ForeignError(
            f"{len(others)} speakers are in it; say who is the candidate, with --candidate NAME"
        )
    return {_likeliest(said, others, of)}, "asks less and says more"


def _likeliest(said: Sequence[Spoken], names: Sequence[str], of: Mapping[str, Side]) -> str:
    """Return who of `names` has the largest share of the words, and the least of the turns that ask.

    Who asks to be told something leads; towards the end the other does that too, so what follows the offer
    to ask is not counted.
    """
    words, turns, asking, leading = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    runs = [(name, " ".join(one.text for one in run)) for name, run in groupby(said, lambda one: one.speaker)]
    last = next((number for number, (_, text) in enumerate(runs) if hands_over(text)), 0)
    for number, (name, text) in enumerate(runs[: last if 2 * last >= len(runs) else None]):
        words[name] += len(text.split())
        turns[name] += 1
        asking[name] += _asks(text)
        leading[name] += 2 * number < len(runs) and any(map(requests, sentences(text[-LONGEST_END:])))
    total = max(1, sum(words[name] for name in names))
    first = next(piece.speaker for piece in said if piece.speaker)

    def likely(name: str) -> float:
        against = FIRST * (name == first) + UNLIKELY * (of[name] == "perhaps interviewer")
        against -= LIKELY * (of[name] == "perhaps candidate")
        against += REQUESTS * leading[name] / max(1, leading.total())
        return words[name] / total - asking[name] / max(1, turns[name]) - against

    return max(names, key=likely)


def _asks(text: str) -> bool:
    """Return whether `text` asks in one of its last two sentences."""
    return any(one.endswith("?") or begins_to_ask(one) for one in sentences(text[-LONGEST_END:])[-2:])


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
