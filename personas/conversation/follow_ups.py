"""What a follow-up asks for, and which of the candidate's claims it names. Pure.

Asking for what was told is the worse fault. What is missing with confidence is asked for. Where that is in
doubt, the question is one that is right either way: whether it held up, which step was the hardest; only if
the answer to that leaves the doubt is it asked outright. Else it goes deeper: a price, a choice, a lesson.
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
        Move.CHALLENGE,
        Move.CUT_IN,
    }
)
Wanted = tuple[Move, str, str]  # the move, what counts as asked for then, and why


def wanted(
    told: Told, probed: Collection[str], question: Question, persona: Persona, *, first: bool, claimed: bool
) -> Wanted | None:
    """Return what to ask for next; None if enough was told.

    Args:
        told: what was told to the question so far.
        probed: what was asked for already.
        question: the question.
        persona: who asks.
        first: whether nothing was asked about the answer yet.
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
    if doubtful and not first:
        part = doubtful[0]
        return Move(f"probe({part})"), part, f"it is in doubt whether {article(part)} was told"
    others = [part for part in question.looks_for if part not in (*CORE, *told.parts, *probed)]
    if others:
        return Move(f"probe({others[0]})"), others[0], f"no {others[0]} was told"
    return _deeper(told, probed, persona, claimed) if first else None


def _deeper(told: Told, probed: Collection[str], persona: Persona, claimed: bool) -> Wanted | None:
    """Return what this interviewer cares for, when all that the question needs was told."""
    for probe in persona.probes:
        part = part_of(Move(probe))
        if part not in (*CORE, *told.parts, *probed):
            return Move(probe), part, f"{persona.name} asks for it"
    if persona.challenges and claimed and "challenge" not in probed:
        return Move.CHALLENGE, "challenge", "everything was told"
    return None


def article(part: Part) -> str:
    """Return "a result", "an action"."""
    return f"an {part}" if part is Part.ACTION else f"a {part}"


def part_of(move: Move) -> str:
    """Return what `move` asks for: "result" of "probe(result)"."""
    return move.removeprefix("probe(").removesuffix(")")


def fit(known: Sequence[Claim], named: Collection[str], move: Move) -> str:
    """Return the best of the `known` claims to name with `move`, not `named` yet; "" if there is none.

    Who is asked for their own part is asked it of what "we" did.
    """
    only_shared = move is Move.PROBE_OWN_PART
    chosen = (one.text for one in known if one.text not in named and (one.shared or not only_shared))
    return next(chosen, "") if move in CLAIMING else ""
