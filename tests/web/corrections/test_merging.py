"""One pupil who was entered twice: found, looked at, made one, traced, undone; and what stands in the way."""

from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Role, Verb
from kring.core.corrections import (
    BirthDatesDiffer,
    ChangedSinceLooked,
    ChoiceMissing,
    CourtNoteBetween,
    MergedAlready,
    MergeWithOneself,
    NextStep,
    SightNotAgreed,
    TooLateToUndo,
    TwoAccounts,
    TwoSafetyCards,
    UndoneAlready,
)
from kring.library import instrument
from kring.web.access import NotPermitted, may
from kring.web.corrections import actions, intake, queries
from kring.web.exchange.actions import Brought, apply_upload, check_upload
from kring.web.models import (
    BreakGlass,
    Case,
    Enrolment,
    Entry,
    Group,
    Guardianship,
    Invitation,
    Membership,
    MergedPupil,
    Objection,
    Pupil,
    SafetyCard,
    ScalePrecision,
    Submission,
)
from kring.web.oversight.queries import who_looked
from kring.web.schools.models import live
from kring.web.surveys.actions import close_round
from kring.web.trace import record_readings
from tests.asking import may_look, queries_for, text_of
from tests.cast import START, Cast, client_of, guardian, member
from tests.measurements import answers as measured
from tests.measurements import classmates, list_round, sociogram_round

pytestmark = pytest.mark.django_db
WHY = "Twee keer ingeschreven in augustus"


NUMBERS = count()


@pytest.fixture
def twin(cast: Cast) -> Pupil:
    """Noor again, in the same group, under another number."""
    return again(cast.group_6a, "Noor")


def again(group: Group, given_name: str) -> Pupil:
    """Under a number of its own: the cast makes the number of the given name."""
    names = {"given_name": given_name, "family_name": "Test", "sort_name": f"test {given_name.lower()}"}
    made = Pupil.objects.create(school=group.school, admin_key=f"{given_name.lower()}-{next(NUMBERS)}", **names)
    Enrolment.objects.create(school=group.school, pupil=made, group=group, year_level=6, from_at=START)
    return made


def merge(cast: Cast, stays: Pupil, goes: Pupil, *, actor: Membership | None = None, agreed: bool = True, **chosen: Any) -> MergedPupil:
    by, now = actor or cast.bram, timezone.now()
    seen = chosen.pop("seen", None) or queries.sight(*(queries.side(cast.bram, one, at=now) for one in (stays, goes)))
    merged = actions.merge_pupils(by, stays, goes, WHY, agreed=agreed, seen=seen, at=now, **chosen)
    stays.refresh_from_db()
    goes.refresh_from_db()
    return merged


def everything(cast: Cast) -> dict[str, list[dict[str, Any]]]:
    """Every row that bears a pupil, and every list."""
    models: set[type[Model]] = {one.related_model for one in Pupil._meta.related_objects} | {Pupil, Submission}
    models -= {MergedPupil}
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


def test_every_key_to_a_pupil_has_a_rule() -> None:
    """A new model about a pupil that nobody thought of when two entries become one fails here."""
    assert set(intake.keys_to_pupil()) == set(intake.KEYS)


def test_everything_goes_along_and_comes_back(cast: Cast, twin: Pupil) -> None:
    list_round(cast.group_6a, [twin], "Alleen de tweede")
    guardian(twin, member(cast.beuk, Role.GUARDIAN, "opa"), has_authority=True)
    SafetyCard.objects.create(school=cast.beuk, pupil=twin, text="Pen", updated_at=START, updated_by=cast.bram)
    case = Case.objects.create(school=cast.beuk, pupil=twin, purpose="Samen kijken wat helpt", opened_by=cast.bram, from_at=START)
    sociogram_round(cast.group_6a, [twin, cast.pupil_sem, *classmates(cast.group_6a, 2)])
    before = everything(cast)
    merged = merge(cast, cast.pupil_noor, twin)
    assert Submission.objects.get(invitation__round__title="Alleen de tweede").invitation.pupil == cast.pupil_noor
    assert set(Guardianship.objects.filter(pupil=cast.pupil_noor).values_list("guardian__given_name", flat=True)) == {"Els", "Pim", "Opa"}
    assert (cast.pupil_noor.safety_card.text, Case.objects.get(pk=case.pk).pupil) == ("Pen", cast.pupil_noor)
    assert cast.pupil_noor.nominations_given.exists()
    assert not may(cast.bram, Pupil, Verb.READ).filter(pk=twin.pk).exists()
    assert twin.merged_into == cast.pupil_noor
    actions.undo_merge(cast.bram, merged, at=timezone.now())
    assert everything(cast) == before
    with pytest.raises(UndoneAlready):
        actions.undo_merge(cast.bram, merged, at=timezone.now())


def test_what_only_the_other_has_comes_along(cast: Cast, twin: Pupil) -> None:
    """Sem's account and birth date stand with the entry that goes."""
    new = again(cast.group_6a, "Sem")
    Pupil.objects.filter(pk=cast.pupil_sem.pk).update(birth_date=date(2015, 3, 4))
    cast.pupil_sem.refresh_from_db()
    merged = merge(cast, new, cast.pupil_sem)
    assert (new.person, new.birth_date, cast.pupil_sem.person) == (cast.sem.person, date(2015, 3, 4), None)
    assert list(may(cast.sem, Pupil, Verb.READ)) == [new]
    actions.undo_merge(cast.bram, merged, at=timezone.now())
    new.refresh_from_db()
    cast.pupil_sem.refresh_from_db()
    assert (new.person, new.birth_date, cast.pupil_sem.person) == (None, None, cast.sem.person)


@pytest.mark.parametrize("kept", ["stays", "goes"])
def test_of_two_lists_in_one_round_the_chosen_one_counts(cast: Cast, twin: Pupil, kept: str) -> None:
    round = list_round(cast.group_6a, [cast.pupil_noor, twin])
    Submission.objects.filter(invitation__pupil=twin).update(answers=measured("kring-leerling", 12))
    of_twin, of_noor = (Submission.objects.get(invitation__pupil=one).answers for one in (twin, cast.pupil_noor))
    before = everything(cast)
    merged = merge(cast, cast.pupil_noor, twin, lists_of=[round.pk] if kept == "goes" else [])
    assert Submission.objects.get(invitation__pupil=cast.pupil_noor).answers == (of_twin if kept == "goes" else of_noor)
    assert len(may(cast.bram, Submission, Verb.READ)) == 1
    assert Submission.objects.count() == 2
    actions.undo_merge(cast.bram, merged, at=timezone.now())
    assert everything(cast) == before


def test_the_other_list_is_kept_and_counts_no_more(cast: Cast, twin: Pupil) -> None:
    round = list_round(cast.group_6a, [cast.pupil_noor, twin, *classmates(cast.group_6a, 30)])
    merge(cast, cast.pupil_noor, twin)
    close_round(cast.bram, round, at=timezone.now())
    assert Submission.objects.count() == 32
    assert set(ScalePrecision.objects.values_list("n", flat=True)) == {31}


def test_a_list_fills_the_empty_place(cast: Cast, twin: Pupil) -> None:
    list_round(cast.group_6a, [twin, cast.pupil_noor], silent=1)
    before = everything(cast)
    merged = merge(cast, cast.pupil_noor, twin)
    assert Submission.objects.get().invitation.pupil == cast.pupil_noor
    actions.undo_merge(cast.bram, merged, at=timezone.now())
    assert everything(cast) == before


def test_in_one_group_once_and_of_two_groups_the_chosen_one(cast: Cast, twin: Pupil) -> None:
    merged = merge(cast, cast.pupil_noor, twin)
    assert [one.group for one in may(cast.bram, Enrolment, Verb.READ).filter(pupil__in=[cast.pupil_noor, twin])] == [cast.group_6a]
    actions.undo_merge(cast.bram, merged, at=timezone.now())
    Enrolment.objects.filter(pupil=twin).update(group=cast.group_6b)
    with pytest.raises(ChoiceMissing):
        merge(cast, cast.pupil_noor, twin)
    before = everything(cast)
    merged = merge(cast, cast.pupil_noor, twin, group_of=twin.pk)
    assert [one.group for one in may(cast.bram, Enrolment, Verb.READ).filter(pupil=cast.pupil_noor)] == [cast.group_6b]
    assert list(may(cast.carla, Pupil, Verb.READ).filter(pk=cast.pupil_noor.pk)) == [cast.pupil_noor]
    assert not may(cast.anna, Pupil, Verb.READ).filter(pk=cast.pupil_noor.pk).exists()
    actions.undo_merge(cast.bram, merged, at=timezone.now())
    assert everything(cast) == before


def test_the_number_that_went_means_the_same_pupil_in_a_file(cast: Cast, twin: Pupil) -> None:
    merge(cast, cast.pupil_noor, twin)
    files = {"pupils": f"leerling;naam\n{twin.admin_key};Noor Test\nsem;Sem Test\n", "answers": lists_under(twin.admin_key, "sem")}
    brought = Brought({name: text.encode() for name, text in files.items()}, instrument("kring-leerling", 1), "herfst", date(2025, 10, 6))
    apply_upload(cast.anna, check_upload(cast.anna, cast.group_6a, brought, at=timezone.now()), at=timezone.now())
    assert set(Submission.objects.values_list("invitation__pupil__given_name", flat=True)) == {"Noor", "Sem"}
    assert {one.invitation.pupil for one in Submission.objects.all()} == {cast.pupil_noor, cast.pupil_sem}


def lists_under(*numbers: str) -> str:
    items = [item.key for item in instrument("kring-leerling", 1).items]
    return "\n".join([";".join(["leerling", *items]), *(";".join([number, *["3"] * len(items)]) for number in numbers)]) + "\n"


def test_who_went_sits_nowhere_from_that_moment(cast: Cast, twin: Pupil) -> None:
    merge(cast, cast.pupil_noor, twin)
    assert not Enrolment.objects.filter(live(timezone.now()), pupil=twin).exists()
    assert "Vertrokken" not in text_of(cast.anna, "group", cast.group_6a.pk)


def test_a_picture_with_both_stays_as_the_class_made_it(cast: Cast, twin: Pupil) -> None:
    drawn = sociogram_round(cast.group_6a, [cast.pupil_noor, twin, cast.pupil_sem, *classmates(cast.group_6a, 2)])
    rows = list(drawn.nominations.order_by("pk").values())
    merge(cast, cast.pupil_noor, twin)
    assert list(drawn.nominations.order_by("pk").values()) == rows
    assert drawn.listed.filter(pupil=twin).exists()
    assert "Vertrokken" in text_of(cast.anna, "sociogram", drawn.pk)


def test_no_sight_arises_in_silence(cast: Cast, twin: Pupil) -> None:
    guardian(twin, member(cast.beuk, Role.GUARDIAN, "oma"), has_authority=True)
    with pytest.raises(SightNotAgreed):
        merge(cast, cast.pupil_noor, twin, agreed=False)
    page = text_of(cast.bram, "merge_pupils", cast.pupil_noor.pk, twin.pk)
    assert "Oma Test" in page.partition("Deze mensen zien nu een van beide")[2]


def test_two_people_of_one_name_are_two(cast: Cast, twin: Pupil) -> None:
    """Of a pupil entered twice the parent often is as well; and whoever holds an emergency card looks along for an hour."""
    for one, username in ((cast.pupil_noor, "oma"), (twin, "OMA")):
        guardian(one, member(cast.beuk, Role.GUARDIAN, username), has_authority=True)
    helper = member(cast.beuk, Role.EMPLOYEE, "helper")
    hour = {"from_at": START, "until_at": timezone.now() + timedelta(minutes=5), "reason": "Viel van het klimrek op het plein"}
    BreakGlass.objects.create(school=cast.beuk, membership=helper, pupil=twin, **hour)
    newly = queries.newly_seeing(*(queries.side(cast.bram, one, at=timezone.now()) for one in (cast.pupil_noor, twin)))
    assert [name.split()[0] for name in newly].count("Oma") == 2
    assert str(helper.person) in newly


def test_what_was_put_right_since_stays(cast: Cast, twin: Pupil) -> None:
    set_born(twin, date(2016, 5, 4))
    merged = merge(cast, cast.pupil_noor, twin)
    set_born(cast.pupil_noor, date(2016, 4, 5))
    actions.undo_merge(cast.bram, merged, at=timezone.now())
    assert Pupil.objects.get(pk=cast.pupil_noor.pk).birth_date == date(2016, 4, 5)


def test_a_year_later_nobody_sits_in_the_old_group_again(cast: Cast, twin: Pupil) -> None:
    merged = merge(cast, cast.pupil_noor, twin)
    MergedPupil.objects.update(merged_at=START + timedelta(days=30))
    actions.undo_merge(cast.bram, merged, at=START + timedelta(days=800))
    last = Enrolment.objects.get(pupil=twin)
    assert last.until_at is not None
    assert timezone.localdate(last.until_at) == last.group.year.ends_on + timedelta(days=1)


def test_what_stands_in_the_way(cast: Cast, twin: Pupil) -> None:
    noor = cast.pupil_noor
    with pytest.raises(MergeWithOneself):
        merge(cast, noor, noor)
    with pytest.raises(TwoAccounts):
        merge(cast, noor, cast.pupil_sem)
    with pytest.raises(ChangedSinceLooked):
        merge(cast, noor, twin, seen="what was")
    set_born(noor, date(2016, 5, 4))
    set_born(twin, date(2016, 5, 5))
    with pytest.raises(BirthDatesDiffer):
        merge(cast, noor, twin)
    set_born(twin, None)
    for one in (noor, twin):
        SafetyCard.objects.create(school=cast.beuk, pupil=one, text="Pen", updated_at=START, updated_by=cast.bram)
    with pytest.raises(TwoSafetyCards):
        merge(cast, noor, twin)
    SafetyCard.objects.filter(pupil=noor).update(text="")
    Guardianship.objects.filter(pupil=noor, has_authority=True).update(court_note="Geen contact")
    with pytest.raises(CourtNoteBetween):
        merge(cast, noor, twin)
    Guardianship.objects.update(court_note="")
    merged = merge(cast, noor, twin)
    assert SafetyCard.objects.get(pupil=noor).text == "Pen"
    with pytest.raises((NotPermitted, MergedAlready)):
        merge(cast, cast.pupil_lot, twin)
    actions.undo_merge(cast.bram, merged, at=timezone.now())
    assert (SafetyCard.objects.get(pupil=noor).text, SafetyCard.objects.get(pupil=twin).text) == ("", "Pen")


def set_born(one: Pupil, on: date | None) -> None:
    Pupil.objects.filter(pk=one.pk).update(birth_date=on)
    one.refresh_from_db()


def test_of_another_school_nobody_merges(cast: Cast, twin: Pupil) -> None:
    for actor in (cast.anna, cast.rik, cast.olga, cast.frans):
        with pytest.raises(NotPermitted):
            merge(cast, cast.pupil_noor, twin, actor=actor)
    with pytest.raises(MergedAlready):
        actions.merge_pupils(cast.bram, cast.pupil_noor, cast.pupil_fien, WHY, agreed=True, seen="", at=timezone.now())
    assert client_of(cast.bram).get(address(cast, cast.pupil_fien)).status_code == 404


def address(cast: Cast, other: Pupil) -> str:
    return reverse("merge_pupils", args=[cast.bram.pk, cast.pupil_noor.pk, other.pk])


def test_the_next_step_makes_it_final(cast: Cast, twin: Pupil) -> None:
    round = list_round(cast.group_6a, [twin])
    merged = merge(cast, cast.pupil_noor, twin)
    close_round(cast.bram, round, at=timezone.now() + timedelta(seconds=1))
    with pytest.raises(TooLateToUndo) as refused:
        actions.undo_merge(cast.bram, merged, at=timezone.now())
    assert refused.value.step is NextStep.ROUND_CLOSED
    answer = client_of(cast.bram).post(reverse("undo_merge", args=[cast.bram.pk, merged.pk]))
    assert (answer.status_code, "de afname is afgesloten" in answer.content.decode()) == (409, True)


def test_what_moved_on_since_stops_the_whole_of_it(cast: Cast, twin: Pupil) -> None:
    opa = member(cast.beuk, Role.GUARDIAN, "opa")
    guardian(twin, opa, has_authority=True)
    merged = merge(cast, cast.pupil_noor, twin)
    Guardianship.objects.filter(guardian__person=opa.person).update(pupil=cast.pupil_sem)
    with pytest.raises(TooLateToUndo):
        actions.undo_merge(cast.bram, merged, at=timezone.now())
    assert Pupil.objects.get(pk=twin.pk).merged_into == cast.pupil_noor


def test_a_pupil_of_three_entries_comes_back_one_by_one(cast: Cast, twin: Pupil) -> None:
    third = again(cast.group_6a, "Noor")
    first = merge(cast, twin, third)
    second = merge(cast, cast.pupil_noor, twin)
    assert Pupil.objects.get(pk=third.pk).merged_into == cast.pupil_noor
    with pytest.raises(TooLateToUndo):
        actions.undo_merge(cast.bram, first, at=timezone.now())
    actions.undo_merge(cast.bram, second, at=timezone.now())
    actions.undo_merge(cast.bram, first, at=timezone.now())
    assert not Pupil.objects.exclude(merged_into=None).exists()


def test_who_looked_at_either_stands_together(cast: Cast, twin: Pupil) -> None:
    record_readings(cast.anna, [twin])
    seen = [sum(n for one in day.looked for *_what, n in one.seen) for day in looked(cast)]
    assert seen == []
    merge(cast, cast.pupil_noor, twin)
    assert sum(n for day in looked(cast) for one in day.looked for *_what, n in one.seen) >= 1
    told = set(Entry.objects.filter(name__startswith="pupil.").values_list("name", "pupil_id"))
    assert told == {("pupil.merged", cast.pupil_noor.pk), ("pupil.merged_away", twin.pk)}


def looked(cast: Cast) -> Any:
    return who_looked(cast.els, cast.pupil_noor, until=timezone.localdate()).days


def test_candidates_are_alike_and_nobody_else_is(cast: Cast, twin: Pupil) -> None:
    near = again(cast.group_6a, "Noör")
    Pupil.objects.filter(pk=near.pk).update(birth_date=date(2016, 1, 1))
    Pupil.objects.filter(pk=cast.pupil_noor.pk).update(birth_date=date(2016, 2, 2))
    pairs = {frozenset((pair.one.pk, pair.other.pk)) for pair in queries.doubles(cast.bram, at=timezone.now())}
    assert pairs == {frozenset((cast.pupil_noor.pk, twin.pk)), frozenset((near.pk, twin.pk))}
    merge(cast, cast.pupil_noor, twin)
    assert queries.doubles(cast.bram, at=timezone.now()) == []


def test_one_slip_and_one_birth_date_or_one_number_are_alike(cast: Cast) -> None:
    mees, mesee = again(cast.group_6b, "Annelies"), again(cast.group_6b, "Annelise")
    Pupil.objects.filter(pk__in=[mees.pk, mesee.pk]).update(birth_date=date(2016, 2, 2))
    Pupil.objects.filter(pk=cast.pupil_lot.pk).update(admin_key="0077")
    Pupil.objects.filter(pk=cast.pupil_sem.pk).update(admin_key="77")
    found = {frozenset((pair.one.given_name, pair.other.given_name)) for pair in queries.doubles(cast.bram, at=timezone.now())}
    assert found == {frozenset(("Annelies", "Annelise")), frozenset(("Lot", "Sem"))}


# ---- the pages ----------------------------------------------------------------------------------------------------


def test_the_coordinator_looks_merges_and_undoes(cast: Cast, twin: Pupil) -> None:
    list_round(cast.group_6a, [cast.pupil_noor, twin])
    Enrolment.objects.filter(pupil=twin).update(group=cast.group_6b)
    client = client_of(cast.bram)
    assert "klinkt hetzelfde" in text_of(cast.bram, "merge_candidates")
    page = client.get(address(cast, twin)).content.decode()
    assert "Leerlinglijst: welke lijst geldt?" in page
    now = timezone.now()
    seen = queries.sight(*(queries.side(cast.bram, one, at=now) for one in (cast.pupil_noor, twin)))
    form = {"reason": WHY, "seen": seen, "list_0": "goes", "group_of": str(twin.pk), "agreed": "on"}
    assert client.post(address(cast, twin), {**form, "agreed": ""}).status_code == 409
    done = client.post(address(cast, twin), form, follow=True).content.decode()
    assert "Samengevoegd tot één leerling" in done
    assert twin.admin_key in done
    assert "Al samengevoegd" in text_of(cast.bram, "merge_candidates")
    assert client.post(reverse("undo_merge", args=[cast.bram.pk, MergedPupil.objects.get().pk])).status_code == 302
    assert not Pupil.objects.exclude(merged_into=None).exists()


def test_what_is_in_the_way_is_said_before_the_form(cast: Cast, twin: Pupil) -> None:
    set_born(cast.pupil_noor, date(2016, 5, 4))
    set_born(twin, date(2016, 5, 5))
    page = client_of(cast.bram).get(address(cast, twin)).content.decode()
    assert "De geboortedatums verschillen" in page
    assert 'name="reason"' not in page


def test_only_the_coordinator_gets_there_and_with_a_fresh_second_factor(cast: Cast, twin: Pupil) -> None:
    assert may_look(cast, "merge_candidates") == {"bram", "frans", "gijs"}
    old = client_of(cast.bram, shown="password").get(address(cast, twin))
    assert old.status_code == 302


def test_the_trace_of_a_merge_is_the_coordinators(cast: Cast, twin: Pupil) -> None:
    merge(cast, cast.pupil_noor, twin)
    assert "Samengevoegd" in text_of(cast.bram, "corrections", cast.pupil_noor.pk)
    assert "Samengevoegd" not in text_of(cast.anna, "corrections", cast.pupil_noor.pk)


def test_three_candidates_ask_the_database_as_often_as_one(cast: Cast, twin: Pupil) -> None:
    one = queries_for(cast.bram, "merge_candidates")
    for name in ("Sem", "Lot"):
        again(cast.group_6b, name)
    assert queries_for(cast.bram, "merge_candidates") == one


def test_a_no_about_one_entry_holds_for_the_one_that_stays_and_undoing_asks_again(cast: Cast, twin: Pupil) -> None:
    asked = list_round(cast.group_6a, [cast.pupil_noor], silent=1)
    Objection.objects.create(school=cast.beuk, pupil=twin, instrument=asked.instrument, from_at=START)
    merged = merge(cast, cast.pupil_noor, twin)
    assert Objection.objects.filter(pupil=cast.pupil_noor).exists()
    assert Invitation.objects.get(pupil=cast.pupil_noor).withdrawn_at == START
    actions.undo_merge(cast.bram, merged, at=timezone.now())
    assert Invitation.objects.get(pupil=cast.pupil_noor).withdrawn_at is None
