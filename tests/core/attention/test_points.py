"""Points of one pupil: every row of the table, the cap, time, switches, direct rules, refusals and laws."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.attention import (
    DEFAULT_TABLE,
    AnonymousAnswer,
    Channel,
    Fate,
    Finding,
    FindingWithoutNumber,
    Lasts,
    Level,
    LevelsOutOfOrder,
    LimitMissing,
    NeverASource,
    ObserverMissing,
    PointRow,
    PointsOutOfBounds,
    PointTable,
    PupilPoints,
    RowTwice,
    RowUnknown,
    Sign,
    Source,
    SourceNotAllowed,
    SourceUnknown,
    TaskKind,
    pupil_points,
    table_preview,
)
from kring.core.attention.table import MEASURED

DAY = date(2026, 3, 2)
IN, OUT = Channel.INTERNALISING, Channel.EXTERNALISING


def found(
    source: Source,
    sign: Sign,
    value: float | None = None,
    *,
    channel: Channel | None = IN,
    days_ago: int = 0,
    about: str = "",
    by: str = "",
) -> Finding:
    return Finding(source, channel, sign, DAY - timedelta(days=days_ago), value, about, by or ("juf Els" if sign is Sign.SEEN else ""))


def points(*findings: Finding, channel: Channel = IN, table: PointTable = DEFAULT_TABLE, on: date = DAY) -> int | None:
    return pupil_points(findings, on=on, table=table).of(channel).points


def fates(result: PupilPoints, channel: Channel = IN) -> list[tuple[Fate, int]]:
    return [(line.fate, line.points) for line in result.of(channel).lines]


# ---- the table ----------------------------------------------------------------------------------------------------

ROWS = [
    (IN, Source.OWN_LIST, Sign.RED_CERTAIN, None, 3),
    (IN, Source.OWN_LIST, Sign.RED, None, 2),
    (IN, Source.OWN_LIST, Sign.ORANGE, None, 1),
    (OUT, Source.OWN_LIST, Sign.RED_CERTAIN, None, 2),
    (OUT, Source.OWN_LIST, Sign.RED, None, 2),
    (OUT, Source.OWN_LIST, Sign.ORANGE, None, 1),
    *((channel, Source.TEACHER_LIST, Sign.RED, None, 3) for channel in Channel),
    *((channel, Source.TEACHER_LIST, Sign.ORANGE, None, 1) for channel in Channel),
    *((channel, Source.PARENTS, Sign.WORRY, None, 2) for channel in Channel),
    *((channel, Source.CHANGE, Sign.RCI, -1.96, 2) for channel in Channel),
    *((channel, Source.CHANGE, Sign.RCI, -1.3, 1) for channel in Channel),
    *((channel, Source.CHANGE, Sign.RCI, -1.2, 0) for channel in Channel),
    (IN, Source.SOCIOGRAM, Sign.NEVER_CHOSEN, None, 2),
    (IN, Source.SOCIOGRAM, Sign.NO_MUTUAL, None, 1),
    (IN, Source.SOCIOGRAM, Sign.LIKED_UNAWARE, None, 1),
    (IN, Source.SOCIOGRAM, Sign.REJECTION_RARE, None, 0),
    (OUT, Source.SOCIOGRAM, Sign.REJECTION_RARE, None, 1),
    (OUT, Source.SOCIOGRAM, Sign.NEVER_CHOSEN, None, 0),
    (IN, Source.ABSENCE, Sign.ABSENT_PERCENT, 10.0, 2),
    (IN, Source.ABSENCE, Sign.ABSENT_PERCENT, 9.99, 1),
    (IN, Source.ABSENCE, Sign.ABSENT_PERCENT, 5.0, 1),
    (IN, Source.ABSENCE, Sign.ABSENT_PERCENT, 4.99, 0),
    (IN, Source.ABSENCE, Sign.SHORT_SPELLS, 4.0, 2),
    (IN, Source.ABSENCE, Sign.SHORT_SPELLS, 3.0, 0),
    (IN, Source.ABSENCE, Sign.SAME_LESSON_MISSED, 3.0, 2),
    (OUT, Source.ABSENCE, Sign.SENT_OUT, 3.0, 2),
    (OUT, Source.ABSENCE, Sign.SENT_OUT, 2.0, 0),
    *((channel, Source.OBSERVATION, Sign.SEEN, None, 1) for channel in Channel),
    (IN, Source.BULLYING, Sign.BULLIED_MONTHLY, None, 2),
    (IN, Source.BULLYING, Sign.BULLIED_WEEKLY, None, 3),
    (OUT, Source.BULLYING, Sign.BULLIED_MONTHLY, None, 0),
    (IN, Source.INFORMANT_GAP, Sign.LOWER_THAN_TEACHER, -1.96, 1),
    (IN, Source.INFORMANT_GAP, Sign.LOWER_THAN_TEACHER, -1.9, 0),
    *((channel, Source.RESULTS, Sign.FALL, None, 1) for channel in Channel),
]


@pytest.mark.parametrize(("channel", "source", "sign", "value", "expected"), ROWS)
def test_every_row_of_the_table(channel: Channel, source: Source, sign: Sign, value: float | None, expected: int) -> None:
    result = pupil_points([found(source, sign, value, channel=channel)], on=DAY, looked_at={source: DAY})
    other = OUT if channel is IN else IN
    assert (result.of(channel).points, result.of(other).points) == (expected, 0)


def test_the_other_channel_gets_nothing_unless_the_finding_has_none_of_its_own() -> None:
    result = pupil_points([found(Source.RESULTS, Sign.FALL, channel=None), found(Source.SOCIOGRAM, Sign.NO_MUTUAL, channel=None)], on=DAY)
    assert (result.internalising.points, result.externalising.points) == (2, 1)
    assert fates(result, OUT) == [(Fate.COUNTED, 1)]


def test_a_source_gives_at_most_three_and_says_what_it_found() -> None:
    result = pupil_points(
        [found(Source.OWN_LIST, Sign.RED, about=scale) for scale in ("mood", "anxiety", "wellbeing")], on=DAY
    ).internalising
    (source,) = result.sources
    assert (source.source, source.found, source.points, source.capped, result.points) == (Source.OWN_LIST, 6, 3, True, 3)
    assert [line.points for line in result.lines] == [2, 2, 2]
    assert {line.row for line in result.lines} == {"internalising/own-list/red"}


def test_the_absence_rows_add_up_within_the_source() -> None:
    result = pupil_points(
        [found(Source.ABSENCE, Sign.SHORT_SPELLS, 5.0), found(Source.ABSENCE, Sign.ABSENT_PERCENT, 12.0)], on=DAY
    ).internalising
    assert (result.sources[0].found, result.sources[0].points) == (4, 3)


# ---- observations -------------------------------------------------------------------------------------------------


def test_two_different_observers_within_six_weeks() -> None:
    one = found(Source.OBSERVATION, Sign.SEEN, by="conciërge", days_ago=42, about="plein")
    assert points(one) == 1
    assert points(one, found(Source.OBSERVATION, Sign.SEEN, by="conciërge", about="gang")) == 1
    both = pupil_points([one, found(Source.OBSERVATION, Sign.SEEN, by="gym")], on=DAY)
    assert (both.internalising.points, fates(both)) == (2, [(Fate.COUNTED, 2), (Fate.SURPASSED, 0)])
    assert points(replace(one, observed_on=DAY - timedelta(days=43)), found(Source.OBSERVATION, Sign.SEEN, by="gym")) == 1
    assert points(one, found(Source.OBSERVATION, Sign.SEEN, by="gym", channel=OUT)) == 1


# ---- time ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen", "on", "over"),
    [
        (date(2025, 9, 2), date(2026, 3, 2), False),
        (date(2025, 9, 2), date(2026, 3, 3), True),
        (date(2025, 8, 31), date(2026, 2, 28), False),
        (date(2025, 8, 31), date(2026, 3, 1), True),
        (date(2023, 8, 31), date(2024, 2, 29), False),
        (date(2025, 8, 28), date(2026, 2, 28), False),
        (date(2025, 8, 27), date(2026, 2, 28), True),
        (date(2025, 12, 31), date(2026, 6, 30), False),
        (date(2026, 3, 2), date(2026, 3, 2), False),
        (date(9999, 12, 1), date(9999, 12, 31), False),
    ],
)
def test_six_months_end_with_the_same_day_or_the_last_of_a_shorter_month(seen: date, on: date, over: bool) -> None:
    assert Lasts(months=6).over(seen, on) is over


def test_what_expired_or_is_still_to_come_stays_visible_without_points() -> None:
    result = pupil_points([found(Source.OWN_LIST, Sign.RED, days_ago=200), found(Source.TEACHER_LIST, Sign.RED, days_ago=-1)], on=DAY)
    assert fates(result) == [(Fate.EXPIRED, 0), (Fate.NOT_YET, 0)]
    assert (result.internalising.points, result.internalising.level, result.n, result.n_valid) == (None, None, 2, 0)
    assert result.silent == tuple(Source)


def test_a_rolling_count_lasts_its_twelve_weeks() -> None:
    assert [points(found(Source.ABSENCE, Sign.SHORT_SPELLS, 4.0, days_ago=days)) for days in (84, 85)] == [2, None]


def test_the_newest_on_a_ladder_replaces_the_older_even_when_it_is_nothing() -> None:
    old, new = found(Source.ABSENCE, Sign.ABSENT_PERCENT, 12.0, days_ago=30), found(Source.ABSENCE, Sign.ABSENT_PERCENT, 2.0)
    result = pupil_points([old, new], on=DAY)
    assert (result.internalising.points, fates(result)) == (0, [(Fate.SURPASSED, 0), (Fate.UNDER_LIMIT, 0)])


def test_a_newer_list_without_concern_ends_an_older_concern() -> None:
    old = [found(Source.OWN_LIST, Sign.RED, about=scale, days_ago=100) for scale in ("mood", "anxiety")]
    today = found(Source.OWN_LIST, Sign.ORANGE, about="mood")
    result = pupil_points([*old, today], on=DAY, looked_at={Source.OWN_LIST: DAY})
    assert (result.internalising.points, result.internalising.level) == (1, Level.NONE)
    assert sorted(fates(result)) == [(Fate.COUNTED, 1), (Fate.SURPASSED, 0), (Fate.SURPASSED, 0)]
    assert points(*old, today) == 3
    nothing = pupil_points(old, on=DAY, looked_at={Source.OWN_LIST: DAY})
    assert (nothing.internalising.points, nothing.internalising.level, nothing.n_valid) == (0, Level.NONE, 0)


@pytest.mark.parametrize(("days_ago", "expected"), [(100, 2), (99, 0), (-1, 2)])
def test_a_look_replaces_what_was_found_before_that_day_and_not_before_it_happened(days_ago: int, expected: int) -> None:
    seen = found(Source.OWN_LIST, Sign.RED, days_ago=100)
    looks = {Source.OWN_LIST: DAY - timedelta(days=days_ago), Source.PARENTS: DAY}
    assert pupil_points([seen], on=DAY, looked_at=looks).internalising.points == expected


def test_a_look_of_long_ago_says_nothing_now() -> None:
    result = pupil_points([], on=DAY, looked_at={Source.OWN_LIST: date(2025, 9, 1)})
    assert (result.internalising.points, result.silent) == (None, tuple(Source))
    result = pupil_points([], on=DAY, looked_at={Source.OWN_LIST: date(2025, 9, 2)})
    assert (result.internalising.points, Source.OWN_LIST in result.silent) == (0, False)


def test_a_look_does_not_close_a_task_and_ends_observations() -> None:
    weekly = found(Source.BULLYING, Sign.BULLIED_WEEKLY, days_ago=10)
    result = pupil_points([weekly], on=DAY, looked_at={Source.BULLYING: DAY})
    assert (len(result.tasks), result.internalising.points, fates(result)) == (1, 0, [(Fate.SURPASSED, 0)])
    seen = [found(Source.OBSERVATION, Sign.SEEN, by=name, days_ago=ago) for name, ago in (("gym", 10), ("conciërge", 0))]
    assert pupil_points(seen, on=DAY, looked_at={Source.OBSERVATION: DAY}).internalising.points == 1


def test_a_milder_informant_does_not_hide_the_concern_of_another() -> None:
    red = found(Source.TEACHER_LIST, Sign.RED, by="juf Els", days_ago=3)
    orange = found(Source.TEACHER_LIST, Sign.ORANGE, by="meester Jan")
    assert points(red, orange) == 3
    assert points(red, orange, replace(red, sign=Sign.ORANGE, observed_on=DAY)) == 1


def test_only_observers_of_the_same_source_are_counted() -> None:
    assert points(found(Source.OBSERVATION, Sign.SEEN, by="gym"), found(Source.PARENTS, Sign.SEEN, by="moeder")) == 1


def test_of_one_day_the_one_worth_most_counts() -> None:
    result = pupil_points([found(Source.SOCIOGRAM, Sign.NO_MUTUAL), found(Source.SOCIOGRAM, Sign.NEVER_CHOSEN)], on=DAY)
    assert (result.internalising.points, fates(result)) == (2, [(Fate.COUNTED, 2), (Fate.SURPASSED, 0)])


def test_the_same_finding_twice_counts_once() -> None:
    one = found(Source.OWN_LIST, Sign.RED)
    result = pupil_points([one, one], on=DAY)
    assert (result.internalising.points, result.n, result.n_valid) == (2, 2, 1)


# ---- levels -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("findings", "total", "level"),
    [
        ([found(Source.OWN_LIST, Sign.ORANGE)], 1, Level.NONE),
        ([found(Source.OWN_LIST, Sign.RED)], 2, Level.FOLLOW),
        ([found(Source.OWN_LIST, Sign.RED_CERTAIN)], 3, Level.FOLLOW),
        ([found(Source.OWN_LIST, Sign.RED_CERTAIN), found(Source.RESULTS, Sign.FALL)], 4, Level.DISCUSS),
        ([found(Source.OWN_LIST, Sign.RED_CERTAIN), found(Source.PARENTS, Sign.WORRY)], 5, Level.DISCUSS),
        ([found(Source.OWN_LIST, Sign.RED_CERTAIN), found(Source.TEACHER_LIST, Sign.RED)], 6, Level.PRIORITY),
    ],
)
def test_the_levels(findings: list[Finding], total: int, level: Level) -> None:
    inward = pupil_points(findings, on=DAY).internalising
    assert (inward.points, inward.level) == (total, level)


def test_one_source_alone_is_never_more_than_followed() -> None:
    low = replace(DEFAULT_TABLE, version="2", follow_from=1, discuss_from=2, priority_from=3)
    result = pupil_points([found(Source.OWN_LIST, Sign.RED_CERTAIN, about=scale) for scale in "abc"], on=DAY, table=low).internalising
    assert (result.points, result.level) == (3, Level.FOLLOW)


def test_nothing_looked_at_is_unknown_and_not_good() -> None:
    unknown = pupil_points([], on=DAY)
    assert (unknown.internalising.points, unknown.internalising.level, unknown.externalising.points) == (None, None, None)
    assert unknown.silent == tuple(Source)
    looked = pupil_points([], on=DAY, looked_at={Source.OWN_LIST: DAY})
    assert (looked.internalising.points, looked.internalising.level) == (0, Level.NONE)
    assert Source.OWN_LIST not in looked.silent
    one = pupil_points([found(Source.PARENTS, Sign.WORRY)], on=DAY)
    assert Source.PARENTS not in one.silent
    assert (one.externalising.points, one.externalising.level) == (None, None)


# ---- direct rules -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sign", "source", "kind", "given_points"),
    [
        (Sign.SELF_HARM, Source.OBSERVATION, TaskKind.ACT_TODAY, 0),
        (Sign.NEVER_SAFE, Source.OWN_LIST, TaskKind.ACT_TODAY, 0),
        (Sign.ABUSE_SUSPECTED, Source.OBSERVATION, TaskKind.REPORTING_CODE, 0),
        (Sign.BULLIED_WEEKLY, Source.BULLYING, TaskKind.ACT_TODAY, 3),
    ],
)
def test_direct_rules_make_a_task(sign: Sign, source: Source, kind: TaskKind, given_points: int) -> None:
    finding = found(source, sign)
    result = pupil_points([finding], on=DAY)
    assert [(task.kind, task.finding) for task in result.tasks] == [(kind, finding)]
    assert (result.internalising.points, result.n_valid) == (given_points, 1)
    assert fates(result) == [(Fate.COUNTED, 3) if given_points else (Fate.DIRECT, 0)]


def test_a_task_does_not_wait_for_a_channel_and_does_not_expire() -> None:
    result = pupil_points([found(Source.OBSERVATION, Sign.SELF_HARM, channel=None, days_ago=400)], on=DAY)
    assert (len(result.tasks), result.internalising.lines, result.externalising.lines) == (1, (), ())
    assert pupil_points([found(Source.OBSERVATION, Sign.SELF_HARM, days_ago=-1)], on=DAY).tasks == ()


def test_a_task_is_made_with_every_row_switched_off() -> None:
    silent = PointTable("silent", ())
    result = pupil_points([found(Source.BULLYING, Sign.BULLIED_WEEKLY)], on=DAY, table=silent)
    assert (len(result.tasks), fates(result)) == (1, [(Fate.NO_ROW, 0)])


# ---- what is refused ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", list(NeverASource))
def test_what_never_counts_is_refused_by_name(source: NeverASource) -> None:
    with pytest.raises(SourceNotAllowed) as caught:
        Source.called(source.value)
    assert caught.value.source is source
    assert source.value not in set(Source)


def test_sources_are_read_by_name() -> None:
    assert Source.called("own-list") is Source.OWN_LIST
    with pytest.raises(SourceUnknown):
        Source.called("horoscope")


def test_an_anonymous_answer_is_no_finding() -> None:
    with pytest.raises(AnonymousAnswer):
        Finding(Source.BULLYING, IN, Sign.BULLIED_MONTHLY, DAY, anonymous=True)


def test_an_observation_has_an_observer() -> None:
    for nobody in ("", "  "):
        with pytest.raises(ObserverMissing):
            Finding(Source.OBSERVATION, IN, Sign.SEEN, DAY, by=nobody)


@pytest.mark.parametrize(
    ("sign", "value"), [(Sign.RCI, None), (Sign.RCI, float("nan")), (Sign.ABSENT_PERCENT, float("inf")), (Sign.RED, 2.0)]
)
def test_numbers_belong_to_findings_that_have_them(sign: Sign, value: float | None) -> None:
    with pytest.raises(FindingWithoutNumber):
        Finding(Source.CHANGE, IN, sign, DAY, value)


# ---- changing the table -------------------------------------------------------------------------------------------


def test_a_row_is_switched_off_as_a_new_version() -> None:
    table = DEFAULT_TABLE.switched("internalising/parents/worry", on=False, version="2")
    result = pupil_points([found(Source.PARENTS, Sign.WORRY)], on=DAY, table=table)
    assert (result.internalising.points, fates(result), result.table) == (0, [(Fate.SWITCHED_OFF, 0)], "2")
    assert points(found(Source.PARENTS, Sign.WORRY)) == 2
    assert table.switched("internalising/parents/worry", on=True, version="1") == DEFAULT_TABLE


def test_when_a_high_row_is_off_the_lower_row_of_the_ladder_holds() -> None:
    table = DEFAULT_TABLE.switched("internalising/absence/tenth", on=False, version="2")
    assert points(found(Source.ABSENCE, Sign.ABSENT_PERCENT, 12.0), table=table) == 1


def test_points_and_limits_can_be_changed() -> None:
    assert points(found(Source.PARENTS, Sign.WORRY), table=DEFAULT_TABLE.with_points("internalising/parents/worry", 1, version="2")) == 1
    later = replace(DEFAULT_TABLE.row("internalising/absence/tenth"), at_least=15)
    assert points(found(Source.ABSENCE, Sign.ABSENT_PERCENT, 12.0), table=DEFAULT_TABLE.changed(later, version="2")) == 1


def test_a_row_that_does_not_exist_cannot_be_changed() -> None:
    with pytest.raises(RowUnknown):
        DEFAULT_TABLE.switched("internalising/origin/x", on=True, version="2")


def test_what_is_no_table_is_refused() -> None:
    row = DEFAULT_TABLE.row("internalising/parents/worry")
    with pytest.raises(RowTwice):
        PointTable("2", (row, row))
    with pytest.raises(PointsOutOfBounds):
        DEFAULT_TABLE.with_points(row.id, 4, version="2")


@pytest.mark.parametrize(
    "wrong",
    [
        {"follow_from": 0},
        {"discuss_from": 2},
        {"priority_from": 4},
        {"sources_needed": 1},
        {"cap": 0},
        {"cap": 4},
        {"lasting": ()},
        {"lasting": tuple((source, Lasts()) for source in Source)},
        {"lasting": tuple((source, Lasts(months=1, days=3)) for source in Source)},
        {"lasting": tuple((source, Lasts(days=-1)) for source in Source)},
    ],
    ids=str,
)
def test_levels_that_do_not_rise_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(LevelsOutOfOrder):
        replace(DEFAULT_TABLE, **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("signs", "at_least", "at_most"),
    [
        ((Sign.RCI,), None, None),
        ((Sign.RCI,), 1.0, 2.0),
        ((Sign.RCI,), None, float("nan")),
        ((Sign.RED,), 1.0, None),
        ((Sign.RED, Sign.RCI), 1.0, None),
    ],
)
def test_limits_belong_to_rows_about_numbers(signs: tuple[Sign, ...], at_least: float | None, at_most: float | None) -> None:
    with pytest.raises(LimitMissing):
        PointRow("x", IN, Source.CHANGE, signs, 1, "x", at_least, at_most)


def test_the_order_of_the_rows_of_a_table_means_nothing() -> None:
    turned = PointTable("1", DEFAULT_TABLE.rows[::-1])
    one, other = (pupil_points([found(Source.OWN_LIST, Sign.RED)], on=DAY, table=table) for table in (DEFAULT_TABLE, turned))
    assert (one, one.provenance) == (other, other.provenance)
    changed = DEFAULT_TABLE.with_points("internalising/parents/worry", 1, version="1")
    assert pupil_points([], on=DAY, table=changed).provenance != pupil_points([], on=DAY).provenance


def test_the_preview_names_who_would_move() -> None:
    red, worry = found(Source.OWN_LIST, Sign.RED_CERTAIN), found(Source.PARENTS, Sign.WORRY, days_ago=2)
    seen = {"p2": {red, worry}, "p1": set[Finding](), "p3": {red}}
    new = DEFAULT_TABLE.switched("internalising/parents/worry", on=False, version="2")
    preview = table_preview(seen, on=DAY, new=new)
    assert (preview.flagged_before, preview.flagged_after, preview.n, preview.n_valid) == (1, 0, 3, 2)
    assert [(each.pupil, each.channel, each.before, each.after) for each in preview.moved] == [("p2", IN, Level.DISCUSS, Level.FOLLOW)]
    talked_since = table_preview(seen, on=DAY, new=new, looked_at={Source.PARENTS: DAY})
    assert (talked_since.flagged_before, talked_since.moved) == (0, ())
    turned = table_preview({"p3": {red}, "p1": set(), "p2": {worry, red}}, on=DAY, new=new)
    assert (turned, turned.provenance) == (preview, preview.provenance)


# ---- laws ---------------------------------------------------------------------------------------------------------


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    sign = draw(st.sampled_from(Sign))
    value = draw(st.integers(-3, 15)) if sign in MEASURED else None
    day = DAY - timedelta(days=draw(st.integers(-5, 250)))
    channel = draw(st.sampled_from([IN, OUT, None]))
    return Finding(draw(st.sampled_from(Source)), channel, sign, day, value, draw(st.sampled_from("ab")), draw(st.sampled_from("xyz")))


@given(st.lists(findings(), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_the_findings_means_nothing(given_: list[Finding], chance: object) -> None:
    turned = list(given_)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    one, other = pupil_points(given_, on=DAY), pupil_points(turned, on=DAY)
    assert (one, one.provenance) == (other, other.provenance)


@given(st.lists(findings(), min_size=1, max_size=8))
def test_points_are_the_capped_sums_of_what_is_shown(given_: list[Finding]) -> None:
    result = pupil_points(given_, on=DAY)
    for channel in Channel:
        one = result.of(channel)
        shown = {source: sum(line.points for line in one.lines if line.finding.source is source) for source in Source}
        assert (one.points or 0) == sum(min(3, total) for total in shown.values())
        assert {each.source: each.found for each in one.sources} == {source: total for source, total in shown.items() if total}
        assert (one.points is None) is (one.level is None)
        assert (one.level or Level.NONE) <= Level.FOLLOW or len(one.sources) >= 2


@given(st.lists(findings(), min_size=1, max_size=8), st.lists(findings(), max_size=8))
def test_what_is_found_in_one_channel_never_touches_the_other(given_: list[Finding], more: list[Finding]) -> None:
    outward = [replace(each, channel=OUT) for each in more]
    assert pupil_points([*given_, *outward], on=DAY).internalising == pupil_points(given_, on=DAY).internalising
