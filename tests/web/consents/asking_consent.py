"""What the tests of consent begin with: an organisation with a partner on a case of Noor, and a request."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from kring.core.access import Record, Role, Verb
from kring.web.access import may
from kring.web.consents.actions import Ground, Wanted, ask_consent
from kring.web.consents.models import LegalGround
from kring.web.models import Case, CaseMember, ConsentRequest, Guardianship, Membership, Organisation, Partner, Pupil, Share
from tests.cast import START, Cast, member

PURPOSE = "Samen een training kiezen voor durven praten"
EXPLANATION = "Er is een vermoeden van mishandeling; de stappen van de meldcode zijn gevolgd en Veilig Thuis vraagt dit."
DAY = timedelta(days=1)


@dataclass(slots=True)
class Outside:
    """Somebody outside the school, who waits for consent."""

    organisation: Organisation
    partner: Membership
    case: Case
    share: Share

    def sees(self, at: datetime | None = None) -> set[Any]:
        """What the partner may read of Noor: her name and what was shared."""
        return {*may(self.partner, Pupil, Verb.READ, at=at), *may(self.partner, Share, Verb.READ, at=at)}


def outside(cast: Cast) -> Outside:
    here = {"school": cast.beuk}
    organisation = Organisation.objects.create(**here, name="Maatwerk Zuid", kind="social_work")
    partner = member(cast.beuk, Role.SOCIAL_WORKER, "smw")
    Partner.objects.create(**here, membership=partner, organisation=organisation)
    case = Case.objects.create(**here, pupil=cast.pupil_noor, purpose=PURPOSE, opened_by=cast.bram, from_at=START)
    CaseMember.objects.create(**here, case=case, membership=partner, from_at=START)
    share = Share.objects.create(
        **here, case=case, record=Record.SCALE_PROFILE.value, title="Profiel", shared_by=cast.bram, shared_at=timezone.now()
    )
    return Outside(organisation, partner, case, share)


def wanted(organisation: Organisation, **other: Any) -> Wanted:
    given: dict[str, Any] = {
        "purpose": PURPOSE,
        "recipient": organisation,
        "records": (Record.SCALE_PROFILE,),
        "until_at": timezone.now() + 90 * DAY,
    }
    return Wanted(**given | other)


def ground(organisation: Organisation, **other: Any) -> Ground:
    given: dict[str, Any] = {
        "ground": LegalGround.Ground.REPORTING_CODE,
        "explanation": EXPLANATION,
        "recipient": organisation,
        "record": Record.SCALE_PROFILE,
        "until_at": timezone.now() + 30 * DAY,
    }
    return Ground(**given | other)


def asked(cast: Cast, organisation: Organisation, of: Pupil | None = None, **other: Any) -> ConsentRequest:
    return ask_consent(cast.bram, of or cast.pupil_noor, wanted(organisation, **other), at=timezone.now())


def authority(actor: Membership, *, has: bool) -> None:
    Guardianship.objects.filter(guardian__person=actor.person).update(has_authority=has)


def born(pupil: Pupil, years: float) -> None:
    """So many years ago, and a month."""
    pupil.birth_date = timezone.localdate() - timedelta(days=round(365.25 * years) + 30)
    pupil.save()
