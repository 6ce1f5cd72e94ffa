"""Who skips one question counts there as somebody who did not answer, and takes part in the others all the same."""

import pytest

from kring.core.sociometry import Sufficiency
from kring.web.models import ListedPupil, Pupil, Sociogram
from kring.web.sociograms.queries import sociograms
from kring.web.sociograms.understanding.queries import understood
from tests.asking import text_of
from tests.cast import Cast
from tests.measurements import HANDED_IN, classmates
from tests.web.sociograms.choosing_class import asked_round, close, hand_in, who

pytestmark = pytest.mark.django_db


def a_class(cast: Cast, key: str, *, skips: int, of: str, first: str = "together") -> Sociogram:
    """Ten pupils who name the next one, with each question; the last `skips` of them skip the question `of`."""
    pupils: list[Pupil] = [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 8)]
    made = asked_round(cast.group_6a, pupils, key)
    asked = [one.key for one in made.offered.questions]
    for place, one in enumerate(pupils):
        step = {question: pupils[(place + 1 + asked.index(question)) % 10] for question in asked}
        left = {question: who(mate) for question, mate in step.items() if not (question == of and place >= 10 - skips)}
        hand_in(made, one, left)
    close(cast.bram, made, at=HANDED_IN)
    return Sociogram.objects.get()


def test_taking_part_is_counted_by_question_and_together(cast: Cast) -> None:
    row = a_class(cast, "kring-sociogram", skips=3, of="work")
    by = {key: sociograms(cast.anna, pk=row.pk, question=key)[0].picture.sociogram for key in ("together", "work")}
    assert [(one.n_valid, one.sufficiency) for one in by.values()] == [(10, Sufficiency.ALL), (7, Sufficiency.COUNTS)]
    assert by["work"].received.possible.max() == 7  # who skipped it could not choose anybody there
    assert not by["work"].chooses_nobody.any()
    (both,) = sociograms(cast.anna, pk=row.pk)
    assert both.picture.sociogram.n_valid == 10
    assert row.figures["questions"]["work"]["answered"] == 7
    assert "7 van de 10" in text_of(cast.anna, "sociogram", row.pk, question="work")
    assert "oversloeg, telt bij die vraag niet mee" in text_of(cast.anna, "sociogram", row.pk)


def test_who_names_nobody_answered(cast: Cast) -> None:
    pupils = [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 3)]
    made = asked_round(cast.group_6a, pupils, "kring-sociogram")
    for one in pupils:
        hand_in(made, one, {"together": who(), "work": who()})
    close(cast.bram, made, at=HANDED_IN)
    assert Sociogram.objects.get().figures["questions"] == {
        "together": {"answered": 5, "given": 0.0, "named": 0},
        "work": {"answered": 5, "given": 0.0, "named": 0},
        "chosen_by": {"answered": 0},
    }


@pytest.mark.parametrize(("skips", "is_said"), [(1, True), (4, False)])
def test_nothing_is_said_of_a_no_that_too_few_answered(cast: Cast, skips: int, is_said: bool) -> None:
    row = a_class(cast, "kring-sociogram-niet", skips=skips, of="rather_not")
    (seen,) = sociograms(cast.anna, pk=row.pk)
    found = understood(cast.anna, seen)
    assert (found.unfavourable is not None) is is_said
    assert found.status is not None  # of whom one chooses enough is known
    assert sum(one or 0 for one in ListedPupil.objects.values_list("unfavourable", flat=True)) == 10 - skips


def test_who_skips_a_guess_expected_nothing_that_is_known(cast: Cast) -> None:
    row = a_class(cast, "kring-sociogram", skips=2, of="chosen_by")
    (seen,) = sociograms(cast.anna, pk=row.pk)
    thinks = understood(cast.anna, seen).thinks
    assert thinks is not None
    assert thinks.n_valid == 8
