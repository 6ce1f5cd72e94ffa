"""The page that stands alone: whole, safe, and without anything from elsewhere."""

import itertools
from pathlib import Path

from kring.documents.pages import group_html, pupil_html
from tests.documents import sample
from tests.documents.markup import Page

EVIL = '<script>alert("x")</script> & #read("x")'
OWN = Path(__file__).parents[2] / "src/kring"


def test_every_pupil_stands_in_the_tables() -> None:
    page = Page(group_html(sample.group_report()))
    headings = page.within("th")
    assert all(headings.count(name) == 2 for name in sample.names().values())
    assert page.within("h1") == ["Groep 6A"]
    assert page.within("title")[0] == "Groep 6A · Groepsrapport · De Beuk"
    assert page.tags[0] == ("html", {"lang": "nl"})


def test_nothing_runs_and_nothing_is_fetched() -> None:
    for markup in (group_html(sample.group_report()), pupil_html(sample.pupil_report())):
        page = Page(markup)
        assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object", "embed", "form"}
        assert not {name for _, found in page.tags for name in found if name.startswith("on") or name in {"href", "src", "style"}}
        outside = markup.replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in outside
        assert "https://" not in outside
        assert "url(data:font/woff2;base64,d09GMg" in markup
        assert "default-src 'none'" in markup


def test_names_are_printed_as_they_are() -> None:
    names = sample.names() | {"l01": EVIL}
    for markup in (
        group_html(sample.group_report(names=names, group=EVIL, school=EVIL)),
        pupil_html(sample.pupil_report("l01", names=names, group=EVIL)),
    ):
        page = Page(markup)
        assert "<script" not in markup
        assert EVIL in [text for _, text in page.texts]
        assert page.within("h1")[0] == EVIL


def test_headings_step_down_one_at_a_time_and_sections_are_labelled() -> None:
    page = Page(group_html(sample.group_report()))
    levels = [int(tag[1]) for tag, _ in page.tags if tag in {"h1", "h2", "h3"}]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))
    ids = [found["id"] for _, found in page.tags if "id" in found]
    assert len(ids) == len(set(ids))
    labels = [found["aria-labelledby"] for tag, found in page.tags if tag == "section"]
    assert set(labels) <= set(ids)


def test_charts_have_a_role_a_title_and_a_description() -> None:
    page = Page(group_html(sample.group_report()))
    frames = [found for tag, found in page.tags if tag == "svg" and found.get("aria-hidden") != "true"]
    assert len(frames) == 9
    assert {found["role"] for found in frames} == {"img", "group"}
    assert all(found["aria-label"] for found in frames)
    assert page.count("desc") == 9


def test_colour_is_never_alone() -> None:
    page = Page(group_html(sample.group_report()))
    bands = [found.get("class") or "" for tag, found in page.tags if tag == "span" and (found.get("class") or "").startswith("band ")]
    words = [text for tag, text in page.texts if tag == "span" and text.split(",")[0] in {"rood", "oranje", "groen", "geen score"}]
    assert len(bands) == len(words) == 6 + 30 * 6
    borders = [classes for classes, word in zip(bands, words) if ("band--border" in classes) != word.endswith("grensgebied")]
    assert borders == []


def test_a_pupil_page_is_for_one_pupil() -> None:
    markup = pupil_html(sample.pupil_report())
    assert [name for pupil, name in sample.names().items() if pupil != "l22" and name in markup] == []
    assert Page(markup).within("h1") == ["Noor El Amrani"]


def test_an_empty_report_is_still_a_page() -> None:
    page = Page(group_html(sample.group_report(measurements=(), sociograms=(), school=None, period="")))
    assert page.within("h1") == ["Groep 6A"]
    assert page.count("section") == 0


def test_the_web_sets_the_body_by_the_same_rules() -> None:
    ours, theirs = OWN / "documents/templates/documents/body.css", OWN / "web/static/kring/report.css"
    assert theirs.read_text(encoding="utf-8") == ours.read_text(encoding="utf-8")
