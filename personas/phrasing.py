"""How a step is said: templates, filled with the candidate's own terms.

Which template it is follows from the seed and from how often the step was said before, such that
sessions with seeds in a row share no sentence until all combinations of a lead-in and a template
have been used. An acknowledgement is a lead-in and not a sentence of its own: "Okay." before every
question is what a machine says.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol

from vivavoce.personas.moves import Move, Said, Step
from vivavoce.personas.persona import Persona
from vivavoce.personas.phrases import Phrases

A_SESSION = 4  # uses of one list in a session, after which it goes on into the next seed's
LEADS = ("", "Okay, ", "So, ", "Right, ", "All right, ", "I see, ", "Got it, ", "Mm, ")
KEEP_CAPITAL = ("I ", "I'm", "I'd", "I've", "I'll")
ASKED_IN_PACK = (
    Move.REPEAT,
    Move.REPROMPT,
    Move.RESTART,
    Move.REASSURE,
    Move.BOUNDARY,
    Move.LATER,
    Move.TIME_CHECK,
)
IN_WORDS = dict(enumerate("no one two three four five six seven eight nine ten".split()))


class Phrasing(Protocol):
    """Turns a step into words."""

    def phrase(self, step: Step, turns: Sequence[Said]) -> Iterator[str]:
        """Yield the line for `step`, sentence by sentence.

        Args:
            step: what to say.
            turns: what was said so far, oldest first.
        """
        ...


class Templates:
    """A `Phrasing` that is always there, at once."""

    def __init__(self, persona: Persona, phrases: Phrases, seed: int = 0, *, announce: bool = True) -> None:
        """Prepare to speak as `persona`; the greeting says that there may be interruptions if `announce`."""
        self._persona = persona
        self._phrases = phrases
        self._seed = seed
        self._announce = announce
        self._uses: Counter[str] = Counter()

    def phrase(self, step: Step, turns: Sequence[Said] = ()) -> Iterator[str]:
        """Yield the line for `step`."""
        match step.move:
            case Move.OPEN:
                kind = "plain" if self._announce else "quiet"
                yield self._pick("greeting", kind).format(name=self._persona.name, role=self._persona.role)
                yield step.question
            case Move.ASK:
                yield self._led("acknowledge", step.question)
            case Move.CUT_IN:
                yield self._about("cut in", step.about)
                yield self._pick("redirect_to", step.wanted)
            case Move.REDIRECT:
                yield self._pick("redirect", "plain").format(theme=step.question)
            case Move.ANSWER:
                yield step.question
                yield self._pick("more questions", "plain")
            case Move.DECLINE:
                yield self._pick("decline", "plain")
                yield self._pick("more questions", "plain")
            case move if move in ASKED_IN_PACK:
                yield self._pick(move, "plain").format(minutes=minutes(step.minutes_left))
                if step.question:
                    yield step.question
            case move:
                yield self._led("lead", self._about(move, step.about))

    def encouragement(self) -> str:
        """Return a soft word for somebody who is thinking."""
        return self._pick("encourage", "plain")

    def _about(self, key: str, about: str) -> str:
        return self._pick(key, "about").format(about=about) if about else self._pick(key, "plain")

    def _pick(self, key: str, kind: str) -> str:
        lines = self._phrases.lines(key, kind)
        return lines[self._turn(f"{key} {kind}") % len(lines)]

    def _led(self, key: str, line: str) -> str:
        """Return `line` after a lead-in, or alone."""
        lead = LEADS[self._turn(key) * 3 % len(LEADS)]
        return line if not lead or line.startswith(KEEP_CAPITAL) else lead + line[0].lower() + line[1:]

    def _turn(self, key: str) -> int:
        turn = self._seed * A_SESSION + self._uses[key]
        self._uses[key] += 1
        return turn


def minutes(count: int) -> str:
    """Return `count` minutes in words."""
    return "a minute" if count == 1 else f"{IN_WORDS.get(count, count)} minutes"
