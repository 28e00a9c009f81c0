"""What follows a reply that is no answer, while the question stays open. Pure, as the director is.

docs/personas.md has the table. What is asked again is what was put last, never another question in its place.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from vivavoce.personas.content.question import About
from vivavoce.personas.conversation.acts import Reply
from vivavoce.personas.conversation.question_choice import meaning_of
from vivavoce.personas.conversation.sentences import SILENT, does
from vivavoce.personas.conversation.standing import Decided, Standing
from vivavoce.personas.moves import Move, Step
from vivavoce.transcripts.story.progress import stems
from vivavoce.transcripts.story.told import Told
from vivavoce.transcripts.talk.lines import ADDS, SPEAKS_ON

_INQUIRES = re.compile(
    r"\b(?:how|what|which|who|why|when|where|curious|wondering|wonder|could you|can you|tell me|"
    r"(?:is|are) there|(?:do|will|would|can|should|does) (?:i|you|it|one|people|the))\b",
    re.IGNORECASE,
)

_SENTENCE = re.compile(r"[^.?!]+[.?!]*")
_WORDS = re.compile(r"[\w'-]+")
_NEXT = re.compile(
    r"[,;:] (?:and |but |so )?|\.\.\. ?| (?:and|but|so) (?=(?:then|i|we|he|she|they|where|what)\b)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r", (?:and|or) |; ")
_TAG = re.compile(
    r"\b(?:does|do|is|are|has|have) (?:that|this|it|you|we) (?:make|makes|clear|follow|okay)\b", re.IGNORECASE
)
_EITHER = re.compile(r"\bor\b", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:your team|the team|the role|this role|the position|salary|the job here|office)\b", re.IGNORECASE
)
OF_ANY_JOB = frozenset(  # words that questions about any job have, whatever they ask
    "back begin best day days decision first good hard next office part people process start strong team "
    "time top week weeks work works year years".split()
)
MOST_INQUIRING = 40  # words without a question mark that ask something; in more, something is told
BEGUN_WORDS = 30  # a story of fewer is only begun
MOST_CHECKING = 5  # words that ask whether something was an answer, and tell none
FEWEST_LAST, MOST_LAST = 3, 14  # words of what was told last
MOST_SAID_BACK = 10  # words of what was asked
MOST_BACK = 3  # questions that are taken at the end
MOST_ASKED, MOST_TOLD = 3, 2  # questions in a row that are heeded, and answers to them

# What only needs a lead-in before the open question: the list it comes from, and why.
_LEADS = {
    Reply.UNHEARD: ("hear you", "the candidate may not hear well"),
    Reply.SMALL_TALK: ("small talk", "a friendly word"),
    Reply.NERVOUS: ("no marks", "the candidate is not at ease"),
    Reply.APOLOGY: ("no need", "the candidate apologised"),
    Reply.RECORDED: ("kept", "the candidate asks what is kept"),
    Reply.MACHINE: ("a program", "the candidate asks what it talks to"),
    Reply.FOREIGN: ("english", "that was another language"),
    Reply.CORRECTS: ("noted", "the candidate corrected something"),
}
_NO_POINT = (Reply.THREAD, *SILENT)
_AT_THE_END = (Reply.NERVOUS, Reply.RECORDED, Reply.MACHINE)  # are asked, and answered, there as well
_GO_ON = {
    Reply.LEAVE: SPEAKS_ON,
    Reply.ADDS: ADDS,
}


@dataclass(frozen=True, slots=True)
class Open:
    """What is open: as it was put, and in other words, easier ones; of a follow-up, the list it is from."""

    put: str
    again: str
    easier: str  # of the question, also where a follow-up is open
    asks: str = ""
    story: bool = True  # it asks for an episode


def aside(at: Standing, said: Reply, text: str, is_open: Open) -> Decided | None:
    """Return what follows a reply `text` that does `said`; None if it is for the director."""
    words = len(text.split())
    nothing_yet = len(at.thread.split()) <= MOST_ASKING_LEAVE and not at.probing
    told_at_last = words >= BEGUN_WORDS and nothing_yet  # what was to be added is the story
    added = at.owed and said is Reply.ANSWER and not told_at_last
    if added or (said is Reply.ADDS and words > MOST_ASKING_LEAVE):
        why = "what was added is noted"
        return replace(at, owed=False), Step(move=Move.REPEAT, why=why, question=is_open.put, lead="noted")
    if said in _LEADS:
        lead, why = _LEADS[said]
        return at, Step(move=Move.REPEAT, why=why, question=is_open.put, lead=lead)
    if said in _GO_ON:
        return replace(at, owed=said is Reply.ADDS), Step(move=Move.GO_ON, why=_GO_ON[said])
    if said is Reply.THREAD:
        return at, _last_point(text if at.probing else f"{at.thread} {text}", is_open)
    return _about_the_question(at, said, text, is_open) or _about_the_talk(at, said, is_open)


MOST_ASKING_LEAVE = 16  # words that ask whether something may be added; in more, it was


def _last_point(told: str, is_open: Open) -> Step:
    """Return the step that says what was `told` last to who lost the thread, or, of nothing, what is open."""
    said = [one.strip(" .?!…") for sentence in _SENTENCE.findall(told) for one in _NEXT.split(sentence)]
    points = [one for one in said if len(one.split()) >= FEWEST_LAST and does(one) not in _NO_POINT]
    if not points:
        why = "the candidate has lost the question"
        return Step(move=Move.REPEAT, why=why, question=is_open.put, lead="once more")
    last = " ".join(points[-1].split()[-MOST_LAST:])
    return Step(move=Move.GO_ON, why="the candidate has lost the thread", about=last)


def _about_the_question(at: Standing, said: Reply, text: str, is_open: Open) -> Decided | None:
    why, words = "the candidate asks about the question", len(text.split())
    match said:
        case Reply.CHOICE:
            return at, Step(move=Move.EXPLAIN, why=why)
        case Reply.UNCLEAR:
            return _in_other_words(at, is_open, why, meaning_of(text) if words <= MOST_ASKING_LEAVE else "")
        case Reply.WORDING:
            return at, Step(move=Move.EXPLAIN, why="the candidate looks for a word", lead="any words")
        case Reply.CHECKS if not at.thread and words <= MOST_CHECKING:
            lead, why = _LEADS[Reply.NERVOUS]  # it is asked of what was told before
            return at, Step(move=Move.REPEAT, why=why, question=is_open.put, lead=lead)
        case Reply.CHECKS if len(at.thread.split()) + words < BEGUN_WORDS and not at.probing:
            why = "the candidate asks whether that counts"
            return at, Step(move=Move.GO_ON, why=why, lead="it counts")
        case Reply.TIME:
            return at, Step(move=Move.EXPLAIN, why="the candidate asks about the time", lead="time left")
        case Reply.REPEAT:
            lead = "once more" if is_open.again == is_open.put else ""
            why = "the candidate asked for it"
            return at, Step(move=Move.REPEAT, why=why, question=is_open.again, lead=lead)
        case Reply.QUESTION:
            after = replace(at, put_off=tuple(dict.fromkeys((*at.put_off, _asked(text))))[-MOST_BACK:])
            return after, Step(move=Move.LATER, why="questions come last", question=is_open.put)
        case _:
            return None


def _asked(text: str) -> str:
    """Return the last question in `text`, cut after a few words."""
    asked: list[str] = [one for one in _SENTENCE.findall(text) if one.rstrip().endswith("?")]
    words = (asked or [text])[-1].strip(" .?!").split()
    return " ".join(words[:MOST_SAID_BACK]) + "…" * (len(words) > MOST_SAID_BACK)


def handed_over(at: Standing, why: str, about: About) -> Decided:
    """Return the step that lets the candidate ask; first comes what they asked before, and was put off."""
    after = replace(at, handed_over=True, put_off=at.put_off[1:])
    if not at.put_off:
        return after, Step(move=Move.HAND_OVER, why=why)
    found = known_answer(at.put_off[0], about, OF_ANY_JOB)
    move, why = Move.DECLINE if found is None else Move.ANSWER, "it was put off until now"
    return after, Step(move=move, why=why, question=found or "", about=at.put_off[0])


def _in_other_words(at: Standing, is_open: Open, why: str, meaning: str) -> Decided:
    """Return the step that puts what is open in other words, or, where there are none, once more.

    Other words for "tell me more" explain nothing: what more was wanted of is asked in easier ones. Where the
    `meaning` of a word was asked for, that comes first.
    """
    if meaning:
        return at, Step(move=Move.EXPLAIN, why="a word was not known", question=is_open.put, about=meaning)
    if is_open.asks == Move.CLARIFY:
        at, is_open = replace(at, probing=False, asks=""), replace(is_open, again=is_open.easier)
    if is_open.again != is_open.put:
        return at, Step(move=Move.EXPLAIN, why=why, question=is_open.again, lead="in other words")
    if is_open.asks:
        return at, Step(move=Move.EXPLAIN, why=why, asks=is_open.asks, lead="in other words")
    return at, Step(move=Move.EXPLAIN, why=why, question=is_open.put, lead="once more")


def led_in(decided: Decided, lead: str) -> Decided:
    """Return what was `decided` with a word of the list `lead` before it, where it has none of its own."""
    at, step = decided
    if step.lead or step.minutes_left or step.move is Move.REDIRECT:
        return decided
    return at, replace(step, about="", asks="" if step.question else step.move, lead=lead)


def _about_the_talk(at: Standing, said: Reply, is_open: Open) -> Decided | None:
    match said:
        case Reply.ENDING:
            step = Step(move=Move.CONFIRM_STOP, why="the candidate may want to stop")
            return replace(at, stopping=True), step
        case Reply.RESTART:
            fresh = replace(at, thread="", told=Told(), probed=frozenset())
            return fresh, Step(move=Move.RESTART, why="the candidate starts over")
        case Reply.RUDE:
            step = Step(move=Move.BOUNDARY, why="the candidate was rude", question=is_open.put)
            return replace(at, rude=1), step
        case Reply.DISTRESS if not at.spared:
            return replace(at, spared=True), Step(move=Move.CARE, why="something hard was told")
        case Reply.TOLD if not (at.thread or at.spared or Reply.TOLD in at.probed):
            why = "the candidate told it to another question"
            step = Step(move=Move.REPEAT, why=why, question=is_open.again, lead="you told me")
            return replace(at, probed=at.probed | {Reply.TOLD}), step
        case Reply.DECLINES if not (at.thread or at.probing or at.spared):
            why = "the candidate would rather not say"
            return replace(at, spared=True), Step(move=Move.ACCEPT, why=why, lead="leave it out")
        case Reply.NOT_KNOWN | Reply.NO if not (at.thread or at.given_up or at.spared):
            why, lead = "the candidate has no answer", "" if is_open.story else "not known"
            step = Step(move=Move.REASSURE, why=why, question=is_open.again, lead=lead)
            return replace(at, given_up=True), step
        case _:
            return None


def answers(said: Reply, words: int) -> bool:
    """Return whether a reply of `words` words, where the candidate leads, is an answer all the same.

    "I would add a cache, so that ..." asks for no leave to add something.
    """
    longer = words > MOST_ASKING_LEAVE and said in (Reply.ADDS, Reply.LEAVE, Reply.UNHEARD)
    return longer or said is Reply.CORRECTS


def told_of_the_task(at: Standing, said: Reply, text: str, about: About) -> Decided | None:
    """Return the answer to a question about the task, where the candidate leads; None if there is none.

    Who asks for one of two ways is told what is known, or that either will do (`aside`).
    """
    asked = [one for one in _SENTENCE.findall(text) if one.rstrip().endswith("?")]
    open_ended = text.rstrip().endswith("?") and not _TAG.search(text)
    asks = said in (Reply.QUESTION, Reply.CHOICE, Reply.UNCLEAR) or (said is Reply.ANSWER and open_ended)
    if not asked or not asks:
        return None
    clauses = [clause for one in asked[-MOST_ASKED:] for clause in _CLAUSE.split(one)]
    if any(_ROLE.search(one) for one in clauses):
        return None
    found = dict.fromkeys(filter(None, (known_answer(one, about) for one in clauses)))
    if not found and (said is Reply.UNCLEAR or (said is Reply.CHOICE and _EITHER.search(asked[-1]))):
        return None
    told = " ".join(list(found)[:MOST_TOLD])
    why = "the round has an answer to that" if told else "the candidate may decide that"
    return replace(at.having(text), inquired=True), Step(
        move=Move.TELL, why=why, about=told, lead="" if told else "yours to decide"
    )


def took(at: Standing, said: Reply, text: str, about: About) -> Decided | None:
    """Return what follows a question of the candidate's at the end; None if none was, or enough were."""
    if said in (Reply.REPEAT, Reply.UNHEARD, Reply.UNCLEAR, Reply.ADDS, Reply.LEAVE):
        return at, Step(move=Move.HAND_OVER, why="the candidate asked for it")
    if said in _AT_THE_END:
        lead, why = _LEADS[said]
        return at, Step(move=Move.ANSWER, why=why, lead=lead, asks="more questions")
    short = len(text.split()) <= MOST_INQUIRING
    inquires = short and said in (Reply.ANSWER, Reply.CORRECTS) and _INQUIRES.search(text) is not None
    asks = said in (Reply.QUESTION, Reply.CHOICE, Reply.TIME) or "?" in text or inquires
    if not asks or at.back >= MOST_BACK:
        return handed_over(at, "", about) if at.put_off else None
    after, found = replace(at, back=at.back + 1), known_answer(text, about, OF_ANY_JOB)
    if found is not None:
        return after, Step(move=Move.ANSWER, why="the round has an answer to that", question=found)
    return after, Step(move=Move.DECLINE, why="nothing in the pack answers it")


def known_answer(text: str, about: About, common: Collection[str] = ()) -> str | None:
    """Return what a pack says about what `text` asks; of several that fit alike, the first.

    Words that are `common` in such questions tell what is asked only if there are two of them, or little
    else: "how do people here find out whether they do well?" asks nothing about the people.
    """
    words = [one.removesuffix("'s") for one in _WORDS.findall(text.lower())]
    content, line = {*stems(words)}, f" {' '.join(words)} "
    asked = {_key(one) for one in words}
    best, most = None, 0
    for keywords, answer in about:
        met = {_key(one) for one in keywords if f" {one} " in line or _key(one) in asked}
        tells = len(met) > 1 or 2 * len(met & content) > len(content) or met - {_key(one) for one in common}
        if len(met) > most and tells:
            best, most = answer, len(met)
    return best


def _key(word: str) -> str:
    """Return what `word` is known by: its stem, or itself where it has none, as "many" and "who" have."""
    return next(iter(stems([word])), word) if " " not in word else word
