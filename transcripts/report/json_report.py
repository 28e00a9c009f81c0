"""The report as JSON: what other programs may rely on. docs/analysis.md has every field."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from vivavoce.transcripts.events import SCHEMA, Seconds, Word
from vivavoce.transcripts.report.change_lines import to_json as changes
from vivavoce.transcripts.report.report import Report
from vivavoce.transcripts.scoring.advice import Advice
from vivavoce.transcripts.scoring.assessment_json import finding
from vivavoce.transcripts.scoring.assessment_json import to_json as assessed
from vivavoce.transcripts.scoring.threads import Thread
from vivavoce.transcripts.talk.answers import Answer
from vivavoce.transcripts.talk.fillers import RECALL_NOTE, Filler, discourse
from vivavoce.transcripts.talk.pacing import Pause, timeline

Row = dict[str, Any]


def to_json(report: Report) -> Row:
    """Return `report` as plain data; times in seconds from the start of the recording."""
    return {
        "schema": SCHEMA,
        "title": report.meta.title,
        "round": report.meta.round,
        "persona": report.meta.persona,
        "started_at": report.meta.started_at,
        "duration": _number(report.length or None),
        "answers": [_thread(number, one) for number, one in enumerate(report.threads, start=1)],
        "pacing": pacing(report.answers, report.length),
        "interruptions": [
            {
                "by": cut.by,
                "at": _number(cut.at),
                "why": cut.why,
                "evidence": list(cut.evidence),
                "recovery": _number(cut.recovery),
            }
            for cut in report.interruptions
        ],
        "changes": changes(report.changes),
        "recognition": {
            "model": report.recognition.model,
            "words": report.recognition.words,
            "mean_probability": _number(report.recognition.mean_probability),
            "why_not_judged": report.recognition.why_not_judged or None,
        },
        "advice": [_tip(one) for one in report.advice],
        "went_well": [_tip(one) for one in report.went_well],
        "notes": list(report.notes),
        "wrote": report.wrote or None,
    }


def pacing(answers: Sequence[Answer], length: Seconds) -> Row:
    """Return the pacing of `answers` together, each rate over the time in which they were given."""
    words = [word for answer in answers for word in answer.words]
    pauses = [pause for answer in answers for pause in answer.pacing.pauses]
    fillers = [filler for answer in answers for filler in answer.fillers]
    soft = [filler for answer in answers for filler in discourse(answer.words)]
    spoken = sum(answer.pacing.duration for answer in answers)
    return {
        **_rates(answers),
        "duration": _number(spoken) if words else None,
        "pauses": [_pause(pause) for pause in pauses],
        "long_pauses": [_pause(pause) for answer in answers for pause in answer.pacing.long_pauses],
        "fillers": [_filler(filler) for filler in sorted([*fillers, *soft], key=lambda one: one.at)],
        "filler_rate_per_min": _number(60 * len(fillers) / spoken) if spoken else None,
        "filler_recall_note": RECALL_NOTE if words else None,
        "response_gaps": [_number(one.response_gap) for one in answers if one.response_gap is not None],
        "timeline": _timeline(words, length),
    }


def _rates(answers: Sequence[Answer]) -> Mapping[str, float | None]:
    """Return rates, weighted so that they are those of all the words in all the time."""
    paced = [(len(one.words), one.pacing) for one in answers if one.pacing.speech_rate_wpm]
    words = sum(number for number, _ in paced)
    if not words:
        return dict.fromkeys(("speech_rate_wpm", "articulation_rate_wpm", "syllables_per_s"))
    spoken = sum(pace.duration for _, pace in paced)
    sounding = sum(60 * number / (pace.articulation_rate_wpm or 1.0) for number, pace in paced)
    syllables = sum(
        (pace.syllables_per_s or 0.0) * 60 * number / (pace.articulation_rate_wpm or 1.0)
        for number, pace in paced
    )
    return {
        "speech_rate_wpm": _number(60 * words / spoken),
        "articulation_rate_wpm": _number(60 * words / sounding),
        "syllables_per_s": _number(syllables / sounding),
    }


def _tip(one: Advice) -> Row:
    return {"text": one.text, "quote": one.quote, "at": _number(one.at)}


def _thread(number: int, thread: Thread) -> Row:
    """Return a question with its follow-ups: as `score` would, with what was measured besides."""
    row = assessed(str(number), thread.assessment)
    first, last = thread.answers[0], thread.answers[-1]
    end = last.turns[-1].end if last.turns else last.question.end
    return row | {
        "question": thread.question,
        "follow_ups": [answer.question.text for answer in thread.answers[1:]],
        "answer": thread.assessment.text,
        "start": _number(first.start) if first.timed else None,
        "end": _number(end) if first.timed else None,
        "second_opinion": [finding(thread.assessment, one) for one in thread.opinion],
        "interrupted": any(answer.interrupted for answer in thread.answers),
        "pacing": pacing(thread.answers, Seconds(0.0))
        | {
            "part_seconds": {label: _number(took) for label, took in thread.seconds.items()} or None,
            "to_action": _number(thread.to_action),
        },
    }


def _timeline(words: Sequence[Word], length: Seconds) -> list[Row]:
    return [{key: _number(value) for key, value in asdict(row).items()} for row in timeline(words, length)]


def _pause(pause: Pause) -> Row:
    return {
        "start": _number(pause.start),
        "end": _number(pause.end),
        "length": _number(pause.length),
        "after": pause.after,
    }


def _filler(filler: Filler) -> Row:
    return {"text": filler.text, "at": _number(filler.at), "kind": filler.kind}


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
