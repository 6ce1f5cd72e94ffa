"""Lists that were brought in, and the school beside which they are laid."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from kring.class_files.roster import Roster
from kring.core.access import Record, Verb
from kring.core.roster import Decision, KnownPupil, Name, PupilLine, Seat, roster_change, unlikely_births
from kring.core.uploads import FilesGone
from kring.web.access import may, rule_at
from kring.web.files import intake as files
from kring.web.people.dates import begins
from kring.web.roster.forming.queries import levels_of
from kring.web.roster.models import RosterFile
from kring.web.roster.taking.lines import taken_up
from kring.web.roster.taking.proposal import RosterProposal
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, SchoolYear


def years(actor: Membership, *, at: datetime) -> list[SchoolYear]:
    """The years for which a list can be brought in, the one that runs now first."""
    found = may(actor, SchoolYear, Verb.READ, at=at).filter(ends_on__gte=timezone.localdate(at))
    return list(found.order_by("starts_on"))


def brought(actor: Membership) -> QuerySet[RosterFile]:
    """The lists of this person, the newest first."""
    return may(actor, RosterFile, Verb.READ).select_related("year").order_by("-brought_at")[:10]


def asked_last(actor: Membership) -> RosterFile | None:
    """The list to which this person said yes and that was not taken over yet."""
    return may(actor, RosterFile, Verb.APPLY).filter(applied_at=None).exclude(shown="").first()


def corrects(actor: Membership, *, at: datetime) -> bool:
    """Whether this actor may change what stands about a pupil: names, birth date, number."""
    return rule_at(actor, Record.PUPIL, Verb.WRITE, at) is not None


def moves_at(from_on: date, *, at: datetime) -> datetime:
    """From when pupils whom the school has sit in another group: what was before today stays as it was."""
    return max(begins(from_on), begins(timezone.localdate(at)))


def read_again(found: RosterFile) -> tuple[str, Roster]:
    """The lines as they were brought. Raises FilesGone when their days are over."""
    try:
        if found.file is not None:
            return taken_up(files.read(found.file))
    except FileNotFoundError:
        pass
    raise FilesGone(brought_at=found.brought_at)


def proposal_of(actor: Membership, found: RosterFile, *, at: datetime) -> RosterProposal:
    """What this list would change now. Raises FilesRefused and FilesGone."""
    file, read = read_again(found)
    return laid_beside(actor, found, file, read, at=at)


def laid_beside(actor: Membership, found: RosterFile, file: str, read: Roster, *, at: datetime) -> RosterProposal:
    """The lines beside the school. Four questions to the database, however long the list. Raises FilesRefused."""
    may_correct, unlikely = corrects(actor, at=at), unlikely_births(read.lines, on=found.from_on)
    change = roster_change(
        [_away(line, actor.school.municipality) for line in read.lines],
        known_pupils(found, at=at),
        {group.name: tuple(group.year_levels) for group in groups_of(found)},
        levels=levels_of(actor.school),
        decisions=decided(found),
        may_correct=may_correct,
    )
    change = replace(change, faults=(*change.faults, *unlikely))
    here = {one.key for one in change.gone}
    leaves_on = {key: day for key, day in leaving(found).items() if key in here} if may_correct else {}
    proposal = RosterProposal(file, change, leaves_on)
    proposal.refuse()
    return proposal


def _away(line: PupilLine, municipality: str) -> PupilLine:
    """Where a pupil lives is kept only when it is not where the school is."""
    return replace(line, municipality="") if line.municipality.casefold() == municipality.casefold() else line


def groups_of(found: RosterFile) -> QuerySet[Group]:
    """The groups of the year of the list."""
    return Group.objects.filter(school_id=found.school_id, year_id=found.year_id)


def decided(found: RosterFile) -> dict[int, Decision]:
    """What was said about doubtful lines."""
    return {int(line): Decision(said) for line, said in found.decisions.get("lines", {}).items()}


def leaving(found: RosterFile) -> dict[str, date]:
    """Who is taken off, and from which day."""
    return {key: date.fromisoformat(day) for key, day in found.decisions.get("leaving", {}).items()}


def known_pupils(found: RosterFile, *, at: datetime) -> list[KnownPupil]:
    """Everybody whom the school has, with the groups in which they sit at the moment of the list or later; a number that means
    another pupil, since two rows of one child were put together, is that pupil's.
    """
    seats: dict[UUID, list[Seat]] = {}
    for row in enrolments(found, at=at):
        seat = Seat(row.group.name, row.year_level, row.group.year_id == found.year_id, row.from_at, row.until_at)
        seats.setdefault(row.pupil_id, []).append(seat)
    pupils = {one.pk: one for one in Pupil.objects.filter(school_id=found.school_id).order_by("sort_name", "pk")}
    return [_known(one.admin_key, _himself(one, pupils), seats) for one in pupils.values()]


def _himself(pupil: Pupil, pupils: dict[UUID, Pupil]) -> Pupil:
    for _step in range(len(pupils)):
        if pupil.merged_into_id is None:
            break
        pupil = pupils[pupil.merged_into_id]
    return pupil


def _known(number: str, pupil: Pupil, seats: dict[UUID, list[Seat]]) -> KnownPupil:
    name = Name(pupil.given_name, pupil.name_prefix, pupil.family_name)
    return KnownPupil(str(pupil.pk), number, name, pupil.birth_date, tuple(seats.get(pupil.pk, ())), pupil.home_municipality)


def enrolments(found: RosterFile, *, at: datetime, of: Iterable[str] | None = None) -> QuerySet[Enrolment]:
    """Who sits where from the moment of the list on; of some pupils only."""
    moment = moves_at(found.from_on, at=at)
    rows = Enrolment.objects.filter(Q(until_at=None) | Q(until_at__gt=moment), school_id=found.school_id)
    rows = rows if of is None else rows.filter(pupil__in=list(of))
    return rows.select_related("group").order_by("from_at", "pk")
