"""What a follow-up asks for, and which of the candidate's claims it names. Pure.

Asking for what was told is the worse fault. What is missing with confidence is asked for. Where that is in
doubt, the question is one that is right either way: what came of it later, which part was the hardest; only
if the answer to that leaves the doubt is it asked outright. Else it goes deeper: into what this interviewer
cares for, where the story has it, or the question looks for, in turns, and then into how things stand by now.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from vivavoce.personas.content.persona import Persona
from vivavoce.personas.content.question import Question
from vivavoce.personas.moves import Move
from vivavoce.transcripts.story.claims import Claim
from vivavoce.transcripts.story.star import Part
from vivavoce.transcripts.story.told import Told

CORE = (Part.SITUATION, Part.TASK, Part.ACTION, Part.RESULT)  # what makes a story
NEEDED = (Part.ACTION, Part.RESULT)  # whatever a question looks for
BY_NOW = "aftermath"
EITHER_WAY = {Part.ACTION: Move.PROBE_HARDEST, Part.RESULT: Move.PROBE_AFTERMATH}
CLAIMING = frozenset(  # what can be asked of a claim
    {
        Move.PROBE_RESULT,
        Move.PROBE_AFTERMATH,
        Move.PROBE_HARDEST,
        Move.PROBE_OWN_PART,
        Move.PROBE_TRADE_OFF,
        Move.PROBE_DECISION,
        Move.PROBE_LESSON,
        Move.PROBE_EVIDENCE,
        Move.PROBE_OTHERS,
        Move.CHALLENGE,
        Move.CUT_IN,
    }
)
STANDING_BY_NOW = (Move.PROBE_RESULT, Move.PROBE_AFTERMATH)  # asked of what may still be there
CHOOSING = (  # asked of what could have been left
    Move.PROBE_TRADE_OFF,
    Move.PROBE_DECISION,
    Move.PROBE_EVIDENCE,
    Move.PROBE_OTHERS,
    Move.CHALLENGE,
)
_COMPANY = re.compile(  # somebody besides the teller
    r"\b(?:we|us|he|she|him|her|his|(?:the|our|my|their|another|whole) (?:\w{1,20} )?(?:team|group)|"
    r"teammates?|classmates?|colleagues?|coworkers?|co-workers?|peers|managers?|boss|bosses|leads?|directors?|"
    r"teachers?|lecturers?|professors?|mentors?|customers?|clients?|users|stakeholders?|somebody|someone|anybody|"
    r"everybody|everyone|another|friends?|family|mother|father|parents|wife|husband|children|kids|partners?|"
    r"students|departments?)\b",
    re.IGNORECASE,
)
_REACTED = re.compile(  # what they thought of it
    r"\b(?:feedback|reactions?|liked|loved|enjoyed|prais\w+|appreciat\w+|thanked|grateful|thankful|"
    r"impressed|pleased|unhappy|happy|satisfied|sceptic\w+|skeptic\w+|complain\w+|pushback|pushed back|"
    r"object(?:ed|ions?)|convinc\w+|persuad\w+|agreed|disagreed|well[- ]received)\b",
    re.IGNORECASE,
)
_COUNTABLE = re.compile(  # what came of it in a way that has a size
    r"\b(?:faster|slower|quicker|fewer|higher|lower|reduc\w+|increas\w+|decreas\w+|saved|grew|rose|"
    r"fell|dropped|costs?|revenue|sales|users|customers|traffic|tickets|errors|bugs|outages?|performance)\b",
    re.IGNORECASE,
)
_WE = re.compile(r"\bwe\b", re.IGNORECASE)
_I = re.compile(r"\bi\b(?! (?:mean|think|guess|suppose|don't know))", re.IGNORECASE)
# What somebody does, in whatever tense it is told: "I unplug it", "we rang", not "I was", "I think".
_DOES = re.compile(
    r"\b(?:i|we) (?:(?:then|also|just|quickly|never|always|even|only|had to|managed to|decided to) ){0,2}"
    r"(?!(?:am|was|were|is|are|be|been|mean|think|thought|guess|suppose|know|knew|do|don't|did|didn't|have|had|"
    r"has|can|could|can't|couldn't|would|will|shall|should|may|might|must|like|love|hate|feel|felt|want|wanted|"
    r"need|needed|see|saw|hear|heard|believe|believed|hope|wish|remember|forget|understand|live|lived|lost|"
    r"seem|seemed|expected|swear|reckon|agree|the|a|all|both|just|also)\b)[a-z]+",
    re.IGNORECASE,
)
FEWEST_WE = 3
MANY_DONE = 3  # things that somebody does: then something is told, though it may be in the present tense
Wanted = tuple[Move, str, str]  # the move, what counts as asked for then, and why


def wanted(
    told: Told,
    text: str,
    probed: Collection[str],
    question: Question,
    persona: Persona,
    *,
    asked: int,
    turn: int,
    claimed: bool,
) -> Wanted | None:
    """Return what to ask for next; None if enough was told.

    Args:
        told: what was told to the question so far.
        text: in these words.
        probed: what was asked for already.
        question: the question.
        persona: who asks.
        asked: how many follow-ups there were.
        turn: what this interviewer cares for most is another thing each turn.
        claimed: whether there is a claim that can be challenged.
    """
    core = [part for part in dict.fromkeys((*question.looks_for, *NEEDED)) if part in CORE]
    sought = [Part(part) for part in core if part not in told.parts and part not in probed]
    missing = [part for part in sought if told.lacks(part)]
    if missing:
        return Move(f"probe({missing[0]})"), missing[0], f"no {missing[0]} was told"
    doubtful = [part for part in told.doubtful if part in sought]
    if _only_we(text) and Part.OWN_PART not in {*told.parts, *probed}:
        return Move.PROBE_OWN_PART, Part.OWN_PART, "it was told of all together"
    for part in doubtful:
        move = EITHER_WAY[part]
        if part is Part.ACTION and not done(text):  # no step of theirs that could have been the hardest
            move = Move.CLARIFY
        if part_of(move) not in probed:
            return move, part_of(move), f"it was not clear that {article(part)} was told"
    if doubtful and asked:
        part = doubtful[0]
        return Move(f"probe({part})"), part, f"it was not clear that {article(part)} was told"
    known = {*CORE, *told.parts, *probed}
    likes = _liked(persona, _unfit(told, text), claimed=claimed) if asked == 0 else {}
    deeper = _deeper(question, likes, known)
    deeper = [*deeper[turn % len(deeper) :], *deeper[: turn % len(deeper)]] if deeper else []
    if asked < 2 and Part.RESULT not in probed and BY_NOW not in known:
        deeper.insert(0 if asked else len(deeper), (Move.PROBE_AFTERMATH, BY_NOW, "everything was told"))
    return next(iter(deeper), None)


def done(text: str) -> int:
    """Return how many things somebody does in `text`: "I" or "we" and a verb, in whatever tense."""
    return len(_DOES.findall(text))


def whole(told: Told, probed: Collection[str]) -> bool:
    """Return whether all that a story needs was `told`, or was `probed` for."""
    return all(part in told.parts or part in probed for part in NEEDED)


def _only_we(text: str) -> bool:
    """Return whether `text` tells of what "we" did, and hardly of what the teller did."""
    together = len(_WE.findall(text))
    return together >= FEWEST_WE and together > 2 * len(_I.findall(text))


def _deeper(question: Question, likes: Mapping[Move, str], known: Collection[str]) -> list[Wanted]:
    """Return what the question looks for, and what the persona `likes` to ask, if not `known`."""
    sought = {Move(f"probe({part})"): f"no {part} was told" for part in question.looks_for}
    every = {**sought, **likes}
    return [(move, part_of(move), why) for move, why in every.items() if part_of(move) not in known]


def _liked(persona: Persona, unfit: Collection[str], *, claimed: bool) -> dict[Move, str]:
    """Return what `persona` likes to ask, and why; what is `unfit` gives way to what else could be done."""
    likes = map(Move, persona.probes)
    moves = [Move.PROBE_TRADE_OFF if part_of(move) in unfit else move for move in likes]
    if persona.challenges and claimed:
        moves.append(Move.CHALLENGE)
    return dict.fromkeys(moves, f"{persona.name} likes to ask for that")


def _unfit(told: Told, text: str) -> set[str]:
    """Return what nobody would ask of `text`: of a story with nobody else in it, what others did or thought.

    Nor what they thought where it was told, nor a number where no outcome that has one was told.
    """
    alone = _COMPANY.search(text) is None
    unfit = {"others": alone or _REACTED.search(text) is not None, Part.OWN_PART.value: alone}
    unfit[Part.NUMBER.value] = alone or Part.RESULT not in told.parts or _COUNTABLE.search(text) is None
    return {part for part, is_unfit in unfit.items() if is_unfit}


def article(part: Part) -> str:
    """Return "a result", "an action"."""
    return f"an {part}" if part is Part.ACTION else f"a {part}"


def part_of(move: Move) -> str:
    """Return what `move` asks for: "result" of "probe(result)"."""
    return move.removeprefix("probe(").removesuffix(")")


def fit(known: Sequence[Claim], named: Collection[str], move: Move) -> str:
    """Return the best of the `known` claims to name with `move`, not `named` yet; "" if there is none.

    Who is asked for their own part is asked it of what "we" did; how something stands today, of what may
    still be there; why, at what price, and what others thought, of what could have been left.
    """
    fitting = (one.text for one in known if one.text not in named and _fits(one, move))
    return next(fitting, "") if move in CLAIMING else ""


def _fits(claim: Claim, move: Move) -> bool:
    if move is Move.PROBE_OWN_PART:
        return claim.shared
    if move in STANDING_BY_NOW:
        return claim.lasting
    return claim.chosen or move not in CHOOSING
