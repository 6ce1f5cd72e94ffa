"""Every instrument of the library loads, may be spread, says that it is not normed, and never changed since its release."""

from pathlib import Path

import pytest

from kring import library
from kring.core.instruments import Informant, Level
from kring.file_problems import ContentRefused

OWN = ("kring-leerkracht", "kring-leerling", "kring-sociogram")


def test_the_library_holds_our_own_lists() -> None:
    assert tuple(one.key for one in library.instruments()) == OWN


@pytest.mark.parametrize("entry", library.entries(), ids=lambda entry: str(entry.instrument.key))
def test_every_list_is_free_to_spread_and_says_what_it_is_worth(entry: library.Entry) -> None:
    assert (entry.may_redistribute_text, entry.may_translate, entry.instrument.licence) == (True, True, "CC-BY-4.0")
    assert (entry.instrument.norm_tier, entry.instrument.attribution, entry.instrument.language) == (0, "Kring", "nl")
    assert entry.instrument.questions or "niet genormeerd en niet door de COTAN beoordeeld" in entry.validity_note


def test_the_pupil_list_has_four_scales_of_five_items_with_at_most_one_reversed() -> None:
    pupil = library.instrument("kring-leerling")
    assert (pupil.informant, pupil.year_levels) == (Informant.PUPIL, (5, 8))
    assert [len(scale.items) for scale in pupil.scales] == [5, 5, 5, 5]
    assert all(sum(item.sign < 0 for item in scale.items) <= 1 for scale in pupil.scales)
    assert all(pupil.range_of(scale) == (1, 4) for scale in pupil.scales)


def test_the_teacher_list_has_four_scales_of_four_items_in_both_directions() -> None:
    teacher = library.instrument("kring-leerkracht")
    assert [(len(scale.items), scale.direction) for scale in teacher.scales] == [(4, 1), (4, 1), (4, 1), (4, -1)]


def test_cut_offs_are_the_chosen_ones_and_mirrored_where_higher_is_worse() -> None:
    cuts = {scale.key: scale.cuts for scale in library.instrument("kring-leerkracht").scales}
    assert {level: (cut.red, cut.green) for level, cut in cuts["relating"].items()} == {
        Level.PUPIL: (2.25, 2.75),
        Level.GROUP: (2.75, 3.00),
        Level.SCHOOL: (2.75, 3.00),
    }
    for level, cut in cuts["internalising"].items():
        assert (5 - cut.red, 5 - cut.green) == (cuts["relating"][level].red, cuts["relating"][level].green)
    assert cuts["relating"][Level.PUPIL].source == "gekozen grens, geen norm"


def test_the_sociogram_asks_without_limit_and_its_negative_question_is_soft() -> None:
    together, rather_not = library.instrument("kring-sociogram").questions
    assert (together.polarity, together.limit) == (1, None)
    assert (rather_not.polarity, rather_not.limit, "overslaan" in rather_not.text) == (-1, 2, True)


def test_no_item_holds_two_ideas_or_a_double_negation() -> None:
    texts = [item.text for one in library.instruments() for item in one.items]
    assert len(texts) == len(set(texts))
    assert [text for text in texts if " en " in text or " niet " in text.replace("niet gaat lukken", "") or len(text.split()) > 12] == []


def test_gives_a_version_or_the_newest_and_refuses_what_is_not_there() -> None:
    assert library.instrument("kring-leerling", 1) == library.instrument("kring-leerling")
    with pytest.raises(library.NoSuchInstrument) as refusal:
        library.instrument("kring-leerling", 2)
    assert (refusal.value.key, refusal.value.version, refusal.value.known) == ("kring-leerling", 2, OWN)


def test_nothing_changed_since_release() -> None:
    assert library.changed_since_release(library.CONTENT) == ()


@pytest.mark.parametrize("folder", ["instruments", "calendars", "packs"])
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
