"""The drills, as drills.toml has them: what each asks for and measures, and for which gaps it is there."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from vivavoce.transcripts.errors import LibraryError

CONCEPT = "{concept}"  # in a question, the place of a topic of the job
SLOW_RECOVERY, NOTHING_ASKED = "slow-recovery", "nothing-asked"  # gaps that are no findings of an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """A few minutes of practice with one aim.

    Attributes:
        id: what `vivavoce drills run` takes, and session.json keeps.
        title: what people call it.
        do: how it is done, in a sentence or two.
        measures: what is measured, without a full stop.
        well, done: where "done well" and "done" begin; which way is better is the measure's to know.
        least: of what is measured, for it to count at all; 0 for no such limit.
        threshold: the same in words.
        gaps: codes of the findings that it is for.
        because: the same in words, as they are said to somebody who has one.
        ask: questions, of which one or two are asked.
        plain: what stands for CONCEPT where no job is known.
        spoken: it makes no sense in writing.
        how: a command that holds it.
    """

    id: str
    title: str
    do: str
    measures: str
    well: float
    done: float
    least: float = 0.0
    threshold: str
    gaps: tuple[str, ...]
    because: str
    ask: tuple[str, ...]
    plain: tuple[str, ...] = ()
    spoken: bool = False
    how: str = ""


@cache
def drills() -> tuple[Drill, ...]:
    """Return all drills, in the order in which they are shown."""
    text = (files("vivavoce.transcripts.training") / "drills.toml").read_text("utf-8")
    return tuple(_drill(row) for row in tomllib.loads(text)["drills"])


def drill(name: str) -> Drill:
    """Return the drill called `name`.

    Raises:
        LibraryError: there is none.
    """
    found = next((one for one in drills() if one.id == name), None)
    if found is None:
        known = ", ".join(one.id for one in drills())
        raise LibraryError(f"no drill {name[:40]!r}; there are {known}")
    return found


def _drill(row: dict[str, object]) -> Drill:
    limits = {name: row.get(name, 0) for name in ("well", "done", "least")}
    lists = {name: tuple(value) for name, value in row.items() if isinstance(value, list)}
    threshold = str(row["threshold"]).format(**limits)
    how = f"vivavoce drills run {row['id']}"
    return Drill(**{**row, **limits, **lists, "threshold": threshold, "how": how})  # type: ignore[arg-type]
