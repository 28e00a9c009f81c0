"""Simulated mock loops: a candidate who answers what is asked, and what is to be found in it."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vivavoce.personas.content.pack import pack
from vivavoce.personas.moves import Move
from vivavoce.simulator.practice.candidate import Candidate
from vivavoce.simulator.practice.candidate_script import WORDS_PER_MINUTE, Entry, Script, spoken
from vivavoce.simulator.practice.simulate import simulate
from vivavoce.transcripts.events import Event, QuestionAsked, RoundBegan
from vivavoce.transcripts.scoring.transitions import Transition, transitions
from vivavoce.transcripts.talk.answers import answers
from vivavoce.transcripts.talk.turns import turns

LOOPS = Path(__file__).parent / "loops.json"
Row = Mapping[str, Any]


@dataclass(slots=True)
class Answering(Candidate):
    """A candidate who looks at the line before saying anything: what is said depends on what was asked."""

    row: Row = field(default_factory=dict)
    said_so_far: list[str] = field(default_factory=list)
    _round: str = ""
    _uses: Counter[str] = field(default_factory=Counter)

    def receive(self, event: Event) -> None:
        """Hear what happened."""
        if isinstance(event, RoundBegan):
            self._round = event.round
        Candidate.receive(self, event)

    def _upcoming(self) -> Entry | None:
        return Entry(words=spoken(self._says(), WORDS_PER_MINUTE, {}))

    def _begin(self, entry: Entry, at: Any) -> None:
        self.said_so_far.append(" ".join(word.text for word in entry.words))
        Candidate._begin(self, entry, at)
        if self.said_so_far[-1] == self._plain():
            self._uses[self._round] += 1

    def _says(self) -> str:
        line = self._line
        assert isinstance(line, QuestionAsked)
        if line.move == Move.OPEN and self._round in self.row["open"]:
            return str(self.row["open"][self._round])
        if line.move in (Move.HAND_OVER, Move.ANSWER, Move.DECLINE):
            return str(self.row["no_more"])
        if any(turn.lower() in line.text.lower() for turn in turns_of(self.row["round"])):
            return str(self.row["turn"][self._round])
        return self._plain()

    def _plain(self) -> str:
        lines: Sequence[str] = self.row["other"][self._round]
        return lines[self._uses[self._round] % len(lines)]


def turns_of(name: str) -> list[str]:
    """Return the lines of a mock loop that change the listener."""
    return [line for stage in pack(name).stages for line in stage.turn]


def loops() -> list[Row]:
    """Return the candidates of loops.json."""
    rows: list[Row] = json.loads(LOOPS.read_text("utf-8"))
    return rows


def held(row: Row) -> tuple[list[Event], Answering]:
    """Return what happens in the loop of `row`, and its candidate."""
    script = Script(entries=(), round=row["round"], seed=row["seed"])
    candidate = Answering(script, row=row)
    return simulate(script, candidate=candidate), candidate


def found(name: str, events: Sequence[Event]) -> Iterator[tuple[str, Transition]]:
    """Yield the changes that a mock loop makes, each with its round and whether it is the opening or a turn.

    What a pack's own question asks for ("to somebody who has never kept books") is left out.
    """
    begun = [event for event in events if isinstance(event, RoundBegan)]
    said = answers(events, turns(events))
    starts = {one.question.text: one.question.start for one in said}
    own = turns_of(name)
    for one in transitions(said):
        if not one.handed_over and not any(line.lower() in one.question.lower() for line in own):
            continue
        at = starts[one.question]
        where = [event.round for event in begun if event.at <= at][-1]
        yield f"{where} {'open' if one.handed_over else 'turn'}", one
