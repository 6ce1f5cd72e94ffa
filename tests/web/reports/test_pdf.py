"""A PDF of a group and of a pupil: the same facts, as a download whose name tells nothing."""

import pytest

from kring.web.models import Entry, Pupil
from tests.asking import look, may_look
from tests.cast import Cast
from tests.measurements import classmates, result_round, sociogram_round

pytestmark = pytest.mark.django_db


def measured(cast: Cast) -> list[Pupil]:
    pupils = [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 4)]
    result_round(cast.group_6a, pupils)
    sociogram_round(cast.group_6a, pupils)
    return pupils


def test_the_group_as_pdf(cast: Cast) -> None:
    measured(cast)
    answer = look(cast.anna, "group_pdf", cast.group_6a.pk)
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="groepsrapport.pdf"'


def test_the_pupil_as_pdf(cast: Cast) -> None:
    measured(cast)
    answer = look(cast.anna, "pupil_pdf", cast.pupil_noor.pk)
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="leerlingrapport.pdf"'


def test_only_the_team_gets_them(cast: Cast) -> None:
    measured(cast)
    assert may_look(cast, "group_pdf", cast.group_6a.pk) == {"anna", "bram"}
    assert may_look(cast, "pupil_pdf", cast.pupil_noor.pk) == {"anna", "bram"}


def test_a_pdf_is_a_reading(cast: Cast) -> None:
    look(cast.anna, "pupil_pdf", cast.pupil_noor.pk)
    reading = Entry.objects.get(record="pupil")
    assert (reading.record_id, reading.route) == (cast.pupil_noor.pk, "pupil_pdf")
