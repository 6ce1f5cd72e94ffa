"""Bram coordinates De Beuk: he overlooks the groups, brings in the files of a class, and has all reports made."""

import io
import re
from pathlib import Path
from zipfile import ZipFile

import pikepdf
from playwright.sync_api import expect

from kring.commands import ROOT
from tests.journeys.visitor import Visitor

CLASS = ROOT / "examples" / "klas"
QUESTIONNAIRE = "kring-leerling:1"


def files_for_another_group(folder: Path, *, answers: bytes | None = None) -> dict[str, Path]:
    """The class of the examples without the name of its group, so that any group may be meant."""
    pupils = [line.split(",") for line in (CLASS / "pupils.csv").read_text().splitlines()]
    place = pupils[0].index("group")
    (folder / "pupils.csv").write_text("\n".join(",".join(cells[:place] + cells[place + 1 :]) for cells in pupils))
    (folder / "answers.csv").write_bytes(answers or (CLASS / "answers.csv").read_bytes())
    return {
        "pupils": folder / "pupils.csv",
        "nominations": CLASS / "nominations.csv",
        "participation": CLASS / "participation.csv",
        "answers": folder / "answers.csv",
    }


def bring(visitor: Visitor, files: dict[str, Path]) -> None:
    for name, path in files.items():
        visitor.page.locator(f"input[type=file][name={name}]").set_input_files(path)
    visitor.page.locator("select[name=instrument]").select_option(QUESTIONNAIRE)
    visitor.page.get_by_role("button", name="Controleren").click()
    visitor.page.wait_for_load_state()


def test_he_overlooks_the_school(visitor: Visitor) -> None:
    visitor.log_in("bram")
    visitor.look("bram-home", "dark", "phone")
    visitor.page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Groepen").click()
    visitor.look("bram-groups", "phone")
    visitor.page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Afnames").click()
    visitor.look("bram-rounds")
    visitor.follow(re.compile("Sociogram"))
    visitor.look("bram-round-sociogram")


def test_too_few_took_part_for_a_sociogram(visitor: Visitor) -> None:
    visitor.log_in("bram")
    visitor.open_group("7")
    visitor.look("group-too-few")
    visitor.follow("Sociogram bekijken")
    expect(visitor.page.locator("main")).to_contain_text("Te weinig deelname")
    visitor.look("sociogram-too-few")


def test_a_class_comes_in_after_its_problems_are_shown(visitor: Visitor, tmp_path: Path) -> None:
    visitor.log_in("bram")
    visitor.open_group("8")
    visitor.look("group-before")
    visitor.follow("Bestanden inlezen")
    visitor.look("upload", "dark", "phone")
    form = visitor.page.url

    lines = (CLASS / "answers.csv").read_text().splitlines()
    lines[6] = ",".join([*lines[6].split(",")[:4], "9", *lines[6].split(",")[5:]])
    with visitor.refused(409):
        bring(visitor, files_for_another_group(tmp_path, answers="\n".join(lines).encode()))
    problem = visitor.page.locator(".error-summary tbody tr")
    expect(problem).to_have_count(1)
    for shown in ("answers.csv", "7", lines[0].split(",")[4], "9"):
        expect(problem).to_contain_text(shown)
    visitor.look("upload-problems", "phone")

    visitor.page.goto(form)
    expect(visitor.page.locator("aside")).not_to_contain_text("Nog niet overgenomen")
    bring(visitor, files_for_another_group(tmp_path))
    for shown in ("26", "2025-11", "2026-05"):
        expect(visitor.page.locator("main")).to_contain_text(shown)
    expect(visitor.page.locator("main")).to_contain_text("Geen enkele leerling van deze groep staat in de bestanden")
    visitor.look("upload-preview", "dark", "phone")
    visitor.page.get_by_role("button", name="Overnemen").click()
    visitor.page.wait_for_url("**/groups/**")
    for shown in ("Overgenomen", "Welbevinden op school", "Amira"):
        expect(visitor.page.locator("main")).to_contain_text(shown)
    visitor.look("group-after")

    visitor.page.goto(form)
    bring(visitor, files_for_another_group(tmp_path))
    expect(visitor.page.locator("main")).to_contain_text("26 leerlingen herkend")
    with visitor.refused(409):
        visitor.page.get_by_role("button", name="Overnemen").click()
        visitor.page.wait_for_load_state()
    visitor.look("upload-again")
    visitor.page.get_by_role("button", name="Weggooien").click()
    expect(visitor.page.locator("main")).to_contain_text("Er is niets van bewaard")


def test_files_of_another_group_are_refused(visitor: Visitor) -> None:
    visitor.log_in("bram")
    visitor.open_group("4")
    visitor.follow("Bestanden inlezen")
    with visitor.refused(409):
        bring(visitor, {kind: CLASS / f"{kind}.csv" for kind in ("pupils", "nominations", "participation", "answers")})
    expect(visitor.page.locator(".error-summary")).to_contain_text("6A")
    visitor.look("upload-wrong-group")


def test_an_empty_form_says_what_it_misses(visitor: Visitor) -> None:
    visitor.log_in("bram")
    visitor.open_group("4")
    visitor.follow("Bestanden inlezen")
    visitor.page.get_by_role("button", name="Controleren").click()
    expect(visitor.page.locator("main")).to_contain_text("Kies minstens")
    visitor.look("upload-empty")


def test_all_reports_are_made_in_the_background(visitor: Visitor) -> None:
    visitor.log_in("bram")
    visitor.page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Rapporten").click()
    visitor.look("jobs-none")
    visitor.page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Groepen").click()
    visitor.page.get_by_role("button", name="Alle groepsrapporten maken").click()
    visitor.page.wait_for_url("**/jobs/**")
    visitor.look("job-running")
    expect(visitor.page.get_by_role("link", name="Ophalen")).to_be_visible()
    visitor.look("job-done", "phone")
    name, made = visitor.download("Ophalen")
    assert name.endswith(".zip")
    with ZipFile(io.BytesIO(made)) as reports:
        names = reports.namelist()
        assert len([one for one in names if one.endswith(".pdf")]) >= 5
        with pikepdf.open(io.BytesIO(reports.read(names[0]))) as report:
            assert len(report.pages) >= 1
    visitor.follow("Alle rapporten")
    visitor.look("jobs")
