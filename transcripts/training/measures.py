"""What a drill measures in what was said, and how that went by its thresholds. Pure.

Each measure counts something in the words or their times, and says so in a line; none judges a person. A
typed answer has no times: there a second stands for as many words as people say in one.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from vivavoce.transcripts.bank.telling import WORDS_A_SECOND, told
from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.scoring.threads import Thread
from vivavoce.transcripts.story import plain
from vivavoce.transcripts.story.progress import stems
from vivavoce.transcripts.story.sentences import sentences
from vivavoce.transcripts.story.star import CUES, DOING, Part
from vivavoce.transcripts.talk.answers import Answer
from vivavoce.transcripts.talk.interruptions import Interruption
from vivavoce.transcripts.talk.pacing import FEWEST_WORDS, syllables
from vivavoce.transcripts.training.drills import Drill
from vivavoce.transcripts.training.own_questions import about_the_job, is_open
from vivavoce.transcripts.training.schedule import DONE, NOT_YET, WELL

LONG_WORD = 4  # syllables
FEWEST_TO_EXPLAIN = 25  # words
FEWEST_TAKEN_UP = 8  # words after an interruption, in which a thread can be taken up
LISTENED = Seconds(1.5)  # without a word of one's own around a cut-in, from which it was let happen
SHARED = 1  # content words with what was said before, from which it is the same thread

_STEP = re.compile(rf"\b(i|we) {DOING}", re.IGNORECASE)
_ABBREVIATION = re.compile(r"\b(?!I\b)[A-Z]{2,}s?\b")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_EXAMPLE = re.compile(
    r"\b(?:for (?:example|instance)|imagine|suppose|say you|think of|picture|such as|(?:it|that|this) is "
    r"(?:a bit )?like|it's (?:a bit )?like|just like|as if|as when|let's say|you know how)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """What was said in a drill: questions with their answers, who cut in, and what the candidate asked.

    `replied` if they said anything when it was theirs to ask.
    """

    threads: tuple[Thread, ...]
    interruptions: tuple[Interruption, ...] = ()
    asked: tuple[str, ...] = ()
    replied: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured, in a line, and the rating; "" for one where nothing could be measured."""

    said: str
    rating: str = ""


def measured(drill: Drill, sitting: Sitting) -> Measured:
    """Return what `drill` measures: in the answer that shows it best of those that were given.

    The last chance counts as the first: who did it at the second question can do it.
    """
    found = MEASURES[drill.id](drill, sitting)
    order = (WELL, DONE, NOT_YET, "")
    return min(found, key=lambda one: order.index(one.rating), default=Measured("nothing was heard"))


def _each(measure: Callable[[Drill, Thread], Measured]) -> Callable[[Drill, Sitting], list[Measured]]:
    """Return `measure` for each answer in which there is enough to measure."""

    def all_of(drill: Drill, sitting: Sitting) -> list[Measured]:
        return [_too_little(one) or measure(drill, one) for one in sitting.threads]

    return all_of


def _too_little(thread: Thread) -> Measured | None:
    why = thread.answers[0].why_not_judged if thread.answers[0].words else ""
    count = len(thread.assessment.text.split())
    if not why and count < FEWEST_WORDS:
        why = f"only {count} words were heard" if count else "no words were heard"
    return Measured(f"{why}, so nothing was measured") if why else None


def _result_first(drill: Drill, thread: Thread) -> Measured:
    text = thread.assessment.text
    place = _first_result(thread)
    if place is None:
        return Measured("no sentence was found that tells how it ended", NOT_YET)
    words = len(text[:place].split())
    begun, at = thread.moment(0), thread.moment(place)
    seconds = words / WORDS_A_SECOND if begun is None or at is None else at - begun
    about = "about " if begun is None else ""
    rating = WELL if seconds <= drill.well else DONE if seconds <= drill.done else NOT_YET
    if not words:
        return Measured("how it ended was told in the first words", rating)
    return Measured(f"{about}{seconds:.0f} s, {words} words, went by before how it ended was told", rating)


def _first_result(thread: Thread) -> int | None:
    """Return where the first sentence begins that tells how it ended."""
    found = thread.assessment
    places = [one.start for one in found.segments if one.label == "result"]
    for start, end in sentences(found.text):
        said = found.text[start:end]
        if plain.outcome(said) or plain.came_of_it(said):
            places.append(start)
    return min(places, default=None)


def _thirty_seconds(drill: Drill, thread: Thread) -> Measured:
    telling = told(thread.answers)
    seconds, about = telling.reckoned, "about " if telling.seconds is None else ""
    said = f"the answer took {about}{seconds:.0f} s"
    if seconds < drill.least:
        return Measured(f"{said}, too short to tell anything", NOT_YET)
    return Measured(said, WELL if seconds <= drill.well else DONE if seconds <= drill.done else NOT_YET)


def _own_step(drill: Drill, thread: Thread) -> Measured:
    steps = [one[1].lower() for one in _STEP.finditer(thread.assessment.text.replace("\u2019", "'"))]
    own, share = steps.count("i"), steps.count("i") / max(1, len(steps))
    if not steps:
        return Measured("no step was found in it, neither yours nor the team's", NOT_YET)
    rating = NOT_YET if own < drill.least or share < drill.done else WELL if share >= drill.well else DONE
    return Measured(f"{own} of {len(steps)} steps are told with “I”", rating)


def _one_number(drill: Drill, thread: Thread) -> Measured:
    found = thread.assessment
    if found.quantified or any(
        plain.outcome(found.text[start:end]) and CUES[Part.NUMBER].search(found.text[start:end])
        for start, end in sentences(found.text)
    ):
        return Measured("how it ended is told with a number", WELL)
    if CUES[Part.NUMBER].search(found.text):
        return Measured("there is a number, and not in what tells how it ended", DONE)
    return Measured("no number was heard", NOT_YET)


def _interruption(drill: Drill, sitting: Sitting) -> list[Measured]:
    cuts = [one for one in sitting.interruptions if one.by == "interviewer"]
    if not cuts:
        return [Measured("nobody cut in, so nothing was measured; speak for longer next time")]
    return [_after(drill, cut, sitting.threads) for cut in cuts]


def _after(drill: Drill, cut: Interruption, threads: Sequence[Thread]) -> Measured:
    answers = [answer for thread in threads for answer in thread.answers]
    before = [answer for answer in answers if answer.start <= cut.at]
    after = [answer for answer in answers if answer.question.start >= cut.at][:1]
    if cut.recovery is None or not after or not before:
        return Measured("you did not go on after the interruption", NOT_YET)
    if _words_apart(before[-1], after[0]) < LISTENED:
        return Measured("you talked on over the interruption", NOT_YET)
    known = {*stems([before[-1].text])}
    taken = len(after[0].text.split()) >= FEWEST_TAKEN_UP and len(known & {*stems([after[0].text])}) >= SHARED
    said = f"you went on {cut.recovery:.1f} s after the interruption"
    thread = "took your thread up again" if taken else "did not take your thread up"
    quick = cut.recovery <= drill.done
    rating = WELL if taken and cut.recovery <= drill.well else DONE if taken or quick else NOT_YET
    return Measured(f"{said}, and {thread}", rating)


def _words_apart(before: Answer, after: Answer) -> float:
    """Return the seconds between the last word of an answer and the first of the next."""
    last, first = before.words[-1:], after.words[:1]
    return first[0].start - last[0].end if last and first else LISTENED


def _explain_simply(drill: Drill, thread: Thread) -> Measured:
    text = thread.assessment.text
    words = _WORD.findall(text)
    if len(words) < FEWEST_TO_EXPLAIN:
        return Measured(f"{len(words)} words are too few to explain something", NOT_YET)
    heavy = sum(syllables(one) >= LONG_WORD or _ABBREVIATION.fullmatch(one) is not None for one in words)
    share, example = 100 * heavy / len(words), _EXAMPLE.search(text) is not None
    said = f"{share:.0f} of 100 words are long ones or abbreviations, "
    said += "and there is an example" if example else "and no example was heard"
    rating = WELL if example and share <= drill.well else DONE if example or share <= drill.done else NOT_YET
    return Measured(said, rating)


def _reverse_question(drill: Drill, sitting: Sitting) -> list[Measured]:
    if not sitting.replied:
        return []
    return [_own_question(drill, one) for one in sitting.asked] or [
        Measured("no question was heard", NOT_YET)
    ]


def _own_question(drill: Drill, question: str) -> Measured:
    is_it = [is_open(question), about_the_job(question)]
    said = f"you asked something that is {'open' if is_it[0] else 'answered with yes or no'}"
    said += f", and {'about' if is_it[1] else 'not about'} the job"
    count = 1 + sum(is_it)
    return Measured(said, WELL if count >= drill.well else DONE if count >= drill.done else NOT_YET)


MEASURES: Mapping[str, Callable[[Drill, Sitting], list[Measured]]] = {
    "result-first": _each(_result_first),
    "thirty-seconds": _each(_thirty_seconds),
    "own-step": _each(_own_step),
    "one-number": _each(_one_number),
    "interruption": _interruption,
    "explain-simply": _each(_explain_simply),
    "reverse-question": _reverse_question,
}
