"""Whom to look at is worked out for everybody before anybody asks, from what the whole team may read."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kring.core.attention import Level
from kring.core.sociometry import Participation
from kring.library import instrument
from kring.web.attention.intake import work_out_attention
from kring.web.attention.models import AttentionTable, PupilAttention
from kring.web.models import (
    AbsenceWeek,
    BullyingReport,
    DiscussedPupil,
    Enrolment,
    Gathering,
    Guardian,
    GuardianInvitation,
    GuardianList,
    Pupil,
    Round,
    ScalePrecision,
    Signal,
    SignalAnswer,
)
from kring.web.sociograms.intake import Choice, take_sociogram
from tests.cast import START, Cast
from tests.measurements import SOCIOGRAM, classmates, close, list_round, result_round, round_of, sociogram_round

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 1, 12, 12, tzinfo=timezone.get_default_timezone())
DAY = timedelta(days=1)
OPENS = date(2025, 12, 1)


def seen(cast: Cast, pupil: Pupil, *signs: str, at: datetime = NOON, **more: Any) -> Signal:
    moments = {"seen_at": at, "made_at": at, "counts_until_on": timezone.localdate(at) + timedelta(days=42)}
    return Signal.objects.create(
        **{"school": cast.beuk, "pupil": pupil, "kind": "observation", "fact": "Zat alleen.", "signs": list(signs), "author": cast.anna}
        | moments
        | more
    )


def points_of(pupil: Pupil) -> PupilAttention:
    return PupilAttention.objects.get(pupil=pupil)


def both(pupil: Pupil) -> tuple[int | None, int | None]:
    found = points_of(pupil)
    return found.inward_points, found.outward_points


def test_what_nobody_asked_is_unknown_and_not_nothing(cast: Cast) -> None:
    work_out_attention(at=NOON)
    found = points_of(cast.pupil_noor)
    assert (found.inward_points, found.inward_level, found.lines) == (None, None, [])
    assert "own-list" in found.silent


def test_two_who_saw_it_weigh_more_than_one_who_saw_it_twice(cast: Cast) -> None:
    seen(cast, cast.pupil_noor, "alone-at-break", at=NOON - DAY)
    seen(cast, cast.pupil_noor, "tired")
    seen(cast, cast.pupil_sem, "quarrels", at=NOON - DAY)
    seen(cast, cast.pupil_sem, "quarrels", author=None, handed_in_by="de conciërge")
    work_out_attention(at=NOON)
    assert (both(cast.pupil_noor), both(cast.pupil_sem)) == ((1, None), (None, 2))
    line = points_of(cast.pupil_sem).lines[0]
    assert (line["observers"], line["on"], line["until"]) == (2, "2026-01-12", "2026-02-23")
    assert "conciërge" not in str(points_of(cast.pupil_sem).lines)


def test_what_somebody_found_to_be_wrong_does_not_count(cast: Cast) -> None:
    one = seen(cast, cast.pupil_noor, "tired")
    SignalAnswer.objects.create(
        school=cast.beuk,
        signal=one,
        kind="explain",
        judgement="wrong",
        reason="Was het broertje.",
        answered_by=cast.anna,
        answered_at=NOON,
    )
    work_out_attention(at=NOON + DAY)
    assert both(cast.pupil_noor) == (None, None)


def test_lists_and_sociogram_count_once_their_round_is_closed(cast: Cast) -> None:
    pupils = [cast.pupil_noor, *classmates(cast.group_6a, 11)]
    open_round = list_round(cast.group_6a, pupils, opens_on=OPENS)
    work_out_attention(at=NOON)
    assert both(pupils[-1]) == (None, None)
    Round.objects.filter(pk=open_round.pk).update(closed_at=NOON + timedelta(minutes=5))
    sociogram_round(cast.group_6a, pupils, opens_on=OPENS)
    work_out_attention(at=NOON + timedelta(minutes=6))
    last = points_of(pupils[-1])
    assert (last.inward_level, {one["source"] for one in last.lines}) == (Level.DISCUSS, {"own-list", "sociogram"})
    assert last.lines[0]["about"]
    assert "sociogram" not in last.silent


def test_never_chosen_is_told_before_it_was_counted_too(cast: Cast) -> None:
    mates = classmates(cast.group_6a, 9)
    made, everybody = round_of(cast.group_6a, SOCIOGRAM, "Sociogram", opens_on=OPENS), [*mates, cast.pupil_noor]
    listed = dict.fromkeys([one.pk for one in everybody], Participation.DONE)
    chosen = [Choice("together", 1, one.pk, other.pk) for one, other in zip(everybody, [*mates[1:], mates[0], mates[1]])]
    take_sociogram(
        made,
        cast.group_6a,
        listed=listed,
        choices=chosen,
        at=NOON,
    )
    close(made)
    work_out_attention(at=NOON)
    assert [(one["sign"], one["points"]) for one in points_of(cast.pupil_noor).lines] == [("never-chosen", 2)]
    assert [one["sign"] for one in points_of(mates[3]).lines] == ["no-mutual"]


def test_who_is_chosen_and_does_not_expect_it_is_told(cast: Cast) -> None:
    mates = classmates(cast.group_6a, 9)
    everybody = [*mates, cast.pupil_noor]
    made = round_of(cast.group_6a, SOCIOGRAM, "Sociogram", opens_on=OPENS)
    ring = list(zip(everybody, [*everybody[1:], everybody[0]]))
    chosen = [Choice("together", 1, one.pk, other.pk) for pair in ring for one, other in (pair, pair[::-1])]
    expected = [Choice("chosen_by", 0, one.pk, other.pk) for one, other in ring if one != cast.pupil_noor]
    listed = dict.fromkeys([one.pk for one in everybody], Participation.DONE)
    take_sociogram(made, cast.group_6a, listed=listed, choices=[*chosen, *expected], at=NOON)
    close(made)
    work_out_attention(at=NOON)
    assert [one["sign"] for one in points_of(cast.pupil_noor).lines] == ["liked-unaware"]
    assert points_of(mates[0]).lines == []


def test_a_list_that_asks_nobody_whom_one_chooses_says_nothing_of_being_chosen(cast: Cast) -> None:
    """One about bullying alone: nobody is chosen there, by anybody."""
    made = round_of(cast.group_6a, "kring-sociogram-pesten", "Pesten", opens_on=OPENS)
    listed = dict.fromkeys([one.pk for one in [*classmates(cast.group_6a, 9), cast.pupil_noor]], Participation.DONE)
    take_sociogram(made, cast.group_6a, listed=listed, choices=[], at=NOON)
    close(made)
    work_out_attention(at=NOON)
    assert "sociogram" in points_of(cast.pupil_noor).silent


def test_red_from_home_is_a_worry_when_its_round_is_over(cast: Cast) -> None:
    asked = instrument("kring-ouder", 1)
    signs = {scaled.item: scaled.sign * scale.direction for scale in asked.scales for scaled in scale.items}
    items = {item.key: item for item in asked.items}
    worst = {key: items[key].low if sign > 0 else items[key].high for key, sign in signs.items()}
    made = round_of(cast.group_6a, "kring-ouder", "Thuis", opens_on=OPENS)
    els = Guardian.objects.get(person=cast.els.person)
    about = {"school": cast.beuk, "round": made, "group": cast.group_6a, "pupil": cast.pupil_noor, "guardian": els}
    invitation = GuardianInvitation.objects.create(**about, reason="Hoe gaat het thuis?", asked_by=cast.anna, asked_at=NOON)
    GuardianList.objects.create(school=cast.beuk, guardian_invitation=invitation, answers=worst, submitted_at=NOON)
    work_out_attention(at=NOON)
    assert {(one["source"], one["sign"]) for one in points_of(cast.pupil_noor).lines} == {("parents", "worry")}
    assert both(cast.pupil_noor) == (2, 0)


def test_with_a_known_error_a_colour_is_certain_and_a_sociogram_of_few_says_nothing(cast: Cast) -> None:
    pupils = [*classmates(cast.group_6a, 11), cast.pupil_noor]
    made = result_round(cast.group_6a, pupils, opens_on=OPENS)
    known = {"instrument": made.instrument, "version": made.version, "sem": 0.01, "reliability": 0.99, "sd": 0.7, "n": 300}
    ScalePrecision.objects.filter(school=cast.beuk).delete()
    for scale in made.offered.scales:
        ScalePrecision.objects.create(school=cast.beuk, scale=scale.key, origin="omega", **known)
    sociogram_round(cast.group_6a, pupils, absent=8, opens_on=OPENS)
    work_out_attention(at=NOON)
    found = points_of(cast.pupil_noor)
    assert "red-certain" in {one["sign"] for one in found.lines}
    assert "sociogram" in found.silent


def test_a_fall_beyond_the_error_of_a_list_is_a_point_of_its_own_with_its_day(cast: Cast) -> None:
    """Not only what somebody saw says that it goes less well: the list itself does, once the change is more than its error."""
    others = classmates(cast.group_6a, 11)
    rounds = [result_round(cast.group_6a, pupils, opens_on=OPENS) for pupils in ([cast.pupil_noor, *others], [*others, cast.pupil_noor])]
    for made, day in zip(rounds, (date(2025, 9, 10), date(2025, 12, 10))):
        Round.objects.filter(pk=made.pk).update(opens_on=day - DAY, closes_on=day, closed_at=NOON)
    known = {"instrument": rounds[0].instrument, "version": rounds[0].version, "sem": 0.2, "reliability": 0.9, "sd": 0.7, "n": 300}
    ScalePrecision.objects.filter(school=cast.beuk).delete()
    for scale in rounds[0].offered.scales:
        ScalePrecision.objects.create(school=cast.beuk, scale=scale.key, origin="omega", **known)
    work_out_attention(at=NOON)
    fallen = [one for one in points_of(cast.pupil_noor).lines if one["source"] == "change"]
    assert fallen
    assert all((one["sign"], one["on"], one["until"]) == ("rci", "2025-12-10", "2026-06-10") for one in fallen)
    assert all(one["about"] and one["value"] <= -1.96 and one["points"] == 2 for one in fallen)
    assert not [one for one in points_of(others[0]).lines if one["source"] == "change"]  # the first of them changed by chance alone


def test_who_says_to_be_bullied_is_not_read_in_the_points(cast: Cast) -> None:
    made = sociogram_round(cast.group_6a, classmates(cast.group_6a, 9), opens_on=OPENS)
    BullyingReport.objects.create(school=cast.beuk, sociogram=made, pupil=cast.pupil_noor, frequency="weekly")
    work_out_attention(at=NOON)
    assert "bull" not in str(points_of(cast.pupil_noor).lines)


def test_weeks_of_absence_count_as_long_as_they_lie_within_twelve(cast: Cast) -> None:
    for ago in range(1, 5):
        AbsenceWeek.objects.create(
            school=cast.beuk,
            pupil=cast.pupil_noor,
            week_on=date(2026, 1, 12) - timedelta(weeks=ago),
            sick_days=2,
            sick_reports=1,
            entered_by=cast.anna,
            entered_at=NOON,
        )
    work_out_attention(at=NOON)
    assert both(cast.pupil_noor) == (3, 0)  # a tenth of the days and four short spells, no more than one source may give
    assert {one["until"] for one in points_of(cast.pupil_noor).lines} == {""}
    work_out_attention(at=NOON + timedelta(weeks=12))
    assert both(cast.pupil_noor) == (None, None)


def test_a_review_that_was_held_counts_for_who_was_not_discussed(cast: Cast) -> None:
    for ago, pupils in ((30, [cast.pupil_sem]), (10, [])):
        held = NOON - ago * DAY
        review = Gathering.objects.create(
            school=cast.beuk,
            group=cast.group_6a,
            kind="group_review",
            purpose="Bespreking",
            planned_at=held,
            held_at=held,
            made_by=cast.anna,
            made_at=held,
            edited_at=held,
        )
        for pupil in pupils:
            DiscussedPupil.objects.create(school=cast.beuk, gathering=review, pupil=pupil, discussed_at=held)
    work_out_attention(at=NOON)
    assert (points_of(cast.pupil_noor).reviews_missed, points_of(cast.pupil_sem).reviews_missed) == (2, 1)
    assert points_of(cast.pupil_sem).last_discussed_on == points_of(cast.pupil_sem).last_heard_on == date(2025, 12, 13)


def test_only_who_is_behind_is_worked_out_again_and_at_night_everybody(cast: Cast) -> None:
    work_out_attention(at=NOON)
    seen(cast, cast.pupil_noor, "tired", at=NOON + timedelta(hours=1))
    later = NOON + timedelta(hours=1, minutes=1)
    work_out_attention(at=later)
    assert (points_of(cast.pupil_noor).worked_out_at, points_of(cast.pupil_sem).worked_out_at) == (later, NOON)
    work_out_attention(at=NOON + DAY)
    assert {one.worked_out_at for one in PupilAttention.objects.all()} == {NOON + DAY}


def test_who_left_is_no_longer_on_any_list(cast: Cast) -> None:
    work_out_attention(at=NOON)
    Enrolment.objects.filter(pupil=cast.pupil_noor).update(until_at=NOON)
    work_out_attention(at=NOON + timedelta(minutes=1))
    assert not PupilAttention.objects.filter(pupil=cast.pupil_noor).exists()


def test_the_table_of_the_school_counts_from_its_moment_on(cast: Cast) -> None:
    seen(cast, cast.pupil_noor, "tired")
    work_out_attention(at=NOON)
    changes = {"internalising/observation/one-observer": 3}
    AttentionTable.objects.create(school=cast.beuk, version="2", changes=changes, made_by=cast.bram, from_at=NOON + timedelta(minutes=1))
    work_out_attention(at=NOON + timedelta(minutes=2))
    assert (both(cast.pupil_noor), points_of(cast.pupil_noor).table) == ((3, None), "2")
    assert points_of(cast.pupil_fien).table == "1"


def test_as_many_questions_for_thirty_pupils_as_for_three(cast: Cast) -> None:
    """Per list and sociogram a few, never per pupil."""
    asked = []
    for pupils in (classmates(cast.group_6a, 3), classmates(cast.group_6b, 27)):
        result_round(cast.group_6a, pupils, opens_on=OPENS)
        PupilAttention.objects.all().delete()
        Enrolment.objects.exclude(pupil__in=pupils).update(until_at=START + DAY)
        with CaptureQueriesContext(connection) as found:
            work_out_attention(at=NOON)
        asked.append(len(found))
    assert asked[1] <= asked[0]


def test_a_school_that_breaks_stops_no_other(cast: Cast) -> None:
    AttentionTable.objects.create(school=cast.beuk, version="2", changes={"no-such-row": 3}, made_by=cast.bram, from_at=START)
    with pytest.raises(Exception, match="RowUnknown"):
        work_out_attention(at=NOON)
    assert PupilAttention.objects.filter(school=cast.eik).exists()
