"""The clocks of a support plan ring in time, in the holidays too, and stop when what they ask is done."""

from datetime import date, timedelta

import pytest
import time_machine

from kring.core.development_plans import Course, Moment
from kring.web.home.intake import make_due_tasks
from kring.web.models import Holiday, Plan, Task
from kring.web.plans.development import actions
from kring.web.plans.development.evaluating import actions as evaluating
from kring.web.plans.development.evaluating.actions import Evaluated
from kring.web.plans.development.intake import due_lines
from tests.cast import Cast
from tests.web.plans.opp_steps import CHECK, NOW, heard, opened, running

pytestmark = pytest.mark.django_db


def rings(kind: str) -> dict[str, date]:
    """Whom it rings for now, with the day."""
    found = Task.objects.filter(kind=kind, done_at=None, dropped_at=None).select_related("owner__person")
    return {one.owner.person.username: one.due_on for one in found}


def after(days: int) -> None:
    make_due_tasks(at=NOW + timedelta(days=days))


def test_six_weeks_over_summer_time_and_the_spring_holiday(cast: Cast) -> None:
    spring = {"first_on": date(2026, 4, 6), "last_on": date(2026, 4, 17)}
    Holiday.objects.create(school=cast.beuk, year=cast.year, kind="vacation", name="Meivakantie", **spring)
    plan = opened(cast.bram, cast.pupil_noor)
    after(27)
    assert rings("opp.adopt") == {}
    after(28)
    assert rings("opp.adopt") == {"bram": date(2026, 4, 3)}  # the law counts on; the task is due on the last school day before
    with time_machine.travel(NOW, tick=False):
        Plan.objects.filter(pk=plan.pk).update(clock_from_on=date(2028, 1, 18))
    make_due_tasks(at=NOW.replace(year=2028, month=2, day=20))
    assert set(rings("opp.adopt")) == {"bram"}
    assert [one.day for one in due_lines(cast.bram, at=NOW)] == [date(2028, 2, 29)]


def test_adopting_and_evaluating_end_what_rings(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        plan = running(cast)
    after(28)
    assert rings("opp.adopt") == {}
    day = (CHECK - NOW.date()).days
    after(day - 8)
    assert rings("opp.check") == {}
    after(day - 7)
    assert set(rings("opp.check")) == {"bram"}
    actions.look_in_between(cast.bram, plan, day=CHECK, words="Het gaat goed", at=NOW + timedelta(days=day))
    after(day)
    assert rings("opp.check") == {}
    after(365 - 43)
    assert rings("opp.review") == {}
    after(365 - 42)
    assert set(rings("opp.review")) == {"bram"}
    later = NOW + timedelta(days=330)
    with time_machine.travel(later, tick=False):
        heard(cast.anna, plan, Moment.EVALUATION, at=later)
        words = dict.fromkeys(("carried_out", "effect", "partner_words", "guardians_words", "reason", "asked_for"), "Zo ging het dit jaar")
        said = Evaluated(**words, quality=3, course=Course.CONTINUE, next_on=(later + timedelta(days=90)).date())
        evaluating.evaluate(cast.bram, plan, said, at=later)
    assert rings("opp.review") == {}
    after(331)
    assert rings("opp.review") == {}


def test_the_overview_of_care_says_how_each_stands_to_who_may_read_it(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        running(cast)
        opened(cast.bram, cast.pupil_lot)
        found = {one.pupil: (one.state, one.is_late) for one in due_lines(cast.bram, at=NOW)}
        assert found == {cast.pupil_noor.pk: ("loopt", False), cast.pupil_lot.pk: ("nog vast te stellen", False)}
        assert [one.pupil for one in due_lines(cast.anna, at=NOW)] == [cast.pupil_noor.pk]
        assert [one.pupil for one in due_lines(cast.bram, at=NOW, pupil=cast.pupil_lot)] == [cast.pupil_lot.pk]
        assert list(due_lines(cast.els, at=NOW)) == []
    assert all(one.is_late for one in due_lines(cast.bram, at=NOW + timedelta(days=400)))
