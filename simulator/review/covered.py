"""What the rounds of a session were about: why each question was asked, and which points of it were heard.

Nothing of a résumé or a posting is kept with a session, so a question from them is known by its wording, and
why it was asked is said without a quote. Points are heard as the interviewer heard them, and the steps of a
plan as the report has them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import PersonaError, names
from vivavoce.personas.content.points import question_of
from vivavoce.personas.content.question import Question
from vivavoce.personas.conversation.topics import heard
from vivavoce.personas.papers.tailoring import SETTING, STORY, kind_of
from vivavoce.transcripts.events import RoundBegan, Seconds
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.report.report import Report
from vivavoce.transcripts.scoring.threads import NONE_ASKED, Thread

WHY = {
    "project": "your résumé names this work",
    STORY: "your résumé names this work",
    "claim": "your résumé has this line, with its figure",
    "duty": "the posting lists this among the duties",
    "skill": "the posting asks for it, and your résumé names it",
    "gap": "the posting asks for it, and it was not found in your résumé",
    "motive": "the job has another title than your latest one",
    "move": "your résumé goes from one employer to the other",
    "domain": "your résumé speaks of the one, and the posting of the other",
    "metrics": "the posting speaks of it",
    SETTING: "it is a question of the round, set where your résumé says you worked",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """A question that was answered.

    Attributes:
        thread: its place among the threads of the report, from 0.
        words: the question as it was asked, without what was said before it where that is known.
        why: what of the papers led to it; "" if nothing did.
        heard: names of the points that were heard.
        missing: of those that were not; empty too where something was not understood.
    """

    thread: int
    words: str
    why: str = ""
    heard: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round, with the questions that were answered in it."""

    name: str
    persona: str
    at: Seconds | None  # when it began; None if it is the whole session, or was typed
    asked: tuple[Covered, ...]


def covered(report: Report) -> list[Round]:
    """Return the rounds of a session, in order; those in which nothing was answered are left out."""
    title, questions = _known(report.meta.pack)
    asked = [
        (one.answers[0].question.start, _covered(place, one, report, questions))
        for place, one in enumerate(report.threads)
        if one.answers[0].question.move not in NONE_ASKED
    ]
    begun = report.rounds or (RoundBegan(at=Seconds(0.0), round="", persona=report.meta.persona),)
    ends = [*(one.at for one in begun[1:]), Seconds(float("inf"))]
    starts = [Seconds(0.0), *ends]  # what came before the first one belongs to it
    found = [
        Round(
            name=_filed(one.round) if report.rounds else title or _filed(report.meta.round),
            persona=one.persona,
            at=one.at if report.rounds and not report.typed else None,
            asked=tuple(row for at, row in asked if since <= at < until),
        )
        for one, since, until in zip(begun, starts, ends, strict=False)
    ]
    return [one for one in found if one.asked]


def says_more(rounds: list[Round]) -> bool:
    """Whether they say more than the list of answers does."""
    told = any(row.why or row.heard or row.missing for one in rounds for row in one.asked)
    return len(rounds) > 1 or told


def papers(meta: Meta) -> str:
    """Return with which papers a session was held, in words; "" if with none."""
    names = {"resume": "your résumé", "job": "a job posting"}
    return " and ".join(name for key, name in names.items() if meta.settings.get(key) is True)


@cache
def _known(name: str) -> tuple[str, tuple[Question, ...]]:
    """Return what a pack calls itself, and the questions of its rounds; nothing if it is gone or broken.

    The name was read from a session, which may come from anybody, so it is no path.
    """
    if name not in names("packs"):
        return "", ()
    try:
        whole = pack(name)
        rounds = [pack(stage.round) for stage in whole.stages] or [whole]
    except PersonaError:
        return "", ()
    return whole.title, tuple(question for one in rounds for question in one.questions)


def _covered(place: int, thread: Thread, report: Report, questions: Sequence[Question]) -> Covered:
    words, text = thread.question, thread.assessment.text
    question = question_of(words, questions)
    kind, own = kind_of(words) if papers(report.meta) else ("", "")
    steps = thread.assessment.steps
    points = [
        one
        for one in (question.points if question else ())
        if one.check.id not in {step.id for step in steps}
    ]
    known = heard(points, text)
    told = [(step.name, step.start is not None) for step in steps]
    told += [(point.name, point.check.id in known) for point in points]
    unclear = bool(thread.missed or report.recognition.why_not_judged or not text)
    return Covered(
        thread=place,
        words=own or words,
        why=WHY.get(kind, "") if kind == SETTING or question is None else "",
        heard=tuple(name for name, is_heard in told if is_heard),
        missing=() if unclear else tuple(name for name, is_heard in told if not is_heard),
    )


def _filed(name: str) -> str:
    """Return in words what a round is filed under."""
    return name.replace("-", " ").capitalize()
