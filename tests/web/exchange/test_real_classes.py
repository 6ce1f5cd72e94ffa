"""Classes that others published come in through the web as a school would bring them; every page of their sociogram can be read."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from kring.core.floor_plans import even_groups
from kring.core.seating import propose
from kring.web.compositions.actions import NewComposition, make_composition
from kring.web.compositions.queries import asked_of
from kring.web.models import Composition, Nomination, Sociogram, Upload
from tests.asking import text_of
from tests.cast import Cast, client_of, group

pytestmark = [pytest.mark.django_db, pytest.mark.shared, pytest.mark.long]
Choice = tuple[str, str]
PAGES = ("sociogram", "sociogram_facts", "sociogram_card", "sociogram_change", "sociogram_talk")


def rows(path: Path, **only: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if all(row[column] == value for column, value in only.items())]


def moreno(data: Path) -> list[Choice]:
    return [(row["source"], row["target"]) for row in rows(data / "moreno_1934_grades" / "edges.csv", grade="4")]


def polish(data: Path) -> list[Choice]:
    return [(row["from"], row["to"]) for row in rows(data / "ibe121_polish_class" / "edges.csv", question="play")]


def dutch(data: Path) -> list[Choice]:
    return [(row["source"], row["target"]) for row in rows(data / "knecht_klas12b" / "edges.csv", wave="B", relation="friend")]


def australian(data: Path) -> list[Choice]:
    return [(row["source"], row["target"]) for row in rows(data / "vickers_chan_7th_graders" / "edges.csv", relation="best_friends")]


@pytest.mark.parametrize("read", [moreno, polish, dutch, australian])
def test_a_real_class_comes_in_is_read_and_gets_tables(
    cast: Cast, shared: Path, tmp_path: Path, settings: Settings, read: Callable[[Path], list[Choice]], *, long: bool
) -> None:
    if not long and read is not polish:
        pytest.skip("one of four classes here; all with --long")
    settings.FILES = tmp_path
    choices, where = sorted(set(read(shared / "data"))), group(cast.beuk, "Echt", [6])
    pupils = sorted({one for choice in choices for one in choice})
    files = {
        "pupils": "\n".join(["leerling;naam", *(f"{one};Kind {one}" for one in pupils)]),
        "nominations": "\n".join(["vraag;van;naar", *(f"together;{one};{other}" for one, other in choices)]),
    }
    sent = {kind: SimpleUploadedFile(f"{kind}.csv", text.encode()) for kind, text in files.items()}
    data = {"held_on": "2025-10-06", "title": "Echte klas", "instrument": "", **sent}
    assert client_of(cast.bram).post(reverse("upload", args=[cast.bram.pk, where.pk]), data).status_code == 302
    assert client_of(cast.bram).post(reverse("upload_apply", args=[cast.bram.pk, Upload.objects.get().pk])).status_code == 302
    assert Nomination.objects.count() == len(choices)
    row = Sociogram.objects.get()
    for page in PAGES:
        assert "Kind" in text_of(cast.bram, page, row.pk) or page in PAGES[2:]
    new = NewComposition(Composition.Kind.TABLES, "Tafels", even_groups(len(pupils), name="Tafel %(number)s", size=5), {})
    made = make_composition(cast.bram, where, new, at=timezone.now())
    asked = asked_of(cast.bram, made, at=timezone.now())
    assert len(asked.chosen) == len(choices)
    found = propose(asked, seconds=0.3)
    assert found.without_chosen <= 1
