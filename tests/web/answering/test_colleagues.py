"""A colleague fills in a list of the team: one's own invitation alone, in one go, and nothing tells when."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kring.web.models import AnonymousSubmission, Entry, Filling, Membership, Round, StaffInvitation
from tests.asking import look, may_look, text_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def ask(cast: Cast, hat: Membership, *, begins_in: int = 0) -> StaffInvitation:
    opens = timezone.localdate() + timedelta(days=begins_in)
    made = Round.objects.create(
        school=cast.beuk,
        year=cast.year,
        instrument="kring-kijkwijzer",
        version=1,
        title="Kijk",
        opens_on=opens,
        closes_on=opens,
        asks="staff",
    )
    return StaffInvitation.objects.create(school=cast.beuk, round=made, membership=hat)


def test_a_colleague_fills_in_from_the_page_that_the_task_leads_to(cast: Cast) -> None:
    one = ask(cast, cast.anna)
    assert reverse("staff_answer", args=[cast.anna.pk, one.pk]) in text_of(cast.anna, "staff_list", one.pk)
    page = text_of(cast.anna, "staff_answer", one.pk)
    assert '"anonymous": true' in page  # also of a list that asks for no such thing: of colleagues nothing is kept by name
    assert "in één keer" in page
    assert may_look(cast, "staff_answer", one.pk) == {"anna"}
    assert not Entry.objects.filter(record_id=one.pk, name="page.read").exists()


def test_before_and_after_it_says_why_not(cast: Cast) -> None:
    later = ask(cast, cast.anna, begins_in=3)
    assert "/answer/" not in text_of(cast.anna, "staff_list", later.pk)
    assert look(cast.anna, "staff_answer", later.pk).status_code == 409
    done = ask(cast, cast.anna)
    StaffInvitation.objects.filter(pk=done.pk).update(answered=True)
    answer = look(cast.anna, "staff_answer", done.pk)
    assert (answer.status_code, "al ingeleverd" in answer.content.decode()) == (409, True)
    assert "/answer/" not in text_of(cast.anna, "staff_list", done.pk)


def test_what_is_handed_in_bears_no_name_and_the_page_says_thank_you(cast: Cast) -> None:
    one = ask(cast, cast.anna)
    page = text_of(cast.anna, "staff_answer", one.pk)
    found = re.search(r'id="answer-page"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found
    sent = {"ticket": json.loads(found[1])["ticket"], "answers": [[1, one.round.offered.coded[0].key, 1]]}
    before = Entry.objects.count()
    answer = Client().post(reverse("answers_hand_in"), json.dumps(sent), content_type="application/json")
    assert answer.json() == {"handed_in": True}
    one.refresh_from_db()
    assert one.answered
    assert AnonymousSubmission.objects.filter(round=one.round).count() == 1
    assert not Filling.objects.exists()
    assert "U hebt deze lijst ingevuld" in text_of(cast.anna, "staff_list", one.pk)
    assert Entry.objects.count() == before  # nor does the log tell when
