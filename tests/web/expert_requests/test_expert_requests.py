"""Asking an expert: nothing with a name without consent, a guest sees what was asked, the report is for who was named."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Record, Role
from kring.core.expert_requests import KEPT, Kind, ReaderNotOfPupil, Step
from kring.web.access import NotPermitted
from kring.web.cases.actions import Newcomer, close_case, invite_partner, open_case
from kring.web.cases.models import Case
from kring.web.expert_requests.actions import Answered, Asked, Reported, answer, ask, name_reader, remove_reader, report
from kring.web.expert_requests.intake import forget_reports
from kring.web.home.intake import make_due_tasks
from kring.web.models import (
    Consent,
    ConsentItem,
    ConsentRequest,
    Evaluation,
    ExpertReader,
    ExpertReport,
    ExpertRequest,
    Guardianship,
    Membership,
    Notice,
    Organisation,
    Plan,
    StoredFile,
    Task,
)
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db
QUESTION = "Hoe helpen wij haar om in de kring te durven praten?"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.FILES = tmp_path


def post(actor: Membership, route: str, *keys: object, **sent: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), sent)


def swv(cast: Cast) -> Organisation:
    return Organisation.objects.get_or_create(school=cast.beuk, name="SWV", defaults={"kind": "partnership"})[0]


def agreed(cast: Cast, *records: Record) -> ConsentRequest:
    at = timezone.now() - timedelta(hours=1)
    about = {"school": cast.beuk, "pupil": cast.pupil_noor, "recipient": swv(cast), "purpose": "Samen kijken naar praten in de kring"}
    asked = ConsentRequest.objects.create(**about, asked_by=cast.bram, from_at=at, until_at=at + timedelta(days=90))
    for record in records or (Record.EXPERT_REQUEST,):
        ConsentItem.objects.create(school=cast.beuk, request=asked, record=record.value)
    for tie in Guardianship.objects.filter(pupil=cast.pupil_noor, has_authority=True):
        said = {"guardian": tie.guardian, "answer": "given", "answered_at": at, "recorded_by": cast.bram}
        Consent.objects.create(school=cast.beuk, request=asked, **said)
    return asked


def form(cast: Cast, **other: Any) -> dict[str, Any]:
    by_on = (timezone.localdate() + timedelta(days=14)).isoformat()
    said = {"kind": "observation", "organisation": str(swv(cast).pk), "question": QUESTION, "tried": "", "with_name": "yes", "by_on": by_on}
    return {**said, "plan": "", "case": "", **other}


def asked(cast: Cast, kind: Kind = Kind.OBSERVATION, *, case: Case | None = None, with_name: bool = True) -> ExpertRequest:
    by_on = timezone.localdate() + timedelta(days=14)
    said = Asked(kind=kind, organisation=swv(cast), question=QUESTION, tried="", with_name=with_name, by_on=by_on, plan=None, case=case)
    return ask(cast.bram, cast.pupil_noor, said, at=timezone.now())


def with_guest(cast: Cast) -> tuple[ExpertRequest, Membership, Case]:
    agreed(cast)
    at = timezone.now()
    case = open_case(cast.bram, cast.pupil_noor, "Samen zoeken naar praten", until=timezone.localdate() + timedelta(days=60), at=at)
    mo = invite_partner(cast.bram, case, Newcomer("Mo", "", "Bakker", Role.SUPPORT_ADVISER, swv(cast)), at=at).membership
    return asked(cast, case=case), mo, case


def reported(cast: Cast, row: ExpertRequest, by: Membership, *, file: bool = False) -> ExpertReport:
    at = timezone.now()
    answer(by, row, Answered(step=Step.ACCEPT), at=at)
    brought: Any = SimpleUploadedFile("onderzoek.pdf", PDF) if file else None
    return report(by, row, Reported(text="Geef haar een vaste plek", evaluation="Het ging fijn samen", file=brought), at=at)


# ---- asking -----------------------------------------------------------------------------------------------------


def test_research_without_consent_is_refused_and_nothing_typed_is_lost(cast: Cast) -> None:
    for kind in ("research", "observation", "consult"):
        page = post(cast.bram, "expert_request_new", cast.pupil_noor.pk, **form(cast, kind=kind))
        assert page.status_code == 409
        assert QUESTION in page.content.decode()
        assert reverse("consent_new", args=[cast.bram.pk, cast.pupil_noor.pk]) in page.content.decode()
    assert not ExpertRequest.objects.exists()


def test_consent_for_something_else_will_not_do(cast: Cast) -> None:
    agreed(cast, Record.SCALE_PROFILE)
    assert post(cast.bram, "expert_request_new", cast.pupil_noor.pk, **form(cast)).status_code == 409


def test_with_everybodys_consent_it_is_asked_and_the_family_knows(cast: Cast) -> None:
    agreed(cast)
    assert "Hulp van buiten vragen" in text_of(cast.bram, "pupil_help", cast.pupil_noor.pk)
    page = post(cast.bram, "expert_request_new", cast.pupil_noor.pk, **form(cast, kind="research"))
    row = ExpertRequest.objects.get()
    assert page.headers["Location"] == reverse("expert_request", args=[cast.bram.pk, row.pk])
    assert may_look(cast, "expert_request", row.pk) == {"anna", "bram"}
    assert QUESTION in text_of(cast.els, "my_help")
    assert QUESTION not in text_of(cast.pim, "my_help")  # without authority
    assert QUESTION not in text_of(cast.noor, "my_help")  # nine years old
    assert QUESTION in text_of(cast.bram, "expert_requests")
    assert QUESTION in look(cast.bram, "expert_requests_csv").content.decode("utf-8-sig")


def test_thinking_along_goes_without_a_name(cast: Cast) -> None:
    assert post(cast.bram, "expert_request_new", cast.pupil_noor.pk, **form(cast, kind="consult", with_name="no")).status_code == 302
    assert "Niemand: de vraag is zonder naam gesteld" in text_of(cast.bram, "expert_request", ExpertRequest.objects.get().pk)


@pytest.mark.parametrize(
    ("other", "status"),
    [
        ({"question": "Moeilijke leerling"}, 409),
        ({"question": ""}, 200),
        ({"by_on": "2020-01-01"}, 409),
        ({"with_name": "no"}, 409),
        ({"kind": "placement"}, 409),
        ({"kind": "iets"}, 200),
        ({"organisation": ""}, 200),
    ],
    ids=["no question", "empty", "past", "observed without a name", "another place without a plan", "no kind", "nobody"],
)
def test_bad_requests_are_not_kept(cast: Cast, other: dict[str, str], status: int) -> None:
    agreed(cast)
    assert post(cast.bram, "expert_request_new", cast.pupil_noor.pk, **form(cast, **other)).status_code == status
    assert not ExpertRequest.objects.exists()


def test_another_place_is_asked_for_after_a_plan_was_looked_at(cast: Cast) -> None:
    agreed(cast)
    at = timezone.now()
    kept = {"made_by": cast.bram, "made_at": at, "edited_at": at}
    what = {"kind": "trial", "state": "evaluated", "stage": "short", "seen_as": "intervention", "title": "Durven", "support_layer": "basic"}
    plan = Plan.objects.create(school=cast.beuk, pupil=cast.pupil_noor, **what, **kept)
    sent = form(cast, kind="placement", plan=str(plan.pk))
    assert post(cast.bram, "expert_request_new", cast.pupil_noor.pk, **sent).status_code == 409
    Evaluation.objects.create(school=cast.beuk, plan=plan, carried_out="Ja", decision="deepen", evaluated_by=cast.bram, evaluated_at=at)
    assert post(cast.bram, "expert_request_new", cast.pupil_noor.pk, **sent).status_code == 302
    assert "Durven" in text_of(cast.bram, "expert_request", ExpertRequest.objects.get().pk)


def test_nobody_else_asks(cast: Cast) -> None:
    agreed(cast)
    for actor, status in ((cast.anna, 403), (cast.rik, 403), (cast.els, 403), (cast.frans, 404)):
        assert post(actor, "expert_request_new", cast.pupil_noor.pk, **form(cast)).status_code == status
        with pytest.raises(NotPermitted):
            ask(actor, cast.pupil_noor, Asked(**wanted(cast)), at=timezone.now())


def wanted(cast: Cast) -> dict[str, Any]:
    by_on = timezone.localdate() + timedelta(days=14)
    return {"kind": Kind.TALK, "organisation": swv(cast), "question": QUESTION, "tried": "", "with_name": True, "by_on": by_on} | {
        "plan": None,
        "case": None,
    }


# ---- the guest --------------------------------------------------------------------------------------------------


def test_a_guest_sees_what_was_asked_and_answers_until_the_case_is_over(cast: Cast) -> None:
    row, mo, case = with_guest(cast)
    assert Notice.objects.filter(receiver=mo, event="expert_request.asked").exists()
    assert QUESTION in text_of(mo, "expert_requests")
    assert QUESTION in text_of(mo, "expert_request", row.pk)
    assert look(mo, "expert_requests_csv").status_code == 404
    assert look(mo, "support_offers").status_code == 404
    assert post(mo, "expert_request_answer", row.pk, step="decline", answer="").status_code == 409
    assert post(mo, "expert_request_answer", row.pk, step="accept", answer="Ik kom graag").status_code == 302
    assert Notice.objects.filter(receiver=cast.bram, event="expert_request.answered").exists()
    assert post(mo, "expert_request_withdraw", row.pk).status_code == 403
    day = timezone.localdate() + timedelta(days=7)
    assert post(mo, "expert_request_day", row.pk, planned_on="2020-01-01").status_code == 409
    assert post(mo, "expert_request_day", row.pk, planned_on="straks").status_code == 200
    assert post(mo, "expert_request_day", row.pk, planned_on=day.isoformat()).status_code == 302
    close_case(cast.bram, case, at=timezone.now())
    assert look(mo, "expert_request", row.pk).status_code == 404


def test_a_consent_that_is_taken_back_closes_it(cast: Cast) -> None:
    row, mo, _case = with_guest(cast)
    agreed(cast, Record.SCALE_PROFILE)  # for something else, still holding
    Consent.objects.filter(request__items__record=Record.EXPERT_REQUEST.value).update(withdrawn_at=timezone.now())
    assert look(mo, "pupil", cast.pupil_noor.pk).status_code in {200, 404}
    assert look(mo, "expert_request", row.pk).status_code == 404
    assert QUESTION not in text_of(mo, "expert_requests")


def test_what_is_over_stays_over(cast: Cast) -> None:
    agreed(cast)
    row = asked(cast)
    assert post(cast.bram, "expert_request_answer", row.pk, step="iets").status_code == 200
    assert post(cast.bram, "expert_request_report", row.pk, text="Te vroeg").status_code == 409
    assert post(cast.bram, "expert_request_withdraw", row.pk).status_code == 302
    assert post(cast.bram, "expert_request_withdraw", row.pk).status_code == 409
    assert post(cast.bram, "expert_request_answer", row.pk, step="accept").status_code == 409
    assert "ingetrokken" in text_of(cast.bram, "expert_requests", show="over")


# ---- the report -------------------------------------------------------------------------------------------------


def test_a_report_is_for_the_coordinator_and_who_was_named(cast: Cast) -> None:
    row, mo, _case = with_guest(cast)
    answer(mo, row, Answered(step=Step.ACCEPT), at=timezone.now())
    assert "De vraag was" in text_of(mo, "expert_request_report", row.pk)
    assert post(mo, "expert_request_report", row.pk, text=" ").status_code == 409
    brought = SimpleUploadedFile("onderzoek.pdf", PDF)
    sent = {"text": "Geef haar een vaste plek", "evaluation": "Het hielp", "file": brought}
    assert post(mo, "expert_request_report", row.pk, **sent).status_code == 302
    made = ExpertReport.objects.get()
    assert made.forget_at - made.written_at == KEPT
    said = "Geef haar een vaste plek"
    assert said in text_of(cast.bram, "expert_request", row.pk)
    assert said in text_of(mo, "expert_request", row.pk)
    assert said not in text_of(cast.anna, "expert_request", row.pk)
    assert said not in text_of(cast.bram, "pupil_help", cast.pupil_noor.pk)  # not in the ordinary file
    assert said not in text_of(cast.els, "my_help")
    assert may_look(cast, "expert_report_file", made.pk) == {"bram"}
    assert post(cast.bram, "expert_reader_name", row.pk, reader=cast.anna.pk).status_code == 302
    assert said in text_of(cast.anna, "expert_request", row.pk)
    assert look(cast.anna, "expert_report_file", made.pk).content == PDF
    assert post(cast.bram, "expert_reader_remove", ExpertReader.objects.get().pk).status_code == 302
    assert said not in text_of(cast.anna, "expert_request", row.pk)


def test_only_who_works_with_the_pupil_is_named_and_until_the_year_ends(cast: Cast) -> None:
    agreed(cast)
    row = asked(cast)
    assert post(cast.bram, "expert_reader_name", row.pk, reader=cast.carla.pk).status_code == 200
    with pytest.raises(ReaderNotOfPupil):
        name_reader(cast.bram, row, cast.carla, at=timezone.now())
    seat = name_reader(cast.bram, row, cast.anna, at=timezone.now())
    assert seat.until_at is not None
    remove_reader(cast.bram, seat)
    assert not ExpertReader.objects.exists()
    with pytest.raises(NotPermitted):
        name_reader(cast.anna, row, cast.anna, at=timezone.now())


def test_after_two_years_a_report_goes_with_its_file(cast: Cast) -> None:
    agreed(cast)
    row = asked(cast)
    made = reported(cast, row, cast.bram, file=True)
    name_reader(cast.bram, row, cast.anna, at=timezone.now())
    assert forget_reports(at=made.forget_at - timedelta(seconds=1)) == 0
    assert forget_reports(at=made.forget_at) == 1
    assert not any(one.objects.exists() for one in (ExpertReport, ExpertReader, StoredFile))
    assert "Er is een verslag" in text_of(cast.bram, "expert_request", row.pk)
    assert look(cast.bram, "expert_report_file", made.pk).status_code == 404


def test_a_report_without_its_bytes_is_not_there(cast: Cast, settings: LazySettings) -> None:
    agreed(cast)
    made = reported(cast, asked(cast), cast.bram, file=True)
    settings.FILES = settings.FILES / "elders"
    assert look(cast.bram, "expert_report_file", made.pk).status_code == 404


# ---- growing old ------------------------------------------------------------------------------------------------


def test_who_asked_is_told_when_nobody_answers(cast: Cast) -> None:
    agreed(cast)
    row = asked(cast, Kind.TALK)
    make_due_tasks(at=timezone.now())
    assert not Task.objects.filter(kind="expert_request.unanswered").exists()
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        make_due_tasks(at=timezone.now())
        task = Task.objects.get(kind="expert_request.unanswered")
        assert (task.owner, task.pupil) == (cast.bram, cast.pupil_noor)
        assert "nog geen antwoord" in text_of(cast.bram, "expert_requests")
        answer(cast.bram, row, Answered(step=Step.DECLINE, answer="Geen tijd"), at=timezone.now())
        task.refresh_from_db()
        assert task.done_at is not None


def test_the_pages_ask_as_often_for_three_as_for_one(cast: Cast) -> None:
    agreed(cast)
    row = asked(cast)
    pages = [("expert_requests", ()), ("expert_request", (row.pk,)), ("pupil_help", (cast.pupil_noor.pk,)), ("care_overview", ())]
    once = [queries_for(cast.bram, route, keys) for route, keys in pages]
    at_home = queries_for(cast.els, "my_help")
    for kind in (Kind.CONSULT, Kind.RESEARCH):
        asked(cast, kind)
    assert [queries_for(cast.bram, route, keys) for route, keys in pages] == once
    assert queries_for(cast.els, "my_help") == at_home
