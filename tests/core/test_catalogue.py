"""Entries of organisations: once each, and marked when nobody looked at them for a year."""

from datetime import date, timedelta

import pytest

from kring.core.catalogue import STAYS_TRUE, OrganisationListedTwice, is_outdated, refuse_listed

TODAY = date(2026, 11, 22)


def test_an_entry_grows_old_after_a_year() -> None:
    assert not is_outdated(TODAY - STAYS_TRUE, on=TODAY)
    assert is_outdated(TODAY - STAYS_TRUE - timedelta(days=1), on=TODAY)
    assert is_outdated(None, on=TODAY)


def test_an_organisation_stands_there_once() -> None:
    refuse_listed("Wijkteam", ["Jeugdarts"])
    with pytest.raises(OrganisationListedTwice):
        refuse_listed(" wijkteam  Zuid", ["Wijkteam Zuid"])
