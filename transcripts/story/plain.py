"""What a sentence says by itself, beyond doubt: an outcome, a lesson, an aim, steps, a setting. Pure.

The reader of parts.py weighs a sentence with those beside it, and errs on people who tell otherwise than
those it learnt from. What follows from the words alone is put right here, so that the same sentence is
taken for the same thing whatever stands beside it: what plainly came of it is no situation, and what was
asked for is no result. The cues are few and narrow: what they do not find stays as it was read.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from vivavoce.transcripts.story.episode import Kind, deeds_now, episode, happening, of_oneself
from vivavoce.transcripts.story.parts import Sentence, Story
from vivavoce.transcripts.story.progress_words import ENDS, PAST, SETTING
from vivavoce.transcripts.story.star import CUES, DOING, Part

PLAIN = 0.9  # probability of what is plainly said
IN_DOUBT = 0.5  # confidence that a mere step is the result, though it stands where one would
LEAST_STEPS = 2  # things in a sentence that "I" did, from which it is told what was done
SURE_STEPS = 3  # in what was read as beside the story, from which they are what was done

_CHANGED = (
    r"(?:cut|brought|reduced|lowered|raised|increased|decreased|improved|shortened|halved|doubled|"
    r"tripled|shrank|got|took)"
)
_AMOUNT = r"(?:\d[\d.,]*\w*|[a-z]+(?:-[a-z]+)?)"
_HOW_MUCH = (
    rf"(?:from [^,.;]{{1,50}} to|(?:down|up) (?:by|to)|by (?:a|an|half|over|about|almost|\d+|{_AMOUNT} "
    r"percent))\b"
)
_SPAN = r"(?:day|week|month|quarter|season|year|spring|summer|autumn|winter)s?"
_HARM = r"(?:fell|complained|got (?:hurt|ill|sick)|left|quit|missed|died|failed|was (?:hurt|injured|late))"
_FAULT = r"complaint|accident|incident|injury|injuries|fall|mistake|error|outage|defect|failure|loss|delay"
_GAINED = re.compile(
    rf"\b(?:i|we) (?:\w+ly )?{_CHANGED}\b[^.;]{{0,60}}?\b{_HOW_MUCH}|"
    r"\bmy (?:biggest|greatest|proudest|best|main) (?:achievement|success|win) (?:is|was) that\b|"
    r"\b(?:it|everything|(?:the|a|an|each|every) \w+)(?: now)? (?:ran|runs|takes|took) "
    rf"(?:in |only |just |about |under ){{0,2}}{_AMOUNT} \w+,? (?:now|down from|afterwards?)\b|"
    rf"\b(?:i|we) (?:doubled|halved|tripled) [^.;]{{1,60}}? (?:in|within|over) (?:\w+ )?{_SPAN}\b|"
    rf"\bfor (?:\w+ ){{1,2}}{_SPAN},? (?:nobody|no ?one|not one|none)\b[^.;]{{1,40}}? {_HARM}\b|"
    rf"\b{_SPAN} (?:[\w']+ ){{0,4}}without (?:a|one|any|a single) (?:{_FAULT})s?\b",
    re.IGNORECASE,
)
_CAME_OF_IT = re.compile(  # of what was done before; without that it may be what was wrong
    r"^\W*(?:(?:so|and|but|well) )?(?:in the end|at the end of it|as a result|the (?:end )?result (?:was|is)|"
    r"the outcome (?:was|is))\b(?! of\b)(?!,? (?:i|we) (?:decided|had to|chose|thought))|"
    r"\b(?:it|this|that|the mistake) cost (?:us|me|them) (?!to\b)",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(  # at the end of a story; in the middle it may be the next thing that happened
    r"^\W*(?:and |but |so )?(?:after (?:this|that)|from (?:that|this) (?:day|week|moment)(?: on)?|"
    r"(?:by|within|since) (?:\w+ ){0,2}(?:day|week|month|spring|summer|autumn|winter|year|term)s?),? "
    r"(?!i\b|we\b)\w+|"
    r"\b(?:he|she|they|(?:the|my|our) \w+) (?:\w+ )?(?:(?:said|says?) (?:sorry|thank|yes)|thank(?:ed|s me)|"
    r"apologi[sz]e[ds]?|agree[ds]?|hug(?:ged|s)|laugh(?:ed|s)|smile[ds]?|came back|"
    r"sh(?:ook|akes?) (?:my|his|her|our))\b",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:ever since|since then)\b|\b(?:has|have|hasn't|haven't) [^.;]{1,60} since\W*$", re.IGNORECASE
)
_LESSON = re.compile(
    r"\bi(?:'ve| have)? [^.;]{1,80}\bever since\b|\b(?:ever since|since then),? i\b|"
    r"\b(?:these days|nowadays|so now|now),? (?:i|we) (?:always|never)\b|\bthe thing i do now\b",
    re.IGNORECASE,
)
_HINDSIGHT = re.compile(  # never an outcome, and not always what is done since
    r"(?:\bwould|'d|\bcould|\bshould)\b[^.;]{0,30}?\bdifferently\b|"
    r"\b(?:in hindsight|in retrospect|looking back|with hindsight)\b|"
    r"\bif i (?:did|had|could do|were to do|got) (?:it|this|that|the)\b[^.;]{0,30}?\b(?:again|over)\b|"
    r"\bnext time,? (?:i|we|i'd|i'll|we'd)\b|\b(?:i|we) should(?:'ve| have)\b|"
    r"\bthe (?:one |only )?thing i(?:'d| would)(?: have)? (?:change|do)\b",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"\b(?:i|we) (?:was|were|got|had been) (?:asked|told|tasked|supposed|expected|meant|assigned) to\b|"
    r"\b(?:asked|told|wanted|expected) (?:me|us) to\b|\b(?:i|we) (?:had|needed) to\b|"
    r"\b(?:asks?|tells?|says?|wants?)(?: to)? (?:me|us)(?: to\b|,? (?:that (?:i|we)|please)\b)|\bi must\b|"
    r"\b(?:ask|asks|asked) (?:me|us),? (?:[\w,]+ ){0,6}(?:can|could) (?:you|i|we)\b|\basked (?:me|us) for\b|"
    r"\b(?:says?|said),? (?:please|do|fix|find|sort) |"
    r"\b(?:boss|manager|chief|head|supervisor|director) (?:sent|put|picked|chose) me\b|"
    r"\b(?:my|our|the) (?:task|job|goal|aim|target|brief|role|part|duty) (?:was|is)\b|"
    r"\bit was (?:on|up to) (?:me|us)\b",
    re.IGNORECASE,
)
_WOULD_HAVE = re.compile(  # beside an outcome; elsewhere it may be a plan, or what was feared
    r"\b(?:i|we)(?: would|'d) (?:\w+ )?have (?!to\b|been able|lost|had to|failed|missed|died)\w+|"
    r"\b(?:i|we)(?: would|'d) [^.;]{1,60}?\b(?:earlier|sooner|next time|from the (?:start|beginning))\b|"
    r"^\W*(?:(?:well|so|today|now|honestly),? )?(?:i|we) would (?!be\b|have\b|say\b)\w+",
    re.IGNORECASE,
)
_CHARGE = re.compile(  # idioms of who is to do it, in a sentence that tells the setting or the task
    r"\b(?:was|were|is|are) (?:all |now )?(?:mine|(?:up|down|left) to (?:me|us)|on (?:me|us))\b|"
    r"\b(?:fell|came|left|(?:it|this|that)'s) (?:it |that |this |down |kind of )?to (?:me|us)\b|"
    r"\bthat was me\b|\bi wanted (?:to (?:be|have|get)|it|them)\b|"
    r"\b(?:(?:that|it|which|this) (?:was|is)|(?:that|it|this)'s) (?:my|our) (?:\w+ )?"
    r"(?:duty|job|responsibility|decision|call|part|problem|task)\b|"
    r"\bi (?:was|am|became|got) (?:\w+ )?(?:in charge|responsible|lead|on duty|"
    r"the one(?! (?:he|she|they|people|you)\b)|the only|incident)\b|"
    r"\bi'm (?:responsible|in charge|the only)\b|"
    r"\bi asked (?:\w+ ){1,4}(?:if|whether) i (?:could|may|might)\b|"
    r"\b(?:gave|handed|set|assigned) (?:me|us|each of us) "
    r"(?:the|a|an|this|until|\w+ \w*(?:day|week|month|sprint)s?)\b|"
    r"\bi (?:took|volunteered for|took on) the (?:lead|job|task)\b|\bi was to (?!be\b)",
    re.IGNORECASE,
)
_OPEN = re.compile(  # what is still to come, and no outcome
    r"\b(?:let's see|we(?:'ll| will) see|remains to be seen|time will tell|(?:should|will|'ll|going to) \w+|"
    r"(?:i|we) (?:expect|hope|plan|intend|want|would like)\b)",
    re.IGNORECASE,
)
_OF_AN_END = (ENDS, CUES[Part.RESULT], _GAINED, _CAME_OF_IT, _AFTERWARDS, _SINCE)
_CALL = r"(?:called|rang|phoned|told) (?:\w+ )?(?:the|my|our|him|her|them|a)\b"
_STEP = rf"{DOING}|(?:then |just |also )?(?:called|rang|phoned|said)\b"  # "called" may else be a name
_FIRST_STEP = re.compile(rf"(?:^\W*|\bi )(?:{_STEP})", re.IGNORECASE)  # notes have no "I"
_NOTED = re.compile(rf"^\W*(?:{DOING}|{_CALL})", re.IGNORECASE)
_STEPS = re.compile(
    rf"\bi (?:{_STEP})|(?:,|,? and|,? then) (?:then )?"
    rf"(?:(?={DOING})(?!had\b|have\b)\w+|{_CALL})",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:my (?:own )?(?:part|share|side|bit) (?:was|of it was|in it was)|i did (?:the|all|most of)|"
    r"i was the one who|(?:that|this|those|these|it) (?:was|were) mine)\b",
    re.IGNORECASE,
)


def outcome(said: str) -> bool:
    """Whether a sentence plainly says what was gained, wherever it stands."""
    return _GAINED.search(_straight(said)) is not None


def came_of_it(said: str) -> bool:
    """Whether a sentence plainly says what came of what was told before, or has been so since then."""
    return any(one.search(_straight(said)) is not None for one in (_CAME_OF_IT, _SINCE))


def lesson(said: str) -> bool:
    """Whether a sentence plainly says what its speaker has done ever since, or would do otherwise."""
    return any(one.search(_straight(said)) is not None for one in (_LESSON, _HINDSIGHT))


def aim(said: str) -> bool:
    """Whether a sentence plainly says what was wanted, and not that it came about."""
    return _AIM.search(_straight(said)) is not None and not (outcome(said) or came_of_it(said))


def charge(said: str) -> bool:
    """Whether a sentence that tells the setting or the task plainly says that it was its speaker's."""
    return aim(said) or _CHARGE.search(_straight(said)) is not None


def still_open(said: str) -> bool:
    """Whether a sentence says only what is still to come."""
    told = re.sub(r"\bto \w+", "", _straight(said))  # "to put" is not past
    return _OPEN.search(_straight(said)) is not None and PAST.search(told) is None


def setting(said: str) -> bool:
    """Whether a sentence plainly says where or when something was, or as whom."""
    return SETTING.search(_straight(said)) is not None


def own_part(said: str) -> bool:
    """Whether a sentence plainly says what its speaker did: two things in a row, or "my part was"."""
    return steps(said) >= LEAST_STEPS or _OWN.search(_straight(said)) is not None


def steps(said: str) -> int:
    """Return how many things "I" did, those told without another "I" included."""
    first = _FIRST_STEP.search(_straight(said))
    return 0 if first is None else 1 + len(_STEPS.findall(_straight(said), first.end()))


def corrected(texts: Sequence[str], story: Story) -> Story:
    """Return `story`, the sentences of which are `texts`, with what they plainly say put right."""
    labels: list[str] = []
    read = _deeds(texts, _no_asides(texts, [one.label for one in story.sentences]))
    for said, label in zip(texts, read, strict=True):
        labels.append(_label(said, label, done="action" in labels))
    if "action" in labels[:-1] and _AFTERWARDS.search(_straight(texts[-1])):
        labels[-1] = "result"
    doubted = [label == "result" and mere_step(said) for said, label in zip(texts, labels, strict=True)]
    sentences = tuple(map(_put_right, story.sentences, labels, doubted))
    present = dict(story.present)
    for part in _plainly(texts, labels):
        present[part] = max(present[part], PLAIN)
    tells_it = any(label == "result" and not doubt for label, doubt in zip(labels, doubted, strict=True))
    if not tells_it and any(one.label == "result" for one in story.sentences):
        present["result"] = min(present["result"], 1 - PLAIN)
    return replace(story, sentences=sentences, present=present)


def _no_asides(texts: Sequence[str], labels: Sequence[str]) -> Sequence[str]:
    """Return `labels`, where in a story told in the present what was read as beside it is a part of it."""
    deeds = [index for index, said in enumerate(texts) if deeds_now(said) and not aim(said)]
    deeds = deeds[1:] if deeds[:1] == [0] and len(deeds) > 1 else deeds  # what one does begins as a setting
    if not deeds or not happening(texts):
        return labels
    found = [*labels]
    for index, said in enumerate(texts):
        before = "task" if aim(said) else "situation"
        part = before if index < deeds[0] else "action" if index <= deeds[-1] else "result"
        if labels[index] == "other" or (labels[index], part) == ("task", "action"):
            found[index] = part
    return found


def _deeds(texts: Sequence[str], labels: Sequence[str]) -> Sequence[str]:
    """Return `labels`, where in a story without an action, or a setting, what is beside it may be one."""
    beside = [index for index, label in enumerate(labels) if label == "other"]
    deeds = [index for index in beside if steps(texts[index])]
    found = [*labels]
    if "action" not in labels and sum(steps(texts[index]) for index in deeds) >= SURE_STEPS:
        found = ["action" if index in deeds else label for index, label in enumerate(found)]
    if "action" in found and not {"situation", "task"} & {*labels}:
        before = {index for index in beside if index < found.index("action")}
        begin = "other" if any(of_oneself(texts[index]) for index in before) else "situation"
        found = [begin if index in before else label for index, label in enumerate(found)]
    return found if episode(texts).kind is Kind.EPISODE else labels


def _put_right(one: Sentence, label: str, doubt: bool) -> Sentence:
    """Return the sentence with its `label`, which may be in `doubt`."""
    if one.label != label:
        return Sentence(one.start, one.end, label, PLAIN)
    return replace(one, confidence=IN_DOUBT) if doubt else one


def mere_step(said: str) -> bool:
    """Whether a sentence tells a step, and no word of it is about what came of it."""
    return bool(steps(said)) and not any(one.search(_straight(said)) for one in _OF_AN_END)


def _label(said: str, label: str, *, done: bool) -> str:
    """Return the label of a sentence that was read as `label`; `done` is whether steps were told before."""
    if label == "result":
        return _for_result(said, done=done)
    if label in ("situation", "action", "other") and lesson(said):
        return "lesson"
    came = _CAME_OF_IT.search(_straight(said)) is not None and done
    gained = label in ("situation", "task", "other") and outcome(said)  # a step may have a figure too
    return "result" if label != "lesson" and (came or gained) else label


def _for_result(said: str, *, done: bool) -> str:
    """Return the label of a sentence that was read as the result."""
    if aim(said) and not done:
        return "task"
    if outcome(said) or came_of_it(said):
        return "result"
    if any(one.search(_straight(said)) for one in (_HINDSIGHT, _WOULD_HAVE)):
        return "lesson"
    return "other" if still_open(said) else "result"


def _plainly(texts: Sequence[str], labels: Sequence[str]) -> set[str]:
    """Return the parts that are plainly told."""
    told = set()
    for index, (said, label) in enumerate(zip(texts, labels, strict=True)):
        begins = label == "other" and index == 0  # elsewhere what belongs to no part tells none
        ends = index == len(texts) - 1 and _AFTERWARDS.search(_straight(said))
        if label == "result" and (ends or outcome(said) or came_of_it(said)):
            told.add("result")
        if (label in ("situation", "task", "action") or begins) and setting(said):
            told.add("context")
        if (label in ("situation", "task") or begins) and charge(said):
            told.add("task")
        if label == "action" and _CHARGE.search(_straight(said)):
            told.add("task")
        if label == "lesson" and lesson(said):
            told.add("lesson")
        if label != "other" and own_part(said):
            told.add("action")
    rows = list(zip(texts, labels, strict=True))
    now = sum(deeds_now(said) for said, label in rows if label not in ("situation", "other"))
    notes = sum(_NOTED.match(said) is not None for said, label in rows if label == "action")
    return told | {"action"} if max(notes, now * happening(texts)) >= LEAST_STEPS else told


def _straight(said: str) -> str:
    return said.replace("\u2019", "'")
