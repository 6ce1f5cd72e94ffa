"""A result is read with care, leads somewhere or not, and is answered by whom it is about; nothing is decided before it was read."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Role
from kring.core.acting import NotReadWithCare, RoundStillOpen
from kring.library import instrument
from kring.web.classroom.rows import take_seat
from kring.web.classroom.seated import COOKIE
from kring.web.classroom.teaching.actions import open_window
from kring.web.models import (
    Case,
    CaseMember,
    CriticalReading,
    Direction,
    Entry,
    Group,
    GuardianInvitation,
    GuardianList,
    Guardianship,
    Invitation,
    Notice,
    OpenAnswer,
    OpenAnswerReader,
    Pupil,
    ResultResponse,
    Round,
    ScaleProfile,
    SchoolYear,
)
from kring.web.reports.queries import pupil_report
from kring.web.reports.taking.queries import pupil_reports
from kring.web.results.choosing.actions import Choice, choose_for_pupil
from kring.web.results.reading.actions import read_with_care
from kring.web.results.showing.actions import respond, show_result
from kring.web.school_results.queries import safety_of
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, guardian, member
from tests.measurements import TEACHER_LIST, classmates, list_round, result_round
from tests.web.school_results.schools import safety_round

pytestmark = pytest.mark.django_db
ANSWERED = {"q1": "3", "q2": "2", "o2": "Nog niet afgenomen.", "q3": "1"}
READ: Any = {"answers": {"q1": 3, "q2": 2, "q3": 1}, "texts": {"o2": "Nog niet afgenomen."}}
TAKEN = {"scale": "wellbeing", "entry": "tijd-voor-de-band", "taken": "yes"}


def asked(round: Round, pupil: Any) -> Invitation:
    return Invitation.objects.get(round=round, pupil=pupil)


@pytest.fixture
def noors(cast: Cast) -> Invitation:
    """The list of Noor, whose scores ask attention; Sem's are fine."""
    made = result_round(cast.group_6a, [cast.pupil_sem, *classmates(cast.group_6a, 13), cast.pupil_noor], "Najaarslijst")
    return asked(made, cast.pupil_noor)


def press(actor: Any, route: str, *keys: object, **given: str) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), given)


def test_four_questions_come_before_any_direction_and_none_is_skipped(cast: Cast, noors: Invitation) -> None:
    assert "Vier vragen beantwoorden" in text_of(cast.anna, "pupil", cast.pupil_noor.pk)
    assert "Eerst de vier vragen" in text_of(cast.anna, "pupil_directions", noors.pk)
    refused = press(cast.anna, "pupil_directions", noors.pk, **TAKEN)
    assert refused.status_code == 409
    assert "Beantwoord eerst de vier vragen" in refused.content.decode()
    for left_out in ANSWERED:
        given = {key: value for key, value in ANSWERED.items() if key != left_out}
        assert press(cast.anna, "critical_reading", noors.pk, **given).status_code == 200
    assert not CriticalReading.objects.exists()
    assert press(cast.anna, "critical_reading", noors.pk, **ANSWERED).status_code == 302
    made = CriticalReading.objects.get()
    assert (made.answers, made.texts, made.read_by) == ({"q1": 3, "q2": 2, "q3": 1}, {"o2": "Nog niet afgenomen."}, cast.anna)
    assert Entry.objects.get(name="result.read_with_care").pupil_id == cast.pupil_noor.pk
    assert press(cast.bram, "critical_reading", noors.pk, **ANSWERED).status_code == 409
    assert "Kritisch gelezen door Anna van de Test" in text_of(cast.bram, "pupil", cast.pupil_noor.pk)


def test_the_figures_about_safety_stand_beside_the_question_as_far_as_they_may_be_told(cast: Cast) -> None:
    noors = asked(result_round(cast.group_6a, [cast.pupil_sem, cast.pupil_noor], "Najaarslijst"), cast.pupil_noor)
    assert "Er is nog geen lijst over veiligheid afgesloten." in text_of(cast.bram, "critical_reading", noors.pk)
    safety_round(cast)
    beside = safety_of(cast.bram, cast.group_6a)
    assert beside is not None
    assert any(group is not None and group.value is not None for _scale, group in beside.lines)
    page = text_of(cast.bram, "critical_reading", noors.pk)
    assert "Vragenlijst sociale veiligheid" in page
    assert reverse("school_round", args=[cast.bram.pk, beside.snapshot]) in page
    last_year = SchoolYear.objects.create(school=cast.beuk, label="2024-2025", starts_on=date(2024, 8, 1), ends_on=date(2025, 7, 31))
    earlier = Group(school=cast.beuk, year=last_year, name="6A", year_levels=[6])
    again = safety_of(cast.bram, earlier)
    assert again is not None
    assert all(group is None for _scale, group in again.lines)  # not the same children


def test_of_a_list_of_long_ago_nothing_is_asked_any_more(cast: Cast, noors: Invitation) -> None:
    ask = reverse("critical_reading", args=[cast.anna.pk, noors.pk])
    assert ask in text_of(cast.anna, "pupil", cast.pupil_noor.pk)
    today = timezone.localdate()
    starts = max(noors.round.opens_on, today - timedelta(days=300)) + timedelta(days=1)
    SchoolYear.objects.create(school=cast.beuk, label="nieuw", starts_on=starts, ends_on=starts + timedelta(days=300))
    page = text_of(cast.anna, "pupil", cast.pupil_noor.pk)
    assert ask not in page
    assert "Profiel van de scores" in page  # what came out is still there
    assert look(cast.anna, "critical_reading", noors.pk).status_code == 200  # reading it is fine


def test_the_form_comes_back_with_nothing_chosen_beforehand(cast: Cast, noors: Invitation) -> None:
    page = text_of(cast.anna, "critical_reading", noors.pk)
    assert 'type="radio"' in page
    assert not re.search(r'name="q\d"[^>]*checked', page)
    assert "Wat uit de lijst kwam" in page


def test_a_direction_is_taken_or_declined_with_the_reason(cast: Cast, noors: Invitation) -> None:
    read_with_care(cast.anna, noors, **READ, at=timezone.now())
    page = text_of(cast.anna, "pupil_directions", noors.pk)
    assert "Tien minuten per week zonder doel" in page
    assert "Groet elke leerling bij de deur" not in page  # that is for a class
    assert "mentor" not in page  # that is for older pupils
    assert press(cast.anna, "pupil_directions", noors.pk, **TAKEN).status_code == 302
    declined = {"scale": "wellbeing", "entry": "gesprek-met-een-schaal", "taken": "no"}
    refused = press(cast.anna, "pupil_directions", noors.pk, **declined, reason="nee")
    assert refused.status_code == 409
    assert 'value="nee"' in refused.content.decode()
    assert press(cast.anna, "pupil_directions", noors.pk, **declined, reason="Dit deden wij vorig jaar al.").status_code == 302
    assert press(cast.anna, "pupil_directions", noors.pk, **{**TAKEN, "entry": "groeten-bij-de-deur"}).status_code == 409
    assert press(cast.anna, "pupil_directions", noors.pk, **{**TAKEN, "scale": "nothing"}).status_code == 409
    assert set(Direction.objects.values_list("entry", "is_taken")) == {("tijd-voor-de-band", True), ("gesprek-met-een-schaal", False)}
    shown = text_of(cast.bram, "pupil", cast.pupil_noor.pk)
    assert "doen we niet" in shown
    assert "Dit deden wij vorig jaar al." in shown


def test_who_thinks_again_changes_the_own_choice_and_does_not_make_another(cast: Cast, noors: Invitation) -> None:
    read_with_care(cast.anna, noors, **READ, at=timezone.now())
    for taken in (True, False):
        choose_for_pupil(cast.anna, noors, Choice("wellbeing", "tijd-voor-de-band", taken, "Toch liever iets anders."), at=timezone.now())
    assert Direction.objects.get().is_taken is False
    assert Entry.objects.filter(name="direction.chosen").count() == 2


def test_nothing_is_read_or_decided_while_the_round_is_open(cast: Cast) -> None:
    running = asked(list_round(cast.group_6a, [cast.pupil_noor]), cast.pupil_noor)
    assert look(cast.anna, "critical_reading", running.pk).status_code == 404
    with pytest.raises(RoundStillOpen):
        read_with_care(cast.anna, running, **READ, at=timezone.now())
    with pytest.raises(RoundStillOpen):
        show_result(cast.anna, cast.pupil_noor, running, to_pupil=True, to_guardians=False, at=timezone.now())
    assert look(cast.anna, "pupil_answers", running.pk).status_code == 404


@pytest.mark.parametrize("route", ["critical_reading", "pupil_directions", "result_show", "pupil_answers"])
def test_the_team_may_look_and_nobody_else(cast: Cast, noors: Invitation, route: str) -> None:
    assert may_look(cast, route, noors.pk) == {"anna", "bram"}


def test_class_first_when_more_than_one_in_five_asks_attention(cast: Cast) -> None:
    made = result_round(cast.group_6a, [*classmates(cast.group_6a, 20), cast.pupil_noor], "Najaarslijst")
    assert "Eerst de groep" in text_of(cast.anna, "group", cast.group_6a.pk)
    of = (made.pk, cast.group_6a.pk)
    assert may_look(cast, "group_directions", *of) == {"anna", "bram"}
    assert "Groet elke leerling bij de deur" in text_of(cast.anna, "group_directions", *of)
    assert press(cast.anna, "group_directions", *of, **TAKEN).status_code == 409  # that is for one pupil
    assert press(cast.anna, "group_directions", *of, **{**TAKEN, "entry": "groeten-bij-de-deur"}).status_code == 302
    assert Direction.objects.get().pupil is None
    assert "gaan we doen" in text_of(cast.bram, "group_directions", *of)


def test_the_group_page_names_who_waits_to_be_read_and_asks_as_much_for_more(cast: Cast, noors: Invitation) -> None:
    assert "Kritisch lezen, leerling voor leerling" in text_of(cast.anna, "group", cast.group_6a.pk)
    one = queries_for(cast.anna, "group", [cast.group_6a.pk])
    result_round(cast.group_6a, [*Pupil.objects.filter(given_name__contains="Kind"), cast.pupil_noor], "Lijst", key=TEACHER_LIST)
    read_with_care(cast.anna, noors, **READ, at=timezone.now())
    assert queries_for(cast.anna, "group", [cast.group_6a.pk]) == one
    assert "gelezen door Anna" in text_of(cast.bram, "group", cast.group_6a.pk)


# ---- shown to the family, and answered ---------------------------------------------------------------------------


def shown_to(cast: Cast, noors: Invitation, **to: bool) -> ScaleProfile:
    return show_result(cast.anna, cast.pupil_noor, noors, **{"to_pupil": False, "to_guardians": False, **to}, at=timezone.now())


def test_after_a_talk_it_is_shown_and_what_they_say_stays_beside_it(cast: Cast, noors: Invitation) -> None:
    assert "Nog geen uitslagen" in text_of(cast.noor, "my_results")
    assert press(cast.anna, "result_show", noors.pk).status_code == 409  # to nobody
    assert press(cast.anna, "result_show", noors.pk, to_pupil="on").status_code == 302
    row = ScaleProfile.objects.get()
    assert may_look(cast, "my_result", row.pk) == {"noor"}
    assert press(cast.anna, "result_show", noors.pk, to_pupil="on").status_code == 409  # that was done
    assert press(cast.bram, "result_show", noors.pk, to_guardians="on").status_code == 302
    told = Notice.objects.filter(event="result.shown").values_list("receiver", flat=True)
    assert sorted(told) == sorted([cast.noor.pk, cast.els.pk])  # each once, and no guardian without authority
    assert may_look(cast, "my_result", row.pk) == {"noor", "els"}
    assert press(cast.noor, "my_result", row.pk, text=" ").status_code == 200
    assert press(cast.noor, "my_result", row.pk, text="Ik vind dat het best goed gaat.").status_code == 302
    assert press(cast.els, "my_result", row.pk, text="Thuis is zij vrolijk.").status_code == 302
    page = text_of(cast.anna, "pupil", cast.pupil_noor.pk)
    assert "Ik vind dat het best goed gaat." in page
    assert "Thuis is zij vrolijk." in page
    assert "Els Test" in page
    assert "Thuis is zij" not in text_of(cast.noor, "my_result", row.pk)
    assert "best goed gaat" not in text_of(cast.els, "my_result", row.pk)
    for reader in ("de leerkracht of docent", "de coördinator sociale veiligheid", "de gedragsspecialist"):  # as the table says
        assert reader in text_of(cast.els, "my_result", row.pk)
    assert {one.name for one in Entry.objects.filter(record="resultresponse")} == {"result.answered"}


def test_a_pupil_without_an_account_reads_and_answers_at_a_tablet_of_the_class(cast: Cast, noors: Invitation) -> None:
    row = show_result(cast.anna, cast.pupil_sem, asked(noors.round, cast.pupil_sem), to_pupil=True, to_guardians=False, at=timezone.now())
    of_noor = shown_to(cast, noors, to_guardians=True)  # not to her
    window = open_window(cast.anna, cast.group_6a, minutes=60, at=timezone.now())
    tablet = Client()
    assert tablet.get(reverse("seat_results")).status_code == 302  # nobody sits here
    tablet.cookies[COOKIE] = take_seat(window, cast.pupil_sem, tablet="", at=timezone.now()).cookie
    assert reverse("seat_results") in tablet.get(reverse("seat_circle")).content.decode()
    address = reverse("seat_result", args=[row.pk])
    assert address in tablet.get(reverse("seat_results")).content.decode()
    assert "Wat vind jij hiervan?" in tablet.get(address).content.decode()
    assert tablet.post(address, {"text": "x" * 5000}).status_code == 200
    assert tablet.post(address, {"text": "Ik vind lezen juist leuk."}).status_code == 302
    assert "juist leuk" in tablet.get(address).content.decode()
    assert "juist leuk" in text_of(cast.anna, "pupil", cast.pupil_sem.pk)
    assert Entry.objects.filter(name="result.answered", pupil_id=cast.pupil_sem.pk).exists()
    foreign, absent = (tablet.get(reverse("seat_result", args=[key])) for key in (of_noor.pk, uuid4()))
    assert (foreign.status_code, foreign.content) == (404, absent.content)
    before = _queries(tablet, "seat_results")
    more = result_round(cast.group_6a, [cast.pupil_sem, cast.pupil_noor], "Nog een")
    show_result(cast.anna, cast.pupil_sem, asked(more, cast.pupil_sem), to_pupil=True, to_guardians=False, at=timezone.now())
    assert _queries(tablet, "seat_results") == before


def _queries(tablet: Client, route: str) -> int:
    with CaptureQueriesContext(connection) as counted:
        assert tablet.get(reverse(route)).status_code == 200
    return len(counted)


def test_one_guardian_never_reads_what_the_other_said(cast: Cast, noors: Invitation) -> None:
    ed = member(cast.beuk, Role.GUARDIAN, "ed")
    guardian(cast.pupil_noor, ed, has_authority=True)
    row = shown_to(cast, noors, to_guardians=True)
    respond(cast.els, row, "Zij slaapt slecht.", at=timezone.now())
    assert "Zij slaapt slecht." in text_of(cast.els, "my_result", row.pk)
    assert "slaapt" not in text_of(ed, "my_result", row.pk)


def test_what_was_shown_stays_as_it_was(cast: Cast, noors: Invitation) -> None:
    before = shown_to(cast, noors, to_pupil=True).lines
    noors.submission.answers = {}
    noors.submission.save()
    assert ScaleProfile.objects.get().lines == before
    assert {"title", "band", "mean", "answered"} <= set(before[0])
    assert "Hier praten we samen over" in text_of(cast.noor, "my_result", ScaleProfile.objects.get().pk)


def test_nobody_changes_a_response_not_even_by_the_database(cast: Cast, noors: Invitation) -> None:
    said = respond(cast.noor, shown_to(cast, noors, to_pupil=True), "Ik vind het goed zo.", at=timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        ResultResponse.objects.filter(pk=said.pk).update(text="Anders")
    assert ResultResponse.objects.get().text == "Ik vind het goed zo."


def test_their_own_pages_ask_as_much_for_three_as_for_one(cast: Cast, noors: Invitation) -> None:
    respond(cast.noor, shown_to(cast, noors, to_pupil=True), "Goed.", at=timezone.now())
    one, of_pupil = queries_for(cast.noor, "my_results"), queries_for(cast.anna, "pupil", [cast.pupil_noor.pk])
    for title in ("Tweede lijst", "Derde lijst"):
        more = result_round(cast.group_6a, [cast.pupil_sem, cast.pupil_noor], title)
        respond(cast.noor, shown_to(cast, asked(more, cast.pupil_noor), to_pupil=True), "Ook goed.", at=timezone.now())
    assert queries_for(cast.noor, "my_results") == one
    assert queries_for(cast.anna, "pupil", [cast.pupil_noor.pk]) == of_pupil


# ---- per question ------------------------------------------------------------------------------------------------


def test_a_list_is_read_answer_by_answer_and_that_is_written_down(cast: Cast, noors: Invitation) -> None:
    page = text_of(cast.anna, "pupil_answers", noors.pk)
    assert "Antwoord voor antwoord" in page
    assert "Welbevinden op school" in page
    assert Entry.objects.filter(record="submission", name="page.read", pupil_id=cast.pupil_noor.pk).count() == 1


def test_what_a_pupil_wrote_is_for_the_chosen_reader_alone(cast: Cast) -> None:
    made = result_round(cast.group_6a, [cast.pupil_noor])
    Round.objects.filter(pk=made.pk).update(instrument="kring-gesprek", version=1)
    open_item = next(item.key for item in Round.objects.get(pk=made.pk).offered.items if item.is_open)
    noors = asked(made, cast.pupil_noor)
    noors.submission.answers = {}
    noors.submission.save()
    said = OpenAnswer.objects.create(school=cast.beuk, invitation=noors, item=open_item, text="Ik mis mijn vriendin.")
    OpenAnswerReader.objects.create(school=cast.beuk, open_answer=said, membership=cast.anna, from_at=timezone.now())
    assert "Ik mis mijn vriendin." in text_of(cast.anna, "pupil_answers", noors.pk)
    assert "Ik mis" not in text_of(cast.bram, "pupil_answers", noors.pk)


# ---- who reads only a part of it ---------------------------------------------------------------------------------


def test_the_safety_coordinator_sees_own_lists_and_nothing_of_teachers(cast: Cast, noors: Invitation) -> None:
    saar = member(cast.beuk, Role.SAFETY_COORDINATOR, "saar")
    teachers = result_round(cast.group_6a, [cast.pupil_sem, cast.pupil_noor], "Leerkrachtlijst", key=TEACHER_LIST)
    for route, key in (("pupil", cast.pupil_noor.pk), ("group", cast.group_6a.pk)):
        page = text_of(saar, route, key)
        assert "Najaarslijst" in page, route
        assert "Leerkrachtlijst" not in page, route
    assert look(saar, "pupil_answers", noors.pk).status_code == 200
    assert look(saar, "pupil_answers", asked(teachers, cast.pupil_noor).pk).status_code == 404
    assert look(saar, "critical_reading", noors.pk).status_code == 404


def test_to_the_specialist_it_is_there_with_a_case_alone(cast: Cast, noors: Invitation) -> None:
    gabi = member(cast.beuk, Role.BEHAVIOUR_SPECIALIST, "gabi")
    assert "Najaarslijst" not in text_of(gabi, "pupil", cast.pupil_noor.pk)
    assert look(gabi, "pupil_answers", noors.pk).status_code == 404


def test_a_decision_without_a_reading_is_refused_by_the_action_too(cast: Cast, noors: Invitation) -> None:
    with pytest.raises(NotReadWithCare):
        choose_for_pupil(cast.anna, noors, Choice("wellbeing", "tijd-voor-de-band", is_taken=True), at=timezone.now())


def test_two_parents_stand_apart_beside_the_others_and_go_to_no_partner(cast: Cast, noors: Invitation) -> None:
    asked_of = instrument("kring-ouder", 1)
    made = Round.objects.create(
        school=cast.beuk, year=cast.year, instrument=asked_of.key, version=1, title="Ouderlijst", asks=Round.Asks.GUARDIANS,
        opens_on=date(2025, 11, 3), closes_on=date(2025, 11, 14),
    )  # fmt: skip
    rows = []
    for tie, code in zip(Guardianship.objects.filter(pupil=cast.pupil_noor).order_by("has_authority"), (1, 4)):
        about = {"school": cast.beuk, "round": made, "group": cast.group_6a, "pupil": cast.pupil_noor, "guardian": tie.guardian}
        rows.append(GuardianInvitation.objects.create(**about, reason="Hoe gaat het thuis?", asked_by=cast.anna, asked_at=timezone.now()))
        answers = {item.key: code for item in asked_of.coded}
        GuardianList.objects.create(school=cast.beuk, guardian_invitation=rows[-1], answers=answers, submitted_at=timezone.now())
    page = text_of(cast.anna, "pupil", cast.pupil_noor.pk)
    assert "ouder of verzorger (Els Test)" in page
    assert "ouder of verzorger (Pim Test)" in page
    respond(cast.els, shown_to(cast, noors, to_guardians=True), "Thuis is zij vrolijk.", at=timezone.now())
    respond(
        cast.noor,
        show_result(cast.anna, cast.pupil_noor, noors, to_pupil=True, to_guardians=False, at=timezone.now()),
        "Goed zo.",
        at=timezone.now(),
    )
    whole, school_alone = (pupil_report(cast.anna, cast.pupil_noor, [], on=date(2026, 1, 5), with_home=told) for told in (True, False))
    assert {one.informant.value for one in whole.measurements} == {"pupil", "guardian"}
    assert {one.informant.value for one in school_alone.measurements} == {"pupil"}
    assert [[one.text for one in report.said] for report in (whole, school_alone)] == [["Goed zo.", "Thuis is zij vrolijk."], ["Goed zo."]]
    assert [one.text for one in next(iter(pupil_reports(cast.anna, cast.group_6a, [cast.pupil_noor], on=date(2026, 1, 5)))).said] == [
        "Goed zo."
    ]
    assert f"{reverse('pupil_pdf', args=[cast.anna.pk, cast.pupil_noor.pk])}?home=yes" in text_of(cast.anna, "pupil", cast.pupil_noor.pk)
    sizes = [len(look(cast.anna, "pupil_pdf", cast.pupil_noor.pk, **asked).content) for asked in ({}, {"home": "yes"})]
    assert sizes[0] < sizes[1]
    assert may_look(cast, "guardian_answers", rows[0].pk) == {"anna", "bram"}
    assert Entry.objects.filter(record="guardianlist", name="page.read").count() == 2
    gabi, since = member(cast.beuk, Role.BEHAVIOUR_SPECIALIST, "gabi"), timezone.now() - timedelta(days=1)
    assert look(gabi, "guardian_answers", rows[0].pk).status_code == 404
    case = Case.objects.create(school=cast.beuk, pupil=cast.pupil_noor, purpose="Samen kijken.", opened_by=cast.bram, from_at=since)
    CaseMember.objects.create(school=cast.beuk, case=case, membership=gabi, from_at=since)
    assert look(gabi, "guardian_answers", rows[0].pk).status_code == 200  # as the promise to the parent says
    Round.objects.filter(pk=made.pk).update(closes_on=timezone.localdate() + timedelta(days=3))
    assert look(cast.anna, "guardian_answers", rows[0].pk).status_code == 404
