"""A file with roles: previewed, all or nothing, and it never grants more than a person could."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kring.class_files.roles import COLUMNS
from kring.core.access import Role
from kring.web.models import Appointment, Assignment, Membership, Person
from tests.asking import look, may_look
from tests.cast import START, Cast, client_of, member

pytestmark = pytest.mark.django_db
HEADING = ";".join(COLUMNS)


def bring(cast: Cast, *lines: str) -> Any:
    file = SimpleUploadedFile("rollen.csv", "\n".join([HEADING, *lines]).encode())
    return client_of(cast.olga).post(reverse("role_file", args=[cast.olga.pk]), {"file": file})


def apply(cast: Cast, preview: Any, **more: object) -> Any:
    sent = {name: preview.context["form"].initial[name] for name in ("text", "shown")}
    return client_of(cast.olga).post(reverse("role_file_apply", args=[cast.olga.pk]), {**sent, **more})


@pytest.fixture(autouse=True)
def year_of_now(cast: Cast) -> None:
    today = timezone.localdate()
    cast.year.starts_on, cast.year.ends_on = today - timedelta(days=60), today + timedelta(days=200)
    cast.year.save()


JAN = "jan;Jan;de;Boer;leerkracht;6A, 6b;;"
IB = "ineke;Ineke;;Bos;intern begeleider;;;"


def test_it_is_previewed_and_then_applied(cast: Cast) -> None:
    preview = bring(cast, JAN, IB)
    page = preview.content.decode()
    assert preview.status_code == 200
    assert all(text in page for text in ("Jan de Boer", "Gelden meteen", "pas als de schoolleider akkoord is", "Ineke"))
    assert not Person.objects.filter(username="jan").exists()
    assert apply(cast, preview).status_code == 302
    jan = Membership.objects.get(person__username="jan")
    assert set(Assignment.objects.filter(membership=jan).values_list("group__name", flat=True)) == {"6A", "6B"}
    assert Appointment.objects.get(person__username="ineke").membership is None
    assert not Membership.objects.filter(person__username="ineke").exists()
    assert not jan.person.has_usable_password()


def test_bringing_it_again_changes_nothing(cast: Cast) -> None:
    apply(cast, bring(cast, JAN, IB))
    again = bring(cast, JAN, IB)
    assert "zijn er al" in again.content.decode()
    assert apply(cast, again).status_code == 302
    assert (
        Membership.objects.filter(person__username="jan").count(),
        Assignment.objects.filter(membership__person__username="jan").count(),
    ) == (1, 2)
    assert Appointment.objects.filter(person__username="ineke").count() == 1


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        ("jan;Jan;;Boer;koning;;;", "rol", "kent Kring niet"),
        ("jan;Jan;;Boer;leerling;;;", "rol", "kan niet met dit bestand"),
        ("jan;Jan;;Boer;ouder of verzorger;;;", "rol", "kan niet met dit bestand"),
        ("jan;Jan;;Boer;schoolmaatschappelijk werker;;;", "rol", "kan niet met dit bestand"),
        ("olga;Olga;;van de Test;intern begeleider;;;", "rol", "niet voor uzelf"),
        ("olga;Olga;;van de Test;leerkracht;6A;;", "rol", "niet voor uzelf"),
        ("frans;Frans;;van de Test;leerkracht;;;", "gebruikersnaam", "niet op deze school werkt"),
        ("noor;Noor;;van de Test;leerkracht;;;", "gebruikersnaam", "van een leerling"),
        ("anna;Anna;;Anders;leerkracht;;;", "achternaam", "met een andere naam"),
        ("jan;Jan;;Boer;leerkracht;9Z;;", "groepen", "er dit schooljaar niet"),
        ("jan;Jan;;Boer;leerkracht;5;;", "groepen", "er dit schooljaar niet"),  # of another school
        ("bo;Bo;;Boer;bestuurder;6A;;", "groepen", "horen geen groepen"),
        ("rik;Rik;;van de Test;functionaris gegevensbescherming;;;", "rol", "onafhankelijk"),
        ("jan;Jan;;Boer;leerkracht;;1-1-2020;1-2-2020", "rol", "niet in het verleden"),
        ("jan;Jan;;Boer;leerkracht;;;31-12-9999", "tot", "is geen dag"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_nothing_changes(cast: Cast, line: str, column: str, says: str) -> None:
    before = (Person.objects.count(), Membership.objects.count(), Appointment.objects.count())
    answer = bring(cast, "kees;Kees;;Vis;leerkracht;;;", line)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert says in page
    assert 'data-label="Regel">3<' in page
    assert f'data-label="Kolom">{column}<' in page
    assert (Person.objects.count(), Membership.objects.count(), Appointment.objects.count()) == before


def test_a_file_gives_no_role_to_an_account_that_was_not_made_for_staff_here(cast: Cast) -> None:
    """A parent's account may be a second one of who brings the file: a leader looks first."""
    cast.els.person.set_password("een-heel-ander-wachtwoord")
    cast.els.person.save()
    answer = bring(cast, "els;Els;;van de Test;leerkracht;6A;;")
    assert (answer.status_code, "niet op deze school werkt" in answer.content.decode()) == (409, True)


def test_two_roles_in_one_file_that_do_not_go_together_are_refused(cast: Cast) -> None:
    answer = bring(cast, "jan;Jan;;Boer;schoolleider;;;", "jan;Jan;;Boer;vertrouwenscontactpersoon;;;")
    assert (answer.status_code, "onafhankelijk" in answer.content.decode()) == (409, True)


def test_many_roles_for_the_whole_school_ask_to_be_looked_at(cast: Cast) -> None:
    preview = bring(cast, *(f"ib{number};Ib;;Nummer {number};intern begeleider;;;" for number in range(6)))
    assert "één voor één" in preview.content.decode()
    assert apply(cast, preview).status_code == 200
    assert not Appointment.objects.exists()
    assert apply(cast, preview, looked="on").status_code == 302
    assert Appointment.objects.count() == 6
    assert not Membership.objects.filter(person__username__startswith="ib").exists()


def test_what_changed_since_the_preview_is_shown_anew(cast: Cast) -> None:
    preview = bring(cast, JAN)
    jan = member(cast.beuk, Role.TEACHER, "jan")
    Person.objects.filter(pk=jan.person_id).update(given_name="Jan", name_prefix="de", family_name="Boer")
    answer = apply(cast, preview)
    assert (answer.status_code, "Intussen is er iets veranderd" in answer.content.decode()) == (409, True)


@pytest.mark.parametrize("text", ["", "geen base64!", "AAAA", "/////w=="])
def test_what_is_no_file_of_ours_is_refused(cast: Cast, text: str) -> None:
    answer = client_of(cast.olga).post(reverse("role_file_apply", args=[cast.olga.pk]), {"text": text, "shown": "x"})
    assert answer.status_code == 409


def test_only_the_administrator_has_this_page(cast: Cast) -> None:
    for route in ("role_file", "role_file_example"):
        assert may_look(cast, route) == {"olga"}
    answer = client_of(cast.rik).post(reverse("role_file_apply", args=[cast.rik.pk]), {"text": "", "shown": ""})
    assert answer.status_code == 404


def test_the_roles_of_now_come_back_as_a_file_that_changes_nothing(cast: Cast) -> None:
    Membership.objects.filter(school=cast.beuk).update(from_at=START)
    example = look(cast.olga, "role_file_example")
    assert b"Noor" not in example.content
    text = [line for line in example.content.decode("utf-8-sig").splitlines() if "olga" not in line]
    file = SimpleUploadedFile("rollen.csv", "\n".join(text).encode())
    preview = client_of(cast.olga).post(reverse("role_file", args=[cast.olga.pk]), {"file": file})
    assert preview.status_code == 200
    assert len(preview.context["proposal"].held) == len(preview.context["proposal"].changes) == 4
