"""Was the frame switched when the listener changed: how it works, or what it means for people. Pure.

A listener changes where another interviewer takes over who looks from another side, and where a question asks
for words to somebody else. What counts is from when on the answer stayed with the listener, so that a first
sentence of courtesy proves nothing, and a last one saves nothing that was long over.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vivavoce.transcripts.events import Seconds
from vivavoce.transcripts.scoring import frame_words as cues
from vivavoce.transcripts.scoring.threads import FOLLOW_UPS, PROBE, offsets
from vivavoce.transcripts.story.progress import stems
from vivavoce.transcripts.story.sentences import sentences
from vivavoce.transcripts.talk.answers import Answer, too_much_missed, why_not_judged

TECHNICAL, BUSINESS = "technical", "business"  # frames
SWITCHED, LATE, NOT_SWITCHED = "switched", "late", "not switched"
OPENING = "open"  # the move that begins a round

FEWEST_WORDS = 12  # of an answer, or nothing is said of it
ENOUGH_WORDS = 25  # fewer are read together with what came next
LATE_SECONDS = Seconds(12.0)  # of other talk before
LATE_WORDS = 30  # the same, where nobody knows when it was said
LATEST = 5 / 3  # times as long: then it is late, whatever was said before
STAYED = 0.6  # of the words after the switch that have a frame
LEAST_RIGHT = 8  # words in the frame of the listener
HALF = 0.5  # what a partly technical word counts
MOST_NAMED = 3
OF_ASKING = ("ask", "asks", "tell", "say", "says", "reasons", "against")  # are nobody's own words


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of an answer, and when the first of them was said; None if nobody knows."""

    text: str
    at: Seconds | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A change of the listener, and what the answer made of it."""

    question: str
    frame: str  # of the new listener
    handed_over: bool  # to another interviewer
    verdict: str  # "" if too little was heard
    why_not: str = ""  # why there is none
    after: Seconds | None = None  # of the candidate's talk before the switch; None if typed, or never
    words: int = 0  # said before it
    switch: Quote | None = None  # the sentence from which on it was in the frame
    other: Quote | None = None  # one in the other frame
    jargon: tuple[str, ...] = ()  # unexplained, to somebody outside the trade
    taken_up: tuple[str, ...] = ()  # words of the listener's


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    text: str
    frame: str
    words: int


def transitions(answers: Sequence[Answer]) -> list[Transition]:
    """Return the changes of the listener in a session, in order, from its `answers`."""
    found, listener = [], ""
    for place, answer in enumerate(answers):
        asked, opening = answer.question.text, answer.question.move == OPENING
        side = side_of(asked) if opening else ""
        frame, handed_over = frame_asked(asked), False
        if opening and not frame and listener and side not in ("", listener):
            frame, handed_over = side, True
        listener = side or listener
        if frame:
            found.append(_transition(asked, frame, _together(answers, place), handed_over=handed_over))
    return found


def frame_asked(question: str) -> str:
    """Return the frame for which `question` asks outright, "" for none."""
    if cues.BY_THE_CRAFT.search(question):
        return TECHNICAL if not cues.SIDE_OF_CRAFT.search(question) else ""
    return BUSINESS if cues.TELLING.search(question) and cues.PARTNER.search(question) else ""


def side_of(opening: str) -> str:
    """Return the frame of who introduces themselves with `opening`, "" if they do not say."""
    if cues.SIDE_OF_BUSINESS.search(opening):
        return BUSINESS
    return TECHNICAL if cues.SIDE_OF_CRAFT.search(opening) else ""


def frame_of(sentence: str) -> str:
    """Return the frame that `sentence` is in, "" if it shows none."""
    craft = len({*map(str.lower, cues.TECHNICAL.findall(sentence)), *cues.ACRONYM.findall(sentence)})
    hints = [*cues.PARTLY_TECHNICAL.findall(sentence), *cues.LEARNED.findall(sentence)]
    partly = HALF * len({*map(str.lower, hints)})
    people = len({*map(str.lower, cues.BUSINESS.findall(sentence))})
    plain = HALF * len({*map(str.lower, cues.PARTLY_BUSINESS.findall(sentence))})
    technical, business = craft + partly, people + plain
    if max(technical, business) < 1 or technical == business:
        return ""
    return TECHNICAL if technical > business else BUSINESS


def _together(answers: Sequence[Answer], place: int) -> list[Answer]:
    """Return the answer at `place` and, while that is little, those to what was asked further."""
    found = [answers[place]]
    for following in answers[place + 1 :]:
        move = following.question.move
        if len(" ".join(one.text for one in found).split()) >= ENOUGH_WORDS:
            break
        if not (move.startswith(PROBE) or move in FOLLOW_UPS) or frame_asked(following.question.text):
            break
        found.append(following)
    return found


def _transition(asked: str, frame: str, said: Sequence[Answer], *, handed_over: bool) -> Transition:
    text = " ".join(one.text for one in said if one.text)
    heard = [word for one in said for word in one.words]
    times = list(offsets(text, heard))

    def at(offset: int) -> Seconds | None:
        return next((word.start for start, word in times if start + len(word.text) > offset), None)

    few = len(text.split()) < FEWEST_WORDS
    unclear = "" if few else too_much_missed(Seconds(sum(one.missed for one in said)))
    unclear = unclear or (why_not_judged(heard) if heard and not few else "")
    rows = [] if few or unclear else list(_sentences(text))
    begun = _switch(rows, frame)
    other = next((one for one in rows if one.frame not in ("", frame)), None)
    begun_at = at(begun.start) if begun else None
    after = None if begun_at is None else _spoken_before(said, begun_at)
    words = len(text[: begun.start].split()) if begun else 0
    verdict = _verdict(rows, begun, frame, after, words)
    return Transition(
        question=asked,
        frame=frame,
        handed_over=handed_over,
        verdict=verdict,
        why_not="" if verdict else unclear or ("too little was said" if few else "it showed neither side"),
        after=after,
        words=words,
        switch=Quote(text=begun.text, at=begun_at) if begun else None,
        other=Quote(text=other.text, at=at(other.start)) if other else None,
        jargon=_jargon(rows) if verdict and frame == BUSINESS else (),
        taken_up=_taken_up(asked, text) if verdict else (),
    )


def _spoken_before(said: Sequence[Answer], at: Seconds) -> Seconds:
    """Return how long the candidate spoke before `at`, without the lines between."""
    spans = [(one.words[0].start, one.words[-1].end) for one in said if one.words]
    return Seconds(sum(max(0.0, min(end, at) - start) for start, end in spans))


def _sentences(text: str) -> Iterator[_Sentence]:
    for start, end in sentences(text):
        said = text[start:end].strip()
        yield _Sentence(start, said, frame_of(said), len(said.split()))


def _switch(rows: Sequence[_Sentence], frame: str) -> _Sentence | None:
    """Return the first sentence in `frame` from which on most of what was said is in it."""
    for place, one in enumerate(rows):
        rest = [row for row in rows[place:] if row.frame]
        right = sum(row.words for row in rest if row.frame == frame)
        every = sum(row.words for row in rest)
        if one.frame == frame and right >= max(LEAST_RIGHT, STAYED * every):
            return one
    return None


def _verdict(
    rows: Sequence[_Sentence], begun: _Sentence | None, frame: str, after: Seconds | None, words: int
) -> str:
    wrong = [row for row in rows if row.frame not in ("", frame)]
    if begun is None:
        return NOT_SWITCHED if sum(row.words for row in wrong) >= FEWEST_WORDS else ""
    before = any(row.start < begun.start for row in wrong)
    share = words / LATE_WORDS if after is None else after / LATE_SECONDS
    return LATE if share >= (1.0 if before else LATEST) else SWITCHED


def _jargon(rows: Sequence[_Sentence]) -> tuple[str, ...]:
    """Return terms of the trade that no word in their sentence explains."""
    plainly = [row.text for row in rows if not cues.EXPLAINS.search(row.text)]
    terms = [term for one in plainly for term in cues.TECHNICAL.findall(one) + cues.ACRONYM.findall(one)]
    return tuple(dict.fromkeys(map(str.lower, terms)))[:MOST_NAMED]


def _taken_up(asked: str, text: str) -> tuple[str, ...]:
    """Return words of the question that the answer uses too."""
    own = {*stems([text])}
    words = (word.strip(".,?!'\"").lower() for word in asked.split())
    taken = (word for word in words if word not in OF_ASKING and {*stems([word])} & own)
    return tuple(dict.fromkeys(taken))[:MOST_NAMED]
