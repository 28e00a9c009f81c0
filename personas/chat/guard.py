"""What an interviewer must not say: whatever words a model finds for a step, these checks decide (pure).

A model that is asked for one plain question praises, advises, asks three things at once, answers
itself, or drops its part. So a line is refused when in doubt: the template is there, and a good line
lost costs less than a bad one said. What the step itself holds, the pack's question and the
candidate's own words, is allowed anywhere: "the fraud score" is no talk of scores to somebody who
has just named it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from vivavoce.personas.content.asking import asked, beside
from vivavoce.personas.moves import IN_PACK, Move, Step
from vivavoce.transcripts.story.progress import stems

MOST_WORDS = 35  # more cannot be followed by ear
MOST_CHARACTERS = 400
LONGEST_WORD = 40
MOST_CUT_IN_WORDS = 25
MOST_LEAD_WORDS = 15  # before and after a follow-up's question
KEPT = 0.6  # share of a question's content words that its line needs

PROBING = frozenset(move for move in Move if move.startswith("probe(")) - {*IN_PACK}
ASKING = PROBING | {
    Move.OPEN,
    Move.ASK,
    *IN_PACK,
    Move.CLARIFY,
    Move.CHALLENGE,
    Move.REDIRECT,
    Move.REPEAT,
    Move.REPROMPT,
    Move.HAND_OVER,
}

_ENDED = re.compile(r"[.?!][\"'\u2019\u201d]?$")

# Each names what is wrong; of every pattern, what the step itself holds is not counted.
_FORBIDDEN: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "praises",
        re.compile(
            r"\b(?:great|excellent|amazing(?:ly)?|impressive(?:ly)?|impressed|perfect(?:ly)?|awesome|"
            r"fantastic|"
            r"wonderful|brilliant(?:ly)?|outstanding|incredible|incredibly|terrific|superb|remarkable|"
            r"exceptional|admirable|commendable|kudos|bravo|congratulations|congrats|fascinating|inspiring|"
            r"(?:good|nice|solid|strong|fine|lovely) (?:job|work|answer|question|point|example|story|"
            r"thinking|"
            r"choice|call|one|start|move)|"
            r"well (?:done|said|put|handled)|loved? (?:that|it|this|how|the|your)|"
            r"i (?:really |do )?(?:like|admire|appreciate)d? (?:that|it|this|how|the|your)|"
            r"(?:that's|that is|that was|sounds|sounded|what an?|how) (?:so |very |really |quite |pretty |"
            r"a |an )*"
            r"(?:good|nice|cool|interesting|exciting|smart|clever|neat|lovely|helpful|insightful|"
            r"relief)\b(?! was| is)|"
            r"proud of you|thoughtful|you(?:'re| are) (?:clearly|obviously|very|so|really) \w+)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "advises",
        re.compile(
            r"\b(?:you (?:should|ought|must|had better|might want to|may want to|could try|"
            r"can improve)|(?<!way )(?<!what )you could have|(?<!did )(?<!do )(?<!would )you need to|"
            r"you'd better|(?:i'd|i would|i|let me|may i|can i) "
            r"(?:suggest|recommend|advise|encourage you)|my (?:advice|suggestion|recommendation)|"
            r"remember to|don't forget|"
            r"do not forget|keep in mind|next time|(?:a|the) (?:good|better|best|strong) answer|"
            r"it (?:would|might|could) (?:be|have been) (?:better|best|good|helpful|useful)|"
            r"consider \w+ing|here(?:'s| is| are) (?:a|some|an|one) (?:tips?|ideas?|suggestions?|"
            r"examples?))\b"
            r"|(?:^|[.?!,;:] |\b(?:please|and|so|then|but|just|always) )(?:try (?:to|and)|make sure|"
            r"be sure)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "talks of the rubric",
        re.compile(
            r"\b(?:STAR|S\.T\.A\.R)\b|(?i:\b(?:rubrics?|scor(?:e|es|ed|ing)|points|ratings?|rated|grad(?:e|"
            r"ed|"
            r"es|ing)|out of (?:five|ten|\d+)|competenc(?:e|y|ies)|frameworks?|criteri(?:a|on)|"
            r"structure (?:your|the|an) (?:answer|response|reply|story)|structured (?:answer|response)|"
            r"behaviou?ral question|"
            r"evaluat(?:e|ion|ing) (?:you|your)|assess(?:ment|ing)? (?:you|your|of)|"
            r"(?:situation|task|action|result|lesson)s?\s*:|situation, task|the (?:situation|task) (?:part|"
            r"step)))"
        ),
    ),
    (
        "leaves its part",
        re.compile(
            r"\b(?:as an ai|an ai|i(?:'m| am) an? (?!bit|little)|i(?:'m| am) (?:here|(?:not )?allowed)|"
            r"you(?:'re| are) (?:an?|the interviewer|interviewing|hiring|now)|ai (?:assistant|model|"
            r"interviewer)|"
            r"language model|chatbot|chat bot|assistant|virtual interviewer|system prompt|the prompt|"
            r"instructions?|openai|chatgpt|json|the data (?:block|gives|says)|role-?play(?:ing)?|"
            r"simulat(?:ion|or|ed) interview|"
            r"mock interview|the candidate(?:'s)?|the interviewer(?:'s)?|the interviewee|the user|"
            r"here(?:'s| is) (?:the|a|my|your|one) (?:\w+ )?(?:question|line|response|follow-?up)|"
            r"i (?:can't|cannot|can not|am unable to|am not able to) (?:assist|help|comply|provide|do that|"
            r"answer)|"
            r"follow-?up question|next line|my knowledge|trained on|(?:happy|glad) to (?:help|assist))\b"
            r"|^(?:sure|certainly|of course|absolutely)!|^\W*[a-z][a-z .'-]{0,30}:",
            re.IGNORECASE,
        ),
    ),
    (
        "speaks for the candidate",
        re.compile(
            r"\b(?:I|[Ww]e|I've|[Ww]e've|[Ww]e'd|I'd) (?:also |then |first |just |had |have )?(?:built|led|"
            r"worked|developed|implemented|designed|created|managed|improved|reduced|increased|deployed|"
            r"shipped|trained|"
            r"launched|wrote|fixed|ran|learned|learnt|solved|achieved|decided|reali[sz]ed|handled|"
            r"collaborated|coordinated|migrated|replaced|was (?:responsible|able|working|in "
            r"charge|tasked)|were (?:able|working))\b"
            r"|\b(?:[Mm]y|[Oo]ur) (?:team|project|model|role|boss|manager|experience|previous|last job|"
            r"responsibilit|failure|mistake|work|code|launch|colleagues?\b)"
            r"|\bin my (?:\w+ )?(?:role|job|experience)\b",
        ),
    ),
    (
        "holds markup",
        re.compile(
            r"[*#`<>{}\[\]()|_~\\^=\u2022]|https?:|www\.|\w\.(?:com|org|net|io|ai)\b|^\s*(?:[-\u2013\u2014]|"
            r"\d+[.)])\s"
        ),
    ),
)

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+", re.IGNORECASE)
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_AMOUNTS = frozenset(
    {*_UNITS, *_TENS, "hundred", "thousand", "million", "billion", "hundreds", "thousands", "millions"}
    | {"half", "double", "doubled", "triple", "tripled", "halved", "dozen", "dozens"}
) - {"one"}  # "one thing" counts nothing


def flaws(line: str, step: Step) -> tuple[str, ...]:
    """Return why `line` must not be said for `step`, each reason once; empty when it may.

    Args:
        line: one or more sentences, as a model wrote them.
        step: what was to be said; its question and its `about` are words that the line may use.
    """
    words = line.split()
    if not words:
        return ("says nothing",)
    if len(line) > MOST_CHARACTERS or max(map(len, words)) > LONGEST_WORD:
        return ("is too long",)
    return tuple(
        dict.fromkeys([*_unspeakable(line, len(words), step), *_miscounted(line, step), *_wrong(line, step)])
    )


def best(sentences: Sequence[str], step: Step) -> str | None:
    """Return as many of `sentences`, from the first on, as make a line without flaws, or None."""
    for many in range(len(sentences), 0, -1):
        line = " ".join(sentences[:many])
        if not flaws(line, step):
            return line
    return None


def _unspeakable(line: str, words: int, step: Step) -> Iterator[str]:
    if not line.isprintable():
        yield "is not printable"
    if words > (MOST_CUT_IN_WORDS if step.move is Move.CUT_IN else MOST_WORDS):
        yield "is too long"
    if not _ENDED.search(line.strip()):
        yield "breaks off"
    if any(not _english(character) for character in line):
        yield "is not plain English"


def _miscounted(line: str, step: Step) -> Iterator[str]:
    is_question = step.move in (Move.OPEN, Move.ASK, *IN_PACK) or asked(step.question) > 0
    as_it_is = bool(step.question) and step.question.lower() in line.lower()
    questions = asked(_without(line, step.question)) + (as_it_is and is_question)
    must = step.move in ASKING or is_question
    if questions > 1:
        yield "asks more than one thing"
    if must and not questions:
        yield "asks nothing"
    follows_up = step.move in ASKING and (not step.question or step.move is Move.REDIRECT)
    if follows_up and beside(line) > MOST_LEAD_WORDS:
        yield "says more than it asks"


def _wrong(line: str, step: Step) -> Iterator[str]:
    known = f"{step.question} {step.about}".lower()
    for what, pattern in _FORBIDDEN:
        if any(found.group().strip().lower() not in known for found in pattern.finditer(line)):
            yield what
    if not _amounts(line) <= _amounts(known) | _spelled(round(step.minutes_left)):
        yield "names a number that nobody said"
    if not _keeps(line, step):
        yield "loses the question"


def _keeps(line: str, step: Step) -> bool:
    """Whether `line` has enough of the content words of the step's question; of a theme, one."""
    wanted = set(stems([step.question]))
    kept = len(wanted & set(stems([line])))
    return kept >= (min(1, len(wanted)) if step.move is Move.REDIRECT else KEPT * len(wanted))


def _amounts(text: str) -> set[str]:
    tokens = {token.lower() for token in _NUMBER.findall(text)}
    return {token for token in tokens if token[0].isdigit() or token in _AMOUNTS}


def _spelled(minutes: int) -> set[str]:
    """Return what `minutes` may be called, in figures and in words."""
    tens, units = divmod(minutes, 10)
    if not 0 < minutes < 100:
        return set()
    if minutes < len(_UNITS):
        return {str(minutes), _UNITS[minutes]}
    return {str(minutes), _TENS[tens - 2], _UNITS[units]}


def _english(character: str) -> bool:
    category = unicodedata.category(character)
    if category[0] == "L":
        return unicodedata.name(character, "").startswith("LATIN")
    if category[0] == "N":
        return character.isascii()
    return category[0] in "PZ" or category in ("Sc", "Mn") or character in "+%&/="


def _without(line: str, part: str) -> str:
    return re.sub(re.escape(part), " ", line, flags=re.IGNORECASE) if part else line
