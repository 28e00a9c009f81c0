"""Who interviews: persona, round and words put together, for people, scripts and benchmarks alike."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from vivavoce.personas.content.pack import Pack, pack
from vivavoce.personas.content.persona import Persona, PersonaError, persona
from vivavoce.personas.content.phrases import phrases
from vivavoce.personas.content.turns import turning
from vivavoce.personas.conversation.director import Director
from vivavoce.personas.conversation.patience import Eagerness
from vivavoce.personas.conversation.phrasing import Templates
from vivavoce.personas.papers.tailoring import NOTHING, Tailoring, asked_of, tailored
from vivavoce.simulator.engine.interviewer import Interviewer
from vivavoce.transcripts.story.subject import Meaning, nothing

# How readily the interviewer cuts in, as a setting: times the persona's own readiness.
INTERRUPTIONS = {"off": 0.0, "gentle": 0.6, "normal": 1.0, "brisk": 1.4, "relentless": 2.0}
# What puts an interviewer together, as `interviewer` does.
Cast = Callable[[Persona, Pack, float | None, int, str, Tailoring, Meaning], Interviewer]


def on_their_own(made: Callable[[Persona, Pack, int, Meaning], Interviewer]) -> Cast:
    """Return a cast that heeds no papers, settings or length.

    Args:
        made: puts the interviewer together from who asks, what, the seed, and what tells meanings.
    """

    def one(
        asking: Persona,
        content: Pack,
        minutes: float | None,
        seed: int,
        interruptions: str,
        known: Tailoring,
        meaning: Meaning,
    ) -> Interviewer:
        return made(asking, content, seed, meaning)

    return one


def interviewer(
    asking: Persona,
    content: Pack,
    minutes: float | None,
    seed: int,
    interruptions: str = "normal",
    known: Tailoring = NOTHING,
    meaning: Meaning = nothing,
) -> Interviewer:
    """Return the interviewer for a round, or the first one of a loop of several.

    Args:
        asking: the persona; in a loop, of the stages that name none.
        content: what the round asks.
        minutes: how long it takes; None for as long as the pack says.
        seed: sessions with different seeds ask other questions, in other words.
        interruptions: one of INTERRUPTIONS.
        known: of the candidate and the job.
        meaning: tells a slide into another subject and what a reply is like; without it, words alone do.

    Raises:
        PersonaError: a round of the loop, or its interviewer, cannot be used.
    """
    scale = (minutes or content.minutes) / content.minutes
    following: Interviewer | None = None
    for stage in reversed(tailored_stages(asking, content, known, seed)):
        following = _one(stage, stage.minutes * scale, seed, interruptions, following, meaning)
    assert following is not None
    return following


@dataclass(frozen=True, slots=True)
class Staged:
    """A round with its interviewer."""

    persona: Persona
    pack: Pack
    minutes: float


def stages(asking: Persona, content: Pack) -> list[Staged]:
    """Return the rounds of `content`, in order: the stages of a loop, or itself alone.

    Raises:
        PersonaError: a round of the loop, or its interviewer, cannot be used.
    """
    if not content.stages:
        return [Staged(asking, content, content.minutes)]
    found = [
        Staged(
            replace(persona(one.persona) if one.persona else asking, looks=one.looks),
            pack(one.round),
            one.minutes,
        )
        for one in content.stages
    ]
    inner = next((one.pack.id for one in found if one.pack.stages), None)
    if inner is not None:
        raise PersonaError(
            f"the round {content.id} holds {inner}, which is a loop itself; name its rounds instead"
        )
    return found


def tailored_stages(asking: Persona, content: Pack, known: Tailoring, seed: int) -> list[Staged]:
    """Return the rounds of `content` with what is `known`: no two of them ask about the same of it.

    Raises:
        PersonaError: a round of the loop, or its interviewer, cannot be used.
    """
    fitted, asked = list[Staged](), Counter[str]()
    staged = stages(asking, content)
    for stage, row in zip(staged, content.stages or [None] * len(staged), strict=True):
        own = tailored(stage.pack, known, seed, asked)
        fitted.append(replace(stage, pack=turning(own, row, seed) if row else own))
        asked += asked_of(fitted[-1].pack)
    return fitted


def _one(
    stage: Staged,
    minutes: float,
    seed: int,
    interruptions: str,
    following: Interviewer | None,
    meaning: Meaning,
) -> Interviewer:
    asking = stage.persona
    eagerness = Eagerness(asking.cut_in_eagerness * INTERRUPTIONS[interruptions])
    successor = following.persona.name if following else ""
    return Interviewer(
        Director(asking, stage.pack, minutes, seed, successor, meaning),
        asking,
        Templates(asking, phrases(asking), seed, announce=eagerness.factor > 0),
        eagerness,
        following,
        meaning,
    )
