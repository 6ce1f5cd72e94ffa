"""Absence by the week: a grid, prompts by the rules of the school, and nothing of why or of long ago."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kring.core.absences import Rule
from kring.web.absences.intake import forget_old_absence
from kring.web.models import AbsencePrompt, AbsenceRule, AbsenceStep, AbsenceWeek, Entry, Holiday, Membership, Pupil, SchoolYear, Task
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, pupil

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2025, 11, 14, 14, tzinfo=UTC)
THIS = date(2025, 11, 10)


@pytest.fixture(autouse=True)
def _friday() -> Any:
    with time_machine.travel(FRIDAY):
        yield


def week(weeks_ago: int = 0) -> str:
    return (THIS - timedelta(weeks=weeks_ago)).isoformat()


def typed(actor: Membership, cast: Cast, counts: dict[Pupil, dict[str, Any]], *, on: str = "") -> Any:
    address = reverse("group_absence", args=[actor.pk, cast.group_6a.pk]) + f"?week={on or week()}"
    return client_of(actor).post(address, {f"{who.pk}:{name}": value for who, told in counts.items() for name, value in told.items()})


def post(actor: Membership, route: str, *keys: object, **data: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), data)


def test_anna_types_a_week_and_reads_it_back(cast: Cast) -> None:
    assert typed(cast.anna, cast, {cast.pupil_noor: {"hours_not_allowed": "2,5", "late": "1"}}).status_code == 302
    row = AbsenceWeek.objects.get()
    assert (row.pupil, row.week_on, float(row.hours_not_allowed), row.late, row.sick_days) == (cast.pupil_noor, THIS, 2.5, 1, 0)
    page = text_of(cast.anna, "group_absence", cast.group_6a.pk)
    assert 'value="2,5"' in page
    assert may_look(cast, "group_absence", cast.group_6a.pk) == {"anna", "bram"}
    assert Entry.objects.filter(name="absence.typed", group_id=cast.group_6a.pk).count() == 1
    assert typed(cast.anna, cast, {cast.pupil_noor: {"late": "1"}}).status_code == 302  # the hours were a slip
    assert float(AbsenceWeek.objects.get().hours_not_allowed) == 0


def test_two_people_in_one_week_and_the_second_sees_both(cast: Cast) -> None:
    read = timezone.now().isoformat()
    assert f'name="read" value="{read[:10]}' in text_of(cast.anna, "group_absence", cast.group_6a.pk)
    address = reverse("group_absence", args=[cast.bram.pk, cast.group_6a.pk]) + f"?week={week()}"
    assert typed(cast.anna, cast, {cast.pupil_noor: {"late": "3"}, cast.pupil_sem: {"sick_days": "2"}}).status_code == 302
    second = client_of(cast.bram).post(address, {f"{cast.pupil_noor.pk}:late": "1", "read": read})
    page = second.content.decode()
    assert second.status_code == 409
    assert "Iemand anders bewaarde dit net ook" in page
    for name, mine, theirs in (("Te laat (keer), Noor Test", "1", "3"), ("Ziek (dagen), Sem Test", "", "2")):
        row = page[page.index(f'<th scope="row">{name}') :][:400]
        assert f">{theirs}<" in row, row
        assert (f">{mine}<" if mine else ">leeg<") in row, row
    assert AbsenceWeek.objects.get(pupil=cast.pupil_noor).late == 3
    again = {f"{cast.pupil_noor.pk}:late": "1", f"{cast.pupil_sem.pk}:sick_days": "2", "read": timezone.now().isoformat()}
    assert client_of(cast.bram).post(address, again).status_code == 302
    assert sorted(AbsenceWeek.objects.values_list("late", "sick_days")) == [(0, 2), (1, 0)]


def test_what_cannot_be_is_said_and_nothing_is_kept(cast: Cast) -> None:
    Holiday.objects.create(school=cast.beuk, year=cast.year, name="Herfst", first_on=date(2025, 10, 13), last_on=date(2025, 10, 17))
    free = typed(cast.anna, cast, {cast.pupil_noor: {"late": "1"}}, on="2025-10-13")
    assert (free.status_code, "is er geen school" in free.content.decode()) == (409, True)
    to_come = typed(cast.anna, cast, {cast.pupil_noor: {"late": "1"}}, on="2025-11-17")
    assert (to_come.status_code, "moet nog komen" in to_come.content.decode(), 'value="1"' in to_come.content.decode()) == (409, True, True)
    for counts in ({"sick_days": "6"}, {"late": "-1"}, {"hours_allowed": "100"}, {"late": "griep"}):
        assert typed(cast.anna, cast, {cast.pupil_noor: counts}).status_code == 200
    assert "week van ma 6 oktober" in text_of(cast.anna, "group_absence", cast.group_6a.pk, week="2025-10-20")  # over the holiday
    assert look(cast.anna, "group_absence", cast.group_6a.pk, week="x").status_code == 200
    typed(cast.anna, cast, {cast.pupil_lot: {"late": "1"}})  # of another group: no field, and nothing of it
    assert not AbsenceWeek.objects.exists()


def met(cast: Cast) -> AbsencePrompt:
    for ago in (3, 2, 1, 0):
        typed(cast.anna, cast, {cast.pupil_noor: {"hours_not_allowed": "4"}}, on=week(ago))
    return AbsencePrompt.objects.get()


def test_sixteen_hours_ask_for_a_look_within_five_working_days(cast: Cast) -> None:
    prompt = met(cast)
    assert (prompt.rule, float(prompt.amount), prompt.counted_to, prompt.look_by_on) == ("hours", 16, THIS, date(2025, 11, 21))
    task = Task.objects.get(kind="absence.look")
    assert (task.owner, task.due_on, task.record_id) == (cast.anna, date(2025, 11, 21), prompt.pk)
    assert "Kijk het verzuim van Noor Test na" in text_of(cast.anna, "tasks")
    assert may_look(cast, "absence_prompt", prompt.pk) == {"anna", "bram"}
    assert may_look(cast, "absence_prompts") == {"anna", "bram", "carla", "frans", "gijs"}
    assert "Noor" not in text_of(cast.carla, "absence_prompts")


def test_a_slip_of_the_pen_takes_the_prompt_back(cast: Cast) -> None:
    met(cast)
    typed(cast.anna, cast, {cast.pupil_noor: {"hours_not_allowed": "1"}})
    assert not AbsencePrompt.objects.exists()
    assert Task.objects.get(kind="absence.look").dropped_at is not None


def test_what_was_done_is_settled_with_a_day_and_counted_anew(cast: Cast) -> None:
    prompt = met(cast)
    dayless = post(cast.anna, "absence_settle", prompt.pk, outcome="reported", reported_on="")
    assert (dayless.status_code, "op welke dag het is gemeld" in dayless.content.decode()) == (409, True)
    assert post(cast.anna, "absence_settle", prompt.pk, outcome="reported", reported_on="2025-11-15").status_code == 409
    assert post(cast.anna, "absence_settle", prompt.pk, outcome="").status_code == 200
    assert post(cast.carla, "absence_settle", prompt.pk, outcome="not_reported").status_code == 404
    assert post(cast.anna, "absence_settle", prompt.pk, outcome="reported", reported_on="2025-11-14").status_code == 302
    assert Task.objects.get(kind="absence.look").is_settled
    assert post(cast.bram, "absence_settle", prompt.pk, outcome="not_reported").status_code == 409
    typed(cast.anna, cast, {cast.pupil_noor: {"hours_not_allowed": "4", "late": "1"}})
    assert AbsencePrompt.objects.count() == 1  # counted anew
    assert "Is het voorbij?" in text_of(cast.anna, "absence_prompt", prompt.pk)
    assert post(cast.anna, "absence_over", prompt.pk, over_on="2025-11-20").status_code == 409
    assert post(cast.anna, "absence_over", prompt.pk, over_on="").status_code == 200
    assert post(cast.anna, "absence_over", prompt.pk, over_on="2025-11-14").status_code == 302
    assert "voorbij sinds vr 14 november" in text_of(cast.anna, "absence_prompts")


def test_each_rule_is_the_schools_own(cast: Cast) -> None:
    assert may_look(cast, "absence_rules") == {"bram", "rik", "frans", "gijs"}
    wanted = {
        f"{rule}_most": most for rule, most in (("hours", 16), ("sick_reports", 4), ("sick_in_a_row", 7), ("late", 3), ("late_again", 12))
    }
    assert post(cast.bram, "absence_rules", **wanted, late_on="on").status_code == 302  # 16 hours off, late from 3 on
    assert set(AbsenceRule.objects.values_list("rule", "is_on", "most")) == {("hours", False, 16), ("late", True, 3)}
    typed(cast.anna, cast, {cast.pupil_noor: {"hours_not_allowed": "20", "late": "3"}})
    assert AbsencePrompt.objects.get().rule == "late"
    assert post(cast.bram, "absence_rules", **{**wanted, "late_most": 0}).status_code == 200
    with time_machine.travel(FRIDAY + timedelta(hours=1)):
        assert post(cast.rik, "absence_rules", **wanted, hours_on="on").status_code == 302
    assert AbsenceRule.objects.filter(until_at=None).count() == 2
    assert AbsenceRule.objects.count() == 4  # what held before stays


def test_in_secondary_schools_illness_asks_too(cast: Cast) -> None:
    teacher = cast.gijs
    address = reverse("group_absence", args=[teacher.pk, cast.group_baken.pk])
    for ago in (3, 2, 1, 0):
        client_of(teacher).post(
            f"{address}?week={week(ago)}", {f"{cast.pupil_bas.pk}:sick_reports": "1", f"{cast.pupil_bas.pk}:sick_days": "1"}
        )
    assert AbsencePrompt.objects.get().rule == "sick_reports"


def test_only_this_and_last_school_year_are_kept(cast: Cast) -> None:
    for starts in (2023, 2024):
        SchoolYear.objects.create(
            school=cast.beuk, label=f"{starts}-{starts + 1}", starts_on=date(starts, 8, 1), ends_on=date(starts + 1, 7, 31)
        )
    said = {"school": cast.beuk, "pupil": cast.pupil_noor, "entered_by": cast.anna, "entered_at": FRIDAY}
    for monday in (date(2024, 7, 22), date(2024, 8, 5), THIS):
        AbsenceWeek.objects.create(week_on=monday, late=1, **said)
    forget_old_absence(at=FRIDAY)
    assert list(AbsenceWeek.objects.order_by("week_on").values_list("week_on", flat=True)) == [date(2024, 8, 5), THIS]


def test_three_pupils_ask_as_much_of_the_database_as_one(cast: Cast) -> None:
    met(cast)
    for_two, listed = queries_for(cast.anna, "group_absence", [cast.group_6a.pk]), queries_for(cast.anna, "absence_prompts")
    more = [pupil(cast.group_6a, name, 6) for name in ("Tim", "Eva")]
    typed(cast.anna, cast, {cast.pupil_noor: {"hours_not_allowed": "4"}} | {one: {"hours_not_allowed": "16"} for one in more})
    assert AbsencePrompt.objects.count() == 3
    assert queries_for(cast.anna, "group_absence", [cast.group_6a.pk]) == for_two
    assert queries_for(cast.anna, "absence_prompts") == listed


# ---- the steps after often being ill --------------------------------------------------------------------------


def often_ill(cast: Cast) -> AbsencePrompt:
    assert post(cast.bram, "absence_rules", **{**wanted_rules(), "sick_reports_on": "on", "sick_reports_most": "2"}).status_code == 302
    typed(cast.anna, cast, {cast.pupil_noor: {"sick_reports": "2", "sick_days": "2"}})
    return AbsencePrompt.objects.get(rule="sick_reports")


def wanted_rules() -> dict[str, Any]:
    return {f"{rule.value}_most": "16" for rule in Rule}


def test_who_is_often_ill_gets_four_steps_each_with_a_day_and_an_owner(cast: Cast) -> None:
    prompt = often_ill(cast)
    page = text_of(cast.anna, "absence_prompt", prompt.pk)
    assert page.count('value="talk"') == 1
    assert "Advies van de schoolarts" in page
    planned = {"step": "talk", "due_on": "2025-11-20", "owner": cast.bram.pk}
    assert post(cast.anna, "absence_step_plan", prompt.pk, **{**planned, "due_on": "2025-11-13"}).status_code == 409
    assert post(cast.anna, "absence_step_plan", prompt.pk, **{**planned, "owner": cast.carla.pk}).status_code == 200  # another class
    assert post(cast.carla, "absence_step_plan", prompt.pk, **planned).status_code == 404
    assert post(cast.anna, "absence_step_plan", prompt.pk, **planned).status_code == 302
    task = Task.objects.get(kind="absence.step")
    assert task.owner == cast.bram
    assert "Gepland op" in text_of(cast.anna, "absence_prompt", prompt.pk)
    step = AbsenceStep.objects.get()
    assert may_look(cast, "absence_step", step.pk) == {"anna", "bram"}
    said = {"done_on": "2025-11-14", "outcome": "Wij praatten met moeder en Noor"}
    assert post(cast.bram, "absence_step", step.pk, **{**said, "done_on": "2025-11-15"}).status_code == 409
    assert post(cast.bram, "absence_step", step.pk, **{**said, "outcome": "kort"}).status_code == 409
    assert post(cast.bram, "absence_step", step.pk, **{**said, "done_on": ""}).status_code == 200
    assert post(cast.bram, "absence_step", step.pk, **said).status_code == 302
    assert Task.objects.get(kind="absence.step").is_settled
    assert post(cast.bram, "absence_step", step.pk, **said).status_code == 409
    assert post(cast.anna, "absence_step_plan", prompt.pk, **planned).status_code == 409
    assert "Wij praatten met moeder" in text_of(cast.anna, "absence_prompt", prompt.pk)
    assert Entry.objects.filter(name__startswith="absence.step").count() == 2


@pytest.mark.parametrize("reports", ["1", "2"])
def test_a_count_that_is_corrected_takes_no_step_away(cast: Cast, reports: str) -> None:
    """The limit was met in another week, or after all it was not: what people planned and did about it stays."""
    prompt = often_ill(cast)
    post(cast.anna, "absence_step_plan", prompt.pk, step="talk", due_on="2025-11-20", owner=cast.bram.pk)
    said = {"done_on": "2025-11-14", "outcome": "Wij praatten met moeder en Noor"}
    assert post(cast.bram, "absence_step", AbsenceStep.objects.get().pk, **said).status_code == 302
    typed(cast.anna, cast, {cast.pupil_noor: {"sick_reports": "", "late": "1"}})
    typed(cast.anna, cast, {cast.pupil_noor: {"sick_reports": reports, "sick_days": "2"}}, on=week(1))
    assert AbsenceStep.objects.get().outcome == said["outcome"]
    assert AbsencePrompt.objects.count() == 1
    assert "Wij praatten met moeder" in text_of(cast.anna, "absence_prompt", prompt.pk)


def test_absence_without_leave_has_no_such_steps(cast: Cast) -> None:
    prompt = met(cast)
    assert "schoolarts" not in text_of(cast.anna, "absence_prompt", prompt.pk)
    planned = {"step": "talk", "due_on": "2025-11-20", "owner": cast.anna.pk}
    assert post(cast.anna, "absence_step_plan", prompt.pk, **planned).status_code == 404


def test_three_steps_cost_as_much_as_one(cast: Cast) -> None:
    prompt = often_ill(cast)
    planned = {"due_on": "2025-11-20", "owner": cast.anna.pk}
    post(cast.anna, "absence_step_plan", prompt.pk, step="talk", **planned)
    once = queries_for(cast.anna, "absence_prompt", [prompt.pk])
    for step in ("youth_health", "check"):
        post(cast.anna, "absence_step_plan", prompt.pk, step=step, **planned)
    assert queries_for(cast.anna, "absence_prompt", [prompt.pk]) == once


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"], ids=["first", "last"])
def test_a_week_at_the_end_of_time_is_this_week(cast: Cast, day: str) -> None:
    page = text_of(cast.anna, "group_absence", cast.group_6a.pk, week=day)
    assert f"?week={week(1)}" in page
