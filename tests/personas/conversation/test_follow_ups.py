"""What a follow-up asks for, and which of the candidate's claims it names."""

from dataclasses import replace

import pytest

from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import persona
from vivavoce.personas.conversation.follow_ups import fit, wanted
from vivavoce.personas.moves import Move
from vivavoce.transcripts.story.claims import Claim
from vivavoce.transcripts.story.star import Part
from vivavoce.transcripts.story.told import Told

BUILT = Claim("you built the loading ramp", shared=False, lasting=True)
MEASURED = Claim("you measured the old ramp", shared=False, chosen=False)
TALKED = Claim("you proposed a shorter shift", shared=True)
KNOWN = (MEASURED, TALKED, BUILT)


@pytest.mark.parametrize(
    ("move", "named"),
    [
        (Move.PROBE_LESSON, MEASURED),
        (Move.PROBE_HARDEST, MEASURED),
        (Move.PROBE_OWN_PART, TALKED),
        (Move.PROBE_TRADE_OFF, TALKED),
        (Move.PROBE_OTHERS, TALKED),
        (Move.PROBE_AFTERMATH, BUILT),
        (Move.PROBE_RESULT, BUILT),
    ],
)
def test_a_claim_is_named_that_can_be_asked_so(move: Move, named: Claim) -> None:
    assert fit(KNOWN, (), move) == named.text


def test_nothing_is_named_twice_nor_with_a_move_that_asks_of_no_claim() -> None:
    assert fit(KNOWN, (BUILT.text,), Move.PROBE_AFTERMATH) == ""
    assert fit(KNOWN, (), Move.PROBE_NUMBER) == ""


ALONE = "I rewrote my letter, sent it off in May, and learned to say less."
WITH_OTHERS = "My neighbour and I moved the ramp. She asked me to, and nobody had to queue after that."
REACTED = "The team moved the ramp, and they were pleased with it."
COUNTABLE = "The team moved the ramp, and loading got faster."
WHOLE = frozenset({Part.SITUATION, Part.TASK, Part.ACTION, Part.RESULT})


@pytest.mark.parametrize(
    ("text", "move"),
    [
        ("The project was big. Things were decided, and it was launched in May.", Move.CLARIFY),
        ("The project was big. I rang the printer, and it was launched in May.", Move.PROBE_HARDEST),
    ],
)
def test_which_part_was_the_hardest_is_asked_only_of_who_told_a_step(text: str, move: Move) -> None:
    doubtful = Told(parts=WHOLE - {Part.ACTION}, doubtful=(Part.ACTION,))
    question = pack("behavioral").questions[0]

    found = wanted(doubtful, text, (), question, persona("dana"), asked=0, turn=0, claimed=False)

    assert found is not None
    assert found[0] is move


def liked(text: str, likes: str, parts: frozenset[Part] = WHOLE) -> set[Move]:
    """Return what somebody who likes only to ask `likes` may ask of a whole story in any turn."""
    someone = replace(persona("dana"), probes=(likes,))
    asks = pack("behavioral").questions[0]
    asks = replace(asks, looks_for=("action", "result"))
    found = (
        wanted(Told(parts), text, (), asks, someone, asked=0, turn=turn, claimed=False) for turn in range(9)
    )
    return {one[0] for one in found if one}


@pytest.mark.parametrize(
    ("text", "likes", "fits"),
    [
        (WITH_OTHERS, "probe(others)", True),
        (ALONE, "probe(others)", False),
        (REACTED, "probe(others)", False),
        (WITH_OTHERS, "probe(own part)", True),
        (ALONE, "probe(own part)", False),
        (COUNTABLE, "probe(number)", True),
        (WITH_OTHERS, "probe(number)", False),
        (ALONE, "probe(number)", False),
        (ALONE, "probe(lesson)", True),
    ],
)
def test_what_a_persona_likes_is_asked_of_a_story_that_has_it(text: str, likes: str, fits: bool) -> None:
    assert (Move(likes) in liked(text, likes)) is fits


def test_instead_of_what_does_not_fit_something_else_is_asked() -> None:
    assert liked(ALONE, "probe(others)") == {Move.PROBE_TRADE_OFF}


@pytest.mark.parametrize(
    ("text", "all_of_us"),
    [
        ("We run it together, we do the brief, and we cover each other.", True),
        ("I run it, I do the brief, and we cover each other, we and they.", False),
        ("I run it alone, and do the brief.", False),
    ],
)
@pytest.mark.parametrize("doubtful", [frozenset({Part.ACTION}), frozenset()])
def test_who_tells_only_of_all_together_is_asked_for_their_own_part(
    text: str, all_of_us: bool, doubtful: frozenset[Part]
) -> None:
    told = Told(parts=WHOLE - doubtful, doubtful=doubtful)
    dana, question = persona("dana"), pack("behavioral").questions[0]
    found = wanted(told, text, (), question, dana, asked=0, turn=0, claimed=False)

    assert found is not None
    assert (found[0] is Move.PROBE_OWN_PART) is all_of_us
