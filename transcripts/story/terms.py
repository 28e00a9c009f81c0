"""The candidate's own terms: what an interviewer can name in a follow-up. Pure.

Only what is surely a noun phrase and was surely heard: a determiner with one to three words that
nothing marks as a verb, each recognised with TRUSTED probability, followed by something that ends it.
Naming nothing is better than
naming a mishearing.
"""

import re
from collections import Counter
from collections.abc import Sequence

from vivavoce.transcripts.events import Word
from vivavoce.transcripts.story.star import DOING

TRUSTED = 0.6  # recognition probability of each word
LONGEST = 3  # words after the determiner

_TURNED = {
    "my": "your",
    "our": "your",
    "the": "the",
    "a": "the",
    "an": "the",
    "this": "the",
    "that": "the",
    "their": "their",
}
_ENDS = frozenset(
    """and or but so because that which who when where while if then than as of to in on at for from with by
    into about over under after before between during through without within across until since is was were
    are
    had has
    did does would could should can will we i they he she it you the a an our my their his her not just
    already
    also really actually now there every all each both myself yourself himself herself ourselves ever out
    back up down off again later
    alone together too either yet away around ahead nobody everybody everyone anybody somebody nothing
    everything
    here late early ago long instead like even still almost only never always often""".split()
)
_VERB = re.compile(
    rf"(?:{DOING}|\w{{2,}}ed|\w+(?:ing|n't)|cuts?|runs?|goes|went|came|comes|takes?|gets?|makes?|says?|said|"
    rf"has|needs?|works?|meant|felt|kept|used)",
    re.IGNORECASE,
)
_VAGUE_ALONE = frozenset(
    "number numbers part side case story company team job work project system service".split()
)
_NOT_FIRST = frozenset(
    "good bad great big little real right nice same first other last next only whole most best".split()
)
_ODD = frozenset(
    """thing things stuff way lot bit kind sort day days time times week weeks month months year years one
    ones
    other others same first last second next whole only fact point end beginning start moment people person
    guy
    guys
    answer question problem situation task result reason idea rest most best worst few couple bunch
    question example order minute minutes hour hours while morning evening
    afternoon night well um uh er like new old good bad big small great little main real right very more
    less many
    half third quarter fifth two three four five six seven eight nine ten hundred thousand million
    percent everyone nobody lots
    much own sake middle past future world truth matter long short hard easy own""".split()
)
_PLAIN = re.compile(r"[a-z][a-z0-9'-]*|[a-z]*\d+[a-z]*", re.IGNORECASE)


def terms(words: Sequence[Word]) -> list[str]:
    """Return noun phrases of `words` that can be named to their speaker, the best first.

    "our feature store" becomes "your feature store", "a nightly job" becomes "the nightly job". The
    best are of two words or more, said more than once, and recent.
    """
    found: dict[str, tuple[str, int]] = {}
    counts: Counter[str] = Counter()
    for index in range(len(words)):
        phrase = _phrase(words, index)
        if phrase:
            head = phrase.split(" ", 1)[1].lower()
            counts[head] += 1
            found[head] = (phrase, index)
    total = max(len(words), 1)

    def worth(head: str) -> float:
        longer = 1.0 if " " in head or "-" in head else 0.0
        return longer + min(counts[head], 3) * 0.5 + found[head][1] / total

    return [found[head][0] for head in sorted(found, key=worth, reverse=True)]


def _phrase(words: Sequence[Word], index: int) -> str:
    determiner = _turned(words[index].text)
    if determiner is None:
        return ""
    kept: list[str] = []
    for word in words[index + 1 : index + 2 + LONGEST]:
        bare = word.text.strip('.,!?;:…"')
        low = bare.lower()
        if low in _ENDS or (kept and _is_verb(low)):
            break
        if len(kept) == LONGEST or word.probability < TRUSTED or word.filler or not _fits(low):
            return ""
        kept.append(bare)
        if bare != word.text:
            break
    else:
        return ""  # it may go on: it is the end of what was heard
    return f"{determiner} {' '.join(kept)}" if _names(kept) else ""


def _turned(text: str) -> str | None:
    return _TURNED.get(text.lower())


def _is_verb(low: str) -> bool:
    return _VERB.fullmatch(low) is not None


def _fits(low: str) -> bool:
    return _PLAIN.fullmatch(low) is not None


def _names(kept: Sequence[str]) -> bool:
    low = [word.lower() for word in kept]
    if not low or (len(low) == 1 and low[0] in _VAGUE_ALONE):
        return False
    return not (low[-1] in _ODD or low[0] in _NOT_FIRST or _is_verb(low[-1]) or len(low[-1]) < 3)
