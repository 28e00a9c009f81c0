"""An assessment as plain data, as contract and docs have it, and back."""

from collections.abc import Mapping, Sequence
from typing import Any

from vivavoce.transcripts.events import LATEST, SCHEMA, Seconds
from vivavoce.transcripts.scoring.assessment import Assessment, Finding, Segment
from vivavoce.transcripts.scoring.rubric import KINDS
from vivavoce.transcripts.scoring.steps import Step
from vivavoce.transcripts.story.parts import LABELS


def to_json(name: str, found: Assessment) -> dict[str, Any]:
    """Return `found` as contract and docs have it; `name` is the answer's id."""
    return {
        "schema": SCHEMA,
        "id": name,
        "judged": found.scores is not None,
        "why_not": found.why_not or None,
        "kind": found.kind,
        "star": {
            "segments": [
                {
                    "label": one.label,
                    "start": one.start,
                    "end": one.end,
                    "quote": found.quote(one),
                    "confidence": one.confidence,
                    "at": one.at,
                }
                for one in found.segments
            ],
            "present": found.present,
            "quantified": found.quantified,
        },
        "scores": found.scores,
        "findings": [finding(found, one) for one in found.findings],
        "steps": [_step(one) for one in found.steps],
    }


def from_json(row: Mapping[str, Any], text: str) -> Assessment:
    """Return the assessment of `text` that `to_json` made `row` of.

    Raises:
        KeyError, TypeError, ValueError: `row` is something else.
    """
    star, length = row["star"], len(text)
    segments = tuple(
        Segment(
            label=_one_of(LABELS, one["label"]),
            start=_within(one["start"], length),
            end=_within(one["end"], length),
            confidence=float(one["confidence"]),
            at=_time(one["at"]),
        )
        for one in star["segments"]
    )
    found = tuple(
        Finding(
            code=str(one["code"]),
            kind=_one_of(KINDS, one["kind"]),
            message=str(one["message"]),
            start=_within(one["start"], length),
            end=_within(one["end"], length),
            at=_time(one["at"]),
            costs={str(key): int(points) for key, points in one["costs"].items()},
            covers=tuple(map(str, one["covers"])),
        )
        for one in row["findings"]
    )
    return Assessment(
        text=text,
        kind=str(row["kind"]),
        segments=segments,
        present={str(key): bool(value) for key, value in star["present"].items()},
        quantified=bool(star["quantified"]),
        scores={str(key): int(value) for key, value in row["scores"].items()} if row["scores"] else None,
        findings=found,
        why_not=str(row["why_not"] or ""),
        steps=tuple(_read_step(one, length) for one in row.get("steps", ())),  # older reports have none
    )


def _step(one: Step) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "covers": list(one.covers),
        "heard": one.start is not None,
        "start": one.start,
        "at": one.at,
    }


def _read_step(row: Mapping[str, Any], length: int) -> Step:
    return Step(
        id=str(row["id"]),
        name=str(row["name"]),
        covers=tuple(map(str, row["covers"])),
        start=None if row["start"] is None else _within(row["start"], length),
        at=_time(row["at"]),
    )


def _one_of(known: Sequence[str], value: Any) -> str:
    if value not in known:
        raise ValueError(value)
    return str(value)


def _time(value: Any) -> Seconds | None:
    if value is not None and not (isinstance(value, int | float) and abs(value) <= LATEST):
        raise ValueError("no time")
    return None if value is None else Seconds(value)


def _within(offset: Any, length: int) -> int:
    if not isinstance(offset, int) or not 0 <= offset <= length:
        raise ValueError(offset)
    return offset


def finding(found: Assessment, one: Finding) -> dict[str, Any]:
    """Return a finding on the answer of `found` as plain data."""
    return {
        "code": one.code,
        "kind": one.kind,
        "message": one.message,
        "quote": found.quote(one),
        "start": one.start,
        "end": one.end,
        "at": one.at,
        "costs": dict(one.costs),
        "covers": list(one.covers),
    }
