"""“Waar vind ik …”: the pages of the own menu and the help, by their words and by other words for the same."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_noop

from kring.core.access import FAMILY, PARTNERS, Record, Role, Verb, rule_of
from kring.core.finding import Question
from kring.core.mail import gets_mail
from kring.library.help import Article, HelpText, Reader, articles
from kring.web.finding.queries import fitting
from kring.web.page import NAV
from kring.web.schools.models import Membership

OTHER_WORDS: Mapping[str, str] = {
    "home": gettext_noop("begin start mijn week zorgoverzicht overzicht eerste bladzijde"),
    "groups": gettext_noop(
        "klas klassen leerlingen uitkomsten sociogram rapport bestanden inlezen inlogkaarten tablet code in de klas foto foto's "
        "plattegrond zitplaats plaatsen tafels tafelgroepen werkgroepjes groepsplan clusters activiteitenplan invaller "
        "gedrag begrijpen gedragsfunctieanalyse dagkaart check-in check-out punten "
        "plan korte interventie verdiepen groeidocument opp ontwikkelingsperspectief handelingsdeel extra ondersteuning"
    ),
    "attention": gettext_noop(
        "aandacht signalen zorgleerlingen stil druk internaliserend externaliserend punten agenda groepsbespreking lijst"
    ),
    "care_overview": gettext_noop("wacht te laat open plannen evalueren arrangement overzicht coördinator regels ondersteuning"),
    "safety_cards": gettext_noop("veiligheidskaart medisch allergie epipen"),
    "cases": gettext_noop("casus samenwerken partner jeugdhulp overleg"),
    "expert_requests": gettext_noop(
        "deskundige adviseur consulent samenwerkingsverband observatie onderzoek diagnostiek verslag meedenken orthopedagoog plaatsing"
    ),
    "my_help": gettext_noop("deskundige onderzoek meedenken arrangement extra hulp ondersteuning"),
    "arrangements": gettext_noop("arrangement uren geld budget toegekend ondersteuning resultaat"),
    "support_offers": gettext_noop("aanbod specialisme vraagbaak expertise prikkelarm traumasensitief andere scholen plaatsen"),
    "shares": gettext_noop("delen gedeeld wie ziet wat"),
    "consents": gettext_noop("toestemming ouders vragen"),
    "consents_asked": gettext_noop("toestemming geven intrekken"),
    "consents_given": gettext_noop("toestemming"),
    "suspicions": gettext_noop("ernstig vermoeden mishandeling misbruik verwaarlozing veilig thuis aandachtsfunctionaris"),
    "support_needs": gettext_noop("coach hulp leerkracht ondersteuning nodig vastlopen leren"),
    "consultations": gettext_noop("advies raad vragen meedenken anoniem"),
    "glasses": gettext_noop("nood spoed glas breken"),
    "rounds": gettext_noop("lijst vragenlijst meting ronde afsluiten weer openen terugtrekken voortgang wie is klaar afwezig te laat"),
    "school_results": gettext_noop(
        "school cijfers gemiddelde ambitie ambities zorgscore veiligheid monitor parallelgroepen naast elkaar leerjaar trend excel rapport"
    ),
    "instruments": gettext_noop("lijsten bibliotheek items schalen eigen lijst vrijgeven licentie competenties"),
    "people": gettext_noop("collega's rollen accounts brieven uitnodigen"),
    "my_lists": gettext_noop("vragenlijst lijst invullen verdergaan teruglezen meedoen niet meedoen bezwaar vragen lezen sociogram"),
    "my_results": gettext_noop("uitslag uitslagen resultaat profiel reactie reageren besproken"),
    "my_voices": gettext_noop("eigen woorden vertellen hoe gaat het mening verhaal overzicht inzicht uitzicht"),
    "my_photos": gettext_noop("foto's plaatje gezicht weghalen geen foto"),
    "reading_along": gettext_noop("ouder toegang zestien"),
    "my_contact": gettext_noop("adres telefoon e-mail contact"),
    "jobs": gettext_noop("rapporten pdf klaargezet"),
    "signals": gettext_noop("signaal zorg observatie notitie opschrijven gezien antwoord wacht verklaren aankijken"),
    "signals_shown": gettext_noop("signaal zorg school zag notitie besproken"),
    "tasks": gettext_noop("taak to do todo lijstje afvinken herinnering mijn week agenda"),
    "gatherings": gettext_noop(
        "gesprek gesprekken oudergesprek kindgesprek driehoeksgesprek verslag afspraak tolk uitnodiging groepsbespreking overleg"
    ),
    "trainings": gettext_noop(
        "training sociale vaardigheden weerbaarheid faalangst rots en water kanjer rouw scheiding groepje oefenen kies"
    ),
    "my_reports": gettext_noop("gesprek gesprekken verslag afspraak afspraken klopt reageren besproken oudergesprek"),
    "handovers": gettext_noop("warme overdracht overdragen doorgeven vorige volgende leerkracht welkom"),
    "handovers_asked": gettext_noop("doorgeven volgende nieuwe leerkracht lezen antwoord"),
    "year_changes": gettext_noop("overgang jaarovergang doorschuiven nieuwe klas groepen splitsen samenvoegen zittenblijven"),
    "setting_up": gettext_noop("school instellen instellingen stappen beginnen starten"),
    "school_years": gettext_noop("vakantie vakanties studiedag studiedagen vrije dag feestdag agenda kalender jaarplanning"),
    "reviews": gettext_noop("weken tekenen nakijken"),
    "my_talks": gettext_noop("praten gesprek hulp vertrouwen juf meester mentor"),
    "log": gettext_noop("wie keek log inzage"),
}
BESIDE_MENU = (
    # route, word, other words, record and verb that one must be allowed
    (
        "attention_table",
        gettext_noop("Hoe Kring punten geeft"),
        gettext_noop("puntentabel tabel grens grenswaarde klas eerst aandacht"),
        Record.ATTENTION_TABLE,
        Verb.READ,
    ),
    (
        "arrangements",
        gettext_noop("Arrangementen"),
        gettext_noop("arrangement uren geld budget toegekend ondersteuning resultaat"),
        Record.ARRANGEMENT,
        Verb.WRITE,
    ),
    (
        "support_offers",
        gettext_noop("Waar wij goed in zijn"),
        gettext_noop("aanbod specialisme vraagbaak expertise prikkelarm traumasensitief andere scholen plaatsen"),
        Record.SUPPORT_OFFER,
        Verb.READ,
    ),
    (
        "development_plans",
        gettext_noop("Ontwikkelingsperspectieven"),
        gettext_noop("opp handelingsdeel extra ondersteuning ondertekenen"),
        Record.PLAN,
        Verb.SIGN,
    ),
    ("teaching", gettext_noop("Wie heeft welke groep"), gettext_noop("leerkracht vervanger invaller duo"), Record.ASSIGNMENT, Verb.WRITE),
    (
        "signal_hand_in",
        gettext_noop("Iets doorgeven"),
        gettext_noop("signaal zorg gezien melden doorgeven collega conciërge gymles kantine plein"),
        Record.SIGNAL,
        Verb.MEASURE,
    ),
    (
        "walk_in_hours",
        gettext_noop("Inloopuren"),
        gettext_noop("inloopuur inloopspreekuur spreekuur jgz schoolarts maatschappelijk werk wijkteam jeugdverpleegkundige"),
        Record.WALK_IN_HOUR,
        Verb.WRITE,
    ),
    (
        "signal_doors",
        gettext_noop("Papieren codes voor signalen"),
        gettext_noop("deur code qr kantine conciërge buurtsport coach zonder account"),
        Record.SIGNAL_DOOR,
        Verb.WRITE,
    ),
    (
        "talk_requests",
        gettext_noop("Leerlingen die willen praten"),
        gettext_noop("gesprek kindgesprek ik wil praten leerling vraagt"),
        Record.TALK_REQUEST,
        Verb.RUN,
    ),
    (
        "cards",
        gettext_noop("Informatiekaarten"),
        gettext_noop("kaart kennis adhd autisme faalangst rouw zelfbeschadiging online pesten zwijgen mantelzorg eten wat helpt"),
        Record.PARENT_TELLING,
        Verb.READ,
    ),
    (
        "absence_prompts",
        gettext_noop("Verzuim nakijken"),
        gettext_noop("verzuim afwezig ziek te laat spijbelen leerplicht ziekmelding uren"),
        Record.ABSENCE_PROMPT,
        Verb.READ,
    ),
    (
        "absence_rules",
        gettext_noop("Grenzen voor verzuim"),
        gettext_noop("16 uur te laat ziek verzuim instellen regel m@zl"),
        Record.ABSENCE_RULE,
        Verb.WRITE,
    ),
    (
        "newcomers",
        gettext_noop("Nieuwe leerlingen"),
        gettext_noop("nieuw instroom zij-instromer maatje buddy wennen verhuisd"),
        Record.NEWCOMER_WATCH,
        Verb.READ,
    ),
    (
        "worries",
        gettext_noop("Zorgen over een vriend"),
        gettext_noop("leerling vertelt zorg vriend vriendin anoniem zonder naam"),
        Record.PEER_CONCERN,
        Verb.ANSWER,
    ),
    (
        "my_worries",
        gettext_noop("Zorgen over een vriend"),
        gettext_noop("vriend vriendin zorg vertellen anoniem drie woorden"),
        Record.PEER_CONCERN,
        Verb.WRITE,
    ),
    (
        "suspicion_new",
        gettext_noop("Ernstig vermoeden"),
        gettext_noop("meldcode mishandeling misbruik geweld zelfbeschadiging melden"),
        Record.REPORTING_CODE_FILE,
        Verb.MEASURE,
    ),
    (
        "written_to_me",
        gettext_noop("Wat leerlingen u lieten lezen"),
        gettext_noop("open antwoord geschreven tekst lezer gekozen briefje"),
        Record.TALK_REQUEST,
        Verb.RUN,  # the same adults; a pupil, who reads the own words as well, finds them in “Vragenlijsten”
    ),
    ("families", gettext_noop("Ouders en gezag"), gettext_noop("ouder voogd geboortedatum"), Record.GUARDIANSHIP, Verb.WRITE),
    ("organisations", gettext_noop("Organisaties"), gettext_noop("partners jeugdhulp samenwerken kaart"), Record.ORGANISATION, Verb.READ),
    (
        "next_classes",
        gettext_noop("Klassen samenstellen"),
        gettext_noop("klassen verdelen mengen volgend jaar parallelklas wie bij wie"),
        Record.GROUP,
        Verb.ENROL,
    ),
    (
        "merge_candidates",
        gettext_noop("Mogelijk dubbel"),
        gettext_noop("samenvoegen twee keer dubbele leerling"),
        Record.MERGED_PUPIL,
        Verb.WRITE,
    ),
    (
        "school_groups",
        gettext_noop("Groepen van de school"),
        gettext_noop("klas maken parallelgroep naast elkaar"),
        Record.GROUP,
        Verb.WRITE,
    ),
    (
        "roster_files",
        gettext_noop("Leerlingen inlezen"),
        gettext_noop("lijst importeren excel csv nieuwe leerling"),
        Record.ROSTER_FILE,
        Verb.WRITE,
    ),
    ("school_edit", gettext_noop("Onze school"), gettext_noop("naam gemeente vakantieregio bestuur gegevens"), Record.SCHOOL, Verb.WRITE),
    # the page stands in that of the school years: for who reads those
    ("region", gettext_noop("Woorden van de streek"), gettext_noop("samenwerkingsverband streekpakket"), Record.SCHOOL_YEAR, Verb.READ),
    ("school_calendar", gettext_noop("Zet het schooljaar in uw agenda"), gettext_noop("kalender ics outlook"), Record.HOLIDAY, Verb.READ),
    (
        "rhythm",
        gettext_noop("Ritme van dit jaar"),
        gettext_noop("wanneer planning najaar voorjaar aan de beurt lijsten"),
        Record.ROUND,
        Verb.READ,
    ),
    (
        "choice_policies",
        gettext_noop("Gevoelige vragen"),
        gettext_noop("pesten gepest negatief liever niet kiezen sociogram aanzetten brief ouders opvolgen"),
        Record.CHOICE_POLICY,
        Verb.READ,
    ),
    ("round_new", gettext_noop("Afname openen"), gettext_noop("nieuwe vragenlijst uitzetten starten"), Record.ROUND, Verb.WRITE),
    (
        "instrument_new",
        gettext_noop("Eigen lijst maken"),
        gettext_noop("zelf vragenlijst schrijven kopie"),
        Record.OWN_INSTRUMENT,
        Verb.WRITE,
    ),
    (
        "instrument_bring",
        gettext_noop("Vragenlijst inlezen"),
        gettext_noop("importeren limesurvey fhir formr bestand overnemen ander programma"),
        Record.OWN_INSTRUMENT,
        Verb.WRITE,
    ),
    (
        "external_files",
        gettext_noop("Uitslagen van een ander systeem"),
        gettext_noop("inlezen importeren leerlingvolgsysteem volgsysteem kanvas scol zien viseon sdq excel csv"),
        Record.EXTERNAL_FILE,
        Verb.WRITE,
    ),
    ("authorisation", gettext_noop("Wie mag wat"), gettext_noop("rechten matrix rollen"), Record.SCHOOL, Verb.READ),
    ("help", gettext_noop("Hulp"), gettext_noop("uitleg handleiding vraag"), Record.SCHOOL, Verb.READ),
)
OF_ONESELF = {"mail_address": (gettext_noop("Berichten per e-mail"), gettext_noop("e-mailadres mail melding bericht code"))}
"""Pages of a person, whatever the hat, for who may get mail."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page one can go to."""

    label: str
    url: str


def places(actor: Membership, question: Question) -> list[Place]:
    """The pages of Kring that this hat has and that go by these words."""
    role = Role(actor.role)
    menu = {route: (word, OTHER_WORDS.get(route, "")) for route, word, record, roles in NAV if role in roles and _may(role, record)}
    beside = {route: (word, other) for route, word, other, record, verb in BESIDE_MENU if _may(role, record, verb)}
    own = OF_ONESELF if gets_mail([role]) else {}
    labels = {route: (gettext(word), gettext(other) if other else "") for route, (word, other) in (menu | beside | own).items()}
    found = fitting({route: " ".join(words) for route, words in labels.items()}, question)
    found.sort(key=lambda route: bool(not fitting({route: labels[route][0]}, question)))
    return [Place(labels[route][0], reverse(route, args=[] if route in own else [actor.pk])) for route in found]


def _may(role: Role, record: Record, verb: Verb = Verb.READ) -> bool:
    return rule_of(role, record, verb) is not None


@dataclass(frozen=True, slots=True)
class Page:
    """An article of the help as this reader gets it."""

    key: str
    text: HelpText


def help_for(actor: Membership) -> list[Page]:
    """Every article for this hat, that about beginning first, in the language of the reader."""
    reader = _reader(Role(actor.role))
    mine = sorted((one for one in articles() if reader in one.readers), key=lambda one: (one.key != "beginnen", _title(one)))
    return [Page(one.key, one.text(get_language() or "nl")) for one in mine]


def _title(article: Article) -> str:
    return article.text(get_language() or "nl").title


def _reader(role: Role) -> Reader:
    return Reader.FAMILY if role in FAMILY else Reader.PARTNER if role in PARTNERS else Reader.STAFF


def help_about(actor: Membership, question: Question) -> list[Page]:
    """The articles that go by these words: in the title, among the words for it, or else in the text."""
    mine = {one.key: one for one in help_for(actor)}
    found = fitting({key: f"{one.text.title} {one.text.words}" for key, one in mine.items()}, question)
    found = found or fitting({key: " ".join(one.text.paragraphs) for key, one in mine.items()}, question)
    return [mine[key] for key in found]
