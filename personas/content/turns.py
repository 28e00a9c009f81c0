"""A stage of a mock loop in which the listener changes: work told to a partner, a wish met by the craft.

A stage that has such a question asks it in every session, after the first question of its round, or, where a
plan leads, once what it builds on was heard; one sceptical line follows it. docs/personas.md has the format.
"""

from dataclasses import replace

from vivavoce.personas.content.pack import Pack, Stage
from vivavoce.personas.content.pack_faults import QUESTIONS
from vivavoce.personas.content.question import FAIR, STRONG, THIN, Point, Question
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.scoring.checks import Check
from vivavoce.transcripts.scoring.cues import Cues
from vivavoce.transcripts.scoring.rubric import STRENGTH, Rule

TURN, DOUBT = "turn", "doubt"  # ids of the question and of the line that follows it
NAMES = {TURN: "how you speak to another listener", DOUBT: "how you answer a doubt about it"}
SAID = Cues(())  # nothing makes up for being asked: how it is answered is what matters
SHORT = Seconds(90.0)


def turning(content: Pack, stage: Stage, seed: int) -> Pack:
    """Return `content` with the question of `stage` that changes the listener; without one, as it is.

    Args:
        content: the pack of the stage.
        stage: of a loop.
        seed: which of the wordings are used.
    """
    if not stage.turn or not content.questions:
        return content
    words = {
        TURN: stage.turn[seed % len(stage.turn)],
        DOUBT: stage.doubt[seed % len(stage.doubt)] if stage.doubt else "",
    }
    if content.plan == QUESTIONS:
        return _asking(content, words, seed)
    questions = tuple(_planned(one, words, stage.after) for one in content.questions)
    return replace(content, questions=questions, most_questions=1)  # the listener changes once


def _planned(question: Question, words: dict[str, str], after: tuple[str, ...]) -> Question:
    """Return `question` with the change before its steps; where they are never heard, after them."""
    early = [_point(key, line, after) for key, line in words.items() if line]
    late = [replace(one, after=(), step=False) for one in early] if after else []
    steps = [one for one in question.points if one.step]
    own = [one for one in question.points if not one.step]
    return replace(question, points=(*early, *steps, *late, *own))


def _asking(content: Pack, words: dict[str, str], seed: int) -> Pack:
    first = content.opens_with or content.questions[seed % len(content.questions)].id
    doubts = (words[DOUBT],) if words[DOUBT] else ()
    turn = Question(
        id=TURN,
        theme="what I asked",
        wordings=(words[TURN],),
        again=(words[TURN],),
        seconds=SHORT,
        story=False,
        further=dict.fromkeys((THIN, FAIR, STRONG), doubts),
    )
    return replace(content, opens_with=first, leading=(turn, *content.leading))


def _point(key: str, line: str, after: tuple[str, ...]) -> Point:
    check = Check(id=key, rule=Rule(STRENGTH, f"You spoke about {NAMES[key]}."), said=SAID)
    return Point(check=check, name=NAMES[key], ask=(line,), after=after, step=True, matters=True)
