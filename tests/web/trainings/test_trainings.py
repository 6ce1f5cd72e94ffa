"""A training: planned by the coordinator, kept by who gives it, and closed when somebody looked what stayed of it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.core.access import Role
from kring.library import interventions
from kring.web.models import (
    Entry,
    Group,
    Guardianship,
    Pupil,
    SchoolYear,
    Training,
    TrainingAttendance,
    TrainingPlace,
    TrainingSession,
    TrainingWish,
)
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, group, member, pupil

pytestmark = pytest.mark.django_db
GOAL = "Ik durf een vraag te stellen"
TODAY = date(2025, 11, 10)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(datetime(2025, 11, 10, 10, tzinfo=UTC)):
        yield


def sent(actor: Any, route: str, *keys: object, **data: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), data)


def filled(trainer: Any, **more: Any) -> dict[str, Any]:
    days = {"starts_on": "2025-11-03", "ends_on": "2026-02-01"}
    return {"title": "Durven praten", "topic": "fear_of_failure", "trainer": trainer.pk, "most": "2", **days, **more}


def planned(cast: Cast, trainer: Any, **more: Any) -> Training:
    assert sent(cast.bram, "training_new", **filled(trainer, **more)).status_code == 302
    return Training.objects.latest("made_at")


def place(cast: Cast, training: Training, of: Any = None) -> TrainingPlace:
    who = of or cast.pupil_noor
    assert sent(cast.bram, "training_place_add", training.pk, pupil=who.pk, goal=GOAL).status_code == 302
    return TrainingPlace.objects.get(training=training, pupil=who)


def agreed(cast: Cast, one: TrainingPlace, on: str = "2025-11-03") -> Any:
    guardian = str(one.pupil.guardianships.get(has_authority=True).guardian_id)
    return sent(cast.bram, "training_agree", one.pk, guardian=guardian, agreed_on=on)


def said_yes(one: TrainingPlace) -> set[str]:
    return set(TrainingPlace.objects.get(pk=one.pk).yes)


def test_the_coordinator_plans_and_who_gives_it_sees_it(cast: Cast) -> None:
    remi = member(cast.beuk, Role.REMEDIAL_TEACHER, "remi")
    assert "Er loopt geen training" in text_of(remi, "trainings")
    assert sent(remi, "training_new", **filled(remi)).status_code == 404
    made = planned(cast, remi)
    assert Entry.objects.filter(name="training.planned").count() == 1
    assert "Durven praten" in text_of(remi, "trainings")
    assert may_look(cast, "training", made.pk) == {"bram"}
    assert may_look(cast, "trainings") == {"anna", "bram", "carla", "frans", "gijs"}
    assert may_look(cast, "training_new") == {"bram", "frans", "gijs"}
    assert "Durven praten" not in text_of(cast.anna, "trainings")
    assert "Durven praten" in text_of(cast.bram, "trainings", topic="fear_of_failure")
    assert "Niets gevonden" in text_of(cast.bram, "trainings", show="closed")
    assert "Durven praten" in text_of(cast.bram, "trainings", show="all", topic="x")
    assert "Durven praten" in text_of(cast.bram, "care_overview")
    assert "Durven praten" not in text_of(cast.anna, "care_overview")
    for wrong in ({"most": "0"}, {"trainer": cast.olga.pk}, {"starts_on": ""}):
        assert sent(cast.bram, "training_new", **{**filled(remi), **wrong}).status_code == 200
    assert sent(cast.bram, "training_new", **filled(remi, ends_on="2025-10-01")).status_code == 409
    entry = interventions()[0]
    assert f'value="{entry.title}"' in text_of(cast.bram, "training_new", entry=entry.key)
    assert Training.objects.count() == 1


def test_no_more_pupils_than_there_are_places_and_none_without_a_goal(cast: Cast) -> None:
    made = planned(cast, cast.anna, most="1")
    assert sent(cast.anna, "training_place_add", made.pk, pupil=cast.pupil_noor.pk, goal="durf").status_code == 409
    assert sent(cast.anna, "training_place_add", made.pk, pupil=cast.pupil_lot.pk, goal=GOAL).status_code == 200  # of another class
    assert sent(cast.anna, "training_place_add", made.pk, pupil=cast.pupil_noor.pk, goal=GOAL).status_code == 302
    full = sent(cast.bram, "training_place_add", made.pk, pupil=cast.pupil_sem.pk, goal=GOAL)
    assert full.status_code == 409
    assert "De training is vol" in full.content.decode()
    assert sent(cast.carla, "training_place_add", made.pk, pupil=cast.pupil_lot.pk, goal=GOAL).status_code == 404
    one = TrainingPlace.objects.get()
    assert sent(cast.anna, "training_leave", one.pk).status_code == 302
    place(cast, made)
    assert TrainingPlace.objects.get().left_at is None


def test_who_comes_back_asks_for_a_yes_anew(cast: Cast) -> None:
    """A parent takes the yes back, the pupil leaves: a second place does not bring that yes back."""
    made = planned(cast, cast.anna)
    one = place(cast, made)
    assert agreed(cast, one).status_code == 302
    assert sent(cast.anna, "training_leave", one.pk).status_code == 302
    back = place(cast, made)
    assert (back.pk, back.left_at, back.yes) == (one.pk, None, {})


def test_one_yes_of_two_parents_with_authority_is_not_enough(cast: Cast) -> None:
    """As for consent: everybody with a say. A parent without authority is not asked."""
    made = planned(cast, cast.anna)
    one = place(cast, made)
    assert sent(cast.anna, "training_session_add", made.pk, day="2025-11-10").status_code == 302
    session = TrainingSession.objects.get()
    els, pim = (one.pupil.guardianships.get(guardian__person=actor.person) for actor in (cast.els, cast.pim))
    assert sent(cast.bram, "training_agree", one.pk, guardian=str(pim.guardian_id), agreed_on="2025-11-04").status_code == 200  # no choice
    Guardianship.objects.filter(pk=pim.pk).update(has_authority=True)
    assert agreed_by(cast, one, els) == agreed_by(cast, one, els) == 302
    assert "nog niet iedereen zei ja" in text_of(cast.anna, "training", made.pk)
    page = text_of(cast.bram, "training_place", one.pk)
    assert ("ja op di 4 november 2025" in page, "nog vragen" in page) == (True, True)
    assert sent(cast.anna, "training_attend", session.pk, place=one.pk, came="yes").status_code == 409
    assert agreed_by(cast, one, pim, "2025-11-05") == 302
    assert said_yes(one) == {str(els.guardian_id), str(pim.guardian_id)}
    assert "de laatste op wo 5 november 2025" in text_of(cast.bram, "training_place", one.pk)
    assert sent(cast.anna, "training_attend", session.pk, place=one.pk, came="yes").status_code == 302


def agreed_by(cast: Cast, one: TrainingPlace, tie: Guardianship, on: str = "2025-11-04") -> int:
    return int(sent(cast.bram, "training_agree", one.pk, guardian=str(tie.guardian_id), agreed_on=on).status_code)


def test_from_sixteen_the_pupil_says_yes_and_the_parents_no_longer_can(cast: Cast) -> None:
    made = planned(cast, cast.anna)
    one = place(cast, made)
    assert agreed(cast, one).status_code == 302
    Pupil.objects.filter(pk=one.pupil_id).update(birth_date=date(2009, 11, 10))
    assert agreed(cast, one).status_code == 200  # a parent is no choice any more
    assert "nog niet iedereen zei ja" in text_of(cast.bram, "training", made.pk)
    assert sent(cast.bram, "training_agree", one.pk, guardian="pupil", agreed_on="2025-11-10").status_code == 302
    assert "nog niet iedereen" not in text_of(cast.bram, "training", made.pk)


# ---- a training that changes ------------------------------------------------------------------------------------


def changed(actor: Any, training: Training, read: Training | None = None, **more: Any) -> Any:
    row = read or Training.objects.get(pk=training.pk)
    now = {**filled(row.trainer), "title": row.title, "topic": row.topic, "read": row.edited_at.isoformat()}
    return sent(actor, "training_edit", training.pk, **{**now, **more})


def test_the_coordinator_changes_a_training_that_was_planned(cast: Cast) -> None:
    made = planned(cast, cast.anna)
    assert 'value="Durven praten"' in text_of(cast.bram, "training_edit", made.pk)
    assert may_look(cast, "training_edit", made.pk) == {"bram"}
    assert changed(cast.anna, made).status_code == 404
    assert changed(cast.bram, made, title="Durven vragen", trainer=cast.carla.pk, most="5", ends_on="2026-03-01").status_code == 302
    made.refresh_from_db()
    assert (made.title, made.trainer, made.most, made.ends_on) == ("Durven vragen", cast.carla, 5, date(2026, 3, 1))
    assert Entry.objects.filter(name="training.changed").count() == 1
    assert "Durven vragen" in text_of(cast.carla, "trainings")
    assert look(cast.anna, "training", made.pk).status_code == 404
    assert "Aanpassen" in text_of(cast.bram, "training", made.pk)
    assert "Aanpassen" not in text_of(cast.carla, "training", made.pk)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"most": "0"}, "gelijk"),
        ({"trainer": ""}, "verplicht"),
        ({"ends_on": "2025-11-01"}, "ligt voor de eerste"),
        ({"most": "1"}, "doen al 2 leerlingen mee"),
        ({"starts_on": "2025-11-04"}, "is er een bijeenkomst"),
        ({"is_confidential": ""}, "onderwerp blijft besloten"),
        ({"is_confidential": "", "topic": "other"}, "zeiden ja tegen een besloten training"),
    ],
    ids=["no place", "no trainer", "ends before it began", "fewer places than pupils", "a meeting left out", "grief in the open", "opened"],
)
def test_a_change_that_leaves_somebody_out_is_refused_and_keeps_what_was_typed(cast: Cast, wrong: dict[str, str], says: str) -> None:
    made = planned(cast, cast.anna, topic="grief", is_confidential="on")
    for one in (cast.pupil_noor, cast.pupil_sem):
        place(cast, made, one)
    assert sent(cast.anna, "training_session_add", made.pk, day="2025-11-03").status_code == 302
    typed: dict[str, Any] = {"title": "Een nieuwe naam", "is_confidential": "on", **wrong}
    answer = changed(cast.bram, made, **typed)
    assert answer.status_code in {200, 409}
    page = answer.content.decode()
    assert (says in page, "Een nieuwe naam" in page) == (True, True)
    assert Training.objects.get().title == "Durven praten"


def test_who_saves_second_sees_both_texts_and_a_closed_training_stays(cast: Cast) -> None:
    made = planned(cast, cast.anna)
    assert changed(cast.bram, made, made, title="Eerst", is_confidential="on").status_code == 302
    second = changed(cast.bram, made, made, title="Daarna")
    page = second.content.decode()
    assert (second.status_code, "Iemand anders bewaarde dit net ook" in page, "Eerst" in page, "Daarna" in page) == (409, True, True, True)
    assert ('<td data-label="Uw tekst">nee' in page.replace("\n", ""), Training.objects.get().title) == (True, "Eerst")
    assert sent(cast.bram, "training_close", made.pk).status_code == 302
    assert changed(cast.bram, made, title="Te laat").status_code == 409
    assert "Aanpassen" not in text_of(cast.bram, "training", made.pk)


def test_the_class_of_last_year_stays_the_class_of_the_training(cast: Cast) -> None:
    old = SchoolYear.objects.create(school=cast.beuk, label="2024-2025", starts_on=date(2024, 8, 1), ends_on=date(2025, 7, 31))
    made = planned(cast, cast.anna)
    former = Group.objects.create(school=cast.beuk, year=old, name="5A", year_levels=[5])
    Training.objects.update(group=former)
    assert changed(cast.bram, made, title="Nog een keer", group=former.pk).status_code == 302
    assert Training.objects.get().group == former
    assert changed(cast.bram, made, group="").status_code == 302
    assert Training.objects.get().group is None


def test_changing_costs_as_much_with_three_pupils_as_with_one(cast: Cast) -> None:
    made = planned(cast, cast.anna, most="9")
    place(cast, made)
    asked = queries_for(cast.bram, "training_edit", [made.pk])
    for name in ("Kim", "Job"):
        place(cast, made, pupil(cast.group_6a, name, 6))
    assert queries_for(cast.bram, "training_edit", [made.pk]) == asked


def test_nobody_is_there_before_a_guardian_agreed(cast: Cast) -> None:
    made = planned(cast, cast.anna)
    one = place(cast, made)
    assert sent(cast.anna, "training_session_add", made.pk, day="2026-03-01").status_code == 409
    for day in ("2025-11-03", "2025-11-10", "2025-11-17"):
        assert sent(cast.anna, "training_session_add", made.pk, day=day, about="Oefenen").status_code == 302
    assert sent(cast.anna, "training_session_add", made.pk, day="2025-11-10").status_code == 409
    assert sent(cast.anna, "training_session_add", made.pk, day="").status_code == 200
    first, today, later = TrainingSession.objects.order_by("day")
    refused = sent(cast.anna, "training_attend", today.pk, place=one.pk, came="yes")
    assert refused.status_code == 409
    assert "Vraag eerst toestemming" in refused.content.decode()
    assert agreed(cast, one, "2025-11-11").status_code == 409  # a day to come
    assert sent(cast.bram, "training_agree", one.pk, guardian="", agreed_on="2025-11-04").status_code == 200
    assert agreed(cast, one, "2025-11-04").status_code == 302
    assert sent(cast.anna, "training_attend", first.pk, place=one.pk, came="yes").status_code == 409  # it was before the yes
    assert sent(cast.anna, "training_attend", later.pk, place=one.pk, came="yes").status_code == 409
    assert sent(cast.anna, "training_attend", today.pk, place=one.pk, came="yes").status_code == 302
    assert sent(cast.anna, "training_attend", today.pk, place=one.pk, came="no").status_code == 302
    assert [row.came for row in TrainingAttendance.objects.all()] == [False]
    assert sent(cast.anna, "training_attend", today.pk, place=made.pk, came="yes").status_code == 409
    assert sent(cast.anna, "training_attend", today.pk, place="x", came="yes").status_code == 302
    assert sent(cast.carla, "training_attend", today.pk, place=one.pk, came="yes").status_code == 404


def test_it_closes_when_somebody_looked_what_stayed(cast: Cast) -> None:
    made = planned(cast, cast.anna)
    one = place(cast, made)
    refused = sent(cast.anna, "training_close", made.pk, closing="Het ging goed")
    assert refused.status_code == 409
    assert "nog niet bij of het ook buiten de training lukt" in refused.content.decode()
    assert "Het ging goed" in refused.content.decode()
    said = {"where": "In de kring in de klas", "who": "juf Anna", "seen": "Zij vroeg iets"}
    assert sent(cast.anna, "training_transfer", one.pk, looked_on="2025-11-11", **said).status_code == 409
    assert sent(cast.anna, "training_transfer", one.pk, looked_on="", **said).status_code == 200
    assert sent(cast.anna, "training_transfer", one.pk, looked_on="2025-11-10", **said).status_code == 302
    assert sent(cast.anna, "training_levels", one.pk, before="3", after="6").status_code == 302
    assert sent(cast.anna, "training_levels", one.pk, before="3", after="11").status_code == 200
    assert "Twee getallen bewijzen niets" in text_of(cast.anna, "training_place", one.pk)
    assert sent(cast.anna, "training_close", made.pk, closing="x" * 2001).status_code == 200
    assert sent(cast.anna, "training_close", made.pk, closing="Het ging goed").status_code == 302
    assert "Het ging goed" in text_of(cast.anna, "training", made.pk)
    assert sent(cast.anna, "training_leave", one.pk).status_code == 409
    assert "Durven praten" in text_of(cast.bram, "trainings", show="closed")


@pytest.mark.parametrize("topic", ["grief", "divorce"])
def test_a_confidential_training_is_unseen_by_the_teacher_of_the_pupil(cast: Cast, topic: str) -> None:
    remi = member(cast.beuk, Role.REMEDIAL_TEACHER, "remi")
    assert sent(cast.bram, "training_new", **filled(remi, topic=topic)).status_code == 409
    made = planned(cast, remi, topic=topic, is_confidential="on", title="Samen sterk")
    one = place(cast, made)
    assert may_look(cast, "training_place", one.pk) == {"bram"}
    assert look(remi, "training_place", one.pk).status_code == 200
    assert "Noor" in text_of(remi, "training", made.pk)
    assert "Samen sterk" not in text_of(cast.anna, "pupil_help", cast.pupil_noor.pk)
    assert "Samen sterk" in text_of(cast.bram, "pupil_help", cast.pupil_noor.pk)
    assert "De intern begeleider legt de toestemming vast" in text_of(remi, "training_place", one.pk)
    assert sent(cast.anna, "training_leave", one.pk).status_code == 404


def test_an_open_training_is_read_by_the_teacher_of_the_pupil_and_kept_by_who_gives_it(cast: Cast) -> None:
    remi = member(cast.beuk, Role.REMEDIAL_TEACHER, "remi")
    one = place(cast, planned(cast, remi))
    assert may_look(cast, "training_place", one.pk) == {"anna", "bram"}
    assert "Durven praten" in text_of(cast.anna, "pupil_help", cast.pupil_noor.pk)
    assert sent(cast.anna, "training_leave", one.pk).status_code == 403
    assert sent(cast.anna, "training_levels", one.pk, before="1").status_code == 403


def test_the_school_asks_for_a_training_in_groep_7_only_where_it_wants_to(cast: Cast) -> None:
    seven: Group = group(cast.beuk, "7C", [6, 7])
    assert "7C" not in text_of(cast.bram, "trainings")
    assert sent(cast.anna, "training_wish", is_on="yes").status_code == 404
    for _twice in range(2):
        assert sent(cast.bram, "training_wish", is_on="yes").status_code == 302
    assert TrainingWish.objects.count() == 1
    assert "7C" in text_of(cast.bram, "trainings")
    assert "Weerbaarheid in groep 7" not in text_of(cast.anna, "trainings")
    planned(cast, cast.anna, topic="resilience", group=seven.pk)
    assert "Elke groep 7 heeft dit schooljaar" in text_of(cast.bram, "trainings")
    assert sent(cast.bram, "training_wish", is_on="no").status_code == 302
    assert "Elke groep 7" not in text_of(cast.bram, "trainings")


def test_the_list_goes_along_without_a_pupil(cast: Cast) -> None:
    place(cast, planned(cast, cast.anna))
    found = look(cast.bram, "trainings_csv").content.decode("utf-8-sig")
    assert "Durven praten" in found
    assert "Noor" not in found
    assert look(cast.anna, "trainings_xlsx").status_code == 200
    assert look(cast.olga, "trainings_csv").status_code == 404


def test_three_cost_as_much_as_one(cast: Cast) -> None:
    made = planned(cast, cast.anna, most="9")
    agreed(cast, place(cast, made))
    sent(cast.anna, "training_session_add", made.pk, day="2025-11-10")
    listed, shown = queries_for(cast.bram, "trainings"), queries_for(cast.bram, "training", [made.pk])
    for number, name in enumerate(("Kim", "Job")):
        place(cast, made, pupil(cast.group_6a, name, 6))
        sent(cast.anna, "training_session_add", made.pk, day=f"2025-11-1{number + 2}")
        planned(cast, cast.anna, title=name)
    assert queries_for(cast.bram, "trainings") == listed
    assert queries_for(cast.bram, "training", [made.pk]) == shown
