"""Labelled answers of our own, and what can be made of them: parts removed, or told in another order.

benchmarks/stories/*.jsonl has one answer a line: {"id", "question", "job", "style", "sentences":
[[label, sentence], ...], "grade"}. One file is one author's; `heldout` answers, every fifth of a
file, are for looking once. offtopic.txt has passages that belong to no answer, one a line.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from vivavoce.transcripts.story.sentences import sentences

FOLDER = Path(__file__).with_name("stories")
CONTEXT = ("situation", "task")


@dataclass(frozen=True, slots=True)
class Answer:
    """A labelled answer; `variant` says what was done to it, and names the plan of telling."""

    id: str
    question: str
    sentences: tuple[tuple[str, str], ...]
    grade: int | None = None
    kind: str = ""
    variant: str = "told"

    @property
    def labels(self) -> list[str]:
        """The label of each sentence."""
        return [label for label, _ in self.sentences]

    @property
    def texts(self) -> list[str]:
        """Each sentence."""
        return [text for _, text in self.sentences]

    @property
    def heldout(self) -> bool:
        """Whether it is for looking once."""
        return int(self.id.rsplit("-", 1)[1]) % 5 == 0

    def tells(self, part: str) -> bool:
        """Whether a sentence has the label `part`; "context" is situation or task."""
        return bool(set(CONTEXT if part == "context" else (part,)) & set(self.labels))


def answers(folder: Path = FOLDER) -> list[Answer]:
    """Return all of them, in order."""
    files = sorted(folder.glob("*.jsonl"))
    return [_answer(json.loads(line)) for path in files for line in path.read_text("utf-8").splitlines()]


def is_complete(answer: Answer) -> bool:
    """Whether it tells situation, task, action and result, in this order and each in one go."""
    blocks = [label for label, _ in groupby(answer.labels) if label not in ("other", "lesson")]
    return blocks == ["situation", "task", "action", "result"]


def variants(answer: Answer) -> Iterator[Answer]:
    """Yield `answer`, named by its plan, and if it is complete what becomes of it otherwise told."""
    if not is_complete(answer):
        yield replace(answer, variant=_plan(answer))
        return
    yield replace(answer, variant="complete")
    yield _without(answer, ("result", "lesson"), "no result")
    yield _without(answer, ("action",), "no action")
    yield _without(answer, CONTEXT, "no context")
    yield _without(answer, ("task",), "no task")
    yield _ordered(answer, ("result", "situation", "task", "action", "lesson"), "result first")
    yield _ordered(answer, ("action", "situation", "task", "result", "lesson"), "free")


def passages(*, heldout: bool) -> list[list[str]]:
    """Return passages that belong to no answer, as sentences; every third is held out."""
    lines = (FOLDER / "offtopic.txt").read_text("utf-8").splitlines()
    chosen = [line for number, line in enumerate(lines) if (number % 3 == 0) == heldout]
    return [[line[start:end].strip() for start, end in sentences(line)] for line in chosen]


def interrupted(answer: Answer, passage: Sequence[str], place: int) -> Answer:
    """Return `answer` with an off-topic `passage` before its sentence number `place`."""
    extra = tuple(("other", text) for text in passage)
    return replace(answer, sentences=(*answer.sentences[:place], *extra, *answer.sentences[place:]))


def _plan(answer: Answer) -> str:
    """Return the plan by which an answer that is not complete is told."""
    blocks = [label for label, _ in groupby(answer.labels) if label not in ("other", "lesson")]
    if blocks and blocks[0] == "result":
        return "result first"
    ordered = [label for label in ("situation", "task", "action", "result") if label in blocks]
    if blocks != ordered:
        return "free"
    missing = {label for label in ("situation", "task", "action", "result") if label not in blocks}
    if {"situation", "task"} <= missing:
        return "no context" if "action" in blocks else "free"
    others = sorted(missing - {"task"}) or sorted(missing)
    return f"no {others[0]}" if len(others) == 1 and others != ["situation"] else "free"


def _without(answer: Answer, parts: Sequence[str], variant: str) -> Answer:
    kept = tuple(row for row in answer.sentences if row[0] not in parts)
    return replace(answer, sentences=kept, variant=variant)


def _ordered(answer: Answer, order: Sequence[str], variant: str) -> Answer:
    kept = tuple(row for part in order for row in answer.sentences if row[0] == part)
    return replace(answer, sentences=kept, variant=variant)


def _answer(row: dict[str, object]) -> Answer:
    told = row["sentences"]
    assert isinstance(told, list)
    grade = row.get("grade")
    return Answer(
        id=str(row["id"]),
        question=str(row["question"]),
        sentences=tuple((str(label), str(text)) for label, text in told),
        grade=grade if isinstance(grade, int) else None,
        kind=str(row.get("kind", "")),
    )
