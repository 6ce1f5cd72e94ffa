"""The demo schools are loaded by a command, once, and never on a server of a school."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from kring.web.models import Person


def test_the_command_says_what_it_did(db: None, long: bool) -> None:
    if not long:
        pytest.skip("with --long; here the journeys begin with the command")
    told = StringIO()
    call_command("load_demo_school", stdout=told)
    call_command("load_demo_school", stdout=told)
    assert told.getvalue().splitlines() == [
        "De demoscholen De Beuk, De Eik en Het Baken zijn geladen.",
        "De demoscholen waren al geladen.",
    ]


@override_settings(PRODUCTION=True)
def test_production_gets_no_demo_school(db: None) -> None:
    with pytest.raises(CommandError):
        call_command("load_demo_school")
    assert not Person.objects.exists()
