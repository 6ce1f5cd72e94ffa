"""The list of all pupils: previewed, decided, and taken over whole or not at all."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from kring.core.access import Role
from kring.web.files.intake import sweep
from kring.web.models import Assignment, Enrolment, Entry, Group, Job, Membership, Notice, Pupil, RosterFile, StoredFile
from kring.web.people.dates import begins
from kring.web.schools.models import live
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, member, move

pytestmark = pytest.mark.django_db
HEADING = "leerlingnummer;voornaam;tussenvoegsel;achternaam;geboortedatum;groep;leerjaar"
AS_IT_IS = ("noor;Noor;;Test;;6A;", "sem;Sem;;Test;;6A;", "lot;Lot;;Test;;6B;")
NEW = "100;Ömer;van;Kılıç;1-2-2018;4/5;4"


@pytest.fixture(autouse=True)
def here(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.FILES = tmp_path
    today = timezone.localdate()
    cast.year.starts_on, cast.year.ends_on = today - timedelta(days=60), today + timedelta(days=200)
    cast.year.save()


def bring(cast: Cast, *lines: str, actor: Membership | None = None, as_text: bool = False, **more: Any) -> Any:
    actor = actor or cast.bram
    text = "\n".join([HEADING, *lines])
    given = {"pasted": text.replace(";", "\t")} if as_text else {"file": SimpleUploadedFile("leerlingen.csv", text.encode())}
    sent = {"year": cast.year.pk, "from_on": cast.year.starts_on.isoformat(), **given, **more}
    return client_of(actor).post(reverse("roster_files", args=[actor.pk]), sent)


def brought(cast: Cast, *lines: str, actor: Membership | None = None, **more: Any) -> RosterFile:
    answer = bring(cast, *lines, actor=actor, **more)
    assert answer.status_code == 302, answer.content.decode()
    return RosterFile.objects.latest("brought_at")


def preview(found: RosterFile) -> Any:
    return look(found.author, "roster_file", found.pk)


def post(found: RosterFile, route: str, sent: dict[str, Any] | None = None, *, actor: Membership | None = None) -> Any:
    actor = actor or found.author
    return client_of(actor).post(reverse(route, args=[actor.pk, found.pk]), sent or {})


def take_over(found: RosterFile) -> Any:
    return post(found, "roster_apply", {"shown": preview(found).context["proposal"].fingerprint})


def state() -> tuple[int, ...]:
    return Pupil.objects.count(), Enrolment.objects.count(), Group.objects.count(), StoredFile.objects.count()


def seats(number: str) -> list[tuple[str, int]]:
    found = Enrolment.objects.filter(live(timezone.now()), pupil__admin_key=number)
    return list(found.values_list("group__name", "year_level"))


def test_a_list_is_shown_first_and_then_taken_over(cast: Cast) -> None:
    before = state()
    found = brought(cast, *AS_IT_IS, NEW, "101;Ann;;Vos;;4/5;5")
    page = preview(found).content.decode()
    assert all(text in page for text in ("Ömer van Kılıç", "Groep 4/5, leerjaar 4, 5", "blijven hetzelfde"))
    assert state()[:3] == before[:3]
    assert take_over(found).status_code == 302
    omer = Pupil.objects.get(admin_key="100")
    assert (str(omer), omer.sort_name, omer.birth_date, seats("100"), seats("101")) == (
        *("Ömer van Kılıç", "kilic omer", date(2018, 2, 1)),
        *([("4/5", 4)], [("4/5", 5)]),
    )
    assert Enrolment.objects.get(pupil=omer).from_at == begins(cast.year.starts_on)
    found.refresh_from_db()
    assert (found.file, found.outcome["new"], found.outcome["same"], found.outcome["groups"]) == (None, 2, 3, 1)
    assert not StoredFile.objects.exists()
    after = preview(found).content.decode()
    assert "Wat er veranderde" in after
    assert "Ömer" not in after
    assert Entry.objects.filter(name="roster_file.applied", outcome="done").count() == 1


def test_bringing_it_again_changes_nothing(cast: Cast) -> None:
    take_over(brought(cast, *AS_IT_IS, NEW))
    before = state()
    again = brought(cast, *AS_IT_IS, NEW)
    assert preview(again).context["proposal"].changes_nothing
    assert take_over(again).status_code == 302
    assert state() == before


def test_taking_it_over_twice_is_refused_and_changes_nothing(cast: Cast) -> None:
    found = brought(cast, *AS_IT_IS, NEW)
    shown = preview(found).context["proposal"].fingerprint
    post(found, "roster_apply", {"shown": shown})
    before = state()
    assert post(found, "roster_apply", {"shown": shown}).status_code == 409
    assert state() == before


def test_pasted_and_from_a_file_are_the_same(cast: Cast) -> None:
    file, pasted = brought(cast, NEW), brought(cast, NEW, as_text=True)
    assert preview(file).context["proposal"].change == preview(pasted).context["proposal"].change


def test_a_move_keeps_what_was_and_holds_from_today(cast: Cast) -> None:
    take_over(brought(cast, "noor;Noor;;Test;;6B;", *AS_IT_IS[1:]))
    assert seats("noor") == [("6B", 6)]
    old = Enrolment.objects.get(pupil=cast.pupil_noor, group=cast.group_6a)
    assert old.until_at == begins(timezone.localdate())
    take_over(brought(cast, *AS_IT_IS))  # back on the same day: it was a mistake
    assert seats("noor") == [("6A", 6)]
    assert Enrolment.objects.filter(pupil=cast.pupil_noor).count() == 2


def test_a_move_that_is_planned_is_shown_as_it_is_and_can_still_change(cast: Cast) -> None:
    later = (timezone.localdate() + timedelta(days=30)).isoformat()
    take_over(brought(cast, "noor;Noor;;Test;;6B;", *AS_IT_IS[1:], from_on=later))
    assert preview(brought(cast, *AS_IT_IS)).context["proposal"].changes_nothing
    take_over(brought(cast, "noor;Noor;;Test;;4/5;5", *AS_IT_IS[1:]))
    assert list(cast.pupil_noor.enrolments.filter(until_at=None).values_list("group__name", flat=True)) == ["4/5"]


def test_names_and_birth_dates_are_corrected_by_the_coordinator(cast: Cast) -> None:
    take_over(brought(cast, "noor;Nóór;de;Test;1-2-2016;6A;", *AS_IT_IS[1:]))
    noor = Pupil.objects.get(pk=cast.pupil_noor.pk)
    assert (str(noor), noor.birth_date, noor.sort_name) == ("Nóór de Test", date(2016, 2, 1), "test noor")
    assert Pupil.objects.get(pk=cast.pupil_sem.pk).birth_date is None


def test_a_doubtful_line_waits_for_a_person(cast: Cast) -> None:
    found = brought(cast, "999;Noor;;Test;;6A;", *AS_IT_IS[1:], "500;Bo;;Vis;;6A;")
    shown = preview(found).context["proposal"].fingerprint
    assert "Regels waarover u nog moet beslissen: 1" in post(found, "roster_apply", {"shown": shown}).content.decode()
    assert post(found, "roster_decide", {"line-2": "same"}).status_code == 302
    take_over(found)
    assert Pupil.objects.get(pk=cast.pupil_noor.pk).admin_key == "999"


@pytest.mark.parametrize(("said", "pupils"), [("new", 1), ("leave", 0)])
def test_another_child_of_that_name_or_not_known_yet(cast: Cast, said: str, pupils: int) -> None:
    found = brought(cast, "999;Noor;;Test;;6A;", *AS_IT_IS[1:])
    post(found, "roster_decide", {"line-2": said})
    take_over(found)
    assert Pupil.objects.filter(admin_key="999").count() == pupils
    assert seats("noor") == [("6A", 6)]


def test_a_number_with_another_name_is_not_taken_over_by_itself(cast: Cast) -> None:
    found = brought(cast, "noor;Zus;;Anders;;6A;", *AS_IT_IS[1:])
    assert "In Kring is nummer noor van Noor Test" in preview(found).content.decode()
    assert post(found, "roster_decide", {"line-2": "new"}).status_code == 200  # there cannot be two of one number
    post(found, "roster_decide", {"line-2": "leave"})
    take_over(found)
    assert str(Pupil.objects.get(pk=cast.pupil_noor.pk)) == "Noor Test"


def test_nobody_is_taken_off_for_not_being_on_the_list_but_by_choice(cast: Cast) -> None:
    take_over(brought(cast, *AS_IT_IS[1:]))
    assert seats("noor") == [("6A", 6)]
    found = brought(cast, *AS_IT_IS[1:])
    field, today = f"gone-{cast.pupil_noor.pk}", timezone.localdate()
    late = (cast.year.ends_on + timedelta(days=1)).isoformat()
    assert "buiten het schooljaar" in post(found, "roster_decide", {field: late}).content.decode()
    assert post(found, "roster_decide", {field: today.isoformat()}).status_code == 302
    take_over(found)
    assert seats("noor") == []
    assert Enrolment.objects.get(pupil=cast.pupil_noor).until_at == begins(today)
    found.refresh_from_db()
    assert (found.outcome["left"], found.decisions) == (1, {})


def test_who_comes_back_sits_in_a_group_again(cast: Cast) -> None:
    cast.pupil_noor.enrolments.update(until_at=timezone.now() - timedelta(days=3))
    take_over(brought(cast, *AS_IT_IS))
    assert seats("noor") == [("6A", 6)]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (("1;A;;B;;6A;", "1;A;;B;;6B;"), "A B staat op regel 2 in een andere groep"),
        (("1;A;;B;;6A;", "1;A;;B;;6A;"), "staat ook op regel 2"),
        (("2;A;;B;;6A;", "1;A;;B;;Vlinders;"), "niet te zien welk leerjaar"),
        (("2;A;;B;;4/5;4", "1;A;;B;;4/5;"), "meer dan één leerjaar"),
        (("2;A;;B;;6A;", "1;A;;B;;6A;5"), "heeft geen leerjaar 5"),
        (("2;A;;B;;6A;", "1;A;;B;;6A;9"), "Leerjaar 9 is er op deze school niet"),
        (("2;A;;B;;6A;", "1;A;;;;6A;"), "Hier staat niets"),
        (("2;A;;B;;6A;", "1;A;;B;31-2-2016;6A;"), "is geen dag"),
        (("2;A;;B;;6A;", "1;A;;B;1-2-2061;6A;"), "zou op 01-02-2061 geboren zijn"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_nothing_is_kept(cast: Cast, lines: tuple[str, ...], says: str) -> None:
    before = state()
    answer = bring(cast, *lines)
    page = answer.content.decode()
    assert (answer.status_code, says in page, 'data-label="Regel">3<' in page) == (409, True, True)
    assert (state(), RosterFile.objects.count()) == (before, 0)


def test_a_pupil_who_sits_in_two_groups_in_kring_stays_in_the_one_on_the_list(cast: Cast) -> None:
    Enrolment.objects.create(school=cast.beuk, pupil=cast.pupil_noor, group=cast.group_6b, year_level=6, from_at=timezone.now())
    found = brought(cast, *AS_IT_IS)
    assert [step.moved_from for step in preview(found).context["proposal"].moved] == ["6B"]
    take_over(found)
    assert seats("noor") == [("6A", 6)]
    assert preview(brought(cast, *AS_IT_IS)).context["proposal"].changes_nothing


@pytest.mark.parametrize("more", [{"file": ""}, {"pasted": "a\tb"}, {"from_on": ""}, {"year": "x"}])
def test_a_form_that_is_not_filled_in_comes_back(cast: Cast, more: dict[str, Any]) -> None:
    assert bring(cast, NEW, **more).status_code == 200
    assert not RosterFile.objects.exists()


def test_a_day_outside_the_year_and_a_file_that_is_far_too_large(cast: Cast, settings: Settings) -> None:
    assert bring(cast, NEW, from_on=(cast.year.starts_on - timedelta(days=1)).isoformat()).status_code == 409
    settings.UPLOAD_LIMIT = 10
    assert "groter dan" in bring(cast, NEW).content.decode()


def test_what_kring_never_reads_is_not_kept_either(cast: Cast, tmp_path: Path) -> None:
    text = "nummer;voornaam;achternaam;groep;BSN\n100;Bo;Vis;6A;123456782"
    found = brought(cast, file=SimpleUploadedFile("l.csv", text.encode()))
    assert "niet bewaard, want Kring heeft het niet nodig: BSN" in preview(found).content.decode()
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    assert not any(b"123456782" in data for data in kept)


def test_where_a_pupil_lives_is_kept_only_when_it_is_elsewhere(cast: Cast) -> None:
    type(cast.beuk).objects.filter(pk=cast.beuk.pk).update(municipality="Ede")
    heading = "nummer;voornaam;achternaam;groep;woongemeente"
    for line in ("100;Bo;Vis;6A;ede\n101;Kim;Vis;6A;Wageningen", "100;Bo;Vis;6A;Ede\n101;Kim;Vis;6A;Rhenen"):
        take_over(brought(cast, file=SimpleUploadedFile("l.csv", f"{heading}\n{line}".encode())))
    assert dict(Pupil.objects.filter(admin_key__in=("100", "101")).values_list("given_name", "home_municipality")) == {
        "Bo": "",
        "Kim": "Rhenen",
    }


# ---- somebody else meanwhile ----------------------------------------------------------------------------------------


def other_list(cast: Cast) -> None:
    other = member(cast.beuk, Role.COORDINATOR, "tweede")
    take_over(brought(cast, *AS_IT_IS, "700;Kim;;Vis;;6A;", actor=other))


def birth_date(cast: Cast) -> None:
    Pupil.objects.filter(pk=cast.pupil_noor.pk).update(birth_date=date(2015, 1, 1))


def moved(cast: Cast) -> None:
    move(cast.pupil_noor, cast.group_6b, timezone.now() - timedelta(days=2))


@pytest.mark.parametrize("meanwhile", [other_list, birth_date, moved])
def test_what_changed_since_the_preview_is_shown_anew(cast: Cast, meanwhile: Callable[[Cast], None]) -> None:
    found = brought(cast, "noor;Noor;;Test;1-2-2016;6A;", *AS_IT_IS[1:], "700;Kim;;Vis;;6A;")
    shown = preview(found).context["proposal"].fingerprint
    meanwhile(cast)
    before = state()
    answer = post(found, "roster_apply", {"shown": shown})
    assert (answer.status_code, "Intussen is er iets veranderd" in answer.content.decode()) == (409, True)
    assert state() == before


def test_work_that_finds_another_school_fails_and_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    found = brought(cast, NEW)
    before = state()
    broke(monkeypatch)
    assert take_over(found).status_code == 302
    found.refresh_from_db()
    assert (found.applied_at, found.job and found.job.state, state()) == (None, Job.State.FAILED, before)
    assert "Overnemen is niet gelukt" in preview(found).content.decode()
    monkeypatch.undo()
    assert take_over(found).status_code == 302
    assert Pupil.objects.filter(admin_key="100").exists()


def broke(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_args: object, **_more: object) -> None:
        raise OSError

    monkeypatch.setattr("kring.web.roster.taking.actions._move", stop)


def test_a_list_whose_days_are_over_says_so(cast: Cast) -> None:
    found = brought(cast, NEW)
    sweep(at=datetime.now(timezone.get_current_timezone()) + timedelta(days=15))
    found.refresh_from_db()
    assert found.file is None
    assert "zijn er niet meer" in preview(found).content.decode()
    assert post(found, "roster_apply", {"shown": "x"}).status_code == 409


def test_a_list_is_thrown_away(cast: Cast, tmp_path: Path) -> None:
    found = brought(cast, NEW)
    assert post(found, "roster_throw_away").status_code == 302
    assert (RosterFile.objects.exists(), StoredFile.objects.exists()) == (False, False)
    assert post(found, "roster_throw_away").status_code == 404


# ---- who ------------------------------------------------------------------------------------------------------------


def test_the_administrator_brings_names_in_and_sees_no_pupil_of_kring(cast: Cast) -> None:
    assert "Leerlingen inlezen" in text_of(cast.olga, "school_groups")
    found = brought(cast, "noor;Anders;;Heet;1-2-2016;6A;", "sem;Sem;;Test;1-2-2016;6B;", NEW, actor=cast.olga)
    page = preview(found).content.decode()
    assert "Noor" not in page  # neither the name behind the number, nor who is not on the list
    assert "Lot" not in page
    assert all(text in page for text in ("Ömer", "De intern begeleider beslist erover", "staat niet op de lijst"))
    assert take_over(found).status_code == 302
    assert str(Pupil.objects.get(pk=cast.pupil_noor.pk)) == "Noor Test"
    assert "1 regel leek op een andere leerling en is overgeslagen" in preview(found).content.decode()
    sem = Pupil.objects.get(pk=cast.pupil_sem.pk)
    assert (seats("sem"), sem.birth_date) == ([("6B", 6)], None)  # moved, and the birth date left to who may write it
    assert "Ömer" not in preview(found).content.decode()
    assert Notice.objects.filter(receiver=cast.bram, event="roster_file.applied").count() == 1


def test_the_administrator_finds_out_no_birth_date_with_a_list_of_days(cast: Cast) -> None:
    Pupil.objects.filter(pk=cast.pupil_noor.pk).update(birth_date=date(2015, 1, 7))
    found = brought(cast, *(f"{day};Noor;;Test;{day}-1-2015;6A;" for day in range(1, 12)), actor=cast.olga)
    assert [one.line.line for one in preview(found).context["proposal"].change.doubts] == [2]  # the first line, whatever its day


def test_the_administrator_decides_nothing_about_a_pupil(cast: Cast) -> None:
    found = brought(cast, "noor;Anders;;Heet;;6A;", actor=cast.olga)
    assert post(found, "roster_decide", {"line-2": "same"}).status_code == 404


def test_only_who_keeps_the_list_has_these_pages_and_only_for_the_own_list(cast: Cast) -> None:
    assert may_look(cast, "roster_files") == {"olga", "bram", "frans", "gijs"}
    assert may_look(cast, "roster_example") == {"olga", "bram", "frans", "gijs"}
    found = brought(cast, *AS_IT_IS)
    assert may_look(cast, "roster_file", found.pk) == {"bram"}
    for actor in (cast.olga, cast.frans, cast.anna):
        for route in ("roster_apply", "roster_decide", "roster_throw_away"):
            assert post(found, route, {"shown": "x"}, actor=actor).status_code == 404
    assert bring(cast, NEW, actor=cast.rik).status_code == 404


def test_a_new_pupil_is_seen_by_who_teaches_the_group_and_by_nobody_else(cast: Cast) -> None:
    take_over(brought(cast, *AS_IT_IS, "100;Kim;;Vis;;6A;"))
    assert "Kim" in text_of(cast.anna, "group", cast.group_6a.pk)
    kim = Pupil.objects.get(admin_key="100")
    assert look(cast.carla, "pupil", kim.pk).status_code == 404
    assert not Assignment.objects.filter(group__name="4/5").exists()


def test_as_many_questions_for_many_lines(cast: Cast) -> None:
    few = queries_for(cast.bram, "roster_file", [brought(cast, NEW).pk])
    many = brought(cast, *(f"{number};Kind;;Nummer{number};;6A;" for number in range(200, 230)))
    assert queries_for(cast.bram, "roster_file", [many.pk]) == few
