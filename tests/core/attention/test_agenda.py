"""The agenda, the share of attention, absence and the questions."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.attention import (
    AbsentWithoutSchool,
    AgendaPupil,
    Balance,
    Channel,
    Finding,
    ImpossibleStanding,
    Level,
    PupilTwice,
    Reason,
    Sign,
    Source,
    Standing,
    agenda,
    attention_share,
    pupil_points,
    rolling_absence,
)
from kring.core.attention.questions import ClassQuestion, ExtraSupportQuestion, PreparationQuestion, ReadingQuestion, UnderstandingQuestion

FRIDAY = date(2026, 3, 27)
IN, OUT = frozenset({Channel.INTERNALISING}), frozenset({Channel.EXTERNALISING})


def listed(pupils: tuple[AgendaPupil, ...]) -> list[str]:
    return [each.pupil for each in pupils]


def inward(pupil: str, points: int | None, **more: object) -> Standing:
    return Standing(pupil, internalising=points, externalising=0, **more)  # type: ignore[arg-type]


# ---- the agenda ---------------------------------------------------------------------------------------------------


def test_a_class_of_nobody() -> None:
    found = agenda([])
    assert (found.internalising, found.externalising, found.undiscussed, found.pupils, found.places, found.n) == ((), (), (), (), 0, 0)


@pytest.mark.parametrize(("n", "places"), [(1, 1), (10, 1), (11, 2), (20, 2), (21, 3), (30, 3), (31, 4)])
def test_a_tenth_of_the_class_rounded_up(n: int, places: int) -> None:
    found = agenda([inward(f"p{i:02}", 2 + i) for i in range(n)])
    assert (found.places, listed(found.internalising)) == (places, [f"p{i:02}" for i in range(n - 1, n - 1 - places, -1)])
    assert found.externalising == ()


def test_below_two_points_nobody_is_listed() -> None:
    assert agenda([inward("a", 1), inward("b", None)]).internalising == ()


def test_everybody_with_priority_is_listed_besides_the_places() -> None:
    found = agenda([inward(name, points, internalising_level=Level.PRIORITY) for name, points in (("a", 6), ("b", 8), ("c", 7))])
    assert found.internalising == tuple(AgendaPupil(name, Reason.PRIORITY) for name in "bca")


def test_equal_points_go_by_longest_not_discussed_and_then_by_id() -> None:
    never, long, short = inward("z", 4), inward("y", 4, last_discussed=date(2025, 1, 1)), inward("a", 4, last_discussed=date(2026, 1, 1))
    found = agenda([short, long, inward("b", 4, last_discussed=date(2026, 1, 1)), never])
    assert found.internalising_order == ("z", "y", "a", "b")
    assert found.externalising_order == ("z", "y", "a", "b")


def test_unknown_points_come_last_in_the_order() -> None:
    found = agenda([inward("a", None), inward("b", 0)])
    assert (found.internalising_order, found.n, found.n_valid) == (("b", "a"), 2, 1)


def test_who_was_not_discussed_for_two_reviews_is_listed() -> None:
    known = [
        inward("a", 0, reviews_missed=1),
        inward("b", 0, reviews_missed=2, last_discussed=date(2025, 5, 1)),
        inward("c", 5, reviews_missed=3),
        inward("d", 0, reviews_missed=2),
    ]
    found = agenda(known)
    assert found.undiscussed == tuple(AgendaPupil(name, Reason.UNDISCUSSED) for name in "cdb")
    assert (listed(found.internalising), found.pupils) == (["c"], ("b", "c", "d"))


def test_a_standing_is_taken_from_the_points() -> None:
    signs = (Source.OWN_LIST, Sign.RED_CERTAIN), (Source.TEACHER_LIST, Sign.RED)
    found = pupil_points([Finding(source, Channel.INTERNALISING, sign, FRIDAY) for source, sign in signs], on=FRIDAY)
    assert Standing.of("a", found, last_discussed=FRIDAY, reviews_missed=1) == Standing("a", 6, None, Level.PRIORITY, Level.NONE, FRIDAY, 1)


def test_a_pupil_stands_once_in_the_class() -> None:
    with pytest.raises(PupilTwice):
        agenda([Standing("a"), Standing("a")])


@pytest.mark.parametrize("wrong", [{"internalising": -1}, {"externalising": -2}, {"reviews_missed": -1}])
def test_points_are_not_negative(wrong: dict[str, int]) -> None:
    with pytest.raises(ImpossibleStanding):
        Standing("a", **wrong)  # type: ignore[arg-type]


amounts = st.none() | st.integers(0, 9)
levels = st.sampled_from(Level)
days = st.none() | st.dates(date(2025, 1, 1), FRIDAY)
standing = st.tuples(amounts, amounts, levels, levels, days, st.integers(0, 3))


def pupils_of(rows: list[tuple[int | None, int | None, Level, Level, date | None, int]]) -> list[Standing]:
    return [Standing(f"p{i:02}", *row) for i, row in enumerate(rows)]


@given(st.lists(standing, max_size=30), st.data())
def test_no_noise_can_crowd_out_a_quiet_pupil(
    rows: list[tuple[int | None, int | None, Level, Level, date | None, int]], data: st.DataObject
) -> None:
    louder = [(a, data.draw(amounts), la, data.draw(levels), when, missed) for a, _, la, _, when, missed in rows]
    one, other = agenda(pupils_of(rows)), agenda(pupils_of(louder))
    assert (one.internalising, one.internalising_order, one.undiscussed) == (
        other.internalising,
        other.internalising_order,
        other.undiscussed,
    )


@given(st.lists(standing, max_size=30))
def test_the_order_of_the_class_means_nothing(rows: list[tuple[int | None, int | None, Level, Level, date | None, int]]) -> None:
    one, other = agenda(pupils_of(rows)), agenda(pupils_of(rows)[::-1])
    assert (one, one.provenance) == (other, other.provenance)


@given(st.lists(standing, min_size=1, max_size=30))
def test_who_was_long_not_discussed_or_has_priority_is_always_there(
    rows: list[tuple[int | None, int | None, Level, Level, date | None, int]],
) -> None:
    found = agenda(pupils_of(rows))
    for each in pupils_of(rows):
        if each.reviews_missed >= 2 or Level.PRIORITY in (each.internalising_level, each.externalising_level):
            assert each.pupil in found.pupils


# ---- the share of attention ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("internalising", "externalising", "share", "balance"),
    [
        (10, 9, None, Balance.UNKNOWN),
        (8, 12, 0.4, Balance.WITHIN),
        (7, 13, 0.35, Balance.TOO_LOW),
        (12, 8, 0.6, Balance.WITHIN),
        (13, 7, 0.65, Balance.TOO_HIGH),
        (0, 0, None, Balance.UNKNOWN),
    ],
)
def test_the_share_against_its_target(internalising: int, externalising: int, share: float | None, balance: Balance) -> None:
    found = attention_share([IN] * internalising + [OUT] * externalising)
    assert (found.share, found.balance, found.interval is None) == (share, balance, share is None)


def test_a_pupil_discussed_for_both_counts_for_both() -> None:
    found = attention_share([IN | OUT] * 10 + [IN] * 10 + [frozenset()] * 5)
    assert (found.internalising, found.externalising, found.share, found.n, found.n_valid) == (20, 10, 2 / 3, 25, 20)
    few = attention_share([IN | OUT] * 19)
    assert (few.share, few.interval, few.balance, few.n_valid) == (None, None, Balance.UNKNOWN, 19)


# ---- absence ------------------------------------------------------------------------------------------------------

SCHOOL = frozenset(day for day in (FRIDAY - timedelta(days=back) for back in range(-7, 140)) if day.weekday() < 5)


def back(*days: int) -> frozenset[date]:
    return frozenset(FRIDAY - timedelta(days=each) for each in days)


def test_twelve_weeks_of_sixty_school_days() -> None:
    found = rolling_absence(SCHOOL, back(0, 3, 4, 7, 10, 11), on=FRIDAY)
    assert (found.n, found.n_valid, found.percent, found.short_spells) == (60, 54, 10.0, 3)
    assert [each.sign for each in found.findings] == [Sign.ABSENT_PERCENT, Sign.SHORT_SPELLS]
    assert pupil_points(found.findings, on=FRIDAY).internalising.points == 2


def test_a_weekend_does_not_end_a_spell_and_a_long_one_is_not_short() -> None:
    assert rolling_absence(SCHOOL, back(0, 1, 2, 3, 4), on=FRIDAY).short_spells == 1
    assert rolling_absence(SCHOOL, back(0, 1, 2, 3, 4, 7), on=FRIDAY).short_spells == 0


def test_the_tail_of_a_long_spell_is_no_short_one() -> None:
    long = back(*(days for days in range(77, 92)))
    found = rolling_absence(SCHOOL, long & SCHOOL, on=FRIDAY)
    assert (found.n, found.n_valid, found.short_spells) == (60, 55, 0)
    assert rolling_absence(SCHOOL, back(80, 81, 82, 83, 84) & SCHOOL, on=FRIDAY).short_spells == 1
    assert rolling_absence(SCHOOL, back(84, 85), on=FRIDAY).short_spells == 0


@pytest.mark.parametrize(("days", "signs"), [(19, []), (20, [Sign.ABSENT_PERCENT])])
def test_a_share_of_few_days_is_shown_and_is_no_finding(days: int, signs: list[Sign]) -> None:
    school = frozenset(sorted(day for day in SCHOOL if day <= FRIDAY)[-days:])
    found = rolling_absence(school, back(0, 1), on=FRIDAY)
    assert (found.percent, found.n) == (200 / days, days)
    assert [each.sign for each in found.findings if each.sign is Sign.ABSENT_PERCENT] == signs


def test_the_order_in_which_a_pupil_was_sent_out_means_nothing() -> None:
    out = sorted(back(0, 1, 2))
    one, other = (rolling_absence(SCHOOL, frozenset(), on=FRIDAY, sent_out=given) for given in (out, out[::-1]))
    assert (one, one.provenance) == (other, other.provenance)


def test_what_lies_outside_the_window_does_not_count() -> None:
    found = rolling_absence(SCHOOL, back(84, 85), on=FRIDAY, sent_out=[FRIDAY - timedelta(days=84), FRIDAY + timedelta(days=3)])
    assert (found.percent, found.sent_out, found.findings) == (0.0, 0, ())


def test_lessons_and_sending_out() -> None:
    lessons = {"gym": back(0, 7, 14), "Engels": back(1, 8, 15), "muziek": back(2)}
    found = rolling_absence(SCHOOL, frozenset(), on=FRIDAY, lessons_missed=lessons, sent_out=[FRIDAY] * 3)
    assert (found.same_lesson, found.same_lesson_missed, found.sent_out) == ("Engels", 3, 3)
    result = pupil_points(found.findings, on=FRIDAY)
    assert (result.internalising.points, result.externalising.points) == (2, 2)
    assert rolling_absence(SCHOOL, frozenset(), on=FRIDAY, lessons_missed={"gym": frozenset()}).same_lesson is None


def test_without_school_days_there_is_no_share() -> None:
    found = rolling_absence(frozenset(), frozenset(), on=FRIDAY)
    assert (found.percent, found.n, found.findings) == (None, 0, ())


def test_nobody_is_absent_in_a_holiday() -> None:
    sunday = back(5)
    for absent, lessons, out in ((back(1, 5), {}, []), (back(1), {"gym": back(1) | sunday}, []), (back(1), {}, list(sunday))):
        with pytest.raises(AbsentWithoutSchool) as caught:
            rolling_absence(SCHOOL, absent, on=FRIDAY, lessons_missed=lessons, sent_out=out)
        assert caught.value.day == FRIDAY - timedelta(days=5)


def test_the_questions_have_their_keys() -> None:
    assert [len(kind) for kind in (ReadingQuestion, UnderstandingQuestion, PreparationQuestion, ClassQuestion, ExtraSupportQuestion)] == [
        4,
        5,
        7,
        2,
        3,
    ]
