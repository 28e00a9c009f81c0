"""A drill, held as a session of a few minutes; what it measured is read from what the session left."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from vivavoce.personas.content.pack import Pack, pack, practising
from vivavoce.personas.content.persona import Persona
from vivavoce.personas.content.phrases import phrases
from vivavoce.personas.conversation.director import Director
from vivavoce.personas.conversation.patience import Eagerness, Rambling
from vivavoce.personas.conversation.phrasing import Templates
from vivavoce.personas.conversation.standing import Decided, Standing
from vivavoce.personas.papers.job_packs import BEHAVIORAL
from vivavoce.simulator.engine.answer_reader import reader
from vivavoce.simulator.engine.interviewer import Interviewer
from vivavoce.simulator.engine.rounds import Cast, on_their_own
from vivavoce.simulator.live.session_folder import Wanted
from vivavoce.simulator.settings import Settings
from vivavoce.simulator.training import planning
from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.story.subject import Meaning
from vivavoce.transcripts.training.drills import CONCEPT, Drill
from vivavoce.transcripts.training.drills import drill as by_name
from vivavoce.transcripts.training.held import held, held_in
from vivavoce.transcripts.training.measures import Measured

MINUTES = 4.0
QUESTIONS = 2  # in a drill: the second one is the chance to do it better
CUT_IN_AFTER = Seconds(20.0)  # of talk
INTERRUPTED = "the drill is about being interrupted"
ASK_BACK = "reverse-question"


def content(drill: Drill, number: int, topics: Sequence[str] = ()) -> Pack:
    """Return what a drill asks.

    Args:
        drill: which one.
        number: of the session: each asks other questions.
        topics: of the person's job, to be explained; none for what everybody knows.

    Raises:
        PersonaError: the pack that it is held in cannot be used.
    """
    whole = pack(BEHAVIORAL)
    many = 1 if drill.id == ASK_BACK else QUESTIONS
    lines = [drill.ask[(many * number + place) % len(drill.ask)] for place in range(many)]
    about = topics or drill.plain or ("",)
    texts = [
        line.replace(CONCEPT, about[(many * number + place) % len(about)]) for place, line in enumerate(lines)
    ]
    asked = tuple(
        replace(practising(whole, text).questions[0], id=f"{drill.id}-{place}")
        for place, text in enumerate(texts)
    )
    first = replace(practising(whole, texts[0]), questions=asked, most_questions=many)
    return replace(first, opens_with=asked[0].id, minutes=MINUTES, title=drill.title)


class DrillDirector(Director):
    """Asks its questions at once and goes when they are answered; with ASK_BACK, the candidate asks."""

    def __init__(self, persona: Persona, content: Pack, drill: Drill, seed: int, meaning: Meaning) -> None:
        """Prepare the `drill` with its `content`."""
        super().__init__(persona, content, content.minutes, seed, meaning=meaning)
        self._asks_back = drill.id == ASK_BACK

    def opening(self, now: Seconds = Seconds(0.0), rude: int = 0) -> Decided:
        """Return the first step, without a greeting: the question, or that the candidate may ask."""
        at, step = super().opening(now, rude)
        return self._hand_over(at, step.why) if self._asks_back else (at, replace(step, first=False))

    def _hand_over(self, at: Standing, why: str) -> Decided:
        return super()._hand_over(at, why) if self._asks_back else self._close(at, why)


class CutsIn(Rambling):
    """Cuts in once an answer when enough was said to be cut in on, whatever it was."""

    def __init__(self) -> None:
        """Watch as nobody does who goes by what is told."""
        super().__init__(eagerness=Eagerness(0.0))

    def receive(self, final: Sequence[Word], pending: Sequence[Word]) -> None:
        """Take words, and whether it is time; it stays so while somebody talks on who never pauses."""
        since = self._due_at
        super().receive(final, pending)
        latest, early = self._progress.latest, self._progress.said_for < CUT_IN_AFTER
        never = latest is None or early or self._cut_in_at
        self._due_at = None if latest is None or never else since or latest.end

    def _told(self) -> tuple[str, ...]:
        return INTERRUPTED, f"{self._progress.said_for:.0f} s into the answer"


def cast(drill: Drill) -> Cast:
    """Return what puts the interviewer of a drill together: one who asks and does not follow up."""

    def one(asking: Persona, content: Pack, seed: int, meaning: Meaning) -> Interviewer:
        plain = replace(asking, follow_ups=0, time_checks=False)  # no time is kept for questions at the end
        return Interviewer(
            DrillDirector(plain, content, drill, seed, meaning),
            plain,
            Templates(plain, phrases(plain), seed, announce=drill.spoken),
            Eagerness(0.0),
            meaning=meaning,
            watch=CutsIn() if drill.spoken else None,
        )

    return on_their_own(one)


def opened(settings: Settings, name: str, persona: str) -> tuple[Settings, Wanted, Cast]:
    """Return what a session needs that holds the drill called `name`, with the questions that are next.

    Raises:
        LibraryError: there is no such drill, or the sessions cannot be read.
        PersonaError: the pack that it is held in cannot be used.
    """
    chosen = by_name(name)
    number, topics = coming(chosen)
    return _plain(settings), _wanted(chosen, persona, number, topics), cast(chosen)


def coming(drill: Drill) -> tuple[int, list[str]]:
    """Return the number of the next session of `drill`, and the topics of the job that it may ask for.

    Raises:
        LibraryError: the sessions cannot be read.
    """
    number = sum(one.drill == drill.id for one in held(reader=reader, latest=0))
    return number, planning.topics_of_the_job() if drill.plain else []


def hold(settings: Settings, drill: Drill, persona: str, number: int, topics: Sequence[str]) -> Path:
    """Hold `drill` at the local sound devices; return the session's folder.

    Raises:
        MissingModels: models are not here; nothing has begun.
        AudioError: a device cannot be used; what was said is kept.
        PersonaError: no such persona.
        TranscriptError: the session cannot be kept.
    """
    from vivavoce.simulator.live.interview import interview

    return interview(_plain(settings), _wanted(drill, persona, number, topics), cast(drill))


def hold_in_writing(
    settings: Settings,
    drill: Drill,
    persona: str,
    number: int,
    topics: Sequence[str],
    lines: Iterable[str],
    show: Callable[[str], None],
) -> Path:
    """Hold `drill` in writing; return the session's folder.

    Raises:
        LibraryError: the session cannot be kept.
        PersonaError: no such persona.
    """
    from vivavoce.simulator.live.typed import typed

    return typed(_plain(settings), _wanted(drill, persona, number, topics), lines, show, cast(drill))


def result(folder: Path) -> Measured:
    """Return what the drill in `folder` measured; an empty rating where there was nothing to measure."""
    found = held_in(folder, reader)
    return (found.measured if found else None) or Measured("nothing was heard, so nothing was measured")


def _wanted(drill: Drill, persona: str, number: int, topics: Sequence[str]) -> Wanted:
    return Wanted(persona=persona, title=drill.title, drill=drill.id, pack=content(drill, number, topics))


def _plain(settings: Settings) -> Settings:
    """Return `settings` without what has no place in a drill: papers, and a chat model's words."""
    return replace(settings, resume="", job="", llm_base_url="")
