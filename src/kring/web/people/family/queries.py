"""Guardians of a pupil with their authority and where they are reached; whose birth date is missing; who turns 16 or 18."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from kring.core.access import Verb
from kring.core.ages import OF_AGE, RIGHTS_HOLDER, born_by
from kring.core.authority import WARNED_DAYS, turns_within
from kring.web.access import may
from kring.web.people.models import AccountInvitation
from kring.web.people.rows import with_way_in
from kring.web.schools.models import Contact, Enrolment, Group, Guardian, GuardianAccess, Guardianship, Membership, Pupil, live


@dataclass(frozen=True, slots=True)
class Tie:
    """A guardian of this pupil, with what this actor may know."""

    row: Guardianship
    contact: Contact | None
    has_account: bool
    invited_until: datetime | None
    reads_along: bool
    is_over: bool
    is_to_come: bool


def ties(actor: Membership, pupil: Pupil, *, at: datetime) -> list[Tie]:
    """Every guardian of a pupil: with authority first, what is over last."""
    rows = list(
        may(actor, Guardianship, Verb.READ, at=at).filter(pupil=pupil).select_related("guardian").order_by("-has_authority", "from_at")
    )
    guardians = [row.guardian_id for row in rows]
    contacts = {one.guardian_id: one for one in may(actor, Contact, Verb.READ, at=at).filter(guardian__in=guardians)}
    persons = [row.guardian.person_id for row in rows if row.guardian.person_id]
    accounts, invited = with_way_in(persons), _invited(actor, persons, at)
    along = set(may(actor, GuardianAccess, Verb.READ).filter(live(at), guardianship__in=rows).values_list("guardianship_id", flat=True))
    made = [
        Tie(
            row=row,
            contact=contacts.get(row.guardian_id),
            has_account=row.guardian.person_id in accounts,
            invited_until=invited.get(row.guardian.person_id) if row.guardian.person_id else None,
            reads_along=row.pk in along,
            is_over=row.until_at is not None and row.until_at <= at,
            is_to_come=row.from_at > at,
        )
        for row in rows
    ]
    return sorted(made, key=lambda tie: tie.is_over)


def _invited(actor: Membership, persons: Sequence[UUID], at: datetime) -> dict[UUID, datetime]:
    found = may(actor, AccountInvitation, Verb.READ).filter(person__in=persons)
    still = found.filter(code__used_at=None, code__withdrawn_at=None, code__expires_at__gt=at)
    return dict(still.values_list("person_id", "code__expires_at"))


def called(school: UUID, given_name: str, name_prefix: str, family_name: str) -> list[Guardian]:
    """Guardians of this school with this very name, with their children: perhaps it is the same person."""
    found = Guardian.objects.filter(school_id=school, given_name__iexact=given_name, name_prefix__iexact=name_prefix)
    return list(found.filter(family_name__iexact=family_name).prefetch_related("guardianships__pupil"))


def colleagues(actor: Membership, *, at: datetime) -> list[Membership]:
    """Staff of this school, who may be a parent here as well: one hat of each."""
    found = may(actor, Membership, Verb.READ).filter(live(at)).exclude(role__in=["pupil", "guardian"])
    hats = {hat.person_id: hat for hat in found.select_related("person").order_by("person__given_name", "person__family_name")}
    return list(hats.values())


# ---- what is missing


@dataclass(frozen=True, slots=True)
class Missing:
    """Pupils of whom something is not known that rights hang on."""

    birth_date: tuple[Pupil, ...]
    authority: tuple[Pupil, ...]

    @property
    def pupils(self) -> set[Pupil]:
        return {*self.birth_date, *self.authority}


def missing(actor: Membership, *, at: datetime) -> Missing:
    """Pupils without a birth date, and pupils of whom no guardian has authority on record."""
    here = Enrolment.objects.filter(live(at), pupil=OuterRef("pk"))
    pupils = may(actor, Pupil, Verb.READ, at=at).filter(Exists(here))
    care = Guardianship.objects.filter(live(at), has_authority=True, pupil=OuterRef("pk"))
    of_age = born_by(OF_AGE, on=timezone.localdate(at))
    alone = pupils.filter(~Exists(care)).exclude(birth_date__lte=of_age)
    return Missing(tuple(pupils.filter(birth_date=None)), tuple(alone))


def groups_now(actor: Membership, *, at: datetime) -> list[Group]:
    """The groups of this school year."""
    today = timezone.localdate(at)
    return list(may(actor, Group, Verb.READ, at=at).filter(year__starts_on__lte=today, year__ends_on__gte=today).select_related("year"))


def pupils_in(actor: Membership, group: Group, *, at: datetime) -> list[Pupil]:
    """Who sits in this group now, with the guardians of each at hand."""
    sits = Enrolment.objects.filter(live(at), group=group, pupil=OuterRef("pk"))
    return list(may(actor, Pupil, Verb.READ, at=at).filter(Exists(sits)))


def guardians_of(actor: Membership, pupils: Iterable[Pupil], *, at: datetime) -> dict[UUID, list[Guardianship]]:
    """By pupil who cares for them now."""
    found = may(actor, Guardianship, Verb.READ, at=at).filter(live(at), pupil__in=list(pupils)).select_related("guardian")
    by_pupil: dict[UUID, list[Guardianship]] = {}
    for row in found.order_by("-has_authority", "from_at"):
        by_pupil.setdefault(row.pupil_id, []).append(row)
    return by_pupil


# ---- birthdays on which rights turn


@dataclass(frozen=True, slots=True)
class Turning:
    """A pupil who turns 16 or 18 within a month, and on which day."""

    pupil: Pupil
    years: int
    day: date


def turning(actor: Membership, *, on: date, at: datetime) -> list[Turning]:
    """Whose rights turn within a month, the first first."""
    found = []
    pupils = may(actor, Pupil, Verb.READ, at=at)
    for years in (RIGHTS_HOLDER, OF_AGE):
        window = pupils.filter(birth_date__gt=born_by(years, on=on), birth_date__lte=born_by(years, on=on + timedelta(days=WARNED_DAYS)))
        for pupil in window:
            day = turns_within(years, born_on=pupil.birth_date, on=on) if pupil.birth_date else None
            if day:
                found.append(Turning(pupil, years, day))
    return sorted(found, key=lambda one: (one.day, one.pupil.sort_name))


# ---- a pupil and a guardian about themselves


@dataclass(frozen=True, slots=True)
class ReadingAlong:
    """A guardian of mine, and whether I let them read along."""

    guardianship: Guardianship
    access: GuardianAccess | None


def own_pupil(actor: Membership) -> Pupil | None:
    """The pupil that this actor is."""
    return may(actor, Pupil, Verb.READ).first()


def reading_along(actor: Membership, pupil: Pupil, *, at: datetime) -> list[ReadingAlong]:
    """My guardians with authority."""
    rows = list(may(actor, Guardianship, Verb.READ, at=at).filter(live(at), pupil=pupil, has_authority=True).select_related("guardian"))
    given = {one.guardianship_id: one for one in may(actor, GuardianAccess, Verb.READ, at=at).filter(live(at), guardianship__in=rows)}
    return [ReadingAlong(row, given.get(row.pk)) for row in rows]


def own_guardian(actor: Membership) -> Guardian | None:
    """The guardian that this actor is."""
    return may(actor, Guardian, Verb.READ).first()


def contact_of(actor: Membership, guardian: Guardian) -> Contact | None:
    """Where this guardian is reached, for who may know."""
    return may(actor, Contact, Verb.READ).filter(guardian=guardian).first()
