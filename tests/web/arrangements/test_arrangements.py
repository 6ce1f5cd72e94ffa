"""Arrangements: written down, added up, asked for a result; and what the school offers others."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.core.arrangements import GrantKind
from kring.web.arrangements.actions import Granted, enter_arrangement, write_result
from kring.web.home.intake import make_due_tasks
from kring.web.models import Arrangement, Membership, Organisation, SupportOffer, Task
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of
from tests.web.plans.trial_steps import MONDAY

pytestmark = pytest.mark.django_db
NOW = MONDAY  # 12 January 2026
FORM = {"kind": "partnership", "goals": "Zelf aan het werk", "hours": "40", "euros": "", "starts_on": "2026-01-12", "ends_on": "2026-06-26"}
OFFER = {
    "cluster": "trauma",
    "title": "Rustige klas",
    "text": "Wij kijken mee.",
    "places": "3",
    "until": "2026-07-01",
    "is_help_desk": "on",
}


@pytest.fixture(autouse=True)
def that_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def post(actor: Membership, route: str, *keys: object, **sent: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), sent)


def granted(cast: Cast, *, hours: int | None = 40, ends_on: date = date(2026, 6, 26), **more: Any) -> Arrangement:
    said = Granted(
        **{"kind": GrantKind.PARTNERSHIP, "grantor": None, "goals": "Zelf aan het werk", "starts_on": date(2026, 1, 12)} | more,
        hours=None if hours is None else Decimal(hours),
        ends_on=ends_on,
        euros=Decimal(100),
    )
    return enter_arrangement(cast.bram, cast.pupil_noor, said, at=NOW)


def test_a_coordinator_writes_down_what_was_granted(cast: Cast) -> None:
    swv = Organisation.objects.create(school=cast.beuk, name="SWV", kind="partnership")
    assert "Arrangement toevoegen" in text_of(cast.bram, "pupil_help", cast.pupil_noor.pk)
    answer = post(cast.bram, "arrangement_new", cast.pupil_noor.pk, **FORM, grantor=swv.pk)
    row = Arrangement.objects.get()
    assert answer.headers["Location"] == reverse("arrangement", args=[cast.bram.pk, row.pk])
    assert (row.hours, row.euros, row.grantor) == (Decimal(40), None, swv)
    assert may_look(cast, "arrangement", row.pk) == {"anna", "bram", "rik"}
    assert "Zelf aan het werk" in text_of(cast.els, "my_help")
    assert "Zelf aan het werk" not in text_of(cast.pim, "my_help")
    assert look(cast.noor, "my_help").status_code == 200


@pytest.mark.parametrize(
    "sent",
    [{"hours": ""}, {"hours": "0"}, {"hours": "99999"}, {"ends_on": "2025-12-01"}, {"ends_on": "2036-12-01"}, {"goals": " "}],
    ids=["no amount", "nothing", "too much", "ends before", "too long", "no goals"],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(cast: Cast, sent: dict[str, str]) -> None:
    answer = post(cast.bram, "arrangement_new", cast.pupil_noor.pk, **FORM | sent)
    assert answer.status_code == (200 if sent in ({"goals": " "}, {"hours": "99999999"}) else 409)
    assert not Arrangement.objects.exists()
    assert 'value="2026-01-12"' in answer.content.decode()


def test_who_may_look_but_not_write(cast: Cast) -> None:
    row = granted(cast)
    for actor in (cast.anna, cast.rik):
        assert post(actor, "arrangement_new", cast.pupil_noor.pk, **FORM).status_code == 403
        assert post(actor, "arrangement_result", row.pk, result="Het hielp heel goed").status_code == 403
    assert look(cast.frans, "arrangement_edit", row.pk).status_code == 404


def test_a_school_year_adds_up_and_what_is_over_does_not_run(cast: Cast) -> None:
    granted(cast)
    granted(cast, hours=10, starts_on=date(2025, 9, 1), ends_on=date(2025, 12, 31))
    for actor in (cast.bram, cast.rik):
        page = text_of(actor, "arrangements")
        assert "Vandaag loopt er 1 arrangement." in page
        assert "50,0" in page or "50.0" in page
    assert "Opgeteld" not in text_of(cast.anna, "arrangements")
    assert "31 december 2025" in text_of(cast.bram, "arrangements", show="expired")
    assert "31 december 2025" not in text_of(cast.bram, "arrangements")
    assert "Hier past geen arrangement bij" in text_of(cast.bram, "arrangements", kind="city")


def test_the_list_is_taken_along(cast: Cast) -> None:
    granted(cast)
    answer = look(cast.bram, "arrangements_csv", order="name")
    assert "Zelf aan het werk" in answer.content.decode("utf-8-sig")
    assert look(cast.bram, "arrangements_xlsx").content[:2] == b"PK"


def test_before_the_end_somebody_says_what_came_of_it(cast: Cast) -> None:
    row = granted(cast, ends_on=date(2026, 1, 30))
    make_due_tasks(at=NOW)
    task = Task.objects.get(kind="arrangement.result_due")
    assert (task.owner, task.pupil) == (cast.bram, cast.pupil_noor)
    assert "resultaat opschrijven" in text_of(cast.bram, "arrangements")
    short = post(cast.bram, "arrangement_result", row.pk, result="Goed", read=row.edited_at.isoformat())
    assert short.status_code == 409
    done = post(cast.bram, "arrangement_result", row.pk, result="Noor werkt nu zelf", read=row.edited_at.isoformat())
    assert done.status_code == 302
    task.refresh_from_db()
    assert task.done_at == NOW
    assert "Noor werkt nu zelf" in text_of(cast.els, "my_help")


def test_two_people_in_one_arrangement_lose_nothing(cast: Cast) -> None:
    row = granted(cast)
    read = row.edited_at.isoformat()
    write_result(cast.bram, row, "Het ging heel goed", read_at=row.edited_at, at=NOW + timedelta(minutes=1))
    for route, sent in (("arrangement_edit", FORM | {"goals": "Iets anders"}), ("arrangement_result", {"result": "Mijn eigen zin"})):
        answer = post(cast.bram, route, row.pk, **sent, read=read)
        assert answer.status_code == 409
        assert "Iemand anders bewaarde dit net ook" in answer.content.decode()
        assert (sent.get("result") or sent["goals"]) in answer.content.decode()
    row.refresh_from_db()
    assert post(cast.bram, "arrangement_edit", row.pk, **FORM | {"goals": "Anders"}, read=row.edited_at.isoformat()).status_code == 302
    assert post(cast.bram, "arrangement_edit", row.pk, **FORM, read=row.edited_at.isoformat()).status_code == 409
    bad = post(cast.bram, "arrangement_edit", row.pk, **FORM | {"hours": ""}, read=Arrangement.objects.get().edited_at.isoformat())
    assert bad.status_code == 409
    assert post(cast.bram, "arrangement_edit", row.pk, kind="x").status_code == 200


def test_the_lists_ask_as_often_for_three_as_for_one(cast: Cast) -> None:
    granted(cast)
    pages = [("arrangements", ()), ("arrangement", (Arrangement.objects.get().pk,)), ("care_overview", ())]
    once = [queries_for(cast.bram, route, keys) for route, keys in pages]
    at_home = queries_for(cast.els, "my_help")
    for _again in range(2):
        granted(cast)
    assert [queries_for(cast.bram, route, keys) for route, keys in pages] == once
    assert queries_for(cast.els, "my_help") == at_home


# ---- what the school offers -------------------------------------------------------------------------------------


def test_the_school_says_what_it_is_good_at(cast: Cast) -> None:
    assert post(cast.bram, "support_offer_new", **OFFER, contact=cast.anna.pk).status_code == 302
    row = SupportOffer.objects.get()
    for actor in (cast.anna, cast.rik, cast.bram):
        page = text_of(actor, "support_offers")
        assert "Rustige klas" in page
        assert "3 plaatsen" in page
        assert "vraagbaak" in page
    assert may_look(cast, "support_offers") >= {"anna", "carla", "bram", "rik"}
    assert look(cast.els, "support_offers").status_code == 404
    assert "Rustige klas" not in text_of(cast.frans, "support_offers")
    assert "Rustige klas" not in text_of(cast.anna, "support_offers", cluster="autism")
    assert "Rustige klas" in text_of(cast.anna, "support_offers", cluster="trauma", help_desk="on")
    assert b"Rustige klas" in look(cast.anna, "support_offers_csv").content
    assert look(cast.anna, "support_offer_edit", row.pk).status_code == 404


@pytest.mark.parametrize("sent", [{"places": ""}, {"places": "0"}, {"until": ""}, {"until": "2026-01-12"}], ids=str)
def test_without_places_or_a_day_it_is_no_offer(cast: Cast, sent: dict[str, str]) -> None:
    answer = post(cast.rik, "support_offer_new", **OFFER | sent, contact=cast.anna.pk)
    assert answer.status_code == 409
    assert "Rustige klas" in answer.content.decode()
    assert not SupportOffer.objects.exists()


def test_an_offer_is_changed_and_ended(cast: Cast) -> None:
    post(cast.bram, "support_offer_new", **OFFER, contact=cast.anna.pk)
    row = SupportOffer.objects.get()
    changed = {**OFFER, "contact": cast.anna.pk, "title": "Stille kamer"}
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        assert look(cast.bram, "support_offer_edit", row.pk).status_code == 200
        assert post(cast.bram, "support_offer_edit", row.pk, **changed, read=row.edited_at.isoformat()).status_code == 302
        second = post(cast.bram, "support_offer_edit", row.pk, **changed | {"title": "Nog anders"}, read=row.edited_at.isoformat())
        assert second.status_code == 409
        assert "Stille kamer" in second.content.decode()
        row.refresh_from_db()
        assert post(cast.bram, "support_offer_edit", row.pk, **changed | {"places": ""}, read=row.edited_at.isoformat()).status_code == 409
        assert post(cast.bram, "support_offer_end", row.pk).status_code == 302
        assert "Stille kamer" not in text_of(cast.anna, "support_offers")
        assert "voorbij</span>" in text_of(cast.anna, "support_offers", over="on")


def test_offers_ask_as_often_for_three_as_for_one(cast: Cast) -> None:
    post(cast.bram, "support_offer_new", **OFFER, contact=cast.anna.pk)
    once = queries_for(cast.bram, "support_offers")
    for title in ("Tweede", "Derde"):
        post(cast.bram, "support_offer_new", **OFFER | {"title": title}, contact=cast.anna.pk)
    assert queries_for(cast.bram, "support_offers") == once
