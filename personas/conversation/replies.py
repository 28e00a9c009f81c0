"""What a whole reply does, before anybody asks how good it is: an answer, or "can you repeat that?".

Each sentence is told for itself (sentences.py); the reply is then what its last request is, unless there is
an answer around it. A short one that no pattern covers is read once more, by what it is like (likely.py).
In doubt it is an answer.
"""

import re
from functools import lru_cache

from vivavoce.personas.conversation.acts import DISTRESS, ENGLISH, FOREIGN, HARD_AT_WORK, Reply
from vivavoce.personas.conversation.likely import likely
from vivavoce.personas.conversation.question_choice import meaning_of
from vivavoce.personas.conversation.sentences import (
    MOST_SENTENCES,
    SHORT_REPLY_WORDS,
    WORDS,
    YES,
    bare,
    does,
    together,
)
from vivavoce.personas.conversation.sentences import SILENT as SILENT
from vivavoce.personas.conversation.sentences import acknowledges as acknowledges
from vivavoce.transcripts.story.subject import Meaning, nothing

A_STORY = 30  # words: with so many, what is hard and belongs to the work is told, not suffered
_SENTENCE = re.compile(r"[^.?!…;\n]+[.?!…;\n]*")
_YES_OR_NO = re.compile(
    r"(?:^|[,.] (?:and |so )?)(?:did|do|does|was|were|is|are|have|has|had|could|couldn't|would|will|isn't|"
    r"can)\b[^,.]*\?$",
    re.IGNORECASE,
)
_ASKED_AGAIN = re.compile(
    r"(?:(?:oh|sorry|i'm sorry|pardon(?: me)?|excuse me|what|huh|eh|hm+|come again|say what)[ ,.]*+)++\?"
)
_SAID_AFTER = re.compile(  # a word that was not known
    r"(?:(?:sorry|what|and|so|an?|the) ){0,2}[\w'-]+ \?|"
    r"(?:(?:sorry|and|so) )?what(?:'s| is| are) [\w'-]+(?: \?)?|"
    r"[\w'-]+ what(?:'s| is) (?:it|that|this)(?: \?)?"
)
_SORRY = r"(?:i(?:'m| am) (?:so )?)?sorry|excuse me|pardon me|my bad|apologies|i didn't mean to interrupt"
_ANNOUNCING = (
    r"(?:yes|yeah|sure|actually|well|so|ok|okay|i|i'd|i've|do|have|got|there|there's|is|are|an?|one|two|three|"
    r"few|couple|of|some|questions?|for|you|thanks?|just|quick|like|to|ask|things?|please)"
)
_HAS_QUESTIONS = re.compile(
    rf"(?=.*\b(?:have|got|there's|is|are|ask)\b)(?=.*\b(?:questions?|one|two|three|few|couple|some)\b)"
    rf"{_ANNOUNCING}(?:,? {_ANNOUNCING}){{0,15}}",
    re.IGNORECASE,
)
_YIELDING = re.compile(
    rf"(?:(?:no|please|okay|yes|{_SORRY})[ ,.!]{{1,3}}){{0,4}}(?:{_SORRY}|(?:(?:please|do|you) )?"
    r"(?:go on|go ahead|continue|carry on|keep going|finish)|after you|you first|you were saying)"
    r"(?:[ ,.!]+(?:please|sorry|with that|with your question))*",
    re.IGNORECASE,
)
_LOSS = re.compile(  # in a refusal; in a story it may be a part of the work, or of a machine
    r"\b(?:he|she|they|who|baby|child) (?:\w+ )?(?:died|passed away|(?:didn't|did not) make it|killed)\b|"
    r"\bfuneral\b"
)
_GREETING = re.compile(
    r"(?:(?:yes|yeah|okay|sure|sorry)[ ,.!]+)*(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks?|"
    r"(?:nice|good|great|lovely) to|my name|i(?:'m| am))\b",
    re.IGNORECASE,
)
_LEAVE = re.compile(
    r"\b(?:(?:good)?bye|take care|see you|have a (?:nice|good|great) (?:day|one|evening|weekend)|"
    r"(?:nice|good|great|lovely) (?:talking|speaking|meeting|to meet))\b",
    re.IGNORECASE,
)


def kind(text: str, *, probe: str = "", meaning: Meaning = nothing) -> Reply:
    """Return what kind of reply `text`, a whole turn of the candidate's, is.

    Args:
        text: what was said.
        probe: the follow-up that is open, as it was put; none when it is a question of the pack.
        meaning: tells what a reply is like; without it, the patterns alone decide.
    """
    text = text.replace("\u2019", "'")
    return _in_context(_read(text, meaning), text, probe)


@lru_cache(maxsize=16)
def _read(text: str, meaning: Meaning) -> Reply:
    """Return what is read in `text`, once: the director shall not read what the interviewer did not."""
    said = _covered(text)
    embedding = meaning() if said is Reply.ANSWER else None
    return said if embedding is None else likely(text, embedding)


def _covered(text: str) -> Reply:
    """Return what the patterns make of `text`; an answer where they cover none of it."""
    if _foreign(text) and not any(_english(one) for one in _SENTENCE.findall(text)):
        return Reply.FOREIGN
    if not bare(text):
        return Reply.NOTHING
    low = " ".join(WORDS.findall(text.lower()))
    if _ASKED_AGAIN.fullmatch(text.strip().lower()):
        return Reply.REPEAT
    if _SAID_AFTER.fullmatch(low) and meaning_of(low):
        return Reply.UNCLEAR
    if DISTRESS.search(low) or (low.count(" ") + 1 < A_STORY and HARD_AT_WORK.search(low)):
        return Reply.DISTRESS
    sentences = [one for one in _SENTENCE.findall(text) if WORDS.search(one)]
    if not sentences:  # signs that belong to no word
        return Reply.NOTHING
    if len(sentences) > MOST_SENTENCES:  # between its beginning and its end, a long reply tells something
        sentences = [sentences[0], text, *sentences[2 - MOST_SENTENCES :]]
    done = together(sentences, [does(one) for one in sentences], text)
    return Reply.DISTRESS if done in (Reply.DECLINES, Reply.MOVE_ON) and _LOSS.search(low) else done


def yields(text: str) -> bool:
    """Return whether `text`, said over somebody's line, asks them to go on with it: "sorry, go on"."""
    return _YIELDING.fullmatch(bare(text)) is not None


def greets(text: str) -> bool:
    """Return whether `text` begins as a greeting does, or as people do who introduce themselves."""
    return _GREETING.match(bare(text)) is not None


def takes_leave(text: str) -> bool:
    """Return whether `text`, said over a goodbye, is one itself, or a thank-you, and asks nothing."""
    leaves = acknowledges(text) or kind(text) in (Reply.NO, Reply.THANKS)
    short = len(text.split()) <= SHORT_REPLY_WORDS and "?" not in text
    return leaves or (short and _LEAVE.search(text) is not None)


def has_questions(text: str) -> bool:
    """Return whether `text` says that a question will come, and asks none: "Yes, I have one"."""
    return _HAS_QUESTIONS.fullmatch(bare(text)) is not None


def _in_context(said: Reply, text: str, probe: str) -> Reply:
    """Return what is done with `said`: to a follow-up that yes answers, yes is an answer."""
    if said in (Reply.YES, Reply.READY) and _YES_OR_NO.search(probe) and YES.search(text.lower()):
        return Reply.ANSWER
    return said


def _foreign(text: str) -> bool:
    words = re.findall(r"[^\W\d_][^\W\d_'-]*(?:['-][^\W\d_]+)?", text.lower())
    letters = [one for one in text if one.isalpha()]
    if letters and sum(ord(one) > 0x24F for one in letters) > len(letters) / 2:
        return True
    other = sum(word in FOREIGN for word in words)
    english = sum(word in ENGLISH for word in words)
    return len(words) >= 3 and other >= 2 and other > 2 * english


def _english(sentence: str) -> bool:
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", sentence.lower())
    other = sum(word in FOREIGN for word in words)
    return len(words) >= 4 and sum(word in ENGLISH for word in words) > 2 * other
