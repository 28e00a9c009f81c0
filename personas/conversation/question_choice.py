"""Which of a round's questions a session asks, in which words, and what these words mean. Pure."""

import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files

from vivavoce.personas.content.pack import Pack
from vivavoce.personas.content.question import Question

_WORDS = re.compile(r"[a-z]+")


@cache
def _meanings() -> dict[str, str]:
    return tomllib.loads((files("vivavoce.personas.conversation") / "meanings.toml").read_text("utf-8"))


def meaning_of(text: str) -> str:
    """Return what the last word of `text` means that interviewers use, in a sentence; "" if none is known."""
    known = _meanings()
    begins = (one for word in reversed(_WORDS.findall(text.lower())) for one in known if word.startswith(one))
    return known.get(next(begins, ""), "")


def reworded(question: Question, put: tuple[str, str], turn: int) -> str:
    """Return `question` in words that are none of those in which it was `put`, last and first, or as last."""
    every = dict.fromkeys([*question.again, *question.wordings])
    others = [one for one in every if one not in put] or [put[0]]
    return others[turn % len(others)]


def chosen(pack: Pack, seed: int) -> tuple[tuple[Question, ...], tuple[str, ...], tuple[int, ...]]:
    """Return the questions of a session, the wording of each, and how often each came up before.

    Seeds in a row share no sentence: the questions of session after session are one long row through
    the pack, and each time round the next wording is used.
    """
    main = tuple(one for one in pack.questions if one.id == pack.opens_with)
    fixed = (*main, *pack.leading)
    if fixed:
        others = tuple(one for one in pack.questions if one not in main)
        most = max(0, pack.most_questions - len(fixed))
        rest = replace(pack, questions=others, most_questions=most, opens_with="", leading=())
        questions, wordings, turns = chosen(rest, seed)
        first = tuple(one.wordings[seed % len(one.wordings)] for one in fixed)
        return (*fixed, *questions), (*first, *wordings), (*(seed for _ in fixed), *turns)
    many = min(pack.most_questions, len(pack.questions))
    places = [divmod(seed * many + number, len(pack.questions)) for number in range(many)]
    taken = [(pack.questions[place], turn) for turn, place in places]
    wordings = tuple(one.wordings[turn % len(one.wordings)] for one, turn in taken)
    return tuple(one for one, _ in taken), wordings, tuple(turn for turn, _ in places)
