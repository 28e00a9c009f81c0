"""What a follow-up asks for, and which of the candidate's claims it names. Pure.

Asking for what was told is the worse fault. What is missing with confidence is asked for. Where that is in
doubt, the question is one that is right either way: whether it held up, which step was the hardest; only if
the answer to that leaves the doubt is it asked outright. Else it goes deeper: into what this interviewer
cares for or the question looks for, in turns, and then into how things stand by now.
"""

from collections.abc import Collection, Sequence

from vivavoce.personas.content.pack import Question
from vivavoce.personas.content.persona import Persona
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
Wanted = tuple[Move, str, str]  # the move, what counts as asked for then, and why


def wanted(
    told: Told,
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
    for part in doubtful:
        move = EITHER_WAY[part]
        if part_of(move) not in probed:
            return move, part_of(move), f"it is in doubt whether {article(part)} was told"
    if doubtful and asked:
        part = doubtful[0]
        return Move(f"probe({part})"), part, f"it is in doubt whether {article(part)} was told"
    known = {*CORE, *told.parts, *probed}
    deeper = _deeper(question, persona if asked == 0 else None, known, claimed=claimed)
    deeper = [*deeper[turn % len(deeper) :], *deeper[: turn % len(deeper)]] if deeper else []
    if asked < 2 and Part.RESULT not in probed and BY_NOW not in known:
        deeper.insert(0 if asked else len(deeper), (Move.PROBE_AFTERMATH, BY_NOW, "everything was told"))
    return next(iter(deeper), None)


def _deeper(
    question: Question, persona: Persona | None, known: Collection[str], *, claimed: bool
) -> list[Wanted]:
    """Return what `persona`, if one is to choose, likes to ask and the question looks for, if not `known`."""
    likes = {Move(probe): f"{persona.name} asks for it" for probe in persona.probes} if persona else {}
    if persona and persona.challenges and claimed:
        likes[Move.CHALLENGE] = f"{persona.name} asks for it"
    sought = {Move(f"probe({part})"): f"no {part} was told" for part in question.looks_for}
    every = {**sought, **likes}
    return [(move, part_of(move), why) for move, why in every.items() if part_of(move) not in known]


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
