"""Raw choices go on their dates, and those of a pupil who takes no part any more at once; what was counted stays as it was counted."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from kring.core.access import Role
from kring.core.choice_policies import PolicyKind
from kring.web.choice_policies.actions import Decision, decide
from kring.web.models import (
    BullyingName,
    BullyingReport,
    Filling,
    Guardian,
    Invitation,
    ListedPupil,
    Nomination,
    Pupil,
    Rating,
    Reopening,
    Round,
    SetAside,
    Sociogram,
    Submission,
    Task,
)
from kring.web.sociograms.forgetting import intake
from kring.web.sociograms.forgetting.intake import forget_choices
from kring.web.surveys.family.actions import object_on_paper, take_back
from tests.asking import text_of
from tests.cast import Cast, member
from tests.measurements import HANDED_IN, classmates
from tests.web.sociograms.choosing_class import asked_round, close, hand_in, who

pytestmark = pytest.mark.django_db
CLOSED = datetime(2025, 11, 28, 15, tzinfo=UTC)
YEAR, DAY = timedelta(days=365), timedelta(days=1)
ALL_GO = datetime(2028, 8, 1, 12, tzinfo=UTC)  # the school year ended on 31 July 2026


def a_class(cast: Cast, key: str = "kring-sociogram-niet") -> tuple[Round, list[Pupil]]:
    pupils = [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 8)]
    return asked_round(cast.group_6a, pupils, key), pupils


def closed_class(cast: Cast) -> Round:
    """Everybody chooses the next one, and does not choose the first."""
    made, pupils = a_class(cast)
    for place, one in enumerate(pupils):
        hand_in(made, one, {"together": who(pupils[(place + 1) % 10]), "rather_not": who(pupils[0]) if place in (1, 2, 3) else who()})
    return close(cast.bram, made, at=CLOSED)


def guardian_of(pupil: Pupil) -> Guardian:
    return Guardian.objects.get(guardianships__pupil=pupil, guardianships__has_authority=True)


def of(row: Pupil) -> ListedPupil:
    return ListedPupil.objects.get(pupil=row)


def test_a_no_goes_after_a_year_and_its_number_stays(cast: Cast) -> None:
    closed_class(cast)
    forget_choices(at=CLOSED + YEAR - DAY)
    assert Nomination.objects.filter(polarity=-1).count() == 3
    forget_choices(at=CLOSED + YEAR + DAY)
    assert not Nomination.objects.filter(polarity=-1).exists()
    assert Nomination.objects.filter(polarity=1).count() == 10
    assert (of(cast.pupil_noor).unfavourable, of(cast.pupil_noor).received) == (3, 1)
    assert Sociogram.objects.get().rejections_gone_at == CLOSED + YEAR + DAY


def test_a_school_may_let_it_go_sooner(cast: Cast) -> None:
    decide(cast.bram, cast.beuk, Decision(PolicyKind.NEGATIVE, "Een plan voor de sfeer.", date(2025, 10, 1), cast.bram, 30), at=HANDED_IN)
    closed_class(cast)
    forget_choices(at=CLOSED + 30 * DAY)
    assert Nomination.objects.filter(polarity=-1).exists()
    forget_choices(at=CLOSED + 32 * DAY)
    assert not Nomination.objects.filter(polarity=-1).exists()


def test_all_choices_go_two_years_after_the_school_year_and_the_page_says_so(cast: Cast) -> None:
    closed_class(cast)
    forget_choices(at=ALL_GO - DAY)
    assert Nomination.objects.exists()
    forget_choices(at=ALL_GO)
    assert not Nomination.objects.exists()
    row = Sociogram.objects.get()
    assert row.choices_gone_at == ALL_GO
    assert row.figures["listed"] == 10
    assert "1 augustus 2028 verwijderd" in text_of(cast.bram, "sociogram", row.pk)


def test_what_stays_of_the_questions_names_nobody_and_counts_no_refusal(cast: Cast) -> None:
    closed_class(cast)
    forget_choices(at=ALL_GO)
    page = text_of(cast.bram, "sociogram", Sociogram.objects.get().pk)
    assert "gemiddeld 1,0 namen per leerling, 10 leerlingen zijn genoemd" in page
    assert "1 leerling is genoemd" not in page  # with a no


def test_what_nobody_closed_is_counted_before_it_goes(cast: Cast) -> None:
    made, pupils = a_class(cast)
    for one in pupils:
        hand_in(made, one, {"together": who(), "rather_not": who(*[pupils[0]] if one is pupils[1] else [])})
    forget_choices(at=CLOSED + YEAR + 2 * DAY)
    assert not Nomination.objects.filter(polarity=-1).exists()
    assert of(cast.pupil_noor).unfavourable == 1


def test_points_go_with_it(cast: Cast) -> None:
    made, pupils = a_class(cast, "kring-sociogram-punten")
    question = next(one.key for one in made.offered.questions if one.options)
    for one in pupils:
        hand_in(made, one, {question: {"points": {str(other.pk): 4 for other in pupils if other is not one}}})
    close(cast.bram, made, at=CLOSED)
    assert Rating.objects.count() == 90
    forget_choices(at=CLOSED + YEAR + DAY)
    assert not Rating.objects.exists()
    assert Sociogram.objects.get().figures["questions"] == {question: {"answered": 10, "mean": 4.0, "above_middle": 1.0}}
    Round.objects.update(closed_at=None)
    made.refresh_from_db()
    close(cast.bram, made, at=CLOSED + YEAR + 2 * DAY)
    assert Sociogram.objects.get().figures["questions"][question]["mean"] == 4.0  # not: nobody gave any


@pytest.mark.parametrize("stop", [KeyboardInterrupt, DatabaseError])
def test_stopped_halfway_it_goes_on_the_next_time(cast: Cast, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]) -> None:
    closed_class(cast)
    other = asked_round(cast.group_6b, [cast.pupil_lot, *classmates(cast.group_6b, 3)], "kring-sociogram-niet")
    classmate = Invitation.objects.filter(round=other).exclude(pupil=cast.pupil_lot).earliest("pk").pupil
    hand_in(other, cast.pupil_lot, {"together": who(), "rather_not": who(classmate)})
    close(cast.bram, other, at=CLOSED)
    late = CLOSED + YEAR + DAY
    left: list[Sociogram] = []

    def stopped(row: Sociogram) -> None:
        left.append(row)
        if len(left) == (2 if stop is KeyboardInterrupt else 1):  # what breaks itself stops none of the others
            raise stop
        Nomination.objects.filter(sociogram=row, polarity=-1).delete()

    monkeypatch.setitem(intake._FORGOTTEN, "rejections_gone_at", stopped)
    with pytest.raises(stop):
        forget_choices(at=late)
    monkeypatch.undo()
    assert Sociogram.objects.filter(rejections_gone_at=None).count() == 1
    forget_choices(at=late)
    assert not Nomination.objects.filter(polarity=-1).exists()


def test_closing_once_more_counts_what_is_there_and_not_what_went(cast: Cast) -> None:
    made = closed_class(cast)
    with pytest.raises(DatabaseError, match="stays as it was counted"), transaction.atomic():
        ListedPupil.objects.filter(pupil=cast.pupil_noor).update(unfavourable=0)
    with pytest.raises(DatabaseError, match="stays as it was counted"), transaction.atomic():
        Sociogram.objects.update(figures={})
    forget_choices(at=CLOSED + YEAR + DAY)
    later = CLOSED + YEAR + 2 * DAY
    days = {"closed_at": CLOSED, "closes_on": made.closes_on, "reopened_at": later, "until_on": made.closes_on}
    Reopening.objects.create(school=cast.beuk, round=made, reason="proef", reopened_by=cast.bram, **days)
    Round.objects.update(closed_at=None)
    made.refresh_from_db()
    close(cast.bram, made, at=later + DAY)
    assert of(cast.pupil_noor).unfavourable == 3  # not none


def test_what_was_begun_and_what_came_late_goes_with_it_also_when_nobody_closed(cast: Cast) -> None:
    made, (noor, sem, third, *_) = a_class(cast)
    hand_in(made, third, {"together": who(), "rather_not": who(noor)})
    of_noor, of_sem = (Invitation.objects.get(round=made, pupil=one) for one in (noor, sem))
    Filling.objects.create(school=cast.beuk, invitation=of_noor, begun_at=HANDED_IN)
    SetAside.objects.create(school=cast.beuk, round=made, invitation=of_sem, answers={}, came_at=HANDED_IN)
    forget_choices(at=CLOSED + YEAR - DAY)
    assert (Filling.objects.count(), SetAside.objects.count()) == (1, 1)
    forget_choices(at=CLOSED + YEAR + 2 * DAY)
    assert (Filling.objects.count(), SetAside.objects.count()) == (0, 0)


def test_a_no_that_came_in_after_the_others_went_goes_as_well(cast: Cast) -> None:
    made, (noor, sem, third, *_) = a_class(cast)
    hand_in(made, noor, {"together": who(), "rather_not": who(sem)})
    close(cast.bram, made, at=CLOSED)
    forget_choices(at=CLOSED + YEAR + DAY)
    Round.objects.update(closed_at=None)
    hand_in(made, sem, {"together": who(), "rather_not": who(third)})
    made.refresh_from_db()
    close(cast.bram, made, at=CLOSED + YEAR + 2 * DAY)
    forget_choices(at=CLOSED + 2 * YEAR + 4 * DAY)
    assert not Nomination.objects.filter(polarity=-1).exists()
    forget_choices(at=CLOSED + 2 * YEAR + 5 * DAY)
    assert Sociogram.objects.get().rejections_gone_at == CLOSED + 2 * YEAR + 4 * DAY


def test_of_who_objects_no_task_says_any_more_that_there_was_bullying(cast: Cast) -> None:
    made, pupils = a_class(cast, "kring-sociogram-pesten")
    member(cast.beuk, Role.SAFETY_COORDINATOR, "saar")
    hand_in(made, pupils[0], {"often": 4, "bullied_by": None, "helped_by": None})
    assert Task.objects.get(kind="bullying.talk").pupil == pupils[0]
    object_on_paper(cast.bram, pupils[0], guardian_of(pupils[0]), made.instrument, at=HANDED_IN)
    assert Task.objects.get(kind="bullying.talk").pupil is None


# ---- who takes no part any more ---------------------------------------------------------------------------------


def test_who_objects_while_the_round_runs_is_in_nobodys_choices_and_has_none(cast: Cast) -> None:
    made, pupils = a_class(cast)
    noor, sem, third = pupils[:3]
    hand_in(made, noor, {"together": who(sem), "rather_not": who(third)})
    hand_in(made, sem, {"together": who(noor, third), "rather_not": who()})
    objection = object_on_paper(cast.bram, noor, guardian_of(noor), made.instrument, at=HANDED_IN)
    left = set(Nomination.objects.values_list("chooser", "chosen"))
    assert left == {(sem.pk, third.pk)}
    assert not Submission.objects.filter(invitation__pupil=noor).exists()
    assert Invitation.objects.get(pupil=noor).withdrawn_at == HANDED_IN
    assert not Task.objects.filter(kind="objection.answers_there").exists()  # nothing is there any more to talk about
    close(cast.bram, made, at=CLOSED)
    assert not ListedPupil.objects.filter(pupil=noor).exists()
    assert objection.until_at is None


def test_who_takes_it_back_is_asked_anew(cast: Cast) -> None:
    made, pupils = a_class(cast)
    hand_in(made, pupils[0], {"together": who(pupils[1]), "rather_not": who()})
    objection = object_on_paper(cast.bram, pupils[0], guardian_of(pupils[0]), made.instrument, at=HANDED_IN)
    take_back(cast.bram, objection, at=HANDED_IN + DAY)
    assert Invitation.objects.get(pupil=pupils[0]).withdrawn_at is None
    hand_in(made, pupils[0], {"together": who(), "rather_not": who()})


def test_a_closed_round_stands_as_it_stood(cast: Cast) -> None:
    made = closed_class(cast)
    object_on_paper(cast.bram, cast.pupil_noor, guardian_of(cast.pupil_noor), made.instrument, at=CLOSED + DAY)
    assert of(cast.pupil_noor).unfavourable == 3
    assert Task.objects.filter(kind="objection.answers_there").exists()


def test_what_was_said_of_bullying_goes_and_the_task_names_nobody_any_more(cast: Cast) -> None:
    made, pupils = a_class(cast, "kring-sociogram-pesten")
    hand_in(made, pupils[0], {"often": 4, "bullied_by": who(pupils[1]), "helped_by": who(pupils[2])})
    report = BullyingReport.objects.get()
    day = date(2025, 11, 6)
    Task.objects.create(
        school=cast.beuk, owner=cast.bram, kind="bullying.talk", record="bullyingreport", record_id=report.pk, pupil=pupils[0],
        made_at=HANDED_IN, first_due_on=day, due_on=day,
    )  # fmt: skip
    close(cast.bram, made, at=CLOSED)
    forget_choices(at=CLOSED + YEAR + DAY)
    assert not BullyingReport.objects.exists()
    assert not BullyingName.objects.exists()
    assert Sociogram.objects.get().figures["bullying"]["talks"] == 1
    task = Task.objects.get()
    assert (task.pupil, task.record_id, task.is_settled) == (None, None, True)
