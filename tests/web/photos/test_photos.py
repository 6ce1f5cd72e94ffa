"""Photos of a class: brought, looked at, kept small; and taken away at home, after which no new one comes."""

from base64 import b64encode
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import ExifTags, Image

from kring.attachments import portrait
from kring.core.photos import MOST_KEPT, SIDE, NoPhoto, PhotoRefusedAtHome, PhotoTooLarge
from kring.web.models import Enrolment, Membership, Photo, Pupil
from kring.web.photos.actions import put_photos
from kring.web.photos.intake import forget_photos
from kring.web.photos.queries import pictures
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, pupil

PLACE = b"Assen, Kerkstraat 1"


def photo(*, size: tuple[int, int] = (900, 1200), kind: str = "JPEG", colour: str = "teal", turned: int = 1) -> bytes:
    """As a telephone makes it, with the place where it was taken."""
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = PLACE.decode()
    exif[ExifTags.Base.Orientation] = turned
    made, picture = BytesIO(), Image.new("RGB", size, colour)
    picture.paste("black", (0, 0, size[0], size[1] // 8))  # the upper edge
    picture.save(made, kind, exif=exif)
    return made.getvalue()


def bomb() -> bytes:
    """A small file of which the points fill the memory."""
    made = BytesIO()
    Image.new("1", (6000, 4600)).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_drawn_anew_small_and_without_its_place(kind: str) -> None:
    assert PLACE in photo(kind=kind)
    kept = portrait(photo(kind=kind), "noor.jpg")
    assert len(kept) <= MOST_KEPT
    assert PLACE not in kept
    with Image.open(BytesIO(kept)) as picture:
        assert (picture.size, picture.format, dict(picture.getexif())) == ((SIDE, SIDE), "JPEG", {})


def test_a_photo_of_noise_is_still_small_and_one_that_lies_is_put_upright() -> None:
    noise = BytesIO()
    Image.effect_noise((SIDE, SIDE), 200).convert("RGB").save(noise, "PNG")
    assert len(portrait(noise.getvalue(), "x")) <= MOST_KEPT
    with Image.open(BytesIO(portrait(photo(size=(400, 400), turned=6), "x"))) as picture:
        at_the_right = picture.convert("L").getpixel((SIDE - 2, SIDE // 2))
    assert at_the_right == pytest.approx(0, abs=20)  # turned a quarter: that was the upper edge


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", NoPhoto),
        (b"GIF89a" + bytes(60), NoPhoto),
        (photo()[:900], NoPhoto),
        (b"", NoPhoto),
        (bomb(), PhotoTooLarge),
        (bytes(10_000_001), PhotoTooLarge),
    ],
    ids=["svg", "gif", "torn", "empty", "bomb", "large"],
)
def test_what_is_no_photo_is_refused_by_name(data: bytes, rule: type[Exception]) -> None:
    with pytest.raises(rule, match=r"mijn\.jpg"):
        portrait(data, "mijn.jpg")


def keep(actor: Membership, *pupils: Pupil) -> None:
    group = pupils[0].enrolments.get(until_at=None).group
    put_photos(actor, group, [(one.pk, portrait(photo(), "x")) for one in pupils], at=timezone.now())


def send(actor: Membership, route: str, *keys: object, **data: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), data)


@pytest.mark.django_db
def test_files_are_matched_by_name_looked_at_and_then_kept(cast: Cast) -> None:
    files = [
        SimpleUploadedFile(name, data) for name, data in (("IMG noor.jpg", photo()), ("x.png", photo(kind="PNG")), ("a.svg", b"<svg/>"))
    ]
    seen = send(cast.anna, "group_photos", cast.group_6a.pk, photos=files)
    assert seen.status_code == 200
    form = seen.context["form"]
    assert [field.value() for field, *_ in form.lines()] == [str(cast.pupil_noor.pk), ""]
    assert "“a.svg” is geen foto" in seen.content.decode()
    assert not Photo.objects.exists()
    along = {"file": [file for _, file, _ in form.lines()], "picture": [picture for *_, picture in form.lines()]}
    kept = send(cast.anna, "group_photos_put", cast.group_6a.pk, **along, **{"pupil-0": str(cast.pupil_noor.pk), "pupil-1": ""})
    assert kept.status_code == 302
    assert list(pictures([cast.pupil_noor.pk, cast.pupil_sem.pk])) == [cast.pupil_noor.pk]
    assert "data:image/jpeg;base64," in text_of(cast.anna, "group_photos", cast.group_6a.pk)


@pytest.mark.django_db
def test_what_cannot_be_kept_comes_back_and_nothing_is_kept(cast: Cast) -> None:
    answer = send(cast.anna, "group_photos", cast.group_6a.pk, photos=[SimpleUploadedFile("a.jpg", b"geen foto")])
    assert (answer.status_code, "“a.jpg” is geen foto" in answer.content.decode()) == (409, True)
    many = [SimpleUploadedFile(f"{number}.jpg", b"x") for number in range(41)]
    assert send(cast.anna, "group_photos", cast.group_6a.pk, photos=many).status_code == 409
    assert "Kies minstens één foto." in send(cast.anna, "group_photos", cast.group_6a.pk).content.decode()
    small = b64encode(portrait(photo(), "x")).decode()
    twice = {"file": ["a", "b"], "picture": [small, small], "pupil-0": str(cast.pupil_sem.pk), "pupil-1": str(cast.pupil_sem.pk)}
    answer = send(cast.anna, "group_photos_put", cast.group_6a.pk, **twice)
    assert (answer.status_code, "Bij Sem Test staan twee foto’s" in answer.content.decode()) == (409, True)
    elsewhere = {"file": ["a"], "picture": [small], "pupil-0": str(cast.pupil_lot.pk)}
    assert send(cast.anna, "group_photos_put", cast.group_6a.pk, **elsewhere).status_code == 200  # no choice of this form
    made_up = {"file": ["a"], "picture": ["%%%"], "pupil-0": str(cast.pupil_sem.pk)}
    assert send(cast.anna, "group_photos_put", cast.group_6a.pk, **made_up).status_code == 409
    assert not Photo.objects.exists()


@pytest.mark.django_db
def test_a_teacher_takes_a_photo_away(cast: Cast) -> None:
    keep(cast.anna, cast.pupil_noor)
    assert send(cast.anna, "pupil_photo_away", cast.group_6a.pk, cast.pupil_noor.pk).status_code == 302
    assert pictures([cast.pupil_noor.pk]) == {}
    keep(cast.anna, cast.pupil_noor)  # and may put a new one
    assert send(cast.carla, "pupil_photo_away", cast.group_6b.pk, cast.pupil_noor.pk).status_code == 404


@pytest.mark.django_db
def test_who_wants_none_at_home_sees_it_go_and_no_new_one_comes(cast: Cast) -> None:
    keep(cast.anna, cast.pupil_noor)
    assert "Foto van Noor Test" in text_of(cast.els, "my_photos")
    assert send(cast.els, "photo_refuse", cast.pupil_noor.pk).status_code == 302
    assert pictures([cast.pupil_noor.pk]) == {}
    with pytest.raises(PhotoRefusedAtHome):
        keep(cast.anna, cast.pupil_noor)
    assert "dat wil de leerling of iemand thuis niet" in text_of(cast.anna, "group_photos", cast.group_6a.pk)
    assert send(cast.noor, "photo_allow", cast.pupil_noor.pk).status_code == 409  # her mother said so
    send(cast.noor, "photo_refuse", cast.pupil_noor.pk)
    send(cast.els, "photo_allow", cast.pupil_noor.pk)
    with pytest.raises(PhotoRefusedAtHome):  # Noor herself still wants none
        keep(cast.anna, cast.pupil_noor)
    send(cast.noor, "photo_allow", cast.pupil_noor.pk)
    keep(cast.anna, cast.pupil_noor)
    assert pictures([cast.pupil_noor.pk])


@pytest.mark.django_db
def test_a_no_about_the_other_entry_of_a_child_is_a_no_about_the_child(cast: Cast) -> None:
    keep(cast.anna, cast.pupil_noor)
    twice = pupil(cast.group_6a, "Noortje", 6)
    Photo.objects.create(school=cast.beuk, pupil=twice, refused_by=[None])
    Pupil.objects.filter(pk=twice.pk).update(merged_into=cast.pupil_noor, merged_at=timezone.now())
    assert pictures([cast.pupil_noor.pk]) == {}
    assert "data:image" not in text_of(cast.anna, "group_photos", cast.group_6a.pk)
    with pytest.raises(PhotoRefusedAtHome):
        keep(cast.anna, cast.pupil_noor)


@pytest.mark.django_db
def test_from_sixteen_the_pupil_decides_alone(cast: Cast) -> None:
    send(cast.els, "photo_refuse", cast.pupil_noor.pk)
    Pupil.objects.filter(pk=cast.pupil_noor.pk).update(birth_date=timezone.localdate() - timedelta(days=17 * 365))
    assert send(cast.noor, "photo_allow", cast.pupil_noor.pk).status_code == 302
    keep(cast.anna, cast.pupil_noor)


@pytest.mark.django_db
def test_who_gets_the_pages(cast: Cast) -> None:
    assert may_look(cast, "group_photos", cast.group_6a.pk) == {"anna", "bram"}
    assert may_look(cast, "my_photos") == {"els", "pim", "noor", "sem"}
    assert "Noor" not in text_of(cast.pim, "my_photos")  # without authority there is nothing
    assert send(cast.pim, "photo_refuse", cast.pupil_noor.pk).status_code == 404
    assert look(cast.rik, "group_photos", cast.group_6a.pk).status_code == 404


@pytest.mark.django_db
def test_more_photos_ask_no_more_of_the_database(cast: Cast) -> None:
    keep(cast.anna, cast.pupil_noor)
    one = queries_for(cast.anna, "group_photos", [cast.group_6a.pk])
    keep(cast.anna, *(pupil(cast.group_6a, name, 6) for name in ("Mees", "Kick")))
    assert queries_for(cast.anna, "group_photos", [cast.group_6a.pk]) == one


def test_of_who_sits_in_no_group_any_more_the_photo_goes_and_the_no_stays(cast: Cast) -> None:
    now = timezone.now()
    for one in (cast.pupil_noor, cast.pupil_sem):
        Photo.objects.create(school=cast.beuk, pupil=one, picture=b"x", added_by=cast.anna, added_at=now, refused_by=["een"])
    Enrolment.objects.filter(pupil=cast.pupil_noor).update(until_at=now)
    forget_photos(at=now + timedelta(days=13))
    assert not Photo.objects.filter(picture=b"").exists()
    forget_photos(at=now + timedelta(days=15))
    gone = Photo.objects.get(picture=b"")
    assert (gone.pupil, gone.added_by, gone.refused_by) == (cast.pupil_noor, None, ["een"])
