"""The builder escapes whatever it is given and resolves colours for page and paper."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from kring.documents.elements import Medium, Paint, element, group, xml_text

BRAND = Paint("brand", "#11506a")


def test_underscores_become_hyphens_and_none_is_left_out() -> None:
    made = element("circle", cx=1.0, stroke_width=2.5, class_="dot", data_pupil="l1", fill=None)
    assert made.markup() == '<circle cx="1" stroke-width="2.5" class="dot" data-pupil="l1"/>'


def test_colours_follow_the_page_and_are_plain_on_paper() -> None:
    dot = element("circle", fill=BRAND)
    assert dot.markup(Medium.PAGE) == '<circle fill="var(--kring-brand, #11506a)"/>'
    assert dot.markup(Medium.PAPER) == '<circle fill="#11506a"/>'


def test_numbers_are_short_and_never_minus_zero() -> None:
    assert element("circle", x=0.1 + 0.2, y=-0.0, z=100.0).markup() == '<circle x="0.3" y="0" z="100"/>'


def test_markup_is_printed_by_templates_as_it_is() -> None:
    made = group([element("title", "a & b"), None])
    assert made.markup().__html__() == "<g><title>a &amp; b</title></g>"


@given(st.text(), st.text())
def test_any_text_comes_back_as_text_and_as_attribute(text: str, attribute: str) -> None:
    tree = ET.fromstring(element("text", text or "x", aria_label=attribute).markup())
    assert len(tree) == 0
    assert (tree.text or "") == xml_text(text or "x")
    assert tree.get("aria-label", "").split() == xml_text(attribute).split()
