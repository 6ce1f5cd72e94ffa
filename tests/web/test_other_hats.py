"""A link that another of my hats may see offers that hat; what is foreign and what is absent stay alike."""

from uuid import uuid4

import pytest
from django.urls import reverse

from kring.core.access import Role
from kring.web.models import Membership
from tests.cast import START, Cast, client_of

pytestmark = pytest.mark.django_db


def also(actor: Membership, cast: Cast, role: Role) -> Membership:
    """The same person in a second role at De Beuk."""
    return Membership.objects.create(school=cast.beuk, person=actor.person, role=role.value, from_at=START)


def test_another_hat_of_mine_is_offered(cast: Cast) -> None:
    coordinator = also(cast.carla, cast, Role.COORDINATOR)
    answer = client_of(cast.carla).get(reverse("pupil", args=[cast.carla.pk, cast.pupil_noor.pk]))
    page = answer.content.decode()
    assert answer.status_code == 404
    assert f'href="{reverse("pupil", args=[coordinator.pk, cast.pupil_noor.pk])}"' in page
    assert "Bekijken als intern begeleider, De Beuk" in page
    assert "Noor" not in page


def test_a_link_in_the_hat_of_a_colleague_leads_to_my_own(cast: Cast) -> None:
    page = client_of(cast.anna).get(reverse("group", args=[cast.bram.pk, cast.group_6a.pk])).content.decode()
    assert f'href="{reverse("group", args=[cast.anna.pk, cast.group_6a.pk])}"' in page


def test_the_offered_page_is_there(cast: Cast) -> None:
    coordinator = also(cast.carla, cast, Role.COORDINATOR)
    assert client_of(cast.carla).get(reverse("pupil", args=[coordinator.pk, cast.pupil_noor.pk])).status_code == 200


@pytest.mark.parametrize("route", ["group", "pupil", "round", "sociogram", "upload"])
def test_foreign_and_absent_stay_alike(cast: Cast, route: str) -> None:
    also(cast.carla, cast, Role.GUARDIAN)
    client = client_of(cast.carla)
    key = cast.pupil_noor.pk if route == "pupil" else cast.group_6a.pk
    foreign = client.get(reverse(route, args=[cast.carla.pk, key]))
    absent = client.get(reverse(route, args=[cast.carla.pk, uuid4()]))
    assert foreign.status_code == absent.status_code == 404
    assert foreign.content == absent.content


def test_a_hat_for_which_the_page_is_not_made_is_not_offered(cast: Cast) -> None:
    guardian = Membership.objects.create(school=cast.beuk, person=cast.els.person, role=Role.TEACHER.value, from_at=START)
    page = client_of(cast.els).get(reverse("pupil", args=[guardian.pk, cast.pupil_noor.pk])).content.decode()
    assert "Bekijken als" not in page


def test_a_hat_that_has_ended_is_not_offered(cast: Cast) -> None:
    ended = also(cast.carla, cast, Role.COORDINATOR)
    Membership.objects.filter(pk=ended.pk).update(until_at=START.replace(month=9))
    page = client_of(cast.carla).get(reverse("pupil", args=[cast.carla.pk, cast.pupil_noor.pk])).content.decode()
    assert "Bekijken als" not in page


def test_nothing_is_offered_to_a_change(cast: Cast) -> None:
    also(cast.carla, cast, Role.COORDINATOR)
    page = client_of(cast.carla).post(reverse("upload", args=[cast.carla.pk, cast.group_6a.pk])).content.decode()
    assert "Bekijken als" not in page
