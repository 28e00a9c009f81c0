"""Questions for this candidate and this job: from a résumé and a job posting that were understood. Pure.

What is read here was written by somebody else and may hold anything: only short phrases of plain words
leave it, and no line with a name, an address or a number to call (`words/private.py`). A chat model may
read the beginning of the rest, as data.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from vivavoce.personas.content.pack import Pack
from vivavoce.personas.content.question import Question
from vivavoce.personas.papers.understanding.understood import Posting, Project, Resume

MOST_PROJECTS = 6
EXCERPT_CHARACTERS = 1500  # of each document that a chat model may read


def _cues(patterns: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in patterns.items()}


METRICS_MATTER = ("recommendations", "search relevance", "growth", "member trust")  # requirement L08
DOMAINS = _cues(
    {
        "fraud": r"\bfraud\w*",
        "forecasting": r"\bforecast\w*|\btime series\b",
        "language models": r"\bnlp\b|\bnatural language\b|\blanguage models?\b|\btranslation\b",
        "computer vision": r"\bcomputer vision\b|\bimage\w*|\bobject detection\b",
        "speech": r"\bspeech\b|\bvoice assistant\b",
        "pricing": r"\bpricing\b",
        "health data": r"\bclinical\b|\bmedical\b|\bhealth\w*",
        "robotics": r"\brobot\w*|\bautonomous\b",
    }
)


@dataclass(frozen=True, slots=True)
class Tailoring:
    """What a résumé and a posting say that an interviewer can use; all of it may be empty."""

    projects: tuple[Project, ...] = ()  # the best story first
    domains: tuple[str, ...] = ()  # keys of DOMAINS that the résumé is about
    surfaces: tuple[str, ...] = ()  # keys of SURFACES that the posting is about
    resume: str = ""  # for a chat model's prompt, without private lines, shortened
    posting: str = ""


NOTHING = Tailoring()


def tailoring(resume: Resume | None = None, posting: Posting | None = None) -> Tailoring:
    """Return what can be used of both; neither need be there."""
    body = "\n".join(resume.usable) if resume else ""
    return Tailoring(
        projects=resume.projects[:MOST_PROJECTS] if resume else (),
        domains=tuple(name for name, cue in DOMAINS.items() if cue.search(body)),
        surfaces=posting.surfaces if posting else (),
        resume=body[:EXCERPT_CHARACTERS],
        posting="\n".join(posting.usable)[:EXCERPT_CHARACTERS] if posting else "",
    )


def tailored(content: Pack, known: Tailoring, number: int = 0) -> Pack:
    """Return `content` with questions about what is `known`, which every session asks.

    Args:
        content: a pack; one without questions, or one that takes no papers, stays as it is.
        known: of the candidate and the job.
        number: with another one they are about another project, and in other words.
    """
    if not content.questions or not content.papers:
        return content
    asked = (
        replace(one, wordings=_turned(one.wordings, number), again=_turned(one.again, number))
        for one in _questions(known, number)
    )
    return replace(content, leading=tuple(asked))


def later(known: Tailoring, number: int) -> Tailoring:
    """Return what `tailored` with `number` left for the next round of a loop: the other projects."""
    spoken = number % max(1, len(known.projects))
    rest = known.projects[:spoken] + known.projects[spoken + 1 :]
    return replace(known, projects=rest, domains=(), surfaces=())


def _turned(texts: tuple[str, ...], number: int) -> tuple[str, ...]:
    by = number % len(texts)
    return texts[by:] + texts[:by]


def _questions(known: Tailoring, number: int) -> Iterator[Question]:
    if known.projects:
        yield _about_project(known.projects[number % len(known.projects)])
    others = [name for name in known.surfaces if name != "experimentation"] or [*known.surfaces]
    if known.domains and others:
        yield _about_domain(known.domains[number % len(known.domains)], others[number % len(others)])
    weighed = [name for name in known.surfaces if name in METRICS_MATTER]
    if weighed:
        yield _about_metrics(weighed[number % len(weighed)])


def _about_project(project: Project) -> Question:
    what = project.name
    where = f"{what} at {project.employer}" if project.employer else what
    return Question(
        id="resume-project",
        theme=what,
        wordings=(
            f"Your résumé mentions {where}. How did that go, from the problem to the outcome?",
            f"I read about {where} in your résumé. What is the story behind it?",
            f"Let's take {what} from your résumé. Tell me its story from the first day.",
            f"You list {where}. What would your team say you did there?",
            f"Of what you list, {what} caught my eye. Why did it have to be done?",
        ),
        again=(f"Who was {what} for?", f"What is the first thing you remember of {what}?"),
        terms=project.terms,
    )


def _about_domain(domain: str, surface: str) -> Question:
    return Question(
        id="resume-domain",
        theme=f"what {domain} has in common with {surface}",
        wordings=(
            f"You have worked on {domain}. What of that would carry over to {surface}?",
            f"This job is about {surface}, and yours was {domain}. What would you have to learn anew?",
            f"How is {surface} like {domain}, as you know it?",
        ),
        again=(f"What is one thing from {domain} that you would use here?",),
        looks_for=("decision", "trade-off", "action"),
        terms=(*domain.split(), *surface.split(), "data", "model", "labels", "metric"),
    )


def _about_metrics(surface: str) -> Question:
    return Question(
        id="job-metrics",
        theme=f"what to measure in {surface}",
        wordings=(
            f"The posting speaks of {surface}. Which metric would you trade for which one there?",
            f"When a change to {surface} lifts one metric and lowers another, how do you decide?",
            f"What would you refuse to give up for a better number in {surface}?",
        ),
        again=(f"Which number would tell you that {surface} got better?",),
        looks_for=("trade-off", "decision", "number"),
        terms=(*surface.split(), "metric", "guardrail", "engagement", "quality", "experiment"),
    )
