"""Whether a page can be used by everybody, by the rules of axe; nine tenths of the time it compares colours, the same over and over."""

from collections.abc import Sequence
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SURVEY = Path(__file__).with_name("judge.js").read_text()
ALL_OF_IT = f"(async () => ({SURVEY})().judgeAll())()"
_bones: set[int] = set()
_colours: set[str] = set()
"""What was found good in this process."""


def axe(page: Page) -> Sequence[str]:
    """What the rules object to on this page."""
    page.evaluate(Axe().axe_script)
    return [*page.evaluate(ALL_OF_IT)]


def axe_on_what_is_new(page: Page) -> Sequence[str]:
    """The same, of what was not judged before: a page with other bones, and letters in another colour or size, or on another ground."""
    survey = page.evaluate_handle(SURVEY)
    bones, colours = survey.evaluate("found => [found.bones, [...found.colours.keys()]]")
    fresh = [key for key in colours if key not in _colours]
    faults: list[str] = []
    if fresh or hash(bones) not in _bones:
        page.evaluate(Axe().axe_script)
    if hash(bones) not in _bones:
        faults += survey.evaluate("found => found.judgeBones()")
        _bones.update(() if faults else {hash(bones)})
    if fresh:
        judged = survey.evaluate("(found, fresh) => found.judgeColours(fresh)", fresh)
        faults += judged["faults"]
        _colours.update(judged["good"])
    return faults
