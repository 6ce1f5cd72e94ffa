"""Lists that can move, whoever may have been entered twice, and what was put right: as far as the actor may see it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from uuid import UUID

from django.db.models import Q

from kring.core.access import Record, Role, Verb, rule_of
from kring.core.corrections import Entered, ListGone, NextStep, Place, check_merge
from kring.core.errors import BrokenRule
from kring.core.finding import asked, distance
from kring.web.access import may, may_do
from kring.web.cases.models import CaseMember, Share
from kring.web.corrections.models import MergedPupil, MovedList
from kring.web.people.intake import UNNAMED
from kring.web.safety.models import BreakGlass, SafetyCard
from kring.web.schools.models import Assignment, Enrolment, Guardianship, Membership, Pupil, live
from kring.web.surveys.models import Invitation, Submission

# ---- lists -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """A list that was asked about a pupil: what came in, and whether it can still move."""

    invitation: Invitation
    submission: Submission | None
    closed_at: datetime | None  # for this actor: who closes rounds also puts right what is found afterwards

    @property
    def may_move(self) -> bool:
        return self.submission is not None and self.closed_at is None

    @property
    def answered(self) -> int:
        return len(self.submission.answers) if self.submission else 0

    @property
    def asked(self) -> int:
        return len(self.invitation.round.offered.items)

    def place(self) -> Place:
        return Place(
            pupil=self.invitation.pupil_id,
            round=self.invitation.round_id,
            group=self.invitation.group_id,
            list_seen=seal(self.submission) if self.submission else None,
        )


def lists_of(actor: Membership, pupil: Pupil) -> list[Standing]:
    """Every list about this pupil, the newest round first."""
    return _standing(actor, may(actor, Invitation, Verb.READ).filter(pupil=pupil).order_by("-round__opens_on", "round__title"))


def list_of(actor: Membership, invitation: Invitation) -> Standing:
    """This one, as it is now. Raises ListGone where there are no lists, as in a sociogram."""
    for one in _standing(actor, may(actor, Invitation, Verb.READ).filter(pk=invitation.pk)):
        return one
    raise ListGone


def others(actor: Membership, invitation: Invitation) -> list[Standing]:
    """Of the same round and group: whoever this list may be about."""
    same = may(actor, Invitation, Verb.WRITE, of=Record.MOVED_LIST).filter(round=invitation.round_id, group=invitation.group_id)
    readable = may(actor, Pupil, Verb.READ).values("pk")
    return _standing(actor, same.filter(pupil__in=readable).exclude(pk=invitation.pk).order_by("pupil__sort_name", "pk"))


def _standing(actor: Membership, invitations: Iterable[Invitation]) -> list[Standing]:
    found = list(invitations.select_related("round", "group", "pupil"))  # type: ignore[attr-defined]
    given = {one.invitation_id: one for one in may(actor, Submission, Verb.READ).filter(invitation__in=found)}
    with_scales = [one for one in found if one.round.offered.scales]
    corrects = rule_of(Role(actor.role), Record.ROUND, Verb.RUN) is not None
    return [Standing(one, given.get(one.pk), None if corrects else one.round.closed_at) for one in with_scales]


def seal(*lists: Submission | None) -> str:
    """The same for the same answers at the same pupils, and another as soon as one of them changes."""
    facts = [[str(one.pk), str(one.invitation_id), one.answers] if one else None for one in lists]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A list that moved, as somebody sees it: whose names may be read, and whether it can still be undone."""

    move: MovedList
    away: str
    here: str
    too_late: NextStep | None
    may_undo: bool

    @property
    def reason(self) -> str:
        """In somebody's own words, that may name either: for who may read both names."""
        return self.move.reason if self.away and self.here else ""


def moves_of(actor: Membership, pupil: Pupil) -> list[MoveLine]:
    """What moved from this pupil or to this pupil, the newest first."""
    rows = may(actor, MovedList, Verb.READ).filter(Q(pupil=pupil) | Q(to_pupil=pupil))
    found = list(rows.select_related("round", "moved_by__person", "undone_by__person"))
    keys = {key for move in found for key in (move.pupil_id, move.to_pupil_id)}
    names = {one.pk: str(one) for one in may(actor, Pupil, Verb.READ).filter(pk__in=keys)}
    newest = next((move for move in found if move.undone_at is None), None)
    return [_move_line(actor, move, names, is_newest=move is newest) for move in found]


def _move_line(actor: Membership, move: MovedList, names: Mapping[UUID, str], *, is_newest: bool) -> MoveLine:
    """Only what came last can be undone, so only of that is asked what stands on it."""
    too_late = None
    if move.undone_at is None:
        too_late = next(iter(after_move(move)), None) if is_newest else NextStep.MOVED_ON
    can = is_newest and too_late is None and may_do(actor, move, Verb.WRITE) and may_take_back(actor, move)
    return MoveLine(move, names.get(move.pupil_id, ""), names.get(move.to_pupil_id, ""), too_late, can)


def may_take_back(actor: Membership, move: MovedList) -> bool:
    """Whoever has one of the two pupils in another group by now, would pull over a list that was about the other."""
    both = may(actor, Invitation, Verb.WRITE, of=Record.MOVED_LIST).filter(round=move.round_id, pupil__in=[move.pupil_id, move.to_pupil_id])
    return both.count() == 2


def after_move(move: MovedList) -> list[NextStep]:
    """What came after a move and stands on it."""
    both = [move.pupil_id, move.to_pupil_id]
    later = MovedList.objects.filter(Q(pupil__in=both) | Q(to_pupil__in=both), moved_at__gt=move.moved_at, undone_at=None)
    steps = {
        NextStep.ROUND_CLOSED: move.round.closed_at is not None and move.round.closed_at > move.moved_at,
        NextStep.MERGED: Pupil.objects.filter(pk__in=both).exclude(merged_at=None).exists(),
        NextStep.MOVED_ON: later.exists(),
        NextStep.ANSWERS_CHANGED: seal(*_lists(move)) != move.seal,
        NextStep.SHARED: _shared_since(both, move.moved_at),
    }
    return [step for step, so in steps.items() if so]


def _lists(move: MovedList) -> tuple[Submission | None, Submission | None]:
    """That of the pupil it came from, and that of the pupil it went to."""
    found = {
        one.invitation.pupil_id: one for one in Submission.objects.filter(invitation__round=move.round_id).select_related("invitation")
    }
    return found.get(move.pupil_id), found.get(move.to_pupil_id)


def _shared_since(pupils: Collection[UUID], since: datetime) -> bool:
    return Share.objects.filter(case__pupil__in=pupils, shared_at__gt=since).exists()


# ---- entered twice -----------------------------------------------------------------------------------------------

MOST_PAIRS = 100


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that may be one pupil, and what they have in common."""

    one: Pupil
    other: Pupil
    same_birth_date: bool
    same_name: bool
    same_number: bool


def doubles(actor: Membership, *, at: datetime) -> list[Pair]:
    """Alike in name and not born on different days; nearly alike and born on one day; or with one number, written in two ways."""
    rows = list(may(actor, Pupil, Verb.WRITE, of=Record.MERGED_PUPIL, at=at).order_by("sort_name", "pk"))
    pairs = {pair for way in (_by_name, _by_day, _by_number) for pair in way(rows)}
    by_key = {row.pk: row for row in rows}
    found = [_pair(by_key[one], by_key[other]) for one, other in pairs]
    alike = [pair for pair in found if pair.same_birth_date or not (pair.one.birth_date and pair.other.birth_date) or pair.same_number]
    return sorted(alike, key=lambda pair: (pair.one.sort_name, pair.other.sort_name))[:MOST_PAIRS]


Keys = set[tuple[UUID, UUID]]


def _by_name(rows: Sequence[Pupil]) -> Keys:
    return _together((frozenset(row.sounds.split()), row.pk) for row in rows)


def _by_number(rows: Sequence[Pupil]) -> Keys:
    return _together((row.admin_key.casefold().lstrip("0 ").replace(" ", ""), row.pk) for row in rows)


def _by_day(rows: Sequence[Pupil]) -> Keys:
    days: dict[object, list[Pupil]] = defaultdict(list)
    for row in rows:
        if row.birth_date:
            days[row.birth_date].append(row)
    return {_ordered(one.pk, other.pk) for born in days.values() for one, other in combinations(born, 2) if _nearly(one, other)}


def _nearly(one: Pupil, other: Pupil) -> bool:
    return distance(asked(f"{one.given_name} {one.family_name}"), other.sounds) is not None


def _together(found: Iterable[tuple[object, UUID]]) -> Keys:
    alike: dict[object, list[UUID]] = defaultdict(list)
    for key, row in found:
        if key:
            alike[key].append(row)
    return {_ordered(*two) for keys in alike.values() for two in combinations(keys[:10], 2)}


def _ordered(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    return (one, other) if str(one) < str(other) else (other, one)


def _pair(one: Pupil, other: Pupil) -> Pair:
    born = one.birth_date is not None and one.birth_date == other.birth_date
    number = one.admin_key.casefold().lstrip("0 ") == other.admin_key.casefold().lstrip("0 ")
    return Pair(one, other, born, set(one.sounds.split()) == set(other.sounds.split()), number)


def entered(pupil: Pupil, *, at: datetime, goes: bool = False) -> Entered:
    """One of two entries, as the rule asks for it."""
    cared = Guardianship.objects.filter(live(at), pupil=pupil)
    return Entered(
        key=pupil.pk,
        person=_logs_in(pupil) if goes else pupil.person_id,
        born_on=pupil.birth_date,
        guardians=frozenset(cared.filter(has_authority=True).values_list("guardian_id", flat=True)),
        has_court_note=cared.exclude(court_note="").exists(),
        has_safety_card=SafetyCard.objects.filter(pupil=pupil).exclude(text="").exists(),
        merged_at=pupil.merged_at,
    )


def _logs_in(pupil: Pupil) -> UUID | None:
    """The account of this pupil; one that only a tablet of the class made, to answer in, is no sign of a second child."""
    made_in_class = pupil.person is not None and pupil.person.username.startswith(UNNAMED)
    return None if made_in_class else pupil.person_id


@dataclass(frozen=True, slots=True)
class Side:
    """One of two entries as it is shown before they become one."""

    pupil: Pupil
    groups: tuple[Enrolment, ...]
    lists: tuple[Standing, ...]
    guardians: tuple[Guardianship, ...]
    seen_by: Mapping[UUID, str]  # names by person: two people of one name are two


def side(actor: Membership, pupil: Pupil, *, at: datetime) -> Side:
    """What hangs on this entry now."""
    enrolments = tuple(may(actor, Enrolment, Verb.READ, at=at).filter(live(at), pupil=pupil).select_related("group__year"))
    taught = Assignment.objects.filter(live(at), live(at, "membership__"), group__in=[one.group_id for one in enrolments])
    seats = CaseMember.objects.filter(live(at), live(at, "case__"), case__pupil=pupil)
    glass = BreakGlass.objects.filter(live(at), pupil=pupil)
    tied = [one for rows in (taught, seats, glass) for one in rows.select_related("membership__person")]
    cared = tuple(may(actor, Guardianship, Verb.READ, at=at).filter(live(at), pupil=pupil).select_related("guardian"))
    return Side(
        pupil=pupil,
        groups=enrolments,
        lists=tuple(one for one in lists_of(actor, pupil) if one.submission),
        guardians=cared,
        seen_by={one.membership.person_id: str(one.membership.person) for one in tied}
        | {one.guardian_id: str(one.guardian) for one in cared if one.has_authority},
    )


def newly_seeing(stays: Side, goes: Side) -> list[str]:
    """By name, whoever sees one of the two now and will see both."""
    names = {**stays.seen_by, **goes.seen_by}
    return sorted(names[one] for one in stays.seen_by.keys() ^ goes.seen_by.keys())


def clashing_rounds(stays: Side, goes: Side) -> list[tuple[Standing, Standing]]:
    """Rounds in which both have a list: one of them is chosen."""
    here = {one.invitation.round_id: one for one in stays.lists}
    return [(here[one.invitation.round_id], one) for one in goes.lists if one.invitation.round_id in here]


def clashing_groups(stays: Side, goes: Side) -> bool:
    """Whether they sit in different groups now: one of these is chosen."""
    here, there = ({one.group_id for one in each.groups} for each in (stays, goes))
    return bool(here and there and here != there)


@dataclass(frozen=True, slots=True)
class MergeLine:
    """Two entries that became one, and whether that can still be undone."""

    merge: MergedPupil
    too_late: NextStep | None
    may_undo: bool


def obstacle(stays: Pupil, goes: Pupil, *, at: datetime) -> BrokenRule | None:
    """What stands in the way of making these two one, before anybody fills in a form."""
    try:
        check_merge(entered(stays, at=at), entered(goes, at=at, goes=True))
    except BrokenRule as broken:
        return broken
    return None


def merges(actor: Membership) -> list[MergedPupil]:
    """All of the school that still stand, the newest first; for who keeps them."""
    rows = may(actor, MergedPupil, Verb.READ).filter(undone_at=None)
    return list(rows.select_related("pupil", "gone", "merged_by__person")[:50])


def merges_of(actor: Membership, pupil: Pupil) -> list[MergeLine]:
    """Of this pupil, the newest first. Only what came last can be undone."""
    rows = may(actor, MergedPupil, Verb.READ).filter(pupil=pupil).select_related("pupil", "gone", "merged_by__person", "undone_by__person")
    found = list(rows)
    newest = next((one for one in found if one.undone_at is None), None)
    late = next(iter(after_merge(newest)), None) if newest else None
    return [MergeLine(one, _too_late(one, newest, late), one is newest and late is None) for one in found]


def _too_late(one: MergedPupil, newest: MergedPupil | None, late: NextStep | None) -> NextStep | None:
    if one.undone_at is not None:
        return None
    return late if one is newest else NextStep.MERGED


def after_merge(merge: MergedPupil) -> list[NextStep]:
    """What came after a merge and stands on it."""
    both = [merge.pupil_id, merge.gone_id]
    rounds = Invitation.objects.filter(pk__in=_brought(merge, "invitation.pupil")).values("round")
    later = MergedPupil.objects.filter(Q(pupil__in=both) | Q(gone__in=both), merged_at__gt=merge.merged_at, undone_at=None)
    steps = {
        NextStep.MERGED: later.exists() or merge.gone.merged_into_id != merge.pupil_id,
        NextStep.ROUND_CLOSED: Invitation.objects.filter(round__in=rounds, round__closed_at__gt=merge.merged_at).exists(),
        NextStep.MOVED_ON: MovedList.objects.filter(Q(pupil__in=both) | Q(to_pupil__in=both), moved_at__gt=merge.merged_at).exists(),
        NextStep.SHARED: _shared_since(both, merge.merged_at),
    }
    return [step for step, so in steps.items() if so]


def _brought(merge: MergedPupil, key: str) -> list[str]:
    found: dict[str, list[str]] = merge.moved.get(key, {})
    return [*found.get("here", ()), *found.get("away", ())]


def sight(stays: Side, goes: Side) -> str:
    """The same for the same preview: what somebody decides on."""
    facts = [_facts(one) for one in (stays, goes)]
    groups = [sorted(str(each.pk) for each in one.groups) for one in (stays, goes)]
    return hashlib.sha256(json.dumps([facts, groups, newly_seeing(stays, goes)]).encode()).hexdigest()


def _facts(one: Side) -> list[object]:
    return [str(one.pupil.pk), sorted(str(tie.pk) for tie in one.guardians), seal(*(each.submission for each in one.lists))]
