"""What a teacher expects: written before the result, sealed, nobody else's, and afterwards beside what came out."""

from typing import Any

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.db.utils import DatabaseError
from django.urls import reverse
from django.utils import timezone

from kring.core.prediction import Expected, PredictionTooLate
from kring.web.models import Assignment, Group, Invitation, Membership, PredictedPupil, Prediction, Pupil, Reopening, Round, Sociogram
from kring.web.sociograms.predicting.actions import expect
from tests.asking import may_look, queries_for, text_of
from tests.cast import START, Cast, client_of, pupil
from tests.measurements import SOCIOGRAM, classmates, close, round_of, sociogram_round

pytestmark = pytest.mark.django_db


def asked(group: Group, pupils: list[Pupil]) -> Round:
    made = round_of(group, SOCIOGRAM, "Herfst")
    Invitation.objects.bulk_create(Invitation(school=group.school, round=made, group=group, pupil=one) for one in pupils)
    return made


def send(actor: Membership, round: Round, group: Group, *, often: Pupil | None = None, never: Pupil | None = None, **more: str) -> Any:
    said = {f"pupil-{one.pk}": word for one, word in ((often, "often"), (never, "never")) if one}
    return client_of(actor).post(reverse("prediction", args=[actor.pk, group.pk, round.pk]), said | more)


def test_it_is_changed_until_it_is_sealed_and_not_after(cast: Cast) -> None:
    group, made = cast.group_6a, asked(cast.group_6a, [cast.pupil_noor, cast.pupil_sem])
    assert send(cast.anna, made, group, often=cast.pupil_noor).status_code == 302
    assert send(cast.anna, made, group, never=cast.pupil_noor, often=cast.pupil_sem, seal="1").status_code == 302
    assert sorted(PredictedPupil.objects.values_list("expected", flat=True)) == ["never", "often"]
    assert "Uw verwachting staat vast" in text_of(cast.anna, "prediction", group.pk, made.pk)
    again = send(cast.anna, made, group, often=cast.pupil_noor)
    assert (again.status_code, "al vastgezet" in again.content.decode()) == (409, True)
    assert PredictedPupil.objects.get(pupil=cast.pupil_noor).expected == "never"


def test_the_page_is_found_from_the_round_and_from_the_group_while_the_round_is_open(cast: Cast) -> None:
    """Only then: afterwards the round has no page of this group, and nothing points at it."""
    made, group = asked(cast.group_6a, [cast.pupil_noor]), cast.group_6a
    address = reverse("prediction", args=[cast.anna.pk, group.pk, made.pk])
    of_group = reverse("round_group", args=[cast.anna.pk, made.pk, group.pk])
    for page in (text_of(cast.anna, "round", made.pk), text_of(cast.anna, "group", group.pk)):
        assert f'href="{of_group}"' in page
    assert address in text_of(cast.anna, "round_group", made.pk, group.pk)
    close(made)
    assert f'href="{of_group}"' not in text_of(cast.anna, "prediction", group.pk, made.pk) + text_of(cast.anna, "round", made.pk)
    assert client_of(cast.anna).get(of_group).status_code == 404


@pytest.mark.parametrize("key", ["kring-sociogram-punten", "kring-sociogram-rollen", "kring-sociogram-pesten"])
def test_nothing_is_expected_of_a_list_that_does_not_ask_whom_one_chooses(cast: Cast, key: str) -> None:
    made = asked(cast.group_6a, [cast.pupil_noor])
    Round.objects.filter(pk=made.pk).update(instrument=key, version=1)
    assert "Wat verwacht u?" not in text_of(cast.anna, "round_group", made.pk, cast.group_6a.pk)
    assert client_of(cast.anna).get(reverse("prediction", args=[cast.anna.pk, cast.group_6a.pk, made.pk])).status_code == 404


def test_nothing_to_seal_is_said(cast: Cast) -> None:
    made = asked(cast.group_6a, [cast.pupil_noor])
    answer = send(cast.anna, made, cast.group_6a, seal="1")
    assert (answer.status_code, "Kies minstens één leerling" in answer.content.decode()) == (409, True)
    assert not Prediction.objects.exists()


def test_who_does_not_take_part_is_not_to_be_expected(cast: Cast) -> None:
    made = asked(cast.group_6a, [cast.pupil_noor, cast.pupil_sem])
    Invitation.objects.filter(pupil=cast.pupil_sem).update(withdrawn_at=timezone.now())
    assert "Sem" not in text_of(cast.anna, "prediction", cast.group_6a.pk, made.pk)
    expect(cast.anna, cast.group_6a, made, {cast.pupil_sem.pk: Expected.OFTEN}, at=timezone.now())
    assert not PredictedPupil.objects.exists()


@pytest.mark.parametrize("was_reopened", [False, True])
def test_after_the_result_nothing_is_predicted(cast: Cast, was_reopened: bool) -> None:  # noqa: FBT001
    made = close(asked(cast.group_6a, [cast.pupil_noor]))
    assert "van tevoren" in text_of(cast.anna, "prediction", cast.group_6a.pk, made.pk)
    if was_reopened:
        days: dict[str, Any] = {"closes_on": made.closes_on, "until_on": made.closes_on}
        Reopening.objects.create(
            school=cast.beuk, round=made, reason="ziek", closed_at=timezone.now(), reopened_at=timezone.now(), reopened_by=cast.bram, **days
        )
        Round.objects.filter(pk=made.pk).update(closed_at=None)
    with pytest.raises(PredictionTooLate):
        expect(cast.anna, cast.group_6a, made, {cast.pupil_noor.pk: Expected.OFTEN}, at=timezone.now())
    assert send(cast.anna, made, cast.group_6a, often=cast.pupil_noor).status_code == 409


def refused(change: Any) -> bool:
    try:
        with transaction.atomic():
            change()
    except (IntegrityError, InternalError, DatabaseError) as stopped:
        return "stays as it was said" in str(stopped)
    return False


def test_the_database_itself_keeps_what_was_said(cast: Cast) -> None:
    made = asked(cast.group_6a, [cast.pupil_noor, cast.pupil_sem])
    send(cast.anna, made, cast.group_6a, often=cast.pupil_noor)
    mine, row = Prediction.objects.get(), PredictedPupil.objects.get()
    Prediction.objects.filter(pk=mine.pk).update(made_at=timezone.now())  # while it is open
    PredictedPupil.objects.update(expected="never")

    def more() -> None:
        PredictedPupil.objects.create(school=cast.beuk, prediction=mine, pupil=cast.pupil_sem, expected="often")

    close(made)
    assert refused(more)
    Round.objects.filter(pk=made.pk).update(closed_at=None)
    Prediction.objects.filter(pk=mine.pk).update(sealed_at=timezone.now())
    assert refused(more)
    assert refused(lambda: PredictedPupil.objects.filter(pk=row.pk).update(expected="often"))
    assert refused(lambda: Prediction.objects.filter(pk=mine.pk).update(sealed_at=None))
    PredictedPupil.objects.filter(pk=row.pk).update(pupil=cast.pupil_sem)  # the same child, entered twice
    cast.pupil_sem.enrolments.all().delete()
    PredictedPupil.objects.filter(pk=row.pk).delete()  # goes with the pupil


def test_afterwards_it_stands_beside_what_came_out(cast: Cast) -> None:
    pupils = classmates(cast.group_6a, 12)
    found = sociogram_round(cast.group_6a, pupils)
    Round.objects.update(closed_at=None)  # as it was before
    answer = send(cast.anna, found.round, cast.group_6a, often=pupils[0], never=pupils[-1], seal="1")
    assert answer.status_code == 302, answer.context["refusal"]
    assert "zoals u dacht" not in text_of(cast.anna, "prediction", cast.group_6a.pk, found.round_id)  # still open
    close(Round.objects.get())
    page = text_of(cast.anna, "prediction", cast.group_6a.pk, found.round_id)
    assert "0 keer gekozen · zoals u dacht" in page
    assert "3 keer gekozen · niet opvallend vaak" in page
    Sociogram.objects.update(choices_gone_at=timezone.now())
    assert "zoals u dacht" not in text_of(cast.anna, "prediction", cast.group_6a.pk, found.round_id)


def test_it_is_its_author_s_alone(cast: Cast) -> None:
    group, made = cast.group_6a, asked(cast.group_6a, [cast.pupil_noor, cast.pupil_sem])
    assert may_look(cast, "prediction", group.pk, made.pk) == {"anna"}
    send(cast.anna, made, group, often=cast.pupil_noor, seal="1")
    Assignment.objects.create(school=cast.beuk, membership=cast.carla, group=group, from_at=START)
    assert "Vastzetten" in text_of(cast.carla, "prediction", group.pk, made.pk)  # her own, and it is empty
    assert PredictedPupil.objects.count() == 1


def test_a_list_without_choices_has_none(cast: Cast) -> None:
    made = round_of(cast.group_6a, "kring-leerling", "Lijst")
    Invitation.objects.create(school=cast.beuk, round=made, group=cast.group_6a, pupil=cast.pupil_noor)
    assert may_look(cast, "prediction", cast.group_6a.pk, made.pk) == set()


def test_more_names_ask_no_more_of_the_database(cast: Cast) -> None:
    made = asked(cast.group_6a, [cast.pupil_noor])
    one = queries_for(cast.anna, "prediction", [cast.group_6a.pk, made.pk])
    for name in ("Mees", "Kick"):
        Invitation.objects.create(school=cast.beuk, round=made, group=cast.group_6a, pupil=pupil(cast.group_6a, name, 6))
    assert queries_for(cast.anna, "prediction", [cast.group_6a.pk, made.pk]) == one
