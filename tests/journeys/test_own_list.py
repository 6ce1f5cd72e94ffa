"""A school writes a list of its own, tries it, releases it, and corrects it as version 2."""

import re

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

QUESTIONS = "Ik eet mijn brood met iemand samen.\nHet is niet fijn dat niemand naast mij zit.\nIk vertel iets tijdens het eten."


def press(visitor: Visitor, name: str) -> None:
    visitor.page.locator("main").get_by_role("button", name=name, exact=True).click()
    visitor.page.wait_for_load_state()


def test_a_school_writes_its_own_list_and_corrects_it(visitor: Visitor) -> None:
    visitor.log_in("bram")
    page, main = visitor.page, visitor.page.locator("main")
    visitor.open(f"{visitor.hat()}instruments/")
    visitor.look("instruments", "phone")
    visitor.follow("Eigen lijst maken")
    page.get_by_label("Hoe heet de lijst?").fill("Samen eten")
    press(visitor, "Beginnen")
    expect(main).to_contain_text("Voordat u kunt vrijgeven")

    page.get_by_label("Nieuwe vragen").fill(QUESTIONS)
    press(visitor, "Vragen toevoegen")
    expect(main).to_contain_text("Twee keer niet")
    main.locator("tbody tr").nth(1).get_by_role("button", name="Weg").click()
    page.wait_for_load_state()
    visitor.follow("Schaal toevoegen")
    page.get_by_label("Hoe heet de schaal?").fill("Fijn eten")
    page.get_by_role("radio", name="welbevinden").check()
    page.get_by_role("checkbox", name="met anderen omgaan").check()
    for box in page.locator("input[name=items]").all():
        box.check()
    press(visitor, "Bewaren")
    visitor.look("own-list", "phone")
    visitor.follow("Gegevens veranderen")
    page.get_by_label("Hoeveel minuten kost invullen?").fill("2")
    page.get_by_label("De belofte: wie ziet de antwoorden?").fill("Je juf of meester leest wat je antwoordt.")
    press(visitor, "Bewaren")
    visitor.follow("Herkomst en waarde veranderen")
    page.get_by_label("Van onze school. Wij delen hem niet met anderen.").check()
    page.get_by_label("Waar staat dat?").fill("zelf geschreven")
    press(visitor, "Bewaren")
    expect(main).not_to_contain_text("Voordat u kunt vrijgeven")

    visitor.follow("Bekijken als invuller")
    expect(main).to_contain_text("Je juf of meester leest wat je antwoordt.")
    visitor.follow("Beginnen")
    page.get_by_label("klopt meestal").check()
    visitor.look("own-list-try", "phone")
    page.go_back()
    page.go_back()
    visitor.follow("Nakijken en vrijgeven")
    visitor.look("own-list-release")
    press(visitor, "Vrijgeven")
    expect(main).to_contain_text("U kunt er nu een afname mee openen")

    main.locator("summary", has_text="Verbeteren in een volgende versie").click()
    press(visitor, "Nieuwe versie beginnen")
    visitor.follow(re.compile("Ik vertel iets tijdens het eten"))
    page.get_by_label("De vraag of zin").fill("Ik vertel iets als wij eten.")
    press(visitor, "Bewaren")
    expect(main).to_contain_text("begint de lijn in de uitkomsten opnieuw")
    visitor.look("own-list-correction")
    visitor.follow("Nakijken en vrijgeven")
    press(visitor, "Vrijgeven")
    expect(main).to_contain_text("versie 2")
    expect(main).to_contain_text("Versies")
