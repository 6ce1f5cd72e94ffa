"""A school of 800 pupils: the preview within 2 seconds of a processor, taking it over within 5."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from kring.web.models import Pupil, RosterFile
from tests.cast import Cast, client_of
from tests.class_files.test_roster import HEADING, workbook

pytestmark = pytest.mark.django_db
PUPILS = 800


def test_a_school_of_800(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.FILES = tmp_path
    today = timezone.localdate()
    cast.year.starts_on, cast.year.ends_on = today - timedelta(days=60), today + timedelta(days=200)
    cast.year.save()
    groups = [f"{number % 8 + 1}{'ABC'[number % 3]}" for number in range(PUPILS)]
    rows = [[number, f"Kind{number}", "van", f"Naam{number}", "1-2-2018", group, ""] for number, group in enumerate(groups)]
    bram, data = client_of(cast.bram), workbook([HEADING.split(";"), *rows])
    file = tmp_path / "leerlingen.xlsx"
    file.write_bytes(data)
    bram.get(reverse("roster_files", args=[cast.bram.pk]))  # the first page after a start reads its templates
    begun = time.process_time()
    with file.open("rb") as opened:
        sent = {"year": cast.year.pk, "from_on": cast.year.starts_on.isoformat(), "file": opened}
        assert bram.post(reverse("roster_files", args=[cast.bram.pk]), sent).status_code == 302
    address = [cast.bram.pk, RosterFile.objects.get().pk]
    page = bram.get(reverse("roster_file", args=address))
    shown = page.context["proposal"].fingerprint
    seen = time.process_time()
    assert bram.post(reverse("roster_apply", args=address), {"shown": shown}).status_code == 302
    done = time.process_time()
    assert Pupil.objects.filter(school=cast.beuk).count() == PUPILS + 3
    assert seen - begun < 2
    assert done - seen < 5
