"""Emergency access: what is a reason, whom one may ask for, how long it lasts, and who judges it."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.errors import BrokenRule
from kring.core.glass import (
    GlassAlreadyReviewed,
    GlassStillLive,
    OwnGlass,
    ReasonTooThin,
    Remark,
    RemarkDoesNotFit,
    SearchTooWide,
    Wanted,
    check_reason,
    check_review,
    ends_at,
    review_due_on,
)
from kring.core.versions import ChangedMeanwhile, check_version

GOOD = "Ligt op het plein en reageert niet"


def test_a_reason_is_kept_in_tidy_words() -> None:
    assert check_reason(f"  {GOOD.replace(' ', '   ')} ") == GOOD


@pytest.mark.parametrize(
    "reason",
    ["", " " * 60, "a" * 40, "aa aa aa aa aa aa aa aa", "noodgeval", "ab ab ab ab ab ab ab ab ab", "noodgeval noodgeval noodgeval"],
)
def test_what_explains_nothing_is_refused(reason: str) -> None:
    with pytest.raises(ReasonTooThin) as refused:
        check_reason(reason)
    assert refused.value.least == 20


@given(st.text(alphabet="  \t\naA.", max_size=200))
def test_spaces_and_one_letter_are_never_a_reason(reason: str) -> None:
    with pytest.raises(ReasonTooThin):
        check_reason(reason)


@pytest.mark.parametrize(
    "asked", [{"number": "12"}, {"given_name": "Noor", "family_name": "van  Dalen"}, {"given_name": " Noor ", "group": "6A"}]
)
def test_a_whole_number_or_name_finds(asked: dict[str, str]) -> None:
    wanted = Wanted(**asked)
    assert "  " not in f"{wanted.given_name}{wanted.family_name}"


@pytest.mark.parametrize("asked", [{}, {"given_name": "Noor"}, {"group": "6A"}, {"family_name": "Test"}, {"number": "  ", "group": "6A"}])
def test_a_part_finds_nothing(asked: dict[str, str]) -> None:
    with pytest.raises(SearchTooWide):
        Wanted(**asked)


def test_it_lasts_an_hour_also_in_the_night_that_the_clock_goes_back() -> None:
    broken = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert ends_at(broken) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_it_is_judged_within_five_school_days() -> None:
    monday = date(2026, 11, 16)
    assert review_due_on(monday) == date(2026, 11, 23)
    assert review_due_on(date(2026, 11, 20)) == date(2026, 11, 27)
    assert review_due_on(date(2026, 11, 22)) == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"is_live": True}, GlassStillLive),
        ({"is_reviewed": True}, GlassAlreadyReviewed),
        ({"is_own": True}, OwnGlass),
        ({"was_right": False}, RemarkDoesNotFit),
        ({"remark": Remark.NO_REASON}, RemarkDoesNotFit),
    ],
)
def test_who_judges_what_and_when(facts: dict[str, bool], rule: type[BrokenRule]) -> None:
    good = {"is_live": False, "is_reviewed": False, "is_own": False, "was_right": True, "remark": Remark.NEEDED}
    check_review(**good)  # type: ignore[arg-type]
    with pytest.raises(rule):
        check_review(**{**good, **facts})  # type: ignore[arg-type]


def test_wrong_with_an_objection_is_a_judgement() -> None:
    check_review(is_live=False, is_reviewed=False, is_own=False, was_right=False, remark=Remark.WRONG_PUPIL)


def test_the_second_writer_is_refused() -> None:
    assert check_version(0, now=0) == 1
    with pytest.raises(ChangedMeanwhile):
        check_version(1, now=2)
