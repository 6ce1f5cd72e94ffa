"""What was asked of parents and pupils in the demo schools, and one consultation without a name."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from kring.core.access import Record
from kring.web.catalogue.models import Organisation
from kring.web.consents.models import Consent, ConsentItem, ConsentRequest, LegalGround
from kring.web.consultations.models import Consultation, ConsultationReply, ConsultationSeat
from kring.web.schools.models import Guardian, Membership, Pupil, School

HERE = ZoneInfo("Europe/Amsterdam")
Key = Callable[..., UUID]
ORGANISATIONS: Mapping[str, tuple[tuple[str, str, str, str, int], ...]] = {
    # name, kind, what they do, where they are reached, looked after so many days ago
    "De Beuk": (
        ("Welzijn aan de Waal", "social_work", "Schoolmaatschappelijk werk: gesprekken met kind en ouders.", "waal@voorbeeld.nl", 40),
        ("Jeugdgezondheid De Merel", "youth_health", "Jeugdarts en jeugdverpleegkundige.", "merel@voorbeeld.nl", 90),
        ("Leerplicht Waterstad", "attendance", "Verzuim en ontheffingen.", "leerplicht@voorbeeld.nl", 500),
    ),
    "Het Baken": (("Jongerenhulp De Pier", "social_work", "Gesprekken met jongeren, ook zonder ouders.", "pier@voorbeeld.nl", 20),),
}
REQUESTS = (
    # school, pupil, recipient, purpose, records, asked and ending so many days from today, by whom, who said yes so many days ago
    ("De Beuk", "Noor", "Jeugdgezondheid De Merel", "Samen nagaan of Noor goed hoort wat er in de klas gezegd wordt", "scaleprofile",
     -200, 20, "bram", ("els", 199)),
    ("De Beuk", "Noor", "Jeugdgezondheid De Merel", "Met de jeugdverpleegkundige bespreken waarom Noor vaak moe is", "scaleprofile",
     -2, 90, "bram", None),
    ("Het Baken", "Bo", "Jongerenhulp De Pier", "Een plan maken om weer rustig de les te volgen", "plan intervention",
     -4, 120, "gijs", None),
)  # fmt: skip
GROUND = "De leerplichtambtenaar onderzoekt het verzuim en vraagt daarvoor het plan op. De ouders zijn er per brief over ingelicht."
QUESTION = "Hoe help ik een kind dat in een groepje niets durft te zeggen?"
SITUATION = (
    "Een kind praat thuis honderduit, maar zegt in een groepje niets. Bij een spel op het plein doet het wel mee, "
    "zolang er niemand iets vraagt. De andere kinderen zijn aardig en wachten vaak even."
)
TRIED = "Een vast maatje, en vooraf vertellen wat de vraag zal zijn."
ADVICE = "Laat het kind eerst samen met dat maatje antwoorden, bijvoorbeeld door te tekenen of te wijzen. Praten komt daarna."


def write_consents(school: School, people: Mapping[str, Membership], *, key: Key, today: date) -> None:
    """Organisations, requests with their answers, and a ground in law that waits for a second person."""
    recipients = {row.name: row for row in (_organisation(school, one, key, today) for one in ORGANISATIONS.get(school.name, ()))}
    Organisation.objects.bulk_create(recipients.values())
    for asked in REQUESTS:
        if asked[0] == school.name:
            _request(school, people, recipients, asked, key=key, today=today)
    if school.name == "De Beuk":
        _ground(school, people["bram"], recipients["Leerplicht Waterstad"], key=key, today=today)
        _consultation(school, people, key=key, today=today)


def _moment(today: date, days: int) -> datetime:
    return datetime.combine(today + timedelta(days=days), time(9), HERE)


def _organisation(school: School, one: tuple[str, str, str, str, int], key: Key, today: date) -> Organisation:
    name, kind, offer, contact, ago = one
    checked_on = today - timedelta(days=ago)
    made = Organisation(school=school, name=name, kind=kind, offer=offer, contact=contact, checked_on=checked_on)
    made.pk = key(school.name, "organisation", name)
    return made


def _request(
    school: School,
    people: Mapping[str, Membership],
    recipients: Mapping[str, Organisation],
    asked: tuple[str, str, str, str, str, int, int, str, tuple[str, int] | None],
    *,
    key: Key,
    today: date,
) -> None:
    _school, child, recipient, purpose, records, begins, ends, by, said = asked
    made = ConsentRequest.objects.create(
        id=key(school.name, "request", purpose),
        school=school,
        pupil=Pupil.objects.get(school=school, given_name=child, person__isnull=False),
        recipient=recipients[recipient],
        purpose=purpose,
        asked_by=people[by],
        from_at=_moment(today, begins),
        until_at=_moment(today, ends),
    )
    ConsentItem.objects.bulk_create(ConsentItem(school=school, request=made, record=record) for record in records.split())
    if said:
        who, ago = said
        guardian = Guardian.objects.get(school=school, person=people[who].person)
        given = {"answer": Consent.Answer.GIVEN, "answered_at": _moment(today, -ago), "recorded_by": people[who]}
        Consent.objects.create(school=school, request=made, guardian=guardian, **given)


def _ground(school: School, by: Membership, recipient: Organisation, *, key: Key, today: date) -> None:
    """About a pupil who is none of the players."""
    pupil = Pupil.objects.filter(school=school, person=None, enrolments__until_at=None).order_by("admin_key")[0]
    LegalGround.objects.create(
        id=key(school.name, "legal ground"),
        school=school,
        pupil=pupil,
        recipient=recipient,
        record=Record.PLAN.value,
        ground=LegalGround.Ground.LEGAL_DUTY,
        explanation=GROUND,
        recorded_by=by,
        from_at=_moment(today, -1),
        until_at=_moment(today, 30),
    )


def _consultation(school: School, people: Mapping[str, Membership], *, key: Key, today: date) -> None:
    begun, gone = _moment(today, -6), _moment(today, 84)
    made = Consultation.objects.create(
        id=key(school.name, "consultation"),
        school=school,
        author=people["anna"],
        age_band=Consultation.AgeBand.MIDDLE,
        sector=school.type,
        question=QUESTION,
        situation=SITUATION,
        tried=TRIED,
        from_at=begun,
        until_at=gone,
    )
    for name in ("nora", "samira"):
        ConsultationSeat.objects.create(school=school, consultation=made, membership=people[name], from_at=begun, until_at=gone)
    ConsultationReply.objects.create(school=school, consultation=made, author=people["nora"], text=ADVICE, at=_moment(today, -5))
