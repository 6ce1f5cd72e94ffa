"""Everything that waits, runs or is to come in one list: whose it is, since when, and what is late first."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.core.school_types import SPECIAL
from kring.web.care_overview.queries import KINDS, due_of_pupil, overview
from kring.web.models import (
    AbsencePrompt,
    Enrolment,
    Entry,
    Gathering,
    Membership,
    NewcomerWatch,
    Pupil,
    School,
    Signal,
    TalkRequest,
)
from kring.web.plans.models import Plan
from kring.web.signals.queries import panel as signals_panel
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, pupil

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 11, 10, 10, tzinfo=UTC)
TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def travel() -> Any:
    with time_machine.travel(MONDAY, tick=False) as found:
        yield found


def signal(cast: Cast, whom: Pupil, *, days: int = 0, **more: Any) -> Signal:
    seen = MONDAY - timedelta(days=days)
    made = {"kind": "observation", "fact": "Zat alleen.", "author": cast.anna, "seen_at": seen, "made_at": seen}
    return Signal.objects.create(school=cast.beuk, pupil=whom, counts_until_on=TODAY + timedelta(days=42), **made, **more)


def plan(cast: Cast, whom: Pupil | None = None, *, kind: str = "trial", state: str = "running", ends_on: date = TODAY) -> Plan:
    about = {"pupil": whom, "seen_as": "intervention"} if whom else {"group": cast.group_6a, "seen_as": "groupplan"}
    said = {"kind": kind, "state": state, "stage": "small_trial", "support_layer": "basic", "title": "samen spelen vragen"}
    made = {"made_by": cast.anna, "made_at": MONDAY, "edited_at": MONDAY, "ends_on": ends_on}
    return Plan.objects.create(school=cast.beuk, **about, **said, **made)


def gathering(cast: Cast, *, days: int, **about: Any) -> Gathering:
    made = {"made_by": cast.anna, "made_at": MONDAY, "edited_at": MONDAY, "planned_at": MONDAY + timedelta(days=days)}
    return Gathering.objects.create(school=cast.beuk, purpose="hoe het gaat", **about, **made)


def wish(cast: Cast, whom: Pupil, receiver: Membership) -> TalkRequest:
    asked = {"asked_at": MONDAY, "answer_by_on": TODAY + timedelta(days=1)}
    return TalkRequest.objects.create(school=cast.beuk, pupil=whom, receiver=receiver, **asked)


def everything(cast: Cast, whom: Pupil) -> None:
    signal(cast, whom, days=21)
    plan(cast, whom, ends_on=TODAY - timedelta(days=3))
    gathering(cast, days=-2, pupil=whom, kind="pupil_talk")
    wish(cast, whom, cast.anna)
    weeks = {"noticed_on": TODAY, "counted_to": TODAY, "look_by_on": TODAY - timedelta(days=1)}
    AbsencePrompt.objects.create(school=cast.beuk, pupil=whom, rule="sick_reports", amount=4, **weeks)
    talk = {"started_on": TODAY, "talk_from_on": TODAY, "talk_by_on": TODAY + timedelta(days=20)}
    NewcomerWatch.objects.create(school=cast.beuk, pupil=whom, group=cast.group_6a, **talk)


# ---- what stands there --------------------------------------------------------------------------------------------------


def test_every_kind_stands_in_it_with_what_is_late_first(cast: Cast) -> None:
    everything(cast, cast.pupil_noor)
    plan(cast, kind="group", ends_on=TODAY + timedelta(days=30))
    gathering(cast, days=3, group=cast.group_6a, kind="group_review")
    page = text_of(cast.anna, "care_overview")
    for kind in KINDS[:6]:
        assert str(kind.title) in page
    for said in ("Signaal zonder antwoord", "Samen spelen vragen", "tijd om te evalueren", "Groepsbespreking", "Nieuw in de groep"):
        assert said in page
    rows = page[page.rindex("<tbody>") :]
    assert rows.index("te laat") < rows.index("Wil met u praten") < rows.index("Groepsbespreking")


def test_an_answered_signal_a_held_talk_and_an_evaluated_plan_are_gone(cast: Cast) -> None:
    plan(cast, cast.pupil_noor, state="evaluated")
    held = gathering(cast, days=-2, pupil=cast.pupil_noor, kind="pupil_talk")
    Gathering.objects.filter(pk=held.pk).update(held_at=MONDAY)
    assert "Er wacht nu niets" in text_of(cast.anna, "care_overview")


def test_a_serious_signal_says_so(cast: Cast) -> None:
    signal(cast, cast.pupil_noor, is_serious=True)
    assert "mogelijk voor de meldcode" in text_of(cast.bram, "care_overview")


def test_whom_nobody_tied_yet_stands_by_the_words_of_who_saw_it(cast: Cast) -> None:
    Signal.objects.filter(pk=signal(cast, cast.pupil_noor).pk).update(pupil=None, about="jongen met rode jas")
    assert "jongen met rode jas" in text_of(cast.bram, "care_overview")


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ({"kind": "plans"}, "Samen spelen vragen", "Signaal zonder antwoord"),
        ({"late": "on"}, "Signaal zonder antwoord", "Nieuw in de groep"),
        ({"kind": "nothing"}, "Signaal zonder antwoord", "Niets past"),
    ],
    ids=["kind", "late", "unknown"],
)
def test_it_is_filtered(cast: Cast, asked: dict[str, str], there: str, gone: str) -> None:
    everything(cast, cast.pupil_noor)
    page = text_of(cast.anna, "care_overview", **asked)
    rows = page[page.rindex("<tbody>") :]
    assert there in rows
    assert gone not in rows


def test_a_choice_that_nothing_fits_says_so(cast: Cast) -> None:
    everything(cast, cast.pupil_noor)
    assert "Niets past bij deze keuze" in text_of(cast.anna, "care_overview", kind="wishes", late="on")


def test_it_is_filtered_by_group_and_sorted_by_name(cast: Cast) -> None:
    signal(cast, cast.pupil_sem)
    signal(cast, cast.pupil_noor, days=21)
    signal(cast, cast.pupil_lot)
    page = text_of(cast.bram, "care_overview", group=str(cast.group_6a.pk), order="whom")
    names = sorted((str(one) for one in (cast.pupil_noor, cast.pupil_sem)), key=lambda name: name.split()[-1])
    assert page.index(f">{names[0]}</a>") < page.index(f">{names[1]}</a>")
    assert f">{cast.pupil_lot}</a>" not in page
    assert f">{cast.pupil_lot}</a>" in text_of(cast.bram, "care_overview", order="group")


# ---- who sees what ------------------------------------------------------------------------------------------------------


def test_who_may_look(cast: Cast) -> None:
    everything(cast, cast.pupil_noor)
    assert may_look(cast, "care_overview") >= {"anna", "carla", "bram"}
    assert "Noor" not in text_of(cast.carla, "care_overview")
    for hat in (cast.rik, cast.olga, cast.els, cast.noor):
        assert look(hat, "care_overview").status_code == 404


def test_who_was_asked_for_a_talk_sees_it_and_nobody_else(cast: Cast) -> None:
    wish(cast, cast.pupil_noor, cast.anna)
    assert "Wil met u praten" in text_of(cast.anna, "pupil", cast.pupil_noor.pk)
    assert "Wil met u praten" not in text_of(cast.bram, "pupil", cast.pupil_noor.pk)
    assert "Er wacht nu niets" in text_of(cast.bram, "care_overview")


def test_it_asks_as_often_for_three_pupils_as_for_one(cast: Cast) -> None:
    everything(cast, cast.pupil_noor)
    one = queries_for(cast.anna, "care_overview")
    for name in ("Fee", "Gijs"):
        everything(cast, pupil(cast.group_6a, name, 6))
    assert queries_for(cast.anna, "care_overview") == one


def test_taking_it_along_is_written_down_and_shows_what_was_chosen(cast: Cast) -> None:
    everything(cast, cast.pupil_noor)
    answer = look(cast.anna, "care_overview_csv", kind="plans")
    assert "Samen spelen vragen" in answer.content.decode()
    assert "Signaal" not in answer.content.decode()
    assert "Noor" not in answer["Content-Disposition"]
    assert Entry.objects.filter(record="pupil", record_id=cast.pupil_noor.pk).exists()
    assert look(cast.anna, "care_overview_xlsx").content[:2] == b"PK"


# ---- on the page of the pupil -------------------------------------------------------------------------------------------


def test_on_the_page_of_the_pupil_stands_what_asks_for_something(cast: Cast) -> None:
    everything(cast, cast.pupil_noor)
    signal(cast, cast.pupil_sem)
    page = text_of(cast.anna, "pupil", cast.pupil_noor.pk)
    top = page[page.index('id="nu-kop"') : page.index('id="signalen-kop"')]
    assert top.count("te laat") == 4
    signals, _may_write = signals_panel(cast.anna, cast.pupil_noor, at=MONDAY)
    assert signals is not None
    assert len(due_of_pupil(cast.anna, cast.pupil_noor, signals, at=MONDAY)) == 6


def test_the_page_of_a_pupil_asks_as_often_for_three_of_each(cast: Cast) -> None:
    signal(cast, cast.pupil_noor)
    plan(cast, cast.pupil_noor)
    gathering(cast, days=3, pupil=cast.pupil_noor, kind="pupil_talk")
    one = queries_for(cast.anna, "pupil", [cast.pupil_noor.pk])
    for _again in range(2):
        signal(cast, cast.pupil_noor)
        plan(cast, cast.pupil_noor)
        gathering(cast, days=3, pupil=cast.pupil_noor, kind="pupil_talk")
    assert queries_for(cast.anna, "pupil", [cast.pupil_noor.pk]) == one


# ---- the sector (R157) --------------------------------------------------------------------------------------------------


def test_in_special_education_everybody_has_a_support_plan_and_who_has_none_stands_here(cast: Cast) -> None:
    said = "Ontwikkelingsperspectief maken"
    assert said not in text_of(cast.anna, "care_overview")
    School.objects.update(type=School.Type.SPECIAL)
    cast.bram.refresh_from_db()
    Enrolment.objects.filter(pupil=cast.pupil_noor).update(from_at=MONDAY - timedelta(weeks=5))
    Enrolment.objects.filter(pupil=cast.pupil_sem).update(from_at=MONDAY - timedelta(weeks=7))
    lines = {one.whom: one.due for one in overview(cast.bram, at=MONDAY) if one.kind.key == "without_support_plan"}
    noor, sem = lines["Noor Test"], lines["Sem Test"]
    assert (noor.day, noor.is_late, sem.is_late) == (TODAY + timedelta(weeks=1), False, True)
    assert noor.url == reverse("development_plan_new", args=[cast.bram.pk, cast.pupil_noor.pk])
    assert said in text_of(cast.bram, "pupil", cast.pupil_noor.pk)
    assert said not in text_of(cast.noor, "home")
    plan(cast, cast.pupil_noor, kind="development", state="draft")
    again = {one.whom for one in overview(cast.bram, at=MONDAY) if one.kind.key == "without_support_plan"}
    assert ("Noor Test" in again, "Sem Test" in again) == (False, True)


@pytest.mark.parametrize("one", sorted(set(School.Type) - SPECIAL))
def test_in_ordinary_education_nobody_is_asked_for_one(cast: Cast, one: str) -> None:
    School.objects.update(type=one)
    assert not [line for line in overview(cast.bram, at=MONDAY) if line.kind.key == "without_support_plan"]
