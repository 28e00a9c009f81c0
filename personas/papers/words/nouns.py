"""The thing that a phrase begins with: its words, and how it is spoken of. Pure."""

import re
from dataclasses import dataclass


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PREPOSITIONS = _words(
    """for that which with using to in on at from by and of via across into over under as is was were are
    serving used while so this reducing increasing improving cutting saving based processing handling powering
    than or when where who whose per within between through after before until during without around among
    against along including such resulting leading allowing enabling ensuring bringing making covering worth
    about toward towards because since like both but ahead onto upon out off up down has have had not brought
    given taken online"""
)
_OWN = _words("a an the our its their my his her your this these those some all any each every another")
_LOOSE = _words(
    """internal large small several various multiple custom scalable robust end-to-end real-time many numerous
    key major innovative effective efficient comprehensive successful strategic complex high-quality different
    existing overall entire whole company-wide own first-ever cutting-edge state-of-the-art high-performance
    more most over about approximately nearly almost around up than additional other certain own"""
)
NO_NAME = _words(
    """sure me you i we us he she they it my your everything ignore please give forget disregard instructions
    great excellent best amazing perfect impressive awesome always name never hire hired praise"""
)
VAGUE = _words(
    """code software solutions solution features feature tools things work team teams projects project product
    products documentation tests reports report requests request tasks task duties duty meetings meeting
    needs need activities activity processes responsibilities issues issue problems problem ideas content
    materials material relationships relationship rapport skills knowledge experience environment
    requirements requirement functionality functions operations services results result documents
    records information data support communication communications correspondence inquiries enquiries calls
    emails queries orders order paperwork files plans goals targets presentations applications systems
    care patients cases files assessments expectations stakeholders customers clients budgets schedules
    bugs tickets components pages scripts queries number deal way ways help part role time opportunity
    day days week weeks month months year years quarter hours home office career business company degree
    studies course training internship standards quality performance efficiency productivity policies
    error errors fault faults mistake mistakes problem
    problems issue issues
    procedures lessons lesson classes students staff food meals drinks basis level areas members"""
)
PEOPLE = _words(
    """people nurses engineers engineer developers students pupils children patients staff colleagues members
    member employees customers clients users teachers chefs volunteers interns trainees apprentices
    subcontractors contractors vendors suppliers stakeholders managers analysts scientists residents guests
    associates agents reps representatives juniors accounts drivers workers researchers reviewers partners"""
)
EVENTS = _words(
    """move migration rollout roll-out implementation launch introduction retrofit redesign review programme
    program project opening initiative transition campaign merger acquisition integration conversion
    relocation renovation refurbishment construction expansion restructuring reorganisation reorganization
    turnaround overhaul upgrade automation digitisation digitization deployment release development design
    trial study pilot audit tender fundraiser fair exhibition conference festival event workshop drill
    negotiation negotiations settlement litigation investigation close year-end implementation certification
    accreditation adoption consolidation closure response modernisation modernization transformation rewrite
    rebuild standardisation standardization evaluation election strike recall inspection survey production
    research drive tour revision effort recovery switch shift changeover creation acquisition merger reform
    refit rebrand rebranding redevelopment extension outsourcing crossing handover bid appeal case-study
    relaunch withdrawal evacuation exchange arbitration hackathon gala tournament refresh cleanup clean-up
    inquiry interviews pitch strengthening replacement removal rescue regatta parade summit camp residency
    commissioning decommissioning handback rehousing resettlement restoration rota"""
)
MOVES = _words(  # which go from somewhere to somewhere
    """move migration switch transition conversion shift changeover relocation transfer return handover
    upgrade rollout roll-out"""
)
_COUNT = _words(
    """one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty
    eighty half hundred dozens hundreds thousands million dozen couple over"""
)
_WORD = re.compile(r"[^\W_](?:[\w'\u2019/+#&-]|\.(?=\w)|(?<=\d),(?=\d{3})){0,30}")
_UNIT = _words(
    "days day weeks week months month years year hours hour minutes minute pages percent kg tons line lines"
)
MOST_WORDS = 5
_OPENS = _LOOSE & PREPOSITIONS  # may stand before a number: "over forty sites"
_ALONE = _words("of for")  # may go on where the thing has but one word
_ONWARD = _words("to onto into")
_LINKS = _ALONE | _ONWARD
MOST_WITH_LINKS = 9
# What follows "handling" where that is a noun.
_IS_NOUN = re.compile(
    r"\s{0,2}(?:[,.;:]|$|(?:for|in|by|of|and|at|with|across|from|to)\b)"
)  # what follows "handling"


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as a phrase begins with it.

    Attributes:
        words: its own, without an article.
        bare: as it is said after "the": "falls bundle on two wards" is "falls bundle".
        said: as it is said after "of": with "the", unless it has a name or cannot be counted.
        length: of the phrase up to its end, in characters.
        loose: whether it is of some number that nobody says, with no article.
        counted: whether it is a number of things.
    """

    words: tuple[str, ...]
    bare: str
    said: str
    length: int
    loose: bool = False
    counted: bool = False
    extended: bool = False

    @property
    def head(self) -> str:
        """Return the word that says what it is."""
        own = next((place for place, word in enumerate(self.words) if word in _LINKS), len(self.words))
        return self.words[own - 1].lower()

    @property
    def of(self) -> str:
        """Return how it is said after "reduction in"."""
        return self.said if not self.loose else self.bare


def things(text: str) -> Thing | None:
    """Return the thing that `text` begins with; None if there is none."""
    own, article, count, end = _phrase(text, 0)
    if not own:
        return None
    whole, extended = [*own], False
    for links in (_ALONE, _ONWARD):
        more, length = _more(text, end, own, links)
        if more and len(whole) + len(more) <= MOST_WITH_LINKS:
            whole, extended, end = [*whole, *more], True, length
    bare = " ".join(whole)
    named = own[0][0].isupper() and not article
    loose = not article and not named and not count
    last = own[-1].lower()
    plural = last.endswith("s") and not last.endswith(("ss", "us", "is"))
    said = bare if named or (loose and not plural) else f"the {bare}"
    return Thing(tuple(whole), bare, said, end, loose and plural, count, extended)


def _is_noun(word: re.Match[str], kept: list[str]) -> bool:
    """Whether a word such as "processing" is what the phrase is about: "invoice processing, which ..."."""
    is_form = len(kept) == 1 and word[0] in ("processing", "handling", "reporting")
    return is_form and _IS_NOUN.match(word.string, word.end()) is not None


def _more(text: str, end: int, own: list[str], links: frozenset[str]) -> tuple[list[str], int]:
    """Return how the phrase of the words `own` goes on behind one of `links`, and where that ends."""
    last = own[-1].lower()
    link = re.match(r"\s(of|for|to|onto|into)\s", text[end:])
    if not link or link[1] not in links or (links is _ONWARD and last not in MOVES and last != "time"):
        return [], end
    if len(own) > 1 and last not in EVENTS:
        return [], end
    more, other, amount, length = _phrase(text, end + link.end() - 1)
    nobody = more and more[-1].lower() in PEOPLE | VAGUE and len(own) > 1
    if not more or nobody or (amount and last not in EVENTS):
        return [], end
    article = ["the"] if other in ("the", "our", "its", "their") else [other] if other in ("a", "an") else []
    return [link[1], *article, *more], length


def _phrase(text: str, start: int) -> tuple[list[str], str, bool, int]:
    """Return the words of a phrase, its article, whether it is counted, and where it ends."""
    kept: list[str] = []
    article, count, at = "", False, start
    for word in _WORD.finditer(text, start):
        lower = word[0].lower()
        between = text[at : word.start()]
        if (
            between.strip()
            or (at > start and not between)
            or (lower in PREPOSITIONS and (kept or lower not in _OPENS) and not _is_noun(word, kept))
        ):
            break
        if kept:
            kept.append(word[0])
        elif lower in _OWN:
            article = lower
        elif lower in _COUNT or lower[0].isdigit():
            count = True
        elif lower.endswith(("'s", "\u2019s")):
            article = "the"  # "the department's first drill"
        elif lower not in _LOOSE:
            kept.append(word[0])
        at = word.end()
        if len(kept) > MOST_WORDS:
            break
    whole = 0 < len(kept) <= MOST_WORDS and not (count and kept[0].lower() in _UNIT)
    return kept if whole else [], article, count, at
