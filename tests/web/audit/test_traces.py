"""Who did, saw and tried what is written down, by ids alone."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Role, Verb
from kring.web.access import WAYS, NotPermitted, may
from kring.web.action import ACTIONS, action
from kring.web.models import Assignment, ConsentRequest, Entry, Group, Membership, Organisation
from kring.web.trace import HANGS_ON, Origin, bind, record_sign_in
from kring.web.writer import NotWritten
from tests.asking import look
from tests.cast import START, Cast, client_of, member, move

pytestmark = pytest.mark.django_db


def test_seeing_a_pupil_is_written_down(cast: Cast) -> None:
    look(cast.anna, "pupil", cast.pupil_noor.pk)
    entry = Entry.objects.get(name="page.read")
    assert (entry.route, entry.record, entry.record_id, entry.pupil_id) == ("pupil", "pupil", cast.pupil_noor.pk, cast.pupil_noor.pk)
    assert (entry.person_id, entry.actor_id, entry.school_id, entry.role) == (
        cast.anna.person_id,
        cast.anna.pk,
        cast.beuk.pk,
        "teacher",
    )
    assert (entry.purpose, entry.outcome) == ("guidance", "done")


def test_where_it_came_from_is_a_keyed_hash(cast: Cast) -> None:
    client, address = client_of(cast.anna), reverse("pupil", args=[cast.anna.pk, cast.pupil_noor.pk])
    client.get(address)
    client.get(address)
    look(cast.anna, "pupil", cast.pupil_noor.pk)
    first, again, elsewhere = Entry.objects.filter(name="page.read")
    assert first.session == again.session != elsewhere.session
    assert (len(first.session), len(first.from_where), first.from_where) == (16, 16, elsewhere.from_where)
    assert str(client.session.session_key) not in first.session
    assert "127.0.0.1" not in first.from_where


def test_the_kind_of_way_out_is_written_down(cast: Cast) -> None:
    look(cast.anna, "pupil_pdf", cast.pupil_noor.pk)
    look(cast.anna, "upload_example", cast.group_6a.pk)
    look(cast.anna, "groups")
    found = Entry.objects.exclude(name__startswith="login").values_list("name", "record", "pupil_id", "group_id")
    assert list(found) == [
        ("page.printed", "pupil", cast.pupil_noor.pk, None),
        ("file.exported", "group", None, cast.group_6a.pk),
        ("page.read", "group", None, None),  # a list of all groups
    ]


def test_what_was_refused_is_written_down(cast: Cast) -> None:
    absent = uuid4()
    look(cast.carla, "pupil", cast.pupil_noor.pk)
    look(cast.carla, "pupil", absent)
    look(cast.rik, "upload", cast.group_6a.pk)
    look(cast.olga, "groups")
    assert list(Entry.objects.filter(name="page.refused").values_list("outcome", "record", "record_id", "role")) == [
        ("absent", "pupil", cast.pupil_noor.pk, "teacher"),
        ("absent", "pupil", absent, "teacher"),
        ("refused", "group", cast.group_6a.pk, "leader"),
        ("absent", "", None, "administrator"),  # a page that is not made for this hat
    ]


def test_the_hat_of_somebody_else_leaves_nothing_in_its_chain(cast: Cast) -> None:
    assert client_of(cast.carla).get(reverse("home", args=[cast.anna.pk])).status_code == 404
    assert not Entry.objects.filter(name="page.refused").exists()


@pytest.mark.parametrize("broken", [NotWritten(), DatabaseError("disk full"), OSError("disk full")], ids=lambda it: type(it).__name__)
@pytest.mark.parametrize("page", ["pupil", "pupil_pdf", "group", "home"])
def test_a_page_that_cannot_be_written_down_is_not_sent(cast: Cast, monkeypatch: pytest.MonkeyPatch, broken: Exception, page: str) -> None:
    def full(*rows: object, **how: object) -> None:
        raise broken

    monkeypatch.setattr("kring.web.trace._append", full)
    keys = {"group": [cast.group_6a.pk], "home": []}.get(page, [cast.pupil_noor.pk])
    client = client_of(cast.anna)
    client.raise_request_exception = False
    answer = client.get(reverse(page, args=[cast.anna.pk, *keys]))
    assert answer.status_code == (503 if isinstance(broken, NotWritten) else 500)
    assert not any(word in answer.content.decode() for word in ("Noor", "6A", "Anna"))


def test_a_refusal_that_cannot_be_written_down_tells_nothing_either(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*rows: object, **how: object) -> None:
        raise NotWritten

    monkeypatch.setattr("kring.web.trace._append", full)
    foreign, absent = look(cast.carla, "pupil", cast.pupil_noor.pk), look(cast.carla, "pupil", uuid4())
    assert (foreign.status_code, foreign.content) == (absent.status_code, absent.content)
    assert foreign.status_code == 503


def test_what_is_refused_is_not_done_and_leaves_no_event(cast: Cast) -> None:
    @action("test.renamed", needs=Verb.ENROL)
    def rename(actor: Membership, group: Group, name: str) -> None:
        group.name = name
        group.save()

    try:
        with pytest.raises(NotPermitted):
            rename(cast.anna, cast.group_6a, "7A")
        assert (Group.objects.get(pk=cast.group_6a.pk).name, Entry.objects.count()) == ("6A", 0)
        bind(cast.bram, Origin(route="rename", session="s"))
        rename(cast.bram, cast.group_6a, "7A")
        event = Entry.objects.get()
        assert (Group.objects.get(pk=cast.group_6a.pk).name, event.name) == ("7A", "test.renamed")
        assert (event.group_id, event.route, event.session) == (cast.group_6a.pk, "rename", "s")
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
        assert (Group.objects.get(pk=cast.group_6a.pk).name, Entry.objects.count()) == ("6A", 0)
    finally:
        del ACTIONS["test.broken"]


def test_logging_in_stands_in_the_chain_of_every_school_where_one_works(cast: Cast) -> None:
    Membership.objects.create(school=cast.baken, person=cast.anna.person, role="teacher", from_at=START)
    over = Membership.objects.create(school=cast.eik, person=cast.anna.person, role="teacher", from_at=START)
    Membership.objects.filter(pk=over.pk).update(until_at=timezone.now() - timedelta(minutes=1))
    record_sign_in(cast.anna.person, "login.succeeded")
    entries = Entry.objects.filter(name="login.succeeded")
    assert {entry.school_id for entry in entries} == {cast.beuk.pk, cast.baken.pk}
    assert {(entry.person_id, entry.actor_id, entry.purpose) for entry in entries} == {(cast.anna.person_id, None, "technical")}


def test_somebody_without_a_school_leaves_nothing(cast: Cast) -> None:
    Membership.objects.filter(pk=cast.frans.pk).update(until_at=datetime(2025, 9, 1, tzinfo=UTC))
    record_sign_in(cast.frans.person, "login.failed", outcome="refused")
    assert not Entry.objects.exists()


def kinds_about(way: str) -> dict[str, str]:
    """The records whose pupil or group is a step away, with that step."""
    found: dict[str, str] = {}
    for record, ways in WAYS.items():
        path = getattr(ways, way)
        if path and "__" in path:
            found[record._meta.model_name or ""] = path.split("__")[0]
    return found


def test_every_record_leads_to_its_pupil_as_the_access_table_says() -> None:
    assert kinds_about("pupil") | kinds_about("group") == HANGS_ON


def test_a_list_of_names_is_written_down_for_each_of_them(cast: Cast) -> None:
    """Otherwise nobody whose name stood there would read who looked."""
    team = Organisation.objects.create(school=cast.beuk, name="Wijkteam", kind="social_work")
    dated = {"from_at": START, "until_at": timezone.now() + timedelta(days=30)}
    ConsentRequest.objects.create(school=cast.beuk, pupil=cast.pupil_noor, recipient=team, purpose="x", asked_by=cast.bram, **dated)
    look(cast.bram, "families")
    look(cast.bram, "consents")
    look(member(cast.beuk, Role.PRIVACY_OFFICER, "paula"), "log", number="noor")
    found = Entry.objects.filter(name="page.read", pupil_id=cast.pupil_noor.pk)
    assert [(entry.route, entry.record) for entry in found] == [
        ("families", "guardianship"),
        ("consents", "consentrequest"),
        ("log", "entry"),
    ]


# ---- whose is an entry ------------------------------------------------------------------------------------------


def seen_by(actor: Membership) -> set[str]:
    return {entry.route for entry in may(actor, Entry, Verb.READ)}


def test_who_looked_at_me_is_one_question(cast: Cast) -> None:
    look(cast.anna, "pupil", cast.pupil_noor.pk)
    look(cast.anna, "group", cast.group_6a.pk)
    look(cast.anna, "group_pdf", cast.group_6a.pk)
    assert seen_by(cast.noor) == seen_by(cast.els) == {"pupil", "group", "group_pdf"}
    assert seen_by(cast.sem) == {"group", "group_pdf"}
    assert seen_by(cast.pim) == seen_by(cast.frans) == seen_by(cast.anna) == seen_by(cast.olga) == set()


def test_a_group_where_a_pupil_came_later_or_not_is_not_about_that_pupil(cast: Cast) -> None:
    look(cast.anna, "group", cast.group_6a.pk)
    look(cast.carla, "group", cast.group_6b.pk)
    assert not may(cast.els, Entry, Verb.READ).filter(group_id=cast.group_6b.pk).exists()
    move(cast.pupil_noor, cast.group_6b, timezone.now())
    look(cast.carla, "group", cast.group_6b.pk)
    assert may(cast.els, Entry, Verb.READ).filter(group_id=cast.group_6b.pk).count() == 1
    assert may(cast.els, Entry, Verb.READ).filter(group_id=cast.group_6a.pk).count() == 1


def test_what_is_about_one_classmate_is_not_about_me(cast: Cast) -> None:
    look(cast.anna, "pupil", cast.pupil_noor.pk)
    assert seen_by(cast.sem) == set()


def test_the_log_holds_no_name(cast: Cast) -> None:
    for actor in cast.actors().values():
        for route, key in (("pupil", cast.pupil_noor.pk), ("group", cast.group_6a.pk)):
            look(actor, route, key)
    Client().post(reverse("account_login"), {"login": "noor", "password": "Noor van de Test"})
    names = {"Noor", "Test", "6A", "Beuk", "noor"} | {actor.person.username for actor in cast.actors().values()}
    said = {text for values in Entry.objects.values_list() for text in values if isinstance(text, str)}
    assert not [text for text in said if any(name in text for name in names)]


def tied(model: type[Model]) -> Any:
    return model._meta.get_field("hash")


def test_an_assignment_is_no_text() -> None:
    """Every column of an entry is a key, a moment, a number or a short code: there is no room for a text."""
    widest = max(getattr(field, "max_length", None) or 0 for field in Entry._meta.local_fields)
    assert (widest, tied(Entry).max_length) == (80, 64)
    assert apps.get_model("kring", "Assignment") is Assignment
