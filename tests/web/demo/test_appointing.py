"""In the demo something waits for the leader, somebody stands in, and one address is secret."""

from datetime import date

import pytest

from kring.web.demo.rows import load_demo
from kring.web.models import Appointment, Assignment, Contact, Membership, School
from tests.asking import text_of
from tests.cast import open_all_schools

pytestmark = pytest.mark.django_db


def test_the_demo_shows_roles_groups_and_addresses_at_work() -> None:
    load_demo(date.today())  # noqa: DTZ011 (the day of the visitor)
    open_all_schools(School.objects.all())
    waiting = Appointment.objects.get()
    assert (waiting.role, waiting.membership) == ("behaviour_specialist", None)
    assert Assignment.objects.get(replaces__person__username="marit").membership.person.username == "tara"
    assert sorted(Contact.objects.values_list("is_secret", flat=True)) == [False, True]
    rik = Membership.objects.get(person__username="rik")
    assert "wacht een voorstel" in text_of(rik, "home")
    assert "Tara Ramlal" in text_of(rik, "people")
