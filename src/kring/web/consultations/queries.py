"""Consultations that one wrote or sits at; and the school's own people, against whom a text is held and who are never shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from kring.core.access import PARTNERS, Record, Role, Verb, rule_of
from kring.core.ages import has_turned
from kring.core.anonymity import NOBODY, Finding, Recognisability, Roster, findings, recognisability, strangers_to
from kring.web.access import may
from kring.web.consultations.models import Consultation, ConsultationReply, ConsultationSeat
from kring.web.schools.models import Enrolment, Group, Guardian, Membership, Pupil, School, live

ADVISERS = frozenset(role for role in Role if rule_of(role, Record.CONSULTATION, Verb.ANSWER))
SECONDARY = frozenset({School.Type.SECONDARY, School.Type.SPECIAL_SECONDARY})
AGES: Mapping[str, range] = {
    Consultation.AgeBand.YOUNGEST: range(4, 8),
    Consultation.AgeBand.MIDDLE: range(8, 12),
    Consultation.AgeBand.YOUNG_TEEN: range(12, 15),
    Consultation.AgeBand.TEEN: range(15, 20),
}


@dataclass(frozen=True, slots=True)
class Lists:
    """Mine, and those where I was asked to think along."""

    own: tuple[Consultation, ...]
    asked: tuple[Consultation, ...]


def lists(actor: Membership, *, at: datetime) -> Lists:
    """What is not gone yet, the newest first."""
    found = may(actor, Consultation, Verb.READ, at=at).select_related("author__person")
    rows = list(found.annotate(advice=Count("replies", distinct=True)))
    return Lists(tuple(row for row in rows if row.author_id == actor.pk), tuple(row for row in rows if row.author_id != actor.pk))


def seats_of(actor: Membership, consultation: Consultation, *, at: datetime) -> list[ConsultationSeat]:
    """Who sits at the table now."""
    seats = may(actor, ConsultationSeat, Verb.READ, at=at).filter(live(at), consultation=consultation)
    return list(
        seats.select_related("membership__person", "membership__partner__organisation").order_by("membership__person__given_name", "pk")
    )


def replies_of(actor: Membership, consultation: Consultation) -> list[ConsultationReply]:
    """What was advised, the first first."""
    return list(may(actor, ConsultationReply, Verb.READ).filter(consultation=consultation).select_related("author__person"))


def advisers(actor: Membership, *, at: datetime) -> "QuerySet[Membership]":
    """Colleagues and partners who may be asked to the table; nobody of the family, and not oneself."""
    found = may(actor, Membership, Verb.COUNT, at=at).filter(live(at), role__in=[role.value for role in ADVISERS], person__is_active=True)
    return (
        found.exclude(person=actor.person_id).select_related("person", "partner__organisation").order_by("person__given_name", "role", "pk")
    )


# ---- the text -------------------------------------------------------------------------------------------------


def looked_through(actor: Membership, texts: Iterable[str], *, band: str) -> tuple[Finding, ...]:
    """What stands in these texts that says who it is, for who belongs to the school; place by place."""
    roster = roster_of(actor.school)
    return tuple(found for text in texts for found in findings(text, roster, ages=AGES[band]))


def advice_looked_through(actor: Membership, text: str, *, band: str) -> tuple[Finding, ...]:
    """The same for an advice; an adviser from outside does not learn from it who is at the school."""
    return strangers_to(text) if Role(actor.role) in PARTNERS else looked_through(actor, [text], band=band)


def roster_of(school: School) -> Roster:
    """Everybody of the school, now or before: pupils, guardians and staff; its groups and its own names."""
    pupils = list(Pupil.objects.filter(school=school).values_list("given_name", "name_prefix", "family_name", "admin_key"))
    guardians = Guardian.objects.filter(school=school).values_list("given_name", "name_prefix", "family_name")
    members = Membership.objects.filter(school=school).values_list("person__given_name", "person__name_prefix", "person__family_name")
    named = [(given, f"{prefix} {family}") for given, prefix, family, _ in pupils]
    people = [*named, *((given, f"{prefix} {family}") for given, prefix, family in (*guardians, *members.distinct()))]
    return Roster(
        given_names=frozenset(given for given, _ in people),
        family_names=frozenset(family for _, family in people),
        people=frozenset(named),
        admin_keys=frozenset(key for *_, key in pupils),
        groups=frozenset(Group.objects.filter(school=school).values_list("name", flat=True)),
        places=frozenset({school.name, school.board.name}),
    )


def how_recognisable(school: School, texts: Iterable[str], *, band: str, at: datetime) -> Recognisability:
    """The estimate for what is left in the text: names are another matter, and must be gone."""
    clues = [found.kind for text in texts for found in findings(text, NOBODY, ages=AGES[band]) if not found.must_go]
    return recognisability(_pupils_of_age(school, AGES[band], at), clues)


def _pupils_of_age(school: School, ages: range, at: datetime) -> int:
    """How many pupils now have such an age: by birth date, otherwise about, by year level."""
    enrolled = Enrolment.objects.filter(live(at), school=school).values_list("pupil_id", "pupil__birth_date", "year_level")
    pupils: dict[UUID, tuple[date | None, int]] = {pupil: (born_on, level) for pupil, born_on, level in enrolled}
    today, first = timezone.localdate(at), 12 if school.type in SECONDARY else 4
    return sum(_is_of_age(born_on, first + level - 1, ages, today) for born_on, level in pupils.values())


def _is_of_age(born_on: date | None, by_level: int, ages: range, today: date) -> bool:
    if born_on is None:
        return by_level in ages
    return has_turned(ages.start, born_on=born_on, on=today) and not has_turned(ages.stop, born_on=born_on, on=today)


def ending_seats(consultation: Consultation, *, at: datetime) -> "QuerySet[ConsultationSeat]":
    """Seats that still hold at this moment or later."""
    return ConsultationSeat.objects.filter(Q(until_at=None) | Q(until_at__gt=at), consultation=consultation)
