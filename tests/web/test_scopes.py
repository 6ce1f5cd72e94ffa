"""From a scope to rows: every way in, and the moment at which it closes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Model
from django.utils import timezone

from kring.core.access import Mark, Record, Role, Rule, Scope, Verb
from kring.web import access
from kring.web.models import (
    BreakGlass,
    Case,
    CaseMember,
    Consent,
    ConsentItem,
    ConsentRequest,
    Contact,
    Guardian,
    GuardianAccess,
    Guardianship,
    LegalGround,
    Membership,
    Organisation,
    Partner,
    Pupil,
    Share,
)
from tests.cast import START, Cast, guardian, member

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def rows(actor: Membership, record: type[Model], *scopes: Scope, at: datetime = NOW, marks: frozenset[Mark] = frozenset()) -> set[Any]:
    """The rows of these scopes, whether or not the table gives them to anybody."""
    found = access._rows(Rule(scopes, marks), actor, access.WAYS[record], at)
    return set(record._default_manager.filter(found))


def born(pupil: Pupil, on: date | None) -> None:
    pupil.birth_date = on
    pupil.save()


# ---- age ------------------------------------------------------------------------------------------------------


def test_a_guardian_reads_until_the_sixteenth_birthday_in_the_time_of_the_school(cast: Cast) -> None:
    born(cast.pupil_noor, date(2010, 3, 4))
    midnight = datetime(2026, 3, 3, 23, tzinfo=UTC)  # 4 March in Amsterdam
    assert rows(cast.els, Pupil, Scope.CHILD, at=midnight - timedelta(seconds=1)) == {cast.pupil_noor}
    assert rows(cast.els, Pupil, Scope.CHILD, at=midnight) == set()


def test_a_pupil_of_sixteen_lets_one_guardian_read_on_and_takes_it_back(cast: Cast) -> None:
    born(cast.pupil_noor, date(2009, 1, 1))
    care = Guardianship.objects.get(guardian__person=cast.els.person)
    GuardianAccess.objects.create(school=cast.beuk, guardianship=care, from_at=NOW, until_at=NOW + DAY)
    assert rows(cast.els, Pupil, Scope.CHILD) == {cast.pupil_noor}
    assert rows(cast.pim, Pupil, Scope.CHILD) == set()
    assert rows(cast.els, Pupil, Scope.CHILD, at=NOW + DAY) == set()


def test_leave_for_one_child_opens_no_other(cast: Cast) -> None:
    for pupil in (cast.pupil_noor, cast.pupil_sem):
        born(pupil, date(2009, 1, 1))
    guardian_row = Guardian.objects.get(person=cast.els.person)
    Guardianship.objects.create(school=cast.beuk, guardian=guardian_row, pupil=cast.pupil_sem, has_authority=True, from_at=START)
    of_noor = Guardianship.objects.get(guardian=guardian_row, pupil=cast.pupil_noor)
    GuardianAccess.objects.create(school=cast.beuk, guardianship=of_noor, from_at=NOW)
    assert rows(cast.els, Pupil, Scope.CHILD) == {cast.pupil_noor}


def test_without_authority_leave_opens_nothing(cast: Cast) -> None:
    born(cast.pupil_noor, date(2009, 1, 1))
    care = Guardianship.objects.get(guardian__person=cast.pim.person)
    GuardianAccess.objects.create(school=cast.beuk, guardianship=care, from_at=START)
    assert rows(cast.pim, Pupil, Scope.CHILD) == set()


def test_consultation_on_the_support_plan_stays_with_guardians_until_eighteen(cast: Cast) -> None:
    born(cast.pupil_noor, date(2009, 1, 1))
    assert rows(cast.els, Pupil, Scope.CHILD) == set()
    assert rows(cast.els, Pupil, Scope.MINOR) == {cast.pupil_noor}
    assert rows(cast.pim, Pupil, Scope.MINOR) == set()
    born(cast.pupil_noor, date(2008, 3, 3))
    assert rows(cast.els, Pupil, Scope.MINOR) == set()


def test_without_a_birth_date_only_a_primary_school_takes_a_child_to_be_young(cast: Cast) -> None:
    assert rows(cast.els, Pupil, Scope.CHILD) == {cast.pupil_noor}
    vo = member(cast.baken, Role.GUARDIAN, "vo")
    guardian(cast.pupil_bas, vo, has_authority=True)
    assert rows(vo, Pupil, Scope.CHILD) == set()
    assert rows(vo, Pupil, Scope.MINOR) == set()


def test_a_guardian_sees_the_own_contact_and_a_teacher_those_of_the_group(cast: Cast) -> None:
    contacts = {
        of.person_id: Contact.objects.create(school=cast.beuk, guardian=of, phone="06") for of in Guardian.objects.filter(school=cast.beuk)
    }
    assert rows(cast.els, Contact, Scope.SELF) == {contacts[cast.els.person_id]}
    assert rows(cast.noor, Contact, Scope.SELF) == set()
    assert rows(cast.anna, Contact, Scope.GROUP) == set(contacts.values())
    assert rows(cast.carla, Contact, Scope.GROUP) == set()


# ---- cases, seats, consent ------------------------------------------------------------------------------------


class Shared:
    """A case of Noor with a partner of an organisation, and everybody's consent."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        at_school = {"school": cast.beuk}
        self.smw = member(cast.beuk, Role.SOCIAL_WORKER, "smw")
        self.organisation = Organisation.objects.create(**at_school, name="Wijkteam", kind="social_work")
        Partner.objects.create(**at_school, membership=self.smw, organisation=self.organisation)
        self.case = Case.objects.create(**at_school, pupil=cast.pupil_noor, purpose="samen kijken", opened_by=cast.bram, from_at=START)
        self.seat = CaseMember.objects.create(**at_school, case=self.case, membership=self.smw, from_at=START)
        self.share = Share.objects.create(
            **at_school, case=self.case, record=Record.SCALE_PROFILE.value, title="Profiel", shared_by=cast.bram, shared_at=START
        )
        self.request = ConsentRequest.objects.create(
            **at_school,
            pupil=cast.pupil_noor,
            recipient=self.organisation,
            purpose="samen kijken",
            asked_by=cast.bram,
            from_at=START,
            until_at=NOW + 30 * DAY,
        )
        ConsentItem.objects.create(**at_school, request=self.request, record=Record.SCALE_PROFILE.value)

    def says_yes(self, of: Membership | None) -> Consent:
        giver = Guardian.objects.get(person=of.person) if of else None
        return Consent.objects.create(
            school=self.cast.beuk, request=self.request, guardian=giver, answer="given", answered_at=START, recorded_by=self.cast.bram
        )

    def seen(self, at: datetime = NOW) -> set[Any]:
        return rows(self.smw, Share, Scope.RING, at=at, marks=frozenset({Mark.CONSENT}))


@pytest.fixture
def shared(cast: Cast) -> Shared:
    return Shared(cast)


def test_a_partner_reads_what_was_shared_when_everybody_with_authority_said_yes(cast: Cast, shared: Shared) -> None:
    assert shared.seen() == set()
    shared.says_yes(cast.els)
    assert shared.seen() == {shared.share}


def test_one_guardian_is_not_both(cast: Cast, shared: Shared) -> None:
    Guardianship.objects.filter(guardian__person=cast.pim.person).update(has_authority=True)
    shared.says_yes(cast.els)
    assert shared.seen() == set()
    shared.says_yes(cast.pim)
    assert shared.seen() == {shared.share}


def test_the_yes_of_who_has_no_authority_counts_for_nothing(cast: Cast, shared: Shared) -> None:
    shared.says_yes(cast.pim)
    shared.says_yes(None)
    assert shared.seen() == set()


def test_a_yes_that_is_taken_back_closes_from_that_moment(cast: Cast, shared: Shared) -> None:
    consent = shared.says_yes(cast.els)
    consent.withdrawn_at = NOW
    consent.save()
    assert shared.seen(NOW - DAY) == {shared.share}
    assert shared.seen() == set()


def test_a_no_is_no_yes(cast: Cast, shared: Shared) -> None:
    consent = shared.says_yes(cast.els)
    consent.answer = "refused"
    consent.save()
    assert shared.seen() == set()


def test_from_sixteen_the_pupil_alone_says_yes(cast: Cast, shared: Shared) -> None:
    born(cast.pupil_noor, date(2009, 1, 1))
    shared.says_yes(cast.els)
    assert shared.seen() == set()
    shared.says_yes(None)
    assert shared.seen() == {shared.share}


def test_of_unknown_age_everybody_says_yes(cast: Cast, shared: Shared) -> None:
    cast.beuk.type = "vo"
    cast.beuk.save()
    shared.says_yes(None)
    assert shared.seen() == set()
    shared.says_yes(cast.els)
    assert shared.seen() == {shared.share}


def test_without_any_guardian_with_authority_nobody_has_said_yes(cast: Cast, shared: Shared) -> None:
    shared.says_yes(cast.els)
    Guardianship.objects.update(until_at=NOW)
    assert shared.seen(NOW - DAY) == {shared.share}
    assert shared.seen() == set()


@pytest.mark.parametrize("what", ["case", "seat", "request", "share"])
def test_everything_that_ends_closes_it(cast: Cast, shared: Shared, what: str) -> None:
    shared.says_yes(cast.els)
    row = getattr(shared, what)
    setattr(row, "withdrawn_at" if what == "share" else "until_at", NOW)
    row.save()
    assert shared.seen(NOW - DAY) == {shared.share}
    assert shared.seen() == set()


def test_consent_is_for_one_organisation_and_one_kind_of_record(cast: Cast, shared: Shared) -> None:
    shared.says_yes(cast.els)
    ConsentItem.objects.update(record=Record.PLAN.value)
    assert shared.seen() == set()
    ConsentItem.objects.update(record=Record.SCALE_PROFILE.value)
    other = Organisation.objects.create(school=cast.beuk, name="Jeugdarts", kind="youth_health")
    ConsentRequest.objects.update(recipient=other)
    assert shared.seen() == set()


def test_a_ground_in_law_holds_when_a_second_person_confirmed_it(cast: Cast, shared: Shared) -> None:
    ground = LegalGround.objects.create(
        school=cast.beuk,
        pupil=cast.pupil_noor,
        recipient=shared.organisation,
        record=Record.SCALE_PROFILE.value,
        ground="reporting_code",
        explanation="omdat het moet",
        recorded_by=cast.bram,
        from_at=START,
        until_at=NOW + DAY,
    )
    assert shared.seen() == set()
    ground.confirmed_by, ground.confirmed_at = cast.rik, NOW
    ground.save()
    assert shared.seen() == {shared.share}
    assert shared.seen(NOW + DAY) == set()


def test_a_partner_knows_the_pupil_of_the_case_and_no_classmate(cast: Cast, shared: Shared) -> None:
    shared.says_yes(cast.els)
    assert set(access.may(shared.smw, Pupil, Verb.READ, at=NOW)) == {cast.pupil_noor}


def test_a_seat_at_one_case_opens_no_other(cast: Cast, shared: Shared) -> None:
    Case.objects.create(school=cast.beuk, pupil=cast.pupil_sem, purpose="iets anders", opened_by=cast.bram, from_at=START)
    assert rows(shared.smw, Case, Scope.RING) == {shared.case}


def test_what_was_shown_to_pupil_and_guardians(cast: Cast, shared: Shared) -> None:
    assert rows(cast.noor, Share, Scope.SELF_SHARED) == rows(cast.els, Share, Scope.CHILD_SHARED) == set()
    shared.share.shown_to_pupil_at = shared.share.shown_to_guardians_at = NOW
    shared.share.save()
    assert rows(cast.noor, Share, Scope.SELF_SHARED) == rows(cast.els, Share, Scope.CHILD_SHARED) == {shared.share}
    assert rows(cast.pim, Share, Scope.CHILD_SHARED) == rows(cast.sem, Share, Scope.SELF_SHARED) == set()
    assert rows(cast.noor, Share, Scope.SELF_SHARED, at=NOW - DAY) == set()


def test_ones_own_yes_is_ones_own(cast: Cast, shared: Shared) -> None:
    of_els, of_noor = shared.says_yes(cast.els), shared.says_yes(None)
    assert rows(cast.els, Consent, Scope.SELF) == {of_els}
    assert rows(cast.pim, Consent, Scope.SELF) == set()
    assert rows(cast.noor, Consent, Scope.SELF) == {of_noor}


def test_a_record_that_has_no_such_way_gives_no_row(cast: Cast, shared: Shared) -> None:
    for scope in (Scope.CASE, Scope.CASE_SHARED, Scope.RING, Scope.GLASS, Scope.AUTHOR, Scope.SELF, Scope.CHILD):
        assert rows(cast.bram, Organisation, scope) == set(), scope
    assert rows(cast.els, Pupil, Scope.SELF) == set()
    assert rows(shared.smw, Share, Scope.CASE_SHARED) == set()
    assert rows(shared.smw, Organisation, Scope.SCHOOL, marks=frozenset({Mark.CONSENT})) == set()


# ---- glass ----------------------------------------------------------------------------------------------------


def test_the_glass_is_one_pupil_one_hour_one_person(cast: Cast) -> None:
    dien = member(cast.beuk, Role.EMPLOYEE, "dien")
    now = timezone.now()
    BreakGlass.objects.create(
        school=cast.beuk, membership=dien, pupil=cast.pupil_noor, reason="flauwgevallen op het plein", from_at=now, until_at=now + DAY / 24
    )
    assert rows(dien, Pupil, Scope.GLASS, at=now) == {cast.pupil_noor}
    assert rows(cast.carla, Pupil, Scope.GLASS, at=now) == set()
    assert rows(dien, Pupil, Scope.GLASS, at=now + DAY / 24) == set()
    assert set(access.may(dien, Pupil, Verb.READ)) == set()  # the glass opens the safety card, not the dossier


def test_under_which_rows_something_may_be_made(cast: Cast) -> None:
    assert set(access.may(cast.els, Pupil, Verb.WRITE, of=Record.SAFETY_CARD)) == {cast.pupil_noor}
    assert set(access.may(cast.bram, Pupil, Verb.WRITE, of=Record.SAFETY_CARD)) == {cast.pupil_noor, cast.pupil_sem, cast.pupil_lot}
    assert set(access.may(cast.anna, Pupil, Verb.WRITE, of=Record.SAFETY_CARD)) == set()
    assert set(access.may(cast.anna, Pupil, Verb.WRITE)) == set()
