"""Stories by strangers, told whole and with a part left out. They are no part of the repository.

VIVAVOCE_STRANGERS names a file of JSON lines: {"id", "author", "author_type", "question",
"segments": [{"label": "S", "text"}]}, labels S T A R, and L where a lesson was marked. An other.jsonl
beside it has what they say when no story is asked for: {"author", "question", "text"}.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from benchmarks.stories import Answer
from vivavoce.transcripts.story.sentences import sentences

VARIABLE = "VIVAVOCE_STRANGERS"
STRATA = ("own", "guide", "reflection")  # the best evidence first
NO_STORY = "no story"
OTHERS = "other.jsonl"
LABELS = {"S": "situation", "T": "task", "A": "action", "R": "result", "L": "lesson"}
LEFT_OUT: Mapping[str, str] = {"told": "", "no action": "A", "no result": "RL"}
ANY_LEFT_OUT: Mapping[str, str] = {**LEFT_OUT, "no context": "ST", "no task": "T"}


@dataclass(frozen=True, slots=True)
class Strange:
    """A story as somebody told it; `variant` says what was left out of it."""

    id: str
    author: str
    stratum: str
    question: str
    text: str
    variant: str = "told"
    before_result: str = ""  # what is told before the first part of it


def strangers(path: str = "", left_out: Mapping[str, str] = LEFT_OUT) -> list[Strange]:
    """Return every complete story of the file, in each variant of `left_out`; none where there is no file."""
    return [one for row in _rows(path) for one in _variants(row, left_out)]


def labelled(path: str = "") -> list[Answer]:
    """Return the stories and the other talk, sentence by sentence.

    The id is the author and a number, the kind the stratum, or NO_STORY, of which every sentence is "other".
    """
    name = path or os.environ.get(VARIABLE, "")
    stories, others = _rows(path), Path(name).with_name(OTHERS)
    talk = _lines(others) if name and others.is_file() else []
    return [_answer(row, number) for number, row in enumerate([*stories, *talk])]


def author(answer: Answer) -> str:
    """Return who told a story of `labelled`."""
    return answer.id.rsplit("-", 1)[0]


def _rows(path: str) -> list[Mapping[str, object]]:
    name = path or os.environ.get(VARIABLE, "")
    return _lines(Path(name)) if name else []


def _lines(path: Path) -> list[Mapping[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _answer(row: Mapping[str, object], number: int) -> Answer:
    segments = row.get("segments", [])
    assert isinstance(segments, list)
    told = [(LABELS[one["label"]], _sentence(str(one["text"]))) for one in segments]
    told = told or [("other", _sentence(str(row["text"])))]
    return Answer(
        id=f"{row['author']}-{number}",
        question=str(row["question"]),
        sentences=tuple(
            (label, text[start:end].strip()) for label, text in told for start, end in sentences(text)
        ),
        kind=_stratum(str(row["author_type"])) if segments else NO_STORY,
    )


def _variants(row: Mapping[str, object], left_out: Mapping[str, str]) -> Iterator[Strange]:
    segments = row["segments"]
    assert isinstance(segments, list)
    if not set("STAR") <= {one["label"] for one in segments}:
        return
    for variant, labels in left_out.items():
        kept = [_sentence(str(one["text"])) for one in segments if one["label"] not in labels or not labels]
        before = takewhile(lambda one: one["label"] != "R", segments)
        untold = " ".join(_sentence(str(one["text"])) for one in before)
        stratum = _stratum(str(row["author_type"]))
        author, question = str(row["author"]), str(row["question"])
        yield Strange(str(row["id"]), author, stratum, question, " ".join(kept), variant, untold)


def _stratum(kind: str) -> str:
    if kind.startswith("student"):
        return "reflection"
    return "guide" if any(one in kind for one in ("LLM", "guide", "published", "notes /")) else "own"


def _sentence(text: str) -> str:
    bare = text.strip()
    return f"{bare[:1].upper()}{bare[1:]}{'' if bare.endswith(('.', '!', '?')) else '.'}"
