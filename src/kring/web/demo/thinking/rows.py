"""What Anna thinks about Noor and about 6A: half on the way, with the words of Noor, and one thing that protects beside one that weighs."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from kring.core.understanding import ClassThinking, SourceKind
from kring.web.schools.models import Group, Guardianship, Membership, Pupil, School
from kring.web.surveys.models import Invitation, Round
from kring.web.understanding.models import Factor, Understanding, UnderstandingSource, Voice

Key = Callable[..., UUID]
DAY = timedelta(days=1)
HALF_A_YEAR = timedelta(days=182)
OF_NOOR = {
    "goes_well": "Noor helpt anderen uit zichzelf. Bij tekenen en muziek begint zij meteen, en in de pauze speelt zij met Sem.",
    "can_be_better": "Bij rekenen begint Noor laat en vraagt zij niet om hulp. In de kring zegt zij weinig.",
    "not_yet": "Rekenen: bijna elke dag, vooral bij nieuwe sommen. In de kring: als de hele groep luistert.",
    "works_already": "In een groepje van drie praat zij wel. Na een voorbeeld op papier rekent zij rustig door.",
    "in_pupil": "Noor wil graag dat het in één keer goed is, en vindt fouten maken spannend.",
    "in_surroundings": "De uitleg gaat snel. Zij zit achterin, en wie naast haar zit is heel vlug klaar.",
    "needs": "Noor heeft nodig dat de eerste som samen gaat.\nNoor heeft nodig dat zij eerst in een klein groepje mag vertellen.",
}
NOOR_SAYS = {
    "overview": "Ik vind tekenen leuk en ik ben graag met Sem. Rekenen is moeilijk, dan weet ik niet hoe ik moet beginnen.",
    "insight": "Het gaat te snel en ik wil het niet fout doen.",
    "outlook": "Ik wil vooraan zitten, en dat juf Anna even langskomt bij de eerste som.",
}
OF_6A = {
    ClassThinking.GOING_ON: "Na de pauze duurt het lang voor iedereen rustig is. Ruzies van het plein gaan in de klas door.",
    ClassThinking.HELPS: "Op dagen dat we met een verhaal beginnen, is het na vijf minuten stil.",
    ClassThinking.STRONG_PUPILS: "Twee kinderen kunnen om de beurt de pauzekist beheren. Ik vraag het hun eerst zelf.",
    ClassThinking.OWN_STRATEGY: "Ik praat nu over de groep heen. Wachten bij de deur werkt beter.",
}
PROTECTS, WEIGHS = "Oma woont om de hoek en haalt haar twee keer per week op.", "Twee keer verhuisd in een jaar."


def think_ahead(school: School, members: Mapping[str, Membership], *, key: Key, now: datetime) -> None:
    """At the school of Anna."""
    anna = members.get("anna")
    if anna is None or anna.school_id != school.pk:
        return
    noor = Pupil.objects.filter(school=school, given_name="Noor", person__isnull=False).get()
    about = _begun(anna, key, now, "noor", pupil=noor, **OF_NOOR)
    _sources(about, noor, key=key, now=now)
    _voices(about, noor, anna, key=key, now=now)
    _factors(noor, anna, key=key, now=now)
    group = Group.objects.filter(school=school, name="6A").order_by("-year__starts_on")[0]
    good = "Kinderen helpen elkaar bij het opruimen, en een nieuw kind hoorde er na een week bij."
    _begun(anna, key, now, "6a", group=group, goes_well=good, class_questions={one.value: text for one, text in OF_6A.items()})


def _begun(anna: Membership, key: Key, now: datetime, what: str, **written: Any) -> Understanding:
    by = {"made_by": anna, "made_at": now - 3 * DAY, "edited_by": anna, "edited_at": now - DAY}
    return Understanding.objects.create(id=key(anna.school.name, "understanding", what), school=anna.school, **by, **written)


def _sources(about: Understanding, noor: Pupil, *, key: Key, now: datetime) -> None:
    """Her own newest list, and what she said."""
    closed = Invitation.objects.filter(pupil=noor, round__asks=Round.Asks.PUPILS, round__closed_at__isnull=False, submission__isnull=False)
    lists = [one for one in closed.select_related("round").order_by("-round__opens_on") if one.round.offered.scales][:1]
    row = {"school_id": noor.school_id, "understanding": about}
    said = {"kind": SourceKind.PUPIL.value, "words": "Ik weet niet hoe ik moet beginnen, zei Noor na de rekenles."}
    made = [UnderstandingSource(id=key(str(about.pk), "said"), says_on=timezone.localdate(now), **row, **said)]
    own = SourceKind.OWN_LIST.value
    made += [UnderstandingSource(id=key(str(about.pk), "list"), kind=own, row=one.pk, says_on=one.round.opens_on, **row) for one in lists]
    UnderstandingSource.objects.bulk_create(made)


def _voices(about: Understanding, noor: Pupil, anna: Membership, *, key: Key, now: datetime) -> None:
    """Noor told hers; her mother was asked yesterday."""
    asked = {"school_id": noor.school_id, "pupil": noor, "understanding": about, "asked_by": anna}
    Voice.objects.create(
        id=key(str(about.pk), "noor"), whose=Voice.Whose.PUPIL, asked_at=now - 3 * DAY, written_at=now - 2 * DAY, **asked, **NOOR_SAYS
    )
    mother = Guardianship.objects.filter(pupil=noor, has_authority=True).order_by("guardian__given_name").select_related("guardian")[0]
    Voice.objects.create(
        id=key(str(about.pk), "guardian"), whose=Voice.Whose.GUARDIAN, guardian=mother.guardian, asked_at=now - DAY, **asked
    )


def _factors(noor: Pupil, anna: Membership, *, key: Key, now: datetime) -> None:
    row = {
        "school_id": noor.school_id,
        "pupil": noor,
        "side": Factor.Side.SURROUNDINGS,
        "source": "Van moeder, in het gesprek van september",
    }
    until = {"review_on": timezone.localdate(now) + HALF_A_YEAR, "author": anna, "made_at": now - 3 * DAY}
    protects = Factor.objects.create(id=key(anna.school.name, "protects"), protects=True, text=PROTECTS, **row, **until)
    Factor.objects.create(id=key(anna.school.name, "weighs"), protects=False, beside=protects, text=WEIGHS, **row, **until)
