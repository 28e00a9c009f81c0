"""How the answer changed with the listener, as lines for people and as data: quotes and times, no grade."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.markdown import literal
from vivavoce.transcripts.report.glance import asked
from vivavoce.transcripts.scoring.transitions import (
    BUSINESS,
    LATE,
    NOT_SWITCHED,
    TECHNICAL,
    Quote,
    Transition,
)
from vivavoce.transcripts.timestamps import clock

HEADING = "Changing the listener"
LISTENERS = {BUSINESS: "somebody outside the trade", TECHNICAL: "a colleague of the trade"}
STAYED = {BUSINESS: "how it works", TECHNICAL: "what it means for people"}  # where the other was wanted
AT_ONCE = Seconds(3.0)
LONGEST_QUOTE = 24  # words


def changes(found: Sequence[Transition]) -> Iterator[tuple[str, list[str]]]:
    """Yield each change that can be judged: what was asked, and the lines about the answer."""
    for one in found:
        if one.verdict:
            yield asked(one.question), list(_lines(one))


def section(found: Sequence[Transition]) -> Iterator[str]:
    """Yield the changes as lines of Markdown under their heading; nothing where there are none."""
    rows = list(changes(found))
    yield from ("", f"## {HEADING}", "") if rows else ()
    yield from (f"- *{literal(question)}* {literal(' '.join(said))}" for question, said in rows)


def card(found: Sequence[Transition]) -> Iterator[str]:
    """Yield the changes as HTML that unfolds; nothing where there are none."""
    rows = list(changes(found))
    if rows:
        yield f'<details class="card"><summary><h2>{HEADING}</h2></summary>'
        for question, said in rows:
            yield f"<h3>{escape(question)}</h3>" + "".join(f"<p>{escape(line)}</p>" for line in said)
        yield "</details>"


def to_json(found: Sequence[Transition]) -> list[dict[str, Any]]:
    """Return the changes as plain data; `verdict` is None where too little was heard."""
    return [
        {
            "question": one.question,
            "listener": one.frame,
            "handed_over": one.handed_over,
            "verdict": one.verdict or None,
            "why_not": one.why_not or None,
            "after": None if one.after is None else round(one.after, 3),
            "words_before": one.words if one.switch else None,
            "switch": _quote(one.switch),
            "other": _quote(one.other),
            "unexplained": list(one.jargon),
            "taken_up": list(one.taken_up),
        }
        for one in found
    ]


def _lines(one: Transition) -> Iterator[str]:
    listener = f"{'After the hand-over' if one.handed_over else 'Now'} {LISTENERS[one.frame]} listened"
    if one.verdict == NOT_SWITCHED:
        yield f"{listener}; the answer stayed with {STAYED[one.frame]}: {_said(one.other)}."
    elif one.verdict == LATE:
        yield f"{listener}; {_when(one)} the answer turned to them: {_said(one.switch)}."
        if one.other is not None:
            yield f"Before that: {_said(one.other)}."
    else:
        yield f"{listener}, and {_when(one)} you spoke to them: {_said(one.switch)}."
    if one.jargon:
        yield f"Not everybody knows: {', '.join(one.jargon)}."
    if one.taken_up:
        yield f"Their own words, taken up: {', '.join(one.taken_up)}."


def _when(one: Transition) -> str:
    if one.after is None:
        return f"after {one.words} words" if one.words else "from the first word"
    return f"after {one.after:.0f} s" if one.after >= AT_ONCE else "at once"


def _said(quote: Quote | None) -> str:
    if quote is None:
        return "nothing else was heard"
    words = quote.text.split()
    text = " ".join(words) if len(words) <= LONGEST_QUOTE else f"{' '.join(words[:LONGEST_QUOTE])} ..."
    return f"“{text}”" if quote.at is None else f"“{text}” [{clock(quote.at)}]"


def _quote(quote: Quote | None) -> dict[str, Any] | None:
    if quote is None:
        return None
    return {"text": quote.text, "at": None if quote.at is None else round(quote.at, 3)}
