"""What a list of all pupils would change."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.grouping import BundleOfDifferentLevels, BundleOfOne, check_bundle, levels_in
from kring.core.roster import (
    Decision,
    Doubt,
    KnownPupil,
    Name,
    PupilLine,
    RosterChange,
    Seat,
    Step,
    Wrong,
    faults_by_line,
    is_likely_the_same,
    roster_change,
    unlikely_births,
)

BORN = date(2016, 2, 1)
AUGUST, MARCH, DAY = datetime(2026, 8, 1, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC), timedelta(days=1)
NOOR = Name("Noor", "van de", "Berg")
SEM = Name("Sem", "", "Vos")
GROUPS = {"6A": (6,), "6B": (6,), "4/5": (4, 5)}


def line(number: str = "1", name: Name = NOOR, group: str = "6A", at: int = 2, **more: Any) -> PupilLine:
    return PupilLine(at, number, name, more.get("born_on", BORN), group, more.get("level"))


def known(number: str = "1", name: Name = NOOR, *seats: Seat, born_on: date | None = BORN, key: str = "") -> KnownPupil:
    return KnownPupil(key or f"key-{number}", number, name, born_on, seats)


def seat(group: str = "6A", level: int = 6, *, is_of_year: bool = True, until: datetime | None = None, at: datetime = AUGUST) -> Seat:
    return Seat(group, level, is_of_year, at, until)


def laid(
    *lines: PupilLine, beside: tuple[KnownPupil, ...] = (), decided: Mapping[int, Decision] | None = None, may_correct: bool = True
) -> RosterChange:
    return roster_change(lines, beside, GROUPS, levels=range(1, 9), decisions=decided or {}, may_correct=may_correct)


def faults(*lines: PupilLine, beside: tuple[KnownPupil, ...] = ()) -> list[tuple[int, Wrong]]:
    return [(one.line.line, one.wrong) for one in faults_by_line(laid(*lines, beside=beside).faults)]


def test_somebody_whom_the_school_does_not_know_is_new() -> None:
    (step,) = laid(line()).steps
    assert (step, step.is_new, step.is_moved, step.comes_in, step.changes_nothing) == (Step(line(), 6), True, False, False, False)


def test_somebody_who_sits_there_already_stays() -> None:
    found = laid(line(), beside=(known("1", NOOR, seat()),))
    assert [step.changes_nothing for step in found.steps] == [True]
    assert found.gone == ()


def test_somebody_in_another_group_moves_also_from_the_year_before_and_within_a_combination_group() -> None:
    moved = line(level=5, group="4/5")
    for sits, left in (
        ((seat(),), "6A"),
        ((seat("5A", 5, is_of_year=False),), "5A"),
        ((seat("4/5", 4),), "4/5"),
        ((seat("3", 3, is_of_year=False), seat("6B")), "6B"),
    ):
        (step,) = laid(moved, beside=(known("1", NOOR, *sits),)).steps
        assert (step.moved_from, step.level, step.comes_in) == (left, 5, False)


def test_somebody_who_sat_nowhere_comes_in() -> None:
    (step,) = laid(line(), beside=(known(),)).steps
    assert (step.comes_in, step.is_new, step.changes_nothing) == (True, False, False)


def test_corrections_are_taken_over_by_who_may_and_counted_for_who_may_not() -> None:
    beside = (known("1", Name("Noor", "van", "Berg"), seat(), born_on=None),)
    assert laid(line(), beside=beside).steps[0].corrections == [("name_prefix", "van"), ("birth_date", "")]
    found = laid(line(), beside=beside, may_correct=False)
    assert (found.steps[0].corrected, found.left_out) == ((), 1)


def test_a_birth_date_that_the_list_lacks_is_no_correction() -> None:
    assert laid(line(born_on=None), beside=(known("1", NOOR, seat()),)).steps[0].corrected == ()


def test_a_number_with_another_name_is_for_a_person_to_decide() -> None:
    beside = (known("1", SEM, seat()),)
    (doubt,) = laid(line(), beside=beside).doubts
    assert (doubt.doubt, doubt.decision) == (Doubt.ANOTHER_NAME, None)
    same = laid(line(), beside=beside, decided={2: Decision.SAME})
    assert same.steps[0].corrected == ("given_name", "name_prefix", "family_name")
    assert same.undecided == 0
    for other in (Decision.LEAVE, Decision.SOMEBODY_NEW):  # there cannot be two pupils with one number
        left = laid(line(), beside=beside, decided={2: other})
        assert (left.steps, left.gone, left.undecided) == ((), (), 0)


def test_a_name_and_birth_date_with_another_number_is_for_a_person_to_decide() -> None:
    beside = (known("9", NOOR, seat()),)
    found = laid(line(), beside=beside)
    assert ([one.doubt for one in found.doubts], found.steps, found.undecided) == ([Doubt.ANOTHER_NUMBER], (), 1)
    assert laid(line(), beside=beside, decided={2: Decision.SAME}).steps[0].corrected == ("number",)
    new = laid(line(), beside=beside, decided={2: Decision.SOMEBODY_NEW})
    assert (new.steps[0].is_new, new.gone) == (True, beside)


def test_who_may_not_correct_leaves_every_doubt_to_another() -> None:
    found = laid(line(), beside=(known("9", NOOR, seat()),), decided={2: Decision.SAME}, may_correct=False)
    assert (found.steps, found.undecided, found.doubts[0].decision) == ((), 0, Decision.LEAVE)


def test_who_may_not_correct_finds_out_no_birth_date() -> None:
    """Neither with many lines of one name, nor with half a name, nor from how many corrections were left out."""
    days = [date(2016, 2, day) for day in range(1, 29)]
    for beside, lines in (
        (known("99"), [line(str(place), at=place, born_on=day) for place, day in enumerate(days, 2)]),
        (known("1", Name("Noor", "", "Anders")), [line()]),
        (known(), [line()]),
    ):
        found = [laid(*lines, beside=(replace(beside, born_on=day),), may_correct=False) for day in (BORN, date(1999, 1, 1), None)]
        assert {one.left_out for one in found} == {0}
        assert len({(one.steps, tuple(doubt.line for doubt in one.doubts)) for one in found}) == 1


@pytest.mark.parametrize(("ours", "theirs", "doubts"), [(None, BORN, 1), (BORN, None, 1), (BORN, date(2015, 1, 1), 0)])
def test_only_a_birth_date_that_differs_tells_two_children_of_one_name_apart(ours: date | None, theirs: date | None, doubts: int) -> None:
    found = laid(line(born_on=theirs), beside=(known("9", NOOR, born_on=ours),))
    assert (len(found.doubts), len(found.steps)) == (doubts, 1 - doubts)


def test_two_lines_are_never_one_pupil_and_a_pupil_with_an_own_line_is_nobody_else() -> None:
    twice = laid(line("1"), line("2", at=3), beside=(known("9"),))
    assert (len(twice.doubts), len(twice.steps)) == (1, 1)
    own = laid(line("1"), line("9", at=3), beside=(known("9", NOOR, seat()),))
    assert (own.doubts, [step.is_new for step in own.steps]) == ((), [True, False])


def test_two_numbers_of_one_pupil_are_refused_and_either_alone_is_that_pupil() -> None:
    beside = (known("1", NOOR, seat(), key="noor"), known("2", NOOR, seat(), key="noor"))
    assert laid(line("2"), beside=beside).steps[0].changes_nothing
    assert faults(line("1"), line("2", at=3), beside=beside) == [(3, Wrong.PUPIL_TWICE)]
    assert len(laid(line("3", SEM), beside=beside).gone) == 1


def test_who_is_not_on_the_list_is_named_and_nothing_more() -> None:
    gone, left = known("9", SEM, seat()), known("8", Name("Al", "", "Weg"))
    assert laid(line(), beside=(gone, left)).gone == (gone,)


def test_groups_that_are_not_there_yet_come_along_with_the_levels_of_their_lines_or_of_their_name() -> None:
    found = laid(
        line("1", group="1/2A", level=1),
        line("2", SEM, group="1/2a", level=2, at=3),
        line("3", Name("An", "", "A"), group="7", at=4),
        line("4", Name("Bo", "", "B"), group="Vlinders", level=3, at=5),
        line("5", Name("Co", "", "C"), group="8X", level=7, at=6),
        line("6", Name("Do", "", "D"), group="3/4", level=3, at=7),
    )
    assert found.groups == (("1/2A", (1, 2)), ("7", (7,)), ("Vlinders", (3,)), ("8X", (7,)), ("3/4", (3, 4)))
    assert ([step.level for step in found.steps], found.faults) == ([1, 2, 7, 3, 7, 3], ())


def test_what_cannot_be_taken_over_is_said_line_by_line() -> None:
    assert faults(line(), line(at=3)) == [(3, Wrong.NUMBER_TWICE)]
    assert faults(line(), line(group="6B", at=3)) == [(3, Wrong.TWO_GROUPS)]


def test_a_list_says_in_which_of_two_groups_a_pupil_sits() -> None:
    for seats in ((seat(), seat("6B")), (seat("6B"), seat()), (seat("6B", at=MARCH), seat(until=MARCH + DAY))):
        (step,) = laid(line(), beside=(known("1", NOOR, *seats),)).steps
        assert (step.moved_from, step.is_seated) == ("6B", False)
    (step,) = laid(line(), beside=(known("1", NOOR, seat(), seat()),)).steps  # twice in one group
    assert step.moved_from == "6A"


def test_a_birth_date_that_no_pupil_has_is_named() -> None:
    days = [None, date(2024, 9, 1), date(2024, 9, 2), date(1996, 9, 1), date(1996, 8, 31), date(2061, 1, 1)]
    lines = [line(str(place), at=place, born_on=day) for place, day in enumerate(days)]
    assert [(one.line.line, one.wrong) for one in unlikely_births(lines, on=date(2026, 9, 1))] == [
        (place, Wrong.BORN_UNLIKELY) for place in (2, 4, 5)
    ]


def test_a_move_that_is_planned_is_no_second_group() -> None:
    planned = known("1", NOOR, seat(until=MARCH), seat("6B", at=MARCH))
    for group in ("6A", "6B"):
        assert laid(line(group=group), beside=(planned,)).steps[0].changes_nothing
    assert laid(line(group="4/5", level=4), beside=(planned,)).steps[0].is_moved
    assert faults(line(group="Vlinders"), line("2", SEM, "Vlinders", 3)) == [(2, Wrong.GROUP_WITHOUT_LEVEL)]
    assert faults(line(group="4/5")) == [(2, Wrong.LEVEL_MISSING)]
    assert faults(line(level=5)) == [(2, Wrong.LEVEL_ELSEWHERE)]
    assert faults(line(level=9)) == [(2, Wrong.LEVEL_UNKNOWN)]
    assert faults(line(level=9), beside=(known(),)) == [(2, Wrong.LEVEL_UNKNOWN)]
    many = [line(str(level), Name(str(level), "", "X"), "Alle", level, level=level) for level in range(1, 6)]
    assert faults(*many) == [(1, Wrong.GROUP_WITHOUT_LEVEL)]


def test_a_group_of_the_school_that_has_no_level_is_said_too() -> None:
    found = roster_change([line()], [], {"6A": ()}, levels=range(1, 9), decisions={}, may_correct=True)
    assert [one.wrong for one in found.faults] == [Wrong.GROUP_WITHOUT_LEVEL]


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("1/2A", (1, 2)),
        ("3", (3,)),
        ("4-5", (4, 5)),
        ("6+7b", (6, 7)),
        ("12", ()),
        ("0", ()),
        ("Vlinders", ()),
        ("123", ()),
        ("4/9", ()),
        ("6-A", (6,)),
        ("1//2", ()),
    ],
)
def test_the_name_of_a_group_tells_its_levels(name: str, levels: tuple[int, ...]) -> None:
    assert levels_in(name, range(1, 9)) == levels


def test_parallel_groups_are_two_or_more_of_one_year_and_the_same_levels() -> None:
    check_bundle([(6,), (6,)], [1, 1])
    for levels in ([], [(6,)]):
        with pytest.raises(BundleOfOne):
            check_bundle(levels, [1])
    for levels, years in (([(6,), (7,)], [1, 1]), ([(6,), (6,)], [1, 2])):
        with pytest.raises(BundleOfDifferentLevels):
            check_bundle(levels, years)


def test_half_a_name_and_the_birth_date_are_enough_to_know_somebody() -> None:
    assert is_likely_the_same(line(name=Name("Noor", "", "Smit")), known())
    assert is_likely_the_same(line(name=Name("Nóór", "", "BERG"), born_on=None), known())
    assert not is_likely_the_same(line(name=Name("Noor", "", "Smit"), born_on=None), known())
    assert not is_likely_the_same(line(name=Name("Noor", "", "Smit"), born_on=None), known(born_on=None))
    assert not is_likely_the_same(line(name=SEM), known())
    assert str(NOOR) == "Noor van de Berg"


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(["6A", "6B"]), st.sampled_from([NOOR, SEM])), max_size=12))
def test_every_line_has_one_outcome_and_a_list_that_was_taken_over_changes_nothing(rows: list[tuple[int, str, Name]]) -> None:
    lines = [line(str(number), name, group, at) for at, (number, group, name) in enumerate(rows, 2)]
    found = laid(*lines)
    assert len(found.steps) + len(found.doubts) + len(found.faults) == len(lines)
    after = tuple(known(step.line.number, step.line.name, seat(step.line.group, step.level)) for step in found.steps)
    again = laid(*(step.line for step in found.steps), beside=after)
    assert all(step.changes_nothing for step in again.steps)
    assert (again.gone, again.doubts, again.faults) == ((), (), ())
