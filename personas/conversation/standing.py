"""Where an interview stands: what the director and the answers to other replies are given, and return."""

from dataclasses import dataclass, replace

from vivavoce.personas.moves import Move, Step
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.story.told import Told, told


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the interview stands; `thread` and what follows it belong to the question that was asked last."""

    asked: int = 0  # questions so far
    ends_at: Seconds = Seconds(0.0)  # when the round's time is over
    thread: str = ""  # all that was said to it
    told: Told = Told()  # noqa: RUF009, it is frozen
    probed: frozenset[str] = frozenset()
    follow_ups: int = 0
    named: frozenset[str] = frozenset()  # the candidate's claims that a line has named
    given_up: bool = False  # "I don't know" was said once
    redirected: bool = False
    rude: int = 0
    time_checked: bool = False
    back: int = 0  # questions of the candidate's
    handed_over: bool = False
    over: bool = False
    put: str = ""  # what is open, in the words in which it was put last
    probing: bool = False  # what is open is a follow-up, and not the pack's question
    asks: str = ""  # the list of lines which that follow-up is from; none if its words are the pack's
    owed: bool = False  # something is being added; what is open is put again after it
    stopping: bool = False  # "shall we stop here?" was asked
    put_off: tuple[str, ...] = ()  # what the candidate asked too early, and is answered at the end
    wrote: bool = False  # something was written to the pad since the question
    inquired: bool = False  # the candidate asked about the task
    spared: bool = False  # something hard was told, or a refusal accepted: nothing is probed

    def having(self, text: str) -> "Standing":
        """Return where it stands once `text` was said as well: the whole thread is read again."""
        thread = f"{self.thread} {text}".strip()
        return replace(self, thread=thread, told=told(thread))

    def naming(self, about: str) -> "Standing":
        """Return where it stands once a line named the claim `about`, if there is one."""
        return replace(self, named=self.named | {about}) if about else self


Decided = tuple[Standing, Step]


def probed(at: Standing, move: Move, part: str, why: str, about: str = "") -> Decided:
    """Return the follow-up with `move` that asks for `part`, and where the interview stands then."""
    after = replace(at, probed=at.probed | {part}, follow_ups=at.follow_ups + 1, probing=True, asks=move)
    return after.naming(about), Step(move=move, why=why, about=about)


def redirected(at: Standing, theme: str) -> Decided:
    """Return the way back to the question, after an answer to another one."""
    step = Step(move=Move.REDIRECT, why="it answers another question", question=theme)
    return replace(at, redirected=True, probing=True, asks="", follow_ups=at.follow_ups + 1), step
