"""What is typed is kept under the hat of its author, for its own form, and gone when it is sent or thrown away."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django import forms
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from kring.core.idleness import DRAFT_FADES, DRAFT_LASTS
from kring.web.drafts import intake
from kring.web.drafts.form_key import FormKey, key_of, read, signed, typed_before
from kring.web.drafts.intake import MOST_CHARACTERS, MOST_DRAFTS, DraftTooLong, TooManyDrafts
from kring.web.models import Draft, Membership
from tests.asking import look
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db
TYPED = "Herfst van 6A"
KEY = re.compile(r'name="draft" value="([^"]+)"')


class Note(forms.Form):
    """A form as a feature may have it, with everything that must not be kept."""

    text = forms.CharField(widget=forms.Textarea)
    kinds = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    secret = forms.CharField(widget=forms.PasswordInput)
    code = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}))
    file = forms.FileField()
    moment = forms.SplitDateTimeField()


class OnlyHidden(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> None:
    settings.FILES = tmp_path


def page(cast: Cast) -> str:
    return reverse("upload", args=[cast.anna.pk, cast.group_6a.pk])


def key_on(answer: Any) -> str:
    found = KEY.search(answer.content.decode())
    assert found
    return found[1]


def save(client: Client, actor: Membership, **data: str) -> Any:
    return client.post(reverse("draft_save", args=[actor.pk]), data)


def kept(cast: Cast) -> Client:
    client = client_of(cast.anna)
    assert save(client, cast.anna, draft=key_on(client.get(page(cast))), title=TYPED).status_code == 204
    return client


def test_what_is_typed_stands_there_again_for_its_author(cast: Cast) -> None:
    kept(cast)
    text = look(cast.anna, "upload", cast.group_6a.pk).content.decode()
    assert f'value="{TYPED}"' in text
    assert "Dit had u al getypt" in text


def test_nobody_else_sees_it(cast: Cast) -> None:
    kept(cast)
    assert TYPED not in look(cast.bram, "upload", cast.group_6a.pk).content.decode()


def test_the_same_person_in_another_hat_does_not_see_it(cast: Cast) -> None:
    kept(cast)
    other = Membership.objects.create(school=cast.beuk, person=cast.anna.person, role="coordinator", from_at=cast.anna.from_at)
    assert TYPED not in look(other, "upload", cast.group_6a.pk).content.decode()


def test_a_second_time_takes_the_place_of_the_first(cast: Cast) -> None:
    client = kept(cast)
    save(client, cast.anna, draft=key_on(client.get(page(cast))), title="Winter")
    assert [one.fields["title"] for one in Draft.objects.all()] == [["Winter"]]


def test_thrown_away_it_is_gone(cast: Cast) -> None:
    client = kept(cast)
    answer = client.post(reverse("draft_throw_away", args=[cast.anna.pk]), {"draft": key_on(client.get(page(cast)))})
    assert answer.headers["Location"] == page(cast)
    assert not Draft.objects.exists()


def test_it_fades_after_its_time(cast: Cast) -> None:
    with time_machine.travel(timezone.now() - DRAFT_LASTS, tick=False):
        kept(cast)
    assert TYPED not in look(cast.anna, "upload", cast.group_6a.pk).content.decode()


def test_what_faded_is_cleared_away_by_the_schedule_alone(cast: Cast) -> None:
    with time_machine.travel(timezone.now() - DRAFT_LASTS, tick=False):
        intake.keep(cast.bram, FormKey(cast.bram.pk, "/x#Note", ("text",)), {"text": ["oud"]}, at=timezone.now())
    kept(cast)
    assert Draft.objects.count() == 2  # whoever types by a wrong clock throws away nothing of another
    intake.forget_old(at=timezone.now())
    assert [one.author for one in Draft.objects.all()] == [cast.anna]


@pytest.mark.parametrize(("before", "told"), [(DRAFT_FADES - timedelta(minutes=1), True), (DRAFT_FADES + timedelta(hours=1), False)])
def test_the_first_page_warns_three_days_before(cast: Cast, before: timedelta, told: bool) -> None:
    with time_machine.travel(timezone.now() - DRAFT_LASTS + before, tick=False):
        kept(cast)
    home = look(cast.anna, "home").content.decode()
    assert ("stuurde het nog niet op" in home) is told
    assert "stuurde het nog niet op" not in look(cast.bram, "home").content.decode()


# ---- what does not fit


@pytest.mark.parametrize("extra", ["is_superuser", "school", "pupils", "draft2"])
def test_a_field_that_the_form_does_not_have_is_refused(cast: Cast, extra: str) -> None:
    client = client_of(cast.anna)
    assert save(client, cast.anna, draft=key_on(client.get(page(cast))), title=TYPED, **{extra: "1"}).status_code == 400
    assert not Draft.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "W10:forged", "a" * 20_000])
def test_a_key_that_is_not_ours_is_refused(cast: Cast, key: str) -> None:
    client = client_of(cast.anna)
    for route in ("draft_save", "draft_throw_away"):
        assert client.post(reverse(route, args=[cast.anna.pk]), {"draft": key}).status_code == 400


def test_the_key_of_somebody_else_is_refused(cast: Cast) -> None:
    foreign = signed(FormKey(cast.bram.pk, page(cast), ("title",)))
    assert save(client_of(cast.anna), cast.anna, draft=foreign, title="x").status_code == 400


def test_a_book_is_not_kept(cast: Cast) -> None:
    client = client_of(cast.anna)
    answer = save(client, cast.anna, draft=key_on(client.get(page(cast))), title="a" * (MOST_CHARACTERS + 1))
    assert answer.status_code == 413
    with pytest.raises(DraftTooLong):
        intake.keep(cast.anna, FormKey(cast.anna.pk, "/x", ("text",)), {"text": ["a" * MOST_CHARACTERS, "a"]}, at=timezone.now())


def test_a_hundred_drafts_are_enough(cast: Cast) -> None:
    for number in range(MOST_DRAFTS):
        intake.keep(cast.anna, FormKey(cast.anna.pk, f"/{number}", ("text",)), {"text": ["a"]}, at=timezone.now())
    with pytest.raises(TooManyDrafts):
        intake.keep(cast.anna, FormKey(cast.anna.pk, "/more", ("text",)), {"text": ["a"]}, at=timezone.now())
    intake.keep(cast.anna, FormKey(cast.anna.pk, "/0", ("text",)), {"text": ["b"]}, at=timezone.now())


def test_only_the_fields_of_the_form_that_are_no_secret(cast: Cast) -> None:
    key = key_of(Note(prefix="one"), author=cast.anna.pk, page="/here?x=1")
    assert key
    assert key.names == ("one-text", "one-kinds", "one-agreed", "one-version")
    assert (key.page, key.place) == ("/here?x=1", "/here?x=1#Note.one")
    assert read(signed(key)) == key


def test_nothing_is_kept_of_a_button_or_at_an_endless_address(cast: Cast) -> None:
    assert key_of(OnlyHidden(), author=cast.anna.pk, page="/here") is None
    assert key_of(Note(), author=cast.anna.pk, page="/" + "x" * 300) is None


def test_boxes_and_choices_come_back_as_they_were() -> None:
    typed = {"text": ["een", "twee"], "kinds": ["a", "b"], "version": ["2"], "secret": ["x"]}
    assert dict(typed_before(Note(), typed)) == {"text": "twee", "kinds": ["a", "b"], "agreed": False, "version": "2"}
    assert dict(typed_before(Note(), {"agreed": ["on"]})) == {"kinds": [], "agreed": True}
