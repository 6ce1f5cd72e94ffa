"""Everybody has a beginning of their own, and nobody comes where they do not belong."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor


@pytest.fixture(scope="package")
def pages_of_anna() -> list[str]:
    """Addresses under the hat of Anna, filled by the first story that needs them."""
    return []


def addresses(new_visitor: NewVisitor, kept: list[str]) -> list[str]:
    if not kept:
        anna = new_visitor()
        anna.log_in("anna")
        kept += [anna.hat(), f"{anna.hat()}groups/"]
        anna.open_group("6A")
        kept += [anna.path()]
        anna.follow("Noor van Dalen")
        kept += [anna.path()]
    return kept


@pytest.mark.parametrize(
    ("username", "shown", "hidden"),
    [
        ("rik", ("De school in cijfers", "De Beuk"), ("Noor van Dalen",)),
        ("olga", ("Staat van de installatie",), ("Noor", "6A")),
        ("els", ("Noor van Dalen",), ("groen", "rood")),
        ("pim", ("Hier staan geen kinderen",), ("Noor", "6A")),
        ("noor", ("Hoi Noor", "6A"), ("Sem", "groen", "rood")),
        ("carla", ("6B",), ("6A", "Noor")),
        ("frans", ("De Eik",), ("6A", "Noor", "De Beuk")),
        ("gijs", ("Het Baken",), ("6A", "Noor", "De Beuk")),
    ],
)
def test_their_own_beginning_and_no_page_of_anna(
    new_visitor: NewVisitor, pages_of_anna: list[str], username: str, shown: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    foreign = addresses(new_visitor, pages_of_anna)
    visitor = new_visitor()
    visitor.log_in(username)
    visitor.look(f"{username}-home", "dark", "phone")
    for text in shown:
        expect(visitor.page.locator("main")).to_contain_text(text)
    for text in hidden:
        expect(visitor.page.locator("main")).not_to_contain_text(re.compile(rf"\b{text}\b"))
    own = visitor.hat()
    for path in foreign:
        for address in (path, path.replace(foreign[0], own)):
            if address not in (own, f"{own}groups/"):
                check_absent(visitor, address, username)


def check_absent(visitor: Visitor, address: str, username: str) -> None:
    """The leader may see who is in a group; everything else is not there for these people."""
    if username == "rik" and address.startswith(f"{visitor.hat()}groups/"):
        visitor.open(address)
        expect(visitor.page.locator("main")).not_to_contain_text(re.compile("groen|rood|grensgebied"))
        visitor.look("rik-group")
        visitor.open(visitor.hat())
        return
    before = visitor.hat()
    with visitor.refused(404):
        visitor.open(address)
    expect(visitor.page.locator("body")).not_to_contain_text("Noor van Dalen")
    visitor.open(before)


def test_nobody_without_a_login(new_visitor: NewVisitor, pages_of_anna: list[str]) -> None:
    foreign = addresses(new_visitor, pages_of_anna)
    visitor = new_visitor()
    for path in foreign:
        visitor.open(path)
        assert "/login/" in visitor.page.url
    visitor.look("login", "dark", "contrast", "phone")


def test_a_wrong_password_says_so_and_tells_nothing(visitor: Visitor) -> None:
    visitor.open("/login/")
    visitor.page.get_by_label("Gebruikersnaam").fill("anna")
    visitor.page.get_by_label("Wachtwoord", exact=True).fill("helemaal-verkeerd-woord")
    visitor.page.locator("main").get_by_role("button", name="Inloggen", exact=True).click()
    visitor.page.wait_for_load_state()
    assert "/login/" in visitor.page.url
    visitor.look("login-wrong")


def test_logging_out_leaves_nothing_behind(visitor: Visitor) -> None:
    visitor.log_in("anna")
    address = visitor.path()
    visitor.log_out()
    visitor.look("logged-out")
    visitor.open(address)
    assert "/login/" in visitor.page.url


def test_two_tabs_of_two_people(new_visitor: NewVisitor) -> None:
    """Who logs in as somebody else in another tab meets, in the first one, a page that is not there, and the way to a page that is."""
    visitor = new_visitor()
    visitor.log_in("anna")
    first = visitor.path()
    other = visitor.page.context.new_page()
    other.goto(visitor.address)
    other.get_by_role("button", name="Uitloggen").or_(other.locator("summary", has_text="Anna")).first.click()
    other.get_by_role("button", name="Uitloggen").click()
    other.wait_for_load_state()
    other.goto(visitor.address)
    other.locator("button.person", has_text="Bram").click()
    other.wait_for_url("**/as/**")
    with visitor.refused(404):
        visitor.open(first)
    visitor.look("another-hat")


def test_a_page_that_is_not_there(visitor: Visitor) -> None:
    with visitor.refused(404):
        visitor.open("/bestaat-niet/")
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("is er niet")
    visitor.look("not-found", "dark", "phone")


def test_the_style_page(visitor: Visitor) -> None:
    visitor.open("/style/")
    visitor.look("style", "dark", "contrast", "phone")
