"""Choosing classmates: who can be chosen, what is kept of it, what a hand-made request brings about, and what is frozen at closing."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.urls import reverse

from kring.core.access import Role, Verb
from kring.core.sociometry import Participation
from kring.web.access import may
from kring.web.answering.late.actions import take_in_late
from kring.web.answering.pages import asked
from kring.web.classroom.rows import labels_of
from kring.web.home.intake import make_due_tasks
from kring.web.models import (
    Answer,
    BullyingName,
    BullyingReport,
    ChoicePolicy,
    Filling,
    Invitation,
    ListedPupil,
    Nomination,
    Pupil,
    Rating,
    Round,
    SetAside,
    Sociogram,
    Submission,
    Task,
)
from kring.web.sociograms.collecting.queries import classmates
from kring.web.surveys.actions import close_round
from tests.asking import may_look, queries_for, text_of
from tests.cast import START, Cast, client_of, member
from tests.measurements import classmates as children
from tests.measurements import round_of
from tests.web.answering.test_save import LESSON, NOW, hand_in, save, ticket

pytestmark = pytest.mark.django_db
PLAIN, SOFT, POINTS, BULLYING = (f"kring-sociogram{kind}" for kind in ("", "-niet", "-punten", "-pesten"))


def asked_of(cast: Cast, key: str, pupils: list[Pupil]) -> dict[str, Invitation]:
    """A round of this list for 6A, which the school has decided to ask; the invitations by first name."""
    if key in {SOFT, BULLYING}:
        kind = ChoicePolicy.Kind.NEGATIVE if key == SOFT else ChoicePolicy.Kind.BULLYING
        safe = member(cast.beuk, Role.SAFETY_COORDINATOR, "veilig")
        decided: dict[str, Any] = {"purpose": "Groepen maken", "guardians_informed_on": date(2025, 10, 1), "from_at": START}
        ChoicePolicy.objects.create(school=cast.beuk, kind=kind, follow_up=safe, decided_by=cast.bram, **decided)
    opened = round_of(cast.group_6a, key, "Wie kiest wie")
    return {one.given_name: Invitation.objects.create(school=cast.beuk, round=opened, group=cast.group_6a, pupil=one) for one in pupils}


@pytest.fixture
def lists(cast: Cast) -> dict[str, Invitation]:
    return asked_of(cast, PLAIN, [cast.pupil_noor, cast.pupil_sem, *children(cast.group_6a, 4)])


def who(*pupils: Pupil) -> dict[str, list[str]]:
    return {"who": [str(one.pk) for one in pupils]}


def chosen() -> set[tuple[str, str, str]]:
    return set(Nomination.objects.values_list("question", "chooser__given_name", "chosen__given_name"))


def status() -> dict[str, str]:
    return dict(ListedPupil.objects.values_list("pupil__given_name", "participation"))


# ---- the names --------------------------------------------------------------------------------------------------


def test_everybody_on_the_list_can_be_chosen_but_oneself_and_who_takes_no_part(cast: Cast, lists: dict[str, Invitation]) -> None:
    Invitation.objects.filter(pk=lists["6A Kind 01"].pk).update(absent=True)
    Invitation.objects.filter(pk=lists["6A Kind 02"].pk).update(withdrawn_at=NOW)
    mine = classmates(lists["Noor"])
    assert {one.name for one in mine} == {"Sem", "6A Kind 01", "6A Kind 03", "6A Kind 04"}
    assert [one.key for one in classmates(lists["Noor"])] == [one.key for one in mine]
    orders = {tuple(one.key for one in classmates(each) if one.name.startswith("6A")) for each in lists.values()}
    assert len(orders) > 1


def test_who_bear_the_same_name_are_told_apart(cast: Cast, lists: dict[str, Invitation]) -> None:
    for place, family in enumerate(("Bakker", "Bos", "Bos"), 1):
        Pupil.objects.filter(given_name=f"6A Kind 0{place}").update(given_name="Lina", family_name=family)
    assert {one.name for one in classmates(lists["Noor"])} >= {"Lina Ba.", "Lina Bos 1", "Lina Bos 2", "Sem"}


def test_two_of_one_name_have_the_number_that_they_have_at_the_door_of_the_class(cast: Cast, lists: dict[str, Invitation]) -> None:
    """Whichever of them was entered first."""
    linas = [lists["6A Kind 01"].pupil_id, lists["6A Kind 02"].pupil_id]
    for pupil, sorted_as in zip(linas, ("Bos, Lina van", "Bos, Lina")):
        Pupil.objects.filter(pk=pupil).update(given_name="Lina", family_name="Bos", sort_name=sorted_as)
    here = Pupil.objects.filter(pk__in=linas).order_by("given_name", "sort_name", "pk")
    shown = {UUID(one.key): one.name for one in classmates(lists["Noor"])}
    assert {pupil: shown[pupil] for pupil in linas} == labels_of(here)


def test_the_page_asks_the_database_as_much_for_six_names_as_for_three(cast: Cast, lists: dict[str, Invitation]) -> None:
    few = asked_of(cast, PLAIN, [cast.pupil_noor, cast.pupil_sem])
    one = queries_for(cast.noor, "pupil_answer", [few["Noor"].pk])
    assert queries_for(cast.noor, "pupil_answer", [lists["Noor"].pk]) == one


def test_only_the_pupil_sees_the_names_and_reads_who_sees_what_is_chosen(cast: Cast, lists: dict[str, Invitation]) -> None:
    assert may_look(cast, "pupil_answer", lists["Noor"].pk) == {"noor"}
    page = text_of(cast.noor, "pupil_answer", lists["Noor"].pk)
    assert "6A Kind 01" in page
    assert "Je juf of meester" in page
    assert "Wie kiest jou, denk je?" in page
    assert reverse("pupil_sent", args=[cast.noor.pk, lists["Noor"].pk]) not in page


@pytest.mark.parametrize(
    ("key", "told", "not_told"),
    [
        (SOFT, "Met wie je liever nog niet werkt, leest niemand.", "Welk gezicht"),
        (POINTS, "Welk gezicht jij bij een ander kiest, leest niemand.", "Je juf of meester"),
        (BULLYING, "De coördinator sociale veiligheid", "Je juf of meester"),
    ],
)
def test_the_promise_says_what_nobody_reads(cast: Cast, key: str, told: str, not_told: str) -> None:
    one = asked_of(cast, key, [cast.pupil_noor, cast.pupil_sem])["Noor"]
    page = text_of(cast.noor, "pupil_answer", one.pk).partition('data-does="begin"')[0]
    assert told in page
    assert not_told not in page


# ---- handed in --------------------------------------------------------------------------------------------------


def test_choices_become_rows_of_the_sociogram_and_stand_in_no_list(cast: Cast, lists: dict[str, Invitation]) -> None:
    text = ticket(lists["Noor"])
    assert save(text, [1, "together", who(cast.pupil_sem)], [2, "chosen_by", {"who": []}]) == (200, {"kept": 2})
    page = asked(Invitation.objects.select_related("round").get(pk=lists["Noor"].pk), at=NOW, until=LESSON)
    assert page.answers == {"together": who(cast.pupil_sem), "chosen_by": {"who": []}}
    assert hand_in(text, [3, "work", who(cast.pupil_sem)]) == (200, {"handed_in": True})
    assert chosen() == {("together", "Noor", "Sem"), ("work", "Noor", "Sem")}
    assert (status(), Submission.objects.get().answers) == ({"Noor": "done"}, {})
    assert not Filling.objects.exists()
    assert not Answer.objects.exists()
    assert client_of(cast.noor).get(reverse("pupil_sent", args=[cast.noor.pk, lists["Noor"].pk])).status_code == 404


def test_points_and_bullying_have_rows_of_their_own(cast: Cast) -> None:
    pupils = [cast.pupil_noor, cast.pupil_sem]
    hand_in(ticket(asked_of(cast, POINTS, pupils)["Noor"]), [1, "points", {"points": {str(cast.pupil_sem.pk): 4}}])
    hand_in(
        ticket(asked_of(cast, BULLYING, pupils)["Noor"]),
        [1, "often", 4],
        [2, "bullied_by", who(cast.pupil_sem)],
        [3, "helped_by", {"who": []}],
    )
    assert Rating.objects.values_list("question", "points").get() == ("points", 4)
    assert BullyingReport.objects.values_list("pupil__given_name", "frequency").get() == ("Noor", "weekly")
    assert BullyingName.objects.values_list("part", "named__given_name").get() == ("bullies", "Sem")
    assert not Nomination.objects.exists()


def test_nothing_is_read_by_anybody_before_the_round_is_closed(cast: Cast, lists: dict[str, Invitation]) -> None:
    hand_in(ticket(lists["Noor"]), [1, "together", who(cast.pupil_sem)])
    for model in (Sociogram, ListedPupil, Nomination):
        assert not may(cast.bram, model, Verb.READ, at=NOW).exists()
    close_round(cast.bram, lists["Noor"].round, at=NOW)
    assert may(cast.bram, Nomination, Verb.READ, at=NOW).count() == 1


@pytest.mark.parametrize("nobody", [{}, {"together": None}, {"together": {"who": []}}])
def test_niemand_is_an_answer_and_skipping_all_is_taking_no_part(cast: Cast, lists: dict[str, Invitation], nobody: dict[str, Any]) -> None:
    hand_in(ticket(lists["Noor"]), *([place, key, value] for place, (key, value) in enumerate(nobody.items(), 1)))
    assert status() == {"Noor": "empty" if nobody.get("together") else "refused"}


# ---- bad input --------------------------------------------------------------------------------------------------


def test_oneself_and_a_stranger_are_refused_by_their_place_and_nothing_is_kept(cast: Cast, lists: dict[str, Invitation]) -> None:
    for wrong in (cast.pupil_noor, cast.pupil_lot, cast.pupil_fien):
        told = hand_in(ticket(lists["Noor"]), [1, "chosen_by", {"who": []}], [2, "work", who(cast.pupil_sem, wrong)])
        assert told == (400, {"why": "not_understood", "place": 2, "item": "work"})
    assert not Submission.objects.exists()
    assert not Sociogram.objects.exists()


@pytest.mark.parametrize(
    "value",
    [
        *(1, "niemand", [], {}, {"who": "x"}, {"who": [1]}, {"who": ["x"]}, {"who": [], "more": 1}, {"points": {}}),
        {"who": ["A" * 36]},
        {"who": ["00000000-0000-4000-8000-000000000000"] * 2},
        {"who": [f"00000000-0000-4000-8000-{number:012d}" for number in range(101)]},
    ],
)
def test_a_hand_made_choice_is_no_answer(lists: dict[str, Invitation], value: Any) -> None:
    assert save(ticket(lists["Noor"]), [1, "together", value]) == (400, {"why": "not_understood", "place": 1, "item": "together"})
    assert not Answer.objects.exists()


@pytest.mark.parametrize("value", [{"points": {"x": 1}}, {"points": 3}, {"points": {"00000000-0000-4000-8000-000000000000": 6}}, 3])
def test_hand_made_points_are_no_answer(cast: Cast, value: Any) -> None:
    one = asked_of(cast, POINTS, [cast.pupil_noor, cast.pupil_sem])["Noor"]
    assert save(ticket(one), [1, "points", value])[0] == 400


def test_a_no_has_its_limit_and_can_be_skipped(cast: Cast) -> None:
    found = asked_of(cast, SOFT, [cast.pupil_noor, cast.pupil_sem, *(more := children(cast.group_6a, 3))])
    text = ticket(found["Noor"])
    assert save(text, [1, "rather_not", who(*more)])[0] == 400
    assert hand_in(text, [2, "together", who(cast.pupil_sem)], [4, "rather_not", None]) == (200, {"handed_in": True})
    assert set(Nomination.objects.values_list("polarity", flat=True)) == {1}
    assert ListedPupil.objects.get(pupil=cast.pupil_noor).skipped == ["rather_not"]


def test_who_says_yes_on_one_tablet_and_no_on_another_said_what_was_said_last(cast: Cast) -> None:
    one = asked_of(cast, SOFT, [cast.pupil_noor, cast.pupil_sem, *children(cast.group_6a, 3)])["Noor"]
    here, there = ticket(one), ticket(one)
    save(here, [1, "together", who(cast.pupil_sem)])
    assert hand_in(there, [9, "rather_not", who(cast.pupil_sem)]) == (200, {"handed_in": True})
    assert chosen() == {("rather_not", "Noor", "Sem")}
    assert ListedPupil.objects.get(pupil=cast.pupil_noor).skipped == ["together"]


def test_who_left_meanwhile_is_left_out_without_a_word(cast: Cast, lists: dict[str, Invitation]) -> None:
    gone = Pupil.objects.get(given_name="6A Kind 01")
    text = ticket(lists["Noor"])
    save(text, [1, "together", who(cast.pupil_sem, gone)])
    Invitation.objects.filter(pupil=gone).update(withdrawn_at=NOW)
    assert hand_in(text) == (200, {"handed_in": True})
    assert chosen() == {("together", "Noor", "Sem")}


def test_who_was_entered_twice_is_one(cast: Cast, lists: dict[str, Invitation]) -> None:
    other = Pupil.objects.create(
        school=cast.beuk, given_name="Sem", admin_key="twice", sort_name="sem", merged_into=cast.pupil_sem, merged_at=NOW
    )
    assert hand_in(ticket(lists["Noor"]), [1, "together", who(other, cast.pupil_sem)]) == (200, {"handed_in": True})
    assert chosen() == {("together", "Noor", "Sem")}


# ---- later ------------------------------------------------------------------------------------------------------


def test_what_came_late_takes_the_place_of_that_answer_alone(cast: Cast, lists: dict[str, Invitation]) -> None:
    third = Pupil.objects.get(given_name="6A Kind 03")
    text = ticket(lists["Noor"])
    hand_in(text, [1, "together", who(cast.pupil_sem)], [2, "work", who(cast.pupil_sem)], [3, "chosen_by", {"who": []}])
    assert hand_in(text, [4, "work", who(third)]) == (409, {"why": "handed_in", "set_aside": True})
    assert take_in_late(cast.bram, Round.objects.get(), at=NOW) == 1
    assert chosen() == {("together", "Noor", "Sem"), ("work", "Noor", "6A Kind 03")}
    assert not SetAside.objects.exists()


@pytest.mark.parametrize(
    ("key", "first", "item", "second"),
    [(POINTS, None, "points", {"points": {}}), (BULLYING, ["often", 2], "helped_by", {"who": []})],
)
def test_what_was_handed_in_before_stays_when_something_else_comes_late(
    cast: Cast, key: str, first: list[Any] | None, item: str, second: Any
) -> None:
    one = asked_of(cast, key, [cast.pupil_noor, cast.pupil_sem])["Noor"]
    text, sem = ticket(one), str(cast.pupil_sem.pk)
    before = first or ["points", {"points": {sem: 5}}]
    hand_in(text, [1, *before], *([[2, "bullied_by", {"who": [sem]}]] if key == BULLYING else []))
    hand_in(text, [9, item, second])
    take_in_late(cast.bram, Round.objects.get(), at=NOW)
    assert (Rating.objects.count(), BullyingReport.objects.count(), BullyingName.objects.count()) == (
        (0, 0, 0) if first is None else (0, 1, 1)
    )


# ---- closing ----------------------------------------------------------------------------------------------------


def test_closing_freezes_the_list_and_counts_it(cast: Cast, lists: dict[str, Invitation]) -> None:
    left = Pupil.objects.get(given_name="6A Kind 04")
    hand_in(ticket(lists["Noor"]), [1, "together", who(cast.pupil_sem, left)], [2, "work", who(cast.pupil_sem)])
    other = Invitation.objects.select_related("round").get(pk=lists["Sem"].pk)
    hand_in(ticket(other), [1, "together", who(cast.pupil_noor)])
    Invitation.objects.filter(pupil=left).update(withdrawn_at=NOW)
    close_round(cast.bram, lists["Noor"].round, at=NOW)
    kept = Sociogram.objects.get()
    assert status() == {"Noor": "done", "Sem": "done", **{f"6A Kind 0{n}": "absent" for n in (1, 2, 3)}}
    assert chosen() == {("together", "Noor", "Sem"), ("work", "Noor", "Sem"), ("together", "Sem", "Noor")}
    noor = ListedPupil.objects.get(pupil=cast.pupil_noor)
    assert (noor.received, noor.given, noor.mutual, noor.unfavourable) == (1, 1, 1, None)
    absent = ListedPupil.objects.get(pupil__given_name="6A Kind 01")
    assert (absent.received, absent.given, absent.mutual) == (0, None, None)
    assert (kept.counted_at, kept.figures["listed"], kept.figures["took_part"], kept.figures["sufficiency"]) == (NOW, 5, 2, "too_few")


def test_closing_once_more_counts_anew_but_never_without_what_is_gone(cast: Cast, lists: dict[str, Invitation]) -> None:
    hand_in(ticket(lists["Noor"]), [1, "together", who(cast.pupil_sem)])
    of = lists["Noor"].round
    close_round(cast.bram, of, at=NOW)
    Round.objects.update(closed_at=None)
    hand_in(ticket(lists["Sem"]), [1, "together", who(cast.pupil_noor)])
    close_round(cast.bram, of, at=NOW + timedelta(days=1))
    assert status()["Sem"] == "done"
    assert ListedPupil.objects.get(pupil=cast.pupil_noor).mutual == 1
    Nomination.objects.all().delete()
    Sociogram.objects.update(choices_gone_at=NOW)
    Round.objects.update(closed_at=None)
    close_round(cast.bram, of, at=NOW + timedelta(days=2))
    assert ListedPupil.objects.get(pupil=cast.pupil_noor).mutual == 1


def test_a_class_in_which_everybody_chooses_nobody_is_frozen_too(cast: Cast, lists: dict[str, Invitation]) -> None:
    for one in lists.values():
        hand_in(ticket(one), [1, "together", {"who": []}])
    close_round(cast.bram, lists["Noor"].round, at=NOW)
    assert set(status().values()) == {Participation.EMPTY.value}
    assert Sociogram.objects.get().figures["card"]["never_chosen"] == 1.0
    assert json.dumps(Sociogram.objects.get().figures)


def test_a_list_without_questions_freezes_nothing(cast: Cast) -> None:
    close_round(cast.bram, round_of(cast.group_6a, "kring-leerling", "Lijst"), at=NOW)
    assert not Sociogram.objects.exists()


# ---- late, and never unheard ------------------------------------------------------------------------------------


def test_what_names_a_stranger_waits_on_and_stops_none_of_the_others(cast: Cast) -> None:
    found = asked_of(cast, SOFT, [cast.pupil_noor, cast.pupil_sem, *children(cast.group_6a, 3)])
    text = ticket(found["Noor"])
    hand_in(text, [1, "together", who(cast.pupil_sem)], [2, "rather_not", {"who": []}])
    hand_in(text, [3, "rather_not", who(cast.pupil_sem)])
    sem, kind = ticket(found["Sem"]), ticket(found["6A Kind 01"])
    Round.objects.update(closed_at=NOW)
    hand_in(sem, [1, "together", who(cast.pupil_noor)], [2, "rather_not", who(cast.pupil_lot)])  # of another class
    hand_in(kind, [1, "together", who(cast.pupil_noor)])
    assert SetAside.objects.count() == 3
    Round.objects.update(closed_at=None)
    assert take_in_late(cast.bram, Round.objects.get(), at=NOW) == 2
    assert chosen() == {("rather_not", "Noor", "Sem"), ("together", "6A Kind 01", "Noor")}  # of Noor what was said last
    assert set(SetAside.objects.values_list("invitation__pupil__given_name", flat=True)) == {"Sem"}
    assert not Submission.objects.filter(invitation__pupil=cast.pupil_sem).exists()


@pytest.mark.parametrize(("key", "is_offered"), [(SOFT, False), (PLAIN, True)])
def test_opening_again_is_offered_only_of_a_list_that_can_be_opened_again(cast: Cast, key: str, is_offered: bool) -> None:
    found = asked_of(cast, key, [cast.pupil_noor, cast.pupil_sem, *children(cast.group_6a, 5)])
    noor = ticket(found["Noor"])
    for one in found.values():
        hand_in(ticket(one), [1, "together", {"who": []}])
    made = found["Noor"].round
    close_round(cast.bram, made, at=NOW)
    hand_in(noor, [9, "together", who(cast.pupil_sem)])
    again = reverse("round_reopen", args=[cast.bram.pk, made.pk])
    with time_machine.travel(NOW, tick=False):
        pages = [text_of(cast.bram, page, made.pk) for page in ("round", "round_late")]
    assert [again in page for page in pages] == [is_offered, is_offered]
    assert ("al getoond" in pages[1]) is not is_offered


@pytest.mark.parametrize("is_in", [True, False])
def test_who_says_too_late_to_be_bullied_every_week_is_talked_with_all_the_same(cast: Cast, is_in: bool) -> None:
    one = asked_of(cast, BULLYING, [cast.pupil_noor, cast.pupil_sem])["Noor"]
    text = ticket(one)
    if is_in:
        hand_in(text, [1, "often", 1])
    close_round(cast.bram, one.round, at=NOW)
    assert save(text, [2, "often", 4])[1]["set_aside"]
    assert not Task.objects.filter(kind="bullying.talk").exists()  # not handed in yet
    assert hand_in(text, [3, "bullied_by", who(cast.pupil_sem)])[1]["set_aside"]
    for at in (NOW, NOW + timedelta(hours=1)):
        make_due_tasks(at=at)
        task = Task.objects.get(kind="bullying.talk", done_at=None, dropped_at=None)
        assert (task.pupil, task.record_id) == (cast.pupil_noor, BullyingReport.objects.get().pk)
    assert Sociogram.objects.get().figures["bullying"]["talks"] == 0  # as it was counted
    assert not BullyingName.objects.exists()


def test_what_is_taken_in_asks_for_a_talk_at_once(cast: Cast) -> None:
    one = asked_of(cast, BULLYING, [cast.pupil_noor, cast.pupil_sem])["Noor"]
    text = ticket(one)
    hand_in(text, [1, "often", 1])
    report = BullyingReport.objects.get()
    assert save(text, [2, "often", 5])[1]["set_aside"]
    take_in_late(cast.bram, Round.objects.get(), at=NOW)
    assert Task.objects.get(kind="bullying.talk").record_id == report.pk
    assert BullyingReport.objects.get().frequency == "several_times_a_week"
