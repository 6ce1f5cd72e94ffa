"""The figures of the attention list: fed from signals, reviews and plans; nothing of fewer than twenty, and nobody's name."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine

from kring.web.models import DiscussedPupil, Gathering, Plan, Pupil, Signal, SignalAnswer
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, pupil

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
FEW = "te weinig om iets te zeggen"


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


def ago(days: int) -> datetime:
    return MONDAY - timedelta(days=days)


def saw(cast: Cast, of: Pupil, days: int, judgement: str = "") -> None:
    told = {"school": cast.beuk, "kind": "observation", "fact": "Zat alleen.", "families": ["social"], "author": cast.anna}
    on = {"seen_at": ago(days), "made_at": ago(days), "counts_until_on": ago(days - 42).date()}
    row = Signal.objects.create(pupil=of, **told, **on)
    if judgement:
        said = {"kind": "explain", "judgement": judgement, "reason": "Gekeken en gepraat.", "answered_by": cast.anna}
        SignalAnswer.objects.create(school=cast.beuk, signal=row, answered_at=ago(days), **said)


def helps(cast: Cast, of: Pupil, days: int, **more: Any) -> Plan:
    about = {"kind": "trial", "seen_as": "intervention", "state": "running", "stage": "carry_out", "support_layer": "basis", **more}
    when = {"starts_on": ago(days).date(), "made_at": ago(days), "edited_at": ago(days), "made_by": cast.anna}
    return Plan.objects.create(school=cast.beuk, pupil=of, title="Klein plan", **about, **when)


def on_agenda(cast: Cast, of: Pupil, days: int, decision: str, because: list[str]) -> None:
    made = {"made_by": cast.anna, "made_at": ago(days), "edited_at": ago(days), "planned_at": ago(days), "held_at": ago(days)}
    review = Gathering.objects.create(school=cast.beuk, group=cast.group_6a, kind="group_review", **made)
    told = {"because": because, "discussed_at": ago(days), "decision": decision}
    DiscussedPupil.objects.create(school=cast.beuk, gathering=review, pupil=of, **told)


def lists(cast: Cast) -> Any:
    return look(cast.bram, "attention_quality").context["found"].lists


def test_help_after_a_signal_or_an_agenda_is_found_and_help_without_is_missed(cast: Cast) -> None:
    ada, bo, cor, dana = (pupil(cast.group_6a, name, 6) for name in ("Ada", "Bo", "Cor", "Dana"))
    saw(cast, cast.pupil_noor, 30)
    helps(cast, cast.pupil_noor, 10)
    on_agenda(cast, ada, 21, "plan", ["internalising", "top"])
    helps(cast, ada, 14)
    helps(cast, bo, 20)  # nobody wrote anything before
    saw(cast, bo, 5)
    on_agenda(cast, cor, 21, "explain", ["externalising", "top"])  # looked at, and nothing was needed
    on_agenda(cast, dana, 21, "explain", ["undiscussed"])  # not by the list
    helps(cast, cast.pupil_sem, 3, state="draft")
    figures = look(cast.bram, "attention_quality").context["found"]
    found = figures.lists
    assert (figures.plans_of_pupils, figures.plans_of_groups) == (3, 0)
    assert (found.found, found.missed, found.not_needed, found.recall.share) == (2, 1, 1, None)
    page = text_of(cast.bram, "attention_quality")
    assert FEW in page
    assert not [name for name in ("Noor", "Ada", "Bo Test", "Cor", "Dana") if name in page]


def test_an_old_plan_that_goes_on_is_no_beginning(cast: Cast) -> None:
    before = helps(cast, cast.pupil_noor, 250)
    helps(cast, cast.pupil_noor, 10, previous=before)
    assert lists(cast).n_valid == 0


def test_from_twenty_on_with_what_it_may_as_well_be_and_fairness_per_year_level(cast: Cast) -> None:
    sixes = [pupil(cast.group_6a, f"A{n}", 6) for n in range(25)]
    twos = [pupil(cast.group_6b, f"B{n}", 2) for n in range(25)]
    for one in sixes:
        saw(cast, one, 24, "new")
        helps(cast, one, 10)
    for one in twos:
        helps(cast, one, 10)
    page = text_of(cast.bram, "attention_quality")
    assert "50 procent (waarschijnlijk tussen 37 en 63)" in page
    assert "14 dagen (waarschijnlijk tussen 14 en 14)" in page
    assert "In groep 2 zag de lijst wie het nodig had minder vaak dan in groep 6." in page
    assert "In de onderbouw zag de lijst wie het nodig had minder vaak dan in de bovenbouw." in page
    taken = look(cast.bram, "attention_quality_csv")
    rows = {(row[0], row[1]): row[2:] for row in csv.reader(StringIO(taken.content.decode("utf-8-sig")), delimiter=";")}
    assert rows["eerder gezien van wie hulp kreeg", "samen"][:3] == ["25", "50", "50,0"]
    assert rows["klopte van wie op de lijst stond", "groep 2"] == ["", "", "", "", ""]  # nobody of them was on it
    assert look(cast.bram, "attention_quality_xlsx").content.startswith(b"PK")


def test_who_sees_the_figures_and_what_they_ask_the_database(cast: Cast) -> None:
    assert may_look(cast, "attention_quality") == {"bram", "frans", "gijs"}
    asked = queries_for(cast.bram, "attention_quality")
    for name in ("Ada", "Bo", "Cor"):
        one = pupil(cast.group_6a, name, 6)
        saw(cast, one, 30, "new")
        helps(cast, one, 10)
    assert queries_for(cast.bram, "attention_quality") == asked
