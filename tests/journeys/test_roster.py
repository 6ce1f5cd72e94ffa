"""A school of 200 pupils comes in by one Excel file, its staff by pasting, and its groups by ticking boxes."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.class_files.test_roster import workbook
from tests.journeys.conftest import NewVisitor

HEADING = ("Leerlingnr.", "Roepnaam", "Tussenvoegsel", "Achternaam", "Geboortedatum", "Groep", "Leerjaar", "BSN")
GROUPS = ("1/2K", "3K", "4K", "5K", "6K", "7K", "8K", "3L")
STAFF = "gebruikersnaam\tvoornaam\ttussenvoegsel\tachternaam\trol\tgroepen\tvan\ttot\n"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pupils() -> Iterator[tuple[object, ...]]:
    for number in range(200):
        group = GROUPS[number % 8]
        level = number // 8 % 2 + 1 if group == "1/2K" else ""
        yield (
            90_000 + number,
            f"Kind{number}",
            "van der" if number % 3 else "",
            f"Proef{number}",
            f"{number % 28 + 1}-3-2018",
            group,
            level,
            1,
        )


def send(page: Page, name: str, rows: list[tuple[object, ...]]) -> None:
    page.set_input_files("input[type=file]", {"name": name, "mimeType": XLSX, "buffer": workbook([HEADING, *rows])})
    page.get_by_role("button", name="Controleren").click()


@pytest.mark.whole("a large school")
def test_a_school_of_200_pupils_comes_in(new_visitor: NewVisitor) -> None:
    olga, bram = new_visitor(), new_visitor()
    olga.log_in("olga")
    olga.open(f"{olga.hat()}school/groups/")
    olga.page.get_by_label("Welke groepen zijn er?").fill("1/2K, 3K\n4K; 5K")
    olga.page.get_by_role("button", name="Toevoegen").click()
    expect(olga.page.locator("main")).to_contain_text("Groep 1/2K")
    olga.look("school-groups", "phone")

    olga.follow("Leerlingen inlezen")
    olga.look("roster-files", "phone")
    with olga.refused(409):
        send(olga.page, "leerlingen.xlsx", [*pupils(), (90_000, "Dubbel", "", "Op", "", "3K", "", 1)])
        expect(olga.page.locator("main")).to_contain_text("Dubbel Op staat op regel 2 in een andere groep")
    send(olga.page, "leerlingen.xlsx", [*pupils()])
    expect(olga.page.locator("main")).to_contain_text("BSN")
    expect(olga.page.locator("main")).to_contain_text("Groep 8K, leerjaar 8")
    olga.look("roster-preview", "phone")
    olga.page.get_by_role("button", name="Overnemen").click()
    expect(olga.page.locator("h1")).to_have_text("Wat er veranderde")
    expect(olga.page.locator("main")).not_to_contain_text("Kind1")
    olga.look("roster-applied", "phone")

    olga.open(f"{olga.hat()}people/file/")
    teachers = "".join(f"juf{number}.k\tJuf{number}\t\tKade\tleerkracht\t{group}\t\t\n" for number, group in enumerate(GROUPS))
    olga.page.get_by_label("Of plak de lijst hier").fill(STAFF + teachers)
    olga.look("role-file-pasted", "phone")
    olga.page.get_by_role("button", name="Controleren").click()
    olga.page.get_by_role("button", name="Overnemen").click()
    olga.follow("Collega toevoegen")
    olga.look("add-colleague", "phone")

    bram.log_in("bram")
    bram.open(f"{bram.hat()}teaching/divide/")
    bram.look("divide-groups", "phone")
    box = bram.page.get_by_role("checkbox", name="Juf0 Kade heeft groep 3L")
    expect(bram.page.get_by_role("checkbox", name="Juf0 Kade heeft groep 1/2K")).to_be_checked()
    box.check()
    bram.page.get_by_role("button", name="Vastleggen").click()
    expect(bram.page.get_by_role("row", name=re.compile("Groep 3L"))).to_contain_text("Juf0 Kade")

    bram.open(f"{bram.hat()}school/groups/")
    bram.follow("Groepen van hetzelfde leerjaar naast elkaar zetten")
    bram.page.get_by_label("Hoe heten deze groepen samen?").fill("groepen 3")
    for name in ("3K", "3L"):
        bram.page.get_by_role("checkbox", name=name, exact=True).check()
    bram.page.get_by_role("button", name="Naast elkaar zetten").click()
    expect(bram.page.locator("main")).to_contain_text("Juf1 Kade")
    bram.look("bundle", "phone")

    bram.open(f"{bram.hat()}roster/")
    other = [row for row in pupils() if row[0] not in (90_001, 90_002)]
    twin, renamed = (80_000, "Kind1", "van der", "Proef1", "2-3-2018", "3K", "", 1), (90_003, "Een", "", "Ander", "", "5K", "", 1)
    send(bram.page, "leerlingen.xlsx", [*(row for row in other if row[0] != 90_003), twin, renamed])
    expect(bram.page.locator("main")).to_contain_text("Twijfelachtig: wie is dit?")
    expect(bram.page.get_by_role("button", name="Overnemen")).to_have_count(0)
    bram.look("roster-doubts", "phone")
    bram.page.get_by_label("Het is deze leerling. Neem het nieuwe nummer over.").check()
    bram.page.get_by_label("Het nummer klopt niet, of ik weet het nog niet.").check()
    bram.page.get_by_role("button", name="Keuzes bewaren").click()
    bram.page.get_by_role("button", name="Overnemen").click()
    expect(bram.page.locator("h1")).to_have_text("Wat er veranderde")
    olga.check()
    bram.check()
