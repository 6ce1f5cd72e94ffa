"""Lists on paper: which sheets there are, whose they are, and what is still to be typed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Max
from django.utils import timezone

from kring.core.access import Verb
from kring.core.answering import HandedInAlready, check_asked
from kring.core.choice_sheets import heard_by_adult, numbers_on
from kring.core.paper_sheets import SheetTypedAlready, SheetUnknown, count_of, sheet_number
from kring.core.running import Standing
from kring.web.access import may
from kring.web.schools.models import Group, Membership, Pupil
from kring.web.schools.naming import listed_names
from kring.web.sociograms.collecting.queries import names_on_list
from kring.web.surveys.models import AnonymousSubmission, GuardianInvitation, Invitation, Round
from kring.web.surveys.running.queries import pupil_lines

WAITS = frozenset({Standing.MISSING, Standing.LATER, Standing.ABSENT})
DONE = frozenset({Standing.DONE, Standing.DONE_LATE})


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One sheet: whose it is, its number once it was printed, and whether it can still be typed in."""

    asked: Invitation | GuardianInvitation
    name: str
    about: str = ""  # of guardians: the pupil
    waits: bool = True
    is_in: bool = False

    @property
    def number(self) -> str:
        return sheet_number(self.asked.sheet) if self.asked.sheet else ""


def is_on_paper(round: Round) -> bool:
    """A teacher's lists are typed in where they are filled in; colleagues fill in on their own."""
    return round.asks in {Round.Asks.PUPILS, Round.Asks.GUARDIANS} and bool(round.offered.items or heard_by_adult(round.offered))


def sheets(actor: Membership, round: Round, group: Group, *, at: datetime) -> list[SheetLine]:
    """In the order of the names."""
    if round.asks == Round.Asks.GUARDIANS:
        return _of_guardians(actor, round, group)
    return [
        SheetLine(
            one.invitation,
            one.pupil.name,
            waits=one.standing in WAITS and not one.invitation.answered,
            is_in=one.standing in DONE or one.invitation.answered,
        )
        for one in pupil_lines(actor, round, group, at=at)
    ]


def _of_guardians(actor: Membership, round: Round, group: Group) -> list[SheetLine]:
    found = list(
        may(actor, GuardianInvitation, Verb.WRITE)
        .filter(round=round, group=group)
        .select_related("guardian")
        .order_by("pupil__sort_name", "guardian__family_name", "pk")
    )
    pupils = [one.pupil_id for one in found]
    names = listed_names(pupils, may(actor, Pupil, Verb.READ).filter(pk__in=pupils))
    return [
        SheetLine(
            one,
            str(one.guardian),
            names[str(one.pupil_id)].name,
            waits=one.answered_at is None and one.withdrawn_at is None,
            is_in=one.answered_at is not None,
        )
        for one in found
    ]


def sheet_typed(found: Sequence[SheetLine], typed: str) -> SheetLine:
    """The sheet with this number. Raises SheetUnknown, SheetTypedAlready."""
    count = count_of(typed)
    line = next((one for one in found if count is not None and one.asked.sheet == count), None)
    if line is None:
        raise SheetUnknown(number=typed.strip()[:12])
    if line.is_in:
        raise SheetTypedAlready(number=line.number)
    return line


def last_number(round: Round) -> int:
    """The highest number that was printed."""
    kind = GuardianInvitation if round.asks == Round.Asks.GUARDIANS else Invitation
    found: int | None = kind._default_manager.filter(round=round).aggregate(last=Max("sheet"))["last"]
    return found or 0


def refuse_unasked(round: Round, *, at: datetime, is_in: bool, withdrawn: bool, number: int | None = None) -> None:
    """Raises SheetTypedAlready, ListWithdrawn, RoundAlreadyClosed, RoundNotOpenYet."""
    try:
        check_asked(round.closed_at, round.opens_on, on=timezone.localdate(at), is_in=is_in, withdrawn=withdrawn)
    except HandedInAlready:
        raise SheetTypedAlready(number=sheet_number(number) if number else "") from None


# ---- choices of classmates --------------------------------------------------------------------------------------


def ever_listed(round: Round, group: Group) -> list[str]:
    """The keys of everybody who ever stood on the list, in the order in which their sheets were numbered: nobody takes another's place."""
    asked = Invitation.objects.filter(round=round, group=group).order_by(F("sheet").asc(nulls_last=True), "pk")
    return [str(pupil) for pupil in asked.values_list("pupil_id", flat=True)]


@dataclass(frozen=True, slots=True)
class NumberedNames:
    """The numbers on one sheet: of everybody who ever stood on the list, and the names of who stands there now."""

    keys: dict[int, str]
    names: dict[int, str]


def numbered(sheet: UUID, listed: Sequence[str], names: Mapping[UUID, str]) -> NumberedNames:
    """As they stand on the sheet of this invitation, by number."""
    keys = {number: key for key, number in sorted(numbers_on(str(sheet), listed).items(), key=lambda pair: pair[1])}
    return NumberedNames(keys, {number: names[UUID(key)] for number, key in keys.items() if UUID(key) in names})


def numbers_of(asked: Invitation) -> NumberedNames:
    """Of one sheet, to type it in."""
    listed = ever_listed(asked.round, asked.group)
    return numbered(asked.pk, listed, names_on_list(asked.round_id, asked.group_id))


# ---- without names ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Nameless:
    """A list without names in one group: who was ticked off as done, by paper or not, and how many sheets are still to be typed in."""

    ticked: tuple[SheetLine, ...]
    waiting: tuple[SheetLine, ...]
    came_in: int

    @property
    def back(self) -> tuple[SheetLine, ...]:
        """Of whom a tick may be taken back."""
        return tuple(one for one in self.ticked if isinstance(one.asked, Invitation) and one.asked.ticked)

    @property
    def to_type(self) -> int:
        return max(0, len(self.ticked) - self.came_in)


def nameless(round: Round, group: Group, found: Sequence[SheetLine]) -> Nameless:
    ticked = tuple(one for one in found if isinstance(one.asked, Invitation) and one.asked.answered)
    return Nameless(ticked, tuple(one for one in found if one.waits), came_in(round, group))


def came_in(round: Round, group: Group) -> int:
    """How many lists are in the box of this group."""
    return AnonymousSubmission.objects.filter(school=round.school_id, round=round, group=group).count()
