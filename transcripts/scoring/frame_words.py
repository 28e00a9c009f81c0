"""By which words a sentence is about how something works, or about what it means for people and money.

Cues as in content checks (cues.py): `word*` any ending, `this|that` either word, `_` up to three words,
`#` a number. Those that are partly so are worth half: everybody says "test" or "week". Of each trade there
are the words that its people do not explain to one another; where no list has a trade, long words are a hint.
"""

import re

from vivavoce.transcripts.scoring.cues import cue


def _listed(*texts: str) -> tuple[str, ...]:
    """Return the phrases of `texts`, which stand between commas."""
    return tuple(" ".join(one.split()) for text in texts for one in text.split(","))


_SOFTWARE = """
algorithm*, hash*, heap, quadratic, log k|n, o of, recursion, recursive, depth first, adjacency, back
edge, dictionary, complexity, stack, idempoten*, backoff, retries|retry, queue*, partition*, shard*,
replica*, replication, cache*, caching, index*, schema, column*, row*, backfill*, migration*, deadlock*,
race condition, constraint, api, endpoint*, latency, percentile, throughput, timeout*, times out, load
test|balancer, write|read path, pod*, node*, cluster*, container*, kubernetes, deployment*, rollback,
roll|rolled|rolling back, canary, autoscal*, pipeline*, registry, certificate*, terraform, prometheus,
probe, pool, failover, failing over, feature flag*, flag, database, postgres, redis, commit*, offset*,
parse*, serialis*, serializ*, thread*, microservice*, service, deploy*, alert*, threshold*, downstream,
upstream, config, stream, sketch*, cron job, image*, connections, primary, integers, currency field, not
null, encrypt*, token*, compiler, garbage collect*, refactor*, regression, stack trace, memory is|leak,
unit test*, dependency, headroom, capacity
"""
_MODELS = """
embedding*, retrieval, ranker*, gradient, boosted, neural, network*, two tower, feature*, training,
trained, retrain*, label*, calibrat*, logged impressions, impressions, drift*, skew, shadow deploy*,
candidate generation, multi task, auc, precision, recall, loss function, confidence interval*, statistical
power, no power, sample size, novelty effect, false positive*, variance, overfit*, regulari*, quantis*,
quantiz*, gpu*, cpu, batching, inference, objective, weighted sum, reweight*, score distribution, serving
time, transformer*, cross validat*, hyperparameter*, baseline, ndcg, two model*|three model*, model
outputs, significan*, p value
"""
_CLINICAL = """
tachy*, brady*, hypo*, hyper*, febrile, oliguric, saturation*, sats, titrat*, intravenous*, lactate,
cultures, analgesi*, opioid*, morphine, naloxone, furosemide, noradrenaline, bolus*, infusion*, catheter*,
drain*, ileus, white count, septic, sepsis, antibiotics, fibrillation, troponin, crackles, oedema, edema,
respiratory rate, observations, ulcer*, deteriorat*, fluid balance, controlled drugs, readmission*, wound
infection, registrar, post op, sedation, room air, litres, contraindicat*, anticoagula*, thrombo*, two
hourly, differential, intubat*, mobility, discharge, assessed
"""
_BOOKS = """
accru*, ledger*, subledger, reconcil*, impair*, provision*, deferred, amortis*, amortiz*, depreciat*,
recognise*, recognize*, recognition, balance sheet, cut off, cutoff, allowance, receivable*, payable*,
credited, debit*, contract liabilit*, liabilit*, performance obligation*, transaction price, selling
price, retained earnings, temporary difference*, standard, ifrs, gaap, inventory, cost of sales, trial
balance, suspense, intercompany, eliminat*, consolidat*, posted, dispatch notes, period, expected credit,
profit and loss, control passes|passed, hasn't passed, ex works, auditor*, discount rate, obligation
"""
_OTHER_TRADES = """
tolerance*, torque, load bearing, spectr*, titration, assay*, protocol*, statute*, precedent*, liability
clause, curricul*, formative, phonics, yield strength, voltage, circuit*, resistance, finite element*,
simulation*, specification*, methodolog*, regress*, coefficient*, hydrat*
"""
TECHNICAL = cue(_listed(_SOFTWARE, _MODELS, _CLINICAL, _BOOKS, _OTHER_TRADES))
_PARTLY_TECHNICAL = """
model*, data, code, system*, server*, test*, metric*, software, bug*, error*, memory, experiment, release,
log*, table*, query, queries, scan*, dose*, oxygen, drip, blood pressure, invoice*, entry, entries,
margin, estimate*, estimates, tax, rate, node, keys, threshold, samples, probability, ecg, bloods, booked,
recalculated
"""
PARTLY_TECHNICAL = cue(_listed(_PARTLY_TECHNICAL))
_BUSINESS = """
customer*, user*, client*, member*, famil*, recruiter*, companies, the company, partner*, money, revenue,
profit*, budget, cost|costs _ us|money|more|people|month, save|saves|saved|saving, pay|pays|paid|paying,
paid for itself, earn*, euros|dollars|pounds, thousand a month, bonus, commission, spend|spends|spending,
sell|sells|sales, deal, marketing, campaign, competition, complain*, unsubscribe*, trust, happy, annoyed,
angry, reassur*, upset, satisf*, goodwill, good name, bad press, embarrassing, for you|her|him|them
it|that, for you, means for|that, it means, you get|save|lose|wait|pay|call|would get|will get, give you,
tell you, your customers, your
wife|husband|mother|father|son|daughter|dad|mum|mom|team|bonus|money|commission|people, hold her|his hand,
safe, painkiller, feel|feels|felt dizzy|better|worse|personal, wait|waits|waiting, gives up, give up, stay
and, come back, risk, hire*, lose people|time|them|us|money|the, calls|call and|you|her|him|them|three,
worry, worries, visit*, profitable, in support, shop, buy, baskets, hear|hears back, found|find work,
applications, the business, their money|mother|father|evenings|time|bonus, the members, look|looks for
work
"""
BUSINESS = cue(_listed(_BUSINESS))
_PARTLY_BUSINESS = """
people, everybody, everyone, nobody, somebody, a week, an hour, a day, half a year, weeks, minutes, hours,
imagine, simply, today, at once, ready, sorry, you, your, the day, a month, of work, sooner, worth,
promise*, the money, cheaper, easier, faster, colleague*, hospital, boss, home, son, neighbour*,
neighbor*, thought of, what they got
"""
PARTLY_BUSINESS = cue(_listed(_PARTLY_BUSINESS))
# Long words that are nobody's everyday ones: a hint in trades that no list has.
LEARNED = re.compile(
    r"(?<!\w)(?!understand|everything|everybody|everywhere|interest|conversation|complain|immediate|embarrass|"
    r"responsib|disappoint|competition|organi|information|neighbour|colleague|appreciat|unsubscrib|afterwards|"
    r"wonder|application|opportunit|relationship|experience|grand|management|department|comfortab|expensive|"
    r"eventually|altogether|customer|straight|important|differen|particular|unfortunate|communicat|something)"
    r"[a-z]{11,24}(?!\w)",
    re.IGNORECASE,
)
ACRONYM = re.compile(
    r"(?<!\w)(?!OK\b|TV\b|US\b|UK\b|EU\b|CEO\b|HR\b|PM\b|AM\b|MAY\b)[A-Z][A-Z0-9]{1,5}(?!\w)"
)

_PARTNER = (
    r"\b(?:product (?:manager|partner|owner|side)|partner|head of|director|finance|sales|customers?|clients?|"
    r"daughter|son|husband|wife|famil(?:y|ies)|relatives?|parents?|owner|board|investors?|executives?|"
    r"stakeholders?|support lead|customer care|marketing|lay ?person|grandmother|"
    r"non-?technical|without a technical|plain (?:words|english)|(?:somebody|someone) who (?:pays|sells)|"
    r"(?:doesn't|does not) (?:write code|know|read)|knows? nothing|has never \w{1,20})\b"
)
_TELLING = (
    r"\b(?:how (?:do|would|will|might|could) you (?:put|tell|explain|answer|say|describe|present|pitch|"
    r"justify|sell)|"
    r"what (?:do|would|will|might) you (?:tell|say)|"
    r"(?:say|tell|explain|describe|put) (?:it|this|that|the same)(?: once more| again)? (?:for|to)|"
    r"explain [^.?!]{1,60} to (?:a|an|the|your|our|somebody|someone)|"
    r"what (?:does|do|would) (?:he|she|they) need to know)\b"
)
PARTNER = re.compile(_PARTNER, re.IGNORECASE)
TELLING = re.compile(_TELLING, re.IGNORECASE)
BY_THE_CRAFT = re.compile(
    r"\b(?:(?:technical|clinical|medical|accounting|engineering|legal|scientific|professional) "
    r"(?:reasons?|grounds|terms|arguments?|point of view)|"
    r"as an? (?:engineer|nurse|doctor|accountant|scientist)|"
    r"(?:with|to) (?:another|a fellow) (?:engineer|developer|nurse|doctor|accountant|scientist|teacher|"
    r"lawyer|analyst|architect|designer|technician)|under the hood|works? inside|"
    r"somebody of your (?:own )?trade|(?:defend|justify|argue) [^.?!]{1,60} technically)\b",
    re.IGNORECASE,
)
SIDE_OF_BUSINESS = re.compile(
    r"\b(?:product (?:manager|side|partner|owner)|the business|the budget|for customers|"
    r"(?:i'm|i am) (?:not|no) an? (?:engineer|nurse|accountant|developer|doctor|technician)|"
    r"don't know your (?:trade|field)|sales (?:lead|manager)|finance (?:lead|partner|manager))\b",
    re.IGNORECASE,
)
SIDE_OF_CRAFT = re.compile(
    r"\b(?:as to a colleague|under the hood|of your own trade|how the parts work|"
    r"(?:staff|principal|senior|software|data|machine.learning) "
    r"(?:engineer|scientist|architect|developer))\b",
    re.IGNORECASE,
)
EXPLAINS = re.compile(
    r"\b(?:that is|that's|which is|which means|meaning|in other words|basically|"
    r"think of|like an?|so to speak)\b",
    re.IGNORECASE,
)
