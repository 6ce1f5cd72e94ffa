"""Scores of another system: brought, looked at, taken over, taken back, and shown apart."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from kring.core.external_scores import ScoreScale
from kring.web.external_results.actions import name_scale
from kring.web.models import Entry, ExternalFile, ExternalScale, ExternalScore, Membership, Pupil, StoredFile
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, move

pytestmark = pytest.mark.django_db

SDQ, HERE = "sdq-leerkracht-1", "Uit een ander systeem"
FILE = "leerlingnummer;naam;Emotionele problemen;Prosociaal gedrag\nnoor;Noor Test;7;3,5\nsem;Sem Test;2;\n"


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.FILES = tmp_path


def bring(actor: Membership, text: str = FILE, *, system: str = SDQ, day: str = "2025-10-06") -> Any:
    data = {"system": system, "measured_on": day, "file": SimpleUploadedFile("uitslagen.csv", text.encode())}
    return client_of(actor).post(reverse("external_files", args=[actor.pk]), data)


def post(actor: Membership, route: str, row: ExternalFile | ExternalScale, **sent: str) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, row.pk]), sent)


def shown(actor: Membership, row: ExternalFile) -> str:
    page = look(actor, "external_file", row.pk)
    return str(page.context["proposal"].fingerprint) if "proposal" in page.context else ""


def take_over(actor: Membership, text: str = FILE, **more: str) -> ExternalFile:
    bring(actor, text, **more)
    row = ExternalFile.objects.get(applied_at=None)
    assert post(actor, "external_file_apply", row, shown=shown(actor, row)).status_code == 302
    row.refresh_from_db()
    return row


def standing(pupil: Pupil) -> dict[str, float]:
    from kring.web.external_results.queries import results_of

    bram = Membership.objects.get(person__username="bram")
    return {score.scale.name: score.value for one in results_of(bram, pupil) for score in one.scores}


def test_a_file_is_looked_at_and_taken_over_whole(cast: Cast) -> None:
    answer = bring(cast.bram)
    row = ExternalFile.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("external_file", args=[cast.bram.pk, row.pk]))
    assert not ExternalScore.objects.exists()
    preview = text_of(cast.bram, "external_file", row.pk)
    assert "nieuwe uitslagen" in preview
    assert "Niet gelezen zijn de kolommen:" in preview
    post(cast.bram, "external_file_apply", row, shown=shown(cast.bram, row))
    assert standing(cast.pupil_noor) == {"Emotionele problemen": 7, "Prosociaal gedrag": 3.5}
    assert standing(cast.pupil_sem) == {"Emotionele problemen": 2}
    row.refresh_from_db()
    assert (row.outcome, row.file) == ({"pupils": 2, "scales": 2, "new": 3, "changed": 0, "same": 0}, None)
    assert not StoredFile.objects.exists()
    told = Entry.objects.filter(name__startswith="external_file").values_list("name", flat=True)
    assert list(told) == ["external_file.checked", "external_file.applied"]


def test_the_same_file_twice_changes_nothing(cast: Cast) -> None:
    take_over(cast.bram)
    bring(cast.bram)
    row = ExternalFile.objects.get(applied_at=None)
    assert "Er valt niets over te nemen" in text_of(cast.bram, "external_file", row.pk)
    answer = post(cast.bram, "external_file_apply", row, shown=shown(cast.bram, row))
    assert (answer.status_code, ExternalScore.objects.count()) == (409, 3)
    assert "staan al in Kring" in answer.content.decode()
    assert post(cast.bram, "external_file_throw_away", row).status_code == 302
    assert not StoredFile.objects.exists()


def test_a_wrong_file_is_taken_back_whole_and_what_was_there_counts_again(cast: Cast) -> None:
    take_over(cast.bram)
    wrong = take_over(cast.bram, FILE.replace(";7;", ";9;"))
    assert wrong.outcome == {"pupils": 2, "scales": 2, "new": 0, "changed": 1, "same": 2}
    assert standing(cast.pupil_noor)["Emotionele problemen"] == 9
    assert post(cast.bram, "external_file_take_back", wrong).status_code == 302
    assert standing(cast.pupil_noor)["Emotionele problemen"] == 7
    assert Entry.objects.filter(name="external_file.taken_back").count() == 1
    again = post(cast.bram, "external_file_take_back", wrong)
    assert (again.status_code, "was al teruggedraaid" in again.content.decode()) == (409, True)


def test_what_was_taken_over_is_not_taken_over_twice_nor_when_it_changed_meanwhile(cast: Cast) -> None:
    bring(cast.bram)
    row = ExternalFile.objects.get()
    seen = shown(cast.bram, row)
    take_over_of_another = ExternalFile.objects.create(
        school=cast.beuk, author=cast.bram, system=SDQ, title="SDQ", measured_on=row.measured_on, brought_at=timezone.now(),
        applied_at=timezone.now(),
    )  # fmt: skip
    scale = ExternalScale.objects.create(
        school=cast.beuk, system=SDQ, title="SDQ", name="Emotionele problemen", plain="emotionele problemen", low=0, high=10, direction=-1
    )
    ExternalScore.objects.create(
        school=cast.beuk, file=take_over_of_another, pupil=cast.pupil_noor, scale=scale, measured_on=row.measured_on, value=1
    )
    answer = post(cast.bram, "external_file_apply", row, shown=seen)
    assert (answer.status_code, ExternalScore.objects.count()) == (409, 1)
    assert post(cast.bram, "external_file_apply", row, shown=shown(cast.bram, row)).status_code == 302
    assert post(cast.bram, "external_file_apply", row, shown=seen).status_code == 409
    assert ExternalScore.objects.count() == 4


def test_every_mistake_is_listed_and_nothing_is_kept(cast: Cast) -> None:
    answer = bring(cast.bram, "leerlingnummer;Emotionele problemen;Pesten;BMI\nnoor;11;1;20\n")
    page = answer.content.decode()
    assert (answer.status_code, ExternalFile.objects.count(), StoredFile.objects.count()) == (409, 0, 0)
    assert "Deze schaal is niet bekend. " not in page.split("Bekend zijn:")[0] or "Pesten" in page
    assert "Prosociaal gedrag" in page
    assert "gezondheid van één kind" in page
    outside = bring(cast.bram, "leerlingnummer;Emotionele problemen\nnoor;11\nfien;2\n").content.decode()
    assert "loopt van 0 tot en met 10" in outside
    assert "geen leerling met nummer “fien”" in outside


def test_a_day_to_come_is_refused(cast: Cast) -> None:
    assert bring(cast.bram, day="2999-01-01").status_code == 409
    assert not ExternalFile.objects.exists()


def test_a_pupil_who_was_entered_twice_stands_in_a_file_once(cast: Cast) -> None:
    Pupil.objects.filter(pk=cast.pupil_sem.pk).update(merged_into=cast.pupil_noor, merged_at=timezone.now())
    assert "dezelfde leerling" in bring(cast.bram).content.decode()
    take_over(cast.bram, FILE.replace("noor;Noor Test;7;3,5\n", ""))
    assert standing(cast.pupil_noor) == {"Emotionele problemen": 2}


def name(actor: Membership, **given: str) -> Any:
    sent = {"system": "", "title": "", "name": "Inzet", "low": "0", "high": "4,5", "direction": "1", **given}
    return client_of(actor).post(reverse("external_scales", args=[actor.pk]), sent)


def test_a_school_names_the_scales_of_a_system_that_the_library_does_not_know(cast: Cast) -> None:
    assert name(cast.bram, title="Eigen volgsysteem").status_code == 302
    row = ExternalScale.objects.get()
    assert (row.system, row.low, row.high, row.direction) == ("ander-eigen-volgsysteem", 0, 4.5, 1)
    assert "al bekend" in name(cast.bram, title="Eigen volgsysteem", name="INZET").content.decode()
    take_over(cast.bram, "leerling;inzet\nnoor;4,5\n", system=row.system)
    page = text_of(cast.anna, "pupil", cast.pupil_noor.pk)
    assert HERE in page
    assert "van 0 tot en met 4,5" in page
    assert "hangen" not in (refused := post(cast.bram, "external_scale_forget", row)).content.decode()
    assert (refused.status_code, ExternalScale.objects.count()) == (409, 1)


def test_a_scale_of_a_shell_whose_range_nobody_knows_is_named_first(cast: Cast) -> None:
    refused = bring(cast.bram, "leerling;Betrokkenheid\nnoor;3\n", system="zien-leerkracht-1")
    assert (refused.status_code, "noem" in refused.content.decode().lower()) == (409, True)
    name(cast.bram, system="zien-leerkracht-1", name="Betrokkenheid", low="1", high="4")
    take_over(cast.bram, "leerling;Betrokkenheid\nnoor;3\n", system="zien-leerkracht-1")
    assert standing(cast.pupil_noor) == {"Betrokkenheid": 3}
    named = ExternalScale.objects.get()
    assert post(cast.bram, "external_file_take_back", ExternalFile.objects.get()).status_code == 302
    assert post(cast.bram, "external_scale_forget", named).status_code == 302
    assert not ExternalScale.objects.exists()


@pytest.mark.parametrize("given", [{"title": "JGZ contactmoment"}, {"title": "Volgsysteem", "name": "Diagnose"}])
def test_the_health_of_one_pupil_has_no_scale(cast: Cast, given: dict[str, str]) -> None:
    answer = name(cast.bram, **given)
    assert (answer.status_code, ExternalScale.objects.count()) == (409, 0)
    assert "jeugdgezondheidszorg" in answer.content.decode()


@pytest.mark.parametrize("given", [{}, {"system": SDQ, "title": "Iets"}, {"title": "Iets", "low": "laag"}])
def test_a_form_that_is_not_filled_in_comes_back(cast: Cast, given: dict[str, str]) -> None:
    assert (name(cast.bram, **given).status_code, ExternalScale.objects.count()) == (200, 0)


def test_a_range_that_is_turned_round_comes_back_with_what_was_typed(cast: Cast) -> None:
    answer = name(cast.bram, title="Volgsysteem", low="9", high="1")
    assert (answer.status_code, "Volgsysteem" in answer.content.decode()) == (409, True)


def test_scores_go_with_the_pupil_and_stand_apart(cast: Cast) -> None:
    take_over(cast.bram)
    for actor in (cast.anna, cast.bram):
        page = text_of(actor, "pupil", cast.pupil_noor.pk)
        assert HERE in page
        assert "meer problemen" in page
        assert "3,5" in page
    assert HERE not in text_of(cast.anna, "pupil", cast.pupil_sem.pk).replace(HERE, "", 0) or standing(cast.pupil_sem)
    assert HERE not in text_of(cast.rik, "group", cast.group_6a.pk)
    assert "Emotionele problemen" not in text_of(cast.anna, "group", cast.group_6a.pk)
    move(cast.pupil_noor, cast.group_6b, timezone.now())
    assert look(cast.anna, "pupil", cast.pupil_noor.pk).status_code == 404
    assert HERE in text_of(cast.carla, "pupil", cast.pupil_noor.pk)


def test_who_may_look(cast: Cast) -> None:
    coordinators = {"bram", "frans", "gijs"}
    assert may_look(cast, "external_files") == coordinators
    assert may_look(cast, "external_scales") == coordinators
    row = take_over(cast.bram)
    assert may_look(cast, "external_file", row.pk) == {"bram"}
    assert post(cast.anna, "external_file_take_back", row).status_code == 404
    assert post(cast.frans, "external_file_take_back", row).status_code == 404
    assert ExternalScore.objects.exists()


def test_pages_ask_as_much_for_three_as_for_one(cast: Cast) -> None:
    bring(cast.bram, "leerling;Emotionele problemen\nnoor;7\n")
    name_scale(cast.bram, cast.beuk, "Volgsysteem", ScoreScale("Inzet", 0, 4, 1))
    one = ExternalFile.objects.get()
    pages = [("external_file", [one.pk]), ("external_files", []), ("external_scales", []), ("pupil", [cast.pupil_noor.pk])]
    post(cast.bram, "external_file_apply", one, shown=shown(cast.bram, one))
    few = [queries_for(cast.bram, *page) for page in pages]
    bring(cast.bram, FILE + "lot;Lot Test;3;4\n")
    three = ExternalFile.objects.get(applied_at=None)
    for scale in ("Rust", "Durf"):
        name_scale(cast.bram, cast.beuk, "Volgsysteem", ScoreScale(scale, 0, 4, 1))
    preview = queries_for(cast.bram, "external_file", [three.pk])
    post(cast.bram, "external_file_apply", three, shown=shown(cast.bram, three))
    assert [queries_for(cast.bram, *page) for page in pages] == few
    bring(cast.bram, "leerling;Emotionele problemen\nnoor;7\n", day=str(date(2025, 10, 7)))
    assert queries_for(cast.bram, "external_file", [ExternalFile.objects.get(applied_at=None).pk]) >= preview - 1
