"""Whether a text is English: the analysis knows no other language, and must not judge one.

The commonest function words tell. Those of other languages are counted too, and words of both ("no",
"as") for neither. Terse notes have hardly any; they pass unless their words look like no English ones.
"""

import re
import unicodedata

FEWEST_WORDS = 8
SURELY = 0.2  # of the words are English function words; ordinary talk has 0.4, terse notes 0.1
FEWEST_OTHERS = 2  # words of another language; one may be a name
MOST_ELSEWHERE = 0.3  # of the words of terse notes have an accent, or end in a vowel as few English ones do
MOST_FOREIGN = 0.3  # of the words are of another script; a Chinese letter counts as one
LAST_LATIN = "\u024f"

_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_]+(?:'[^\W\d_]+)*")
_APOSTROPHE = str.maketrans({"\u2019": "'"})
_ELSEWHERE = re.compile(r".*[^\x00-\x7f].*|.*[aiou]")

_BOTH = set("a an as do in me no on or so".split())
_ENGLISH = set(
    """the and to of a in that i it was we is for on with as at this be have had has by from or but not are
    they you my your our their his her its so what which who when where why how there here were been
    being because an if then than would could should can will do did does done all about out up into
    over after before them us him she these those just some any other more most also very only like get
    got go went because while between during through first now no yes well really right thing things
    know think make made want one i'm i'd i've i'll it's that's we're we'd we've don't didn't wasn't
    couldn't can't there's they're""".split()
)
_ENGLISH -= _BOTH
_OTHERS = set(
    """der die das und ist ich nicht ein eine einen einem zu den dem mit von auf für wir sie es war hatte
    haben dass auch bei nach aus wie aber oder wenn dann noch nur mein meine unser sich im zum zur
    werden wurde le la les des un une et est je que qui pas dans pour sur avec nous vous il elle mais ou
    où ce cette ces mon ma mes notre nos au aux du plus été était avait j'ai c'est donc très fait comme
    par sont el los las y en una uno por con para no se su sus lo como más pero yo mi nuestro nuestra
    fue era había muy también cuando porque esta este eso entonces hice del al o os um uma e é não eu
    meu minha nosso nossa foi com em na nas dos ao mas quando também então isso esse essa tinha fiz
    estava pela pelo muito gli di che non è sono della ho abbiamo anche più nel het een van ik niet
    dat wij op voor met zijn maar ook naar was heeft hai hain tha thi main maine ne ki ka ke ko aur nahi
    nahin kya yeh ye woh wo hum humne mera meri mere hamare hamari hamara apne apna kiya kar karna karke
    raha rahe rahi gaya gayi hua hui bhi jo jab toh phir bahut kaam liye ek usko unka iske uske ja jest
    się nie że jak był i w z do co bir ve bu için çok da och att det som jag inte på är dan yang saya
    kami ini itu dengan untuk""".split()
)
_OTHERS -= _ENGLISH | _BOTH


def looks_english(text: str) -> bool:
    """Return whether `text` is English, as far as its words tell; True if it has fewer than FEWEST_WORDS."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHE)
    words = _TOKEN.findall(plain)
    if len(words) < FEWEST_WORDS:
        return True
    if sum(word[0] > LAST_LATIN for word in words) > MOST_FOREIGN * len(words):
        return False
    english, others = (sum(word in known for word in words) for known in (_ENGLISH, _OTHERS))
    sure = english >= SURELY * len(words)
    if others >= FEWEST_OTHERS and others > (english if sure else english / 2):
        return False
    elsewhere = sum(_ELSEWHERE.fullmatch(word) is not None and word not in _ENGLISH for word in words)
    return sure or elsewhere <= MOST_ELSEWHERE * len(words)
