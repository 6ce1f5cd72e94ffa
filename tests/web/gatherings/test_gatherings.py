"""Talks: planned with a reason, no child interprets, told with the pupil's words, read at home and answered there."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.web.gatherings.printing import paper_of
from kring.web.gatherings.queries import counted, whole
from kring.web.models import Agreement, Contact, Entry, Gathering, Guardian, Guardianship, Notice, Pupil, TalkReport, TalkResponse, Task
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import START, Cast, client_of, pupil

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 11, 10, 10, tzinfo=UTC)
WHY = "Zij wil het eerst zelf vertellen"


@pytest.fixture(autouse=True)
def travel() -> Any:
    with time_machine.travel(MONDAY, tick=False) as moved:
        yield moved


def els(cast: Cast) -> Guardian:
    return Guardian.objects.get(person=cast.els.person)


def sent(actor: Any, route: str, *keys: object, **data: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), data)


def planning(cast: Cast, **more: Any) -> dict[str, Any]:
    given = {
        "kind": "guardian_talk",
        "purpose": "Hoe het gaat in de pauze",
        "day": "2025-11-12",
        "clock": "15:30",
        "guardians": [str(els(cast).pk)],
        "colleagues": [str(cast.anna.pk)],
        "first_with": "pupil",
        "first_why": WHY,
        "bridge_kind": "none",
    }
    return {**given, **more}


def planned(cast: Cast, **more: Any) -> Gathering:
    answer = sent(cast.anna, "gathering_new", cast.pupil_noor.pk, **planning(cast, **more))
    assert answer.status_code == 302, answer.content.decode()
    return Gathering.objects.get()


def held(cast: Cast, travel: Any, **more: Any) -> TalkReport:
    row = planned(cast, **more)
    travel.move_to(MONDAY + timedelta(days=3))
    told = {"came": [str(seat.pk) for seat in row.seats.all()], "text": "Wij spraken over buiten spelen.", "pupil_words": "Ik wil meedoen."}
    assert sent(cast.anna, "gathering_held", row.pk, **told).status_code == 302
    return TalkReport.objects.get()


def test_a_talk_is_planned_with_a_reason_and_its_report_is_a_task(cast: Cast) -> None:
    row = planned(cast)
    page = text_of(cast.anna, "gathering", row.pk)
    assert "Hoe het gaat in de pauze" in page
    assert WHY in page
    assert Task.objects.get(kind="talk.report_due").owner == cast.anna
    assert "Noor" in text_of(cast.anna, "gatherings")
    assert may_look(cast, "gathering", row.pk) == {"anna", "bram"}
    assert may_look(cast, "pupil_gatherings", cast.pupil_noor.pk) == {"anna", "bram"}
    assert may_look(cast, "gathering_new", cast.pupil_noor.pk) == {"anna", "bram"}
    assert Entry.objects.filter(name="gathering.planned", pupil_id=cast.pupil_noor.pk).count() == 1


def test_without_a_reason_for_the_order_the_form_comes_back_as_it_was(cast: Cast) -> None:
    answer = sent(cast.anna, "gathering_new", cast.pupil_noor.pk, **planning(cast, first_why=""))
    assert answer.status_code == 409
    assert "eerst met de leerling praat" in answer.content.decode()
    assert "Hoe het gaat in de pauze" in answer.content.decode()
    answer = sent(cast.anna, "gathering_new", cast.pupil_noor.pk, **planning(cast, kind="three_way_talk"))
    assert answer.status_code == 409
    assert "met de leerling, een ouder en iemand van de school" in answer.content.decode()


@pytest.mark.parametrize("named", ["Noor", "haar zusje", "Lot Test"])
def test_a_pupil_a_brother_or_a_sister_does_not_interpret(cast: Cast, named: str) -> None:
    Guardianship.objects.create(school=cast.beuk, guardian=els(cast), pupil=cast.pupil_lot, has_authority=False, from_at=START)
    answer = sent(cast.anna, "gathering_new", cast.pupil_noor.pk, **planning(cast, bridge_kind="adult", bridge=named))
    assert answer.status_code == 409
    assert "Een kind tolkt niet voor zijn eigen ouders" in answer.content.decode()
    assert not Gathering.objects.exists()


def test_who_speaks_little_dutch_is_met_with_an_interpreter(cast: Cast) -> None:
    Contact.objects.create(school=cast.beuk, guardian=els(cast), language="ar")
    assert "gaat het beste in het Arabisch" in text_of(cast.anna, "gathering_new", cast.pupil_noor.pk)
    row = planned(cast)
    assert "er is nog niemand die tolkt" in text_of(cast.anna, "gathering", row.pk)
    data = planning(cast, bridge_kind="interpreter", bridge="Tolkentelefoon", read=row.edited_at.isoformat())
    assert sent(cast.anna, "gathering_change", row.pk, **data).status_code == 302
    assert "er is nog niemand die tolkt" not in text_of(cast.anna, "gathering", row.pk)
    letter = text_of(cast.anna, "gathering_invitation", row.pk)
    assert "Tolkentelefoon tolkt voor ons" in letter
    assert "Uw kind hoeft niet te tolken" in letter


def test_the_language_is_kept_where_one_is_reached(cast: Cast) -> None:
    tie = Guardianship.objects.get(guardian=els(cast))
    assert sent(cast.bram, "contact", tie.pk, read=0, language="tr").status_code == 302
    assert Contact.objects.get(guardian=els(cast)).language == "tr"
    assert sent(cast.els, "my_contact", read=1, language="pl").status_code == 302
    assert Contact.objects.get(guardian=els(cast)).language == "pl"


def test_the_preparation_stays_in_the_school(cast: Cast, travel: Any) -> None:
    row = planned(cast)
    note = {"done_goal": "on", "note_goal": "Rustig beginnen", "read": row.edited_at.isoformat()}
    travel.shift(60)
    assert sent(cast.anna, "gathering_prepare", row.pk, **note).status_code == 302
    row.refresh_from_db()
    assert row.preparation["goal"] == [True, "Rustig beginnen"]
    assert "Rustig beginnen" in text_of(cast.bram, "gathering", row.pk)
    assert "Rustig" not in text_of(cast.anna, "gathering_invitation", row.pk)
    late = sent(cast.bram, "gathering_prepare", row.pk, **{**note, "note_goal": "Anders"})
    assert late.status_code == 409
    assert "Anders" in late.content.decode()
    assert "Rustig beginnen" in late.content.decode()


def test_what_was_said_is_told_with_the_pupils_words_and_shown_at_home(cast: Cast, travel: Any) -> None:
    report = held(cast, travel)
    assert look(cast.els, "my_report", report.pk).status_code == 404
    assert "Ik wil meedoen" not in text_of(cast.els, "my_reports")
    nobody = sent(cast.anna, "talk_report_show", report.pk)
    assert nobody.status_code == 409
    assert sent(cast.anna, "talk_report_show", report.pk, to_guardians="on").status_code == 302
    assert "Ik wil meedoen" in text_of(cast.els, "my_report", report.pk)
    assert may_look(cast, "my_report", report.pk) == {"els"}
    assert Notice.objects.filter(receiver=cast.els, event="talk_report.shown").count() == 1
    assert sent(cast.els, "my_report", report.pk, says="right").status_code == 302
    empty = sent(cast.els, "my_report", report.pk, says="more", text="")
    assert empty.status_code == 409
    assert sent(cast.els, "my_report", report.pk, says="more", text="Thuis slaapt zij slecht.").status_code == 302
    page = text_of(cast.anna, "gathering", report.gathering_id)
    assert "dit klopt" in page
    assert "Thuis slaapt zij slecht." in page
    assert TalkResponse.objects.filter(guardian=els(cast)).count() == 2


def test_one_parent_does_not_read_what_the_other_said(cast: Cast, travel: Any) -> None:
    report = held(cast, travel)
    Guardianship.objects.filter(guardian__person=cast.pim.person).update(has_authority=True)
    sent(cast.anna, "talk_report_show", report.pk, to_guardians="on", to_pupil="on")
    sent(cast.els, "my_report", report.pk, says="more", text="Alleen voor school.")
    for other in (cast.pim, cast.noor):
        assert "Alleen voor school." not in text_of(other, "my_report", report.pk)


def test_who_shows_a_report_reads_which_parent_was_not_there(cast: Cast, travel: Any) -> None:
    report = held(cast, travel)
    assert "wie er niet bij was" not in text_of(cast.anna, "gathering", report.gathering_id)  # Els alone has authority, and came
    Guardianship.objects.filter(guardian__person=cast.pim.person).update(has_authority=True)
    assert "wie er niet bij was: Pim" in text_of(cast.anna, "gathering", report.gathering_id)
    Pupil.objects.filter(pk=cast.pupil_noor.pk).update(birth_date="2008-01-01")  # of sixteen: who reads along, the pupil says
    assert "wie er niet bij was" not in text_of(cast.anna, "gathering", report.gathering_id)


def test_what_one_says_of_a_report_is_not_on_paper(cast: Cast, travel: Any) -> None:
    """“Een andere ouder leest het niet”: and paper comes home."""
    report = held(cast, travel)
    TalkResponse.objects.create(school=cast.beuk, report=report, guardian=els(cast), is_right=False, text="Geheim", said_at=MONDAY)
    one = whole(cast.anna, report.gathering, at=MONDAY + timedelta(days=3))
    paper = paper_of(one, report, cast.beuk, on=MONDAY.date())
    assert ("Geheim" in str(paper), "Ik wil meedoen." in str(paper), len(one.responses)) == (False, True, 1)


def test_a_report_lacks_no_words_of_the_pupil_and_changes_only_until_it_is_read(cast: Cast, travel: Any) -> None:
    row = planned(cast)
    told = {"came": [str(seat.pk) for seat in row.seats.all()], "text": "Wij spraken over buiten spelen."}
    early = sent(cast.anna, "gathering_held", row.pk, **told, pupil_words="Ja")
    assert (early.status_code, "nog niet geweest" in early.content.decode()) == (409, True)
    travel.move_to(MONDAY + timedelta(days=20))
    assert "er is nog geen verslag" in text_of(cast.anna, "gathering", row.pk)
    assert "verslag te laat" in text_of(cast.anna, "gatherings")
    silent = sent(cast.anna, "gathering_held", row.pk, **told)
    assert (silent.status_code, "wat de leerling zelf zei" in silent.content.decode()) == (409, True)
    assert sent(cast.anna, "gathering_held", row.pk, **told, no_words_because="Zij was er niet bij").status_code == 302
    report = TalkReport.objects.get()
    travel.shift(60)
    new = {"text": "Wij spraken over samen spelen.", "pupil_words": "Ik wil", "read": report.edited_at.isoformat()}
    assert sent(cast.anna, "gathering_held", row.pk, **new).status_code == 302
    both = sent(cast.bram, "gathering_held", row.pk, **{**new, "text": "Ik schreef iets heel anders."})
    assert both.status_code == 409
    assert [text in both.content.decode() for text in ("Ik schreef iets heel anders.", "Wij spraken over samen spelen.")] == [True, True]
    sent(cast.anna, "talk_report_show", report.pk, to_guardians="on")
    shown = sent(cast.anna, "gathering_held", row.pk, **{**new, "read": TalkReport.objects.get().edited_at.isoformat()})
    assert (shown.status_code, "thuis al te lezen" in shown.content.decode()) == (409, True)


def test_an_agreement_of_a_colleague_is_a_task(cast: Cast, travel: Any) -> None:
    report = held(cast, travel)
    agreed = {"text": "Elke week even praten", "colleague": str(cast.bram.pk), "by_on": "2025-11-20"}
    assert sent(cast.anna, "agreement_new", report.gathering_id, **agreed).status_code == 302
    row = Agreement.objects.get()
    assert (row.who, row.task.owner if row.task else None) == ("Bram van de Test", cast.bram)
    assert reverse("agreement", args=[cast.bram.pk, row.pk]) in text_of(cast.bram, "tasks")
    assert may_look(cast, "agreement", row.pk) == {"anna", "bram"}
    assert sent(cast.bram, "agreement", row.pk).status_code == 302
    assert Task.objects.get(kind="agreement.keep").done_at is not None
    other = sent(cast.anna, "agreement_new", report.gathering_id, text="Vroeg naar bed", who="moeder", by_on="2025-11-20")
    assert other.status_code == 302


def test_what_is_called_off_has_a_reason_and_asks_no_report(cast: Cast) -> None:
    row = planned(cast)
    assert sent(cast.anna, "gathering_off", row.pk, because="ziek").status_code == 409
    assert sent(cast.anna, "gathering_off", row.pk, because="Moeder is ziek geworden").status_code == 302
    assert Task.objects.get(kind="talk.report_due").dropped_at is not None
    assert sent(cast.anna, "gathering_off", row.pk, because="Moeder is ziek geworden").status_code == 409
    assert "gaat niet door" in text_of(cast.anna, "gatherings")


def test_a_talk_of_colleagues_is_not_shown_at_home(cast: Cast, travel: Any) -> None:
    report = held(cast, travel, kind="colleagues", guardians=[], first_with="", colleagues=[str(cast.anna.pk), str(cast.bram.pk)])
    assert look(cast.anna, "gathering_invitation", report.gathering_id).status_code == 404
    assert sent(cast.anna, "talk_report_show", report.pk, to_guardians="on").status_code == 409


def test_a_three_way_talk_counts_when_all_three_came(cast: Cast, travel: Any) -> None:
    report = held(cast, travel, kind="three_way_talk", with_pupil="on")
    now = MONDAY + timedelta(days=3)
    assert (counted(cast.anna, cast.pupil_noor, at=now).three_way_talks, counted(cast.anna, cast.pupil_noor, at=now).pupil_talks) == (1, 1)
    report.gathering.seats.filter(pupil=cast.pupil_noor).update(came=False)
    assert counted(cast.anna, cast.pupil_noor, at=now).three_way_talks == 0
    assert "0 van 3 dit schooljaar" in text_of(cast.anna, "pupil_gatherings", cast.pupil_noor.pk)


def test_three_talks_ask_as_much_as_one(cast: Cast, travel: Any) -> None:
    held(cast, travel, kind="three_way_talk", with_pupil="on")
    TalkReport.objects.update(shown_to_guardians_at=MONDAY)
    Gathering.objects.update(shown_to_guardians_at=MONDAY)
    pages = ((cast.anna, "gatherings", ()), (cast.anna, "pupil_gatherings", (cast.pupil_noor.pk,)), (cast.els, "my_reports", ()))
    once = [queries_for(actor, route, keys) for actor, route, keys in pages]
    for _ in range(2):
        _again(cast)
    assert [queries_for(actor, route, keys) for actor, route, keys in pages] == once


def _again(cast: Cast) -> None:
    row = Gathering.objects.first()
    assert row is not None
    seats, report = list(row.seats.all()), row.report
    row.pk, row._state.adding = None, True
    row.save()
    for seat in seats:
        seat.pk, seat._state.adding, seat.gathering = None, True, row
        seat.save()
    report.pk, report._state.adding, report.gathering = None, True, row
    report.save()
    Agreement.objects.create(school=cast.beuk, gathering=row, text="Weer praten", who="juf")


def test_a_child_of_another_class_is_not_told_of(cast: Cast) -> None:
    pupil(cast.group_6b, "Noortje", 6)
    answer = sent(cast.anna, "gathering_new", cast.pupil_noor.pk, **planning(cast, bridge_kind="adult", bridge="Noortje"))
    assert answer.status_code == 302
    assert Pupil.objects.filter(given_name="Noortje").exists()
