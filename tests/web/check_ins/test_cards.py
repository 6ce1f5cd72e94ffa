"""A daily card: positive goals, filled in on a phone, read at home in friendly words, faded out by people, never beside another's."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.web.check_ins.models import CheckInCard, CheckInDay
from kring.web.checks import all_routes
from kring.web.models import Holiday, Membership
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of
from tests.web.check_ins.card_steps import FORM, GOALS, MOMENTS, MONDAY, carded, day_filled, noon, weeks_filled

pytestmark = pytest.mark.django_db
FRIDAY, SATURDAY = MONDAY + timedelta(days=4), MONDAY + timedelta(days=5)
DAY = {"on": MONDAY.isoformat(), "morning": "Fijn dat je er bent", "evening": "", "pupil_words": "", "read": "", "p_0_0": "1"}


@pytest.fixture(autouse=True)
def that_day() -> Any:
    with time_machine.travel(noon(MONDAY), tick=False):
        yield


def post(actor: Membership, route: str, *keys: object, **sent: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), sent)


def test_it_is_made_with_one_adult_and_positive_goals(cast: Cast) -> None:
    assert reverse("check_in_cards", args=[cast.anna.pk, cast.pupil_noor.pk]) in text_of(cast.anna, "pupil_help", cast.pupil_noor.pk)
    form = text_of(cast.anna, "check_in_new", cast.pupil_noor.pk)
    assert str(cast.bram.person) in form
    assert str(cast.carla.person) not in form
    sent = {**FORM, "with_whom": str(cast.bram.pk)}
    said = post(cast.anna, "check_in_new", cast.pupil_noor.pk, **{**sent, "goal_1": "Ik roep niet door de klas"})
    assert (said.status_code, "In een doel staat “niet”" in said.content.decode(), GOALS[0] in said.content.decode()) == (409, True, True)
    assert post(cast.anna, "check_in_new", cast.pupil_noor.pk, **sent).status_code == 302
    card = CheckInCard.objects.get()
    assert (card.goals, card.moments, card.with_whom, card.target) == (GOALS, MOMENTS, cast.bram, 80)
    again = post(cast.anna, "check_in_new", cast.pupil_noor.pk, **sent)
    assert (again.status_code, "al een dagkaart" in again.content.decode()) == (409, True)
    assert GOALS[0] in text_of(cast.anna, "check_in_cards", cast.pupil_noor.pk)


def test_points_are_tapped_and_only_ever_given(cast: Cast) -> None:
    """Bad input of R214: there are no points to take."""
    card = carded(cast.anna, cast.pupil_noor)
    assert "2" not in re.findall(r'name="p_0_0" value="(-\d+|[3-9])"', text_of(cast.anna, "check_in_day", card.pk))
    assert post(cast.anna, "check_in_day", card.pk, **DAY).status_code == 302
    row = CheckInDay.objects.get()
    assert (row.points, row.morning, row.entered_by) == ({"0": {"0": 1}}, "Fijn dat je er bent", cast.anna)
    shown = text_of(cast.anna, "check_in_day", card.pk)
    assert 'name="p_0_0" value="0"' not in shown
    read = row.entered_at.isoformat()
    taken = post(cast.anna, "check_in_day", card.pk, **{**DAY, "p_0_0": "0", "read": read})
    assert (taken.status_code, "Wat gegeven is, blijft gegeven" in taken.content.decode()) == (409, True)
    later = {**DAY, "p_0_0": "", "p_1_1": "2", "evening": "Mooi begonnen", "pupil_words": "Het ging!", "read": read}
    assert post(cast.anna, "check_in_day", card.pk, **later).status_code == 302
    row.refresh_from_db()
    assert (row.points, row.pupil_words) == ({"0": {"0": 1}, "1": {"1": 2}}, "Het ging!")
    assert post(cast.anna, "check_in_day", card.pk, **{**DAY, "p_0_0": "7"}).status_code == 200


def test_weekends_holidays_and_days_to_come_are_not_asked(cast: Cast) -> None:
    off = {"name": "Studiedag", "kind": "study_day", "groups": []}
    thursday = MONDAY + timedelta(days=3)
    Holiday.objects.create(school=cast.beuk, year=cast.year, first_on=thursday, last_on=thursday, **off)
    card = carded(cast.anna, cast.pupil_noor)
    with time_machine.travel(noon(SATURDAY), tick=False):
        asked = re.findall(r"\?on=([\d-]+)", text_of(cast.anna, "check_in_card", card.pk))
        assert {date.fromisoformat(day) for day in asked} == {MONDAY + timedelta(days=one) for one in (0, 1, 2, 4)}
        for day in (thursday, SATURDAY, MONDAY + timedelta(days=7), MONDAY - timedelta(days=3)):
            answer = post(cast.anna, "check_in_day", card.pk, **{**DAY, "on": day.isoformat()})
            assert answer.status_code == 409, day
        assert "Dagkaarten van vandaag" not in text_of(cast.anna, "home")
    assert "nog niet ingevuld" in text_of(cast.anna, "home")
    assert not CheckInDay.objects.exists()


def test_who_saves_second_sees_both_and_no_point_is_lost(cast: Cast) -> None:
    card = carded(cast.anna, cast.pupil_noor)
    assert post(cast.bram, "check_in_day", card.pk, **{**DAY, "morning": "Van Bram", "p_0_0": "2"}).status_code == 302
    with time_machine.travel(noon(MONDAY) + timedelta(minutes=5), tick=False):
        answer = post(cast.anna, "check_in_day", card.pk, **{**DAY, "morning": "Van Anna", "p_1_0": "1"})
        text = answer.content.decode()
        assert (answer.status_code, "Van Anna" in text, "Van Bram" in text) == (409, True, True)
        read = re.search(r'name="read" value="([^"]*)"', text)
        assert read
        again = {**DAY, "morning": "Van ons samen", "p_0_0": "2", "p_1_0": "1", "read": read[1]}
        assert post(cast.anna, "check_in_day", card.pk, **again).status_code == 302
    row = CheckInDay.objects.get()
    assert (row.points, row.morning) == ({"0": {"0": 2}, "1": {"0": 1}}, "Van ons samen")


def test_on_few_days_nothing_is_said_and_on_enough_the_middle(cast: Cast) -> None:
    card = carded(cast.anna, cast.pupil_noor)
    weeks_filled(cast.anna, card, [(1, 1, 2)], days=4)
    with time_machine.travel(noon(FRIDAY), tick=False):
        assert "nog te weinig om iets over te zeggen" in text_of(cast.anna, "check_in_card", card.pk)
        day_filled(cast.anna, card, FRIDAY, 2, 2, 2)
        shown = text_of(cast.anna, "check_in_card", card.pk)
    assert "Op 1 van de 5 dagen is het doel gehaald" in shown
    assert "Waardoor dat komt, zegt de kaart niet" in shown


def test_three_good_weeks_propose_fewer_moments_and_people_decide(cast: Cast) -> None:
    card = carded(cast.anna, cast.pupil_noor)
    weeks_filled(cast.anna, card, [(1, 1, 1), (2, 2, 1), (2, 2, 2), (2, 2, 2)], days=3)
    end = MONDAY + timedelta(weeks=3, days=3)
    with time_machine.travel(noon(end), tick=False):
        assert "verder te gaan met 2 van de 3 momenten" in text_of(cast.anna, "check_in_card", card.pk)
        until = (end + timedelta(weeks=3)).isoformat()
        assert post(cast.anna, "check_in_fewer", card.pk, moments=MOMENTS, until_on=until).status_code == 409
        assert post(cast.anna, "check_in_fewer", card.pk, moments=MOMENTS[1:], until_on=until).status_code == 302
    card.refresh_from_db()
    new = CheckInCard.objects.exclude(pk=card.pk).get()
    assert (card.until_on, new.from_on, new.moments, new.goals) == (end, end + timedelta(days=1), MOMENTS[1:], GOALS)
    with time_machine.travel(noon(end + timedelta(days=2)), tick=False):
        assert post(cast.anna, "check_in_stop", card.pk).status_code == 409
        assert "voorbij" in text_of(cast.anna, "check_in_card", card.pk)


def test_of_the_last_moment_it_proposes_to_stop_and_a_card_can_stop(cast: Cast) -> None:
    card = carded(cast.anna, cast.pupil_noor)
    CheckInCard.objects.update(moments=MOMENTS[:1])
    card.refresh_from_db()
    weeks_filled(cast.anna, card, [(2,), (2,), (2,)], days=3)
    with time_machine.travel(noon(MONDAY + timedelta(weeks=2, days=3)), tick=False):
        assert "stelt voor om te stoppen" in text_of(cast.anna, "check_in_card", card.pk)
        assert post(cast.anna, "check_in_stop", card.pk).status_code == 302
    card.refresh_from_db()
    assert card.until_on == MONDAY + timedelta(weeks=2, days=3)


def test_pupil_and_guardian_read_it_in_friendly_words_and_change_nothing(cast: Cast) -> None:
    card = carded(cast.anna, cast.pupil_noor)
    weeks_filled(cast.anna, card, [(2, 2, 2)])
    with time_machine.travel(noon(SATURDAY), tick=False):
        own = text_of(cast.noor, "check_in_card", card.pk)
        assert all(words in own for words in ("Mijn dagkaart", "haalde je je doel", "Wat ik oefen"))
        assert "Waardoor" not in own
        assert "Wat uw kind oefent" in text_of(cast.els, "check_in_card", card.pk)
        assert reverse("check_in_cards", args=[cast.noor.pk, cast.pupil_noor.pk]) in text_of(cast.noor, "home")
        assert reverse("check_in_cards", args=[cast.els.pk, cast.pupil_noor.pk]) in text_of(cast.els, "home")
        for actor in (cast.noor, cast.els, cast.pim, cast.carla, cast.rik):
            assert post(actor, "check_in_day", card.pk, **DAY).status_code == 404, actor
            assert post(actor, "check_in_stop", card.pk).status_code == 404, actor


def test_it_goes_on_paper(cast: Cast) -> None:
    answer = look(cast.anna, "check_in_pdf", carded(cast.anna, cast.pupil_noor).pk)
    assert answer.content.startswith(b"%PDF")
    assert "Noor" not in answer.headers["Content-Disposition"]


def test_bad_input_of_r149_points_are_never_a_ranking(cast: Cast) -> None:
    """Every page with points is about one pupil; where several pupils stand together, there are no points."""
    for pupil, given in ((cast.pupil_noor, (2, 2, 2)), (cast.pupil_sem, (0, 1, 0))):
        weeks_filled(cast.anna, carded(cast.anna, pupil), [given])
    with time_machine.travel(noon(FRIDAY), tick=False):
        home = text_of(cast.anna, "home")
        assert all(str(pupil) in home for pupil in (cast.pupil_noor, cast.pupil_sem))
        assert "begonnen" in home
        assert not re.search(r"punten|procent", home.split('id="dagkaarten-kop"')[1].split("</section>")[0])
        noor = CheckInCard.objects.get(pupil=cast.pupil_noor)
        for route, key in (("check_in_card", noor.pk), ("check_in_cards", cast.pupil_noor.pk), ("check_in_day", noor.pk)):
            assert "Sem" not in text_of(cast.anna, route, key), route
    ours = [pattern for pattern, route in all_routes() if (route.name or "").startswith("check_in")]
    assert all(("pupils/<uuid:pupil>" in pattern) != ("<uuid:checkincard>" in pattern) for pattern in ours)


def test_others_do_not_find_it_and_three_days_ask_as_much_as_one(cast: Cast) -> None:
    card = carded(cast.anna, cast.pupil_noor)
    day_filled(cast.anna, card, MONDAY, 2)
    asked = {
        "check_in_card": ({"anna", "bram", "els", "noor"}, card.pk),
        "check_in_cards": ({"anna", "bram", "els", "noor"}, cast.pupil_noor.pk),
        "check_in_day": ({"anna", "bram"}, card.pk),
    }
    with time_machine.travel(noon(FRIDAY), tick=False):
        one = {route: queries_for(cast.anna, route, [key]) for route, (_who, key) in asked.items()}
        for number in (1, 2):
            day_filled(cast.anna, card, MONDAY + timedelta(days=number), 2, 1)
        for route, (who, key) in asked.items():
            assert queries_for(cast.anna, route, [key]) == one[route], route
            assert may_look(cast, route, key) == who, route
