"""Who comes through the door of a page."""

from uuid import uuid4

import pytest
from django.urls import reverse

from kring.core.access import Verb
from kring.web.access import may
from kring.web.models import Group, Pupil
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


def test_a_hat_of_somebody_else_does_not_exist(cast: Cast) -> None:
    assert client_of(cast.anna).get(reverse("home", args=[cast.bram.pk])).status_code == 404


def test_foreign_and_absent_hats_look_alike(cast: Cast) -> None:
    anna = client_of(cast.anna)
    foreign = anna.get(reverse("home", args=[cast.bram.pk]))
    absent = anna.get(reverse("home", args=[uuid4()]))
    assert (foreign.status_code, foreign.content) == (absent.status_code, absent.content)


def test_a_teacher_has_the_pupils_of_her_group(cast: Cast) -> None:
    assert list(may(cast.anna, Pupil, Verb.READ)) == [cast.pupil_noor, cast.pupil_sem]
    assert list(may(cast.anna, Group, Verb.READ)) == [cast.group_6a]


def test_a_coordinator_has_her_school_and_no_other(cast: Cast) -> None:
    assert set(may(cast.bram, Pupil, Verb.READ)) == {cast.pupil_noor, cast.pupil_sem, cast.pupil_lot}
    assert list(may(cast.frans, Pupil, Verb.READ)) == [cast.pupil_fien]


def test_a_guardian_without_authority_has_nothing(cast: Cast) -> None:
    assert list(may(cast.els, Pupil, Verb.READ)) == [cast.pupil_noor]
    assert not may(cast.pim, Pupil, Verb.READ).exists()
