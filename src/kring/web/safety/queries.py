"""Safety cards that one may read, and emergency access: whom it finds, what is live, what waits for a judgement."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from kring.core.access import Record, Verb
from kring.core.glass import Wanted, review_due_on
from kring.web.access import may
from kring.web.safety.models import BreakGlass, SafetyCard
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, live
from kring.web.schools.names import sort_name

# ---- safety cards -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CardLine:
    """A card in the list, with the groups where the pupil sits now."""

    card: SafetyCard
    groups: tuple[Group, ...]


def card_of(actor: Membership, pupil: Pupil) -> SafetyCard | None:
    """The card of this pupil, when there is one and the actor may read it."""
    return may(actor, SafetyCard, Verb.READ).select_related("updated_by").filter(pupil=pupil).exclude(text="").first()


def newest_card(actor: Membership, pupil: Pupil) -> SafetyCard | None:
    """The same, also when its text was taken away: its version counts on."""
    return may(actor, SafetyCard, Verb.READ).filter(pupil=pupil).first()


def card_lines(actor: Membership, *, at: datetime) -> list[CardLine]:
    """All cards that the actor may read, by name of the pupil."""
    cards = list(may(actor, SafetyCard, Verb.READ, at=at).exclude(text="").select_related("pupil").order_by("pupil__sort_name", "pk"))
    groups = _groups_of(actor, {card.pupil_id for card in cards}, at)
    return [CardLine(card, tuple(groups.get(card.pupil_id, ()))) for card in cards]


def _groups_of(actor: Membership, pupils: Collection[UUID], at: datetime) -> Mapping[UUID, list[Group]]:
    enrolled = may(actor, Enrolment, Verb.READ, at=at).filter(live(at), pupil__in=pupils).select_related("group")
    groups: dict[UUID, list[Group]] = {}
    for one in enrolled:
        groups.setdefault(one.pupil_id, []).append(one.group)
    return groups


# ---- emergency access -------------------------------------------------------------------------------------------

LABELS = ("groep ", "klas ")


def wanted_pupils(actor: Membership, wanted: Wanted, *, at: datetime) -> list[Pupil]:
    """The pupils who go by exactly this and sit in a group of the school now."""
    enrolled = Enrolment.objects.filter(live(at), pupil=OuterRef("pk"))
    pupils = may(actor, Pupil, Verb.WRITE, of=Record.BREAK_GLASS, at=at).filter(Exists(enrolled))
    if wanted.number:
        return list(pupils.filter(admin_key=wanted.number))
    if wanted.family_name:
        return _by_name(pupils, wanted)
    name = wanted.group.casefold()
    for label in LABELS:
        name = name.removeprefix(label)
    return _by_given_name(pupils.filter(Exists(enrolled.filter(group__name__iexact=name))), wanted)


def _by_name(pupils: QuerySet[Pupil], wanted: Wanted) -> list[Pupil]:
    """With or without the prefix of the family name, accents and capitals."""
    asked = sort_name(f"{wanted.given_name} {wanted.family_name}")
    near = pupils.filter(sort_name__contains=sort_name(wanted.given_name))
    return [pupil for pupil in near if asked in {sort_name(str(pupil)), sort_name(f"{pupil.given_name} {pupil.family_name}".strip())}]


def _by_given_name(pupils: QuerySet[Pupil], wanted: Wanted) -> list[Pupil]:
    asked = sort_name(wanted.given_name)
    return [pupil for pupil in pupils.filter(sort_name__contains=asked) if sort_name(pupil.given_name) == asked]


def live_glass(actor: Membership, *, at: datetime) -> BreakGlass | None:
    """The emergency access of this person at this school that is live now, in whichever hat it was taken."""
    found = BreakGlass.objects.filter(live(at), school_id=actor.school_id, membership__person=actor.person_id)
    return found.select_related("pupil").first()


def own_glasses(actor: Membership) -> list[BreakGlass]:
    """What this hat took itself, the newest first."""
    return list(may(actor, BreakGlass, Verb.READ).filter(membership=actor).order_by("-from_at")[:50])


@dataclass(frozen=True, slots=True)
class GlassLine:
    """Emergency access as those see it who were told: by name for whom the pupil may be read, otherwise by number."""

    glass: BreakGlass
    pupil: str
    due_on: date
    is_live: bool
    is_late: bool


def told_glasses(actor: Membership, *, at: datetime) -> list[GlassLine]:
    """The emergency access of the school: what waits for a judgement first, then the newest."""
    order = (F("reviewed_at").asc(nulls_first=True), "-from_at")
    rows = may(actor, BreakGlass, Verb.READ).select_related("membership__person", "pupil", "reviewed_by__person")
    return glass_lines(actor, rows.order_by(*order)[:200], at=at)


def glass_lines(actor: Membership, glasses: Iterable[BreakGlass], *, at: datetime) -> list[GlassLine]:
    """How each of them stands."""
    found = list(glasses)
    named = dict(_names(actor, {glass.pupil_id for glass in found}))
    return [_line(glass, named.get(glass.pupil_id, glass.pupil.admin_key), at) for glass in found]


def _names(actor: Membership, pupils: Collection[UUID]) -> Iterable[tuple[UUID, str]]:
    return ((pupil.pk, str(pupil)) for pupil in may(actor, Pupil, Verb.READ).filter(pk__in=pupils))


def _line(glass: BreakGlass, pupil: str, at: datetime) -> GlassLine:
    due = review_due_on(timezone.localdate(glass.from_at))
    is_live = glass.from_at <= at and (glass.until_at is None or at < glass.until_at)
    return GlassLine(glass, pupil, due, is_live, is_late=glass.reviewed_at is None and timezone.localdate(at) > due)


def unreviewed(school: UUID, *, broken_before: datetime) -> QuerySet[BreakGlass]:
    """What was not judged yet of before this moment: no week is signed off while there is some."""
    return BreakGlass.objects.filter(Q(reviewed_at=None), school_id=school, from_at__lt=broken_before)
