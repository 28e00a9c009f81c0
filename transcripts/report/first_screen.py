"""The first screen of a report as HTML: what it was made of on the left, what to do next on the right."""

from collections.abc import Iterator, Sequence
from html import escape

from vivavoce.transcripts.report.glance import (
    NEXT,
    NOTHING_STANDS_OUT,
    WANTED,
    Glance,
    Runs,
    Share,
    glance,
    quoted,
    steps,
)
from vivavoce.transcripts.report.report import Report
from vivavoce.transcripts.scoring.advice import Advice
from vivavoce.transcripts.story.presence import TOLD
from vivavoce.transcripts.timestamps import clock

WIDE, HIGH = 1000, 24  # of a bar, which is as wide as its place


def first_screen(report: Report, *, playable: bool = False) -> str:
    """Return the first screen of `report`; where it is `playable`, each time is a button."""
    found = glance(report.threads)
    also = [f"<p>{escape(one)}</p>" for one in found.lines]
    rows = ['<section class="glance" aria-label="At a glance">', '<div class="made">', *_made(found)]
    rows += [*([] if found.parts else also), "</div>"]
    rows += ['<div class="next">', *_next(report, playable=playable), "</div>"]
    if found.parts and also:  # what to do next comes before it on a phone
        rows += ['<div class="also">', *also, "</div>"]
    return "\n".join([*rows, "</section>"])


def bar(told: Runs, whole: float = 0.0) -> str:
    """Return what was told as a bar: a piece for each part, with its share of the `whole`, of all if 0."""
    whole = whole or sum(size for _, size in told) or 1.0
    shapes, x = [], 0.0
    for label, size in told:
        width = WIDE * size / whole
        shapes.append(f'<rect x="{x:.1f}" width="{width:.1f}" height="{HIGH}" fill="var(--{label})"/>')
        x += width
    box = f'viewBox="0 0 {WIDE} {HIGH}" preserveAspectRatio="none" aria-hidden="true"'
    return f'<svg class="bar" {box}>{"".join(shapes)}</svg>'


def _made(found: Glance) -> Iterator[str]:
    yield "<h2>What it was made of</h2>"
    if found.parts:
        yield bar(found.runs)
        kind = "shares many" if found.stories > 1 else "shares"
        yield f'<ul class="{kind}">' + "".join(_share(one, found.stories) for one in found.parts) + "</ul>"
        many = f"{found.stories} stories, " if found.stories > 1 else ""
        yield f'<p class="soft">{many}{found.whole}</p>'


def _share(one: Share, stories: int) -> str:
    said = [f'<span class="number">{one.size}</span>'] if one.size else []
    if one.word != TOLD:
        said.append(f'<span class="gap">{one.word}</span>')
    elif stories > 1 and one.label in WANTED:
        said.append(f"told in {one.told} of {stories}")
    return f'<li class="{one.label}"><b>{one.name.capitalize()}</b> {", ".join(said)}</li>'


def _next(report: Report, *, playable: bool) -> Iterator[str]:
    for heading, tips in steps(report.advice, report.went_well):
        yield f"<h2>{heading}</h2>"
        if tips:
            kind = "ol" if heading == NEXT and len(tips) > 1 else "ul"
            yield f"<{kind}>{_tips(tips, playable=playable)}</{kind}>"
        else:
            yield f"<p>{escape(report.why_nothing or NOTHING_STANDS_OUT)}</p>"


def _tips(tips: Sequence[Advice], *, playable: bool) -> str:
    return "".join(
        f"<li>{escape(one.text)}<br><q>{escape(quoted(one))}</q>{_at(one, playable=playable)}</li>"
        for one in tips
    )


def _at(one: Advice, *, playable: bool) -> str:
    if one.at is None:
        return ""
    if playable:
        return f' <button class="at" data-at="{one.at}">{clock(one.at)}</button>'
    return f' <span class="soft number">{clock(one.at)}</span>'
