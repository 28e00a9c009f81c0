"""What was asked in a real interview, from what somebody says or notes down afterwards. Pure.

Read sentence by sentence: a question that is quoted, one that is told of ("she wanted to know how I'd scale
it"), a task ("I had to design a cache") and the lines of a list. What the candidate asked is none. A question
is weak if the words up to the next one say that it went badly. What no rule knows is left out, not guessed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vivavoce.transcripts.story.sentences import sentences
from vivavoce.transcripts.training.told_questions import AUXILIARY, IMPERATIVE, QUESTION_WORD, direct, quoted

LONGEST = 200_000  # characters that are read; an hour of speech has about 60,000
LONGEST_SENTENCE, LONGEST_QUESTION = 1500, 400  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question that was asked.

    Attributes:
        question: as it would be put to the candidate.
        told: the sentence or the line that tells of it, as it stands in the text.
        weak: whether it went badly, in the candidate's own words.
    """

    question: str
    told: str
    weak: bool


_LEAD = re.compile(
    r"\b(?:"
    r"(?:asked|asks|asking)(?: (?:me|us|again|too|also|then|straight away|point blank|directly)\b){0,2}"
    r"|(?:followed up|started|opened|began|kicked off|finished|closed|ended) with"
    r"|threw in(?= (?:a|an|one) )"
    rf"|(?:was|were) like(?=,? (?:{QUESTION_WORD}|{IMPERATIVE})\b)"
    r"|(?:wanted|wants|liked) to (?:know|hear|understand|see)(?: from me| more)?"
    r"|wondered|(?:was|were) (?:curious|interested)(?: to know)?"
    r"|(?:pushed|pushing|pressed|pressing|quizzed|challenged|tested)(?: me| us)?(?= (?:on|about) )"
    r"|wanted(?= (?:an |some |another )?examples? )"
    rf"|(?:got|had|made) me(?= (?:to )?{IMPERATIVE}\b)"
    rf"|i (?:had|needed|was) to(?= {IMPERATIVE}\b)"
    rf"|said(?=,? {IMPERATIVE} (?:me|us|the|a|your|this)\b)"
    r"|(?:first|second|third|fourth|fifth|next|last|final|other|real|main|hardest)(?: real)?"
    r" (?:question|one) (?:was|is)"
    r"|(?:there was|came|got|had) (?:a |another )?(?:question|one)(?= (?:on|about) )"
    rf"|it was(?= (?:about )?{QUESTION_WORD} )"
    r")\b",
    re.IGNORECASE,
)
_NOT_THEM = re.compile(
    r"\b(?:i|we|nobody|no one|noone|never|didn't|not|i'd|should have)(?: \w+ly| also| then| just)? $",
    re.IGNORECASE,
)
_END = re.compile(
    r",? (?:and|but|so|where) (?:then |there |honestly |luckily )?"
    r"(?:i|it|that|they|she|he|we|my|one|somebody|the other)\b"
    r"|, (?:the (?:classic|usual)|i|no joke|honestly|that|which|just|then|basically|again|too|"
    r"she|he|they|it)\b"
    r"|[;()]| [-\u2013\u2014] |[\"\u201d]",
    re.IGNORECASE,
)
_START = re.compile(
    rf"(?:^|[,:;\"\u201c\u2018'] ?)(?=(?:{QUESTION_WORD}|{AUXILIARY}|{IMPERATIVE} (?:me|us))\b)",
    re.IGNORECASE,
)
_TO_SELF = re.compile(
    rf"(?:{QUESTION_WORD} )?{AUXILIARY} i\b|who knows\b|(?:right|you know|you see|okay|no)$", re.IGNORECASE
)
_PLAIN = re.compile(rf"(?:{QUESTION_WORD})\b[^,;?]{{0,200}}\byour?\b[^,;?]{{0,200}}", re.IGNORECASE)
_CLOSING = re.compile(r"\b(?:any|other|more|further) questions\b", re.IGNORECASE)
_ITEM = re.compile(
    r"[ \t]{0,8}(?:\d{1,2}[.)]|[-*\u2022]|(?:q|question)(?: ?\d{1,2})?:)[ \t]+(\S.*)", re.IGNORECASE
)
_REMARK = re.compile(r" [-\u2013\u2014] | ?\(|(?<=\?) ")
_WEAK = re.compile(
    r"\b(?:froze|blanked|went blank|drew a blank|rambl(?:ed|ing)|waffled|stumbled|fumbled|bombed|panicked|"
    r"struggled|flopped|choked|babbled|mumbled|guessed|terrible|awful|weak(?:est)?|too long|"
    r"off by (?:a|an|one|two)|got lost|(?:messed|screwed) (?:it |that )?up|made (?:something|it|things) up|"
    r"lost (?:my|the) thread|"
    r"(?:did not|didn't) (?:really )?(?:know|have (?:a|an|any) (?:good|real|answer|example|idea))|"
    r"(?:had|have) no (?:good |real )?(?:idea|answer|example|clue)|ran out of time|"
    r"went (?:really |very )?badly|"
    r"(?:could not|couldn't) (?:really )?(?:think|answer|explain|remember|give|come up|say)|"
    r"(?:not|wasn't|was not|weren't) (?:very |really |so |my |a )?"
    r"(?:good|great|happy|convincing|proud|best|strong))\b",
    re.IGNORECASE,
)

_TWO = re.compile(r",? and (?=(?:what|why|how|who|where|when|which)\b)", re.IGNORECASE)
_ASKS = re.compile(rf"\?|\b{IMPERATIVE} (?:me|us)\b|^(?:please )?{IMPERATIVE}\b", re.IGNORECASE)
_AT_A_LOSS = re.compile(
    r"\b(?:i (?:really |honestly )?(?:don't|do not) (?:know|remember)|no idea|"
    r"(?:can't|cannot|can not) (?:think of|remember)|i'm not sure|i am not sure|drawing a blank)\b",
    re.IGNORECASE,
)


def debriefed(text: str) -> list[Asked]:
    """Return the questions that `text` tells of, in its order, each once."""
    found: dict[str, Asked] = {}
    for one in _told(text[:LONGEST].replace("\u2019", "'")):
        key = " ".join(re.findall(r"\w+", one.question.lower()))
        known = found.get(key)
        found[key] = replace(known, weak=known.weak or one.weak) if known else one
    return list(found.values())


def of_talk(exchanges: Sequence[tuple[str, str]]) -> list[Asked]:
    """Return what was asked in the talk itself: of what was said before each answer, the last that asks.

    Args:
        exchanges: what the interviewer said, and the answer to it.
    """
    return [
        Asked(question=question, told=whole, weak=bool(_AT_A_LOSS.search(answer)))
        for said, answer in exchanges
        if (whole := _last(said))
        for one in _TWO.split(whole)
        if _good(question := quoted(one))
    ]


def _last(said: str) -> str:
    whole = (said[start:end].strip() for start, end in sentences(said))
    return next((one for one in reversed([*whole]) if _ASKS.search(one)), "")


def _told(text: str) -> Iterator[Asked]:
    items = [found for line in text.splitlines() if (found := _ITEM.fullmatch(line))]
    if len(items) > 1:
        yield from filter(None, (_item(one[1]) for one in items))
        text = "\n".join(line for line in text.splitlines() if not _ITEM.fullmatch(line))
    open_one: Asked | None = None
    for sentence in _sentences(text):
        weak = _WEAK.search(sentence) is not None
        here = [Asked(question=one, told=sentence.strip(), weak=False) for one in _questions(sentence)]
        if not here and open_one:
            open_one = replace(open_one, weak=open_one.weak or weak)
        for one in here:
            if open_one:
                yield open_one
            open_one = one
        if here and open_one:
            open_one = replace(open_one, weak=weak)
    if open_one:
        yield open_one


def _sentences(text: str) -> Iterator[str]:
    for block in text.split("\n\n"):
        whole = " ".join(block.split())
        yield from (whole[start : min(end, start + LONGEST_SENTENCE)] for start, end in sentences(whole))


def _item(line: str) -> Asked | None:
    """Return what a line of a list asks; what stands behind a dash or in brackets is about it."""
    said = _REMARK.split(line, maxsplit=1)[0]
    question = next(iter(_questions(said)), "") or direct(said)
    return (
        Asked(question=question, told=line.strip(), weak=bool(_WEAK.search(line)))
        if _good(question)
        else None
    )


def _questions(sentence: str) -> Sequence[str]:
    """Return what a sentence says was asked."""
    marked, _, _ = sentence.partition("?")
    leads = [
        one
        for one in _LEAD.finditer(sentence)
        if not _NOT_THEM.search(sentence[max(0, one.start() - 40) : one.start()])
    ]
    if "?" in sentence and (start := _START.search(marked)) and not _own(sentence[: start.end()]):
        said = marked[start.end() :]
        lead_before = any(one.end() <= start.end() for one in leads)
        if lead_before or not _TO_SELF.match(said):
            return [question for one in _TWO.split(said) if _good(question := quoted(one))]
        return []
    if leads:
        ends = [*(one.start() for one in leads[1:]), len(sentence)]
        told = (_until(sentence[one.end() : end]) for one, end in zip(leads, ends, strict=True))
        return [question for two in told for one in _TWO.split(two) if _good(question := direct(one))]
    plain = _PLAIN.match(sentence.strip())
    return [quoted(plain[0])] if plain and not _own(sentence) else []


def _own(before: str) -> bool:
    """Return whether the candidate asks."""
    return (
        re.search(
            r"\b(?:i|we)(?: \w+ly| also| then| just)? ask(?:ed)?\b|\bi (?:wanted to know|wondered)\b",
            before,
            re.IGNORECASE,
        )
        is not None
    )


def _until(told: str) -> str:
    """Return what was asked, of what stands behind "they asked"."""
    said = told.lstrip(' ,:"\u201c')
    end = _END.search(said, 3)
    return said[: end.start()] if end else said


def _good(question: str) -> bool:
    return len(question.split()) > 2 and len(question) <= LONGEST_QUESTION and not _CLOSING.search(question)
