"""A group review: the class first, every pupil a decision, who was not reached comes up again; and only one's own classes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.web.models import DiscussedPupil, Gathering, Task
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, pupil

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 11, 10, 10, tzinfo=UTC)
DECIDED = {"decision": "explain", "reason": "Hij was net verhuisd", "who": "", "by_on": ""}
CLASS = {"last_plan": "De vaste plaatsen gaven rust.", "about_class": "Meer vrijheid bij het samenwerken."}


@pytest.fixture(autouse=True)
def travel() -> Any:
    with time_machine.travel(MONDAY, tick=False) as moved:
        yield moved


def sent(actor: Any, route: str, *keys: object, **data: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), data)


def review(cast: Cast, *pupils: Any, day: str = "2025-11-10") -> Gathering:
    chosen = [str(one.pk) for one in pupils or (cast.pupil_noor, cast.pupil_sem)]
    answer = sent(cast.anna, "review_new", cast.group_6a.pk, day=day, clock="10:00", pupils=chosen, colleagues=[str(cast.bram.pk)])
    assert answer.status_code == 302, answer.content.decode()
    return Gathering.objects.order_by("-made_at", "-planned_at").get(discussed__pupil=(pupils or (cast.pupil_noor,))[0], held_at=None)


def about_class(cast: Cast, row: Gathering) -> None:
    assert sent(cast.anna, "review_class", row.pk, **CLASS, read=Gathering.objects.get(pk=row.pk).edited_at.isoformat()).status_code == 302


def test_the_agenda_is_proposed_with_reasons_and_people_choose(cast: Cast) -> None:
    noor = cast.pupil_noor.pk
    page = text_of(cast.anna, "review_new", cast.group_6a.pk, **{"pupil": str(noor), f"because.{noor}": "priority internalising <b>"})
    assert "Noor Test (met voorrang, naar binnen gekeerd)" in page
    assert may_look(cast, "review_new", cast.group_6a.pk) == {"anna", "bram"}
    row = review(cast)
    assert may_look(cast, "review", row.pk) == {"anna", "bram"}
    nobody = sent(cast.anna, "review_new", cast.group_6a.pk, day="2025-11-10", clock="10:00")
    assert nobody.status_code == 409
    assert "Gesprekken" in text_of(cast.anna, "gatherings")
    assert look(cast.anna, "gathering", row.pk).status_code == 302


def test_a_pupil_of_another_class_is_not_put_on(cast: Cast) -> None:
    answer = sent(cast.anna, "review_new", cast.group_6a.pk, day="2025-11-10", clock="10:00", pupils=[str(cast.pupil_lot.pk)])
    assert answer.status_code == 200
    assert not Gathering.objects.exists()
    assert "Lot" not in text_of(cast.anna, "review_new", cast.group_6a.pk)


def test_the_class_comes_first_and_then_every_pupil_gets_a_decision(cast: Cast, travel: Any) -> None:
    row = review(cast)
    noor, sem = (DiscussedPupil.objects.get(pupil=one) for one in (cast.pupil_noor, cast.pupil_sem))
    assert may_look(cast, "review_pupil", noor.pk) == {"anna", "bram"}
    decided = {"decision": "act", "reason": "Zij staat vaak alleen", "who": str(cast.bram.pk), "by_on": "2025-11-20"}
    early = sent(cast.anna, "review_pupil", noor.pk, **decided)
    assert (early.status_code, "Begin met de klas" in early.content.decode()) == (409, True)
    assert sent(cast.anna, "review_close", row.pk).status_code == 409
    assert sent(cast.anna, "review_class", row.pk, last_plan="ok", about_class="ok", read=row.edited_at.isoformat()).status_code == 409
    travel.shift(60)
    about_class(cast, row)
    other = sent(cast.bram, "review_class", row.pk, last_plan="Ik schreef iets anders.", about_class="Rust", read=row.edited_at.isoformat())
    assert (other.status_code, "De vaste plaatsen gaven rust." in other.content.decode()) == (409, True)
    after = sent(cast.anna, "review_pupil", noor.pk, **decided)
    assert after["Location"] == reverse("review_pupil", args=[cast.anna.pk, sem.pk])
    assert Task.objects.get(kind="review.decided").owner == cast.bram
    assert reverse("review_pupil", args=[cast.bram.pk, noor.pk]) in text_of(cast.bram, "tasks")
    assert sent(cast.anna, "review_pupil", noor.pk, **{**decided, "who": str(cast.anna.pk)}).status_code == 302
    assert list(Task.objects.filter(kind="review.decided", dropped_at=None).values_list("owner", flat=True)) == [cast.anna.pk]
    watch = sent(cast.anna, "review_pupil", sem.pk, decision="watch", reason="Hij is net begonnen", who="", by_on="2025-11-10")
    assert watch.status_code == 409
    assert sent(cast.anna, "review_close", row.pk).status_code == 302
    assert sent(cast.anna, "review_pupil", noor.pk, **decided).status_code == 409
    again = text_of(cast.anna, "review_new", cast.group_6a.pk)
    assert "Sem Test (vorige keer niet aan de beurt)" in again
    assert "Noor Test (" not in again


def test_a_review_of_tomorrow_is_not_held_today(cast: Cast, travel: Any) -> None:
    row = review(cast, day="2025-11-12")
    about_class(cast, row)
    assert sent(cast.anna, "review_close", row.pk).status_code == 409
    travel.shift(timedelta(days=2))
    assert sent(cast.anna, "review_close", row.pk).status_code == 302


def test_a_review_that_does_not_go_on_says_why_and_its_pupils_come_up_again(cast: Cast) -> None:
    row, because = review(cast, day="2025-11-12"), "De juf is ziek geworden"
    sem = DiscussedPupil.objects.get(pupil=cast.pupil_sem)
    for bad, said in ((" ", "Waarom gaat het niet door?"), ("ziek", "Schrijf in minstens")):
        answer = sent(cast.anna, "review_off", row.pk, because=bad)
        assert (answer.status_code in {200, 409}, said in answer.content.decode()) == (True, True), bad
    assert {who for who, one in cast.actors().items() if sent(one, "review_off", row.pk).status_code != 404} == {"anna", "bram"}
    assert sent(cast.bram, "review_off", row.pk, because=because).status_code == 302
    assert f"gaat niet door: {because}" in text_of(cast.anna, "review", row.pk)
    assert "gaat niet door" in text_of(cast.anna, "gatherings")
    again = text_of(cast.anna, "review_new", cast.group_6a.pk)
    assert "gaat niet door" in again
    assert "Sem Test (vorige keer niet aan de beurt)" in again
    for route, key, data in (("review_off", row, {"because": because}), ("review_close", row, {}), ("review_pupil", sem, DECIDED)):
        answer = sent(cast.anna, route, key.pk, **data)
        assert (answer.status_code, "ging niet door" in answer.content.decode()) == (409, True), route


def test_a_review_that_was_held_is_not_called_off(cast: Cast) -> None:
    row = review(cast)
    about_class(cast, row)
    sent(cast.anna, "review_close", row.pk)
    answer = sent(cast.anna, "review_off", row.pk, because="Het komt niet uit deze week")
    assert (answer.status_code, "al geweest" in answer.content.decode()) == (409, True)
    assert "Deze bespreking gaat niet door" not in text_of(cast.anna, "review", row.pk)


def test_three_pupils_ask_as_much_as_one(cast: Cast) -> None:
    row = review(cast, cast.pupil_noor)
    about_class(cast, row)
    pages = (("review", [row.pk]), ("review_new", [cast.group_6a.pk]), ("trusted_adults", [cast.group_6a.pk]))
    once = [queries_for(cast.anna, route, keys) for route, keys in pages]
    for name in ("Bo", "Cas"):
        made = pupil(cast.group_6a, name, 6)
        DiscussedPupil.objects.create(school=cast.beuk, gathering=row, pupil=made, because=["top"], who=cast.bram)
    assert [queries_for(cast.anna, route, keys) for route, keys in pages] == once


def test_no_page_of_a_talk_ends_a_review_before_the_class_was_discussed(cast: Cast) -> None:
    row = review(cast)
    told = {"text": "Wij praatten over alle leerlingen van de groep.", "no_words_because": "Het gaat over de groep", "came": []}
    seats = [str(key) for key in row.seats.values_list("pk", flat=True)]
    sent_to: dict[str, dict[str, Any]] = {
        "gathering_held": {**told, "came": seats},
        "gathering_off": {"because": "Het komt niet uit deze week"},
        "gathering_prepare": {"read": row.edited_at.isoformat()},
        "agreement_new": {"text": "Bellen", "who": "moeder", "by_on": "2025-11-20"},
    }
    assert {route: sent(cast.anna, route, row.pk, **data).status_code for route, data in sent_to.items()} == dict.fromkeys(sent_to, 404)
    row.refresh_from_db()
    assert (row.held_at, row.called_off_at, row.preparation) == (None, None, {})
