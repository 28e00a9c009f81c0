"""How much was understood of the invented résumés beside this file.

`python -m tests.personas.papers.written developed` prints the figures of one folder of them.
"""

import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vivavoce.personas.papers.formats import plain
from vivavoce.personas.papers.formats.tidy import tidied
from vivavoce.personas.papers.paper import Kind, Paper
from vivavoce.personas.papers.tailoring import Tailoring
from vivavoce.personas.papers.understanding.posting import posting as understood
from vivavoce.personas.papers.understanding.resume import resume
from vivavoce.personas.papers.understanding.understood import Resume

RESUMES = Path(__file__).parent / "resumes"


def plain_paper(text: str) -> Paper:
    """Return the paper that a text or Markdown is, read as from a file but without a process."""
    read = plain.markdown if text.lstrip().startswith("#") or "\n#" in text or "**" in text else plain.text
    return Paper(kind=Kind.RESUME, lines=tidied(read(text)))


def tailoring(resume_text: str = "", posting_text: str = "", title: str = "") -> Tailoring:
    """Return what is made of two plain texts."""
    return Tailoring(
        resume(plain_paper(resume_text)) if resume_text else None,
        understood(plain_paper(posting_text)) if posting_text else None,
        title,
    )


def cases(folder: str) -> dict[str, tuple[Paper, dict[str, Any]]]:
    """Return by name each paper of `folder` and what is true of it."""
    truths = tomllib.loads((RESUMES / folder / "truth.toml").read_text("utf-8"))
    files = {path.stem: path for path in (RESUMES / folder).iterdir() if path.suffix in (".txt", ".md")}
    return {name: (plain_paper(files[name].read_text("utf-8")), truth) for name, truth in truths.items()}


@dataclass(frozen=True, slots=True)
class Figures:
    titles: float
    employers: float
    dates: float
    skills: float
    name: bool
    sensible: bool  # whether a project is found, and the first is a sensible one
    wrong: tuple[str, ...]  # projects that are none


def figures(found: Resume, truth: dict[str, Any]) -> Figures:
    """Return how well `found` fits what is true."""
    roles = truth["roles"]
    names = [one.name for one in found.projects]
    wrong = tuple(
        name for name in names if not any(story.lower() in name.lower() for story in truth["stories"])
    )
    return Figures(
        titles=f1([role.title for role in found.roles], [role[0] for role in roles]),
        employers=f1([role.employer for role in found.roles], [role[1] for role in roles]),
        dates=f1([(r.start, r.end or "") for r in found.roles], [(role[2], role[3]) for role in roles]),
        skills=f1(found.skills, truth["skills"]),
        name=found.name.lower() == truth["name"].lower(),
        sensible=bool(names) and names[0] not in wrong,
        wrong=wrong,
    )


def f1(found: Iterable[object], true: Iterable[object]) -> float:
    got, want = ({str(one).lower().strip(" .") for one in these if one} for these in (found, true))
    both = len(got & want)
    return 2 * both / (len(got) + len(want)) if got or want else 1.0


def main(folder: str) -> None:
    total: list[Figures] = []
    for name, (one, truth) in cases(folder).items():
        found = resume(one)
        scored = figures(found, truth)
        total.append(scored)
        print(
            f"{name:14} titles {scored.titles:.2f} employers {scored.employers:.2f} dates {scored.dates:.2f} "
            f"skills {scored.skills:.2f} name {scored.name} projects {[p.name for p in found.projects]} "
            f"wrong {list(scored.wrong)}"
        )
    count = len(total)
    for field in ("titles", "employers", "dates", "skills", "name", "sensible"):
        print(f"mean {field}: {sum(float(getattr(one, field)) for one in total) / count:.3f}")
    print(f"wrong projects: {sum(len(one.wrong) for one in total)}")


if __name__ == "__main__":
    main(sys.argv[1])
