"""What a person claims in figures, group by group, as plain values for the templates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vivavoce.simulator.web.notebook import named
from vivavoce.simulator.web.session_facts import Answered, Claimed
from vivavoce.transcripts.bank.drifts import next_question, whens
from vivavoce.transcripts.bank.ledger import STORY, Group, claims, ledger
from vivavoce.transcripts.bank.likeness import Claim, Source
from vivavoce.transcripts.bank.sources import written
from vivavoce.transcripts.journal import recording
from vivavoce.transcripts.library.sessions import shelf
from vivavoce.transcripts.training.held import day_of

MOST_PLACES = 8  # of a group that are shown, the latest
MOST_ONCE = 200  # claims that were made once

Of = tuple[list[Source], list[Answered]]  # stories, and answers with what is claimed in them


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """A group of claims; `apart` are two that differ, unless one of them has been settled on."""

    group: Group
    apart: tuple[Claim, Claim] | None
    settled: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The groups, those of the latest claims first, and what the next take may be asked."""

    groups: tuple[Grouped, ...] = ()
    ask: str = ""


class Claims:
    """The ledger, made anew only when what it is of has changed: with many sessions that takes seconds."""

    def __init__(self) -> None:
        self._of: Of | None = None
        self._found = Found()

    def known(self, claimed: Mapping[str, Claimed]) -> bool:
        """Whether it is made of this already.

        Raises:
            LibraryError: the stories cannot be read.
        """
        return self._of == _of(claimed)

    def found(self, claimed: Mapping[str, Claimed]) -> Found:
        """Return what is claimed in the stories and in these sessions.

        Raises:
            LibraryError: the stories cannot be read.
        """
        of = _of(claimed)
        if self._of != of:
            self._found, self._of = _found(of), of
        return self._found


def claim_list(found: Found) -> dict[str, Any]:
    """Return all groups: those that differ first, then those settled, those that agree, and single claims."""
    alike = [one for one in found.groups if one.apart is None]
    once = [one for one in alike if len(_sources(one)) == 1]
    return {
        "apart": [_group(one) for one in found.groups if one.apart and not one.settled],
        "settled": [_group(one) for one in found.groups if one.apart and one.settled],
        "agreeing": [_group(one) for one in alike if len(_sources(one)) > 1],
        "once": [_place(one.group.claims[-1]) for one in once[:MOST_ONCE]],
        "more_once": max(0, len(once) - MOST_ONCE),
        "ask": found.ask,
    }


def claims_of(story: str, found: Found) -> list[dict[str, Any]]:
    """Return the groups that a story has a part in, those that differ first."""
    mine = [one for one in found.groups if any(claim.source.story == story for claim in one.group.claims)]
    return [_group(one) for one in sorted(mine, key=lambda one: one.apart is None or one.settled)]


def _of(claimed: Mapping[str, Claimed]) -> Of:
    return written(), [one for session in sorted(claimed) for one in claimed[session].answers]


def _found(of: Of) -> Found:
    notes, answers = of
    known = {id(one.source): one for one in answers}

    def found_in(source: Source) -> Sequence[Claim]:
        return known[id(source)].claims() if id(source) in known else claims(source)

    made = ledger([*notes, *(one.source for one in answers)], found_in)
    groups = [Grouped(group=one, apart=one.differing, settled=one.settled) for one in made.groups]
    groups.sort(key=lambda one: max(claim.source.at for claim in one.group.claims), reverse=True)
    ask = next_question([one.group for one in groups if one.apart and not one.settled])
    return Found(tuple(groups), ask)


def _sources(one: Grouped) -> set[str]:
    return {f"{claim.source.kind} {claim.source.name}" for claim in one.group.claims}


def _group(one: Grouped) -> dict[str, Any]:
    places = list(_once_each(one.group.claims))
    return {
        "heading": _said_as(*one.apart) if one.apart else _agreed(places),
        "apart": one.apart is not None,
        "settled": one.settled,
        "places": [_place(claim) for claim in places[-MOST_PLACES:]],
        "earlier": max(0, len(places) - MOST_PLACES),
    }


def _once_each(said: Iterable[Claim]) -> Iterable[Claim]:
    """Return claims without those that repeat another one in the same session."""
    return {(one.source.name, one.figure.low, one.figure.high): one for one in reversed([*said])}.values()


def _said_as(one: Claim, other: Claim) -> str:
    """Return how two claims differ, and since when."""
    first, then = (when.strip(",") for when in whens(one, other))
    later = "later the same day" if then.startswith("then") else _small(then)
    return f"Said as {one.said} {_small(first)}, {other.said} {later}"


def _agreed(places: Sequence[Claim]) -> str:
    many = len({f"{one.source.kind} {one.source.name}" for one in places})
    return f"{_upper(places[-1].said)}, " + (
        "said in one place" if many == 1 else f"the same in {many} places"
    )


def _place(one: Claim) -> dict[str, Any]:
    """Return where something was said: the day, the words around it, and its second of the sound."""
    day = day_of(one.source.at)
    before, figure, after = one.quote.partition(one.said)
    take = one.source.kind != STORY
    sounds = take and one.at is not None and (shelf() / one.source.name / recording.NAME).is_file()
    return {
        "session": one.source.name if take else "",
        "story": "" if take else one.source.name,
        "day": "in your notes" if not take else "" if day is None else named(day),
        "said": one.said,
        "quote": (before, figure, after),
        "at": one.at,
        "sounds": sounds,
    }


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
