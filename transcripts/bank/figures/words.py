"""The words that numerals.py and figures.py go by: number words, units, and what makes a number no claim."""

from typing import NamedTuple


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


class Unit(NamedTuple):
    """A unit: its name, what it measures, and how many of the kind's smallest common one it is."""

    name: str
    kind: str
    size: float


SMALL = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
        sixteen seventeen eighteen nineteen""".split()
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
SCALES = {"thousand": 1e3, "lakh": 1e5, "million": 1e6, "crore": 1e7, "billion": 1e9, "trillion": 1e12}
GLUED = {"k": 1e3, "m": 1e6, "mio": 1e6, "mm": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9}  # "$2M"
AFTER_ARTICLE = {"hundred": 100.0, "dozen": 12.0, **SCALES}  # "a hundred"
PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
PARTS |= {f"{word}s": value for word, value in PARTS.items()} | {"halves": 2}
FOLDS = {"doubled": 2.0, "tripled": 3.0, "trebled": 3.0, "quadrupled": 4.0, "twice": 2.0, "tenfold": 10.0}
FOLDS |= {"doubling": 2.0, "tripling": 3.0, "quadrupling": 4.0, "threefold": 3.0, "twofold": 2.0}
FOLDS |= {"fourfold": 4.0, "fivefold": 5.0, "thrice": 3.0}


def _units(kind: str, rows: str) -> dict[str, Unit]:
    """Return the units of `kind`: in each row a name, its size, and what else it is called."""
    found: dict[str, Unit] = {}
    for row in rows.strip().splitlines():
        name, size, *others = row.split()
        unit = Unit(name, kind, float(size))
        found |= dict.fromkeys((name, f"{name}s", *others), unit)
    return found


UNITS = {
    **_units(
        "time",
        """
        microsecond 1e-6
        millisecond 1e-3 ms milli millis msec
        second 1 sec secs
        minute 60 min mins
        hour 3600 hr hrs
        day 86400
        week 604800 wk wks
        month 2629800
        year 31557600 yr yrs
        decade 315576000
        """,
    ),
    **_units(
        "data",
        "kilobyte 1e3 kb\nmegabyte 1e6 mb megs\ngigabyte 1e9 gb gigs\nterabyte 1e12 tb\npetabyte 1e15 pb",
    ),
    **_units(
        "length",
        """
        millimeter 1e-3 mm millimetre millimetres
        centimeter 1e-2 cm centimetre centimetres
        meter 1 metre metres
        kilometer 1e3 km kms kilometre kilometres
        mile 1609
        foot 0.3048 feet ft
        inch 0.0254 inches
        """,
    ),
    **_units(
        "mass", "milligram 1e-6 mg\ngram 1e-3\nkilogram 1 kg kilo kilos\nton 1e3 tonne tonnes\nlb 0.4536"
    ),
    **_units(
        "volume",
        "milliliter 1e-3 ml millilitre millilitres\nliter 1 litre litres\ngallon 3.785\nbarrel 159",
    ),
    **_units("frequency", "hertz 1 hz\nkilohertz 1e3 khz\nmegahertz 1e6 mhz\ngigahertz 1e9 ghz"),
    **_units("power", "watt 1\nkilowatt 1e3 kw\nmegawatt 1e6 mw"),
    **_units("degree", "degree 1 \u00b0"),
    **_units("percent", "percent 1 % pct"),
    **_units(
        "money", "dollar 1 bucks usd $\neuro 1 eur \u20ac\npound 1 gbp quid \u00a3\nfranc 1 chf\nrupee 1 inr"
    ),
    **_units("money", "yen 1 \u00a5\ncent 0.01"),
}
SHORT = {"s": UNITS["second"], "h": UNITS["hour"], "g": UNITS["gram"], "l": UNITS["liter"]}  # glued: "30s"
SHORT |= {"m": UNITS["meter"], "d": UNITS["day"]}
MONEY_SIGNS = {sign: UNITS[sign] for sign in "$\u20ac\u00a3\u00a5"}
COUNT, TIMES, POINT = Unit("count", "count", 1.0), Unit("times", "times", 1.0), Unit("point", "point", 1.0)

# How exactly it was said.
ABOUT = _set("about around roughly approximately approx circa some maybe perhaps probably like ~ \u2248 say")
ALMOST = _set("almost nearly")
MORE = _set("over above exceeding > plus")  # and "more than", "at least"
LESS = _set("under below < within")  # and "less than", "up to", "at most"
MEASURE_WORDS = _set("more than least most less fewer just only well even still already a an the of")
HEDGES = ABOUT | ALMOST | MORE | LESS | MEASURE_WORDS | _set("up no to not nothing total another")

# A number behind one of these is a name and not an amount.
LABELS = _set(
    """version v number no nr page room section chapter figure table level phase stage step grade year class
    gate line row ticket issue bug case item question part route highway floor unit cabinet shift bed
    track release sprint iteration day week top fortune python java windows android ios office
    tier number option type exhibit article paragraph appendix building house terminal platform port error
    code status http python3 spark angular vue php ruby node postgres ubuntu debian model project wave
    q series"""
)
PLAIN_LABELS = LABELS - _set("case line model bed unit shift project day week year row")
# What is measured at a depth, after a time or at another measure's value: "recall at 100" claims no hundred.
MEASURES = _set(
    """recall precision ndcg map mrr hit hits rate rank success accuracy auc sensitivity specificity retention
    survival mortality churn conversion"""
)
CERTAIN = _set("confidence significance")
MONTHS = _set(
    """january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec"""
)
DAYS = _set("monday tuesday wednesday thursday friday saturday sunday")
BEFORE_YEARS = _set(
    """in since from until till of by during around early late mid spring summer autumn fall winter year for
    to through before after back and"""
)
CLOCK = _set("am pm a.m p.m o'clock oclock past")
PARTS_OF_DAY = _set("morning evening afternoon night")
AGES = _set("old aged age")
VAGUE = _set(
    """things thing reasons ways options points parts sides kinds types sorts words choices approaches ideas
    goals lessons examples aspects sentences cents hats halves pieces fronts ends worlds extremes
    takeaways issues problems challenges areas forms categories principles pillars learnings factors main"""
)  # "two reasons": nobody is asked about them
SURE = _set("sure certain honest right agree agreed committed convinced behind true serious focused myself")
THE = _set("the these those both us you all any other them")  # "the two": who was named before
PLURALS = _set(
    """people children women men staff feet data personnel police mice geese teeth fish sheep crew
    aircraft code traffic revenue"""
)
NO_PLURALS = _set(
    """was is has does this his its us always perhaps plus less across towards process access business
    success focus status thus yes as whereas means says goes needs takes gets makes works runs costs gives
    comes wants shows happens"""
)
# What ends the search for the noun that was counted.
STOPS = _set(
    """a an the and or but so because if when while that which who whom whose of in on at by to from for with
    without within into onto over under after before during until since than as is are was were be been had
    have has did do does went fell rose dropped came got made took i we you he she they it my our your their
    his her its there then now not also just only instead per each every up down out off about through
    between against where what how why whether would could should can will may might""",
)
COMPOUNDS = _set(
    """person member people bed page seat room point bedroom strong litre liter man woman store node question
    hour minute second day week month year mile kilometre kilometer metre meter gigabyte megabyte dollar euro
    pound item city country site unit core gpu megapixel""",
)  # "a five-person team", but no "two-factor login"

# The role of a figure: what changed by it, what it came to, what it came from.
CHANGES = _set(
    """increase increased increases rise rose risen grew grow grown growth gain gained improve improved
    improves improvement improving reduce reduced reduces reducing reduction
    decrease decreased decreasing drop dropped
    drops fell fall fallen falling decline declined cut cutting saved saves save saving savings lowered lower
    raised boosted boost jumped climbed shrank shrunk went uplift down up faster slower cheaper higher
    fewer less more smaller larger bigger increasing lowering raising boosting trimmed shortened"""
)
EARLIER = _set("before originally initially previously formerly earlier old started beginning previous")
LATER = _set("now today afterwards eventually finally end new currently")
# What says nothing of what a figure is about.
NOTHING = (
    STOPS
    | HEDGES
    | CHANGES
    | EARLIER
    | LATER
    | PLURALS - _set("children women men police data")
    | frozenset(SMALL)
    | frozenset(TENS)
    | frozenset(SCALES)
    | frozenset(PARTS)
    | frozenset(FOLDS)
    | frozenset(UNITS)
    | MONTHS
    | _set(
        """hundred dozen couple few percentage points point time times use used one ones all some any many
        much really very quite actually basically well so yeah um uh like know mean think said told say could
        took take taking takes lasted needed need spent spend get getting gone going have having be being
        became become comes thing things way something everything nothing me him them us myself ourselves
        this these those here too again ago last next first second third other same still back every each
        long whole full entire total average half most both per made make making did do done were wrote
        change changed changes result results because though although however year's after him her per cent
        about ended ends turned brought bring put let later soon once twice only even almost around half
        our your their mine ours that's it's i'm we're didn't wasn't week's day's what's there's"""
    )
)
DIVIDERS = _set("and but while whereas which so because then or though although where when after if")
