"""A list for the guardians of one pupil: with a reason, to those with authority, and nobody else learns that they were asked."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Role, Verb
from kring.core.guardian_lists import GuardianAskedAlready, NoGuardianToAsk
from kring.core.objections import NotTakingPart
from kring.core.rounds import Window
from kring.library import instrument
from kring.web.access import NotPermitted, may
from kring.web.models import Contact, Entry, Guardian, GuardianInvitation, Guardianship, Holiday, Notice, Pupil, Round, Task
from kring.web.surveys.family.actions import object_to, take_back
from kring.web.surveys.guardian_lists.actions import ForGuardians, ask_guardians, remind_guardian, withdraw_guardian_list
from tests.asking import may_look, queries_for, text_of
from tests.cast import Cast, client_of, guardian, member

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 11, 10, 12, 0, tzinfo=timezone.get_default_timezone())
A_DAY = timedelta(days=1)
WHY = "Wij willen graag horen hoe het thuis gaat."
OF_GUARDIANS = "kring-ouder"


@pytest.fixture(autouse=True)
def _autumn(cast: Cast) -> Any:
    day = date(2025, 12, 22)
    Holiday.objects.create(school=cast.beuk, year=cast.year, kind="holiday", name="Kerst", first_on=day, last_on=day + 11 * A_DAY)
    with time_machine.travel(NOW):
        yield


def key_of(actor: Any) -> Any:
    return Guardian.objects.get(person=actor.person).pk


def wanted(*guardians: Any, why: str = WHY) -> ForGuardians:
    window = Window(date(2025, 11, 10), date(2025, 11, 24))
    return ForGuardians(instrument(OF_GUARDIANS, 1), tuple(key_of(one) for one in guardians), why, window)


def press(actor: Any, route: str, key: object, **given: Any) -> int:
    return client_of(actor).post(reverse(route, args=[actor.pk, key]), given).status_code


def asking(*guardians: Any, **other: Any) -> dict[str, Any]:
    keys = [str(key_of(one)) for one in guardians]
    return {"instrument": f"{OF_GUARDIANS}:1", "reason": WHY, "guardians": keys, "closes_on": "2025-11-24", **other}


def test_anna_asks_els_with_a_reason_and_els_reads_it(cast: Cast) -> None:
    Contact.objects.create(school=cast.beuk, guardian_id=key_of(cast.els), address="Geheimlaan 1", is_secret=True)
    page = text_of(cast.anna, "guardian_list_new", cast.pupil_noor.pk)
    assert "Els" in page
    assert "Pim" not in page  # without authority
    assert 'value="2025-11-24"' in page  # two weeks of school
    assert press(cast.anna, "guardian_list_new", cast.pupil_noor.pk, **asking(cast.els)) == 302
    [one] = GuardianInvitation.objects.select_related("round")
    assert (one.guardian_id, one.reason, one.asked_by_id, one.round.asks) == (key_of(cast.els), WHY, cast.anna.pk, "guardians")
    assert "Els" not in one.round.title
    assert "Noor" not in one.round.title
    page = text_of(cast.anna, "guardian_lists", cast.pupil_noor.pk)
    for part in (WHY, "Anna van de Test", "nog niet ingevuld, kan tot en met"):
        assert part in page
    assert "Geheimlaan" not in page
    assert "De school vraagt u een lijst" in text_of(cast.els, "home")
    assert WHY in text_of(cast.els, "pupil_lists", cast.pupil_noor.pk)
    assert WHY not in text_of(cast.noor, "pupil_lists", cast.pupil_noor.pk)
    assert Entry.objects.filter(name="guardian_list.asked", pupil_id=cast.pupil_noor.pk).exists()


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"reason": "zomaar"}, {"guardians": []}, {"closes_on": "2025-11-01"}, {"instrument": ""}]
)
def test_without_reason_guardian_or_days_nobody_is_asked(cast: Cast, wrong: dict[str, Any]) -> None:
    assert press(cast.anna, "guardian_list_new", cast.pupil_noor.pk, **asking(cast.els, **wrong)) in {200, 409}
    assert not Round.objects.exists()
    assert not Notice.objects.filter(event="guardian_list.asked").exists()


def test_a_guardian_without_authority_is_never_asked(cast: Cast) -> None:
    for chosen in ((cast.pim,), (cast.els, cast.pim), ()):
        with pytest.raises(NoGuardianToAsk):
            ask_guardians(cast.anna, cast.pupil_noor, wanted(*chosen), at=NOW)
    Pupil.objects.filter(pk=cast.pupil_noor.pk).update(birth_date=date(2009, 1, 1))
    with pytest.raises(NoGuardianToAsk):  # sixteen, and els was not let in
        ask_guardians(cast.anna, cast.pupil_noor, wanted(cast.els), at=NOW)
    with pytest.raises(NoGuardianToAsk):  # of another child
        ask_guardians(cast.anna, cast.pupil_sem, wanted(cast.els), at=NOW)
    assert not Round.objects.exists()


def test_nobody_else_learns_that_they_were_asked(cast: Cast) -> None:
    [one] = ask_guardians(cast.anna, cast.pupil_noor, wanted(cast.els), at=NOW)
    assert may_look(cast, "guardian_lists", cast.pupil_noor.pk) == {"anna", "bram"}
    assert may_look(cast, "guardian_list_new", cast.pupil_noor.pk) == {"anna", "bram"}
    may_know = {"anna", "bram"}
    for name, actor in cast.actors().items():
        assert may(actor, Round, Verb.READ).filter(pk=one.round_id).exists() == (name in may_know), name
    for actor in (cast.carla, cast.rik, cast.bram, cast.anna):
        for page in ("rounds", "home", "groups", "tasks"):
            assert one.round.title not in text_of(actor, page), (actor.role, page)
        assert one.round.title not in client_of(actor).get(reverse("school_calendar", args=[actor.pk])).content.decode()
    for actor in (cast.carla, cast.rik):
        assert client_of(actor).get(reverse("round", args=[actor.pk, one.round_id])).status_code == 404
    assert not Task.objects.exists()


def test_the_other_parent_does_not_see_the_list_of_els(cast: Cast) -> None:
    ed = member(cast.beuk, Role.GUARDIAN, "ed")
    guardian(cast.pupil_noor, ed, has_authority=True)
    ask_guardians(cast.anna, cast.pupil_noor, wanted(cast.els), at=NOW)
    assert WHY not in text_of(ed, "pupil_lists", cast.pupil_noor.pk)
    ask_guardians(cast.anna, cast.pupil_noor, wanted(ed, why="Wij willen ook van de vader horen."), at=NOW)
    page = text_of(ed, "pupil_lists", cast.pupil_noor.pk)
    assert "ook van de vader" in page
    assert WHY not in page


def test_one_list_at_a_time_one_reminder_a_week_and_it_can_be_withdrawn(cast: Cast) -> None:
    [one] = ask_guardians(cast.anna, cast.pupil_noor, wanted(cast.els), at=NOW)
    with pytest.raises(GuardianAskedAlready):
        ask_guardians(cast.bram, cast.pupil_noor, wanted(cast.els), at=NOW)
    assert press(cast.anna, "remind_guardian", one.pk) == 409
    with time_machine.travel(NOW + 7 * A_DAY):
        assert "Herinneren<" in text_of(cast.anna, "guardian_lists", cast.pupil_noor.pk)
        assert press(cast.anna, "remind_guardian", one.pk) == 302
        assert press(cast.bram, "remind_guardian", one.pk) == 409
        assert Notice.objects.filter(event="guardian_list.asked", receiver=cast.els).count() == 2
        assert press(cast.bram, "withdraw_guardian_list", one.pk) == 302
        assert press(cast.anna, "withdraw_guardian_list", one.pk) == 409
        assert press(cast.anna, "remind_guardian", one.pk) == 409
        assert "ingetrokken" in text_of(cast.anna, "guardian_lists", cast.pupil_noor.pk)
        assert "wordt niet gevraagd" in text_of(cast.els, "pupil_lists", cast.pupil_noor.pk)


def test_who_has_no_say_any_more_is_not_reminded(cast: Cast) -> None:
    [one] = ask_guardians(cast.anna, cast.pupil_noor, wanted(cast.els), at=NOW)
    Guardianship.objects.filter(guardian__person=cast.els.person).update(has_authority=False)
    with time_machine.travel(NOW + 7 * A_DAY):
        assert press(cast.anna, "remind_guardian", one.pk) == 409
        assert Notice.objects.filter(receiver=cast.els).count() == 1
        assert client_of(cast.els).get(reverse("pupil_lists", args=[cast.els.pk, cast.pupil_noor.pk])).status_code == 404
        assert press(cast.anna, "withdraw_guardian_list", one.pk) == 302


def test_only_the_team_of_the_pupil_asks_reminds_and_withdraws(cast: Cast) -> None:
    [one] = ask_guardians(cast.anna, cast.pupil_noor, wanted(cast.els), at=NOW)
    for actor in (cast.carla, cast.rik, cast.els, cast.noor, cast.frans, cast.olga):
        with pytest.raises(NotPermitted):
            ask_guardians(actor, cast.pupil_noor, wanted(cast.els), at=NOW)
        for act in (remind_guardian, withdraw_guardian_list):
            with pytest.raises(NotPermitted):
                act(actor, one, at=NOW)


def test_an_objection_withdraws_what_was_asked_and_stands_in_the_way(cast: Cast) -> None:
    [one] = ask_guardians(cast.anna, cast.pupil_noor, wanted(cast.els), at=NOW)
    no = object_to(cast.els, cast.pupil_noor, OF_GUARDIANS, at=NOW + A_DAY)
    one.refresh_from_db()
    assert one.withdrawn_at == NOW + A_DAY
    with time_machine.travel(NOW + 2 * A_DAY):
        with pytest.raises(NotTakingPart):
            ask_guardians(cast.anna, cast.pupil_noor, wanted(cast.els), at=NOW + 2 * A_DAY)
        take_back(cast.els, no, at=NOW + 2 * A_DAY)
    one.refresh_from_db()
    assert one.withdrawn_at is None


def test_the_page_asks_as_much_for_three_as_for_one(cast: Cast) -> None:
    def more(number: int) -> None:
        other = member(cast.beuk, Role.GUARDIAN, f"ouder{number}")
        guardian(cast.pupil_noor, other, has_authority=True)
        ask_guardians(cast.anna, cast.pupil_noor, wanted(other), at=NOW)

    more(1)
    pages = ("guardian_lists", "pupil_around")
    once = [queries_for(cast.anna, page, [cast.pupil_noor.pk]) for page in pages]
    more(2)
    more(3)
    assert [queries_for(cast.anna, page, [cast.pupil_noor.pk]) for page in pages] == once
