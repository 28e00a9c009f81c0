"""`vivavoce score`: typed answers in bulk, one a line in, one report a line out, in order."""

import json
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from vivavoce.personas.content.content_checks import every_set
from vivavoce.personas.content.points import points
from vivavoce.simulator.engine.embeddings import embedding
from vivavoce.simulator.errors import DocumentError
from vivavoce.transcripts.report.score_lines import unscored
from vivavoce.transcripts.scoring import rubric
from vivavoce.transcripts.scoring.assessment import Assessment, Reader, assess, compared
from vivavoce.transcripts.story.parts import Known

TOGETHER = 24  # answers whose sentences are embedded at once
AHEAD = 2  # of such groups
MOST_LINE = 2_000_000  # bytes
THREADS = 2
WANTED = 'one {"id": "...", "question": "...", "answer": "..."} a line'
ELSE = "a transcript is for `vivavoce analyze`"


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer to be scored."""

    id: str
    question: str
    answer: str


def score(path: Path, threads: int = THREADS) -> Iterator[tuple[Typed, Assessment]]:
    """Return an iterator over each answer of the file at `path` and what was found in it, in order.

    The whole file is read once before it returns, so that a mistake at its end is found in time. With one
    thread, nothing runs beside the caller.

    Raises:
        DocumentError: the file cannot be read, or a line of it is no answer; it names the line.
    """
    for _ in typed(path):
        pass
    rows = typed(path)
    groups = iter(lambda: list(islice(rows, TOGETHER)), [])
    reader = Reader(embedding(threads), every_set(), points=points)
    ready = (_prepared(group, reader) for group in groups) if threads == 1 else _ahead(groups, reader)
    return ((one, assess(one.answer, one.question, prepared)) for group, prepared in ready for one in group)


def _ahead(groups: Iterator[list[Typed]], reader: Reader) -> Iterator[tuple[list[Typed], Reader]]:
    """Yield as `_prepared` returns, of groups that were prepared while those before them were judged."""
    with ThreadPoolExecutor(1) as pool:
        ahead = deque(pool.submit(_prepared, group, reader) for group in islice(groups, AHEAD))
        while ahead:
            ready = ahead.popleft().result()
            ahead.extend(pool.submit(_prepared, one, reader) for one in islice(groups, 1))
            yield ready


def _prepared(group: list[Typed], reader: Reader) -> tuple[list[Typed], Reader]:
    """Return `group`, and a reader that knows the sentences in it."""
    if reader.embedding is None:
        return group, reader
    texts = [text for one in group for text in compared(one.answer, one.question)]
    return group, replace(reader, embedding=Known(reader.embedding, texts))


def typed(path: Path) -> Iterator[Typed]:
    """Yield the answers of the file at `path`.

    Raises:
        DocumentError: the file cannot be read, or a line of it is no answer; it names the line.
    """
    if path.exists() and not path.is_file():
        raise DocumentError(f"{path} is not a file; give {WANTED}")
    empty = True
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(MOST_LINE + 1), b""), start=1):
            if len(line) > MOST_LINE:
                raise DocumentError(f"{path}, line {number}: longer than {MOST_LINE // 1_000_000} MB")
            if line.strip():
                empty = False
                yield _typed(line, f"{path}, line {number}", str(number))
    if empty:
        raise DocumentError(f"{path} is empty; give {WANTED}")


def _typed(line: bytes, place: str, name: str) -> Typed:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise DocumentError(f"{place}: not in UTF-8; give {WANTED}; {ELSE}") from None
    except (ValueError, RecursionError):
        raise DocumentError(f"{place}: no JSON; give {WANTED}; {ELSE}") from None
    if not isinstance(row, dict):  # a number alone is how subtitles begin
        raise DocumentError(f"{place}: no answer; give {WANTED}; {ELSE}")
    if not isinstance(row.get("answer"), str):
        raise DocumentError(f"{place}: there is no text called “answer”; give {WANTED}")
    question = row.get("question") or ""
    if not isinstance(question, str):
        raise DocumentError(f"{place}: “question” must be a text")
    given = row.get("id", name)
    if not isinstance(given, str | int):
        raise DocumentError(f"{place}: “id” must be a text or a number")
    return Typed(str(given), _clean(question), _clean(row["answer"]))


def _clean(text: str) -> str:
    """Return `text` without the halves of characters that JSON may hold and no file can."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def table(rows: Iterator[tuple[Typed, Assessment]]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each answer, for people: its scores, and what to do about the first gap."""
    yield ("id", *rubric.SCORES, "first")
    for one, found in rows:
        if found.scores is None:
            yield (one.id, *("-" for _ in rubric.SCORES), unscored(found.why_not, "Not judged"))
            continue
        numbers = [str(found.scores[name]) for name in rubric.SCORES]
        yield (one.id, *numbers, found.findings[0].message if found.findings else "")
