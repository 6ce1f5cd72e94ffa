"""Somebody sees something: in seconds on a telephone, at a door without an account; and somebody answers."""

from kring.core.classroom import tidied
from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import PHONE, Visitor

FACT = "Gaf de bal drie keer terug zonder iets te zeggen."


def on_a_phone(visitor: Visitor) -> Visitor:
    visitor.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    return visitor


def test_a_teacher_notes_in_three_taps_and_answers(new_visitor: NewVisitor) -> None:
    anna = on_a_phone(new_visitor())
    anna.log_in("anna")
    anna.open_group("6A")
    anna.follow("Opschrijven wat u zag")
    anna.page.locator(".chips--names label").filter(has_text="Isa").click()
    anna.page.get_by_label("Wat zag of hoorde u?").fill(f"Typisch. {FACT}")
    anna.page.get_by_text("Laat dit woord weg").or_(anna.page.get_by_text("Schrijf alleen wat er nu gebeurde")).first.wait_for()
    anna.look("signal-new", "dark")
    on_a_phone(anna).page.get_by_label("Wat zag of hoorde u?").fill(FACT)
    anna.page.get_by_role("button", name="Bewaren").first.click()
    anna.page.get_by_text("Genoteerd").wait_for()
    anna.open(f"{anna.hat()}signals/?show=all&order=name")
    anna.look("signals")
    anna.page.get_by_role("link", name="Isa").first.click()
    anna.page.get_by_label("er is een verklaring").check()
    anna.page.get_by_label("nieuw en klopt").check()
    anna.page.get_by_label("Waarom?").fill("Isa had keelpijn en mocht van thuis niet praten.")
    anna.look("signal")
    anna.page.get_by_role("button", name="Antwoorden").click()
    anna.page.get_by_text("Uw antwoord staat bij het signaal").wait_for()


def test_a_door_opens_by_its_paper_and_says_no_more_than_picked_up(new_visitor: NewVisitor) -> None:
    bram, outside = new_visitor(), on_a_phone(new_visitor())
    bram.log_in("bram")
    bram.open(f"{bram.hat()}signals/doors/")
    bram.page.get_by_label("Waar hangt het").fill("Sporthal")
    bram.page.get_by_role("button", name="Code maken").click()
    code = tidied(bram.page.locator(".paper__code").inner_text())
    bram.look("signal-paper", "paper")
    outside.open(f"/door/#{code}")
    outside.page.get_by_label("Over wie gaat het?").fill("Een jongen met een blauwe pet")
    outside.page.get_by_label("Wat zag of hoorde u?").fill(FACT)
    outside.look("signal-door", "dark")
    outside.page.get_by_role("button", name="Doorgeven").click()
    receipt = outside.page.locator(".receipt").inner_text()
    bram.open(f"{bram.hat()}signals/")
    bram.page.get_by_role("link", name="Een jongen met een blauwe pet").click()
    bram.page.get_by_label("Of welke groep?").select_option(label="6A")
    bram.page.get_by_role("button", name="Koppelen").click()
    bram.page.get_by_text("Gekoppeld").wait_for()
    outside.page.get_by_role("button", name="Nog iets doorgeven").click()
    outside.page.get_by_text("Gaf u eerder iets door?").click()
    outside.page.get_by_label("Uw ontvangstcode").fill(receipt)
    outside.page.get_by_role("button", name="Kijk hoe het staat").click()
    outside.page.get_by_role("heading", name="Opgepakt").wait_for()
