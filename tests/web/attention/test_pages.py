"""The pages of whom to look at: both channels beside each other, for who may read everything that gave the points."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kring.core.access import Role
from kring.web.attention.intake import work_out_attention
from kring.web.models import AttentionTable, Case, CaseMember, DiscussedPupil, Gathering, Membership, Plan, Pupil, PupilAttention, Signal
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import START, Cast, client_of, member, pupil
from tests.measurements import classmates, list_round

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def seen(of: Pupil, by: Membership, *signs: str, ago: timedelta = DAY) -> Signal:
    moment = timezone.now() - ago
    day = timezone.localdate(moment) + timedelta(days=42)
    given = {"signs": list(signs), "author": by, "seen_at": moment, "made_at": moment, "counts_until_on": day}
    return Signal.objects.create(school=of.school, pupil=of, kind="observation", fact="Zat alleen.", **given)


def points(of: Pupil, inward: int | None, outward: int | None, **more: Any) -> PupilAttention:
    """As if it had been worked out."""
    levels = [None if one is None else sum(one >= least for least in (2, 4, 6)) for one in (inward, outward)]
    given = {"inward_points": inward, "outward_points": outward, "inward_level": levels[0], "outward_level": levels[1]}
    made, _new = PupilAttention.objects.update_or_create(
        pupil=of, defaults={"school": of.school, "table": "1", "worked_out_at": timezone.now(), **given, **more}
    )
    return made


# ---- the group --------------------------------------------------------------------------------------------------


def test_a_group_shows_both_channels_each_by_its_own_points(cast: Cast) -> None:
    seen(cast.pupil_noor, cast.anna, "alone-at-break")
    seen(cast.pupil_sem, cast.anna, "quarrels")
    work_out_attention(at=timezone.now())
    page = text_of(cast.anna, "group_attention", cast.group_6a.pk)
    inward, outward = page.split('id="kanaal-inward"')[1].split('id="kanaal-outward"')
    assert "Noor" in inward
    assert "Sem" not in inward
    assert "Sem" in outward.split("Stil, maar niet vergeten")[0]
    assert "1 persoon zag iets" in page
    assert "telt tot en met" in page


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"source": "own-list", "sign": "red", "about": "Welbevinden"}, "Eigen lijst: Welbevinden: rood"),
        ({"source": "absence", "sign": "absent-percent", "value": 12.4, "until": ""}, "Verzuim: 12 procent van de schooldagen afwezig"),
        ({"source": "absence", "sign": "short-spells", "value": 4.0, "until": ""}, "Verzuim: 4 keer ziek gemeld"),
        (
            {"source": "change", "sign": "rci", "about": "Welbevinden", "value": -2.1},
            "Welbevinden: duidelijk minder goed dan de vorige keer",
        ),
        ({"source": "change", "sign": "rci", "about": "Welbevinden", "value": -1.4}, "Welbevinden: misschien minder goed"),
        ({"source": "sociogram", "sign": "never-chosen"}, "Sociogram: niemand koos deze leerling"),
        ({"source": "observation", "sign": "seen", "observers": 2}, "Gezien op school: 2 mensen zagen iets"),
    ],
)
def test_every_point_says_where_it_came_from(cast: Cast, line: dict[str, Any], said: str) -> None:
    kept = {"channel": "internalising", "about": "", "value": None, "points": 2, "on": "2026-01-12", "until": "2026-07-12"}
    points(cast.pupil_noor, 2, 0, lines=[kept | line])
    assert said in text_of(cast.anna, "group_attention", cast.group_6a.pk)


def test_what_cannot_wait_stands_at_the_top(cast: Cast) -> None:
    points(cast.pupil_noor, 0, 0, direct=[{"kind": "act-today", "sign": "never-safe", "on": "2026-01-12"}])
    page = text_of(cast.anna, "group_attention", cast.group_6a.pk)
    assert page.index('id="vandaag"') < page.index("Noor") < page.index('id="kanaal-inward"')


def test_nothing_known_is_said_apart(cast: Cast) -> None:
    work_out_attention(at=timezone.now())
    assert "Van 2 leerlingen is niets bekend" in text_of(cast.anna, "group_attention", cast.group_6a.pk)


def test_a_group_without_points_offers_a_first_step(cast: Cast) -> None:
    assert "Nog niets uitgerekend" in text_of(cast.anna, "group_attention", cast.group_6a.pk)
    assert "Er is nog niets bekend" in text_of(cast.anna, "attention")


def test_the_quiet_pupil_without_any_contact_appears_and_the_noisy_one_does_not(cast: Cast) -> None:
    points(cast.pupil_noor, 2, 0)
    points(cast.pupil_sem, 3, 5)
    quiet = text_of(cast.anna, "group_attention", cast.group_6a.pk).split('id="stil"')[1].split("</ul>")[0]
    assert "Noor" in quiet
    assert "Sem" not in quiet
    points(cast.pupil_noor, 2, 0, last_heard_on=timezone.localdate())
    assert "Op dit moment niemand" in text_of(cast.anna, "group_attention", cast.group_6a.pk)


def test_the_agenda_takes_as_many_from_each_channel(cast: Cast) -> None:
    points(cast.pupil_noor, 3, 0)
    points(cast.pupil_sem, 0, 7)
    agenda = text_of(cast.anna, "group_attention", cast.group_6a.pk).split('id="agenda"')[1]
    assert agenda.index("Noor") < agenda.index("Sem")
    assert "met voorrang" in agenda
    points(cast.pupil_noor, 1, 0, reviews_missed=2)
    assert "twee besprekingen niet besproken" in text_of(cast.anna, "group_attention", cast.group_6a.pk)


def test_the_agenda_leads_to_a_review_with_the_reasons(cast: Cast) -> None:
    points(cast.pupil_noor, 3, 0)
    points(cast.pupil_sem, 0, 7)
    agenda = text_of(cast.anna, "group_attention", cast.group_6a.pk).split('id="agenda"')[1].split("</form>")[0]
    sent = dict(re.findall(r'name="(because\.[^"]+)" value="([^"]*)"', agenda))
    assert sent == {f"because.{cast.pupil_noor.pk}": "internalising top", f"because.{cast.pupil_sem.pk}": "externalising priority"}
    page = text_of(cast.anna, "review_new", cast.group_6a.pk, pupil=str(cast.pupil_noor.pk), **sent)
    assert re.search(r"checked[^>]*>\s*Noor Test \(", page)


def test_above_the_line_the_class_comes_first_everywhere(cast: Cast) -> None:
    for one in classmates(cast.group_6a, 8):
        points(one, 1, 1)
    points(cast.pupil_noor, 4, 0)
    points(cast.pupil_sem, 0, 4)
    assert "Eerst de klas" not in text_of(cast.anna, "group_attention", cast.group_6a.pk)
    AttentionTable.objects.create(school=cast.beuk, version="2", class_line=15, made_by=cast.bram, from_at=timezone.now() - DAY)
    for actor, route, keys in ((cast.anna, "group_attention", [cast.group_6a.pk]), (cast.anna, "attention", []), (cast.anna, "home", [])):
        assert "Eerst de klas: in groep 6A vragen 2 van 10 leerlingen" in text_of(actor, route, *keys)
    assert "Eerst de klas: in groep 6A" in text_of(cast.bram, "home")
    assert "Eerst de klas" not in text_of(cast.carla, "home")


def test_who_sees_a_group(cast: Cast) -> None:
    seen(cast.pupil_noor, cast.anna, "tired")
    work_out_attention(at=timezone.now())
    assert may_look(cast, "group_attention", cast.group_6a.pk) == {"anna", "bram"}


def test_a_group_asks_as_much_for_many(cast: Cast) -> None:
    points(cast.pupil_noor, 3, 0)
    few = queries_for(cast.anna, "group_attention", [cast.group_6a.pk])
    for one in classmates(cast.group_6a, 8):
        points(one, 2, 2)
    assert queries_for(cast.anna, "group_attention", [cast.group_6a.pk]) == few


# ---- the list ---------------------------------------------------------------------------------------------------


def names(page: str) -> list[str]:
    return [one for one in ("Noor", "Sem", "Lot") if one in page.split('id="leerlingen"')[1]]


def test_the_list_is_filtered_and_sorted(cast: Cast) -> None:
    points(cast.pupil_noor, 4, 0, last_discussed_on=timezone.localdate())
    points(cast.pupil_sem, 2, 6)
    points(cast.pupil_lot, 1, 0)
    bram = cast.bram
    assert names(text_of(bram, "attention")) == ["Noor", "Sem"]
    assert names(text_of(bram, "attention", level="0")) == ["Noor", "Sem", "Lot"]
    assert names(text_of(bram, "attention", level="3")) == ["Sem"]
    assert names(text_of(bram, "attention", level="0", group=str(cast.group_6b.pk))) == ["Lot"]
    assert names(text_of(bram, "attention", quiet="on")) == ["Noor", "Sem", "Lot"]
    assert "Niemand past bij deze keuze" in text_of(bram, "attention", level="2", group=str(cast.group_6b.pk))
    for order, first in (("inward", "Noor"), ("outward", "Sem"), ("discussed", "Sem"), ("name", "Noor")):
        rows = text_of(bram, "attention", order=order).split('id="leerlingen"')[1].split("<tbody>")[1]
        assert min(("Noor", "Sem"), key=rows.index) == first
    assert names(text_of(bram, "attention", order="no-such-order")) == ["Noor", "Sem"]


def test_who_sees_the_list_and_of_whom(cast: Cast) -> None:
    points(cast.pupil_noor, 4, 0)
    points(cast.pupil_lot, 4, 0)
    carla = text_of(cast.carla, "attention")
    assert ("Noor" in carla, "Lot" in carla) == (False, True)
    for actor in (cast.rik, cast.olga, cast.els, cast.noor, member(cast.beuk, Role.SAFETY_COORDINATOR, "saar")):
        assert look(actor, "attention").status_code == 404
    assert "Noor" not in text_of(cast.frans, "attention")


def test_a_specialist_sees_who_is_in_an_open_case(cast: Cast) -> None:
    gabi = member(cast.beuk, Role.BEHAVIOUR_SPECIALIST, "gabi")
    case = Case.objects.create(school=cast.beuk, pupil=cast.pupil_noor, purpose="Samen kijken", opened_by=cast.bram, from_at=START)
    CaseMember.objects.create(school=cast.beuk, case=case, membership=gabi, from_at=START)
    points(cast.pupil_noor, 4, 0)
    points(cast.pupil_sem, 4, 0)
    assert names(text_of(gabi, "attention")) == ["Noor"]
    assert look(gabi, "group_attention", cast.group_6a.pk).status_code == 404


def test_the_list_asks_as_much_for_many(cast: Cast) -> None:
    points(cast.pupil_noor, 3, 0)
    few = queries_for(cast.bram, "attention")
    for one in classmates(cast.group_6b, 8):
        points(one, 2, 2)
    assert queries_for(cast.bram, "attention") == few


def test_the_list_goes_along_as_it_was_chosen(cast: Cast) -> None:
    seen(cast.pupil_noor, cast.anna, "tired")
    work_out_attention(at=timezone.now())
    points(cast.pupil_sem, 0, 6)
    answer = look(cast.anna, "attention_xlsx", level="0")
    sheet = load_workbook(BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Leerling", "Noor Test", "Sem Test"]
    assert rows[1][2:5] == (1, "geen actie nodig", "Gezien op school: 1 persoon zag iets (1)")
    text = look(cast.anna, "attention_csv", level="3").content.decode("utf-8-sig")
    assert "Sem" in text
    assert "Noor" not in text
    assert look(cast.els, "attention_xlsx").status_code == look(cast.rik, "attention_csv").status_code == 404


def test_who_looks_beyond_the_own_groups_proves_it_once_more(cast: Cast) -> None:
    client = client_of(cast.bram, shown="password")
    answer = client.get(reverse("attention_xlsx", args=[cast.bram.pk]))
    assert answer.status_code == 302


def test_half_a_year_of_attention_for_both_sides_stands_beside_the_goal(cast: Cast) -> None:
    held = timezone.now() - DAY
    review = Gathering.objects.create(
        school=cast.beuk,
        group=cast.group_6a,
        kind="group_review",
        purpose="B",
        planned_at=held,
        held_at=held,
        made_by=cast.anna,
        made_at=held,
        edited_at=held,
    )
    for place, one in enumerate(classmates(cast.group_6a, 20)):
        because = ["externalising"] if place else ["internalising"]
        DiscussedPupil.objects.create(school=cast.beuk, gathering=review, pupil=one, discussed_at=held, because=because)
    page = text_of(cast.bram, "attention")
    assert "stond 1 keer" in page
    assert "minder aandacht dan de bedoeling is" in page
    assert "halve jaar" not in text_of(cast.anna, "attention")


# ---- the first pages --------------------------------------------------------------------------------------------


def test_the_first_pages_count_what_waits_with_the_oldest(cast: Cast) -> None:
    assert "geen plan of gesprek is over tijd" in text_of(cast.anna, "home")
    ago = timezone.now() - 3 * DAY
    points(cast.pupil_noor, 6, 0)
    Gathering.objects.create(
        school=cast.beuk,
        pupil=cast.pupil_noor,
        kind="pupil_talk",
        purpose="Praten",
        planned_at=ago,
        made_by=cast.anna,
        made_at=ago,
        edited_at=ago,
    )
    Plan.objects.create(
        school=cast.beuk,
        pupil=cast.pupil_noor,
        kind="trial",
        seen_as="intervention",
        state="running",
        stage="small_trial",
        support_layer="basic",
        title="Samen buiten",
        starts_on=ago.date(),
        ends_on=timezone.localdate(ago),
        made_by=cast.anna,
        made_at=ago,
        edited_at=ago,
    )
    for actor in (cast.anna, cast.bram):
        page = text_of(actor, "home")
        assert all(
            word in page for word in ("Met voorrang bespreken", "Stil, maar niet vergeten", "Plannen om te evalueren", "zonder verslag")
        )
        assert "te laat" in page
    assert "Plannen om te evalueren" not in text_of(cast.carla, "home")


# ---- the table --------------------------------------------------------------------------------------------------

ROW = "internalising/observation/one-observer"


def form_of(actor: Membership, **changed: str) -> dict[str, str]:
    form = look(actor, "attention_table").context["form"]
    return {name: str(form.initial.get(name, "")) for name in form.fields} | changed


def post(actor: Membership, data: dict[str, str]) -> Any:
    return client_of(actor).post(reverse("attention_table", args=[actor.pk]), data)


def tried(actor: Membership, **changed: str) -> dict[str, str]:
    data = form_of(actor, **changed)
    answer = post(actor, data | {"try": "1"})
    assert answer.status_code == 200
    return data | {"seen": answer.context["mark"]}


def test_a_coordinator_tries_a_table_and_puts_it_in_use(cast: Cast) -> None:
    seen(cast.pupil_noor, cast.anna, "tired")
    data = tried(cast.bram, **{ROW: "3", "class_line": "25"})
    assert not AttentionTable.objects.exists()
    assert post(cast.bram, data | {"use": "1"}).status_code == 302
    made = AttentionTable.objects.get()
    assert (made.version, made.changes, made.class_line) == ("2", {ROW: 3}, 25)
    assert "Versie 2" in text_of(cast.anna, "attention_table")
    post(cast.bram, tried(cast.bram, **{ROW: "off"}) | {"use": "1"})
    assert [one.version for one in AttentionTable.objects.filter(until_at=None)] == ["3"]


def test_the_preview_says_who_would_move_and_changes_nothing(cast: Cast) -> None:
    for by in (cast.anna, cast.bram):
        seen(cast.pupil_noor, by, "tired", ago=timedelta(hours=2))
    data = form_of(cast.bram, **{"internalising/observation/two-observers": "1"})
    answer = post(cast.bram, data | {"try": "1"})
    assert next((one.up, one.down) for one in answer.context["previews"]) == (0, 1)
    assert "Wat er zou veranderen" in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({ROW: "3", "seen": ""}, "Bekijk eerst wat er verandert"),
        ({}, "Er is niets anders dan nu"),
    ],
)
def test_a_table_is_not_put_in_use_unseen_or_unchanged(cast: Cast, changed: dict[str, str], sentence: str) -> None:
    answer = post(cast.bram, tried(cast.bram, **{key: said for key, said in changed.items() if key != "seen"}) | changed | {"use": "1"})
    assert answer.status_code == 409
    assert sentence in answer.content.decode()
    assert not AttentionTable.objects.exists()


def test_a_table_stays_while_a_round_runs(cast: Cast) -> None:
    list_round(cast.group_6a, [cast.pupil_noor])
    answer = post(cast.bram, tried(cast.bram, **{ROW: "3"}) | {"use": "1"})
    assert answer.status_code == 409
    assert "Er loopt nog een afname (1)" in answer.content.decode()


def test_points_outside_the_choices_come_back_with_the_form(cast: Cast) -> None:
    answer = post(cast.bram, form_of(cast.bram, **{ROW: "9"}) | {"use": "1"})
    assert answer.status_code == 200
    assert not AttentionTable.objects.exists()


def test_who_reads_the_table_and_who_changes_it(cast: Cast) -> None:
    assert may_look(cast, "attention_table") == {"anna", "bram", "carla", "rik", "frans", "gijs"}
    assert post(cast.anna, form_of(cast.anna, **{ROW: "3"})).status_code == 403
    assert post(cast.els, {}).status_code == 404


def test_nobody_of_another_school_is_counted(cast: Cast) -> None:
    other = pupil(cast.group_eik, "Anders", 5)
    points(other, 6, 6)
    assert "Anders" not in text_of(cast.bram, "attention")
