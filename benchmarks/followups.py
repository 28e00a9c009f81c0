"""What an interviewer asks next, told a whole story by a stranger, or one with a part left out.

    python -m benchmarks.followups [--stories FILE] [--folds] [--personas dana,omar] [--lines]

The real interviewer without sound asks the stranger's question, hears the answer, and asks twice; the reply
in between tells nothing. Strangers (benchmarks/strangers.py) are printed first. With --folds what counts
as told is calibrated without the author whose answer it is. With --lines nothing is measured, and lines are
printed to be read one by one: to each whole answer a persona's first and, after a likely reply, its second.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from time import process_time

import numpy as np

from benchmarks.fit_told import examples, unseen
from benchmarks.measure import publish
from benchmarks.stories import answers, is_complete, variants
from benchmarks.strangers import STRATA, Strange, strangers
from vivavoce.personas.content.pack import pack, practising
from vivavoce.personas.content.persona import names, persona
from vivavoce.personas.conversation.director import Director
from vivavoce.personas.conversation.replies import kind
from vivavoce.simulator.engine.interviewer import Interviewer
from vivavoce.simulator.engine.rounds import interviewer
from vivavoce.simulator.practice.candidate_script import spoken
from vivavoce.transcripts.events import QuestionAsked, Seconds, TurnEnded
from vivavoce.transcripts.story import told

CORE = ("situation", "task", "action", "result")
ALSO = {
    "action": ("action", "hardest step"),
    "result": ("result", "aftermath"),
}  # asks for it, right either way
NOTHING_NEW = (
    "That is a fair thing to ask, and I would have to think about how best to put it into words here."
)
LIKELY = (  # replies that tell something, whatever was asked
    "The part with the other department took longest, because they had a plan of their own and I had to "
    "sit down with each of them before anybody would move.",
    "Mostly it was a matter of time. I put the small cases first and left the large one for the week "
    "after, which nobody liked, but it kept us going.",
    "To be fair, most of them were sceptical at first. I asked two of them to try it for a day, and after "
    "that they talked to the others.",
)
OURS = "our own"
TIMED_WORDS = 450  # three minutes of talk


@dataclass(frozen=True, slots=True)
class Asked:
    """Two lines in a row after an answer, and what they ask for."""

    answer: Strange
    who: str
    lines: tuple[str, ...]
    wants: tuple[str, ...]


def main() -> None:
    """Measure, print, publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--stories", default="", help="instead of $VIVAVOCE_STRANGERS")
    parser.add_argument("--folds", action="store_true", help="leave one author out at a time")
    parser.add_argument("--personas", default="", help="instead of all")
    parser.add_argument("--lines", action="store_true", help="print two lines an answer, and stop")
    chosen = parser.parse_args()
    people = chosen.personas.split(",") if chosen.personas else names("people")
    many = strangers(chosen.stories)
    if chosen.lines:
        print(*to_be_read([one for one in many if one.variant == "told"], people), sep="\n")
        return
    folds = blind(many, people, chosen.stories) if chosen.folds else asked(many, people)
    found = [*folds, *asked(own(), people)]
    figures = {key: value for name in (*STRATA, OURS) for key, value in measure(name, found)}
    publish(f"followups{'-folds' if chosen.folds else ''}", figures | timed())


def own() -> list[Strange]:
    """Return our own complete answers, likewise."""
    named = {"complete": "told", "no action": "no action", "no result": "no result"}
    return [
        Strange(one.id, "", OURS, one.question, " ".join(one.texts), named[one.variant])
        for answer in answers()
        if is_complete(answer)
        for one in variants(answer)
        if one.variant in named
    ]


def blind(many: Sequence[Strange], people: Sequence[str], path: str) -> list[Asked]:
    """Return what is asked when nothing was learnt from who answers."""
    known, found = examples(path), list[Asked]()
    for author in sorted({one.author for one in many}):
        with unseen(known, author):
            found += asked([one for one in many if one.author == author], people)
    return found


def to_be_read(many: Sequence[Strange], people: Sequence[str]) -> Iterator[str]:
    """Yield two lines in a row to each of `many` answers, by each of `people` in turn."""
    for number, answer in enumerate(many):
        reply = LIKELY[number % len(LIKELY)]
        turn, who = divmod(number, len(people))
        one = _asked(answer, people[who], turn, reply)
        for want, line in zip(one.wants, one.lines, strict=True):
            if want != "hand over":
                yield f"{answer.id} {one.who} [{want}] {line}"


def asked(many: Sequence[Strange], people: Sequence[str]) -> list[Asked]:
    """Return what each of `people` asks after each of `many` answers."""
    return [_asked(one, who, seed, NOTHING_NEW) for seed, one in enumerate(many) for who in people]


def _asked(answer: Strange, who: str, seed: int, then: str) -> Asked:
    content = practising(pack("behavioral"), answer.question)
    asks = interviewer(persona(who), content, 30, seed)
    asks.open(Seconds(0))
    asks.heard()
    lines = [_reply(asks, text, now) for text, now in ((answer.text, 120), (then, 140))]
    wants = tuple(line.move.removeprefix("probe(").removesuffix(")") for line in lines)
    return Asked(answer, who, tuple(line.text for line in lines), wants)


def _reply(asks: Interviewer, text: str, now: float) -> QuestionAsked:
    asks.listen(spoken(text, 150, {}))
    at = Seconds(now)
    ended = TurnEnded(
        at=at, started_at=at, ended_at=at, decided_at=at, text=text, why="complete", probability=0.9
    )
    line = asks.reply(ended, at)
    assert isinstance(line, QuestionAsked)
    asks.heard()
    return line


def measure(stratum: str, found: Sequence[Asked]) -> Iterator[tuple[str, float]]:
    """Yield the figures of a stratum."""
    rows = [one for one in found if one.answer.stratum == stratum]
    whole = [one for one in rows if one.answer.variant == "told"]
    if not whole:
        return
    yield f"{stratum}: answers", len(whole) / len({one.who for one in whole})
    yield f"{stratum}: first asks for what was told", _share(one.wants[0] in CORE for one in whole)
    yield f"{stratum}: second asks for what was told", _share(one.wants[1] in CORE for one in whole)
    for part, also in ALSO.items():
        without = [one for one in rows if one.answer.variant == f"no {part}"]
        yield f"{stratum}: {part} asked for within two", _share(set(also) & set(one.wants) for one in without)
        yield f"{stratum}: {part} asked for outright within two", _share(part in one.wants for one in without)


def _share(which: Iterator[object]) -> float:
    return round(float(np.mean([bool(one) for one in which])), 3)


def timed() -> dict[str, float]:
    """Return how long one core reads three minutes of talk, as a story and as a reply, and then decides."""
    text = " ".join(one.text for one in own() if one.variant == "told").split()
    director = Director(persona("dana"), pack("behavioral"), 30)
    asks, _ = director.opening()
    took: dict[str, list[float]] = {"reading": [], "telling the reply": [], "deciding": []}
    for start in range(0, len(text) - TIMED_WORDS, TIMED_WORDS):
        words = spoken(" ".join(text[start : start + TIMED_WORDS]), 150, {})
        heard = " ".join(word.text for word in words)
        told.told.cache_clear()
        took["reading"].append(_milliseconds(partial(told.told, heard)))
        took["telling the reply"].append(_milliseconds(partial(kind, heard)))
        took["deciding"].append(_milliseconds(partial(director.reply, asks, words, Seconds(60))))
    return {f"{what}, p95 in ms": round(float(np.percentile(many, 95)), 1) for what, many in took.items()}


def _milliseconds(work: Callable[[], object]) -> float:
    before = process_time()
    work()
    return 1000 * (process_time() - before)


if __name__ == "__main__":
    main()
