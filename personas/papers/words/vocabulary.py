"""Words that tell a title from an employer, an employer from a place, and one section from another."""

import re

LEVELS = ("intern", "junior", "middle", "senior", "lead", "head")  # of seniority, the lowest first


def words(text: str) -> frozenset[str]:
    """Return the words of `text`."""
    return frozenset(text.split())


TITLES = words(
    """accountant accountants actor actuary acquirer administrator adviser advisor agent aide analyst animator
    apprentice arborist architect archivist artist assembler assistant associate attendant attorney auditor
    baker banker barber barista barrister bartender beautician biochemist biologist bookkeeper bricklayer
    broker builder butcher buyer caregiver carer caretaker carpenter cashier chair chairman chairwoman
    cameraman ceo cfo chef chemist chief choreographer cleaner clerk clinician co-founder coach commis
    commissioner conductor conservator consultant contractor controller cook coo coordinator co-ordinator
    copywriter counsel counsellor counselor courier cto curator custodian dancer dealer dean dentist deputy
    designer detective developer dietician dietitian director dispatcher doctor docent driver ecologist
    economist editor electrician engineer estimator evangelist examiner executive expert fabricator
    facilitator farmer fellow firefighter fitter florist foreman founder freelancer fundraiser gardener
    geologist
    geographer guard guide hairdresser handyman head headteacher historian host hostess housekeeper hygienist
    illustrator inspector installer instructor intern internship interpreter interviewer inventor investigator
    janitor journalist judge keeper labourer laborer lawyer lead leader lecturer legal librarian lifeguard
    linguist locksmith machinist maitre maker manager marketer marshal mason masseur mechanic mediator mentor
    merchandiser merchant metallurgist meteorologist midwife miller moderator musician nanny negotiator
    notary nurse nutritionist officer operative operator optician optometrist organiser organizer owner packer
    painter paralegal paramedic partner pastor pathologist pharmacist photographer physician physicist
    physiotherapist picker pilot plasterer plumber podiatrist policeman porter postdoc prefect president
    principal printer producer professor programmer promoter proofreader psychologist psychiatrist publicist
    radiographer radiologist ranger realtor receptionist recruiter registrar rep representative reporter
    researcher retoucher reviewer roofer sailor salesman salesperson scholar scientist scrum secretary
    sergeant server setter shepherd sister sociologist solicitor soldier sommelier sonographer specialist
    statistician
    steward student stewardess stylist superintendent supervisor surgeon surveyor tailor teacher technician
    technologist teller tester therapist trader trainee trainer translator treasurer tutor undersecretary
    underwriter vet veterinarian videographer volunteer vp waiter waitress warden warehouseman welder worker
    writer werkstudent werkstudentin leiter leiterin projektleiter projektleiterin bauleiter bauleiterin
    entwickler entwicklerin ingenieur ingenieurin berater beraterin sachbearbeiter sachbearbeiterin
    kaufmann kauffrau pfleger krankenschwester pflegefachkraft lehrer lehrerin referent referentin
    geschäftsführer geschäftsführerin mitarbeiter mitarbeiterin assistent assistentin praktikant praktikantin
    techniker technikerin meister zimmerer tischler elektriker koch köchin verkäufer verkäuferin
    ingénieur développeur responsable chargé directeur directrice infirmière infirmier professeur
    ingeniero desarrollador gerente profesor profesora enfermera contador abogado abogada sre swe sdr bdr
    hilfskraft auszubildende auszubildender doktorand doktorandin rn lpn cna rgn captain lieutenant corporal
    colonel commander planner scheduler grower brewer distiller roaster dishwasher phlebotomist strategist
    modeller adjuster appraiser assessor bursar chaplain matron rector constable deckhand skipper purser
    loader rigger scaffolder glazier upholsterer tiler joiner seamstress jeweller correspondent columnist
    presenter broadcaster singer violinist cellist organist comptroller helper actress composer pâtissier
    pâtissière cuisinier cuisinière cheffe serveur serveuse vendeur vendeuse comptable assistante
    gestionnaire technicien technicienne consultante stagiaire collaborateur collaboratrice avocat avocate
    conseiller conseillère formateur formatrice médecin pharmacien chargée ingénieure enfermero camarera
    camarero cocinero vendedor ingeniera medewerker verpleegkundige disponent
    disponentin jurist juristin postdoktorand trainee"""
)
RANKS = words(
    """senior junior sr jr staff principal lead head chief assistant associate deputy interim trainee graduate
    student registered certified licensed visiting adjunct acting executive vice regional global freelance"""
)
LEGAL = words(
    """inc llc llp ltd limited plc gmbh ag kg ohg ug se sa sas sarl srl spa bv b.v nv n.v oy ab as a/s aps pty
    corp corporation incorporated co company kgaa e.v ev lp pc pllc s.a s.l sl s.r.l"""
)
INSTITUTIONS = words(
    """academy agency airlines airways analytics associates association authority bakery bank biotech bistro
    board borough brothers bureau café cafe capital care center centre charity church city clinic club college
    committee commission community consulting council court county dental district dynamics
    energy enterprises express factory farm farms federation fertigung financial firm foods foundation fund
    garage gallery gardens government group gymnasium healthcare health holding holdings home homes hospice
    hospital hotel house industries infirmary institute institut insurance international klinik klinikum
    kindergarten kitchen lab laboratories laboratory labs library logistics manufacturing market media
    medical memorial mill ministry motors museum mutual network networks nhs office orchestra parish partners
    partnership pharma pharmacy plumbing practice press products properties publishing railway railways
    resort restaurant retail robotics robotik school schule schools services software solutions sons stadt
    stadtwerke state store stores studio studios superstore supermarket surgery systems tech technologies
    technology telecom theatre theater transport trust universität university université universidad ventures
    werke works hochschule fachhochschule verlag anlagenbau bau hochbau maschinenbau zimmerei"""
)
DEPARTMENTS = words(
    """accounting acute admissions ai analytics apac applications audit automation backend billing business
    claims cloud commercial communications compliance content corporate critical customer cyber data
    department dept digital emea emergency engineering experience feed finance fintech frontend fullstack
    growth hr icu infrastructure innovation intensive it leasing litigation logistics maternity marketing
    medicine mobile ml ms nlp oncology operations paediatrics pediatrics people platform policy pricing
    procurement product production public purchasing quality r&d ranking recruitment relations reliability
    research risk sales search security strategy supply surgery surgical talent tax team theatre treasury
    trauma unit ward wards web mathematics english science history music art chemistry physics biology
    geography structures bridges highways telemetry maintenance facilities legal retail wholesale imaging
    cardiology neurology orthopedics orthopaedics psychiatry outpatients endoscopy logistics outbound inbound
    events partnerships networks payments identity search observability robotics firmware hardware"""
)
COUNTRIES = words(
    """usa us u.s uk u.k england scotland wales ireland germany deutschland austria österreich
    switzerland schweiz
    france spain españa italy italia portugal netherlands belgium denmark sweden norway finland poland czechia
    romania hungary greece turkey india china japan korea singapore australia canada mexico brazil argentina
    chile nigeria kenya ghana egypt israel ukraine uae"""
)
PLACES = words(
    """remote hybrid onsite on-site usa us u.s.a u.s uk u.k england scotland wales ireland germany deutschland
    austria österreich switzerland schweiz france spain españa italy italia portugal netherlands belgium
    denmark sweden norway finland poland czechia romania hungary greece turkey india china japan korea
    singapore australia canada mexico brazil brasil argentina chile nigeria kenya ghana egypt israel
    luxembourg ukraine jordan lebanon uae dubai london manchester birmingham leeds glasgow edinburgh bristol
    cardiff belfast dublin cork liverpool sheffield oxford cambridge berlin hamburg munich münchen köln
    cologne frankfurt stuttgart düsseldorf leipzig dresden vienna wien linz graz zurich zürich geneva basel
    bern paris lyon marseille toulouse madrid barcelona valencia lisbon lisboa porto rome roma milan milano
    amsterdam rotterdam utrecht antwerp brussels copenhagen stockholm oslo helsinki warsaw prague budapest
    athens istanbul moscow kyiv delhi mumbai bangalore bengaluru hyderabad pune chennai beijing shanghai
    shenzhen tokyo seoul sydney melbourne brisbane perth auckland toronto vancouver montreal ottawa chicago
    boston seattle austin dallas houston denver atlanta miami philadelphia phoenix portland detroit
    minneapolis nashville charlotte pittsburgh baltimore lagos nairobi accra cairo johannesburg amman beirut
    california texas florida ohio oregon washington massachusetts michigan illinois georgia virginia colorado
    minnesota arizona pennsylvania bavaria bayern ontario quebec"""
)
STATES = words(
    """AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND
    OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC ON QC BC AB UK USA US NSW VIC QLD"""
)
SPOKEN = words(
    """english german french spanish italian portuguese dutch arabic hebrew hindi urdu bengali punjabi tamil
    telugu mandarin cantonese chinese japanese korean russian ukrainian polish czech hungarian romanian greek
    turkish norwegian swedish danish finnish irish welsh gaelic yoruba igbo hausa swahili farsi persian thai
    vietnamese indonesian tagalog catalan deutsch englisch französisch spanisch italienisch türkisch
    russisch polnisch français anglais allemand espagnol español inglés alemán português"""
)
BIG_CITIES = ("new york", "san francisco", "los angeles", "san diego", "san jose", "st. paul", "hong kong")
_SPLIT = re.compile(r"[^\w&.'/\u2019-]+")
_GERMAN_TITLE = re.compile(
    r"\w{3,30}(?:leiter|leiterin|ingenieur|ingenieurin|entwickler|entwicklerin|"
    r"meister|techniker|halter|halterin|angestellte|angestellter|fachkraft|verkäufer|verkäuferin|arbeiter|"
    r"arbeiterin|erzieher|erzieherin|arzt|ärztin|forscher|forscherin|schreiber|schreiberin|technikerin|"
    r"pfleger|lehrer|berater|kaufmann|kauffrau|mitarbeiter|mitarbeiterin|anwalt|anw\u00e4ltin|manager|"
    r"managerin|assistent|assistentin)"
)
_ONLY_TITLES = TITLES - INSTITUTIONS
_FIRM = re.compile(r"(?:&|and|und) (?:Partners?|Sons?|Associates|Brothers|Co)\b")
_SMALL_WORD = re.compile(r"\b(?:as|se|ab|co|company|lp|it|sa|nv|no)\b")
_MAKER = re.compile(r"[a-z]{3,20}(?:ologist|ographer|keeper|maker|worker|master|smith|ician|wright)")


OWN_MASTER = re.compile(
    r"(?:self[- ]employed|freelance|selbst\u00e4ndig|freiberuflich|ind\u00e9pendante?)", re.I
)
MOST_NAME_WORDS = 9
_SMALL = frozenset(
    "of and the for in at to de la le du des der die das von für am im an a & y e et with".split()
)
_OF_SENTENCE = re.compile(
    r"\b(?:we|you|our|your|i|my|they|is|are|was|were|will|would|have|has|that|which|who|must|should|"
    r"believe)\b|"
    r"[.!?]\s+[A-Z][a-z]+\s+[a-z]|[a-z]{4}[.!?]$"
)


def plain(text: str) -> list[str]:
    """Return the words of `text` in lower case, without punctuation around them."""
    return [word.strip(".-'/\u2019").lower() for word in _SPLIT.split(text) if word.strip(".-'/\u2019&")]


def title_score(text: str) -> float:
    """Return how much `text` looks like the title of a position: 0 for not at all, up to 4."""
    found = plain(text.split(",")[0].split("(")[0])
    if not found or _FIRM.search(text):
        return 0
    is_title = [
        bool(word in TITLES or _GERMAN_TITLE.fullmatch(word) or _MAKER.fullmatch(word)) for word in found
    ]
    score = 3.0 if is_title[-1] else 2.5 if is_title[0] else 2.0 if any(is_title) else 0.0
    if score and len(found) > 2 and re.search(r"\b(?:of|for|de|to|en|der)\b", text) and any(is_title[:3]):
        score = max(score, 3.0)
    ranked = found[0] in RANKS
    return score + 0.6 * ranked


def employer_score(text: str) -> float:
    """Return how much `text` looks like the name of an employer: 0 for not at all, up to 5."""
    found = plain(text)
    as_names = {*plain(_SMALL_WORD.sub(" ", text))}  # "as", "se" and "company" are words of sentences, too
    score = 4.0 * any(word in LEGAL and word in as_names for word in found[1:])
    is_title = bool(found) and found[-1] in _ONLY_TITLES and not _FIRM.search(text)
    score += 2.0 * (not is_title and any(word in INSTITUTIONS for word in found))
    score += 0.8 * bool(re.search(r"\w & [A-Z]|\w and Sons\b", text))
    return score + 0.3 * (found[:1] == ["the"])


def is_name(text: str) -> bool:
    """Whether `text` may be the name of somebody who employs, or a title: no sentence, no piece of one."""
    found = text.split()
    if not found or len(found) > MOST_NAME_WORDS or _OF_SENTENCE.search(text):
        return False
    first = found[0]
    if first[0].islower() and (first in _SMALL or len(found) > 3):
        return False
    small = [word for word in found if word[0].islower() and word not in _SMALL]
    return len(small) <= len(found) / 2


def is_place(text: str) -> bool:
    """Whether `text` is the name of a place that is known, or is written like one."""
    bare = text.strip(" .,()")
    found = plain(bare)
    if not found or len(found) > 5:
        return False
    if bare in STATES or bare.lower() in BIG_CITIES or re.fullmatch(r"[A-Z]{2} \d{5}", bare):
        return True
    pieces = [piece.strip() for piece in re.split(r"[,/]", bare)]
    if len(pieces) == 2 and pieces[1][:2] in STATES and re.fullmatch(r"[A-Z]{2}(?: \d{5})?", pieces[1]):
        return len(found) <= 4
    pieces = [piece.lower() for piece in pieces]
    return all(piece in PLACES or piece in BIG_CITIES for piece in pieces) or (
        len(pieces) == 2 and pieces[1] in COUNTRIES and len(found) == 2
    )


def is_department(text: str) -> bool:
    """Whether `text` is a part of an employer rather than one."""
    return any(word in DEPARTMENTS for word in plain(text))


_NO_LEADERS = words("product account project case content community property relationship category brand")


def level(title: str, years: int = 0) -> str:
    """Return which of LEVELS a title has, or years of work where it does not say; "" where neither does."""
    found = {*plain(title)}
    cues = (
        (
            "head",
            "head director chief vp president ceo cto cfo coo partner principal dean founder leiter leiterin",
        ),
        (
            "lead",
            "lead leader manager supervisor sister foreman staff superintendent projektleiter",
        ),
        ("senior", "senior sr charge controller"),
        ("intern", "intern internship apprentice trainee werkstudent praktikant praktikantin"),
        ("junior", "junior jr graduate entry assistant"),
    )
    named = next((name for name, those in cues if found & words(those)), "")
    if "manager" in found and not found.isdisjoint(_NO_LEADERS):
        named = next((name for name in ("senior", "junior") if {name, name[:2]} & found), "")
    if named == "lead" and "staff" in found and not {"engineer", "scientist", "developer"} & found:
        named = ""
    if named or not years:
        return named
    return "junior" if years < 3 else "middle" if years < 7 else "senior"
