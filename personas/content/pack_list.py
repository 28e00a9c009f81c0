"""Which rounds there are to choose from, without what they ask: to check all of them takes seconds."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from vivavoce.personas.content.pack_faults import CODING, DESIGN
from vivavoce.personas.content.persona import found, names
from vivavoce.personas.content.toml_fields import UnreadableError, read, tables_in

ANY_JOB = ""  # the trade of a round that is for every job
LOOP = "loop"
KEPT = 500  # files


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A round as it is offered; it is checked when it is chosen."""

    id: str
    title: str
    intro: str
    minutes: float
    writes: bool  # whether code or notes belong to it
    people: tuple[str, ...]  # ids of those who ask, where the round itself says so

    @property
    def trade(self) -> str:
        """The folder that it is in, or ANY_JOB."""
        return self.id.rpartition("/")[0]


def listed() -> list[Listed]:
    """Return all rounds, those for any job first; a file that cannot be read is left out."""
    paths = {name: found("packs", name) for name in names("packs")}
    rows = [_read(name, path, _stamp(path)) for name, path in paths.items()]
    return sorted((one for one in rows if one), key=lambda one: (one.trade, one.id.endswith(LOOP), one.id))


def trades(rounds: list[Listed]) -> Mapping[str, str]:
    """Return what each trade is called: as its loop is, or else as its folder."""
    loops = {one.trade: one.title.partition(":")[0] for one in rounds if one.id == f"{one.trade}/{LOOP}"}
    return {one.trade: loops.get(one.trade, one.trade.replace("-", " ")) for one in rounds if one.trade}


def _stamp(path: Path) -> tuple[int, int]:
    try:
        told = path.stat()
    except OSError:
        return 0, 0
    return told.st_mtime_ns, told.st_size


@lru_cache(KEPT)
def _read(name: str, path: Path, stamp: tuple[int, int]) -> Listed | None:
    """Return the round at `path`; `stamp` tells whether the file is still the one that was read."""
    try:
        _, row = read(path)
    except UnreadableError:
        return None
    stages = tables_in(row, "stages")
    minutes = sum(_number(one.get("minutes")) for one in stages) or _number(row.get("minutes"))
    return Listed(
        id=name,
        title=str(row.get("title", name)),
        intro=str(row.get("intro", "")),
        minutes=minutes,
        writes=row.get("plan") in (CODING, DESIGN) or _writes(stages),
        people=tuple(dict.fromkeys(str(one["persona"]) for one in stages if one.get("persona"))),
    )


def _writes(stages: object) -> bool:
    """Whether a stage is a round in which something is written, as its name tells."""
    rounds = [str(one.get("round", "")) for one in stages] if isinstance(stages, list | tuple) else []
    return any(word in name for name in rounds for word in (CODING, DESIGN))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
