"""The words by which talk that moves on is told from talk that does not, a setting, and an end. Data."""

import re

from vivavoce.transcripts.story.star import DOING

CONTENT = re.compile(r"[a-z][a-z']{2,}|\d+(?:[.,]\d+)*%?", re.IGNORECASE)
COMMON = frozenset(
    """about after again all also always and another any anything are around back because been before being
    between both but came can come could did does doing done don't down each even every everybody
    everything few
    first for
    from get gets getting give going gone got had has have having her here him his how into its it's i'm
    i've just
    kept kind know let like little long look lot made make many maybe mean means more most much need never
    not
    nothing now off okay one only other our out over people put quite really right said same say see she
    should so
    some somebody something sort still such sure take tell than that that's the their them then there
    there's these
    they they're thing things think this those time told too took two up use very want wanted was way well
    were what
    when where which while who whole why will with would yeah year years yes you your""".split()
)
FILLER = re.compile(
    r"\b(?:u+[mh]+|e+r+m*|h+m+|you know|i mean|kind of|sort of|basically|actually|literally|like|"
    r"i guess|i think|"
    r"i suppose|maybe|probably|or something|and stuff|and so on|whatever|obviously|honestly|to be honest|"
    r"i don't know|if that makes sense|right|yeah|so yeah|anyway)\b",
    re.IGNORECASE,
)
AGAIN = re.compile(
    r"\b(?:like i said|as i said|as i mentioned|i already|again|in other words|basically|what i mean|"
    r"what i'm (?:trying to say|saying)|at the end of the day|the point is|that is to say|so yeah|"
    r"all in all|"
    r"as you can (?:see|imagine)|once more)\b",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"\b(?:by the way|speaking of|that reminds me|funny (?:story|thing|enough)|anyway|side note|"
    r"on that note|"
    r"don't get me started|which is another|my (?:wife|husband|kids?|dog|cat|brother|sister|friend|"
    r"neighbou?r)|"
    r"you should see|fun fact|i love|i hate|personally i)\b",
    re.IGNORECASE,
)
GENERAL = re.compile(
    r"\b(?:always|usually|generally|in general|people|everyone|everybody|companies|nowadays|"
    r"these days|is|are|"
    r"it's|that's|there's|you (?:have|need|can|want|get|always|never)|every time|tend to|often|"
    r"sometimes)\b",
    re.IGNORECASE,
)
OWN = re.compile(rf"\b(?:i|we) {DOING}", re.IGNORECASE)
PAST = re.compile(
    r"\b(?:(?!need|feed|indeed|hundred|speed|exceed|used to)\w{2,}ed|was|were|had|went|fell|rose|came|became|"
    r"said|told|knew|lost|thought|heard|felt|understood|forgot|meant|cost|quit|blew|shook|woke|lay|sought|began|turned|kept|"
    r"got|gave|took|made|found|wrote|saw|ran|stood|held|left|brought|sent|built|put|set|cut|grew|showed|paid|met|"
    r"spoke|chose|broke|froze|drew|drove|taught|sold|spent|won|led)\b",
    re.IGNORECASE,
)
HAPPENED = re.compile(
    rf"\b(?:he|she|they|it|[a-z]+) {DOING}|\b(?:said|asked|agreed|refused|replied|noticed|realised|"
    rf"realized)\b",
    re.IGNORECASE,
)
ENDS = re.compile(  # words of an end, each of which may mean something else
    r"%|\d|\b(?:as a result|result(?:s|ed)?|outcome|in the end|ended up|at the end|eventually|ultimately|"
    r"finally|success\w*|succeed\w*|led to|meant that|turned out|thanks to|allow(?:ed|ing)|enabl(?:ed|ing)|"
    r"help(?:ed|ing)|able to|could now|now|today|since then|ever since|still|later|no longer|achiev\w+|"
    r"accomplish\w*|complet(?:ed|ion)|finish(?:ed)?|delivered|on time|ahead of|deadline|won|pass(?:ed)?|"
    r"graduat\w+|promot\w+|prais\w+|thank\w*|appreciat\w+|happy|satisf\w+|impress\w+|pleased|proud|feedback|"
    r"lik(?:ed|es)|loved|recogni[sz]\w+|award\w*|grade|score[ds]?|adopt\w+|roll(?:ed)? out|went live|"
    r"launch\w*|shipped|approv\w+|agreed|agreement|compromise|consensus|resolved|reconcil\w+|solved|fixed|"
    r"saved|sav(?:ing|es)|improv\w+|increas\w+|decreas\w+|reduc\w+|dropped|fell|rose|grew|went (?:up|down|"
    r"well|smoothly|through)|worked (?:out|well|fine)|doubled|halved|better|faster|fewer|less|higher|lower|"
    r"easier|stronger|smooth\w*|confiden\w+|gained|became|comfortable|ready|productive|effective|learn(?:ed|"
    r"t)|lesson|taught me|experience|since|after that|ever again|in (?:place|use)|apologi[sz]\w*|no (?:more|"
    r"further)|half|twice|third|quarter|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|"
    r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)\b",
    re.IGNORECASE,
)
SETTING = re.compile(
    r"\b(?:years?|months?|weeks?) ago\b|"
    r"\blast (?:year|spring|summer|autumn|fall|winter|month|week|quarter)\b|"
    r"\bin (?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"(?:19|20)\d\d)\b|\bwhen i (?:was|worked|joined|started)\b|"
    r"\bin my (?:first|second|third|last|previous|current|final) \w+\b|"
    r"\b(?:at|in|for|with) (?:my|our|a|an|the) (?:\w+ ){0,3}(?:company|firm|bank|school|clinic|hospital|"
    r"ward|restaurant|kitchen|hotel|shop|store|office|factory|agency|start-?up|team|department|university|"
    r"library|warehouse|plant|bakery|garage|pharmacy|practice|job|internship|farm|canteen|museum|site|lab)\b|"
    r"\bon (?:my|our|a|the) (?:\w+ ){0,2}(?:ward|farm|site|shift)\b|"
    r"\b(?:at|in|of|on) (?:(?:big|small|old) )?(?:school|hospital|restaurant|hotel|factory|warehouse|bakery|"
    r"university|supermarket|\w+ farm)\b|"  # without an article, as many say in a second language
    r"\bi was (?:a|an|the|working|leading)\b|\bi am (?:caring|working) (?:for|in|at|as)\b|"
    r"\bi (?:ran|managed|worked|opened|founded) (?:at|for|in|as|the|a|an|my)\b|"
    r"\bas (?:a|an|the) (?:\w+ ){0,2}(?:lead|manager|nurse|teacher|cook|chef|clerk|engineer|accountant|"
    r"intern|student|developer|designer|analyst|assistant|supervisor|cashier|driver|trainee)\b",
    re.IGNORECASE,
)
