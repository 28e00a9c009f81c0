"""Which of the candidate's claims a follow-up names."""

import pytest

from vivavoce.personas.conversation.follow_ups import fit
from vivavoce.personas.moves import Move
from vivavoce.transcripts.story.claims import Claim

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
