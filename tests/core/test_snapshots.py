"""Shares of answers without names: nothing follows from them but what stands there."""

from itertools import product

import pytest

from kring.core.snapshots import CellsTooClose, Counted, ShareBand, refuse_close_cells, share_band, shown_shares


@pytest.mark.parametrize(("x", "n", "low"), [(0, 12, 0), (1, 12, 0), (2, 12, 10), (6, 12, 50), (10, 12, 80), (11, 12, 90), (12, 12, 90)])
def test_a_share_stands_in_a_band_with_coded_ends(x: int, n: int, low: int) -> None:
    assert share_band(Counted(x, n)) == ShareBand(low, low + 10)


def test_the_ends_say_so() -> None:
    assert (ShareBand(0, 10).is_low_end, ShareBand(90, 100).is_high_end, ShareBand(40, 50).is_low_end) == (True, True, False)


def test_below_ten_people_nothing_is_shown() -> None:
    found = shown_shares({"5": Counted(4, 9)}, k=10)
    assert (found.whole, found.parts) == (None, {"5": None})


def test_a_small_year_takes_another_with_it() -> None:
    found = shown_shares({"5": Counted(3, 4), "6": Counted(6, 20), "7": Counted(12, 30)}, k=10)
    assert found.whole is not None
    assert (found.parts["5"], found.parts["6"], found.parts["7"]) == (None, None, ShareBand(40, 50))


def told(whole: ShareBand, parts: dict[str, ShareBand | None], sizes: dict[str, int]) -> dict[str, set[int]]:
    """By brute force: every number of people that each shown part may have, given all that is shown."""
    can = [[x for x in range(n + 1) if parts[key] is None or share_band(Counted(x, n)) == parts[key]] for key, n in sizes.items()]
    worlds = [world for world in product(*can) if share_band(Counted(sum(world), sum(sizes.values()))) == whole]
    return {key: {world[place] for world in worlds} for place, key in enumerate(sizes)}


@pytest.mark.parametrize("n", [(10, 10), (11, 14), (20, 10), (10, 12, 11)])
def test_nobody_can_work_out_more_of_an_end_than_its_band_says(n: tuple[int, ...]) -> None:
    sizes = {str(place): size for place, size in enumerate(n)}
    for xs in product(*(range(0, size + 1, 1 if len(n) < 3 else 3) for size in n)):
        found = shown_shares({key: Counted(x, sizes[key]) for key, x in zip(sizes, xs, strict=True)}, k=10)
        assert found.whole is not None
        known = told(found.whole, dict(found.parts), sizes)
        for key, band in found.parts.items():
            if band and (band.is_low_end or band.is_high_end):
                assert known[key] == {x for x in range(sizes[key] + 1) if share_band(Counted(x, sizes[key])) == band}


def test_where_the_whole_would_tell_on_its_parts_it_stands_alone() -> None:
    found = shown_shares({"5": Counted(1, 10), "6": Counted(1, 10)}, k=10)
    assert found.whole == ShareBand(0, 10)
    assert found.parts == {"5": ShareBand(0, 10), "6": ShareBand(0, 10)}
    found = shown_shares({"5": Counted(1, 10), "6": Counted(3, 10)}, k=10)  # 3 of 10 is known, and the whole says at least 4 of 20
    assert found.whole == ShareBand(20, 30)
    assert found.parts == {"5": None, "6": None}


@pytest.mark.parametrize("cells", [{"6A": range(9)}, {"6": range(30), "6A": range(24)}, {"6A": range(24), "6": range(30)}])
def test_cells_that_differ_by_a_few_are_not_published(cells: dict[str, range]) -> None:
    with pytest.raises(CellsTooClose):
        refuse_close_cells(cells, k=10)


def test_cells_that_are_the_same_or_far_apart_are() -> None:
    refuse_close_cells({"6": range(24), "6A": range(24), "school": range(60), "7": range(24, 50)}, k=10)
