"""The session on one time axis, as SVG: pace every five seconds, parts, pauses, fillers, cut-ins."""

from collections.abc import Iterator
from html import escape

from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.report.report import Report
from vivavoce.transcripts.scoring.checks import STORY
from vivavoce.transcripts.story.parts import LABELS
from vivavoce.transcripts.talk.pacing import timeline
from vivavoce.transcripts.timestamps import clock

__all__ = ["LABELS", "chart", "moments"]

INTERRUPTED = {"interviewer": "the interviewer cut in", "candidate": "you took the floor"}

TOP, PACE, BAND, DOTS, CUTS, AXIS = 26, 120, 150, 204, 250, 266  # from above; all that goes across is in %
HIGH = 290
FASTEST = 300.0  # words a minute, at the top of the chart
MOST_TICKS = 6
FAR = 93.0  # % of the width, beyond which a time stands left of its line
STEPS = (5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600)  # seconds between ticks


def chart(report: Report) -> str:
    """Return the chart as an SVG element, as wide as its place, with a description for screen readers."""
    length = max(float(report.length), 1.0)
    shapes = [*_axis(report, length), *_pace(report, length), *_band(report, length)]
    shapes += [*_pauses(report, length), *_fillers(report, length), *_cuts(report, length)]
    return (
        f'<svg class="time" height="{HIGH}" role="img" aria-labelledby="chart-title chart-text">\n'
        f'<title id="chart-title">Timeline</title>\n'
        f'<desc id="chart-text">{escape(_described(report))}</desc>\n' + "\n".join(shapes) + "\n</svg>"
    )


def _described(report: Report) -> str:
    pauses = sum(len(answer.pacing.long_pauses) for answer in report.answers)
    fillers = sum(len(answer.fillers) for answer in report.answers)
    cuts = sum(cut.by == "interviewer" for cut in report.interruptions)
    return (
        f"{clock(report.length)} long; {pauses} pauses of a second or more, at least {fillers} fillers, "
        f"{cuts} cut-ins. The list below has the times."
    )


def _x(at: float, length: float) -> float:
    """Return the place of a time, in % of the width."""
    return round(100 * min(max(at / length, 0.0), 1.0), 2)


def _y(wpm: float) -> float:
    return round(PACE - (PACE - TOP) * min(wpm / FASTEST, 1.0), 1)


def moments(report: Report) -> list[tuple[Seconds, str]]:
    """Return the long pauses, fillers and cut-ins of a report by time, each with what it is."""
    rows = [(cut.at, INTERRUPTED[cut.by]) for cut in report.interruptions]
    for answer in report.answers:
        rows += [(one.start, f"pause of {one.length:.1f} s") for one in answer.pacing.long_pauses]
        rows += [(one.at, f"filler “{one.text}”") for one in answer.fillers]
    return sorted(rows)


def _axis(report: Report, length: float) -> Iterator[str]:
    low, high = report.typical_wpm
    yield (
        f'<rect x="0" y="{_y(high)}" width="100%" height="{_y(low) - _y(high)}" '
        f'fill="var(--line)" opacity=".45"><title>typical pace</title></rect>'
    )
    pace = f"words a minute (typical: {low:.0f} to {high:.0f})"
    rows = ((pace, TOP), ("parts", BAND), ("pauses and fillers", DOTS), ("cut-ins", CUTS))
    yield from (f'<text x="0" y="{y - 10}">{name}</text>' for name, y in rows)
    step = next((one for one in STEPS if length / one <= MOST_TICKS), STEPS[-1])
    for at in range(0, int(length) + 1, step):
        x = _x(at, length)
        yield f'<line x1="{x}%" y1="{TOP}" x2="{x}%" y2="{AXIS}" stroke="var(--line)"/>'
        anchor = "end" if x > FAR else "middle" if at else "start"
        yield f'<text x="{x}%" y="{AXIS + 18}" text-anchor="{anchor}">{clock(Seconds(at))}</text>'


def _pace(report: Report, length: float) -> Iterator[str]:
    words = [word for answer in report.answers for word in answer.words]
    for row in timeline(words, report.length):
        if row.words:
            x, y = _x(row.start, length), _y(row.wpm)
            width = max(0.9 * (_x(row.end, length) - x), 0.05)
            yield (
                f'<rect x="{x}%" y="{y}" width="{width:.2f}%" height="{PACE - y:.1f}" '
                f'fill="var(--accent)"><title>{clock(row.start)}: {row.wpm:.0f} words a minute</title></rect>'
            )


def _band(report: Report, length: float) -> Iterator[str]:
    """Yield a block for each part, from its first word to that of the next one."""
    for thread in report.threads:
        said = [word for answer in thread.told for word in answer.words]
        timed = [one for one in thread.assessment.segments if one.at is not None]
        if not timed or thread.assessment.kind != STORY:
            continue
        ends = [*(one.at for one in timed[1:]), said[-1].end]
        for one, end in zip(timed, ends, strict=True):
            if one.at is not None and end is not None and end > one.at:
                x = _x(one.at, length)
                yield (
                    f'<rect x="{x}%" y="{BAND}" width="{_x(end, length) - x:.2f}%" height="20" '
                    f'fill="var(--{one.label})"><title>{one.label}, {clock(one.at)}</title></rect>'
                )


def _pauses(report: Report, length: float) -> Iterator[str]:
    for pause in (pause for answer in report.answers for pause in answer.pacing.long_pauses):
        x = _x(pause.start, length)
        yield (
            f'<rect x="{x}%" y="{DOTS - 3}" width="{max(_x(pause.end, length) - x, 0.3):.2f}%" height="6" '
            f'fill="var(--soft)"><title>pause of {pause.length:.1f} s, {clock(pause.start)}</title></rect>'
        )


def _fillers(report: Report, length: float) -> Iterator[str]:
    for filler in (filler for answer in report.answers for filler in answer.fillers):
        x, what = _x(filler.at, length), f"{escape(filler.text)}, {clock(filler.at)}"
        yield f'<circle cx="{x}%" cy="{DOTS}" r="4" fill="var(--result)"><title>{what}</title></circle>'


def _cuts(report: Report, length: float) -> Iterator[str]:
    for cut in report.interruptions:
        x, what = _x(cut.at, length), f"{clock(cut.at)}: {INTERRUPTED[cut.by]}"
        yield (
            f'<rect x="{x}%" y="{CUTS - 6}" width="5" height="14" fill="var(--gap)">'
            f"<title>{what}</title></rect>"
        )
