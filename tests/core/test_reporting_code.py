"""A suspicion always has a reader who may let others in, and is about somebody."""

from datetime import date

import pytest

from kring.core.access import Role
from kring.core.reporting_code import (
    NobodyLeftAtFile,
    SeenLaterThanToday,
    SuspectedOfNobody,
    check_pupil,
    check_seen,
    check_stays,
    first_readers,
)


def test_the_designated_contacts_read_it_and_who_leads_only_when_there_are_none() -> None:
    asked = first_readers(["daan"], ["rik"])
    assert (asked.hats, asked.stand_in) == (("daan",), False)
    instead = first_readers([], ["rik"])
    assert (instead.hats, instead.stand_in) == (("rik",), True)


def test_it_is_about_somebody_chosen_or_called() -> None:
    check_pupil(is_chosen=True, called="")
    check_pupil(is_chosen=False, called="Noor van groep 6")
    with pytest.raises(SuspectedOfNobody):
        check_pupil(is_chosen=False, called=" . ")


def test_nothing_was_seen_tomorrow() -> None:
    check_seen(date(2026, 3, 2), on=date(2026, 3, 2))
    with pytest.raises(SeenLaterThanToday):
        check_seen(date(2026, 3, 3), on=date(2026, 3, 2))


def test_the_last_who_may_let_others_in_stays() -> None:
    check_stays([Role.TEACHER, Role.DESIGNATED_CONTACT])
    with pytest.raises(NobodyLeftAtFile):
        check_stays([Role.TEACHER])
