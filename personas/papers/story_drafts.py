"""Drafts of stories from a résumé: one for each project or achievement, in the seven fields. Pure.

What the résumé says stands in its field, in its own words and cut only between its clauses; nothing is added.
The rest stays empty, with a question that shows what belongs there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from vivavoce.personas.papers.understanding.projects import NUMBER, OUTCOME
from vivavoce.personas.papers.understanding.understood import Posting, Project, Resume
from vivavoce.transcripts.bank.fields import FIELDS, GENERAL, MACHINE_LEARNING
from vivavoce.transcripts.bank.story_file import Draft, slug

MOST = 8  # drafts: more stories than anybody tells
SHORTEST_PART = 2  # words
MOST_IN_NAME = 7  # words
HEADING = 5  # words of an entry that has only a name
_LEARNING = re.compile(
    r"\b(?:machine|deep|reinforcement) learning\b|\bml\b|\bneural\b|\bclassifier\w{0,1}|"
    r"\brecommend(?:er|ation)s?\b|\branking models?\b|\bpredictive models?\b|\btransformers?\b|"
    r"\bembeddings?\b|\bxgboost\b|\bpytorch\b|\btensorflow\b|\bscikit\b|\bgradient.boost\w{0,5}|\bfine.tun\w{1,4}|"
    r"\blanguage models?\b|\bcomputer vision\b|\b(?:churn|fraud|demand|forecast\w{0,3}|scoring) models?\b",
    re.IGNORECASE,
)
# "from 11 to 4" is a change and not where something came from.
_OUT_OF = r"from (?!(?:(?!to )\S{1,30} ){1,5}to )"
_CHANGED = re.compile(
    r"(?<!ed )(?<!ing )(?<!set )\b(?:up|down) (?:by |to |from |about |nearly |over )?"
    r"(?:[$\u20ac\u00a3]?\d|half\b|an? )|"
    r"\b(?:dropped|sank|climbed|doubled|halved|tripled|trebled)\b",
    re.IGNORECASE,
)
_LINKS = frozenset("for of to in on with from by at and the a an so that using".split())
_CUT = re.compile(
    r"(?:,|;| -| \u2013| \u2014)\s++(?=\w)|"
    r"(?<!\s)\s++(?=(?:which|resulting in|leading to|in order to) )|"
    r"(?<!\s)\s++(?=to (?:reduce|cut|lower|improve|prevent|stop|avoid|increase|speed|help|support|replace) )|"
    rf"(?<!\s)\s++(?=(?:using |based on |{_OUT_OF}))",
    re.IGNORECASE,
)
_PARTS: Mapping[str, re.Pattern[str]] = {
    field: re.compile(pattern, re.IGNORECASE)
    for field, pattern in {
        "problem": r"^(?:in order to|to (?:reduce|cut|lower|improve|prevent|stop|avoid|increase|"
        r"speed|help|support|replace))\b|\b(?:problem|shortage|backlog|complaints?)\b",
        "reason": r"^(?:instead of|rather than|because)\b",
        "data": rf"^(?:using |based on |{_OUT_OF})",
        "delivery": r"^(?:and |which |then )?(?:rolled out|deployed|launched|put into|"
        r"introduced (?:it|them)|handed over|trained|served|now (?:used|in use)|used by|adopted)\b",
        "changes": r"^(?:and |then )?(?:fixed|repaired|rolled back|replaced it|after (?:a|the|it) \w+)\b",
    }.items()
}
ASK: Mapping[str, Mapping[str, str]] = {
    GENERAL: {
        "problem": "Who had which problem before this, and how large was it?",
        "reason": "Which other way was there, and why did you not take it?",
        "data": "What did you have to begin with: people, time, tools, information?",
        "model": "What did you do yourself, step by step?",
        "metrics": "What did you count or compare, and what was it before?",
        "delivery": "Who used it first, and how did the others come to it?",
        "changes": "What went wrong, how did you notice, and what did you change?",
    },
    MACHINE_LEARNING: {
        "problem": "Who had which problem before this, and how large was it?",
        "reason": "What would rules or something simpler have reached?",
        "data": "Where did the data and the labels come from, and what was wrong with them?",
        "model": "Which features and which model, and what did you try and not keep?",
        "metrics": "Which figure offline, which one online, and what was it before?",
        "delivery": "How did it run: batch or on request, how fast, in what steps was it let out?",
        "changes": "What broke after the launch, how did you notice, and what did you change?",
    },
}


def drafts(resume: Resume, posting: Posting | None = None) -> list[Draft]:
    """Return a draft for each major project or achievement; what the `posting` speaks of comes first."""
    wanted = (
        {word.lower() for text in posting.usable for word in re.findall(r"\w{5,}", text)} if posting else ()
    )
    found = [*resume.projects, *_achievements(resume)]
    found.sort(key=lambda one: -sum(term in wanted for term in one.terms))
    learning = bool(_LEARNING.search(" ".join([resume.headline, *(role.title for role in resume.roles[:1])])))
    return [_draft(one, resume, learning=learning) for one in found[:MOST]]


def _achievements(resume: Resume) -> Iterator[Project]:
    """Yield what a role's lines tell with a figure or an outcome, and no project was made of."""
    told = [one.quote for one in resume.projects]
    for role in resume.roles:
        for said in role.bullets:
            known = any(quote in said or said in quote for quote in told)
            if not known and _is_measured(said):
                yield Project(name=_short(said), employer=role.employer, quote=said)


def _short(said: str) -> str:
    """Return how the story of a line is called: its first words, up to a link to what is cut off."""
    words = re.split(r"[,;:(]", said)[0].rstrip(" .").split()
    kept = words[:MOST_IN_NAME]
    while len(kept) < len(words) and len(kept) > SHORTEST_PART and _LINKS & {*kept[-2:]}:
        kept.pop()
    return " ".join(kept)


def _draft(one: Project, resume: Resume, *, learning: bool) -> Draft:
    said = _whole(one, resume)
    kind = MACHINE_LEARNING if learning or _LEARNING.search(f"{one.name} {said}") else GENERAL
    fields: dict[str, list[str]] = {}
    for part in _clauses(said):
        fields.setdefault(_field(part, first=not fields), []).append(part)
    name = re.sub(r"^(?:the|a|an) ", "", one.name, flags=re.IGNORECASE)
    return Draft(
        name=slug(name.removesuffix(" project")),
        title=f"{name[:1].upper()}{name[1:]}{f' at {one.employer}' if one.employer else ''}",
        kind=kind,
        fields={field: "\n".join(parts) for field, parts in fields.items()},
        ask={field: ASK[kind][field] for field in FIELDS if field not in fields},
    )


def _whole(one: Project, resume: Resume) -> str:
    """Return the whole line that the project's quote is from; of an entry's heading, what stands below it."""
    lines = [*(line for role in resume.roles for line in role.bullets), *resume.usable]
    place = next((place for place, line in enumerate(lines) if one.quote in line), None)
    if place is None:
        return one.quote
    below = lines[place + 1] if place + 1 < len(lines) else ""
    is_heading = len(one.quote.split()) <= HEADING and lines[place].strip("#* ") == one.quote
    return below if is_heading and len(below.split()) > HEADING else lines[place]


def _clauses(said: str) -> list[str]:
    """Return `said` cut between its clauses; one of a word or so belongs to what is before it."""
    parts: list[str] = []
    begin = 0
    for cut in [*(match.end() for match in _CUT.finditer(said)), len(said)]:
        part = said[begin:cut].strip(" ,;-\u2013\u2014")
        if parts and not _is_own(part):
            parts[-1] = said[said.index(parts[-1]) : cut].strip(" ,;-\u2013\u2014")
        elif part:
            parts.append(part)
        begin = cut
    return parts


def _is_own(part: str) -> bool:
    """Whether a clause stands for itself: a figure with what came of it, or the beginning of a part."""
    many = len(part.split()) >= SHORTEST_PART
    return many and (_is_measured(part) or any(cue.search(part) for cue in _PARTS.values()))


def _is_measured(part: str) -> bool:
    return bool(NUMBER.search(part) and (OUTCOME.search(part) or _CHANGED.search(part)))


def _field(part: str, *, first: bool) -> str:
    """Return which field a clause tells; the first one tells what was done, unless it is plainly another."""
    found: Sequence[str] = [field for field, cue in _PARTS.items() if cue.search(part)]
    if found and not (first and found[0] in ("delivery", "changes")):
        return found[0]
    return "metrics" if not first and _is_measured(part) else "model"
