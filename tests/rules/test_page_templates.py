"""Templates keep to the content security policy, and the pages of trouble need nothing to be shown."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import loader

WEB = Path(__file__).parents[2] / "src" / "kring" / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
TROUBLE = ("400", "403", "403_csrf", "404", "409", "413", "429", "500", "503")


def name_of(template: Path) -> str:
    return template.relative_to(WEB / "templates").as_posix()


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_nothing_inline_that_the_browser_would_block(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert re.findall(r"<style\b|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=\"|javascript:", text) == []


OF_DJANGO = re.compile(r"\|(?:date|time|floatformat|localize|timesince|timeuntil|intcomma)\b")


def said_by_django(text: str) -> list[str]:
    """Dates and numbers in the formats of Django: Babel knows how people say them, and one page may not say them in two ways."""
    return OF_DJANGO.findall(text)


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_days_and_numbers_are_said_by_babel(template: Path) -> None:
    assert said_by_django(template.read_text(encoding="utf-8")) == []


def test_a_date_in_the_format_of_django_is_found() -> None:
    assert said_by_django('{{ at|day }} {{ at|date:"j F" }} {{ score|floatformat:1 }}') == ["|date", "|floatformat"]


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_every_template_can_be_read(template: Path) -> None:
    assert loader.get_template(name_of(template)) is not None


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_every_file_asked_for_exists(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    asked = [*re.findall(r'{% static "([^"]+)" %}', text), *re.findall(r"{{ static_files }}([\w./-]+)", text)]
    assert [name for name in asked if finders.find(name) is None] == []


def test_every_font_and_picture_in_the_style_sheets_exists() -> None:
    sheets = sorted((WEB / "static" / "kring").glob("*.css"))
    asked = [(sheet.parent / address) for sheet in sheets for address in re.findall(r'url\("([^"]+)"\)', sheet.read_text(encoding="utf-8"))]
    assert len(asked) == 4
    assert [path for path in asked if not path.resolve().is_file()] == []


@pytest.mark.parametrize("name", TROUBLE)
def test_a_page_of_trouble_needs_no_context_and_no_database(name: str) -> None:
    page = loader.get_template(f"{name}.html").render()
    assert page.startswith("<!doctype html>")
    assert page.count("<h1>") == 1
    assert 'href="/"' in page
