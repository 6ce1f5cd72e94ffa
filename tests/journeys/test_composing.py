"""Anna gives her class its places: with the mouse, by keyboard alone, without a script, and by a proposal that she overrules."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor

PLACE = re.compile(r"rij \d+, plaats \d+")


def plan_of_anna(new_visitor: NewVisitor, name: str, *, scripts: bool = True) -> Visitor:
    anna = new_visitor(scripts=scripts)
    anna.log_in("anna")
    anna.open_group("6A")
    anna.follow("Plaatsen en groepjes")
    anna.follow(name)
    return anna


def place_of(page: Page, pupil: str) -> str:
    """By key of the pupil, as it is read aloud."""
    label = page.locator(f"#pupil-{pupil}").get_attribute("aria-label") or ""
    found = PLACE.search(label)
    return found.group() if found else ""


def keys(page: Page) -> list[str]:
    return [str(one.get_attribute("data-pupil")) for one in page.locator("a.pupil").all()]


def test_names_are_dragged_with_the_mouse_and_every_step_is_kept(new_visitor: NewVisitor) -> None:
    anna = plan_of_anna(new_visitor, "Volgende maand")
    page = anna.page
    anna.look("composing-plan", "dark", "phone")
    one, other = keys(page)[:2]
    before = place_of(page, one), place_of(page, other)
    page.locator(f"#pupil-{one}").drag_to(page.locator(f"#pupil-{other}"))
    expect(page.locator(f"#pupil-{one}")).to_have_attribute("aria-label", re.compile(before[1]))
    expect(page.locator(f"#pupil-{one}")).to_be_focused()
    assert place_of(page, other) == before[0]
    free = page.locator("[data-place]").first
    label = free.inner_text()
    page.locator(f"#pupil-{one}").drag_to(free)
    expect(page.locator(f"#pupil-{one}")).to_have_attribute("aria-label", re.compile(label.partition(":")[0]))
    page.get_by_role("button", name="Stap terug").click()
    expect(page.locator(f"#pupil-{one}")).to_have_attribute("aria-label", re.compile(before[1]))
    page.reload()
    assert place_of(page, one) == before[1]
    anna.check()


def test_a_pupil_is_moved_by_keyboard_alone(new_visitor: NewVisitor) -> None:
    anna = plan_of_anna(new_visitor, "Sinds de vakantie")
    page = anna.page
    one, other = keys(page)[:2]
    before = place_of(page, one), place_of(page, other)
    page.locator(f"#pupil-{one}").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".seating__picked")).to_contain_text("is gekozen")
    expect(page.locator(f"#pupil-{one}")).to_be_focused()
    anna.look("composing-picked", "phone")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(f"#pupil-{other}")).to_have_attribute("aria-label", re.compile(before[0]))
    page.keyboard.press("Enter")  # the focus came along: the same pupil once more, and let go
    expect(page.locator(f"#pupil-{one}.pupil--picked")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".pupil--picked")).to_have_count(0)
    assert place_of(page, one) == before[1]
    anna.check()


def test_without_a_script_the_same_links_and_buttons_do_it(new_visitor: NewVisitor) -> None:
    anna = plan_of_anna(new_visitor, "Sinds de vakantie", scripts=False)
    page = anna.page
    one = keys(page)[2]
    page.locator(f"#pupil-{one}").click()
    page.get_by_label("Verplaats naar").select_option(index=0)
    wanted = page.locator("#move-to option").first.inner_text()
    page.get_by_role("button", name="Verplaats", exact=True).click()
    assert place_of(page, one) == wanted


def test_a_proposal_comes_while_one_looks_and_can_be_taken_back(new_visitor: NewVisitor) -> None:
    anna = plan_of_anna(new_visitor, "Volgende maand")
    page = anna.page
    page.get_by_role("button", name="Voorstel maken").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    anna.look("composing-progress")
    expect(page.get_by_role("button", name="Voorstel maken")).to_be_visible()
    expect(page.locator("[data-part=search]")).to_contain_text(re.compile("bewezen het beste|beter is mogelijk|niet bewezen"))
    expect(page.locator("[data-part=plan]")).not_to_contain_text("Nog geen plaats")
    expect(page.locator("[data-part=wishes]")).not_to_contain_text("klopt nu niet")
    anna.look("composing-proposed", "dark", "contrast", "phone", "paper")
    anna.follow("Voor op het bord")
    expect(page.locator("main")).not_to_contain_text("Samen komen ze niet aan werken toe")
    anna.look("composing-board", "phone")
    anna.check()


def test_desks_are_put_down_with_the_mouse_and_by_keyboard(new_visitor: NewVisitor) -> None:
    anna = plan_of_anna(new_visitor, "Sinds de vakantie")
    page = anna.page
    anna.follow("Tafels neerzetten")
    desks = page.locator(".room__spot input:checked")
    before = desks.count()
    page.locator(".room__floor").scroll_into_view_if_needed()
    first, last = (page.locator(f'input[value="6-{column}"]').bounding_box() for column in (1, 3))
    assert first is not None
    assert last is not None
    page.mouse.move(first["x"] + 9, first["y"] + 9)
    page.mouse.down()
    page.mouse.move(last["x"] + 9, last["y"] + 9, steps=12)
    page.mouse.up()
    expect(desks).to_have_count(before + 3)
    page.locator('input[value="6-3"]').focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.locator('input[value="7-3"]')).to_be_checked()
    expect(page.locator("[data-count]")).to_have_text(f"{before + 4} plaatsen")
    anna.look("composing-room", "dark", "phone")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_text("De tafels staan zoals u ze neerzette.")).to_be_visible()
    anna.check()
