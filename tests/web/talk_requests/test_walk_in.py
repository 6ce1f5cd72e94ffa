"""Walk-in hours: published for pupils, and nobody keeps who came."""

from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from kring.web.models import Entry, Pupil, WalkInHour
from tests.asking import may_look, queries_for, text_of
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db
FORM = {"name": "Fatima el Amrani", "profession": "jeugdverpleegkundige", "weekday": "1", "starts_at": "12:00", "ends_at": "12:45"}
FORM |= {"place": "de spreekkamer", "for_whom": "groep 6 tot en met 8", "text": "Je mag samen met een vriend komen."}
READ = (
    "Dinsdag, 12.00 tot 12.45 uur",
    "de spreekkamer",
    "Fatima el Amrani, jeugdverpleegkundige",
    "voor groep 6 tot en met 8",
    "met een vriend",
)


def publish(actor: Any, **other: str) -> Any:
    return client_of(actor).post(reverse("walk_in_hour_new", args=[actor.pk]), FORM | other)


def test_what_a_coordinator_publishes_pupils_read_where_they_ask_to_talk(cast: Cast) -> None:
    assert "binnenlopen" not in text_of(cast.noor, "my_talks")
    assert publish(cast.bram).status_code == 302
    for page in (text_of(cast.noor, "my_talks"), text_of(cast.anna, "walk_in_hours")):
        assert [said for said in READ if said not in page] == []
        assert "Niemand schrijft op wie er komt" in page
    assert (READ[2] in text_of(cast.bram, "walk_in_hours"), "data-print" in text_of(cast.rik, "walk_in_hours")) == (True, True)
    row = WalkInHour.objects.get()
    assert client_of(cast.bram).post(reverse("walk_in_hour_end", args=[cast.bram.pk, row.pk])).status_code == 302
    assert "Nog geen inloopuren" in text_of(cast.anna, "walk_in_hours")


def test_an_hour_moves_and_pupils_read_it_as_it_is(cast: Cast) -> None:
    publish(cast.bram)
    row = WalkInHour.objects.get()
    to = reverse("walk_in_hour_edit", args=[cast.bram.pk, row.pk])
    assert to in text_of(cast.bram, "walk_in_hours")
    assert to not in text_of(cast.anna, "walk_in_hours")
    page = text_of(cast.bram, "walk_in_hour_edit", row.pk)
    away = reverse("walk_in_hour_end", args=[cast.bram.pk, row.pk])
    assert [said for said in (FORM["name"], 'value="12:45"', away) if said not in page] == []
    assert may_look(cast, "walk_in_hour_edit", row.pk) == {"bram", "rik"}
    early = client_of(cast.bram).post(to, FORM | {"place": "de aula", "ends_at": "11:00"})
    assert (early.status_code, "eindigt voor het begint" in early.content.decode()) == (409, True)
    assert client_of(cast.bram).post(to, FORM | {"place": "de aula", "weekday": "3"}).status_code == 302
    assert "Donderdag, 12.00 tot 12.45 uur</strong>, de aula" in text_of(cast.noor, "my_talks")


def test_bad_input_an_hour_that_is_over_before_it_begins(cast: Cast) -> None:
    answer = publish(cast.bram, ends_at="11:00")
    page = answer.content.decode()
    assert (answer.status_code, "eindigt voor het begint" in page, FORM["name"] in page) == (409, True, True)
    assert not WalkInHour.objects.exists()


def test_bad_input_visitor_list_visible_to_mentor_there_is_no_such_list(cast: Cast) -> None:
    """Nothing points at an hour, an hour points at no person, and reading it leaves no trace of who read."""
    publish(cast.bram)
    names = {field.name for field in WalkInHour._meta.get_fields()}
    assert names == {"id", "school", "name", "profession", "weekday", "starts_at", "ends_at", "place", "for_whom", "text"}
    pointed = {model for model in apps.get_models() for field in model._meta.get_fields() if field.related_model is WalkInHour}
    assert pointed == set()
    before = Entry.objects.filter(record="walkinhour").count()
    text_of(cast.noor, "my_talks")
    assert Entry.objects.filter(record="walkinhour").count() == before
    page = text_of(cast.anna, "walk_in_hours")
    assert not [pupil for pupil in Pupil.objects.all() if str(pupil) in page]


def test_who_looks_and_who_publishes(cast: Cast) -> None:
    publish(cast.bram)
    row = WalkInHour.objects.get()
    assert may_look(cast, "walk_in_hours") == {"anna", "bram", "carla", "frans", "gijs", "rik"}
    assert FORM["name"] not in text_of(cast.frans, "walk_in_hours")  # of another school
    assert may_look(cast, "walk_in_hour_new") == {"bram", "frans", "gijs", "rik"}
    for actor in (cast.anna, cast.noor, cast.frans):
        assert client_of(actor).post(reverse("walk_in_hour_end", args=[actor.pk, row.pk])).status_code == 404
    assert WalkInHour.objects.exists()


def test_as_many_questions_for_three_hours_as_for_one(cast: Cast) -> None:
    publish(cast.bram)
    for_one = queries_for(cast.noor, "my_talks"), queries_for(cast.anna, "walk_in_hours")
    for day in ("2", "3"):
        publish(cast.bram, weekday=day)
    assert (queries_for(cast.noor, "my_talks"), queries_for(cast.anna, "walk_in_hours")) == for_one
