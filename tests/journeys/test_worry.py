"""A girl tells without her name that she worries about a friend, and reads the answer with three words. And a week of absence is typed."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor


def test_a_worry_without_a_name_is_answered(new_visitor: NewVisitor) -> None:
    noor = new_visitor()
    noor.log_in("noor")
    noor.follow("Zorgen over een vriend")
    noor.look("zorg-vertellen", "phone", "dark")
    main = noor.page.locator("main")
    main.get_by_role("radio", name=re.compile("Anna Verlinden")).check()
    main.get_by_label("Wat zie of hoor je?").fill("Hij gamet de hele nacht en valt in slaap in de klas.")
    main.get_by_role("radio", name=re.compile("zonder naam")).check()
    main.get_by_role("button", name="Vertel het").click()
    words = main.locator(".three-words").inner_text()
    assert len(words.split()) == 3
    noor.look("zorg-drie-woorden", "phone")

    anna = new_visitor()
    anna.log_in("anna")
    anna.open(f"{anna.hat()}worries/")
    anna.page.locator("main").get_by_role("link", name="een leerling zonder naam").click()
    expect(anna.page.locator("main")).to_contain_text("Hij gamet de hele nacht")
    assert "Noor" not in anna.page.locator("main").inner_text()
    anna.page.get_by_label("Uw antwoord aan deze leerling").fill(
        "Dank je wel. Ik praat morgen met hem, zonder te zeggen van wie ik het weet."
    )
    anna.page.get_by_role("button", name="Antwoord versturen").click()
    anna.look("zorg-antwoord", "phone", "dark")

    noor.follow("Ik heb ze opgeschreven")
    main.get_by_label("Typ je drie woorden").fill(words.upper())
    main.get_by_role("button", name="Lees het antwoord").click()
    expect(main).to_contain_text("Ik praat morgen met hem")
    noor.check()
    anna.check()


def test_a_week_of_absence_is_typed_with_the_arrows(new_visitor: NewVisitor) -> None:
    anna = new_visitor()
    anna.log_in("anna")
    anna.open_group("6A")
    anna.follow("Verzuim")
    anna.look("verzuim-week", "phone", "dark")
    fields = anna.page.locator("[data-grid] tbody tr").first.locator("input")
    fields.first.focus()
    anna.page.keyboard.type("2")
    anna.page.keyboard.press("ArrowRight")
    anna.page.keyboard.type("1,5")
    anna.page.keyboard.press("Enter")
    anna.page.keyboard.press("ArrowUp")
    expect(fields.nth(1)).to_be_focused()
    anna.page.get_by_role("button", name="Week bewaren").click()
    expect(anna.page.locator("main")).to_contain_text("De week is bewaard.")
    expect(fields.nth(1)).to_have_value("1,5")
    anna.check()
