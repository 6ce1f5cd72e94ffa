"""Safety cards, a case with somebody from outside, and emergency access to be judged: through the same actions as real ones."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from kring.core.access import Record
from kring.web.cases.actions import add_colleague, add_partner, open_case
from kring.web.catalogue.models import Organisation, Partner
from kring.web.consents.models import Consent, ConsentItem, ConsentRequest
from kring.web.reports.actions import share_profile
from kring.web.safety.actions import break_glass, write_card
from kring.web.schools.models import Guardian, Membership, Pupil

PURPOSE = "Samen zoeken naar wat Noor helpt om weer graag naar school te gaan"
CARDS = {
    "Noor": "Allergisch voor pinda. Bij zwelling of benauwdheid: meteen de pen uit de rode tas in het dijbeen, bel 112 en dan haar moeder.",
    "Sem": "Kan een aanval krijgen. Leg hem op zijn zij, houd niets vast, kijk op de klok. Langer dan vijf minuten: bel 112.",
}
REASON = "Sem viel op het plein en reageerde niet; de leerkracht was met de klas naar gym."


def care(members: Mapping[str, Membership], pupils: Mapping[str, Pupil], *, now: datetime) -> None:
    """Around Noor and Sem, by given name; a school without the people for it has none of this."""
    if not {"bram", "dien", "samira", "els", "anna"} <= members.keys():
        return
    for name, text in CARDS.items():
        write_card(members["bram"], pupils[name], text, read=0, at=now - timedelta(days=40))
    _case(members, pupils["Noor"], now=now)
    break_glass(members["dien"], pupils["Sem"], REASON, at=now - timedelta(days=2))


def _case(members: Mapping[str, Membership], pupil: Pupil, *, now: datetime) -> None:
    bram, begun = members["bram"], now - timedelta(days=21)
    partner = _partner(members["samira"])
    _agreed(bram, pupil, partner.organisation, members["els"], begun=begun, now=now)
    case = open_case(bram, pupil, PURPOSE, until=now.date() + timedelta(days=120), at=begun)
    add_colleague(bram, case, members["anna"], at=begun)
    add_partner(bram, case, partner, at=begun)
    share_profile(bram, case, to_pupil=False, to_guardians=True, at=now)


def _partner(samira: Membership) -> Partner:
    organisation, _made = Organisation.objects.get_or_create(
        school_id=samira.school_id, name="Welzijn aan de Waal", defaults={"kind": Organisation.Kind.SOCIAL_WORK}
    )
    found, _made = Partner.objects.get_or_create(
        school_id=samira.school_id, membership=samira, defaults={"organisation": organisation, "position": "schoolmaatschappelijk werker"}
    )
    return found


def _agreed(bram: Membership, pupil: Pupil, recipient: Organisation, els: Membership, *, begun: datetime, now: datetime) -> None:
    asked = ConsentRequest.objects.create(
        school_id=bram.school_id,
        pupil=pupil,
        recipient=recipient,
        purpose=PURPOSE,
        asked_by=bram,
        from_at=begun,
        until_at=now + timedelta(days=120),
    )
    ConsentItem.objects.create(school_id=bram.school_id, request=asked, record=Record.SCALE_PROFILE.value)
    guardian = Guardian.objects.get(school_id=bram.school_id, person=els.person_id)
    Consent.objects.create(
        school_id=bram.school_id, request=asked, guardian=guardian, answer=Consent.Answer.GIVEN, answered_at=begun, recorded_by=els
    )
