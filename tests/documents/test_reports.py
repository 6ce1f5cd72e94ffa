"""What a report says: strengths first, no ranking, n and uncertainty, and nothing where nothing can be said."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from kring.core.answers import answers_from
from kring.core.bands import Band
from kring.core.groups import group_results
from kring.core.instruments import Informant
from kring.core.reliability import Origin
from kring.core.sociometry import sociogram
from kring.documents.reports import GroupReport, Layouts, Measurement, NameMissing, SociogramPart
from kring.documents.scales import name_order
from kring.documents.sections import Section
from kring.documents.tables import Cell, Column, Row, Table
from kring.documents.words import origin_word
from tests.documents import sample


def sections(report: GroupReport) -> dict[str, Section]:
    return {section.key: section for section in report.sections}


def nearly_empty(count: int, filled: int) -> Measurement:
    return sample.measurement(count=count, absent=count - filled)


def test_a_group_report_begins_with_what_goes_well() -> None:
    found = sample.group_report().sections
    assert [section.key for section in found] == ["in-het-kort", "lijst-1", "sociogram-1"]
    assert found[0].lead[0].startswith("Dit gaat goed, en dat is zeker: Plezier op school")
    assert "grensgebied" in found[0].lead[-1]


def test_the_same_results_under_the_same_names_are_drawn_once() -> None:
    """With another name, another link or in another language they are drawn anew."""
    report = sample.group_report()
    assert report.sections == replace(report).sections  # a section equals itself alone
    renamed = {**report.names, next(iter(report.names)): "Anders Genoemd"}
    linked = dict.fromkeys(report.names, "/elsewhere/")
    for other in (replace(report, names=renamed), replace(report, addresses=linked), replace(report, measurements=())):
        assert other.sections != report.sections
        assert "".join(section.page for section in other.sections) != "".join(section.page for section in report.sections)
    more = Section("meer", "Elders gemaakt")
    assert replace(report, more=(more,)).sections[:-1] == report.sections
    with override("en"):
        assert report.sections[0].title == "In short"
    assert report.sections[0].title == "In het kort"


def test_what_the_input_lacks_is_left_out() -> None:
    assert sample.group_report(measurements=(), sociograms=()).sections == ()
    assert [section.key for section in sample.group_report(measurements=()).sections] == ["sociogram-1"]
    assert "sociogram-1" not in sections(sample.group_report(sociograms=()))


def test_two_lists_are_told_apart_at_a_glance() -> None:
    report = sample.group_report(measurements=(sample.measurement(), sample.measurement(Informant.TEACHER, seed=3)))
    assert report.sections[0].lead[0].startswith("Hoe gaat het in de klas? (leerling): Dit gaat goed")


def test_two_waves_of_one_list_are_told_apart_in_their_headings() -> None:
    waves = (sample.measurement(), sample.measurement(wave="voorjaar 2027", seed=5))
    titles = [section.title for section in sample.group_report(measurements=waves).sections]
    assert titles[1:] == ["Hoe gaat het in de klas? · najaar 2026", "Hoe gaat het in de klas? · voorjaar 2027", "Sociogram"]


def test_pupils_stand_in_order_of_name_and_every_one_is_there() -> None:
    table = sections(sample.group_report())["lijst-1"].tables[1]
    headings = [row.heading for row in table.rows]
    assert headings == sorted(sample.names().values(), key=name_order)
    assert [column.title for column in table.columns] == ["Leerling", *(title for _, title, *_ in sample.SCALES)]
    assert all(
        cell.band is Band.NO_SCORE and cell.text == ""
        for row in table.rows
        if row.heading.startswith(("Zoë", "Yara"))
        for cell in row.cells
    )


def test_group_facts_carry_n_and_interval() -> None:
    row = sections(sample.group_report())["lijst-1"].tables[0].rows[0]
    assert row.cells[0].text == "28 van 30"
    assert " tot " in row.cells[3].text
    assert row.cells[4].word == "groen, zeker"


def test_without_measurement_error_certainty_is_not_claimed() -> None:
    table = sections(sample.group_report())["lijst-1"].tables[1]
    assert {row.cells[-1].word for row in table.rows} <= {"groen", "oranje", "rood", "geen score"}
    assert not any(row.cells[-1].border for row in table.rows)


def test_low_response_says_nothing_about_the_group() -> None:
    report = sample.group_report(measurements=(nearly_empty(30, 17),), sociograms=())
    (section,) = report.sections
    assert section.notice.startswith("Te weinig ingevuld")
    assert (section.pictures, section.cards) == ((), ())
    assert [table.caption for table in section.tables] == ["Leerlingen op naam"]


def test_three_pupils_are_too_few_for_an_interval() -> None:
    report = sample.group_report(measurements=(nearly_empty(3, 3),), sociograms=(), names=sample.names(3))
    row = sections(report)["lijst-1"].tables[0].rows[0]
    assert row.cells[3].text == "–"
    assert row.cells[4].certain is None


def test_a_list_that_nobody_filled_in_has_no_picture() -> None:
    report = sample.group_report(measurements=(nearly_empty(3, 0),), sociograms=(), names=sample.names(3))
    (section,) = report.sections
    assert section.pictures == ()


def test_a_scale_without_any_score_is_too_little_to_say() -> None:
    found = sample.instrument(scales=2)
    rows = [{item.key: 3 for item in found.items[:5]} for _ in range(6)]
    results = group_results(found, sample.pupils(6), answers_from(found, rows), errors={})
    one = Measurement("Lijst", Informant.PUPIL, "", results)
    section = sections(sample.group_report(measurements=(one,), sociograms=(), names=sample.names(6)))["lijst-1"]
    assert section.tables[0].rows[1].cells[4].text == "te weinig om iets te zeggen"
    assert "Veiligheid: Te weinig om iets te zeggen." in section.pictures[0].chart.description
    assert "Meetmoment" not in section.lead[0]


def test_every_number_explains_itself() -> None:
    notes = {note.title: " ".join(note.paragraphs) for note in sections(sample.group_report())["lijst-1"].notes}
    assert "gekozen grens, geen norm" in notes["Wat betekenen de kleuren?"]
    assert "rood onder 2,75, groen vanaf 3" in notes["Wat betekenen de kleuren?"]
    assert "rood boven 2,25, groen tot en met 2" in notes["Wat betekenen de kleuren?"]
    assert "5 vragen, van 1 tot 4, lager is gunstiger" in notes["Hoe komt een score tot stand?"]
    assert "Minstens 75\N{NO-BREAK SPACE}% van de vragen" in notes["Hoe komt een score tot stand?"]
    assert "meetfout 0,24" in notes["Hoe zeker is het?"]
    assert "de meetfout is niet bekend" in notes["Hoe zeker is het?"]
    assert "CC BY 4.0" in notes["Waar komt deze lijst vandaan?"]


def test_a_level_without_limits_has_no_colour_and_says_so() -> None:
    found = sample.instrument(scales=1)
    (scale,) = found.scales
    bare = replace(found, scales=(replace(scale, cuts={}),), norm_tier=2)
    results = group_results(bare, sample.pupils(6), answers_from(bare, [{item.key: 3 for item in bare.items}] * 6), errors={})
    one = Measurement("Lijst", Informant.PUPIL, "", results)
    (section,) = sample.group_report(measurements=(one,), sociograms=(), names=sample.names(6)).sections
    said = " ".join(section.notes[1].paragraphs)
    assert "voor dit niveau zijn geen grenzen gekozen" in said
    assert "geen norm" not in said
    assert (section.tables[0].rows[0].cells[4].text, section.tables[0].rows[0].cells[4].band) == ("geen kleur", None)
    assert {(cell.text, cell.band) for row in section.tables[1].rows for cell in row.cells} == {("2,80", None)}
    card = section.cards[0].chart
    assert card.description.startswith("6 leerlingen hebben een score.")
    assert "geen score" not in card.svg
    assert card.paper.count("<circle") == 6
    (scores,) = sample.pupil_report("l01", measurements=(one,), sociograms=()).sections
    assert scores.tables[0].rows[0].cells[-1].text == "geen kleur"


def test_where_a_reliability_comes_from_is_said_in_words() -> None:
    assert {origin_word(origin) for origin in Origin}.isdisjoint({""})
    assert origin_word(Origin.ASSUMED).startswith("aangenomen")


def test_every_pupil_needs_a_name() -> None:
    with pytest.raises(NameMissing) as refused:
        sample.group_report(names={pupil: name for pupil, name in sample.names().items() if pupil != "l07"})
    assert refused.value.pupil == "l07"
    with pytest.raises(NameMissing):
        sample.pupil_report("l31")


def test_a_row_has_as_many_cells_as_there_are_columns() -> None:
    with pytest.raises(ValueError, match="not as many cells"):
        Table("Fout", (Column("a"), Column("b")), (Row("r", (Cell("1"), Cell("2"))),))


# ---- sociogram


def part(absent: int, *, negatives: bool = False) -> SociogramPart:
    return SociogramPart("Sociogram", "", sample.class_sociogram(absent=absent, negatives=negatives))


def test_too_few_took_part_shows_numbers_of_participation_only() -> None:
    (section,) = sample.group_report(measurements=(), sociograms=(part(13),)).sections
    assert section.lead == ("Er deden 17 van de 30 leerlingen mee (57\N{NO-BREAK SPACE}%).",)
    assert section.notice == "Te weinig deelname: te weinig om iets te zeggen."
    assert (section.pictures, section.tables) == ((), ())


def test_middling_participation_gives_counts_without_status_or_groups() -> None:
    (section,) = sample.group_report(measurements=(), sociograms=(part(8),)).sections
    assert "80 %" in section.notice
    assert [column.title for column in section.tables[0].columns] == ["Leerling", "Gekozen door", "Over en weer", "Kiest zelf", "Let op"]


def test_facts_are_counts_without_names_of_others() -> None:
    table = sections(sample.group_report())["sociogram-1"].tables[0]
    facts = {row.heading: [cell.text for cell in row.cells] for row in table.rows}
    assert facts["Adam Bakker"] == ["2 van 27", "1", "3", "A", "gewoon", ""]
    assert facts["Zoë Jansen"][:3] == ["5 van 28", "–", "–"]
    assert facts["Zoë Jansen"][-1] == "deed niet mee"
    assert facts["Fatih Mulder"][-1] == "koos niemand"
    assert {row.pupil for row in table.rows} == set(sample.pupils())


def test_with_negatives_the_methods_must_agree_and_rejections_are_not_counted() -> None:
    (section,) = sample.group_report(measurements=(), sociograms=(part(2, negatives=True),)).sections
    words = {row.cells[-2].text for row in section.tables[0].rows}
    allowed = {"gewoon", "veel gekozen", "vaker afgewezen", "wisselend beeld", "weinig gezien", "rekenwijzen verschillen"}
    assert words <= allowed
    assert [column.title for column in section.tables[0].columns][1:4] == ["Gekozen door", "Over en weer", "Kiest zelf"]


def test_a_class_too_large_for_the_web_shows_the_target_alone() -> None:
    full = sample.sociogram_part()
    alone = replace(full, layouts=Layouts(full.layouts.target))
    (section,) = sample.group_report(measurements=(), sociograms=(alone,)).sections
    assert [picture.chart.kind for picture in section.pictures] == ["target"]


# ---- pupil


def test_a_pupil_report_begins_with_strengths_and_asks_questions() -> None:
    first = sample.pupil_report().sections[0]
    assert first.title == "Sterke kanten en vragen"
    assert first.lead[0].startswith("Dit gaat goed")


def test_informants_share_a_line_when_the_scale_is_the_same() -> None:
    scores = sample.pupil_report().sections[1]
    assert scores.pictures[0].chart.description.count("leerkracht") == 6
    assert [row.heading for row in scores.tables[0].rows[:4]] == ["Plezier op school"] * 3 + ["Veiligheid"]
    assert len(scores.notes) == 4


def test_waves_are_told_apart() -> None:
    report = sample.pupil_report(measurements=(sample.measurement(), sample.measurement(wave="voorjaar 2027", seed=5)))
    assert [section.title for section in report.sections if section.key.startswith("scores")] == [
        "Scores, najaar 2026",
        "Scores, voorjaar 2027",
    ]


def test_a_pupil_without_scores_is_said_to_have_too_little() -> None:
    report = sample.pupil_report("l30", sociograms=(), measurements=(sample.measurement(),))
    (scores,) = report.sections
    assert {row.cells[-1].text for row in scores.tables[0].rows} == {"te weinig om iets te zeggen"}


def test_the_place_in_the_group_names_nobody_else() -> None:
    place = sample.pupil_report().sections[-1]
    others = [name for pupil, name in sample.names().items() if pupil != "l22"]
    said = " ".join([*place.lead, place.pictures[0].chart.svg, place.pictures[0].chart.description])
    assert not [name for name in others if name in said or f">{name.split()[0]}<" in said]
    assert place.tables == ()


def test_a_pupil_who_did_not_take_part_has_no_choices() -> None:
    place = sample.pupil_report("l30", measurements=()).sections[-1]
    assert place.lead[-1] == "Gekozen door 5 van de 28 klasgenoten die meededen. Deed zelf niet mee."


def test_a_pupil_report_says_nothing_with_too_few_nominators() -> None:
    (place,) = sample.pupil_report(measurements=(), sociograms=(part(13),)).sections
    assert place.notice.startswith("Te weinig deelname")
    assert place.pictures == ()


def test_an_empty_class_is_no_reason_to_fall_over() -> None:
    nominations = replace(
        sample.class_sociogram().nominations,
        pupils=(),
        participation=(),
        positive=sample.class_sociogram().nominations.positive[:0, :0],
    )
    (section,) = sample.group_report(measurements=(), sociograms=(SociogramPart("Sociogram", "", sociogram(nominations)),)).sections
    assert section.lead == ("Er deden 0 van de 0 leerlingen mee (0\N{NO-BREAK SPACE}%).",)


def test_a_name_leads_to_the_page_of_the_pupil_where_there_is_one() -> None:
    report = sample.group_report()
    first = sample.pupils()[0]
    assert all(not row.address for section in report.sections for table in section.tables for row in table.rows)
    linked = replace(report, addresses={first: "/pupils/1/"})
    found = [row for section in linked.sections for table in section.tables for row in table.rows if row.address]
    assert {(row.pupil, row.address) for row in found} == {(first, "/pupils/1/")}
