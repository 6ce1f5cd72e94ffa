"""Shifts in score: a line per scale and informant, a mark for what is more than chance, and no line over two versions."""

from dataclasses import replace

import pytest

from kring.core.answers import answers_from
from kring.core.change import Change
from kring.core.groups import group_results
from kring.core.instruments import Comparable, Informant, Instrument
from kring.core.reliability import MeasurementError, Origin
from kring.documents.pupil import pupil_sections
from kring.documents.reports import Measurement
from kring.documents.sections import Section
from kring.documents.words import change_word
from kring.library import instrument

LIST = instrument("kring-leerling", 1)
SURE = MeasurementError(0.2, 0.9, 0.6, 300, Origin.RETEST)


def asked(of: Instrument, wave: str, code: int, *, informant: Informant = Informant.PUPIL, known: bool = True) -> Measurement:
    errors = {scale.key: SURE if known else None for scale in of.scales}
    answers = answers_from(of, [{item.key: code for item in of.items}])
    return Measurement(of.title, informant, wave, group_results(of, ["noor"], answers, errors=errors))


def trends(*newest_first: Measurement) -> list[Section]:
    return [one for one in pupil_sections("noor", newest_first, (), {"noor": "Noor"}) if one.key == "verloop"]


def rows(section: Section) -> dict[str, tuple[str, ...]]:
    return {row.heading: tuple(cell.text for cell in row.cells) for row in section.tables[0].rows}


def test_nothing_went_anywhere_when_it_was_asked_once() -> None:
    assert trends(asked(LIST, "maart", 2)) == []
    assert trends(asked(LIST, "maart", 2), asked(LIST, "maart", 3, informant=Informant.TEACHER)) == []


def test_a_change_beyond_chance_is_marked_for_every_scale() -> None:
    (section,) = trends(asked(LIST, "oktober", 4), asked(LIST, "maart", 2))
    found = rows(section)
    assert len(found) == len(LIST.scales)
    assert {verdict for *_, verdict in found.values()} <= {change_word(Change.CLEARLY_BETTER), change_word(Change.CLEARLY_WORSE)}
    assert all(said.startswith("maart ") and "; oktober " in said for _, said, _ in found.values())
    (picture,) = section.pictures
    assert all(f"{title}: {said}" in picture.chart.alternative for title, (_, said, _) in found.items())
    assert section.lead == ()


def test_what_cannot_be_told_from_chance_is_called_so() -> None:
    (same,) = trends(asked(LIST, "oktober", 2), asked(LIST, "maart", 2))
    assert {verdict for *_, verdict in rows(same).values()} == {change_word(Change.NOT_SHOWN)}
    (unknown,) = trends(asked(LIST, "oktober", 4, known=False), asked(LIST, "maart", 2))
    assert {verdict for *_, verdict in rows(unknown).values()} == {change_word(Change.UNKNOWN)}


def test_two_versions_never_stand_on_one_line_and_the_page_says_why() -> None:
    second = replace(LIST, version=2)
    (section,) = trends(asked(second, "oktober", 4), asked(LIST, "maart", 2))
    assert len(section.lead) == 1
    assert "versie 1 en versie 2 niet in één lijn" in section.lead[0]
    assert all(" | oktober" in said and verdict == "andere versie van de lijst" for _, said, verdict in rows(section).values())
    assert "stroke-dasharray" in section.pictures[0].chart.svg


def test_versions_that_say_they_are_comparable_stand_on_one_line() -> None:
    same = Comparable(version=1, scales=tuple(scale.key for scale in LIST.scales), reason="alleen een tikfout")
    (section,) = trends(asked(replace(LIST, version=2, comparable_with=same), "oktober", 4), asked(LIST, "maart", 2))
    assert section.lead == ()
    assert "stroke-dasharray" not in section.pictures[0].chart.svg


def test_each_informant_has_a_picture_of_its_own() -> None:
    waves = [asked(LIST, wave, code, informant=who) for wave, code in (("b", 3), ("a", 2)) for who in (Informant.PUPIL, Informant.TEACHER)]
    (section,) = trends(*waves)
    assert [picture.heading.rpartition(": ")[2] for picture in section.pictures] == ["leerling", "leerkracht"]


@pytest.mark.parametrize("change", Change)
def test_every_change_has_a_word(change: Change) -> None:
    assert change_word(change)
