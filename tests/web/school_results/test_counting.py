"""Figures of a closed round: counted once, of no few, and not again for a few lists more."""

from datetime import timedelta

import pytest

from kring.web.models import Round, Snapshot
from kring.web.school_results.intake import count_closed_rounds, count_rounds
from kring.web.surveys.intake import take_anonymous
from tests.cast import Cast
from tests.web.school_results.schools import COUNTED, counted_round, safety_answers, safety_round

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def cells_of(round: Round) -> dict:  # type: ignore[type-arg]
    return Snapshot.objects.get(round=round).cells


def test_the_figures_of_a_closed_round_are_made_once(cast: Cast) -> None:
    made = counted_round(cast)
    found = cells_of(made)
    assert (found["asked"], found["answered"]) == (24, 24)
    first = found["scales"][0]
    assert first["school"]["n"] == 24
    assert [one["name"] for one in first["groups"]] == ["6A", "6B"]
    assert first["verdict"]["answer"] in {"met", "not_met"}
    assert found["care"]["reds_needed"] == 2
    count_closed_rounds(at=COUNTED + DAY)
    assert Snapshot.objects.get().made_at == COUNTED


def test_an_open_round_has_no_figures(cast: Cast) -> None:
    made = counted_round(cast)
    Snapshot.objects.all().delete()
    Round.objects.filter(pk=made.pk).update(closed_at=None)
    count_rounds(cast.beuk, at=COUNTED)
    assert not Snapshot.objects.exists()


def test_of_fewer_than_six_nothing_is_kept(cast: Cast) -> None:
    found = cells_of(counted_round(cast, 2))
    for scale in found["scales"]:
        assert (scale["school"]["mean"], scale["verdict"]) == (None, None)
    assert found["care"]["mean"] is None


def test_a_list_without_names_tells_shares_in_bands(cast: Cast) -> None:
    found = cells_of(safety_round(cast))
    assert found["k"] == 10
    assert found["care"] is None
    assert {tuple(one["school"]) for one in found["items"]} <= {(low, low + 10) for low in range(0, 100, 10)}


def test_of_nine_answers_without_names_nothing_is_kept(cast: Cast) -> None:
    found = cells_of(safety_round(cast, 4))
    assert all(one["school"] is None for one in found["items"])
    assert all(scale["school"]["mean"] is None for scale in found["scales"])


def reopened(made: Round, cast: Cast, lists: int) -> Snapshot:
    Round.objects.filter(pk=made.pk).update(closed_at=None)
    made.refresh_from_db()
    for group in (cast.group_6a, cast.group_6b):
        take_anonymous(made, group, [safety_answers(2) for _one in range(lists)])
    Round.objects.filter(pk=made.pk).update(closed_at=COUNTED + DAY)
    count_rounds(cast.beuk, at=COUNTED + 2 * DAY)
    count_rounds(cast.beuk, at=COUNTED + 3 * DAY)
    return Snapshot.objects.get(round=made)


@pytest.mark.parametrize(("lists", "answered"), [(1, 24), (9, 24), (10, 44), (0, 24)])
def test_closed_again_with_a_few_lists_more_the_figures_stay(cast: Cast, lists: int, answered: int) -> None:
    found = reopened(safety_round(cast), cast, lists)
    assert found.cells["answered"] == answered
    assert (found.kept_at is not None) is (0 < lists < 10)
