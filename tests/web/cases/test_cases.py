"""Cases with partners: nobody in without consent, nothing but what was shared, and out in the same request."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Record, Role
from kring.core.cases import AlreadyOnCase, CaseAlreadyClosed, ConsentMissing, NoScoresYet, ShareWithdrawn
from kring.web.access import NotPermitted
from kring.web.cases.actions import (
    Newcomer,
    add_colleague,
    add_partner,
    close_case,
    invite_partner,
    open_case,
    remove_member,
    withdraw_share,
)
from kring.web.consents.actions import end_legal_ground
from kring.web.files import intake as files
from kring.web.models import (
    Case,
    CaseMember,
    Consent,
    ConsentItem,
    ConsentRequest,
    Entry,
    Guardian,
    Guardianship,
    LegalGround,
    Membership,
    Notice,
    Organisation,
    Partner,
    Person,
    Pupil,
    Share,
)
from kring.web.reports.actions import share_profile
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, guardian, member, pupil
from tests.measurements import classmates, result_round, sociogram_round

pytestmark = pytest.mark.django_db
PURPOSE = "Samen zoeken naar rust in de klas"


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.FILES = tmp_path


def days(n: int) -> Any:
    return timezone.localdate() + timedelta(days=n)


def opened(cast: Cast, of: Pupil | None = None, *, until: int = 60) -> Case:
    return open_case(cast.bram, of or cast.pupil_noor, PURPOSE, until=days(until), at=timezone.now())


def organisation(cast: Cast, name: str = "Maatwerk") -> Organisation:
    return Organisation.objects.get_or_create(school=cast.beuk, name=name, defaults={"kind": "social_work"})[0]


def agreed(cast: Cast, of: Pupil, recipient: Organisation, *records: Record) -> ConsentRequest:
    """Els said yes."""
    at = timezone.now() - timedelta(hours=1)
    asked = ConsentRequest.objects.create(
        school=cast.beuk, pupil=of, recipient=recipient, purpose=PURPOSE, asked_by=cast.bram, from_at=at, until_at=at + timedelta(days=90)
    )
    for record in records or (Record.SCALE_PROFILE,):
        ConsentItem.objects.create(school=cast.beuk, request=asked, record=record.value)
    for tie in Guardianship.objects.filter(pupil=of, has_authority=True):
        Consent.objects.create(
            school=cast.beuk, request=asked, guardian=tie.guardian, answer="given", answered_at=at, recorded_by=cast.bram
        )
    return asked


def guest(cast: Cast, case: Case, recipient: Organisation | None = None, *, name: str = "Mo") -> Membership:
    """Somebody of an organisation, invited to this case."""
    at_work = recipient or organisation(cast)
    seat = invite_partner(cast.bram, case, Newcomer(name, "", "Bakker", Role.SOCIAL_WORKER, at_work), at=timezone.now())
    return seat.membership


def shared(cast: Cast, case: Case, *, to_pupil: bool = False, to_guardians: bool = False) -> Share:
    if not Entry.objects.filter(name="profile.shared").exists():
        result_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 8)], "Najaarslijst")
    return share_profile(cast.bram, case, to_pupil=to_pupil, to_guardians=to_guardians, at=timezone.now())


# ---- opening ----------------------------------------------------------------------------------------------------


def test_a_coordinator_opens_a_case(cast: Cast) -> None:
    client = client_of(cast.bram)
    assert "Casus openen" in text_of(cast.bram, "pupil_help", cast.pupil_noor.pk)
    address = reverse("case_open", args=[cast.bram.pk, cast.pupil_noor.pk])
    answer = client.post(address, {"purpose": f" {PURPOSE}\n", "until": days(60).isoformat()})
    case = Case.objects.get()
    assert answer.headers["Location"] == reverse("case", args=[cast.bram.pk, case.pk])
    assert (case.purpose, case.pupil, case.opened_by) == (PURPOSE, cast.pupil_noor, cast.bram)
    assert timezone.localtime(case.until_at).date() == days(61)  # up to and including day 60
    assert Entry.objects.get(name="case.opened").pupil_id == cast.pupil_noor.pk
    assert PURPOSE in text_of(cast.bram, "pupil_help", cast.pupil_noor.pk)


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 200),
        ({"purpose": "overleg", "until": "2099-01-01"}, 409),
        ({"purpose": PURPOSE, "until": "2099-01-01"}, 409),
        ({"purpose": PURPOSE, "until": "2020-01-01"}, 409),
        ({"purpose": PURPOSE, "until": "morgen"}, 200),
        ({"purpose": "x" * 301, "until": "2099-01-01"}, 200),
    ],
)
def test_a_case_that_is_not_good_is_not_opened(cast: Cast, given: dict[str, str], status: int) -> None:
    answer = client_of(cast.bram).post(reverse("case_open", args=[cast.bram.pk, cast.pupil_noor.pk]), given)
    assert (answer.status_code, Case.objects.exists()) == (status, False)
    assert given.get("purpose", "") in answer.content.decode()


def test_nobody_else_opens_one(cast: Cast) -> None:
    refused = {name for name, actor in cast.actors().items() if look(actor, "case_open", cast.pupil_noor.pk).status_code == 403}
    assert refused == {"anna", "rik", "els", "noor"}  # they may look at Noor
    for actor in (cast.anna, cast.rik, cast.els, cast.frans):
        with pytest.raises(NotPermitted):
            open_case(actor, cast.pupil_noor, PURPOSE, until=days(9), at=timezone.now())


# ---- who sits at it ---------------------------------------------------------------------------------------------


def test_a_colleague_sees_the_case_while_seated(cast: Cast) -> None:
    case = opened(cast)
    assert may_look(cast, "case", case.pk) == {"bram"}
    seat = add_colleague(cast.bram, case, cast.carla, at=timezone.now())
    assert may_look(cast, "case", case.pk) == {"bram", "carla"}
    assert look(cast.carla, "pupil", cast.pupil_noor.pk).status_code == 404  # the case is no way into the file
    assert Notice.objects.get(event="case.joined").receiver == cast.carla
    remove_member(cast.bram, seat, at=timezone.now())
    assert may_look(cast, "case", case.pk) == {"bram"}


def test_asked_by_the_page(cast: Cast) -> None:
    case = opened(cast)
    client = client_of(cast.bram)
    address = reverse("case_colleague", args=[cast.bram.pk, case.pk])
    page = client.get(address).content.decode()
    assert ("Carla" in page, "Olga" in page, "Frans" in page) == (True, False, False)
    assert client.post(address, {"colleague": cast.olga.pk}).status_code == 200
    assert client.post(address, {"colleague": cast.frans.pk}).status_code == 200
    late = client.post(address, {"colleague": cast.carla.pk, "until": days(90).isoformat()})
    assert (late.status_code, "loopt niet zo lang" in late.content.decode()) == (409, True)
    assert client.post(address, {"colleague": cast.carla.pk, "until": days(9).isoformat()}).status_code == 302
    assert CaseMember.objects.get(membership=cast.carla).until_at < case.until_at  # type: ignore[operator]
    with pytest.raises(AlreadyOnCase):
        add_colleague(cast.bram, case, cast.carla, at=timezone.now())


def test_who_may_look_at_a_case_may_not_change_it(cast: Cast) -> None:
    case = opened(cast)
    seat = add_colleague(cast.bram, case, cast.carla, at=timezone.now())
    share = shared(cast, case)
    for route, key in (
        ("case_close", case.pk),
        ("case_colleague", case.pk),
        ("case_partner", case.pk),
        ("case_newcomer", case.pk),
        ("case_member_remove", seat.pk),
        ("share_new", case.pk),
        ("share_withdraw", share.pk),
    ):
        for actor, status in ((cast.carla, {403}), (cast.anna, {404}), (cast.els, {404}), (cast.frans, {404})):
            answer = client_of(actor).post(reverse(route, args=[actor.pk, key]))
            assert answer.status_code in status | {403 if actor is cast.carla else 404}, (route, actor)
            assert "Noor Test" not in answer.content.decode()


# ---- consent ----------------------------------------------------------------------------------------------------


def test_no_partner_without_consent(cast: Cast) -> None:
    case, at_work = opened(cast), organisation(cast)
    newcomer = {"given_name": "Mo", "family_name": "Bakker", "role": "social_worker", "organisation": at_work.pk}
    address = reverse("case_newcomer", args=[cast.bram.pk, case.pk])
    answer = client_of(cast.bram).post(address, newcomer)
    page = answer.content.decode()
    assert (answer.status_code, "geen geldige toestemming" in page, 'value="Bakker"' in page) == (409, True, True)
    assert not Person.objects.filter(family_name="Bakker").exists()
    agreed(cast, cast.pupil_sem, at_work)  # of another child
    agreed(cast, cast.pupil_noor, organisation(cast, "Elders"))  # with another organisation
    with pytest.raises(ConsentMissing):
        guest(cast, case)
    agreed(cast, cast.pupil_noor, at_work)
    assert client_of(cast.bram).post(address, newcomer).status_code == 302
    assert Partner.objects.get().membership.until_at == case.until_at


def test_somebody_new_comes_in_with_the_letter_that_the_case_leads_to(cast: Cast) -> None:
    case = opened(cast)
    agreed(cast, cast.pupil_noor, organisation(cast))
    mo = guest(cast, case)
    account = reverse("person", args=[cast.bram.pk, mo.pk])
    assert account in text_of(cast.bram, "case", case.pk)
    assert account not in text_of(mo, "case", case.pk)
    letter = client_of(cast.bram).post(reverse("invite", args=[cast.bram.pk, mo.pk]))
    assert (letter.status_code, letter.headers["Content-Type"]) == (200, "application/pdf")


def test_a_ground_in_law_of_two_people_will_do(cast: Cast) -> None:
    case, now = opened(cast), timezone.now()
    ground = LegalGround.objects.create(
        school=cast.beuk,
        pupil=cast.pupil_noor,
        recipient=organisation(cast),
        record=Record.SCALE_PROFILE.value,
        ground="vital_interest",
        explanation="x" * 40,
        recorded_by=cast.bram,
        from_at=now - timedelta(hours=1),
        until_at=now + timedelta(days=9),
    )
    with pytest.raises(ConsentMissing):
        guest(cast, case)
    ground.confirmed_by, ground.confirmed_at = cast.rik, now
    ground.save()
    mo = guest(cast, case)
    assert "Noor Test" in text_of(mo, "case", case.pk)


def test_a_partner_sees_the_case_and_nothing_else(cast: Cast) -> None:
    case = opened(cast)
    other = opened(cast, cast.pupil_sem)
    agreed(cast, cast.pupil_noor, organisation(cast))
    mo = guest(cast, case)
    share = shared(cast, case)
    home = text_of(mo, "cases")
    assert ("Noor Test" in home, "Sem" in home) == (True, False)
    page = text_of(mo, "case", case.pk)
    assert ("Noor Test" in page, PURPOSE in page, "Bram" in page, "intern begeleider" in page) == (True, True, True, True)
    assert ("6A" in page, "Sem" in page, "Casus sluiten" in page) == (False, False, False)
    assert look(mo, "share_file", share.pk).status_code == 200
    for route, key in (
        ("pupil", cast.pupil_noor.pk),
        ("pupil_pdf", cast.pupil_noor.pk),
        ("group", cast.group_6a.pk),
        ("safety_card", cast.pupil_noor.pk),
        ("case", other.pk),
    ):
        answer = look(mo, route, key)
        assert (answer.status_code, "Sem" in answer.content.decode()) == (404, False), route
    assert look(mo, "case_open", cast.pupil_noor.pk).status_code == 403
    for route in ("groups", "rounds", "jobs", "glasses", "safety_cards", "shares"):
        assert look(mo, route).status_code == 404, route


Ending = Callable[[Cast, Case, ConsentRequest], None]


def _withdrawn(cast: Cast, case: Case, asked: ConsentRequest) -> None:  # noqa: ARG001
    Consent.objects.filter(request=asked).update(withdrawn_at=timezone.now())


def _asked_ended(cast: Cast, case: Case, asked: ConsentRequest) -> None:  # noqa: ARG001
    ConsentRequest.objects.filter(pk=asked.pk).update(until_at=timezone.now())


def _authority_lost(cast: Cast, case: Case, asked: ConsentRequest) -> None:  # noqa: ARG001
    Guardianship.objects.filter(guardian__person=cast.els.person).update(until_at=timezone.now())


def _second_guardian(cast: Cast, case: Case, asked: ConsentRequest) -> None:  # noqa: ARG001
    guardian(cast.pupil_noor, member(cast.beuk, Role.GUARDIAN, "ouder"), has_authority=True)


def _closed(cast: Cast, case: Case, asked: ConsentRequest) -> None:  # noqa: ARG001
    close_case(cast.bram, case, at=timezone.now())


def _removed(cast: Cast, case: Case, asked: ConsentRequest) -> None:  # noqa: ARG001
    for seat in CaseMember.objects.filter(membership__partner__isnull=False):
        remove_member(cast.bram, seat, at=timezone.now())


def _share_withdrawn(cast: Cast, case: Case, asked: ConsentRequest) -> None:  # noqa: ARG001
    withdraw_share(cast.bram, Share.objects.get(), at=timezone.now())


def _profile_not_agreed(cast: Cast, case: Case, asked: ConsentRequest) -> None:  # noqa: ARG001
    ConsentItem.objects.filter(request=asked).update(record=Record.PLAN.value)


def _sixteen(cast: Cast, case: Case, asked: ConsentRequest) -> None:  # noqa: ARG001
    Pupil.objects.filter(pk=cast.pupil_noor.pk).update(birth_date=timezone.localdate() - timedelta(days=16 * 366))


def _works_elsewhere(cast: Cast, case: Case, asked: ConsentRequest) -> None:  # noqa: ARG001
    other = Organisation.objects.create(school=cast.beuk, name="Een ander", kind="other")
    Partner.objects.filter(organisation=asked.recipient).update(organisation=other)


ENDS_ALL = [_withdrawn, _asked_ended, _authority_lost, _second_guardian, _closed, _removed, _sixteen, _works_elsewhere]
OVERVIEWS = ("home", "cases", "consents_given", "consultations")


@pytest.mark.parametrize("ending", [*ENDS_ALL, _share_withdrawn, _profile_not_agreed], ids=lambda one: one.__name__.strip("_"))
def test_closed_in_the_same_request(cast: Cast, ending: Ending) -> None:
    case = opened(cast)
    asked = agreed(cast, cast.pupil_noor, organisation(cast))
    mo = guest(cast, case)
    share = shared(cast, case)
    client = client_of(mo)
    pages = {"case": [mo.pk, case.pk], "share_file": [mo.pk, share.pk]}
    assert {route: client.get(reverse(route, args=keys)).status_code for route, keys in pages.items()} == dict.fromkeys(pages, 200)
    assert [b"Noor" in client.get(reverse(route, args=[mo.pk])).content for route in OVERVIEWS] == [True, True, True, False]
    ending(cast, case, asked)
    answers = {route: client.get(reverse(route, args=keys)) for route, keys in pages.items()}
    assert answers["share_file"].status_code in {302, 404}  # 302: logged out, for no hat is left
    assert b"%PDF" not in answers["share_file"].content
    if ending in ENDS_ALL:
        for answer in (answers["case"], *(client.get(reverse(route, args=[mo.pk])) for route in OVERVIEWS)):
            assert b"Noor" not in answer.content
        assert answers["case"].status_code in {302, 404}
    else:
        assert share.title not in answers["case"].content.decode()


def test_a_ground_in_law_that_ended_closes_everything_it_opened(cast: Cast) -> None:
    case, now = opened(cast), timezone.now()
    ground = LegalGround.objects.create(
        school=cast.beuk,
        pupil=cast.pupil_noor,
        recipient=organisation(cast),
        record=Record.SCALE_PROFILE.value,
        ground="legal_duty",
        explanation="x" * 40,
        recorded_by=cast.bram,
        confirmed_by=cast.rik,
        confirmed_at=now,
        from_at=now - timedelta(hours=1),
        until_at=now + timedelta(days=9),
    )
    mo, share = guest(cast, case), shared(cast, case)
    assert look(mo, "share_file", share.pk).status_code == 200
    end_legal_ground(cast.bram, ground, at=timezone.now())
    assert {look(mo, route, key).status_code for route, key in (("case", case.pk), ("share_file", share.pk))} == {404}
    assert "Noor" not in text_of(mo, "home")


def test_a_page_that_is_closed_for_a_partner_names_no_other_hat_that_may_see_it(cast: Cast) -> None:
    case = opened(cast)
    asked = agreed(cast, cast.pupil_noor, organisation(cast))
    mo = guest(cast, case)
    also = Membership.objects.create(school=cast.beuk, person=mo.person, role=Role.EMPLOYEE.value, from_at=mo.from_at)
    link = reverse("case", args=[mo.pk, case.pk])
    answer = client_of(also).get(reverse("case", args=[also.pk, case.pk]))
    assert (answer.status_code, link in answer.content.decode()) == (404, True)
    Consent.objects.filter(request=asked).update(withdrawn_at=timezone.now())
    assert link not in client_of(also).get(reverse("case", args=[also.pk, case.pk])).content.decode()


def test_at_its_last_minute_it_is_over(cast: Cast) -> None:
    case = opened(cast, until=5)
    agreed(cast, cast.pupil_noor, organisation(cast))
    mo, share = guest(cast, case), shared(cast, case)
    assert case.until_at is not None
    for moment, status in ((case.until_at - timedelta(seconds=1), 200), (case.until_at, 404)):
        with time_machine.travel(moment, tick=False):
            client = client_of(mo)
            assert client.get(reverse("case", args=[mo.pk, case.pk])).status_code == status
            assert client.get(reverse("share_file", args=[mo.pk, share.pk])).status_code == status


# ---- closing ----------------------------------------------------------------------------------------------------


def test_a_closed_case_leaves_a_guest_without_a_hat(cast: Cast) -> None:
    case = opened(cast)
    agreed(cast, cast.pupil_noor, organisation(cast))
    mo = guest(cast, case)
    answer = client_of(cast.bram).post(reverse("case_close", args=[cast.bram.pk, case.pk]))
    assert answer.status_code == 302
    mo.refresh_from_db()
    assert mo.until_at is not None
    assert mo.until_at <= timezone.now()
    front = client_of(mo).get(reverse("front"))
    assert ("Noor" in front.content.decode(), "geen enkele school" in front.content.decode()) == (False, True)
    again = client_of(cast.bram).post(reverse("case_close", args=[cast.bram.pk, case.pk]))
    assert (again.status_code, "al gesloten" in again.content.decode()) == (409, True)
    for late in (
        lambda: add_colleague(cast.bram, case, cast.carla, at=timezone.now()),
        lambda: guest(cast, case, name="Bo"),
        lambda: share_profile(cast.bram, case, to_pupil=False, to_guardians=False, at=timezone.now()),
    ):
        with pytest.raises(CaseAlreadyClosed):
            late()


def test_another_open_case_keeps_the_hat_as_long_as_that_runs(cast: Cast) -> None:
    first, second = opened(cast), opened(cast, cast.pupil_sem, until=20)
    els_of_sem = Guardian.objects.get(person=cast.els.person)
    Guardianship.objects.create(school=cast.beuk, guardian=els_of_sem, pupil=cast.pupil_sem, has_authority=True, from_at=cast.els.from_at)
    for of in (cast.pupil_noor, cast.pupil_sem):
        agreed(cast, of, organisation(cast))
    mo = guest(cast, first)
    add_partner(cast.bram, second, mo.partner, at=timezone.now())
    mo.refresh_from_db()
    assert mo.until_at == first.until_at
    close_case(cast.bram, first, at=timezone.now())
    mo.refresh_from_db()
    assert mo.until_at == second.until_at
    assert ("Sem" in text_of(mo, "cases"), "Noor" in text_of(mo, "cases")) == (True, False)


def test_an_earlier_end_of_the_hat_stays_when_a_seat_ends(cast: Cast) -> None:
    first, second = opened(cast), opened(cast)
    agreed(cast, cast.pupil_noor, organisation(cast))
    mo = guest(cast, first)
    add_partner(cast.bram, second, mo.partner, at=timezone.now())
    ends_at = timezone.now() + timedelta(days=1)
    Membership.objects.filter(pk=mo.pk).update(until_at=ends_at)
    remove_member(cast.bram, CaseMember.objects.get(case=second, membership=mo), at=timezone.now())
    mo.refresh_from_db()
    assert mo.until_at == ends_at


def test_asked_again_somebody_gets_a_new_hat(cast: Cast) -> None:
    case = opened(cast)
    agreed(cast, cast.pupil_noor, organisation(cast))
    mo = guest(cast, case)
    close_case(cast.bram, case, at=timezone.now())
    anew = opened(cast)
    page = text_of(cast.bram, "case_partner", anew.pk)
    assert page.count("Mo Bakker") == 1
    client_of(cast.bram).post(reverse("case_partner", args=[cast.bram.pk, anew.pk]), {"partner": mo.partner.pk})
    hats = Membership.objects.filter(person=mo.person).order_by("from_at")
    assert [hat.until_at == anew.until_at for hat in hats] == [False, True]
    assert look(hats[1], "case", anew.pk).status_code == 200
    with pytest.raises(AlreadyOnCase):
        add_partner(cast.bram, anew, mo.partner, at=timezone.now())


# ---- what is shared ---------------------------------------------------------------------------------------------


def test_what_is_kept_is_the_profile_of_that_moment(cast: Cast) -> None:
    case = opened(cast)
    before = kept(shared(cast, case))
    sociogram_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem, *classmates_of(cast)], "Wie kiest wie", opens_on=date(2026, 3, 2))
    result_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], "Latere lijst", opens_on=date(2026, 2, 2))
    after = kept(shared(cast, case))
    assert [("november 2025" in sheet, "februari 2026" in sheet) for sheet in (before, after)] == [(True, False), (True, True)]
    assert [word for word in ("maart 2026", "Kind 01", "Sem", "6A", "klasgeno") if word in after] == []


def test_a_table_that_runs_over_pages_is_printed_for_each_reader(cast: Cast) -> None:
    """PDF/UA holds the words across the page to be outside the table."""
    case = opened(cast)
    for month in range(1, 13):
        result_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], f"Lijst {month}", opens_on=date(2025, month, 2))
    share = share_profile(cast.bram, case, to_pupil=False, to_guardians=False, at=timezone.now())
    assert look(cast.bram, "share_file", share.pk).content.startswith(b"%PDF")


def kept(share: Share) -> str:
    assert share.file is not None
    return files.read(share.file).decode()


def classmates_of(cast: Cast) -> list[Pupil]:
    return list(Pupil.objects.filter(enrolments__group=cast.group_6a).exclude(pk__in=[cast.pupil_noor.pk, cast.pupil_sem.pk]))


def test_it_is_fetched_as_a_sandboxed_download_and_written_down(cast: Cast) -> None:
    case = opened(cast)
    agreed(cast, cast.pupil_noor, organisation(cast))
    mo, share = guest(cast, case), shared(cast, case)
    answer = look(mo, "share_file", share.pk)
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    entry = Entry.objects.get(name="page.printed")
    assert (entry.record, entry.record_id, entry.pupil_id, entry.actor_id) == ("share", share.pk, cast.pupil_noor.pk, mo.pk)
    others = look(cast.bram, "share_file", share.pk)
    assert others.content != answer.content  # printed for this reader


def test_shown_to_who_it_is_about(cast: Cast) -> None:
    case = opened(cast)
    hidden = shared(cast, case)
    assert look(cast.els, "share_file", hidden.pk).status_code == 404
    assert "Er is niets gedeeld" in text_of(cast.els, "shares")
    share = shared(cast, case, to_pupil=True, to_guardians=True)
    for actor in (cast.els, cast.noor):
        assert look(actor, "share_file", share.pk).status_code == 200
        assert PURPOSE in text_of(actor, "shares")
    for actor in (cast.pim, cast.sem, cast.anna, cast.frans):
        assert look(actor, "share_file", share.pk).status_code == 404
    withdraw_share(cast.bram, share, at=timezone.now())
    assert look(cast.els, "share_file", share.pk).status_code == 404
    assert look(cast.bram, "share_file", share.pk).status_code == 200
    with pytest.raises(ShareWithdrawn):
        withdraw_share(cast.bram, share, at=timezone.now())


def test_sharing_by_the_page(cast: Cast) -> None:
    case = opened(cast)
    client, address = client_of(cast.bram), reverse("share_new", args=[cast.bram.pk, case.pk])
    answer = client.post(address, {})
    assert (answer.status_code, "nog geen scores" in answer.content.decode()) == (409, True)
    with pytest.raises(NoScoresYet):
        share_profile(cast.bram, case, to_pupil=False, to_guardians=False, at=timezone.now())
    result_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], "Najaarslijst")
    assert "Waarvoor toestemming is gegeven" not in client.get(address).content.decode()
    asked = agreed(cast, cast.pupil_noor, organisation(cast))
    assert asked.purpose in client.get(address).content.decode()  # to hold beside what the case is for
    assert client.post(address, {"to_guardians": "on"}).status_code == 302
    share = Share.objects.get()
    assert (share.shown_to_pupil_at, share.shown_to_guardians_at, share.record) == (None, share.shared_at, "scaleprofile")
    assert client.post(reverse("share_withdraw", args=[cast.bram.pk, share.pk])).status_code == 302
    assert "ingetrokken op" in text_of(cast.bram, "case", case.pk)


def test_the_school_sees_whose_consent_fell_away(cast: Cast) -> None:
    case = opened(cast)
    asked = agreed(cast, cast.pupil_noor, organisation(cast))
    guest(cast, case)
    shared(cast, case)
    assert "Geen geldige toestemming" not in text_of(cast.bram, "case", case.pk)
    _profile_not_agreed(cast, case, asked)
    assert "Niet te lezen door Maatwerk" in text_of(cast.bram, "case", case.pk)
    _withdrawn(cast, case, asked)
    assert "Geen geldige toestemming: ziet nu niets" in text_of(cast.bram, "case", case.pk)


def test_a_share_without_its_bytes_does_not_exist(cast: Cast, tmp_path: Path) -> None:
    share = shared(cast, opened(cast))
    for file in tmp_path.rglob("*"):
        if file.is_file():
            file.unlink()
    assert look(cast.bram, "share_file", share.pk).status_code == 404


# ---- pages ------------------------------------------------------------------------------------------------------


def test_empty_pages_say_what_will_come(cast: Cast) -> None:
    assert "Nog geen casussen" in text_of(cast.bram, "cases")
    mo = member(cast.beuk, Role.SOCIAL_WORKER, "mo")
    assert "Er is nu niets met u gedeeld" in text_of(mo, "cases")


def test_as_many_questions_for_three_as_for_one(cast: Cast) -> None:
    case = opened(cast)
    agreed(cast, cast.pupil_noor, organisation(cast))
    mo = guest(cast, case)
    shared(cast, case)
    asked = [queries_for(cast.bram, "cases"), queries_for(cast.bram, "case", [case.pk]), queries_for(mo, "case", [case.pk])]
    for name in ("Ties", "Vera"):
        opened(cast, pupil(cast.group_6a, name, 6))
        guest(cast, case, name=name)
        shared(cast, case)
    assert asked == [queries_for(cast.bram, "cases"), queries_for(cast.bram, "case", [case.pk]), queries_for(mo, "case", [case.pk])]
