"""What may be moved and merged, what stands in the way, and until when it can be undone."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kring.core.corrections import (
    MOST_REASON,
    BirthDatesDiffer,
    ChangedSinceLooked,
    CourtNoteBetween,
    Entered,
    ListGone,
    MergedAlready,
    MergeWithOneself,
    Moves,
    MovesNowhere,
    NextStep,
    OtherClassOrRound,
    Place,
    TooLateToUndo,
    TwoAccounts,
    TwoSafetyCards,
    UndoneAlready,
    WhyMissing,
    check_merge,
    check_move,
    check_reason,
    moves,
    overlap,
    refuse_stale,
    refuse_undo,
)
from kring.core.errors import BrokenRule
from kring.core.rounds import RoundAlreadyClosed

AT = datetime(2026, 11, 2, tzinfo=UTC)
NOOR = Place(pupil="noor", round="autumn", group="6a", list_seen="x")
SEM = Place(pupil="sem", round="autumn", group="6a", list_seen=None)


def test_a_reason_says_something() -> None:
    assert check_reason("  Verwisseld   bij invullen ") == "Verwisseld bij invullen"
    assert len(check_reason("a b " * 200)) == MOST_REASON
    with pytest.raises(WhyMissing):
        check_reason("kort     .")


def test_a_list_moves_to_an_empty_place_or_changes_places() -> None:
    assert check_move(NOOR, SEM, closed_at=None) is False
    assert check_move(NOOR, replace(SEM, list_seen="y"), closed_at=None) is True


@pytest.mark.parametrize(
    ("here", "there", "closed_at", "rule"),
    [
        (NOOR, NOOR, None, MovesNowhere),
        (NOOR, replace(SEM, group="6b"), None, OtherClassOrRound),
        (NOOR, replace(SEM, round="spring"), None, OtherClassOrRound),
        (NOOR, SEM, AT, RoundAlreadyClosed),
        (replace(NOOR, list_seen=None), SEM, None, ListGone),
    ],
)
def test_a_move_that_cannot_be(here: Place, there: Place, closed_at: datetime | None, rule: type[BrokenRule]) -> None:
    with pytest.raises(rule):
        check_move(here, there, closed_at=closed_at)


def test_a_preview_that_is_old_decides_nothing() -> None:
    refuse_stale("a", seen="a")
    with pytest.raises(ChangedSinceLooked):
        refuse_stale("a", seen="b")


def test_undone_until_the_next_step_and_once() -> None:
    refuse_undo(None, [])
    with pytest.raises(UndoneAlready):
        refuse_undo(AT, [])
    with pytest.raises(TooLateToUndo) as refused:
        refuse_undo(None, [NextStep.SHARED, NextStep.CHANGED])
    assert refused.value.step is NextStep.SHARED


ONE = Entered(key=1, person=None, born_on=None, guardians=frozenset({"els"}), has_court_note=False, has_safety_card=False, merged_at=None)
OTHER = replace(ONE, key=2)


@pytest.mark.parametrize(
    "other",
    [
        OTHER,
        replace(OTHER, person="sem"),
        replace(OTHER, born_on=date(2016, 1, 1)),
        replace(OTHER, guardians=frozenset({"ed"})),
        replace(OTHER, has_court_note=True),
        replace(OTHER, has_safety_card=True),
    ],
)
def test_two_entries_of_one_pupil(other: Entered) -> None:
    check_merge(ONE, other)
    check_merge(other, ONE)


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        (ONE, ONE, MergeWithOneself),
        (replace(ONE, merged_at=AT), OTHER, MergedAlready),
        (ONE, replace(OTHER, merged_at=AT), MergedAlready),
        (replace(ONE, person="noor"), replace(OTHER, person="sem"), TwoAccounts),
        (replace(ONE, born_on=date(2016, 1, 1)), replace(OTHER, born_on=date(2016, 1, 2)), BirthDatesDiffer),
        (replace(ONE, has_court_note=True), replace(OTHER, guardians=frozenset()), CourtNoteBetween),
        (ONE, replace(OTHER, guardians=frozenset(), has_court_note=True), CourtNoteBetween),
        (replace(ONE, has_safety_card=True), replace(OTHER, has_safety_card=True), TwoSafetyCards),
    ],
)
def test_two_entries_that_stay_two(one: Entered, other: Entered, rule: type[BrokenRule]) -> None:
    with pytest.raises(rule):
        check_merge(one, other)


def test_rows_of_one_sense_make_room_or_stay_aside() -> None:
    staying, going = {"a": ["autumn"], "b": ["winter"]}, {"c": ["autumn", "winter"], "d": ["spring"], "e": ()}
    assert moves(staying, going) == Moves(here=("d", "e"), aside=("c",))
    assert moves(staying, going, prefers_going=["autumn"]) == Moves(here=("d", "e"), aside=("c",))
    assert set(moves(staying, going, prefers_going=["autumn", "winter"]).away) == {"a", "b"}
    assert moves({"a": ["x"]}, {"b": ["x"], "c": ["x"]}, prefers_going=["x"]).away == ("a",)


def test_stays_that_touch_do_not_overlap() -> None:
    a, b, c = (AT.replace(day=day) for day in (3, 4, 5))
    assert not overlap((a, b), (b, c))
    assert overlap((a, c), (b, None))
    assert overlap((b, None), (a, c))
    assert not overlap((c, None), (a, b))
