"""Sharing without consent: explained, and by two people."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Record, Role
from kring.core.consents import ExplanationTooShort, LegalGroundConfirmed, LegalGroundTooLong, SecondPersonMissing
from kring.web.access import NotPermitted
from kring.web.consents.actions import confirm_legal_ground, end_legal_ground, record_legal_ground
from kring.web.models import Entry, LegalGround, Membership, Notice, Organisation
from tests.asking import look, may_look, text_of
from tests.cast import START, Cast, client_of, member
from tests.web.consents.asking_consent import DAY, EXPLANATION, Outside, ground, outside

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(cast: Cast) -> Outside:
    return outside(cast)


@pytest.fixture
def fleur(cast: Cast) -> Membership:
    """The privacy officer."""
    return member(cast.beuk, Role.PRIVACY_OFFICER, "fleur")


def recorded(cast: Cast, there: Outside) -> LegalGround:
    return record_legal_ground(cast.bram, cast.pupil_noor, ground(there.organisation), at=timezone.now())


def test_it_opens_nothing_until_a_second_person_confirms_it(cast: Cast, there: Outside, fleur: Membership) -> None:
    until = (timezone.localdate() + 30 * DAY).isoformat()
    given = {"ground": "reporting_code", "explanation": EXPLANATION, "recipient": there.organisation.pk, "record": "scaleprofile"}
    page = client_of(cast.bram).post(
        reverse("legal_ground_new", args=[cast.bram.pk, cast.pupil_noor.pk]), {**given, "until_on": until}, follow=True
    )
    assert "Hiermee mag nog niets" in page.content.decode()
    made = LegalGround.objects.get()
    assert there.sees() == set()
    assert {one.receiver for one in Notice.objects.filter(event="legal_ground.recorded")} == {cast.rik}
    assert EXPLANATION in text_of(cast.rik, "legal_ground_confirm", made.pk)
    assert client_of(cast.rik).post(reverse("legal_ground_confirm", args=[cast.rik.pk, made.pk])).status_code == 302
    assert there.sees() == {cast.pupil_noor, there.share}
    assert Notice.objects.get(receiver=fleur).event == "legal_ground.confirmed"
    assert "bevestigd door twee mensen" in text_of(cast.bram, "pupil_consents", cast.pupil_noor.pk)
    assert Entry.objects.get(name="legal_ground.confirmed").actor_id == cast.rik.pk


def test_another_hat_is_not_another_person(cast: Cast, there: Outside) -> None:
    made = recorded(cast, there)
    leads_too = Membership.objects.create(school=cast.beuk, person=cast.bram.person, role=Role.LEADER.value, from_at=START)
    for hat in (cast.bram, leads_too):
        with pytest.raises(SecondPersonMissing):
            confirm_legal_ground(hat, made, at=timezone.now())
        answer = client_of(hat).post(reverse("legal_ground_confirm", args=[hat.pk, made.pk]))
        assert (answer.status_code, "tweede persoon" in answer.content.decode()) == (409, True)
        assert "Nakijken en bevestigen" not in text_of(hat, "legal_ground", made.pk)
    assert there.sees() == set()


def test_the_database_too_knows_that_it_takes_two(cast: Cast, there: Outside) -> None:
    made = recorded(cast, there)
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalGround.objects.filter(pk=made.pk).update(confirmed_by=made.recorded_by, confirmed_at=timezone.now())


def test_it_must_be_explained_and_short(cast: Cast, there: Outside) -> None:
    refused: dict[type[Exception], dict[str, Any]] = {
        ExplanationTooShort: {"explanation": "Staat in de wet."},
        LegalGroundTooLong: {"until_at": timezone.now() + 100 * DAY},
    }
    for rule, other in refused.items():
        with pytest.raises(rule):
            record_legal_ground(cast.bram, cast.pupil_noor, ground(there.organisation, **other), at=timezone.now())
    given = {"ground": "legal_duty", "explanation": "Staat in de wet.", "recipient": there.organisation.pk, "record": "plan"}
    address = reverse("legal_ground_new", args=[cast.bram.pk, cast.pupil_noor.pk])
    answer = client_of(cast.bram).post(address, {**given, "until_on": (timezone.localdate() + DAY).isoformat()})
    assert (answer.status_code, "Staat in de wet." in answer.content.decode()) == (409, True)
    assert client_of(cast.bram).post(address, {}).status_code == 200
    assert not LegalGround.objects.exists()


def test_an_organisation_of_another_school_is_no_recipient(cast: Cast, there: Outside) -> None:
    foreign = Organisation.objects.create(school=cast.eik, name="Elders", kind="other")
    with pytest.raises(NotPermitted):
        record_legal_ground(cast.bram, cast.pupil_noor, ground(foreign), at=timezone.now())


def test_it_holds_for_one_record_until_its_moment_and_ends_when_ended(cast: Cast, there: Outside) -> None:
    made = recorded(cast, there)
    confirm_legal_ground(cast.rik, made, at=timezone.now())
    with pytest.raises(LegalGroundConfirmed):
        confirm_legal_ground(cast.rik, made, at=timezone.now())
    assert made.until_at is not None
    assert there.sees(made.until_at) == set()
    there.share.record = Record.PLAN.value
    there.share.save()
    assert there.share not in there.sees()
    client, address = client_of(cast.bram), reverse("legal_ground_end", args=[cast.bram.pk, made.pk])
    assert client.post(address).status_code == 302
    assert there.sees() == set()
    assert client.post(address).status_code == 409
    assert "afgelopen" in text_of(cast.rik, "legal_ground", made.pk)
    assert client_of(cast.rik).post(reverse("legal_ground_confirm", args=[cast.rik.pk, made.pk])).status_code == 409


def test_ending_in_the_very_moment_of_recording(cast: Cast, there: Outside) -> None:
    at = timezone.now()
    made = record_legal_ground(cast.bram, cast.pupil_noor, ground(there.organisation), at=at)
    end_legal_ground(cast.bram, made, at=at)
    made.refresh_from_db()
    assert made.until_at == at + timedelta(microseconds=1)


def test_coordinator_and_leader_see_it_and_nobody_else(cast: Cast, there: Outside, fleur: Membership) -> None:
    made = recorded(cast, there)
    for route in ("legal_ground", "legal_ground_confirm"):
        assert may_look(cast, route, made.pk) == {"bram", "rik"}
        assert look(fleur, route, made.pk).status_code == 404
    assert client_of(cast.rik).post(reverse("legal_ground_end", args=[cast.rik.pk, made.pk])).status_code == 404
    assert "wacht op een tweede persoon" in text_of(cast.rik, "consents")
    assert "1 grond in de wet wacht op een tweede persoon" in text_of(cast.bram, "home")
