"""Beside the scores of a pupil: how a list was filled in, single questions, differences, and what the family says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from kring.core.answers import answers_from
from kring.core.groups import group_results
from kring.core.instruments import Informant
from kring.core.reliability import MeasurementError, Origin
from kring.documents.extras import careless_line
from kring.documents.reports import Measurement, PupilReport, Said
from kring.library import instrument

LIST = instrument("kring-leerling", 2)
NAMES = {"noor": "Noor"}
ERROR = MeasurementError(0.3, 0.8, 0.7, 40, Origin.ALPHA)


def filled(good: bool, *, informant: Informant = Informant.PUPIL, by: str = "", more: Mapping[str, int] | None = None) -> Measurement:
    given = {one.item: (4 if (one.sign * scale.direction > 0) is good else 1) for scale in LIST.scales for one in scale.items}
    asked = replace(LIST, informant=informant)
    answers = answers_from(asked, [{**given, **(more or {})}])
    errors = {scale.key: ERROR for scale in asked.scales}
    return Measurement("Lijst", informant, "maart 2026", group_results(asked, ["noor"], answers, errors=errors), answers, by)


def text_of(*measurements: Measurement, said: tuple[Said, ...] = ()) -> str:
    report = PupilReport(pupil="noor", group="6A", made_on=date(2026, 3, 3), names=NAMES, measurements=measurements, said=said)
    rows = [
        f"{row.heading} {' '.join(cell.text for cell in row.cells)}" for one in report.sections for each in one.tables for row in each.rows
    ]
    return "\n".join([*(line for one in report.sections for line in one.lead), *rows])


def test_a_clear_difference_opens_a_talk_and_a_small_one_is_not_mentioned() -> None:
    page = text_of(filled(good=True), filled(good=False, informant=Informant.TEACHER))
    assert "denken leerling en leerkracht duidelijk verschillend. Dat is geen fout" in page
    assert "verschillend" not in text_of(filled(good=True), filled(good=True, informant=Informant.TEACHER))


def test_two_parents_stand_apart_by_name() -> None:
    page = text_of(*(filled(good=True, informant=Informant.GUARDIAN, by=name) for name in ("Els", "Ed")))
    assert "ouder of verzorger (Els)" in page
    assert "ouder of verzorger (Ed)" in page


def test_answers_all_alike_ask_for_a_second_look_and_careful_ones_do_not() -> None:
    alike = filled(good=True, more={item.key: item.low for item in LIST.coded})
    assert "achter elkaar hetzelfde antwoord" in text_of(alike)
    assert "1 van de 1 lijsten" in careless_line(alike)
    assert careless_line(replace(alike, answers=None)) == ""


def test_a_question_outside_the_scales_is_shown_by_itself() -> None:
    scored = {one.item for scale in LIST.scales for one in scale.items}
    single = next((item for item in LIST.coded if item.key not in scored), None)
    if single is not None:
        assert single.text in text_of(filled(good=True))


def test_what_the_family_says_stands_beside_it_in_their_own_words() -> None:
    page = text_of(filled(good=True), said=(Said("Els Test", "Lijst", "Thuis is zij vrolijk.", date(2026, 3, 4)),))
    assert "Els Test Lijst 4 maart 2026 Thuis is zij vrolijk." in page
    assert "Niemand op school kan het veranderen." in page
