"""Which list may be asked of which guardians of a pupil, and what was asked of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from kring.core.access import Record, Verb
from kring.core.ages import RIGHTS_HOLDER
from kring.core.guardian_lists import BETWEEN_REMINDERS, SCHOOL_DAYS
from kring.core.instruments import Informant, Instrument
from kring.core.list_letters import is_locked
from kring.core.rounds import Window, is_for
from kring.core.school_types import SchoolType
from kring.documents.list_letters import ListLetterText
from kring.web.access import may, may_do, rule_at
from kring.web.accounts.rows import language_chosen
from kring.web.instruments.queries import instruments_of
from kring.web.people.rows import with_way_in
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Enrolment, GuardianAccess, Guardianship, Membership, Pupil, School, live, younger_than
from kring.web.surveys.models import GuardianInvitation, ListLetter


@dataclass(frozen=True, slots=True)
class GuardianLine:
    """A list that one guardian was asked for, and how it stands."""

    row: GuardianInvitation
    is_open: bool
    is_over: bool  # its time is
    has_way_in: bool
    may_remind: bool
    letter: ListLetter | None = None
    letter_is_locked: bool = False


@dataclass(frozen=True, slots=True)
class GuardianPanel:
    """On the page of a pupil; None for who may not know that guardians were asked."""

    lines: tuple[GuardianLine, ...]
    may_ask: bool


def panel(actor: Membership, pupil: Pupil, *, at: datetime) -> GuardianPanel | None:
    """What was asked, the newest first."""
    if not rule_at(actor, Record.GUARDIAN_INVITATION, Verb.READ, at):
        return None
    may_ask = may_do(actor, pupil, Verb.WRITE, of=Record.GUARDIAN_INVITATION, at=at)
    return GuardianPanel(tuple(lines_of(actor, pupil, at=at)), may_ask)


def lines_of(actor: Membership, pupil: Pupil, *, at: datetime) -> list[GuardianLine]:
    """Every list that guardians of this pupil were asked for."""
    found = may(actor, GuardianInvitation, Verb.READ, at=at).filter(pupil=pupil)
    rows = list(found.select_related("round", "guardian", "asked_by__person").order_by("-asked_at", "pk"))
    ways_in = with_way_in([row.guardian.person_id for row in rows if row.guardian.person_id]) if rows else set()
    letters = {one.guardian_invitation_id: one for one in may(actor, ListLetter, Verb.READ, at=at).filter(guardian_invitation__in=rows)}
    return [_line(row, ways_in, letters.get(row.pk), at) for row in rows]


def _line(row: GuardianInvitation, ways_in: set[UUID], letter: ListLetter | None, at: datetime) -> GuardianLine:
    is_open, over = stands_open(row, at=at), row.round.closes_on < timezone.localdate(at)
    again = is_open and at >= (row.reminded_at or row.asked_at) + BETWEEN_REMINDERS
    locked = letter is not None and is_locked(letter.wrong)
    return GuardianLine(row, is_open, over, row.guardian.person_id in ways_in, again, letter, locked)


def stands_open(row: GuardianInvitation, *, at: datetime) -> bool:
    """Whether it can still be filled in."""
    in_time = row.round.closed_at is None and row.round.closes_on >= timezone.localdate(at)
    return in_time and row.answered_at is None and row.withdrawn_at is None


def guardians_to_ask(pupil: Pupil, *, at: datetime) -> list[Guardianship]:
    """With authority; and of a pupil of 16 or older only those whom the pupil lets read along."""
    let_in = Exists(GuardianAccess.objects.filter(live(at), guardianship=OuterRef("pk")))
    ties = Guardianship.objects.filter(live(at), younger_than(RIGHTS_HOLDER, at, "pupil__") | let_in, pupil=pupil, has_authority=True)
    in_order = ties.select_related("guardian").order_by("guardian__family_name", "guardian__given_name", "guardian_id")
    return list({tie.guardian_id: tie for tie in in_order}.values())


def seat_of(pupil: Pupil, *, at: datetime) -> Enrolment | None:
    """Where the pupil sits now."""
    return Enrolment.objects.filter(live(at), pupil=pupil).select_related("group").order_by("from_at", "pk").first()


def lists_for_guardians(school: School, pupil: Pupil, *, at: datetime) -> list[Instrument]:
    """What guardians fill in about a pupil of this year level, in its newest versions."""
    seat = seat_of(pupil, at=at)
    if seat is None:
        return []
    kind = SchoolType(school.type)
    known = (one for one in instruments_of(school, on=timezone.localdate(at)) if one.informant is Informant.GUARDIAN)
    return sorted((one for one in known if is_for(one.year_levels, seat.year_level, kind)), key=lambda one: one.title)


def two_weeks(school: School, *, on: date) -> Window:
    """From today, ten days of school; or as long as the year lasts."""
    calendar = calendar_of(school)
    year = calendar.year_of(on)
    closes_on = calendar.school_days_after(on, SCHOOL_DAYS)
    if year is not None:
        closes_on = min(closes_on, year.ends_on)
    return Window(on, max(closes_on, on + timedelta(days=1)))


def letter_text(asked: GuardianInvitation, code: str, *, school: str, address: str, at: datetime) -> ListLetterText:
    """What goes on paper, in the language of who gets it; in every language of Kring when that is not known. The code is nowhere else, and
    behind the # of the link no server sees it."""
    chosen = language_chosen(asked.guardian.person) if asked.guardian.person else ""
    return ListLetterText(
        name=str(asked.guardian),
        child=asked.pupil.given_name,
        school=school,
        address=address,
        link=f"{address}#{code}",
        code=code,
        last_day=asked.round.closes_on,
        made_on=timezone.localdate(at),
        languages=(chosen,) if chosen else tuple(language for language, _name in settings.LANGUAGES),
    )
