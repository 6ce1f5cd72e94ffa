"""A teacher fills in the lists about a class by keyboard alone, one key per answer, and types in sheets of paper just as fast.

In short three pupils × 36 items, and two sheets; with --long 28 pupils, and 28 sheets. Every key is counted.
"""

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from kring.commands import ROOT
from kring.commands.server import environment
from kring.core.paper_sheets import sheet_number
from kring.library import instrument
from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor
from tests.journeys.writing_school import LISTS

PROGRAM = "import django; django.setup(); from tests.journeys import writing_school; writing_school.main()"
WHOLE, SHORT, SCHOOL = 28, 3, "Pen"
ENTER = 2  # to the page on which one looks once more, and to hand in


@dataclass(slots=True)
class Keyboard:
    """Counts every key, and how long the page took to be ready for the next."""

    page: Page
    keys: int = 0
    waits: list[float] = field(default_factory=list)

    def press(self, key: str) -> None:
        begun = time.perf_counter()
        self.page.keyboard.press(key)
        self.waits.append(time.perf_counter() - begun)
        self.keys += 1

    def slow(self) -> float:
        """Of a hundred keys the fifth slowest, in seconds."""
        return sorted(self.waits)[int(len(self.waits) * 0.95)]


@pytest.fixture(scope="module")
def pupils(own: Path, request: pytest.FixtureRequest) -> int:
    """How many sit in the class of a school that the server has from now on."""
    n = WHOLE if request.config.getoption("--long") else SHORT
    settings = {"KRING_DATA": str(own), "KRING_DATABASE": "", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    subprocess.run((sys.executable, "-c", PROGRAM, str(n), SCHOOL), cwd=ROOT, check=True, env={**environment("demo"), **settings})
    return n


def kept(own: Path, title: str) -> dict[int, dict[str, int]]:
    """By the number of the pupil what stands in the database."""
    with closing(sqlite3.connect(own / "kring.sqlite3")) as database:
        rows = database.execute(
            "SELECT p.admin_key, s.answers FROM kring_submission s JOIN kring_invitation i ON i.id = s.invitation_id"
            " JOIN kring_pupil p ON p.id = i.pupil_id JOIN kring_round r ON r.id = i.round_id JOIN kring_school c ON c.id = r.school_id"
            " WHERE c.name = ? AND r.title = ?",
            (SCHOOL, title),
        )
        return {int(key): json.loads(answers) for key, answers in rows}


def answer(pupil: int, place: int) -> int:
    """What this teacher would say, never the same all the way."""
    return (pupil * 7 + place * 3 + place // 5) % 4 + 1


def lists_of(visitor: Visitor, title: str) -> None:
    visitor.open(f"{visitor.hat()}rounds/")
    visitor.follow(title)


@pytest.mark.whole("a class, key by key")
def test_the_lists_about_a_class_take_one_key_per_answer(new_visitor: NewVisitor, own: Path, pupils: int) -> None:
    items = instrument(*LISTS["Over de klas"]).items
    ina = new_visitor()
    ina.log_in("ina.pen")
    lists_of(ina, "Over de klas")
    ina.follow("Invullen")
    expect(ina.page.locator(".lists__row")).to_have_count(pupils)
    ina.look("teacher-lists", "phone")

    keyboard = Keyboard(ina.page)
    for place in range(len(items)):
        for pupil in range(1, pupils + 1):
            keyboard.press(str(answer(pupil, place)))
    expect(ina.page.locator("[data-state]").first).to_have_text("Alles is bewaard.")
    keyboard.press("Enter")
    expect(ina.page.locator("h1")).to_have_text("Lijsten inleveren")
    ina.look("teacher-lists-hand-in", "phone")
    keyboard.press("Enter")
    expect(ina.page.locator("main")).to_contain_text(f"{pupils} lijsten ingeleverd")

    assert keyboard.keys == pupils * len(items) + ENTER
    assert keyboard.slow() < 0.25
    wanted = {pupil: {item.key: answer(pupil, place) for place, item in enumerate(items)} for pupil in range(1, pupils + 1)}
    assert kept(own, "Over de klas") == wanted
    print(f"{keyboard.keys} keys in {sum(keyboard.waits):.1f} s, 95 of 100 within {keyboard.slow() * 1000:.0f} ms")


@pytest.mark.whole("a class, key by key")
def test_a_mistake_is_taken_back_and_duo_partners_overwrite_nothing(new_visitor: NewVisitor, pupils: int) -> None:
    ina, bea = new_visitor(), new_visitor()
    for visitor, name in ((ina, "ina.pen"), (bea, "bea.pen")):
        visitor.log_in(name)
        lists_of(visitor, "Samen")
        visitor.follow("Invullen")
        expect(visitor.page.locator(".lists__row")).to_have_count(pupils)
    for key in ("1", "Backspace", "2", "w", "?", "?", "-", "4"):
        ina.page.keyboard.press(key)
    expect(ina.page.locator("[data-count]")).to_have_text(f"3 van {pupils * 36}")
    expect(ina.page.locator("[data-state]").first).to_have_text("Alles is bewaard.")

    bea.page.keyboard.press("3")
    warned = bea.page.locator("[data-conflicts]")
    expect(warned).to_contain_text("u koos “vaak”, Ina Schrijver koos “soms”")
    bea.look("teacher-lists-conflict", "phone")
    warned.get_by_role("button", name="Die van mij: vaak").click()
    expect(bea.page.locator("[data-state]").first).to_have_text("Alles is bewaard.")
    bea.page.reload()
    expect(bea.page.locator("[data-count]")).to_have_text(f"3 van {pupils * 36}")
    for key in ("ArrowUp", "ArrowUp", "Enter"):  # standing on an answer, Enter is that answer
        bea.page.keyboard.press(key)
    bea.page.get_by_text("Alles tegelijk").click()
    expect(bea.page.locator(".lists__square").first).to_have_text("3")
    bea.look("teacher-lists-grid")

    bea.page.context.set_offline(True)
    bea.refusals_expected = True
    bea.page.keyboard.press("1")
    expect(bea.page.locator("[data-state]").first).to_contain_text("Geen verbinding")
    bea.page.locator("[data-hand-in]").click()  # waits for what is on its way, and goes on
    bea.page.context.set_offline(False)
    expect(bea.page.locator("h1")).to_have_text("Lijsten inleveren")
    bea.refusals_expected = False


def slowly(route: Route) -> None:
    time.sleep(0.8)
    route.continue_()


def test_sheets_of_paper_take_one_key_per_answer(new_visitor: NewVisitor, own: Path, pupils: int, long: bool) -> None:  # noqa: FBT001
    items = instrument(*LISTS["Op een blad"]).items
    ina, sheets = new_visitor(), range(1, pupils + 1 if long else 3)
    ina.log_in("ina.pen")
    lists_of(ina, "Op een blad")
    ina.follow("wie is klaar in groep 6")
    ina.follow("Op papier")
    ina.look("paper-lists", "phone")
    with ina.page.expect_download():
        ina.page.get_by_role("button", name="printen").click()
    ina.page.reload()

    keyboard = Keyboard(ina.page)
    begun = time.perf_counter()
    for sheet in sheets:
        expect(ina.page.get_by_label("Nummer van het blad")).to_be_focused()
        for digit in sheet_number(sheet):
            keyboard.press(digit)
        keyboard.press("Enter")
        expect(ina.page.locator("h1")).to_have_text(f"Kind{sheet:02d} Schrijver")
        if sheet != 2:  # whose script is slow: who types on loses nothing
            expect(ina.page.locator(".typed__key").first).to_be_focused()
        if sheet == 1:
            ina.look("paper-sheet", "phone")
        for place in range(len(items)):
            keyboard.press(str(answer(sheet, place)))
        expect(ina.page.get_by_role("status").last).to_have_text("Alles is ingevuld.")
        if sheet == 1:
            ina.page.route("**/typed*.js", slowly)
        keyboard.press("Enter")
        ina.page.wait_for_url("**/groups/*/paper/")
    taken = time.perf_counter() - begun

    assert keyboard.keys == len(sheets) * (len(items) + len(sheet_number(1)) + ENTER)
    wanted = {sheet: {item.key: answer(sheet, place) for place, item in enumerate(items)} for sheet in sheets}
    assert kept(own, "Op een blad") == wanted
    print(f"{len(sheets)} sheets, {keyboard.keys} keys in {taken:.1f} s")
