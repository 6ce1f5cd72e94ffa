"""A sociogram comes in: whole or not at all."""

import pytest

from kring.core.rounds import RoundAlreadyClosed
from kring.core.sociometry import AbsentPupilChooses, ChoosesOneself, NominationTwice, Participation, PupilNotOnList
from kring.web.models import Invitation, ListedPupil, Nomination, Pupil, Round, Sociogram, Submission
from kring.web.sociograms.intake import Choice, take_sociogram
from tests.cast import Cast
from tests.measurements import HANDED_IN, SOCIOGRAM, classmates, round_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(cast: Cast) -> Round:
    return round_of(cast.group_6a, SOCIOGRAM, "Wie kiest wie")


def chosen(chooser: Pupil, other: Pupil, question: str = "together", polarity: int = 1) -> Choice:
    return Choice(question, polarity, chooser.pk, other.pk)


def test_list_participation_and_choices_are_kept(cast: Cast, opened: Round) -> None:
    (third,) = classmates(cast.group_6a, 1)
    listed = {cast.pupil_noor.pk: Participation.DONE, cast.pupil_sem.pk: None, third.pk: Participation.ABSENT}
    kept = take_sociogram(opened, cast.group_6a, listed=listed, choices=[chosen(cast.pupil_noor, third)], at=HANDED_IN)
    assert set(ListedPupil.objects.filter(sociogram=kept).values_list("pupil", "participation")) == {
        (cast.pupil_noor.pk, "done"),
        (cast.pupil_sem.pk, "absent"),  # silence is never read as: chooses nobody
        (third.pk, "absent"),
    }
    assert list(Nomination.objects.values_list("question", "polarity", "chooser", "chosen")) == [
        ("together", 1, cast.pupil_noor.pk, third.pk)
    ]


def test_everybody_is_invited_and_who_took_part_has_handed_in(cast: Cast, opened: Round) -> None:
    listed = {cast.pupil_noor.pk: Participation.EMPTY, cast.pupil_sem.pk: Participation.REFUSED}
    take_sociogram(opened, cast.group_6a, listed=listed, choices=[], at=HANDED_IN)
    assert Invitation.objects.filter(round=opened).count() == 2
    assert Submission.objects.get().invitation.pupil == cast.pupil_noor


def test_two_questions_may_name_the_same_classmate(cast: Cast, opened: Round) -> None:
    listed = dict.fromkeys((cast.pupil_noor.pk, cast.pupil_sem.pk), Participation.DONE)
    choices = [chosen(cast.pupil_noor, cast.pupil_sem), chosen(cast.pupil_noor, cast.pupil_sem, "help")]
    take_sociogram(opened, cast.group_6a, listed=listed, choices=choices, at=HANDED_IN)
    assert Nomination.objects.count() == 2


@pytest.mark.parametrize(
    ("pairs", "refusal"),
    [
        (["noor noor"], ChoosesOneself),
        (["noor sem", "noor sem"], NominationTwice),
        (["noor lot"], PupilNotOnList),
        (["sem noor"], AbsentPupilChooses),
    ],
)
def test_one_wrong_choice_keeps_nothing(cast: Cast, opened: Round, pairs: list[str], refusal: type[Exception]) -> None:
    people = {"noor": cast.pupil_noor, "sem": cast.pupil_sem, "lot": cast.pupil_lot}
    choices = [chosen(people[pair.split()[0]], people[pair.split()[1]]) for pair in pairs]
    listed = {cast.pupil_noor.pk: Participation.DONE, cast.pupil_sem.pk: Participation.ABSENT}
    with pytest.raises(refusal):
        take_sociogram(opened, cast.group_6a, listed=listed, choices=choices, at=HANDED_IN)
    assert not Sociogram.objects.exists()
    assert not Invitation.objects.exists()


def test_a_closed_round_takes_nothing(cast: Cast, opened: Round) -> None:
    opened.closed_at = HANDED_IN
    opened.save()
    with pytest.raises(RoundAlreadyClosed):
        take_sociogram(opened, cast.group_6a, listed={}, choices=[], at=HANDED_IN)
