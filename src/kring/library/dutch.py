"""Dutch words as the readability checker needs them: verbs with their forms, negations, jargon. Closed lists, written for short items."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


INFINITIVES = _words("""
aankijken afmaken antwoorden appen babbelen bedenken bedreigen beginnen begrijpen behoren bellen beloven bemoeien benoemen bepalen
beschrijven besluiten bespreken betekenen bewegen bijten blijken blijven bouwen breken brengen dagen dansen delen denken draaien dragen
dreigen duren durven duwen dwingen eten evalueren fietsen fluisteren gebeuren gebruiken geloven genieten geven gooien groeien groeten
halen helpen herkennen hopen horen houden huilen ingrijpen inleveren inspannen invullen jagen kennen kiezen kijken klagen kletsen
klimmen kloppen knijpen knuffelen koken kosten krijgen kunnen lachen laten leggen leiden lenen leren letten leven lezen liegen liggen
lijken lopen lossen luisteren lukken maken meedoen meespelen meewerken melden merken missen moeten mopperen nemen nodigen noemen
observeren oefenen ontspannen ontwijken openen opletten oppassen opruimen overleggen pakken passen pesten piekeren plagen plannen praten
proberen raken reageren rekenen rennen roddelen roepen rondlopen ruilen ruimen rusten samenwerken schamen schelden schieten schoppen
schreeuwen schrijven schrikken slapen sluiten snappen spelen spreken spugen stampen stappen staren starten stelen stellen steunen
stinken stoeien stoppen storen stoten studeren sturen tekenen tellen tikken trainen trekken trillen troosten uitlachen uitleggen
uitnodigen uitschelden vallen vechten verbieden vergeten verliezen vernielen verschillen verstaan vertellen vertrouwen vervelen
verwachten verwijten verzinnen vieren vinden voelen voeren volgen voorkomen voorlezen vragen wachten wandelen wassen weigeren wennen
wensen werken weten wijzen winnen wisselen wonen zeggen zetten zeuren zingen zitten zoeken zorgen zuchten zwijgen
""")
IRREGULAR_PRESENT = _words("""
antwoord begeleid begeleiden begeleidt ben bent betekent doe doen doet fluister fluistert ga gaan gaat heb hebben hebt heeft hoef hoeft
hoeven is kan kom komen komt kun kunt luister luistert mag moet mogen mopper moppert oefen oefent open opent pieker piekert schaam
schaamt sla slaan slaat sta staan staat teken tekent vertel vertelt wandel wandelt weiger weigert wil willen wilt word worden wordt zal
zie zien ziet zijn zullen zult
""")
IRREGULAR_PAST = _words("""
at aten begon begonnen bleef bleven bracht brachten dacht dachten deden deed droeg droegen gaf gaven ging gingen had hadden hield
hielden hielp hielpen keek keken kocht kochten kon konden koos kozen kreeg kregen kwam kwamen lag lagen las lazen liep liepen logen loog
mocht mochten moest moesten nam namen riep riepen schold scholden schreef schreven schrok schrokken sliep sliepen sloeg sloegen sprak
spraken stond stonden trok trokken vergat vergaten verloor verloren viel vielen vocht vochten vond vonden vroeg vroegen waren was werd
werden wilde wilden wist wisten won wonnen wou zag zagen zat zaten zei zeiden zocht zochten zou zouden zweeg zwegen
""")
NEGATIONS = _words("""
evenmin geen nauwelijks nergens niemand niet niets niks nimmer noch nooit zonder
""")
ASK = _words("""
bedenk bedenken bedenkt hoor hoort horen kijk kijken kijkt merk merken merkt snap snappen snapt vertel vertellen vertelt vind vinden
vindt vraag vraagt vragen weet weten zeg zeggen zegt zie zien ziet
""")
SUBJECTS = _words("""
dat de deze die dit een elk er haar het hij iedereen iemand iets ik je jij jullie mijn ons onze u we wie wij ze zij zijn
""")
BEFORE_NOUNS = _words("""
de dit een elk elke extra geen haar het hun ieder iedere jouw mijn onze te uw veel welk welke
""")
NOT_NEGATIVE = ("ons", "onze", "onszelf", "online", "onlangs", "ongeveer", "onmiddellijk", "onweer")
NEGATIVE_ONT = ("ontevreden", "ontrouw", "ontoe")
JARGON = _words("""
adequaat affectief aspect aspecten cognitief cognitieve competentie competenties constructief constructieve curatief diagnose
diagnostiek didactisch didactische diversiteit effectief executieve expliciet externaliserend externaliserende facet faciliteren
functioneert functioneren fysiek handelingsgericht implementatie implementeren impliciet inadequaat indicatie integraal integrale
internaliserend internaliserende interventie interventies motorisch normatief optimaal optimaliseren participatie participeert
participeren perspectief preventief problematiek psychosociaal psychosociale relationeel responsief sensitief signaleren significant
sociaal-emotioneel sociaal-emotionele stagneert stagneren stimuleert stimuleren transparant zelfredzaam zelfredzaamheid zelfregulatie
zelfsturing
""")
HARD_FOR_CHILDREN = _words("""
begeleider begeleiding benadering communicatie communiceren concentratie concentreer concentreren conflict conflicten discriminatie
discrimineert discrimineren doorgaans echter eigenschap eigenschappen emotie emoties emotioneel ervaar ervaren ervaring functie
gezamenlijk indien individueel informatie intimideert intimideren mentaal momenteel motivatie negatief negeert negeren omgeving
onderling ondersteunen ondersteuning ondersteunt ontwikkeling plezierig positief prestatie presteer presteren regelmatig relatie
relaties sfeer situatie situaties sociaal sociale stress tevens thuissituatie uitsluiten vermijd vermijden verwachting welbevinden
zelfbeeld zelfvertrouwen zodoende
""")
HARD_FOR_GROEP_5 = HARD_FOR_CHILDREN | _words("""
docent gedrag leerkracht leerkrachten respect respecteren respecteert zelfstandig
""")

VOWELS = "aeiouyàáâäèéêëìíîïòóôöùúûü"


def stem(infinitive: str) -> str:
    """What the first person says: spelen → speel, pakken → pak, geven → geef, lezen → lees."""
    bare = infinitive.removesuffix("en")
    if bare[-1] == bare[-2]:
        bare = bare[:-1]
    elif len(bare) > 2 and bare[-2] in "aeou" and bare[-1] not in VOWELS and bare[-3] not in VOWELS:
        bare = bare[:-2] + bare[-2] * 2 + bare[-1]
    return bare[:-1] + {"v": "f", "z": "s"}.get(bare[-1], bare[-1])


def _present(infinitive: str) -> set[str]:
    own = stem(infinitive)
    return {infinitive, own, own if own.endswith("t") else own + "t"}


def _past(infinitive: str) -> set[str]:
    """The regular past: after a voiceless sound of the infinitive te, otherwise de."""
    voiceless = infinitive.removesuffix("en").endswith(("t", "k", "f", "s", "ch", "p"))
    ending = "te" if voiceless else "de"
    return {stem(infinitive) + ending, stem(infinitive) + ending + "n"}


PRESENT = IRREGULAR_PRESENT.union(*map(_present, INFINITIVES))
PAST = IRREGULAR_PAST | frozenset().union(*map(_past, INFINITIVES)) - PRESENT
FINITE = PRESENT | PAST


def is_negative(word: str) -> bool:
    """niet, geen, nooit …, or a word that denies with on- (oneerlijk, onveilig) or -loos (hopeloos)."""
    if word in NEGATIONS or word.startswith(NEGATIVE_ONT):
        return True
    denies = len(word) > 4 and word.startswith("on") and not word.startswith("ont")
    harmless = word in NOT_NEGATIVE or word.startswith("onder")
    return (denies and not harmless) or (len(word) > 6 and word.endswith("loos"))


def is_participle(word: str) -> bool:
    """gepest, uitgescholden, bedreigd, vergeten: a verb as it stands after worden."""
    for front in ("uit", "op", "af", "mee", "aan", "buiten", "in", "weg", "voor", "na", "over", "toe"):
        if word.startswith(front + "ge"):
            word = word.removeprefix(front)
    if word.startswith("ge"):
        return len(word) > 4 and word.endswith(("d", "t", "en")) and word not in {"geluid", "gezicht", "geld", "getand", "geduld", "gebied"}
    return len(word) > 5 and word.startswith(("be", "ver", "her", "ont")) and word.endswith(("d", "t", "en"))
