"""“Stil, maar niet vergeten” on the page of a group."""

import re

import pytest

from kring.library import instrument
from kring.web.models import Invitation, Round, Submission
from tests.asking import look, queries_for, text_of
from tests.cast import Cast
from tests.measurements import HANDED_IN, classmates, round_of, sociogram_round

pytestmark = pytest.mark.django_db

TITLE, WHY = "Stil, maar niet vergeten", "Herkent u dit"
TEACHER = instrument("kring-leerkracht", 2)


def section(page: str) -> str:
    found = re.search(r'<section[^>]*aria-labelledby="stil-kop".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def rated(cast: Cast, **codes: dict[str, int]) -> Round:
    """The teacher's list over 6A: pupil → scale → code in the direction of the scale."""
    asked = round_of(cast.group_6a, TEACHER.key, "Leerkrachtlijst")
    Round.objects.filter(pk=asked.pk).update(version=TEACHER.version, closed_at=HANDED_IN)
    for name, given in codes.items():
        pupil = {"noor": cast.pupil_noor, "sem": cast.pupil_sem}[name]
        one = Invitation.objects.create(school=cast.beuk, round=asked, group=cast.group_6a, pupil=pupil)
        answers = {each.item: code if each.sign > 0 else 5 - code for key, code in given.items() for each in TEACHER.scale(key).items}
        Submission.objects.create(school=cast.beuk, invitation=one, answers=answers, submitted_at=HANDED_IN)
    return asked


def test_the_quiet_stand_there_with_why_and_the_noisy_do_not(cast: Cast) -> None:
    rated(cast, noor={"internalising": 4, "externalising": 1}, sem={"internalising": 1, "externalising": 4})
    for actor in (cast.anna, cast.bram):
        found = section(text_of(actor, "group", cast.group_6a.pk))
        assert "Noor Test" in found
        assert WHY in found
        assert "Sem Test" not in found


def test_nobody_quiet_says_so_and_no_results_say_nothing(cast: Cast) -> None:
    assert TITLE not in text_of(cast.anna, "group", cast.group_6a.pk)
    rated(cast, noor={"internalising": 1})
    assert "geen enkele stille leerling" in section(text_of(cast.anna, "group", cast.group_6a.pk))


def test_only_the_team_sees_it(cast: Cast) -> None:
    rated(cast, noor={"internalising": 4})
    assert TITLE not in text_of(cast.rik, "group", cast.group_6a.pk)
    assert look(cast.carla, "group", cast.group_6a.pk).status_code == 404
    assert look(cast.els, "group", cast.group_6a.pk).status_code == 404


def test_the_page_asks_as_much_for_many_as_for_one(cast: Cast) -> None:
    rated(cast, noor={"internalising": 4})
    few = queries_for(cast.anna, "group", [cast.group_6a.pk])
    asked = Round.objects.get()
    for pupil in classmates(cast.group_6a, 4):
        one = Invitation.objects.create(school=cast.beuk, round=asked, group=cast.group_6a, pupil=pupil)
        answers = {each.item: 4 if each.sign > 0 else 1 for each in TEACHER.scale("internalising").items}
        Submission.objects.create(school=cast.beuk, invitation=one, answers=answers, submitted_at=HANDED_IN)
    assert queries_for(cast.anna, "group", [cast.group_6a.pk]) == few
    assert section(text_of(cast.anna, "group", cast.group_6a.pk)).count(WHY) == 5


def test_who_was_not_chosen_is_asked_about(cast: Cast) -> None:
    sociogram_round(cast.group_6a, [cast.pupil_noor, *classmates(cast.group_6a, 6), cast.pupil_sem])
    found = section(text_of(cast.anna, "group", cast.group_6a.pk))
    assert "koos niemand deze leerling" in found
    assert "Sem Test" in found
    assert "Noor" not in found
