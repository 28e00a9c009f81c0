"""The words that claims.py goes by: verbs of doing, where clauses begin and end, what is not said back."""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


TURNED = {
    **dict.fromkeys(("i", "we", "me", "us"), "you"),
    **dict.fromkeys(("my", "our"), "your"),
    "myself": "yourself",
    "ourselves": "yourselves",
}
FILLERS = _set(
    "um uh er erm uhm hmm mm ah oh basically actually literally honestly obviously really just well like"
)
PHRASES = {("you", "know"), ("i", "mean"), ("kind", "of"), ("sort", "of"), ("i", "guess"), ("i", "think")}
ADVERBS = _set("also then first soon")  # beside what ends in -ly; none is said back

NAMES = _set("a an the my our all both several two three four five")  # what begins what was done something to

# Past tenses of doing something to something; all of them need what follows.
DID = _set(
    """built wrote rewrote rebuilt led ran set cut drew taught held chose split bought sold drove grew dug
    swapped redid oversaw undertook added adapted adjusted adopted analysed analyzed applied
    arranged assembled assessed assigned audited automated balanced benchmarked boosted calculated
    calibrated cancelled changed checked cleaned cleared coded collected combined compared compiled
    composed configured consolidated constructed containerized converted coordinated
    copied corrected counted covered crafted created debugged decided decomposed defined deleted
    delivered deployed designed developed devised digitised digitized disabled divided documented
    doubled drafted dropped edited eliminated enabled enforced engineered enhanced established
    estimated evaluated examined executed expanded explored exported extended extracted facilitated
    filled filtered fixed formatted formulated gathered generated halved identified
    implemented imported improved increased initiated inspected installed integrated introduced
    investigated isolated launched linked loaded lowered managed mapped measured merged migrated
    modified moved negotiated opened optimised optimized ordered organised organized outlined packed
    patched performed piloted planned posted prepared presented prioritised prioritized processed
    produced programmed proposed prototyped proved published pulled pushed raised ranked rearranged
    reconfigured recorded redesigned reduced refactored refined rejected released relabelled removed
    renamed renegotiated reorganised reorganized repaired replaced replicated rescheduled researched
    resolved restored restructured reviewed revised rolled sampled saved scheduled scoped secured
    selected separated settled shifted shipped shortened simplified simulated sketched solved sorted
    standardised standardized stopped streamlined structured studied submitted suggested switched
    tackled tested tightened timed took traced tracked trained transferred transformed translated
    trimmed tripled tuned unblocked used spent handled gave sent found won achieved reached kept
    created owned updated upgraded validated verified visualised visualized volunteered wired
    acquired conducted practised practiced rehearsed recreated reproduced repeated reworked retested
    restarted rerouted rewired decoupled cached queried plotted monitored labelled labeled stacked
    maintained revamped weighed painted baked cooked planted printed scanned typed"""
)
LEANING = _set(
    "kept held took gave found set spent used sent won ran drew stopped suggested pushed led"
)  # verbs that say little without all that follows
SAID = _set(
    """suggested proposed proved estimated decided checked verified documented measured calculated
    identified planned compared presented recorded made took set found kept gave"""
)  # what comes next may be what was said

# A clause may begin behind these, ends before those, and is cut before some where it is long.
BEGINS = _set("and so then but because when after once while later afterwards")
OPENS = _set(
    "in at on after before over during within for with from by"
)  # what leads up to a subject: "In May I moved"
MOST_OPENING = 6  # words
SUBJECTS = _set("he she they it you who which that someone nobody everyone")
NEXT = _set(
    """and but so because which who whom whose when while where since although though if until unless as
    that than or whether how what why i we he she they you it after before then"""
)
JOINS = _set("and but so because")
PAIRS = _set("and or")  # may stand between two of a kind: "the logs and the plan"
APPOSED = _set("a an")  # a comma and one of these: what was named is said in other words
PREDICATES = _set(
    "a an the my our all got had was were went came began saw told met put felt became left lost"
)
ASKS_ON = _set("as than or whether how what why if he she they you it i we")
CUTS = _set(
    "by using with while during for from after before through via across within including rather instead "
    "such to"
)

# What is still there afterwards, and what nobody chooses, or does alone with a book.
LASTING = _set(
    """built wrote rewrote rebuilt set added adapted automated changed combined configured consolidated
    constructed converted created designed developed deployed drafted enabled enhanced established
    expanded implemented improved installed integrated introduced launched linked merged migrated
    modernised modernized moved opened optimised optimized organised organized reconfigured redesigned
    reduced refactored removed reorganised reorganized replaced replicated restored restructured revamped
    revised reworked rewired shifted shipped shortened simplified standardised standardized streamlined
    switched transferred transformed transitioned updated upgraded wired swapped split labelled labeled"""
)
NOT_CHOSEN = _set(
    """found identified achieved reached won proved isolated solved resolved studied reviewed practised
    practiced prepared rehearsed analysed analyzed researched examined read repeated filled taught
    delivered submitted spent documented recorded compared measured"""
)

NEVER_FIRST = _set("and late early")  # after the verb: "launched late"
NEVER_LAST = _set(
    """a an the my our your all any each every some few many much more most less least several both of to
    in on at for from with by into onto about over under between among through during within without
    across against around up out off down away and or but is are was were be been being have has had
    do does did will very too also not new old own big small large great good better best main whole
    different certain various first second third next last only even still still already so such two
    three four five six seven eight nine ten one hundred thousand million multiple clear existing
    current full key high low long short single simple following me us i we get got make made take
    took give gave let use used using like per via toward towards show see say know find ensure
    check prove understand go late"""
)
_NOBODY = """it its they them their theirs he she him her his hers this these those there here ones such same
    other another others else someone somebody anyone anybody everyone everybody you your yours who
    that himself herself themselves itself each"""
_DENIED = """not no never nobody nothing none without hardly barely nearly almost neither nor cannot ignored
    instead rather too enough would could should might may must will can is are was were be been am
    between both either"""
_VAGUE = """thing things stuff something anything everything lot lots bit way ways kind sort sure care look
    time times best worst place part fun advantage note notice mind sense point effort efforts fact
    solution solutions ownership latter former action actions significant star rubric"""
_PEOPLE = """manager managers boss bosses colleague colleagues coworker coworkers co-worker co-workers
    supervisor
    supervisors teacher teachers mentor mentors friend friends
    girl boy man men woman women guy guys
    kid kids child children baby babies patient patients nurse nurses doctor doctors student
    students director ceo cto intern interns employee employees neighbour neighbor landlord wife
    husband mother father mum mom dad parent parents brother sister son daughter uncle aunt cousin
    grandmother grandfather family people person classmate classmates partner partners girlfriend
    boyfriend roommate candidate interviewer mr mrs ms dr"""
_PRIVATE = """dead death died die dying killed kill suicide funeral body bodies blood cancer ill illness sick
    sickness disease hospital pregnant pregnancy abortion miscarriage divorce marriage rape abuse
    abused harassment harassed assault sex sexual drug drugs alcohol drunk gun weapon corpse grave
    wound surgery therapy depression anxiety burnout salary secret secrets confidential private
    password passwords affair arrest prison jail police shit shitty shitshow fuck fucked fucking
    bitch bastard damn damned hell crap ass asshole piss pissed bullshit idiot idiots stupid moron
    instruction instructions prompt system-prompt"""
BANNED = _set(" ".join((_NOBODY, _DENIED, _VAGUE, _PEOPLE, _PRIVATE)))
PRIVATE = _set(_PRIVATE)
