"""What an interview will be about, before it begins: its questions, and what in the papers they come from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vivavoce.personas.content.pack import Pack
from vivavoce.personas.content.persona import Persona, persona
from vivavoce.personas.content.question import Question
from vivavoce.personas.conversation.question_choice import chosen
from vivavoce.personas.papers.job_packs import loop, round_of, weighed
from vivavoce.personas.papers.tailoring import MARK, Tailoring
from vivavoce.simulator.engine.rounds import Staged, tailored_stages
from vivavoce.simulator.live import papers
from vivavoce.simulator.live.session_folder import Wanted, seed
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.printable import printable


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A question that will be asked, in these words."""

    round: str  # the id of its pack
    question: Question
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An interview that is about to begin."""

    asking: Persona
    content: Pack
    known: Tailoring
    seed: int
    told: tuple[str, ...] = ()  # lines for the candidate: what it takes from their papers

    def tell(self, notice: papers.Tell) -> None:
        """Tell the candidate."""
        for line in self.told:
            notice(line)


def prepared(settings: Settings, wanted: Wanted) -> Prepared:
    """Return the interview that is `wanted`.

    Raises:
        DocumentError: the résumé or the job posting cannot be used.
        PersonaError: no such persona or round.
        LibraryError: the number of the session cannot be kept.
    """
    told: list[str] = []
    known = papers.known(settings.resume, settings.job, wanted.title, told.append)
    asking, content, number = persona(wanted.persona), wanted.content(known), seed()
    staged = _planned(tailored_stages(asking, content, known, number), number)
    told += [printable(f"You will be asked about {one}") for one in reasons(staged)]
    return Prepared(asking=asking, content=content, known=known, seed=number, told=tuple(told))


def planned(known: Tailoring, wanted: str | None = None, number: int = 0, who: str = "dana") -> list[Planned]:
    """Return what would be asked of somebody of whom this is `known`.

    Args:
        known: of the candidate and the job.
        wanted: a round; None for all that the job has.
        number: of the session: each asks other questions.
        who: the persona, in rounds that name none.

    Raises:
        PersonaError: there is no such round or persona.
    """
    content = weighed(loop(known), known) if wanted is None else round_of(wanted, known)
    return _planned(tailored_stages(persona(who), content, known, number), number)


def _planned(staged: Sequence[Staged], number: int) -> list[Planned]:
    return [
        Planned(round=stage.pack.id, question=question, words=words)
        for stage in staged
        for question, words in zip(*chosen(stage.pack, number)[:2], strict=True)
    ]


def reasons(plan: list[Planned]) -> Iterator[str]:
    """Yield a line for each question that comes from the papers: what it is about, and why it is asked."""
    for one in plan:
        because = one.question.because
        if one.question.id.startswith(MARK):
            said = [("your résumé", because.resume), ("the posting", because.job)]
            why = " and ".join(f"{where} says “{quote}”" for where, quote in said if quote)
            yield f"{one.question.theme}: {why}"
