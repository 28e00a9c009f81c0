"""How well papers are understood: twenty people's in as many layouts, and twenty-one postings.

    python -m benchmarks.papers [--held-out]

Writes the papers (layouts.py) into a folder that goes away, reads each as the product does, and compares
with what stands in people/ and postings/ (score.py says how): precision, recall and F1 of each field, means
over files. Half of the papers are held out: what was missed in them is shown with --held-out alone, and
nothing may be tuned to it. The megabytes are the most that this process or one it started ever held.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.papers.layouts import write
from benchmarks.papers.score import Found, Tally, compare, held, mean, texts
from benchmarks.papers.truth import Person, Posting, people, postings
from vivavoce.personas.papers.formats.read import paper
from vivavoce.personas.papers.paper import Kind
from vivavoce.personas.papers.understanding.posting import posting
from vivavoce.personas.papers.understanding.resume import resume


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of one paper."""

    of: Person | Posting
    fields: Mapping[str, Tally]
    seconds: float
    why_not: str | None  # as the product says it


def main() -> None:
    """Measure, print, publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--held-out", action="store_true", help="show what was missed in those, too")
    shown = parser.parse_args().held_out
    with TemporaryDirectory() as folder:
        persons = [_reading(one, Path(folder), of_person) for one in people()]
        jobs = [_reading(one, Path(folder), of_posting) for one in postings()]
    for one in (*persons, *jobs):
        if shown or not one.of.held_out:
            _show(one)
    figures = {
        "people": _figures(one for one in persons if not one.of.held_out),
        "people, held out": _figures(one for one in persons if one.of.held_out),
        "postings": _figures(one for one in jobs if not one.of.held_out),
        "postings, held out": _figures(one for one in jobs if one.of.held_out),
        "peak MB": _peak(),
    }
    from benchmarks.measure import publish  # which loads the models' libraries: after the peak was read

    publish("papers", figures)


def of_person(path: Path, person: Any) -> tuple[Mapping[str, Tally], str | None]:
    """Return how much of `person` was understood of the file at `path`."""
    known = resume(paper(path, Kind.RESUME))
    found = Found(
        name=known.name,
        titles=[role.title for role in known.roles],
        employers=[role.employer for role in known.roles if role.employer],
        dates=[(role.start, role.end or "") for role in known.roles if role.start],
        skills=known.skills,
        projects=[project.name for project in known.projects],
    )
    return compare(person, found), known.why_not


def of_posting(path: Path, job: Any) -> tuple[Mapping[str, Tally], str | None]:
    """Return how much of `job` was understood of the file at `path`."""
    read = paper(path, Kind.POSTING)
    known = posting(read)
    fields = {
        "title": texts([job.title], [known.title]),
        "employer": texts([job.employer], [known.employer]),
        "level": texts([job.level], [known.level]) if job.level else Tally(right=0, found=0, wanted=0),
        "skills": held([[one] for one in job.skills], known.skills, neither=job.other_skills),
    }
    return fields, read.why_not


def _reading(one: Any, folder: Path, read: Callable[[Path, Any], Any]) -> Reading:
    path = write(one, folder)
    began = time.perf_counter()
    fields, why_not = read(path, one)
    return Reading(of=one, fields=fields, seconds=time.perf_counter() - began, why_not=why_not)


def _show(one: Reading) -> None:
    print(f"{one.of.id}.{one.of.look.file} ({one.seconds:.2f} s){f': {one.why_not}' if one.why_not else ''}")
    for name, tally in one.fields.items():
        for miss in tally.misses:
            print(f"  {name:<10} {miss}")


def _figures(readings: Iterable[Reading]) -> dict[str, object]:
    many = list(readings)
    seconds = [one.seconds for one in many]
    return {
        **{name: mean(one.fields[name] for one in many) for name in many[0].fields},
        "refused": sum(one.why_not is not None for one in many),
        "seconds": {"mean": round(sum(seconds) / len(seconds), 2), "most": round(max(seconds), 2)},
    }


def _peak() -> float:
    import resource  # which Windows lacks

    used = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return round(max(used) / (1024 if sys.platform == "linux" else 1024 * 1024))


if __name__ == "__main__":
    main()
