"""How postings say what one does, what one should know and what is offered. Pure."""

import re
from enum import Enum


class Says(Enum):
    """What stands under a heading of a posting."""

    DUTIES = "duties"
    WANTED = "wanted"
    OTHER = "other"  # benefits, the company, how to apply
    UNKNOWN = "unknown"  # nothing that is known


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})", re.IGNORECASE)


CUES = (  # the first that fits decides
    (
        Says.OTHER,
        _any_of(
            r"we offer\b", r"benefits?\b", r"perks\b", r"in it for you", r"why\b", r"salary\b",
            r"compensation\b", r"pay\b", r"how to apply", r"to apply\b", r"application\b", r"process\b",
            r"equal\b", r"divers", r"about (?:us|the (?:company|team|organi[sz]ation))", r"who we are",
            r"physical demands", r"working conditions", r"what you(?:['\u2019]ll)? get", r"wir bieten",
            r"nous offrons", r"hours\b", r"location\b", r"contact\b", r"kontakt\b", r"interested\b",
        ),
    ),
    (
        Says.DUTIES,
        _any_of(
            r"functions?\b", r"dut(?:y|ies)\b", r"responsib", r"tasks?\b", r"aufgaben", r"missions?\b",
            r"you(?:['\u2019]ll| will)\b(?! (?:need|have|bring|be\b(?! (?:doing|responsible|working))))",
            r"will:?$", r"accountabilit",
        ),
    ),
    (
        Says.WANTED,
        _any_of(
            r"require", r"qualifications?\b", r"you (?:(?:should|must) )?(?:have|bring|need|are\b|know)",
            r"you(?:['\u2019]ll| will) (?:need|have|bring|be\b)", r"look(?:ing)? for",
            r"we (?:expect|need|ask|want|"
            r"hope)", r"fit if", r"bonus$", r"must\b", r"a plus\b", r"background\b",
            r"must[- ]have", r"nice[- ]to[- ]have", r"skills?\b",
            r"about you\b", r"who you are", r"essential",
            r"desirable", r"preferred", r"minimum\b", r"bonus points", r"profile?\b", r"experience\b",
            r"technologies\b", r"tech stack", r"tools\b", r"person specification", r"candidate\b",
            r"anforderungen", r"bringst du", r"bringen sie", r"your background", r"competenc", r"criteria\b",
        ),
    ),
    (
        Says.DUTIES,
        _any_of(
            r"what you(?:['\u2019]ll)? do", r"awaits you",
            r"(?:the|your|this|about the) (?:role|job|work|post|position)",
            r"day[- ]to[- ]day", r"position summary", r"job (?:description|overview|summary)", r"scope\b",
            r"what the job is", r"in this role", r"overview\b", r"deine rolle",
        ),
    ),
)  # fmt: skip
YOU = re.compile(r"(?:you|about you|du|sie|vous)[:?]?", re.IGNORECASE)
NUMBERED = re.compile(r"^\d{1,2}[.)]\s+")
SENTENCE = re.compile(r"(?<=[a-z)\d]{2}[.!?])\s+(?=[A-Z])")
LABEL = re.compile(r"(?:skills|tools|technologies|tech stack)\s?:\s+(.+)", re.IGNORECASE)

WILL = re.compile(
    r"(?:(?:in this role,? |here,? |every day,? |as (?:an? |our )[\w ]{2,40}, )?"
    r"you(?:['\u2019]ll| will|(?=\s(?!are|have|must|should|will|bring|need|know|can|may|hold|speak|"
    r"possess|like|"
    r"love|enjoy|want|master|come|think|care|already|understand)))(?: also)?|to|"
    r"the [\w ]{3,40} will)\s+(?!be\b|have\b|need\b|must\b)",
    re.IGNORECASE,
)
HAS = re.compile(
    r"you (?:are|have|must|should|bring|need|know|hold|speak|possess|like|love|enjoy|want|master|come|think|"
    r"care|already|understand)\b",
    re.IGNORECASE,
)
NO_DUTY = re.compile(
    r"(?:must|should|we|our|us|at|as|this|it|there|you|your|ability|able|experience|degree|knowledge|"
    r"the|who|what|if|please|free|paid|company|are|is|be)\b",
    re.IGNORECASE,
)
BENEFIT = re.compile(
    r"\b(?:pension|holidays?|vacation|insurance|bonus|parking|discount|salary|per hour|days off|401|perks)\b|"
    r"[$\u20ac\u00a3]\s?\d",
    re.IGNORECASE,
)
KNOWS = re.compile(
    r"(?:(?:experienced?|versed|skilled|expert|proficient|fluent|certified|trained|interest(?:ed)?) "
    r"(?:with|in|of|using)|"
    r"experience (?:with|in|of|using|as)|(?:knowledge|understanding|command|grasp|use|mastery) (?:of|in)|"
    r"proficiency (?:in|with)|familiar(?:ity)? with|(?:confident|comfortable) (?:with|in|using)|"
    r"qualifications? in|track record (?:in|of|with)|exposure to|competent (?:in|with)|certificate in|"
    r"you (?:know|use)|^know|worked with|who knows|and knows|"
    r"happy with|way (?:around|round)|expertise (?:in|with)|background in|"
    r"years?['\u2019]? (?:with|in|of)|at home (?:in|with)|good (?:with|at)|skills in|well as (?:with|in)|"
    r"(?:kenntnisse|erfahrung(?:en)?|kompetenz) (?:in|mit|im)|"
    r"(?:ma\u00eetrise|connaissance) (?:de|du|des))"
    r"\s+(?=\S)",
    re.IGNORECASE,
)
STRONG = re.compile(
    r"^(?:strong|advanced|solid|excellent|proven|good|basic|sound|deep|working|hands-on|very good)\s+(?=\S)",
    re.IGNORECASE,
)
STOPS = re.compile(
    r"[.;:()\u2013\u2014]|\s(?:is|are|that|which|who|would|will|at|from|in|on|for|within|when|where|"
    r"so|as|such|"
    r"preferred|required|desirable|essential|helps?|a plus|you|we|ideally|including)\b|"
    r"\s(?:or|and) (?:similar|equivalent|related|comparable|something|nearly|the like|another|other|more|"
    r"better)\b",
    re.IGNORECASE,
)
PIECES = re.compile(r",\s?(?:and |or )?|\s(?:and|or|und|et|oder|ou|&)\s|(?<=[a-z])/(?=[A-Z])")
NO_SKILL = re.compile(
    r"(?:an?(?! levels?\b)|the|your|our|people|what|how|similar|something|other|related|working|being|"
    r"doing|all|this|that|"
    r"one|two|three|\d+\+?|at least|minimum|years?|must|you|we|it|no|own|similar|same|least|ability|"
    r"both|each|be|"
    r"post-qualif\w+|relevant|professional|prior|previous|recent|progressive|commercial|practice|"
    r"current|valid)\b",
    re.IGNORECASE,
)
QUALITIES = re.compile(
    r"\b(?:team player|leadership|(?:good|steady|safe) hands?|motivat(?:ed|ion)|discretion|stamina|"
    r"patience|curiosity|energy|drive|integrity|honesty|"
    r"resilien\w+|punctual\w*|creativity|initiative|empathy|sense of|tact|professionalism|commitment|"
    r"proactive\w*|self-starter|independen\w+|curious|calm|judg(?:e)?ment|courage|diligence|confidence|"
    r"flexib\w+|reliab\w+|attitude|personality|humou?r|enthusias\w+|passion\w*|"
    r"willing\w*|ability|driving licen[cs]e|eligib\w+|authori[sz]ed|right to work|"
    r"registration|teaching qualification|degree|diploma|apprenticeship|communicat\w+|attention|"
    r"eye for|written|oral|verbal)\b",
    re.IGNORECASE,
)
DOING = re.compile(  # before what somebody has experience with
    r"^(?:building|running|leading|writing|designing|developing|managing|using|teaching|selling|shipping|"
    r"operating|maintaining|delivering|working with|working in|administering|implementing|supporting) (?=\S)",
    re.IGNORECASE,
)
TAIL = re.compile(r" (?:experience|skills|knowledge|certificate|certification|well)$", re.IGNORECASE)  # of it
SEEKS = re.compile(
    r"\b(?:looking for|seeking|need|hold|must have|required|able to)\b|"
    r"\byou (?:are|have|possess|bring|speak|know|should|must|can)\b",
    re.IGNORECASE,
)
DEGREE = re.compile(r"\b(?:degree|diploma|Ph\.?D|bachelor\w*|master['\u2019]?s|studies)\b", re.IGNORECASE)
CERTIFIED = re.compile(  # what somebody has a paper for
    r"(?:^|\b(?:an?|the|your|hold|have|current|valid|or|and) )((?:[\w/&-]{2,20} ){1,3}?)"
    r"(?:certificate|certification|accreditation|qualification|experience)\b",
    re.IGNORECASE,
)
NAME = re.compile(
    r"(?:(?<=[a-z,] )|(?<=\())(?:\d{1,2}(?:st|nd|rd|th) )?[A-Z][\w+#]{1,20}"
    r"(?: [A-Z][\w+#]{1,20}){0,2}|(?<=[a-z,] )Go\b"
)
TOOL = re.compile(
    r"(?<![\w.&/])(?:[A-Z]&[A-Z]{1,3}|[A-Z][A-Za-z]{0,20}[A-Z0-9][\w+#]{0,12}|[A-Z]{2,6}|[A-Z]\+\+|C#|"
    r"A/B test(?:s|ing)?)(?![\w/])"
)
FIRST_NAME = re.compile(r"([A-Z][\w+#.]{1,20}) (?:or|and) ")
NO_TOOL = frozenset(
    """A1 A2 B1 B2 C1 C2 Level Start Please Our My PhD MSc BSc BA MA MBA US UK EU USA UAE OR AND THE IT HR
    CV PTO ID TV AM PM OK CI CD LLC GMBH JOB January February March April May
    June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday
    Sunday Mondays Tuesdays Wednesdays Thursdays Fridays Saturdays Sundays Year Years
    Group Team You We Our The""".split()
)
