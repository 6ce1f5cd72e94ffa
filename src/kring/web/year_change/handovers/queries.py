"""Handovers as each may see them: the team that writes, the family that answers, the coordinator who counts, the next teacher who reads."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise

from kring.core.access import FAMILY, Role, Verb
from kring.core.ages import HEARD, RIGHTS_HOLDER, has_turned
from kring.core.handovers import Part, State, agreed_parts, state
from kring.web.access import may, may_do
from kring.web.schools.models import Enrolment, Group, Guardian, Guardianship, Membership, Pupil, live
from kring.web.year_change.handovers.rows import TO_COUNT, voices
from kring.web.year_change.handovers.words import PARTS, STATES
from kring.web.year_change.models import Handover, HandoverAnswer


@dataclass(frozen=True, slots=True)
class Piece:
    """One part in words; `goes_on` when the family agreed to it."""

    part: Part
    title: Promise
    text: str
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A handover as this reader sees it."""

    row: Handover
    pieces: tuple[Piece, ...]
    state: State
    answers: tuple[HandoverAnswer, ...]
    is_of_team: bool  # who wrote it, or the coordinator: sees all of it
    pupil_decides: bool  # from sixteen

    @property
    def state_word(self) -> Promise:
        return STATES[self.state]

    @property
    def goes_on(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.goes_on]


def page_of(actor: Membership, row: Handover, *, at: datetime) -> Page:
    """All of it for the team and the family; for the next teacher the parts that were agreed to."""
    found = list(HandoverAnswer.objects.filter(handover=row).order_by("answered_at"))
    said_of_it = voices(row, found)
    goes_on = agreed_parts(row.texts, said_of_it, version=row.version)
    pieces = [Piece(part, PARTS[part], text, part in goes_on) for part, text in row.texts.items()]
    is_of_team = of_team(actor, row, at=at)
    is_family = actor.role in {Role.PUPIL.value, Role.GUARDIAN.value}
    mine = may(actor, HandoverAnswer, Verb.READ, at=at).filter(handover=row).select_related("guardian", "recorded_by__person")
    return Page(
        row=row,
        pieces=tuple(piece for piece in pieces if piece.goes_on or is_of_team or is_family),
        state=state(row.texts, said_of_it, version=row.version, shown=row.shown_at is not None),
        answers=tuple(mine.order_by("answered_at")),
        is_of_team=is_of_team,
        pupil_decides=decides_alone(row.pupil, at=at),
    )


def of_team(actor: Membership, row: Handover, *, at: datetime) -> bool:
    """Whether this reader may see what goes on and what does not: who may look at the group it was written in."""
    if actor.role in {Role.PUPIL.value, Role.GUARDIAN.value}:
        return False
    return may(actor, Group, Verb.READ, at=at).filter(pk=row.group_id).exists()


def handover_of(actor: Membership, pupil: Pupil, *, at: datetime) -> Handover | None:
    """The newest about this pupil that this reader may see."""
    found = may(actor, Handover, Verb.READ, at=at).filter(pupil=pupil).select_related("pupil", "group", "year", "written_by__person")
    return found.order_by("-written_at").first()


def group_now(pupil: Pupil, *, at: datetime) -> Group | None:
    """The group in which this pupil sits now."""
    row = Enrolment.objects.filter(live(at), pupil=pupil).select_related("group__year").order_by("-from_at").first()
    return row.group if row else None


def is_heard(pupil: Pupil, *, at: datetime) -> bool:
    """From twelve the pupil reads it first as well."""
    return _has_turned(HEARD, pupil, at)


def decides_alone(pupil: Pupil, *, at: datetime) -> bool:
    """From sixteen it is the pupil who says yes."""
    return _has_turned(RIGHTS_HOLDER, pupil, at)


def _has_turned(age: int, pupil: Pupil, at: datetime) -> bool:
    return pupil.birth_date is not None and has_turned(age, born_on=pupil.birth_date, on=timezone.localdate(at))


@dataclass(frozen=True, slots=True)
class Line:
    """One pupil with how far the handover is."""

    pupil: Pupil
    row: Handover | None
    state: State | None

    @property
    def word(self) -> Promise | None:
        return STATES[self.state] if self.state else None


@dataclass(frozen=True, slots=True)
class OfGroup:
    """A group with a line for each pupil; `counts` by state."""

    group: Group
    lines: tuple[Line, ...]

    @property
    def written(self) -> int:
        return sum(line.row is not None for line in self.lines)

    @property
    def agreed(self) -> int:
        return sum(line.state is State.AGREED for line in self.lines)

    @property
    def waiting(self) -> int:
        return sum(line.state in {State.SHOWN, State.WRITING} for line in self.lines)

    @property
    def to_change(self) -> int:
        return sum(line.state is State.CHANGE for line in self.lines)


def of_groups(actor: Membership, *, at: datetime) -> list[OfGroup]:
    """The groups that may be written for, pupil by pupil; what was handed over already by a team before is left out."""
    rows = may(actor, Enrolment, Verb.READ, at=at).filter(live(at)).select_related("group__year", "pupil")
    sits = list(rows.order_by("group__name", "pupil__sort_name", "pupil_id"))
    rows_written = may(actor, Handover, Verb.READ, at=at).exclude(passes_at__lte=at).select_related("pupil").prefetch_related(*TO_COUNT)
    written = {one.pupil_id: one for one in rows_written}
    found: dict[UUID, tuple[Group, list[Line]]] = {}
    for one in sits:
        found.setdefault(one.group_id, (one.group, []))[1].append(_line(one.pupil, written.get(one.pupil_id)))
    return [OfGroup(group, tuple(lines)) for group, lines in found.values()]


def _line(pupil: Pupil, row: Handover | None) -> Line:
    if row is None:
        return Line(pupil, None, None)
    return Line(pupil, row, state(row.texts, voices(row), version=row.version, shown=row.shown_at is not None))


@dataclass(frozen=True, slots=True)
class Welcome:
    """What was handed over about a pupil whom I have now."""

    row: Handover
    pieces: tuple[Piece, ...]


def welcome(actor: Membership, *, at: datetime) -> list[Welcome]:
    """What came to me from the teachers before, by name; nothing that I wrote myself."""
    mine = may(actor, Group, Verb.READ, at=at)
    rows = may(actor, Handover, Verb.READ, at=at).filter(passes_at__lte=at).exclude(group__in=mine)
    rows = rows.select_related("pupil").prefetch_related(*TO_COUNT).order_by("pupil__sort_name", "pupil_id")
    return [Welcome(row, _pieces(row)) for row in rows]


def _pieces(row: Handover) -> tuple[Piece, ...]:
    goes_on = agreed_parts(row.texts, voices(row), version=row.version)
    return tuple(Piece(part, PARTS[part], text, goes_on=True) for part, text in row.texts.items() if part in goes_on)


def asked(actor: Membership, *, at: datetime) -> list[Page]:
    """What the school wants to hand over about me or my children."""
    rows = may(actor, Handover, Verb.READ, at=at).select_related("pupil", "group", "year", "written_by__person")
    return [page_of(actor, row, at=at) for row in rows.order_by("pupil__sort_name", "-written_at")]


def guardians_of(pupil: Pupil, *, at: datetime) -> list[Guardian]:
    """Who has authority now."""
    ties = Guardianship.objects.filter(live(at), pupil=pupil, has_authority=True).select_related("guardian")
    return [tie.guardian for tie in ties.order_by("guardian__family_name", "guardian__given_name")]


def speaker(actor: Membership) -> Guardian | None:
    """The guardian that this hat is; None for the pupil."""
    if actor.role == Role.PUPIL.value:
        return None
    return Guardian.objects.filter(school_id=actor.school_id, person=actor.person_id).first()


def readers_at_home(row: Handover, *, at: datetime) -> list[Membership]:
    """The hats in which the family reads it, of those who have one: as the rules of reading say."""
    guardians = [one.person_id for one in guardians_of(row.pupil, at=at)]
    family = Membership.objects.filter(live(at), school_id=row.school_id, role__in=[role.value for role in FAMILY])
    hats = family.filter(person__in=[person for person in (*guardians, row.pupil.person_id) if person])
    return [hat for hat in hats.select_related("person") if may_do(hat, row, Verb.READ, at=at)]


def team_hats(row: Handover, *, at: datetime) -> list[Membership]:
    """Who teaches the group in which it was written."""
    return teachers_of(row.group, at=at)


def teachers_of(group: Group, *, at: datetime) -> list[Membership]:
    """Who has this group now."""
    return list(Membership.objects.filter(live(at), live(at, "assignments__"), assignments__group=group).distinct())
