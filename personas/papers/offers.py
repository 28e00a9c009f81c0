"""What a résumé and a posting offer to be asked about: of each kind of question all there is. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from vivavoce.personas.content.question import Because
from vivavoce.personas.papers.phrases import article, said, spoken_name, spoken_title, works_for
from vivavoce.personas.papers.understanding.posting import quote_of
from vivavoce.personas.papers.understanding.understood import Posting, Resume
from vivavoce.personas.papers.words.activities import is_work
from vivavoce.personas.papers.words.vocabulary import plain

METRICS_MATTER = ("recommendations", "search relevance", "growth", "member trust")  # requirement L08
TOLD = 3  # projects, which no question about a figure asks for again

# What a question names, where that comes from, and words that an answer is likely to use.
Offer = tuple[Mapping[str, str], Because, Sequence[str]]


def _cues(patterns: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in patterns.items()}


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


LEAST_TELLING = 4  # letters of a word that tells things apart
STEM = 5  # letters by which words count as the same: "medicine", "medical"
_STANDING = re.compile(
    r"(?:in charge of|responsible|based|member|reporting|working)\b", re.IGNORECASE
)  # no deed
_EITHER = re.compile(r"\b(?:or|oder|ou)\b", re.IGNORECASE)
_HELD = re.compile(r"\b(?:qualified|certified|registered|chartered)\W{0,3}$", re.IGNORECASE)  # who has it
_TELLS_OF: Mapping[str, str] = MappingProxyType(  # what nobody has used without the other
    {
        "python": "pytorch tensorflow django flask pandas numpy scikit-learn jax",
        "sql": "postgresql mysql snowflake bigquery dbt",
        "javascript": "react typescript angular vue",
        "containers": "docker kubernetes",
        "docker": "kubernetes",
    }
)
_TECHNICAL = re.compile(
    r"\b(?:machine learning|ml|ai|data scien\w+|software|engineer\w*|developer|algorithm\w*|ranking|"
    r"recommender|feed|a/b|experiment\w*|product manager)\b",
    re.IGNORECASE,
)
_SOFT = re.compile(  # what nobody writes down, and nobody gets up to speed in
    r"\b(?:communicat\w+|interpersonal|organi[sz]ation\w*|leadership|team\w*|degree|bachelor\w*|diploma|"
    r"problem[- ]solving|time management|attention|customer focus|work ethic|registration|eligib\w+)\b",
    re.IGNORECASE,
)


def _projects(resume: Resume, posting: Posting, title: str) -> Iterator[Offer]:
    for one in resume.projects:
        where = f"{one.name} at {spoken_name(one.employer)}" if works_for(one.employer) else one.name
        yield {"what": one.name, "where": where}, Because(resume=one.quote), one.terms


def _speaks_of(line: str, name: str) -> bool:
    """Whether `line` has the words of a project's name; the first may be what was done: "the move"."""
    own = {_stem(word) for word in plain(name) if len(word) >= LEAST_TELLING}
    return len(own & {_stem(word) for word in plain(line)}) >= max(1, len(own) - 1)


def _stem(word: str) -> str:
    return word[:STEM]


def _claims(resume: Resume, posting: Posting, title: str) -> Iterator[Offer]:
    told = [project.name for project in resume.projects[:TOLD]]
    for claim in resume.claims:
        if not _STANDING.match(claim.quote) and not any(_speaks_of(claim.quote, name) for name in told):
            yield {"line": said(claim.quote)}, Because(resume=claim.quote), ()


def _duties(resume: Resume, posting: Posting, title: str) -> Iterator[Offer]:
    for duty in filter(is_work, posting.duties):
        yield {"line": said(duty)}, Because(job=duty), ()


def _skills(resume: Resume, posting: Posting, title: str) -> Iterator[Offer]:
    own = {skill.lower(): skill for skill in resume.skills}
    for skill in posting.skills:
        if skill.lower() in own:
            yield {"skill": skill}, Because(resume=own[skill.lower()], job=skill), ()


def _gaps(resume: Resume, posting: Posting, title: str) -> Iterator[Offer]:
    titles = [role.title for role in resume.roles]
    everything = "\n".join([*resume.usable, *resume.skills, resume.headline, *titles]).lower()
    words = {_stem(word) for word in plain(everything)}
    duties = "\n".join(posting.duties).lower()  # which are asked for as they stand, so those come last
    for skill in sorted(posting.skills, key=lambda one: one.lower() in duties) if everything.strip() else ():
        low = _HELD.sub("", skill).lower()
        known = {_stem(word) for word in plain(skill)} <= words
        known = known or any(one and one in everything for one in map(str.strip, low.split("/")))
        known = known or any(word in words for word in map(_stem, _TELLS_OF.get(low, "").split()))
        if not known and not _SOFT.search(skill) and not _has_another(skill, everything, posting):
            yield {"skill": skill}, Because(job=skill), ()


def _has_another(skill: str, everything: str, posting: Posting) -> bool:
    """Whether `skill` is one of several that would do ("ACCA, CIMA or similar"), and another is there."""
    lines = [line for line in posting.usable if skill in line and _EITHER.search(line)]
    others = [one for one in posting.skills if one != skill and one.lower() in everything]
    return any(one in line for line in lines for one in others)


def _motives(resume: Resume, posting: Posting, title: str) -> Iterator[Offer]:
    for role in resume.roles[:1] if title else ():
        last, wanted = (article(spoken_title(one)) for one in (role.title, title))
        if last and last.lower() != wanted.lower():
            yield {"last": last, "title": wanted}, Because(resume=role.title, job=title), ()


def _moves(resume: Resume, posting: Posting, title: str) -> Iterator[Offer]:
    for later, before in pairwise(resume.roles):
        known = works_for(later.employer) and works_for(before.employer)
        if known and later.employer != before.employer:
            names = {"from": spoken_name(before.employer), "to": spoken_name(later.employer)}
            yield names, Because(resume=later.employer), ()


def _surfaces(posting: Posting) -> Sequence[str]:
    """Return the surfaces of a job with software or data: a hospital's trust is no surface."""
    job = "\n".join([posting.title, *posting.usable])
    return posting.surfaces if _TECHNICAL.search(job) else ()


def _metrics(resume: Resume, posting: Posting, title: str) -> Iterator[Offer]:
    for surface in _surfaces(posting):
        if surface in METRICS_MATTER:
            yield {"surface": surface}, Because(job=quote_of(posting, surface)), ()


def _domains(resume: Resume, posting: Posting, title: str) -> Iterator[Offer]:
    found = _surfaces(posting)
    others = [name for name in found if name != "experimentation"] or found
    for domain, cue in DOMAINS.items():
        quote = next((line for line in resume.usable if cue.search(line)), "")
        for surface in others if quote else ():
            yield {"domain": domain, "surface": surface}, Because(quote, quote_of(posting, surface)), ()


# In the order in which a round asks for them that names none.
OFFERS: Mapping[str, Callable[[Resume, Posting, str], Iterator[Offer]]] = MappingProxyType(
    {
        "metrics": _metrics,
        "project": _projects,
        "domain": _domains,
        "duty": _duties,
        "claim": _claims,
        "skill": _skills,
        "gap": _gaps,
        "motive": _motives,
        "move": _moves,
    }
)
