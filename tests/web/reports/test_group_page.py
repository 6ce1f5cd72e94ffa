"""The page of a group: its scores, colours and sociogram, for its team."""

import pytest
from django.urls import reverse

from tests.cast import Cast, client_of
from tests.measurements import classmates, list_round, sociogram_round

pytestmark = pytest.mark.django_db


def test_it_shows_scores_colours_and_the_sociogram(cast: Cast) -> None:
    pupils = [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 8)]
    list_round(cast.group_6a, pupils, silent=1)
    sociogram_round(cast.group_6a, pupils, absent=1)
    answer = client_of(cast.anna).get(reverse("group", args=[cast.anna.pk, cast.group_6a.pk]))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Noor Test" in page
    assert "Welbevinden op school" in page
    assert "<svg" in page
