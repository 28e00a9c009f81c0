"""Who interviews: persona, round and words put together, for people, scripts and benchmarks alike."""

from vivavoce.personas.director import Director
from vivavoce.personas.pack import Pack
from vivavoce.personas.patience import Eagerness
from vivavoce.personas.persona import Persona, PersonaError
from vivavoce.personas.phrases import phrases
from vivavoce.personas.phrasing import Templates
from vivavoce.simulator.interviewer import Interviewer

# How readily the interviewer cuts in, as a setting: times the persona's own readiness.
INTERRUPTIONS = {"off": 0.0, "gentle": 0.6, "normal": 1.0, "brisk": 1.4, "relentless": 2.0}


def interviewer(
    asking: Persona, content: Pack, minutes: float | None, seed: int, interruptions: str = "normal"
) -> Interviewer:
    """Return the interviewer for one round.

    Args:
        asking: the persona.
        content: what the round asks.
        minutes: how long it takes; None for as long as the pack says.
        seed: sessions with different seeds ask other questions, in other words.
        interruptions: one of INTERRUPTIONS.

    Raises:
        PersonaError: it is a loop of several rounds.
    """
    if content.stages:
        raise PersonaError(
            f"the round {content.id} is made of several; hold them one by one: "
            + ", ".join(f"--round {stage.round}" for stage in content.stages)
        )
    eagerness = Eagerness(asking.cut_in_eagerness * INTERRUPTIONS[interruptions])
    return Interviewer(
        Director(asking, content, minutes, seed),
        asking,
        Templates(asking, phrases(asking), seed, announce=eagerness.factor > 0),
        eagerness,
    )
