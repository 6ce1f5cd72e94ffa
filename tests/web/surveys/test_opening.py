"""Opening a round: a preview with counts, then open for all groups or for none; and what stands in the way."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.core.access import Role
from kring.core.rounds import RoundsOverlap, Window
from kring.library import instrument
from kring.web.models import Enrolment, Entry, Group, Holiday, Invitation, Membership, Round, School, SchoolYear
from kring.web.surveys.intake import Incoming, take_submissions
from kring.web.surveys.opening.actions import open_round
from kring.web.surveys.opening.planned import Planned
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import START, Cast, client_of, group, member, pupil
from tests.measurements import PUPIL_LIST, SOCIOGRAM, list_round

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 11, 3, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def a_monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture(autouse=True)
def christmas(cast: Cast) -> Holiday:
    days = {"first_on": date(2025, 12, 20), "last_on": date(2026, 1, 4)}
    return Holiday.objects.create(school=cast.beuk, year=cast.year, kind="vacation", name="Kerstvakantie", **days)


def send(actor: Membership, *groups: Group, step: str = "", **changed: object) -> Any:
    sent = {"instrument": f"{PUPIL_LIST}:2", "opens_on": "2025-11-10", "closes_on": "2025-11-21", "title": "", "step": step}
    whole = {"done": ["list", "who", "when"], "reason": "Proef in een paar groepen.", "groups": [str(one.pk) for one in groups]}
    client, address, filled = client_of(actor), reverse("round_new", args=[actor.pk]), {**sent, **whole, **changed}
    if step == "open" and "seen" not in changed:
        filled["seen"] = seen_in(client.post(address, {**filled, "step": ""}))
    return client.post(address, filled)


def seen_in(preview: Any) -> str:
    """What was looked at, as the page says it; nothing when it was not shown."""
    return "".join(re.findall(r'name="seen" value="(\w+)"', preview.content.decode()))


def said(answer: Any) -> str:
    return str(answer.content.decode())


def test_first_it_shows_whom_it_asks_and_then_it_asks_them(cast: Cast) -> None:
    assert "Afname openen" in text_of(cast.bram, "rounds")
    preview = send(cast.bram, cast.group_6a, cast.group_6b)
    assert preview.status_code == 200
    for shown in (
        "Leerlinglijst groep 5 tot en met 8, november 2025",
        "ma 10 november 2025 tot en met vr 21 november 2025",
        "lijsten gevraagd",
    ):
        assert shown in said(preview)
    assert not Round.objects.exists()
    opened = send(cast.bram, cast.group_6a, cast.group_6b, step="open")
    made = Round.objects.get()
    assert opened.headers["Location"] == reverse("round", args=[cast.bram.pk, made.pk])
    assert set(Invitation.objects.values_list("pupil", "group")) == {
        (cast.pupil_noor.pk, cast.group_6a.pk),
        (cast.pupil_sem.pk, cast.group_6a.pk),
        (cast.pupil_lot.pk, cast.group_6b.pk),
    }
    assert "0 van 2" in text_of(cast.bram, "round", made.pk)
    assert "begint op ma 10 november" in text_of(cast.bram, "rounds")
    assert Entry.objects.filter(name="round.opened").values_list("record", "record_id").get() == ("round", made.pk)


def test_in_a_combination_group_only_the_years_of_the_list_are_asked(cast: Cast) -> None:
    both = group(cast.beuk, "4/5", [4, 5])
    four, five = pupil(both, "Vier", 4), pupil(both, "Vijf", 5)
    preview = said(send(cast.bram, both))
    assert "leerjaar waarvoor deze lijst niet gemaakt is" in preview
    send(cast.bram, both, step="open")
    assert set(Invitation.objects.values_list("pupil", flat=True)) == {five.pk}
    send(cast.bram, both, step="open", instrument=f"{SOCIOGRAM}:1")
    assert Invitation.objects.filter(pupil=four).exists()


def test_who_sits_in_two_groups_is_asked_once(cast: Cast) -> None:
    Enrolment.objects.create(school=cast.beuk, pupil=cast.pupil_noor, group=cast.group_6b, year_level=6, from_at=START)
    send(cast.bram, cast.group_6a, cast.group_6b, step="open")
    assert Invitation.objects.filter(pupil=cast.pupil_noor).count() == 1


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"opens_on": "2025-11-21", "closes_on": "2025-11-10"}, "voordat die opent"),
        ({"opens_on": "2025-10-01", "closes_on": "2025-10-10"}, "is al voorbij"),
        ({"opens_on": "2025-12-21", "closes_on": "2025-12-30"}, "geen school: Kerstvakantie. Kies dagen waarop er wel school is"),
        ({"opens_on": "2025-11-15", "closes_on": "2025-11-16"}, "zijn een weekend"),
        ({"opens_on": "2026-07-20", "closes_on": "2026-08-20"}, "binnen één schooljaar"),
        ({"opens_on": "2027-01-11", "closes_on": "2027-01-22"}, "binnen één schooljaar"),
    ],
)
@pytest.mark.parametrize("step", ["", "open"])
def test_days_that_cannot_be_are_said(cast: Cast, changed: dict[str, str], says: str, step: str) -> None:
    answer = send(cast.bram, cast.group_6a, step=step, **changed)
    assert answer.status_code == 409
    assert says in said(answer)
    assert changed["opens_on"] in said(answer)  # what was filled in stays
    assert not Round.objects.exists()


def test_without_holidays_nothing_is_opened_and_the_way_to_them_is_shown(cast: Cast) -> None:
    Holiday.objects.all().delete()
    answer = send(cast.bram, cast.group_6a, step="open")
    assert answer.status_code == 409
    assert "nog geen vakanties bekend" in said(answer)
    assert "Naar schooljaar en vakanties" in said(answer)


def test_nobody_to_ask_is_said(cast: Cast) -> None:
    toddlers = group(cast.beuk, "1/2", [1, 2])
    pupil(toddlers, "Kleuter", 1)
    assert "geen leerling voor wie" in said(send(cast.bram, toddlers, step="open"))


def test_a_secondary_school_is_offered_no_list_of_primary_school(cast: Cast) -> None:
    fifth = group(cast.baken, "5V", [5])
    pupil(fifth, "Vijf", 5)
    shown = text_of(cast.gijs, "round_new")
    assert "Leerlinglijst voortgezet onderwijs" in shown
    assert "Leerlinglijst groep 5" not in shown
    assert "Dit is nog niet goed" in said(send(cast.gijs, fifth, step="open"))
    assert "Dit is nog niet goed" in said(send(cast.bram, cast.group_6a, step="open", instrument="kring-leerling-vo:1"))
    assert not Round.objects.exists()


def test_it_asks_who_sits_there_on_the_day_it_opens(cast: Cast) -> None:
    """Who leaves before that day is not asked, and who comes by then is."""
    Enrolment.objects.filter(pupil=cast.pupil_noor).update(until_at=datetime(2025, 11, 8, tzinfo=UTC))
    Enrolment.objects.filter(pupil=cast.pupil_sem).update(from_at=datetime(2025, 11, 7, tzinfo=UTC))
    send(cast.bram, cast.group_6a, step="open")
    assert [one.pupil for one in Invitation.objects.all()] == [cast.pupil_sem]


def test_the_same_list_is_not_open_twice_for_a_group(cast: Cast) -> None:
    there = list_round(cast.group_6a, [cast.pupil_noor], "Najaarslijst", silent=1)
    answer = send(cast.bram, cast.group_6a, cast.group_6b, step="open")
    assert answer.status_code == 409
    assert "In groep 6A loopt dan al “Najaarslijst”" in said(answer)
    assert Round.objects.count() == 1
    send(cast.bram, cast.group_6b, step="open")
    assert Round.objects.count() == 2
    Round.objects.filter(pk=there.pk).update(closed_at=MONDAY)
    send(cast.bram, cast.group_6a, step="open")
    assert Round.objects.count() == 3


def test_sent_twice_it_is_opened_once(cast: Cast) -> None:
    """A double click, or the same in two tabs: the second lands where the first did."""
    seen = seen_in(send(cast.bram, cast.group_6a))
    first, second = (send(cast.bram, cast.group_6a, step="open", seen=seen) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Round.objects.count() == 1
    assert send(cast.bram, cast.group_6a, step="open", seen=seen, opens_on="2025-11-11").status_code == 409
    assert send(cast.bram, cast.group_6a, cast.group_6b, step="open", seen="other").status_code == 409  # and 6B is not taken for asked


def test_two_who_saw_the_same_preview_do_not_open_it_twice(cast: Cast) -> None:
    window = Window(date(2025, 11, 10), date(2025, 11, 21))
    planned = Planned(instrument(PUPIL_LIST), "Lijst", window, (cast.group_6a, cast.group_6b))
    open_round(cast.bram, cast.year, planned, at=MONDAY)
    with pytest.raises(RoundsOverlap):
        open_round(cast.bram, cast.year, planned, at=MONDAY)


def test_days_without_school_are_looked_at_twice(cast: Cast) -> None:
    assert "De laatste dag is geen schooldag" in said(send(cast.bram, cast.group_6a, closes_on="2025-12-24"))
    assert "De eerste dag is geen schooldag" in said(send(cast.bram, cast.group_6a, opens_on="2025-11-09"))


def test_groups_of_another_year_are_not_asked(cast: Cast) -> None:
    later = SchoolYear.objects.create(school=cast.beuk, label="2026-2027", starts_on=date(2026, 8, 1), ends_on=date(2027, 7, 31))
    new = Group.objects.create(school=cast.beuk, year=later, name="7A", year_levels=[7])
    with time_machine.travel(datetime(2026, 7, 1, 9, tzinfo=UTC), tick=False):
        answer = send(cast.bram, new, opens_on="2026-07-06", closes_on="2026-07-10")
    assert answer.status_code == 409
    assert "Groep 7A hoort niet bij het schooljaar 2025-2026" in said(answer)


@pytest.mark.parametrize(
    "changed", [{"instrument": "weg:1"}, {"groups": ["x"]}, {"groups": []}, {"opens_on": "straks"}, {"title": "x" * 121}]
)
def test_a_form_that_is_not_right_comes_back(cast: Cast, changed: dict[str, Any]) -> None:
    answer = send(cast.bram, cast.group_6a, step="open", **changed)
    assert answer.status_code == 200
    assert "Dit is nog niet goed" in said(answer)
    assert not Round.objects.exists()


def test_a_group_of_another_school_is_no_choice(cast: Cast) -> None:
    assert send(cast.bram, cast.group_eik, step="open").status_code == 200
    assert not Round.objects.exists()


def test_a_coordinator_opens_and_nobody_else(cast: Cast) -> None:
    assert may_look(cast, "round_new") == {"bram", "frans", "gijs"}
    assert send(cast.anna, cast.group_6a, step="open").status_code == 404
    assert reverse("round_new", args=[cast.anna.pk]) not in text_of(cast.anna, "rounds")


def test_a_school_without_groups_reads_what_comes_first(cast: Cast) -> None:
    new = School.objects.create(board=cast.beuk.board, name="De Nieuwe", type="po")
    from tests.cast import open_all_schools

    open_all_schools([cast.beuk, cast.eik, cast.baken, new])
    assert "Nog geen groepen" in text_of(member(new, Role.COORDINATOR, "nieuw"), "round_new")


def test_three_groups_ask_as_much_as_one(cast: Cast) -> None:
    before = queries_for(cast.bram, "round_new")
    for name in ("7", "8"):
        group(cast.beuk, name, [7])
    assert queries_for(cast.bram, "round_new") == before


def test_what_a_teacher_brings_comes_in_it(cast: Cast) -> None:
    send(cast.bram, cast.group_6a, step="open")
    made = Round.objects.get()
    take_submissions(made, [Incoming(cast.pupil_noor.pk, cast.group_6a.pk, {}, MONDAY)])
    assert "1 van 2" in text_of(cast.bram, "round", made.pk)
    assert look(cast.anna, "round", made.pk).status_code == 200
