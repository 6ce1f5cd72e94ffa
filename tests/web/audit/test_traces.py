"""Who did and who saw what is written down, by ids alone."""

import pytest
from django.urls import reverse

from kring.core.access import Verb
from kring.web.access import NotPermitted
from kring.web.action import ACTIONS, action
from kring.web.models import Event, Group, Membership, Reading
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


def test_seeing_a_pupil_is_written_down(cast: Cast) -> None:
    client_of(cast.anna).get(reverse("pupil", args=[cast.anna.pk, cast.pupil_noor.pk]))
    reading = Reading.objects.get()
    assert (reading.route, reading.record, reading.record_id) == ("pupil", "pupil", cast.pupil_noor.pk)
    assert (reading.person_id, reading.actor_id, reading.school_id, reading.role) == (
        cast.anna.person_id,
        cast.anna.pk,
        cast.beuk.pk,
        "teacher",
    )


def test_a_page_that_cannot_be_written_down_is_not_sent(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*rows: object, **how: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("kring.web.guard.record_readings", full)
    client = client_of(cast.anna)
    client.raise_request_exception = False
    answer = client.get(reverse("pupil", args=[cast.anna.pk, cast.pupil_noor.pk]))
    assert (answer.status_code, "Noor" in answer.content.decode()) == (500, False)


def test_what_is_refused_is_not_done_and_leaves_no_event(cast: Cast) -> None:
    @action("test.renamed", needs=Verb.ENROL)
    def rename(actor: Membership, group: Group, name: str) -> None:
        group.name = name
        group.save()

    try:
        with pytest.raises(NotPermitted):
            rename(cast.anna, cast.group_6a, "7A")
        assert (Group.objects.get(pk=cast.group_6a.pk).name, Event.objects.count()) == ("6A", 0)
        rename(cast.bram, cast.group_6a, "7A")
        assert (Group.objects.get(pk=cast.group_6a.pk).name, Event.objects.get().name) == ("7A", "test.renamed")
    finally:
        del ACTIONS["test.renamed"]


def test_what_breaks_half_way_leaves_nothing(cast: Cast) -> None:
    @action("test.broken", needs=Verb.ENROL)
    def break_off(actor: Membership, group: Group) -> None:
        group.name = "half"
        group.save()
        raise ZeroDivisionError

    try:
        with pytest.raises(ZeroDivisionError):
            break_off(cast.bram, cast.group_6a)
        assert (Group.objects.get(pk=cast.group_6a.pk).name, Event.objects.count()) == ("6A", 0)
    finally:
        del ACTIONS["test.broken"]
