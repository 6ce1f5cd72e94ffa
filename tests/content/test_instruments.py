"""Every instrument of the library loads, may be spread, says that it is not normed, and never changed since its release."""

from pathlib import Path

import pytest

from kring import library
from kring.core.instruments import Informant, Level
from kring.core.instruments.questions import FREQUENCIES, POINTS
from kring.core.sociometry import Frequency
from kring.core.sociometry.ratings import POINTS as OF_RATINGS
from kring.file_problems import ContentRefused

OWN = {
    *(
        "kring-leerling",
        "kring-leerling-beeld",
        "kring-leerling-vo",
        "kring-leerkracht",
        "kring-leerkracht-kleuters",
        "kring-leerkracht-vo",
    ),
    *(f"kring-sociogram-{kind}" for kind in ("jong", "vo", "punten", "rollen", "niet", "pesten")),
    *("kring-ouder", "kring-sociogram", "kring-veiligheid", "kring-team-veiligheid", "kring-check-in", "kring-kijkwijzer"),
}
FORMS = {"kring-vier-vragen", "kring-gesprek", "kring-groepsbezoek"}


def test_the_library_holds_our_own_lists() -> None:
    assert {one.key for one in library.instruments()} == OWN | FORMS
    assert {one.key for one in library.instruments() if not one.scales and not one.questions} == FORMS | {"kring-kijkwijzer"}


@pytest.mark.parametrize("entry", library.entries(), ids=lambda entry: str(entry.instrument.key))
def test_every_list_is_free_to_spread_and_says_what_it_is_worth(entry: library.Entry) -> None:
    assert (entry.may_redistribute_text, entry.may_translate, entry.instrument.licence) == (True, True, "CC-BY-4.0")
    assert (entry.instrument.norm_tier, entry.instrument.attribution, entry.instrument.language) == (0, "Kring", "nl")
    assert entry.instrument.questions or "niet genormeerd en niet door de COTAN beoordeeld" in entry.validity_note


def test_the_pupil_list_has_four_scales_of_five_items_with_at_most_one_reversed() -> None:
    pupil = library.instrument("kring-leerling", 1)
    assert (pupil.informant, pupil.year_levels) == (Informant.PUPIL, (5, 8))
    assert [len(scale.items) for scale in pupil.scales] == [5, 5, 5, 5]
    assert all(sum(item.sign < 0 for item in scale.items) <= 1 for scale in pupil.scales)
    assert all(pupil.range_of(scale) == (1, 4) for scale in pupil.scales)


def test_the_teacher_list_has_four_scales_of_four_items_in_both_directions() -> None:
    teacher = library.instrument("kring-leerkracht", 1)
    assert [(len(scale.items), scale.direction) for scale in teacher.scales] == [(4, 1), (4, 1), (4, 1), (4, -1)]


def test_cut_offs_are_the_chosen_ones_and_mirrored_where_higher_is_worse() -> None:
    cuts = {scale.key: scale.cuts for scale in library.instrument("kring-leerkracht", 1).scales}
    assert {level: (cut.red, cut.green) for level, cut in cuts["relating"].items()} == {
        Level.PUPIL: (2.25, 2.75),
        Level.GROUP: (2.75, 3.00),
        Level.SCHOOL: (2.75, 3.00),
    }
    for level, cut in cuts["internalising"].items():
        assert (5 - cut.red, 5 - cut.green) == (cuts["relating"][level].red, cuts["relating"][level].green)
    assert cuts["relating"][Level.PUPIL].source == "gekozen grens, geen norm"


def test_every_sociogram_asks_positively_and_without_limit_and_the_negative_question_is_soft_and_last() -> None:
    questions = {one.key: one.questions for one in library.instruments() if one.questions}
    together, rather_not = questions.pop("kring-sociogram-niet")
    assert (together.polarity, together.limit) == (1, None)
    assert (rather_not.polarity, rather_not.limit, "overslaan" in rather_not.text) == (-1, 2, True)
    assert all((one.is_negative, one.limit) == (False, None) for asked in questions.values() for one in asked)
    assert [key for key, asked in questions.items() if any(one.is_of_bullying for one in asked)] == ["kring-sociogram-pesten"]


def test_how_often_somebody_is_bullied_has_the_steps_of_the_core() -> None:
    assert len(Frequency) == FREQUENCIES
    assert POINTS == OF_RATINGS


def test_no_list_asks_the_same_twice() -> None:
    for one in library.instruments():
        texts = [item.text for item in one.items]
        assert len(texts) == len(set(texts)), one.key


def test_every_scale_maps_to_a_competence_and_counts_no_item_of_another() -> None:
    for one in library.instruments():
        one.check_scales_apart()
        assert all(scale.competences for scale in one.scales), one.key
        assert one.minutes, one.key


def test_who_answers_without_a_name_answers_about_the_school_and_reads_what_the_list_is_not() -> None:
    anonymous = [entry for entry in library.entries() if entry.instrument.anonymous]
    assert {entry.instrument.key for entry in anonymous} == {"kring-veiligheid", "kring-team-veiligheid"}
    for entry in anonymous:
        assert "niet erkend als gestandaardiseerd, valide en betrouwbaar instrument" in entry.validity_note
        assert "voor de wettelijke monitor kiest de school een instrument dat dat wel is" in entry.validity_note
        assert all(Level.PUPIL not in scale.cuts for scale in entry.instrument.scales)


def test_the_safety_list_asks_ten_events_by_how_often_and_tells_children_where_to_go() -> None:
    safety = library.instrument("kring-veiligheid")
    assert [(scale.key, len(scale.items), scale.direction) for scale in safety.scales] == [
        ("safety", 6, 1),
        ("infringement", 10, -1),
        ("moments", 4, -1),
        ("wellbeing", 5, 1),
    ]
    assert safety.range_of(safety.scale("infringement")) == (1, 5)
    assert "Kindertelefoon" in safety.introduction


def test_the_check_list_of_the_team_has_eleven_statements_in_three_answers_and_no_mean() -> None:
    check_list = library.instrument("kring-kijkwijzer")
    assert [[option.label[0] for option in item.options] for item in check_list.coded] == [["+", "±", "−"]] * 11
    assert (check_list.scales, check_list.anonymous, len(check_list.items) - len(check_list.coded)) == ((), False, 3)


def test_gives_a_version_or_the_newest_and_refuses_what_is_not_there() -> None:
    assert (library.instrument("kring-leerling", 1).version, library.instrument("kring-leerling").version) == (1, 2)
    with pytest.raises(library.NoSuchInstrument) as refusal:
        library.instrument("kring-leerling", 9)
    assert (refusal.value.key, refusal.value.version, set(refusal.value.known)) == ("kring-leerling", 9, OWN | FORMS)


def test_nothing_changed_since_release() -> None:
    assert library.changed_since_release(library.CONTENT) == ()


@pytest.mark.parametrize("folder", ["instruments", "calendars", "packs", "shells"])
def test_every_file_of_the_shelf_is_in_the_list_of_released_files(folder: str) -> None:
    files = {path.relative_to(library.CONTENT).as_posix() for path in (library.CONTENT / folder).rglob("*.yaml")}
    assert {path for path in library.released(library.CONTENT) if path.startswith(f"{folder}/")} == files != set()


def test_a_released_file_that_changed_or_went_is_named(tmp_path: Path) -> None:
    for name in ("same", "changed", "gone"):
        (tmp_path / name).write_bytes(b"one\r\ntwo\n")
    mark = library.fingerprint(b"one\ntwo\n")
    (tmp_path / "released.sha256").write_text(f"# heading\n{mark}  same\n{mark}  changed\n{mark}  gone\n", encoding="utf-8")
    assert library.changed_since_release(tmp_path) == ()
    (tmp_path / "changed").write_bytes(b"one\ntwo!\n")
    (tmp_path / "gone").unlink()
    assert library.changed_since_release(tmp_path) == ("changed", "gone")


def test_a_shelf_names_every_bad_file(tmp_path: Path) -> None:
    folder = tmp_path / "instruments"
    folder.mkdir()
    good = (library.CONTENT / "instruments" / "kring-sociogram-1.yaml").read_text(encoding="utf-8")
    (folder / "other-1.yaml").write_text(good, encoding="utf-8")
    (folder / "kring-sociogram-1.yaml").write_text(
        good.replace("may_redistribute_text: true", "may_redistribute_text: false"), encoding="utf-8"
    )
    (folder / "empty-1.yaml").write_text("", encoding="utf-8")
    with pytest.raises(ContentRefused) as refusal:
        library.entries(tmp_path)
    assert [(problem.file, problem.message) for problem in refusal.value.problems] == [
        ("empty-1.yaml", "Het bestand is leeg."),
        ("kring-sociogram-1.yaml", "De tekst mag niet verspreid worden."),
        ("other-1.yaml", "Dit bestand hoort kring-sociogram-1.yaml te heten."),
    ]
