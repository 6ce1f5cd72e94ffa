"""From what was filled in, chosen and counted to findings; and the table of points as a school has it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kring.core.answers import answers_from
from kring.core.attention import DEFAULT_TABLE, Channel, Finding, Sign, Source, pupil_points
from kring.core.attention.gathered import LOOKS_BACK, ChosenCounts, FilledIn, Gathered, WeekCounts, of_choices, of_lists, of_weeks
from kring.core.attention.quiet import is_out_of_sight, is_overlooked
from kring.core.attention.school_tables import (
    ClassLineOutOfBounds,
    NothingCounts,
    PreviewMissing,
    RowPointsOutOfBounds,
    TableDuringRound,
    TableUnchanged,
    class_share,
    refuse_line,
    refuse_unready,
    rows_of_school,
    school_table,
)
from kring.core.attention.table import Lasts, RowUnknown
from kring.core.groups import GroupResults, group_results
from kring.core.reliability import MeasurementError, Origin
from kring.library import instrument

ON = date(2026, 3, 2)
A_MONTH = timedelta(days=30)


def results(key: str, version: int, codes: dict[str, int], *, sem: float | None = 0.2) -> GroupResults:
    """Of pupil a who answers every scale with this score in points: 1 is the worst, 4 the best; what is not named gets 4."""
    asked = instrument(key, version)
    given = {
        scaled.item: code if scaled.sign * scale.direction > 0 else asked.items[0].low + asked.items[0].high - code
        for scale in asked.scales
        for code in [codes.get(scale.key, asked.items[0].high)]
        for scaled in scale.items
    }
    errors = {scale.key: MeasurementError(sem, 0.9, 0.6, 300, Origin.RETEST) if sem else None for scale in asked.scales}
    return group_results(asked, ["a"], answers_from(asked, [given]), errors=errors)


def gathered(*lists: FilledIn) -> Gathered:
    found = Gathered()
    of_lists(lists, found, on=ON)
    return found


def signs(found: Gathered) -> set[tuple[Source, Sign, str]]:
    return {(one.source, one.sign, one.about) for one in found.findings["a"]}


def own(day: date = ON, *, sem: float | None = 0.2, **codes: int) -> FilledIn:
    return FilledIn(results("kring-leerling", 2, codes, sem=sem), day)


def colleague(day: date = ON, *, version: int = 2, **codes: int) -> FilledIn:
    return FilledIn(results("kring-leerkracht", version, codes), day)


def test_an_own_list_tells_about_both_channels_and_how_somebody_works_about_neither() -> None:
    found = gathered(own(wellbeing=1, feelings=1, task_approach=1, teacher_support=1))
    assert signs(found) == {(Source.OWN_LIST, Sign.RED_CERTAIN, "wellbeing"), (Source.OWN_LIST, Sign.RED_CERTAIN, "feelings")}
    channels = {one.about: one.channel for one in found.findings["a"]}
    assert channels == {"wellbeing": Channel.INTERNALISING, "feelings": Channel.EXTERNALISING}


def test_without_error_of_measurement_a_colour_is_not_certain_and_no_change_is_told() -> None:
    assert signs(gathered(own(ON - A_MONTH, sem=None), own(sem=None, wellbeing=1))) == {(Source.OWN_LIST, Sign.RED, "wellbeing")}


def test_a_colleague_tells_about_a_channel_with_the_scales_for_it_alone() -> None:
    assert signs(gathered(colleague(wellbeing=1, internalising=1))) == {(Source.TEACHER_LIST, Sign.RED, "internalising")}
    assert signs(gathered(colleague(externalising=1))) == {(Source.TEACHER_LIST, Sign.RED, "externalising")}


def test_red_from_home_is_a_worry_and_orange_is_none() -> None:
    red = FilledIn(results("kring-ouder", 1, {"internalising": 1}, sem=None), ON, by="els")
    assert {(one.sign, one.by) for one in gathered(red).findings["a"]} == {(Sign.WORRY, "els")}
    assert gathered(replace(red, results=results("kring-ouder", 1, {}, sem=None))).findings["a"] == []


def test_a_newer_list_takes_the_place_of_an_older_one_scale_by_scale() -> None:
    """A check-in that asks one scale leaves what the whole list said of the others."""
    before = own(ON - A_MONTH, wellbeing=1, internalising=1)
    check_in = FilledIn(results("kring-check-in", 1, {}), ON)
    found = gathered(before, check_in)
    assert (Source.OWN_LIST, Sign.RED_CERTAIN, "internalising") in signs(found)
    assert not any(about == "wellbeing" for _source, _sign, about in signs(found))
    looked_at = found.looked_at("a", on=ON, table=DEFAULT_TABLE)
    assert looked_at[Source.OWN_LIST] == ON - A_MONTH
    points = pupil_points(tuple(found.findings["a"]), on=ON, looked_at=looked_at)
    assert (points.internalising.points, points.externalising.points) == (3, 0)


def test_a_change_beyond_the_error_of_measurement_counts_and_a_small_one_does_not() -> None:
    worse = gathered(own(ON - A_MONTH), own(wellbeing=3))
    assert [round(one.value or 0, 2) for one in worse.findings["a"] if one.source is Source.CHANGE] == [-3.54]
    assert not any(one.source is Source.CHANGE for one in gathered(own(ON - A_MONTH, wellbeing=3), own()).findings["a"])
    other = FilledIn(results("kring-leerling", 1, {"wellbeing": 4}), ON - A_MONTH)
    assert not any(one.source is Source.CHANGE for one in gathered(other, own(wellbeing=3)).findings["a"])


def test_lists_of_long_ago_and_of_later_say_nothing() -> None:
    assert gathered(own(ON - LOOKS_BACK, wellbeing=1), own(ON + A_MONTH, wellbeing=1)).findings["a"] == []


def test_a_pupil_who_says_much_less_than_a_colleague_is_not_seen() -> None:
    gaps = [one for one in gathered(own(wellbeing=1), colleague()).findings["a"] if one.source is Source.INFORMANT_GAP]
    assert gaps == []  # a colleague's wellbeing is of no channel: only internalising is asked of both
    gaps = [one for one in gathered(own(internalising=1), colleague()).findings["a"] if one.source is Source.INFORMANT_GAP]
    assert [(one.about, one.channel, (one.value or 0) < -1.96) for one in gaps] == [("internalising", Channel.INTERNALISING, True)]
    for one in (own(), own(sem=None, internalising=1)):
        assert not any(each.source is Source.INFORMANT_GAP for each in gathered(one, colleague(internalising=2)).findings["a"])


def test_an_unanswered_scale_and_a_list_without_names_say_nothing() -> None:
    asked = instrument("kring-leerling", 2)
    empty = FilledIn(group_results(asked, ["a"], answers_from(asked, [{}]), errors={}), ON)
    unnamed = FilledIn(results("kring-veiligheid", 1, {"wellbeing": 1}), ON)
    assert gathered(empty, unnamed).findings == {}


def test_choices_tell_who_is_never_chosen_and_who_chose_without_being_chosen_back() -> None:
    found = Gathered()
    counts = [ChosenCounts("a", 0, 3, 0), ChosenCounts("b", 2, 3, 0), ChosenCounts("c", 2, None, None), ChosenCounts("d", 2, 2, 1)]
    of_choices(counts, found, seen_on=ON, unaware={"d"})
    assert {pupil: [one.sign for one in given] for pupil, given in found.findings.items()} == {
        "a": [Sign.NEVER_CHOSEN],
        "b": [Sign.NO_MUTUAL],
        "c": [],
        "d": [Sign.LIKED_UNAWARE],
    }
    assert found.looked_at("d", on=ON, table=DEFAULT_TABLE) == {Source.SOCIOGRAM: ON}


def week(ago: int, **counts: float) -> WeekCounts:
    given = {"sick_days": 0, "hours": 0.0, "sick_reports": 0, "same_lesson": 0, "sent_out": 0} | counts
    return WeekCounts(ON - timedelta(weeks=ago), **given)  # type: ignore[arg-type]


def test_weeks_of_the_last_twelve_are_added_up() -> None:
    found = Gathered()
    of_weeks(
        "a", [week(0, sick_days=3, sick_reports=2), week(2, hours=16.5, sent_out=3), week(12, sick_days=5)], found, school_days=50, on=ON
    )
    values = {one.sign: (one.channel, one.value) for one in found.findings["a"]}
    inward, outward = Channel.INTERNALISING, Channel.EXTERNALISING
    assert values == {Sign.ABSENT_PERCENT: (inward, 12.0), Sign.SHORT_SPELLS: (inward, 2.0), Sign.SENT_OUT: (outward, 3.0)}


def test_of_few_school_days_no_share_is_told_and_nothing_noted_is_nothing_known() -> None:
    found = Gathered()
    of_weeks("a", [week(0, sick_days=3)], found, school_days=19, on=ON)
    of_weeks("b", [], found, school_days=50, on=ON)
    assert found.findings["a"] == []
    assert set(found.asked) == {"a"}


# ---- the table of a school --------------------------------------------------------------------------------------


def test_a_school_switches_rows_off_and_gives_other_points() -> None:
    table = school_table({"internalising/parents/worry": "off", "externalising/parents/worry": 1}, version="3")
    assert (table.version, table.row("internalising/parents/worry").on, table.row("externalising/parents/worry").points) == ("3", False, 1)
    with pytest.raises(RowPointsOutOfBounds):
        school_table({"externalising/parents/worry": 4}, version="3")
    with pytest.raises(RowUnknown):
        school_table({"origin": 1}, version="3")


def test_who_is_bullied_and_who_is_named_with_a_no_never_count() -> None:
    findings = [
        Finding(Source.BULLYING, Channel.INTERNALISING, Sign.BULLIED_MONTHLY, ON),
        Finding(Source.SOCIOGRAM, Channel.EXTERNALISING, Sign.REJECTION_RARE, ON),
    ]
    found = pupil_points(findings, on=ON, table=school_table({}, version="1"))
    assert (found.internalising.points, found.externalising.points) == (0, 0)
    assert not {Source.BULLYING} & {row.source for row in rows_of_school()}


@pytest.mark.parametrize(("percent", "refused"), [(4, True), (5, False), (50, False), (51, True)])
def test_the_line_for_the_class_has_bounds(percent: int, refused: bool) -> None:
    if not refused:
        refuse_line(percent)
        return
    with pytest.raises(ClassLineOutOfBounds):
        refuse_line(percent)


def test_a_table_is_put_in_use_after_a_look_and_between_rounds() -> None:
    table = school_table({}, version="2")
    none = school_table({row.id: "off" for row in rows_of_school() if row.channel is Channel.EXTERNALISING}, version="2")
    refuse_unready(table, changed=True, seen=True, rounds_running=0)
    with pytest.raises(NothingCounts):
        refuse_unready(none, changed=True, seen=True, rounds_running=0)
    with pytest.raises(TableUnchanged):
        refuse_unready(table, changed=False, seen=True, rounds_running=0)
    with pytest.raises(PreviewMissing):
        refuse_unready(table, changed=True, seen=False, rounds_running=0)
    with pytest.raises(TableDuringRound) as refusal:
        refuse_unready(table, changed=True, seen=True, rounds_running=2)
    assert refusal.value.rounds == 2


@pytest.mark.parametrize(("asking", "n", "first"), [(5, 25, False), (6, 25, True), (1, 3, False), (2, 3, True), (0, 0, False)])
def test_the_class_comes_first_above_the_line(asking: int, n: int, first: bool) -> None:
    found = class_share([(2, None)] * asking + [(1, 1)] * (n - asking), line=20)
    assert (found.comes_first, found.asking, found.n) == (first, asking, n)
    assert found.percent == (round(100 * asking / n) if n else 0)


def test_a_quiet_pupil_is_overlooked_after_eight_weeks_and_a_noisy_one_never() -> None:
    long_ago, lately = ON - timedelta(weeks=8), ON - timedelta(weeks=8) + timedelta(days=1)
    assert is_overlooked(2, None, long_ago, on=ON)
    assert not is_overlooked(2, 0, lately, on=ON)
    assert not is_overlooked(2, 1, None, on=ON)
    assert not is_overlooked(1, 0, None, on=ON)
    assert not is_overlooked(None, 0, None, on=ON)
    assert is_out_of_sight(None, on=ON)


@pytest.mark.parametrize(("lasts", "last"), [(Lasts(months=6), date(2026, 9, 2)), (Lasts(days=84), date(2026, 5, 25))])
def test_the_last_day_is_the_last_on_which_it_counts(lasts: Lasts, last: date) -> None:
    assert lasts.until(ON) == last
    assert not lasts.over(ON, last)
    assert lasts.over(ON, last + timedelta(days=1))


def test_the_last_day_of_a_shorter_month() -> None:
    lasts = Lasts(months=6)
    assert lasts.until(date(2025, 8, 31)) == date(2026, 2, 28)
    assert not lasts.over(date(2025, 8, 31), date(2026, 2, 28))
    assert lasts.over(date(2025, 8, 31), date(2026, 3, 1))
