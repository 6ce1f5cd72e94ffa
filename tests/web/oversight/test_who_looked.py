"""Who looked at me, at my child, at a pupil who asked for it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Role
from kring.web.audit.intake import append
from kring.web.models import (
    BreakGlass,
    ConsentRequest,
    Entry,
    Guardian,
    GuardianInvitation,
    Guardianship,
    Membership,
    Organisation,
    Partner,
    Pupil,
    Round,
    Understanding,
    Voice,
)
from kring.web.oversight import queries
from kring.web.talk_requests.actions import ask_to_talk
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, guardian, member

pytestmark = pytest.mark.django_db


def looked(actor: Membership, of: Pupil) -> list[tuple[str, str, str, int, bool]]:
    found = queries.who_looked(actor, of, until=timezone.localdate())
    return [(one.who.split()[0], *seen, one.in_emergency) for day in found.days for one in day.looked for seen in one.seen]


def seen(actor: Membership, *, days_ago: int = 0, **about: Any) -> None:
    at = timezone.now() - timedelta(days=days_ago)
    kept = {"name": "page.read", "outcome": "done", "route": "pupil", **about}
    append(actor.school_id, [Entry(at=at, person_id=actor.person_id, actor_id=actor.pk, role=actor.role, **kept)])


def test_a_guardian_reads_who_looked_and_at_what(cast: Cast) -> None:
    look(cast.anna, "pupil", cast.pupil_noor.pk)
    look(cast.anna, "pupil", cast.pupil_noor.pk)
    look(cast.anna, "group", cast.group_6a.pk)
    look(cast.bram, "pupil_pdf", cast.pupil_noor.pk)
    look(cast.carla, "pupil", cast.pupil_noor.pk)  # refused: she saw nothing
    look(cast.els, "home")
    look(cast.noor, "home")
    assert looked(cast.els, cast.pupil_noor) == [
        ("Bram", "rapport over de leerling", "als pdf opgehaald", 1, False),
        ("Anna", "bladzijde over de groep", "bekeken", 1, False),
        ("Anna", "bladzijde over de leerling", "bekeken", 2, False),
    ]
    page = text_of(cast.els, "who_looked", cast.pupil_noor.pk)
    assert all(word in page for word in ("Wie keek er in het dossier van Noor Test?", "Bram van de Test", "intern begeleider", "2 keer"))
    assert "Carla" not in page


def test_a_pupil_reads_the_same_in_other_words(cast: Cast) -> None:
    look(cast.anna, "group", cast.group_6a.pk)
    page = text_of(cast.sem, "who_looked", cast.pupil_sem.pk)
    assert "Wie heeft er naar mij gekeken?" in page
    assert "Anna van de Test" in page
    assert "Noor" not in page


def test_the_page_is_for_the_pupil_and_for_guardians_with_authority(cast: Cast) -> None:
    assert may_look(cast, "who_looked", cast.pupil_noor.pk) == {"els", "noor"}
    assert may_look(cast, "who_looked", cast.pupil_sem.pk) == {"sem"}
    assert may_look(cast, "who_looked_for", cast.pupil_noor.pk) == set()


def test_it_can_be_found_from_the_first_page(cast: Cast) -> None:
    for actor in (cast.els, cast.noor):
        assert reverse("who_looked", args=[actor.pk, cast.pupil_noor.pk]) in text_of(actor, "home")


def test_from_sixteen_on_it_is_the_pupils_own(cast: Cast) -> None:
    Pupil.objects.filter(pk=cast.pupil_noor.pk).update(birth_date=timezone.localdate() - timedelta(days=366 * 16))
    assert look(cast.els, "who_looked", cast.pupil_noor.pk).status_code == 404
    assert look(cast.noor, "who_looked", cast.pupil_noor.pk).status_code == 200


def test_it_ends_with_authority(cast: Cast) -> None:
    Guardianship.objects.filter(guardian__person=cast.els.person).update(until_at=timezone.now())
    assert look(cast.els, "who_looked", cast.pupil_noor.pk).status_code == 404


def test_one_guardian_never_sees_what_the_other_opened(cast: Cast) -> None:
    wil = member(cast.beuk, Role.GUARDIAN, "wil")
    guardian(cast.pupil_noor, wil, has_authority=True)
    look(wil, "home")
    assert looked(cast.els, cast.pupil_noor) == []
    assert looked(cast.noor, cast.pupil_noor) == []


def test_own_acts_are_left_out_also_in_another_hat(cast: Cast) -> None:
    els = Membership.objects.create(school=cast.beuk, person=cast.els.person, role=Role.COORDINATOR.value, from_at=cast.els.from_at)
    seen(els, pupil_id=cast.pupil_noor.pk)
    assert looked(cast.els, cast.pupil_noor) == []
    assert looked(cast.noor, cast.pupil_noor) == [("Els", "bladzijde over de leerling", "bekeken", 1, False)]


def test_a_broken_glass_is_marked(cast: Cast) -> None:
    dien, now = member(cast.beuk, Role.EMPLOYEE, "dien"), timezone.now()
    BreakGlass.objects.create(
        school=cast.beuk,
        membership=dien,
        pupil=cast.pupil_noor,
        reason="x",
        from_at=now - timedelta(minutes=1),
        until_at=now + timedelta(hours=1),
    )
    seen(dien, pupil_id=cast.pupil_noor.pk, route="safety_card", record="safetycard")
    assert looked(cast.els, cast.pupil_noor) == [("Dien", "veiligheidskaart", "bekeken", 1, True)]
    assert "noodtoegang" in text_of(cast.els, "who_looked", cast.pupil_noor.pk)


def test_the_family_does_not_read_that_there_is_a_ground_in_law_or_a_case(cast: Cast) -> None:
    """A ground in law is what a school shares on without the parents: for the safety of the child, perhaps against them."""
    paula = member(cast.beuk, Role.PRIVACY_OFFICER, "paula")
    for record in ("legalground", "case", "casemember"):
        seen(cast.bram, pupil_id=cast.pupil_noor.pk, route=record, record=record)
    for actor in (cast.els, cast.noor):
        assert looked(actor, cast.pupil_noor) == [("Bram", "iets in het dossier", "bekeken", 3, False)]
    assert len(looked(paula, cast.pupil_noor)) == 3


def test_a_guardian_does_not_read_that_the_child_asked_for_a_talk(cast: Cast) -> None:
    asked = ask_to_talk(cast.noor, cast.pupil_noor, cast.anna, at=timezone.now())
    look(cast.anna, "talk_request", asked.pk)
    look(cast.anna, "talk_requests")
    look(cast.anna, "tasks")
    assert {one.record for one in Entry.objects.filter(person_id=cast.anna.person_id)} >= {"talkrequest", "task"}
    assert looked(cast.els, cast.pupil_noor) == []
    assert looked(cast.noor, cast.pupil_noor)  # she knows whom she asked
    assert "Anna" not in text_of(cast.els, "who_looked", cast.pupil_noor.pk)


def test_one_guardian_does_not_read_that_the_other_was_asked_for_a_list(cast: Cast) -> None:
    ed = member(cast.beuk, Role.GUARDIAN, "ed")
    guardian(cast.pupil_noor, ed, has_authority=True)
    of, now, today = Guardian.objects.get(person=cast.els.person), timezone.now(), timezone.localdate()
    about = {"school": cast.beuk, "group": cast.group_6a, "pupil": cast.pupil_noor}
    days = {"opens_on": today, "closes_on": today}
    asks = Round.objects.create(school=cast.beuk, year=cast.year, instrument="kring-ouder", version=1, title="x", asks="guardians", **days)
    GuardianInvitation.objects.create(round=asks, guardian=of, asked_by=cast.anna, asked_at=now, reason="Waarom?", **about)
    look(cast.anna, "guardian_lists", cast.pupil_noor.pk)
    kept: dict[str, Any] = {"record": "guardianlist", "record_id": uuid4(), "pupil_id": cast.pupil_noor.pk, "route": "guardian_answers"}
    seen(cast.bram, **kept)
    told = {who: {what for name, what, *_more in looked(who, cast.pupil_noor)} for who in (cast.els, ed, cast.noor)}
    assert "lijst die aan een ouder gevraagd is" in told[cast.els]
    assert not any("ouder" in what for who in (ed, cast.noor) for what in told[who])
    assert all("iets in het dossier" in told[who] for who in (ed, cast.noor))


def test_one_guardian_does_not_read_that_the_child_or_the_other_was_asked_for_own_words(cast: Cast) -> None:
    """“Je ouders lezen het niet in Kring”: nor that it is there."""
    ed = member(cast.beuk, Role.GUARDIAN, "ed")
    guardian(cast.pupil_noor, ed, has_authority=True)
    now, of_noor = timezone.now(), {"school": cast.beuk, "pupil": cast.pupil_noor}
    thinking = Understanding.objects.create(made_by=cast.anna, made_at=now, edited_by=cast.anna, edited_at=now, **of_noor)
    about: dict[str, Any] = {**of_noor, "asked_by": cast.anna, "asked_at": now}
    of_els = Guardian.objects.get(person=cast.els.person)
    for whose, one in (("pupil", None), ("guardian", of_els)):
        Voice.objects.create(understanding=thinking, whose=whose, guardian=one, **about)
    for voice in Voice.objects.all():
        seen(cast.anna, pupil_id=cast.pupil_noor.pk, route="voice", record="voice", record_id=voice.pk)
    for who, named in ((cast.els, 1), (cast.noor, 1), (ed, 0)):
        told = {what: n for _name, what, _how, n, _glass in looked(who, cast.pupil_noor)}
        assert (told.pop("iets in het dossier"), sum(told.values())) == (2 - named, named), who.person


def test_a_guardian_does_not_read_that_the_child_said_something_about_telling_them(cast: Cast) -> None:
    for record in ("parenttelling", "reportingcodestep"):
        seen(cast.bram, pupil_id=cast.pupil_noor.pk, route="telling", record=record)
    assert looked(cast.els, cast.pupil_noor) == []
    assert looked(cast.noor, cast.pupil_noor) == [("Bram", "iets in het dossier", "bekeken", 1, False)]


def test_the_family_reads_of_partners_for_whom_consent_was_asked(cast: Cast) -> None:
    """Who comes on a ground in law alone is told on request, by the privacy officer."""
    paula, rosa = member(cast.beuk, Role.PRIVACY_OFFICER, "paula"), member(cast.beuk, Role.SOCIAL_WORKER, "rosa")
    team = Organisation.objects.create(school=cast.beuk, name="Wijkteam", kind=Organisation.Kind.values[0])
    Partner.objects.create(school=cast.beuk, membership=rosa, organisation=team)
    seen(rosa, pupil_id=cast.pupil_noor.pk, route="share_file", record="share")
    assert looked(cast.els, cast.pupil_noor) == looked(cast.noor, cast.pupil_noor) == []
    assert [who for who, *_ in looked(paula, cast.pupil_noor)] == ["Rosa"]
    now = timezone.now()
    ConsentRequest.objects.create(
        school=cast.beuk,
        pupil=cast.pupil_noor,
        recipient=team,
        purpose="x",
        asked_by=cast.bram,
        from_at=now,
        until_at=now + timedelta(days=30),
    )
    assert [who for who, *_ in looked(cast.els, cast.pupil_noor)] == ["Rosa"]


def test_reports_made_in_the_background_are_seen_at_making_and_at_fetching(cast: Cast) -> None:
    seen(cast.anna, name="report.made", record="job", route="group_reports", group_id=cast.group_6a.pk)
    seen(cast.anna, name="file.exported", record="job", route="job_result", group_id=cast.group_6a.pk)
    assert [how for _who, _what, how, _n, _glass in looked(cast.els, cast.pupil_noor)] == [
        "als bestand opgehaald",
        "klaargezet om op te halen",
    ]


def test_ninety_days_at_a_time(cast: Cast) -> None:
    seen(cast.anna, days_ago=200, pupil_id=cast.pupil_noor.pk)
    seen(cast.bram, pupil_id=cast.pupil_noor.pk)
    page = text_of(cast.els, "who_looked", cast.pupil_noor.pk)
    earlier = timezone.localdate(timezone.now() - timedelta(days=200)).isoformat()  # an hour before midnight in winter it was another day
    assert ("Anna" in page, f"?until={earlier}" in page) == (False, True)
    older = text_of(cast.els, "who_looked", cast.pupil_noor.pk, until=earlier)
    assert ("Anna" in older, "Bram" in older) == (True, False)


@pytest.mark.parametrize("until", ["niets", "9999-12-31", "0001-01-01", "\x00", "2026-02-30"])
def test_a_day_that_makes_no_sense_breaks_nothing(cast: Cast, until: str) -> None:
    assert look(cast.els, "who_looked", cast.pupil_noor.pk, until=until).status_code == 200


def test_on_request_it_is_shown_by_number(cast: Cast) -> None:
    paula = member(cast.beuk, Role.PRIVACY_OFFICER, "paula")
    look(cast.anna, "pupil", cast.pupil_noor.pk)
    page = text_of(paula, "who_looked_for", cast.pupil_noor.pk)
    assert ("leerling met nummer noor" in page, "Anna van de Test" in page, "Noor" in page) == (True, True, False)
    entry = Entry.objects.get(person_id=paula.person_id)
    assert (entry.route, entry.record, entry.pupil_id) == ("who_looked_for", "entry", cast.pupil_noor.pk)
    assert look(paula, "who_looked_for", cast.pupil_fien.pk).status_code == 404


def test_nobody_looked(cast: Cast) -> None:
    assert "In deze tijd zag niemand van de school iets" in text_of(cast.els, "who_looked", cast.pupil_noor.pk)
    assert "keek niemand van school" in text_of(cast.noor, "who_looked", cast.pupil_noor.pk)


def test_as_many_queries_for_three_looks_as_for_one(cast: Cast) -> None:
    seen(cast.anna, pupil_id=cast.pupil_noor.pk)
    few = queries_for(cast.els, "who_looked", [cast.pupil_noor.pk])
    for actor in (cast.anna, cast.bram, cast.carla):
        seen(actor, pupil_id=cast.pupil_noor.pk)
    assert queries_for(cast.els, "who_looked", [cast.pupil_noor.pk]) == few
