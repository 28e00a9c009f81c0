"""How a step is said: templates, filled with what the candidate claimed.

Which template it is follows from the seed and from how often the step was said before, such that
sessions with seeds in a row share no sentence until all combinations of a lead-in and a template
have been used. An acknowledgement of one word is a lead-in, "Okay, how did it end?", as "Okay." before every
question is what a machine says. Saying a claim back acknowledges it: no other word comes before that.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol
from zlib import crc32

from vivavoce.personas.content.persona import Persona
from vivavoce.personas.content.phrases import Phrases
from vivavoce.personas.conversation.back_channels import BackChannels
from vivavoce.personas.moves import Move, Said, Step

SESSIONS = 11  # with seeds in a row, whose first uses of a list come before anybody's second
KEEP_CAPITAL = ("I ", "I'm", "I'd", "I've", "I'll")
ASKED_IN_PACK = (
    Move.REPEAT,
    Move.REPROMPT,
    Move.RESTART,
    Move.REASSURE,
    Move.BOUNDARY,
    Move.LATER,
    Move.TIME_CHECK,
    Move.EXPLAIN,
    Move.GO_ON,
    Move.ACCEPT,
    Move.CARE,
    Move.HAND_ON,
)
IN_WORDS: dict[float, str] = dict(enumerate("no one two three four five six seven eight nine ten".split()))


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

    def _opening(self, step: Step) -> Iterator[str]:
        if step.first:
            greeting = self._pick("greeting", "plain" if self._announce else "quiet")
            yield greeting.format(name=self._persona.name, role=self._persona.role)
        yield from filter(None, (self._persona.looks if step.first else "", step.question))

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
                yield from self._opening(step)
            case Move.ASK | Move.CLOSE | Move.HAND_OVER | Move.PROBE_POINT | Move.PROBE_FURTHER if (
                step.unanswered
            ):
                yield from self._after_nothing(step)
            case Move.CUT_IN if not step.minutes_left:
                yield self._about("cut in", step.about)
                place = (step.lead, "plain") if step.lead else ("redirect_to", step.wanted)
                yield self._pick(*place)
            case Move.TELL | Move.EXPLAIN | Move.GO_ON | Move.ANSWER | Move.DECLINE if step.about:
                yield from self._told(step)
            case move if step.lead or move in ASKED_IN_PACK:
                line = self._pick(step.lead or move, "plain")
                yield line.format(minutes=minutes(step.minutes_left), next=step.next)
                if step.question or step.asks:
                    yield step.question or self._pick(step.asks, "plain")
            case Move.ASK | Move.PROBE_POINT | Move.PROBE_FURTHER:
                turn = self._turn("acknowledge")
                yield self._led(step.move, step.question, turn, turn)
            case Move.REDIRECT:
                yield self._pick("redirect", "plain").format(theme=step.question)
            case Move.TELL | Move.ANSWER | Move.DECLINE:
                yield from self._told(step)
            case move:
                yield self._picked_and_led(move, step.about)

    def _told(self, step: Step) -> Iterator[str]:
        """Yield a line that says something of its own, or says back what the candidate said or asked."""
        match step.move:
            case Move.GO_ON:
                yield self._about("last heard", step.about)
            case Move.ANSWER | Move.DECLINE:
                if step.about:  # an answer says itself what was asked
                    yield self._about("put off", "" if step.question else step.about)
                yield step.question or self._pick("decline", "plain")
                yield self._pick(*(("put off", "quiet") if step.about else ("more questions", "plain")))
            case _:
                yield from filter(None, (step.about, step.question))

    def _after_nothing(self, step: Step) -> Iterator[str]:
        """Yield a line that acknowledges nothing, since nothing was said."""
        if step.question:
            yield from [self._pick("another", "plain")] if step.move is Move.ASK else []
            yield step.question
        else:
            yield self._pick(step.move, "quiet" if step.move is Move.CLOSE else "plain")

    def put(self, line: str) -> str:
        """Return what `line` asks, without its lead-in."""
        acknowledging = (lead_in(one) for one in self._phrases.lines("acknowledge"))
        plain = [*self._phrases.lines("in other words"), *self._phrases.lines("cut in")]
        cuts = (
            one.partition("{about}")[0].rpartition(". ") for one in self._phrases.lines("cut in", "about")
        )
        leads = [*acknowledging, *(f"{one} " for one in plain), *(f"{one}. " for one, dot, _ in cuts if dot)]
        before = max((one for one in leads if line.startswith(one)), key=len, default="")
        bare = line[len(before) :]
        return f"{bare[:1].upper()}{bare[1:]}"

    def encouragement(self) -> str:
        """Return a soft word for somebody who is thinking."""
        return self._pick("encourage", "plain")

    def back_channels(self) -> BackChannels:
        """Return how and when this persona says that it follows."""
        return BackChannels(self._persona, self._phrases.lines("back channel"), self._seed)

    def _about(self, key: str, about: str) -> str:
        return _filled(self._pick(key, "about"), about) if about else self._pick(key, "plain")

    def _pick(self, key: str, kind: str) -> str:
        lines = self._phrases.lines(key, kind)
        return lines[_place(self._turn(f"{key} {kind}"), len(lines))[1]]

    def _picked_and_led(self, key: str, about: str = "") -> str:
        """Return a line of `key` after a lead-in; when the line comes round again, after another one."""
        kind = "about" if about else "plain"
        lines, turn = self._phrases.lines(key, kind), self._turn(f"{key} {kind}")
        around, place = _place(turn, len(lines))
        return _filled(lines[place], about) if about else self._led(key, lines[place], around, place)

    def _led(self, key: str, line: str, around: int, place: int) -> str:
        leads = ("", *self._phrases.lines("acknowledge"))
        of_key = crc32(key.encode())
        stride = 1 + 2 * (of_key >> 5)  # odd, and each key's own: two in a row seldom begin alike
        lead = leads[(around + stride * (place + 1) + of_key) % len(leads)]
        return led(lead, line) if lead else line

    def _turn(self, key: str) -> int:
        turn = self._seed + SESSIONS * self._uses[key]
        self._uses[key] += 1
        return turn


def _filled(line: str, about: str) -> str:
    """Return `line` with a claim in it, "you moved the flag": it may begin the line."""
    filled = line.format(about=about)
    return f"{filled[:1].upper()}{filled[1:]}"


def _place(turn: int, many: int) -> tuple[int, int]:
    """Return how often `many` lines have come round at `turn`, and whose turn it is: each once a round."""
    around = turn // many
    return around, (turn + around) % many


def led(acknowledgement: str, line: str) -> str:
    """Return `line` after an `acknowledgement`: "Okay, how did it end?", "Got it. How did it end?"."""
    lead = lead_in(acknowledgement)
    keeps = lead.endswith(". ") or line.startswith(KEEP_CAPITAL)
    return f"{lead}{line}" if keeps else f"{lead}{line[0].lower()}{line[1:]}"


def lead_in(acknowledgement: str) -> str:
    """Return what a line begins with that is led in by an `acknowledgement`."""
    return f"{acknowledgement} " if " " in acknowledgement else f"{acknowledgement.rstrip('.')}, "


def minutes(count: float) -> str:
    """Return `count` minutes in words; one that is no whole number is a half, or one and a half."""
    known = {0.5: "thirty seconds", 1: "a minute", 1.5: "a minute and a half"}
    return known.get(count, f"{IN_WORDS.get(count, count)} minutes")
