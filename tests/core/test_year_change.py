"""The proposal and the corrections of a change of the school year: every pupil has exactly one destination, whatever was typed."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.errors import BrokenRule
from kring.core.year_change import (
    LEAVES,
    OPEN,
    ChangeHappened,
    ChangeNotSet,
    ChangeSet,
    Destination,
    Fate,
    GroupStillUsed,
    LeavesOutsideYear,
    LevelDoesNotFit,
    MinuteHasPassed,
    MinuteOutsideYears,
    NewGroup,
    NewGroupTwice,
    NewGroupUnknown,
    NewGroupWithoutLevel,
    OldGroup,
    Plan,
    PupilInTwoGroups,
    PupilNumberUnknown,
    PupilOfOtherGroup,
    PupilsWithoutDestination,
    Reason,
    RoundsNotClosed,
    RoundsStillOpen,
    Sits,
    Way,
    YearNotNext,
    by_number,
    check_complete,
    check_minute,
    check_not_set,
    check_rounds,
    check_take_back,
    check_years,
    counts,
    destinations,
    next_key,
    spread,
    with_groups,
    with_pupils,
    with_ways,
)
from kring.core.year_proposal import LARGE, proposal

NOW = datetime(2026, 6, 20, tzinfo=UTC)
OLD, OLD_ENDS, NEW = date(2025, 8, 1), date(2026, 7, 31), date(2027, 7, 31)
SCHOOL = (
    *("1/2 1/2 1 11", "1/2 1/2 2 12", "3 3 3 24", "4 4 4 25", "4/5 4/5 4 10", "4/5 4/5 5 14"),
    *("6A 6 6 25", "6B 6 6 24", "7 7 7 26", "8 8 8 23"),
)


def school(rows: tuple[str, ...] = SCHOOL) -> tuple[list[OldGroup], list[Sits]]:
    """Name, levels of the group, level, number of pupils."""
    groups: dict[str, OldGroup] = {}
    sits: list[Sits] = []
    for row in rows:
        name, levels, level, number = row.split()
        groups[name] = OldGroup(name, name, tuple(int(one) for one in levels.split("/")))
        sits += [Sits(f"{name} {level} {child}", name, int(level)) for child in range(int(number))]
    return list(groups.values()), sits


def names(plan: Plan) -> dict[tuple[str, int], str]:
    by_key = {one.key: one.name for one in plan.groups}
    return {place: by_key.get(to, to) for place, to in plan.ways.items()}


def test_classes_go_on_whole_and_combination_groups_by_year_level() -> None:
    groups, sits = school()
    found = names(proposal(groups, sits, last_level=8))
    assert found == {
        ("1/2", 1): "1/2",
        ("1/2", 2): "3",
        ("3", 3): "4",
        ("4", 4): "5",
        ("4/5", 4): "5B",  # with the others there would be 35
        ("4/5", 5): "6",
        ("6A", 6): "7A",
        ("6B", 6): "7B",
        ("7", 7): "8",
        ("8", 8): LEAVES,
    }


def test_a_small_part_joins_the_class_of_its_level_and_the_same_letter() -> None:
    groups, sits = school(("5A 5 5 20", "5B 5 5 18", "5/6B 5/6 5 6", "5/6B 5/6 6 12"))
    found = names(proposal(groups, sits, last_level=8))
    assert found["5/6B", 5] == "6B"
    assert found["5/6B", 6] == "7B"


def test_in_a_secondary_school_the_sixth_leaves() -> None:
    groups, sits = school(("1A 1 1 24", "6v 6 6 20"))
    plan = proposal(groups, sits, last_level=6)
    assert names(plan) == {("1A", 1): "2A", ("6v", 6): LEAVES}
    assert [one.name for one in plan.groups] == ["1A", "2A"]  # the first class stays open for newcomers


def test_in_a_secondary_school_the_name_of_a_class_may_say_when_it_leaves() -> None:
    found = proposal(
        *school(("4vmbo-tl 4 4 20", "4havo 4 4 20", "5havo 5 5 20", "5vwo 5 5 20", "4/5kader 4/5 4 3", "4D 4 4 20")), last_level=6
    )
    assert {place for place, to in found.ways.items() if to == LEAVES} == {("4vmbo-tl", 4), ("5havo", 5), ("4/5kader", 4), ("4/5kader", 5)}
    assert sorted(one.name for one in found.groups) == ["5D", "5havo", "6vwo"]


def test_the_oldest_of_a_combination_leave() -> None:
    groups, sits = school(("7/8 7/8 7 10", "7/8 7/8 8 12"))
    assert names(proposal(groups, sits, last_level=8)) == {("7/8", 7): "8", ("7/8", 8): LEAVES}


def test_names_do_not_meet() -> None:
    plan = proposal(
        [OldGroup("a", "Zon", (4,)), OldGroup("b", "zon", (5,)), OldGroup("c", "x" * 30, (6,)), OldGroup("d", "x" * 30, (7,))],
        [],
        last_level=8,
    )
    assert len({one.name.casefold() for one in plan.groups}) == 4
    assert max(len(one.name) for one in plan.groups) <= 30


LEVELS = st.sampled_from([(1,), (2,), (1, 2), (3,), (4, 5), (5,), (5, 6, 7), (8,), (7, 8)])


@given(st.lists(st.tuples(LEVELS, st.lists(st.integers(0, 2), max_size=6)), max_size=8), st.randoms(use_true_random=False))
def test_everybody_has_one_destination_and_the_counts_add_up(rows: list[tuple[tuple[int, ...], list[int]]], chance: object) -> None:
    groups = [OldGroup(str(number), f"{levels[0]}{number}", levels) for number, (levels, _) in enumerate(rows)]
    sits = [
        Sits(f"{number}-{child}", str(number), levels[pick % len(levels)])
        for number, (levels, picks) in enumerate(rows)
        for child, pick in enumerate(picks)
    ]
    plan = proposal(groups, sits, last_level=8)
    found = destinations(plan, sits)
    assert [one.sits for one in found] == sits
    told = counts(found)
    assert sum(told.by_fate.values()) == told.pupils == len(sits)
    assert told.of(Fate.OPEN) == told.of(Fate.STAYS) == 0
    assert all(
        plan.group(one.way.to).levels and one.way.level in plan.group(one.way.to).levels for one in found if one.fate is Fate.MOVES_ON
    )
    sizes = Counter(one.way.to for one in found if one.fate is Fate.MOVES_ON)
    assert told.by_group == sizes
    assert Plan().group is not None


PLAN = Plan(
    (NewGroup("g1", "7A", (7,)), NewGroup("g2", "6/7", (6, 7)), NewGroup("g3", "8", (8,))),
    {("a", 6): "g1", ("b", 7): LEAVES, ("c", 5): OPEN},
    {"noor": Way("g2", 6), "sem": Way(LEAVES, 0, date(2026, 7, 1), Reason.MOVED), "lot": Way("g3", 8)},
)
HERE = [Sits("noor", "a", 6), Sits("sem", "a", 6), Sits("lot", "a", 6), Sits("mees", "a", 6), Sits("jip", "b", 7), Sits("pip", "c", 5)]


def test_fates() -> None:
    found = {one.sits.pupil: one.fate for one in destinations(PLAN, HERE)}
    assert found == {
        "noor": Fate.STAYS,
        "sem": Fate.LEAVES,
        "lot": Fate.SKIPS,
        "mees": Fate.MOVES_ON,
        "jip": Fate.LEAVES,
        "pip": Fate.OPEN,
    }


def test_who_leaves_with_the_class_is_done_here() -> None:
    assert destinations(PLAN, [HERE[4]])[0].way.reason is Reason.FINISHED


def test_a_group_that_lost_the_level_makes_it_open_again() -> None:
    assert destinations(Plan((NewGroup("g1", "7A", (8,)),), PLAN.ways), [HERE[3]])[0].fate is Fate.OPEN


def test_groups_are_changed_and_unused_ones_go() -> None:
    plan = Plan((NewGroup("g1", "7A", (7,)), NewGroup("g2", "7B", (7,))), {("a", 6): "g1"})
    assert [one.name for one in with_groups(plan, [NewGroup("g1", "Zeven", (7,))]).groups] == ["Zeven"]


def test_a_new_key_is_new_also_of_what_is_still_pointed_at() -> None:
    assert next_key(PLAN) == "g4"
    assert next_key(Plan((NewGroup("g2", "x", (1,)),), {("a", 1): "g3"})) == "g4"


def test_what_has_no_room_in_the_class_of_its_letter_gets_the_next_letter() -> None:
    groups, sits = school(("6A 6 6 25", "6/7A 6/7 6 9", "6/7A 6/7 7 9"))
    assert names(proposal(groups, sits, last_level=8)) == {("6A", 6): "7A", ("6/7A", 6): "7B", ("6/7A", 7): "8A"}


def test_the_way_of_the_class_again() -> None:
    assert "noor" not in with_pupils(PLAN, HERE, {"noor": None}).pupils
    assert with_pupils(PLAN, HERE, {"noor": Way(LEAVES), "mees": Way(OPEN)}).pupils["mees"] == Way(OPEN)


def test_dealt_evenly() -> None:
    plan = Plan((NewGroup("x", "7A", (7,)), NewGroup("y", "7B", (7,)), NewGroup("z", "6", (6,))))
    sits = [Sits(f"p{number}", "a", 6) for number in range(7)] + [Sits("q", "a", 5)]
    found = Counter(way.to for way in spread(plan, sits, ["x", "y", "z"]).values())
    assert found == {"x": 4, "y": 3, "z": 1}
    assert spread(plan, [], []) == {}


def test_a_pasted_list() -> None:
    assert by_number(" 12\n\n13, 12;14", {"12": "noor", "13": "sem", "14": "lot"}) == ["noor", "sem", "lot"]


def test_what_is_allowed() -> None:
    check_years(date(2026, 7, 31), date(2026, 8, 1), label="x")
    check_minute(NOW, at=NOW, day=date(2026, 8, 1), old_ends_on=OLD_ENDS, new_ends_on=NEW, label="x")
    check_rounds(waiting=0, complete=0, anyway=False)
    check_rounds(waiting=0, complete=2, anyway=True)
    check_not_set(None)
    check_take_back(NOW, NOW + timedelta(1), at=NOW)
    check_complete(destinations(PLAN, HERE[:5]), starts_on=OLD, last_on=date(2026, 7, 31), label="x")


def complete(*found: Destination, last_on: date = date(2026, 7, 31)) -> None:
    check_complete(found, starts_on=OLD, last_on=last_on, label="x")


def minute(moment: datetime, day: date) -> None:
    check_minute(moment, at=NOW, day=day, old_ends_on=OLD_ENDS, new_ends_on=NEW, label="x")


@pytest.mark.parametrize(
    ("rule", "check"),
    [
        (NewGroupUnknown, lambda: PLAN.group("g9")),
        (NewGroupTwice, lambda: with_groups(PLAN, [*PLAN.groups, NewGroup("g4", "7a", (7,))])),
        (NewGroupWithoutLevel, lambda: with_groups(PLAN, [*PLAN.groups, NewGroup("g4", "9", ())])),
        (GroupStillUsed, lambda: with_groups(PLAN, PLAN.groups[1:])),
        (GroupStillUsed, lambda: with_groups(PLAN, PLAN.groups[:1])),
        (NewGroupUnknown, lambda: with_ways(PLAN, {("a", 6): "g9"})),
        (LevelDoesNotFit, lambda: with_ways(PLAN, {("a", 6): "g3"})),
        (PupilOfOtherGroup, lambda: with_pupils(PLAN, HERE, {"nobody": None})),
        (LevelDoesNotFit, lambda: with_pupils(PLAN, HERE, {"noor": Way("g1", 8)})),
        (LevelDoesNotFit, lambda: spread(PLAN, HERE, ["g3"])),
        (LevelDoesNotFit, lambda: spread(PLAN, HERE, [])),
        (PupilNumberUnknown, lambda: by_number("99", {"12": "noor"})),
        (YearNotNext, lambda: check_years(date(2026, 7, 31), date(2026, 7, 31), label="x")),
        (MinuteHasPassed, lambda: minute(NOW - timedelta(microseconds=1), date(2026, 6, 19))),
        (MinuteOutsideYears, lambda: minute(NOW, OLD_ENDS - timedelta(93))),
        (MinuteOutsideYears, lambda: minute(NOW, NEW + timedelta(1))),
        (PupilInTwoGroups, lambda: complete(*destinations(PLAN, [HERE[3], HERE[3]]))),
        (PupilsWithoutDestination, lambda: complete(*destinations(PLAN, HERE))),
        (LeavesOutsideYear, lambda: complete(*destinations(PLAN, HERE[:2]), last_on=date(2026, 6, 30))),
        (RoundsStillOpen, lambda: check_rounds(waiting=1, complete=0, anyway=True)),
        (RoundsNotClosed, lambda: check_rounds(waiting=0, complete=1, anyway=False)),
        (ChangeSet, lambda: check_not_set(NOW)),
        (ChangeNotSet, lambda: check_take_back(None, None, at=NOW)),
        (ChangeNotSet, lambda: check_take_back(NOW, None, at=NOW)),
        (ChangeHappened, lambda: check_take_back(NOW, NOW, at=NOW)),
    ],
)
def test_what_is_refused(rule: type[BrokenRule], check: Callable[[], object]) -> None:
    with pytest.raises(rule):
        check()


def test_a_class_is_never_proposed_too_large_by_a_part() -> None:
    groups, sits = school(("4 4 4 25", "4/5 4/5 4 6", "4/5 4/5 5 5"))
    assert max(counts(destinations(proposal(groups, sits, last_level=8), sits)).by_group.values()) <= LARGE


def test_other_ways_for_whole_classes() -> None:
    assert with_ways(PLAN, {("a", 6): "g1", ("b", 7): OPEN, ("c", 5): LEAVES}).ways == {("a", 6): "g1", ("b", 7): OPEN, ("c", 5): LEAVES}
