"""Opening several lists at once, why beyond their rhythm, whom they do not reach, and what changed between looking and opening."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.core.access import Role
from kring.library import CONTENT, fingerprint
from kring.web.models import (
    Assignment,
    Enrolment,
    Entry,
    Group,
    Guardian,
    Holiday,
    Invitation,
    Membership,
    Objection,
    OwnInstrument,
    Pupil,
    Round,
    StaffInvitation,
)
from tests.asking import may_look, queries_for, text_of
from tests.cast import START, Cast, client_of, group, pupil
from tests.web.surveys.test_opening import said, seen_in, send

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 11, 3, 9, tzinfo=UTC)
TOGETHER = ["kring-leerling:2", "kring-leerkracht:2", "kring-sociogram:1"]
SAFETY, TEAM, FACES = "kring-veiligheid:2", "kring-kijkwijzer:1", "kring-leerling-beeld:1"


@pytest.fixture(autouse=True)
def a_monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture(autouse=True)
def christmas(cast: Cast) -> Holiday:
    days = {"first_on": date(2025, 12, 20), "last_on": date(2026, 1, 4)}
    return Holiday.objects.create(school=cast.beuk, year=cast.year, kind="vacation", name="Kerstvakantie", **days)


def step(actor: Membership, name: str, **given: Any) -> str:
    answer = client_of(actor).post(reverse("round_new", args=[actor.pk]), {"step": name, **given})
    assert answer.status_code == 200
    return said(answer)


# ---- three steps ------------------------------------------------------------------------------------------------


def test_three_steps_propose_everything_and_lose_nothing(cast: Cast) -> None:
    first = text_of(cast.bram, "round_new")
    assert 'value="kring-leerling:2" id="id_instrument_kring-leerling:2" checked' in first  # due, so already ticked
    assert "Ouderlijst" not in first
    who = step(cast.bram, "who", instrument=TOGETHER, done=["list"])
    assert f'value="{cast.group_6a.pk}" id="id_groups_{cast.group_6a.pk}" checked' in who
    assert "Leerlinglijst groep 5 tot en met 8: alle 2 leerlingen" in who
    left_out = {"instrument": TOGETHER, "done": ["list", "who"], "groups": [str(cast.group_6a.pk)]}
    when = step(cast.bram, "when", **left_out)
    assert 'value="2025-11-03"' in when
    assert "Voorstel: maandag 3 november tot en met vrijdag 14 november" in when
    typed = {"opens_on": "2025-11-05", "closes_on": "2025-11-12", "title": "Najaar", "done": ["list", "who", "when"]}
    back = step(cast.bram, "list", **{**left_out, **typed})
    for kept in ('name="opens_on" value="2025-11-05"', 'name="title" value="Najaar"', f'name="groups" value="{cast.group_6a.pk}"'):
        assert kept in back
    assert f'name="groups" value="{cast.group_6b.pk}"' not in back
    assert "Kies minstens één groep" in step(cast.bram, "when", instrument=TOGETHER, done=["list", "who"])
    assert "Dit is nog niet goed" in step(cast.bram, "who", done=["list"])


def test_an_address_with_a_list_leads_to_its_days(cast: Cast) -> None:
    shown = text_of(cast.bram, "round_new", instrument=SAFETY)
    assert 'name="opens_on" value="2026-02-02"' in shown
    assert 'name="instrument" value="kring-veiligheid:2"' in shown
    assert "Welke groepen?" in text_of(cast.bram, "round_new", all="1")


# ---- several at once --------------------------------------------------------------------------------------------


def test_three_lists_open_in_one_deed_each_for_its_own_years(cast: Cast) -> None:
    both = group(cast.beuk, "4/5", [4, 5])
    four, five = pupil(both, "Vier", 4), pupil(both, "Vijf", 5)
    rhythm = text_of(cast.bram, "rhythm")
    assert "Nu aan de beurt" in rhythm
    days = {"opens_on": "2025-11-03", "closes_on": "2025-11-14", "done": ["list", "when"]}
    preview = step(cast.bram, "look", instrument=TOGETHER, **days)  # as that page sends it: every group
    for shown in ("3 afnames tegelijk", "1 van een ander leerjaar", "6 minuten van de leerkracht", "1 uur en 38 minuten"):
        assert shown in preview
    groups = (cast.group_6a, cast.group_6b, both)
    opened = send(cast.bram, *groups, step="open", instrument=TOGETHER, opens_on="2025-11-03", closes_on="2025-11-14")
    assert opened.headers["Location"] == reverse("rounds", args=[cast.bram.pk])
    asked = {one.instrument: set(one.invitations.values_list("pupil", flat=True)) for one in Round.objects.all()}
    six = {cast.pupil_noor.pk, cast.pupil_sem.pk, cast.pupil_lot.pk}
    assert asked == {
        "kring-leerling": six | {five.pk},
        "kring-leerkracht": six | {four.pk, five.pk},
        "kring-sociogram": six | {four.pk, five.pk},
    }
    assert Entry.objects.filter(name="round.opened").count() == 3
    assert Entry.objects.filter(name="rounds.opened").values_list("record", flat=True).get() == "schoolyear"


def test_one_list_that_cannot_open_keeps_all_others_closed(cast: Cast) -> None:
    send(cast.bram, cast.group_6a, step="open", instrument="kring-sociogram:1")
    answer = send(cast.bram, cast.group_6a, step="open", instrument=TOGETHER)
    assert answer.status_code == 409
    assert "Sociogram, november 2025" in said(answer)
    assert Round.objects.count() == 1
    beside = said(send(cast.bram, cast.group_6a, instrument="kring-leerling:2"))
    assert "In dezelfde weken loopt ook “Sociogram, november 2025” in 1 groep" in beside


# ---- why --------------------------------------------------------------------------------------------------------


def test_the_whole_school_is_asked_or_the_reason_is_written(cast: Cast) -> None:
    without = send(cast.bram, cast.group_6a, step="open", instrument=SAFETY, reason="")
    assert without.status_code == 409
    assert "Nu mist u er 1" in said(without)
    assert not Round.objects.exists()
    send(cast.bram, cast.group_6a, step="open", instrument=SAFETY, reason="Groep 6B is op kamp en volgt in maart.")
    assert Round.objects.get().reason == "Groep 6B is op kamp en volgt in maart."
    assert send(cast.bram, cast.group_6b, step="open", instrument=SAFETY, reason="").status_code == 302  # now nobody is missed
    again = {"instrument": SAFETY, "opens_on": "2026-03-02", "closes_on": "2026-03-13", "reason": ""}
    refused = send(cast.bram, cast.group_6a, cast.group_6b, step="open", **again)
    assert "hooguit 1 keer per schooljaar, en groep 6A" in said(refused)
    assert send(cast.bram, cast.group_6a, step="open", **{**again, "reason": "Na het incident in januari."}).status_code == 302


def test_the_whole_school_is_asked_every_time_anew(cast: Cast) -> None:
    """What everybody was asked in autumn, is in spring not asked of everybody yet."""
    assert send(cast.bram, cast.group_6a, cast.group_6b, step="open", reason="").status_code == 302
    spring = {"opens_on": "2026-03-02", "closes_on": "2026-03-13", "reason": ""}
    assert "Nu mist u er 1" in said(send(cast.bram, cast.group_6a, step="open", **spring))
    assert send(cast.bram, cast.group_6a, cast.group_6b, step="open", **spring).status_code == 302


# ---- between looking and opening --------------------------------------------------------------------------------


def objects_to(pupil: Pupil, key: str) -> Objection:
    return Objection.objects.create(school=pupil.school, pupil=pupil, instrument=key, from_at=START)


def test_what_changed_meanwhile_is_looked_at_again(cast: Cast) -> None:
    seen = seen_in(send(cast.bram, cast.group_6a))
    objects_to(cast.pupil_noor, "kring-leerling")
    answer = send(cast.bram, cast.group_6a, step="open", seen=seen)
    assert answer.status_code == 409
    assert "Er is iets veranderd sinds u keek" in said(answer)
    assert "1 doet niet mee" in said(answer)
    assert "Noor" not in said(answer)
    assert not Round.objects.exists()
    send(cast.bram, cast.group_6a, step="open", seen=seen_in(answer))
    assert list(Invitation.objects.values_list("pupil", flat=True)) == [cast.pupil_sem.pk]
    for unseen in ("", "zomaar"):
        assert send(cast.bram, cast.group_6b, step="open", seen=unseen).status_code == 409


def test_a_newcomer_meanwhile_is_seen_before_being_asked(cast: Cast) -> None:
    seen = seen_in(send(cast.bram, cast.group_6a))
    pupil(cast.group_6a, "Nieuw", 6)
    assert send(cast.bram, cast.group_6a, step="open", seen=seen).status_code == 409


# ---- who is not reached -----------------------------------------------------------------------------------------


def test_it_says_whom_kring_does_not_reach(cast: Cast) -> None:
    Assignment.objects.filter(group=cast.group_6b).delete()
    preview = said(send(cast.bram, cast.group_6a, cast.group_6b))
    assert "1 leerling heeft geen eigen account" in preview  # Noor and Sem have
    assert "Van 2 leerlingen kan Kring geen ouder" in preview  # Noor's mother has authority and an account
    assert "Zonder leerkracht op dat moment: groep 6B." in preview
    Guardian.objects.update(person=None)
    assert "Van 3 leerlingen kan Kring geen ouder" in said(send(cast.bram, cast.group_6a, cast.group_6b))


# ---- colleagues, and guardians ----------------------------------------------------------------------------------


def test_colleagues_are_asked_by_role_and_once_each(cast: Cast) -> None:
    Membership.objects.create(school=cast.beuk, person=cast.anna.person, role=Role.COORDINATOR.value, from_at=START)
    roles: dict[str, Any] = {"instrument": TEAM, "roles": ["teacher", "coordinator"]}
    who = step(cast.bram, "who", instrument=TEAM, done=["list"])
    assert "Welke collega's?" in who
    assert "Welke groepen?" not in who
    preview = said(send(cast.bram, **roles))
    assert "3 collega" in preview
    assert "3 collega's hebben nog geen manier om in te loggen" in preview
    seen = seen_in(send(cast.bram, **roles))
    for _twice in range(2):
        assert send(cast.bram, step="open", seen=seen, **roles).status_code == 302
    asked = StaffInvitation.objects.values_list("membership__person", flat=True)
    assert set(asked) == {cast.anna.person_id, cast.carla.person_id, cast.bram.person_id}
    assert len(asked) == 3
    assert Round.objects.get().asks == Round.Asks.STAFF
    again = send(cast.bram, step="open", **{**roles, "opens_on": "2025-11-17", "closes_on": "2025-11-28"})
    assert "Bij collega" in said(again)
    assert again.status_code == 409
    assert "geen van de" in said(send(cast.bram, **{**roles, "roles": []})) or "soort collega" in said(
        send(cast.bram, **{**roles, "roles": []})
    )


def test_guardians_are_never_asked_by_the_class(cast: Cast) -> None:
    answer = send(cast.bram, cast.group_6a, step="open", instrument="kring-ouder:1")
    assert answer.status_code == 409
    assert "de ouders van één leerling" in said(answer)
    assert not Round.objects.exists()


def test_a_list_about_groups_is_asked_of_each_colleague_per_group(cast: Cast) -> None:
    visit: dict[str, Any] = {"instrument": "kring-groepsbezoek:1", "roles": ["coordinator"]}
    assert "Kies minstens één groep" in said(send(cast.bram, **visit))
    assert "2 lijsten gevraagd" in " ".join(re.sub(r"<[^>]+>", " ", said(send(cast.bram, cast.group_6a, cast.group_6b, **visit))).split())
    send(cast.bram, cast.group_6a, cast.group_6b, step="open", **visit)
    assert set(StaffInvitation.objects.values_list("membership", "group")) == {
        (cast.bram.pk, cast.group_6a.pk),
        (cast.bram.pk, cast.group_6b.pk),
    }


# ---- a school's own lists ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({}, 302),
        ({"released_at": None}, 200),
        ({"retired_at": MONDAY}, 200),
        ({"licence_until": date(2025, 11, 2)}, 200),
    ],
)
def test_an_own_list_is_opened_while_it_may_be(cast: Cast, changed: dict[str, Any], status: int) -> None:
    """A draft, a list that was retired and one whose licence ended are no choice; neither are those of another school."""
    source = (
        (CONTENT / "instruments" / "kring-leerling-1.yaml").read_text(encoding="utf-8").replace("key: kring-leerling", "key: eigen-lijst")
    )
    row = {"key": "eigen-lijst", "version": 1, "title": "Eigen", "source": source, "fingerprint": fingerprint(source.encode())}
    OwnInstrument.objects.create(school=cast.beuk, **{**row, "released_at": MONDAY, **changed})
    answer = send(cast.bram, cast.group_6a, cast.group_6b, step="open", instrument="eigen-lijst:1")
    assert answer.status_code == status
    assert Round.objects.exists() is (status == 302)
    assert send(cast.frans, cast.group_eik, step="open", instrument="eigen-lijst:1").status_code == 200


# ---- many -------------------------------------------------------------------------------------------------------


def test_a_hundred_groups_ask_the_database_as_much_as_three(cast: Cast, django_assert_max_num_queries: Any) -> None:
    groups = Group.objects.bulk_create(
        Group(school=cast.beuk, year=cast.year, name=f"6-{number}", year_levels=[6]) for number in range(100)
    )
    names = [f"kind {number}" for number in range(100)]
    pupils = Pupil.objects.bulk_create(Pupil(school=cast.beuk, given_name=name, sort_name=name, admin_key=name) for name in names)
    Enrolment.objects.bulk_create(
        Enrolment(school=cast.beuk, pupil=one, group=there, year_level=6, from_at=START) for one, there in zip(pupils, groups, strict=True)
    )
    client = client_of(cast.bram)
    given: dict[str, Any] = {"instrument": TOGETHER, "done": ["list", "who", "when"]}
    given |= {"groups": [str(one.pk) for one in groups], "opens_on": "2025-11-10", "closes_on": "2025-11-21", "reason": "Alleen de zessen."}
    with django_assert_max_num_queries(60):
        preview = client.post(reverse("round_new", args=[cast.bram.pk]), {**given, "step": "look"})
    assert preview.status_code == 200
    client.post(reverse("round_new", args=[cast.bram.pk]), {**given, "step": "open", "seen": seen_in(preview)})
    assert Invitation.objects.count() == 300


# ---- the rhythm of the year -------------------------------------------------------------------------------------


def test_the_rhythm_of_the_year_is_for_who_reads_rounds(cast: Cast) -> None:
    assert may_look(cast, "rhythm") == {"anna", "carla", "bram", "rik", "frans", "gijs"}
    assert "Nu aan de beurt" not in text_of(cast.anna, "rhythm")
    assert "Leerkrachtlijst groep 1 en 2" not in text_of(cast.bram, "rhythm")  # nobody sits in groep 1 or 2
    assert 'kring-leerkracht-kleuters:1" checked' not in text_of(cast.bram, "round_new")
    pupil(group(cast.beuk, "1/2", [1, 2]), "Een", 1)
    assert "Leerkrachtlijst groep 1 en 2" in text_of(cast.bram, "rhythm")
    assert "Eerst het schooljaar en de vakanties" in text_of(cast.frans, "rhythm")
    before = queries_for(cast.bram, "rhythm")
    send(cast.bram, cast.group_6a, step="open")
    send(cast.bram, cast.group_6b, step="open", opens_on="2025-11-12")  # the same weeks: one time, in two parts
    send(cast.bram, cast.group_6a, step="open", opens_on="2026-03-02", closes_on="2026-03-13", title="Voorjaar")
    shown = text_of(cast.bram, "rhythm")
    assert "Leerlinglijst groep 5 tot en met 8, november 2025" in shown
    assert shown.count("Voorjaar</a>") == 1
    assert queries_for(cast.bram, "rhythm") == before
