"""What was judged before is not judged again; what is wrong is found, on whatever page it stands."""

from tests.journeys.judging import axe, axe_on_what_is_new
from tests.journeys.visitor import Visitor

PALE = "document.querySelector('main').insertAdjacentHTML('beforeend', '<p class=\"planted\">Bijna niet te lezen</p>')"
PAINT = """const sheet = new CSSStyleSheet(); sheet.replaceSync('.planted { color: #aaa; background: #fff }');
    document.adoptedStyleSheets = [sheet]"""
NAMELESS = "document.querySelector('main form').insertAdjacentHTML('beforeend', '<input name=planted>')"


def test_what_is_wrong_is_found_on_a_page_that_was_good_and_each_time_anew(visitor: Visitor) -> None:
    """Planted: letters that are too pale, and a field without a name."""
    visitor.open("/login/")
    assert not axe_on_what_is_new(visitor.page)
    visitor.page.evaluate(f"() => {{ {PALE}; {PAINT} }}")
    visitor.page.evaluate(f"() => {{ {NAMELESS} }}")
    whole = {fault.split()[1] for fault in axe(visitor.page)}
    for _time in range(2):
        assert {fault.split()[1] for fault in axe_on_what_is_new(visitor.page)} == whole == {"color-contrast:", "label:"}
