"""The report: what was asked and said, what each answer is made of, how it was paced, what to try next.

Where too little was heard, or too unclearly, it says so and concludes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from vivavoce.transcripts.events import Event, PadChanged, RoundBegan, Seconds, Word
from vivavoce.transcripts.journal.session_json import Meta
from vivavoce.transcripts.markdown import literal, paragraph
from vivavoce.transcripts.printable import line, printable
from vivavoce.transcripts.report.change_lines import section
from vivavoce.transcripts.report.glance import NOTHING_STANDS_OUT, glance, made_of, quoted, steps
from vivavoce.transcripts.report.missed_lines import heard_again, missed
from vivavoce.transcripts.report.notes import notes as found_notes
from vivavoce.transcripts.report.pacing_lines import measures, times
from vivavoce.transcripts.report.score_lines import marks, opinions
from vivavoce.transcripts.scoring.advice import Advice, advice, went_well
from vivavoce.transcripts.scoring.assessment import PLAIN, UNSCORED, Reader
from vivavoce.transcripts.scoring.threads import PUT_AGAIN, Thread, threads
from vivavoce.transcripts.scoring.transitions import Transition, transitions
from vivavoce.transcripts.talk.answers import Answer, answers, mean_probability, why_not_judged
from vivavoce.transcripts.talk.fillers import RECALL_NOTE
from vivavoce.transcripts.talk.interruptions import Interruption, interruptions
from vivavoce.transcripts.talk.pacing import SECOND_LANGUAGE_WPM, TYPICAL_WPM
from vivavoce.transcripts.talk.turns import Turn, turns
from vivavoce.transcripts.timestamps import clock
from vivavoce.transcripts.words import latest, typed, words

if TYPE_CHECKING:
    from rich.markdown import Markdown

WHOLE_LINE = 0.95  # a share heard above this is the whole line: the share is an estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """How well the candidate was understood; `why_not_judged` is empty if well enough."""

    model: str
    words: int
    mean_probability: float | None
    why_not_judged: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A session, or something that was said elsewhere; `threads` holds the same answers, judged."""

    meta: Meta
    length: Seconds
    answers: tuple[Answer, ...]
    threads: tuple[Thread, ...]
    interruptions: tuple[Interruption, ...]
    recognition: Recognition
    rounds: tuple[RoundBegan, ...]  # of a loop; empty for a single one
    typed: bool  # the session was held in writing
    advice: tuple[Advice, ...]  # what to try next
    went_well: tuple[Advice, ...]
    notes: tuple[str, ...]
    wrote: str = ""  # what the pad held at the end
    changes: tuple[Transition, ...] = ()  # of the listener

    @property
    def timed(self) -> bool:
        """Whether it is known when any word was said."""
        return any(answer.words for answer in self.answers)

    @property
    def why_nothing(self) -> str:
        """Why there is nothing to try next, and what to do then; empty if something was judged."""
        if self.recognition.why_not_judged:
            look = " “vivavoce doctor” says how it hears your microphone." if self.meta.recogniser else ""
            return f"Nothing is concluded from that.{look}"
        if self.threads and all(one.assessment.why_not in UNSCORED for one in self.threads):
            return "What was asked has no score; below is what was heard."
        if not any(one.assessment.scores for one in self.threads):
            return "Nothing was said yet that could be judged; below is why."
        return ""

    @property
    def typical_wpm(self) -> tuple[float, float]:
        """Words a minute of most speakers; reaches lower for who speaks English as a second language."""
        return SECOND_LANGUAGE_WPM if self.meta.settings.get("second_language") else TYPICAL_WPM


def report(
    events: Sequence[Event], meta: Meta, skipped: Sequence[str] = (), reader: Reader = PLAIN
) -> Report:
    """Return the report of a session from its `events`.

    Args:
        events: the journal.
        meta: what the session was.
        skipped: what the journal lost.
        reader: what the answers are read with.
    """
    said = turns(events)
    return summed(
        answers(events, said),
        meta,
        length=Seconds(0.0) if typed(events) else latest(events),
        cuts=interruptions(events, said),
        heard=[word for word in words(events) if word.end > word.start],
        rounds=[event for event in events if isinstance(event, RoundBegan)],
        written=typed(events),
        notes=list(found_notes(events, skipped)),
        wrote=next((one.text for one in reversed(events) if isinstance(one, PadChanged)), ""),
        reader=reader,
    )


def summed(
    found: Sequence[Answer],
    meta: Meta,
    *,
    length: Seconds,
    cuts: Sequence[Interruption] = (),
    heard: Sequence[Word] = (),
    rounds: Sequence[RoundBegan] = (),
    written: bool = False,
    notes: Sequence[str] = (),
    wrote: str = "",
    reader: Reader = PLAIN,
) -> Report:
    """Return the report of the answers that were `found`, wherever they come from.

    Args:
        found: the answers, in order.
        meta: what the session was.
        length: of the whole recording.
        cuts: who took the floor from whom.
        heard: all words of the candidate; none if nothing was recognised here.
        rounds: of a loop.
        written: whether the session was held in writing.
        notes: what the reader should know.
        wrote: what the candidate wrote beside speaking.
        reader: what the answers are read with.
    """
    judged = threads(found, reader)
    why_not = why_not_judged(heard) if heard or not any(answer.text for answer in found) else ""
    tips = [] if why_not else advice(found, judged, cuts)
    return Report(
        meta=meta,
        length=length,
        answers=tuple(found),
        threads=tuple(judged),
        interruptions=tuple(cuts),
        recognition=Recognition(
            model=meta.recogniser,
            words=len(heard),
            mean_probability=mean_probability(heard),
            why_not_judged=why_not,
        ),
        rounds=tuple(rounds),
        typed=written,
        advice=tuple(tips),
        went_well=() if why_not else tuple(went_well(judged, tips)),
        notes=tuple(notes),
        wrote=wrote,
        changes=tuple(transitions(found)),
    )


def render(report: Report) -> "Markdown":
    """Return `report` for a rich console."""
    from rich.markdown import Markdown

    return Markdown(markdown(report))


def markdown(report: Report) -> str:
    """Return `report` as a Markdown page."""
    name, when = literal(title(report.meta)), literal(facts(report))
    lines = [f"# {name}", "", when, "", *_first_screen(report)]
    numbers = count(1)
    for thread in report.threads:
        for answer in thread.answers:
            number = next(numbers)
            asked = literal(answer.question.text) or "Your answer"
            lines += [*_round(report, number), "", f"## {number}. {asked}", ""]
            lines += _answer(answer, report.typical_wpm)
        found = thread.assessment
        if judged := [*marks(found), *times(thread), *opinions(found, thread.opinion)]:
            together = len(thread.answers) > 1
            lines += ["", f"### What {'these answers are' if together else 'it is'} made of", ""]
            lines += [f"- {one}" for one in judged]
    lines += section(report.changes)
    if report.interruptions:
        lines += ["", "## Interruptions", "", *map(_interruption, report.interruptions)]
    if report.wrote:
        lines += ["", "## What you wrote", "", *(f"    {one}" for one in printable(report.wrote).split("\n"))]
    lines += ["", "## Recognition", "", _recognition(report)]
    if report.notes:
        lines += ["", "## Notes", "", *(f"- {literal(note)}" for note in report.notes)]
    return "\n".join(lines) + "\n"


def transcript(events: Sequence[Event]) -> str:
    """Return what both sides said as a Markdown page, each turn with its time as [mm:ss]."""
    said = [(turn.start, _turn(turn)) for turn in turns(events)]
    lost = [(at, f"*{text}*") for at, text in missed(events)]
    ordered = sorted([*said, *lost], key=lambda one: one[0]) if lost else said
    again = (f"*{text}*" for text in heard_again(events))
    return "\n\n".join(["# Transcript", *again, *(text for _, text in ordered)]) + "\n"


def title(meta: Meta) -> str:
    """Return what to call the session."""
    name = meta.title or f"{meta.round.replace('-', ' ').capitalize()} round".strip()
    return line(f"{name} with {meta.persona}" if meta.persona else name)


def facts(report: Report) -> str:
    """Return when it was, how long, and how much was asked."""
    date = report.meta.started_at.replace("T", " ")[:16]
    count = sum(answer.question.move not in PUT_AGAIN for answer in report.answers)
    asked = f"{count} question{'' if count == 1 else 's'}" if count else ""
    return " · ".join(
        part for part in (date, f"{clock(report.length)} long" if report.length else "", asked) if part
    )


def _round(report: Report, number: int) -> Iterator[str]:
    """Yield the heading of the round that the answer `number` is the first of, in a loop of several."""
    since = report.answers[number - 2].question.start if number > 1 else Seconds(-1.0)
    for begun in report.rounds:
        if since < begun.at <= report.answers[number - 1].question.start:
            name = literal(f"{begun.round.capitalize()}, with {begun.persona}")
            yield from ("", f"# {name}" if report.typed else f"# {name} [{clock(begun.at)}]")


def _first_screen(report: Report) -> Iterator[str]:
    yield from ("## At a glance", "")
    yield from (f"- {literal(one)}" for one in made_of(glance(report.threads)))
    for heading, tips in steps(report.advice, report.went_well):
        yield from ("", f"## {heading}", "")
        yield from map(_tip, tips) if tips else [report.why_nothing or NOTHING_STANDS_OUT]


def _tip(tip: Advice) -> str:
    when = "" if tip.at is None else f" [{clock(tip.at)}]"
    return f"- {literal(tip.text)}\n  “{literal(quoted(tip))}”{when}"


def _answer(answer: Answer, typical: tuple[float, float]) -> Iterator[str]:
    if answer.question.heard < WHOLE_LINE:
        yield f"*About {answer.question.heard:.0%} of the question was heard.*\n"
    yield f"> {paragraph(answer.text) or 'Nothing was heard.'}\n"
    yield from (f"- {literal(one)}" for one in (*_marks(answer), *measures(answer, typical)))


def _marks(answer: Answer) -> Iterator[str]:
    if answer.interrupted:
        yield "The interviewer cut in."
    elif answer.turns and not answer.complete:
        yield "It was not finished."
    if answer.resumed:
        yield "You went on after a pause that was taken for the end."


def _interruption(cut: Interruption) -> str:
    if cut.by == "candidate":
        return f"- [{clock(cut.at)}] You took the floor."
    grounds = [item for item in cut.evidence if item != cut.why]
    why = literal(f"{cut.why} ({'; '.join(grounds)})" if grounds else cut.why)
    again = f" You were going again after {cut.recovery:.1f} s." if cut.recovery is not None else ""
    return f"- [{clock(cut.at)}] The interviewer cut in: {why}.{again}"


def _recognition(report: Report) -> str:
    found = report.recognition
    if report.typed:
        return "The words were typed."
    model = f"Model {literal(found.model)}, " if found.model else ""
    if not found.words and not found.model:
        return "The words were recognised elsewhere."
    sure = "" if found.mean_probability is None else f", mean probability {found.mean_probability:.2f}"
    return f"{model}{found.words} words{sure}. Fillers: {RECALL_NOTE}."


def _turn(turn: Turn) -> str:
    who = "Interviewer" if turn.speaker == "interviewer" else "Candidate"
    mark = f" *({_ending(turn)})*" if _ending(turn) else ""
    when = f" [{clock(turn.start)}]" if turn.timed else ":"
    return f"**{who}**{when} {literal(turn.text)}{mark}"


def _ending(turn: Turn) -> str:
    if turn.heard < WHOLE_LINE:
        return f"about {turn.heard:.0%} heard" if turn.heard else "not heard"
    if turn.interrupted:
        return "interrupted"
    return "" if turn.complete else "unfinished"
