"""Answers come in: kept whole or not at all, and never in an order that tells something."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kring.core.answers import AnswerOutsideScale, Missing, UnknownItem
from kring.core.rounds import AnsweredTwice, RoundAlreadyClosed
from kring.web.models import AnonymousSubmission, Invitation, Pupil, Round, ScalePrecision, Submission
from kring.web.surveys.intake import Incoming, take_anonymous, take_submissions
from tests.cast import Cast
from tests.measurements import HANDED_IN, PUPIL_LIST, answers, classmates, list_round, round_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(cast: Cast) -> Round:
    return round_of(cast.group_6a, PUPIL_LIST, "Najaarslijst")


def list_of(pupil: Pupil, given: dict[str, int | Missing] | dict[str, int], at: datetime | None = HANDED_IN) -> Incoming:
    return Incoming(pupil.pk, pupil.enrolments.get().group_id, given, at)


def test_the_pupil_is_invited_and_the_answers_are_kept(cast: Cast, opened: Round) -> None:
    take_submissions(opened, [list_of(cast.pupil_noor, answers(PUPIL_LIST, 0)), list_of(cast.pupil_sem, {}, at=None)])
    assert {one.pupil for one in Invitation.objects.filter(round=opened)} == {cast.pupil_noor, cast.pupil_sem}
    submission = Submission.objects.get()
    assert (submission.invitation.pupil, submission.submitted_at) == (cast.pupil_noor, HANDED_IN)
    assert submission.answers == answers(PUPIL_LIST, 0)


def test_reasons_are_kept_and_what_was_not_answered_is_left_out(cast: Cast, opened: Round) -> None:
    given: dict[str, int | Missing] = dict.fromkeys(("w1", "w2", "w3"), Missing.DONT_KNOW) | {"w4": 3, "w5": 3, "c1": Missing.NOT_ANSWERED}
    take_submissions(opened, [list_of(cast.pupil_noor, given)])
    assert Submission.objects.get().answers == {"w1": "dont_know", "w2": "dont_know", "w3": "dont_know", "w4": 3, "w5": 3}


def test_who_was_invited_before_is_not_invited_again(cast: Cast, opened: Round) -> None:
    take_submissions(opened, [list_of(cast.pupil_noor, {}, at=None)])
    take_submissions(opened, [list_of(cast.pupil_noor, answers(PUPIL_LIST, 0))])
    assert Invitation.objects.filter(round=opened).count() == 1


@pytest.mark.parametrize(("given", "refusal"), [({"w1": 5}, AnswerOutsideScale), ({"bestaat_niet": 1}, UnknownItem)])
def test_one_wrong_answer_keeps_nothing(cast: Cast, opened: Round, given: dict[str, int], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        take_submissions(opened, [list_of(cast.pupil_noor, answers(PUPIL_LIST, 0)), list_of(cast.pupil_sem, given)])
    assert not Invitation.objects.exists()


def test_a_second_list_about_the_same_pupil_is_refused(cast: Cast, opened: Round) -> None:
    take_submissions(opened, [list_of(cast.pupil_noor, answers(PUPIL_LIST, 0))])
    with pytest.raises(AnsweredTwice) as refused:
        take_submissions(opened, [list_of(cast.pupil_sem, answers(PUPIL_LIST, 0)), list_of(cast.pupil_noor, answers(PUPIL_LIST, 1))])
    assert refused.value.pupil == str(cast.pupil_noor.pk)
    assert [one.invitation.pupil for one in Submission.objects.all()] == [cast.pupil_noor]


def test_two_lists_about_one_pupil_in_one_go_are_refused(cast: Cast, opened: Round) -> None:
    with pytest.raises(AnsweredTwice):
        take_submissions(opened, [list_of(cast.pupil_noor, answers(PUPIL_LIST, place)) for place in (0, 1)])
    assert not Submission.objects.exists()


def test_a_closed_round_takes_nothing(cast: Cast, opened: Round) -> None:
    opened.closed_at = datetime(2025, 11, 29, tzinfo=UTC)
    opened.save()
    with pytest.raises(RoundAlreadyClosed):
        take_submissions(opened, [list_of(cast.pupil_noor, answers(PUPIL_LIST, 0))])
    with pytest.raises(RoundAlreadyClosed):
        take_anonymous(opened, cast.group_6a, [answers(PUPIL_LIST, 0)])


def test_precision_comes_from_everything_in_the_school_and_of_no_other(cast: Cast) -> None:
    list_round(cast.group_6a, classmates(cast.group_6a, 16))
    assert not ScalePrecision.objects.exists()
    list_round(cast.group_6b, classmates(cast.group_6b, 16), "Lijst van 6B")
    list_round(cast.group_eik, classmates(cast.group_eik, 3), "Lijst van De Eik")
    kept = ScalePrecision.objects.get(scale="wellbeing")
    assert (kept.school, kept.n, kept.reliability, kept.origin) == (cast.beuk, 32, 0.75, "assumed")
    assert ScalePrecision.objects.count() == 4


def test_anonymous_answers_are_written_in_the_order_of_random_keys(cast: Cast, opened: Round) -> None:
    given = [answers(PUPIL_LIST, place) for place in range(12)]
    with CaptureQueriesContext(connection) as asked:
        take_anonymous(opened, cast.group_6a, given)
    (written,) = (query["sql"] for query in asked if query["sql"].startswith('INSERT INTO "kring_anonymoussubmission"'))
    kept = sorted(AnonymousSubmission.objects.all(), key=lambda one: one.pk)
    places = [max(written.find(one.pk.hex), written.find(str(one.pk))) for one in kept]
    assert places == sorted(places)
    assert min(places) > 0
    assert sorted(sorted(one.answers.items()) for one in kept) == sorted(sorted(row.items()) for row in given)


def test_anonymous_answers_have_no_pupil_and_no_moment(cast: Cast, opened: Round) -> None:
    take_anonymous(opened, cast.group_6a, [answers(PUPIL_LIST, 0)])
    assert {field.name for field in AnonymousSubmission._meta.get_fields()} == {"id", "school", "round", "group", "answers"}
    assert not Invitation.objects.exists()


def test_anonymous_answers_count_for_precision(cast: Cast, opened: Round) -> None:
    take_anonymous(opened, cast.group_6a, [answers(PUPIL_LIST, place % 12) for place in range(31)])
    assert ScalePrecision.objects.get(scale="wellbeing").n == 31


def test_as_many_questions_for_twenty_lists_as_for_one(cast: Cast) -> None:
    some, many = [cast.pupil_lot], classmates(cast.group_6a, 20)
    with CaptureQueriesContext(connection) as for_one:
        list_round(cast.group_6b, some)
    with CaptureQueriesContext(connection) as for_twenty:
        list_round(cast.group_6a, many, "Lijst van 6A")
    assert len(for_twenty) == len(for_one)
