"""Questions for this candidate and this job: from a résumé and a job posting, both plain text. Pure.

What is read here was written by somebody else and may hold anything: only short phrases of plain words
leave it, and no line with a name, an address or a number to call. Naming nothing is better than naming
a wrong thing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from vivavoce.personas.pack import Pack, Question

MOST_PROJECTS = 6
EXCERPT_CHARACTERS = 1500  # of each document that a chat model may read

_MADE = (
    r"built|developed|designed|created|launched|shipped|trained|implemented|rewrote|rebuilt|migrated|deployed|"
    r"introduced|prototyped|engineered|architected|delivered|owned|maintained|redesigned|automated|wrote"
)
_OBJECT = re.compile(
    rf"\b(?:{_MADE})(?: and (?:{_MADE}))? (?:an? |the |our |its |new )*((?:[A-Za-z][\w'-]*[ -]?){{1,6}})",
    re.IGNORECASE,
)
_ENDS = frozenset(
    """for that which with using to in on at from by and of via across into over under as is was were serving
    used while so this reducing increasing improving cutting saving based processing handling powering than or
    when where who whose per within between through after before""".split()
)
_LOOSE = frozenset(
    "new internal large small several various multiple custom scalable robust end-to-end real-time".split()
)
_NO_NAME = frozenset(  # no thing that somebody made is called so
    """your my me you i we us he she they it its their our his her all any every everything ignore please
    great excellent best amazing perfect impressive awesome always never""".split()
)
_VAGUE = frozenset(
    """code software solutions solution features feature tools tool systems system applications application
    things work team teams projects project products product documentation tests reports""".split()
)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9'-]*")
_BULLET = re.compile(r"^[\s\-*\u2022\u2013\u2014>+\u00b7]+|^\s*\d+[.)]\s+")
_PRIVATE = re.compile(
    r"@|https?:|www\.|linkedin\.com/|github\.com|\+?\d[\d ().-]{7,}\d|\b[A-Z]{2} \d{5}(?:-\d{4})?\b|"
    r"\b\d+\w?,? [\w. ]{1,30}\b(?:street|st\.|road|rd\.|avenue|ave\.?|lane|drive|square)|"
    r"\b(?:name|phone|mobile|tel|telephone|e-?mail|address|born|birth|nationality|marital status)\s*:",
    re.IGNORECASE,
)
LONG_LINE = 60  # characters, after which a line may have been wrapped

SURFACES = {  # how a posting calls it, and how an interviewer does
    "feed ranking": r"\bfeed\b",
    "recommendations": r"\brecommend\w*",
    "search relevance": r"\b(?:search|relevance)\b",
    "ads prediction": r"\b(?:ads|advertis\w+|click-through|ctr)\b",
    "growth": r"\bgrowth\b",
    "member trust": r"\b(?:trust|spam|abuse|integrity|fake)\b",
    "experimentation": r"\b(?:experiment\w*|a/b)\b",
}
METRICS_MATTER = ("recommendations", "search relevance", "growth", "member trust")  # requirement L08
DOMAINS = {
    "fraud": r"\bfraud\w*",
    "forecasting": r"\bforecast\w*|\btime series\b",
    "language models": r"\bnlp\b|\bnatural language\b|\blanguage models?\b|\btranslation\b",
    "computer vision": r"\bcomputer vision\b|\bimage\w*|\bobject detection\b",
    "speech": r"\bspeech\b|\bvoice assistant\b",
    "pricing": r"\bpricing\b",
    "health data": r"\bclinical\b|\bmedical\b|\bhealth\w*",
    "robotics": r"\brobot\w*|\bautonomous\b",
}


@dataclass(frozen=True, slots=True)
class Tailoring:
    """What a résumé and a posting say that an interviewer can use; all of it may be empty."""

    projects: tuple[str, ...] = ()  # "the churn model", in the order of the résumé
    domains: tuple[str, ...] = ()  # keys of DOMAINS that the résumé is about
    surfaces: tuple[str, ...] = ()  # keys of SURFACES that the posting is about
    resume: str = ""  # for a chat model's prompt, without private lines, shortened
    posting: str = ""


NOTHING = Tailoring()


def tailoring(resume: str = "", posting: str = "") -> Tailoring:
    """Return what can be used of both texts."""
    lines = [line for line in _lines(resume) if not _PRIVATE.search(line)]
    lines = lines[1:] if lines and _is_name(lines[0]) else lines
    body = "\n".join(lines)
    job = "\n".join(line for line in _lines(posting) if not _PRIVATE.search(line))
    return Tailoring(
        projects=tuple(dict.fromkeys(_projects(lines)))[:MOST_PROJECTS],
        domains=tuple(name for name, cue in DOMAINS.items() if re.search(cue, body, re.IGNORECASE)),
        surfaces=tuple(name for name, cue in SURFACES.items() if re.search(cue, job, re.IGNORECASE)),
        resume=body[:EXCERPT_CHARACTERS],
        posting=job[:EXCERPT_CHARACTERS],
    )


def tailored(content: Pack, known: Tailoring, number: int = 0) -> Pack:
    """Return `content` with questions about what is `known`, which every session asks.

    Args:
        content: a pack with questions.
        known: of the candidate and the job.
        number: sessions and stages with other numbers speak of other projects.
    """
    asked = list(_questions(known, number))
    return replace(content, leading=tuple(asked)) if content.questions else content


def _questions(known: Tailoring, number: int) -> Iterator[Question]:
    if known.projects:
        yield _about_project(known.projects[number % len(known.projects)])
    others = [name for name in known.surfaces if name != "experimentation"] or [*known.surfaces]
    if known.domains and others:
        yield _about_domain(known.domains[number % len(known.domains)], others[number % len(others)])
    weighed = [name for name in known.surfaces if name in METRICS_MATTER]
    if weighed:
        yield _about_metrics(weighed[number % len(weighed)])


def _about_project(project: str) -> Question:
    return Question(
        id="resume-project",
        theme=project,
        wordings=(
            f"Your r\u00e9sum\u00e9 mentions {project}. How did that go, from the problem to the outcome?",
            f"I read about {project} in your r\u00e9sum\u00e9. What is the story behind it?",
            f"Let's take {project} from your r\u00e9sum\u00e9. Tell me its story from the first day.",
            f"You list {project}. What would your team say you did there?",
            f"Of what you list, {project} caught my eye. Why did it have to be done?",
        ),
        again=(f"Who was {project} for?", f"What is the first thing you remember of {project}?"),
        terms=tuple(_WORD.findall(project.lower()))[1:],
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


def _lines(text: str) -> list[str]:
    shown = "".join(c if c.isprintable() or c == "\n" else " " for c in text.replace("\r", "\n"))
    return [" ".join(line.split()) for line in shown.split("\n") if line.strip()]


def _is_name(line: str) -> bool:
    return len(line.split()) <= 5 and not any(c.isdigit() for c in line) and not _OBJECT.search(line)


def _unwrapped(lines: list[str]) -> list[str]:
    """Return `lines` with those joined that an editor has broken."""
    joined: list[str] = []
    for before, line in zip(["", *lines], lines, strict=False):
        goes_on = len(before) >= LONG_LINE and not _BULLET.match(line) and not before.endswith((".", ":"))
        if goes_on and joined:
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


def _projects(lines: list[str]) -> Iterator[str]:
    for line in _unwrapped(lines):
        for match in _OBJECT.finditer(_BULLET.sub("", line)):
            name = _named(match[1])
            if name:
                yield f"the {name}"


def _named(phrase: str) -> str:
    """Return the thing that a phrase begins with: two to four plain words; "" if there is no such thing."""
    kept: list[str] = []
    for word in phrase.split():
        if word.lower() in _ENDS:
            break
        if word.lower() not in _LOOSE or kept:
            kept.append(word)
    whole = 2 <= len(kept) <= 4 and all(_WORD.fullmatch(word) for word in kept)
    if not whole or kept[-1].lower() in _VAGUE or kept[-1].endswith("ly"):
        return ""
    return "" if _NO_NAME & {word.lower() for word in kept} else " ".join(kept)
