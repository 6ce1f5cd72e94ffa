"""What a teacher needs: between the teacher and a coach of choice, in no count, no search, no export, no appraisal."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.core.access import TABLE, Record, Role, Verb
from kring.web.models import Membership, Notice, SupportNeed, Task
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 11, 10, 10, tzinfo=UTC)
WORD = "zeezoutqz"
NEED = f"Ik wil leren rustig te blijven, {WORD}."


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(MONDAY):
        yield


def post(actor: Membership, route: str, *keys: object, **data: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), data)


def annas(cast: Cast, coach: Membership | None = None) -> SupportNeed:
    assert post(cast.anna, "support_need_new", text=NEED, wants="think_along", coach=coach.pk if coach else "").status_code == 302
    return SupportNeed.objects.latest("made_at")


def test_until_a_coach_is_chosen_only_its_author_reads_it(cast: Cast) -> None:
    row = annas(cast)
    assert may_look(cast, "support_need", row.pk) == {"anna"}
    assert may_look(cast, "support_needs") == {"anna", "carla", "bram", "frans", "gijs"}
    assert WORD in text_of(cast.anna, "support_needs")
    assert not Notice.objects.exists()
    assert not Task.objects.exists()


def test_the_coach_answers_and_another_coach_takes_the_place(cast: Cast) -> None:
    row = annas(cast, cast.carla)
    assert may_look(cast, "support_need", row.pk) == {"anna", "carla"}
    assert post(cast.carla, "support_need_answer", row.pk, text="Ik kijk morgen mee.").status_code == 302
    assert "Ik kijk morgen mee." in text_of(cast.anna, "support_need", row.pk)
    assert post(cast.anna, "support_need_answer", row.pk, text="Fijn").status_code == 403
    assert post(cast.carla, "support_need_coach", row.pk, coach=cast.bram.pk).status_code == 403
    assert post(cast.anna, "support_need_coach", row.pk, coach=cast.rik.pk).status_code == 200  # who leads is no choice
    assert post(cast.anna, "support_need_coach", row.pk, coach=cast.bram.pk).status_code == 302
    assert may_look(cast, "support_need", row.pk) == {"anna", "bram"}
    assert list(Notice.objects.order_by("at", "event").values_list("event", flat=True)).count("support_need.asked") == 2
    assert post(cast.anna, "support_need_end", row.pk, outcome="Ik tel nu tot tien.").status_code == 302
    again = post(cast.bram, "support_need_answer", row.pk, text="Nog een tip")
    assert (again.status_code, "al afgerond" in again.content.decode()) == (409, True)


def test_one_word_is_no_need(cast: Cast) -> None:
    answer = post(cast.anna, "support_need_new", text=f"hulp {WORD}", wants="time", coach="")
    assert (answer.status_code, WORD in answer.content.decode()) == (409, True)
    assert post(cast.anna, "support_need_new", text=NEED, wants="", coach="").status_code == 200
    assert not SupportNeed.objects.exists()


def test_no_page_of_anybody_else_knows_that_it_is_there(cast: Cast) -> None:
    annas(cast, cast.carla)
    for actor in (cast.bram, cast.rik, cast.olga, cast.els, cast.noor):
        for route, keys in (
            ("home", ()),
            ("tasks", ()),
            ("groups", ()),
            ("group", (cast.group_6a.pk,)),
            ("people", ()),
            ("school_results", ()),
        ):
            assert WORD not in look(actor, route, *keys).content.decode(), (route, actor.role)
        found = look(actor, "find", q=WORD[:6]).content.decode()
        assert WORD not in found, actor.role
    mine = [WORD in look(cast.anna, route).content.decode() for route in ("home", "tasks", "groups")]
    assert mine == [False] * 3


def test_nobody_counts_exports_or_leads_by_it() -> None:
    records = {Record.SUPPORT_NEED, Record.SUPPORT_NEED_COACH}
    ruled = {(role, verb, scope.value) for (role, record, verb), rule in TABLE.items() if record in records for scope in rule.scopes}
    assert {verb for _role, verb, _scope in ruled} == {Verb.READ, Verb.WRITE, Verb.ANSWER}
    assert {scope for _role, _verb, scope in ruled} == {"author", "ring"}
    assert not {Role.LEADER, Role.BOARD, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER} & {role for role, _verb, _scope in ruled}


def test_three_needs_ask_as_much_of_the_database_as_one(cast: Cast) -> None:
    annas(cast, cast.carla)
    for_one = queries_for(cast.carla, "support_needs"), queries_for(cast.anna, "support_needs")
    annas(cast, cast.carla)
    annas(cast, cast.carla)
    assert (queries_for(cast.carla, "support_needs"), queries_for(cast.anna, "support_needs")) == for_one


def test_a_coach_who_left_is_said_to_have_left(cast: Cast) -> None:
    row, said = annas(cast, cast.carla), "werkt hier niet meer; kies een andere coach"
    assert said not in text_of(cast.anna, "support_need", row.pk)
    cast.carla.until_at = MONDAY
    cast.carla.save()
    assert said in text_of(cast.anna, "support_need", row.pk)
