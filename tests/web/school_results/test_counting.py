"""Figures of a closed round: counted once, of no few, and not again for a few lists more."""

from datetime import timedelta

import pytest

from kring.library import instrument
from kring.web.models import Round, Snapshot
from kring.web.school_results.counting import Row, counted
from kring.web.school_results.intake import count_closed_rounds, count_rounds
from kring.web.surveys.intake import take_anonymous
from tests.cast import Cast
from tests.measurements import answers
from tests.web.school_results.schools import COUNTED, SAFETY, counted_round, safety_answers, safety_round

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def cells_of(round: Round) -> dict:  # type: ignore[type-arg]
    found: dict = Snapshot.objects.get(round=round).cells  # type: ignore[type-arg]
    return found


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


# ---- nothing of a few, whatever the school looks like ------------------------------------------------------------


Sizes = dict[str, tuple[tuple[int, ...], int]]


def rows_of(sizes: Sizes) -> list[Row]:
    """`sizes`: of each group its years and its pupils, of whom the first seven tenths answer, everybody a little differently."""
    return [Row(group, levels, safety_answers(at) if at < 0.7 * n else {}) for group, (levels, n) in sizes.items() for at in range(n)]


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ({"5A": ((5,), 24), "5B": ((5,), 22), "6": ((6,), 25)}, {"5A", "5B", "6"}),
        ({"5": ((5,), 12), "6": ((6,), 4), "7": ((7,), 30)}, {"7"}),
        ({"5A": ((5,), 9), "5B": ((5,), 9), "6": ((6,), 9)}, set()),
        ({"5": ((5,), 22), "5/6": ((5, 6), 11), "6": ((6,), 3)}, {"5"}),
    ],
)
def test_no_cell_without_names_is_small_and_no_two_differ_by_a_few(sizes: Sizes, told: set[str]) -> None:
    found = counted(instrument(SAFETY, 1), rows_of(sizes), reds_needed=2)
    assert {one["name"] for one in found["scales"][0]["groups"] if one["mean"] is not None} == told
    for scale in found["scales"]:
        shown = {kind: [one for one in scale[kind] if one["mean"] is not None] for kind in ("years", "groups")}
        school = [scale["school"]] if scale["school"]["mean"] is not None else []
        assert all(one["n"] >= 10 for one in [*shown["years"], *shown["groups"], *school])
        for wholes, parts in ((school, shown["years"]), (school, shown["groups"])):
            for whole in wholes:
                assert not 0 < whole["n"] - sum(one["n"] for one in parts) < 10
                assert not any(0 < whole["n"] - one["n"] < 10 for one in parts)
        assert school or not (shown["years"] or shown["groups"])


def test_the_same_answer_of_everybody_is_told_by_no_mean() -> None:
    alike = [Row("5", (5,), safety_answers(0)) for _one in range(20)]
    found = counted(instrument(SAFETY, 1), alike, reds_needed=2)
    assert all(scale["school"]["mean"] is None for scale in found["scales"])


def test_exactly_a_fifth_in_the_care_zone_is_met_and_not_above() -> None:
    asked = instrument("kring-leerling", 1)
    rows = [Row("5", (5,), answers("kring-leerling", 12 if at < 4 else 0)) for at in range(20)]
    found = counted(asked, rows, reds_needed=1)["care"]
    assert found["mean"] == [1, 5]
    assert all(one["above"] in {False, None} for one in found["groups"])
