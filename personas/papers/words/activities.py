"""What a line calls by a noun that somebody can be good at: "wound care", "monthly consolidation". Pure.

Such a noun ends as the names of activities do, or is one of those that are activities whatever they end in.
It takes the words before it along, up to an article, a preposition or a verb.
"""

import re
from collections.abc import Iterator

from vivavoce.personas.papers.words.nouns import PREPOSITIONS
from vivavoce.personas.papers.words.verbs import WHAT

MOST_BEFORE = 2  # words that tell which activity it is
LEAST_ALONE = 7  # letters of one that is named by a single word
_TOKEN = re.compile(r"[^\W\d_][\w/+'\u2019-]{0,40}|\d[\w.,%]{0,20}|[.,;:()!?\u2013\u2014]")
_ENDS = re.compile(
    r"[\w/-]{3,30}(?:ing|tion|tions|sion|ysis|graphy|scopy|metry|therapy|ectomy|keeping)|"
    r"[\w-]{4,20}(?:istics|nomics|lytics|ostics)",
    re.IGNORECASE,
)
_ALSO = frozenset(
    """management maintenance compliance governance procurement assessment assessments appraisal appraisals
    review reviews audit audits calls research retrieval development design payroll triage care series
    treatment engagement law butchery cookery joinery carpentry safety security control surveillance finance
    recruitment surveys tests inventory repairs stocktaking invoicing correspondence deployment returns
    proposals
    audits handover handovers""".split()
)
_ALONE = frozenset("appraisals payroll triage audit audits procurement bookkeeping".split())
_NONE = frozenset(  # end like them and are things, times, or what everybody does
    """question questions station stations location locations position positions information application
    applications organisation organisations organization conversation conversations condition conditions
    decision decisions section sections option options nation nations direction attention mission vision
    admission admissions registration registrations solution solutions communication function functions action
    actions generation operation operations morning evening meeting meetings building buildings thing things
    nothing everything anything something being string spring during including according following regarding
    working feeling setting settings beginning ending understanding meaning opening openings funding housing
    listening hiring speaking making running doing going having leading getting living helping looking coming
    giving taking growing motivation qualification qualifications education profession institution
    institutions
    collection regulation regulations documentation population television corporation foundation transition
    addition version occasion exception region religion pension recording recordings collaboration evolution
    production growing existing changing upcoming outstanding challenging supporting ensuring clothing
    catering ambition dedication discretion permission commission competition edition lighting
    heating""".split()
)
_NO_ADVERBS = frozenset("daily weekly monthly quarterly yearly early elderly family supply assembly".split())
_OPENS = frozenset(
    "a an the our your their its his her my this that these those one some any each every".split()
)
_CLOSES = PREPOSITIONS | frozenset(
    """and or nor not you we they who it i will can must may should be is are am to also if as than then there
    here all both more most other such when what how why""".split()
)
_DOES = frozenset(  # what duties begin with, besides verbs that tell of a deed
    """act advise agree analyse analyze answer apply ask assess assist assure attend bring build calculate
    call
    care carry check clean collect communicate compile complete consult contribute cook cover deal define
    demonstrate diagnose discuss do document draft educate ensure evaluate examine explain find fix follow get
    give greet guide help identify improve influence inform inspect instruct interpret interview investigate
    keep know learn liaise listen look maintain make measure meet mentor monitor observe offer operate
    order own
    participate pass perform prepare present process promote propose protect provide purchase read receive
    recommend record recruit repair report represent research resolve respond review run sell serve set share
    show solve speak stand stay supervise supply take talk teach tell test track train travel treat
    troubleshoot turn understand undertake update use verify visit watch work write take up out""".split()
)
_SOMEBODY = re.compile(r"\bwe (?:need|want|are|look|seek|have|offer|will|work|believe)\b", re.IGNORECASE)
_NO_WORK = frozenset(
    "from since after in on at there here this it no nobody everything many two three".split()
)
_AFTER_NOUN = frozenset("of for by under from that which who is are in".split())
_WHILE = frozenset("to by before after while when without for of on through from".split())  # they do it then


def activities(text: str) -> Iterator[str]:
    """Yield the activities that `text` names."""
    before, run = "", list[str]()
    for token in [*(match[0] for match in _TOKEN.finditer(text)), "."]:
        low = token.lower()
        if low in _CLOSES or low in _OPENS or not token[0].isalpha():
            yield from _of(run, before, low, first=not before)
            before, run = low, []
        else:
            run.append(token)


def is_work(duty: str) -> bool:
    """Whether `duty` says what one does, by a verb or an activity, rather than what there is."""
    first, *rest = duty.split() or [""]
    low = first.lower().strip(",;:")
    if low in _NO_WORK or _SOMEBODY.search(duty):
        return False
    if low in _DOES or low in WHAT or low.endswith("ing"):
        return True
    begun = next(activities(duty), "")
    if begun and duty.lower().startswith(begun.lower()):
        return True
    is_noun = first.endswith(",") or any(word.lower() in _AFTER_NOUN for word in rest[:1])
    return not is_noun and not any(word.lower() in ("for", "of") for word in rest[1:2])


def _of(run: list[str], before: str, after: str, *, first: bool) -> Iterator[str]:
    """Yield the activity at the end of the words `run`, which stand between two words that it cannot have."""
    words = run[:]
    while words and (
        words[0].lower().removesuffix("s") in _DOES
        or (words[0].lower() in WHAT and (first or len(words) > 1))
    ):
        words = words[1:] if len(words) > 1 else []
    if not words or words[-1].lower() in _NONE or after in _OPENS:
        return
    last = words[-1].lower()
    if not (_ENDS.fullmatch(last) or last in _ALSO):
        return
    kept = words[-1 - MOST_BEFORE :]
    while len(kept) > 1 and (_is_adverb(kept[0].lower()) or kept[0].lower() in _NONE):
        kept = kept[1:]
    if len(kept) > 1 or _stands_alone(last, before):
        if first and kept[0] == run[0] and kept[0][1:].islower():  # it only begins the line
            kept = [kept[0].lower(), *kept[1:]]
        yield " ".join(kept)


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and word not in _NO_ADVERBS


def _stands_alone(word: str, before: str) -> bool:
    """Whether a single word names an activity: "rostering", but not "to serving" or "instructions"."""
    if before in _WHILE | _OPENS:
        return False
    return word in _ALONE or (len(word) >= LEAST_ALONE and word not in _ALSO and not word.endswith("tions"))
