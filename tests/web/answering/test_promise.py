"""The promise before the questions names by function exactly who may read the list, and the server holds to that very table."""

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from kring.core.access import PARTNERS, STAFF, Record, Role, Verb, rule_of
from kring.core.school_types import SchoolType
from kring.web.access import may
from kring.web.access_words import ROLES
from kring.web.answering.promise import readers_of, record_of
from kring.web.answering.queries import possible_readers
from kring.web.answering.screen import told_together
from kring.web.models import Entry, Invitation, Round, Submission
from tests.asking import text_of
from tests.cast import Cast, client_of, member
from tests.measurements import list_round

STATIC = Path(__file__).parents[3] / "src" / "kring" / "web" / "static"
PO = SchoolType.PRIMARY.value
FONTS = [f"vendor/fonts/atkinson-hyperlegible-next-latin-{weight}-normal.woff2" for weight in (400, 700)]
MOST = 60_000


@pytest.mark.parametrize("asks", [Round.Asks.PUPILS, Round.Asks.TEACHERS, Round.Asks.GUARDIANS])
def test_a_role_is_in_the_promise_if_and_only_if_it_is_in_the_table(asks: Round.Asks) -> None:
    told = {reader.role for reader in readers_of(asks, anonymous=False, school_type=PO)}
    writer = {Round.Asks.PUPILS: Role.PUPIL, Round.Asks.GUARDIANS: Role.GUARDIAN}.get(asks)
    assert told == {role for role in Role if rule_of(role, record_of(asks, anonymous=False), Verb.READ)} - {writer}
    assert all(reader.who for reader in readers_of(asks, anonymous=False, school_type=PO))


def test_nobody_reads_a_list_without_names() -> None:
    assert readers_of(Round.Asks.PUPILS, anonymous=True, school_type=PO) == ()
    assert record_of(Round.Asks.STAFF, anonymous=False) is Record.ANONYMOUS_SUBMISSION


def test_who_reads_under_the_same_condition_stands_on_one_line() -> None:
    lines = told_together(readers_of(Round.Asks.PUPILS, anonymous=False, school_type=SchoolType.SECONDARY.value))
    assert ("je docenten, je mentor", "van jouw groep, ook volgend jaar") in lines
    assert ("de ondersteuningscoördinator, de coördinator sociale veiligheid", "van jouw school") in lines


@pytest.mark.django_db
def test_who_is_not_promised_gets_nothing_and_that_is_written_down(cast: Cast) -> None:
    made = list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem])
    one = Invitation.objects.get(round=made, pupil=cast.pupil_noor)
    promised = {reader.role for reader in readers_of(Round.Asks.PUPILS, anonymous=False, school_type=PO)}
    hats = {role: member(cast.beuk, role, role.value) for role in sorted((STAFF | PARTNERS) - {Role.BOARD})}
    reading = {role for role, hat in hats.items() if may(hat, Submission, Verb.READ).filter(invitation=one).exists()}
    assert reading <= promised
    assert {Role.COORDINATOR, Role.SAFETY_COORDINATOR} <= reading
    assert may(cast.anna, Submission, Verb.READ).filter(invitation=one).exists()
    for role in (Role.LEADER, Role.REMEDIAL_TEACHER):
        assert role not in promised
        assert client_of(hats[role]).get(reverse("pupil_sent", args=[hats[role].pk, one.pk])).status_code == 404
        assert Entry.objects.filter(actor_id=hats[role].pk, name="page.refused").exists()


@pytest.mark.django_db
def test_the_page_says_it_before_the_first_question_in_every_language_of_the_list(cast: Cast) -> None:
    made = list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], key="kring-leerling", silent=2)
    made.closes_on = timezone.localdate() + timedelta(days=5)
    made.save()
    one = Invitation.objects.get(round=made, pupil=cast.pupil_noor)
    page = text_of(cast.noor, "pupil_answer", one.pk)
    for said in ("Wie ziet wat jij antwoordt?", "Je juf of meester, je mentor", "Verder niemand", "0800-0432", "Ik wil praten"):
        assert said in page
    assert str(ROLES[Role.LEADER]) not in page.split("</section>")[0]
    assert "Je kunt later zien wie er gekeken heeft." in page  # who has no account, asks it at school
    assert "kan de school in Kring ook aan thuis laten zien" in page
    assert rule_of(Role.GUARDIAN, Record.SCALE_PROFILE, Verb.READ)


@pytest.mark.django_db
def test_a_pupil_chooses_readers_among_the_own_teachers_and_who_is_there_for_every_pupil(cast: Cast) -> None:
    made = list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], silent=2)
    one = Invitation.objects.get(round=made, pupil=cast.pupil_noor)
    contact = member(cast.beuk, Role.CONFIDENTIAL_CONTACT, "vera")
    found = set(possible_readers(one, at=timezone.now()))
    assert {cast.anna, cast.bram, contact} <= found
    assert cast.carla not in found
    assert all(rule_of(Role(hat.role), Record.OPEN_ANSWER, Verb.READ) for hat in found)


@pytest.mark.django_db
def test_everything_of_a_first_visit_stays_small(cast: Cast) -> None:
    """As the proxy sends it: what is the same for everybody is squeezed, the page itself never."""
    made = list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], key="kring-leerling", silent=2)
    one = Invitation.objects.get(round=made, pupil=cast.pupil_noor)
    page = client_of(cast.noor).get(reverse("pupil_answer", args=[cast.noor.pk, one.pk])).content.decode()
    files = {*re.findall(r'(?:href|src)="/static/([^"]+)"', page), *FONTS}
    weights = {name: _weight(STATIC / name) for name in files}
    assert len(page.encode()) + sum(weights.values()) < MOST, (len(page), weights)


def _weight(file: Path) -> int:
    whole = file.read_bytes()
    return len(whole) if file.suffix == ".woff2" else len(gzip.compress(whole, 6))
